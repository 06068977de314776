"""The page, the data and the files: whole, escaped, the same on every run."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from strategy import AlgebraicNumber, Model
from strategy.report import Analysis, analyse, as_document, as_html, write
from strategy.report.plain import point_data

VOID = {"meta", "br", "link", "img", "hr", "input"}


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
    reader = read(as_html(analyse(model)))
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids)), "every id stands once"
    links = [value for _, one in reader.elements for key, value in one.items() if key in ("href", "src", "xlink:href", "action")]
    assert all(str(link).startswith("#") for link in links)
    assert {str(link)[1:] for link in links} <= set(ids)
    assert not {"script", "iframe", "object", "link"} & {tag for tag, _ in reader.elements}
    assert not [key for _, one in reader.elements for key in one if key.startswith("on")]
    text = " ".join(" ".join(reader.text).split())
    for part in ("The short answer", "illustrative assumptions", *filter(None, (model.title, model.about, *model.leaves_out))):
        assert part in text
    for label, one in model.parameters.items():
        assert label in text
        assert one.reason in text


def test_nasty_names_are_shown_as_they_are(models: dict[str, Model], tmp_path: Path) -> None:
    written = write(analyse(models["nasty"]), tmp_path)
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
    pictures = [one for tag, one in read(as_html(analyse(models["transit"]))).elements if tag == "svg"]
    assert len(pictures) == 4
    assert all(one["role"] == "img" and "transit-of-two" in str(one["aria-label"]) for one in pictures)


def test_data_is_json_and_comes_back_the_same(model: Model) -> None:
    document = as_document(analyse(model))
    assert json.loads(json.dumps(document)) == json.loads(json.dumps(document, ensure_ascii=False))
    assert document["schema"] == "strategy-analysis/1"
    (one,) = document["models"]
    assert one["name"] == model.name
    assert len(one["assumptions"]["parameters"]) == len(model.parameters)
    assert set(one) >= {"verdicts", "thresholds", "region_map", "equilibria", "gains", "drawing", "assumptions", "answer"}


def test_data_says_what_the_page_says(model: Model) -> None:
    analysis = analyse(model)
    text = " ".join(" ".join(read(as_html(analysis)).text).split())
    for sentence in _sentences(as_document(analysis)["models"][0]):
        assert " ".join(sentence.split()) in text


def _sentences(data: dict[str, Any]) -> list[str]:
    found = list(data["answer"])
    for one in data["thresholds"]:
        for each in one["moving"]:
            found += [each["sentence"], *each["turning"]]
    return found


def test_exact_numbers_are_text(models: dict[str, Model]) -> None:
    (one,) = as_document(analyse(models["bent"]))["models"]
    point = one["thresholds"][0]["moving"][0]["points"][0]["at"]
    assert point["minimal_polynomial"] == ["1", "0", "-2"]
    assert Fraction(point["interval"][0]) ** 2 < 2 < Fraction(point["interval"][1]) ** 2
    assert point["approximately"] == pytest.approx(2**0.5)
    assert one["assumptions"]["parameters"][1]["low"] == "1/2"
    number = AlgebraicNumber((1, 0, -3), (Fraction("1"), Fraction("2")))
    assert point_data(number)["minimal_polynomial"] == ["1", "0", "-3"]


def test_files_are_the_same_on_every_run(models: dict[str, Model], tmp_path: Path) -> None:
    contents: list[dict[str, bytes]] = []
    for folder in ("one", "two"):
        written = write(analyse([models["transit"], models["in_turn"]]), tmp_path / folder, "strategy analyse x")
        assert {written.page.name, written.document.name} == {"report.html", "analysis.json"}
        contents.append({path.name: path.read_bytes() for path in sorted((tmp_path / folder).iterdir())})
    assert contents[0] == contents[1]
    assert {f"in-turn-tree.{kind}" for kind in ("svg", "png")} <= set(contents[0])
    assert {f"transit-of-two-{name}.svg" for name in ("map", "map-2", "thresholds", "thresholds-2")} <= set(contents[0])


def test_models_of_one_name_do_not_overwrite_each_other(models: dict[str, Model], tmp_path: Path) -> None:
    written = write(analyse([models["in_turn"], models["in_turn"]]), tmp_path)
    assert len(written.figures) == len(set(written.figures)) == 4
    assert all(path.exists() for path in written.figures)


def test_no_sums_across_players(models: dict[str, Model]) -> None:
    """Every row of payoffs has one number a player and none for all together."""
    page = as_html(analyse(models["transit"]))
    row = re.search(r'<tr class="total">.*?</tr>', page, flags=re.DOTALL)
    assert row is not None
    assert row.group().count('<td class="n">') == len(models["transit"].players)


def test_a_section_more_is_a_line_more(models: dict[str, Model]) -> None:
    """Later analyses plug in as sections; an analysis keeps those it was made with."""
    from strategy.report.sections import ALL

    shorter: Analysis = analyse(models["plain"], sections=ALL[:1])
    (one,) = as_document(shorter)["models"]
    assert "verdicts" in one
    assert "thresholds" not in one
    assert "How far each assumption" not in as_html(shorter)
