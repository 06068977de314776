"""Parameters have no values while a model is written: what to write for ``max(p.x, 1)``, ``if p.x > 1`` and ``float(p.x)``."""

from __future__ import annotations

import functools
from typing import Any

import attrs

from strategy.errors import ModelError

__all__ = ["UndecidedError", "explain_comparisons"]


class UndecidedError(ModelError, TypeError):
    """A value or a truth that parameters do not have yet was asked for; also the TypeError that SymPy raises there."""


@attrs.frozen
class _Said:
    """The message, made only if it is read: SymPy asks for truths and values in passing."""

    asked: str
    expression: Any

    def __str__(self) -> str:
        return (
            f"{self.asked.format(self.expression)} is not known while a model is written, as parameters have no values yet: in a "
            "term write sympy.Max, sympy.Min, sympy.Abs or sympy.sqrt for what has such a name; for an if, two terms, each with "
            "its condition"
        )


@functools.cache
def explain_comparisons() -> None:
    """Let SymPy's expressions say what to write instead, where a truth or a number is asked of them and they have none.

    SymPy itself raises a TypeError that knows of no remedy, in the user's own line, before anything of the toolkit is called.
    """
    from sympy import Expr
    from sympy.core.relational import Relational

    _explain(Relational, "__bool__", "whether {} holds")
    for method in ("__int__", "__float__", "__round__"):
        _explain(Expr, method, "the value of {}")


def _explain(kind: Any, method: str, asked: str) -> None:
    original = getattr(kind, method)

    @functools.wraps(original)
    def said(expression: Any, *given: Any) -> Any:
        try:
            return original(expression, *given)
        except TypeError as error:
            if isinstance(error, UndecidedError) or not getattr(expression, "free_symbols", None):
                raise
            raise UndecidedError(_Said(asked, expression)) from None

    setattr(kind, method, said)
