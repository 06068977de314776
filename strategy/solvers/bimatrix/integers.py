"""Exact integers in compiled code.

Pivots of a simplex dictionary with a common denominator, in 64 and 128 bits.

All entries of such a dictionary are minors of the payoff matrix, so that ``(a p - c r) /
det`` is a whole number (Bareiss, "Sylvester's identity and multistep integer-preserving
Gaussian elimination", Mathematics of Computation 22, 1968). The products may wrap: dividing
by det = odd * 2^e is a shift by e and a multiplication by the inverse of the odd part, and
is right modulo 2^(bits - e). Beside every integer stands the float next to it. It shows the
integer's sign, and a bound on its size before it is computed, so that nothing that does not
fit passes unseen.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import extending, types

from strategy.kernels import kernel, part

__all__ = ["as_float", "exact_pivot", "float_pivot", "inner", "outer", "solve_bases"]

# its annotations speak of the call in Python, which there is none of
intrinsic: Any = extending.intrinsic
_words: Any = types.UniTuple
_mixed: Any = types.Tuple


def _typed(kind: Any) -> Any:
    return kind


# For functions called from compiled code only, which allocate nothing: without wrappers and
# reference counts.
inner, outer = part, partial(kernel, vectorised=True)
# Signatures are written down: numba would compile one copy for every constant among the
# arguments.
NONE, TRUTH, INT, REAL = (
    _typed(kind) for kind in (types.void, types.boolean, types.int64, types.float64)
)
FLOATS = REAL[:, :, :, ::1]
WORDS = INT[:, :, :, :, ::1]
STATE = INT[:, :, ::1]
TABLE = REAL[:, :, ::1]
ROOM = REAL[::1]
COUNTS = INT[::1]
SIZES = INT[:, ::1]
CODES = _typed(types.uint8)[:, :, ::1]
MASKS = TRUTH[:, ::1]
PAIRS = REAL[:, ::1]
SHAPE = _words(INT, 7)
_WORD = ir.IntType(64)
_LONG = ir.IntType(128)
_REAL = ir.DoubleType()


def _join(builder: Any, low: Any, high: Any) -> Any:
    upper = builder.shl(builder.zext(high, _LONG), ir.Constant(_LONG, 64))
    return builder.or_(builder.zext(low, _LONG), upper)


def _split(context: Any, builder: Any, signature: Any, value: Any) -> Any:
    low = builder.trunc(value, _WORD)
    high = builder.trunc(builder.lshr(value, ir.Constant(_LONG, 64)), _WORD)
    return context.make_tuple(builder, signature.return_type, (low, high))


@intrinsic
def _step(typing, alow, ahigh, plow, phigh, clow, chigh, rlow, rhigh, ilow, ihigh, shift):  # type: ignore[no-untyped-def]
    """(a p - c r) / 2^shift * i in 128 bits, as (low, high) words."""

    def generate(context: Any, builder: Any, signature: Any, words: Any) -> Any:
        a, p, c, r, i = (_join(builder, words[2 * k], words[2 * k + 1]) for k in range(5))
        e = builder.zext(words[10], _LONG)
        value = builder.sub(builder.mul(a, p), builder.mul(c, r))
        value = builder.mul(builder.ashr(value, e), i)
        return _split(context, builder, signature, builder.ashr(builder.shl(value, e), e))

    return _words(types.int64, 2)(*[types.int64] * 11), generate


@intrinsic
def _product(typing, alow, ahigh, blow, bhigh):  # type: ignore[no-untyped-def]
    """a b in 128 bits, as (low, high) words."""

    def generate(context: Any, builder: Any, signature: Any, words: Any) -> Any:
        value = builder.mul(
            _join(builder, words[0], words[1]), _join(builder, words[2], words[3])
        )
        return _split(context, builder, signature, value)

    return _words(types.int64, 2)(*[types.int64] * 4), generate


@intrinsic
def _shifted(typing, low, high, shift):  # type: ignore[no-untyped-def]
    """A value of 128 bits divided by 2^shift, rounded down, as (low, high) words."""

    def generate(context: Any, builder: Any, signature: Any, words: Any) -> Any:
        return _split(
            context,
            builder,
            signature,
            builder.ashr(_join(builder, *words[:2]), builder.zext(words[2], _LONG)),
        )

    return _words(types.int64, 2)(*[types.int64] * 3), generate


@intrinsic
def as_float(typing, low, high):  # type: ignore[no-untyped-def]
    """A value of 128 bits as a float within three units of the last place.

    Zero and the sign are exact. ``low``, ``high``: its two words; ``typing``: what Numba
    hands to an intrinsic.
    """

    def generate(context: Any, builder: Any, signature: Any, words: Any) -> Any:
        value = _join(builder, *words)
        negative = builder.icmp_signed("<", value, ir.Constant(_LONG, 0))
        size = builder.select(negative, builder.neg(value), value)
        upper = builder.uitofp(
            builder.trunc(builder.lshr(size, ir.Constant(_LONG, 64)), _WORD), _REAL
        )
        lower = builder.uitofp(builder.trunc(size, _WORD), _REAL)
        real = builder.fadd(builder.fmul(upper, ir.Constant(_REAL, 2.0**64)), lower)
        return builder.select(negative, builder.fneg(real), real)

    return types.float64(types.int64, types.int64), generate


@inner(_words(INT, 3)(INT, INT))
def _odd_inverse(low, high):  # type: ignore[no-untyped-def]
    """(e, inverse modulo 2^128 of value / 2^e) of a value that is not zero."""
    shift = 0
    while low & 1 == 0:
        low, high = _shifted(low, high, 1)
        shift += 1
    xlow, xhigh = low, high  # right modulo 2^3; each round doubles the bits
    for _ in range(6):
        plow, phigh = _product(low, high, xlow, xhigh)
        slow, shigh = _step(0, 0, 0, 0, 1, 0, plow, phigh, 1, 0, 0)  # -product
        tlow = slow + 2
        thigh = shigh + (1 if np.uint64(tlow) < np.uint64(2) else 0)
        xlow, xhigh = _product(xlow, xhigh, tlow, thigh)
    return shift, xlow, xhigh


@inner(NONE(FLOATS, ROOM, INT, INT, INT, INT, INT, INT))
def float_pivot(F, row, s, d, rows, width, r, c):  # type: ignore[no-untyped-def]
    """Exchange row r and column c of a dictionary of floats with denominator 1.

    ``row``: room for a row. ``F``: the floats; ``s``, ``d``: the slot and the side;
    ``rows``, ``width``: how many rows and columns it has.
    """
    inverse = 1.0 / F[s, d, r, c]
    for j in range(width):
        row[j] = F[s, d, r, j]
        F[s, d, r, j] = -inverse * row[j]
    F[s, d, r, c] = inverse
    for i in range(rows):
        if i != r:
            factor = F[s, d, i, c] * inverse
            if factor != 0.0:
                for j in range(width):
                    F[s, d, i, j] -= factor * row[j]
            F[s, d, i, c] = factor
            if F[s, d, i, 0] < 0.0:
                F[s, d, i, 0] = 0.0
    if F[s, d, r, 0] < 0.0:
        F[s, d, r, 0] = 0.0


@inner(
    TRUTH(FLOATS, WORDS, INT, INT, INT, INT, INT, INT, INT, REAL, INT, INT),
    fastmath={"nnan", "nsz"},
)
def _pivot64(F, X, s, d, rows, width, r, c, det, real, shift, inverse):  # type: ignore[no-untyped-def]
    p, q = X[s, d, 0, r, c], F[s, d, r, c]
    sign = 1 if p > 0 else -1
    inverse *= sign
    scale = 1.0 / real
    largest = 0.0
    for i in range(rows):
        if i == r:
            continue
        a, f = X[s, d, 0, i, c], F[s, d, i, c]
        for j in range(width):
            left, right = F[s, d, i, j] * q, f * F[s, d, r, j]
            size = abs(left - right) + 2.0**-48 * (abs(left) + abs(right))
            largest = max(largest, size)
            value = (
                (((X[s, d, 0, i, j] * p - a * X[s, d, 0, r, j]) >> shift) * inverse)
                << shift
            ) >> shift
            X[s, d, 0, i, j] = value
            F[s, d, i, j] = value
        X[s, d, 0, i, c] = sign * a
        F[s, d, i, c] = sign * f
    for j in range(width):
        X[s, d, 0, r, j] *= -sign
        F[s, d, r, j] *= -sign
    X[s, d, 0, r, c] = sign * det
    F[s, d, r, c] = sign * real
    return largest * scale < 2.0 ** (62 - shift)


@inner(TRUTH(FLOATS, WORDS, INT, INT, INT, INT, INT, INT, INT, INT, REAL, INT, INT, INT))
def _pivot128(F, X, s, d, rows, width, r, c, dlow, dhigh, real, shift, ilow, ihigh):  # type: ignore[no-untyped-def]
    plow = X[s, d, 0, r, c]
    phigh = X[s, d, 1, r, c]
    q = F[s, d, r, c]
    sign = 1 if q > 0 else -1
    if sign < 0:
        ilow, ihigh = _step(0, 0, 0, 0, 1, 0, ilow, ihigh, 1, 0, 0)
    scale = 1.0 / real
    largest = 0.0
    for i in range(rows):
        if i == r:
            continue
        alow = X[s, d, 0, i, c]
        ahigh = X[s, d, 1, i, c]
        f = F[s, d, i, c]
        for j in range(width):
            left, right = F[s, d, i, j] * q, f * F[s, d, r, j]
            largest = max(largest, abs(left - right) + 2.0**-48 * (abs(left) + abs(right)))
            low, high = _step(
                X[s, d, 0, i, j],
                X[s, d, 1, i, j],
                plow,
                phigh,
                alow,
                ahigh,
                X[s, d, 0, r, j],
                X[s, d, 1, r, j],
                ilow,
                ihigh,
                shift,
            )
            X[s, d, 0, i, j] = low
            X[s, d, 1, i, j] = high
            F[s, d, i, j] = as_float(low, high)
        if sign < 0:
            alow, ahigh = _step(0, 0, 0, 0, 1, 0, alow, ahigh, 1, 0, 0)
        X[s, d, 0, i, c] = alow
        X[s, d, 1, i, c] = ahigh
        F[s, d, i, c] = sign * f
    for j in range(width):
        if sign > 0:
            X[s, d, 0, r, j], X[s, d, 1, r, j] = _step(
                0, 0, 0, 0, 1, 0, X[s, d, 0, r, j], X[s, d, 1, r, j], 1, 0, 0
            )
            F[s, d, r, j] = -F[s, d, r, j]
    if sign < 0:
        dlow, dhigh = _step(0, 0, 0, 0, 1, 0, dlow, dhigh, 1, 0, 0)
    X[s, d, 0, r, c] = dlow
    X[s, d, 1, r, c] = dhigh
    F[s, d, r, c] = sign * real
    return largest * scale < 2.0 ** (125 - shift)


@inner(
    _mixed((INT, INT, TRUTH))(FLOATS, WORDS, INT, INT, INT, INT, INT, INT, INT, INT, INT)
)
def exact_pivot(F, X, s, d, words, rows, width, r, c, dlow, dhigh):  # type: ignore[no-untyped-def]
    """Exchange row r and column c of a dictionary of integers.

    ``F``: their floats; ``X``: their words, low and high.

    Takes the denominator and returns the new one, and whether all entries fit into
    ``words`` words; if not, all is garbage. ``s``, ``d``: the slot and the side; ``rows``,
    ``width``: how many rows and columns it has; ``dlow``, ``dhigh``: the words of the
    denominator.
    """
    shift, ilow, ihigh = _odd_inverse(dlow, dhigh)
    real = as_float(dlow, dhigh)
    plow, phigh = X[s, d, 0, r, c], X[s, d, words - 1, r, c]
    if words == 1:
        fits = _pivot64(F, X, s, d, rows, width, r, c, dlow, real, shift, ilow)
        phigh = -1 if plow < 0 else 0
    else:
        fits = _pivot128(
            F, X, s, d, rows, width, r, c, dlow, dhigh, real, shift, ilow, ihigh
        )
    if phigh < 0:
        plow, phigh = _step(0, 0, 0, 0, 1, 0, plow, phigh, 1, 0, 0)
    return plow, phigh, fits


@inner(_mixed((INT, TRUTH, INT, INT))(SIZES, SIZES, COUNTS, INT, INT))
def _kernel(M, H, order, rank, count):  # type: ignore[no-untyped-def]
    """Integers x with M x = 0, by fraction-free elimination in 128 bits.

    M has shape (rank, count = rank + 1).

    Writes to ``order`` where each column went; returns the power of two lost to divisions,
    whether the rows were independent, and the determinant. x of the last column is the
    determinant, of column t minus the last column's entry in row t.
    """
    for c in range(count):
        order[c] = c
    dlow, dhigh, lost = 1, 0, 0
    for t in range(rank):
        row, column = -1, -1
        for c in range(t, count):
            for r in range(t, rank):
                if M[r, c] != 0 or H[r, c] != 0:
                    row, column = r, c
                    break
            if row >= 0:
                break
        if row < 0:
            return lost, False, dlow, dhigh
        for c in range(count):
            M[t, c], M[row, c] = M[row, c], M[t, c]
            H[t, c], H[row, c] = H[row, c], H[t, c]
        for r in range(rank):
            M[r, t], M[r, column] = M[r, column], M[r, t]
            H[r, t], H[r, column] = H[r, column], H[r, t]
        order[t], order[column] = order[column], order[t]
        shift, ilow, ihigh = _odd_inverse(dlow, dhigh)
        lost = max(lost, shift)
        plow, phigh = M[t, t], H[t, t]
        for r in range(rank):
            if r == t:
                continue
            alow, ahigh = M[r, t], H[r, t]
            for c in range(t + 1, count):
                M[r, c], H[r, c] = _step(
                    M[r, c],
                    H[r, c],
                    plow,
                    phigh,
                    alow,
                    ahigh,
                    M[t, c],
                    H[t, c],
                    ilow,
                    ihigh,
                    shift,
                )
            M[r, t], H[r, t] = 0, 0
        dlow, dhigh = plow, phigh
    return lost, True, dlow, dhigh


@outer(
    "vertices of two-player games",
    TRUTH(SIZES, _typed(types.uint8)[:, ::1], INT, INT, SIZES, SIZES, MASKS, COUNTS),
)
def solve_bases(P, CODE, first, second, LOW, HIGH, TIGHT, status):  # type: ignore[no-untyped-def]
    """The vertices where given labels are tight, exactly.

    In lowest terms if 63 bits hold them.

    ``P``: payoffs (other, own); ``CODE`` (vertices, labels): 1 for labels that make a
    basis, as many as own actions, 2 for others that shall be tight, plus 4 for those that
    shall not. Writes numerators over a common denominator (low and high words), which
    labels are tight, and a status: 0 a vertex; 1 does not fit; 2 a point outside the
    polyhedron, or not as it shall be; 3 no single point. Returns whether all are vertices
    whose numerators fit the low words. ``first``, ``second``: where the labels of own and
    of the other's actions begin. What is written: ``LOW``, ``HIGH``, the words of the
    numerators, ``TIGHT`` and ``status``.
    """
    other, own = P.shape
    plain = True
    order = np.empty(own, np.int64)
    used, replies = np.empty(own, np.int64), np.empty(other, np.int64)
    M = np.empty((own, own + 1), np.int64)
    H = np.empty((own, own + 1), np.int64)
    most = 0.0
    for j in range(other):
        for i in range(own):
            most = max(most, abs(float(P[j, i])))
    for at in range(CODE.shape[0]):
        k, tied = 0, 0
        for i in range(own):
            LOW[at, i] = 0
            HIGH[at, i] = 0
            if CODE[at, first + i] & 3 != 1:
                used[k] = i
                k += 1
        for j in range(other):
            if CODE[at, second + j] & 3 == 1:
                replies[tied] = j
                tied += 1
        if k == 0 or k != tied:
            status[at], plain = 3, False
            continue
        size = 0.0
        for r in range(k - 1):
            norm = 0.0
            for c in range(k):
                M[r, c] = P[replies[r + 1], used[c]] - P[replies[0], used[c]]
                H[r, c] = -1 if M[r, c] < 0 else 0
                norm += float(M[r, c]) ** 2
            size += 0.5 * np.log2(max(norm, 1.0))
        lost, good, dlow, dhigh = _kernel(M, H, order, k - 1, k)
        if size + lost + np.log2(2 * own * (most + 1)) > 124:
            status[at], plain = 1, False
            continue
        if not good:
            status[at], plain = 3, False
            continue
        positive = dhigh >= 0
        bad = False
        for c in range(k):
            low, high = (dlow, dhigh) if c == k - 1 else (M[c, k - 1], H[c, k - 1])
            if (c < k - 1) == positive:
                low, high = _step(0, 0, 0, 0, 1, 0, low, high, 1, 0, 0)
            LOW[at, used[order[c]]] = low
            HIGH[at, used[order[c]]] = high
            bad = bad or high < 0
        for i in range(own):
            TIGHT[at, first + i] = LOW[at, i] == 0 and HIGH[at, i] == 0
        for j in range(other):
            low, high = np.int64(0), np.int64(0)
            for c in range(k):
                i = used[c]
                gap = P[replies[0], i] - P[j, i]
                # low -= -(gap) x, in 128 bits
                low, high = _step(
                    low,
                    high,
                    1,
                    0,
                    -gap,
                    -1 if gap > 0 else 0,
                    LOW[at, i],
                    HIGH[at, i],
                    1,
                    0,
                    0,
                )
            TIGHT[at, second + j] = low == 0 and high == 0
            bad = bad or high < 0
        for label in range(own + other):
            code = CODE[at, label]
            bad = (
                bad
                or (code & 3 != 0 and not TIGHT[at, label])
                or (code >= 4 and TIGHT[at, label])
            )
        status[at] = 2 if bad else 0
        common, short = np.int64(0), True
        for c in range(k):
            a, b = LOW[at, used[c]], common
            short = short and HIGH[at, used[c]] == 0 and a >= 0
            while short and b:
                a, b = b, a % b
            common = a
        if short and common > 1:
            for c in range(k):
                LOW[at, used[c]] //= common
        plain = plain and short and not bad
    return plain
