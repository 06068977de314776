"""strategy list: the registered models."""

from __future__ import annotations

from typing import Any

from strategy.cli import _models
from strategy.cli._output import print_json, print_table, say
from strategy.display import Table
from strategy.errors import StrategyError

__all__ = ["run"]


def run(*, as_json: bool) -> None:
    """Print every registered model; one that cannot be loaded is listed with the reason."""
    rows = [_row(name, point) for name, point in _models.registered().items()]
    if as_json:
        print_json(rows)
        return
    if not rows:
        say("No models are registered; commands also take module:attribute.")
        return
    shown = [
        [
            one["name"],
            one.get("form", "?"),
            _count(one),
            one.get("error") or _described(one),
        ]
        for one in rows
    ]
    print_table(Table(["name", "form", "plays", "title"], shown, right=[2]))
    say()
    say(f"To go on: strategy analyse {rows[0]['name']}")


def _described(one: dict[str, Any]) -> str:
    first, stop, _ = one["about"].partition(". ")
    return (
        one["title"]
        or first + stop.strip()
        or f"{len(one['players'])} players, numeric payoffs"
    )


def _count(one: dict[str, Any]) -> str:
    return f"{one['plays']:,}" if "plays" in one else "?"


def _row(name: str, point: Any) -> dict[str, Any]:
    try:
        found = _models.load(point)
    except StrategyError as error:
        return {"name": name, "error": str(error)}
    form = found.form
    return {
        "name": name,
        "title": getattr(found, "title", ""),
        "about": getattr(found, "about", ""),
        "form": "table" if hasattr(form, "shape") else "tree",
        "players": list(form.players),
        "plays": form.play_count,
        "parameters": list(getattr(found, "parameters", ())),
        "outcomes": list(getattr(found, "outcomes", ())),
    }
