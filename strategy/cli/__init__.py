"""The command line: list, solve, analyse, map and draw models.

Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from strategy.characters import one_line
from strategy.cli import _completing as completing
from strategy.cli._analyses import Commands
from strategy.cli._help import ConceptCommand, decimal, examples, help_if_bare, usage, whole
from strategy.cli._options import (
    AsJson,
    Concept,
    Figure,
    Model,
    Models,
    Outcome,
    Seconds,
    Set,
)
from strategy.cli._remedies import spoken
from strategy.errors import StrategyError, refusing_beyond_floats
from strategy.memory import few_threads, lacks_memory, require_address_space

__all__ = ["app", "main"]

# Plain help: Rich's is prettier and takes as long to import as all the rest together.
app = typer.Typer(
    name="strategy",
    rich_markup_mode=None,
    cls=Commands,
    epilog=examples(
        "strategy list", "strategy analyse corridor.sequence", "strategy solve --help"
    ),
)

_SPACE = 2**30
"""Bytes of address space that a command and its libraries may take: with less, OpenBLAS and
LLVM end the process, or hang."""

_LONGEST = 2_000
"""Characters of the line with which a command is refused."""

_OBJECTIVE = (
    "The range of this over correlated equilibria: payoff PLAYER, probability OUTCOME or "
    "welfare; may be repeated."
)
_SOLVER = (
    "Solver, such as lemke-howson; all are listed at the end (default: chosen as "
    "described above)."
)
_WEIGHT = (
    "How much a point of a player's payoff counts in welfare; give one for every player."
)
_FIGURE = (
    "tree, payoffs, best-responses, equilibria or quantal-responses (default: tree for a "
    "tree, payoffs for a table)."
)
_MAP = "Two parameters for the region map (default: the model's focus)."
_ONLY = "Only this section of the report, by its name in the data; may be repeated."
_STATED = (
    "What the analyst has stated: 'x > 2 y', or 'PLAYER: BETTER > WORSE' with actions or "
    "outcomes; may be repeated."
)


@app.callback(invoke_without_command=True)
def strategy(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.")
    ] = False,
) -> None:
    """Arguments about strategic situations as games, solved with proof.

    All equilibria of each, and what each conclusion hangs on.
    """
    help_if_bare(context, version)


@app.command("list", epilog=examples("strategy list", "strategy list --json"))
def list_(json: AsJson = False) -> None:
    """List the models that are registered by name."""
    from strategy.cli import _listing

    _listing.run(as_json=json)


@app.command(
    cls=ConceptCommand,
    epilog=examples(
        "strategy solve corridor.sequence",
        "strategy solve corridor.activation --set russia_attention=0.2 --set leverage=7",
        "strategy solve corridor.activation --concept pure-nash-undominated",
        "strategy solve games.classics.dilemmas:prisoners_dilemma",
        "strategy solve corridor.alignment --concept nash",
        (
            "strategy solve games.classics.coordination:stag_hunt --concept nash --solver "
            "lemke-howson"
        ),
        (
            "strategy solve games.classics.coordination:stag_hunt --concept "
            "'quantal-response lambda=1'"
        ),
        (
            "strategy solve corridor.alignment --concept correlated --objective "
            "'probability corridor open'"
        ),
    ),
)
def solve(
    model: Model,
    concept: Concept = None,
    set_: Set = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            metavar="S",
            parser=decimal,
            help="Stop after this many seconds; what was found is kept.",
        ),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(
            metavar="N", parser=whole, help="Stop once this many equilibria are found."
        ),
    ] = None,
    solver: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_SOLVER, autocompletion=completing.solvers),
    ] = None,
    objective: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help=_OBJECTIVE, autocompletion=completing.objectives),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PLAYER=VALUE", help=_WEIGHT, autocompletion=completing.weights
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Find all equilibria, say what is proved, and how they compare.

    Takes models and games with numeric payoffs; --set needs a model. Some concepts take
    options; quote them, as in --concept 'commitment leader=Armenia'. Payoffs are added up
    over players only if --weight says what a point of each counts.

    Under nash, a table that a short search does not settle is taken in steps: pure
    equilibria; strictly dominated actions are removed, those dominated by mixtures too; a
    game equivalent to a zero-sum game goes to its linear programme; then the search goes
    on. When a limit is reached, what was found is kept: at least one certified equilibrium,
    where there is time.
    """
    from strategy.cli import _solving

    given = {"objectives": objective or [], "weights": weight or []}
    _solving.run(
        model,
        concept,
        set_ or [],
        **given,
        seconds=seconds,
        count=count,
        solver=solver,
        as_json=json,
    )


