"""Terms: the parts of which payoffs are the sums.

Each is an amount, a condition and the claim that it stands for.
"""

from __future__ import annotations

from typing import Any

import attrs

from strategy.assumptions.conditions import Condition, always
from strategy.assumptions.parameters import Parameter, Parameters
from strategy.errors import ModelError, NumberError
from strategy.exact import exact
from strategy.names import name
from strategy.older_pickles import takes_older_pickles
from strategy.texts import shown

__all__ = ["Term", "read_expression", "read_when"]


_DEEPEST = 100  # levels of an expression: each takes several of Python's thousand calls


def read_expression(value: Any, what: str) -> Any:
    """A number as a Fraction, an expression with exact numbers in it.

    Every float is replaced by the shortest decimal.

    ``value``: what was given; ``what``: what it is, for errors.

    Raises NumberError on floats of more than 12 digits, on infinities and on anything that
    is not a number or real expression.
    """
    if isinstance(value, (Parameter, Parameters)):
        raise NumberError(
            f"{what} is a {type(value).__name__}: write its symbol, p.x, and not p['x']"
        )
    if not hasattr(type(value), "free_symbols"):
        return exact(value, what)
    import sympy

    _require_shallow(value, what)
    if not isinstance(value, sympy.Expr):
        raise NumberError(
            f"{what} {value} is a {type(value).__name__}: give a number or an expression "
            "in the parameters"
        )
    for one in value.atoms(sympy.Rational):
        exact(one, f"a number in {what}")  # too long a one cannot be written
    floats = value.atoms(sympy.Float)
    if floats:
        value = value.xreplace(
            {
                one: sympy.Rational(*exact(one, f"{what} {value}:").as_integer_ratio())
                for one in floats
            }
        )
    if value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo, sympy.I):
        raise NumberError(
            f"{what} {value} is not a finite real number: give an expression that is one "
            "over the whole range"
        )
    if value.is_number:
        value = sympy.simplify(value) if not value.is_Rational else value
        return exact(value, what)
    return value


def _require_shallow(value: Any, what: str) -> None:
    """Raise NumberError on an expression nested deeper than can be written out."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise NumberError(
                f"{what} is an expression nested more than {_DEEPEST} levels deep: write "
                "it as a sum of terms, or make a part of it a parameter"
            )
        level = list(
            {id(part): part for one in level for part in getattr(one, "args", ())}.values()
        )


def read_when(when: object) -> Condition:
    """The condition given, ``when``, or ``always`` for None."""
    if when is None:
        return always
    if not isinstance(when, Condition):
        raise ModelError(
            f"when={shown(when)} is not a condition: write it with where, such as "
            "where(Armenia='open') & ~where(Russia='obstruct')"
        )
    return when


def _player(value: object) -> str:
    return name(value, "player")


def _amount(value: Any) -> Any:
    return read_expression(value, "amount")


def _claim(value: object) -> str | None:
    return None if value is None else name(value, "claim id")


def _label(value: object) -> str:
    return "" if value == "" else name(value, "term name")


@takes_older_pickles
@attrs.frozen
class Term:
    """One part of a player's payoff.

    ``Term("Russia", -p.leverage, when=runs, claim="C4", name="leverage lost")``.

    The amount is a number or a SymPy expression in the parameters; it counts on every play
    on which ``when`` holds (all plays if left out). A term that is ``shared`` between
    models may have a condition that never holds in one of them. Without a name it is called
    by its player, amount and condition.
    """

    player: str = attrs.field(converter=_player)
    amount: Any = attrs.field(converter=_amount)
    when: Condition = attrs.field(default=None, converter=read_when)
    claim: str | None = attrs.field(default=None, converter=_claim)
    name: str = attrs.field(default="", converter=_label)
    shared: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.shared, bool):
            raise ModelError(
                f"shared={self.shared!r}: give True for a term that several models use, "
                "else leave it out"
            )
        if not self.name:
            condition = "" if self.when == always else f" if {self.when.words()}"
            object.__setattr__(self, "name", f"{self.player}: {self.amount}{condition}")
