"""Steps of a proof, made up at random on small games with many ties: what is accepted loses
no equilibrium, and whatever is refused is refused for a reason that the reader is told."""

from __future__ import annotations

import contextlib
import random
import re
from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from strategy import NormalFormGame, solve
from strategy.concepts import Nash, PureNash
from strategy.forms.mixed import MixedProfile
from strategy.solvers import Proof
from strategy.solvers.proofs import _CheckRun
from strategy.solvers.proving.cells import ExactCell, Refuted, Tables, row_values
from strategy.solvers.proving.forms import step_fits
from strategy.solvers.proving.steps import SHRINKING, solution_bounds
from tests._games import seeds

SHAPES = ((2, 2), (2, 2), (2, 3), (3, 3), (2, 2, 2))
PARTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.25, -0.5)
FACTORS = (1, 1, -1, -1, 2, 0.5, 0)

Vectors = list[list[Fraction]]


def newton_step(rng: random.Random, tables: Tables, cell: ExactCell) -> tuple[Any, ...]:
    """A point, equations and the inverse of their slopes, as a search would give them."""
    equations = [(i, s, 0) for i, size in enumerate(tables.shape) for s in range(1, size)]
    places = [(j, p) for j, size in enumerate(cell.sizes()) for p in range(1, size)]
    equations = rng.sample(equations, min(len(equations), len(places)))
    values, unit = row_values(
        tables, cell, equations, np.identity(len(equations), dtype=int).tolist()
    )
    slopes = np.array(
        [
            [float(np.mean(value.take(p, j) - value.take(0, j))) / unit for j, p in places]
            for value in values
        ]
    )
    inverse = np.linalg.pinv(slopes)
    point = np.clip(
        -inverse @ [float(value.reshape(-1)[0]) / unit for value in values],
        0,
        1 / max(cell.sizes()),
    )
    return tuple(point.tolist()), tuple(equations), tuple(map(tuple, inverse.tolist()))


def equilibria(game: NormalFormGame) -> list[Vectors]:
    """Some: all extreme ones of two players, the pure ones of more."""
    found = []
    for one in solve(game, Nash() if len(game.players) == 2 else PureNash()):
        profile = one.profile
        if isinstance(profile, MixedProfile):
            found.append([list(vector) for vector in profile.vectors])
        else:
            found.append(
                [
                    [Fraction(int(s == a)) for s in range(n)]
                    for n, a in zip(game.form.shape, profile.choices, strict=True)
                ]
            )
    return found


def inside(cell: ExactCell, profile: Vectors) -> bool:
    """Whether a profile lies in the cell, by solving for its weights at the vertices."""
    for vector, vertices, bits in zip(profile, cell.vertices, cell.bits, strict=True):
        rows = [
            [Fraction(int(entry), 1 << bits) for entry in column] + [own]
            for column, own in zip(vertices.T, vector, strict=True)
        ]
        rest, weights = _solved(rows, len(vertices))
        if rest or min(weights, default=Fraction(-1)) < 0:
            return False
    return True


def _solved(rows: list[list[Fraction]], count: int) -> tuple[bool, list[Fraction]]:
    """Whether a linear system has no solution, and else its solution; the columns are
    independent."""
    at = 0
    for column in range(count):
        pivot = next((r for r in range(at, len(rows)) if rows[r][column]), None)
        assert pivot is not None, "the vertices of a cell are independent"
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [entry / rows[at][column] for entry in rows[at]]
        for r in range(len(rows)):
            if r != at and rows[r][column]:
                rows[r] = [
                    a - rows[r][column] * b for a, b in zip(rows[r], rows[at], strict=True)
                ]
        at += 1
    return any(row[-1] for row in rows[at:]), [row[-1] for row in rows[:at]]


def replies(game: NormalFormGame, profile: Vectors) -> set[tuple[int, int]]:
    """All pairs of a player and an action that is a best reply."""
    found = set()
    for i, table in enumerate(game.to_arrays(exact=True)):
        values = np.moveaxis(table, i, 0)
        for vector in [vector for j, vector in enumerate(profile) if j != i]:
            values = np.tensordot(values, np.array(vector, dtype=object), axes=([1], [0]))
        found |= {(i, s) for s, value in enumerate(values) if value == max(values)}
    return found


