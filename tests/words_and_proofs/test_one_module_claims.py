"""Only one module claims that something is proved, all, none or the only one: its words
stand in no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import strategy

ROOT = Path(strategy.__file__).parent
ROOM = ROOT / "completeness"
WORDS = re.compile(
    r"\b(proved|all equilibria|no equilibrium|the only|never)\b", re.IGNORECASE
)
KEYS = {"proved", "PROVED", "never", "NEVER"}
"""Names of fields and constants, exactly; nobody reads them as a sentence."""


def docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def claims_in(source: str) -> Iterator[tuple[int, str]]:
    """The string literals, parts of f-strings among them, that make a claim; docstrings are
    for programmers."""
    tree = ast.parse(source)
    described = docstrings(tree)
    for node in ast.walk(tree):
        text = (
            node.value
            if isinstance(node, ast.Constant) and id(node) not in described
            else None
        )
        if isinstance(text, str) and text not in KEYS and WORDS.search(text):
            yield node.lineno, text


def shown_in(template: str) -> str:
    """A template without its comments and what it computes."""
    return re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", template, flags=re.DOTALL)


def test_no_other_module_claims() -> None:
    modules = [path for path in sorted(ROOT.rglob("*.py")) if ROOM not in path.parents]
    assert len(modules) > 300
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in modules
        for line, text in claims_in(path.read_text("utf-8"))
    ]
    assert not found, "say it with a function of strategy.completeness:\n" + "\n".join(
        found
    )


def test_no_template_claims() -> None:
    templates = sorted(ROOT.rglob("*.j2"))
    assert len(templates) > 10
    found = [
        f"{path.relative_to(ROOT)}: {word[0]!r}"
        for path in templates
        for word in WORDS.finditer(shown_in(path.read_text("utf-8")))
    ]
    assert not found, "say it with a function of strategy.completeness:\n" + "\n".join(
        found
    )


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('"""Proved of all equilibria."""', 0),
        ('def f():\n    """It is never so."""\n    return {"proved": True}', 0),
        ('say("proved to be all")', 1),
        ('say(f"{count} are all equilibria")', 1),
        ('say(f"{count}: there is " "no equilibrium")', 1),
        ('x = ["the only one", "Never again"]', 2),
        ('say("improved, nevertheless")', 0),
    ],
)
def test_what_is_looked_for(source: str, count: int) -> None:
    assert len(list(claims_in(source))) == count
