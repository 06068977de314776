"""How verdicts look, in every figure and in the report: colours that colour-blind readers tell apart, hatches that grey print keeps."""

from __future__ import annotations

import attrs

__all__ = ["INK", "LOOKS", "MUTED", "Look", "look"]

INK = "#1c1c1c"
MUTED = "#8a8a8a"


@attrs.frozen
class Look:
    """The fill of a verdict, its hatch (matplotlib's notation) and the colour of the hatch."""

    fill: str
    hatch: str
    line: str


# Blue and orange of Okabe and Ito's palette, lightened for text on top; their greys differ as well (light, middle, dark).
LOOKS = {
    "EVERY": Look("#56b4e9", "", "#0b4f7a"),
    "SOME": Look("#f7e3a1", "///", "#9a7400"),
    "NO": Look("#d98a5b", "", "#6e3208"),
    "NONE_EXISTS": Look("#ffffff", "xx", "#777777"),
    "UNKNOWN": Look("#e6e6e6", "..", "#666666"),
}


def look(verdict: object) -> Look:
    """The look of a verdict; an unheard-of one looks like UNKNOWN."""
    return LOOKS.get(getattr(verdict, "name", str(verdict)), LOOKS["UNKNOWN"])
