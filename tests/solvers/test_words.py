"""What solvers take, what they say of what they found, and why they refuse, word for word;
and that they stop when told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from strategy import (
    Decision,
    End,
    ExtensiveFormGame,
    Limits,
    NormalFormGame,
    StrategyError,
    solve,
)
from strategy.concepts import (
    Commitment,
    CorrelatedEquilibrium,
    LogitQuantalResponse,
    Nash,
    Proper,
    PureNash,
    PureSubgamePerfect,
    Rationalizability,
    StrongNash,
    TremblingHandPerfect,
)
from strategy.solvers import (
    ALL,
    BackwardInduction,
    BimatrixEnumeration,
    BranchAndPrune,
    CommitmentProgrammes,
    CorrelatedProgramme,
    IteratedElimination,
    LemkeHowson,
    LogitTracing,
    NashRefinement,
    PureEnumeration,
    ZeroSumProgramme,
    prove,
)
from strategy.solvers.logit_tracing import logit_branch
from strategy.solvers.protocol import OutOfTime

TREE = ExtensiveFormGame.from_tree(Decision("A", {"l": End({"A": 1}), "r": End()}))
NAMES: dict[str, Any] = {"players": ("A", "B"), "actions": (("s", "h"), ("s", "h"))}
HUNT = NormalFormGame.from_arrays([[4, 0], [3, 3]], [[4, 3], [0, 3]], **NAMES)
PENNIES = NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], **NAMES)
THREE = NormalFormGame.from_arrays(*np.zeros((3, 2, 2, 2), dtype=int))
TIES = NormalFormGame.from_arrays(
    *np.random.default_rng(1).integers(0, 2, size=(3, 2, 2, 2))
)

LOGIT = LogitQuantalResponse(1)
FINDS: dict[Any, tuple[str, tuple[Any, ...]]] = {
    PureEnumeration: (
        "pure Nash equilibria, not {}: use PureNash()",
        (PureNash(), StrongNash()),
    ),
    BackwardInduction: (
        "pure subgame-perfect equilibria, not {}: use PureSubgamePerfect()",
        (PureSubgamePerfect(),),
    ),
    BimatrixEnumeration: ("Nash equilibria, not {}: use Nash()", (Nash(),)),
    BranchAndPrune: ("Nash equilibria, not {}: use Nash()", (Nash(),)),
    NashRefinement: (
        "perfect and proper equilibria, not {}: use TremblingHandPerfect() or Proper()",
        (TremblingHandPerfect(), Proper()),
    ),
    LogitTracing: (
        "Nash equilibria and logit quantal responses, not {}: use Nash()",
        (Nash(), LOGIT),
    ),
    ZeroSumProgramme: ("Nash equilibria, not {}: use Nash()", (Nash(),)),
    LemkeHowson: ("Nash equilibria, not {}: use Nash()", (Nash(),)),
    CorrelatedProgramme: (
        "correlated equilibria, not {}: use CorrelatedEquilibrium()",
        (CorrelatedEquilibrium(),),
    ),
    IteratedElimination: (
        "rationalizable plays, not {}: use Rationalizability()",
        (Rationalizability(),),
    ),
    CommitmentProgrammes: (
        "optimal commitments, not {}: use Commitment(leader)",
        (Commitment("A"),),
    ),
}
SETS = (CorrelatedEquilibrium(), Rationalizability(), Commitment("A"))
CONCEPTS = (
    PureNash(),
    PureSubgamePerfect(),
    Nash(),
    StrongNash(),
    TremblingHandPerfect(),
    Proper(),
    LOGIT,
    *SETS,
)


@pytest.mark.parametrize("make", ALL)
def test_solvers_name_what_they_find(make: Any) -> None:
    finds, takes = FINDS[make]
    for concept in CONCEPTS:
        for game in (HUNT, TREE):
            why = (
                f"{make.__name__} finds {finds.format(concept)}"
                if concept not in takes
                else concept.refuses(game)
            )
            if make is ZeroSumProgramme and concept in takes and game is HUNT:
                why = (
                    "ZeroSumProgramme takes games with the best replies of a zero-sum "
                    "game, and this is not one: use LemkeHowson()"
                )
            assert make().refuses(game, concept) == why


TWO = {
    BimatrixEnumeration: "BimatrixEnumeration takes two players, not 3: use BranchAndPrune()",
    ZeroSumProgramme: "ZeroSumProgramme takes two players, not 3: use LogitTracing() for one equilibrium",
    LemkeHowson: "LemkeHowson takes two players, not 3: use LogitTracing() for one equilibrium",
}


def test_solvers_of_two_players_say_so() -> None:
    for make in ALL:
        if Nash() in FINDS[make][1]:
            assert make().refuses(THREE, Nash()) == TWO.get(make)
    only = NashRefinement(nash=LemkeHowson())
    assert only.refuses(THREE, Proper()) == TWO[LemkeHowson]
    assert only.refuses(HUNT, Proper()) is None


@pytest.mark.parametrize(
    ("solver", "concept", "game", "exhaustive"),
    [
        (PureEnumeration(), PureNash(), HUNT, True),
        (BackwardInduction(), PureSubgamePerfect(), TREE, True),
        (BimatrixEnumeration(), Nash(), HUNT, True),
        (BranchAndPrune(), Nash(), THREE, True),
        (NashRefinement(), TremblingHandPerfect(), HUNT, True),
        (NashRefinement(nash=LemkeHowson()), TremblingHandPerfect(), HUNT, False),
        (NashRefinement(), Proper(), HUNT, False),
        (LogitTracing(), Nash(), HUNT, False),
        (LogitTracing(), LOGIT, HUNT, False),
        (ZeroSumProgramme(), Nash(), PENNIES, False),
        (LemkeHowson(), Nash(), HUNT, False),
    ],
)
def test_what_a_finished_run_proves(
    solver: Any, concept: Any, game: Any, exhaustive: bool
) -> None:
    assert solver.refuses(game, concept) is None
    assert solver.exhaustive(game, concept) is exhaustive


def found(solver: Any, game: Any, concept: Any = Nash()) -> str:  # noqa: B008
    solution = solve(game, concept, solver=solver)
    return f"{solution.status}, {len(solution)}: {solution.reason}"


def said(what: Callable[[], Any]) -> str:
    try:
        return str(what())
    except StrategyError as error:
        return str(error)


def almost(change: int) -> NormalFormGame:
    """Matching pennies in which the second player gets more for one cell."""
    return NormalFormGame.from_arrays(
        [[1, -1], [-1, 1]], [[-1, 1], [1 + change, -1 + change]]
    )


PATH = (
    "partial, 1: the equilibrium to which the path leads that begins with {}; there may "
    "be others"
)
NOT_A_NUMBER = (
    " is not a number: give a finite int, str ('2/3', '0.3'), Fraction, Decimal or float"
)
EXCHANGED = "partial, 1: one equilibrium; the equilibria are interchangeable"
NOT_A_LIMIT = "a non-negative {}, or None for no limit"
SAID: list[tuple[Callable[[], Any], str]] = [
    (lambda: found(BimatrixEnumeration(), HUNT), "complete, 3: "),
    (lambda: found(BranchAndPrune(), HUNT), "complete, 3: "),
    (lambda: found(LemkeHowson(), HUNT), PATH.format("A: s")),
    (lambda: found(LemkeHowson(player="B"), HUNT), PATH.format("B: s")),
    (lambda: found(LemkeHowson(player="B", action="h"), HUNT), PATH.format("B: h")),
    (lambda: found(LogitTracing(), HUNT), "partial, 1: the equilibrium to which the logit branch leads; there may be others"),
    (
        lambda: found(LogitTracing(), HUNT, LOGIT),
        ("partial, 1: the response on the principal branch; there may be others at "
            "this lambda"),
    ),
    (lambda: found(ZeroSumProgramme(), PENNIES), f"{EXCHANGED}, and all pay the same"),
    (lambda: found(ZeroSumProgramme(), almost(1)), EXCHANGED),
    (lambda: found(NashRefinement(), HUNT, Proper()), "complete, 3: "),
    (lambda: found(NashRefinement(), HUNT, TremblingHandPerfect()), "complete, 3: "),
    (lambda: found(BranchAndPrune(budget=30), TIES).partition(": ")[2], "the budget of 30 cells was spent"),
    (lambda: prove(HUNT).__repr__().partition(",")[0], "Proof(2 x 2: 3 sets of equilibria"),
    (lambda: repr(logit_branch(HUNT, 3)).partition("points, ")[2], "lambda from 0 to 3, 0 turns)"),
    (lambda: logit_branch(HUNT, 3).of("C"), "unknown player 'C': expected one of 'A', 'B'"),
    (lambda: logit_branch(HUNT, 3).of(3), "player 3 is a int, not a name: give a non-empty string"),  # type: ignore[arg-type]
    (lambda: logit_branch(HUNT, 3).at("x"), f"lambda 'x'{NOT_A_NUMBER}"),
    (lambda: logit_branch(HUNT, 0), "until=0: expected a lambda above 0"),
    (lambda: logit_branch(HUNT, "x"), f"until 'x'{NOT_A_NUMBER}"),
    (
        lambda: logit_branch(TREE, 1),  # type: ignore[arg-type]
        ("LogitQuantalResponse takes normal-form games, and this is a tree: use "
            "PureSubgamePerfect() for players who move in turn"),
    ),
    (
        lambda: logit_branch(HUNT, 10**10),
        "lambda times the largest range of payoffs is 40000000000: responses are best "
            "responses to 9 digits by then; solve for "
        "Nash()",
    ),
    (lambda: LemkeHowson(player=3), "player 3 is a int, not a name: give a non-empty string"),  # type: ignore[arg-type]
    (lambda: LemkeHowson(player="A", action=3), "action 3 is a int, not a name: give a non-empty string"),  # type: ignore
    (lambda: LemkeHowson(action="s"), "action='s' without its player: give player=..., action='s'"),
    (lambda: LemkeHowson(player="C").refuses(HUNT, Nash()), "unknown player 'C': expected one of 'A', 'B'"),
    (
        lambda: LemkeHowson(player="B", action="x").refuses(HUNT, Nash()),
        "unknown action of B 'x': expected one of 's', 'h'",
    ),
    *(
        (lambda given=given: Limits(**given), f"limit {name}={value!r}: expected {NOT_A_LIMIT.format(words)}")
        for name, value, words in [
            ("seconds", -1, "number"), ("seconds", "x", "number"), ("seconds", True, "number"),
            ("seconds", float("nan"), "number"),
            ("count", -1, "integer"), ("count", 1.5, "integer"), ("count", True, "integer"),
        ]
        for given in ({name: value},)
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "words"), SAID, ids=range(len(SAID)))
def test_results_and_refusals(what: Callable[[], Any], words: str) -> None:
    assert said(what) == words


def large(players: int, size: int) -> NormalFormGame:
    return NormalFormGame.from_arrays(
        *np.random.default_rng(0).integers(0, 99, size=(players, *[size] * players))
    )


@pytest.mark.parametrize(
    ("solver", "concept", "game"),
    [
        (BranchAndPrune(), Nash(), large(3, 3)),
        (NashRefinement(), Proper(), large(2, 6)),
        (LogitTracing(), Nash(), large(3, 3)),
        (LogitTracing(), LOGIT, large(3, 3)),
        (LemkeHowson(), Nash(), large(2, 9)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_solver_looks_at_the_clock_by_itself(
    solver: Any, concept: Any, game: Any
) -> None:
    over = Limits(seconds=0).started()
    with pytest.raises(OutOfTime):
        for _ in solver.propose(game, concept, over, np.random.default_rng(0)):
            pass


def test_the_logit_branch_is_the_same_curve_in_other_units() -> None:
    """Payoffs ten times as large: lambda counts ten times."""
    plain, larger = (
        logit_branch(HUNT, 3),
        logit_branch(
            NormalFormGame.from_arrays(*[10 * one for one in HUNT.to_arrays()]), "0.3"
        ),
    )
    assert plain.reached
    assert larger.reached
    assert (plain.lambdas[0], plain.lambdas[-1]) == (0, 3)
    np.testing.assert_allclose(larger.lambdas * 10, plain.lambdas, rtol=1e-9)
    np.testing.assert_allclose(larger.probabilities, plain.probabilities, rtol=1e-6)
    (one,), (other,) = plain.at("1.5"), larger.at("0.15")
    for mine, theirs in zip(one, other, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-6)
