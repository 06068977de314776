"""A best-response diagram.

Two players of two actions each, and what is best against every mix of the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from strategy.display import joined
from strategy.errors import RefusalError
from strategy.plots.drawing.correspondences import (
    ReplyBox,
    best_response_boxes,
    common_boxes,
)
from strategy.plots.drawing.given import require_axes
from strategy.plots.drawing.palette import INK, PLAYERS
from strategy.plots.drawing.surround import surround
from strategy.plots.drawing.text import amount
from strategy.plots.drawing.two_players import TwoPlayers, two_players
from strategy.protocols import Game

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_best_responses"]

_FONT = 9.0
# Style, width and order of the two lines: where one lies on the other, both show.
_LINES: tuple[tuple[Any, float, int], ...] = (("-", 3.2, 2), ((0, (2.2, 1.3)), 3.2, 3))
# lighter than the second player's text, so that grey print tells them apart
_COLOURS = (PLAYERS[0], "#e08b2d")
_TICKS = (0, 0.25, 0.5, 0.75, 1)
_HATCHES = ("//", "\\\\")


def plot_best_responses(
    game: Game, ax: Axes, *, given: Mapping[str, str] | None = None
) -> Axes:
    """Draw the best responses of two players of two actions each into ``ax``.

    All equilibria, pure and mixed, are drawn with them.

    Along each axis runs the probability of a player's first action. Where a player is
    indifferent whatever the other does, its best responses are the whole square. Equilibria
    are computed exactly, here, from the payoffs; they are points, and in degenerate games
    segments and areas. In a game of more players ``given`` says what the others do. Raises
    RefusalError on other games.
    """
    table = two_players(game, given, "a best-response diagram")
    require_axes("plot_best_responses", ax)
    for player, actions in zip(table.players, table.actions, strict=True):
        if len(actions) != 2:
            raise RefusalError(
                f"a best-response diagram needs two actions each, and {player} has "
                f"{len(actions)}: draw a payoff table with plot_payoffs, or a game with "
                "the actions in question alone"
            )
    boxes = best_response_boxes(table.payoffs)
    equilibria = common_boxes(*boxes)
    _set_axes(ax)
    for number, responses in enumerate(boxes):
        _draw_responses(responses, number, ax)
    _draw_equilibria(equilibria, ax)
    surround(ax, _labels(table), [*_handles(table, boxes, equilibria)], _FONT, PLAYERS)
    return ax


def _set_axes(ax: Axes) -> None:
    ax.set_xlim(-0.04, 1.04)
    ax.set_ylim(-0.04, 1.04)
    ax.set_box_aspect(1)
    ax.set_xticks(_TICKS, list(map(amount, _TICKS)), fontsize=_FONT)
    ax.set_yticks(_TICKS, list(map(amount, _TICKS)), fontsize=_FONT)
    ax.grid(color="#e4e4e4", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)


def _labels(table: TwoPlayers) -> tuple[str, str]:
    row, column = (
        f"probability that {player} plays {first} (and not {second})"
        for player, (first, second) in zip(table.players, table.actions, strict=True)
    )
    return row, column


def _draw_responses(boxes: Iterable[ReplyBox], player: int, ax: Axes) -> None:
    style, width, order = _LINES[player]
    for box in boxes:
        (left, right), (low, high) = _floats(box)
        if box.dimension == 2:
            frame = Rectangle(
                (left, low),
                right - left,
                high - low,
                facecolor="none",
                edgecolor=_COLOURS[player],
                zorder=1,
            )
            frame.set(hatch=_HATCHES[player], linewidth=0)
            ax.add_patch(frame)
        else:
            line: dict[str, Any] = {"linestyle": style, "linewidth": width, "zorder": order}
            ax.plot(
                [left, right],
                [low, high],
                color=_COLOURS[player],
                dash_capstyle="butt",
                clip_on=False,
                **line,
            )


def _draw_equilibria(equilibria: Iterable[ReplyBox], ax: Axes) -> None:
    """Points as dots, segments as a band with dots at its ends, areas as a tint."""
    for box in equilibria:
        (left, right), (low, high) = _floats(box)
        if box.dimension == 2:
            ax.add_patch(
                Rectangle(
                    (left, low),
                    right - left,
                    high - low,
                    facecolor=INK,
                    alpha=0.12,
                    edgecolor="none",
                    zorder=0.8,
                )
            )
        elif box.dimension == 1:
            ax.plot(
                [left, right],
                [low, high],
                color="#b9b9b9",
                linewidth=11,
                solid_capstyle="round",
                zorder=1.5,
                clip_on=False,
            )
        if box.dimension < 2:
            ax.plot([left, right], [low, high], clip_on=False, zorder=5, **_DOT)


_DOT: dict[str, Any] = {
    "marker": "o",
    "markersize": 9,
    "linestyle": "none",
    "color": INK,
    "markeredgecolor": "white",
}


def _floats(box: ReplyBox) -> tuple[tuple[float, float], tuple[float, float]]:
    return (float(box.p[0]), float(box.p[1])), (float(box.q[0]), float(box.q[1]))


def _handles(
    table: TwoPlayers,
    boxes: tuple[tuple[ReplyBox, ...], ...],
    equilibria: tuple[ReplyBox, ...],
) -> Iterator[Any]:
    for player in (0, 1):
        label = f"best responses of {table.players[player]} to {table.players[1 - player]}"
        if boxes[player][0].dimension == 2:
            yield Patch(
                facecolor="none",
                edgecolor=_COLOURS[player],
                hatch=_HATCHES[player],
                linewidth=0.5,
                label=label,
            )
        else:
            style, width, _ = _LINES[player]
            yield Line2D(
                [],
                [],
                color=_COLOURS[player],
                linestyle=style,
                linewidth=width,
                label=label,
            )
    one = len(equilibria) == 1 and equilibria[0].dimension == 0
    said = f"{'equilibrium' if one else 'equilibria'}: {joined(map(_words, equilibria))}"
    yield Line2D(
        [], [], label=said + (f", given {table.given_words}" if table.given else ""), **_DOT
    )


def _words(box: ReplyBox) -> str:
    corners = [f"({amount(p)}, {amount(q)})" for p, q in zip(box.p, box.q, strict=True)]
    if box.dimension == 0:
        return corners[0]
    return (
        f"all {'between' if box.dimension == 2 else 'from'} {corners[0]} "
        f"{'and' if box.dimension == 2 else 'to'} {corners[1]}"
    )
