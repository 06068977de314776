"""The path of Lemke and Howson in floats.

Where it ends is solved for and checked in whole numbers by whoever asks.

The dictionaries are those of ``bimatrix.plain.Face``, over 1, with the infinitesimals in a
column of their own: what is tied within rounding is told apart by that column. Floats only
choose the pivots, so a wrong turn can cost the way, not the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.kernels import kernel, part

__all__ = ["float_path", "prepare"]

Array = NDArray[Any]
FLAT = 1e-9
"""Coefficients below this, beside payoffs of at most 1, are not pivoted on."""
TIED = 1e-10
"""Ratios that differ by less are taken for equal."""
_SLICE = 20_000_000
"""Entries to update between two looks at the clock."""
_PATIENCE = 20
"""Pivots, times the square of the number of actions, after which floats are taken to go
round in circles."""


class _Dictionary:
    """The best-reply polyhedron of one player.

    Rows of basic labels, (constant, infinitesimal, one column a label) each.
    """

    def __init__(
        self, payoff: Array, own: Sequence[int], other: Sequence[int], malus: Sequence[int]
    ) -> None:
        self.payoff, self.own, self.other = payoff, own, other
        self.less = np.array(malus, dtype=np.float64)

    def begin(self, action: int, reply: int) -> None:
        """At a pure strategy and the best reply to it."""
        n, m = len(self.own), len(self.other)
        rest = [i for i in range(n) if i != action]
        others = [j for j in range(m) if j != reply]
        self.rows = np.zeros((m, n + 2))
        self.rows[0, 0], self.rows[0, 2:-1] = 1, -1
        behind = self.payoff[reply] - self.payoff[others]
        self.rows[1:, 0], self.rows[1:, 1] = (
            behind[:, action],
            self.less[others] - self.less[reply],
        )
        self.rows[1:, 2:-1] = behind[:, rest] - behind[:, [action]]
        self.rows[1:, -1] = 1
        self.labels = np.array(
            [self.own[action], *[self.other[j] for j in others]], dtype=np.int64
        )
        self.columns = np.array(
            [*[self.own[i] for i in rest], self.other[reply]], dtype=np.int64
        )


def float_path(
    rows: Array,
    columns: Array,
    label: int,
    malus: Sequence[Sequence[int]],
    check: Callable[[], None] | None,
) -> tuple[list[int], list[int]] | None:
    """The labels of the columns at the end of the path that drops ``label``.

    They are those of both dictionaries, or None if floats lose the path.

    ``rows`` and ``columns``: payoffs of players 1 and 2, the own actions first, in floats
    or whole numbers. ``malus``: for the actions of either player the infinitesimals that
    they pay less. ``check``: called now and then, to raise when the time is over.
    """
    m, n = len(rows), len(columns)
    labels = (range(m), range(m, m + n))
    payoffs = (_unit(columns), _unit(rows))
    sides = [
        _Dictionary(payoffs[d], labels[d], labels[1 - d], malus[1 - d]) for d in range(2)
    ]
    d = 0 if label < m else 1
    begin = label - labels[d].start
    exact = (columns, rows)
    reply = _reply(exact[d], begin, malus[1 - d])
    answer = _reply(exact[1 - d], reply, malus[d])
    p, q = sides
    sides[d].begin(begin, reply)
    sides[1 - d].begin(reply, answer)
    # what enters, and in which dictionary
    state = np.array([labels[d].start + answer, d], dtype=np.int64)
    done = int(state[0] == label)
    most = max(1, _SLICE // (m * n))
    rest = _PATIENCE * (m + n) ** 2
    while not done and rest > 0:
        if check is not None:
            check()
        done = follow.run(
            m * n,
            p.rows,
            p.labels,
            p.columns,
            q.rows,
            q.labels,
            q.columns,
            state,
            label,
            min(most, rest),
        )
        rest -= most
    return (sides[0].columns.tolist(), sides[1].columns.tolist()) if done > 0 else None


def prepare() -> None:
    """Load what follows a path, or compile it the first time.

    So a clock can be started afterwards.
    """
    if not follow.loaded:
        rows, labels = np.zeros((1, 3)), np.zeros(1, dtype=np.int64)
        follow(
            rows, labels, labels, rows, labels, labels, np.zeros(2, dtype=np.int64), 0, 0
        )


def _unit(payoff: Array) -> Array:
    """Payoffs between 0 and 1, own actions along the rows, in floats.

    Less the least against each action of the other, over the largest.
    """
    numbers = payoff if payoff.dtype == object else payoff.astype(np.float64)
    ahead = numbers - numbers.min(axis=0)
    result: Array = (ahead / (ahead.max() or 1)).astype(np.float64)
    return result


def _reply(payoff: Array, action: int, malus: Sequence[int]) -> int:
    """The best reply to a pure strategy, of equals the one that loses least."""
    worth = payoff[:, action].tolist()
    return max(range(len(worth)), key=lambda j: (worth[j], -malus[j]))


@part()
def _turn(rows, labels, columns, entering):  # type: ignore[no-untyped-def]
    """Bring a label into the basis; the one that leaves it, or -1 if rounding hides which."""
    c = 0
    while columns[c] != entering:
        c += 1
    least, limit = np.inf, -1
    for i in range(len(rows)):
        fall = -rows[i, c + 2]
        if fall > FLAT and rows[i, 0] / fall < least:
            least = rows[i, 0] / fall
    if least < -TIED or least == np.inf:
        return -1
    first = np.inf
    for i in range(len(rows)):
        fall = -rows[i, c + 2]
        if fall > FLAT and rows[i, 0] / fall <= least + TIED and rows[i, 1] / fall < first:
            first, limit = rows[i, 1] / fall, i
    width = rows.shape[1]
    scale = -1.0 / rows[limit, c + 2]
    for k in range(width):
        rows[limit, k] *= scale
    rows[limit, c + 2] = -scale
    for i in range(len(rows)):
        factor = rows[i, c + 2]
        if i != limit and factor != 0.0:
            rows[i, c + 2] = 0.0
            for k in range(width):
                rows[i, k] += factor * rows[limit, k]
    left = labels[limit]
    labels[limit], columns[c] = entering, left
    return left


@kernel("the path to one equilibrium of two players", vectorised=True)
def follow(p, p_labels, p_columns, q, q_labels, q_columns, state, label, most):  # type: ignore[no-untyped-def]
    """Follow the path for at most so many pivots.

    1 at its end, 0 before it, -1 if it is lost. ``state``: (entering, side). ``p``, ``q``:
    the dictionaries of the two players; ``p_labels``, ``p_columns``, ``q_labels``,
    ``q_columns``: the labels of their rows and columns; ``label``: the one that is dropped.
    """
    for _ in range(most):
        left = (
            _turn(p, p_labels, p_columns, state[0])
            if state[1] == 0
            else _turn(q, q_labels, q_columns, state[0])
        )
        if left < 0:
            return -1
        state[0], state[1] = left, 1 - state[1]
        if left == label:
            return 1
    return 0
