"""The page is valid HTML, by a strict parser, for every registered model and for hostile
names, and not large."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

from strategy import Model
from strategy.report import analyse, as_html
from tests.report.conftest import made, page_of

pytestmark = pytest.mark.xdist_group("pages")

html5lib = pytest.importorskip("html5lib", reason="needs html5lib: the extra 'test'")

MODELS_LISTED = {one.name: one for one in entry_points(group="strategy.models")}
MOST_BYTES = 3_000_000


def valid(page: str) -> None:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    parser.parse(page)
    lines = page.splitlines()
    assert not [
        (code, line, lines[line - 1][max(0, column - 80) : column + 20])
        for (line, column), code, _ in parser.errors
    ]


@pytest.mark.deep
@pytest.mark.parametrize("label", MODELS_LISTED)
def test_registered_models(label: str) -> None:
    page = page_of(MODELS_LISTED[label].load())
    valid(page)
    assert len(page.encode("utf-8")) < MOST_BYTES


def test_small_models_and_hostile_names(model: Model) -> None:
    page = page_of(model)
    valid(page)
    assert len(page.encode("utf-8")) < MOST_BYTES


@pytest.mark.deep
def test_models_together() -> None:
    valid(as_html(analyse([made("transit"), made("nasty")])))


def test_the_parser_would_notice() -> None:
    with pytest.raises(AssertionError):
        valid("<!DOCTYPE html><html lang='en'><title>x</title><p><table><tr><p>")
