"""Counts what makes the code findable and readable: ``python -m tests.house [FOLDER]``, of
the project in FOLDER (else this one).

Imports inside functions and for types count like all others. A place to touch is a file
that names a member of its kind: the fewest over all members are what one more costs, its
own file among them.
"""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Trees = dict[str, ast.Module]
OLD = "strategy.moved"


def trees(root: Path, *packages: str) -> Trees:
    """The modules of the packages, by their names: what Python reads in them."""
    files = [
        file for package in packages for file in sorted((root / package).rglob("*.py"))
    ]
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(
            ".__init__"
        ): ast.parse(file.read_text("utf-8"))
        for file in files
    }


def is_package(module: str, known: Trees) -> bool:
    return any(one.startswith(f"{module}.") for one in known)


def imported(module: str, known: Trees) -> set[str]:
    """The modules among those known that a module imports anywhere; a package that lists
    what is in it does not import that."""
    found = set()
    for node in ast.walk(known[module]):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = (
                module.split(".") if is_package(module, known) else module.split(".")[:-1]
            )
            place = ".".join(
                [
                    *parts[: len(parts) - node.level + 1] * bool(node.level),
                    *filter(None, [node.module]),
                ]
            )
            found |= {
                name if (name := f"{place}.{one.name}") in known else place
                for one in node.names
            }
    return {
        one
        for one in found & set(known)
        if one != module and not one.startswith(f"{module}.")
    }


def circles(known: Trees) -> list[set[str]]:
    """Sets of modules each of which imports, in so many steps, every other."""
    edges = {module: imported(module, known) for module in known}
    reached: dict[str, set[str]] = {}
    for module in known:
        seen: set[str] = set()
        waiting = [module]
        while waiting:
            new = edges[waiting.pop()] - seen
            seen |= new
            waiting += new
        reached[module] = seen
    together = {
        frozenset(one for one in seen if module in reached[one])
        for module, seen in reached.items()
        if module in seen
    }
    return [set(one) for one in together]


def folders(root: Path) -> dict[str, int]:
    """How many Python files each folder of the code holds."""
    found: dict[str, int] = defaultdict(int)
    for file in [*(root / "strategy").rglob("*.py"), *(root / "games").rglob("*.py")]:
        found[file.parent.relative_to(root).as_posix()] += 1
    return dict(found)


def repeated(known: Trees, *kinds: type[ast.stmt]) -> dict[str, set[str]]:
    """Names of classes, or functions, at the top of more than one module, a leading
    underscore aside."""
    found = defaultdict(set)
    for module, tree in known.items():
        for node in tree.body:
            if isinstance(node, kinds):
                found[node.name.lstrip("_")].add(module)  # type: ignore[attr-defined]
    return {name: modules for name, modules in found.items() if len(modules) > 1}


def of_any(known: Trees, name: str = "") -> int:
    """How many arguments (of that name) are annotated ``Any``."""
    arguments = [
        node
        for tree in known.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
    ]
    return sum(
        isinstance(one.annotation, ast.Name)
        and one.annotation.id == "Any"
        and one.arg == (name or one.arg)
        for one in arguments
    )


def docstrings(tree: ast.Module) -> set[ast.AST]:
    """Statements that are docstrings, and what is in them."""
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(
            node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        )
    ]
    firsts = [
        body[0]
        for body in bodies
        if body
        and isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
    ]
    return {inner for first in firsts for inner in ast.walk(first)}


def broken_summaries(known: Trees) -> list[str]:
    """Docstrings whose first line is not a sentence of its own, by these lines."""
    found = []
    for module, tree in known.items():
        values = [one.value for one in docstrings(tree) if isinstance(one, ast.Constant)]
        for text in [one for one in values if isinstance(one, str)]:
            first, *rest = inspect.cleandoc(text).split("\n")
            if first[-1] not in ".:?!" or any(rest[:1]):
                found.append(f"{module}: {first}")
    return sorted(found)


def nodes_and_lines(known: Trees) -> tuple[int, int]:
    """Syntax nodes, and lines with at least one of them, docstrings aside."""
    nodes = lines = 0
    for tree in known.values():
        aside = docstrings(tree)
        inside = [node for node in ast.walk(tree) if node not in aside]
        nodes += len(inside)
        lines += len(
            {
                line
                for node in inside
                if hasattr(node, "lineno")
                for line in (node.lineno, node.end_lineno)
            }
        )
    return nodes, lines


def lazy_imports(known: Trees) -> int:
    """Import statements inside functions."""
    functions = [
        node
        for tree in known.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]
    return len(
        {
            inner
            for one in functions
            for inner in ast.walk(one)
            if isinstance(inner, (ast.Import, ast.ImportFrom))
        }
    )


def analyses(known: Trees) -> dict[str, tuple[str, str]]:
    """The catalogue of analyses: command -> (its file, its function)."""
    catalogue = next(
        tree for module, tree in known.items() if module.endswith(".catalogue")
    )
    calls = [
        node
        for node in ast.walk(catalogue)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Analysis"
    ]
    found = {}
    for call in calls:
        given = {one.arg: one.value for one in call.keywords}
        key = ast.literal_eval(call.args[0])
        function = ast.literal_eval(given["function"]) if "function" in given else key
        found[key] = (
            function.partition(":")[0].rpartition(".")[2],
            function.rpartition(":")[2],
        )
    return found


def misplaced(known: Trees) -> list[str]:
    """Analyses that are not in a file named after their command."""
    return sorted(
        command for command, (file, _) in analyses(known).items() if file != command
    )


