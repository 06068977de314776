"""The code stays findable: what tests/house.py counts, where an aim is reached."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from strategy.sensitivity.analyses import catalogue
from tests import house

EVERYTHING = house.trees(house.ROOT, "strategy", "games")
KNOWN = {name: tree for name, tree in EVERYTHING.items() if name.startswith("strategy")}


def test_no_modules_import_each_other() -> None:
    """In however many steps, and be it inside functions or for types alone."""
    assert house.circles(EVERYTHING) == []


def test_no_folder_is_too_full_to_read() -> None:
    assert {
        folder: count for folder, count in house.folders(house.ROOT).items() if count > 40
    } == {}


def test_a_class_has_a_name_of_its_own() -> None:
    assert house.repeated(KNOWN, ast.ClassDef) == {}


def test_concepts_are_typed() -> None:
    assert house.of_any(KNOWN, "concept") == 0


def test_an_analysis_is_in_a_file_of_its_commands_name() -> None:
    assert set(house.analyses(KNOWN)) == {one.key for one in catalogue.ALL}
    assert house.misplaced(KNOWN) == []
    files = {module.rpartition(".")[2] for module in KNOWN if ".sensitivity." in module}
    assert set(house.analyses(KNOWN)) - files == set()


def test_the_rooms_of_sensitivity_export_nothing() -> None:
    """But for `deciding`, which lists the deciders for those who write another."""
    for room in ("analyses", "nearest", "samples", "sweeping"):
        assert not hasattr(
            importlib.import_module(f"strategy.sensitivity.{room}"), "__all__"
        )


def test_each_kind_has_places_to_touch() -> None:
    found = house.places(KNOWN)
    assert set(found) == {"analysis", "concept", "solver", "section", "figure"}
    assert set(found.values()) == {2}  # its file and the one that lists it


def test_public_docstrings_say_what_every_parameter_is() -> None:
    every, said, missing = house.parameters_named()
    assert said >= 0.98 * every, missing


def test_the_first_line_of_a_docstring_is_a_sentence() -> None:
    assert house.broken_summaries(EVERYTHING) == []


@pytest.mark.deep
def test_everything_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.house"],
        cwd=house.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 11


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project in which each count finds something."""
    for name, text in {
        "strategy/__init__.py": "",
        "strategy/a.py": (
            "from strategy.b import c\nclass Found:\n    def find(self, concept: Any, "
            "other: Any): pass\n"
        ),
        "strategy/b/__init__.py": "from strategy.b import c\n",
        "strategy/b/c.py": "def f():\n    from ..d import g\nclass _Found: pass\n",
        "strategy/d.py": "if TYPE_CHECKING:\n    import strategy.a\n",
        "strategy/e.py": "import strategy.d\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_counts_count(small: Path) -> None:
    known = house.trees(small, "strategy")
    assert set(known) == {
        f"strategy{name}" for name in ("", ".a", ".b", ".b.c", ".d", ".e")
    }
    assert house.imported("strategy.b.c", known) == {"strategy.d"}
    assert house.circles(known) == [{"strategy.a", "strategy.b.c", "strategy.d"}]
    assert (
        house.circles({name: tree for name, tree in known.items() if name != "strategy.a"})
        == []
    )
    assert house.repeated(known, ast.ClassDef) == {"Found": {"strategy.a", "strategy.b.c"}}
    assert (
        house.of_any(known),
        house.of_any(known, "concept"),
        house.lazy_imports(known),
    ) == (2, 1, 1)
    assert house.folders(small) == {"strategy": 4, "strategy/b": 2}
    said = {"m": ast.parse('"""One\nline."""\ndef f():\n    "Two."\n')}
    assert house.broken_summaries(said) == ["m: One"]
    plain = {"m": ast.parse('"""Words."""\nx = 1\n')}
    assert house.nodes_and_lines(plain) == (5, 1)
