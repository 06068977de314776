"""Help that costs nothing until it is asked for.

Examples on their lines, concepts, and what a usage error says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand

__all__ = [
    "ConceptCommand",
    "decimal",
    "documented",
    "examples",
    "help_if_bare",
    "usage",
    "whole",
]

_T = TypeVar("_T")


def examples(*lines: str) -> str:
    """Command lines to show under a help text, each on a line of its own.

    The mark keeps them from being wrapped together.
    """
    return "\n".join(["\b", "Examples:", *[f"  {line}" for line in lines]])


class ConceptCommand(TyperCommand):
    """A command whose help lists the solution concepts, and solvers if one may be named."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        from strategy.concepts.choices import choices, kinds, usage

        known = choices()
        formatter.write_paragraph()
        formatter.write_text(
            "Concepts: "
            f"{', '.join([*known, *[usage(label) for label in kinds() if label not in known]])}"
        )
        if any(one.name == "solver" for one in self.params):
            from strategy.cli._solvers import solvers

            formatter.write_paragraph()
            formatter.write_text(f"Solvers: {', '.join(solvers())}")
        super().format_epilog(ctx, formatter)


def documented(text: str) -> str:
    """What the docstring of a function says that concerns the command line as well.

    These are its paragraphs without names in Python. ``text``: the docstring.
    """
    return "\n\n".join(
        [
            one
            for one in text.split("\n\n")
            if "``" not in one and not one.startswith("Raises ")
        ]
    )


def help_if_bare(context: typer.Context, version: bool) -> None:
    """Print the version or, where no command is named, the help."""
    if version:
        import strategy

        print(strategy.__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit


def decimal(given: str) -> float:
    """A number of seconds."""
    return _read(float, given, "a number, such as 2.5")


def whole(given: str) -> int:
    """A number of things."""
    return _read(int, given, "an integer, such as 10")


def _read(kind: Callable[[str], _T], given: str, expected: str) -> _T:
    try:
        return kind(given)
    except ValueError:
        raise typer.BadParameter(
            f"{given[:60]!r}{'...' * (len(given) > 60)}: expected {expected}"
        ) from None


def usage(error: Any) -> str:
    """What is wrong with a command line, and where its help is.

    ``error``: what Click raised.
    """
    context = getattr(error, "ctx", None)
    text = error.format_message().rstrip(".")
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities") and context is not None:
        from strategy.names import unknown

        known = [
            name
            for one in context.command.get_params(context)
            for name in one.opts
            if name.startswith("-")
        ]
        text = unknown(option, known, "option")
    text = text[:1].lower() + text[1:]
    return f"{text}; see '{context.command_path} --help'" if context is not None else text
