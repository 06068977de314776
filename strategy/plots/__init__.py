"""Figures: each takes a result and an Axes and returns the Axes. No window is opened and nothing global is changed."""

from strategy.plots.files import blank, save
from strategy.plots.trees import plot_tree, tree_size

ALL = (plot_tree,)

__all__ = ["ALL", "blank", "plot_tree", "save", "tree_size"]