@app.command(
    epilog=examples(
        "strategy analyse corridor.sequence",
        "strategy analyse corridor.activation corridor.sequence -o build/corridor",
        (
            'strategy analyse corridor.sequence --outcome "Armenia opens" --set '
            "russia_attention=0.5"
        ),
        "strategy analyse corridor.sequence --map leverage commitment --json",
        "strategy analyse corridor.sequence --only verdicts --json",
    )
)
def analyse(
    models: Models,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Folder for the files [analysis]."
        ),
    ] = None,
    outcome: Outcome = None,
    map_: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--map", metavar="X Y", help=_MAP, autocompletion=completing.parameters
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="SECTION", help=_ONLY, autocompletion=completing.sections
        ),
    ] = None,
    set_: Set = None,
    seconds: Seconds = None,
    json: AsJson = False,
) -> None:
    """Say what follows, and what it hangs on.

    Prints the short answer, the model's own questions and the thresholds; writes a page,
    its figures and all of it as data. With --json the data is printed, and files are
    written only if a folder is named.
    """
    from strategy.cli import _analysing

    _analysing.run(
        models,
        output,
        outcome=outcome,
        pair=map_,
        only=only or [],
        changes=set_ or [],
        as_json=json,
        seconds=seconds,
    )


@app.command(
    epilog=examples(
        "strategy ask corridor.sequence",
        "strategy ask corridor.activation --set russia_attention=0.2 --json",
    )
)
def ask(
    model: Model, set_: Set = None, seconds: Seconds = None, json: AsJson = False
) -> None:
    """Answer the questions that a model states.

    Each is answered by the analysis that the model names for it, in words made from the
    results, with the command that prints the rest.
    """
    from strategy.cli import _asking

    _asking.run(model, set_ or [], seconds=seconds, as_json=json)


@app.command(
    epilog=examples(
        "strategy draw corridor.sequence",
        "strategy draw corridor.sequence -o tree.svg --orientation down --fold 3",
        "strategy draw games.classics.coordination:stag_hunt -o table.svg",
        (
            "strategy draw games.classics.coordination:stag_hunt -o mixed.svg --figure "
            "best-responses"
        ),
        (
            "strategy draw games.classics.zero_sum:rock_paper_scissors -o set.svg "
            "--figure equilibria"
        ),
        "strategy draw corridor.alignment -o responses.svg --figure quantal-responses",
    ),
)
def draw(
    model: Model,
    output: Figure = None,
    figure: Annotated[
        str | None,
        typer.Option(metavar="KIND", help=_FIGURE),
    ] = None,
    orientation: Annotated[
        str | None,
        typer.Option(
            metavar="WAY", help="Which way a tree grows: right (default) or down."
        ),
    ] = None,
    fold: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole,
            help="Fold a tree below N moves, except for what is played.",
        ),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PLAYER=ACTION",
            help="What another player does, for a table of more than two; may be repeated.",
        ),
    ] = None,
    set_: Set = None,
    seconds: Seconds = None,
) -> None:
    """Print a game, or draw it.

    A tree is drawn with what is played in equilibrium in bold, a table with best responses
    underlined and equilibria framed. Other figures of a table, by --figure: best responses
    to every mix (two players of two actions each); all equilibria among the mixed
    strategies (up to three actions each); quantal responses, from equal probabilities to an
    equilibrium.
    """
    from strategy.cli import _drawing
    from strategy.deadline import limited

    with limited(seconds, "the figure", "--seconds"):
        _drawing.run(
            model,
            output,
            set_ or [],
            figure=figure,
            orientation=orientation,
            fold=fold,
            fixed=given or [],
        )


