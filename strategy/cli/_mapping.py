"""strategy map: the verdict over two parameters."""

from __future__ import annotations

from pathlib import Path

from strategy.cli import _models
from strategy.cli._charting import chart
from strategy.cli._output import plain_signs, print_json, print_table, say
from strategy.cli._progress import working
from strategy.completeness import verdict_sentence
from strategy.concepts.choices import choose
from strategy.display import Chip, Table, look, percent
from strategy.errors import RefusalError, StrategyError
from strategy.files import require_places
from strategy.plots import blank, map_size, plot_regions, save
from strategy.plots.files import figure_files
from strategy.report.question import Question
from strategy.report.sections.region_map import Mapped, map_data, mapped
from strategy.sensitivity.deciding.verdicts import verdict_words
from strategy.texts import number_text

__all__ = ["run"]

_BAR = 24


def run(
    given: str,
    x: str | None,
    y: str | None,
    output: Path | None,
    *,
    outcome: str | None,
    concept: str | None,
    changes: list[str],
    as_json: bool,
) -> None:
    """Map, print the shares by verdict, draw if a file is named."""
    if (x is None) != (y is None):
        raise StrategyError(f"map was given one parameter, {x!r}: give two, or none for the model's focus")
    targets = figure_files(output, (".svg",)) if output is not None else ()
    require_places(*targets)
    model = _models.find_model(given)
    pair = None if x is None or y is None else (x, y)
    values = _models.changes(changes)
    question = Question.of(model, values, outcome, pair)
    if question.map is None:
        raise RefusalError(f"{given!r} names no two parameters as its focus: name two of {', '.join(model.parameters)}")
    for label in question.map:
        if label in question.at:
            raise StrategyError(f"--set {label}: it varies over the map; leave it out")
    chosen = choose(concept) if concept is not None else question.concepts[0]
    with working(f"mapping {' and '.join(question.map)}"):
        found = mapped(question, chosen, *question.map)
    if as_json:
        print_json(
            {"model": model.name, "values": {label: number_text(one) for label, one in question.at.items()}, **map_data(found)}
        )
    else:
        _print(found)
    if targets:
        figure, ax = blank(*map_size(found.regions, key=True))
        plot_regions(found.regions, ax, key=True)
        (path,) = save(figure, targets[0])
        if not as_json:
            say(f"\nThe figure: {path}")


def _print(found: Mapped) -> None:
    one = found.regions
    asked = one.model.outcomes[one.outcome]
    say(
        f"At the values assumed, {verdict_sentence(asked, found.at_values, one.concept, random=found.chance)}.",
        emphasis=True,
    )
    shares, parts, _ = found.sentences
    say(shares)
    say(parts)
    say()
    print_table(_shares(found))
    drawn = chart(one, plain_signs())
    if drawn is not None:
        say()
        print_table(drawn)
    if len(found.key) > 1:
        say()
        print_table(Table(["letter", "what is played"], [[letter, str(play)] for play, letter in found.key.items()]))


def _shares(found: Mapped) -> Table:
    """The share of each verdict in words and as a bar."""
    plain, rows = plain_signs(), []
    for verdict, share in sorted(found.regions.shares().items(), key=lambda pair: -pair[1]):
        sign = look(verdict).ascii if plain else look(verdict).sign
        rows.append(
            [
                Chip(verdict, verdict_words(verdict, found.regions)),
                percent(share),
                Chip(verdict, sign * max(1, round(_BAR * share))),
            ]
        )
    return Table(["the outcome comes about", "of the map", ""], rows, right=[1])
