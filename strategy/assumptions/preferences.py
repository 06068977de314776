"""Statements of an analyst about a model.

What a player prefers to what, and which parameter is greater than which.

They are data: ``strategy.checking.consistent`` says whether they can all hold,
``strategy.sensitivity.question`` what to ask next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.conditions import Condition, always, where
from strategy.assumptions.formulas import labelled
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.assumptions.terms import read_expression
from strategy.display import number
from strategy.errors import ModelError
from strategy.names import name, ordered

__all__ = ["Comparison", "LinearSum", "Preference", "Statement"]

_RELATIONS = (">", ">=", "=", "<", "<=")
_SIGNS = {">=": "≥", "<=": "≤"}


@attrs.frozen
class LinearSum:
    """Multiples of parameters, and a number: "2 leverage + 1"."""

    terms: tuple[tuple[str, Fraction], ...]
    constant: Fraction

    def __str__(self) -> str:
        parts = [
            (value, label if abs(value) == 1 else f"{number(abs(value))} {label}")
            for label, value in self.terms
        ]
        if self.constant or not parts:
            parts.append((self.constant, number(abs(self.constant))))
        (first, text), *rest = parts
        return (
            ("-" if first < 0 else "")
            + text
            + "".join([f" {'-' if value < 0 else '+'} {said}" for value, said in rest])
        )


def _linear(given: Any) -> LinearSum:
    """A number, a parameter's name or symbol, or an expression linear in parameters."""
    if isinstance(given, LinearSum):
        return given
    if isinstance(given, str) and parameter_name(given).isidentifier():
        return LinearSum(((parameter_name(given), Fraction(1)),), Fraction(0))
    value = read_expression(given, "side of a comparison")
    if isinstance(value, Fraction):
        return LinearSum((), value)
    import sympy

    symbols = sorted(value.free_symbols, key=str)
    poly = sympy.Poly(value, *symbols) if value.is_polynomial(*symbols) else None
    if (
        poly is None
        or poly.total_degree() > 1
        or not all(one.is_Rational for one in poly.coeffs())
    ):
        raise ModelError(
            f"side of a comparison {value}: expected multiples of parameters added up, "
            "such as 2*p.leverage + 1; make a nonlinear part a parameter of its own"
        )
    constant = Fraction(str(poly.coeff_monomial(1)))
    terms = [(str(one), Fraction(str(poly.coeff_monomial(one)))) for one in symbols]
    return LinearSum(tuple([(label, one) for label, one in terms if one]), constant)


def _relation(given: Any) -> str:
    read = {"≥": ">=", "≤": "<=", "==": "="}.get(given, given)
    if read not in _RELATIONS:
        raise ModelError(
            f"relation {given!r} of a comparison: expected one of {', '.join(_RELATIONS)}"
        )
    return str(read)


@attrs.frozen
class Comparison:
    """What is greater than what, among parameters and numbers.

    ``Comparison("leverage", ">", "transit_income")``, ``Comparison(p.x, ">=", 2 * p.y +
    1)``: each side, ``left`` and ``right``, is a number, a parameter's name, or multiples
    of parameters added up; ``relation`` is >, >=, <, <= or =. Raises ModelError on anything
    else.
    """

    left: LinearSum = attrs.field(converter=_linear)
    relation: str = attrs.field(converter=_relation)
    right: LinearSum = attrs.field(converter=_linear)

    def words(self, label: Callable[[str], str] = str) -> str:
        """As people read it: "leverage > 2 transit_income + 1".

        ``label``: what to call a parameter, such as ``model.label``.
        """
        return labelled(
            f"{self.left} {_SIGNS.get(self.relation, self.relation)} {self.right}", label
        )

    def __str__(self) -> str:
        return self.words()


Item = Condition | Outcome


def _item(given: Any) -> Item:
    if isinstance(given, (Condition, Outcome)):
        return given
    if not isinstance(given, Mapping):
        raise ModelError(
            f"item {given!r} of a preference: give what is done, such as {{'Armenia': "
            f"'open', 'Russia': 'acquiesce'}}, a condition made by where(...), or an "
            "outcome of the model"
        )
    found = always
    for who, what in given.items():
        if isinstance(what, Mapping):
            for place, action in what.items():
                found = found & where({who: action}, at=place)
        else:
            found = found & where({who: what})
    return found


def _items(given: Any) -> tuple[Item, ...]:
    if isinstance(given, (str, Mapping, Condition)) or not isinstance(given, Iterable):
        raise ModelError(
            f"items {given!r} of a preference: give a sequence of at least two, the best "
            "first"
        )
    read = tuple(
        [_item(one) for one in ordered(given, "items of a preference", ModelError)]
    )
    if len(read) < 2:
        raise ModelError(
            f"a preference of {len(read)} item{'s' * (len(read) != 1)}: give at least "
            "two, the best first"
        )
    return read


def _player(given: object) -> str:
    return name(given, "player")


@attrs.frozen
class Preference:
    """An order of a player over what may happen.

    ``Preference("Armenia", [{"Armenia": "open", "Russia": "acquiesce"},
    where(Armenia="refuse")])``: ``items`` stand from best to worst. An item is every play
    on which its condition holds, so what it does not name is left open: **each** play of an
    item pays the player more than **each** play of the next (at least as much if not
    ``strict``). With ``others_fixed`` only plays are compared in which all other players do
    the same, for tables: "open rather than refuse, whatever the others do".
    """

    player: str = attrs.field(converter=_player)
    items: tuple[Item, ...] = attrs.field(converter=_items)
    strict: bool = attrs.field(default=True, kw_only=True)
    others_fixed: bool = attrs.field(default=False, kw_only=True)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The condition of each item, best first."""
        return tuple([one.when if isinstance(one, Outcome) else one for one in self.items])

    def words(self, label: Callable[[str], str] = str) -> str:
        """The preference as people read it, without parameters.

        "Armenia prefers (Armenia: open and Russia: acquiesce) to (Armenia: refuse)".
        ``label`` is there for what names parameters, and not used.
        """
        said = [
            f"({one.name if isinstance(one, Outcome) else one.words()})"
            for one in self.items
        ]
        fixed = ", the others doing the same" if self.others_fixed else ""
        if self.strict:
            return f"{self.player} prefers {' to '.join(said)}{fixed}"
        return f"{self.player} likes {' at least as much as '.join(said)}{fixed}"

    def __str__(self) -> str:
        return self.words()


Statement = Preference | Comparison
