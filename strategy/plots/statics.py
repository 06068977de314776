"""Signs of comparative statics.

What raising each parameter does to the outcome and to each player's payoff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.lines import Line2D

from strategy.completeness import SIGNS
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import GAIN, INK, LOSS, MUTED
from strategy.plots.drawing.sheet import FONT, Key, Sheet, inches, label_width
from strategy.plots.drawing.text import comes_about, em_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Statics

__all__ = ["plot_statics", "statics_size"]

_ROW, _HEAD, _FOOT = 1.7, 3.4, 0.4  # all in font sizes
_LABEL, _NARROWEST, _WIDEST, _APART = 26.0, 6.5, 12.0, 1.4
_MARK = 7.0
_UP = {"marker": "^", "markerfacecolor": GAIN}
_DOWN = {"marker": "v", "markerfacecolor": LOSS}
_STILL = {"marker": ".", "markerfacecolor": MUTED, "markeredgecolor": MUTED}
_LEFT_OUT = "Nothing here is moved by"


@of_a_result
def plot_statics(finding: Statics, ax: Axes) -> Axes:
    """Draw a table of signs into ``ax``, a row a parameter.

    ``finding``: what ``statics`` returns. A dark triangle upwards stands where raising the
    parameter never lowers what stands above the column, a light one downwards where it
    never raises it, both where it does both, a dot where it moves nothing. Bracketed signs
    were seen and are not proved. Parameters that move nothing at all are named in a line
    below.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    top = layout.key.height + _HEAD
    for who, x in layout.columns.items():
        head = wrapped(
            finding.outcome if who is None else f"payoff of {who}", layout.cell - 0.6, 2
        )
        sheet.write(
            x,
            top - 0.5,
            head,
            ha="center",
            va="bottom",
            weight="bold" if who is None else "normal",
        )
    for i, label in enumerate(layout.rows):
        y = top + (i + 0.5) * _ROW
        sheet.rule(0, layout.extent[0], y - _ROW / 2)
        sheet.write(
            layout.left - 0.6, y, wrapped(finding.model.label(label), _LABEL, 1), ha="right"
        )
        for who, x in layout.columns.items():
            _draw_sign(finding.entries[label, who], (x, y), sheet)
    if layout.idle:
        sheet.write(
            0, top + len(layout.rows) * _ROW + 0.6, layout.idle, va="top", color="#444444"
        )
    return ax


@of_a_result
def statics_size(finding: Statics) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _StaticsLayout:
    """Where the parts of the figure stand.

    ``left``: where the columns begin; ``columns``: their middles. ``cell``: the width of
    one; ``idle``: what is left out.
    """

    left: float
    cell: float
    columns: dict[str | None, float]
    rows: tuple[str, ...]
    idle: str
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Statics) -> _StaticsLayout:
    heads: list[str | None] = [None, *finding.model.players]
    still = [
        label
        for label in finding.parameters
        if all(finding.entries[label, who].sign == "0" for who in heads)
    ]
    rows = tuple([label for label in finding.parameters if label not in still])
    left = label_width(finding.model.labels(rows), _LABEL) + 0.8
    cell = min(
        max(
            _NARROWEST,
            *[
                em_width(word) + 0.8
                for who in heads
                for word in (who or finding.outcome).split()
            ],
        ),
        _WIDEST,
    )
    columns = {
        who: left + (i + 0.5) * cell + (_APART if i else 0) for i, who in enumerate(heads)
    }
    width = left + len(heads) * cell + _APART
    key = Key.within(_entries(finding), width, _words(finding))
    idle = (
        wrapped(f"{_LEFT_OUT} {', '.join(finding.model.labels(still))}.", key.width - 1, 3)
        if still
        else ""
    )
    below = 1.3 * (idle.count("\n") + 1) + 0.6 if idle else 0.0
    return _StaticsLayout(
        left,
        cell,
        columns,
        rows,
        idle,
        (key.width, key.height + _HEAD + _ROW * len(rows) + below + _FOOT),
        key,
    )


def _words(finding: Statics) -> str:
    where = (
        "the other parameters as they are"
        if finding.over == "baseline"
        else "the other parameters anywhere in their ranges"
    )
    return (
        f"What raising a parameter does to whether {comes_about(finding)} and to payoffs, "
        f"{where}."
    )


def _entries(finding: Statics) -> list[Any]:
    effects = {one.effect.name for one in finding.entries.values()}
    style: dict[str, Any] = {
        "linestyle": "none",
        "markeredgecolor": INK,
        "markersize": _MARK,
    }
    known = {
        "RAISES": (Line2D([], [], **{**style, **_UP}), SIGNS["RAISES"]),
        "LOWERS": (Line2D([], [], **{**style, **_DOWN}), SIGNS["LOWERS"]),
        "EITHER": (
            (Line2D([], [], **{**style, **_UP}), Line2D([], [], **{**style, **_DOWN})),
            SIGNS["EITHER"],
        ),
        "NOTHING": (Line2D([], [], **{**style, **_STILL}), SIGNS["NOTHING"]),
        "UNSETTLED": (
            Line2D([], [], marker="$(+)$", color=INK, linestyle="none", markersize=12),
            SIGNS["UNSETTLED"],
        ),
    }
    return [entry for name, entry in known.items() if name in effects]


def _draw_sign(one: Any, middle: tuple[float, float], sheet: Sheet) -> None:
    style: dict[str, Any] = {
        "linestyle": "none",
        "markeredgecolor": INK,
        "markeredgewidth": 0.8,
        "zorder": 3,
    }
    style["markersize"] = _MARK * sheet.font / FONT
    marks = {
        "RAISES": ((_UP, 0.0),),
        "LOWERS": ((_DOWN, 0.0),),
        "NOTHING": ((_STILL, 0.0),),
        "EITHER": ((_UP, -0.6), (_DOWN, 0.6)),
    }
    if one.effect.name not in marks:
        sheet.write(*middle, one.sign.replace("-", "\N{MINUS SIGN}"), ha="center")
    for mark, shift in marks.get(one.effect.name, ()):
        sheet.ax.plot([middle[0] + shift], [middle[1]], **{**style, **mark})
