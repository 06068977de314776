"""Conditions of equilibria.

How far assumptions may move together before each fails, those that are nearest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from strategy.display import percent
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import GAIN, INK, MUTED
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.text import em_width, wrapped
from strategy.sensitivity.analyses.change_finding import share_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Condition, Conditions, Polyhedron

__all__ = ["conditions_size", "plot_conditions"]

_ROW, _LINE, _SPACE = 1.8, 1.3, 1.4  # all in font sizes
_LABEL, _GAP, _BARS, _SHARE, _TURNS = 40.0, 1.2, 18.0, 4.0, 24.0
_HIGH = 1.0
_SHOWN, _EQUILIBRIA = 8, 6  # conditions of one equilibrium, and equilibria, that are drawn
# the bars' field stands for no less, so that next to nothing looks like it
_SHORTEST = Fraction(1, 5)
_HATCH = "/////"
_NONE = "remains one wherever the assumptions move within their ranges"


@of_a_result
def plot_conditions(finding: Conditions, ax: Axes) -> Axes:
    """Draw a block an equilibrium into ``ax``, and in it a bar a condition.

    ``finding``: what ``conditions`` returns. The nearest to failing comes first: a bar is
    how far all its parameters move, in shares of their ranges and each the way that hurts
    it, until it holds no more. A dot at zero: it holds as a tie.

    What each condition says stands on the left, on the right who switches if it fails (in
    tables). A bar that is hatched: it is not shown that the equilibrium ends where that
    condition fails. Eight conditions an equilibrium and six equilibria are drawn, the rest
    are counted.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    if not finding.polyhedra:
        sheet.nothing(finding.sentences[0])
        return ax
    sheet.key(layout.key)
    top = layout.key.height
    longest = max(
        [_SHORTEST, *[reach for one in layout.blocks for _, reach, _ in one.rows]]
    )
    for one in layout.blocks:
        _draw_block(one, top, longest, layout, sheet)
        top += one.height
    if len(finding.polyhedra) > len(layout.blocks):
        sheet.write(
            0,
            top + 0.6,
            f"and {len(finding.polyhedra) - len(layout.blocks):,} more equilibria",
            color=MUTED,
        )
    return ax


@of_a_result
def conditions_size(finding: Conditions) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _ConditionBlock:
    """One equilibrium: its title, its conditions, and how many are left out.

    Each condition with how far it is from failing, and its words.
    """

    title: str
    rows: tuple[tuple[Condition, Fraction, str], ...]
    more: int

    @property
    def head(self) -> float:
        """How high the title is."""
        return _LINE * (self.title.count("\n") + 1) + 0.6

    @property
    def height(self) -> float:
        """How high all of it is."""
        rows = sum([_high(label) for _, _, label in self.rows]) or _ROW
        return self.head + rows + (_ROW if self.more else 0) + _SPACE


@attrs.frozen
class _ConditionsLayout:
    """Where the parts of the figure stand.

    ``label``: where the bars' field begins; ``turns``: where the words on the right do.
    """

    label: float
    turns: float
    blocks: tuple[_ConditionBlock, ...]
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Conditions) -> _ConditionsLayout:
    if not finding.polyhedra:
        text = finding.sentences[0]
        return _ConditionsLayout(0, 0, (), (em_width(text) + 2, 2.0), Key.within([], 0))
    labels = [
        _label(each, finding)
        for one in finding.polyhedra[:_EQUILIBRIA]
        for each in one.conditions
    ]
    label = (label_width(labels, _LABEL) or em_width(_NONE)) + 0.8
    turns = label + _BARS + _SHARE + _GAP
    texts = [
        _turn(each) for one in finding.polyhedra[:_EQUILIBRIA] for each in one.conditions
    ]
    width = turns + label_width(texts, _TURNS) + 0.5
    blocks = tuple(_blocks(finding, width))
    ties = any(not end for one in blocks for _, end, _ in one.rows)
    key = Key.within(
        list(_entries(finding, ties)) if labels else [], width, _title(finding)
    )
    more = _ROW if len(finding.polyhedra) > len(blocks) else 0.0
    return _ConditionsLayout(
        label,
        turns,
        blocks,
        (key.width, key.height + sum(one.height for one in blocks) + more),
        key,
    )


