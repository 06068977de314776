"""From masks and amounts to payoffs.

Plays on which the same terms of a player hold share one payoff form.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

__all__ = ["Signatures", "payoff_values", "signatures"]

_ROOM = 2**62


@attrs.frozen(eq=False)
class Signatures:
    """The distinct sets of a player's terms that hold together.

    ``terms``: numbers of the player's terms in the model; ``number``: the signature of each
    play, shape (plays,); ``matrix``: which terms hold, shape (signatures, terms), of 0 and
    1.
    """

    terms: tuple[int, ...]
    number: NDArray[np.int64]
    matrix: NDArray[np.int64]


def signatures(masks: NDArray[np.bool_], terms: Sequence[int]) -> Signatures:
    """Group the plays by which of the terms hold; ``masks`` has shape (all terms, plays)."""
    mine = masks[list(terms)]
    number = np.zeros(masks.shape[1], dtype=np.int64)
    for start in range(0, len(terms), 32):
        # 32 terms make one number, so that plays are sorted by numbers rather than by rows.
        block = mine[start : start + 32]
        code = (
            np.left_shift(1, np.arange(len(block), dtype=np.int64)) @ block
            if len(block)
            else number
        )
        code = np.unique(code, return_inverse=True)[1].reshape(-1)
        number = number * (int(code.max(initial=0)) + 1) + code
        number = np.unique(number, return_inverse=True)[1].reshape(-1)
    _, firsts = np.unique(number, return_index=True)
    number.flags.writeable = False
    return Signatures(tuple(terms), number, mine[:, firsts].T.astype(np.int64))


def payoff_values(found: Signatures, amounts: Sequence[Fraction]) -> NDArray[Any]:
    """The exact payoff on each play, given the value of every term of the model.

    Shape (plays,), read-only: int64 where all are integers, else Fractions. ``found``:
    which terms hold together where; ``amounts``: the value of every term.
    """
    mine = [amounts[i] for i in found.terms]
    scale = math.lcm(*[value.denominator for value in mine])
    scaled = [value.numerator * (scale // value.denominator) for value in mine]
    fits = sum(map(abs, scaled)) < _ROOM
    sums = (found.matrix @ np.array(scaled, dtype=np.int64 if fits else object)).reshape(-1)
    if scale == 1 and fits:
        values = sums
    else:
        values = np.empty(len(sums), dtype=object)
        values[:] = [Fraction(int(one), scale) for one in sums]
    result: NDArray[Any] = values[found.number]
    result.flags.writeable = False
    return result
