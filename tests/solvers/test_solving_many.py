"""Many games at once: the same answers as one by one, in the same order, however the work
is cut up and wherever it runs."""

from __future__ import annotations

import io
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest

from strategy import (
    GameError,
    Limits,
    NormalFormGame,
    NumberError,
    RefusalError,
    SizeError,
    Status,
    solve,
    solve_many,
)
from strategy.concepts import (
    CorrelatedEquilibrium,
    LogitQuantalResponse,
    Nash,
    PureNash,
    PureSubgamePerfect,
    TremblingHandPerfect,
)
from strategy.display import _progress
from strategy.solving_many import _finding
from tests._games import SCALE

SHAPES = {
    "pure": [(4,), (2, 2), (3, 4), (2, 3, 2), (2, 1, 2, 2)],
    "all": [(2, 2), (3, 2), (4, 4), (1, 3)],
    "logit": [(2, 2), (3, 3), (2, 3, 2), (3,)],
}
CONCEPTS = {"pure": PureNash(), "all": Nash(), "logit": LogitQuantalResponse("3/2")}


def drawn(shape, games, seed=0):
    """A third of the games have small whole payoffs, and so ties; the others none. One
    table is of integers."""
    rng = np.random.default_rng([seed, *shape])
    arrays = [rng.standard_normal((games, *shape)) for _ in shape]
    for array in arrays:
        array[::3] = rng.integers(0, 3, array[::3].shape)
    arrays[0] = rng.integers(-4, 5, arrays[0].shape)
    return arrays


def assert_as_one_by_one(arrays, concept, solutions):
    assert len(solutions) == len(arrays[0])
    for number in range(len(solutions)):
        one = solve(
            NormalFormGame.from_arrays(*[array[number] for array in arrays]), concept
        )
        assert solutions.statuses[number] is one.status
        found = solutions[number]
        assert all(len(rows) == len(one) == solutions.counts[number] for rows in found)
        for place, equilibrium in enumerate(one):
            for rows, exact, weights in zip(
                found, equilibrium.to_arrays(), equilibrium.profile.values(), strict=True
            ):
                assert np.abs(rows[place] - exact).max() <= solutions.within
                assert [weight > 0 for weight in rows[place]] == [
                    not (weight == 0)  # noqa: SIM201
                    for weight in weights.values()
                ]


@pytest.mark.deep_but(9)
@pytest.mark.parametrize(
    ("kind", "shape"),
    [(kind, shape) for kind, shapes in SHAPES.items() for shape in shapes],
)
def test_games_are_solved_as_one_by_one(kind, shape):
    arrays = drawn(shape, round(30 * SCALE))
    solutions = solve_many(arrays, CONCEPTS[kind])
    assert_as_one_by_one(arrays, CONCEPTS[kind], solutions)
    assert solutions.reason == ""
    assert (
        solutions.numbers == np.repeat(np.arange(len(solutions)), solutions.counts)
    ).all()
    assert all(
        (used == (rows > 0)).all()
        for used, rows in zip(solutions.supports, solutions.vectors, strict=True)
    )


@pytest.mark.parametrize("kind", CONCEPTS)
@pytest.mark.parametrize("piece", [1, 7, 50, 1000])
def test_pieces_do_not_matter(kind, piece):
    arrays = drawn((3, 3), 60)
    same(
        solve_many(arrays, CONCEPTS[kind]), solve_many(arrays, CONCEPTS[kind], piece=piece)
    )


def same(one, other):
    for name in ("offsets", "exactly", "_codes"):
        assert (getattr(one, name) == getattr(other, name)).all()
    assert all((a == b).all() for a, b in zip(one.vectors, other.vectors, strict=True))
    assert one.reason == other.reason


