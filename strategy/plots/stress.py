"""Strips of joint stress.

The verdict on the way from what is assumed to where a group of assumptions may go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategy.plots.drawing.given import of_a_result
from strategy.plots.thresholds import draw_strips

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Stress

__all__ = ["plot_stress", "stress_size"]


@of_a_result
def plot_stress(finding: Stress, ax: Axes) -> Axes:
    """Draw one strip a group into ``ax``, from the values asked about to its ends.

    The values asked about are 0 (the star), the ends 1.

    ``finding``: what ``stress`` returns. Strips are coloured by verdict; numbers stand
    under the points of change.
    """
    return draw_strips(
        finding.paths,
        [(one.label, "", "") for one in finding.paths],
        ax,
        finding,
        "where it starts",
    )


@of_a_result
def stress_size(finding: Stress) -> tuple[float, float]:
    """A size in inches at which the strips of ``finding`` can be read."""
    return 8.5, 0.46 * len(finding.paths) + 1.3
