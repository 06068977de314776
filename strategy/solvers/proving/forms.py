"""What the parts of a proof have to look like, wherever they come from.

Sets of equilibria, zeros, boxes and steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from strategy.exact import is_ball
from strategy.solvers.proving.zeros import ZeroBox

__all__ = [
    "MOST_STEPS",
    "Shape",
    "box_fits",
    "parts_fit",
    "set_fits",
    "step_fits",
    "zero_fits",
]

MOST_STEPS = 20_000_000
Shape = tuple[int, ...]


def zero_fits(zero: Any, shape: Shape) -> bool:
    """Whether something is a zero of a system of tables of some shape."""
    if not isinstance(zero, ZeroBox) or not _number(zero.radius) or zero.radius <= 0:
        return False
    parts: list[Any] = [
        zero.support,
        zero.centre,
        *([] if zero.exact is None else [zero.exact]),
    ]
    if any(not isinstance(part, tuple) or len(part) != len(shape) for part in parts):
        return False
    for used, vector, size in zip(parts[0], parts[1], shape, strict=True):
        if (
            not isinstance(used, tuple)
            or not used
            or not all(_index(s, size) for s in used)
            or sorted(set(used)) != list(used)
        ):
            return False
        if (
            not isinstance(vector, tuple)
            or len(vector) != size
            or not all(map(_number, vector))
        ):
            return False
    return all(
        _vector_fits(vector, size, balls=False)
        for part in parts[2:]
        for vector, size in zip(part, shape, strict=True)
    )


def box_fits(bounds: Any, shape: Shape) -> bool:
    """Whether something has two numbers for each player and action.

    ``bounds``: that; ``shape``: of the tables.
    """
    return isinstance(bounds, tuple) and len(bounds) == len(shape) and all(
        isinstance(rows, tuple) and len(rows) == size
        and all(isinstance(row, tuple) and len(row) == 2 and all(map(_number, row)) for row in rows)
        for rows, size in zip(bounds, shape, strict=True)
    )  # fmt: skip


def set_fits(product: Any, shape: Shape) -> bool:
    """One tuple of vectors a player; one vector each where there are balls.

    ``product``: the set; ``shape``: of the tables.
    """
    if not isinstance(product, tuple) or len(product) != len(shape):
        return False
    lengths, balls = set(), False
    for vertices, size in zip(product, shape, strict=True):
        if not isinstance(vertices, tuple) or not vertices:
            return False
        lengths.add(len(vertices))
        for vector in vertices:
            if not _vector_fits(vector, size, balls=True):
                return False
            balls = balls or any(map(is_ball, vector))
    return lengths == {1} or not balls


def _vector_fits(vector: Any, size: int, balls: bool) -> bool:
    return isinstance(vector, tuple) and len(vector) == size and all(
        type(weight) is Fraction or (balls and is_ball(weight)) for weight in vector
    )  # fmt: skip


def parts_fit(proof: Any, shape: Shape) -> bool:
    """Whether all parts of a proof but its steps have the form that they have to have.

    The form is the one for tables of ``shape``.
    """
    return (
        all(
            isinstance(part, tuple)
            for part in (proof.sets, proof.zeros, proof.boxes, proof.steps)
        )
        and all(set_fits(product, shape) for product in proof.sets)
        and all(zero_fits(zero, shape) for zero in proof.zeros)
        and all(box_fits(box, shape) for box in proof.boxes)
    )


def _number(value: Any) -> bool:
    return (type(value) is float and math.isfinite(value)) or (
        type(value) is int and abs(value) < 2**53
    )


def _index(value: Any, size: int) -> bool:
    return type(value) is int and 0 <= value < size


def _all(value: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, tuple) and bool(value) and all(map(fits, value))


def _gain_fits(value: Any, length: int, shape: Shape) -> bool:
    """Player, an action, another, and in a combination a factor."""
    return (
        isinstance(value, tuple)
        and len(value) == length
        and _index(value[0], len(shape))
        and _index(value[1], shape[value[0]])
        and _index(value[2], shape[value[0]])
    )


def _vertex_fits(value: Any, shape: Shape) -> bool:
    """Player, vertex."""
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and _index(value[0], len(shape))
        and _index(value[1], shape[value[0]])
    )


_FORMS: dict[str, tuple[str, ...]] = {
    "take": (),
    "aside": (),
    "split": ("player", "vertex", "vertex", "number"),
    "branch": ("player", "action"),
    "none": ("combination",),
    "unused": ("player", "action", "combination"),
    "drop": ("vertices", "combination"),
    "shrink": ("player", "numbers", "combination"),
    "squeeze": ("player", "numbers", "equations", "rows"),
    "overfull": ("player", "equations", "rows"),
    "outside": ("numbers", "equations", "rows"),
    "root": ("part", "numbers", "equations", "rows"),
    "near": ("part", "numbers", "equations", "rows"),
    "few mix": (),
    "tied": (),
    "left over": ("part",),
}


def _player(step: Any, shape: Shape) -> int | None:
    """The player that a step begins with."""
    return step[1] if _index(step[1], len(shape)) else None


_FITS: dict[str, Callable[[Any, Any, Shape], bool]] = {
    "player": lambda value, step, shape: _player(step, shape) is not None,
    "action": lambda value, step, shape: (
        (player := _player(step, shape)) is not None and _index(value, shape[player])
    ),
    "vertex": lambda value, step, shape: _index(value, max(shape)),
    "part": lambda value, step, shape: _index(value, MOST_STEPS),
    "number": lambda value, step, shape: _number(value),
    "numbers": lambda value, step, shape: _all(value, _number),
    "vertices": lambda value, step, shape: _all(
        value, lambda pair: _vertex_fits(pair, shape)
    ),
    "combination": lambda value, step, shape: _all(
        value, lambda one: _gain_fits(one, 4, shape) and _number(one[3])
    ),
    "equations": lambda value, step, shape: _all(
        value, lambda one: _gain_fits(one, 3, shape)
    ),
    "rows": lambda value, step, shape: _all(
        value, lambda row: _all(row, _number) and len(row) == len(step[-2])
    ),
}


def step_fits(step: Any, shape: Shape) -> bool:
    """Whether something is a step of a proof about tables of some shape."""
    if (
        not isinstance(step, tuple)
        or not step
        or not isinstance(step[0], str)
        or step[0] not in _FORMS
    ):
        return False
    fields = _FORMS[step[0]]
    return len(step) == len(fields) + 1 and all(
        _FITS[field](value, step, shape)
        for field, value in zip(fields, step[1:], strict=True)
    )
