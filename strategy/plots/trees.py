"""A game tree: what is played in equilibrium is bold.

Payoffs stand in line at its ends, large parts are folded and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from strategy.display import number
from strategy.errors import RefusalError, StrategyError
from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.plots.drawing.given import require_axes
from strategy.plots.drawing.text import amount, points, shortened
from strategy.plots.drawing.tree_drawing import draw_tree
from strategy.plots.drawing.tree_folding import Facts, Flags
from strategy.plots.drawing.tree_layout import Layout, Orientation, lay_out

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.results import Solution

__all__ = ["plot_tree", "tree_size"]

FONT, _SMALLEST = 9.0, 4.0
_MOST = 120
_WIDEST = 24.0  # inches
_EVENT = 24  # characters, so that the probability behind them is never cut


def plot_tree(
    game: Any,
    ax: Axes,
    solution: Solution | None = None,
    *,
    orientation: Orientation = "right",
    most: int = _MOST,
    fold_below: int | None = None,
) -> Axes:
    """Draw an extensive-form ``game`` (or a form, without payoffs) into ``ax``.

    The paths played in ``solution`` are bold. The tree grows to the ``"right"`` or
    ``"down"``, as ``orientation`` says. What is played is always unfolded (unless it takes
    500 ends and more); the rest as far as the Axes has room for, level by level, in at most
    ``most`` ends, and not below ``fold_below`` moves from the root. What is folded is
    counted: a triangle for a subtree, a line for branches left out. A dashed outline goes
    around moves of one information set; where others stand between them, a dashed line
    joins their outlines. Raises RefusalError for a game that is not a tree, and where what
    is played could not be read in this Axes (type under 4 points).
    """
    facts = _facts(game, solution)
    require_axes("plot_tree", ax)
    _check(orientation, most, fold_below)
    ax.set_axis_off()  # first: without ticks there is more room
    width, height = points(ax)
    along, across = (width, height) if orientation == "right" else (height, width)
    layout = lay_out(facts, orientation, most, fold_below, (along / FONT, across / FONT))
    font = min(FONT, along / layout.length, across / layout.breadth)
    if font < _SMALLEST:
        wide, high = _inches(layout, orientation)
        raise RefusalError(
            f"this tree cannot be read at {width / 72:.1f} x {height / 72:.1f} inches, "
            f"what is played is too large: give it {wide:.1f} x {high:.1f} (tree_size), "
            "or fewer equilibria"
        )
    # One unit of the layout is one font size, on both axes: what does not overlap in the
    # layout does not overlap on paper.
    ax.set_xlim(0, width / font)
    ax.set_ylim(height / font, 0)
    draw_tree(layout, ax, font, orientation)
    return ax


def tree_size(
    game: Any,
    solution: Solution | None = None,
    *,
    orientation: Orientation = "right",
    most: int = _MOST,
    fold_below: int | None = None,
    widest: float = _WIDEST,
) -> tuple[float, float]:
    """The size in inches at which a tree is drawn in the usual size of type.

    ``game``, ``solution``, ``orientation``, ``fold_below``: as for ``plot_tree``. Beyond
    ``most`` ends and ``widest`` inches across the page it is folded; only what is played
    may make it larger.
    """
    _check(orientation, most, fold_below)
    page, unbound = widest * 72 / FONT, float("inf")
    room = (page, unbound) if orientation == "right" else (unbound, page)
    return _inches(
        lay_out(_facts(game, solution), orientation, most, fold_below, room), orientation
    )


def _inches(layout: Layout, orientation: Orientation) -> tuple[float, float]:
    sides = (
        (layout.length, layout.breadth)
        if orientation == "right"
        else (layout.breadth, layout.length)
    )
    return sides[0] * FONT / 72 + 0.1, sides[1] * FONT / 72 + 0.1


def _check(orientation: object, most: object, fold_below: object) -> None:
    if orientation not in get_args(Orientation):
        raise StrategyError(
            f"orientation={orientation!r}: expected "
            f"{' or '.join(map(repr, get_args(Orientation)))}"
        )
    for label, value in (("most", most), ("fold_below", fold_below)):
        if value is not None and (not isinstance(value, int) or value < 1):
            raise StrategyError(f"{label}={value!r}: expected a positive integer, or None")


def _facts(game: Any, solution: Solution | None) -> Facts:
    if not isinstance(game, (ExtensiveForm, ExtensiveFormGame)):
        raise RefusalError(
            "a tree is drawn from an ExtensiveForm or an ExtensiveFormGame, not "
            f"{type(game).__name__}: only a game with an order of moves has a tree; draw "
            "a table with plot_payoffs"
        )
    form = game if isinstance(game, ExtensiveForm) else game.form
    laws: Sequence[Sequence[Any]] = form.laws if game is form else game.laws

    def branches(node: int) -> Sequence[str]:
        options = form.action_lists[form.label[node]]
        if form.mover[node] != -1:
            return options
        law = laws[form.law[node]]
        return [
            f"{shortened(event, _EVENT)} ({_probability(p)})"
            for event, p in zip(options, law, strict=True)
        ]

    on_path = _on_path(form, solution)
    if isinstance(game, ExtensiveForm):
        return Facts(form, branches, on_path, None, None)
    columns = game.exact_payoffs()
    return Facts(
        form,
        branches,
        on_path,
        key=lambda play: tuple([column[play] for column in columns]),
        payoffs=lambda play: [amount(column[play]) for column in columns],
    )


def _probability(value: Any) -> str:
    return (
        shortened(str(value), _EVENT) if hasattr(value, "free_symbols") else number(value)
    )


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
