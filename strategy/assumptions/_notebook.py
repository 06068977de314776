"""Models and parameters as a notebook shows them.

What can be done, what is assumed and why, what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strategy.display import Table, actions_table, fold, notebook, number, paragraph, title

__all__ = ["model_page", "parameters_page"]

_MOST = 200


def parameters_page(parameters: Mapping[str, Any]) -> str:
    """Parameters for a notebook.

    ``parameters``: by name.
    """
    return notebook(_parameters(parameters))


def model_page(model: Any) -> str:
    """A model for a notebook; terms and claims are behind their titles."""
    counts = (
        f"{len(model.players)} players, {model.form.play_count:,} plays, "
        f"{len(model.terms)} terms"
    )
    outcomes = Table(
        ["outcome", "comes about when"],
        [[one.name, one.when.words()] for one in model.outcomes.values()],
        caption="Outcomes",
    )
    return notebook(
        title(model.title or model.name),
        paragraph(model.about),
        paragraph(f"Model {model.name}: {counts}."),
        actions_table(model.form),
        _parameters(model.parameters) if model.parameters else "",
        outcomes if model.outcomes else "",
        _claims(model) if model.claims else "",
        _terms(model),
        paragraph("Leaves out: " + "; ".join(model.leaves_out)) if model.leaves_out else "",
    )


def _parameters(parameters: Mapping[str, Any]) -> Table:
    rows = [
        [
            one.label or label,
            number(one.baseline),
            f"{number(one.low)} to {number(one.high)}",
            one.unit,
            one.source,
            one.reason,
        ]
        for label, one in list(parameters.items())[:_MOST]
    ]
    header = ["parameter", "baseline", "range", "unit", "source", "why this number"]
    return Table(header, rows, [1, 2], caption="Parameters", more=_more(len(parameters)))


def _claims(model: Any) -> str:
    rows = []
    for one in list(model.claims.values())[:_MOST]:
        instead = ", ".join(model.value_in_words(*value) for value in one.if_wrong.items())
        rows.append(
            [
                one.label or one.id,
                one.statement,
                "" if one.paragraph is None else str(one.paragraph),
                instead,
            ]
        )
    header = ["id", "what is claimed", "paragraph", "what holds instead if it is wrong"]
    return fold(
        f"Claims: {len(model.claims)}", Table(header, rows, more=_more(len(model.claims)))
    )


def _terms(model: Any) -> str:
    rows = [
        [
            one.player,
            one.name,
            model.in_words(one.amount),
            one.when.words(),
            model.claim_label(one.claim or ""),
        ]
        for one in model.terms[:_MOST]
    ]
    table = Table(
        ["player", "term", "amount", "counts when", "claim"],
        rows,
        more=_more(len(model.terms)),
    )
    return fold(f"Terms: the {len(model.terms)} parts of which payoffs are the sums", table)


def _more(count: int) -> str:
    return f"... {count - _MOST:,} more" if count > _MOST else ""
