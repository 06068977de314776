"""Pure profiles: what every player does everywhere, kept as numbers and read as names.

They are of a table or of a tree.
"""

from __future__ import annotations

import abc
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import GameError, RefusalError, UnknownNameError
from strategy.exact import exact, is_ball, require_plain
from strategy.names import FrozenMapping, keyed, name, unknown
from strategy.protocols import Form, Game

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ByPlayer", "PureProfile", "by_player", "read_pure", "weights_of"]


class ByPlayer(Mapping[str, Mapping[Any, Any]]):
    """A profile as a mapping.

    ``profile[player]`` says what that player does, probability by probability.
    """

    form: Form

    @property
    @abc.abstractmethod
    def _names(self) -> Mapping[str, Mapping[Any, Any]]: ...

    @property
    @abc.abstractmethod
    def actions(self) -> Mapping[str, Any]:
        """What is done, in words.

        It is player -> words in a table, and player -> {information set: words} in a tree.
        """

    @abc.abstractmethod
    def at(self, place: int) -> Sequence[tuple[int, Any]]:
        """The actions taken, by their numbers, each with its probability.

        They are taken by a player (by number), or at an information set. ``place``: the
        number of the player or the information set.
        """

    @property
    def strategies(self) -> Mapping[str, Mapping[str, Any]]:
        """What each player of a table does, player -> {action: probability}.

        Empty in a tree, where that says less.
        """
        return {} if self.form.is_tree else self

    def play_numbers(self, game: Game) -> dict[int, Any]:
        """The plays of a game that happen.

        Play number -> probability (a ball where the profile has balls).
        """
        return self.form.play_numbers(self.at, game.laws)

    def __getitem__(self, player: str) -> Mapping[Any, Any]:
        player = name(player, "player")
        if player not in self.form.players:
            raise UnknownNameError(unknown(player, self.form.players, "player"))
        return self._names[player]

    def __iter__(self) -> Iterator[str]:
        return iter(self.form.players)

    def __len__(self) -> int:
        return len(self.form.players)

    def __str__(self) -> str:
        if not self.form.is_tree:
            return repr(self)
        from strategy.display import plan_table

        return plan_table(self).text()

    def _repr_html_(self) -> str:
        from strategy.display import profile_page

        return profile_page(self)


@attrs.frozen(eq=False, repr=False)
class PureProfile(ByPlayer):
    """One action for each player (table) or each information set (tree), by number.

    ``form``: of the game; ``base``: the numbers of the actions, counted from 0;
    ``changes``: place -> another action there, so that many profiles of a large tree can
    share one base.

    As a mapping: ``profile[player][action]`` in a table, ``profile[player][information
    set][action]`` in a tree, each a Fraction that is 1 for the action chosen and 0 for the
    others. The mapping is built only when asked for.
    """

    form: Form
    base: tuple[int, ...] | NDArray[Any]
    changes: Mapping[int, int] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "base", self.form.checked(self.base))

    @cached_property
    def choices(self) -> tuple[int, ...] | NDArray[Any]:
        """The number of the action taken, for each player or information set.

        ``base`` with ``changes``: many profiles of a large tree differ at few places and
        share one base.
        """
        if not self.changes:
            return self.base
        result = np_array(self.base)
        result[list(self.changes)] = list(self.changes.values())
        result.flags.writeable = False
        return result

    def choice(self, place: int) -> int:
        """The number of the action taken by a player or at an information set.

        ``place``: its number.
        """
        return self.changes[place] if place in self.changes else int(self.base[place])

    def at(self, place: int) -> Sequence[tuple[int, Fraction]]:
        """The number of the action taken, with its probability, 1.

        ``place``: a player or an information set, by its number.
        """
        return ((self.choice(place), Fraction(1)),)

    def pure(self) -> PureProfile:
        """The profile itself."""
        return self

    @cached_property
    def _names(self) -> Mapping[str, Mapping[Any, Any]]:
        return self.form.by_name(
            lambda place: _certain(self.form.options(place), self.choice(place))
        )

    @property
    def actions(self) -> Mapping[str, Any]:
        """The actions alone.

        They are player -> action in a table, and player -> {information set: action} in a
        tree.
        """
        return self.form.by_name(lambda place: self.form.options(place)[self.choice(place)])

    def key(self) -> Hashable:
        """What two equal profiles share."""
        return self.choices if isinstance(self.choices, tuple) else self.choices.tobytes()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PureProfile) and other.form is self.form:
            return self.key() == other.key()
        return Mapping.__eq__(self, other) if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.form.players, self.key()))

    def __repr__(self) -> str:
        if self.form.is_tree:
            return f"PureProfile({len(self.choices):,} information sets)"
        return (
            "PureProfile("
            + ", ".join(f"{player}: {action}" for player, action in self.actions.items())
            + ")"
        )


