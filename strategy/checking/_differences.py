"""What a check of payoffs comes to.

Polynomials in the parameters that must not be negative, each with the plays it compares.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import numpy as np

from strategy.assumptions.checks import (
    BestReply,
    Check,
    Complements,
    Monotone,
    Payoff,
    Prefers,
)
from strategy.assumptions.conditions import Condition
from strategy.assumptions.model import Model
from strategy.errors import RefusalError
from strategy.polynomials import Polynomial

__all__ = ["Clause", "Difference", "clauses"]


@attrs.frozen(eq=False)
class Difference:
    """A player's payoffs on some plays, each with its sign, added up.

    With ``rising``, it is how that changes as those parameters rise. Either is a polynomial
    of the same sign as what must not be negative, times ``sign``.
    """

    poly: Polynomial
    player: str
    plays: tuple[tuple[int, int], ...]
    rising: tuple[str, ...] = ()
    sign: int = 1


@attrs.frozen(eq=False)
class Clause:
    """At least one of the differences is at least 0, above 0 if ``strict``."""

    differences: tuple[Difference, ...]
    strict: bool = False


def clauses(check: Check, model: Model) -> tuple[Clause, ...]:
    """What must hold, each once.

    Raises RefusalError where the check compares nothing in this model.
    """
    known: dict[Any, Clause] = {}
    for clause in _MAKERS[type(check)](check, model):
        known.setdefault(
            (clause.strict, frozenset(one.poly for one in clause.differences)), clause
        )
    if not known:
        raise RefusalError(
            f"{check.words()}: there are no plays to compare in model {model.name!r}; "
            "name fewer players in the conditions, or compare plays that are not alike "
            "with alike=False"
        )
    return tuple(known.values())


def _prefers(check: Prefers, model: Model) -> Iterator[Clause]:
    masks = [
        one.mask(model.form) for one in (check.better & check.when, check.to & check.when)
    ]
    for player in check.players:
        number, polynomials = model.payoff_polynomials(player)
        pairs: Any
        if check.alike:
            pairs = _alike(model, (check.better, check.to), masks)
        else:
            firsts = [
                {int(number[i]): int(i) for i in np.flatnonzero(mask)[::-1]}.values()
                for mask in masks
            ]
            pairs = itertools.product(*firsts)
        for high, low in pairs:
            gain = polynomials[number[high]] - polynomials[number[low]]
            yield Clause(
                (Difference(gain, player, ((1, high), (-1, low))),), check.strictly
            )


def _best_reply(check: BestReply, model: Model) -> Iterator[Clause]:
    form = model.form
    if form.is_tree:
        raise RefusalError(
            f"{check.words()}: in a tree a best reply depends on what follows; state it "
            "with Occurs and a condition, such as Occurs(where(Russia='obstruct'), 'no')"
        )
    axis = form.players.index(check.player)
    own = form.actions[check.player].index(check.action)
    stride = int(np.prod(form.shape[axis + 1 :], dtype=np.int64))
    number, polynomials = model.payoff_polynomials(check.player)
    for play in np.flatnonzero((form.taken(axis) == own) & check.when.mask(form)).tolist():
        others = [
            play + (other - own) * stride
            for other in range(form.shape[axis])
            if other != own
        ]
        pairs = [(other, play) if check.never else (play, other) for other in others]
        found = [
            Difference(
                polynomials[number[a]] - polynomials[number[b]],
                check.player,
                ((1, a), (-1, b)),
            )
            for a, b in pairs
        ]
        if check.never:
            yield Clause(tuple(found), True)
        else:
            yield from (Clause((one,)) for one in found)


def _monotone(check: Monotone, model: Model) -> Iterator[Clause]:
    assert isinstance(check.of, Payoff)
    of = check.of
    changes = [
        check.parameter,
        *([(of.on, of.instead_of)] if of.instead_of is not None else []),
    ]
    when = of.when if of.instead_of is not None else of.on & of.when
    yield from _changes(model, of.player, changes, when, -1 if check.falls else 1)


def _complements(check: Complements, model: Model) -> Iterator[Clause]:
    yield from _changes(
        model,
        check.player,
        [check.first, check.second],
        check.when,
        -1 if check.substitutes else 1,
    )


def _changes(
    model: Model, player: str, changes: list[Any], when: Condition, sign: int
) -> Iterator[Clause]:
    """How a player's payoff changes with each of some changes in turn.

    Parameters by derivatives, conditions by differences.
    """
    number, polynomials = model.payoff_polynomials(player)
    parameters = [one for one in changes if isinstance(one, str)]
    pairs = [one for one in changes if not isinstance(one, str)]
    common = model.payoff_denominator(player)
    if common.used and len(parameters) > 1:
        raise RefusalError(
            f"payoffs of {player} are quotients: whether two changes are complements or "
            "substitutes is checked for polynomials only"
        )
    named = [part for pair in pairs for part in pair]
    masks = [_every(choice, when).mask(model.form) for choice in itertools.product(*pairs)]
    found: Any = ((int(i),) for i in np.flatnonzero(masks[0]))
    if pairs:
        found = (
            _alike(model, named, masks)
            if len(pairs) == 1
            else _squares(model, pairs, masks)
        )
    for plays in found:
        poly = Polynomial.constant(0, len(model.parameters))
        signed = tuple(zip(_turns(len(pairs)), plays, strict=True))
        for turn, play in signed:
            poly = poly + turn * polynomials[number[play]]
        for label in parameters:
            place = list(model.parameters).index(label)
            poly = (
                poly.slope(place) * common - poly * common.slope(place)
                if common.used
                else poly.slope(place)
            )
        yield Clause((Difference(sign * poly, player, signed, tuple(parameters), sign),))


def _every(choice: tuple[Condition, ...], when: Condition) -> Condition:
    for one in choice:
        when = one & when
    return when


def _turns(count: int) -> list[int]:
    """The signs of a difference taken so many times: more comes first."""
    return [(-1) ** sum(choice) for choice in itertools.product((0, 1), repeat=count)]


def _alike(model: Model, named: Any, masks: list[Any]) -> Iterator[tuple[int, ...]]:
    """One play of each mask, alike in what all do whom the conditions do not name."""
    free = _named(named)
    groups: list[dict[Any, list[int]]] = []
    for mask in masks:
        found: dict[Any, list[int]] = {}
        for play in np.flatnonzero(mask).tolist():
            found.setdefault(_moves(model, play, lambda who: who not in free), []).append(
                play
            )
        groups.append(found)
    for key in groups[0]:
        yield from itertools.product(*[group.get(key, []) for group in groups])


def _squares(model: Model, pairs: list[Any], masks: list[Any]) -> Iterator[tuple[int, ...]]:
    """Four plays: both changes made, the first alone, the second alone, neither.

    The first changes what its players do, the second what its own do, all else equal.
    """
    first, second = (_named(pair) for pair in pairs)
    if first & second:
        raise RefusalError(
            f"both changes are made by {', '.join(sorted(first & second))}: name "
            "different players in the two"
        )
    places: list[dict[Any, int]] = []
    for mask in masks:
        kinds = (
            lambda who: who in first,
            lambda who: who in second,
            lambda who: who not in first | second,
        )
        places.append(
            {
                tuple([_moves(model, play, kind) for kind in kinds]): play
                for play in np.flatnonzero(mask).tolist()
            }
        )
    for (a, b, rest), both in places[0].items():
        for (c, d, same), neither in places[3].items():
            if same == rest and (a, d, rest) in places[1] and (c, b, rest) in places[2]:
                yield both, places[1][a, d, rest], places[2][c, b, rest], neither


def _named(conditions: Any) -> set[str]:
    return {who for one in conditions for who, _, _ in one.names()}


def _moves(model: Model, play: int, counts: Callable[[str], bool]) -> tuple[Any, ...]:
    """What those do on a play who count."""
    steps = [
        (str(place) if who is None else who, what)
        for who, place, what in model.form.play(play).steps
    ]
    return tuple([step for step in steps if counts(step[0])])


_MAKERS: dict[type, Any] = {
    Prefers: _prefers,
    BestReply: _best_reply,
    Monotone: _monotone,
    Complements: _complements,
}
