"""Every sentence on a report's page that carries a number or a verdict, with the call that
yields it, each checked.

``python -m tests.report.sentences`` analyses the four corridor models and a tree with
chance, and writes the table to ``build/sentences.md``. A sentence is checked in one of
these ways, which its row names:

- *solved anew*: against games that nothing but ``solve()`` solves, at the values that the
  sentence names or implies, games written out anew, or another sample;
- *counted anew*: against the model, the game or the solution itself;
- *the call, run anew*: it is a sentence of what the call gives when run again, and its
  numbers are tested where that analysis is tested;
- *words of the model*, *fixed words*: nothing in it depends on a result.

A sentence that fits none of these has no checker, and fails.
"""

from __future__ import annotations

import csv
import itertools
import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs

from strategy import Model, StrategyError
from strategy.completeness import equilibrium
from strategy.concepts.choices import choose
from strategy.report import analyse, as_html
from strategy.report.asking import answered
from strategy.report.question import Question
from strategy.sensitivity.analyses.catalogue import ALL as ANALYSES
from tests._models import in_names
from tests.report.solved_anew import COUNTED, NAMES, SOLVED, Told, reads
from tests.report.test_short_answer import Asked, check

TEMPLATES = Path(__file__).resolve().parents[2] / "strategy/report/templates"
BLOCKS = {"p", "li", "caption", "summary", "h4", "h5", "figcaption", "dt", "dd", "desc"}
_WORDS = "no|none|one|two|three|four|five|six|every|some|all|only|never|always|sure|settled|proved|equilibrium|equilibria|changes?"
CARRIES = re.compile(rf"\d|\b(?:{_WORDS})\b", re.IGNORECASE)


_analysed = cache(analyse)


@attrs.frozen
class Row:
    """A sentence with where it stands, the call that yields it, and how it was checked;
    ``problem``: what is wrong with it."""

    model: str
    section: str
    sentence: str
    call: str
    how: str
    problem: str = ""


@attrs.frozen
class Said:
    """A block of text of a page: its section, the heading and the term that it stands
    under, the kind of element."""

    section: str
    heading: str
    under: str
    kind: str
    text: str


class _Reader(HTMLParser):
    """Collects the blocks of text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Said] = []
        self.section = self.heading = self.under = self.kind = ""
        self._text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "section" and (given.get("id") or "").startswith("m0-"):
            self.section, self.heading, self.under = (
                (given["id"] or "").removeprefix("m0-"),
                "",
                "",
            )
        self._hidden += tag in ("script", "style", "code") and self.kind == ""
        if tag in BLOCKS:
            self._end()
            self.kind = tag
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if self.kind:
            self._text.append(data)

    def _end(self) -> None:
        text = " ".join("".join(self._text).split())
        if text and self.section:
            if self.kind in ("h4", "h5"):
                self.heading, self.under = text, ""
            elif self.kind == "dt":
                self.under = text
            self.found.append(Said(self.section, self.heading, self.under, self.kind, text))
        self.kind, self._text = "", []


def said(page: str) -> list[Said]:
    """The blocks of text of a page that carry a number or a verdict, each once under its
    heading."""
    reader = _Reader()
    reader.feed(page)
    return list(dict.fromkeys(one for one in reader.found if CARRIES.search(one.text)))


def rows(model: Model, call: str) -> Iterator[Row]:
    """Every such sentence of the page of a model, checked. ``call``: how the model is
    got."""
    for one, told in each(model):
        yield checked(one, told, call)


def each(model: Model) -> Iterator[tuple[Said, Told]]:
    """Every such sentence with what it is about."""
    analysis = _analysed(model)
    question = analysis.models[0].question
    for _, group in itertools.groupby(
        said(as_html(analysis)), lambda one: (one.section, one.heading, one.under)
    ):
        beside = list(group)
        for place, one in enumerate(beside):
            asked, concept = question, _concept(one.heading, question)
            if one.section == "questions":
                asked, concept = inquired(one.under, question)
            yield (
                one,
                Told(
                    asked,
                    concept,
                    one.section,
                    one.under,
                    one.heading,
                    [each.text for each in beside],
                    place,
                ),
            )


def checked(one: Said, told: Told, call: str) -> Row:
    """A sentence held against what it is about."""
    question, line, how, problem = (
        told.question,
        f"analyse({call})",
        "no checker",
        "no checker reads it",
    )
    plain, own = _plain(one.text) in _fixed_words(), _own_words(told.model)
    try:
        if (
            one.section == "answer"
            and one.kind == "li"
            and not reads(NAMES, one.section, one.text)
        ):
            line, how, problem = f"solve({call}.game(at=...), concept)", "solved anew", ""
            check(
                Asked(
                    question.model,
                    question.concepts,
                    question.outcome.name,
                    question.at,
                    question.limits,
                ),
                one.text,
            )
        elif one.text in own:
            line, how, problem = call, "words of the model", ""
        elif plain and not re.fullmatch(r"[\w ,]+", one.text):
            line, how, problem = "the page", "fixed words", ""
        elif kind := reads(SOLVED, one.section, one.text):
            line, how, problem = (
                f"solve({call}.game(at=...), {told.concept!r})",
                "solved anew",
                "",
            )
            kind[0](told, kind[1])
        elif kind := reads(COUNTED, one.section, one.text):
            line, how, problem = call, "counted anew", ""
            kind[0](told, kind[1])
        elif plain or reads(NAMES, one.section, one.text):
            line, how, problem = "the page", "fixed words", ""
        elif one.section in {analysis.key for analysis in ANALYSES} | {
            "questions"
        } and one.text in _anew(one, told):
            line, how, problem = (
                f"{one.section}({call}, {told.concept!r}, {question.outcome.name!r})",
                "the call, run anew",
                "",
            )
    # whatever goes wrong is the row's problem, and no other row's
    except Exception as error:
        problem = (
            "not so: "
            f"{type(error).__name__ if not str(error) else str(error).splitlines()[0]}"
        )
    return Row(question.model.name, one.section, one.text, line, how, problem)


def inquired(text: str, question: Question) -> tuple[Question, Any]:
    """The question that an inquiry of the model puts, and its concept."""
    inquiry = next((one for one in question.model.inquiries if one.text == text), None)
    if inquiry is None:
        return question, question.concepts[0]
    about = question.about(
        inquiry.outcome or question.model.headline or question.outcome.name
    )
    if {"x", "y"} <= set(inquiry.options):
        about = attrs.evolve(about, map=(inquiry.options["x"], inquiry.options["y"]))
    return about, question.concepts[0] if inquiry.concept is None else choose(
        inquiry.concept
    )


def _concept(heading: str, question: Question) -> Any:
    """The concept that a heading names; the first of the question if it names none."""
    called = [(one, equilibrium(one)) for one in question.concepts]
    plural = [(one, name.replace("equilibrium", "equilibria")) for one, name in called]
    names = {
        name: one
        for one, name in [*[(one, str(one)) for one in question.concepts], *called, *plural]
    }
    return names[
        max(
            [name for name in names if name in heading],
            key=len,
            default=str(question.concepts[0]),
        )
    ]


_kept: dict[Any, set[str]] = {}


def _anew(one: Said, told: Told) -> set[str]:
    """What an analysis says when it is run again, apart from the page: sentences, heading,
    captions, what is left out; an inquiry's answer likewise."""
    place = (one.section, one.under, told.model, told.concept)
    if place not in _kept:
        _kept[place] = (
            _answers(told.model, one.under)
            if one.section == "questions"
            else _found(one.section, told)
        )
    return _kept[place]


