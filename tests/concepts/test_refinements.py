"""Perfect and proper equilibria: textbook games, a search over beliefs by hand, and
mistakes with numbers put in."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from games.classics import coordination, dilemmas
from strategy import NormalFormGame, RefusalError, Status, solve
from strategy.concepts import Nash, Proper, TremblingHandPerfect
from strategy.concepts._trembles import proper_trembles
from strategy.concepts.proper import REGULAR, TREMBLES, UNDECIDED
from strategy.forms.profiles import PureProfile
from strategy.solvers import BimatrixEnumeration, NashRefinement, PureEnumeration
from tests._games import seeds

PERFECT, PROPER = TremblingHandPerfect(), Proper()


def myerson() -> NormalFormGame:
    """Myerson (1978), "Refinements of the Nash equilibrium concept", International Journal
    of Game Theory 7, section 2: three pure equilibria on the diagonal, of which the last is
    not perfect and the middle one perfect and not proper."""
    table = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]
    return NormalFormGame.from_arrays(table, table)


def test_myersons_game() -> None:
    game = myerson()
    diagonal = [{"1": a, "2": a} for a in "123"]
    assert [Nash().certify(game, one).holds for one in diagonal] == [True, True, True]
    assert [PERFECT.certify(game, one).holds for one in diagonal] == [True, True, False]
    assert "weakly dominated" in PERFECT.certify(game, diagonal[2]).reason
    found = [PROPER.certify(game, one) for one in diagonal]
    assert [(one.holds, one.reason) for one in found[:2]] == [
        (True, REGULAR),
        (False, UNDECIDED),
    ]
    solution = solve(game, PERFECT)
    assert solution.status is Status.COMPLETE
    assert [one.profile.actions for one in solution] == diagonal[:2]
    solution = solve(game, PROPER)
    assert solution.status is Status.PARTIAL
    assert [one.profile.actions for one in solution] == diagonal[:1]
    assert "1 Nash equilibrium is neither" in solution.reason


def is_perfect(A: Any, B: Any, x: Any, y: Any) -> bool:
    """For a column player with two actions: the row player's is a best response to some
    mixture of both columns; the column player does not gain in some row and lose in none by
    moving weight to one side."""
    m = len(A)
    turns = {Fraction(0), Fraction(1)}
    for a, b in itertools.combinations(range(m), 2):
        left, right = A[a][0] - A[b][0], A[a][1] - A[b][1]
        if left != right and 0 <= Fraction(right) / (right - left) <= 1:
            turns.add(Fraction(right) / (right - left))
    points = sorted(turns)
    inner = [
        t
        for t in [*points, *[(s + t) / 2 for s, t in itertools.pairwise(points)]]
        if 0 < t < 1
    ]
    worths = [[t * row[0] + (1 - t) * row[1] for row in A] for t in inner]
    first = any(all(worth[a] == max(worth) for a in range(m) if x[a]) for worth in worths)
    gaps = [row[0] - row[1] for row in B]
    to_left = y[0] < 1 and all(g >= 0 for g in gaps) and any(g > 0 for g in gaps)
    to_right = y[1] < 1 and all(g <= 0 for g in gaps) and any(g < 0 for g in gaps)
    return first and not to_left and not to_right


def test_perfect_equilibria_by_looking_for_beliefs() -> None:
    dropped = 0
    for seed in seeds(150):
        rng = random.Random(f"perfect {seed}")
        m, high = rng.randint(1, 4), rng.choice([1, 2, 4])
        A, B = (
            [[rng.randint(0, high) for _ in range(2)] for _ in range(m)] for _ in range(2)
        )
        game = NormalFormGame.from_arrays(A, B)
        nash, found = solve(game, Nash()), solve(game, PERFECT)
        assert found.status is Status.COMPLETE  # every game has a perfect equilibrium
        vectors = [[list(row.values()) for row in one.profile.values()] for one in nash]
        expected = [one for one in vectors if is_perfect(A, B, *one)]
        assert [
            [list(row.values()) for row in one.profile.values()] for one in found
        ] == expected, seed
        dropped += len(nash) - len(found)
        swapped = NormalFormGame.from_arrays(np.transpose(B), np.transpose(A))
        assert len(solve(swapped, PERFECT)) == len(found)
    assert dropped > 20


def tremble(
    profile: Any, shape: tuple[int, ...], powers: Any, e: Fraction
) -> list[list[Fraction]]:
    rows = []
    for i, size in enumerate(shape):
        vector = profile[i]
        scale = 1
        for value in vector:
            scale = scale * value.denominator // np.gcd(scale, value.denominator)
        raw = [
            vector[a] * scale if powers[i][a] == 0 else e ** powers[i][a]
            for a in range(size)
        ]
        rows.append([Fraction(v) / sum(raw) for v in raw])
    return rows


def test_mistakes_that_are_found_are_proper_when_numbers_are_put_in() -> None:
    """Myerson's definition for e = 1/1000 with mistakes as powers of e^2: an action worth
    less has at most e times the weight."""
    proved = {REGULAR: 0, TREMBLES: 0}
    small = Fraction(1, 10**12)
    for seed in seeds(120):
        rng = np.random.default_rng(seed)
        shape = tuple(int(n) for n in rng.integers(1, 4, size=int(rng.integers(1, 4))))
        tables = [rng.integers(0, 3, size=shape) for _ in shape]
        game = NormalFormGame.from_arrays(*tables)
        for number in range(min(game.form.play_count, 30)):
            profile = PureProfile(game.form, game.form.indices(number))
            certificate = PROPER.certify(game, profile)
            if certificate.holds:
                proved[certificate.reason] += 1
                powers = proper_trembles(game, profile)
                if certificate.reason == REGULAR and powers is None:
                    continue
                vectors = [
                    [Fraction(int(a == c)) for a in range(n)]
                    for n, c in zip(shape, profile.choices, strict=True)
                ]
                check_proper(tables, shape, tremble(vectors, shape, powers, small))
            elif (
                Nash().certify(game, profile).holds
                and "dominated" not in certificate.reason
            ):
                assert certificate.reason == UNDECIDED
    assert proved[REGULAR] > 20
    assert proved[TREMBLES] > 20


def check_proper(
    tables: Any, shape: tuple[int, ...], vectors: list[list[Fraction]]
) -> None:
    for i, size in enumerate(shape):
        worth = [Fraction(0)] * size
        for cell in itertools.product(*map(range, shape)):
            weight = Fraction(1)
            for j, a in enumerate(cell):
                weight *= vectors[j][a] if j != i else 1
            worth[cell[i]] += weight * int(tables[i][cell])
        for a, b in itertools.permutations(range(size), 2):
            if worth[a] < worth[b]:
                assert vectors[i][a] <= vectors[i][b] / 1000
        assert all(v > 0 for v in vectors[i])


def test_mixed_equilibria_that_are_regular_are_proper() -> None:
    for game in (
        coordination.battle_of_the_sexes(),
        coordination.stag_hunt(),
        coordination.chicken(),
    ):
        solution = solve(game, PROPER)
        assert len(solution) == 3
        assert {one.certificate.reason for one in solution} == {REGULAR}
    assert len(solve(dilemmas.prisoners_dilemma(), PROPER)) == 1


def test_perfection_is_refused_for_three_players_and_properness_proved() -> None:
    game = NormalFormGame.from_arrays(*np.zeros((3, 2, 2, 2), dtype=int))
    with pytest.raises(RefusalError, match="two players"):
        solve(game, PERFECT)
    with pytest.raises(RefusalError, match="two players"):
        PERFECT.certify(game, {"1": "1", "2": "1", "3": "1"})
    assert PROPER.certify(game, {"1": "1", "2": "1", "3": "1"}).reason == TREMBLES
    with pytest.raises(RefusalError, match="NashRefinement finds"):
        solve(game, Nash(), solver=NashRefinement())
    pair = myerson()
    assert len(solve(pair, PERFECT, solver=NashRefinement(nash=BimatrixEnumeration()))) == 2
    with pytest.raises(RefusalError, match="PureEnumeration"):
        solve(pair, PERFECT, solver=NashRefinement(nash=PureEnumeration()))
