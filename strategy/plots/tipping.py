"""Lives of equilibria.

For each there is a bar along each assumption that ends it, from where it appears to where
it vanishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import BASELINE, INK
from strategy.plots.drawing.surround import surround
from strategy.plots.drawing.text import amount, plain, points, shortened, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Life, Tipping

__all__ = ["plot_tipping", "tipping_size"]

_FONT = 8.0
_NEAR = 0.12  # share of the range in which there is no room for a number on the left
_WORDS = 34.0
_LIVES = "#2e86c1"


@of_a_result
def plot_tipping(tipping: Tipping, ax: Axes) -> Axes:
    """Draw one bar into ``ax`` for each equilibrium and assumption that ends it.

    ``tipping``: what ``tipping`` returns. The bar is over the assumption's range; the value
    assumed has a star. A filled end: it is still an equilibrium there; an open end: it no
    longer is.
    """
    lives = _shown(tipping)
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(max(len(lives), 1) - 0.4, -0.6)
    for row, life in enumerate(lives):
        known = tipping.model.parameters[life.parameter]
        low, width = float(known.low), float(known.high - known.low)
        left = 0.0 if life.down is None else (float(life.down.point) - low) / width
        right = 1.0 if life.up is None else (float(life.up.point) - low) / width
        ax.plot([0, 1], [row, row], color="0.8", linewidth=1, zorder=1)
        ax.plot(
            [left, right],
            [row, row],
            color=_LIVES,
            linewidth=5,
            solid_capstyle="butt",
            zorder=2,
        )
        for end, x, side in ((life.down, left, "right"), (life.up, right, "left")):
            if end is not None:
                face = _LIVES if end.attained else "white"
                ax.plot(
                    [x],
                    [row],
                    "o",
                    markersize=6,
                    markerfacecolor=face,
                    markeredgecolor=INK,
                    zorder=3,
                )
                # what is at the left stands clear of the name of the row
                side = "left" if x < _NEAR else side
                away = 6 if side == "left" else -6
                ax.annotate(
                    amount(end.point),
                    (x, row),
                    (away, 5),
                    textcoords="offset points",
                    fontsize=_FONT - 1,
                    ha=side,
                    va="bottom",
                )
        ax.plot(
            [(float(life.value) - low) / width], [row], zorder=4, clip_on=False, **BASELINE
        )
    ax.set_yticks(range(len(lives)))
    alone = len({one.course for one in lives}) == 1
    ax.set_yticklabels(
        [_value(one, tipping) if alone else _label(one, tipping) for one in lives],
        fontsize=_FONT,
    )
    if alone:
        plain(
            ax.set_title(
                wrapped(str(lives[0].course), min(60.0, 0.6 * points(ax)[0] / _FONT), 3),
                fontsize=_FONT,
                loc="left",
            )
        )
    for text in ax.get_yticklabels():
        plain(text)
    ax.set_xticks([0, 1])
    ax.set_xticklabels(["least", "greatest"], fontsize=_FONT)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0)
    surround(ax, ("value of the assumption, over its range", ""), _handles(lives), _FONT)
    if not lives:
        ax.text(
            0.5, 0, "nothing ends any equilibrium", ha="center", va="center", fontsize=_FONT
        )
    return ax


@of_a_result
def tipping_size(tipping: Tipping) -> tuple[float, float]:
    """A size in inches at which the bars of ``tipping`` can be read."""
    lives = _shown(tipping)
    each = 0.62 if len({one.course for one in lives}) > 1 else 0.4
    return 8.5, each * max(1, len(lives)) + 1.2 + 0.19 * len(_handles(lives))


def _shown(tipping: Tipping) -> list[Life]:
    return [one for one in tipping.lives if one.down is not None or one.up is not None]


def _label(life: Life, tipping: Tipping) -> str:
    return f"{_value(life, tipping)}\n{wrapped(str(life.course), _WORDS, 2)}"


def _value(life: Life, tipping: Tipping) -> str:
    """The assumption, its value and its unit."""
    unit = shortened(tipping.model.parameters[life.parameter].unit, 20)
    return (
        f"{tipping.model.label(life.parameter)} = "
        f"{amount(life.value)}{f' {unit}' if unit else ''}"
    )


def _handles(lives: list[Life]) -> list[Any]:
    """What the bars, their ends and the star mean."""
    ends = [end for life in lives for end in (life.down, life.up) if end is not None]
    style: dict[str, Any] = {
        "linestyle": "none",
        "markersize": 6,
        "markeredgecolor": INK,
        "marker": "o",
    }
    handles = [
        Line2D([], [], color=_LIVES, linewidth=5, label="where it is an equilibrium")
    ]
    for face, attained, words in (
        (_LIVES, True, "an end at which it is still an equilibrium"),
        ("white", False, "an end at which it no longer is"),
    ):
        if any(bool(end.attained) is attained for end in ends):
            handles.append(Line2D([], [], markerfacecolor=face, label=words, **style))
    return (
        [*handles, Line2D([], [], label="the value assumed", **BASELINE)] if lives else []
    )
