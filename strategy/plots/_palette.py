"""How verdicts look, in every figure and in the report: told apart by colour-blind readers, and in grey print."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import attrs
from matplotlib.patches import Patch

__all__ = ["BASELINE", "GAIN", "INK", "LOOKS", "LOSS", "MUTED", "PLAYERS", "TOTAL", "Look", "look", "swatches"]

INK = "#1c1c1c"
MUTED = "#8a8a8a"
# Amounts: teal against sand, which colour-blind readers tell apart, and grey print too (lightness 51 and 78 of 100).
GAIN, LOSS, TOTAL = "#1f8a7d", "#e3bd76", "#55585c"
PLAYERS = ("#0b5c8f", "#a8480a")  # who chooses rows and who chooses columns; dark enough to be read as text
BASELINE: dict[str, Any] = {"marker": "*", "markersize": 12, "linestyle": "none", "color": "white", "markeredgecolor": INK}


@attrs.frozen
class Look:
    """The fill of a verdict, its hatch (matplotlib's notation) and the colour of the hatch."""

    fill: str
    hatch: str
    line: str


# Blue against orange is the pair that all kinds of colour blindness leave apart; in grey their lightness differs (53 and 79 of
# 100, SOME has 94 and a hatch).
LOOKS = {
    "EVERY": Look("#2f86c0", "", "#0b4f7a"),
    "SOME": Look("#fbf0c9", "///", "#9a7400"),
    "NO": Look("#f0b78f", "", "#8a4510"),
    "NONE_EXISTS": Look("#ffffff", "xx", "#777777"),
    "UNKNOWN": Look("#e6e6e6", "..", "#666666"),
}


def look(verdict: object) -> Look:
    """The look of a verdict; an unheard-of one looks like UNKNOWN."""
    return LOOKS.get(getattr(verdict, "name", str(verdict)), LOOKS["UNKNOWN"])


def swatches(verdicts: Collection[Any], before: str = "") -> list[Patch]:
    """Entries of a legend, in the order of the verdicts' enumeration; ``before`` stands before the words of each."""
    kinds = type(next(iter(verdicts))) if verdicts else ()
    return [
        Patch(facecolor=style.fill, edgecolor=style.line, hatch=style.hatch, linewidth=0.5, label=before + verdict.value)
        for verdict, style in ((verdict, look(verdict)) for verdict in kinds if verdict in verdicts)
    ]
