"""What must hold of any answer about a line of parameter values, whatever the model."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from strategy import AlgebraicNumber, ExtensiveForm, Play
from strategy.sensitivity import Binding, Thresholds, verdict
from tests._models import close, evaluated, naive_payoffs, naive_verdict

NEAR = Fraction(1, 10**12)


def rational(low: Fraction, high: Fraction, rng: random.Random) -> Fraction:
    return low + (high - low) * Fraction(rng.randint(1, 59), 60)


def beside(point: Fraction | AlgebraicNumber, way: int) -> Fraction:
    """A rational number within 10^-12 of a point, on the side asked for."""
    if isinstance(point, AlgebraicNumber):
        end = point.narrowed(NEAR).interval[(way + 1) // 2]
        # beyond the end, in few digits
        return Fraction(int(end * 10**20) + 2 * way, 10**20)
    return point + way * NEAR


def exactly(point: Fraction | AlgebraicNumber) -> Fraction:
    return close(point).value if isinstance(point, AlgebraicNumber) else point


def check_line(t: Thresholds, rng: random.Random, most: int = 6) -> None:
    """At the points and ends, beside them, in the middle of the pieces and at random
    places."""
    model, label = t.model, t.parameter
    edges = [t.low, *t.points, t.high]
    assert len(t.pieces) == len(t.points) + 1 == len(edges) - 1
    assert len(t.at_points) == len(t.binding) == len(t.points)
    assert all(a < b for a, b in itertools.pairwise(edges))

    def solved(x: Fraction | AlgebraicNumber) -> object:
        return verdict(model, t.concept, t.outcome, at={**t.at, label: x})

    assert (solved(t.low), solved(t.high)) == t.at_ends
    for point, here, before, after in zip(
        t.points, t.at_points, t.pieces, t.pieces[1:], strict=False
    ):
        assert solved(point) is here is t.verdict_at(point)
        assert not here is before is after  # otherwise it is not a threshold
        values = {
            **model.parameters.read(t.at),
            label: close(point) if isinstance(point, AlgebraicNumber) else point,
        }
        assert naive_verdict(model, t.concept, t.outcome, values) is here
    for i, piece in enumerate(t.pieces):
        a, b = edges[i], edges[i + 1]
        gap = exactly(b) - exactly(a)
        places = [
            (exactly(a) + gap * Fraction(rng.randint(1, 99), 100)).limit_denominator(10**12)
            for _ in range(2)
        ]
        # rounded for speed, so perhaps out of a narrow piece
        places = [x for x in places if a < x < b]
        if gap > 2 * NEAR:
            places += [beside(a, 1), beside(b, -1)]
        for x in places:
            assert a < x < b
            assert solved(x) is piece is t.verdict_at(x)
    for _ in range(most):
        x = rational(t.low, t.high, rng)
        assert solved(x) is t.verdict_at(x)


def check_bindings(t: Thresholds) -> int:
    """Every binding deviation is one that its player has, and gains nothing at its point.
    Returns how many points have none."""
    none = 0
    for point, bound in t.turning:
        values = {
            **t.model.parameters.read(t.at),
            t.parameter: close(point) if isinstance(point, AlgebraicNumber) else point,
        }
        payoffs = naive_payoffs(t.model, values)
        assert len(set(bound)) == len(bound)
        none += not bound
        for one in bound:
            assert tuple(one) == (one.player, one.where, one.from_, one.to)
            assert one.from_ != one.to
            column = payoffs[t.model.players.index(one.player)]
            if isinstance(t.model.form, ExtensiveForm):
                old, new = (
                    _worth(t, one, plays, action, column, values)
                    for plays, action in _ways(one)
                )
            else:
                old, new = (
                    _cell(t, one, plays, action, column) for plays, action in _ways(one)
                )
                others = [
                    {step for step in next(iter(plays)).steps if step[0] != one.player}
                    for plays, _ in _ways(one)
                ]
                assert others[0] == others[1]
            assert old == new, (t, point, one)
    return none


def _ways(
    one: Binding,
) -> tuple[tuple[Mapping[Play, Fraction], str], tuple[Mapping[Play, Fraction], str]]:
    return (one.before, one.from_), (one.after, one.to)


def _cell(
    t: Thresholds,
    one: Binding,
    plays: Mapping[Play, Fraction],
    action: str,
    column: list[Any],
) -> Any:
    (play,) = plays
    assert (one.player, None, action) in play.steps
    assert one.where is None
    return column[list(t.model.form.plays()).index(play)]


def _worth(
    t: Thresholds,
    one: Binding,
    plays: Mapping[Play, Fraction],
    action: str,
    column: list[Any],
    values: Mapping[str, Any],
) -> Any:
    """What the player expects from its move on, chance as it is at the point."""
    form, total, whole, numbers = (
        t.model.form,
        Fraction(0),
        Fraction(0),
        list(t.model.form.plays()),
    )
    assert isinstance(form, ExtensiveForm)
    laws = {
        form.history(node): (form.laws[form.law[node]], form.action_lists[form.label[node]])
        for node in form.chance_names
    }
    for play in plays:
        depth = play.steps.index((one.player, one.where, action))
        weight: Any = Fraction(1)
        for i, (who, _, event) in enumerate(play.steps):
            if who is None and i > depth:
                law, events = laws[play.history[:i]]
                weight = weight * evaluated(law[events.index(event)], values)
        total, whole = total + weight * column[numbers.index(play)], whole + weight
    assert whole == 1
    return total
