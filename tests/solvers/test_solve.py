"""solve(): whatever a solver proposes is judged, and the status says no more than what is
proved."""

import itertools
from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
import pytest

from strategy import (
    Candidate,
    Chance,
    Decision,
    End,
    ExtensiveForm,
    ExtensiveFormGame,
    GameError,
    Incomplete,
    Limits,
    NormalFormGame,
    RefusalError,
    Solver,
    Status,
    StrategyError,
    solve,
)
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.solvers import ALL, BackwardInduction, OutOfTime, PureEnumeration

COORDINATION = NormalFormGame.from_arrays(
    np.eye(3, dtype=int),
    np.eye(3, dtype=int),
    players=("Türkiye", "Armenia"),
    actions=(("a", "b", "c"), ("a", "b", "c")),
)
PENNIES = NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
SAME = [{"Türkiye": x, "Armenia": x} for x in "abc"]
WRONG = {"Türkiye": "a", "Armenia": "b"}
TREE = ExtensiveFormGame.from_tree(
    Decision("A", {x: Decision("B", {y: End({"A": 1}) for y in "lr"}) for x in "lmr"})
)  # everything is an equilibrium: 6 plays, 24 profiles


class Proposing:
    """A solver that proposes what it is given, runs what it is given to run, and ends as
    told."""

    def __init__(
        self,
        proposals: Any,
        exhaustive: bool = False,
        ending: BaseException | None = None,
        refusal: str | None = None,
    ) -> None:
        self.proposals, self.ends_all, self.ending, self.refusal = (
            proposals,
            exhaustive,
            ending,
            refusal,
        )

    def refuses(self, game: Any, concept: Any) -> str | None:
        return self.refusal

    def propose(
        self, game: Any, concept: Any, limits: Limits, rng: np.random.Generator
    ) -> Iterator[Any]:
        for proposal in self.proposals:
            yield proposal(limits) if callable(proposal) else proposal
        if self.ending is not None:
            raise self.ending

    def exhaustive(self, game: Any, concept: Any) -> bool:
        return self.ends_all


def late(limits: Limits) -> Any:
    attrs.evolve(
        limits, deadline=limits.deadline - 100
    ).check()  # as if 100 seconds were gone
    return WRONG


@pytest.mark.parametrize(
    ("solver", "limits", "status", "count", "rejected", "reason"),
    [
        (Proposing(SAME, True), Limits(), Status.COMPLETE, 3, 0, ""),
        (
            Proposing(SAME),
            Limits(),
            Status.PARTIAL,
            3,
            0,
            "Proposing does not look everywhere",
        ),
        (Proposing([WRONG, *SAME, WRONG], True), Limits(), Status.COMPLETE, 3, 2, ""),
        (Proposing([WRONG], True), Limits(), Status.NONE_EXISTS, 0, 1, ""),
        (Proposing([WRONG]), Limits(), Status.PARTIAL, 0, 1, "does not look everywhere"),
        (Proposing([], True), Limits(), Status.NONE_EXISTS, 0, 0, ""),
        (Proposing([*SAME, *SAME, SAME[0]], True), Limits(), Status.COMPLETE, 3, 0, ""),
        (Proposing(map(Candidate, SAME), True), Limits(), Status.COMPLETE, 3, 0, ""),
        (
            Proposing(SAME[:2], True, Incomplete("two cells are unresolved")),
            Limits(),
            Status.PARTIAL,
            2,
            0,
            "two cells are unresolved",
        ),
        (
            Proposing([], True, Incomplete("nothing tried")),
            Limits(),
            Status.PARTIAL,
            0,
            0,
            "nothing tried",
        ),
        (
            Proposing(SAME[:2], True, KeyboardInterrupt()),
            Limits(),
            Status.STOPPED,
            2,
            0,
            "interrupted",
        ),
        (
            Proposing([], True, KeyboardInterrupt()),
            Limits(),
            Status.STOPPED,
            0,
            0,
            "interrupted",
        ),
        (
            Proposing(SAME[:1], True, OutOfTime()),
            Limits(seconds=9),
            Status.STOPPED,
            1,
            0,
            "limit of 9 seconds",
        ),
        (
            Proposing(SAME, True),
            Limits(count=2),
            Status.STOPPED,
            2,
            0,
            "limit of 2 equilibria",
        ),
        (Proposing(SAME, True), Limits(count=3), Status.COMPLETE, 3, 0, ""),
        (
            Proposing([*SAME, *SAME, WRONG], True),
            Limits(count=3),
            Status.COMPLETE,
            3,
            1,
            "",
        ),
        (
            Proposing(SAME, True),
            Limits(count=0),
            Status.STOPPED,
            0,
            0,
            "limit of 0 equilibria",
        ),
        (Proposing([WRONG], True), Limits(count=0), Status.NONE_EXISTS, 0, 1, ""),
        (
            Proposing(SAME, True),
            Limits(seconds=0),
            Status.STOPPED,
            1,
            0,
            "limit of 0 seconds",
        ),
        (
            Proposing([*SAME, late, late], True),
            Limits(seconds=40),
            Status.STOPPED,
            3,
            0,
            "limit of 40 seconds",
        ),
        (Proposing(SAME, True), Limits(seconds=60, count=5), Status.COMPLETE, 3, 0, ""),
    ],
)
def test_statuses(
    solver: Any, limits: Limits, status: Status, count: int, rejected: int, reason: str
) -> None:
    assert isinstance(solver, Solver)
    if isinstance(solver.proposals, map):
        solver.proposals = list(solver.proposals)
    solution = solve(COORDINATION, PureNash(), solver=solver, limits=limits)
    assert (solution.status, len(solution), solution.rejected) == (status, count, rejected)
    assert reason in solution.reason
    assert bool(solution.reason) == (status in (Status.PARTIAL, Status.STOPPED))
    assert solution.solver == "Proposing"
    assert solution.proved == (status in (Status.COMPLETE, Status.NONE_EXISTS))
    assert [dict(one.profile.actions) for one in solution] == SAME[:count]
    assert all(one.certificate.holds for one in solution)


