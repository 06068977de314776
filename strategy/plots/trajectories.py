"""Play over time: shares of actions in learning and evolution.

They are drawn as lines or as a path in the triangle of three actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from strategy.completeness import PROCESS
from strategy.errors import RefusalError
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import INK, PLAYERS
from strategy.plots.drawing.panels import FONT, Panels, panels_size
from strategy.plots.drawing.simplex import Simplex
from strategy.plots.drawing.text import amount, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.dynamics import Trajectory

__all__ = ["plot_trajectory", "trajectory_size"]

_SIDE, _EACH = 200.0, 3.9  # of a triangle in points, and of what stands around it in inches
_FOOT = 3.4  # of the words below, in font sizes


@of_a_result
def plot_trajectory(trajectory: Trajectory, ax: Axes, *, triangle: bool = False) -> Axes:
    """Draw the shares of all actions over time into ``ax``, a panel for each population.

    ``trajectory``: as ``strategy.dynamics`` returns it, of players or populations.
    ``triangle``: draw each as a path among the mixes of its three actions instead, from the
    ring to the dot. Raises RefusalError where somebody has another number of actions.
    """
    if triangle:
        return _plot_triangles(trajectory, ax)
    panels = Panels.within(
        ax,
        trajectory.actions,
        f"share of each action, {trajectory.process}",
        trajectory.unit,
        PROCESS,
    )
    low = float(trajectory.times[0])
    high = float(trajectory.times[-1])
    panels.dress((low, high), _ticks(low, high))
    jumps: dict[str, Any] = (
        {"drawstyle": "steps-post", "linewidth": 1.2} if trajectory.unit == "birth" else {}
    )
    for number, rows in enumerate(trajectory.shares.values()):
        panels.draw(number, trajectory.times, rows, **jumps)
    return ax


@of_a_result
def trajectory_size(
    trajectory: Trajectory, *, triangle: bool = False
) -> tuple[float, float]:
    """A size in inches at which the shares in ``trajectory`` can be read.

    ``triangle``: as for ``plot_trajectory``.
    """
    if triangle:
        each = 72 * _EACH
        heads = [
            wrapped(_title(trajectory, who), 0.95 * each / FONT, 2, bold=True).count("\n")
            + 1
            for who in trajectory.actions
        ]
        bodies = [
            Simplex.height(one, each - 8, FONT, _SIDE, 0) if len(one) == 3 else 0.0
            for one in trajectory.actions.values()
        ]
        return _EACH * len(heads), (
            max(bodies) + (1.3 * max(heads) + _FOOT + 1.2) * FONT
        ) / 72
    return panels_size(trajectory.actions, 1)


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    from matplotlib.ticker import MaxNLocator

    found = MaxNLocator(6, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [(float(at), amount(round(float(at), 9))) for at in found if low <= at <= high]


def _plot_triangles(trajectory: Trajectory, ax: Axes) -> Axes:
    for who, options in trajectory.actions.items():
        if len(options) != 3:
            raise RefusalError(
                f"a triangle needs three actions, and {who} has {len(options)}: draw "
                "lines with triangle=False"
            )
    ax.set_axis_off()
    width, height = points(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    each = width / len(trajectory.actions)
    foot = _FOOT * FONT
    for i, (who, rows) in enumerate(trajectory.shares.items()):
        colour, left = PLAYERS[i % 2], i * each
        title = wrapped(_title(trajectory, who), 0.95 * each / FONT, 2, bold=True)
        head: dict[str, Any] = {
            "fontsize": FONT,
            "weight": "bold",
            "ha": "center",
            "va": "top",
            "color": colour,
        }
        plain(ax.text(left + each / 2, height, title, **head))
        top = height - (title.count("\n") + 1) * 1.3 * FONT
        simplex = Simplex.within(
            trajectory.actions[who], (left + 4, foot, left + each - 4, top), FONT, _SIDE, 0
        )
        simplex.draw_names(ax, colour)
        _draw_path(ax, np.array([simplex.at(row) for row in rows]), colour)
    times = (
        f"{trajectory.unit} {amount(trajectory.times[0])} (ring) to "
        f"{amount(trajectory.times[-1])} (dot)"
    )
    notes = wrapped(f"From {times}. {PROCESS}", width / (0.92 * FONT), 2)
    plain(
        ax.text(
            0,
            (_FOOT - 0.6) * FONT,
            notes,
            fontsize=0.92 * FONT,
            va="top",
            color="#444444",
            linespacing=1.2,
        )
    )
    return ax


def _title(trajectory: Trajectory, who: str) -> str:
    return f"{who}, {trajectory.process}"


def _draw_path(ax: Axes, spots: Any, colour: str) -> None:
    """The path, with arrow heads along it, a ring where it begins and a dot where it ends."""
    ax.plot(spots[:, 0], spots[:, 1], color=colour, linewidth=1.4, zorder=3)
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(spots, axis=0).T))])
    for share in _arrows(float(lengths[-1])):
        i = min(max(int(np.searchsorted(lengths, share * lengths[-1])), 1), len(spots) - 1)
        style = {
            "arrowstyle": "-|>",
            "color": colour,
            "linewidth": 1.0,
            "mutation_scale": 10,
        }
        ax.annotate("", xy=spots[i], xytext=spots[i - 1], arrowprops=style, zorder=3.5)
    ring: dict[str, Any] = {
        "marker": "o",
        "markersize": 7,
        "linestyle": "none",
        "clip_on": False,
        "zorder": 5,
    }
    ax.plot(*spots[0], color="white", markeredgecolor=INK, markeredgewidth=1.4, **ring)
    ax.plot(*spots[-1], color=INK, markeredgecolor="white", **ring)


def _arrows(length: float) -> Sequence[float]:
    return (0.2, 0.5, 0.8) if length > 60 else (0.5,) if length > 15 else ()