def np_array(values: Any) -> NDArray[Any]:
    """A fresh array of ``values`` that may be written to."""
    import numpy as np

    return np.array(values)


def _certain(options: tuple[str, ...], chosen: int) -> FrozenMapping[str, Fraction]:
    return FrozenMapping(
        (action, Fraction(int(i == chosen))) for i, action in enumerate(options)
    )


def by_player(form: Form, profile: Any) -> dict[str, Any]:
    """A profile in names as a dictionary, its players known to the form.

    Raises GameError where it is none.
    """
    if not isinstance(profile, Mapping):
        raise GameError(
            f"profile {profile!r} is a {type(profile).__name__}: give a mapping from each "
            "player to what it does"
        )
    given = keyed(profile, "player")
    for player in given:
        if player not in form.players:
            raise GameError(unknown(player, form.players, "player"))
    return given


def read_pure(form: Form, profile: Any) -> PureProfile:
    """Read a pure profile given in names: player -> action (or {action: 1}).

    In a tree it is player -> {information set: action or {action: 1}}.

    ``form``: of the game.

    Raises GameError on unknown or missing names, RefusalError if something is mixed.
    """
    if isinstance(profile, PureProfile) and (profile.form is form or profile.form == form):
        return profile
    places = form.by_place(by_player(form, profile))
    chosen = {
        place: _chosen(value, form.options(place), who) for place, who, value in places
    }
    return PureProfile(form, tuple([chosen[place] for place in range(len(chosen))]))


def weights_of(value: Any, options: tuple[str, ...], who: str) -> dict[str, Any]:
    """The probabilities that one player gives to actions.

    They are read from {action: probability}, one action, or a list in order.

    Each is a Fraction, or a ball (flint.arb) as given. Raises GameError unless none is
    negative and they sum to exactly 1 (balls: to a ball that holds 1). ``value``: such a
    thing; ``options``: the player's actions; ``who``: who chooses where, for errors.
    """
    require_plain(value, f"profile of {who}")
    if isinstance(value, str):
        value = {value: 1}
    elif not isinstance(value, Mapping):
        entries = list(value) if isinstance(value, Iterable) else [value]
        if len(entries) != len(options):
            raise GameError(
                f"{who} is given {value!r}: expected one of {options!r}, or a probability "
                "for each of them"
            )
        value = dict(zip(options, entries, strict=True))
    weights = {
        action: weight if is_ball(weight) else exact(weight, f"probability of {action!r}")
        for action, weight in keyed(value, f"action of {who}").items()
    }
    for action in weights:
        if action not in options:
            raise GameError(unknown(action, options, f"action of {who}"))
    total = (
        sum(weights.values(), Fraction(0))
        if not any(map(is_ball, weights.values()))
        else None
    )
    if (total is not None and total != 1) or any(weight < 0 for weight in weights.values()):
        summing = (
            ""
            if total is None or total == 1
            else (
                f" (they sum to {total}; a float stands for its shortest decimal: write a "
                "third as '1/3')"
            )
        )
        raise GameError(
            f"the probabilities of {who} are {value!r}: expected none negative, summing "
            f"to 1{summing}"
        )
    return weights


def _chosen(value: Any, options: tuple[str, ...], who: str) -> int:
    if isinstance(value, Mapping):
        used = [
            action
            for action, weight in weights_of(value, options, who).items()
            if weight != 0
        ]
        if len(used) != 1:
            raise RefusalError(
                f"{who} mixes between {used!r}: a pure concept judges pure profiles; give "
                "one action with probability 1"
            )
        value = used[0]
    action = name(value, f"action of {who}")
    if action not in options:
        raise GameError(unknown(action, options, f"action of {who}"))
    return options.index(action)
