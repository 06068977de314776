"""Running the claims of a model: a table of results, the counter-examples, exit code 1 where a required claim is refuted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from strategy.cli import _models, _signals
from strategy.cli._output import print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from strategy.checking import Checked

__all__ = ["run"]


def run(given: str, changes: list[str], *, claims: list[str], examples: int, seed: int, seconds: float, as_json: bool) -> None:
    """Check and print; ends with 1 where a required claim is refuted."""
    from strategy.checking import check

    model = _models.find_model(given)
    given_values, asked = _models.changes(changes), claims or None
    with progress_bar() as step:
        found = check(model, given_values, claims=asked, examples=examples, seed=seed, seconds=seconds, progress=step)
    if as_json:
        print_json(found.data())
    else:
        _print(found)
    if _signals.interrupted():
        raise typer.Exit(130)
    if found.fails:
        raise typer.Exit(1)


def _print(found: Checked) -> None:
    say(found.heading, emphasis=True)
    for sentence in found.sentences:
        say(sentence, bullet="- ")
    for table in found.tables:
        say()
        print_table(table)
    for title, tables in found.details:
        say()
        headline, _, found_there = title.partition("\n")
        say(headline, emphasis=True)
        say(found_there)
        for table in tables:
            say(table.caption)
            print_table(table)
