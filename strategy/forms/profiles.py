"""Pure profiles: what every player does everywhere, kept as numbers and read as names."""

from __future__ import annotations

import abc
import operator
from collections.abc import Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import GameError, RefusalError, UnknownNameError
from strategy.exact import exact, is_ball, require_plain
from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.names import FrozenMapping, composed, keyed, name, unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ByPlayer", "PureProfile", "plays_of", "read_pure", "weights_of"]

Game = NormalFormGame | ExtensiveFormGame


class ByPlayer(Mapping[str, Mapping[Any, Any]]):
    """A profile as a mapping: ``profile[player]`` says what that player does, probability by probability."""

    form: NormalForm | ExtensiveForm

    @property
    @abc.abstractmethod
    def _names(self) -> Mapping[str, FrozenMapping[Any, Any]]: ...

    def __getitem__(self, player: str) -> Mapping[Any, Any]:
        player = name(player, "player")
        if player not in self.form.players:
            raise UnknownNameError(unknown(player, self.form.players, "player"))
        return self._names[player]

    def __iter__(self) -> Iterator[str]:
        return iter(self.form.players)

    def __len__(self) -> int:
        return len(self.form.players)


@attrs.frozen(eq=False, repr=False)
class PureProfile(ByPlayer):
    """One action for each player (table) or each information set (tree), by number.

    As a mapping: ``profile[player][action]`` in a table, ``profile[player][information set][action]`` in a tree,
    each a Fraction that is 1 for the action chosen and 0 for the others. The mapping is built only when asked for.
    """

    form: NormalForm | ExtensiveForm
    base: tuple[int, ...] | NDArray[Any]
    changes: Mapping[int, int] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.form, NormalForm):
            object.__setattr__(self, "base", _numbers(self.base, self.form.shape))
        elif getattr(getattr(self.base, "flags", None), "writeable", True):
            # Solvers hand over read-only arrays that are right by construction; all else is checked and copied.
            object.__setattr__(self, "base", _number_array(self.base, self.form))

    @cached_property
    def choices(self) -> tuple[int, ...] | NDArray[Any]:
        """The number of the action taken, for each player or information set. ``base`` with ``changes``: many profiles of a large
        tree differ at few places and share one base."""
        if not self.changes:
            return self.base
        result = np_array(self.base)
        result[list(self.changes)] = list(self.changes.values())
        result.flags.writeable = False
        return result

    def choice(self, place: int) -> int:
        """The number of the action taken by a player (by number), or at an information set."""
        return self.changes[place] if place in self.changes else int(self.base[place])

    @cached_property
    def _names(self) -> dict[str, FrozenMapping[Any, Any]]:
        form = self.form
        if isinstance(form, NormalForm):
            return {
                player: _certain(options, chosen)
                for (player, options), chosen in zip(form.actions.items(), self.choices, strict=True)
            }
        return {
            player: FrozenMapping(
                (form.infoset_key(one), _certain(form.infoset_actions(one), int(self.choices[one])))
                for one in form.infosets(player)
            )
            for player in form.players
        }

    @property
    def actions(self) -> dict[str, Any]:
        """The actions alone: player -> action in a table, player -> {information set: action} in a tree."""
        form = self.form
        if isinstance(form, NormalForm):
            return {player: options[chosen] for (player, options), chosen in zip(form.actions.items(), self.choices, strict=True)}
        return {
            player: {place: next(a for a, p in row.items() if p) for place, row in rows.items()}
            for player, rows in self._names.items()
        }

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
        if isinstance(self.form, NormalForm):
            return "PureProfile(" + ", ".join(f"{player}: {action}" for player, action in self.actions.items()) + ")"
        return f"PureProfile({len(self.choices):,} information sets)"

    def __str__(self) -> str:
        if isinstance(self.form, NormalForm):
            return repr(self)
        from strategy.display import plan_table

        return plan_table(self).text()

    def _repr_html_(self) -> str:
        from strategy.display import profile_page

        return profile_page(self)


def _numbers(given: Any, sizes: tuple[int, ...]) -> tuple[int, ...]:
    try:
        numbers = tuple([operator.index(one) for one in given])
    except TypeError:
        raise GameError(f"profile {given!r} is no list of action numbers: give one a player, counted from 0") from None
    if len(numbers) != len(sizes) or not all(0 <= one < size for one, size in zip(numbers, sizes, strict=True)):
        raise GameError(f"profile {given!r} does not fit players with {sizes} actions: give one number each, counted from 0")
    return numbers


def _number_array(given: Any, form: ExtensiveForm) -> NDArray[Any]:
    import numpy as np

    numbers = np.array(given)
    sizes = np.diff(form.first)[form.infoset_nodes]
    if numbers.dtype.kind not in "iu" or numbers.shape != sizes.shape or not ((numbers >= 0) & (numbers < sizes)).all():
        raise GameError(f"profile {given!r} does not fit {len(sizes)} information sets: give one action number each, from 0")
    numbers.flags.writeable = False
    return numbers


