"""Reading numbers exactly. There is no tolerance here or anywhere else.

A float stands for the shortest decimal that prints as it, in its own type: ``0.35`` is 7/20
and ``numpy.float32(0.35)`` is 7/20 too. Shortest decimals keep the order of the floats they
stand for (each lies inside its float's rounding interval), so comparing the entries of one
float array is exact already.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from strategy.deadline import check, watched
from strategy.errors import NumberError
from strategy.names import require_order
from strategy.texts import shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "exact",
    "exact_array",
    "integers",
    "is_ball",
    "negative",
    "payoff_array",
    "require_plain",
    "scaled",
    "span_of",
    "weighted_sum",
    "whole",
]

_NUMBER = re.compile(
    r"[+-]?(\d[\d_]*/[1-9][\d_]*|(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)([eE][+-]?\d+)?)\Z"
)
_LARGEST_EXPONENT = 4000
# of a numerator or denominator: as many digits as the largest exponent gives, of more than
# Python writes
_MOST_BITS = 13_300
_REMEDY = "give a finite int, str ('2/3', '0.3'), Fraction, Decimal or float"


def exact(value: Any, what: str = "number") -> Fraction:
    """Read one number exactly.

    Parameters: an int, a string ("2/3", "0.3", "1e-6"), Fraction, Decimal, float, NumPy
    scalar, SymPy Rational or python-flint fmpz/fmpq; ``what`` names it in errors. Raises
    NumberError on anything else, NaN and infinities.

    >>> exact(0.35), exact("2/3")
    (Fraction(7, 20), Fraction(2, 3))

    ``value``: the number as given.
    """
    read = _read(value, what)
    if (
        read.numerator.bit_length() > _MOST_BITS
        or read.denominator.bit_length() > _MOST_BITS
    ):
        digits = max(read.numerator.bit_length(), read.denominator.bit_length()) * 3 // 10
        raise NumberError(
            f"{what} has about {digits:,} digits, and at most {_LARGEST_EXPONENT:,} are "
            "allowed: choose other units, or round"
        )
    return read


def _read(value: Any, what: str) -> Fraction:
    kind = type(value)
    if kind is int:
        return Fraction(value)
    if kind is Fraction:
        return value  # type: ignore[no-any-return]
    if kind is float:
        if not math.isfinite(value):
            raise NumberError(f"{what} {value!r} is not finite: {_REMEDY}")
        return Fraction(repr(value))
    if kind is str:
        return _from_text(value, what)
    if kind is bool:
        raise NumberError(f"{what} {value!r} is a truth value: {_REMEDY}")
    return _from_other(value, what)


def require_plain(values: Any, what: str) -> None:
    """Raise NumberError on what holds more than numbers in their places.

    Reading the numbers alone would drop it.

    Such are masked entries, labels of rows and columns (tables of pandas, xarray or
    polars), units, and sets, which have no order. Sequences of any kind (a list, a deque, a
    named tuple) and arrays of objects are looked into. ``values``: what was given.
    """
    kind = type(values)
    if kind in _PLAIN:
        return
    if kind not in (list, tuple):
        _require_plain_whole(values, kind, what)
    if isinstance(values, Sequence) and not isinstance(
        values, (str, bytes, bytearray, memoryview, range)
    ):
        try:
            for one in values:
                if type(one) not in _PLAIN:
                    require_plain(one, what)
        except RecursionError:
            raise NumberError(
                f"{what} is a {kind.__name__} nested too deeply: {_REMEDY}"
            ) from None


def _require_plain_whole(values: Any, kind: type, what: str) -> None:
    """What ``require_plain`` asks of anything but a list or a tuple."""
    import numpy as np

    require_order(values, what, NumberError)
    if _labelled(values):
        raise NumberError(
            f"{what} is a {kind.__name__}, whose labels are not read: put rows and "
            "columns into the order of the actions, then give the numbers, .to_numpy(), "
            "and the names as players= and actions="
        )
    if kind.__module__.partition(".")[0] not in _WITHOUT_UNITS and any(
        hasattr(values, one) for one in ("unit", "units")
    ):
        raise NumberError(
            f"{what} {str(values)[:60]!r} has a unit: give the number alone, in the unit "
            "of the others"
        )
    array = np.asanyarray(values) if hasattr(kind, "__array__") else None
    if isinstance(array, np.ma.MaskedArray) and np.ma.getmaskarray(array).any():
        masked = int(np.ma.getmaskarray(array).sum())
        raise NumberError(
            f"{what} has {masked} masked of {array.size} entries: fill them in, "
            ".filled(...), or leave them out"
        )
    if isinstance(values, np.ndarray) and values.dtype == object:
        require_plain(np.asarray(values).reshape(-1).tolist(), what)


_PLAIN = (int, float, str, Fraction, Decimal)
_WITHOUT_UNITS = ("builtins", "numpy", "sympy", "flint", "pandas", "strategy")


def _labelled(values: Any) -> bool:
    """Whether rows or columns have labels.

    Pandas has an index or columns, polars columns, xarray dimensions.
    """
    index = getattr(values, "index", None)  # that of a list is a method
    return (
        (index is not None and not callable(index))
        or hasattr(values, "columns")
        or bool(getattr(values, "dims", ()))
    )


def whole(value: Any, what: str, least: int, most: int | None = None) -> int:
    """A whole number within limits, as Python's own.

    ``value``: what was given; ``what``: what it is, for errors; ``least``, ``most``: the
    limits, None for no upper one.

    Raises NumberError on any other, on truth values and on all else.
    """
    try:
        number = None if isinstance(value, bool) else int(value.__index__())
    except (AttributeError, TypeError):
        number = None
    if number is None or number < least or (most is not None and number > most):
        kinds = {0: "a non-negative integer", 1: "a positive integer"}
        expected = (
            kinds.get(least, f"an integer, at least {least}")
            if most is None
            else f"an integer from {least} to {most:,}"
        )
        raise NumberError(f"{what}={shown(value)}: expected {expected}")
    if number.bit_length() > _MOST_BITS:
        raise NumberError(
            f"{what}={shown(number)} has more than {_LARGEST_EXPONENT:,} digits: give a "
            "smaller one"
        )
    return number


def is_ball(value: object) -> bool:
    """Whether a number is a ball (flint.arb).

    A midpoint and a radius around a value that need not be rational.
    """
    return type(value).__name__ == "arb"


def product(one: Any, other: Any) -> Any:
    """One number times the ``other``.

    A Fraction or whole number, or a ball where one of them is a ball.
    """
    if is_ball(one) == is_ball(other):
        return one * other
    ball, number = (one, other) if is_ball(one) else (other, one)
    return ball * number.numerator / number.denominator


def weighted_sum(pairs: Iterable[tuple[Any, Any]]) -> Any:
    """The sum of weight times value.

    A Fraction, or a ball where a weight or a value is one. ``pairs``: (weight, value), each
    a number or a ball.
    """
    rows = list(pairs)
    if not any(is_ball(one) for row in rows for one in row):
        return sum((weight * value for weight, value in rows), Fraction(0))
    from flint import arb, fmpq

    def ball(value: Any) -> Any:
        return (
            value
            if is_ball(value)
            else arb(fmpq(Fraction(value).numerator, Fraction(value).denominator))
        )

    return sum((ball(weight) * ball(value) for weight, value in rows), arb(0))


def span_of(values: Sequence[Any]) -> tuple[Any, Any] | None:
    """The least and the greatest, None of nothing.

    Balls that overlap are compared by their midpoints. ``values``: numbers or balls.
    """
    if not values:
        return None
    if any(is_ball(one) for one in values):
        return min(values, key=float), max(values, key=float)
    return min(values), max(values)


def _from_text(text: str, what: str) -> Fraction:
    stripped = text.strip()
    if not _NUMBER.match(stripped):
        raise NumberError(f"{what} {text[:60]!r} is not a number: {_REMEDY}")
    _, _, exponent = stripped.lower().partition("e")
    if exponent and (len(exponent) > 6 or abs(int(exponent)) > _LARGEST_EXPONENT):
        raise NumberError(
            f"{what} {text[:60]!r} has an exponent beyond {_LARGEST_EXPONENT}: choose "
            "units that keep payoffs near 1"
        )
    try:
        return Fraction(stripped)
    except ValueError:
        raise NumberError(
            f"{what} {text[:60]!r}... has too many digits: {_REMEDY}"
        ) from None


def _from_other(value: Any, what: str) -> Fraction:
    require_plain(value, what)
    if isinstance(value, Fraction):
        return Fraction(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise NumberError(f"{what} {value!r} is not finite: {_REMEDY}")
        return _from_text(str(value), what)
    if isinstance(value, int):
        return Fraction(int(value))
    if isinstance(value, float):
        return exact(float(value), what)
    if hasattr(value, "dtype") and getattr(value, "ndim", 1) == 0:
        return _from_numpy(value, what)
    if hasattr(value, "is_Rational"):
        return _from_sympy(value, what)
    if type(value).__module__.partition(".")[0] == "flint":
        if hasattr(value, "p") and hasattr(value, "q"):
            return Fraction(int(value.p), int(value.q))
        if type(value).__name__ == "fmpz":
            return Fraction(int(value))
    raise NumberError(f"{what} {shown(value)} is a {type(value).__name__}: {_REMEDY}")


def _from_numpy(value: Any, what: str) -> Fraction:
    import numpy as np

    if value.dtype.kind in "iu":
        return Fraction(int(value))
    if value.dtype.kind == "f":
        if not np.isfinite(value):
            raise NumberError(f"{what} {value!r} is not finite: {_REMEDY}")
        return _from_text(np.format_float_scientific(value, unique=True, trim="-"), what)
    if value.dtype.kind in "OU":
        return exact(value.item(), what)
    raise NumberError(f"{what} {value!r} has dtype {value.dtype}: {_REMEDY}")


def _from_sympy(value: Any, what: str) -> Fraction:
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    if getattr(value, "is_Float", False):
        text = repr(float(value))
        digits = len(text.partition("e")[0].replace(".", "").lstrip("-0"))
        if type(value)(text, precision=value._prec) != value:
            raise NumberError(
                f"{what} {value} is a SymPy Float too large for a float: write a "
                "Rational, or a string"
            )
        if digits > 12:
            raise NumberError(
                f"{what} {text} is a SymPy Float of {digits} digits, likely a rounded "
                "ratio: write Rational(1, 3) or '1/3'"
            )
        return exact(float(value), what)
    unknowns = sorted(map(str, value.free_symbols))
    remedy = (
        f"give values for {unknowns} or a Rational"
        if unknowns
        else "give a Rational, or a decimal near it"
    )
    raise NumberError(f"{what} {value} is not a rational number: {remedy}")


def exact_array(values: Any) -> NDArray[Any]:
    """The entries of an array of any kind as Fractions.

    An object array of the same shape. ``values``: the array, or lists of numbers.
    """
    import numpy as np

    require_plain(values, "array")
    source = np.asarray(values)
    result = np.empty(source.shape, dtype=object)
    flat = result.reshape(-1)
    if source.dtype.kind in "iu":
        flat[:] = [Fraction(int(one)) for one in source.reshape(-1)]
    else:
        flat[:] = [exact(one) for one in watched(source.reshape(-1))]
    return result


def payoff_array(values: Any, what: str) -> NDArray[Any]:
    """Read a table of payoffs into a fresh read-only array.

    Ints and floats in their own type, all else as Fraction.

    Lists never pass through float64: mixed entries become Fractions. Raises NumberError on
    an entry that is not a finite number. ``values``: the table, an array or lists;
    ``what``: what an entry is, for errors.
    """
    import numpy as np

    if type(values) is not np.ndarray or values.dtype == object:
        require_plain(values, what)
    if isinstance(values, np.ndarray):
        if values.nbytes > 2**17:
            _reuse_freed_memory()
        array = np.array(values)
    else:
        array = _listed(values, what)
    kind = array.dtype.kind
    if kind in "OUS":
        array = _narrowed(array, what)
    elif kind == "b":
        raise NumberError(f"{what} holds truth values: give numbers, such as .astype(int)")
    elif kind == "f":
        finite = np.isfinite(array)
        if not finite.all():
            where = tuple(int(i) for i in np.argwhere(~finite)[0])
            raise NumberError(f"{what} at {where} is {array[where]!r}: {_REMEDY}")
    elif kind not in "iu":
        raise NumberError(f"{what} has dtype {array.dtype}: {_REMEDY}")
    array.flags.writeable = False
    return array


def negative(values: NDArray[Any]) -> NDArray[Any]:
    """The same numbers with the other sign.

    Integers of which one has none in their type as Python's own. ``values``: an array of
    numbers.
    """
    import numpy as np

    if values.dtype.kind in "iu" and values.size:
        least, most = int(values.min()), int(values.max())
        values = values.astype(np.int64 if least > -(2**63) and most < 2**63 else object)
    return -values


def _listed(values: Any, what: str) -> NDArray[Any]:
    import numpy as np

    try:
        return np.array(values, dtype=object)
    except ValueError:
        raise NumberError(
            f"{what} is ragged (parts of different shapes): give one entry for each "
            "combination of actions"
        ) from None


@functools.cache
def _reuse_freed_memory() -> None:
    """Make the allocator keep tables of some MB that are freed, for the next one.

    The C library hands blocks from 128 KiB on back to the system and pays for every page
    again at the next allocation, until it has seen one larger block freed: copying five
    tables of 256 KiB takes 40 microseconds after that instead of 600.
    """
    import numpy as np

    np.empty(2**24, dtype=np.uint8)


def _narrowed(array: NDArray[Any], what: str) -> NDArray[Any]:
    """An object array in the plainest type that holds its entries exactly."""
    import numpy as np

    entries = array.reshape(-1)
    kinds = {type(one) for one in entries}
    if not array.ndim and not kinds & set(_PLAIN):
        raise NumberError(
            f"{what} is a {next(iter(kinds)).__name__}: give nested lists, or an array "
            "(.toarray() of a sparse one)"
        )
    if kinds & {list, tuple}:
        raise NumberError(
            f"{what} is ragged (rows of different lengths): give one entry for each "
            "combination of actions"
        )
    if kinds == {int} and all(-(2**63) <= one < 2**63 for one in entries):
        return array.astype(np.int64)
    if kinds == {float}:
        return payoff_array(array.astype(np.float64), what)
    read = np.empty(array.shape, dtype=object)
    flat = read.reshape(-1)
    for index, one in enumerate(watched(entries)):
        flat[index] = exact(
            one, f"{what} at {tuple(int(i) for i in np.unravel_index(index, array.shape))}:"
        )
    return read


def integers(values: NDArray[Any]) -> NDArray[Any]:
    """The same numbers times one positive factor, as integers.

    Order and signs of sums survive, fractions are gone.

    Integer arrays come back as they are; others as int64 if they fit, else as an object
    array of Python ints. ``values``: an array of numbers.
    """
    return scaled(values)[0]


def scaled(values: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """The same numbers times a whole factor, as integers, and the factor.

    Values = integers / factor, exactly. ``values``: an array of numbers.
    """
    import numpy as np

    if values.dtype.kind in "iu":
        return values, 1
    if values.dtype == np.float64:
        numbers, scale = _decimals(values.reshape(-1).tolist())
    else:
        flat = (exact_array(values) if values.dtype != object else values).reshape(-1)
        scale = math.lcm(*{one.denominator for one in flat}) if flat.size else 1
        numbers = [one.numerator * (scale // one.denominator) for one in watched(flat)]
    fits = all(-(2**63) <= one < 2**63 for one in numbers)
    result = np.empty(values.shape, dtype=np.int64 if fits else object)
    result.reshape(-1)[:] = numbers
    return result, scale


def _decimals(values: list[float]) -> tuple[list[int], int]:
    """Finite floats as the decimals that they print as.

    Whole numbers over one power of ten, in lowest terms.
    """
    parts = [repr(value).partition("e") for value in watched(values)]
    check()
    digits = [part[0].removesuffix(".0").partition(".") for part in parts]
    places = [
        len(after) - int(part[2] or 0)
        for (_, _, after), part in zip(digits, parts, strict=True)
    ]
    most = max(places, default=0)
    powers = {place: 10 ** (most - place) for place in set(places)}
    check()
    numbers = [
        int(before + after) * powers[place]
        for (before, _, after), place in zip(digits, places, strict=True)
    ]
    check()
    unit = 10**most if most > 0 else 1
    shared = math.gcd(unit, *numbers)
    if most < 0:
        numbers = [number * 10**-most for number in numbers]
    return [
        number // shared for number in numbers
    ] if shared > 1 else numbers, unit // shared


def comparable(values: NDArray[np.generic]) -> NDArray[Any]:
    """An array in the same order as the exact values, cheap to compare.

    Native numbers as they are, Fractions as integers.
    """
    return integers(values) if values.dtype == object else values
