"""Mixed equilibria along a range: exact for two players, single values elsewhere; against
solving at each value."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    solve,
    where,
)
from strategy.algebraic import AlgebraicNumber
from strategy.concepts import Nash, StrongNash
from strategy.sensitivity import Verdict, outcome_probability, thresholds, verdict
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.mixed_decider import MixedDecider
from strategy.sensitivity.deciding.slices import Signs, Slice
from tests.conftest import SCALE


def random_model(rng: random.Random) -> Model:
    """Two players, up to four actions, payoffs affine in ``t`` and ``s``, ties common."""
    rows, columns = (
        tuple(f"{letter}{k}" for k in range(rng.choice([2, 3, 3, 4]))) for letter in "rc"
    )
    p = Parameters(t=Parameter("1/2", low=0, high=3), s=Parameter(1, low=0, high=2))
    highest = rng.choice([1, 2, 6])
    terms = [
        Term(who, amount, when=where(A=row, B=column), name=f"{who} {row} {column}")
        for who in "AB"
        for row in rows
        for column in columns
        if (
            amount := rng.randint(0, highest)
            + rng.choice([0, 0, 1, -1]) * p.t
            + rng.choice([0, 0, 1]) * p.s
        )
        != 0
    ]
    corner = Outcome("corner", when=where(A=rows[0], B=columns[0]))
    return Model(
        "random",
        form=NormalForm({"A": rows, "B": columns}),
        parameters=p,
        terms=terms,
        outcomes=(corner,),
    )


def hunt(stag: object, hare: object, p: Parameters) -> Model:
    """A stag hunt: both hunting pays ``stag``, a hare alone ``hare``."""
    choices = ("stag", "hare")
    terms = [
        Term(who, stag, when=where(A="stag", B="stag"), name=f"stag {who}") for who in "AB"
    ]
    terms += [
        Term(who, hare, when=where({who: "hare"}), name=f"hare {who}") for who in "AB"
    ]
    both = Outcome("both hunt", when=where(A="stag", B="stag"))
    return Model(
        "hunt",
        form=NormalForm({"A": choices, "B": choices}),
        parameters=p,
        terms=terms,
        outcomes=(both,),
    )


@pytest.mark.parametrize("seed", range(round(40 * SCALE)))
def test_signs_decide_what_solving_finds(seed: int) -> None:
    """Verdict, plays and the number of extreme equilibria at values where ties are
    common."""
    rng = random.Random(seed)
    model = random_model(rng)
    found = decider(Slice.of(model, ("t",), None), Nash(), model.outcomes["corner"])
    assert isinstance(found, MixedDecider)
    for _ in range(4):
        value = Fraction(rng.randint(0, 12), 4)
        here, solution = (
            found.found(Signs((value,))),
            solve(model.game(at={"t": value}), Nash()),
        )
        assert here.verdict is verdict(model, Nash(), "corner", at={"t": value})
        assert len(list(found.equilibria(Signs((value,))))) == len(solution)
        assert {model.form.play(k) for k in here.plays} == {
            play for one in solution for play in one.plays
        }


@pytest.mark.parametrize("seed", range(round(40 * SCALE)))
@pytest.mark.deep_but(15)
def test_pieces_and_points(seed: int) -> None:
    """Between the points, at them and at random values the verdict is that of solving; what
    binds is a deviation."""
    rng = random.Random(1000 + seed)
    model = random_model(rng)
    found = thresholds(model, Nash(), "corner", "t")
    for value in [Fraction(rng.randint(0, 48), 16) for _ in range(6)] + [
        one for one in found.points if isinstance(one, Fraction)
    ]:
        assert found.verdict_at(value) is verdict(model, Nash(), "corner", at={"t": value})
    for binding in found.binding:
        for one in binding:
            assert sum(one.before.values()) == 1 == sum(one.after.values())


def test_the_hunt_by_hand() -> None:
    """Both hunt in some equilibrium while a hare is worth at most a stag: at the end as
    well."""
    p = Parameters(hare=Parameter(2, low=0, high=6))
    found = thresholds(hunt(4, p.hare, p), Nash(), "both hunt", "hare")
    assert found.points == (4,)
    assert (found.pieces, found.at_points) == ((Verdict.SOME, Verdict.NO), (Verdict.SOME,))
    assert ("A", None, "stag", "hare") in {tuple(one) for one in found.binding[0]}


def test_an_irrational_threshold() -> None:
    """With a stag worth x squared and a hare 2, hunting is an equilibrium from the square
    root of 2 on."""
    p = Parameters(x=Parameter(1, low=0, high=2))
    model = hunt(p.x**2, 2, p)
    found = thresholds(model, Nash(), "both hunt", "x")
    (point,) = found.points
    assert isinstance(point, AlgebraicNumber)
    assert point.minimal_polynomial == (1, 0, -2)
    assert (found.pieces, found.at_points) == ((Verdict.NO, Verdict.SOME), (Verdict.SOME,))
    assert verdict(model, Nash(), "both hunt", at={"x": point}) is Verdict.SOME
    with pytest.raises(RefusalError, match="give a rational one near it"):
        outcome_probability(model, Nash(), "both hunt", at={"x": point})


def test_elsewhere_only_values_are_known() -> None:
    """No verdict is claimed between the values that were solved, and they are closer where
    the verdict changes."""
    p = Parameters(hare=Parameter(2, low=0, high=6))
    found = thresholds(hunt(4, p.hare, p), StrongNash(), "both hunt", "hare")
    assert (found.points, found.pieces) == ((), (Verdict.UNKNOWN,))
    assert all(
        verdict(found.model, StrongNash(), "both hunt", at={"hare": value}) is known
        for value, known in found.sampled
    )
    assert found.changes_seen
    assert max(b - a for a, b in found.changes_seen) < Fraction(1, 100)


def test_too_many_bases_are_refused() -> None:
    p = Parameters(x=Parameter(1, low=0, high=2))
    actions = tuple(f"a{k}" for k in range(8))
    terms = [Term("A", p.x, when=where(A="a0"), name="x")]
    outcome = Outcome("first", when=where(A="a0"))
    model = Model(
        "large",
        form=NormalForm({"A": actions, "B": actions}),
        parameters=p,
        terms=terms,
        outcomes=(outcome,),
    )
    with pytest.raises(RefusalError, match="12,870 bases"):
        thresholds(model, Nash(), "first", "x")
