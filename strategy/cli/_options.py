"""The options that commands share, with their help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from strategy.cli import _completing as completing
from strategy.cli._help import decimal

__all__ = [
    "AsJson",
    "Concept",
    "Figure",
    "Model",
    "Models",
    "Outcome",
    "Outcomes",
    "Seconds",
    "Set",
]


_NAME = (
    "A model: its registered name (see 'strategy list'), module:attribute or "
    "file.py:attribute."
)
Model = Annotated[
    str,
    typer.Argument(
        metavar="MODEL", help=_NAME, show_default=False, autocompletion=completing.models
    ),
]
_NAMES = "Models, each by its registered name, as module:attribute or as file.py:attribute."
Models = Annotated[
    list[str],
    typer.Argument(
        metavar="MODELS",
        help=_NAMES,
        show_default=False,
        autocompletion=completing.models,
    ),
]
_SET = "A value for a parameter in place of its baseline; may be repeated."
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help=_SET, autocompletion=completing.settings
    ),
]
Seconds = Annotated[
    float | None,
    typer.Option(
        metavar="S",
        parser=decimal,
        help=(
            "Stop after this many seconds, and show what is done by then or say that "
            "nothing is."
        ),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data as JSON instead of text.")]
_OUTCOME = "The outcome to ask about (default: the model's headline)."
Outcome = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=_OUTCOME, autocompletion=completing.outcomes),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="NAME",
        help=f"{_OUTCOME[:-1]}; may be repeated.",
        autocompletion=completing.outcomes,
    ),
]
_CONCEPT = "Solution concept, with its options (default: the first that fits)."
Concept = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=_CONCEPT, autocompletion=completing.concepts),
]
_FILE = "Draw the figure to this .svg, .png or .pdf file."
Figure = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=_FILE)]
