"""Write the reference: one page for each part of the toolkit that exists, from the names
that the part itself makes public.

A list of names kept here would be a second list, and would fall behind. The pages go to
reference/generated, which git ignores.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from sphinx.pycode import ModuleAnalyzer

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(app: Sphinx) -> None:
    folder = Path(app.srcdir) / "reference" / "generated"
    folder.mkdir(parents=True, exist_ok=True)
    package = importlib.import_module("strategy")
    parts = [
        info.name
        for info in pkgutil.iter_modules(package.__path__)
        if not info.name.startswith("_")
    ]
    pages = {"strategy": top_page(package, parts)}
    pages["concepts-and-games"] = coverage_page()
    for part in parts:
        pages[part] = (
            command_page()
            if part == "cli"
            else module_page(importlib.import_module(f"strategy.{part}"))
        )
    for name, text in pages.items():
        page = folder / f"{name}.md"
        # An unchanged page keeps its date, so the next build need not read it again.
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
    for page in folder.glob("*.md"):
        if page.stem not in pages:
            page.unlink()


def top_page(package: ModuleType, parts: list[str]) -> str:
    """The map of the package and a table of its public names, each linked to the page of
    the part that it comes from."""
    rows = ["| name | what it is | from |", "|---|---|---|"]
    for name in public_names(package):
        thing = getattr(package, name)
        part = getattr(thing, "__module__", "").split(".")[1:2]
        link = f"[`strategy.{part[0]}`]({part[0]}.md)" if part and part[0] in parts else ""
        rows.append(f"| `{name}` | {first_line(thing)} | {link} |")
    # The docstring draws its map by indentation, which Markdown keeps and reStructuredText
    # would run together.
    return "\n".join(["# strategy", "", inspect.getdoc(package) or "", "", *rows, ""])


def module_page(module: ModuleType) -> str:
    """The module's own words, then its public names in the order in which it lists them."""
    described = {
        name for _, name in ModuleAnalyzer.for_module(module.__name__).find_attr_docs()
    }
    parts = [
        f"# {module.__name__}",
        "",
        fenced([f"automodule:: {module.__name__}", "   :no-members:"]),
        "",
    ]
    for name in public_names(module):
        thing = getattr(module, name)
        target = f"{module.__name__}.{name}"
        if inspect.isclass(thing) and issubclass(thing, Exception):
            lines = [f"autoexception:: {target}", "   :show-inheritance:"]
        elif inspect.isclass(thing):
            lines = [f"autoclass:: {target}", "   :members:"]
        elif callable(thing):
            lines = [f"autofunction:: {target}"]
        else:
            # Left to itself, autodoc shows the docstring of the value's type, that of
            # `dict` for instance.
            lines = (
                [f"autodata:: {target}", "   :no-value:"]
                if name in described
                else [f"py:data:: {target}"]
            )
        parts += [fenced(lines), ""]
    return "\n".join(parts)


def command_page() -> str:
    """What `strategy --help` and the help of each command say."""
    import typer
    from typer.main import get_command

    cli = importlib.import_module("strategy.cli")
    app = next(value for value in vars(cli).values() if isinstance(value, typer.Typer))
    root = get_command(app)
    parts = ["# Command line", "", (root.help or "").strip(), ""]
    for name, command in sorted(getattr(root, "commands", {}).items()):
        parts += [f"## strategy {name}", "", inspect.cleandoc(command.help or ""), ""]
        if command.params:
            parts += ["| argument or option | what it does |", "|---|---|"]
        for parameter in command.params:
            names = (
                parameter.opts
                if parameter.param_type_name == "option"
                else [str(parameter.name)]
            )
            parts.append(
                f"| {', '.join(f'`{one}`' for one in names)} | "
                f"{cell(getattr(parameter, 'help', None) or '')} |"
            )
        parts.append("")
    return "\n".join(parts)


def coverage_page() -> str:
    """Which concept is found in which kind of game, by whom, and why others are refused."""
    from strategy.solvers.coverage import coverage, kinds

    rows: dict[str, list[str]] = {}
    reasons: dict[str, None] = {}
    for one in coverage():
        rows.setdefault(type(one.concept).__name__, []).append(str(one))
        if one.refused is not None:
            reasons[
                f"- `{type(one.concept).__name__}`, {one.kind}: {cell(one.refused)}"
            ] = None
    table = ["| concept | " + " | ".join(kinds()) + " |", "|---" * (1 + len(kinds())) + "|"]
    table += [
        f"| `{name}` | " + " | ".join(cell(text) for text in texts) + " |"
        for name, texts in rows.items()
    ]
    intro = (
        "*All*: a solution that ends by itself holds every equilibrium, proved. *Some*: "
        "each is proved, and there may be others."
    )
    return "\n".join(
        [
            "# Concepts and kinds of games",
            "",
            intro,
            "",
            *table,
            "",
            "## Why a game is refused",
            "",
            *reasons,
            "",
        ]
    )


def public_names(module: ModuleType) -> list[str]:
    names = getattr(module, "__all__", None)
    if names is None:
        names = [
            name
            for name, value in vars(module).items()
            if not name.startswith("_")
            and getattr(value, "__module__", None) == module.__name__
        ]
    return [
        name
        for name in names
        if not name.startswith("__") and not inspect.ismodule(getattr(module, name))
    ]


def first_line(thing: object) -> str:
    # An instance shows its class's docstring, which would describe something else.
    text = inspect.getdoc(thing) if callable(thing) else None
    return cell(text.split("\n\n")[0]) if text else ""


def cell(text: str) -> str:
    """Text for one cell of a table: on one line, its bars escaped, literals in one kind of
    quotes."""
    return " ".join(text.split()).replace("``", "`").replace("|", "\\|")


def fenced(lines: list[str]) -> str:
    return "\n".join(["```{eval-rst}", f".. {lines[0]}", *lines[1:], "```"])
