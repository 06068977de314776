"""The curve of logit quantal responses.

What each player does as lambda grows, one panel a player.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from strategy.errors import RefusalError
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.panels import LINES, Panels, panels_size
from strategy.plots.drawing.text import amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.results import Equilibrium
    from strategy.solvers import LogitBranch

__all__ = ["plot_quantal_responses", "responses_size"]

_LABEL = "lambda (per unit of payoff)"
# beyond this ratio of the largest lambda to the first that matters the axis is logarithmic
_WIDE = 30.0
# probabilities that have moved by less than this since lambda 0 do not matter
_MOVED = 0.01


@of_a_result
def plot_quantal_responses(
    branch: LogitBranch, ax: Axes, limit: Equilibrium | None = None
) -> Axes:
    """Draw the principal branch of logit quantal responses into ``ax``.

    The probability of every action against lambda.

    ``limit``: the equilibrium to which the branch leads, as ``solve(game, Nash(),
    solver=LogitTracing())`` finds it, marked at the right; its distance from the ends of
    the lines is what is missing at the largest lambda. Lambda multiplies payoffs: in
    another unit of payoffs it counts in another unit. Where the branch spans several powers
    of ten the axis is logarithmic, and begins where the first probability has moved by
    0.01. Curves are floats and not proved. Raises RefusalError on an equilibrium of another
    game.
    """
    if limit is not None and (
        limit.game is not branch.game and limit.game.form != branch.game.form
    ):
        raise RefusalError(
            f"the limit is an equilibrium of another game, {limit.game!r}: give one of "
            f"{branch.game!r}"
        )
    first, last = _ends(branch)
    logarithmic = last > _WIDE * first
    panels = Panels.within(
        ax, branch.game.actions, "probability of each action", _LABEL, _notes(branch, limit)
    )
    if logarithmic:
        for panel in panels.axes:
            panel.set_xscale("log")
    panels.dress(
        (first if logarithmic else 0.0, last),
        _ticks(first if logarithmic else 0.0, last, logarithmic),
    )
    seen = branch.lambdas >= (first if logarithmic else 0.0)
    for number, player in enumerate(branch.game.players):
        panels.draw(number, branch.lambdas[seen], branch.of(player)[seen])
        if limit is not None:
            for i, weight in enumerate(limit.profile[player].values()):
                edge = {"markeredgecolor": LINES[i % len(LINES)][0], "markeredgewidth": 1.6}
                mark: dict[str, Any] = {
                    "marker": "D",
                    "markersize": 6,
                    "color": "white",
                    "clip_on": False,
                    "zorder": 5,
                    **edge,
                }
                panels.axes[number].plot([last], [float(weight)], **mark)
    return ax


@of_a_result
def responses_size(
    branch: LogitBranch, limit: Equilibrium | None = None
) -> tuple[float, float]:
    """A size in inches at which the curves of ``branch`` can be read.

    With ``limit`` if it is given.
    """
    return panels_size(branch.game.actions, _notes(branch, limit).count("\n") + 1)


def _notes(branch: LogitBranch, limit: Equilibrium | None) -> str:
    lines = ["At lambda 0 all actions of a player are equally likely."]
    if limit is not None:
        lines.append("Diamonds: the Nash equilibrium to which the branch leads.")
    if not branch.reached:
        lines.append("The branch was not followed to the lambda asked for.")
    return "\n".join(lines)


def _ends(branch: LogitBranch) -> tuple[float, float]:
    """The first lambda at which something has moved, and the largest."""
    moved = np.abs(branch.probabilities - branch.probabilities[0]).max(axis=1) > _MOVED
    last = float(branch.lambdas.max())
    first = float(branch.lambdas[int(moved.argmax())]) if moved.any() else last
    return max(first, last * 1e-9), last


def _ticks(first: float, last: float, logarithmic: bool) -> list[tuple[float, str]]:
    if not logarithmic:
        step = 10.0 ** math.floor(math.log10(last))
        step = next(one for one in (step / 5, step / 2, step, 2 * step) if last / one <= 6)
        return [
            (i * step, amount(Fraction(f"{i * step:.12g}")))
            for i in range(int(last / step + 1e-9) + 1)
        ]
    low = math.ceil(math.log10(first) - 1e-9)
    high = math.floor(math.log10(last) + 1e-9)
    every = max(1, (high - low + 1) // 6)
    parts = (1, 2, 5) if high - low < 2 else (1,)
    found = [
        (part * 10.0**power)
        for power in range(low - 1, high + 1)
        for part in parts
        if (power - low) % every == 0
    ]
    return [
        (at, amount(Fraction(f"{at:.12g}")))
        for at in found
        if first * 0.999 <= at <= last * 1.001
    ]
