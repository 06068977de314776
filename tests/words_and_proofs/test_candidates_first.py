"""Nash() without a solver: pure equilibria, dominated actions and zero-sum games come
first, and nothing found is lost."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from strategy import Limits, NormalFormGame, Status, solve
from strategy.concepts import Nash
from strategy.concepts.dominance import eliminate_strictly_by_mixtures
from strategy.solvers import (
    BimatrixEnumeration,
    BranchAndPrune,
    CandidatesFirst,
    candidates_first,
)
from strategy.solvers._logit_path import scaled_tables
from strategy.solvers._two_mixers import two_mixers
from strategy.solvers.bimatrix.extreme import extreme_equilibria
from strategy.solvers.protocol import OutOfTime
from strategy.solvers.pure_enumeration import best_reply_mask
from tests._games import SCALE


def travellers(low, high, reward):
    claims = np.arange(low, high + 1)
    paid = np.minimum(claims[:, None], claims) + reward * np.sign(claims - claims[:, None])
    names = [str(claim) for claim in claims.tolist()]
    return NormalFormGame.from_arrays(paid, paid.T, actions=(names, names))


def guesses(most, share):
    """Whoever is nearer to a share of the mean of both guesses gets 1."""
    grid = np.arange(most + 1)
    far = [
        abs(2 * own * share.denominator - share.numerator * (grid[:, None] + grid))
        for own in (grid[:, None], grid)
    ]
    return NormalFormGame.from_arrays(np.sign(far[1] - far[0]), np.sign(far[0] - far[1]))


@pytest.mark.deep_but(2)
@pytest.mark.parametrize(
    ("low", "high", "reward"),
    [(2, 100, 2), (80, 200, 5), (2, 40, 2), (180, 300, 180), (2, 160, 2), (0, 130, 3)],
)
def test_the_travellers_dilemma_is_proved_by_dominance(low, high, reward):
    game = travellers(low, high, reward)
    solution = solve(game, Nash())
    assert (solution.status, len(solution), solution.rejected) == (Status.COMPLETE, 1, 0)
    assert solution[0].profile.actions == dict.fromkeys(game.players, str(low))
    (component,) = solution.components
    assert (component.equilibria, component.dimension, component.index) == ((0,), 0, 1)
    assert solution[0].component == 0
    assert solution.elimination.holds(game)
    assert all(options == (str(low),) for options in solution.elimination.actions.values())


def test_what_is_wrong_in_an_elimination_is_seen():
    game = travellers(2, 12, 2)
    found = solve(
        game, Nash(), solver=CandidatesFirst()
    ).elimination or eliminate_strictly_by_mixtures(game)
    assert found.holds(game)
    assert not found.holds(travellers(2, 12, 1))
    import attrs

    assert not attrs.evolve(found, rounds=found.rounds[1:]).holds(game)
    assert not attrs.evolve(found, rounds=found.rounds[:-1]).holds(game)
    assert not attrs.evolve(found, rounds=found.rounds[::-1]).holds(game)


def test_iterated_elimination_by_mixtures_is_the_same_by_either_search(monkeypatch):
    from strategy.concepts import _mixtures

    rng = np.random.default_rng(4)
    for _ in range(round(25 * SCALE)):
        shape = tuple(rng.integers(2, 7, 2))
        game = NormalFormGame.from_arrays(*rng.integers(-3, 4, (2, *shape)))
        ends = []
        for small in (0, 10**9):
            monkeypatch.setattr(_mixtures, "_SMALL", small)
            ends.append(eliminate_strictly_by_mixtures(game))
            assert ends[-1].holds(game)
        assert ends[0].actions == ends[1].actions
        assert [[one[:2] for one in row] for row in ends[0].rounds] == [
            [one[:2] for one in row] for row in ends[1].rounds
        ]


def with_dominated(rng, tables):
    """The same with some actions that a mixture dominates, once they are there or once
    others are out."""
    for _ in range(int(rng.integers(0, 4))):
        axis = int(rng.integers(len(tables)))
        table = np.moveaxis(tables[axis], axis, 0)
        worse = np.tensordot(
            rng.multinomial(4, rng.dirichlet(np.ones(len(table)))), table, 1
        ) - int(rng.integers(1, 3))
        order = rng.permutation(len(table) + 1)
        for player, one in enumerate(tables):
            lines = np.moveaxis(one, axis, 0) * (4 if player == axis else 1)
            new = worse if player == axis else rng.integers(-3, 4, worse.shape)
            tables[player] = np.moveaxis(np.concatenate([lines, new[None]])[order], 0, axis)
    return tables


def listed(solution):
    return [
        one.profile.key() if hasattr(one.profile, "key") else one.profile
        for one in solution
    ]


def structure(solution):
    return [
        (one.subsets, one.equilibria, one.dimension, one.index)
        for one in solution.components
    ]


@pytest.mark.parametrize("kind", ["ties", "few ties", "zero-sum", "shifted zero-sum"])
def test_two_players_have_the_same_set_with_and_without_the_steps_before_the_search(
    kind, monkeypatch
):
    monkeypatch.setattr(candidates_first, "quick", lambda _: False)
    rng = np.random.default_rng(len(kind))
    for _ in range(round(60 * SCALE)):
        shape = tuple(rng.integers(1, 5, 2))
        most = 9 if kind == "few ties" else 2
        A, B = rng.integers(-most, most + 1, (2, *shape))
        if "zero-sum" in kind:
            B = -A if kind == "zero-sum" else -2 * A + rng.integers(-3, 4, (shape[0], 1))
        game = NormalFormGame.from_arrays(*with_dominated(rng, [A, B]))
        first, search = (
            solve(game, Nash(), solver=CandidatesFirst()),
            solve(game, Nash(), solver=BimatrixEnumeration()),
        )
        assert (first.status, first.rejected) == (Status.COMPLETE, 0)
        assert listed(first) == listed(search)
        assert structure(first) == structure(search)
        assert [one.component for one in first] == [one.component for one in search]
        assert first.structure.infinite == search.structure.infinite
        assert first.structure.number_of_components == search.structure.number_of_components
        assert first.elimination is None or first.elimination.holds(game)


def test_three_players_have_the_same_set_with_and_without_the_steps_before_the_search(
    monkeypatch,
):
    monkeypatch.setattr(candidates_first, "quick", lambda _: False)
    rng, reduced = np.random.default_rng(5), 0
    for _ in range(round(60 * SCALE)):
        tables = list(rng.integers(-50, 51, (3, *rng.integers(1, 3, 3))))
        game = NormalFormGame.from_arrays(*with_dominated(rng, tables))
        first, search = (
            solve(game, Nash(), solver=CandidatesFirst()),
            solve(game, Nash(), solver=BranchAndPrune()),
        )
        if search.status is not Status.COMPLETE:
            continue
        reduced += first.elimination is not None
        assert (first.status, first.rejected, len(first)) == (
            Status.COMPLETE,
            0,
            len(search),
        )
        for one, other in zip(first, search, strict=True):
            for row, column in zip(one.to_arrays(), other.to_arrays(), strict=True):
                assert np.allclose(row, column)
        assert [parts[1:] for parts in structure(first)] == [
            parts[1:] for parts in structure(search)
        ]
    assert reduced


@pytest.mark.parametrize("B", [lambda A: -A, lambda A: 7 - 2 * A, lambda A: A[:, :1] - A])
def test_a_large_zero_sum_game_is_solved_for_all_its_equilibria(B):
    A = np.random.default_rng(0).integers(-100, 101, (70, 70))
    game = NormalFormGame.from_arrays(A, B(A))
    solution = solve(game, Nash())
    assert (solution.status, len(solution), solution.solver) == (
        Status.COMPLETE,
        1,
        "ZeroSumProgramme",
    )
    assert [one.index for one in solution.components] == [1]


def test_a_zero_sum_game_with_a_continuum_is_one_component():
    A = np.random.default_rng(1).integers(-9, 10, (30, 30))
    A[7:9], A[:, 3:5] = A[5], A[:, [6]]
    game = NormalFormGame.from_arrays(A, -A)
    solution = solve(game, Nash())
    assert solution.status is Status.COMPLETE
    assert len(solution) == len(extreme_equilibria(A, -A))
    (component,) = solution.components
    assert (component.index, component.equilibria) == (1, tuple(range(len(solution))))


def test_too_many_optimal_strategies_leave_one_and_say_so(monkeypatch):
    from strategy.solvers.bimatrix import exchangeable

    monkeypatch.setattr(exchangeable, "_PAIRS", 3)
    A = np.zeros((30, 30), dtype=int)
    A[3, 4] = A[5, 6] = 1
    solution = solve(NormalFormGame.from_arrays(A, -A), Nash())
    assert (solution.status, solution.rejected) == (Status.PARTIAL, 0)
    assert len(set(listed(solution))) == len(solution) >= 1
    assert "interchangeable" in solution.reason


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("seconds", [0, 0.01])
@pytest.mark.parametrize("players", [2, 3])
def test_when_time_is_over_there_is_one_equilibrium_all_the_same(players, seconds):
    """Where no profile of pure actions is one."""
    if players == 2:
        rng = np.random.default_rng(6)
        game = NormalFormGame.from_arrays(rng.random((40, 40)), rng.random((40, 40)))
    else:
        pennies = np.array([[1, -1], [-1, 1]])[:, :, None] * np.ones((1, 1, 2), dtype=int)
        game = NormalFormGame.from_arrays(pennies, -pennies, np.arange(8).reshape(2, 2, 2))
    solution = solve(game, Nash(), limits=Limits(seconds=seconds))
    assert solution.status in (Status.STOPPED, Status.COMPLETE)
    assert len(solution) >= 1
    assert all(Nash().certify(game, one.profile).holds for one in solution)


@pytest.mark.usefixtures("patient")
def test_pure_equilibria_are_kept_when_time_is_over_however_many():
    n = 60
    rng = np.random.default_rng(7)
    A, B = np.eye(n) + rng.random((n, n)) / 3, np.eye(n) + rng.random((n, n)) / 3
    solution = solve(NormalFormGame.from_arrays(A, B), Nash(), limits=Limits(seconds=0.3))
    assert solution.status is Status.STOPPED
    pure = {
        tuple(one.profile.actions.values())
        for one in solution
        if not hasattr(one.profile, "weights")
    }
    assert pure >= {(str(i + 1), str(i + 1)) for i in range(n)}
    assert len(set(listed(solution))) == len(solution)


@pytest.mark.usefixtures("patient")
def test_many_pure_equilibria_of_many_players_are_kept_at_once():
    shape = (6,) * 6
    game = NormalFormGame.from_arrays(*[np.zeros(shape, dtype=np.int8) for _ in shape])
    solution = solve(game, Nash(), limits=Limits(seconds=0))
    assert solution.status is Status.STOPPED
    assert len(solution) == 6**6
    assert solution[6**6 - 1].profile.actions == dict.fromkeys(game.players, "6")


def test_a_number_asked_for_is_not_searched_beyond():
    rng = np.random.default_rng(8)
    game = NormalFormGame.from_arrays(rng.random((60, 60)), rng.random((60, 60)))
    solution = solve(game, Nash(), limits=Limits(count=1))
    assert (solution.status, len(solution)) == (Status.STOPPED, 1)
    assert "limit of 1 equilibrium" in solution.reason
    flat = NormalFormGame.from_arrays(np.zeros((30, 30)), np.zeros((30, 30)))
    assert len(solve(flat, Nash(), limits=Limits(count=5))) == 5


def test_small_games_go_to_the_search_at_once():
    game = NormalFormGame.from_arrays([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    solution = solve(game, Nash())
    assert (solution.solver, solution.elimination) == ("BimatrixEnumeration", None)
    assert Fraction(2, 3) in [one.profile["1"]["1"] for one in solution]


def test_an_interrupt_keeps_what_there_is(monkeypatch):
    monkeypatch.setattr(candidates_first, "quick", lambda _: False)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(candidates_first._Plan, "_search", interrupted)
    solution = solve(NormalFormGame.from_arrays([[2, 0], [0, 1]], [[1, 0], [0, 2]]), Nash())
    assert (solution.status, len(solution), solution.reason) == (
        Status.STOPPED,
        2,
        "interrupted",
    )


def without_pure(shape, start):
    """The first random game from a seed on in which no equilibrium is pure."""
    for seed in range(start, start + 100):
        rng = np.random.default_rng(seed)
        game = NormalFormGame.from_arrays(*[rng.integers(-100, 101, shape) for _ in shape])
        if not best_reply_mask(game.tables).any():
            return game
    raise AssertionError(f"there are pure equilibria in all 100 games of shape {shape}")


@pytest.mark.parametrize("shape", [(3,) * 9, (4,) * 8, (2, 3, 4, 2, 3, 2), (3, 5, 4)])
def test_of_many_players_one_is_found_in_which_two_mix(shape):
    game = without_pure(shape, 3)
    one = next(two_mixers(game, scaled_tables(game, each=True)[0], lambda: None))
    assert Nash().certify(game, one).holds
    assert sorted(map(len, one.supports))[-3:] == [1, 2, 2]


@pytest.mark.parametrize("shape", [(3, 4, 3), (2, 3, 2, 3)])
def test_all_in_which_two_mix_are_found(shape):
    for seed in range(4):
        rng = np.random.default_rng(seed)
        game = NormalFormGame.from_arrays(*[rng.integers(-9, 10, shape) for _ in shape])
        tables, _ = scaled_tables(game, each=True)
        found = {
            str(one)
            for one in two_mixers(game, tables, lambda: None)
            if Nash().certify(game, one).holds
        }
        everything = solve(game, Nash(), BranchAndPrune())
        assert everything.status is Status.COMPLETE
        mixed = [one.profile for one in everything if not hasattr(one.profile, "choices")]
        assert {
            str(one) for one in mixed if sorted(map(len, one.supports))[-3:] == [1, 2, 2]
        } == found


def test_nine_players_without_a_pure_equilibrium_end_with_one_that_is_certified(
    monkeypatch,
):
    def nothing(self, *_):
        raise OutOfTime
        yield

    monkeypatch.setattr(BranchAndPrune, "propose", nothing)
    game = without_pure((3,) * 9, 3)
    solution = solve(game, Nash(), limits=Limits(seconds=600))
    assert (solution.status, len(solution)) == (Status.STOPPED, 1)
    assert Nash().certify(game, solution[0].profile).holds
    assert "CandidatesFirst" in solution.solver