def _found(key: str, told: Told) -> set[str]:
    function = next(one for one in ANALYSES if one.key == key).load()
    try:
        found = function(
            told.model, told.concept, told.question.outcome, at=told.question.at
        )
    except StrategyError as error:  # a refusal is what the page shows as well
        return {f"Not available: {error}.", f"Not available under {told.concept}: {error}."}
    tables = [text for table in found.tables for text in (table.caption, table.more)]
    return {found.heading, *found.sentences, *tables, " ".join(found.sentences)}


def _answers(model: Model, text: str) -> set[str]:
    found = next(
        (answered(Question.of(model), one) for one in model.inquiries if one.text == text),
        None,
    )
    if found is None:
        return set()
    more = f"And {found.more} more sentence{'s' * (found.more > 1)}."
    return {*found.sentences, more, f"This model does not answer it: {found.refused}."}


@cache
def _fixed_words() -> str:
    """The words of the templates, without what is filled in."""
    text = " ".join(
        [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.j2"))]
    )
    return _plain(
        re.sub(r"<[^>]*>", " ", re.sub(r"\{[%#].*?[%#]\}", "", text, flags=re.DOTALL))
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _own_words(model: Model) -> set[str]:
    texts = {
        model.title,
        model.about,
        *model.leaves_out,
        *[one.text for one in model.inquiries],
    }
    texts |= {one.statement for one in model.claims.values()}
    return {_plain(text) for text in texts if text}


def written(found: list[Row], folder: Path) -> Path:
    """The table as Markdown and as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    head = [one.name for one in attrs.fields(Row)]
    with (folder / "sentences.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *map(attrs.astuple, found)])
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [
        "| "
        + " | ".join(str(cell).replace("|", "\\|") for cell in attrs.astuple(row))
        + " |"
        for row in found
    ]
    path = folder / "sentences.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def models() -> dict[str, Model]:
    """The models whose pages are read, by the call that gives each."""
    from games.corridor import activation, alignment, sequence
    from tests.report._chance_tree import model

    return {
        "corridor.activation": in_names(activation.model),
        "corridor.sequence": in_names(sequence.model),
        "corridor.reaction": in_names(sequence.reaction),
        "corridor.alignment": in_names(alignment.model),
        "tree with chance": model,
    }


def main(names: list[str]) -> int:
    """Write the table of all models, or of those named; 1 if a row is not so."""
    found: list[Row] = []
    for label, model in models().items():
        if not names or label in names:
            page = list(rows(model, label))
            ways = [
                f"{sum(row.how == way for row in page)} {way}"
                for way in sorted({row.how for row in page})
            ]
            print(f"{label}: {len(page)} sentences: {', '.join(ways)}", flush=True)
            for row in page:
                if row.problem:
                    print(
                        f"{row.model}, {row.section}: {row.problem}: {row.sentence}",
                        flush=True,
                    )
            found += page
    print(written(found, Path("build")))
    return int(any(row.problem for row in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
