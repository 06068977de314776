"""The proof in floats that a box holds exactly one equilibrium: never given where it is not
true, against exact arithmetic."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest

from strategy import NormalFormGame, solve
from strategy.concepts import Nash
from strategy.concepts._box_verdicts import HOLDS, NOT
from strategy.concepts._boxes import Boxes, unit_payoffs
from strategy.concepts._gains import MixedGains
from strategy.solvers.cells.isolating import isolate

SHAPES = [(2, 2, 2), (3, 3, 3), (2, 3, 4), (2, 2, 2, 2), (3, 1, 3), (2, 2, 2, 2, 2)]


def tables_of(shape: tuple[int, ...], seed: int, high: int = 101) -> list[Any]:
    rng = np.random.default_rng(seed)
    return [rng.integers(0, high, size=shape) for _ in shape]


def game_and_boxes(
    shape: tuple[int, ...], seed: int, high: int = 101
) -> tuple[NormalFormGame, Boxes]:
    tables = tables_of(shape, seed, high)
    return NormalFormGame.from_arrays(*tables), isolate(tables).boxes


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("shape", SHAPES)
def test_what_holds_is_one_equilibrium_inside_the_box(shape: tuple[int, ...]) -> None:
    """Balls of 30 digits from ball arithmetic lie in the box, near its centre, and pass the
    judge on their own."""
    for seed in range(6):
        game, boxes = game_and_boxes(shape, seed)
        assert Nash().judge(game).hold_boxes(boxes).all()
        for number in range(len(boxes)):
            profile = boxes.profile(game.form, number)
            assert Nash().certify(game, profile).holds
            support = boxes.support(number)
            for vector, centre, used in zip(
                profile.values(), boxes.centres[number], support, strict=True
            ):
                weights = (
                    list(vector.values())
                    if hasattr(vector, "values")
                    else [int(s in used) for s in range(len(centre))]
                )
                apart = [abs(float(weights[s]) - centre[s]) for s in used]
                assert all(
                    distance <= boxes.within[number] + 1e-15 for distance in apart[1:]
                )
                assert apart[0] <= len(used) * boxes.within[number] + 1e-15
                assert boxes.within[number] <= boxes.radii[number]


def changed(boxes: Boxes, **arrays: Any) -> Boxes:
    return attrs.evolve(boxes, **arrays)


@pytest.mark.parametrize("shape", SHAPES)
def test_wrong_boxes_are_refused(shape: tuple[int, ...]) -> None:
    for seed in range(6):
        game, boxes = game_and_boxes(shape, seed)
        judge = Nash().judge(game)
        mixed = (boxes.used.sum(axis=2) > 1).any(axis=1)
        moved = boxes.centres + np.where(boxes.used, 3 * boxes.radii[:, None, None], 0)
        assert not judge.hold_boxes(changed(boxes, centres=moved))[mixed].any()
        assert not judge.hold_boxes(changed(boxes, radii=np.full(len(boxes), 1e-17)))[
            mixed
        ].any()
        assert not judge.hold_boxes(changed(boxes, radii=np.full(len(boxes), np.nan)))[
            mixed
        ].any()
        assert not judge.hold_boxes(
            changed(boxes, centres=np.full_like(boxes.centres, np.nan))
        )[mixed].any()
        assert not judge.hold_boxes(changed(boxes, used=np.zeros_like(boxes.used))).any()
        other = Nash().judge(NormalFormGame.from_arrays(*tables_of(shape, seed + 100)))
        # what holds there too has to be pure
        for number in np.flatnonzero(other.hold_boxes(boxes)):
            assert not mixed[number]
            assert Nash().certify(other.game, boxes.profile(game.form, int(number))).holds


@pytest.mark.parametrize("high", [2, 3, 5, 101])
def test_pure_profiles_hold_exactly_where_they_are_strict(high: int) -> None:
    for seed in range(20):
        tables = tables_of((2, 3, 2), seed, high)
        profiles = list(itertools.product(range(2), range(3), range(2)))
        used = np.zeros((len(profiles), 3, 3), dtype=bool)
        for row, profile in zip(used, profiles, strict=True):
            row[np.arange(3), profile] = True
        blank = np.zeros(used.shape)
        boxes = Boxes.around(MixedGains(tables), used, blank, np.zeros(len(profiles)), 30)
        verdicts = boxes.examine(unit_payoffs(tables))
        for verdict, profile in zip(verdicts, profiles, strict=True):
            gains = []
            for i, table in enumerate(tables):
                line = table[(*profile[:i], slice(None), *profile[i + 1 :])]
                gains += [
                    int(value - line[profile[i]])
                    for t, value in enumerate(line)
                    if t != profile[i]
                ]
            assert (verdict == HOLDS) == (max(gains) < 0)
            assert (verdict == NOT) == (max(gains) > 0)


def test_a_tie_and_what_is_nearly_one_stay_open() -> None:
    """Matching pennies beside an action that pays as much, or less by a part in 10^18:
    floats prove nothing, exact numbers do."""
    for short in (Fraction(0), Fraction(1, 10**18), Fraction(1, 10**3)):
        first = np.array([[[1], [-1]], [[-1], [1]], [[-short], [-short]]], dtype=object)
        second = np.array([[[-1], [1]], [[1], [-1]], [[0], [0]]], dtype=object)
        game = NormalFormGame.from_arrays(first, second, np.zeros((3, 2, 1)))
        numbers = [numbers for numbers, _ in game.integer_tables]
        used = np.array([[[True, True, False], [True, True, False], [True, False, False]]])
        centres = np.where(used, 0.5, 0.0)
        boxes = Boxes.around(MixedGains(numbers), used, centres, np.array([1e-9]), 30)
        assert (boxes.examine(unit_payoffs(numbers))[0] == HOLDS) == (
            short > Fraction(1, 10**6)
        )
        half = Fraction(1, 2)
        assert ((half, half, 0), (half, half), (1,)) in [
            one.vectors for one in isolate(numbers).points
        ] or not short


@pytest.mark.parametrize("top", [0, 1, 10**15])
def test_singular_equations_prove_nothing(top: int) -> None:
    """Everyone is indifferent everywhere, or in all but one cell."""
    tables = [np.zeros((2, 2, 2), dtype=np.int64) for _ in range(3)]
    for table in tables:
        table[0, 0, 0] = top
    used = np.ones((1, 3, 2), dtype=bool)
    for weight in (0.5, 1e-9, 1.0, 0.0, np.inf, -0.5):
        boxes = Boxes.around(
            MixedGains(tables), used, np.full((1, 3, 2), weight), np.array([0.1]), 30
        )
        assert boxes.examine(unit_payoffs(tables))[0] != HOLDS
        assert (
            changed(boxes, radii=np.array([np.inf])).examine(unit_payoffs(tables))[0]
            != HOLDS
        )


def test_two_roots_in_a_box_are_refused() -> None:
    """A game with two completely mixed equilibria: a box that holds both is refused, and
    one around each passes."""
    found = None
    for seed in itertools.count():
        tables = tables_of((2, 2, 2), seed)
        boxes = isolate(tables).boxes
        whole = np.flatnonzero(boxes.used.all(axis=(1, 2)))
        if len(whole) == 2:
            found = boxes.part(whole)
            break
    assert found is not None
    judge = Nash().judge(NormalFormGame.from_arrays(*tables))
    assert judge.hold_boxes(found).all()
    middle = found.centres.mean(axis=0, keepdims=True)
    wide = np.abs(found.centres[0] - found.centres[1]).max() * np.array([0.51, 0.6, 1.0])
    rows = [np.repeat(one, 3, axis=0) for one in (found.used[:1], middle)]
    assert not judge.hold_boxes(
        changed(found, used=rows[0], centres=rows[1], radii=wide, within=np.zeros(3))
    ).any()


def test_solutions_with_boxes_are_copied_and_read_later() -> None:
    tables = tables_of((2, 2, 2, 2), 1)
    solution = solve(NormalFormGame.from_arrays(*tables), Nash())
    again = pickle.loads(pickle.dumps(solution))
    assert len(again) == len(solution)
    for one, other in zip(solution, again, strict=True):
        assert one.profile == other.profile
        assert one.component == other.component
        assert Nash().certify(solution.game, other.profile).holds
