"""Correlated equilibria: published answers, sums written out by hand, and linear programmes
in floats set up apart."""

from __future__ import annotations

import itertools
import pickle
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from strategy import (
    GameError,
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameters,
    RefusalError,
    SizeError,
    Term,
    solve,
    where,
)
from strategy.concepts import (
    CoarseCorrelatedEquilibrium,
    CorrelatedEquilibrium,
    Payoff,
    Probability,
    PureNash,
    Welfare,
)
from strategy.forms.distributions import PlayDistribution, read_distribution
from strategy.solvers import correlated_extremes, correlated_optimum
from tests import _oracles as naive
from tests._games import Table, random_table, seeds

CE, CCE = CorrelatedEquilibrium(), CoarseCorrelatedEquilibrium()
QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


def chicken() -> NormalFormGame:
    """Payoffs 6, 2, 7, 0: Aumann (1974), as in Osborne and Rubinstein (1994), section
    3.3."""
    actions = (("yield", "fight"), ("yield", "fight"))
    return NormalFormGame.from_arrays(
        [[6, 2], [7, 0]], [[6, 7], [2, 0]], players=("A", "B"), actions=actions
    )


def test_chicken_goes_beyond_every_mixture_of_nash_equilibria() -> None:
    """The pure equilibria give 9 in sum, the mixed one 28/3; a device reaches 21/2."""
    game, welfare = chicken(), Welfare({"A": 1, "B": 1})
    told = {
        ("yield", "yield"): HALF,
        ("yield", "fight"): QUARTER,
        ("fight", "yield"): QUARTER,
    }
    assert CE.certify(game, told).holds
    reached = correlated_optimum(game, CE, welfare)
    assert reached.value == Fraction(21, 2)
    assert reached.distribution == read_distribution(game.form, told)
    assert reached.distribution.payoffs(game) == {
        "A": Fraction(21, 4),
        "B": Fraction(21, 4),
    }
    (sums, mine, peace, crash) = correlated_extremes(
        game,
        CE,
        welfare,
        Payoff("A"),
        Probability(where(A="yield", B="yield"), "peace"),
        Probability(where(A="fight", B="fight")),
    )
    assert (sums.least.value, sums.greatest.value) == (Fraction(36, 5), Fraction(21, 2))
    assert (mine.least.value, mine.greatest.value) == (2, 7)
    assert (peace.least.value, peace.greatest.value) == (0, HALF)
    assert crash.least.value == 0
    assert str(peace) == "probability of peace: 0 to 0.5 over all correlated"
    assert "A: fight and B: fight" in str(crash)
    assert pickle.loads(pickle.dumps(sums)) == sums


def test_what_does_not_hold_is_shown() -> None:
    game = chicken()
    certificate = CE.certify(game, {("yield", "yield"): 1})
    assert not certificate.holds
    assert (
        certificate.regret,
        certificate.player,
        certificate.information_set,
        certificate.deviation,
    ) == (
        1,
        "A",
        "yield",
        "fight",
    )
    assert CCE.certify(game, {("yield", "yield"): 1}).information_set is None
    # Told "fight" half the time when the other fights: given that, it gains 2 with
    # certainty.
    certificate = CE.certify(game, [[0, HALF], [0, HALF]])
    assert (certificate.regret, certificate.player, certificate.information_set) == (
        2,
        "A",
        "fight",
    )


def test_matching_pennies_has_one_correlated_equilibrium() -> None:
    game = NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    for play in range(4):
        (found,) = correlated_extremes(game, CE, Probability(np.arange(4) == play))
        assert found.least.value == found.greatest.value == QUARTER


def test_coarse_equilibria_may_use_dominated_actions() -> None:
    """Rock, paper, scissors with a third of each tie is coarse and not correlated (Moulin
    and Vial 1978 in kind)."""
    loss = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    game = NormalFormGame.from_arrays(loss, [[-v for v in row] for row in loss])
    ties = np.full((3, 3), Fraction(0), dtype=object)
    np.fill_diagonal(ties, Fraction(1, 3))
    assert CCE.certify(game, ties).holds
    assert not CE.certify(game, ties).holds


