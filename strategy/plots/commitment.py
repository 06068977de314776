"""What commitment is worth.

For each player what each action pays that it is bound to, beside what it gets while free.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs

from strategy.completeness import no_equilibrium
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import MUTED, swatches
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.spans import (
    Scale,
    compared,
    draw_band,
    draw_span,
    keys,
    span_words,
)
from strategy.plots.drawing.text import comes_about, em_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Commitments, PlayerCommitment

__all__ = ["commitment_size", "plot_commitment"]

_ROW, _TITLE, _TICKS = 1.8, 2.2, 2.4  # all in font sizes
_LABEL, _CELL, _GAP, _SCALE = 20.0, 4.2, 1.2, 30.0
_FREE = "free"
_WORDS = {
    "more": "pays more than being free",
    "less": "pays less",
    "same": "pays the same",
    "either": "more or less, depending on the equilibrium",
    "": "payoff if bound",
}


@of_a_result
def plot_commitment(finding: Commitments, ax: Axes) -> Axes:
    """Draw a block a player into ``ax``, and in it a row for each action it is bound to.

    ``finding``: what ``commitment`` returns. Each block has a scale of its own. The grey
    band (or line) is what the player gets while nobody is bound, from the least to the
    greatest over the equilibria; a bar or a mark is what the action pays. The cell beside
    it says whether the outcome then comes about.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    top = layout.key.height
    for one in finding.players:
        _draw_player(finding, one, top, layout, sheet)
        top += _block(one)
    return ax


@of_a_result
def commitment_size(finding: Commitments) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _CommitmentLayout:
    """Where the parts of the figure stand.

    ``left``: where the cells begin; ``scale``: where the scales begin. ``values``: where
    the numbers do.
    """

    left: float
    scale: float
    values: float
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Commitments) -> _CommitmentLayout:
    labels = [_FREE, *[each.action for one in finding.players for each in one.bound]]
    left = label_width(labels, _LABEL) + 0.8
    scale = left + _CELL + _GAP
    values = scale + _SCALE + _GAP
    texts = [
        _words(span, finding)
        for one in finding.players
        for span in (one.free, *[each.payoff for each in one.bound])
    ]
    width = values + max(em_width(text) for text in texts) + 0.5
    spans = [
        (one.free, each.payoff)
        for one in finding.players
        for each in one.bound
        if each.payoff is not None
    ]
    band = (
        "payoff while nobody is bound"
        if any(one.free is not None for one in finding.players)
        else ""
    )
    entries = [
        *swatches({each.verdict for one in finding.players for each in one.bound}, finding),
        *keys({compared(free, span) for free, span in spans}, _WORDS, band),
    ]
    words = f"A cell: whether {comes_about(finding)} if the player is bound to the action."
    key = Key.within(entries, width, words)
    height = key.height + sum(_block(one) for one in finding.players)
    return _CommitmentLayout(left, scale, values, (key.width, height), key)


def _block(one: PlayerCommitment) -> float:
    return _TITLE + _ROW * (1 + len(one.bound)) + _TICKS


def _words(span: Any, finding: Commitments) -> str:
    return no_equilibrium(finding.concept) if span is None else span_words(span)


def _draw_player(
    finding: Commitments,
    one: PlayerCommitment,
    top: float,
    layout: _CommitmentLayout,
    sheet: Sheet,
) -> None:
    sheet.write(
        0,
        top + 1.1,
        wrapped(f"{one.player}: payoff", layout.extent[0] - 1, 1, bold=True),
        weight="bold",
    )
    top += _TITLE
    foot = top + _ROW * (1 + len(one.bound))
    known = [
        span
        for span in (one.free, *[each.payoff for each in one.bound])
        if span is not None
    ]
    scale = Scale.around([end for span in known for end in span], layout.scale, _SCALE)
    if known:
        scale.draw(sheet, top, foot)
    if one.free is not None:
        draw_band(sheet, one.free, scale, top, foot)
    rows: Sequence[tuple[str, Any, Any]] = [
        (_FREE, None, one.free),
        *[(each.action, each, each.payoff) for each in one.bound],
    ]
    for i, (label, each, span) in enumerate(rows):
        y = top + (i + 0.5) * _ROW
        sheet.write(
            layout.left - 0.6,
            y,
            wrapped(label, _LABEL, 1),
            ha="right",
            style="italic" if each is None else "normal",
        )
        sheet.write(
            layout.values,
            y,
            _words(span, finding),
            color=MUTED if span is None else "#1c1c1c",
        )
        if each is None:
            continue
        sheet.verdict((layout.left, y - _ROW / 2), (_CELL, _ROW), each.verdict)
        if span is not None:
            draw_span(sheet, y, span, scale, one.free)
