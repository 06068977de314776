"""What lies on what in a drawn figure, by the boxes in which it is drawn. Every figure is
held to it."""

from __future__ import annotations

import itertools
import warnings
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

NASTY = (
    "Türkiye",
    "a",
    "$x_1$ & <script>alert('no')</script>",
    "a name of sixty characters that goes on and on until it ends",
    "Wörterbuchunabhängigkeitserklärungsverfassungsgegenstände",
    "two lines: one, two",
    "Հայաստան",
    "საქართველო",
    "Россия и её союзники",
    "a $b$ c",
)
"""Names as people write them, and as they do not."""


def drawn_texts(ax: Axes) -> list[tuple[str, Bbox]]:
    """All texts that can be seen in the figure of an Axes, each with its box in pixels:
    labels, ticks, titles, legends."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.draw_without_rendering()
        hidden = _hidden_ticks(figure)
        shown = [text for text in figure.findobj(Text) if _seen(text, hidden)]
        return [(text.get_text(), _shrunk(text.get_window_extent())) for text in shown]


def _seen(text: Any, hidden: set[Any]) -> bool:
    return bool(text.get_text().strip()) and text.get_visible() and text not in hidden


def _hidden_ticks(figure: Any) -> set[Any]:
    """A tick out of the limits has a label that is not drawn."""
    hidden: set[Any] = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            ticks = {*axis.get_major_ticks(), *axis.get_minor_ticks()}
            unseen = (
                ticks - set(axis._update_ticks())
                if axis.get_visible() and ax.axison
                else ticks
            )
            hidden |= {label for tick in unseen for label in (tick.label1, tick.label2)}
        if not ax.axison:
            hidden |= {ax.xaxis.label, ax.yaxis.label}
    return hidden


def _shrunk(box: Bbox) -> Bbox:
    """The box of a line of text has room for the highest and lowest letters; a hair of it
    may be shared."""
    return Bbox.from_extents(
        box.x0 + 0.5, box.y0 + 0.05 * box.height, box.x1 - 0.5, box.y1 - 0.05 * box.height
    )


def drawn_markers(ax: Axes) -> list[tuple[str, Bbox]]:
    """The markers in the Axes (points, stars), each with its box in pixels."""
    found = []
    for line in ax.lines:
        if isinstance(line, Line2D) and line.get_marker() not in (None, "None", "", " "):
            half = line.get_markersize() * ax.figure.dpi / 72 / 2
            found += [
                _around("marker", spot, half)
                for spot in line.get_transform().transform(line.get_xydata())
            ]
    for points in ax.collections:
        sizes = getattr(points, "get_sizes", list)()
        spots = (
            points.get_offset_transform().transform(points.get_offsets())
            if len(sizes)
            else []
        )
        halves = (
            np.resize(np.sqrt(sizes) / 2 * ax.figure.dpi / 72, len(spots))
            if len(spots)
            else []
        )
        found += [
            _around("point", spot, half) for spot, half in zip(spots, halves, strict=True)
        ]
    return found


def _around(what: str, spot: Any, half: float) -> tuple[str, Bbox]:
    return what, Bbox.from_extents(
        spot[0] - half, spot[1] - half, spot[0] + half, spot[1] + half
    )


def overlaps(ax: Axes) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies on the other, and of texts that lie on markers."""
    texts, markers = drawn_texts(ax), drawn_markers(ax)
    boxes = np.array([box.extents for _, box in (*texts, *markers)]).reshape(-1, 4)
    low = np.maximum(boxes[: len(texts), None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[: len(texts), None, 2:], boxes[None, :, 2:])
    both = (low < high).all(axis=-1)
    return [
        ((*texts, *markers)[i][0], (*texts, *markers)[j][0])
        for i, j in zip(*both.nonzero(), strict=True)
        if i < j
    ]


def outside(ax: Axes) -> list[str]:
    """Texts that stick out of the figure."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    page = figure.bbox.padded(1.0)
    return [
        text
        for text, box in drawn_texts(ax)
        if not all(page.contains(*corner) for corner in box.corners())
    ]


def lies_on_lines(ax: Axes, segments: Any) -> list[str]:
    """Texts that a line from point to point (in data coordinates) runs through."""
    lines = [ax.transData.transform(segment) for segment in segments]
    found = []
    for text, box in drawn_texts(ax):
        if any(_crosses(box, a, b) for line in lines for a, b in itertools.pairwise(line)):
            found.append(text)
    return found


def _crosses(box: Bbox, a: Any, b: Any) -> bool:
    from matplotlib.path import Path

    return bool(Path([a, b]).intersects_bbox(box, filled=False))
