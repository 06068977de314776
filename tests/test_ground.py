"""What holds for the project as a whole: light imports, modules that stand alone, entry
points that load, fit files."""

from __future__ import annotations

import ast
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("hypothesis", "matplotlib", "numba", "numpy", "scipy", "sympy")

# Runs each statement in a process of its own, forked from one that has the heavy libraries
# already. There each is the first import of the project, in a fraction of the time that a
# new interpreter takes.
FORKS = """
import importlib, json, os, sys, traceback
statements, preloaded = json.loads(sys.stdin.read())
for name in preloaded:
    importlib.import_module(name)
failed = []
for statement in statements:
    child = os.fork()
    if not child:
        try:
            exec(statement, {})
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        failed.append(statement)
print(json.dumps(failed))
"""

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def fresh(code: str, given: str = "") -> str:
    """What `code` prints in a new interpreter that is started outside the project's
    folder."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT.anchor,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    return result.stdout or result.stderr


def failures(statements: list[str]) -> list[str]:
    preloaded = ["attr", "rich.table", *HEAVY, "scipy.optimize"]
    result = subprocess.run(
        [sys.executable, "-c", FORKS],
        input=json.dumps([statements, preloaded]),
        capture_output=True,
        text=True,
        cwd=ROOT.anchor,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    sys.stderr.write(result.stderr)  # pytest shows it if the test fails
    return list(json.loads(result.stdout))


def modules(package: str) -> list[str]:
    return [
        package,
        *(
            info.name
            for info in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
        ),
    ]


def packages_with_names() -> list[str]:
    """The packages under strategy/ that say what they make public."""
    inits = [
        ROOT / "strategy" / "__init__.py",
        *sorted((ROOT / "strategy").rglob("*/__init__.py")),
    ]
    found = []
    for init in inits:
        targets = [
            target
            for node in ast.parse(init.read_text(encoding="utf-8")).body
            for target in _targets(node)
        ]
        if "__all__" in targets:
            found.append(".".join(init.parent.relative_to(ROOT).parts))
    return found


def _targets(node: ast.stmt) -> list[str]:
    nodes = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return [target.id for target in nodes if isinstance(target, ast.Name)]


def test_import_is_light() -> None:
    loaded = json.loads(
        fresh("import json, sys, strategy; print(json.dumps(sorted(sys.modules)))")
    )
    assert "strategy" in loaded
    assert not set(HEAVY) & set(loaded)


def test_concepts_are_public_names_of_the_package() -> None:
    import strategy
    from strategy import concepts

    judges = {
        name for name in concepts.__all__ if hasattr(getattr(concepts, name), "certify")
    }
    assert judges - set(strategy.__all__) == set()
    assert all(getattr(strategy, name) is getattr(concepts, name) for name in judges)


@needs_fork
@pytest.mark.deep
def test_every_public_name_is_importable_first() -> None:
    """One name for each module that names of a package come from: another would import the
    same."""
    first: dict[tuple[str, str], str] = {}
    for name in packages_with_names():
        package = importlib.import_module(name)
        for public in package.__all__:
            home = str(getattr(getattr(package, public), "__module__", public))
            first.setdefault((name, home), f"from {name} import {public}")
    assert len(first) > 100
    assert failures(list(first.values())) == []


@needs_fork
@pytest.mark.deep
def test_every_module_is_importable_first() -> None:
    assert (
        failures(
            [
                f"import {name}"
                for package in ("strategy", "games")
                for name in modules(package)
            ]
        )
        == []
    )


@pytest.mark.parametrize("name", packages_with_names())
@pytest.mark.deep_but(6)
def test_package_is_importable_in_a_new_interpreter(name: str) -> None:
    """With nothing loaded beforehand: a missing import of a library shows only here."""
    assert (
        fresh(
            f"import {name}\nfor public in {name}.__all__: getattr({name}, public)\n"
            "print('done')"
        ).strip()
        == "done"
    )


@pytest.mark.parametrize("name", packages_with_names())
def test_no_module_bears_a_public_name_of_its_package(name: str) -> None:
    """Importing the module would put it in the place of the function of that name."""
    package = importlib.import_module(name)
    inside = {info.name for info in pkgutil.iter_modules(package.__path__)}
    assert not {public for public in package.__all__ if public in inside}


@pytest.mark.parametrize(
    "group", ["strategy.models", "strategy.solvers", "strategy.concepts"]
)
def test_entry_points_load(group: str) -> None:
    own = [
        point
        for point in entry_points(group=group)
        if point.dist is not None and point.dist.name == "strategy-toolkit"
    ]
    assert own or group != "strategy.models", (
        "the project is not installed; `make test` does that"
    )
    for point in own:
        assert point.load() is not None


def test_files_are_fit_to_publish() -> None:
    """No place where packages come from, and no folder of one machine: each would be wrong
    anywhere else."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    # Put together here, so that this file does not contain them.
    words = [
        "/".join(parts)
        for parts in (
            ("pypi.org", "simple"),
            ("pythonhosted", ""),
            ("", "work", ""),
            ("", "root", ""),
            ("file:", "", "", ""),
        )
    ]
    words += [
        "-".join(parts)
        for parts in (
            ("", "", "index", "url"),
            ("extra", "index", "url"),
            ("", "", "find", "links"),
            ("trusted", "host"),
        )
    ]
    found = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        text = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
        found += [f"{name}: {word}" for word in words if word in text]
    assert found == []