@app.command(
    epilog=examples(
        (
            "strategy consistent corridor.activation --stated 'leverage > 2 broker_rent' "
            "--stated 'commitment < 1.5'"
        ),
        (
            "strategy consistent corridor.activation --stated 'Armenia: corridor open > "
            "refuse' --stated 'transit_income < 2'"
        ),
        (
            "strategy consistent corridor.activation --stated 'Armenia (others fixed): "
            "refuse >= open' --json"
        ),
    )
)
def consistent(
    model: Model,
    stated: Annotated[
        list[str] | None, typer.Option("--stated", metavar="STATEMENT", help=_STATED)
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All minimal contradictions, instead of one.")
    ] = False,
    set_: Set = None,
    seconds: Seconds = None,
    json: AsJson = False,
) -> None:
    """Say whether statements can all hold together.

    If they can: with which values, as near the baseline as possible. If not: a minimal set
    of them that contradict each other, and how they add up to the contradiction. Ends with
    1 if they contradict each other.
    """
    from strategy.cli import _consistency
    from strategy.deadline import limited

    with limited(seconds, "the check", "--seconds"):
        _consistency.run(model, stated or [], every=every, changes=set_ or [], as_json=json)


@app.command(
    epilog=examples(
        "strategy check corridor.sequence",
        "strategy check corridor.activation --claim C7 --claim C8 --set normalisation=0.8",
        "strategy check corridor.alignment --examples 1000 --seed 1 --json",
    )
)
def check(
    model: Model,
    claim: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this claim; may be repeated."),
    ] = None,
    examples: Annotated[
        int,
        typer.Option(
            metavar="N",
            parser=whole,
            help="How many parameter values the search tries for each check.",
        ),
    ] = 200,
    seed: Annotated[
        int, typer.Option(metavar="S", parser=whole, help="Seed of the searches.")
    ] = 0,
    seconds: Annotated[
        float | None,
        typer.Option(
            metavar="S",
            parser=decimal,
            help="Stop after this many seconds; claims not reached are named.",
        ),
    ] = None,
    check_seconds: Annotated[
        float,
        typer.Option(
            "--seconds-per-check",
            metavar="S",
            parser=decimal,
            help="Seconds for one check.",
        ),
    ] = 10.0,
    set_: Set = None,
    json: AsJson = False,
) -> None:
    """Say which readings of claims hold over the whole range.

    Each check, which is one reading of a claim, is proved where that can be done exactly.
    Otherwise a counter-example is searched for, and made as small as possible. Ends with 1
    if a required claim is refuted in one of its readings, cannot be checked, or was not
    reached within --seconds.
    """
    from strategy.cli import _checking

    _checking.run(
        model,
        set_ or [],
        claims=claim or [],
        examples=examples,
        seed=seed,
        seconds=seconds,
        check_seconds=check_seconds,
        as_json=json,
    )


_PROOF = typer.Argument(
    metavar="FILE",
    help="The file of the proof, one JSON value per line.",
    show_default=False,
)


@app.command(epilog=examples("strategy prove games.classics.crowds:el_farol bar.proof"))
def prove(
    model: Model, file: Annotated[Path, _PROOF], set_: Set = None, seconds: Seconds = None
) -> None:
    """Write a checkable proof that the list of equilibria is complete.

    Finds all Nash equilibria of a table, and writes them to a file with the steps that show
    that there are no others.
    """
    from strategy.cli import _proving

    _proving.write(model, file, set_ or [], seconds)


