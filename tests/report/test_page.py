"""The page, the data and the files: whole, escaped, the same on every run."""

from __future__ import annotations

import itertools
import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from strategy import AlgebraicNumber, Model
from strategy.forms.plain import point_data
from strategy.report import Analysis, analyse, as_document, as_html, write
from strategy.report.sections import Refused
from strategy.sensitivity.analyses.catalogue import ALL as ANALYSES
from tests.report.conftest import MODELS, analysed, page_of

pytestmark = pytest.mark.xdist_group("pages")

VOID = {"meta", "br", "link", "img", "hr", "input", "wbr"}


class Reader(HTMLParser):
    """Checks that elements nest, and collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_page_is_whole_and_fetches_nothing(model: Model) -> None:
    reader = read(page_of(model))
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids)), "every id stands once"
    links = [
        value
        for _, one in reader.elements
        for key, value in one.items()
        if key in ("href", "src", "xlink:href", "action")
    ]
    assert all(str(link).startswith("#") for link in links)
    assert {str(link)[1:] for link in links} <= set(ids)
    assert not {"script", "iframe", "object", "link"} & {tag for tag, _ in reader.elements}
    assert not [key for _, one in reader.elements for key in one if key.startswith("on")]
    text = " ".join(" ".join(reader.text).split())
    for part in (
        "short answer",
        "illustrative assumptions",
        *filter(None, (model.title, model.about, *model.leaves_out)),
    ):
        assert part in text
    for label, one in model.parameters.items():
        assert label in text
        assert one.reason in text


def test_nasty_names_are_shown_as_they_are(
    models: dict[str, Model], tmp_path: Path
) -> None:
    written = write(analysed(models["nasty"]), tmp_path)
    page = written.page.read_text(encoding="utf-8")
    assert "<script" not in page
    assert models["nasty"].title in " ".join(read(page).text)
    for path in written.figures:
        assert path.parent == tmp_path
        if path.suffix == ".svg":
            text = path.read_text(encoding="utf-8")
            assert "<script" not in text
            ElementTree.fromstring(text)


def test_figures_have_words_for_those_who_do_not_see_them(models: dict[str, Model]) -> None:
    elements = read(page_of(models["transit"])).elements
    shapes, *drawings = [one for tag, one in elements if tag == "svg"]
    words = [str(one["aria-label"]) for tag, one in elements if one.get("role") == "img"]
    assert len(drawings) == len(words) > 4
    assert shapes["class"] == "shapes", "what the others draw from"
    assert all(one["aria-hidden"] == "true" for one in (shapes, *drawings)), (
        "outlines of letters are nothing to read out"
    )
    (plain, _) = [one for one in words if one.startswith("A map")]
    assert "attention from 0 to 1 across and leverage from 2 to 9 up" in plain
    assert (
        "in no pure Nash equilibrium on 81%, spread over the map; in every pure Nash "
        "equilibrium on 19%, in part of attention "
        "between 0 and 2/3" in plain
    )
    assert plain.endswith("At the values asked about: in every pure Nash equilibrium.")
    assert any("Armenia gets +4 in all: +4, C4: transit." in one for one in words)


def test_letters_of_figures_stand_in_a_page_once(models: dict[str, Model]) -> None:
    page = page_of(models["transit"])
    outlines = re.findall(r'<path id="[^"]*"([^>]*)/>', page)
    assert len(outlines) == len(set(outlines)) > 20
    names = re.findall(r'\sid="([^"]+)"', page)
    assert set(re.findall(r'<use href="#([^"]+)"', page)) <= set(names)


def test_the_same_finding_under_two_concepts_is_shown_once(
    models: dict[str, Model],
) -> None:
    (one,) = analysed(models["transit"]).models
    same = [
        key for key in (each.key for each in ANALYSES if each.in_report) if _alike(one[key])
    ]
    other = [
        key for key in (each.key for each in ANALYSES if each.in_report) if key not in same
    ]
    assert "tornado" in same
    assert "robustness" in other
    page = page_of(models["transit"])
    for key in (*same, *other):
        section = page.partition(f'<section id="m0-{key}"')[2].partition("</section>")[0]
        assert section.count("The same in every respect as under pure Nash.") == (
            key in same
        ), key


def _alike(found: Any) -> bool:
    if (
        isinstance(found, Refused)
        or len(found) < 2
        or any(isinstance(one, Refused) for one in found)
    ):
        return False
    first, second = found
    return (
        first.data() == second.data()
        or str(first).partition("\n")[2] == str(second).partition("\n")[2]
    )


def test_map_in_words_covers_the_map(models: dict[str, Model]) -> None:
    for one in analysed(models["transit"]).models[0]["region_map"].maps:
        assert sum(area.share for area in one.areas) == 1
        assert {area.verdict for area in one.areas} == {
            cell.verdict for cell in one.regions.cells
        }
        for cell in one.regions.cells:
            (area,) = [
                area
                for area in one.areas
                if (area.verdict, area.plays) == (cell.verdict, cell.plays)
            ]
            assert all(
                area.x[0] <= x <= area.x[1] and area.y[0] <= y <= area.y[1]
                for x, y in cell.vertices
            )


def test_data_is_json_and_comes_back_the_same(model: Model) -> None:
    document = as_document(analysed(model))
    assert json.loads(json.dumps(document)) == json.loads(
        json.dumps(document, ensure_ascii=False)
    )
    assert document["schema"] == "strategy-analysis/1"
    (one,) = document["models"]
    assert one["name"] == model.name
    assert len(one["assumptions"]["parameters"]) == len(model.parameters)
    assert set(one) >= {
        "verdicts",
        "thresholds",
        "region_map",
        "equilibria",
        "gains",
        "drawing",
        "assumptions",
        "answer",
        "claims",
        "leaves_out",
        "reproduce",
    }


def test_data_says_what_the_page_says(model: Model) -> None:
    analysis = analysed(model)
    text = " ".join(" ".join(read(page_of(model)).text).split())
    for sentence in _sentences(as_document(analysis)["models"][0]):
        assert " ".join(sentence.split()) in text


def _sentences(data: dict[str, Any]) -> list[str]:
    found = list(data["answer"])
    for one in data["thresholds"]:
        for each in one["moving"]:
            found += [each["sentence"], *each["turning"]]
    return found


def test_exact_numbers_are_text(models: dict[str, Model]) -> None:
    (one,) = as_document(analysed(models["bent"]))["models"]
    point = one["thresholds"][0]["moving"][0]["points"][0]["at"]
    assert point["minimal_polynomial"] == ["1", "0", "-2"]
    assert Fraction(point["interval"][0]) ** 2 < 2 < Fraction(point["interval"][1]) ** 2
    assert point["approximately"] == pytest.approx(2**0.5)
    assert one["assumptions"]["parameters"][1]["low"] == "1/2"
    number = AlgebraicNumber((1, 0, -3), (Fraction("1"), Fraction("2")))
    assert point_data(number)["minimal_polynomial"] == ["1", "0", "-3"]


@pytest.mark.deep
def test_files_are_the_same_on_every_run(models: dict[str, Model], tmp_path: Path) -> None:
    contents: list[dict[str, bytes]] = []
    for folder in ("one", "two"):
        written = write(
            analyse([models["transit"], models["in_turn"]]),
            tmp_path / folder,
            "strategy analyse x",
        )
        assert {written.page.name, written.document.name} == {
            "report.html",
            "analysis.json",
        }
        contents.append(
            {path.name: path.read_bytes() for path in sorted((tmp_path / folder).iterdir())}
        )
    assert contents[0] == contents[1]
    assert {f"in-turn-tree.{kind}" for kind in ("svg", "png")} <= set(contents[0])
    assert {
        f"transit-of-two-{name}.svg"
        for name in ("map", "map-2", "thresholds", "thresholds-2")
    } <= set(contents[0])


def test_models_of_one_name_do_not_overwrite_each_other(
    models: dict[str, Model], tmp_path: Path
) -> None:
    written = write(analyse([models["in_turn"], models["in_turn"]]), tmp_path)
    assert len(written.figures) == len(set(written.figures)) > 4
    assert (
        len(
            {
                path.name.removeprefix("in-turn-").removeprefix("2-")
                for path in written.figures
            }
        )
        == len(written.figures) / 2
    )
    assert all(path.exists() for path in written.figures)


def test_no_sums_across_players(models: dict[str, Model]) -> None:
    """Every row of payoffs has one number a player and none for all together."""
    page = page_of(models["transit"])
    row = re.search(r'<tr class="total">.*?</tr>', page, flags=re.DOTALL)
    assert row is not None
    assert row.group().count('<td class="n">') == len(models["transit"].players)


def test_a_section_more_is_a_line_more(models: dict[str, Model]) -> None:
    """Later analyses plug in as sections; an analysis keeps those it was made with."""
    from strategy.report.sections import ALL

    shorter: Analysis = analyse(models["plain"], sections=ALL[:1])
    (one,) = as_document(shorter)["models"]
    assert one["answer"]
    assert "thresholds" not in one
    assert "How far each assumption" not in as_html(shorter)
    without: Analysis = analyse(models["plain"], sections=ALL[1:])
    assert without.models[0].answer == ()
    assert "The question and the short answer" not in as_html(without)


def test_order_is_that_of_the_reader(models: dict[str, Model]) -> None:
    headings = re.findall(r"<h3>(.*?)</h3>", page_of(models["transit"]))
    assert headings == [
        "The question and the short answer",
        "Questions",
        "Two assumptions at once",
        "How far each assumption can move",
        "Who gains what, and why",
        "Claims and results",
        *[one.title for one in ANALYSES if one.in_report and one.key != "thresholds"],
        "The game",
        "Equilibria",
        "Every outcome",
        "What is assumed",
        "The claims",
        "What the model leaves out",
        "How to get this again",
    ]


@pytest.mark.deep_but(2)
@pytest.mark.parametrize(
    "labels", [*[[label] for label in MODELS], ["plain", "plain"]], ids=" ".join
)
def test_headings_leave_no_level_out(models: dict[str, Model], labels: list[str]) -> None:
    page = (
        page_of(models[labels[0]])
        if len(labels) == 1
        else as_html(analyse([models[label] for label in labels]))
    )
    levels = [int(tag[1]) for tag, _ in read(page).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_headers_with_a_scope(model: Model) -> None:
    elements = read(page_of(model)).elements
    count = [tag for tag, _ in elements].count
    assert count("table") == count("caption") == count("thead") > 0
    assert all(one.get("scope") in ("col", "row") for tag, one in elements if tag == "th")


def test_nothing_empty_is_shown(models: dict[str, Model]) -> None:
    for label in ("in_turn", "plain", "pennies"):
        page = page_of(models[label])
        assert not re.search(r"<tbody>\s*</tbody>", page), "a table of nothing but a header"
        assert all(
            "<path " in one
            for one in re.findall(r'role="img".*?</svg>', page, flags=re.DOTALL)
        ), "nothing but words"


def test_what_scrolls_can_be_reached_and_is_named(model: Model) -> None:
    boxes = [
        one
        for tag, one in read(page_of(model)).elements
        if "scroll" in str(one.get("class", "")).split()
    ]
    assert boxes
    assert all(
        (one["tabindex"], one["role"]) == ("0", "region") and one["aria-label"]
        for one in boxes
    )
    labels = [one["aria-label"] for one in boxes]
    assert len(labels) == len(set(labels)), "no two have one name"


def test_strips_fill_the_range(models: dict[str, Model]) -> None:
    for found in (analysed(models[label]).models[0] for label in ("transit", "bent")):
        for one in (each for concept in found["thresholds"] for each in concept.moving):
            assert sum(part.width for part in one.stretches) == pytest.approx(1)
            assert one.stretches[0].start == 0
            for before, after in itertools.pairwise(one.stretches):
                assert after.start == pytest.approx(before.start + before.width)
            assert 0 <= one.place <= 1


def test_values_given_are_what_the_page_shows(models: dict[str, Model]) -> None:
    text = " ".join(
        " ".join(
            read(
                as_html(
                    analyse(models["transit"], at={"attention": "0.9"}),
                    "strategy analyse x",
                )
            ).text
        ).split()
    )
    assert "Values given instead of the baselines: attention = 0.9." in text
    assert (
        "At the values asked about, attention = 0.9 and leverage = 5: in no pure Nash "
        "equilibrium"
    ) in " ".join(text.split())
    assert "strategy analyse x" in text
    assert "values given: attention = 0.9" in text


def test_turns_at_the_nearest_changes_are_split(models: dict[str, Model]) -> None:
    (one,) = analysed(models["transit"]).models
    leverage, attention = one["gains"].turnings
    assert (leverage.parameter, leverage.point, leverage.total, leverage.total_assumed) == (
        "leverage",
        Fraction(27, 5),
        0,
        Fraction(-2, 5),
    )
    assert (attention.parameter, attention.point, attention.total) == (
        "attention",
        Fraction(1, 6),
        0,
    )
    assert {part.claim: (part.value, assumed) for part, assumed in leverage.rows} == {
        "C4": (Fraction(27, 5), 5),
        "C7": (Fraction(-27, 5), Fraction(-27, 5)),
    }


def test_payoffs_of_two_players_are_a_table(models: dict[str, Model]) -> None:
    page = page_of(models["transit"])
    assert page.count('<td class="played">') == 1
    assert '<td class="played"><u>4</u>; <u>−5</u> ★</td>' in page
