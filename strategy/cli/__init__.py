"""The command line: list, solve, analyse, map and draw models. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from strategy.cli._help import ConceptCommand, Examples, help_if_bare
from strategy.errors import StrategyError

__all__ = ["app", "main"]

# Plain help: Rich's is prettier and takes as long to import as all the rest together.
app = typer.Typer(name="strategy", add_completion=False, rich_markup_mode=None, cls=Examples, epilog="Example: strategy list")

_NAME = "A model: its registered name (see 'strategy list'), or module:attribute."
Model = Annotated[str, typer.Argument(help=_NAME, show_default=False)]
Models = Annotated[
    list[str], typer.Argument(help="Models, each by its registered name or as module:attribute.", show_default=False)
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Another value for a parameter than its baseline; may be repeated."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data as JSON instead of text.")]
Outcome = Annotated[str | None, typer.Option(metavar="NAME", help="The outcome to ask about (default: the model's headline).")]
Figure = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Draw the figure to this .svg or .png file.")]


@app.callback(invoke_without_command=True)
def strategy(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Arguments about strategic situations as games: all equilibria with proof, and what each conclusion hangs on."""
    help_if_bare(context, version)


@app.command("list", epilog="Example: strategy list --json")
def list_(json: AsJson = False) -> None:
    """List the models that are registered by name."""
    from strategy.cli import _listing

    _listing.run(as_json=json)


@app.command(cls=ConceptCommand, epilog="Example: strategy solve corridor.activation --set russia_attention=0.2")
def solve(
    model: Model,
    concept: Annotated[str | None, typer.Option(metavar="NAME", help="Solution concept (default: the first that fits).")] = None,
    set_: Set = None,
    seconds: Annotated[
        float | None, typer.Option(metavar="S", help="Stop after so many seconds; what was found is kept.")
    ] = None,
    count: Annotated[int | None, typer.Option(metavar="N", help="Stop once so many equilibria are found.")] = None,
    json: AsJson = False,
) -> None:
    """Find all equilibria, and say what is proved.

    Takes models and games of bare numbers; --set needs a model.
    """
    from strategy.cli import _solving

    _solving.run(model, concept, set_ or [], seconds=seconds, count=count, as_json=json)


@app.command(epilog="Example: strategy analyse corridor.activation corridor.sequence -o build/corridor")
def analyse(
    models: Models,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder for the files [analysis].")] = None,
    outcome: Outcome = None,
    map_: Annotated[
        tuple[str, str] | None,
        typer.Option("--map", metavar="X Y", help="Two parameters for the region map (default: the model's focus)."),
    ] = None,
    set_: Set = None,
    json: AsJson = False,
) -> None:
    """Say what follows, and what it hangs on.

    Prints the short answer and the thresholds; writes a page, its figures and all of it as data. With --json the data is
    printed, and files are written only if a folder is named.
    """
    from strategy.cli import _analysing

    _analysing.run(models, output, outcome=outcome, pair=map_, changes=set_ or [], as_json=json)


@app.command(
    "map", cls=ConceptCommand, epilog="Example: strategy map corridor.sequence russia_attention normalisation -o map.svg"
)
def map_(
    model: Model,
    x: Annotated[str | None, typer.Argument(help="Parameter along the horizontal axis.", show_default=False)] = None,
    y: Annotated[str | None, typer.Argument(help="Parameter along the vertical axis.", show_default=False)] = None,
    output: Figure = None,
    outcome: Outcome = None,
    concept: Annotated[str | None, typer.Option(metavar="NAME", help="Solution concept (default: the first that fits).")] = None,
    set_: Set = None,
    json: AsJson = False,
) -> None:
    """Say where an outcome comes about.

    Two parameters vary over their ranges (without names, those of the model's focus); the map is exact.
    """
    from strategy.cli import _mapping

    _mapping.run(model, x, y, output, outcome=outcome, concept=concept, changes=set_ or [], as_json=json)


@app.command(epilog="Example: strategy draw corridor.sequence -o tree.svg")
def draw(model: Model, output: Figure = None, set_: Set = None) -> None:
    """Print a game, or draw its tree.

    In the drawing bold is what is played in equilibrium.
    """
    from strategy.cli import _drawing

    _drawing.run(model, output, set_ or [])


def main() -> None:
    """The console script: runs a command and ends with exit code 0, 2 on bad input (one line on stderr), 130 on Ctrl-C."""
    sys.exit(run())


# The common ancestor of what Typer raises on a bad command line; it has moved between packages from version to version.
_UsageError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


def run(arguments: list[str] | None = None) -> int:
    """Run a command line (that of the process by default) and return its exit code."""
    from strategy.cli import _signals

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a name still gets the rest
    try:
        with _signals.remembered():
            ended = app(arguments, prog_name="strategy", standalone_mode=False)
            code = ended if isinstance(ended, int) else 0
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # the reader of a pipe has gone, as in `strategy list | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except _UsageError as error:
        return _refuse(error.format_message())  # type: ignore[attr-defined]
    except StrategyError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename or 'file'}: {error.strerror or error}")
    if code == 130:
        print("strategy: interrupted", file=sys.stderr)
    return code


def _refuse(message: str) -> int:
    print("strategy:", " ".join(message.split()), file=sys.stderr)
    return 2