def members(known: Trees) -> dict[str, list[str]]:
    """Of each kind that grows, the names of its members: classes, functions or modules."""
    functions = [name for _, name in analyses(known).values()]
    drawn = [
        node.name
        for module, tree in known.items()
        if module.startswith("strategy.plots.")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    ]
    sections = [
        m.rpartition(".")[2]
        for m, tree in known.items()
        if m.startswith("strategy.report.sections.") and "SECTION" in listed_names(tree)
    ]
    return {
        "analysis": functions,
        "concept": listed(known["strategy.concepts.listed"]),
        "solver": listed(known["strategy.solvers"]),
        "section": sections,
        "figure": [name for name in drawn if name.startswith("plot_")],
    }


def listed_names(tree: ast.Module) -> set[str]:
    targets = [
        target
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
    ]
    targets += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    return {one.id for one in targets if isinstance(one, ast.Name)}


def listed(package: ast.Module) -> list[str]:
    """What a package has in its ``ALL``."""
    found = [
        node.value
        for node in package.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ALL"
    ]
    return [
        one.id for value in found for one in ast.walk(value) if isinstance(one, ast.Name)
    ]


def named(tree: ast.Module) -> set[str]:
    """All names that code uses, imports or has in a text of its own."""
    aside = docstrings(tree)
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            found.add(node.id if isinstance(node, ast.Name) else node.attr)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            found |= {
                (node.module or "").rpartition(".")[2],
                *[one.name for one in node.names],
            }
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in aside
        ):
            found |= set(re.findall(r"\w+", node.value))
    return found


def places(known: Trees) -> dict[str, int]:
    """In how many files one more of each kind is named; where modules of version 0.1 are now
    says nothing of what is new."""
    uses = {module: named(tree) for module, tree in known.items() if module != OLD}
    found = {}
    for kind, names in members(known).items():
        homes = {
            name: next((m for m, tree in known.items() if defines(m, tree, name)), "")
            for name in names
        }
        each = [
            sum(
                name in used or home.rpartition(".")[2] in used
                for m, used in uses.items()
                if m != home
            )
            for name, home in homes.items()
        ]
        found[kind] = 1 + min(each)
    return found


def defines(module: str, tree: ast.Module, name: str) -> bool:
    return module.rpartition(".")[2] == name or any(
        getattr(node, "name", "") == name for node in tree.body
    )


def public_names() -> Iterator[tuple[str, Any]]:
    """What the packages of ``strategy`` list as public, each thing once."""
    seen = set()
    package = importlib.import_module("strategy")
    inside = [
        f"strategy.{one.name}"
        for one in pkgutil.iter_modules(package.__path__)
        if one.ispkg
    ]
    for place in ("strategy", *inside):
        module = importlib.import_module(place)
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            if (
                id(value) not in seen
                and callable(value)
                and getattr(value, "__module__", "").startswith("strategy")
            ):
                seen.add(id(value))
                yield f"{place}.{name}", value


def is_not_called(one: type) -> bool:
    """Whether nobody makes one by a call: an enumeration, an exception or a protocol."""
    return issubclass(one, (enum.Enum, BaseException)) or getattr(
        one, "_is_protocol", False
    )


def parameters_named() -> tuple[int, int, list[str]]:
    """Parameters of public functions, classes and methods; how many of them their
    docstrings name; and which they do not."""
    every, missing = 0, []
    for label, value in public_names():
        inner = vars(value).items() if inspect.isclass(value) else ()
        methods = [
            (f"{label}.{name}", one)
            for name, one in inner
            if inspect.isfunction(one) and name[0] != "_" and one.__doc__
        ]
        for where, one in [(label, value), *methods]:
            if inspect.isclass(one) and is_not_called(one):
                continue
            names = [
                name
                for name in inspect.signature(one).parameters
                if name not in ("self", "cls")
            ]
            words = set(re.findall(r"\w+", inspect.getdoc(one) or ""))
            every += len(names)
            missing += [f"{where}: {name}" for name in names if name not in words]
    return every, every - len(missing), missing


def main(root: Path) -> None:
    sys.path.insert(0, str(root))
    everything, known = trees(root, "strategy", "games"), trees(root, "strategy")
    around, (nodes, lines) = circles(everything), nodes_and_lines(known)
    name, largest = max(folders(root).items(), key=lambda one: one[1])
    every, said, _ = parameters_named()
    print(
        f"circles of imports                     {len(around)} (modules in the "
        f"largest: {max(map(len, around), default=0)})"
    )
    print(f"files in the largest folder            {largest} ({name})")
    print(f"class names in more than one file      {len(repeated(known, ast.ClassDef))}")
    print(f"function names in more than one file   {len(repeated(known, ast.FunctionDef))}")
    print(
        f"analyses not in a file of their name   {len(misplaced(known))} of "
        f"{len(analyses(known))}"
    )
    print(
        f"arguments of Any                       {of_any(known)} (concept: "
        f"{of_any(known, 'concept')})"
    )
    print(f"imports inside functions               {lazy_imports(known)}")
    print(f"syntax nodes, a line of code           {nodes:,}, {nodes / lines:.2f}")
    print(
        f"parameters named in public docstrings  {said:,} of {every:,} ({said / every:.0%})"
    )
    print(f"docstrings with a broken first line    {len(broken_summaries(everything))}")
    print(
        "places to touch for one more           "
        + ", ".join(f"{kind} {count}" for kind, count in places(known).items())
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