@app.command(epilog=examples("strategy replay games.classics.crowds:el_farol bar.proof"))
def replay(
    model: Model,
    file: Annotated[Path, _PROOF],
    set_: Set = None,
    seconds: Seconds = None,
    json: AsJson = False,
) -> None:
    """Check a proof that the list of equilibria is complete.

    Follows every step in exact arithmetic, by code that shares nothing with the search.
    Ends with 1 if the proof does not hold.
    """
    from strategy.cli import _proving

    _proving.check(model, file, set_ or [], seconds, as_json=json)


def main() -> None:
    """The console script.

    Runs a command and ends with its exit code, as documented in reference/exit-codes.
    """
    try:
        code = run()
    except Exception:  # so that it is told apart from a no, which is 1
        sys.excepthook(*sys.exc_info())
        code = 70
    # all is said: Ctrl-C from here on changes nothing
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


# The common ancestor of what Typer raises on a bad command line; it has moved between
# packages from version to version.
_UsageError: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)


def run(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit code.

    ``arguments``: its words (None: those of the process).
    """
    from strategy.cli import _signals

    for name in ("stdout", "stderr"):
        # closed before the command began, as by >&-: it works, and is not heard
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - until the end
        elif hasattr(getattr(sys, name), "reconfigure"):
            # a terminal that cannot show a name still gets the rest
            getattr(sys, name).reconfigure(errors="backslashreplace")
    streams = sys.stdout, sys.stderr
    few_threads()
    try:
        _require_libraries(sys.argv[1:] if arguments is None else arguments)
        with _signals.remembered():
            with refusing_beyond_floats():
                ended = app(arguments, prog_name="strategy", standalone_mode=False)
            code = ended if isinstance(ended, int) else 0
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except _signals.Terminated:
        code = _signals.terminated()
    except BrokenPipeError:
        return _unread()
    except SystemExit as ended:  # Typer makes one of a broken pipe, and wraps the streams
        sys.stdout, sys.stderr = streams
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        return _unread()
    except _UsageError as error:
        return _refuse(usage(error))
    except StrategyError as error:
        if not _signals.terminated():
            return _refuse(spoken(str(error)))
        code = _signals.terminated()
    except (MemoryError, ImportError, RuntimeError) as error:
        if not lacks_memory(error):
            raise
        return _refuse(_short_of_memory(error))
    except OSError as error:
        if lacks_memory(error):
            return _refuse(_short_of_memory(error))
        if (
            error.filename is None
            and error.errno
            and error.strerror == os.strerror(error.errno)
        ):
            _unread()  # what was printed found no room
            return _refuse(f"standard output: {error.strerror}")
        return _refuse(f"{error.filename or 'file'}: {error.strerror or error}")
    if code == 130:
        print("strategy: interrupted", file=sys.stderr)
    elif code > 128:
        print("strategy: terminated", file=sys.stderr)
    return code


def _require_libraries(arguments: list[str]) -> None:
    """Raise MemoryError if the libraries of a command do not fit.

    Some end the process without a word of the limit.
    """
    command = next((one for one in arguments if not one.startswith("-")), "")
    if command and "numpy" not in sys.modules:
        require_address_space(_SPACE, f"strategy {command}")


def _short_of_memory(error: BaseException) -> str:
    """What a lack of memory is said as.

    In the toolkit's words, or with what a library has said of it.
    """
    said = str(error)
    if ": raise " in said:
        return said
    beside = f" ({said})" if said else ""
    return (
        f"there is not enough memory for this{beside}: give a smaller game, or raise the "
        "limit"
    )


def _unread() -> int:
    """The reader of a pipe has gone, as in `strategy list | head -1`.

    What is still to be flushed goes nowhere.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _refuse(message: str) -> int:
    line = one_line(message)
    # something very long was given: it is quoted from its beginning, and the remedy stands
    # at the end
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST // 2]} ... {line[-_LONGEST // 2 :]}"
    try:
        print("strategy:", line, file=sys.stderr, flush=True)
    except OSError:  # nobody can be told, and the exit code still says it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    return 2