def np_array(values: Any) -> NDArray[Any]:
    """A fresh array that may be written to."""
    import numpy as np

    return np.array(values)


def _certain(options: tuple[str, ...], chosen: int) -> FrozenMapping[str, Fraction]:
    return FrozenMapping((action, Fraction(int(i == chosen))) for i, action in enumerate(options))


def read_pure(form: NormalForm | ExtensiveForm, profile: Any) -> PureProfile:
    """Read a pure profile given in names: player -> action (or {action: 1}); in a tree player -> {information set: action or
    {action: 1}}.

    Raises GameError on unknown or missing names, RefusalError if something is mixed.
    """
    if isinstance(profile, PureProfile) and (profile.form is form or profile.form == form):
        return profile
    if not isinstance(profile, Mapping):
        raise GameError(f"profile {profile!r} is a {type(profile).__name__}: give a mapping from each player to what it does")
    given = keyed(profile, "player")
    for player in given:
        if player not in form.players:
            raise GameError(unknown(player, form.players, "player"))
    if isinstance(form, NormalForm):
        missing = [player for player in form.players if player not in given]
        if missing:
            raise GameError(f"the profile does not say what {missing[0]} does: give one of {form.actions[missing[0]]!r}")
        return PureProfile(form, tuple([_chosen(given[player], options, player) for player, options in form.actions.items()]))
    import numpy as np

    choices = np.zeros(len(form.infoset_nodes), dtype=np.int32)
    for player in form.players:
        rows = given.get(player, {})
        if not isinstance(rows, Mapping):
            raise GameError(f"profile of {player} is {rows!r}: give a mapping from each information set to an action")
        rows = keyed(rows, f"information set of {player}", read=composed)
        for one in form.infosets(player):
            place = form.infoset_key(one)
            if place not in rows:
                raise GameError(
                    f"the profile does not say what {player} does at {place!r}: give one of {form.infoset_actions(one)!r}"
                )
            choices[one] = _chosen(rows.pop(place), form.infoset_actions(one), f"{player} at {place!r}")
        if rows:
            raise GameError(f"{player} has no information set {next(iter(rows))!r}")
    choices.flags.writeable = False
    return PureProfile(form, choices)


def weights_of(value: Any, options: tuple[str, ...], who: str) -> dict[str, Any]:
    """The probabilities that one player gives to actions: from {action: probability}, one action, or a list in order.

    Each is a Fraction, or a ball (flint.arb) as given. Raises GameError unless none is negative and they sum to exactly 1
    (balls: to a ball that holds 1).
    """
    require_plain(value, f"profile of {who}")
    if isinstance(value, str):
        value = {value: 1}
    elif not isinstance(value, Mapping):
        entries = list(value) if isinstance(value, Iterable) else [value]
        if len(entries) != len(options):
            raise GameError(f"{who} is given {value!r}: expected one of {options!r}, or a probability for each of them")
        value = dict(zip(options, entries, strict=True))
    weights = {
        action: weight if is_ball(weight) else exact(weight, f"probability of {action!r}")
        for action, weight in keyed(value, f"action of {who}").items()
    }
    for action in weights:
        if action not in options:
            raise GameError(unknown(action, options, f"action of {who}"))
    total = sum(weights.values(), Fraction(0)) if not any(map(is_ball, weights.values())) else None
    if (total is not None and total != 1) or any(weight < 0 for weight in weights.values()):
        summing = (
            ""
            if total is None or total == 1
            else f" (they sum to {total}; a float stands for its shortest decimal: write a third as '1/3')"
        )
        raise GameError(f"the probabilities of {who} are {value!r}: expected none negative, summing to 1{summing}")
    return weights


def _chosen(value: Any, options: tuple[str, ...], who: str) -> int:
    if isinstance(value, Mapping):
        used = [action for action, weight in weights_of(value, options, who).items() if weight != 0]
        if len(used) != 1:
            raise RefusalError(
                f"{who} mixes between {used!r}: a pure concept judges pure profiles; give one action with probability 1"
            )
        value = used[0]
    action = name(value, f"action of {who}")
    if action not in options:
        raise GameError(unknown(action, options, f"action of {who}"))
    return options.index(action)


def plays_of(game: Game, profile: PureProfile) -> dict[int, Fraction]:
    """The plays that happen with positive probability under a pure profile: play number -> probability."""
    form = game.form
    if isinstance(form, NormalForm):
        number = 0
        for size, chosen in zip(form.shape, profile.choices, strict=True):
            number = number * size + int(chosen)
        return {number: Fraction(1)}
    assert isinstance(game, ExtensiveFormGame)
    result: dict[int, Fraction] = {}
    stack = [(0, Fraction(1))]
    while stack:
        node, weight = stack.pop()
        first = int(form.first[node])
        if form.mover[node] >= 0:
            stack.append((first + profile.choice(int(form.infoset[node])), weight))
        elif form.mover[node] == -1:
            law = game.laws[form.law[node]]
            stack.extend([(first + i, weight * law[i]) for i in reversed(range(len(law))) if law[i]])
        else:
            result[int(form.leaf_number[node])] = weight
    return result
