"""Region maps, threshold strips and files of figures."""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

import pytest
from matplotlib.colors import to_hex

from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    StrategyError,
    Term,
    where,
)
from strategy.concepts import PureNash
from strategy.plots import (
    ALL,
    blank,
    letters,
    map_size,
    plot_regions,
    plot_thresholds,
    save,
    strips_size,
    svg_text,
)
from strategy.plots.drawing.palette import LOOKS, dashes, dot
from strategy.sensitivity import Regions, Thresholds, Verdict, regions, thresholds
from strategy.sensitivity.analyses.regions_finding import _letter
from tests.plots._named_models import random_model
from tests.plots._overlaps import outside, overlaps

p = Parameters(
    x=Parameter(1, low=0, high=4, unit="points"),
    y=Parameter(3, low=0, high=4),
    z=Parameter(0, low=0, high=0),
)
MODEL = Model(
    "coordination",
    form=NormalForm({"A": ("go", "stay"), "B": ("go", "stay")}),
    parameters=p,
    terms=(
        Term("A", p.x - 1, when=where(A="go", B="go"), name="together"),
        Term("A", -p.y, when=where(A="go", B="stay"), name="alone"),
        Term("B", p.y - 2, when=where(A="go", B="go"), name="for B"),
        Term("B", -1, when=where(A="stay", B="go"), name="alone, B"),
    ),
    outcomes=(Outcome("$both$ <go>", when=where(A="go", B="go")),),
)


@pytest.fixture(scope="module")
def mapped() -> Regions:
    return regions(MODEL, PureNash(), "$both$ <go>", "x", "y")


@pytest.fixture(scope="module")
def strips() -> list[Thresholds]:
    return [
        thresholds(MODEL, PureNash(), "$both$ <go>", label) for label in MODEL.parameters
    ]


def test_map(mapped: Regions) -> None:
    _, ax = blank(6, 6)
    assert plot_regions(mapped, ax) is ax
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 4), (0, 4))
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x (points)", "y")
    legend = ax.get_legend()
    assert legend is not None
    words = [text.get_text() for text in legend.get_texts()]
    assert words[-1] == "baseline (1, 3)"
    assert "$both$ <go>: in some, not in every pure Nash equilibrium" in words


def test_map_fills_the_plane(mapped: Regions) -> None:
    """At a grid of points, the colour of the patch that covers a point is that of the
    verdict there."""
    _, ax = blank(6, 6)
    plot_regions(mapped, ax)
    fills = {look.fill: name for name, look in LOOKS.items()}
    for i in range(1, 40, 3):
        for j in range(2, 40, 3):
            point = (i / 10 + 0.013, j / 10 + 0.007)
            covering = [
                patch for patch in ax.patches if patch.get_path().contains_point(point)
            ]
            names = {
                fills.get(to_hex(patch.get_facecolor(), keep_alpha=False))
                for patch in covering
                if patch.get_facecolor()[3]
            }
            assert names == {mapped.verdict_at(str(point[0]), str(point[1])).name}


def test_what_is_played_stands_where_it_is_played(mapped: Regions) -> None:
    _, ax = blank(6, 6)
    plot_regions(mapped, ax)
    known = letters(mapped)
    assert sorted(known.values()) == [chr(ord("A") + i) for i in range(len(known))]
    shown = [text for text in ax.texts if text.get_text()]
    assert shown
    for text in shown:
        at = dict(zip(("x", "y"), text.get_position(), strict=True))
        inside = [
            one
            for one in mapped.cells
            if _contains([(float(x), float(y)) for x, y in one.vertices], at["x"], at["y"])
        ]
        words = [f"{known[play]}: {', '.join(play.history)}" for play in inside[0].plays]
        assert text.get_text().split("\n") == sorted(words)


def test_key_spells_the_letters_out(mapped: Regions) -> None:
    figure, ax = blank(*map_size(mapped, key=True))
    legend = plot_regions(mapped, ax, key=True).get_legend()
    assert legend is not None
    words = [text.get_text() for text in legend.get_texts()]
    assert [f"{letter}: {play}" for play, letter in letters(mapped).items()] == words[-2:]
    assert figure.get_size_inches()[1] > blank(*map_size(mapped))[0].get_size_inches()[1]


def test_letters_go_on_after_z() -> None:
    assert [_letter(i) for i in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize("seed", range(16))
@pytest.mark.deep_but(1)
def test_maps_of_random_models(seed: int) -> None:
    model = random_model(random.Random(seed))
    assert model.headline is not None
    plane = regions(model, PureNash(), model.headline, "x", "y")
    for size, key in (
        (map_size(plane), False),
        (map_size(plane, key=True), True),
        ((4.0, 6.0), False),
    ):
        _, ax = blank(*size)
        plot_regions(plane, ax, key=key and size[1] < 12)
        assert overlaps(ax) == []
        assert outside(ax) == []
        frame = ax.get_window_extent()
        inverse = ax.transData.inverted()
        for text in ax.texts:
            box = text.get_window_extent()
            assert all(frame.contains(*corner) for corner in box.corners())
            cells = [[(float(x), float(y)) for x, y in one.vertices] for one in plane.cells]
            corners = inverse.transform(box.corners())
            assert any(
                all(_contains(cell, *corner) for corner in corners) for cell in cells
            ), "inside one cell"


def _contains(polygon: list[tuple[float, float]], x: float, y: float) -> bool:
    return all(
        (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) >= 0
        for a, b in zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    )


def test_strips(strips: list[Thresholds]) -> None:
    _, ax = blank(*strips_size(strips))
    assert plot_thresholds(strips, ax) is ax
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "x = 1 points",
        "y = 3",
        "z = 0",
    ]
    assert overlaps(ax) == []
    assert outside(ax) == []


