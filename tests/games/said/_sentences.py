"""The sentences of a page in plain words: its prose, without code and what code prints."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "docs" / "_ext"))  # the build reads the pages with the same code

from page_code import blocks  # noqa: E402

PAGES = sorted((ROOT / "docs" / "explanation").glob("corridor*.md"))
_COUNTS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|hundred|"
    "half|halves|thirds?|quarters?|fifths?|sixths?|tenths?|percent|twice|both|double"
)
_VERDICTS = (
    "opens?|opened|shuts?|closed|holds?|fails?|always|never|no|none|nobody|every|proved|proof|refuted|"
    "dominant|only|decides?|changes?|turns?|lowers?|raises?|alone|inevitable|exception|indifferent|"
    "more|less|fewer|most|least|rarer|idle|small|neither|stays?|prefers?|loses?|gains?|hardly|seldom|cannot|nothing|"
    "pays?|often|tie|differ|disagree|need not|not worth|work against|favours|costs something"
)
MARKS = re.compile(
    rf"(?<![\w¶])[−-]?\d+(?:[./,–]\d+)*(?: ?%)?|\b(?:{_COUNTS}|{_VERDICTS})\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.?!])[)*”\"]*\s+(?=[A-ZÇÖÜİ*(“\"`])")


@attrs.frozen
class Sentence:
    """A sentence with the page and the line at which its paragraph begins; ``marks``: its numbers
    and the words that give a verdict, in their order."""

    page: str
    section: str
    line: int
    text: str

    @property
    def marks(self) -> str:
        return " ".join([one.lower() for one in MARKS.findall(self.text)])


@attrs.frozen
class Printed:
    """What a code block of a page is to print, which the tests of the pages hold it to."""

    line: int
    text: str


def sentences(page: Path) -> list[Sentence]:
    """Every sentence of a page that has a number or a verdict, those in lists, tables and under
    figures included."""
    found = [
        Sentence(page.name, section, line, text.strip())
        for section, line, passage in _passages(page.read_text(encoding="utf-8"))
        for text in _END.split(" ".join(passage.split()))
    ]
    return [one for one in found if one.marks]


def _passages(text: str) -> Iterator[tuple[str, int, str]]:
    """Each passage with the heading that it stands under, which is none itself, and its line."""
    section, line, heading = "", 1, False
    for token in MarkdownIt().enable("table").parse(text):
        line = token.map[0] + 1 if token.map else line
        if token.type == "inline" and heading:
            section = _plain(token)
        elif token.type == "inline":
            yield section, line, _plain(token)
        elif token.type == "fence" and token.info.startswith("{made}"):
            yield section, line, token.content
        heading = token.type == "heading_open"


def _plain(token: Token) -> str:
    shown = {"softbreak": " ", "hardbreak": " "}
    return "".join([shown.get(one.type, one.content) for one in token.children or ()])


def printed(page: Path) -> list[Printed]:
    """What the blocks of a page print; of code without output the code, with what it asserts."""
    return [
        Printed(block.line, _output(block.code))
        for block in blocks(page.read_text(encoding="utf-8"))
        if block.language in ("python", "console") and not block.skipped
    ]


def _output(code: str) -> str:
    typed = (">>> ", "... ", "$ ") if ">>> " in code or "$ " in code else ()
    return " ".join(
        " ".join([line for line in code.splitlines() if not line.startswith(typed)]).split()
    )
