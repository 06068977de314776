"""strategy consistent: whether what an analyst has said of a model can hold together."""

from __future__ import annotations

import typer

from strategy.checking import consistent
from strategy.cli import _models
from strategy.cli._examining import print_finding
from strategy.cli._output import print_json
from strategy.cli._progress import working
from strategy.errors import StrategyError

__all__ = ["run"]


def run(
    given: str, stated: list[str], *, every: bool, changes: list[str], as_json: bool
) -> None:
    """Check and print; end with 1 if the statements contradict each other."""
    if not stated:
        raise StrategyError(
            "no statement is given: add --stated 'x > 2 y', or --stated 'PLAYER: BETTER > "
            "WORSE'; it may be repeated"
        )
    model = _models.find_model(given)
    values = _models.changes(changes)
    with working("whether the statements can hold together"):
        found = consistent(model, stated, values, every=every)
    if as_json:
        print_json({"model": model.name, "values": values, **found.data()})
    else:
        print_finding(found)
    if not found.holds:
        raise typer.Exit(1)