def test_strips_leave_out_numbers_that_would_touch() -> None:
    q = Parameters(x=Parameter(0, low=0, high=10))
    amount = 1
    for i in range(9):
        amount = amount * (q.x - 5 - i * 0.1)
    model = Model(
        "many", form=NormalForm({"A": ("act", "rest")}), parameters=q, outcomes=(Outcome("acts", when=where(A="act")),),
        terms=(Term("A", amount, when=where(A="act"), name="pay"),),
    )  # fmt: skip
    result = thresholds(model, PureNash(), "acts", "x")
    assert len(result.points) == 9
    _, ax = blank(4, 2)
    plot_thresholds([result], ax)
    assert 3 <= len(ax.texts) < 11
    assert overlaps(ax) == []


LONG = "a_parameter_with_a_name_of_sixty_characters_that_goes_on_and"
odd = Parameters(
    x=Parameter(1, low=0, high=4, unit="$x_1$ <script>"),
    y=Parameter(
        3,
        low=0,
        high=4,
        unit="a unit of sixty characters that goes on and on until it ends",
    ),
    z=Parameter(0, low=0, high=0),
    **{LONG: Parameter("1.5", low=0, high=2, unit="Punkte")},
)
together = where(A="go", B="go") | where(A="stay", B="stay")
ODD = Model(
    "pennies with points",
    form=NormalForm({"A": ("go", "stay"), "B": ("go", "stay")}),
    parameters=odd,
    terms=(
        Term(
            "A",
            (getattr(odd, LONG) ** 2 - 2) * (odd.x - 2) ** 2 * odd.y,
            when=together,
            name="match",
        ),
        Term("B", -((odd.x - 2) ** 2) * odd.y, when=together, name="mismatch"),
    ),
    outcomes=(Outcome("$both$", when=where(A="go", B="go")),),
)
"""No pure equilibrium on most of its ranges; at single points, an end among them, there is;
and a point is irrational."""


@pytest.mark.parametrize("width", [3.5, 4.0, 5.0, 8.5, 14.0])
def test_odd_strips(width: float) -> None:
    results = [thresholds(ODD, PureNash(), "$both$", label) for label in ODD.parameters]
    _, ax = blank(width, strips_size(results)[1] + (0.6 if width < 8 else 0))
    plot_thresholds(results, ax)
    assert overlaps(ax) == []
    assert outside(ax) == []
    shown = [text.get_text() for text in ax.texts]
    assert "1.41" in shown, "an irrational point"
    assert [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"] == [
        0.5,
        0.0,
    ], "at single points"  # type: ignore[index]
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert all(
        f"= {value}" in label
        for value, label in zip(("1", "3", "0", "1.5"), labels, strict=True)
    )


def test_every_verdict_has_a_look_of_its_own() -> None:
    assert set(LOOKS) == {verdict.name for verdict in Verdict}
    lightness = sorted(_grey(LOOKS[name].fill) for name in ("EVERY", "SOME", "NO"))
    assert min(b - a for a, b in itertools.pairwise(lightness)) > 0.1, (
        "told apart in grey print"
    )
    assert LOOKS["SOME"].hatch


def test_verdicts_of_single_points_and_lines_are_told_apart() -> None:
    """SOME, none and not settled are all light: their marks and dashes differ."""
    light = (Verdict.SOME, Verdict.NONE_EXISTS, Verdict.UNKNOWN)
    assert len({dot(one) for one in light}) == len({str(dashes(one)) for one in light}) == 3


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_files_are_the_same_on_every_run(tmp_path: Path, mapped: Regions) -> None:
    contents = []
    for folder in ("one", "two"):
        figure, ax = blank(4, 4)
        plot_regions(mapped, ax)
        paths = save(figure, tmp_path / folder / "map")
        assert [path.name for path in paths] == ["map.svg", "map.png"]
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
    assert svg_text(figure).encode() == contents[0][0]
    assert b"<date>" not in contents[0][0].lower()


def test_other_kinds_of_file_are_refused(tmp_path: Path) -> None:
    figure, _ = blank(1, 1)
    with pytest.raises(StrategyError, match=r"\.svg, \.png or \.pdf"):
        save(figure, tmp_path / "map.gif")


def test_nothing_global_is_touched() -> None:
    assert len({figure.__name__ for figure in ALL}) == len(ALL)
    assert (
        "matplotlib.pyplot" not in sys.modules
        or not sys.modules["matplotlib.pyplot"].get_fignums()
    )
