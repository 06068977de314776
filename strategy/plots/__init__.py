"""Figures: each function takes a result and an Axes and returns the Axes.

No window is opened and nothing global is changed.

To add one: its file, with ``plot_X`` and ``X_size`` in its ``__all__``, and a line here.
"""

# ruff: noqa: F403

from collections.abc import Callable
from typing import Any

from strategy.plots.ablation import *
from strategy.plots.best_responses import *
from strategy.plots.commitment import *
from strategy.plots.conditions import *
from strategy.plots.coordination import *
from strategy.plots.drivers import *
from strategy.plots.equilibria import *
from strategy.plots.files import *
from strategy.plots.information import *
from strategy.plots.joint_moves import *
from strategy.plots.orders import *
from strategy.plots.payoffs import *
from strategy.plots.quantal_responses import *
from strategy.plots.question import *
from strategy.plots.regions import *
from strategy.plots.regret import *
from strategy.plots.robustness import *
from strategy.plots.statics import *
from strategy.plots.stress import *
from strategy.plots.terms import *
from strategy.plots.thresholds import *
from strategy.plots.tipping import *
from strategy.plots.tornado import *
from strategy.plots.trajectories import *
from strategy.plots.trees import *
from strategy.plots.waterfalls import *

ALL: tuple[Callable[..., Any], ...] = tuple(
    [made for name, made in sorted(globals().items()) if name.startswith("plot_")]
)

__all__ = sorted(
    [
        "ALL",
        *[
            name
            for name, one in globals().items()
            if getattr(one, "__module__", "").startswith(__name__)
        ],
    ]
)
