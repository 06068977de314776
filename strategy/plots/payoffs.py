"""A payoff table: both players' payoffs in every cell.

Best responses are underlined, equilibria framed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from strategy.completeness import capital, there_is_no_equilibrium
from strategy.errors import RefusalError
from strategy.plots.drawing.given import require_axes
from strategy.plots.drawing.palette import INK, MUTED, PLAYERS
from strategy.plots.drawing.text import amount, em_width, plain, points, wrapped
from strategy.plots.drawing.two_players import TwoPlayers, two_players
from strategy.protocols import Game

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.results import Solution

__all__ = ["payoffs_size", "plot_payoffs"]

_FONT, _SMALLEST = 10.0, 5.0
_MOST = 20  # actions of one player
_ROW = 3.1  # all in font sizes from here on
_LINE = 1.3
_PAD = 0.6
_LABEL, _HEADING = 15.0, 11.0
_NARROWEST = 24.0


def plot_payoffs(
    game: Game,
    ax: Axes,
    solution: Solution | None = None,
    *,
    given: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the payoff table of a normal-form game of two players into ``ax``.

    What ``solution`` plays is framed.

    The first player chooses the row and has the lower left of a cell, the second the column
    and the upper right; a payoff is underlined where the action is a best response. In a
    game of more players ``given`` says what the others do: ``given={"Russia":
    "obstruct"}``. Raises RefusalError on trees, on other numbers of players, and on tables
    that could not be read: more than 20 actions, or type under 5 points in this Axes.
    """
    table = two_players(game, given, "a payoff table")
    require_axes("plot_payoffs", ax)
    layout = _lay_out(table, _notes(table, solution))
    ax.set_axis_off()
    width, height = points(ax)
    font = min(_FONT, width / layout.width, height / layout.height)
    if font < _SMALLEST:
        rows, columns = (len(actions) for actions in table.actions)
        wide, high = _inches(layout)
        raise RefusalError(
            f"a payoff table of {rows} x {columns} cells cannot be read at "
            f"{width / 72:.1f} x {height / 72:.1f} inches: give it {wide:.1f} x "
            f"{high:.1f} (payoffs_size), or print the game as text"
        )
    # one unit is one font size, so that what fits in the layout fits on paper
    ax.set_xlim(0, width / font)
    ax.set_ylim(height / font, 0)
    _draw_names(table, layout, ax, font)
    _draw_cells(table, layout, ax, font)
    _draw_frames(table.played(solution), layout, ax)
    return ax