def range_in_floats(
    table: Table, told: bool, objective: list[Fraction]
) -> tuple[float, float]:
    """By definition: one loop a player, an action told and an action taken instead."""
    exact, cells = table.exact(), table.cells
    rows = []
    for i, size in enumerate(table.shape):
        for mine, other in (
            itertools.product(range(size), repeat=2)
            if told
            else [(None, b) for b in range(size)]
        ):
            gain = [
                exact[i][naive.with_action(cell, i, other)] - exact[i][cell]
                for cell in cells
            ]
            rows.append(
                [
                    float(g) if mine is None or cell[i] == mine else 0.0
                    for g, cell in zip(gain, cells, strict=True)
                ]
            )
    ends = []
    for sign in (1, -1):
        found = linprog(
            [sign * float(v) for v in objective],
            A_ub=rows,
            b_ub=[0] * len(rows),
            A_eq=[[1] * len(cells)],
            b_eq=[1],
            method="highs",
        )
        ends.append(sign * found.fun)
    return ends[0], ends[1]


def small(rng: random.Random) -> Table:
    shape = rng.choice([(2, 2), (3, 3), (2, 3), (2, 2, 2), (3, 2, 2), (4, 4), (1, 3)])
    values: list[Any] = rng.choice(
        [[0, 1], list(range(5)), [-3, 7, 0, 100], [0.1, 0.2, 0.4]]
    )
    names = tuple("ABC"[: len(shape)])
    actions = tuple(tuple("abcd"[:size]) for size in shape)
    table = Table(names, actions, ({},) * len(shape))
    return Table(
        names,
        actions,
        tuple({cell: rng.choice(values) for cell in table.cells} for _ in shape),
    )


def test_ranges_are_those_of_the_definition() -> None:
    for seed in seeds(60):
        rng = random.Random(f"correlated {seed}")
        table = small(rng)
        game = table.game()
        exact = table.exact()
        weights = {who: rng.choice([0, 1, Fraction(1, 3), -1]) for who in table.players}
        mask = np.array([rng.random() < 0.4 for _ in table.cells])
        objectives: list[Any] = [
            Welfare(weights),
            Payoff(table.players[0]),
            Probability(mask),
        ]
        values = [
            [
                sum(weights[who] * exact[i][cell] for i, who in enumerate(table.players))
                for cell in table.cells
            ],
            [exact[0][cell] for cell in table.cells],
            [Fraction(int(m)) for m in mask],
        ]
        wide = correlated_extremes(game, CCE, *objectives)
        narrow = correlated_extremes(game, CE, *objectives)
        for told, answers in ((True, narrow), (False, wide)):
            for answer, value in zip(answers, values, strict=True):
                low, high = range_in_floats(table, told, value)
                assert abs(float(answer.least.value) - low) < 1e-6
                assert abs(float(answer.greatest.value) - high) < 1e-6
                for end in (answer.least, answer.greatest):
                    assert end.value == sum(
                        (w * value[n] for n, w in end.distribution.numbers.items()),
                        Fraction(0),
                    )
                    assert (CE if told else CCE).certify(game, end.distribution).holds
        for one, other in zip(narrow, wide, strict=True):
            assert (
                other.least.value
                <= one.least.value
                <= one.greatest.value
                <= other.greatest.value
            )
        for equilibrium in solve(game, PureNash()):
            point = PlayDistribution.from_profile(game.form, equilibrium.profile)
            assert CE.certify(game, point).holds
            assert CCE.certify(game, point).holds
            assert (
                narrow[1].least.value
                <= equilibrium.payoffs[table.players[0]]
                <= narrow[1].greatest.value
            )