def some_cell(rng: random.Random, shape: tuple[int, ...]) -> ExactCell:
    """A part of everything, with edges cut or actions left out, and pairs required."""
    cell = ExactCell.whole(shape)
    for _ in range(rng.randrange(4)):
        player = rng.randrange(len(shape))
        size = len(cell.vertices[player])
        if size > 1 and rng.random() < 0.3:
            cell.drop(player, [rng.randrange(size)])
        elif size > 1:
            p, q = rng.sample(range(size), 2)
            matrix = [[4 * int(k == r) for r in range(size)] for k in range(size)]
            matrix[p][p], matrix[p][q] = 1, 3
            cell.move(player, matrix, 2)
    pairs = [(i, s) for i, size in enumerate(shape) for s in range(size)]
    cell.required = frozenset(pair for pair in pairs if rng.random() < 0.6)
    return cell


def some_step(
    rng: random.Random, kind: str, cell: ExactCell, shape: tuple[int, ...]
) -> tuple[Any, ...]:
    """What a step of a kind could say. Most of it is nonsense."""
    player = rng.randrange(len(shape))
    sizes = cell.sizes()

    def gains(only: Any = None) -> list[tuple[int, int, int]]:
        pairs = [
            (i, s, t)
            for i, size in enumerate(shape)
            for s in range(size)
            for t in range(size)
            if s != t
        ]
        wanted = [
            (i, s, t)
            for i, s, t in pairs
            if only is None or rng.random() < 0.05 or {(i, s), (i, t)} <= only
        ]
        return rng.sample(wanted, min(len(wanted), rng.choice((1, 1, 1, 2, 3))))

    needed = cell.needed()
    combination = tuple([(*gain, rng.choice(FACTORS)) for gain in gains()])
    if kind == "none":
        return (combination,)
    if kind == "unused":
        action = rng.randrange(shape[player])
        other = rng.choice([t for t in range(shape[player]) if t != action])
        return player, action, rng.choice([combination, ((player, action, other, 1),)])
    if kind == "drop":
        places = [(j, p) for j, size in enumerate(sizes) for p in range(size)]
        return tuple(rng.choices(places, k=rng.randrange(1, 3))), combination
    if kind == "shrink":
        keep = [rng.choice(PARTS[1:6]) for _ in range(sizes[player])]
        keep[rng.randrange(len(keep))] = 0.0
        return (
            player,
            tuple(
                rng.choice(
                    [keep, keep, keep, [rng.choice(PARTS) for _ in keep], [*keep, 1.0]]
                )
            ),
            combination,
        )
    equations = tuple(gains(needed)) or ((0, 0, 1),)
    count = sum(sizes) - len(sizes) if kind == "outside" else sizes[player] - 1
    count += rng.random() < 0.05
    rows = tuple([tuple([rng.choice(FACTORS) for _ in equations]) for _ in range(count)])
    if kind == "overfull":
        return player, equations, rows
    if kind == "squeeze":
        return (
            player,
            tuple(
                [
                    rng.choice((0, 0, 0.25, 0.5, -0.25))
                    for _ in range(sizes[player] + (rng.random() < 0.05))
                ]
            ),
            equations,
            rows,
        )
    return tuple([rng.choice(PARTS[:5]) for _ in range(count)]), equations, rows


REASONS = {
    "none": {"the combination is not negative at every corner"},
    "unused": {"the action may be a best reply at some corner"},
    "drop": {
        "the combination is positive at some corner",
        "the combination is not negative at all corners of a vertex that is dropped",
    },
    "shrink": {
        "the shares that are kept do not fit the cell",
        "the part cut off at vertex # may hold an equilibrium",
    },
    "squeeze": {
        "there is not one least weight for each vertex",
        "the least weights do not fit the cell",
        "a least weight is greater than what the combinations show",
    },
    "overfull": {"the least weights sum to no more than #"},
    "outside": {
        "there is not one row, and one weight, for each vertex but the first ones",
        "the slopes are not within # of the unit matrix all over the cell",
        "the point lies outside the cell",
        "the equations may have a solution in the cell",
    },
}
COMBINED = "action # of player # has a positive factor and need not be a best reply"
UNEQUAL = "actions # and # of player # need not both be best replies"
ROWS = "there is not one row for each vertex but the first"
SHARED = {
    "none": {COMBINED}, "unused": {COMBINED}, "drop": {COMBINED}, "shrink": {COMBINED},
    "squeeze": {UNEQUAL, ROWS}, "overfull": {UNEQUAL, ROWS}, "outside": {UNEQUAL},
}  # fmt: skip


