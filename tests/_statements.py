"""Whether a statement about a model holds at given values, by the payoffs of the game
there, play by play, and its equilibria.

Nothing of ``strategy.checking``, no polynomial and no proof is used, so that what this
finds can be held against them.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from strategy import Model, NormalForm, Status, solve
from strategy.assumptions import (
    BestReply,
    Complements,
    Monotone,
    Occurs,
    Payoff,
    Prefers,
    Threshold,
)
from strategy.assumptions.conditions import Condition
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from tests._models import evaluated

__all__ = ["Values", "fails", "fewer", "inside", "points", "start"]

Values = dict[str, Fraction]
STEPS = 60
"""Points along a line on which a threshold is looked for."""


def start(model: Model) -> Values:
    """The baselines."""
    return {label: one.baseline for label, one in model.parameters.items()}


def inside(check: Any, values: Mapping[str, Fraction]) -> bool:
    """Whether the statement is made at these values."""
    found = [(evaluated(one.amount, values), one.strict) for one in check.given]
    return all(value > 0 if strict else value >= 0 for value, strict in found)


def fails(check: Any, model: Model, values: Values, more: Values) -> bool:
    """Whether it fails at values; ``more`` has a second value, above the first, of
    parameters that it raises."""
    if not inside(check, values):
        return False
    return bool(_FAILS[type(check)](check, model, values, more))


# -- payoffs


@cache
def _plays(model: Model) -> list[Any]:
    return list(model.form.plays())


def _pays(model: Model, player: str, values: Values) -> list[Fraction]:
    game = model.game(at=values)
    # in the order of the plays
    return list(game.payoffs[game.players.index(player)].tolist())


def _moves(play: Any, counts: Callable[[str], bool]) -> tuple[Any, ...]:
    named = [
        (str(place) if who is None else who, action) for who, place, action in play.steps
    ]
    return tuple([one for one in named if counts(one[0])])


def _who(*conditions: Condition) -> set[str]:
    return {who for one in conditions for who, _, _ in one.names()}


@cache
def _alike(
    model: Model, first: Condition, second: Condition, when: Condition
) -> list[tuple[int, int]]:
    """Plays with the one and with the other condition, alike in what those do whom neither
    names."""
    free, plays = _who(first, second), list(enumerate(_plays(model)))
    places: dict[Any, list[int]] = {}
    for j, play in plays:
        if second.holds(play) and when.holds(play):
            places.setdefault(_moves(play, lambda who: who not in free), []).append(j)
    return [
        (i, j)
        for i, play in plays
        if first.holds(play) and when.holds(play)
        for j in places.get(_moves(play, lambda who: who not in free), [])
    ]


def _prefers(check: Prefers, model: Model, values: Values, more: Values) -> bool:
    plays = _plays(model)
    if check.alike:
        pairs: Iterable[tuple[int, int]] = _alike(model, check.better, check.to, check.when)
    else:
        sides = [
            [
                i
                for i, play in enumerate(plays)
                if side.holds(play) and check.when.holds(play)
            ]
            for side in (check.better, check.to)
        ]
        pairs = list(itertools.product(*sides))
    for player in check.players:
        pays = _pays(model, player, values)
        if any(
            pays[i] < pays[j] or (check.strictly and pays[i] == pays[j]) for i, j in pairs
        ):
            return True
    return False


def _best_reply(check: BestReply, model: Model, values: Values, more: Values) -> bool:
    pays, game = _pays(model, check.player, values), model.form
    plays = _plays(model)
    for i, play in enumerate(plays):
        if not play.took(check.player, check.action) or not check.when.holds(play):
            continue
        rest = _moves(play, lambda who: who != check.player)
        best = max(
            pays[j]
            for j, other in enumerate(plays)
            if _moves(other, lambda who: who != check.player) == rest
        )
        if (pays[i] < best) != check.never:
            return True
    assert isinstance(game, NormalForm)
    return False


def _monotone(check: Monotone, model: Model, values: Values, more: Values) -> bool:
    sign = -1 if check.falls else 1
    raised = {**values, check.parameter: more[check.parameter]}
    if not inside(check, raised):
        return False
    if not isinstance(check.of, Payoff):
        low, high = (
            _rank(_chances(check, model, check.of, one)) for one in (values, raised)
        )
        return low is not None and high is not None and sign * (high - low) < 0
    of = check.of
    low_pays, high_pays = _pays(model, of.player, values), _pays(model, of.player, raised)
    rises = [high - low for low, high in zip(low_pays, high_pays, strict=True)]
    if of.instead_of is not None:
        return any(
            sign * (rises[i] - rises[j]) < 0
            for i, j in _alike(model, of.on, of.instead_of, of.when)
        )
    plays = _plays(model)
    return any(
        sign * rises[i] < 0
        for i, play in enumerate(plays)
        if of.on.holds(play) and of.when.holds(play)
    )


def _complements(check: Complements, model: Model, values: Values, more: Values) -> bool:
    """What a play pays with more and with less of each of the two: the difference of
    differences."""
    sign = -1 if check.substitutes else 1
    changes = (check.first, check.second)
    raised = [one for one in changes if isinstance(one, str)]
    pays = {}
    for choice in itertools.product((False, True), repeat=len(raised)):
        up = {label: more[label] for label, so in zip(raised, choice, strict=True) if so}
        pays[choice] = _pays(model, check.player, {**values, **up})
    pairs = [one for one in changes if not isinstance(one, str)]
    for group in _groups(model, pairs, check.when):
        worth = Fraction(0)
        for i, turns in group:
            for choice, column in pays.items():
                worth += (-1) ** (turns + choice.count(False)) * column[i]
        if sign * worth < 0:
            return True
    return False


def _groups(
    model: Model, pairs: list[Any], when: Condition
) -> Iterator[list[tuple[int, int]]]:
    """Plays that belong together, each with how many of the changes are not made on it."""
    plays = _plays(model)
    if not pairs:
        yield from ([(i, 0)] for i, play in enumerate(plays) if when.holds(play))
    elif len(pairs) == 1:
        yield from ([(i, 0), (j, 1)] for i, j in _alike(model, *pairs[0], when))
    else:
        (more, less), (up, down) = pairs
        second = {(i, j) for i, j in _alike(model, up, down, when)}
        for (a, c), (b, d) in itertools.product(_alike(model, more, less, when), repeat=2):
            if (
                (a, b) in second
                and (c, d) in second
                and up.holds(plays[a])
                and down.holds(plays[b])
            ):
                yield [(a, 0), (b, 1), (c, 1), (d, 2)]


# -- equilibria


def _chances(check: Any, model: Model, about: Any, values: Values) -> set[Fraction]:
    """The probabilities that an outcome has in the equilibria."""
    concept = {
        "nash": Nash(),
        None: PureNash() if isinstance(model.form, NormalForm) else PureSubgamePerfect(),
    }[check.concept]
    solution = solve(model.game(at=values), concept)
    assert solution.status in (Status.COMPLETE, Status.NONE_EXISTS)
    holds = about.holds if isinstance(about, Condition) else model.outcomes[about].holds
    return {
        sum((weight for play, weight in one.plays.items() if holds(play)), Fraction(0))
        for one in solution
    }


def _rank(chances: set[Fraction]) -> int | None:
    return None if not chances else 2 if chances == {1} else 0 if chances == {0} else 1


_GOALS: dict[str, Callable[[set[Fraction]], bool]] = {
    "every": lambda chances: chances == {1},
    "some": lambda chances: bool(chances - {0}),
    "no": lambda chances: not chances - {0},
    "not every": lambda chances: chances != {1},
}


def _occurs(check: Occurs, model: Model, values: Values, more: Values) -> bool:
    return not _GOALS[check.equilibria](_chances(check, model, check.outcome, values))


def _threshold(check: Threshold, model: Model, values: Values, more: Values) -> bool:
    """On a line of points: the outcome comes about as said on one side and not on the
    other, and both sides are there."""
    one = model.parameters[check.parameter]
    values = values if check.everywhere else start(model)
    line = [one.low + (one.high - one.low) * Fraction(k, STEPS) for k in range(STEPS + 1)]
    goal = _GOALS[check.equilibria]
    held = [
        goal(_chances(check, model, check.outcome, {**values, check.parameter: value}))
        for value in line
    ]
    held = held if check.rising else held[::-1]
    return held != sorted(held) or len(set(held)) < 2


_FAILS: dict[type, Callable[[Any, Model, Values, Values], bool]] = {
    Prefers: _prefers,
    BestReply: _best_reply,
    Monotone: _monotone,
    Complements: _complements,
    Occurs: _occurs,
    Threshold: _threshold,
}


# -- where to look


def points(
    model: Model, check: Any, count: int, seed: int
) -> Iterator[tuple[Values, Values]]:
    """Random values at which the statement is made, each with greater ones: baselines,
    ends, and numbers between."""
    rng, found = random.Random(seed), 0
    for _ in range(1000 * count):
        if found == count:
            break
        values = {label: _one(rng, one) for label, one in model.parameters.items()}
        if inside(check, values):
            found += 1
            yield (
                values,
                {
                    label: max(values[label], _one(rng, one))
                    for label, one in model.parameters.items()
                },
            )
    assert found == count, f"{check.words()}: is made hardly anywhere"


def _one(rng: random.Random, one: Any) -> Fraction:
    kind = rng.random()
    if kind < 0.5:
        return [one.baseline, one.low, one.high][rng.randrange(3)]
    return one.low + (one.high - one.low) * Fraction(rng.randint(0, 1000), 1000)


def fewer(
    model: Model, check: Any, moved: int, steps: int
) -> Iterator[tuple[Values, Values]]:
    """The baselines with every ``moved`` parameters at the points of a grid from end to
    end, each with greater values.

    What a verdict is said to rise with is raised from each point to the next, and does not
    count as moved.
    """
    base = start(model)
    grids = {
        label: [
            one.low + (one.high - one.low) * Fraction(k, steps) for k in range(steps + 1)
        ]
        for label, one in model.parameters.items()
    }
    more = {label: one.high for label, one in model.parameters.items()}
    raised = (
        check.parameter
        if isinstance(check, Monotone) and not isinstance(check.of, Payoff)
        else None
    )
    for chosen in itertools.combinations(
        [label for label in base if label != raised], moved
    ):
        for values in itertools.product(*[grids[label] for label in chosen]):
            here = {**base, **dict(zip(chosen, values, strict=True))}
            if raised is None:
                yield here, more
            else:
                yield from (
                    ({**here, raised: low}, {**more, raised: high})
                    for low, high in itertools.pairwise(grids[raised])
                )
