"""One command for each analysis in the catalogue.

Its options are those of its function, its help what they say.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from strategy.cli import _completing as completing
from strategy.sensitivity.analyses.catalogue import (
    CLAIMS,
    DRIVES,
    EQUILIBRIA,
    FAR,
    Analysis,
    every_analysis,
)

__all__ = ["Commands", "commands"]

_WRITTEN: dict[str, tuple[str, ...]] = {
    "The model": ("list", "draw", "analyse", "ask"),
    EQUILIBRIA: ("solve", "prove", "replay"),
    FAR: (),
    DRIVES: (),
    CLAIMS: ("check", "consistent"),
    "Also": (),
}
"""What one may want to know, and the commands for it that are no analyses."""
_ALIASES = {"regions": "map"}
"""Commands by the name of their function in Python, where that is another."""
_LONGEST = 200
"""Characters of what a command does, in the list of all commands."""


def commands() -> dict[str, TyperCommand]:
    """The commands by name.

    None of the toolkit's own imports its analysis before it runs or is asked for its own
    help.
    """
    return {label: _Later(one) for label, one in every_analysis().items()}


class _Later(TyperCommand):
    """Stands for a command until it is run."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis.key, help=f"{analysis.title}.")
        self.analysis = analysis

    def make_context(
        self, info_name: Any, args: Any, parent: Any = None, **extra: Any
    ) -> Any:
        return _command(self.analysis).make_context(info_name, args, parent=parent, **extra)


def _command(analysis: Analysis) -> Any:
    """The real command."""
    from strategy.cli._help import ConceptCommand, documented, examples
    from strategy.cli._options import (
        AsJson,
        Concept,
        Figure,
        Model,
        Outcome,
        Outcomes,
        Seconds,
        Set,
    )

    function = analysis.load()
    own = list(analysis.options().values())
    several, keyword = analysis.several_outcomes(), inspect.Parameter.KEYWORD_ONLY
    shared: list[tuple[str, Any, Any]] = [
        ("model", Model, inspect.Parameter.empty),
        ("outcome", Outcomes if several else Outcome, None),
        ("concept", Concept, None),
        ("set_", Set, None),
        *(
            []
            if any(one.name == "seconds" for one in own)
            else [("seconds", Seconds, None)]
        ),
        ("json", AsJson, False),
        *([("output", Figure, None)] if analysis.figure else []),
    ]
    parameters = [
        inspect.Parameter(label, keyword, default=default, annotation=kind)
        for label, kind, default in shared
    ]
    readers = {one.name: _reader(one) for one in own}
    parameters[1:1] = [_option(one, readers[one.name]) for one in own]

    def run(**given: Any) -> None:
        from strategy.cli import _examining
        from strategy.deadline import limited

        with limited(
            None if "seconds" in readers else given["seconds"], "the analysis", "--seconds"
        ):
            _examining.run(
                analysis,
                function,
                given["model"],
                outcomes=(given["outcome"] or []) if several else [given["outcome"]],
                concept=given["concept"],
                changes=given["set_"] or [],
                as_json=given["json"],
                output=given.get("output"),
                options={
                    label: given[label] if read is None else read(given[label] or [])
                    for label, read in readers.items()
                },
            )

    run.__doc__ = documented(inspect.getdoc(function) or "")
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    lines = [f"strategy {analysis.key} {line}" for line in analysis.examples]
    app.command(
        analysis.key,
        cls=ConceptCommand,
        help=f"{analysis.title}.\n\n{run.__doc__}",
        epilog=examples(*lines),
    )(run)
    return typer.main.get_command(app)


def _reader(one: inspect.Parameter) -> Callable[[list[str]], Any] | None:
    """What reads an option that may be repeated.

    The third part of its annotation, None if it has no more than two.
    """
    from typing import get_args

    _, _, *reader = get_args(one.annotation)
    return reader[0] if reader else None


def _option(
    one: inspect.Parameter, reader: Callable[[list[str]], Any] | None
) -> inspect.Parameter:
    """How an option of a function is given on the command line.

    This gives its type and its words, with names completed. One that has a reader is given
    as text, as often as one likes.
    """
    from typing import Annotated, get_args

    from strategy.cli._help import decimal, whole

    kind, help_ = get_args(one.annotation)[:2]
    if one.kind is not one.KEYWORD_ONLY:
        argument = typer.Argument(
            help=help_,
            metavar=one.name.upper(),
            show_default=False,
            autocompletion=completing.parameters,
        )
        return one.replace(annotation=Annotated[kind, argument], kind=one.KEYWORD_ONLY)
    if reader is not None:
        return one.replace(
            annotation=Annotated[
                list[str] | None,
                typer.Option(
                    f"--{one.name.replace('_', '-')}",
                    help=help_,
                    metavar=_metavar(one.name, kind, help_),
                ),
            ],
            default=None,
        )
    named = "parameter" in one.name or one.name in ("vary", "hold")
    short = ["-o"] if one.name == "out" else []
    parser = (
        whole
        if kind in (int, int | None)
        else decimal
        if kind in (float, float | None)
        else None
    )
    option = typer.Option(
        f"--{one.name.replace('_', '-')}",
        *short,
        help=help_,
        metavar=_metavar(one.name, kind, help_),
        autocompletion=completing.parameters if named else None,
        parser=parser,
    )
    return one.replace(annotation=Annotated[kind, option])


def _metavar(label: str, kind: Any, help_: str) -> str | None:
    """What stands for a value in the help.

    N for a number of things, S for seconds, what its words call NAME or NAME=VALUE, else
    the option's own name. Flags have none, and choices are listed.
    """
    if kind in (int, int | None):
        return "N"
    if label.startswith("seconds"):
        return "S"
    if kind is bool or "Literal[" in str(kind):
        return None
    written = re.search(r"\bNAME(?:[,=][A-Z]+)*", help_)
    return written[0] if written else label.upper()


class Commands(TyperGroup):
    """The commands as they are written, and one for each analysis in the catalogue.

    Listed by what one wants to know.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return [*self.commands, *commands()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        label = _ALIASES.get(cmd_name, cmd_name)
        return self.commands.get(label) or commands().get(label)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        left = self.list_commands(ctx)
        formatter.write_paragraph()
        formatter.write_heading("Commands")
        asked = {one: asks for asks, ones in _WRITTEN.items() for one in ones}
        asked |= {label: one.asks for label, one in every_analysis().items()}
        for asks in dict.fromkeys([*_WRITTEN, *asked.values()]):
            group = [one for one in left if asked.get(one, "Also") == asks]
            if group:
                with formatter.section(asks):
                    formatter.write_dl(
                        [
                            (one, self.get_command(ctx, one).get_short_help_str(_LONGEST))
                            for one in group
                        ]
                    )
