"""The words in which a tree is written.

Decision, Chance, End, nested so that the code reads like the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from strategy.errors import GameError
from strategy.names import name, names, ordered

__all__ = ["Chance", "Decision", "End"]


class Decision:
    """A move of a player: ``Decision("Armenia", {"open": End(...), "refuse": End(...)})``.

    ``infoset`` names the information set: moves of a player under one name are not told
    apart and have the same actions. For ``from_rules`` the moves are a tuple of action
    names without the subtrees: ``Decision("Armenia", ("open", "refuse"))``.
    """

    __slots__ = ("actions", "children", "infoset", "player")

    def __init__(
        self,
        player: str,
        moves: Mapping[str, Any] | Sequence[str],
        infoset: str | None = None,
    ) -> None:
        self.player = player if _plain(player) else name(player, "player")
        self.infoset = (
            None if infoset is None else name(infoset, f"information set of {player}")
        )
        if isinstance(moves, Mapping):
            self.children: tuple[Any, ...] | None = tuple(moves.values())
        else:
            self.children = None
        plain = isinstance(moves, str) or not isinstance(moves, Iterable)
        listed = moves if plain else ordered(moves, f"actions of {self.player}")
        self.actions = _action_names(listed, self.player)

    def __repr__(self) -> str:
        return f"Decision({self.player!r}, {self.actions!r})"


class Chance:
    """A move of chance, with the probability of each event and what comes after it.

    ``name_`` is what the move is called; ``events`` maps each event to (probability,
    subtree): ``Chance("Russia's state", {"busy": ("2/3", ...), "free": ("1/3", ...)})``.

    Probabilities are exact numbers, or expressions in parameters in a form that a Model
    uses. For ``from_rules`` each event has its probability alone: ``Chance("Russia's
    state", {"busy": "2/3", "free": "1/3"})``.
    """

    __slots__ = ("actions", "children", "name", "probabilities")

    def __init__(self, name_: str, events: Mapping[str, Any]) -> None:
        self.name = name(name_, "chance move")
        if not isinstance(events, Mapping):
            raise GameError(
                f"chance move {self.name!r} has events {events!r}: give a mapping from "
                "each event to (probability, subtree)"
            )
        self.actions = names(events, f"event of {self.name}")
        values = tuple(events.values())
        if values and all(
            isinstance(value, (tuple, list)) and len(value) == 2 for value in values
        ):
            self.probabilities = tuple([value[0] for value in values])
            self.children: tuple[Any, ...] | None = tuple([value[1] for value in values])
        elif any(
            isinstance(value, (tuple, list, Decision, Chance, End)) for value in values
        ):
            raise GameError(
                f"chance move {self.name!r}: give each event a pair (probability, "
                f"subtree), such as {{'busy': ('2/3', End())}}"
            )
        else:
            self.probabilities = values
            self.children = None
        try:
            hash(self.probabilities)
        except TypeError:
            raise GameError(
                f"chance move {self.name!r} has probabilities {self.probabilities!r}: "
                "give numbers"
            ) from None

    def __repr__(self) -> str:
        return f"Chance({self.name!r}, {self.actions!r})"


class End:
    """A leaf: ``End({"Türkiye": 3, "Armenia": 2})``.

    ``payoffs``: what each player gets; a player left out gets 0. A form for a Model has
    bare ``End()``.
    """

    __slots__ = ("payoffs",)

    def __init__(self, payoffs: Mapping[str, Any] | None = None) -> None:
        if payoffs is None:
            self.payoffs: Mapping[str, Any] = {}
            return
        if not isinstance(payoffs, Mapping):
            raise GameError(
                f"End({payoffs!r}): give a mapping from players to payoffs, such as "
                f"End({{'Armenia': 2}})"
            )
        if all(map(_plain, payoffs)):
            self.payoffs = dict(payoffs)
        else:
            names(payoffs, "player")
            self.payoffs = {
                name(player, "player"): value for player, value in payoffs.items()
            }

    def __repr__(self) -> str:
        return f"End({dict(self.payoffs)!r})"


def _plain(given: Any) -> bool:
    """Whether a name is right beyond doubt.

    A tree of a million nodes has too many for the whole reader.
    """
    return (
        type(given) is str
        and given.isascii()
        and given.isprintable()
        and given.strip() != ""
    )


_checked: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}


def _action_names(moves: Any, player: str) -> tuple[str, ...]:
    # A tree of a million nodes names the same few action lists again and again: check each
    # list once.
    try:
        known = _checked.get((player, moves))
    except TypeError:
        known = None
    if known is None:
        known = names(moves, f"action of {player}")
        if len(_checked) < 10_000 and isinstance(moves, tuple):
            _checked[player, moves] = known
    return known
