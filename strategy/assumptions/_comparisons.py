"""Parameters have no values while a model is written.

What to write for ``max(p.x, 1)``, ``if p.x > 1`` and ``float(p.x)``.

SymPy takes both "is it true" and "does it equal a number" as questions about how an
expression is written: ``bool(p.x)`` is True, ``p.x == 1`` is False. Who writes a model asks
about values. So these are refused where the line that asks is neither SymPy's nor the
toolkit's own, and the expression has a parameter in it. Comparing with 0 stays what it is:
so one asks if anything is there.
"""

from __future__ import annotations

import functools
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from strategy.errors import ModelError

__all__ = ["UndecidedError", "explain_comparisons"]


class UndecidedError(ModelError, TypeError):
    """A value or a truth that parameters do not have yet was asked for.

    Also the TypeError that SymPy raises there.
    """


@attrs.frozen
class _Said:
    """The message, made only if it is read: SymPy asks for truths and values in passing."""

    asked: str
    expression: Any

    def __str__(self) -> str:
        return (
            f"{self.asked.format(self.expression)} is not known while a model is written, "
            "as parameters have no values yet: in a term, use sympy.Max, sympy.Min, "
            "sympy.Abs or sympy.sqrt; instead of an if, write two terms, each with its "
            "own condition"
        )


@functools.cache
def explain_comparisons() -> None:
    """Let SymPy's expressions say what to write instead of a comparison.

    Where a truth or a number is asked of them and they have none.

    SymPy itself raises a TypeError that knows of no remedy, in the user's own line, before
    anything of the toolkit is called.
    """
    from sympy import Add, Expr, Mul, Pow, Symbol
    from sympy.core.relational import Relational

    _explain(Relational, "__bool__", "whether {} holds")
    for method in ("__int__", "__float__", "__round__", "__trunc__"):
        _explain(Expr, method, "the value of {}")
    for kind in (Add, Mul, Pow, Symbol):
        kind.__bool__ = _truth
    _refuse_numbers(Expr, "__eq__", "whether {} equals {}")
    _refuse_numbers(Expr, "__ne__", "whether {} differs from {}")
    for method in ("__add__", "__radd__", "__mul__", "__rmul__"):
        setattr(Relational, method, _counted)


PARAMETERS: set[Any] = set()
"""The symbols that stand for parameters of some model."""

_NUMBERS = (int, float, Fraction, Decimal)
_OWN = ("sympy", "mpmath", "strategy")


def _truth(expression: Any) -> bool:
    if _asked_by_a_user(expression, sys._getframe(1)):
        raise UndecidedError(_Said("whether {} is true", expression))
    return True


def _counted(relation: Any, other: Any) -> Any:
    raise UndecidedError(_Said("whether {} holds, to count as 1 or 0,", relation))


def _refuse_numbers(kind: Any, method: str, asked: str) -> None:
    original = getattr(kind, method)

    @functools.wraps(original)
    def compared(expression: Any, other: Any) -> Any:
        if (
            type(other) in _NUMBERS
            and other
            and _asked_by_a_user(expression, sys._getframe(1))
        ):
            raise UndecidedError(_Said(asked.format("{}", other), expression))
        return original(expression, other)

    setattr(kind, method, compared)


def _asked_by_a_user(expression: Any, frame: Any) -> bool:
    """Whether neither SymPy nor the toolkit asks, but a user.

    (The toolkit but for models that it loads.) What is asked about has parameters in it.
    """
    # code that SymPy and attrs make has no module
    module = frame.f_globals.get("__name__") or _OWN[0]
    own = module.partition(".")[0] in _OWN and not module.startswith("strategy.loading.")
    return not own and not PARAMETERS.isdisjoint(expression.free_symbols)


def _explain(kind: Any, method: str, asked: str) -> None:
    original = getattr(kind, method)

    @functools.wraps(original)
    def said(expression: Any, *given: Any) -> Any:
        try:
            return original(expression, *given)
        except TypeError as error:
            if isinstance(error, UndecidedError) or not getattr(
                expression, "free_symbols", None
            ):
                raise
            raise UndecidedError(_Said(asked, expression)) from None

    setattr(kind, method, said)
