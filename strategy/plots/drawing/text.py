"""Text in figures: names are shown as they are, and measured before they are placed."""

from __future__ import annotations

import warnings
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from strategy.characters import escaped, one_line
from strategy.display import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "amount",
    "comes_about",
    "em_width",
    "gain",
    "plain",
    "points",
    "rounded",
    "settle",
    "shortened",
    "wrapped",
]

_SIZE = 100
_MINUS = "\N{MINUS SIGN}"


@lru_cache(maxsize=4096)
def em_width(text: str, bold: bool = False) -> float:
    """The width of the widest line of a text in units of its font size.

    ``bold``: whether it is.
    """
    font = FontProperties(weight="bold" if bold else "normal", size=_SIZE)
    with warnings.catch_warnings():
        # a sign that the font lacks is as wide as the box that is drawn for it
        warnings.simplefilter("ignore")
        widths = [
            text_to_path.get_text_width_height_descent(line, font, ismath=False)[0]
            for line in text.split("\n")
        ]
    return float(max(widths)) / _SIZE


def plain(text: Any) -> Any:
    """A matplotlib Text that shows dollar signs as they are.

    Instead of reading mathematics; what is not seen is escaped. ``text``: what it shows.
    """
    text.set_text(escaped(text.get_text(), keep="\n"))
    text.set_parse_math(False)
    return text


def shortened(text: str, most: int) -> str:
    """A text on one line, of at most ``most`` characters, cut with an ellipsis."""
    text = one_line(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def comes_about(finding: Any) -> str:
    """That the outcome which a finding is about comes about.

    It is put as a clause for a line of words.
    """
    return str(
        finding.model.outcomes[finding.outcome].clause(repr(shortened(finding.outcome, 60)))
    )


def wrapped(text: str, widest: float, lines: int = 2, bold: bool = False) -> str:
    """A text on at most ``lines`` lines of ``widest`` font sizes, cut with an ellipsis.

    A word too long for a line is broken. ``bold``: whether it is.
    """
    rows = [""]
    for word in one_line(text).split():
        joined = f"{rows[-1]} {word}" if rows[-1] else word
        if em_width(joined, bold) <= widest:
            rows[-1] = joined
            continue
        if rows[-1]:
            rows.append("")
        for sign in word:
            if rows[-1] and em_width(rows[-1] + sign, bold) > widest:
                rows.append("")
            rows[-1] += sign
    if len(rows) > lines:
        end = rows[lines - 1]
        while end and em_width(end + "…", bold) > widest:
            end = end[:-1]
        rows[lines - 1 :] = [end.rstrip() + "…"]
    return "\n".join(rows)


def rounded(value: Any) -> str:
    """Three digits of a number, which may lie beyond those that floats have.

    ``value``: the number.
    """
    try:
        return f"{float(value):.3g}"
    except OverflowError:
        ratio = Fraction(value)
        return f"{Decimal(ratio.numerator) / Decimal(ratio.denominator):.3g}"


def amount(value: Any, most: int = 8) -> str:
    """A number in at most about ``most`` characters: exact if it is short, else rounded.

    With the minus sign that axes have. ``value``: the number.
    """
    text = number(value)
    return (text if len(text) <= most else rounded(value)).replace("-", _MINUS)


def gain(value: Any) -> str:
    """A number with its sign in front, whichever it is.

    ``value``: the number.
    """
    return ("+" if value > 0 else "") + amount(value)


def settle(figure: Any) -> None:
    """Lay a figure out, so that its parts have sizes.

    A letter that the font lacks is drawn as a box, without a warning.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.draw_without_rendering()


def points(ax: Axes) -> tuple[float, float]:
    """The width and height of the inside of ``ax`` in points, as it will be drawn."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    settle(figure)
    box = ax.get_window_extent()
    return box.width * 72 / figure.dpi, box.height * 72 / figure.dpi
