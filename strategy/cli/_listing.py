"""strategy list: the registered models."""

from __future__ import annotations

from typing import Any

from strategy.cli import _models
from strategy.cli._output import print_json, print_table, say
from strategy.errors import StrategyError

__all__ = ["run"]


def run(*, as_json: bool) -> None:
    """Print every registered model; one that cannot be loaded is listed with the reason."""
    rows = [_row(name, point) for name, point in _models.registered().items()]
    if as_json:
        print_json(rows)
    elif not rows:
        say("no models are registered; commands also take module:attribute")
    else:
        shown = [
            [one["name"], one.get("form", "?"), str(one.get("plays", "?")), one.get("error") or one["title"]] for one in rows
        ]
        print_table(["name", "form", "plays", "title"], shown, right=[2])


def _row(name: str, point: Any) -> dict[str, Any]:
    try:
        found = _models.load(point)
    except StrategyError as error:
        return {"name": name, "error": str(error)}
    form = found.form
    return {
        "name": name,
        "title": getattr(found, "title", ""),
        "form": "table" if hasattr(form, "shape") else "tree",
        "players": list(form.players),
        "plays": form.play_count,
        "parameters": list(getattr(found, "parameters", ())),
        "outcomes": list(getattr(found, "outcomes", ())),
    }
