"""Text in figures: names are shown as they are, and measured before they are placed."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

__all__ = ["em_width", "plain", "shortened"]

_SIZE = 100


@lru_cache(maxsize=4096)
def em_width(text: str, bold: bool = False) -> float:
    """The width of a line of text in units of its font size."""
    font = FontProperties(weight="bold" if bold else "normal", size=_SIZE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign that the font lacks is as wide as the box that is drawn for it
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / _SIZE


def plain(text: Any) -> Any:
    """A matplotlib Text that shows dollar signs as they are instead of reading mathematics."""
    text.set_parse_math(False)
    return text


def shortened(text: str, most: int) -> str:
    """A text of at most ``most`` characters, cut with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
