"""Which solution concepts there are to choose from, and which an analysis uses, derived from ``strategy.concepts.ALL``."""

from __future__ import annotations

import re
from typing import Any

import attrs

from strategy.concepts import ALL
from strategy.errors import RefusalError
from strategy.names import unknown
from strategy.solving import registered

__all__ = ["choices", "choose", "fitting"]


def choices() -> dict[str, Any]:
    """Every concept by the name used on the command line: ``pure-nash``, with one more for each option that is on or off."""
    known: dict[str, Any] = {}
    for concept in (*ALL, *[load() for load in registered("concepts").values()]):
        label = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", concept.__name__).lower()
        known[label] = concept()
        for option in _switches(concept):
            known[f"{label}-{option.replace('_', '-')}"] = concept(**{option: True})
    return known


def _switches(concept: Any) -> list[str]:
    fields = attrs.fields(concept) if attrs.has(concept) else ()
    return [field.name for field in fields if field.default is False and field.init]


def choose(label: str) -> Any:
    """The concept of a name on the command line. Raises RefusalError with the names there are."""
    known = choices()
    if label not in known:
        raise RefusalError(unknown(label, known, "concept"))
    return known[label]


def fitting(game: Any) -> tuple[Any, ...]:
    """The concepts for a game: the first that takes it, then that concept with each of its options on.

    Raises RefusalError with every concept's reason if there is none.
    """
    reasons = []
    for concept in ALL:
        reason = concept().refuses(game)
        if reason is None:
            return (concept(), *[concept(**{option: True}) for option in _switches(concept)])
        reasons.append(reason)
    raise RefusalError("no solution concept takes this game: " + "; ".join(dict.fromkeys(reasons)))
