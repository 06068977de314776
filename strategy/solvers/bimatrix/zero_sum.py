"""Zero-sum games, and two-player games with the equilibria of one.

Value and optimal strategies, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

import attrs
import numpy as np
from flint import fmpz_mat
from numpy.typing import NDArray

from strategy.deadline import check, watched, within_time
from strategy.solvers.bimatrix.pivoting import one_equilibrium

__all__ = ["Optimal", "opposite", "optimal", "zero_sum_equivalent"]

Array = NDArray[Any]
# up to so many actions a path of exact pivots is faster than loading and calling an LP
# solver
SMALL = 25


_CORNER = 8


@attrs.frozen(eq=False)
class Optimal:
    """The value of a zero-sum game, and optimal strategies of either player.

    The strategies are given as whole numerators over their sums.
    """

    value: Fraction
    x: Array
    y: Array


def zero_sum_equivalent(A: Any, B: Any) -> Array | None:
    """Payoffs Z of player 1 such that (Z, -Z) has the equilibria of (A, B).

    The result is None if there are no such payoffs by these means. All are whole numbers in
    arrays of shape (m, n).

    What a player gets may be multiplied, and shifted by an amount for each action of the
    opponent: that changes no best reply. So it is enough that the interaction parts of A
    and B, payoffs less what depends on one player's action only, be opposite up to a
    positive factor: Moulin and Vial, "Strategically zero-sum games: the class of games
    whose completely mixed equilibria cannot be improved upon" (1978).
    """
    first, second = np.asarray(A), np.asarray(B)
    # most games show in a corner that they are none
    if _ratio(first[:_CORNER, :_CORNER], second[:_CORNER, :_CORNER]) is None:
        return None
    ratio = _ratio(first, second)
    if ratio is None:
        return None
    first, second = first.astype(object), second.astype(object)
    p, q = ratio  # q B = -p A + terms of one action each
    result: Array = p * first - (q * second[:1] + p * first[:1])
    return result


def _ratio(A: Array, B: Array) -> tuple[int, int] | None:
    """Positive p and q such that p A + q B is a sum of terms of one action each.

    The result is None if there are no such numbers.
    """
    check()
    return opposite(
        *[
            one - one[:1] - one[:, :1] + one[:1, :1]
            for one in (A.astype(object), B.astype(object))
        ]
    )


def opposite(first: Array, second: Array) -> tuple[int, int] | None:
    """The smallest positive p and q with p first + q second = 0; None if there are none.

    Whole numbers in object arrays.
    """
    mine, other = first.reshape(-1), second.reshape(-1)
    place = next((k for k in range(len(mine)) if mine[k]), None)
    if place is None:
        return None if other.any() else (1, 1)
    p, q = -int(other[place]), int(mine[place])
    p, q = (p, q) if q > 0 else (-p, -q)
    if p <= 0 or any(q * b != -p * a for a, b in watched(zip(mine, other, strict=True))):
        return None
    return p // gcd(p, q), q // gcd(p, q)


def optimal(A: Any, check: Callable[[], None] | None = None) -> Optimal:
    """The value of the zero-sum game in which player 1 gets A.

    An optimal strategy of each player comes with it.

    Large games are solved by linear programming (von Neumann 1928, Dantzig 1951); what its
    solution uses is solved for exactly and proved to be optimal, or else a path of exact
    pivots is taken. ``check``: called now and then, to raise when the time is over.
    """
    payoff = np.asarray(A).astype(object)
    found = _by_programming(payoff) if max(payoff.shape) > SMALL else None
    x, y = found or one_equilibrium(payoff, -payoff, 0, check)
    return Optimal(Fraction(int((x @ payoff).min()), int(x.sum())), x, y)


def _by_programming(payoff: Array) -> tuple[Array, Array] | None:
    from scipy.optimize import linprog

    middle = (payoff.max() + payoff.min()) // 2
    scale = max(int(payoff.max() - payoff.min()), 1)
    floats = np.array([[int(v - middle) / scale for v in row] for row in watched(payoff)])
    m, n = floats.shape
    # Maximise v: x floats >= v. The dual values of these rows are the other player's
    # strategy.
    result = linprog(
        np.append(np.zeros(m), -1.0),
        A_ub=np.hstack([-floats.T, np.ones((n, 1))]),
        b_ub=np.zeros(n),
        A_eq=np.append(np.ones(m), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * m + [(None, None)],
        method="highs-ds",
        options=within_time(),
    )
    check()
    if result.status != 0:
        return None
    x, y = result.x[:m], np.maximum(-result.ineqlin.marginals, 0.0)
    worth = float(result.x[m])
    exact_x = _exact(
        payoff.T, np.flatnonzero(x > 1e-9), np.flatnonzero(x @ floats < worth + 1e-7)
    )
    exact_y = _exact(
        payoff, np.flatnonzero(y > 1e-9), np.flatnonzero(floats @ y > worth - 1e-7)
    )
    if exact_x is None or exact_y is None:
        return None
    best, least = (payoff @ exact_y).max(), (exact_x @ payoff).min()
    return (exact_x, exact_y) if best * exact_x.sum() == least * exact_y.sum() else None


def _exact(payoff: Array, used: Array, replies: Array) -> Array | None:
    """The strategy that uses these actions, and makes these replies (rows) worth the same.

    The result is None if this strategy is not the only one.
    """
    if not len(used) or not len(replies):
        return None
    rows: Sequence[Array] = [
        payoff[j, used] - payoff[replies[0], used] for j in replies[1:]
    ] or [payoff[0, used] * 0]
    kernel, nullity = fmpz_mat([[int(v) for v in row] for row in rows]).nullspace()
    if nullity != 1:
        return None
    weights = [int(kernel[i, 0]) for i in range(len(used))]
    divisor = gcd(*weights) * (1 if sum(weights) > 0 else -1)
    if any(w * divisor < 0 for w in weights):
        return None
    result = np.zeros(payoff.shape[1], dtype=object)
    result[used] = [w // divisor for w in weights]
    return result
