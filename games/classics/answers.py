"""What a textbook says about a game.

The game, the solution concept, and the answer as plain data.

A published answer is kept as names and exact numbers, never as objects of the toolkit, so
that it cannot be wrong in the same way as the solver it is meant to check.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

import strategy
from strategy.errors import GameError

Number: TypeAlias = int | Fraction
Path: TypeAlias = tuple[str, ...]
"""The actions and events of a play in order; in a table, one action a player in the order
of the players."""
MixedProfile: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""One probability vector a player, in the order of the actions."""


@frozen
class KnownEquilibrium:
    """An equilibrium of the answer.

    It states where it leads, what the players get, and how many profiles lead there.

    ``plays`` pairs each play with its probability. ``payoffs`` follow the order of the
    game's players. ``count`` is stated for trees only: the number of equilibrium profiles
    that share this distribution over plays.
    """

    plays: tuple[tuple[Path, Fraction], ...]
    payoffs: tuple[Number, ...]
    count: int | None = None


def surely(
    path: Path, payoffs: tuple[Number, ...], count: int | None = None
) -> KnownEquilibrium:
    """The equilibrium that leads to one play with certainty."""
    return KnownEquilibrium(((path, Fraction(1)),), payoffs, count)


def _read_only(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(arguments))


@frozen(kw_only=True, eq=False)
class Classic:
    """A textbook game and its answer.

    ``answer`` holds every equilibrium under the concept named ``concept_name`` (a class of
    ``strategy.concepts``); empty means that it is known that there is none. ``basis`` is
    "published" where the source states the answer for these payoffs, and "derived" where
    the source gives the game or the argument and the numbers were worked out by hand and
    confirmed by enumeration apart from this toolkit.

    The other fields are None where nothing is stated. ``undominated``: the pure equilibria
    in which nobody uses an action that another action weakly dominates. ``after_strict``,
    ``after_weak``: the actions left to each player by iterated elimination of strictly and
    of weakly dominated actions, by pure actions and all at once in each round.
    ``order_matters``: whether eliminating weakly dominated actions in another order may end
    elsewhere. ``mixed``: all equilibria that are not pure, where they are finitely many.
    """

    name: str
    title: str
    build: Callable[..., strategy.NormalFormGame | strategy.ExtensiveFormGame]
    arguments: Mapping[str, Any] = field(factory=dict, converter=_read_only)
    source: str
    basis: Literal["published", "derived"]
    concept_name: Literal["PureNash", "PureSubgamePerfect"]
    answer: tuple[KnownEquilibrium, ...]
    undominated: tuple[Path, ...] | None = None
    after_strict: tuple[tuple[str, ...], ...] | None = None
    after_weak: tuple[tuple[str, ...], ...] | None = None
    order_matters: bool | None = None
    mixed: tuple[MixedProfile, ...] | None = None

    def game(self) -> strategy.NormalFormGame | strategy.ExtensiveFormGame:
        """The game that the answer is about."""
        return self.build(**self.arguments)


def require_decreasing(**values: Number) -> None:
    """Refuse payoffs in an order that would make a different game.

    Its answer is a different one.
    """
    names = list(values)
    for higher, lower in itertools.pairwise(names):
        if not values[higher] > values[lower]:
            order = " > ".join(names)
            raise GameError(
                f"{higher}={values[higher]} is not above {lower}={values[lower]}: the "
                f"game needs {order}"
            )


def require_at_least(least: int, **values: int) -> None:
    """Refuse sizes for which the game does not exist."""
    for name, value in values.items():
        if value < least:
            raise GameError(f"{name}={value}: expected at least {least}")


def mixed(*vectors: Iterable[str]) -> MixedProfile:
    """A mixed profile written as text.

    One probability an action, ``mixed(("2/3", "1/3"), ("1/3", "2/3"))``.
    """
    return tuple(
        tuple(Fraction(probability) for probability in vector) for vector in vectors
    )
