"""Questions to the analyst.

For each how often the answer is yes or no, and which verdicts either leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import MUTED, swatches
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.spans import Scale
from strategy.plots.drawing.text import comes_about, em_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity.analyses.question import NextQuestion, Question

__all__ = ["plot_question", "question_size"]

# all in font sizes
_LINE, _BAR, _SAID, _BETWEEN, _HEAD, _TICKS = 1.35, 1.7, 1.3, 1.0, 1.8, 2.0
_LABEL, _LINES, _SCALE, _GAP = 26.0, 5, 34.0, 1.2
_NOW = "as things stand"


@of_a_result
def plot_question(finding: NextQuestion, ax: Axes) -> Axes:
    """Draw into ``ax`` how often each verdict holds over the samples, and a bar a question.

    ``finding``: what ``question`` returns. The question that tells most comes first: on the
    left the samples at which the answer is yes, on the right those at which it is no, each
    by verdict.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    scale = Scale(layout.left, _SCALE, (0.0, 0.5, 1.0))
    top = layout.key.height + _HEAD
    sheet.write(layout.left, top - 0.9, "share of the samples", color=MUTED)
    sheet.write(layout.left - 0.6, top + _BAR / 2, _NOW, ha="right", style="italic")
    _draw_bar(
        finding.verdicts, (scale.place(0), top), scale.place(1) - scale.place(0), sheet
    )
    sheet.write(layout.values, top + _BAR / 2, _uncertain(finding))
    top += _BAR + _BETWEEN
    for one, label in zip(finding.questions, layout.labels, strict=True):
        _draw_question(one, label, top, scale, layout, sheet)
        top += _high(label)
    foot = top - _BETWEEN / 2
    scale.draw(sheet, foot, foot)
    return ax


@of_a_result
def question_size(finding: NextQuestion) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _QuestionLayout:
    """Where the parts of the figure stand.

    ``left``: where the scale begins; ``values``: the bits. ``labels``: the questions, in
    lines.
    """

    left: float
    values: float
    labels: tuple[str, ...]
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: NextQuestion) -> _QuestionLayout:
    labels = tuple([wrapped(one.words, _LABEL, _LINES) for one in finding.questions])
    left = (
        label_width(
            [_NOW, *[line for label in labels for line in label.split("\n")]], _LABEL + 1
        )
        + 0.8
    )
    values = left + _SCALE + _GAP
    width = (
        values
        + max(
            em_width(text) for text in (_uncertain(finding), *map(_told, finding.questions))
        )
        + 0.5
    )
    words = (
        f"Whether {comes_about(finding)}, over {finding.points:,} samples, by the answer "
        "to a question."
    )
    key = Key.within(
        swatches({one for one, known in finding.verdicts.items() if known.value}, finding),
        width,
        words,
    )
    height = key.height + _HEAD + _BAR + _BETWEEN + sum(map(_high, labels)) + _TICKS
    return _QuestionLayout(left, values, labels, (key.width, height), key)


def _high(label: str) -> float:
    return max(_LINE * (label.count("\n") + 1), _SAID + _BAR) + _BETWEEN


def _uncertain(finding: NextQuestion) -> str:
    return f"{finding.bits:.2f} bits uncertain"


def _told(one: Question) -> str:
    return f"tells {one.told} bits"


def _draw_question(
    one: Question,
    label: str,
    top: float,
    scale: Scale,
    layout: _QuestionLayout,
    sheet: Sheet,
) -> None:
    high = _high(label) - _BETWEEN
    sheet.write(
        layout.left - 0.6, top + high / 2, label, ha="right", multialignment="right"
    )
    sheet.write(layout.values, top + high / 2, _told(one))
    start, end = scale.place(0), scale.place(1)
    split = scale.place(one.yes.share.value)
    top += (high - _SAID - _BAR) / 2
    sheet.write(start, top + _SAID / 2, f"yes {one.yes.share.percent()}")
    sheet.write(end, top + _SAID / 2, f"no {one.no.share.percent()}", ha="right")
    gap = min(0.25, (split - start) / 2, (end - split) / 2)
    _draw_bar(one.yes.verdicts, (start, top + _SAID), split - start - gap, sheet)
    _draw_bar(one.no.verdicts, (split + gap, top + _SAID), end - split - gap, sheet)


def _draw_bar(
    verdicts: Mapping[Any, Any], corner: tuple[float, float], width: float, sheet: Sheet
) -> None:
    parts = [
        (one, known.value, known.percent())
        for one, known in verdicts.items()
        if known.value
    ]
    sheet.shares(corner, (width, _BAR), parts)