def test_an_interrupt_while_judging_keeps_what_was_found() -> None:
    class Tiring(PureNash):
        def certify(self, game: Any, profile: Any) -> Any:
            if profile.actions["Türkiye"] == "c":
                raise KeyboardInterrupt
            return super().certify(game, profile)

    solution = solve(COORDINATION, Tiring())
    assert (solution.status, len(solution)) == (Status.STOPPED, 2)


def test_own_solvers_stop_at_limits_too() -> None:
    assert solve(COORDINATION, PureNash(), limits=Limits(count=1)).status is Status.STOPPED
    for solver in (
        BackwardInduction(compiled_from=10**9),
        BackwardInduction(compiled_from=0),
    ):
        for count in (1, 5):
            solution = solve(
                TREE, PureSubgamePerfect(), solver=solver, limits=Limits(count=count)
            )
            assert (solution.status, len(solution)) == (Status.STOPPED, count)
        assert (
            solve(TREE, PureSubgamePerfect(), solver=solver, limits=Limits(count=6)).status
            is Status.COMPLETE
        )
        assert (
            solve(
                TREE, PureSubgamePerfect(), solver=solver, limits=Limits(seconds=0)
            ).status
            is Status.STOPPED
        )
        # What would take for ever is left soon: 2^40 distributions behind one chance move.
        many = Chance(
            "which",
            {
                str(i): ("1/40", Decision("A", {"l": End({"B": 2**i}), "r": End()}))
                for i in range(40)
            },
        )
        game = ExtensiveFormGame.from_tree(many, players=("A", "B"))
        solution = solve(game, PureSubgamePerfect(), solver=solver, limits=Limits(count=10))
        assert (solution.status, len(solution)) == (Status.STOPPED, 10)


def test_too_many_ties_under_chance_give_one_equilibrium_and_say_so() -> None:
    ties = {
        str(i): ("1/8", Decision("A", {"l": End({"B": 2**i}), "r": End()}))
        for i in range(8)
    }
    chance = Chance(
        "which", ties | {"none": (0, Decision("A", {"l": End(), "r": End({"A": 1})}))}
    )
    game = ExtensiveFormGame.from_tree(Decision("B", {"out": End({"B": -1}), "in": chance}))
    for start in (0, 10**9):
        solution = solve(
            game,
            PureSubgamePerfect(),
            solver=BackwardInduction(compiled_from=start, budget=1000),
        )
        assert (solution.status, len(solution), solution[0].count) == (
            Status.PARTIAL,
            1,
            None,
        )
        assert solution.reason == (
            "ties under chance moves give more than 1,000 combinations of "
            "continuations; one equilibrium is shown: break ties "
            "that do not matter, or raise BackwardInduction(budget=...)"
        )
        assert solution[0].certificate.holds
        assert (
            len(
                solve(
                    game,
                    PureSubgamePerfect(),
                    solver=BackwardInduction(compiled_from=start),
                )
            )
            == 2**8
        )


def test_a_solver_that_repeats_itself_is_stopped() -> None:
    assert (
        solve(
            COORDINATION,
            PureNash(),
            solver=Proposing(itertools.repeat(SAME[0]), True),
            limits=Limits(seconds=0.1),
        ).status
        is Status.STOPPED
    )


def test_profiles_of_one_distribution_are_one_equilibrium() -> None:
    """Off the path B may do anything; what happens is the same."""
    profiles = [
        {"A": {(): "l"}, "B": {("l",): "l", ("m",): y, ("r",): z}}
        for y, z in itertools.product("lr", repeat=2)
    ]
    solution = solve(
        TREE,
        PureSubgamePerfect(),
        solver=Proposing([Candidate(profiles[0], 4, profiles), *profiles[1:]]),
    )
    assert (solution.status, len(solution), solution[0].count) == (Status.PARTIAL, 1, 4)
    assert list(solution[0].profiles()) == profiles
    (bare,) = solve(TREE, PureSubgamePerfect(), solver=Proposing(profiles))
    assert bare.count is None
    assert list(bare.profiles()) == [bare.profile]
    lazy = Candidate(profiles[0], count=lambda: 2**100, component=3)
    (one,) = solve(TREE, PureSubgamePerfect(), solver=Proposing([lazy]))
    assert (one.count, one.component) == (2**100, 3)


