"""strategy analyse: the short answer, thresholds in words, and the files."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from strategy.cli import _models
from strategy.cli._output import print_json, print_table, progress_bar, say
from strategy.display import number, percent
from strategy.report import Analysis, ModelAnalysis, Written, analyse, as_document, write
from strategy.report.document import NOTE
from strategy.report.sections import Refused
from strategy.report.sections.thresholds import Along, Found
from strategy.report.words import when
from strategy.sensitivity import Verdict

__all__ = ["run"]

_WHERE = {
    Verdict.EVERY: "in every",
    Verdict.SOME: "in some",
    Verdict.NO: "in none",
    Verdict.NONE_EXISTS: "no equilibrium",
    Verdict.UNKNOWN: "not settled",
}
_IN_WORDS = 3


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
            say(f"- {sentence}")
        say()
        _print_thresholds(one)
    say(NOTE)
    if written is not None:
        say()
        say(f"the page:    {written.page}")
        say(f"the data:    {written.document}")
        say(f"the figures: {len(written.figures)} files in {written.page.parent}")


def _print_thresholds(one: ModelAnalysis) -> None:
    found = one["thresholds"]
    if isinstance(found, Refused):
        say(f"no thresholds: {found.reason}")
        return
    for each in found:
        if len(found) > 1:
            say(f"{each.concept}:")
        _print_concept(each, one.question.outcome.name)
        say()


def _print_concept(each: Found, outcome: str) -> None:
    if each.moving:
        header = ["assumption", "assumed", "distance", f"equilibria with “{outcome}”", "who turns as it rises"]
        print_table(header, map(_row, each.moving), right=[1, 2])
        say()
    for one in each.moving[:_IN_WORDS]:
        say(" ".join([one.sentence, *one.turning]))
    if each.still and not each.moving and not each.refused:
        say(f"none of the {len(each.still)} assumptions, moved alone, changes the verdict")
    elif each.still:
        say(f"never moves the verdict here: {', '.join(one.parameter for one in each.still)}")
    for one in each.refused:
        say(f"not examined along {one.parameter}: {one.refused}")


def _row(one: Along) -> list[str]:
    assert one.result is not None
    places = [f"{_WHERE[run.verdict]} {when(run, one.result.low, one.result.high)}" for run in one.runs]
    turns = dict.fromkeys(
        f"at {number(point)} {turn.binding.player}: {turn.binding.from_} → {turn.binding.to}"
        for point, turns in zip(one.result.points, one.turns, strict=True)
        for turn in turns
    )
    distance = "" if one.distance is None else percent(one.distance)
    return [one.parameter, number(one.value), distance, "; ".join(places), "; ".join(turns)]
