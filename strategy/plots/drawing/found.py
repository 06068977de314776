"""The figure of what an analysis found, by the name that the catalogue gives it."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from strategy import plots
from strategy.errors import StrategyError
from strategy.plots.files import blank
from strategy.registry import loaded

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["figure_of"]


def figure_of(found: Any, name: str) -> Figure:
    """Draw a finding.

    It is drawn by ``plot_X(finding, ax)``, on a figure of the size ``X_size(finding)`` in
    inches.

    Both are ``strategy.plots``' own, or those of the module that an entry point
    ``strategy.figures`` named X gives. Raises StrategyError where neither has them.
    ``found``: what an analysis returned; ``name``: the X of its figure.
    """
    home = (
        plots if hasattr(plots, f"plot_{name}") else loaded("figures", ModuleType).get(name)
    )
    try:
        size = getattr(home, f"{name}_size")
        plot = getattr(home, f"plot_{name}")
    except AttributeError:
        raise StrategyError(
            f"no figure is called {name!r}: register a module with plot_{name} and "
            f"{name}_size as strategy.figures"
        ) from None
    figure, ax = blank(*size(found))
    plot(found, ax)
    return figure
