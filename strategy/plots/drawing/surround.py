"""What stands around a square plot.

Labels of the axes and a legend under it, in lines that fit whatever the names are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.transforms import ScaledTranslation

from strategy.plots.drawing.text import plain, points, settle, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["surround"]

_HANDLE = 2.6
_LINES = (3, 6)  # of a label, of an entry of the legend
_ROUNDS = 3


def surround(
    ax: Axes,
    labels: tuple[str, str],
    handles: Sequence[Any],
    font: float,
    colours: Sequence[str] = ("k", "k"),
) -> None:
    """Label the x and the y axis and add a legend of these handles.

    One a line, below all that stands under the Axes.

    Lines are as long as the Axes is wide or high. What stands around it takes room from it,
    so that is settled in a few rounds. ``ax``: the Axes; ``labels``: of the two axes;
    ``font``: the size of type, in points; ``colours``: of the labels.
    """
    setters: tuple[Any, Any] = (ax.set_xlabel, ax.set_ylabel)
    entries = [handle.get_label() for handle in handles]
    for _ in range(_ROUNDS):
        across, up = (side / font for side in points(ax))
        for set_label, text, room, colour in zip(
            setters, labels, (across, up), colours, strict=True
        ):
            plain(
                set_label(
                    wrapped(text, 0.97 * room, _LINES[0]), fontsize=font, color=colour
                )
            )
        for handle, text in zip(handles, entries, strict=True):
            handle.set_label(wrapped(text, across - _HANDLE - 1.5, _LINES[1]))
        _legend_below(ax, handles, font)


def _legend_below(ax: Axes, handles: Sequence[Any], font: float) -> None:
    figure: Any = ax.get_figure(root=True)
    settle(figure)
    box, axes = ax.xaxis.get_tightbbox(), ax.get_window_extent()
    drop = (axes.y0 - box.y0 if box is not None else 0.0) / figure.dpi + 0.5 * font / 72
    # In inches from the Axes: as a share of its height it would shrink with it when room is
    # made for the legend.
    below = ax.transAxes + ScaledTranslation(0, -drop, figure.dpi_scale_trans)
    style: dict[str, Any] = {
        "frameon": False,
        "fontsize": font,
        "handlelength": _HANDLE,
        "borderaxespad": 0.0,
    }
    legend = ax.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=below,
        **style,
    )
    for text in legend.get_texts():
        plain(text)