@pytest.mark.parametrize("make", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_gives_the_same(make):
    arrays = drawn((3, 2), 40)
    with make(2) as executor:
        for concept in CONCEPTS.values():
            same(
                solve_many(arrays, concept), solve_many(arrays, concept, executor, piece=9)
            )


@pytest.mark.parametrize(
    ("concept", "shape"),
    [
        (Nash(), (2, 2, 2)),
        (Nash(), (3,)),
        (PureNash(undominated=True), (3, 3)),
        (TremblingHandPerfect(), (2, 3)),
    ],
)
def test_what_has_no_fast_way_is_solved_one_by_one(concept, shape):
    arrays = [array[1::3] for array in drawn(shape, 12)]
    solutions = solve_many(arrays, concept)
    assert solutions.exactly.all()
    assert_as_one_by_one(arrays, concept, solutions)


def test_logit_games_whose_branch_turns_back_or_is_not_proved():
    turning = np.random.default_rng(25).integers(0, 101, size=(2, 4, 4))
    arrays, concept = (
        [np.stack([one, one // 50, one]) for one in turning],
        LogitQuantalResponse("0.9"),
    )
    solutions = solve_many(arrays, concept)
    assert solutions.exactly.tolist() == [True, False, True]
    assert_as_one_by_one(arrays, concept, solutions)
    far = 1e9 + np.round(np.random.default_rng(1).standard_normal((2, 3, 2, 2)), 3)
    assert_as_one_by_one(far, concept, solve_many(far, concept))


def test_the_branch_is_not_left_where_another_comes_near():
    """In this game a long step along the branch ended on another one, at whose side it
    passes between lambda 4.5 and 6."""
    rng = np.random.default_rng(0)
    for shape in ((2, 2, 2, 2), (4, 4)):
        arrays = [rng.standard_normal((100, *shape))[31:32] for _ in shape]
    ((first,), _) = solve_many(arrays, LogitQuantalResponse(3))[0]
    assert np.abs(first - [0.944, 0.013, 0.003, 0.04]).max() < 0.05
    assert_as_one_by_one(
        arrays, LogitQuantalResponse(3), solve_many(arrays, LogitQuantalResponse(3))
    )


def test_numbers_are_read_as_decimals():
    """0.35 as a short float is 7/20, and not the number next to it: here a tie."""
    for kind in (np.float16, np.float32, np.float64):
        table = np.array([[[0.35, 1], [0.35, 0]]], dtype=kind)
        solutions = solve_many([table, [[[7, 7], [7, 7]]]], PureNash())
        assert solutions.counts.tolist() == [3]
        assert solutions.exact(0)[0].payoffs["1"] * 20 == 7
    whole = [[[2**62, 2**62 + 1], [0, 0]]]
    solutions = solve_many([np.zeros((1, 2, 2), dtype=int), whole], PureNash())
    assert solutions[0][1][0].tolist() == [0, 1]
    assert (
        solve_many([np.array(whole, dtype=np.uint64)] * 2, PureNash()).games.tables[0].dtype
        == np.int64
    )
    assert (
        solve_many([[[[1, 0.5], [1, 0]]]] * 2, PureNash()).games.tables[0].dtype
        == np.float64
    )
    stacked = solve_many([[np.ones((2, 2), dtype=np.float32)] * 3] * 2, PureNash())
    assert stacked.counts.tolist() == [4, 4, 4]


def test_tiny_probabilities_are_not_zero():
    A = np.array([[[1e-200, 0], [0, 1e200]]])
    solutions = solve_many([A, A], Nash())
    assert solutions.exactly.all()
    assert solutions.supports[0].sum(axis=1).tolist() == [2, 1, 1]


BAD = {
    "no arrays": ([], GameError, "no payoff arrays"),
    "shapes that differ": ([np.zeros((3, 2, 2)), np.zeros((3, 2, 3))], GameError, "shape"),
    "too few axes": ([np.zeros((2, 2)), np.zeros((2, 2))], GameError, "3 axes"),
    "no actions": ([np.zeros((2, 0, 2))] * 2, GameError, "without actions"),
    "a truth value": ([[[[1, 0.5], [True, 0]]]] * 2, NumberError, "truth values"),
    "nan": ([np.zeros((2, 1, 1)), np.array([[[0.0]], [[np.nan]]])], NumberError, r"of 2 hold .*nan.* in game 1 at \(0, 0\)"),
    "infinite": ([np.full((2, 1, 1), np.inf)] * 2, NumberError, "inf"),
    "complex": ([np.zeros((2, 1, 1), dtype=complex)] * 2, NumberError, "complex"),
    "long integers": ([[[[2**64]]], [[[0]]]], NumberError, "beyond 64 bits"),
    "unsigned integers": ([np.full((1, 1, 1), 2**63, dtype=np.uint64)] * 2, NumberError, "beyond 64 bits"),
    "integers beside floats": ([[[[2**53 + 1, 0.5]]]] * 2, NumberError, "no float holds"),
    "long floats": ([np.zeros((1, 1, 1), dtype=np.longdouble)] * 2, NumberError, "float128|longdouble|float96"),
    "text": ([[[["1/3"]]]] * 2, NumberError, "solve"),
    "ragged": ([[[[1, 2], [3]]]] * 2, GameError, "ragged"),
    "ragged arrays": ([[np.zeros((1, 1)), np.zeros((1, 2))]] * 2, GameError, "ragged"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_arrays_are_refused(name):
    arrays, error, words = BAD[name]
    with pytest.raises(error, match=words):
        solve_many(arrays, Nash())


def test_bad_options_are_refused():
    arrays = np.zeros((2, 3, 2, 2))
    for concept, words in (
        (Nash, "give an instance"),
        (PureSubgamePerfect(), "players move in turn"),
        (CorrelatedEquilibrium(), "use solve"),
    ):
        with pytest.raises(RefusalError, match=words):
            solve_many(arrays, concept)
    for options in (
        {"executor": 2},
        {"piece": 0},
        {"limits": 3},
        {"limits": Limits(count=1)},
    ):
        with pytest.raises(RefusalError, match=next(iter(options))):
            solve_many(arrays, Nash(), **options)
    with pytest.raises(GameError, match="2 payoff arrays for 3 players"):
        solve_many(arrays, Nash(), players=("A", "B", "C"))
    with pytest.raises(GameError, match="game 1: lambda times"):
        solve_many(
            [[[[0, 0]], [[2, 0]]], [[[0, 0]], [[2, 0]]]], LogitQuantalResponse(10**9)
        )


def test_what_does_not_fit_is_refused():
    large = np.broadcast_to(np.zeros(()), (10**10, 4, 4))
    with pytest.raises(SizeError, match="in parts"):
        solve_many([large, large], Nash())


def test_no_games_have_no_equilibria():
    for concept in CONCEPTS.values():
        solutions = solve_many(np.zeros((2, 0, 3, 2)), concept)
        assert (len(solutions), solutions.offsets.tolist(), list(solutions)) == (0, [0], [])
        assert [one.shape for one in solutions.vectors] == [(0, 3), (0, 2)]


def test_names_and_exact_answers():
    names = {"players": ("Türkiye", "B"), "actions": (("x", "y"), ("l", "r"))}
    solutions = solve_many([[[[3, 0], [0, 2]]], [[[2, 0], [0, 3]]]], Nash(), **names)
    exact = solutions.exact(-1)
    assert exact.status is Status.COMPLETE
    assert [str(one.profile["Türkiye"]["x"]) for one in exact] == ["3/5", "1", "0"]
    again = pickle.loads(pickle.dumps(solutions))
    same(solutions, again)
    assert repr(again) == "Solutions(Nash; 1 game: 1 COMPLETE; 3 equilibria listed)"
    with pytest.raises(IndexError):
        solutions[1]
    with pytest.raises(ValueError, match="read-only"):
        solutions.vectors[0][0, 0] = 1


def test_an_interrupt_keeps_what_is_done(monkeypatch):
    arrays, calls = drawn((2, 2), 50), []

    def interrupted(*arguments):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return best_reply_mask(*arguments)

    best_reply_mask = _finding.best_reply_mask
    monkeypatch.setattr(_finding, "best_reply_mask", interrupted)
    solutions = solve_many(arrays, PureNash(), piece=10)
    assert solutions.reason == "interrupted"
    assert (solutions.statuses[:20] != Status.STOPPED).all()
    assert (solutions.statuses[20:] == Status.STOPPED).all()
    assert solutions.counts[20:].sum() == 0
    assert solutions.counts[:20].tolist() == [
        len(solutions.exact(number)) for number in range(20)
    ]


def test_limits_keep_what_is_done():
    arrays = drawn((2, 2), 50)
    solutions = solve_many(arrays, Nash(), limits=Limits(seconds=0))
    assert (solutions.statuses == Status.STOPPED).all()
    assert "limit" in solutions.reason
    assert (
        solve_many(arrays, Nash(), limits=Limits(seconds=1000)).statuses == Status.COMPLETE
    ).all()
    slow = [np.random.default_rng(1).integers(0, 101, (2, *(3,) * 5)) for _ in range(5)]
    solutions = solve_many(slow, Nash(), limits=Limits(seconds=0.2))
    assert (solutions.statuses == Status.STOPPED).all()
    assert solutions.reason


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_is_shown_on_a_terminal_only(monkeypatch, capsys):
    monkeypatch.setattr(_progress, "_PATIENCE", -1.0)
    arrays = drawn((2, 2), 20)
    solve_many(arrays, PureNash())
    assert capsys.readouterr() == ("", "")
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    solve_many(arrays, PureNash(), piece=5)
    assert "solving games" in terminal.getvalue()
