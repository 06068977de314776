"""Dominance by mixed actions as linear programmes.

The mixture that dominates is the certificate of a yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.concepts._mixture_search import Overspent, dominated_rows
from strategy.forms._expected import fits_int64
from strategy.forms.normal import NormalFormGame
from strategy.linear import maximise

__all__ = ["dominating_mixture", "lines_of", "mixed_dominations", "quick_dominations"]

_SMALL = 64
"""Up to so many payoffs a linear programme in whole numbers is as quick as a search in
floats."""

Kept = tuple[tuple[int, ...], ...]


def lines_of(game: NormalFormGame, axis: int, kept: Kept | None = None) -> NDArray[Any]:
    """One player's payoffs as whole numbers.

    One row an own action, one column a combination of the others' actions.

    In int64 where differences of entries fit, else in Python's integers. ``kept`` leaves
    out actions. ``game``: the table; ``axis``: the player's number.
    """
    table, _ = game.integer_tables[axis]
    if kept is not None:
        table = table[np.ix_(*kept)]
    lines = np.moveaxis(table, axis, 0).reshape(table.shape[axis], -1)
    return lines if fits_int64(lines, 4) else lines.astype(object)


def mixed_dominations(
    game: NormalFormGame, kept: Kept, strict: bool
) -> Iterator[tuple[int, int, dict[int, Fraction]]]:
    """(player, action, a mixture of others that dominates it) within the actions kept.

    ``game``: the table; ``strict``: whether strictly, or weakly.
    """
    for axis, row in enumerate(kept):
        lines = lines_of(game, axis, kept)
        sure = (
            dict(dominated_rows(lines, lambda _: deadline.check()))
            if strict and lines.size > _SMALL
            else {}
        )
        best = (
            (lines == lines.max(axis=0)).any(axis=1)
            if strict
            else np.zeros(len(row), dtype=bool)
        )
        for i, action in enumerate(row):
            deadline.check()
            mixture = (
                None
                if best[i]
                else sure.get(i) or dominating_mixture(lines - lines[i], strict)
            )
            if mixture is not None:
                yield axis, action, {row[j]: weight for j, weight in mixture.items()}


def quick_dominations(
    game: NormalFormGame, spend: Callable[[int], None], kept: Kept
) -> Iterator[tuple[int, int, dict[int, Fraction]]]:
    """Strictly dominated actions as above, but only those that floats find.

    There are no more once ``spend`` raises Overspent. ``game``: the table; ``kept``: the
    actions left, by player.
    """
    try:
        for axis, row in enumerate(kept):
            lines = lines_of(game, axis, kept)
            for i, mixture in dominated_rows(lines, spend):
                yield axis, row[i], {row[j]: weight for j, weight in mixture.items()}
    except Overspent:
        return


def dominating_mixture(gains: NDArray[Any], strict: bool) -> dict[int, Fraction] | None:
    """Weights of rows that sum to 1 and gain in every column.

    That is strictly; or lose in none and gain in some (weakly).

    ``gains``: what each action pays more than the one in question, whole numbers, shape
    (actions, combinations of the others). None if there are none. The linear programmes are
    those of Gale, Kuhn and Tucker (1950); see Osborne and Rubinstein, "A Course in Game
    Theory" (1994), lemma 60.1. ``strict``: which of these.
    """
    sure = (
        (gains > 0).all(axis=1)
        if strict
        else (gains >= 0).all(axis=1) & (gains > 0).any(axis=1)
    )
    if sure.any():
        return {int(np.argmax(sure)): Fraction(1)}
    useful = np.flatnonzero((gains > 0).any(axis=1)).tolist()
    # Where nothing gains, a strict dominator cannot exist; where everything else loses,
    # neither can a weak one.
    bar = (gains[useful] <= 0) if strict else (gains[useful] < 0)
    if not useful or bool(bar.all(axis=0).any()):
        return None
    columns = _distinct(gains[useful].T)
    # Weights that sum to at most 1 are enough: what they gain can be scaled up, and 0 is a
    # point to start from.
    size = len(useful)
    extra = (
        np.ones((len(columns), 1), dtype=object)
        if strict
        else np.zeros((len(columns), 0), dtype=object)
    )
    rows = np.concatenate([-columns.astype(object), extra], axis=1)
    total = np.array([1] * size + [0] * extra.shape[1], dtype=object)
    aim: list[Any] = (
        [0] * size + [1] if strict else [int(v) for v in columns.astype(object).sum(axis=0)]
    )
    found = maximise(
        aim, at_most=(np.concatenate([rows, total[None]]), [0] * len(columns) + [1])
    )
    assert found.value is not None
    if found.value <= 0:
        return None
    weights = found.x[:size]
    whole = sum(weights, Fraction(0))
    return {j: weight / whole for j, weight in zip(useful, weights, strict=True) if weight}


def _distinct(rows: NDArray[Any]) -> NDArray[Any]:
    """Each row once: many combinations of the others' actions often come to the same."""
    if rows.dtype != object:
        return np.unique(rows, axis=0)
    seen: dict[Sequence[Any], int] = {tuple(row): i for i, row in enumerate(rows.tolist())}
    return rows[sorted(seen.values())]
