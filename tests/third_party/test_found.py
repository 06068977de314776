"""A package of somebody else's, installed into a folder: its model, solver and concept are found, and pass the kits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distributions, entry_points
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent / "package"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Python with the package installed: a folder with the package and what an installer writes beside it."""
    folder = tmp_path_factory.mktemp("site")
    for source in PACKAGE.rglob("*"):
        if source.is_file() and "__pycache__" not in source.parts:
            target = folder / source.relative_to(PACKAGE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())

    def running(*arguments: str) -> str:
        path = os.pathsep.join([str(folder), str(ROOT)])
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "100"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return running


def test_the_folder_is_an_installed_package() -> None:
    (one,) = distributions(name="guarded", path=[str(PACKAGE)])
    assert {point.group for point in one.entry_points} == {"strategy.models", "strategy.solvers", "strategy.concepts"}


def test_its_model_is_listed(run: Callable[..., str]) -> None:
    listed = {one["name"]: one for one in json.loads(run("-m", "strategy", "list", "--json"))}
    assert listed["guarded.fence"]["title"] == "Who mends the fence"


def test_its_concept_and_solver_answer(run: Callable[..., str]) -> None:
    found = json.loads(run("-m", "strategy", "solve", "guarded.fence", "--concept", "guarded", "--json"))
    assert found["concept"] == "guarded"
    assert "every-profile" not in found  # solvers are named by their class
    assert "COMPLETE" in json.dumps(found)
    assert "EveryProfile" in json.dumps(found)
    assert "mend" in run("-m", "strategy", "solve", "guarded.fence", "--concept", "guarded")


def test_its_claims_are_checked_by_its_concept(run: Callable[..., str]) -> None:
    found = {one["id"]: one for one in json.loads(run("-m", "strategy", "check", "guarded.fence", "--json"))["claims"]}
    assert found["F1"]["result"] == "REFUTED"
    assert found["F1"]["counterexample"]["values"] == {"worth": "1"}
    assert found["F2"]["result"] in ("PROVED", "NOT REFUTED")
    installed = any(point.value == "strategy.testing.plugin" for point in entry_points(group="pytest11"))
    plugin = () if installed else ("-p", "strategy.testing.plugin")
    said = run("-m", "pytest", *plugin, "-p", "no:cacheprovider", "--strategy-models", "guarded")
    assert "1 passed, 1 xfailed" in said


KITS = """
from guarded.concept import Guarded
from guarded.model import model
from guarded.solver import EveryProfile
from strategy.testing.checks import check_concept, check_form, check_model, check_solver

check_model(model)
check_form(model.form)
check_concept(Guarded())
check_solver(EveryProfile(), Guarded())
print("all four")
"""


def test_it_passes_the_kits(run: Callable[..., str]) -> None:
    assert run("-c", KITS) == "all four\n"
