"""The verdict across solution concepts.

A row a concept, with the verdict and how likely the outcome is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import MUTED, swatches
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.spans import Scale, draw_span, span_words
from strategy.plots.drawing.text import comes_about, em_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Robustness
    from strategy.sensitivity.analyses.robustness import UnderConcept

__all__ = ["plot_robustness", "robustness_size"]

_ROW, _HEAD, _TICKS = 1.9, 1.8, 2.0  # all in font sizes
_LABEL, _CELL, _GAP, _SCALE, _REASON = 30.0, 4.2, 1.2, 20.0, 26.0
_ERRING = "where players err (not compared)"


@of_a_result
def plot_robustness(finding: Robustness, ax: Axes) -> Axes:
    """Draw a row a concept into ``ax``, the one asked about first and in bold.

    ``finding``: what ``robustness`` returns. A row has the verdict, and the probability of
    the outcome as a mark, or a bar from the least to the greatest over all that the concept
    admits.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    foot = layout.top + _ROW * len(finding.rows) + (_HEAD if layout.erring else 0)
    scale = Scale(layout.scale, _SCALE, (0.0, 0.5, 1.0))
    scale.draw(sheet, layout.top, foot)
    sheet.write(layout.scale, layout.top - 0.9, "probability", color=MUTED)
    y = layout.top
    for i, one in enumerate(finding.rows):
        if i == layout.erring and i:
            sheet.rule(0, layout.extent[0], y)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
            sheet.write(0, y + _HEAD / 2, _ERRING, color=MUTED, bbox=box)
            y += _HEAD
        _draw_row(one, y, not i, layout, scale, sheet)
        y += _ROW
    return ax


@of_a_result
def robustness_size(finding: Robustness) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _RobustnessLayout:
    """Where the parts of the figure stand.

    ``left``: where the cells begin; ``scale``: the scale; ``values``: the words. ``top``:
    of the rows; ``erring``: how many rows stand before those in which players err (0: there
    are none).
    """

    left: float
    scale: float
    values: float
    top: float
    erring: int
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Robustness) -> _RobustnessLayout:
    left = label_width([str(one.concept) for one in finding.rows], _LABEL, bold=True) + 0.8
    compared = sum(one.compared for one in finding.rows)
    erring = compared if compared < len(finding.rows) else 0
    left = max(left, em_width(_ERRING) + 0.8) if erring else left
    scale = left + _CELL + _GAP
    values = scale + _SCALE + _GAP
    width = values + max(em_width(_words(one)) for one in finding.rows) + 0.5
    words = f"Whether {comes_about(finding)}, and how likely it is, by solution concept."
    key = Key.within(swatches({one.verdict for one in finding.rows}), width, words)
    top = key.height + _HEAD
    return _RobustnessLayout(
        left, scale, values, top, erring, (key.width, _height(finding, top, erring)), key
    )


def _height(finding: Robustness, top: float, erring: int) -> float:
    return top + _ROW * len(finding.rows) + (_HEAD if erring else 0) + _TICKS


def _words(one: UnderConcept) -> str:
    """The probability, or why there is none."""
    if one.chance is None:
        return (
            wrapped(one.reason, _REASON, 1)
            if one.reason
            else ""
            if one.verdict.name == "NONE_EXISTS"
            else "not known"
        )
    if one.chance[0] is one.chance[1] or one.chance[0] == one.chance[1]:
        return span_words(one.chance[:1])
    return span_words(one.chance)


def _draw_row(
    one: UnderConcept,
    y: float,
    first: bool,
    layout: _RobustnessLayout,
    scale: Scale,
    sheet: Sheet,
) -> None:
    middle = y + _ROW / 2
    label = wrapped(str(one.concept), _LABEL, 1, bold=True)
    sheet.write(
        layout.left - 0.6, middle, label, ha="right", weight="bold" if first else "normal"
    )
    sheet.verdict((layout.left, y), (_CELL, _ROW), one.verdict)
    sheet.write(
        layout.values, middle, _words(one), color=MUTED if one.chance is None else "#1c1c1c"
    )
    if one.chance is not None:
        draw_span(sheet, middle, tuple([float(end) for end in one.chance]), scale)
