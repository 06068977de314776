"""Coordination: how sure of the others each player has to be.

There is a bar a player for each equilibrium.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.patches import Patch, Rectangle

from strategy.completeness import nothing_to_coordinate_on
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import INK, look
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.spans import Scale
from strategy.plots.drawing.text import amount, em_width, shortened, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity.analyses.coordination import Coordination, Trust

__all__ = ["coordination_size", "plot_coordination"]

_ROW, _LINE, _ABOVE, _AXIS, _TICKS = 1.6, 1.35, 1.6, 1.5, 2.0  # all in font sizes
_LABEL, _SCALE, _TEMPTED, _GAP = 16.0, 30.0, 24.0, 1.2
_HIGH = 1.0
_MOST = 6
_SCALE_WORDS = "least probability that all others play their parts"


@of_a_result
def plot_coordination(finding: Coordination, ax: Axes) -> Axes:
    """Draw a block an equilibrium into ``ax``, the safest first, and in it a bar a player.

    ``finding``: what ``coordination`` returns. A bar is how likely that player must hold it
    that all others play their parts. Filled: the player who has to be surest, with the
    action that tempts it.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    if not layout.titles:
        sheet.write(0, layout.key.height + 0.8, nothing_to_coordinate_on(finding.concept))
        return ax
    scale = Scale(layout.left, _SCALE, (0.0, 0.25, 0.5, 0.75, 1.0))
    top = layout.key.height
    for one, title in zip(finding.equilibria, layout.titles, strict=False):
        top = _draw_equilibrium(one, title, top, scale, layout, sheet)
    scale.draw(sheet, top, top)
    sheet.write(layout.left, top + _TICKS + 0.4, layout.foot, va="center")
    return ax


@of_a_result
def coordination_size(finding: Coordination) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _CoordinationLayout:
    """Where the parts of the figure stand.

    ``left``: where the scale begins; ``titles``: of the equilibria that are drawn.
    ``foot``: the words under the scale.
    """

    left: float
    titles: tuple[str, ...]
    foot: str
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Coordination) -> _CoordinationLayout:
    drawn = finding.equilibria[:_MOST]
    left = label_width(finding.model.players, _LABEL, bold=True) + 0.8
    width = (
        left
        + _SCALE
        + _GAP
        + max(
            [em_width(_words(one, who), True) for one in drawn for who in _by(one)],
            default=0.0,
        )
        + 0.5
    )
    key = Key.within(
        _entries(finding),
        width,
        "How sure of the others each player has to be, for each equilibrium to be played.",
    )
    titles = tuple(
        [
            wrapped(f"{i}. {one.play}", key.width / 1.06, 3, bold=True)
            for i, one in enumerate(drawn, 1)
        ]
    )
    left_out = len(finding.equilibria) - len(drawn)
    foot = _SCALE_WORDS + (
        f" ({left_out:,} more equilibria need no less)" if left_out else ""
    )
    high = sum(_head(title) + _ROW * len(finding.model.players) for title in titles)
    below = _TICKS + _AXIS if titles else _AXIS
    return _CoordinationLayout(
        left,
        titles,
        wrapped(foot, key.width - left, 1),
        (key.width, key.height + high + below),
        key,
    )


def _entries(finding: Coordination) -> list[Any]:
    if not finding.equilibria:
        return []
    frame: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.7}
    name = shortened(finding.outcome, 40)
    words = {True: f"{name!r} comes about", False: f"{name!r} does not come about"}
    drawn = finding.equilibria[:_MOST]
    filled = [
        Patch(facecolor=_fill(holds), label=f"who has to be surest, where {said}", **frame)
        for holds, said in words.items()
        if any(one.holds is holds and one.p for one in drawn)
    ]
    return [*filled, Patch(facecolor="white", label="the others", **frame)]


def _fill(holds: bool) -> str:
    from strategy.sensitivity import Verdict

    return look(Verdict.EVERY if holds else Verdict.NO).fill


def _head(title: str) -> float:
    return _ABOVE + _LINE * (title.count("\n") + 1)


def _by(one: Trust) -> list[str]:
    return list(one.dominance.by_player)


def _surest(one: Trust, who: str) -> bool:
    return one.p > 0 and one.dominance.by_player[who] == one.p


def _words(one: Trust, who: str) -> str:
    """How sure, and what tempts who has to be surest."""
    value = amount(one.dominance.by_player[who])
    binding = one.dominance.tempting[who]
    if not _surest(one, who) or binding is None:
        return value
    return f"{value}, tempted to {wrapped(binding[0], _TEMPTED, 1, bold=True)}"


def _draw_equilibrium(
    one: Trust,
    title: str,
    top: float,
    scale: Scale,
    layout: _CoordinationLayout,
    sheet: Sheet,
) -> float:
    """Draw one block; returns where it ends."""
    sheet.write(0, top + _ABOVE - 0.5, title, va="top", weight="bold")
    top += _head(title)
    foot = top + _ROW * len(one.dominance.by_player)
    for tick in scale.ticks:
        sheet.ax.plot(
            [scale.place(tick)] * 2, [top, foot], color="#e9e9e9", linewidth=0.7, zorder=0.3
        )
    zero = scale.place(0)
    sheet.ax.plot([zero, zero], [top, foot], color=INK, linewidth=0.9, zorder=3)
    for i, (who, value) in enumerate(one.dominance.by_player.items()):
        y, surest = top + (i + 0.5) * _ROW, _surest(one, who)
        weight = "bold" if surest else "normal"
        sheet.write(
            layout.left - 0.2,
            y,
            wrapped(who, _LABEL, 1, bold=True),
            ha="right",
            weight=weight,
        )
        sheet.write(layout.left + _SCALE + _GAP, y, _words(one, who), weight=weight)
        fill = _fill(one.holds) if surest else "white"
        length = scale.place(value) - zero
        sheet.ax.add_patch(
            Rectangle(
                (zero, y - _HIGH / 2),
                length,
                _HIGH,
                facecolor=fill,
                edgecolor=INK,
                linewidth=0.7 if length else 0,
                zorder=2,
            )
        )
    return foot
