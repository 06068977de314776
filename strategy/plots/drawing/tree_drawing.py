"""A tree that is laid out, in ink."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.collections import LineCollection
from matplotlib.patches import FancyBboxPatch

from strategy.plots.drawing.palette import INK, MUTED
from strategy.plots.drawing.text import plain
from strategy.plots.drawing.tree_folding import FoldedNode
from strategy.plots.drawing.tree_layout import GAP, Layout, NodePlace, Orientation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_tree"]

_BOLD, _THIN = 2.2, 0.8
_FOLDED = 1.1  # length of a triangle
_PAD = 0.2  # of an outline around a move
_PLAIN = "#444444"
_CHANCE = "#e4e4e4"
Point = tuple[float, float]


def draw_tree(layout: Layout, ax: Axes, font: float, orientation: Orientation) -> None:
    """Draw a layout into an Axes whose unit is the font size, y growing downwards.

    ``ax``: the Axes; ``orientation``: "right" or "down".
    """
    pen = _Pen(layout, ax, font, down=orientation == "down")
    pen.branches()
    for v, node in layout.nodes.items():
        pen.branch_label(node, layout.places[v])
        pen.node(node, layout.places[v])
    pen.payoffs()
    pen.information_sets()


class _Pen:
    """Draws in places (along, across), whichever way the tree grows."""

    def __init__(self, layout: Layout, ax: Axes, font: float, *, down: bool) -> None:
        self.layout = layout
        self.ax = ax
        self.font = font
        self.down = down

    def xy(self, along: float, across: float) -> Point:
        return (across, along) if self.down else (along, across)

    def text(self, along: float, across: float, text: str, **style: Any) -> None:
        kept: dict[str, Any] = {"fontsize": self.font, "linespacing": 1.15, **style}
        plain(self.ax.text(*self.xy(along, across), text, **kept))

    def lines(self, paths: list[list[Point]], **style: Any) -> None:
        self.ax.add_collection(
            LineCollection([[self.xy(*place) for place in path] for path in paths], **style)
        )

    def style(self, node: FoldedNode) -> dict[str, Any]:
        return (
            {"weight": "bold", "color": INK}
            if node.on_path
            else {"weight": "normal", "color": _PLAIN}
        )

    # -- the tree

    def branches(self) -> None:
        nodes, places = self.layout.nodes, self.layout.places
        for bold in (False, True):  # what is played lies on top
            paths = []
            for v, node in nodes.items():
                if node.parent in places and node.on_path is bold:
                    parent, here = places[node.parent], places[v]
                    paths.append(
                        [
                            (parent.end, parent.across),
                            (here.bend, here.across),
                            (here.begin, here.across),
                        ]
                    )
            colour, width = (INK, _BOLD) if bold else (MUTED, _THIN)
            self.lines(
                paths, color=colour, linewidth=width, joinstyle="round", zorder=1 + bold
            )
            ends = [
                places[v]
                for v, node in nodes.items()
                if node.kind == "end" and node.on_path is bold
            ]
            spots = [self.xy(place.begin, place.across) for place in ends]
            self.ax.scatter(
                [x for x, _ in spots],
                [y for _, y in spots],
                s=(self.font / 3) ** 2,
                color=colour,
                zorder=3,
            )

    def branch_label(self, node: FoldedNode, place: NodePlace) -> None:
        if not place.branch:
            return
        if self.down:
            box = {"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none"}
            style = {"va": "top", "ha": "center", "bbox": box, "zorder": 2.5}
            self.text(
                place.label + 0.4, place.across, place.branch, **style, **self.style(node)
            )
        else:
            self.text(
                place.label + GAP,
                place.across - 0.12,
                place.branch,
                va="bottom",
                ha="left",
                **self.style(node),
            )

    def node(self, node: FoldedNode, place: NodePlace) -> None:
        ahead = (
            {"va": "top", "ha": "center"} if self.down else {"va": "center", "ha": "left"}
        )
        if node.kind == "folded":
            corners = [(0.0, 0.0), (_FOLDED, -0.55), (_FOLDED, 0.55)]
            drawn = [
                self.xy(place.begin + along, place.across + across)
                for along, across in corners
            ]
            edge = self.style(node)["color"]
            self.ax.fill(
                *zip(*drawn, strict=True),
                facecolor="#dddddd",
                edgecolor=edge,
                linewidth=_THIN,
                zorder=3,
            )
        if node.kind in ("folded", "rest"):
            start = place.begin + (_FOLDED + 0.2 if node.kind == "folded" else 0.15)
            self.text(
                start,
                place.across,
                place.title,
                style="italic",
                **ahead,
                **self.style(node),
            )
        elif node.kind != "end":
            chance = node.kind == "chance"
            colour = self.style(node)["color"]
            shape = "round4,pad=0.2" if chance else "round,pad=0.2"
            box = {
                "boxstyle": shape,
                "facecolor": _CHANCE if chance else "white",
                "edgecolor": colour,
                "linewidth": _THIN,
            }
            slant = "italic" if chance else "normal"
            self.text(
                place.begin + 0.3,
                place.across,
                place.title,
                style=slant,
                bbox=box,
                zorder=4,
                **ahead,
                **self.style(node),
            )

    # -- what stands beside it

    def payoffs(self) -> None:
        """The payoffs in line with their player's name, and lines from the plays to them.

        Dotted lines that lead the eye from the ends of plays.
        """
        layout = self.layout
        if not layout.header:
            return
        paying = [
            (layout.nodes[v], place) for v, place in layout.places.items() if place.values
        ]
        leaders = [
            [(place.end + 0.2, place.across), (layout.table - GAP / 2, place.across)]
            for _, place in paying
        ]
        self.lines(leaders, color="#bbbbbb", linewidth=0.5, linestyle=":", zorder=0)
        beside = {
            "ha": "right",
            "va": "center" if self.down else "bottom",
            "weight": "bold",
            "color": INK,
        }
        below = {"ha": "center" if self.down else "right", "va": "center"}
        for i, (name, along) in enumerate(layout.header):
            self.text(
                along, layout.beginning - (2 * GAP if self.down else 0.3), name, **beside
            )
            for node, place in paying:
                self.text(along, place.across, place.values[i], **below, **self.style(node))

    def information_sets(self) -> None:
        for link in self.layout.links:
            places = [self.layout.places[v] for v in link.members]
            if link.lane is None:
                self._outline(places)
                continue
            for place in places:
                self._outline([place])
            # beside the branch that leads there
            ends = [place.across + 0.5 * place.half for place in places]
            joins = [
                [(link.line, across), (place.begin - _PAD, across)]
                for place, across in zip(places, ends, strict=True)
            ]
            self.lines(
                [[(link.line, ends[0]), (link.line, ends[-1])], *joins],
                color=INK,
                linewidth=1.0,
                linestyle="--",
                zorder=3,
            )

    def _outline(self, places: list[NodePlace]) -> None:
        (x0, y0) = self.xy(
            min(place.begin for place in places) - _PAD,
            min(place.across - place.half for place in places),
        )
        (x1, y1) = self.xy(
            max(place.end for place in places) + _PAD,
            max(place.across + place.half for place in places),
        )
        rounding = min(x1 - x0, y1 - y0, 2.4) / 3
        shape = FancyBboxPatch(
            (x0, y0), x1 - x0, y1 - y0, boxstyle=f"round,pad=0,rounding_size={rounding}"
        )
        shape.set(
            facecolor="none", edgecolor=INK, linewidth=1.0, linestyle="--", zorder=3.5
        )
        self.ax.add_patch(shape)
