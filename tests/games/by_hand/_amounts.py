"""Amounts as they are printed, such as ``-3*(1 - russia_attention)``, read into exact
numbers: no code of the toolkit, and nothing is evaluated as Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Line:
    """``start + slope * x``, where x is the one parameter that moves."""

    start: Fraction
    slope: Fraction = Fraction(0)

    def __add__(self, other: Line) -> Line:
        return Line(self.start + other.start, self.slope + other.slope)

    def __neg__(self) -> Line:
        return Line(-self.start, -self.slope)

    def __sub__(self, other: Line) -> Line:
        return self + -other

    def __mul__(self, other: Line) -> Line:
        if self.slope and other.slope:
            raise ValueError("an amount is no straight line in the parameter that moves")
        return Line(
            self.start * other.start, self.start * other.slope + self.slope * other.start
        )

    def __truediv__(self, other: Line) -> Line:
        if other.slope:
            raise ValueError("an amount is divided by the parameter that moves")
        return self * Line(1 / other.start)

    def at(self, x: Fraction) -> Fraction:
        return self.start + self.slope * x


Amount = Callable[[Mapping[str, Line]], Line]
"""What an amount comes to, given each parameter by the name that is printed."""


def read(text: str, names: Iterable[str]) -> Amount:
    """An amount in the given names of parameters: sums, products, quotients and whole
    powers."""
    longest_first = sorted(names, key=len, reverse=True)
    word = "|".join(map(re.escape, longest_first))
    piece = re.compile(
        rf"\s*(?:(?P<name>{word})|(?P<number>\d+(?:\.\d+)?)|(?P<sign>\*\*|\S))"
    )
    parts, place = [], 0
    text = text.strip()
    while place < len(text):
        found = piece.match(text, place)
        assert found is not None
        parts.append((str(found.lastgroup), found.group(str(found.lastgroup))))
        place = found.end()
    return _Reading(text, parts).whole()


_SAME = {"×": "*", "·": "*", "−": "-", "^": "**"}


class _Reading:
    """An amount, piece by piece from the left."""

    def __init__(self, text: str, parts: list[tuple[str, str]]) -> None:
        self.text, self.parts, self.place = text, parts, 0

    def whole(self) -> Amount:
        found = self.sum()
        if self.place < len(self.parts):
            raise ValueError(
                f"{self.text!r}: {self.parts[self.place][1]!r} is not understood"
            )
        return found

    def sign(self, *wanted: str) -> str | None:
        """The sign that comes next, if it is one of these; it is then behind."""
        if self.place < len(self.parts):
            kind, here = self.parts[self.place]
            here = _SAME.get(here, here)
            if kind == "sign" and here in wanted:
                self.place += 1
                return here
        return None

    def sum(self) -> Amount:
        found = self.product()
        while sign := self.sign("+", "-"):
            found = _joined(sign, found, self.product())
        return found

    def product(self) -> Amount:
        if self.sign("-"):
            return _joined("-", _constant(Fraction(0)), self.product())
        found = self.power()
        while sign := self.sign("*", "/"):
            found = _joined(sign, found, self.power())
        return found

    def power(self) -> Amount:
        base = self.single()
        if not self.sign("**"):
            return base
        kind, exponent = self.next()
        if kind != "number" or not exponent.isdigit():
            raise ValueError(f"{self.text!r}: the power {exponent!r} is no whole number")
        found = _constant(Fraction(1))
        for _ in range(int(exponent)):
            found = _joined("*", found, base)
        return found

    def single(self) -> Amount:
        if self.sign("("):
            inside = self.sum()
            if not self.sign(")"):
                raise ValueError(f"{self.text!r}: a bracket is left open")
            return inside
        kind, here = self.next()
        if kind == "number":
            return _constant(Fraction(here))
        if kind == "name":
            return lambda values: values[here]
        raise ValueError(f"{self.text!r}: {here!r} is not understood")

    def next(self) -> tuple[str, str]:
        if self.place == len(self.parts):
            raise ValueError(f"{self.text!r} ends too early")
        self.place += 1
        return self.parts[self.place - 1]


def _constant(value: Fraction) -> Amount:
    return lambda values: Line(value)


def _joined(sign: str, left: Amount, right: Amount) -> Amount:
    def value(values: Mapping[str, Line]) -> Line:
        a, b = left(values), right(values)
        if sign == "+":
            return a + b
        if sign == "-":
            return a - b
        return a * b if sign == "*" else a / b

    return value
