"""Colours of figures, told apart by colour-blind readers and in grey print.

Those of verdicts are in ``strategy.display``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from matplotlib.patches import Patch

from strategy.display import LOOKS, Look, look
from strategy.sensitivity.deciding.verdicts import verdict_words

__all__ = [
    "BASELINE",
    "GAIN",
    "INK",
    "LOOKS",
    "LOSS",
    "MUTED",
    "PLAYERS",
    "TOTAL",
    "Look",
    "dashes",
    "dot",
    "look",
    "swatches",
]

INK = "#1c1c1c"
MUTED = "#8a8a8a"
# Amounts: teal against sand, which colour-blind readers tell apart, and grey print too
# (lightness 51 and 78 of 100).
GAIN, LOSS, TOTAL = "#1f8a7d", "#e3bd76", "#55585c"
# who chooses rows and who chooses columns; dark enough to be read as text
PLAYERS = ("#0b5c8f", "#a8480a")
# Where a single point or line has a verdict of its own, its fill alone is too little to
# tell these two from SOME in grey print.
_DOTS = {"NONE_EXISTS": "X", "UNKNOWN": "s"}
_DASHES: dict[str, Any] = {"NONE_EXISTS": (0, (2.5, 1.5)), "UNKNOWN": (0, (0.6, 1.2))}
BASELINE: dict[str, Any] = {
    "marker": "*",
    "markersize": 12,
    "linestyle": "none",
    "color": "white",
    "markeredgecolor": INK,
}


def dot(verdict: Any) -> str:
    """The marker of a single point that has this verdict."""
    return _DOTS.get(verdict.name, "o")


def dashes(verdict: Any) -> Any:
    """The style of the light middle of a line that has this verdict."""
    return _DASHES.get(verdict.name, "solid")


def swatches(
    verdicts: Collection[Any], of: Any = None, before: str = "", beside: bool = False
) -> list[Patch]:
    """Entries of a legend, in the order of the verdicts' enumeration.

    ``before`` stands before the words of each.

    ``of``: a result with its ``model`` and ``concept``, which the words then fit and name,
    unless it stands ``beside`` them.
    """
    kinds = type(next(iter(verdicts))) if verdicts else ()

    def said(verdict: Any) -> str:
        return verdict.value if of is None else verdict_words(verdict, of, beside=beside)

    return [
        Patch(
            facecolor=style.fill,
            edgecolor=style.line,
            hatch=style.hatch,
            linewidth=0.5,
            label=before + said(verdict),
        )
        for verdict, style in (
            (verdict, look(verdict)) for verdict in kinds if verdict in verdicts
        )
    ]
