"""The figure of a joint move: a bar a parameter, nothing on top of anything else."""

import pytest

from games.corridor.activation import model
from strategy.concepts import PureNash
from strategy.plots import blank, plot_radius, radius_size
from strategy.sensitivity import flip, radius
from tests.plots._overlaps import outside, overlaps


@pytest.mark.parametrize(
    "found",
    [
        radius(model, PureNash(), "corridor open"),
        flip(model, PureNash(), "corridor open", goal="some"),
    ],
)
@pytest.mark.parametrize("size", [None, (4, 3)])
def test_bars(found, size) -> None:  # type: ignore[no-untyped-def]
    _, ax = blank(*(size or radius_size(found)))
    assert plot_radius(found, ax) is ax
    assert len(ax.patches) == len(found.moves)
    shown = {text.get_text() for text in ax.texts}
    assert {model.label(one.parameter) for one in found.moves} <= shown
    assert overlaps(ax) == []
    assert outside(ax) == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (flip(model, PureNash(), "corridor open"), "No change within the ranges"),
        (
            radius(model, PureNash(), "corridor open", to="no"),
            "is: in no pure Nash equilibrium",
        ),
        (
            radius(model, PureNash(), "corridor open", vary=[]),
            "No assumption is left that could move",
        ),
    ],
)
def test_a_sentence_where_nothing_moves(found, words) -> None:  # type: ignore[no-untyped-def]
    assert not found.moves
    _, ax = blank(*radius_size(found))
    (text,) = plot_radius(found, ax).texts
    assert words in text.get_text().replace("\n", " ")
    assert outside(ax) == []