def payoffs_size(
    game: Game, solution: Solution | None = None, *, given: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """The size in inches at which a payoff table is drawn in the usual size of type.

    ``game``, ``solution``, ``given``: as for ``plot_payoffs``.
    """
    table = two_players(game, given, "a payoff table")
    return _inches(_lay_out(table, _notes(table, solution)))


@attrs.frozen
class _PayoffsLayout:
    """Places in font sizes from the upper left.

    ``left``, ``top``: where the cells begin; ``column``: the width of a cell.
    """

    left: float
    top: float
    column: float
    names: tuple[str, str]
    labels: tuple[str, ...]
    headings: tuple[str, ...]
    notes: str
    foot: float
    width: float
    height: float


def _inches(layout: _PayoffsLayout) -> tuple[float, float]:
    return layout.width * _FONT / 72 + 0.1, layout.height * _FONT / 72 + 0.1


def _lay_out(table: TwoPlayers, notes: str) -> _PayoffsLayout:
    rows, columns = table.actions
    if max(len(rows), len(columns)) > _MOST:
        raise RefusalError(
            f"a payoff table of {len(rows)} x {len(columns)} cells cannot be read: at "
            f"most {_MOST} actions a player are drawn; print the game as text, or draw a "
            "game of fewer actions"
        )
    labels = tuple([wrapped(action, _LABEL) for action in rows])
    headings = tuple([wrapped(action, _HEADING, 3) for action in columns])
    name = wrapped(table.players[0], _LABEL, bold=True)
    left = (
        max(em_width(name, bold=True), *[em_width(text) for text in labels])
        + 2 * _PAD
        + 0.4
    )
    shown = max(
        em_width(amount(a), True) + em_width(amount(b), True)
        for a, b in zip(*map(_flat, table.payoffs), strict=True)
    )
    column = max(*[em_width(text) for text in headings], shown + 0.6, 5.0) + 2 * _PAD
    width = max(left + column * len(columns) + 2 * _PAD, _NARROWEST)
    over = wrapped(table.players[1], width - left - _PAD, bold=True)
    lines = over.count("\n") + 1 + max(text.count("\n") + 1 for text in headings)
    top = max(_LINE * lines + 1.2 * _PAD, _LINE * (name.count("\n") + 1)) + 1.2 * _PAD
    foot = top + _ROW * len(rows) + 2 * _PAD
    notes = wrapped(notes, (width - 2 * _PAD) / 0.88, 12)
    height = foot + 0.88 * _LINE * (notes.count("\n") + 1) + _PAD
    return _PayoffsLayout(
        left, top, column, (name, over), labels, headings, notes, foot, width, height
    )


def _flat(payoffs: Any) -> list[Any]:
    return list(payoffs.reshape(-1))


def _notes(table: TwoPlayers, solution: Solution | None) -> str:
    row, column = table.players
    parts = [f"Lower left: {row}. Upper right: {column}. Underlined: a best response."]
    played = table.played(solution)
    if solution is not None:
        if True in played.values():
            parts.append(f"Framed: an equilibrium ({solution.concept}).")
        if False in played.values():
            parts.append(
                "Dashed frame: played with some probability in an equilibrium "
                f"({solution.concept})."
            )
        if solution.status.name == "NONE_EXISTS":
            parts.append(f"{capital(there_is_no_equilibrium(solution.concept))}.")
    if table.given:
        parts.append(f"Given {table.given_words}.")
    return " ".join(parts)


# -- drawing


def _draw_names(table: TwoPlayers, layout: _PayoffsLayout, ax: Axes, font: float) -> None:
    row, column = layout.names
    heading: dict[str, Any] = {"fontsize": font, "weight": "bold", "linespacing": 1.1}
    middle = (
        layout.left
        + max(layout.column * len(table.actions[1]), em_width(column, bold=True)) / 2
    )
    plain(ax.text(middle, _PAD, column, ha="center", va="top", color=PLAYERS[1], **heading))
    edge = layout.top - 0.8 * _PAD
    plain(
        ax.text(
            layout.left - _PAD,
            edge,
            row,
            ha="right",
            va="baseline",
            color=PLAYERS[0],
            **heading,
        )
    )
    for j, text in enumerate(layout.headings):
        middle = layout.left + (j + 0.5) * layout.column
        plain(
            ax.text(
                middle,
                edge,
                text,
                ha="center",
                va="baseline",
                fontsize=font,
                color=PLAYERS[1],
                linespacing=1.1,
            )
        )
    label: dict[str, Any] = {"fontsize": font, "color": PLAYERS[0], "linespacing": 1.1}
    for i, text in enumerate(layout.labels):
        middle = layout.top + (i + 0.5) * _ROW
        plain(ax.text(layout.left - _PAD, middle, text, ha="right", va="center", **label))
    notes: dict[str, Any] = {
        "fontsize": 0.88 * font,
        "color": "#444444",
        "linespacing": 1.2,
    }
    plain(ax.text(_PAD, layout.foot, layout.notes, va="top", **notes))


def _draw_cells(table: TwoPlayers, layout: _PayoffsLayout, ax: Axes, font: float) -> None:
    rows, columns = (len(actions) for actions in table.actions)
    right = layout.left + columns * layout.column
    foot = layout.top + rows * _ROW
    grid = [
        [(layout.left, layout.top + i * _ROW), (right, layout.top + i * _ROW)]
        for i in range(rows + 1)
    ]
    grid += [
        [
            (layout.left + j * layout.column, layout.top),
            (layout.left + j * layout.column, foot),
        ]
        for j in range(columns + 1)
    ]
    ax.add_collection(LineCollection(grid, color=MUTED, linewidth=0.7, zorder=1))
    for player, (payoffs, best) in enumerate(
        zip(table.payoffs, table.best_responses(), strict=True)
    ):
        lines = []
        for i in range(rows):
            for j in range(columns):
                text = amount(payoffs[i, j])
                weight = "bold" if best[i, j] else "normal"
                across = em_width(text, bold=best[i, j])
                x = (
                    layout.left
                    + j * layout.column
                    + (layout.column - _PAD - across if player else _PAD)
                )
                y = layout.top + i * _ROW + (1.3 if player else _ROW - 0.75)
                ax.text(
                    x,
                    y,
                    text,
                    va="baseline",
                    fontsize=font,
                    zorder=3,
                    weight=weight,
                    color=PLAYERS[player],
                )
                if best[i, j]:
                    lines.append([(x, y + 0.25), (x + across, y + 0.25)])
        ax.add_collection(
            LineCollection(lines, color=PLAYERS[player], linewidth=1.6, zorder=3)
        )


def _draw_frames(
    played: Mapping[tuple[int, int], bool], layout: _PayoffsLayout, ax: Axes
) -> None:
    for (i, j), certain in played.items():
        corner = (layout.left + j * layout.column + 0.14, layout.top + i * _ROW + 0.14)
        size = (layout.column - 0.28, _ROW - 0.28)
        ax.add_patch(
            Rectangle(
                corner,
                *size,
                facecolor="#f1f1ee" if certain else "none",
                edgecolor="none",
                zorder=0.5,
            )
        )
        line = "-" if certain else "--"
        ax.add_patch(
            Rectangle(
                corner,
                *size,
                facecolor="none",
                edgecolor=INK,
                linewidth=2.0,
                linestyle=line,
                zorder=2,
            )
        )
