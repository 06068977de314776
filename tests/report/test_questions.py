"""Questions that a model states, and the command under each section: run, it gives the same
as the section."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from games.corridor.activation import model as activation
from games.corridor.alignment import model as alignment
from games.corridor.sequence import model as sequence, reaction
from strategy import Inquiry, Limits, Model, cli
from strategy.report import ModelAnalysis, analyse, as_document, as_html
from strategy.report.question import Question
from strategy.report.section_commands import command_lines
from strategy.report.sections import ALL, Refused
from strategy.sensitivity.analyses.catalogue import ALL as ANALYSES
from tests.report.conftest import MODELS

ASKED = (
    Inquiry(
        "How far may attention rise?",
        "thresholds",
        {"parameter": "attention"},
        outcome="Armenia opens",
    ),
    Inquiry("How far may all of it move?", "radius"),
    Inquiry(
        "How far by shares that add up?", "radius", {"norm": "sum", "hold": ("income",)}
    ),
    Inquiry("What moves it?", "thresholds", concept="pure-nash-undominated"),
    Inquiry("Where?", "map", {"x": "leverage", "y": "attention"}),
    Inquiry("Both together?", "stress", {"group": ("both: leverage=9, attention=1",)}),
    Inquiry("Which is safest?", "coordination"),
)
WRONG = (
    (Inquiry("A?", "radios"), "unknown analysis 'radios' .did you mean 'radius'"),
    (Inquiry("B?", "radius", {"nrm": "sum"}), "unknown option of radius 'nrm'"),
    (
        Inquiry("C?", "map", {"x": "leverage", "z": "attention"}),
        "unknown option of map 'z'",
    ),
    (Inquiry("D?", "thresholds", {"parameter": "attenton"}), "attention"),
    (Inquiry("E?", "radius", concept="pure-mash"), "unknown concept 'pure-mash'"),
    (Inquiry("F?", "tipping", concept="nash"), "signs of gains decide"),
)


ONLY = tuple([one for one in ALL if one.key == "questions"])


def transit(*inquiries: Inquiry) -> Model:
    return attrs.evolve(MODELS["transit"](), inquiries=inquiries)


def analysed(model: Model, **asked: Any) -> ModelAnalysis:
    (one,) = analyse(model, **asked).models
    return one


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How the command line names the model that is put ``ASKED``."""
    code = (
        "from tests.report.test_questions import ASKED, transit\nmodel = transit(*ASKED)\n"
    )
    (tmp_path / "asked_models.py").write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield "asked_models:model"
    sys.modules.pop("asked_models", None)


def printed(capsys: pytest.CaptureFixture[str], line: str) -> Any:
    """The data that a command prints."""
    program, *arguments = shlex.split(line)
    assert program == "strategy"
    assert cli.run([*arguments, *(() if "--json" in arguments else ("--json",))]) == 0, line
    return json.loads(capsys.readouterr().out)


QUESTIONS: list[dict[str, Any]] = [
    {},
    {
        "at": {"leverage": "11/2"},
        "outcome": "Armenia opens",
        "map": ("income", "attention"),
    },
]


@pytest.mark.parametrize(
    "asked", QUESTIONS, ids=["as it stands", "other values, outcome and map"]
)
@pytest.mark.deep_but(1)
def test_the_command_of_a_section_gives_the_section(
    place: str, capsys: pytest.CaptureFixture[str], asked: dict[str, Any]
) -> None:
    analysis = analyse(transit(*ASKED), called=[place], **asked)
    (one,), (document,) = analysis.models, as_document(analysis)["models"]
    document = json.loads(json.dumps(document))
    catalogue = {each.key for each in ANALYSES}
    for section in ALL:
        lines = command_lines(section, one.question)
        if isinstance(one[section.key], Refused):
            continue
        assert lines, section.key
        for i, line in enumerate(lines):
            if section.key == "drawing":
                assert cli.run(shlex.split(line)[1:]) == 0
                capsys.readouterr()
                continue
            data, here = printed(capsys, line), document[section.key]
            if section.key == "checks":
                assert here == data
            elif section.key in catalogue | {"thresholds"}:
                assert here[i] == {key: data[key] for key in here[i]}
            elif section.key == "region_map":
                assert here["maps"][i] == {key: data[key] for key in here["maps"][i]}
            elif section.key == "equilibria":
                assert (here[i]["concept"], here[i]["status"]) == (
                    data["concept"],
                    data["status"],
                )
                assert here[i]["count"] == len(data["equilibria"])
            elif section.key == "questions":
                kept = [
                    {key: value for key, value in row.items() if key != "section"}
                    for row in here
                ]
                assert kept == [
                    {key: row[key] for key in kept[0]} for row in data["questions"]
                ]
            else:
                assert here == data["models"][0][section.key]


