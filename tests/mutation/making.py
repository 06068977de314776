"""The mutants: a copy of the project in which every function carries its faulty
variants."""

from __future__ import annotations

import ast
import difflib
import pickle
from pathlib import Path

import attrs
from mutmut.configuration import config
from mutmut.mutation.file_mutation import MutatedFile, mutate_file_contents
from mutmut.utils.format_utils import (
    get_mutant_name,
    mangled_name_from_mutant_name,
    orig_function_and_class_names_from_key,
)

__all__ = ["Mutant", "make", "mutated_files"]

NEEDED = ("strategy", "games", "tests", "pyproject.toml")


@attrs.frozen
class Mutant:
    """A function with one fault: its ``name`` for mutmut, and the ``change`` as a diff from
    that ``line`` of the ``file`` on."""

    name: str
    file: str
    line: int
    change: str

    @property
    def function(self) -> str:
        """The function that it is a mutant of, as mutmut names it."""
        return mangled_name_from_mutant_name(self.name)


def mutated_files(root: Path) -> list[Path]:
    """The files that pyproject.toml wants mutated, relative to the root."""
    found = sorted(
        path.relative_to(root)
        for source in config().source_paths
        for path in (root / source).rglob("*.py")
    )
    return [path for path in found if config().should_mutate(path)]


def make(root: Path, into: Path) -> list[Mutant]:
    """Copy the project and mutate it. A file that would not change is left: Numba compiles
    anew what has a new date."""
    mutated, wanted = set(mutated_files(root)), set()
    cache = into / "made.pickle"
    made = pickle.loads(cache.read_bytes()) if cache.exists() else {}
    for path in _needed(root):
        content = (root / path).read_bytes()
        if path in mutated:
            if made.get(path, (b"",))[0] != content:
                source = content.decode()
                result = mutate_file_contents(str(path), source)
                made[path] = content, result.code.encode(), _listed(path, source, result)
            content = made[path][1] if made[path][2] else content
        copy = into / path
        wanted.add(copy)
        if not copy.exists() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
    cache.write_bytes(pickle.dumps(made))
    for name in NEEDED:
        for old in set((into / name).rglob("*.py")) - wanted:
            old.unlink()
    return [mutant for path in sorted(mutated) for mutant in made[path][2]]


def _needed(root: Path) -> list[Path]:
    files = [
        path
        for name in NEEDED
        for path in ((root / name).rglob("*") if (root / name).is_dir() else [root / name])
    ]
    return sorted(
        path.relative_to(root)
        for path in files
        if path.is_file() and "__pycache__" not in path.parts
    )


def _listed(path: Path, source: str, mutated: MutatedFile) -> list[Mutant]:
    starts = _starts(source)
    code = mutated.code.splitlines()

    def body(name: str) -> list[str]:
        """The lines of a function under its header, which differs by the name."""
        span = mutated.line_span_by_function_name[name]
        lines = code[span.start - 1 : span.end]
        while not lines[0].lstrip().startswith(("def ", "async def ")):
            lines = lines[1:]
        return [lines[0].replace(name, "", 1), *lines[1:]]

    made = []
    for name in mutated.mutant_names:
        plain = body(f"{mangled_name_from_mutant_name(name)}__mutmut_orig")
        changed = body(name)
        same = next(
            (
                i
                for i, (one, other) in enumerate(zip(plain, changed, strict=False))
                if one != other
            ),
            0,
        )
        diff = [
            line
            for line in difflib.unified_diff(plain, changed, n=0, lineterm="")
            if not line.startswith(("---", "+++", "@@"))
        ]
        full = get_mutant_name(path, name)
        line = starts[orig_function_and_class_names_from_key(full)[::-1]] + same
        made.append(
            Mutant(
                full,
                str(path),
                line,
                "\n".join(line for line in diff if not line.startswith("@@")),
            )
        )
    return made


def _starts(source: str) -> dict[tuple[str | None, str], int]:
    """The line on which each function of a module, and each method of its classes,
    starts."""
    found: dict[tuple[str | None, str], int] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            found |= {
                (node.name, one.name): one.lineno
                for one in node.body
                if isinstance(one, ast.FunctionDef)
            }
        elif isinstance(node, ast.FunctionDef):
            found[None, node.name] = node.lineno
    return found
