"""A limit of seconds holds for the whole call, whatever the solver is in the middle of, and
what was found is kept."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveFormGame,
    Limits,
    NormalFormGame,
    deadline,
    solve,
)
from strategy.certificates import Certificate
from strategy.cli import run
from strategy.concepts import (
    CoalitionProofNash,
    LogitQuantalResponse,
    Nash,
    Proper,
    PureNash,
    PureSubgamePerfect,
    StrongNash,
    TremblingHandPerfect,
)
from strategy.errors import StrategyError, TimeLimitError
from strategy.kernels import kernel
from strategy.linear import maximise
from strategy.report import analyse
from strategy.report.section import NOT_IN_TIME, Refused
from strategy.report.sections import ALL as ALL_SECTIONS
from strategy.results import Status
from strategy.sensitivity import flip, radius, verdict
from strategy.sensitivity.analyses.tornado import solved_at
from strategy.solvers import (
    ALL,
    BranchAndPrune,
    LogitTracing,
    OutOfTime,
    prove,
    replay,
)
from strategy.solvers.bimatrix.batch import many
from strategy.solvers.bimatrix.extreme import Enumeration
from strategy.solvers.bimatrix.float_path import follow
from strategy.solvers.logit_tracing import logit_branch
from strategy.solving_many import solve_many


def table(shape: tuple[int, ...], top: int, seed: int = 0) -> NormalFormGame:
    rng = np.random.default_rng(seed)
    return NormalFormGame.from_arrays(*[rng.integers(0, top + 1, shape) for _ in shape])


def identity(size: int) -> NormalFormGame:
    return NormalFormGame.from_arrays(np.eye(size, dtype=int), np.eye(size, dtype=int))


def floats(size: int) -> NormalFormGame:
    rng = np.random.default_rng(0)
    return NormalFormGame.from_arrays(rng.random((size, size)), rng.random((size, size)))


def tied_tree(moves: int) -> ExtensiveFormGame:
    def step(history: tuple[str, ...]) -> Any:
        return (
            Decision(f"player {len(history)}", ("a", "b", "c"))
            if len(history) < moves
            else End()
        )

    return ExtensiveFormGame.from_rules(step)


def tied_below_chance(depth: int) -> ExtensiveFormGame:
    def step(history: tuple[str, ...]) -> Any:
        if len(history) == depth:
            return End()
        if len(history) % 2:
            return Chance("-".join(history), {"x": "1/3", "y": "2/3"})
        return Decision("AB"[len(history) % 4 // 2], ("left", "right"))

    return ExtensiveFormGame.from_rules(step)


HEAVY: dict[str, tuple[Callable[[], Any], Any, Any]] = {
    "identity": (lambda: identity(22), Nash(), None),
    "nine players": (lambda: table((4,) * 9, 99), Nash(), None),
    "two in floats": (lambda: floats(60), Nash(), None),
    "ties of three": (lambda: table((8, 8, 8), 1), Nash(), None),
    "all tied": (lambda: table((5,) * 6, 0), Nash(), None),
    "two by boxes": (lambda: identity(14), Nash(), BranchAndPrune()),
    "wide": (lambda: table((2,) * 18, 0), PureNash(), None),
    "undominated": (lambda: table((700, 700), 99), PureNash(undominated=True), None),
    "tree": (lambda: tied_tree(9), PureSubgamePerfect(), None),
    "chance": (lambda: tied_below_chance(10), PureSubgamePerfect(), None),
    "traced": (lambda: table((4,) * 8, 99), Nash(), LogitTracing()),
    "responses": (lambda: table((4,) * 8, 99), LogitQuantalResponse(5), None),
    "perfect": (lambda: identity(16), TremblingHandPerfect(), None),
    "proper": (lambda: table((60, 60), 2), Proper(), None),
    "strong": (lambda: table((100, 100), 0), StrongNash(), None),
    "coalition-proof": (lambda: table((3,) * 9, 2), CoalitionProofNash(), None),
}


class Clock:
    """A clock that runs a little at each look, so that a limit is a number of looks and no
    machine is too slow."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, start: float = 1_000.0) -> None:
        self.now, self.looks = start, 0
        monkeypatch.setattr(time, "monotonic", self)

    def __call__(self) -> float:
        self.looks += 1
        self.now += 0.001
        return self.now


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_work_ends_a_bounded_number_of_looks_at_the_clock_after_its_end(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, concept, solver = HEAVY[name]
    game = make()
    clock = Clock(monkeypatch)
    solution = solve(game, concept, solver, limits=Limits(seconds=0.05))
    assert solution.status is Status.STOPPED
    assert solution.reason == "stopped at the limit of 0.05 seconds"
    # the grace in which what was found is kept is a number of looks as well
    assert clock.now < 1_000.0 + 0.05 + 0.6
    assert all(concept.certify(game, one.profile).holds for one in solution[:3])


@pytest.mark.parametrize("name", HEAVY)
def test_no_time_and_next_to_none_are_times(name: str) -> None:
    make, concept, solver = HEAVY[name]
    game = make()
    for seconds in (0, 1e-9, 0.001, Fraction(1, 1000)):
        assert (
            solve(game, concept, solver, limits=Limits(seconds=seconds)).status
            is Status.STOPPED
        )


@pytest.mark.parametrize("seconds", [-1, float("nan"), "5", True, 1j])
def test_what_is_no_time_is_refused_in_one_line(seconds: Any) -> None:
    for refused in (
        lambda: Limits(seconds=seconds),
        lambda: prove(identity(2), seconds=seconds),
    ):
        with pytest.raises(StrategyError, match="seconds=") as said:
            refused()
        assert "\n" not in str(said.value)


@pytest.mark.parametrize("seconds", [1e300, float("inf"), 10**400, Fraction(10**400)])
def test_more_time_than_there_is_is_no_limit(seconds: Any) -> None:
    assert (
        solve(identity(2), Nash(), limits=Limits(seconds=seconds)).status is Status.COMPLETE
    )


def test_what_was_found_before_the_end_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock jumps beyond the end once the search has found something."""
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    original = Enumeration.steps

    def steps(self: Enumeration, check: Any = None) -> Iterator[None]:
        for _ in original(self, check):
            if self._search.count > 50:
                now[0] = 1_005.0001
            yield

    monkeypatch.setattr(Enumeration, "steps", steps)
    solution = solve(identity(14), Nash(), limits=Limits(seconds=5))
    assert solution.status is Status.STOPPED
    assert len(solution) > 50
    assert solution.rejected == 0


def test_a_search_ends_early_enough_to_keep_what_it_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What takes long at the end is paid out of the limit: here, to put 20,000 equilibria
    in order takes 10 seconds."""
    now, asked = [1_000.0], list[float]()
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    original_found, original_steps = Enumeration.found, Enumeration.steps

    def found(self: Enumeration) -> Any:
        asked.append(now[0])
        now[0] += self._search.count / 2_000
        return original_found(self)

    def steps(self: Enumeration, check: Any = None) -> Iterator[None]:
        for _ in original_steps(self, check):
            now[0] += 0.01
            yield

    monkeypatch.setattr(Enumeration, "found", found)
    monkeypatch.setattr(Enumeration, "steps", steps)
    solution = solve(identity(18), Nash(), limits=Limits(seconds=100))
    assert solution.status is Status.STOPPED
    assert len(solution) > 10_000
    assert now[0] <= 1_100.0
    assert len(asked) < 6


class Dawdling:
    """A concept whose judge takes a second for each profile."""

    invariances = Nash.invariances

    def __init__(self, now: list[float]) -> None:
        self.now = now

    def refuses(self, game: Any) -> str | None:
        return None

    def certify(self, game: Any, profile: Any) -> Certificate:
        self.now[0] += 1
        return Nash().certify(game, profile)


def test_judging_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    class Listing:
        def refuses(self, game: Any, concept: Any) -> str | None:
            return None

        def exhaustive(self, game: Any, concept: Any) -> bool:
            return True

        def propose(
            self, game: Any, concept: Any, limits: Limits, rng: Any
        ) -> Iterator[Any]:
            for i in range(30):
                yield {"1": str(i + 1), "2": str(i + 1)}

    solution = solve(identity(30), Dawdling(now), Listing(), limits=Limits(seconds=7))
    assert solution.status is Status.STOPPED
    assert 6 <= len(solution) <= 8


def test_compiled_code_is_told_when_the_time_is_over() -> None:
    flags = np.zeros(3, dtype=np.int64)
    with deadline.within(0), deadline.flagging(flags, 1):
        for _ in range(1_000):
            if flags[1]:
                break
            time.sleep(0.01)
    assert flags.tolist() == [0, 1, 0]
    with deadline.flagging(flags, 1):
        assert flags.tolist() == [0, 0, 0]


def test_a_cell_is_given_up_in_the_middle_and_taken_up_again() -> None:
    from strategy.solvers.cells import branching as kernel
    from strategy.solvers.cells.search import CellSearch

    tables = [numbers for numbers, _ in table((3, 3, 3), 9, seed=4).integer_tables]
    straight, halting = (CellSearch(tables, budget=10**6, most_left=4096) for _ in range(2))
    straight.run(None)
    for number in range(200):
        halting.counters[kernel.OVER] = number % 2
        before = int(halting.counters[kernel.CELLS])
        halting._slice(5)
        assert number % 2 == 0 or halting.counters[kernel.CELLS] == before
    halting.run(None)
    for place in (kernel.ROOTS, kernel.PURES, kernel.FACES, kernel.TIED, kernel.LEFT):
        assert halting.counters[place] == straight.counters[place]


def test_deep_loops_look_at_the_clock() -> None:
    rng = np.random.default_rng(0)
    programme = rng.integers(1, 9, (12, 12)).tolist()
    with deadline.within(0):
        with pytest.raises(OutOfTime):
            maximise([1] * 12, at_most=(programme, [5] * 12))
        with pytest.raises(OutOfTime):
            list(deadline.watched(range(5)))
        # an inner limit does not lengthen an outer one
        with deadline.within(100), pytest.raises(OutOfTime):
            deadline.check()
        with deadline.grace(100):
            deadline.check()
    deadline.check()


@pytest.mark.usefixtures("patient")
def test_compiled_code_is_not_loaded_once_the_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with deadline.within(0), pytest.raises(OutOfTime):
        kernel("a test")(lambda one: one)(1)
    # what the last resort needs is loaded all the same
    monkeypatch.setattr(follow, "loaded", False)
    game = floats(42)
    assert not len(solve(game, PureNash()))
    assert len(solve(game, Nash(), limits=Limits(seconds=0))) == 1


@pytest.mark.parametrize(
    "concept",
    [Nash(), PureNash(), PureNash(undominated=True), LogitQuantalResponse(2), StrongNash()],
)
def test_many_games_stop_with_what_is_done(
    concept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = np.random.default_rng(0).integers(0, 9, (2, 4_000, 6, 6))
    Clock(monkeypatch)
    found = solve_many(list(arrays), concept, limits=Limits(seconds=0.1), piece=50)
    assert found.reason
    stopped = [status is Status.STOPPED for status in found.statuses]
    assert stopped[-1]
    assert not all(stopped)


@pytest.mark.parametrize("looks", [1, 3, 10])
def test_of_games_solved_together_those_done_in_time_are_kept(looks: int) -> None:
    """Also where the time ends within a game that floats leave to whole numbers."""
    A, B = np.random.default_rng(0).integers(0, 3, (2, 120, 4, 4))
    whole = many(A, B)
    assert whole.exactly.any()
    left = iter(range(looks))

    def check() -> None:
        if next(left, None) is None:
            raise OutOfTime

    part = many(A, B, check)
    rows = int(part.offsets[-1])
    assert len(part) < len(whole) or looks > 1
    np.testing.assert_array_equal(part.offsets, whole.offsets[: len(part) + 1])
    np.testing.assert_array_equal(part.x, whole.x[:rows])
    np.testing.assert_array_equal(part.y, whole.y[:rows])
    np.testing.assert_array_equal(part.exactly, whole.exactly[: len(part)])


# -- proofs, maps and pages


def test_a_proof_cut_short_holds_with_what_is_left_in_boxes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from strategy.solvers.cells.search import CellSearch

    game = table((3, 3, 3), 5, seed=2)
    whole = prove(game)
    original = CellSearch._slice

    def slice_(self: CellSearch, steps: int) -> int:
        if self.counters[7] > 5:
            raise OutOfTime
        return original(self, 2)

    monkeypatch.setattr(CellSearch, "_slice", slice_)
    part = prove(game, seconds=1_000)
    assert part.boxes
    assert len(part.steps) < len(whole.steps)
    assert replay(part, game).status is Status.PARTIAL


@pytest.mark.parametrize(
    "work",
    [
        lambda game: prove(game, seconds=0),
        lambda game: logit_branch(game, 5, limits=Limits(seconds=0)),
    ],
)
def test_what_keeps_nothing_when_time_is_over_says_what_to_do(work: Any) -> None:
    with pytest.raises(
        TimeLimitError,
        match=r"not done within 0 seconds, and nothing was kept: allow more time, .*seconds",
    ):
        work(table((3, 3), 5, seed=2))
    # an end that was set before is for whoever set it
    with deadline.within(0), pytest.raises(OutOfTime):
        work(table((3, 3), 5, seed=2))


def test_a_replay_cut_short_neither_confirms_nor_refutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    game = table((3, 3, 3), 5, seed=2)
    proof = prove(game)
    Clock(monkeypatch)
    found = replay(proof, game, seconds=0.005)
    assert (found.holds, found.status) == (False, Status.STOPPED)
    assert "stopped at the limit of 0.005 seconds" in found.failure
    assert replay(proof, game).holds


def test_an_analysis_keeps_the_sections_that_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from games.corridor.sequence import model

    # a search takes long between two looks at this clock
    quick = tuple([one for one in ALL_SECTIONS if one.key != "checks"])
    found = analyse(model, seconds=0).models[0]
    assert set(found.findings.values()) == {Refused(NOT_IN_TIME)}
    Clock(monkeypatch)
    some = analyse(model, seconds=5, sections=quick).models[0]
    late = [one == Refused(NOT_IN_TIME) for one in some.findings.values()]
    assert any(late)
    assert not all(late)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ["map", "corridor.sequence"],
            "the analysis was not done within 0 seconds, and nothing was kept",
        ),
        (
            ["draw", "corridor.sequence", "-o", "{}/tree.svg"],
            "the figure was not done within 0 seconds, and nothing was kept",
        ),
        (
            ["thresholds", "corridor.sequence"],
            "the analysis was not done within 0 seconds, and nothing was kept",
        ),
        (
            ["tipping", "corridor.sequence"],
            "the analysis was not done within 0 seconds, and nothing was kept",
        ),
        (
            ["drivers", "corridor.activation"],
            "the analysis was not done within 0 seconds, and nothing was kept",
        ),
        (
            ["prove", "games.classics.crowds:el_farol", "{}/a.proof"],
            "the proof was not done within 0 seconds, and nothing was",
        ),
    ],
)
def test_commands_say_plainly_that_they_kept_nothing(
    command: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [one.format(tmp_path) for one in command]
    assert run([*words, "--seconds", "0"]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_questions_that_are_not_answered_in_time_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["ask", "corridor.sequence", "--seconds", "0"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Not answered: the time limit was reached" in said
    assert "This model does not answer it" not in said


def test_what_the_end_of_a_larger_work_cuts_short_is_no_verdict() -> None:
    from games.corridor.alignment import model

    with deadline.within(0), pytest.raises(OutOfTime):
        verdict(model, Nash(), model.headline or "")
    with deadline.within(0):
        assert solve(identity(20), Nash()).reason == "stopped at the time limit"


@pytest.mark.parametrize("analysis", ["orders", "tornado", "terms", "robustness"])
def test_games_that_an_analysis_has_no_time_for_are_no_answer(
    analysis: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([analysis, "corridor.activation", "--seconds", "0"]) == 2
    assert (
        "was not done within 0 seconds, and nothing was kept: allow more time, --seconds"
        in " ".join(capsys.readouterr().err.split())
    )


def test_a_game_solved_in_part_at_the_end_of_the_whole_is_no_verdict() -> None:
    from games.corridor.activation import model

    with deadline.within(0), pytest.raises(OutOfTime):
        solved_at(model, PureNash(), model.outcomes[model.headline or ""], {}, Limits())


def test_every_solver_takes_part() -> None:
    used = {type(solver) for _, _, solver in HEAVY.values()} | {type(None)}
    assert {BranchAndPrune, LogitTracing} <= used
    assert len(ALL) >= 8


@pytest.mark.parametrize("ask", [radius, flip])
@pytest.mark.parametrize("slow", ["gains_of", "bounds"])
def test_the_clock_of_distances_starts_at_the_call(
    ask: Any, slow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time may be over while what decides is built, or in the first step of the
    search."""
    from games.corridor.activation import model
    from strategy.sensitivity.deciding import table_decider, table_judge

    here: Any = table_decider if slow == "gains_of" else table_judge.TableJudge
    original = getattr(here, slow)

    def until_the_end(*given: Any) -> Any:
        while slow == "gains_of" or deadline.left() != math.inf:
            deadline.check()
        return original(*given)

    monkeypatch.setattr(here, slow, until_the_end)
    found = ask(model, PureNash(), model.headline, seconds=0.05)
    assert (found.lower, found.upper, found.cut_short, found.proved, found.distance) == (
        0,
        None,
        True,
        False,
        None,
    )
    assert "cut short" in str(found)
    assert "can change it" not in str(found)
    assert found.data()["moves"] == []
    with deadline.within(0.05), pytest.raises(OutOfTime):
        ask(model, PureNash(), model.headline, seconds=1_000)


def test_what_moving_costs_is_read_though_the_time_is_over() -> None:
    from games.corridor.activation import model

    (first, *_) = model.parameters
    assert flip(
        model, PureNash(), model.headline, weights={first: 3}, seconds=0
    ).weights == {first: 3}
    with pytest.raises(StrategyError, match="weight of"):
        flip(model, PureNash(), model.headline, weights={first: -3}, seconds=0)
