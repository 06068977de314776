"""What notebooks show: valid HTML whatever the names, cut where it is long, the same words
as in print."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from subprocess import run
from typing import Any

import numpy as np
import pytest

from strategy import (
    Chance,
    Claim,
    Decision,
    End,
    ExtensiveFormGame,
    Limits,
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameter,
    Parameters,
    Term,
    solve,
    where,
)
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.display import LOOKS, Chip, Strip, Table
from strategy.sensitivity import Verdict, regions, thresholds

EVIL = """<script>alert("1")</script> & 'x' {0} %s \\ </style>"""
VOID = {"br", "meta", "hr"}


def evil_model() -> Model:
    press = where({EVIL: "<b>press</b>"})
    p = Parameters(
        gain=Parameter(1, low=0, high=3, unit=EVIL, source=EVIL, reason=EVIL),
        loss=Parameter(2, low=0, high=4, unit="points"),
        same=Parameter(2, low=2, high=2),
    )
    return Model(
        EVIL,
        form=NormalForm({EVIL: ("<b>press</b>", "wait"), "Türkiye": ("a", "b")}),
        parameters=p,
        terms=(
            Term(EVIL, p.gain - p.loss, when=press, name=EVIL, claim=EVIL),
            Term("Türkiye", p.gain - 1, when=press & where(Türkiye="a"), name="fee"),
        ),
        claims=(Claim(EVIL, EVIL, paragraph=EVIL, if_wrong={"gain": 0}),),
        outcomes=(Outcome(EVIL, when=press), Outcome("a", when=where(Türkiye="a"))),
        title=EVIL,
        about=EVIL,
        leaves_out=(EVIL,),
    )


def evil_tree() -> ExtensiveFormGame:
    later = Decision("B", {"x": End({"B": -1}), "y": End()}, infoset="sec<ond & third>")
    toss = Chance("coin <i>", {"h": ("1/2", End({EVIL: 2})), "t<": ("1/2", later)})
    return ExtensiveFormGame.from_tree(
        Decision(EVIL, {"in & out": toss, "<u>": End({EVIL: 1})})
    )


def evil_table() -> NormalFormGame:
    a, b = [[3, 0], ["-1/3", 1]], [[3, 5], [0, 1]]
    return NormalFormGame.from_arrays(
        a, b, players=(EVIL, "Türkiye"), actions=(("<b>", "&amp;"), ("l", "r"))
    )


def three() -> NormalFormGame:
    return NormalFormGame.from_arrays(*[np.zeros((2, 2, 2))] * 3, players=(EVIL, "B", "C"))


SHOWN: list[tuple[str, Callable[[], Any]]] = [
    ("table", evil_table),
    ("three players", three),
    ("tree", evil_tree),
    ("form", lambda: evil_table().form),
    ("tree form", lambda: evil_tree().form),
    ("solution", lambda: solve(evil_table(), PureNash())),
    (
        "no equilibrium",
        lambda: solve(
            NormalFormGame.from_arrays([[1, 0], [0, 1]], [[0, 1], [1, 0]]), PureNash()
        ),
    ),
    ("stopped", lambda: solve(three(), PureNash(), limits=Limits(count=1))),
    ("tree solution", lambda: solve(evil_tree(), PureSubgamePerfect())),
    ("equilibrium", lambda: solve(evil_table(), PureNash())[0]),
    ("tree equilibrium", lambda: solve(evil_tree(), PureSubgamePerfect())[0]),
    ("model", evil_model),
    ("parameters", lambda: evil_model().parameters),
    ("explanation", lambda: evil_model().explain({EVIL: "<b>press</b>", "Türkiye": "a"})),
    (
        "gain",
        lambda: evil_model().explain(
            {EVIL: "wait", "Türkiye": "a"}, {EVIL: "<b>press</b>", "Türkiye": "a"}
        ),
    ),
    ("thresholds", lambda: thresholds(evil_model(), PureNash(), EVIL, "gain")),
    ("one value", lambda: thresholds(evil_model(), PureNash(), EVIL, "same")),
    ("regions", lambda: regions(evil_model(), PureNash(), EVIL, "gain", "loss")),
    ("hatched regions", lambda: regions(evil_model(), PureNash(), "a", "gain", "loss")),
]


class Balanced(HTMLParser):
    """Every element is closed in its turn; ``tags`` are those seen, ``text`` what a reader
    reads."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def read(html: str) -> Balanced:
    parser = Balanced()
    parser.feed(html)
    parser.close()
    assert not parser.open
    return parser


@pytest.mark.parametrize(
    "make", [make for _, make in SHOWN], ids=[name for name, _ in SHOWN]
)
def test_names_stay_text(make: Callable[[], Any]) -> None:
    page = read(make()._repr_html_())
    assert not page.tags & {"script", "b", "i", "u"}
    assert page.tags <= {
        "div",
        "style",
        "p",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "br",
        "details",
        "summary",
        "svg",
        "defs",
        "pattern",
        "path",
        "rect",
        "circle",
        "polygon",
        "text",
        "title",
    }


@pytest.mark.parametrize(
    "make", [make for _, make in SHOWN], ids=[name for name, _ in SHOWN]
)
def test_html_is_valid(make: Callable[[], Any]) -> None:
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parseFragment(make()._repr_html_())


def test_the_words_are_those_of_print() -> None:
    for make in (
        lambda: solve(evil_table(), PureNash()),
        lambda: thresholds(evil_model(), PureNash(), EVIL, "gain"),
    ):
        thing = make()
        shown = re.sub(r"\s+", "", read(thing._repr_html_()).text).replace("−", "-")
        for line in str(thing).splitlines():
            for cell in re.split(r"\s{2,}", line):
                assert set(cell) == {"-"} or re.sub(r"\s+", "", cell) in shown


