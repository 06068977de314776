"""strategy analyse: the short answer, thresholds in words, and the files."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from strategy.cli import _models
from strategy.cli._output import plain_signs, print_json, print_table, progress_bar, say
from strategy.display import Chip, Table, listed, look, number, percent
from strategy.report import Analysis, ModelAnalysis, Written, analyse, as_document, write
from strategy.report.document import NOTE
from strategy.report.sections import Refused
from strategy.report.sections.thresholds import Along, Found
from strategy.sensitivity import Verdict

__all__ = ["run"]

_IN_WORDS = 3
_STRIP = 16
_MOST_POINTS = 2


def run(
    given: list[str],
    folder: Path | None,
    *,
    outcome: str | None,
    pair: tuple[str, str] | None,
    changes: list[str],
    as_json: bool,
) -> None:
    """Analyse, print the answer, write the files."""
    models = [_models.find_model(one) for one in given]
    values = _models.changes(changes)
    written = None
    with progress_bar() as step:
        analysis = analyse(models, at=values, outcome=outcome, map=pair, progress=step)
        if folder is not None or not as_json:
            target = folder or Path("analysis")
            command = _command(given, target, outcome, pair, changes)
            written = write(analysis, target, command, progress=step)
    if as_json:
        print_json(as_document(analysis))
    else:
        _print(analysis, written)


def _command(given: list[str], folder: Path, outcome: str | None, pair: tuple[str, str] | None, changes: list[str]) -> str:
    words = ["strategy", "analyse", *given, "-o", os.fspath(folder)]
    words += ["--outcome", outcome] if outcome is not None else []
    words += ["--map", *pair] if pair is not None else []
    for one in changes:
        words += ["--set", one]
    return shlex.join(words)


def _print(analysis: Analysis, written: Written | None) -> None:
    for one in analysis.models:
        say(one.model.title or one.model.name, emphasis=True)
        for sentence in one.answer:
            say(sentence, bullet="- ")
        say()
        _print_thresholds(one)
    say(NOTE)
    if written is not None:
        say()
        figures = f"{len(written.figures)} files in {written.page.parent}"
        for what, where in (("page", written.page), ("data", written.document), ("figures", figures)):
            print(f"{what + ':':9}{where}")  # never broken, so that a path can be copied


def _print_thresholds(one: ModelAnalysis) -> None:
    found = one["thresholds"]
    if isinstance(found, Refused):
        say(f"No thresholds: {found.reason}.")
        return
    for each in found:
        if len(found) > 1:
            say(f"{each.concept}:", emphasis=True)
        _print_concept(each, one.question.outcome.name)
        say()


def _print_concept(each: Found, outcome: str) -> None:
    if each.moving:
        _print_strips(each.moving, outcome)
        say()
    for one in each.moving[:_IN_WORDS]:
        say(" ".join([one.sentence, *one.turning]), bullet="- ")
    if each.still and not each.moving and not each.refused:
        say(f"None of the {len(each.still)} assumptions, moved alone, changes the verdict.")
    elif each.still:
        say(f"Never moves the verdict here, alone: {', '.join(one.parameter for one in each.still)}.")
    for one in each.refused:
        say(f"Not examined along {one.parameter}: {one.refused}")


def _print_strips(moving: Sequence[Along], outcome: str) -> None:
    """A strip for each assumption over its range, where the verdict changes, and who turns there."""
    plain = plain_signs()
    strips = [one.result.strip(_STRIP, one.value, plain) for one in moving if one.result is not None]
    header = ["assumption", "assumed", "changes at", "away", "over its range", "who turns as it rises"]
    rows = [[*_row(one), strip, _turning(one)] for one, strip in zip(moving, strips, strict=True)]
    print_table(Table(header, rows, right=[1, 2, 3]))
    say()
    found = {verdict for strip in strips for verdict in strip.pieces}
    signs = [(verdict, look(verdict).ascii if plain else look(verdict).sign) for verdict in Verdict if verdict in found]
    rows = [[Chip(verdict, sign), Chip(verdict)] for verdict, sign in signs]
    say(f"Over its range, “{outcome}” comes about:")
    print_table(Table(["", ""], [*rows, ["|" if plain else "◆", "here is the value assumed"]]))


def _row(one: Along) -> list[str]:
    assert one.result is not None
    points = one.result.points
    if not points:  # the verdict changes at the very end of the range
        points = tuple([run.low for run in one.runs[1:]])
    return [one.parameter, number(one.value), listed([_short(point) for point in points], _MOST_POINTS), _away(one)]


def _short(point: Any) -> str:
    text = number(point)
    return text if len(text) <= 9 else f"{float(point):.4g}"


def _away(one: Along) -> str:
    return "" if one.distance is None else percent(one.distance)


def _turning(one: Along) -> str:
    said = [
        dict.fromkeys(f"{turn.binding.player}: {turn.binding.from_} → {turn.binding.to}" for turn in turns) for turns in one.turns
    ]
    return "; ".join(dict.fromkeys(turn for turns in said for turn in turns))