@pytest.mark.parametrize("kind", SHRINKING)
@pytest.mark.deep_but(3)
def test_no_step_that_is_accepted_loses_an_equilibrium(kind: str) -> None:
    seen: Counter[str] = Counter()
    for seed in seeds(40):
        rng = random.Random(f"{kind} {seed}")
        shape = rng.choice(SHAPES)
        arrays = np.random.default_rng(seed).integers(
            0, rng.choice((2, 3, 4)), size=(len(shape), *shape)
        )
        game = NormalFormGame.from_arrays(*arrays)
        tables, found = (
            Tables([numbers for numbers, _ in game.integer_tables]),
            equilibria(game),
        )
        answers = [replies(game, profile) for profile in found]
        for _ in range(40):
            cell = some_cell(rng, shape)
            if answers and rng.random() < 0.7:  # so that often an equilibrium is meant
                cell.required = frozenset(
                    pair for pair in sorted(rng.choice(answers)) if rng.random() < 0.8
                )
            meant = [
                one
                for one, best in zip(found, answers, strict=True)
                if inside(cell, one) and cell.required <= best
            ]
            step = some_step(rng, kind, cell, shape)
            if kind == "outside" and rng.random() < 0.5 and sum(cell.sizes()) > len(shape):
                step = newton_step(rng, tables, cell)
            if not step_fits((kind, *step), shape):
                continue
            try:
                SHRINKING[kind](tables, cell, *step)
            except Refuted as refuted:
                seen[re.sub(r"\d+", "#", str(refuted))] += 1
                continue
            seen["accepted"] += 1
            seen["kept"] += bool(meant)
            assert cell.empty or all(inside(cell, one) for one in meant), (kind, seed, step)
            assert not (cell.empty and meant), (kind, seed, step)
    assert set(seen) - {"accepted", "kept"} == REASONS[kind] | SHARED[kind]
    assert seen["accepted"] > 5, seen


@pytest.mark.parametrize("kind", ["split", "branch"])
def test_the_parts_of_a_cell_hold_all_its_equilibria(kind: str) -> None:
    parts = Counter[int]()
    for seed in seeds(60):
        rng = random.Random(f"{kind} {seed}")
        shape = rng.choice(SHAPES)
        game = NormalFormGame.from_arrays(
            *np.random.default_rng(seed).integers(0, 3, size=(len(shape), *shape))
        )
        proof = Proof(shape, "", (), (), (), ())
        for _ in range(10):
            run, cell = (
                _CheckRun(proof, Tables([numbers for numbers, _ in game.integer_tables])),
                some_cell(rng, shape),
            )
            meant = [
                one
                for one in equilibria(game)
                if inside(cell, one) and cell.required <= replies(game, one)
            ]
            player = rng.randrange(len(shape))
            ends = tuple(rng.choices(range(shape[player]), k=2))
            fits = max(ends) < len(cell.vertices[player]) and ends[0] != ends[1]
            run.stack.append(cell)
            try:
                run._take(
                    kind,
                    (player, *ends, rng.choice((0.25, 0.75, 0.5)))
                    if kind == "split"
                    else (player, ends[0]),
                )
            except Refuted:
                assert kind == "split"
                assert not fits
                continue
            assert kind == "branch" or fits
            parts[len(run.stack)] += 1
            for one in meant:
                assert any(
                    inside(part, one) and part.required <= replies(game, one)
                    for part in run.stack
                )
            assert all(not part.empty for part in run.stack)
    assert parts[2] > 20


def test_all_equilibria_in_a_cell_lie_within_the_bounds_of_solutions() -> None:
    held = 0
    for seed in seeds(120):
        rng = random.Random(f"bounds {seed}")
        shape = rng.choice(SHAPES)
        game = NormalFormGame.from_arrays(
            *np.random.default_rng(seed).integers(0, 4, size=(len(shape), *shape))
        )
        tables, found = (
            Tables([numbers for numbers, _ in game.integer_tables]),
            equilibria(game),
        )
        for _ in range(10):
            cell = some_cell(rng, shape)
            cell.required = frozenset(
                (i, s) for i, size in enumerate(shape) for s in range(size)
            )
            meant = [
                one
                for one in found
                if inside(cell, one) and cell.required <= replies(game, one)
            ]
            if meant and sum(cell.sizes()) > len(shape):
                with contextlib.suppress(Refuted):
                    bounds = solution_bounds(tables, cell, *newton_step(rng, tables, cell))
                    held += 1
                    for profile in meant:
                        for vector, box, whole in zip(
                            profile, bounds, cell.bounds(), strict=True
                        ):
                            assert all(
                                low <= weight <= high
                                for weight, (low, high) in zip(vector, box, strict=True)
                            )
                            assert all(
                                low <= weight <= high
                                for weight, (low, high) in zip(vector, whole, strict=True)
                            )
    assert held > 20