def test_ids_differ_between_pictures() -> None:
    pages = [
        regions(evil_model(), PureNash(), "a", x, y)._repr_html_()
        for x, y in (("gain", "loss"), ("loss", "gain"))
    ]
    first, second = (set(re.findall(r'id="([^"]+)"', page)) for page in pages)
    assert first
    assert not first & second
    for page, ids in zip(pages, (first, second), strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", page)) == ids


def wide(rows: int, columns: int) -> NormalFormGame:
    return NormalFormGame.from_arrays(np.zeros((rows, columns)), np.ones((rows, columns)))


def long_tree() -> ExtensiveFormGame:
    return ExtensiveFormGame.from_rules(
        lambda history: (
            Decision(f"P{len(history)}", ("a", "b", "c")) if len(history) < 8 else End()
        )
    )


def many_events() -> ExtensiveFormGame:
    events = {f"event {i}": (f"1/{n}", End({"A": i})) for n in (5000,) for i in range(n)}
    return ExtensiveFormGame.from_tree(Decision("A", {"toss": Chance("coin", events)}))


def many_parameters() -> Model:
    p = Parameters(
        {f"x{i}": Parameter(1, low=0, high=2, reason="why " * 20) for i in range(1000)}
    )
    terms = tuple([Term("A", getattr(p, label), name=label) for label in p])
    return Model(
        "many", form=NormalForm({"A": ("a", "b"), "B": ("c",)}), parameters=p, terms=terms
    )


CUT = [
    (lambda: wide(2000, 1500), "1,940 more rows and 1,480 more columns"),
    (lambda: wide(2, 500), "480 more columns"),
    (lambda: NormalFormGame.from_arrays(*[np.zeros((20, 20, 20))] * 3), "7,940 more cells"),
    (long_tree, "9,641 more nodes"),
    (many_events, "4,802 more nodes"),
    (lambda: solve(wide(80, 80), PureNash()), "6,360 more"),
    (lambda: solve(many_events(), PureSubgamePerfect()), "4,992 more plays"),
    (lambda: solve(many_events(), PureSubgamePerfect())[0], "4,992 more plays"),
    (lambda: many_events().form, "4,988 more"),
    (many_parameters, "800 more"),
]


@pytest.mark.parametrize(("make", "said"), CUT, ids=[said for _, said in CUT])
def test_what_is_long_is_cut_with_a_count(make: Callable[[], Any], said: str) -> None:
    html = make()._repr_html_()
    assert said in html
    assert len(html) < 150_000
    read(html)


def test_best_responses_are_marked() -> None:
    # Prisoner's dilemma: to defect is the best response to anything.
    game = NormalFormGame.from_arrays(
        [[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=(("c", "d"), ("c", "d"))
    )
    html = game._repr_html_()
    best = '<span class="best">{}</span>'
    assert re.findall(r"<td>(.*?)</td>", html.split("<tbody>")[1]) == [
        "3, 3", f"0, {best.format(5)}", f"{best.format(5)}, 0", f"{best.format(1)}, {best.format(1)}",
    ]  # fmt: skip


# -- the one table


TABLES = [
    Table(
        ["name", "what it says", "value"],
        [["a", "one two three four five six seven", "-1/3"], ["bb", "", "2"]],
        [2],
    ),
    Table(
        ["#", "Türkiye 日本"],
        [["1", "press → hold back and 日本語 too"], ["2", "wait"]],
        [0],
    ),
    Table(["a", "b"], [["x" * 70, "y" * 70]]),
    Table([f"column {i}" for i in range(12)], [["value"] * 12] * 3),
    Table(
        ["verdict", "strip"],
        [[Chip(Verdict.SOME), Strip((0, 0.5, 1), (Verdict.EVERY, Verdict.NO), (), 0.3)]],
    ),
]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
def test_a_table_fits_its_width_and_loses_nothing(table: Table, width: int) -> None:
    from strategy.display import text_width

    text = table.text(width)
    assert all(text_width(line) <= width for line in text.split("\n"))
    cells = "".join(str(cell) for row in table.rows for cell in row)
    assert not Counter("".join(cells.split())) - Counter(text), (
        "every sign of every cell is there"
    )


@pytest.mark.parametrize("table", TABLES[:2], ids=range(2))
def test_columns_stay_aligned(table: Table) -> None:
    for width in (30, 40):
        lines = table.text(width).split("\n")
        rule = next(line for line in lines if set(line) == {"-", " "})
        gaps = [i for i, sign in enumerate(rule) if sign == " "]
        for line in lines:
            if line.isascii():
                assert all(line[i : i + 1] in ("", " ") for i in gaps)


def test_the_strip_in_characters() -> None:
    strip = Strip(
        (0, 0.25, 1),
        (Verdict.EVERY, Verdict.NO),
        (Verdict.EVERY, Verdict.SOME, Verdict.NO),
        0.5,
        8,
    )
    assert str(strip) == "██··◆···"
    assert str(Strip(strip.edges, strip.pieces, strip.at_edges, 1.0, 8, True)) == "##.....|"
    assert {look.ascii for look in LOOKS.values()} == {"#", "+", ".", "x", "?"}


def test_display_imports_nothing_heavy() -> None:
    heavy = {"numpy", "sympy", "matplotlib", "scipy", "numba", "hypothesis", "jinja2"}
    code = f"import sys, strategy.display; sys.exit(bool({heavy!r} & set(sys.modules)))"
    assert run([sys.executable, "-c", code]).returncode == 0