def _title(finding: Conditions) -> str:
    exact = "exactly as long as" if finding.exact else "as long as"
    return f"An equilibrium remains one {exact} all its conditions hold."


def _until(one: Polyhedron) -> str:
    """How far all may move together before it ends.

    Where that is not what the shortest bar says.
    """
    if one.exact or one.lower is None:
        return ""
    return f"\nNo joint move by less than {share_text(one.lower)} of every range ends it."


def _entries(finding: Conditions, ties: bool) -> Iterator[Patch | Line2D]:
    words = "share of every range that a joint move needs to break it"
    yield Patch(facecolor=GAIN, edgecolor=INK, linewidth=0.7, label=words)
    if any(not each.necessary for one in finding.polyhedra for each in one.conditions):
        words = "the same, where the equilibrium may last beyond it"
        yield Patch(
            facecolor="white", hatch=_HATCH, edgecolor=GAIN, linewidth=0.7, label=words
        )
    if ties:
        dot: dict[str, Any] = {
            "marker": "o",
            "color": "white",
            "markeredgecolor": INK,
            "linestyle": "none",
        }
        yield Line2D(
            [], [], label="holds as a tie: any move the wrong way breaks it", **dot
        )


def _blocks(finding: Conditions, width: float) -> Iterator[_ConditionBlock]:
    for number, one in enumerate(finding.polyhedra[:_EQUILIBRIA], 1):
        rows = sorted(
            [(each, finding.reach(each), _label(each, finding)) for each in one.conditions],
            key=lambda pair: pair[1],
        )
        yield _ConditionBlock(
            _name(number, one, len(finding.polyhedra) > 1, width),
            tuple(rows[:_SHOWN]),
            max(0, len(rows) - _SHOWN),
        )


def _name(number: int, one: Polyhedron, several: bool, width: float) -> str:
    named = wrapped(
        f"{number}. {one.course}" if several else one.course, width - 1, 2, bold=True
    )
    return f"{named}{_until(one)}"


def _label(one: Condition, finding: Conditions) -> str:
    return wrapped(finding.model.in_words(one.inequality), _LABEL, 3)


def _high(label: str) -> float:
    return _ROW + _LINE * label.count("\n")


def _turn(one: Condition) -> str:
    return "" if one.player is None else wrapped(f"{one.player} → {one.to}", _TURNS, 1)


def _draw_block(
    one: _ConditionBlock,
    top: float,
    longest: Fraction,
    layout: _ConditionsLayout,
    sheet: Sheet,
) -> None:
    sheet.write(0, top + 0.2, one.title, weight="bold", va="top")
    top += one.head
    if not one.rows:
        sheet.write(0, top + _ROW / 2, _NONE, color=MUTED)
        return
    foot = top + sum([_high(label) for _, _, label in one.rows])
    zero = layout.label
    sheet.ax.plot([zero, zero], [top, foot], color=INK, linewidth=0.9, zorder=3)
    for each, reach, label in one.rows:
        y = top + _high(label) / 2
        top += _high(label)
        sheet.write(zero - 0.6, y, label, ha="right", multialignment="right")
        sheet.write(layout.turns, y, _turn(each))
        size = _BARS * float(reach / longest), _HIGH
        fill: dict[str, Any] = {"facecolor": GAIN, "edgecolor": INK}
        if not each.necessary:
            fill = {"facecolor": "white", "edgecolor": GAIN, "hatch": _HATCH}
        sheet.ax.add_patch(
            Rectangle((zero, y - _HIGH / 2), *size, linewidth=0.7, zorder=2, **fill)
        )
        sheet.write(zero + size[0] + 0.7, y, percent(reach))
        if not reach:
            sheet.ax.plot(
                [zero],
                [y],
                marker="o",
                markersize=6,
                color="white",
                markeredgecolor=INK,
                zorder=4,
            )
    if one.more:
        sheet.write(
            0,
            foot + _ROW / 2,
            f"and {one.more:,} more, none nearer to failing",
            color=MUTED,
        )
