"""strategy analyse: the short answer, thresholds in words, and the files."""

from __future__ import annotations

import os
import shlex
import sys
import time
from pathlib import Path

from strategy.characters import escaped
from strategy.cli import _models
from strategy.cli._asking import print_answers
from strategy.cli._output import print_json, print_tables, say
from strategy.cli._progress import progress_bar
from strategy.deadline import require_seconds
from strategy.display import listed
from strategy.errors import StrategyError
from strategy.names import unknown
from strategy.report import Analysis, ModelAnalysis, Written, analyse, as_document, write
from strategy.report.document import NOTE
from strategy.report.files import require_folder
from strategy.report.section import NOT_IN_TIME
from strategy.report.sections import Refused, Section, every_section

__all__ = ["run"]

_IN_WORDS = 3
_FINDING = 0.6
"""The share of a time limit that findings may take where a page and figures follow."""


def run(
    given: list[str],
    folder: Path | None,
    *,
    outcome: str | None,
    pair: tuple[str, str] | None,
    only: list[str],
    changes: list[str],
    as_json: bool,
    seconds: float | None,
) -> None:
    """Analyse, print the answer, write the files."""
    sections = _chosen(only)
    models = [_models.find_model(one) for one in given]
    values = _models.changes(changes)
    written = None
    target = folder or (None if as_json else Path("analysis"))
    if target is not None:
        require_folder(target)
    require_seconds(seconds)
    begin = time.monotonic()
    with progress_bar() as step:
        share = seconds if seconds is None or target is None else _FINDING * seconds
        analysis = analyse(
            models,
            at=values,
            outcome=outcome,
            map=pair,
            progress=step,
            sections=sections,
            called=given,
            seconds=share,
        )
        if target is not None:
            command = _command(given, target, outcome, pair, only, changes)
            rest = (
                None if seconds is None else max(seconds - (time.monotonic() - begin), 0.0)
            )
            written = write(analysis, target, command, progress=step, seconds=rest)
    if as_json:
        print_json(as_document(analysis))
        if written is not None and written.earlier:
            print(f"strategy: {_left(written)}", file=sys.stderr)
    else:
        _print(analysis, written)
        _print_missing(analysis, written, seconds)


def _chosen(only: list[str]) -> tuple[Section, ...]:
    """The sections named, in the order of the report; all, if none is."""
    sections = every_section()
    known = [section.key for section in sections]
    for key in only:
        if key not in known:
            raise StrategyError(f"--only: {unknown(key, known, 'section')}")
    return tuple([section for section in sections if not only or section.key in only])


def _command(
    given: list[str],
    folder: Path,
    outcome: str | None,
    pair: tuple[str, str] | None,
    only: list[str],
    changes: list[str],
) -> str:
    words = ["strategy", "analyse", *given, "-o", os.fspath(folder)]
    words += ["--outcome", outcome] if outcome is not None else []
    words += ["--map", *pair] if pair is not None else []
    for one in only:
        words += ["--only", one]
    for one in changes:
        words += ["--set", one]
    return shlex.join(words)


def _print(analysis: Analysis, written: Written | None) -> None:
    for one in analysis.models:
        say(one.model.title or one.model.name, emphasis=True)
        for sentence in one.answer:
            say(sentence, bullet="- ")
        say()
        print_answers(one.findings.get("questions", ()), 2)
        if "thresholds" in one.findings:
            _print_thresholds(one)
    say(NOTE)
    if written is not None:
        say()
        figures = f"{len(written.figures)} files in {written.page.parent}"
        for what, where in (
            ("page", written.page),
            ("data", written.document),
            ("figures", figures),
        ):
            # never broken, so that a path can be copied
            print(f"{what + ':':9}{escaped(str(where))}")


def _print_missing(
    analysis: Analysis, written: Written | None, seconds: float | None
) -> None:
    """Which sections and figures were not done in time."""
    titles = {section.key: section.title for section in analysis.sections}
    missing = [
        titles[key]
        for one in analysis.models
        for key, found in one.findings.items()
        if found == Refused(NOT_IN_TIME)
    ]
    if missing:
        say(
            f"Not done within {seconds:g} "
            f"seconds{', the page included' if written else ''}: {_each(missing)}."
        )
    late = [] if written is None else [titles[key] for _, key in written.late]
    if late:
        say(f"Not all drawn within {seconds:g} seconds: {_each(late)}.")
    if written is not None and written.earlier:
        say(f"{_left(written)}.")


def _left(written: Written) -> str:
    """Which figures in the folder are of an earlier run: the page has none of them."""
    names = escaped(listed([one.name for one in written.earlier], 6))
    return f"Left over in {escaped(str(written.page.parent))} from an earlier run: {names}"


def _each(titles: list[str]) -> str:
    return ", ".join(dict.fromkeys(titles))


def _print_thresholds(one: ModelAnalysis) -> None:
    found = one["thresholds"]
    if isinstance(found, Refused):
        say(f"No thresholds: {found.reason}.")
        return
    for each in found:
        if len(found) > 1:
            say(f"{each.concept}:", emphasis=True)
        if isinstance(each, Refused):
            say(f"No thresholds: {each.reason}.")
            continue
        print_tables(each.tables)
        say()
        for row in each.moving[:_IN_WORDS]:
            say(" ".join([row.sentence, *row.turning]), bullet="- ")
        for sentence in each.others:
            say(sentence, bullet="- ")
        say()
