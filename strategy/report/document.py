"""An analysis as one JSON document.

Top level: ``schema`` ("strategy-analysis/1"), ``toolkit`` (version), ``note`` (what the
numbers are), ``models``. Each model has ``name``, ``title``, ``about``, ``outcome`` (the
one asked about), ``concepts``, ``values`` (given instead of baselines) and one entry for each
section, by its key: ``answer`` (sentences), ``questions``, ``region_map``, ``thresholds``,
``gains``, ``checks``, those of the analyses, ``drawing``, ``equilibria``, ``verdicts``,
``assumptions``, ``claims``, ``leaves_out``, ``reproduce``. A section without findings is
``{"refused": reason}``.

Exact numbers are text: "7/20" for a Fraction. An irrational one is ``{"minimal_polynomial":
[coefficients as text, highest power first], "interval": [low, high], "approximately":
float}``. A play is a list of steps ``[player, information set, action]``; a chance step is
``[null, name, event]``, a step in a table ``[player, null, action]``. Verdicts are names:
EVERY, SOME, NO, NONE_EXISTS, UNKNOWN. Every field is described in
docs/reference/analysis-json.md.
"""

from __future__ import annotations

from typing import Any

import strategy
from strategy.characters import json_text
from strategy.report.analysis import Analysis, ModelAnalysis
from strategy.report.sections import Refused, Section
from strategy.texts import number_text

__all__ = ["NOTE", "SCHEMA", "as_document", "as_json"]

SCHEMA = "strategy-analysis/1"
NOTE = (
    "The numbers are illustrative assumptions, not measurements. What follows from them "
    "is an answer about the argument, not a forecast. Points are not compared between "
    "players."
)


def as_document(analysis: Analysis) -> dict[str, Any]:
    """An analysis as plain data: dicts, lists, text, numbers, None."""
    return {
        "schema": SCHEMA,
        "toolkit": strategy.__version__,
        "note": NOTE,
        "models": [_model(one, analysis.sections) for one in analysis.models],
    }


def as_json(analysis: Analysis) -> str:
    """The document of an ``analysis`` as text."""
    return json_text(as_document(analysis)) + "\n"


def _model(one: ModelAnalysis, sections: tuple[Section, ...]) -> dict[str, Any]:
    model, question = one.model, one.question
    return {
        "name": model.name,
        "title": model.title,
        "about": model.about,
        "outcome": question.outcome.name,
        "concepts": [str(concept) for concept in question.concepts],
        "values": {label: number_text(value) for label, value in question.at.items()},
        **{section.key: _section(section, one[section.key]) for section in sections},
    }


def _section(section: Section, found: Any) -> Any:
    return {"refused": found.reason} if isinstance(found, Refused) else section.data(found)
