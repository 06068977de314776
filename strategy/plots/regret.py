"""Regret: for each player a bar an action.

Each bar is as long as the largest regret of having chosen that action.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from strategy.completeness import others_without, unanswered_words
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import GAIN, INK
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.spans import Scale
from strategy.plots.drawing.text import amount, em_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import ActionRegret, PlayerRegret, Regret

__all__ = ["plot_regret", "regret_size"]

_ROW, _TITLE, _TICKS = 1.8, 2.2, 2.4  # all in font sizes
_LABEL, _GAP, _SCALE = 22.0, 1.2, 32.0
_HIGH = 1.0
_OTHER = "#d4d4d4"
_MARK = 6.0


@of_a_result
def plot_regret(finding: Regret, ax: Axes) -> Axes:
    """Draw a block a player into ``ax``, on a scale of its own, and in it a bar an action.

    ``finding``: what ``regret`` returns. A bar is the action's largest regret over the
    samples, the others at their worst equilibrium for the player; a diamond: at their best.
    The bars of the actions of minimax regret are dark and named in bold. An action after
    which the others have no equilibrium somewhere is hatched: it is compared with none.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    top = layout.key.height
    for one in finding.players:
        _draw_player(one, top, layout, finding, sheet)
        top += _block(one)
    return ax


@of_a_result
def regret_size(finding: Regret) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _RegretLayout:
    """Where the parts of the figure stand.

    ``scale``: where the scales begin; ``values``: where the numbers do.
    """

    scale: float
    values: float
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Regret) -> _RegretLayout:
    scale = (
        label_width(
            [each.action for one in finding.players for each in one.actions],
            _LABEL,
            bold=True,
        )
        + 0.8
    )
    values = scale + _SCALE + _GAP
    texts = [_words(each, finding) for one in finding.players for each in one.actions]
    width = values + max(em_width(text) for text in texts) + 0.5
    frame: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.7}
    entries: list[Any] = [
        Patch(
            facecolor=GAIN,
            label="the largest regret, where it is smallest (minimax regret)",
            **frame,
        ),
        Patch(facecolor=_OTHER, label="the largest regret of another action", **frame),
        Line2D(
            [],
            [],
            marker="D",
            markersize=_MARK,
            color="white",
            markeredgecolor=INK,
            label="the others at their best instead",
        ),
    ]
    if any(each.unanswered for one in finding.players for each in one.actions):
        entries.append(
            Patch(
                facecolor="white",
                hatch="xxx",
                label=f"{others_without('the others', finding.concept)} somewhere",
                **frame,
            )
        )
    words = (
        "How much more another action would have paid, at most, at "
        f"{finding.samples + 1:,} places, the others at their worst."
    )
    key = Key.within(entries, width, words)
    return _RegretLayout(
        scale,
        values,
        (key.width, key.height + sum(_block(one) for one in finding.players)),
        key,
    )


def _block(one: PlayerRegret) -> float:
    return _TITLE + _ROW * len(one.actions) + _TICKS


def _words(one: ActionRegret, finding: Regret) -> str:
    worst = "" if one.regret is None else amount(round(one.regret[0], 3))
    if not one.unanswered:
        return worst
    silent = unanswered_words(finding.concept, one.unanswered, finding.samples + 1)
    return f"{worst}; {silent}" if worst else silent


def _draw_player(
    one: PlayerRegret, top: float, layout: _RegretLayout, finding: Regret, sheet: Sheet
) -> None:
    sheet.write(
        0,
        top + 1.1,
        wrapped(f"{one.player}: largest regret", layout.extent[0] - 1, 1, bold=True),
        weight="bold",
    )
    top += _TITLE
    foot = top + _ROW * len(one.actions)
    known = [end for each in one.actions if each.regret is not None for end in each.regret]
    scale = Scale.around([0, *known], layout.scale, _SCALE)
    scale.draw(sheet, top, foot)
    zero, least = scale.place(0), one.robust(0)
    sheet.ax.plot([zero, zero], [top, foot], color=INK, linewidth=0.9, zorder=3)
    for i, each in enumerate(one.actions):
        y = top + (i + 0.5) * _ROW
        chosen = each.action in least
        label = wrapped(each.action, _LABEL, 1, bold=True)
        sheet.write(
            layout.scale - 0.6, y, label, ha="right", weight="bold" if chosen else "normal"
        )
        sheet.write(
            layout.values, y, _words(each, finding), weight="bold" if chosen else "normal"
        )
        if each.regret is None:
            continue
        worst, best = (scale.place(end) for end in each.regret)
        bar = Rectangle(
            (zero, y - _HIGH / 2),
            worst - zero,
            _HIGH,
            edgecolor=INK,
            linewidth=0.7,
            zorder=2,
        )
        bar.set(
            facecolor="white" if each.unanswered else GAIN if chosen else _OTHER,
            hatch="xxx" if each.unanswered else "",
        )
        sheet.ax.add_patch(bar)
        if each.regret[0] != each.regret[1]:
            style: dict[str, Any] = {
                "color": "white",
                "markeredgecolor": INK,
                "markeredgewidth": 0.8,
                "linestyle": "none",
            }
            sheet.ax.plot(
                [best],
                [y],
                marker="D",
                markersize=_MARK * sheet.font / 8.5,
                zorder=4,
                **style,
            )
