"""The least joint move that changes a verdict.

A bar a parameter, in shares of its range, with the values it goes from and to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import GAIN, INK, LOSS, MUTED
from strategy.plots.drawing.text import amount, em_width, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Flip, Radius
    from strategy.sensitivity.nearest.changes import Move

__all__ = ["plot_radius", "radius_size"]

_FONT = 8.5
_ROW, _BAR = 1.9, 1.1  # all in font sizes from here on
_LABEL, _UNIT = 24.0, 12.0
_BARS, _GAP = 22.0, 1.0
_LEAST = (4.0, 0.8)  # inches: less than this leaves no room inside the margins
_MINUS = "\N{MINUS SIGN}"


@of_a_result
def plot_radius(finding: Radius | Flip, ax: Axes) -> Axes:
    """Draw the moves of ``radius`` or ``flip`` into ``ax``, the largest first.

    ``finding``: what one of them returns. To the right is what rises, to the left what
    falls. A bar's length is the share of the parameter's range, its percentage stands at
    its tip; beside it the values before and after. Where nothing moves, a sentence says
    why.
    """
    ax.set_axis_off()
    width, height = points(ax)
    wide, high = _extent(finding)
    font = min(_FONT, width / wide, height / high)
    ax.set_xlim(0, width / font)
    ax.set_ylim(height / font, 0)
    if not finding.moves:
        plain(ax.text(0.5, 0.5, _reason(finding), fontsize=font, va="top", color=INK))
        return ax
    left, middle, right = _columns(finding)
    longest = max(abs(float(one.share)) for one in finding.moves)
    heads = (
        (left - _GAP, "right", "parameter"),
        (middle, "center", "share of its range"),
        (right, "left", "from → to"),
    )
    for x, align, text in heads:
        ax.text(x, 0.8, text, fontsize=font, ha=align, va="center", color=MUTED)
    foot = _ROW * (len(finding.moves) + 1)
    ax.plot([middle, middle], [1.6, foot], color=INK, linewidth=0.9)
    for row, one in enumerate(finding.moves):
        y = _ROW * (row + 1.5) - 0.3
        length = (_BARS / 2 - 5) * float(one.share) / longest
        colour = GAIN if length > 0 else LOSS
        ax.add_patch(
            Rectangle(
                (middle, y - _BAR / 2),
                length,
                _BAR,
                facecolor=colour,
                edgecolor=INK,
                linewidth=0.5,
            )
        )
        tip: dict[str, Any] = {
            "ha": "left" if length > 0 else "right",
            "va": "center",
            "fontsize": font,
            "color": INK,
        }
        ax.text(middle + length + (0.4 if length > 0 else -0.4), y, _percent(one), **tip)
        plain(
            ax.text(
                left - _GAP,
                y,
                wrapped(finding.model.label(one.parameter), _LABEL, 1),
                fontsize=font,
                ha="right",
                va="center",
                color=INK,
            )
        )
        plain(
            ax.text(
                right, y, _values(one), fontsize=font, ha="left", va="center", color=INK
            )
        )
    return ax


@of_a_result
def radius_size(finding: Radius | Flip) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    wide, high = _extent(finding)
    return max(wide * _FONT / 72 + 0.1, _LEAST[0]), max(high * _FONT / 72 + 0.1, _LEAST[1])


def _extent(finding: Radius | Flip) -> tuple[float, float]:
    if not finding.moves:
        text = _reason(finding)
        return em_width(text) + 4, 1.4 * (text.count("\n") + 1) + 1
    right = _columns(finding)[2]
    return right + max(
        em_width("from → to"), *[em_width(_values(one)) for one in finding.moves]
    ) + 0.5, _ROW * (len(finding.moves) + 1) + 0.5


def _columns(finding: Radius | Flip) -> tuple[float, float, float]:
    """Where the bars' field begins, has its zero, and where the values begin."""
    left = (
        max(
            em_width("parameter"),
            *[
                em_width(wrapped(finding.model.label(one.parameter), _LABEL, 1))
                for one in finding.moves
            ],
        )
        + 2 * _GAP
    )
    return left, left + _BARS / 2, left + _BARS + _GAP


def _reason(finding: Radius | Flip) -> str:
    return wrapped(" ".join(finding.sentences), 60, 6)


def _percent(one: Move) -> str:
    return f"{100 * float(one.share):+.3g} %".replace("-", _MINUS)


def _values(one: Move) -> str:
    unit = f" {wrapped(one.unit, _UNIT, 1)}" if one.unit else ""
    return f"{amount(one.start)} → {amount(one.to)}{unit}"