@pytest.mark.parametrize(
    ("game", "concept", "solver", "shown"),
    [
        (
            COORDINATION,
            PureNash(),
            Proposing([], refusal="I take trees alone: use PureEnumeration()"),
            "use PureEnumeration()",
        ),
        (COORDINATION, PureNash(), BackwardInduction(), "PureSubgamePerfect"),
        (TREE, PureSubgamePerfect(), PureEnumeration(), "PureNash"),
        (COORDINATION, PureSubgamePerfect(), None, "use PureNash()"),
        (TREE, PureNash(), None, "use PureSubgamePerfect()"),
        (COORDINATION, PureNash, None, "PureNash()"),
        (COORDINATION, PureNash(), PureEnumeration, "solver=PureEnumeration()"),
        (COORDINATION, "nash", None, "not a solution concept"),
    ],
)
def test_refusals_name_the_remedy(game: Any, concept: Any, solver: Any, shown: str) -> None:
    with pytest.raises(RefusalError) as caught:
        solve(game, concept, solver=solver)
    assert shown in str(caught.value)


@pytest.mark.parametrize(
    "bad",
    [
        {"seconds": -1},
        {"count": -1},
        {"seconds": "1"},
        {"count": True},
        {"seconds": float("nan")},
    ],
)
def test_limits_that_are_no_limits_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(StrategyError, match="non-negative"):
        Limits(**bad)


def test_proposals_that_are_no_profiles_are_errors_of_the_solver() -> None:
    with pytest.raises(GameError, match="unknown action"):
        solve(
            COORDINATION, PureNash(), solver=Proposing([{"Türkiye": "z", "Armenia": "a"}])
        )
    with pytest.raises(ZeroDivisionError):
        solve(COORDINATION, PureNash(), solver=Proposing(SAME, ending=ZeroDivisionError()))


def test_randomness_comes_from_the_seed() -> None:
    class Guessing(Proposing):
        def propose(
            self, game: Any, concept: Any, limits: Limits, rng: np.random.Generator
        ) -> Iterator[Any]:
            yield from (SAME[i] for i in rng.permutation(3))

    def order(seed: Any) -> list[str]:
        return [
            one.profile.actions["Armenia"]
            for one in solve(COORDINATION, PureNash(), solver=Guessing([]), seed=seed)
        ]

    assert all(order(seed) == order(seed) for seed in (0, 1, 2))
    assert len({tuple(order(seed)) for seed in range(20)}) > 2
    generator = np.random.default_rng(0)
    assert order(0) == order(generator)


def test_the_order_is_always_the_same() -> None:
    for game, concept in ((COORDINATION, PureNash()), (TREE, PureSubgamePerfect())):
        first = [repr(one) for one in solve(game, concept)]
        assert all([repr(one) for one in solve(game, concept)] == first for _ in range(3))
    plain, compiled = (
        solve(TREE, PureSubgamePerfect(), solver=BackwardInduction(compiled_from=n))
        for n in (10**9, 0)
    )
    assert [repr(one) for one in plain] == [repr(one) for one in compiled]
    assert solve(PENNIES, PureNash()).status is Status.NONE_EXISTS
    assert [type(make()).__name__ for make in ALL][:2] == [
        "PureEnumeration",
        "BackwardInduction",
    ]


def test_a_tied_sequence_of_five_is_solved() -> None:
    """Four of the five players get nothing anywhere: over 10^25 equilibria, told apart by
    what happens."""
    from games.corridor.assumptions import ACTIONS

    moves = [Decision(who, options) for who, options in ACTIONS.items()]
    form = ExtensiveForm.from_rules(
        lambda past: moves[len(past)] if len(past) < len(moves) else End()
    )
    assert form.profile_count == 2 * 3**80
    nothing = np.zeros(form.play_count, dtype=np.int64)
    for who in range(5):
        # the last few plays pay more
        paid = np.arange(form.play_count, dtype=np.int64) // 150
        game = ExtensiveFormGame(
            form, tuple(paid if i == who else nothing for i in range(5)), ()
        )
        solution = solve(game, PureSubgamePerfect())
        counts = sum(one.count for one in solution)
        assert solution.status is Status.COMPLETE
        assert counts > 10**25
    solution = solve(ExtensiveFormGame(form, (nothing,) * 5, ()), PureSubgamePerfect())
    assert sum(one.count for one in solution) == 2 * 3**80
    assert len(solution) == form.play_count
