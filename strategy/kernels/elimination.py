"""Gauss-Jordan elimination in floats, for kernels, which bound what rounding does to it.

The elimination in integers is in ``solvers.bimatrix.integers``; that which also finds the
rank of equations that depend on each other is in ``solvers.cells.newton``.
"""

from __future__ import annotations

from strategy.kernels import part

__all__ = ["eliminate", "invert"]


@part()
def eliminate(A, R, size, columns, least):  # type: ignore[no-untyped-def]
    """Solve ``A X = R`` by Gauss-Jordan elimination with partial pivoting; X is left in R.

    ``A``: the matrix, whose contents are lost; ``R``: the right sides; ``size``,
    ``columns``: how many of their rows, and of the columns of R, are in use; ``least``:
    pivots must exceed it.

    Returns the sign of A's determinant as computed, 0 where a pivot is too small.
    """
    sign = 1
    for c in range(size):
        best = c
        for r in range(c + 1, size):
            if abs(A[r, c]) > abs(A[best, c]):
                best = r
        if not abs(A[best, c]) > least:
            return 0
        if best != c:
            sign = -sign
            for k in range(c, size):
                A[c, k], A[best, k] = A[best, k], A[c, k]
            for k in range(columns):
                R[c, k], R[best, k] = R[best, k], R[c, k]
        if A[c, c] < 0.0:
            sign = -sign
        inverse = 1.0 / A[c, c]
        for k in range(c + 1, size):
            A[c, k] *= inverse
        for k in range(columns):
            R[c, k] *= inverse
        for r in range(size):
            factor = A[r, c]
            if r != c and factor != 0.0:
                for k in range(c + 1, size):
                    A[r, k] -= factor * A[c, k]
                for k in range(columns):
                    R[r, k] -= factor * R[c, k]
    return sign


@part()
def invert(J, A, Y, size, least):  # type: ignore[no-untyped-def]
    """Write nearly the inverse of ``J`` to ``Y``; the sign of J's determinant, as above.

    ``A``: room for a matrix; ``size``: how many rows are in use; ``least``: pivots must
    exceed it.
    """
    for r in range(size):
        for c in range(size):
            A[r, c] = J[r, c]
            Y[r, c] = 1.0 if r == c else 0.0
    return eliminate(A, Y, size, size, least)
