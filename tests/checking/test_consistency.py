"""Contradictions between statements: planted ones are named exactly, proofs add up, and
points near the baseline meet all."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from scipy.optimize import linprog

from games.corridor.activation import model as corridor
from strategy import (
    Model,
    ModelError,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.assumptions import Comparison, Preference
from strategy.checking import Conflict, Consistency, consistent
from strategy.errors import StrategyError

p = Parameters(
    income=Parameter(4, low=1, high=8, unit="points"),
    leverage=Parameter(5, low=2, high=9, unit="points"),
    attention=Parameter("0.3", low=0, high=1, unit="share"),
    cost=Parameter(1, low=0, high=6, unit="points"),
    trade=Parameter(2, low=0, high=5, unit="points"),
)
runs = where(Armenia="open") & ~where(Russia="obstruct")
transit = Model(
    "transit",
    form=NormalForm({"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}),
    parameters=p,
    terms=(
        Term("Armenia", p.income, when=runs, name="transit"),
        Term("Armenia", -p.cost, when=where(Armenia="open"), name="cost of opening"),
        Term("Russia", -p.leverage, when=runs, name="leverage lost"),
        Term("Russia", p.trade, when=runs, name="trade"),
        Term(
            "Russia",
            -6 * (1 - p.attention),
            when=where(Russia="obstruct"),
            name="cost of obstructing",
        ),
    ),
    outcomes=(Outcome("corridor open", when=runs),),
)
PLANTED: dict[str, tuple[Model, list[Any], set[int]]] = {
    "a circle of comparisons": (
        transit,
        [
            "income > trade",
            "leverage > income",
            "attention > 0.5",
            "cost > leverage",
            "trade > 1",
            "income > cost",
        ],
        {1, 3, 5},
    ),
    "a comparison that its range forbids": (
        transit,
        ["income > 2", "trade > 5", "leverage > 3"],
        {1},
    ),
    "two comparisons and an end of a range": (
        transit,
        ["cost < 5", "income > 2 trade", "trade > 4", "leverage >= 2 income"],
        {1, 2},  # 2 trade > 8 is what income may be at most
    ),
    "a preference against a comparison": (
        transit,
        ["leverage > 3", "Armenia: open/acquiesce > refuse", "trade < 4", "cost > income"],
        {1, 3},
    ),
    "preferences of one player in a circle": (
        transit,
        [
            "Armenia: open/acquiesce > refuse",
            Preference(
                "Russia",
                [
                    {"Armenia": "open", "Russia": "acquiesce"},
                    {"Armenia": "open", "Russia": "obstruct"},
                ],
            ),
            "attention >= 1/2",
            Preference(
                "Russia",
                [
                    {"Armenia": "refuse", "Russia": "obstruct"},
                    {"Armenia": "open", "Russia": "acquiesce"},
                ],
            ),
            "income > cost",
        ],
        {1, 3},
    ),
    "five players, an outcome and three numbers": (
        corridor,
        [
            "russia_attention < 0.9",
            "leverage < 3",
            "broker_rent > 2 leverage",
            "normalisation > 0.1",
            "broker_rent <= leverage",
        ],
        {2, 4},
    ),
}


def brute(model: Model, stated: list[Any]) -> list[tuple[int, ...]]:
    """All minimal contradictions, from the verdict on every subset."""
    found: list[tuple[int, ...]] = []
    for size in range(1, len(stated) + 1):
        for chosen in itertools.combinations(range(len(stated)), size):
            if any(set(one) <= set(chosen) for one in found):
                continue
            if not consistent(model, [stated[i] for i in chosen], samples=0).holds:
                found.append(chosen)
    return found


def meets(model: Model, one: Any, values: Mapping[str, Fraction]) -> bool:
    """Whether a statement holds at a point, play by play."""
    if isinstance(one, Comparison):
        sides = [
            side.constant + sum(c * values[label] for label, c in side.terms)
            for side in (one.left, one.right)
        ]
        a, b = sides
        return {">": a > b, ">=": a >= b, "=": a == b, "<": a < b, "<=": a <= b}[
            one.relation
        ]
    assert isinstance(one, Preference)
    game = model.game(at=values)
    plays = list(model.form.plays())
    for better, worse in itertools.pairwise(one.conditions):
        for a, b in itertools.product(
            filter(better.holds, plays), filter(worse.holds, plays)
        ):
            if one.others_fixed and any(
                x != y for x, y in zip(a.steps, b.steps, strict=True) if x[0] != one.player
            ):
                continue
            gain = game.payoff(one.player, a) - game.payoff(one.player, b)
            if gain < 0 or (gain == 0 and one.strict):
                return False
    return True


def check_proof(model: Model, one: Conflict, at: Mapping[str, Any] | None = None) -> None:
    """The multiples add up to nothing but a false number, by plain arithmetic."""
    total: dict[str, Fraction] = {}
    left = Fraction(0)
    for part in one.parts:
        assert part.times > 0
        left -= part.times * part.inequality.bound
        for label, factor in part.inequality.coefficients:
            total[label] = total.get(label, Fraction(0)) + part.times * factor
    for label, upper, end, times in one.bounds:
        parameter = model.parameters[label]
        assert times > 0
        assert end == (parameter.high if upper else parameter.low)
        total[label] -= times if upper else -times
        left += times * (end if upper else -end)
    assert not any(total.values())
    assert left == -one.sum
    strict = any(part.inequality.strict for part in one.parts)
    assert one.sum > 0 or (one.sum == 0 and strict)
    assert strict == one.strict
    assert {part.member for part in one.parts} == set(one.members)


@pytest.mark.parametrize("case", PLANTED)
def test_planted_contradictions_are_named_exactly(case: str) -> None:
    model, stated, planted = PLANTED[case]
    found = consistent(model, stated)
    assert not found.holds
    (one,) = found.conflicts
    assert set(one.members) == planted
    check_proof(model, one)
    every = consistent(model, stated, every=True)
    assert (
        [one.members for one in every.conflicts]
        == brute(model, stated)
        == [tuple(sorted(planted))]
    )
    rest = [each for i, each in enumerate(stated) if i != min(planted)]
    assert consistent(model, rest, samples=0).holds


def test_a_contradiction_reads_in_words() -> None:
    found = consistent(transit, ["income > 2 trade", "leverage > 3", "trade > 4"])
    assert found.sentences == (
        (
            "Statements 1 and 3 contradict each other, as income is at most 8; without "
            "any one of them the rest can hold."
        ),
        "There may be other contradictions among them.",
    )
    text = str(found)
    assert "income > 2 trade" in text
    assert "statement 3" in text
    assert "add up to 0 > 0" in text
    assert found.data()["contradictions"][0]["ranges"] == [
        {"parameter": "income", "end": "high", "value": "8", "times": "1"}
    ]


def test_all_contradictions_that_share_statements() -> None:
    stated = ["income > 5", "income < 2", "trade > income", "cost > income", "cost < 5"]
    found = consistent(transit, stated, every=True)
    assert (
        [one.members for one in found.conflicts]
        == brute(transit, stated)
        == [(0, 1), (0, 2), (0, 3, 4)]
    )
    for one in found.conflicts:
        check_proof(transit, one)


def random_statements(rng: random.Random, count: int) -> list[Any]:
    labels = list(p)
    made: list[Any] = []
    for _ in range(count):
        if rng.random() < 0.3:
            player = rng.choice(["Armenia", "Russia"])
            plays = [
                {"Armenia": a, "Russia": r}
                for a in ("open", "refuse")
                for r in ("obstruct", "acquiesce")
            ]
            made.append(
                Preference(
                    player,
                    rng.sample(plays, rng.choice([2, 2, 3])),
                    strict=rng.random() < 0.7,
                )
            )
        else:
            a, b = rng.sample(labels, 2)
            left = rng.choice([1, 1, 2, -1]) * getattr(p, a)
            right = rng.choice([1, 1, 3]) * getattr(p, b) + rng.choice(
                [0, 0, 1, -2, Fraction(1, 2)]
            )
            made.append(
                Comparison(left, rng.choice([">", ">=", "<", "<=", ">", "<", "="]), right)
            )
    return made


@pytest.mark.parametrize("seed", range(30))
def test_random_statements(seed: int) -> None:
    rng = random.Random(seed)
    stated = random_statements(rng, rng.choice([2, 3, 4, 5]))
    found = consistent(transit, stated, every=True, samples=0)
    if found.holds:
        check_witness(transit, found)
    else:
        assert [one.members for one in found.conflicts] == brute(transit, stated)
        for one in found.conflicts:
            check_proof(transit, one)


def check_witness(model: Model, found: Consistency) -> None:
    """It is in the box and meets all; the distance is that of a linear programme in floats
    that knows nothing of this one."""
    witness = found.witness
    assert witness is not None
    assert found.distance is not None
    model.parameters.read(witness)
    assert all(meets(model, one, witness) for one in found.stated)
    here = model.parameters.read(None)
    width = {label: one.high - one.low for label, one in model.parameters.items()}
    moved = sum(
        (abs(witness[label] - here[label]) / width[label] for label in width), Fraction(0)
    )
    assert (
        moved == found.distance
        if found.attained
        else found.distance < moved <= found.distance + Fraction(1, 10)
    )
    assert float(found.distance) == pytest.approx(
        least_distance(model, found.stated), abs=1e-7
    )


def least_distance(model: Model, stated: Iterable[Any]) -> float:
    labels = list(model.parameters)
    rows, limits = [], []

    def add(slopes: np.ndarray, constant: float) -> None:
        """slopes @ x + constant >= 0"""
        rows.append(-slopes)
        limits.append(constant)

    def at(values: dict[str, Fraction], player: str, play: Any) -> float:
        return float(model.game(at=values).payoff(player, play))

    base = {label: one.low for label, one in model.parameters.items()}
    plays = list(model.form.plays())
    for one in stated:
        if isinstance(one, Comparison):
            for turn, relations in ((1, (">", ">=", "=")), (-1, ("<", "<=", "="))):
                if one.relation in relations:
                    known = dict(one.left.terms)
                    slopes = np.array(
                        [
                            float(
                                known.get(x, 0) - dict(one.right.terms).get(x, Fraction(0))
                            )
                            for x in labels
                        ]
                    )
                    add(turn * slopes, turn * float(one.left.constant - one.right.constant))
            continue
        for better, worse in itertools.pairwise(one.conditions):
            for a, b in itertools.product(
                filter(better.holds, plays), filter(worse.holds, plays)
            ):

                def gain(
                    values: dict[str, Fraction],
                    a: Any = a,
                    b: Any = b,
                    who: str = one.player,
                ) -> float:
                    return at(values, who, a) - at(values, who, b)

                start = gain(base)
                slopes = np.array(
                    [
                        (gain({**base, x: model.parameters[x].high}) - start)
                        / float(model.parameters[x].high - base[x])
                        for x in labels
                    ]
                )
                add(
                    slopes,
                    start - float(slopes @ np.array([float(base[x]) for x in labels])),
                )
    # Unknowns: the values, then the moves, each at least the value's distance from the
    # baseline either way.
    size = len(labels)
    here = np.array([float(model.parameters[x].baseline) for x in labels])
    width = np.array(
        [float(model.parameters[x].high - model.parameters[x].low) for x in labels]
    )
    moves = [
        np.r_[turn * np.eye(size)[i], -np.eye(size)[i]]
        for i in range(size)
        for turn in (1, -1)
    ]
    answer = linprog(
        np.r_[np.zeros(size), 1 / width],
        A_ub=np.array([*[np.r_[row, np.zeros(size)] for row in rows], *moves]),
        b_ub=np.array(
            [*limits, *[turn * here[i] for i in range(size) for turn in (1, -1)]]
        ),
        bounds=[
            *[(float(one.low), float(one.high)) for one in model.parameters.values()],
            *[(0, None)] * size,
        ],
    )
    return float(answer.fun)


CONSISTENT: dict[str, tuple[Model, list[Any]]] = {
    "nothing said": (transit, []),
    "what holds at the baseline": (
        transit,
        ["leverage > income", "Armenia: open/acquiesce > refuse"],
    ),
    "weak ones, met by the nearest point": (transit, ["income >= 6", "cost >= 3"]),
    "strict ones, met beside it": (transit, ["income > leverage", "cost > trade"]),
    "preferences over tables": (
        transit,
        [
            "Armenia: open/acquiesce >= refuse >= open/obstruct",
            "Russia: refuse/acquiesce > open",
        ],
    ),
    "equal": (transit, ["income = leverage", "cost = 3"]),
}


@pytest.mark.parametrize("case", CONSISTENT)
def test_what_can_hold_has_a_witness_nearby(case: str) -> None:
    model, stated = CONSISTENT[case]
    found = consistent(model, stated)
    assert found.holds
    assert not found.conflicts
    check_witness(model, found)
    assert found.share is not None
    assert all(isinstance(one, str) and one for one in found.sentences)


def test_the_share_of_the_box() -> None:
    found = consistent(transit, ["income > 4.5", "attention > 0.2"])
    assert found.share is not None
    assert found.share.low < 0.5 * 0.8 < found.share.high
    assert consistent(transit, ["income > 4.5", "attention > 0.2"]).share == found.share


def test_holding_the_others_fixed_is_dominance() -> None:
    one = Preference(
        "Armenia", [where(Armenia="refuse"), where(Armenia="open")], others_fixed=True
    )
    found = consistent(transit, [one])
    assert found.holds
    game = transit.game(at=found.witness)
    for russia in ("obstruct", "acquiesce"):
        refusing, opening = [
            game.payoff("Armenia", {"Armenia": own, "Russia": russia})
            for own in ("refuse", "open")
        ]
        assert refusing > opening
    without = attrs.evolve(one, others_fixed=False)
    # all refusing pays Armenia 0 whatever Russia does
    assert consistent(transit, [without]).holds


def test_values_can_be_fixed() -> None:
    assert consistent(transit, ["income > leverage"]).holds
    found = consistent(transit, ["income > leverage"], {"leverage": 9})
    assert not found.holds
    assert found.conflicts[0].bound_words() == ["income ≤ 8"]


def test_products_are_refused_until_one_is_fixed() -> None:
    bent = attrs.evolve(
        transit,
        terms=(
            *transit.terms,
            Term(
                "Armenia", p.income * p.attention, when=where(Armenia="refuse"), name="bent"
            ),
        ),
    )
    with pytest.raises(
        RefusalError, match=r"income times attention.*fix attention with at="
    ):
        consistent(bent, ["Armenia: refuse > open/obstruct"])
    assert consistent(bent, ["Armenia: refuse > open/obstruct"], {"attention": "0.3"}).holds
    assert consistent(bent, ["leverage > income"]).holds


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("leverge > income", "unknown parameter 'leverge'"),
        ("leverage * income > 3", "products of parameters are not accepted"),
        ("leverage >> income", "expected one relation|cannot read"),
        ("leverage > income > cost", "expected one relation"),
        ("leverage > ", "cannot read"),
        ("leverage > 1/0", "divides by zero"),
        ("", "expected a Preference"),
        ("Armenia open > refuse", "cannot read"),
        ("Georgia: open > refuse", "unknown player 'Georgia'"),
        ("Armenia: opn > refuse", "did you mean 'open'"),
        ("Armenia: open", "expected items from best to worst"),
        ("Armenia: open > refuse >= open/obstruct", "two statements"),
        ("Armenia: open < refuse", "from best to worst"),
        ("Armenia: Russia=opn > refuse", "unknown action of Russia"),
        ("Armenia: open > open/acquiesce", "belongs to two items"),
        ("Armenia: open/Armenia=refuse > refuse", "no play"),
        (3, "expected a Preference"),
        ("__import__('os') > 1", "cannot read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(stated: Any, said: str) -> None:
    with pytest.raises(StrategyError, match=said):
        consistent(transit, [stated])


def test_an_action_of_two_players_needs_its_player() -> None:
    both = Model(
        "both",
        form=NormalForm({"A": ("stag", "hare"), "B": ("stag", "hare")}),
        parameters=Parameters(x=Parameter(1, low=0, high=2)),
        terms=(
            Term(
                "A",
                Parameters(x=Parameter(1, low=0, high=2)).x,
                when=where(A="stag", B="stag"),
            ),
        ),
    )
    with pytest.raises(ModelError, match="action of A, B: write A=stag"):
        consistent(both, ["A: stag > hare"])
    assert consistent(both, ["A: stag/stag > stag/hare", "A: A=stag/B=stag > A=hare"]).holds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("leverage>=2*income-1/2", "leverage ≥ 2 income - 0.5"),
        ("-income + 3 < leverage/2", "-income + 3 < 0.5 leverage"),
        ("1.5 income = 2", "1.5 income = 2"),
        (
            "Armenia: corridor open > not corridor open",
            "Armenia prefers (corridor open) to (not ",
        ),
        (
            "Armenia (others fixed): open >= refuse",
            (
                "Armenia likes (Armenia: open) at least as much as (Armenia: refuse), the "
                "others doing"
            ),
        ),
        (
            "Russia: open/acquiesce > refuse",
            "Russia prefers (Armenia: open and Russia: acquiesce) to (Armenia: refuse)",
        ),
    ],
)
def test_text_reads_as_it_says(text: str, words: str) -> None:
    assert consistent(transit, [text], samples=0).stated[0].words().startswith(words)


def test_expressions_of_parameters() -> None:
    assert (
        Comparison(p.leverage, ">=", 2 * p.income + 1).words() == "leverage ≥ 2 income + 1"
    )
    with pytest.raises(ModelError, match="multiples of parameters added up"):
        Comparison(p.leverage * p.income, ">", 1)
    with pytest.raises(ModelError, match="relation"):
        Comparison("leverage", "!=", 1)
    with pytest.raises(ModelError, match="at least two"):
        Preference("Armenia", [where(Armenia="open")])
