"""A game tree: it grows to the right, what is played in equilibrium is bold, payoffs stand in columns, large parts are folded."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection

from strategy.display import number
from strategy.errors import RefusalError
from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.plots._palette import INK, MUTED
from strategy.plots._text import amount, plain, points, shortened
from strategy.plots._tree_layout import GAP, LONGEST, ROW, Flags, Layout, Node, lay_out

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.results import Solution

__all__ = ["plot_tree", "tree_size"]

FONT = 9.0
SMALLEST = 7.0
_BOLD, _THIN = 2.2, 0.8


def plot_tree(game: Any, ax: Axes, solution: Solution | None = None) -> Axes:
    """Draw an extensive-form game (or a form, without payoffs) into ``ax``; the paths played in ``solution`` are bold.

    As much of the tree is unfolded as the Axes has room for at a legible size: first what is played, then level by level. A
    folded subtree is a triangle with the number of its plays. Raises RefusalError for a game that is no tree.
    """
    ax.set_axis_off()  # first: without ticks there is more room
    width, height = points(ax)
    layout = _layout(game, solution, max(int(height / SMALLEST / ROW) - 2, 2), width / SMALLEST)
    font = min(FONT, width / layout.width, height / layout.height)
    # One unit of the layout is one font size, on both axes: what does not overlap in the layout does not overlap on paper.
    ax.set_xlim(0, width / font)
    ax.set_ylim(height / font, 0)
    _draw_branches(layout, ax)
    for node in layout.nodes.values():
        _draw_node(node, layout, ax, font)
    _draw_payoff_columns(game, layout, ax, font)
    _draw_shared_sets(game if isinstance(game, ExtensiveForm) else game.form, layout, ax)
    return ax


def tree_size(game: Any, solution: Solution | None = None, rows: int = 120, width: float = 24) -> tuple[float, float]:
    """The size in inches at which a tree is drawn in the usual size of type, folded if it has more rows or is wider."""
    layout = _layout(game, solution, rows, width * 72 / FONT)
    return layout.width * FONT / 72 + 0.1, layout.height * FONT / 72 + 0.1


class _Payoffs:
    """The payoffs of a play, as texts and as something to compare."""

    def __init__(self, game: ExtensiveFormGame) -> None:
        self.columns = game.exact_payoffs()

    def key(self, play: int) -> Hashable:
        return tuple([column[play] for column in self.columns])

    def __call__(self, play: int) -> list[str]:
        return [amount(column[play]) for column in self.columns]


def _layout(game: Any, solution: Solution | None, rows: int, widest: float) -> Layout:
    if not isinstance(game, (ExtensiveForm, ExtensiveFormGame)):
        raise RefusalError(
            f"a tree is drawn of an ExtensiveForm or an ExtensiveFormGame, not of a {type(game).__name__}: "
            "only a game with an order of moves has a tree"
        )
    form = game if isinstance(game, ExtensiveForm) else game.form
    laws: Sequence[Sequence[Any]] = form.laws if game is form else game.laws

    def branches(node: int) -> list[str]:
        options = form.action_lists[form.label[node]]
        if form.mover[node] != -1:
            return list(options)
        return [f"{event} ({_probability(p)})" for event, p in zip(options, laws[form.law[node]], strict=True)]

    payoffs = None if isinstance(game, ExtensiveForm) else _Payoffs(game)
    return lay_out(form, branches, payoffs, _on_path(form, solution), rows, widest)


def _probability(value: Any) -> str:
    return str(value) if hasattr(value, "free_symbols") else number(value)


def _on_path(form: ExtensiveForm, solution: Solution | None) -> Flags:
    """Which nodes are reached in some equilibrium of the solution."""
    reached = np.zeros(form.node_count, dtype=bool)
    for equilibrium in solution or ():
        for play in equilibrium.play_numbers:
            node = int(form.leaves[play])
            while node >= 0 and not reached[node]:
                reached[node] = True
                node = int(form.parent[node])
    return reached


# -- drawing -----------------------------------------------------------------------------------------------------


def _draw_branches(layout: Layout, ax: Axes) -> None:
    for bold in (False, True):  # what is played lies on top
        lines = []
        for node in layout.nodes.values():
            if node.parent >= 0 and node.on_path is bold:
                parent, start = layout.nodes[node.parent], layout.label_start[node.depth]
                lines.append([(parent.end, parent.y), (start, node.y), (node.x, node.y)])
        colour, width = (INK, _BOLD) if bold else (MUTED, _THIN)
        ax.add_collection(LineCollection(lines, color=colour, linewidth=width, joinstyle="round", zorder=1 + bold))
        ends = [node for node in layout.nodes.values() if node.kind == "end" and node.on_path is bold]
        ax.scatter([node.x for node in ends], [node.y for node in ends], s=9, color=colour, zorder=3)


def _draw_node(node: Node, layout: Layout, ax: Axes, font: float) -> None:
    weight, colour = ("bold", INK) if node.on_path else ("normal", "#444444")
    style: dict[str, Any] = {"fontsize": font, "weight": weight, "color": colour}
    if node.branch:
        start = layout.label_start[node.depth] + GAP
        plain(ax.text(start, node.y - 0.12, node.branch, va="bottom", ha="left", **style))
    if node.kind == "folded":
        corners = [(node.x, node.y), (node.x + 1.1, node.y - 0.55), (node.x + 1.1, node.y + 0.55)]
        ax.fill(*zip(*corners, strict=True), facecolor="#dddddd", edgecolor=style["color"], linewidth=_THIN, zorder=3)
        plain(ax.text(node.x + 1.4, node.y, node.title, va="center", ha="left", style="italic", **style))
    elif node.kind != "end":
        chance = node.kind == "chance"
        box: dict[str, Any] = {
            "boxstyle": "round4,pad=0.2" if chance else "round,pad=0.2",
            "facecolor": "#e4e4e4" if chance else "white",
        }
        box |= {"edgecolor": style["color"], "linewidth": _THIN}
        slant = "italic" if chance else "normal"
        plain(ax.text(node.x + 0.35, node.y, node.title, va="center", ha="left", style=slant, bbox=box, zorder=4, **style))
    for x, text in zip(layout.columns, layout.values.get(node.number, ()), strict=False):
        ax.text(x, node.y, text, va="center", ha="right", **style)


def _draw_payoff_columns(game: Any, layout: Layout, ax: Axes, font: float) -> None:
    """The players' names above the columns, and dotted lines that lead the eye from the ends of plays to them."""
    if not layout.columns:
        return
    paying = [node for node in layout.nodes.values() if layout.values.get(node.number)]
    leaders = [[(node.end + GAP / 2, node.y), (layout.table - GAP / 2, node.y)] for node in paying]
    ax.add_collection(LineCollection(leaders, color="#bbbbbb", linewidth=0.5, linestyle=":", zorder=0))
    for x, player in zip(layout.columns, game.players, strict=True):
        plain(ax.text(x, ROW / 2, shortened(player, LONGEST), fontsize=font, weight="bold", color=INK, va="center", ha="right"))


def _draw_shared_sets(form: ExtensiveForm, layout: Layout, ax: Axes) -> None:
    """A dashed line joins the moves of one information set."""
    members: dict[int, list[Node]] = {}
    for node in layout.nodes.values():
        if node.kind == "decision":
            members.setdefault(int(form.infoset[node.number]), []).append(node)
    lines = [[(node.x + 0.2, node.y) for node in nodes] for nodes in members.values() if len(nodes) > 1]
    ax.add_collection(LineCollection(lines, color=INK, linewidth=1.0, linestyle="--", zorder=3))
