"""Terms dropped, halved and doubled.

The verdict with each, where it is not the verdict of the model as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.patches import Patch, Rectangle

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import INK, MUTED, swatches
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.text import comes_about, em_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import RescaledTerm, TermAblation

__all__ = ["plot_terms", "terms_size"]

_ROW, _HEAD = 2.0, 1.6  # all in font sizes
_LABEL, _WHO, _CELL = 26.0, 14.0, 5.4
_AS_IS = "all terms as they are"
_FACTORS = {0: "dropped", "1/2": "halved", 2: "doubled"}


@of_a_result
def plot_terms(finding: TermAblation, ax: Axes) -> Axes:
    """Draw a row into ``ax`` for each term that the verdict rests on.

    ``finding``: what ``terms`` returns. These are terms whose dropping, halving or doubling
    gives another verdict than the model has, or one that is not settled; framed: the
    verdict is proved to change. The rest are counted in a line below.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    top = layout.key.height
    sheet.write(layout.left - 0.6, top + _ROW / 2, _AS_IS, ha="right", style="italic")
    sheet.verdict((layout.left, top), (3 * _CELL, _ROW), finding.baseline)
    top += _ROW + _HEAD
    for j, words in enumerate(_FACTORS.values()):
        sheet.write(
            layout.left + (j + 0.5) * _CELL, top - 0.7, words, ha="center", color=MUTED
        )
    for i, one in enumerate(layout.rows):
        _draw_row(one, top + i * _ROW, layout, finding, sheet)
    if layout.rest:
        sheet.write(
            0, top + len(layout.rows) * _ROW + 0.5, layout.rest, va="top", color="#444444"
        )
    return ax


@of_a_result
def terms_size(finding: TermAblation) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _TermsLayout:
    """Where the parts of the figure stand.

    ``left``: where the cells begin; ``rest``: what is left out.
    """

    left: float
    rows: tuple[RescaledTerm, ...]
    rest: str
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: TermAblation) -> _TermsLayout:
    rows = tuple(
        [
            one
            for one in finding.rows
            if any(found is not finding.baseline for found in one.verdicts.values())
        ]
    )
    left = max(em_width(_AS_IS), label_width([one.term for one in rows], _LABEL)) + 0.8
    width = left + 3 * _CELL + 0.8 + label_width([one.player for one in rows], _WHO) + 0.5
    entries: list[Any] = [
        *swatches(
            {finding.baseline, *[found for one in rows for found in one.verdicts.values()]},
            finding,
        )
    ]
    if any(finding.flipping_terms(factor) for factor in _FACTORS):
        entries.append(
            Patch(
                facecolor="none", edgecolor=INK, linewidth=2.0, label="changes the verdict"
            )
        )
    words = f"Whether {comes_about(finding)} with one term rescaled."
    key = Key.within(entries, width, words)
    count = len(finding.rows) - len(rows)
    others = "term" if count == 1 else "terms"
    rest = (
        f"{count} {others} that can be dropped, halved or doubled without changing the "
        "verdict"
        if count
        else ""
    )
    rest = wrapped(rest, key.width - 1, 2)
    height = (
        key.height
        + _ROW
        + _HEAD
        + _ROW * len(rows)
        + (1.3 * (rest.count("\n") + 1) + 0.6 if rest else 0.4)
    )
    return _TermsLayout(left, rows, rest, (key.width, height), key)


def _draw_row(
    one: RescaledTerm, y: float, layout: _TermsLayout, finding: TermAblation, sheet: Sheet
) -> None:
    sheet.write(layout.left - 0.6, y + _ROW / 2, wrapped(one.term, _LABEL, 1), ha="right")
    sheet.write(
        layout.left + 3 * _CELL + 0.8,
        y + _ROW / 2,
        wrapped(one.player, _WHO, 1),
        color=MUTED,
    )
    for j, (factor, found) in enumerate(one.verdicts.items()):
        corner = (layout.left + j * _CELL, y)
        sheet.verdict(corner, (_CELL, _ROW), found)
        if one.term in finding.flipping_terms(factor):
            frame = Rectangle(
                (corner[0] + 0.14, y + 0.14),
                _CELL - 0.28,
                _ROW - 0.28,
                facecolor="none",
                edgecolor=INK,
                zorder=2,
            )
            frame.set_linewidth(2.0)
            sheet.ax.add_patch(frame)
