"""Help that costs nothing until it is asked for: examples kept on their line, and the concepts there are."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["ConceptCommand", "Examples", "help_if_bare"]


class Examples(TyperGroup):
    """The commands in the order in which they are written."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)


class ConceptCommand(TyperCommand):
    """A command whose help lists the solution concepts."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        from strategy.report.choices import choices

        formatter.write_paragraph()
        formatter.write_text(f"Concepts: {', '.join(choices())}")
        super().format_epilog(ctx, formatter)


def help_if_bare(context: typer.Context, version: bool) -> None:
    """Print the version or, where no command is named, the help."""
    if version:
        import strategy

        print(strategy.__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit
