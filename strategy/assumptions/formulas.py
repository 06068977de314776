"""Formulas for people: what is written in names of parameters, with labels in their place."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["labelled"]

_NAME = r"[^\W\d]\w*"
_PIECE = re.compile(rf"(?P<name>{_NAME})|(?P<power>\*\*)|\*|(?<=\d) (?={_NAME})")


def labelled(formula: str, label: Callable[[str], str]) -> str:
    """A formula with what ``label`` says in place of each name.

    "6 − 6 × Russia's spare attention".

    The formula is as it stands where no name in it has a label.
    """
    if all(label(one) == one for one in re.findall(_NAME, formula)):
        return formula

    def shown(piece: re.Match[str]) -> str:
        return label(piece[0]) if piece["name"] else "^" if piece["power"] else " × "

    return _PIECE.sub(shown, formula)
