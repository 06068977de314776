"""strategy map: the verdict over two parameters."""

from __future__ import annotations

from pathlib import Path

from strategy.cli import _models
from strategy.cli._output import print_json, print_table, say
from strategy.display import percent
from strategy.errors import RefusalError, StrategyError
from strategy.plots import blank, plot_regions, save
from strategy.report.choices import choose
from strategy.report.question import Question
from strategy.report.sections.region_map import Mapped, map_data, mapped

__all__ = ["run"]


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
    model = _models.find_model(given)
    pair = None if x is None or y is None else (x, y)
    values = _models.changes(changes)
    question = Question.of(model, values, outcome, pair)
    if question.map is None:
        raise RefusalError(f"{given!r} names no two parameters as its focus: name two of {', '.join(model.parameters)}")
    for label in question.map:
        if label in question.at:
            raise StrategyError(f"--set {label}: it varies over the map; leave it out")
    found = mapped(question, choose(concept) if concept is not None else question.concepts[0], *question.map)
    if as_json:
        print_json({"model": model.name, "values": {label: str(one) for label, one in question.at.items()}, **map_data(found)})
    else:
        _print(found)
    if output is not None:
        figure, ax = blank(6.4, 5.8)
        plot_regions(found.regions, ax)
        (path,) = save(figure, output if output.suffix else output.with_name(output.name + ".svg"))
        if not as_json:
            say(f"\nthe figure: {path}")


def _print(found: Mapped) -> None:
    say(found.sentence, emphasis=True)
    say(f"At the values assumed: {found.at_values.value}.")
    say()
    shares = sorted(found.regions.shares().items(), key=lambda pair: -pair[1])
    print_table(
        ["the outcome comes about", "share of the map"], [[one.value, percent(share)] for one, share in shares], right=[1]
    )
    if len(found.key) > 1:
        say()
        print_table(["letter", "what is played"], [[letter, str(play)] for play, letter in found.key.items()])
