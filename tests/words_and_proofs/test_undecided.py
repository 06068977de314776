"""A certificate holds, fails or is undecided; what is undecided is not rejected, and keeps
a set from being called complete."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
import pytest
from flint import arb

from strategy import Candidate, NormalFormGame, RefusalError, Status, StrategyError, solve
from strategy.certificates import Certificate, CertificateAnswer
from strategy.concepts import (
    LogitQuantalResponse,
    Nash,
    Proper,
    PureNash,
    TremblingHandPerfect,
)
from strategy.concepts.proper import EXISTENCE, UNDECIDED
from strategy.solvers import NashRefinement

MYERSON = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]
"""Myerson (1978): the second pure equilibrium is perfect and not proper, which the
certificate does not find out."""
LONE = [
    [[[-1, 1], [0, 0]], [[1, 1], [0, -1]]],
    [[[1, 1], [0, -1]], [[0, -1], [0, 1]]],
    [[[0, -1], [-1, 0]], [[0, 1], [-1, 0]]],
]
"""Three players with a single Nash equilibrium, of which nothing else is proved by
itself."""


def test_three_answers() -> None:
    game = NormalFormGame.from_arrays(MYERSON, MYERSON)
    found = [Proper().certify(game, {"1": a, "2": a}) for a in "123"]
    assert [one.answer for one in found] == [
        CertificateAnswer.HOLDS,
        CertificateAnswer.UNDECIDED,
        CertificateAnswer.FAILS,
    ]
    assert [(one.holds, one.undecided) for one in found] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert [str(one) for one in CertificateAnswer] == ["holds", "fails", "undecided"]
    with pytest.raises(StrategyError, match="holds is not undecided"):
        Certificate(True, Fraction(0), undecided=True)


def test_undecided_is_counted_apart() -> None:
    solution = solve(NormalFormGame.from_arrays(MYERSON, MYERSON), Proper())
    assert (solution.status, len(solution), solution.rejected, solution.undecided) == (
        Status.PARTIAL,
        1,
        0,
        1,
    )
    assert UNDECIDED in solution.reason


def test_a_single_nash_equilibrium_is_proper_and_perfect() -> None:
    game = NormalFormGame.from_arrays(*LONE)
    nash = solve(game, Nash())
    assert (nash.status, len(nash)) == (Status.COMPLETE, 1)
    assert Proper().certify(game, nash[0].profile).answer is CertificateAnswer.UNDECIDED
    proper = solve(game, Proper())
    assert (proper.status, len(proper), proper.undecided) == (Status.COMPLETE, 1, 0)
    assert proper[0].certificate.reason == EXISTENCE
    assert len(proper.components) == 1


@pytest.mark.parametrize("concept", [Proper(), TremblingHandPerfect()])
@pytest.mark.parametrize(
    "tables",
    [([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), ([[3, 0], [5, 1]], [[3, 5], [0, 1]])],
)
def test_a_single_equilibrium_of_two_players(concept: Any, tables: Any) -> None:
    solution = solve(NormalFormGame.from_arrays(*tables), concept)
    assert (solution.status, len(solution)) == (Status.COMPLETE, 1)


@attrs.frozen
class Doubtful:
    """A concept that decides nothing about the second action of the first player."""

    def refuses(self, game: Any) -> str | None:
        return None

    def certify(self, game: Any, profile: Any) -> Certificate:
        first = profile["1"]["1"] == 1
        return Certificate(
            first, Fraction(0), reason="" if first else "not looked at", undecided=not first
        )


@attrs.frozen
class Proposes:
    """Every profile of a list, with the proofs given."""

    profiles: tuple[Candidate, ...]

    def refuses(self, game: Any, concept: Any) -> str | None:
        return None

    def exhaustive(self, game: Any, concept: Any) -> bool:
        return True

    def propose(self, game: Any, concept: Any, limits: Any, rng: Any) -> Iterator[Any]:
        yield from self.profiles


def test_what_is_undecided_keeps_a_set_from_being_complete() -> None:
    game = NormalFormGame.from_arrays([[1, 1], [1, 1]], [[1, 1], [1, 1]])
    first, second = Candidate({"1": "1", "2": "1"}), Candidate({"1": "2", "2": "1"})
    both = solve(game, Doubtful(), solver=Proposes((first, second)))
    assert (both.status, len(both), both.rejected, both.undecided) == (
        Status.PARTIAL,
        1,
        0,
        1,
    )
    assert both.reason == "1 profile is undecided: not looked at"
    none = solve(game, Doubtful(), solver=Proposes((second,)))
    assert (none.status, len(none)) == (Status.PARTIAL, 0), (
        "that there is none is not proved"
    )
    proved = solve(
        game, Doubtful(), solver=Proposes((first, attrs.evolve(second, proof="by hand")))
    )
    assert (proved.status, len(proved), proved.undecided) == (Status.COMPLETE, 2, 0)


def test_balls_too_small_are_undecided_and_wrong_ones_fail() -> None:
    pennies = NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    around = [[arb(0.5, 1e-20), arb(0.5, 1e-20)]] * 2
    beside = [
        [arb("0.3", 1e-12), arb("0.7", 1e-12)],
        [arb("0.4", 1e-12), arb("0.6", 1e-12)],
    ]
    assert Nash().certify(pennies, around).answer in (
        CertificateAnswer.HOLDS,
        CertificateAnswer.UNDECIDED,
    )
    assert Nash().certify(pennies, beside).answer is CertificateAnswer.FAILS
    assert (
        LogitQuantalResponse(1).certify(pennies, beside).answer is CertificateAnswer.FAILS
    )


def test_of_a_solver_that_does_not_look_everywhere_nothing_follows() -> None:
    from strategy.solvers import LemkeHowson

    game = NormalFormGame.from_arrays(MYERSON, MYERSON)
    assert (
        solve(game, Proper(), solver=NashRefinement(nash=LemkeHowson())).status
        is Status.PARTIAL
    )
    with pytest.raises(RefusalError):
        solve(game, PureNash(), solver=NashRefinement())
