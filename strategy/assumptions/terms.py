"""Terms: the parts of which payoffs are the sums, each an amount, a condition and the claim that it stands for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.assumptions.conditions import Condition, always
from strategy.errors import ModelError, NumberError
from strategy.exact import exact
from strategy.names import name

if TYPE_CHECKING:
    import sympy

__all__ = ["Amount", "Term", "read_expression", "read_when"]

Amount = "Fraction | sympy.Expr"


def read_expression(value: Any, what: str) -> Any:
    """A number as a Fraction, an expression with every float in it replaced by the shortest decimal.

    Raises NumberError on floats of more than 12 digits, on infinities and on anything that is no number or real expression.
    """
    if not hasattr(value, "free_symbols"):
        return exact(value, what)
    import sympy

    if not isinstance(value, sympy.Expr):
        raise NumberError(f"{what} {value} is a {type(value).__name__}: give a number or an expression in the parameters")
    floats = value.atoms(sympy.Float)
    if floats:
        value = value.xreplace({one: sympy.Rational(*exact(one, f"{what} {value}:").as_integer_ratio()) for one in floats})
    if value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo, sympy.I):
        raise NumberError(f"{what} {value} is not a finite real number: give an expression that is one over the whole range")
    if value.is_number:
        value = sympy.simplify(value) if not value.is_Rational else value
        return exact(value, what)
    return value


def read_when(when: object) -> Condition:
    """The condition given, or ``always`` for None."""
    if when is None:
        return always
    if not isinstance(when, Condition):
        raise ModelError(
            f"when={when!r} is not a condition: write it with where, such as where(Armenia='open') & ~where(Russia='obstruct')"
        )
    return when


@attrs.frozen
class Term:
    """One part of a player's payoff: ``Term("Russia", -p.leverage, when=runs, claim="C4", name="leverage lost")``.

    The amount is a number or a SymPy expression in the parameters; it counts on every play on which ``when`` holds (all plays
    if left out). A term that is ``shared`` between models may have a condition that never holds in one of them.
    """

    player: str = attrs.field(converter=lambda value: name(value, "player"))
    amount: Any = attrs.field(converter=lambda value: read_expression(value, "amount"))
    when: Condition = attrs.field(default=None, converter=read_when)
    claim: str | None = attrs.field(default=None, converter=lambda value: None if value is None else name(value, "claim id"))
    name: str = attrs.field(default="", converter=lambda value: "" if value == "" else name(value, "term name"))
    shared: bool = attrs.field(default=False, kw_only=True, validator=attrs.validators.instance_of(bool))

    def __attrs_post_init__(self) -> None:
        if not self.name:
            condition = "" if self.when == always else f" if {self.when.words()}"
            object.__setattr__(self, "name", f"{self.player}: {self.amount}{condition}")
