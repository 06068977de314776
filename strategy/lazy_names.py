"""Public names of a package that are imported when they are first used.

So the package itself is quick to import.

They are written down once: as imports for type checkers, under ``if TYPE_CHECKING``, in the
form that hands a name on, ``from module import name as name``. These are read here as text.
``from module import *`` stands for what that module hands on.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

__all__ = ["handed_on", "looked_up_in"]


def handed_on(module: str) -> dict[str, str]:
    """The names that a module of ``strategy`` hands on, and the modules that they are from.

    None of them is imported.
    """
    return dict(_handed_on(module))


def _handed_on(module: str) -> Iterator[tuple[str, str]]:
    path = os.path.join(os.path.dirname(__file__), *module.split(".")[1:])
    file = os.path.join(path, "__init__.py") if os.path.isdir(path) else f"{path}.py"
    with open(file, encoding="utf-8") as source:
        statements = ast.walk(ast.parse(source.read()))
    for node in statements:
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                if one.name == "*":
                    yield from _handed_on(node.module)
                elif one.name == one.asname:
                    yield one.name, node.module


def looked_up_in(
    homes: dict[str, str], old: Callable[[str], Any] | None = None
) -> Callable[[str], Any]:
    """A ``__getattr__`` for the package whose names have these homes.

    ``old``: one for the names that it had before.
    """
    package = sys._getframe(1).f_globals

    def looked_up(name: str) -> Any:
        if name in homes:
            package[name] = getattr(import_module(homes[name]), name)
        elif old is None:
            raise AttributeError(
                f"module {package['__name__']!r} has no attribute {name!r}"
            )
        else:
            package[name] = old(name)
        return package[name]

    return looked_up
