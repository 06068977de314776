"""Colours of figures, told apart by colour-blind readers and in grey print; those of verdicts are in ``strategy.display``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from matplotlib.patches import Patch

from strategy.display import LOOKS, Look, look

__all__ = ["BASELINE", "GAIN", "INK", "LOOKS", "LOSS", "MUTED", "PLAYERS", "TOTAL", "Look", "look", "swatches"]

INK = "#1c1c1c"
MUTED = "#8a8a8a"
# Amounts: teal against sand, which colour-blind readers tell apart, and grey print too (lightness 51 and 78 of 100).
GAIN, LOSS, TOTAL = "#1f8a7d", "#e3bd76", "#55585c"
PLAYERS = ("#0b5c8f", "#a8480a")  # who chooses rows and who chooses columns; dark enough to be read as text
BASELINE: dict[str, Any] = {"marker": "*", "markersize": 12, "linestyle": "none", "color": "white", "markeredgecolor": INK}


def swatches(verdicts: Collection[Any], before: str = "") -> list[Patch]:
    """Entries of a legend, in the order of the verdicts' enumeration; ``before`` stands before the words of each."""
    kinds = type(next(iter(verdicts))) if verdicts else ()
    return [
        Patch(facecolor=style.fill, edgecolor=style.line, hatch=style.hatch, linewidth=0.5, label=before + verdict.value)
        for verdict, style in ((verdict, look(verdict)) for verdict in kinds if verdict in verdicts)
    ]
