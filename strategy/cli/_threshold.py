"""strategy thresholds: how far each assumption can move, alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from strategy.cli import _models
from strategy.cli._output import plain_signs, print_json, print_table, say
from strategy.cli._progress import working
from strategy.completeness import never_moves
from strategy.concepts.choices import choose
from strategy.display import Chip, Table, listed, look, number, percent
from strategy.errors import RefusalError
from strategy.report.question import Question
from strategy.report.sections.thresholds import Along, ThresholdsFound, along_all, along_one, found_data
from strategy.sensitivity import Verdict
from strategy.sensitivity.deciding.verdicts import verdict_words
from strategy.texts import number_text

__all__ = ["print_concept", "run"]

_STRIP = 16
_MOST_POINTS = 2


def run(
    given: str, parameter: str | None, *, outcome: str | None, concept: str | None, changes: list[str], as_json: bool
) -> None:
    """Examine one parameter or all of them, print where the verdict changes."""
    model = _models.find_model(given)
    question = Question.of(model, _models.changes(changes), outcome, called=given)
    chosen = choose(concept) if concept is not None else question.concepts[0]
    with working("looking for thresholds"):
        if parameter is None:
            found = along_all(question, chosen)
        else:
            model.parameters[parameter]
            found = along_one(question, chosen, parameter)
            if found.refused:
                raise RefusalError(found.refused[0].refused)
    name = question.outcome.name
    if as_json:
        values = {label: number_text(one) for label, one in question.at.items()}
        print_json({"model": model.name, "values": values, "outcome": name, **found_data(found)})
        return
    asked = "no parameters" if not model.parameters else parameter or "each assumption alone"
    say(f"“{name}” along {asked}, {chosen}", emphasis=True)
    say()
    print_concept(found, name)


def print_concept(each: ThresholdsFound, outcome: str, in_words: int | None = None) -> None:
    """What moves the verdict, as strips and (``in_words`` of them at most) in words; what does not; what was tried at single
    values alone; what was not examined."""
    if each.moving:
        _print_strips(each.moving, outcome)
        say()
    for one in each.moving[:in_words]:
        say(" ".join([one.sentence, *one.turning]), bullet="- ")
    if len(each.still) == 1 and not each.moving:
        say(each.still[0].sentence)
    elif each.still and each.settled:
        say(f"None of the {len(each.still)} assumptions, moved alone, changes the verdict.")
    elif each.still:
        say(never_moves(", ".join(one.label for one in each.still)))
    for one in each.tried:
        say(one.sentence, bullet="- ")
    for one in each.refused:
        say(f"Not examined along {one.label}: {one.refused}")


def _print_strips(moving: Sequence[Along], outcome: str) -> None:
    """A strip for each assumption over its range, where the verdict changes, and who switches there."""
    plain = plain_signs()
    strips = [one.result.strip(_STRIP, one.value, plain) for one in moving if one.result is not None]
    header = ["assumption", "assumed", "changes at", "away", "over its range", "who switches as it rises"]
    rows = [[*_row(one), strip, _turning(one)] for one, strip in zip(moving, strips, strict=True)]
    print_table(Table(header, rows, right=[1, 2, 3]))
    say()
    shown = next(one.result for one in moving if one.result is not None)
    found = {verdict for strip in strips for verdict in strip.pieces}
    signs = [(verdict, look(verdict).ascii if plain else look(verdict).sign) for verdict in Verdict if verdict in found]
    rows = [[Chip(verdict, sign), Chip(verdict, verdict_words(verdict, shown))] for verdict, sign in signs]
    say(f"Over its range, “{outcome}” comes about:")
    print_table(Table(["", ""], [*rows, ["|" if plain else "◆", "here is the value assumed"]]))


def _row(one: Along) -> list[str]:
    assert one.result is not None
    points = one.result.points
    if not points:  # the verdict changes at the very end of the range
        points = tuple([run.low for run in one.runs[1:]])
    return [one.label, number(one.value), listed([_short(point) for point in points], _MOST_POINTS), _away(one)]


def _short(point: Any) -> str:
    text = number(point)
    return text if len(text) <= 9 else f"{float(point):.4g}"


def _away(one: Along) -> str:
    return "" if one.distance is None else percent(one.distance)


def _turning(one: Along) -> str:
    said = [f"{turn.binding.player}: {turn.binding.from_} → {turn.binding.to}" for _, turns in one.turns for turn in turns]
    return "; ".join(dict.fromkeys(said))
