"""Pictures that need no library.

The strip of verdicts along a range, in characters or SVG, and a map of polygons in SVG.

The colour is never alone: each picture stands beside a table that says the same in words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import attrs
from markupsafe import Markup

from strategy.display._looks import LOOKS, look
from strategy.display._words import number

__all__ = ["Strip", "polygon_map"]

_LENGTH = 260
_MAP = 300


@attrs.frozen
class Strip:
    """The verdicts along a range as a cell.

    ``edges``: from 0 to 1; ``pieces``: a verdict between each two of them; ``at_edges``:
    one at each; ``value``: where to mark the value, None for nowhere. As text it is
    ``size`` characters long; ``ascii`` leaves out signs that a terminal may lack.
    """

    edges: Sequence[float]
    pieces: Sequence[Any]
    at_edges: Sequence[Any]
    value: float | None
    size: int = 20
    ascii: bool = False

    def verdicts(self) -> list[Any]:
        """The verdict in the middle of each character."""
        found, piece = [], 0
        for i in range(self.size):
            while (
                piece + 1 < len(self.pieces)
                and self.edges[piece + 1] < (i + 0.5) / self.size
            ):
                piece += 1
            found.append(self.pieces[piece])
        return found

    @property
    def value_at(self) -> int | None:
        """The number of the character at which the value lies."""
        return (
            None if self.value is None else min(int(self.value * self.size), self.size - 1)
        )

    def __str__(self) -> str:
        signs = [
            look(one).ascii if self.ascii else look(one).sign for one in self.verdicts()
        ]
        if self.value_at is not None:
            signs[self.value_at] = "|" if self.ascii else "◆"
        return "".join(signs)

    def __html__(self) -> Markup:
        bars, lines = [], []
        for a, b, verdict in zip(self.edges, self.edges[1:], self.pieces, strict=False):
            bars.append(
                _shape(
                    "rect",
                    verdict,
                    (
                        f'x="{a * _LENGTH:.2f}" y="2" width="{(b - a) * _LENGTH:.2f}" '
                        'height="18"'
                    ),
                )
            )
        for edge, verdict, *sides in zip(
            self.edges[1:-1],
            self.at_edges[1:-1],
            self.pieces,
            self.pieces[1:],
            strict=False,
        ):
            colour = "#1c1c1c" if verdict in sides else look(verdict).line
            lines.append(
                Markup(
                    '<path d="M{0:.2f} 2V20" stroke="{1}" stroke-width="{2}"></path>'
                ).format(edge * _LENGTH, colour, 1.4 if verdict in sides else 2.6)
            )
        frame = Markup(
            '<rect x="0" y="2" width="{}" height="18" fill="none" stroke="currentColor" '
            'stroke-width="0.7"></rect>'
        )
        star = Markup() if self.value is None else _star(self.value * _LENGTH, 11)
        words = "" if self.value is None else f", a star at {self.value:.0%}"
        body = [*bars, *lines, frame.format(_LENGTH), star]
        return _svg(
            -7,
            0,
            _LENGTH + 14,
            22,
            f"verdicts along a range{words}",
            body,
            width=_LENGTH + 14,
        )


def polygon_map(
    polygons: Sequence[tuple[Sequence[tuple[float, float]], Any, str]],
    segments: Sequence[tuple[tuple[float, float], tuple[float, float], Any]],
    baseline: tuple[float, float],
    ranges: tuple[tuple[Any, Any], tuple[Any, Any]],
    labels: tuple[str, str],
) -> Markup:
    """A map of the verdict over two ranges.

    All places are given as shares of them, from 0 to 1.

    ``polygons``: corners, verdict, words shown on hovering; ``segments``: two ends, and the
    verdict where it is that of neither side; ``baseline``: where the star is; ``ranges``
    and ``labels``: the ends of the axes and their names.
    """

    def place(point: tuple[float, float]) -> str:
        return f"{point[0] * _MAP:.2f} {(1 - point[1]) * _MAP:.2f}"

    body = []
    for corners, verdict, words in polygons:
        path = f'd="M{"L".join(map(place, corners))}Z"'
        body.append(_shape("path", verdict, path, words))
    for a, b, verdict in segments:
        colour, width = ("#1c1c1c", 1.2) if verdict is None else (look(verdict).line, 2.6)
        body.append(
            Markup('<path d="M{}L{}" stroke="{}" stroke-width="{}"></path>').format(
                place(a), place(b), colour, width
            )
        )
    frame = Markup(
        '<rect x="0" y="0" width="{0}" height="{0}" fill="none" stroke="currentColor" '
        'stroke-width="0.7"></rect>'
    )
    body += [frame.format(_MAP), _star(baseline[0] * _MAP, (1 - baseline[1]) * _MAP)]
    (x_low, x_high), (y_low, y_high) = [[number(end) for end in one] for one in ranges]
    body += [
        _text(0, _MAP + 15, "start", x_low),
        _text(_MAP, _MAP + 15, "end", x_high),
        _text(_MAP / 2, _MAP + 32, "middle", labels[0]),
        _text(-6, _MAP, "end", y_low),
        _text(-6, 11, "end", y_high),
        _text(-_MAP / 2, -34, "middle", labels[1], Markup(' transform="rotate(-90)"')),
    ]
    return _svg(
        -56,
        -8,
        _MAP + 72,
        _MAP + 48,
        f"map of {labels[0]} and {labels[1]}",
        body,
        width=_MAP + 72,
    )


def _shape(kind: str, verdict: Any, place: str, words: str = "") -> Markup:
    """A filled shape.

    What is hatched in the figures has its hatch as a second shape, whose pattern ``_svg``
    makes.
    """
    style = look(verdict)
    about = Markup("<title>{}</title>").format(words) if words else Markup()
    shape = Markup('<{0} {1} fill="{2}" stroke="{2}" stroke-width="0.6">{3}</{0}>').format(
        kind, Markup(place), style.fill, about
    )
    if style.hatch:
        name = getattr(verdict, "name", "UNKNOWN").lower()
        shape += Markup(
            '<{0} {1} fill="url(#hatch-{2})" pointer-events="none"></{0}>'
        ).format(kind, Markup(place), name)
    return shape


def _star(x: float, y: float) -> Markup:
    points = (
        "0,-7 1.7,-2.2 6.7,-2.2 2.6,0.9 4.1,5.7 0,2.8 -4.1,5.7 -2.6,0.9 -6.7,-2.2 -1.7,-2.2"
    )
    shape = (
        '<polygon points="{}" transform="translate({:.2f} {:.2f})" fill="#ffffff" '
        'stroke="#1c1c1c"></polygon>'
    )
    return Markup(shape).format(points, x, y)


def _text(x: float, y: float, anchor: str, words: str, more: Markup = Markup()) -> Markup:  # noqa: B008 - an immutable string
    return Markup('<text x="{:.0f}" y="{:.0f}" text-anchor="{}"{}>{}</text>').format(
        x, y, anchor, more, words
    )


_HATCHES = {
    "///": '<path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="{}" stroke-width="1"></path>',
    "xx": '<path d="M0 0L6 6M0 6L6 0" stroke="{}" stroke-width="0.7"></path>',
    "..": '<circle cx="3" cy="3" r="0.8" fill="{}"></circle>',
}


def _svg(
    x: float,
    y: float,
    width_of: float,
    height: float,
    words: str,
    body: Sequence[Markup],
    *,
    width: float,
) -> Markup:
    """The element, with the hatches that its shapes use under names of their own.

    A notebook holds many pictures.
    """
    drawn = Markup().join(body)
    mark = hashlib.sha256(drawn.encode()).hexdigest()[:10]
    patterns = []
    for name, style in LOOKS.items():
        used = f"#hatch-{name.lower()})"
        if used in drawn:
            drawn = drawn.replace(used, f"#hatch-{name.lower()}-{mark})")
            hatch = Markup(_HATCHES[style.hatch]).format(style.line)
            pattern = (
                '<pattern id="hatch-{}-{}" width="6" height="6" '
                'patternUnits="userSpaceOnUse">{}</pattern>'
            )
            patterns.append(Markup(pattern).format(name.lower(), mark, hatch))
    defs = (
        Markup("<defs>{}</defs>").format(Markup().join(patterns)) if patterns else Markup()
    )
    head = Markup(
        '<svg viewBox="{} {} {} {}" width="{}" role="img" aria-label="{}">'
    ).format(x, y, width_of, height, width, words)
    return head + defs + drawn + Markup("</svg>")
