"""The set of equilibria of two players.

It is drawn as each one's mixed strategies, divided by the other's best replies.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.patches import Rectangle

from strategy.errors import RefusalError
from strategy.exact import exact_array
from strategy.forms.mixed import MixedProfile
from strategy.forms.normal import NormalFormGame
from strategy.plots.drawing.best_replies import ReplyRegion, regions_of_replies
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import INK, PLAYERS
from strategy.plots.drawing.simplex import Simplex, WrittenLabel, write
from strategy.plots.drawing.text import amount, plain, points, wrapped
from strategy.texts import number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.results import Solution

__all__ = ["equilibria_size", "plot_equilibria"]

_FONT = 9.0
_WIDTH = 8.0  # inches
# points: of a triangle at its usual size, the height of an interval
_SIDE, _BAND = 190.0, 34.0
_GAP = 26.0
_MOST_ACTIONS = 3
_MOST_LISTED = 8
_LINE, _KEY = 1.3, 1.5  # heights of a line of text and of one with a swatch, in font sizes
_TINTS = (("#e4eef6", "#a8c9e2", "#6ba3cd"), ("#fbeadd", "#efbd93", "#dc9159"))
"""Three tints a player, of its actions in order; they differ in lightness, so that grey
print tells them apart."""


@of_a_result
def plot_equilibria(solution: Solution, ax: Axes) -> Axes:
    """Draw the equilibria of a two-player game with up to three actions each into ``ax``.

    ``solution``: as solve() returns it. On the left are the first player's mixed
    strategies: an interval for two actions, a triangle for three, each corner an action.
    They are divided by what is best for the second player there; on the right it is the
    other way round (von Stengel's diagram). An equilibrium has the same number on both
    sides. Where the components are known, lines and hatched areas show their maximal Nash
    subsets: any strategy on the left with any on the right between the same numbers is an
    equilibrium too. Raises RefusalError on other games.
    """
    drawing = _Drawing.of(solution)
    ax.set_axis_off()
    width, height = points(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    notes = drawing.notes(width)
    foot = (notes.count("\n") + 1) * _LINE * 0.92 * _FONT + 0.6 * _FONT
    panel = (width - _GAP) / 2
    for side in (0, 1):
        drawing.draw_side(ax, side, (side * (panel + _GAP), foot, panel, height - foot))
    plain(
        ax.text(
            0,
            foot - 0.6 * _FONT,
            notes,
            fontsize=0.92 * _FONT,
            va="top",
            linespacing=1.2,
            color="#444444",
        )
    )
    return ax


@of_a_result
def equilibria_size(solution: Solution) -> tuple[float, float]:
    """A size in inches at which the equilibria of ``solution`` can be read."""
    drawing = _Drawing.of(solution)
    width = 72 * _WIDTH - _FONT  # a layout keeps a little at the edges
    panel = (width - _GAP) / 2
    lines = drawing.notes(width).count("\n") + 1
    tallest = max(drawing.height(side, panel) for side in (0, 1))
    return _WIDTH, (tallest + lines * _LINE * 0.92 * _FONT + 2.4 * _FONT) / 72


def drawable(game: Any) -> NormalFormGame:
    """The game, if the figure can be of it.

    Raises RefusalError otherwise; it can be asked before the game is solved.
    """
    if (
        isinstance(game, NormalFormGame)
        and len(game.players) == 2
        and max(game.form.shape) <= _MOST_ACTIONS
    ):
        return game
    table = isinstance(game, NormalFormGame)
    shown = (
        " x ".join(map(str, game.form.shape))
        if table
        else f"a {type(game).__name__}: this is a tree"
    )
    remedy = (
        "a payoff table with plot_payoffs, or a game with the actions in question alone"
        if table
        else "it with plot_tree"
    )
    raise RefusalError(
        f"this figure takes a table of two players with up to {_MOST_ACTIONS} actions "
        f"each, not {shown}; draw {remedy}"
    )


@attrs.frozen(eq=False)
class _Drawing:
    """What is drawn of a solution.

    For each side there are its player, the other's regions of best replies and the numbered
    strategies.
    """

    solution: Solution
    players: tuple[str, str]
    actions: tuple[tuple[str, ...], tuple[str, ...]]
    regions: tuple[tuple[ReplyRegion, ...], tuple[ReplyRegion, ...]]
    profiles: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...]

    @classmethod
    def of(cls, solution: Solution) -> _Drawing:
        game = drawable(solution.game)
        first, second = [exact_array(table) for table in game.tables]
        one, other = game.players
        return cls(
            solution,
            (one, other),
            (game.actions[one], game.actions[other]),
            (regions_of_replies(second), regions_of_replies(first.T)),
            tuple([_vectors(one.profile) for one in solution]),
        )

    def title(self, side: int) -> str:
        """What stands over a side."""
        return (
            f"Strategies of {self.players[side]}, divided by best replies of "
            f"{self.players[1 - side]}"
        )

    def notes(self, width: float) -> str:
        """The words below both sides, broken to a width in points."""
        count = len(self.solution)
        said = [f"Equilibria ({self.solution.concept}): {self.solution.headline.short}."]
        if 0 < count <= _MOST_LISTED:
            for number, one in enumerate(self.solution, 1):
                mixes = [
                    f"{player}: {_mix(one.profile[player])}" for player in self.players
                ]
                said.append(f"({number}) {'; '.join(mixes)}")
        for subset in self._subsets():
            if len(subset.numbers) > 1:
                marks = (
                    f"Any strategy between the marks {_runs(subset.numbers)} on the left"
                )
                said.append(
                    f"{marks}, with any such strategy on the right, is an equilibrium too."
                )
        return "\n".join([wrapped(one, width / (0.92 * _FONT), 4) for one in said])

    def _subsets(self) -> list[_Subset]:
        """The maximal Nash subsets with more than a point."""
        found = []
        for component in self.solution.known_components:
            for subset in component.subsets:
                numbers = [
                    number + 1
                    for number in component.equilibria
                    if all(
                        vector in vertices
                        for vector, vertices in zip(
                            self.profiles[number], subset, strict=True
                        )
                    )
                ]
                if max(map(len, subset)) > 1:
                    found.append(_Subset(subset, numbers))
        return found

    # -- one side

    def _head(self, side: int, panel: float) -> str:
        return wrapped(self.title(side), 0.97 * panel / _FONT, 3, bold=True)

    def height(self, side: int, panel: float) -> float:
        """The points that a side takes at its usual size."""
        head = (self._head(side, panel).count("\n") + 1.6) * _LINE * _FONT
        body = Simplex.height(self.actions[side], panel, _FONT, _SIDE, _BAND)
        keys = len(self._fitted(side, (0.0, 0.0, panel, body + 4.5 * _FONT)).keys)
        return head + body + (keys + 0.5) * _KEY * _FONT

    def _fitted(self, side: int, box: tuple[float, float, float, float]) -> _EquilibriaPlan:
        """All that is written into a box (left, lower, right, upper).

        What finds no room inside takes room below.
        """
        left, low, right, top = box
        keys, plan = -1, None
        while plan is None or len(plan.keys) > keys:
            keys = 0 if plan is None else len(plan.keys)
            within = (left, low + (keys + 0.5) * _KEY * _FONT, right, top)
            plan = self._plan(
                side, Simplex.within(self.actions[side], within, _FONT, _SIDE, _BAND)
            )
        return plan

    def draw_side(
        self, ax: Axes, side: int, box: tuple[float, float, float, float]
    ) -> None:
        """One side into a box (left, lower, width, height) in points."""
        left, foot, panel, height = box
        head = self._head(side, panel)
        style: dict[str, Any] = {
            "fontsize": _FONT,
            "weight": "bold",
            "color": PLAYERS[side],
            "linespacing": 1.2,
        }
        plain(
            ax.text(left + panel / 2, foot + height, head, ha="center", va="top", **style)
        )
        top = foot + height - (head.count("\n") + 1.6) * _LINE * _FONT
        plan = self._fitted(side, (left, foot, left + panel, top))
        self._draw(ax, side, plan)
        for i, region in enumerate(plan.keys):
            self._draw_key(ax, side, region, (left, foot + (i + 0.4) * _KEY * _FONT, panel))

    def _plan(self, side: int, simplex: Simplex) -> _EquilibriaPlan:
        """Find room for all that is written into a side."""
        for subset in self._subsets():
            simplex.keep_free(subset.vertices[side])
        same: dict[Any, list[int]] = {}
        for number, profile in enumerate(self.profiles, 1):
            same.setdefault(tuple(map(number_text, profile[side])), []).append(number)
        numbers = simplex.write_numbers(
            [(self.profiles[some[0] - 1][side], _runs(some)) for some in same.values()]
        )
        cuts = dict.fromkeys(
            [corner for region in self.regions[side] for corner in region.corners]
        )
        words: list[tuple[WrittenLabel, str]] = [
            (one, "none") for one in simplex.write_cuts(cuts)
        ]
        keys = []
        for region in self.regions[side]:
            written = simplex.write_region(region.corners, self._replies(side, region))
            if written is None:
                keys.append(region)
            else:
                words.append((written, self._tint(side, region)))
        return _EquilibriaPlan(simplex, numbers, words, keys)

    def _draw(self, ax: Axes, side: int, plan: _EquilibriaPlan) -> None:
        for region in self.regions[side]:
            plan.simplex.draw_region(ax, region.corners, self._tint(side, region))
        plan.simplex.draw_names(ax, PLAYERS[side])
        for subset in self._subsets():
            plan.simplex.draw_subset(ax, subset.vertices[side])
        for one, tint in plan.words:
            write(
                ax,
                one,
                bbox={"boxstyle": "round,pad=0.1", "facecolor": tint, "edgecolor": "none"},
            )
        plan.simplex.draw_numbers(ax, plan.numbers)

    def _replies(self, side: int, region: ReplyRegion) -> str:
        return " or ".join([self.actions[1 - side][reply] for reply in region.replies])

    def _tint(self, side: int, region: ReplyRegion) -> str:
        return _TINTS[1 - side][region.replies[0] % 3]

    def _draw_key(
        self, ax: Axes, side: int, region: ReplyRegion, at: tuple[float, float, float]
    ) -> None:
        """A swatch and words, for a region without room for a word inside."""
        x, y, wide = at
        frame: dict[str, Any] = {
            "facecolor": self._tint(side, region),
            "edgecolor": INK,
            "linewidth": 0.6,
        }
        ax.add_patch(Rectangle((x, y), 1.2 * _FONT, 0.8 * _FONT, **frame))
        where = {0: " (at that point alone)", 1: " (on that line alone)"}.get(
            region.dimension, ""
        )
        where = where if region.dimension < len(self.actions[side]) - 1 else ""
        text = wrapped(self._replies(side, region) + where, wide / _FONT - 2, 1)
        plain(ax.text(x + 1.7 * _FONT, y, text, fontsize=_FONT, va="baseline"))


@attrs.frozen(eq=False)
class _Subset:
    """Corners for each side, any of which make an equilibrium together.

    The numbers of those equilibria are kept with them.
    """

    vertices: Any
    numbers: list[int]


@attrs.frozen(eq=False)
class _EquilibriaPlan:
    """What is written where on a side, words with the colour behind them.

    ``keys``: the regions without room for words.
    """

    simplex: Simplex
    numbers: list[WrittenLabel]
    words: list[tuple[WrittenLabel, str]]
    keys: list[ReplyRegion]


def _vectors(profile: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    if isinstance(profile, MixedProfile):
        one, other = profile.vectors
        return one, other
    pairs = zip(profile.form.shape, profile.choices, strict=True)
    one, other = [
        tuple([Fraction(int(i == chosen)) for i in range(size)]) for size, chosen in pairs
    ]
    return one, other


def _mix(weights: Any) -> str:
    used = {action: weight for action, weight in weights.items() if weight}
    return (
        next(iter(used))
        if len(used) == 1
        else ", ".join([f"{action} ({amount(weight)})" for action, weight in used.items()])
    )


def _runs(numbers: list[int]) -> str:
    """Numbers in a row as a stretch: "1, 3-5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        [
            str(run[0])
            if len(run) == 1
            else f"{run[0]}{'–' if len(run) > 2 else ', '}{run[-1]}"
            for run in runs
        ]
    )
