"""How verdicts look, in every figure, page, notebook and terminal.

They are told apart by colour-blind readers, and in grey print.
"""

from __future__ import annotations

import attrs

__all__ = ["LOOKS", "Look", "look"]


@attrs.frozen
class Look:
    """How a verdict looks.

    ``fill``: its colour; ``hatch``: in matplotlib's notation; ``line``: the colour of the
    hatch; in text a ``sign``, and one in ASCII, ``ascii``.
    """

    fill: str
    hatch: str
    line: str
    sign: str
    ascii: str


# Blue against orange is the pair that all kinds of colour blindness leave apart; in grey
# their lightness differs (53 and 79 of 100, SOME has 94 and a hatch).
LOOKS = {
    "EVERY": Look("#2f86c0", "", "#0b4f7a", "█", "#"),
    "SOME": Look("#fbf0c9", "///", "#9a7400", "▒", "+"),
    "NO": Look("#f0b78f", "", "#8a4510", "·", "."),
    "NONE_EXISTS": Look("#ffffff", "xx", "#777777", "×", "x"),
    "UNKNOWN": Look("#e6e6e6", "..", "#666666", "?", "?"),
}


def look(verdict: object) -> Look:
    """The look of a verdict; an unheard-of one looks like UNKNOWN."""
    return LOOKS.get(getattr(verdict, "name", str(verdict)), LOOKS["UNKNOWN"])
