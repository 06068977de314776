"""One table for text and HTML: aligned, wrapped to a width, its names escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs
from markupsafe import Markup, escape

from strategy.characters import escaped
from strategy.display._words import text_width, wrapped

__all__ = ["Chip", "Indented", "Lines", "Table", "text_table"]

Paint = Callable[[Any, str], str]
_GAP = "  "
_LONGEST_WORD = 24
_LONG = 30
_NUMBERS = re.compile(r"[-\d./()]+(?: (?:to )?[-\d./()]+)*")
"""A cell of nothing but numbers, or of a span of them."""


@attrs.frozen
class Chip:
    """A verdict as a cell.

    Its words (those given, or its own), in its colour where there are colours.
    """

    verdict: Any
    words: str = ""

    def __str__(self) -> str:
        return self.words or str(self.verdict)

    def __html__(self) -> Markup:
        return Markup('<span class="verdict {}">{}</span>').format(
            self.verdict.name.lower(), str(self)
        )


@attrs.frozen
class Lines:
    """Several lines in one cell."""

    lines: tuple[Any, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.lines))

    def __html__(self) -> Markup:
        return Markup("<br>").join(self.lines)


@attrs.frozen
class Indented:
    """A cell, ``text``, further in by its ``depth``."""

    text: str
    depth: int

    def __str__(self) -> str:
        return "  " * self.depth + self.text

    def __html__(self) -> Markup:
        return Markup('<span class="step" style="margin-left:{}em">{}</span>').format(
            round(1.4 * self.depth, 1), self.text
        )


def _titles(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _rows(given: Iterable[Sequence[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple([tuple(row) for row in given])


def _numbers(given: Iterable[int]) -> frozenset[int]:
    return frozenset(given)


@attrs.frozen(eq=False)
class Table:
    """Rows under a header. A cell is text, or anything with ``__str__`` and ``__html__``.

    ``right``: the numbers of the columns set flush right; ``totals``: those of the rows
    under a line; ``more``: what was left out, in words; ``caption``: what the table shows.
    """

    header: tuple[str, ...] = attrs.field(converter=_titles)
    rows: tuple[tuple[Any, ...], ...] = attrs.field(converter=_rows)
    right: frozenset[int] = attrs.field(default=(), converter=_numbers)
    totals: frozenset[int] = attrs.field(default=(), converter=_numbers, kw_only=True)
    more: str = attrs.field(default="", kw_only=True)
    caption: str = attrs.field(default="", kw_only=True)

    @property
    def width(self) -> int:
        """The columns of a terminal that it takes without wrapping."""
        return sum(self._natural()) + len(_GAP) * (len(self.header) - 1)

    def text(self, width: int | None = None, paint: Paint | None = None) -> str:
        """The table as aligned text.

        Cells are wrapped, or rows set one field a line, where the table is wider than
        ``width``.

        ``paint(cell, text)`` may add what takes no room, such as colour.
        """
        widths = (
            self._natural()
            if width is None or self.width <= width
            else self._narrowed(width)
        )
        if widths is None:
            assert width is not None
            return self._stacked(width, paint)
        lines = (
            [*self._line(self.header, widths, None), _GAP.join("-" * one for one in widths)]
            if any(self.header)
            else []
        )
        for row in self.rows:
            lines += self._line(row, widths, paint)
        return "\n".join([*lines, *([self.more] if self.more else [])])

    def __html__(self) -> Markup:
        """As an HTML table that scrolls sideways in a narrow window."""
        return Markup('<div class="scroll">{}</div>').format(self.element()) + (
            Markup('<p class="who">{}</p>').format(self.more) if self.more else Markup()
        )

    def element(self) -> Markup:
        """As an HTML table alone."""
        classes = [self._class(i) for i in range(len(self.header))]
        caption = (
            Markup("<caption><span>{}</span></caption>").format(self.caption)
            if self.caption
            else Markup()
        )
        head = [
            Markup('<th scope="col"{}>{}</th>').format(kind, title)
            if title
            else Markup("<td></td>")
            for kind, title in zip(classes, self.header, strict=True)
        ]
        body = []
        for i, row in enumerate(self.rows):
            cells = [_html(cell, j in self.right) for j, cell in enumerate(row)]
            first = (
                Markup('<th scope="row"{}>{}</th>').format(classes[0], cells[0])
                if cells[0]
                else Markup("<td></td>")
            )
            rest = [
                Markup("<td{}>{}</td>").format(kind, cell)
                for kind, cell in zip(classes[1:], cells[1:], strict=True)
            ]
            kind = Markup(' class="total"') if i in self.totals else Markup()
            body.append(Markup("<tr{}>{}</tr>").format(kind, Markup().join([first, *rest])))
        return Markup(
            "<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
        ).format(caption, Markup().join(head), Markup("\n").join(body))

    def _class(self, i: int) -> Markup:
        """What kind of column it is.

        Numbers ("n"), or text so long that it needs room ("t").
        """
        longest = max(
            [len(line) for row in self.rows for line in str(row[i]).split("\n")], default=0
        )
        kind = "n" if i in self.right else "t" if longest > _LONG else ""
        return Markup(' class="{}"').format(kind) if kind else Markup()

    # -- columns of text

    def _columns(self) -> list[list[list[str]]]:
        return [
            [_text(row[i]).split("\n") for row in (self.header, *self.rows)]
            for i in range(len(self.header))
        ]

    def _natural(self) -> list[int]:
        return [
            max(text_width(line) for cell in column for line in cell)
            for column in self._columns()
        ]

    def _narrowed(self, width: int) -> list[int] | None:
        """Column widths that fit, None if there are none.

        Titles of numbers are broken first, then the widest columns narrowed, none to less
        than its words.
        """
        natural, least = self._natural(), []
        for i, column in enumerate(self._columns()):
            whole = (
                [line for cell in column[1:] for line in cell] if i in self.right else []
            )
            words = [word for cell in column for line in cell for word in line.split(" ")]
            parts = [text_width(line) for line in whole] + [
                min(text_width(word), _LONGEST_WORD) for word in words
            ]
            least.append(max(parts))
        natural = [least[i] if i in self.right else most for i, most in enumerate(natural)]
        room = width - len(_GAP) * (len(natural) - 1)
        for level in range(max(natural), 0, -1):
            widths = [
                min(most, max(level, few)) for most, few in zip(natural, least, strict=True)
            ]
            if sum(widths) <= room:
                return widths
            if widths == least:
                break
        return None

    def _line(
        self, row: Sequence[Any], widths: Sequence[int], paint: Paint | None
    ) -> list[str]:
        cells = [wrapped(_text(cell), w) for cell, w in zip(row, widths, strict=True)]
        lines = []
        for i in range(max(map(len, cells))):
            parts = []
            for j, (lines_of, w) in enumerate(zip(cells, widths, strict=True)):
                text = lines_of[i] if i < len(lines_of) else ""
                gap = " " * (w - text_width(text))
                shown = paint(row[j], text) if paint is not None and text else text
                parts.append(gap + shown if j in self.right else shown + gap)
            lines.append(_GAP.join(parts).rstrip())
        return lines

    def _stacked(self, width: int, paint: Paint | None) -> str:
        """One field a line, a blank line between rows."""
        label = min(max(map(text_width, self.header)), width // 3)
        room = max(width - label - len(_GAP), 1)
        flat = Table(("", ""), ())
        blocks = []
        for row in self.rows:
            lines: list[str] = []
            for title, cell in zip(self.header, row, strict=True):
                lines += flat._line((title, cell), (label, room), paint)
            blocks.append("\n".join(lines))
        return "\n\n".join([*blocks, *([self.more] if self.more else [])])


def text_table(
    header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()
) -> str:
    """A plain aligned table of a ``header`` and ``rows``.

    ``right``: the numbers of the columns set flush right.
    """
    return Table(header, rows, right).text()


def _text(cell: Any) -> str:
    """What stands in a cell: no character of it may break the table."""
    return escaped(str(cell), keep="\n")


def _html(cell: Any, numeric: bool) -> Markup:
    if isinstance(cell, str) and (numeric or _NUMBERS.fullmatch(cell)):
        cell = re.sub(r"-(?=[\d.])", "−", cell)
    return escape(cell if hasattr(cell, "__html__") else _text(cell))
