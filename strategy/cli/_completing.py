"""What a shell offers after TAB: names of models, concepts, outcomes and parameters.

Only what is asked about is loaded.

A completion that cannot be found is not an error: nothing is offered then, and nothing is
printed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import typer

__all__ = [
    "concepts",
    "models",
    "objectives",
    "outcomes",
    "parameters",
    "sections",
    "settings",
    "solvers",
    "weights",
]

Offer = tuple[str, str]


def models(incomplete: str) -> list[Offer]:
    """Registered models."""
    from strategy.cli import _models

    return _fitting(
        [(name, point.value) for name, point in _models.registered().items()], incomplete
    )


def concepts(context: typer.Context, incomplete: str) -> list[Offer]:
    """Solution concepts, for a shell to complete.

    Of those that need something said the start, with the players where a player is to be
    named.
    """
    from strategy.concepts.choices import choices, kinds, usage

    offers = [(label, str(concept)) for label, concept in choices().items()]
    for label in kinds():
        if label in dict(offers):
            continue
        start = usage(label).split("=")[0] + "="
        players = _players(context) if start.endswith("leader=") else ()
        offers += [
            (start + (f"'{player}'" if " " in player else player), usage(label))
            for player in players or ("",)
        ]
    return _fitting(offers, incomplete)


def solvers(incomplete: str) -> list[Offer]:
    """Solvers, with what each does."""
    from strategy.cli._solvers import solvers as known

    return _fitting(
        [
            (
                name,
                (make.__doc__ or "").partition("\n")[0]
                if isinstance(make, type)
                else "registered",
            )
            for name, make in known().items()
        ],
        incomplete,
    )


def sections(incomplete: str) -> list[Offer]:
    """Sections of the report."""
    from strategy.report.sections import every_section

    return _fitting([(one.key, one.title) for one in every_section()], incomplete)


def objectives(context: typer.Context, incomplete: str) -> list[Offer]:
    """What correlated equilibria may be asked about in the model named before."""
    found = getattr(_model(context), "outcomes", {})
    offers = [
        (f"payoff {player}", "what the player expects") for player in _players(context)
    ]
    offers += [(f"probability {name}", one.when.words()) for name, one in found.items()]
    return _fitting(
        [*offers, ("welfare", "the weighted sum of payoffs, with --weight")], incomplete
    )


def weights(context: typer.Context, incomplete: str) -> list[Offer]:
    """The players of the model named before."""
    return _fitting(
        [
            (f"{player}=1", "how much a point of its payoff counts")
            for player in _players(context)
        ],
        incomplete,
    )


def outcomes(context: typer.Context, incomplete: str) -> list[Offer]:
    """Outcomes of the model named before."""
    return _fitting(
        [
            (name, one.when.words())
            for name, one in getattr(_model(context), "outcomes", {}).items()
        ],
        incomplete,
    )


def parameters(context: typer.Context, incomplete: str) -> list[Offer]:
    """Parameters of the model named before."""
    return _fitting(
        [
            (name, _about(one))
            for name, one in getattr(_model(context), "parameters", {}).items()
        ],
        incomplete,
    )


def settings(context: typer.Context, incomplete: str) -> list[Offer]:
    """Parameters with their baselines, to be changed."""
    found = getattr(_model(context), "parameters", {})
    return _fitting(
        [(f"{name}={_typed(one.baseline)}", _about(one)) for name, one in found.items()],
        incomplete,
    )


def _model(context: typer.Context) -> Any:
    """The model that the command line names, or None."""
    # An option whose value is still to come ends the reading of the line, and what was
    # named before it is left over.
    given = context.params.get("model") or context.params.get("models") or context.args
    if not given:
        return None
    from strategy.cli import _models

    # A module may print when it is imported, and whatever is printed would be taken for an
    # offer.
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        contextlib.suppress(Exception),
    ):
        return _models.find(given if isinstance(given, str) else given[0])
    return None


def _players(context: typer.Context) -> tuple[str, ...]:
    return tuple(getattr(_model(context), "players", ()))


def _about(parameter: Any) -> str:
    from strategy.display import number

    unit = f" {parameter.unit}" if parameter.unit else ""
    return (
        f"{number(parameter.low)} to {number(parameter.high)}{unit}, assumed "
        f"{number(parameter.baseline)}"
    )


def _typed(value: Any) -> str:
    """A number as someone would type it: a short decimal, or an exact ratio."""
    from strategy.display import number

    text = number(value)
    return text if text[-1:].isdigit() and " " not in text else str(value)


def _fitting(offers: Iterable[Offer], incomplete: str) -> list[Offer]:
    """The offers that go on from what is typed."""
    bash = os.environ.get("_STRATEGY_COMPLETE") == "complete_bash"
    # Bash breaks words at "=", so what is typed after it would be taken for an argument of
    # its own.
    if bash and "=" in os.environ.get("COMP_WORDS", "").split()[-2:]:
        return []
    start = unicodedata.normalize("NFC", incomplete)
    # Some shells read one offer a line, and what Typer gives them is broken at 80
    # characters.
    found = [
        (name, about if len(about) <= 60 else about[:59] + "…")
        for name, about in offers
        if name.startswith(start)
    ]
    # Bash puts an offer on the line as it is; zsh and fish quote what needs it.
    return (
        [(re.sub(r"([^\w.:/=+-])", r"\\\1", name), about) for name, about in found]
        if bash
        else found
    )