def test_commands_are_in_the_page(place: str) -> None:
    few = tuple(
        [one for one in ALL if one.key in ("questions", "region_map", "radius", "verdicts")]
    )
    page = as_html(analyse(transit(*ASKED), called=[place], sections=few))
    for line in (
        f"strategy radius {place}",
        f"strategy radius {place} --concept pure-nash-undominated",
        f"strategy map {place} attention leverage",
        f"strategy radius {place} --norm sum --hold income",
        f"strategy ask {place}",
        f"strategy analyse {place} --only verdicts --json",
    ):
        assert f"<code>{line}</code>" in page
    assert 'href="#m0-radius"' in page


def test_no_command_where_none_would_give_the_same(place: str) -> None:
    model = transit(*ASKED)
    for question in (
        Question.of(model),
        Question.of(model, called=place, limits=Limits(count=1)),
    ):
        assert not any(command_lines(section, question) for section in ALL)
    assert Question.of(activation).called == "corridor.activation"
    assert (
        Question.of(attrs.evolve(activation, title="a variant under the same name")).called
        == ""
    )


def test_answers_are_the_sentences_of_the_analyses(place: str) -> None:
    one = analysed(transit(*ASKED), called=[place])
    along, radius, summed, plain, where, both, safest = one["questions"]
    assert along.outcome == "Armenia opens"
    assert along.section is None, "the evidence in the report is about another outcome"
    assert along.sentences[0].startswith(
        "While attention is below 1, “Armenia opens” comes about in every pure Nash "
        "equilibrium"
    )
    assert (
        along.command
        == f"strategy thresholds {place} --parameter attention --outcome 'Armenia opens'"
    )
    assert radius.sentences == one["radius"][0].sentences[:3]
    assert radius.more == len(one["radius"][0].sentences) - 3
    assert radius.section == "radius"
    assert summed.command == f"strategy radius {place} --norm sum --hold income"
    assert summed.section is None, "the report asks with the defaults"
    assert where.section is None, "the map of the report has other axes"
    assert plain.sentences[0] == one["thresholds"][1].moving[0].sentence
    assert plain.command.endswith("--concept pure-nash-undominated")
    assert where.command == f"strategy map {place} leverage attention"
    assert "in no pure Nash equilibrium on 81%" in where.sentences[0]
    assert both.command.endswith("--group 'both: leverage=9, attention=1'")
    assert "both" in " ".join(both.sentences)
    assert (
        " asks everyone to be " in safest.sentences[1]
        or " asks for no trust" in safest.sentences[1]
    )


def test_findings_are_shared_with_the_sections(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from strategy.sensitivity.analyses import radius as radii

    calls: list[Any] = []
    kept = radii.radius

    def counted(*given: Any, **options: Any) -> Any:
        calls.append(options)
        return kept(*given, **options)

    counted.__wrapped__ = kept  # type: ignore[attr-defined]
    monkeypatch.setattr(radii, "radius", counted)
    analysed(
        transit(ASKED[1]), sections=(*ONLY, *[one for one in ALL if one.key == "radius"])
    )
    assert len(calls) == 2, "once for each concept"


@pytest.mark.parametrize(("inquiry", "reason"), WRONG, ids=[one.text for one, _ in WRONG])
def test_what_cannot_be_answered_is_said(inquiry: Inquiry, reason: str) -> None:
    analysis = analyse(transit(inquiry), sections=ONLY)
    (found,) = analysis.models[0]["questions"]
    assert not found.sentences
    assert re.search(reason, found.refused)
    assert "does not answer it" in as_html(analysis)


def test_ask_prints_them(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["ask", place]) == 0
    text = capsys.readouterr().out
    for one in ASKED:
        assert one.text in text
    assert text.count("illustrative assumptions") == 1
    assert cli.run(["analyse", place, "--only", "questions"]) == 0
    again = capsys.readouterr().out
    assert all(one.text in again for one in ASKED)
    assert "over its range" not in again, "thresholds were not asked for"
    assert cli.run(["ask", "games.corridor.sequence:in_order"]) == 2
    assert cli.run(["analyse", place, "--only", "question"]) == 2
    assert "did you mean 'questions'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "model", [sequence, reaction, activation, alignment], ids=lambda model: str(model.name)
)
@pytest.mark.deep_but(1)
def test_inquiries_of_the_corridor_are_well_formed(model: Model) -> None:
    """Each names an analysis and options that there are; what is refused is refused for
    what the model is."""
    for one in analysed(model, sections=ONLY)["questions"]:
        assert "unknown" not in one.refused
        assert one.refused or 1 <= len(one.sentences) <= 3
        assert one.command.startswith(f"strategy {one.inquiry.analysis} {model.name}")
