"""Running one analysis of a model: what it finds as text, as data, as a figure."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from strategy.cli import _models, _signals
from strategy.cli._output import print_json, print_tables, say
from strategy.cli._progress import rated_bar, working
from strategy.concepts.choices import choose
from strategy.files import require_places
from strategy.report.question import Question
from strategy.sensitivity.analyses.catalogue import Analysis
from strategy.texts import number_text, seconds_words

__all__ = ["print_finding", "run"]


def run(
    analysis: Analysis,
    function: Callable[..., Any],
    given: str,
    *,
    outcomes: list[str],
    concept: str | None,
    changes: list[str],
    as_json: bool,
    output: Path | None,
    options: Mapping[str, Any],
) -> None:
    """Analyse, print, draw if a file is named."""
    from strategy.plots.files import figure_files

    targets = figure_files(output, (".svg",)) if output is not None else ()
    folder = options.get("out") if analysis.writes else None
    places = () if folder is None else (folder / analysis.writes,)
    require_places(*targets, *places)
    model = _models.find_model(given)
    question = Question.of(model, _models.changes(changes), next(iter(outcomes), None))
    chosen = choose(concept) if concept is not None else question.concepts[0]
    asked = outcomes if len(outcomes) > 1 else question.outcome
    title = analysis.title[0].lower() + analysis.title[1:]
    told = "progress" in analysis.parameters()
    try:
        with rated_bar("rows") if told else working(title) as progress:
            known = {"progress": progress} if told else {}
            found = function(model, chosen, asked, at=question.at, **options, **known)
    except (KeyboardInterrupt, _signals.Terminated) as ended:
        for note in getattr(ended, "__notes__", ()):
            print(f"strategy: {note}", file=sys.stderr)
        raise
    if not getattr(found, "complete", True):
        said = seconds_words(options.get("seconds"))
        print(f"strategy: stopped at {said}", file=sys.stderr)
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
