"""Running one analysis of a model: what it finds as text, as data, as a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from strategy.cli import _models
from strategy.cli._output import print_json, print_tables, say
from strategy.cli._progress import working
from strategy.concepts.choices import choose
from strategy.files import require_places
from strategy.report.question import Question
from strategy.sensitivity.analyses.catalogue import Analysis
from strategy.texts import number_text

__all__ = ["print_finding", "run"]


def run(
    analysis: Analysis,
    function: Callable[..., Any],
    given: str,
    *,
    outcome: str | None,
    concept: str | None,
    changes: list[str],
    as_json: bool,
    output: Path | None,
    options: Mapping[str, Any],
) -> None:
    """Analyse, print, draw if a file is named."""
    from strategy.plots.files import figure_files

    targets = figure_files(output, (".svg",)) if output is not None else ()
    require_places(*targets)
    model = _models.find_model(given)
    question = Question.of(model, _models.changes(changes), outcome)
    chosen = choose(concept) if concept is not None else question.concepts[0]
    with working(analysis.title[0].lower() + analysis.title[1:]):
        found = function(model, chosen, question.outcome, at=question.at, **options)
    if as_json:
        values = {label: number_text(one) for label, one in question.at.items()}
        print_json(
            {
                "model": model.name,
                "values": values,
                "concept": str(chosen),
                "analysis": analysis.key,
                **found.data(),
            }
        )
    else:
        print_finding(found)
    if targets:
        from strategy.plots import save
        from strategy.plots.drawing.found import figure_of

        (path,) = save(figure_of(found, analysis.figure), targets[0])
        if not as_json:
            say(f"\nThe figure: {path}")


def print_finding(found: Any) -> None:
    """Print what an analysis found: heading, sentences, tables."""
    say(found.heading, emphasis=True)
    for sentence in found.sentences:
        say(sentence, bullet="- ")
    print_tables(found.tables)
