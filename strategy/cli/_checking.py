"""Running the claims of a model.

A table of results, the counter-examples, exit code 1 where a required claim does not pass.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import typer

from strategy.assumptions.checks import VerdictCheck
from strategy.cli import _models, _signals
from strategy.cli._output import print_json, print_table, say, say_command
from strategy.cli._progress import progress_bar
from strategy.display import number

if TYPE_CHECKING:
    from strategy.checking import Checked
    from strategy.checking.counterexamples import CounterExample

__all__ = ["run"]


def run(
    given: str,
    changes: list[str],
    *,
    claims: list[str],
    examples: int,
    seed: int,
    seconds: float | None,
    check_seconds: float,
    as_json: bool,
) -> None:
    """Check and print.

    Ends with 1 where a required claim is refuted in a reading, cannot be asked, or is left.
    """
    from strategy.checking import check

    model = _models.find_model(given)
    given_values, asked = _models.changes(changes), claims or None
    with progress_bar() as step:
        found = check(
            model,
            given_values,
            claims=asked,
            examples=examples,
            seed=seed,
            seconds=seconds,
            seconds_per_check=check_seconds,
            progress=step,
        )
    if as_json:
        print_json(found.data())
    else:
        _print(found, given)
    if _signals.interrupted():
        raise typer.Exit(130)
    if found.fails:
        raise typer.Exit(1)


def _print(found: Checked, given: str) -> None:
    say(found.heading, emphasis=True)
    for sentence in found.sentences:
        say(sentence, bullet="- ")
    for table in found.tables:
        say()
        print_table(table)
    for claim in found.claims:
        for ruling in claim.rulings:
            if ruling.counterexample is not None:
                say()
                say(
                    f"{found.model.claim_label(claim.claim.id)}, refuted: {ruling.checked}",
                    emphasis=True,
                )
                concept = (
                    ruling.check.concept if isinstance(ruling.check, VerdictCheck) else None
                )
                _print_counterexample(ruling.counterexample, given, concept)


def _print_counterexample(one: CounterExample, given: str, concept: str | None) -> None:
    say(one.words)
    for table in one.tables:
        say(table.caption)
        print_table(table)
    if one.evidence.equilibria:
        words = ["strategy", "solve", given, *(["--concept", concept] if concept else [])]
        for label, value in one.settings.items():
            words += ["--set", f"{label}={number(value).split()[0]}"]
        say("The game there:")
        say_command(shlex.join(words))