@pytest.mark.parametrize("scale", [Fraction(1, 10**12), 10**15, 10**40])
def test_any_scale_gives_the_same_device(scale: Any) -> None:
    base, scaled = chicken(), chicken().to_arrays(exact=True)
    game = NormalFormGame.from_arrays(
        *[scale * (t + 10**6) for t in scaled],
        players=base.players,
        actions=base.actions.values(),
    )
    found = correlated_optimum(game, CE, Welfare({"A": 1, "B": 1}))
    assert (
        found.distribution.numbers
        == correlated_optimum(base, CE, Welfare({"A": 1, "B": 1})).distribution.numbers
    )
    assert found.value == scale * (Fraction(21, 2) + 2 * 10**6)


def test_large_games_are_solved_and_larger_refused() -> None:
    rng = np.random.default_rng(0)
    game = NormalFormGame.from_arrays(*rng.integers(-50, 51, size=(5, 3, 3, 3, 3, 3)))
    (found,) = correlated_extremes(game, CE, Payoff("3"))
    assert found.least.value < found.greatest.value
    many = NormalFormGame.from_arrays(*np.zeros((2, 200, 200), dtype=np.int8))
    with pytest.raises(SizeError, match=r"40,000 unknowns .* 79,600 inequalities"):
        correlated_extremes(many, CE, Payoff("1"))


def test_outcomes_of_models_can_be_asked_for() -> None:
    model = Model(
        "two",
        form=NormalForm({"A": ("x", "y"), "B": ("x", "y")}),
        parameters=Parameters(),
        terms=(
            Term("A", 1, when=where(A="x", B="x")),
            Term("B", 1, when=where(A="x", B="x")),
        ),
        outcomes=(Outcome("met", when=where(A="x", B="x")),),
    )
    (found,) = correlated_extremes(model.game(), CE, Probability(model.outcomes["met"]))
    assert (found.least.value, found.greatest.value) == (0, 1)
    assert str(found.objective) == "probability of met"


@pytest.mark.parametrize(
    ("objective", "error", "shown"),
    [
        (Payoff("C"), GameError, "'C'"),
        (Welfare({"A": 1}), GameError, "leave out B"),
        (Welfare({"A": 1, "B": 1, "C": 1}), GameError, "'C'"),
        (Probability([True]), GameError, "4 truth values"),
        ("welfare", RefusalError, "Payoff"),
        (Payoff, RefusalError, "Payoff"),
    ],
)
def test_objectives_that_do_not_fit(
    objective: Any, error: type[Exception], shown: str
) -> None:
    with pytest.raises(error, match=shown):
        correlated_extremes(chicken(), CE, objective)


def test_refusals() -> None:
    for concept in (CE, CCE):
        assert "from_arrays" in (concept.refuses([[1]]) or "")
        with pytest.raises(RefusalError, match="from_arrays"):
            concept.certify([[1]], {})  # type: ignore[arg-type]
    with pytest.raises(RefusalError, match="CorrelatedEquilibrium"):
        correlated_extremes(chicken(), PureNash(), Payoff("A"))  # type: ignore[arg-type]
    with pytest.raises(GameError, match="weights"):
        Welfare({})
    for given, shown in [
        ({("yield", "yield"): HALF}, "sum to 1/2"),
        ([[2, -1], [0, 0]], "is -1"),
        ([1, 0], "shape"),
    ]:
        with pytest.raises(GameError, match=shown):
            CE.certify(chicken(), given)


def test_distributions_are_read_in_every_way() -> None:
    game = chicken()
    independent = PlayDistribution.from_profile(game.form, [[HALF, HALF], [0, 1]])
    again = read_distribution(game.form, dict(independent.items()))
    assert again == independent == read_distribution(game.form, independent.table())
    assert hash(again) == hash(independent)
    assert independent[game.form.play(1)] == HALF
    assert independent.get(game.form.play(0), 0) == 0
    assert game.form.play(1) in independent
    assert len(independent) == 2
    assert "1/2" in repr(independent)
    table = random_table(random.Random(3), most_cells=30)
    sure = {
        who: options[0] for who, options in zip(table.players, table.actions, strict=True)
    }
    assert len(PlayDistribution.from_profile(table.game().form, sure)) == 1
