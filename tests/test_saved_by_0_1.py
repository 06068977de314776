"""What version 0.1.0 saved still loads, and imports from its modules that have moved still
work, with one warning.

tests/saved_by_0_1 was written by that version: ``results.zip`` holds pickles of what
solving and each analysis give for games and small models, ``*.proof`` are proofs of two of
the games, and ``sweep`` is the folder of a sweep.
"""

import importlib
import pickle
import shutil
import subprocess
import sys
import warnings
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from strategy import Status, moved
from strategy.concepts import PureNash
from strategy.older_pickles import takes_older_pickles
from strategy.sensitivity import Sweep, Verdict, sweep
from strategy.solvers import Proof, replay

SAVED = Path(__file__).parent / "saved_by_0_1"
RESULTS = [
    name.removesuffix(".pickle")
    for name in zipfile.ZipFile(SAVED / "results.zip").namelist()
]


def loaded(name: str) -> Any:
    return pickle.loads(zipfile.ZipFile(SAVED / "results.zip").read(f"{name}.pickle"))


@pytest.mark.parametrize("name", RESULTS)
def test_results_load_and_are_read(name: str) -> None:
    found = loaded(name)  # without a warning: those are errors here
    assert str(found)
    assert repr(found)
    if hasattr(found, "data"):
        assert found.data()
    assert pickle.loads(pickle.dumps(found)) is not None


def test_results_say_what_they_said() -> None:
    solution = loaded("solution, Nash")
    assert (solution.status, len(solution)) == (Status.COMPLETE, 3)
    assert all(one.certificate.holds for one in solution)
    assert (
        loaded("solution, three players").status,
        loaded("solutions of many").counts.tolist(),
    ) == (
        Status.COMPLETE,
        [1, 2, 1, 1, 3, 1],
    )
    found, plane = loaded("thresholds"), loaded("regions")
    assert (found.points, found.pieces) == (
        (Fraction(1, 6),),
        (Verdict.EVERY, Verdict.NONE_EXISTS),
    )
    assert (plane.verdict_at("0.1", 3), plane.verdict_at("0.9", 8)) == (
        Verdict.EVERY,
        Verdict.NONE_EXISTS,
    )
    assert (loaded("radius").distance, loaded("flip").distance) == (
        Fraction(4, 65),
        Fraction(4, 35),
    )
    assert loaded("model of a table").game().players == ("Armenia", "Russia")


def test_fields_that_a_pickle_lacks_take_their_defaults() -> None:
    @takes_older_pickles
    @attrs.frozen
    class Saved:
        name: str
        label: str = attrs.Factory(lambda one: f"so called: {one.name}", takes_self=True)
        marks: list[int] = attrs.Factory(list)

    read = Saved.__new__(Saved)
    read.__setstate__({"name": "an old one"})  # type: ignore[attr-defined]
    assert read == Saved("an old one", "so called: an old one", [])


@pytest.mark.parametrize("name", ["three", "table"])
def test_proofs_load_and_replay(name: str) -> None:
    game = loaded("table") if name == "table" else loaded("solution, three players").game
    result = replay(Proof.load(SAVED / f"{name}.proof"), game)
    assert (result.holds, result.status) == (True, Status.COMPLETE)


def test_a_sweep_opens_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    shutil.copytree(SAVED / "sweep", folder)
    found = Sweep.open(folder)
    assert (found.rows, found.complete) == (64, True)
    assert len(found.to_pandas()) == 64
    again = sweep(
        loaded("model of a table"),
        PureNash(),
        "corridor open",
        64,
        folder,
        seed=1,
        part_rows=32,
    )
    assert (again.kept, again.repaired) == (64, ())


@pytest.mark.parametrize("old", moved.NEW_HOMES)
def test_moved_modules_lead_to_their_new_homes(
    old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, f"strategy.{old}", raising=False)
    public = not old.rpartition(".")[2].startswith("_")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        module = importlib.import_module(f"strategy.{old}")
        importlib.import_module(f"strategy.{old}")
    assert [one.category for one in said] == [DeprecationWarning] * public
    homes = [
        importlib.import_module(f"strategy.{home}") for home in moved.NEW_HOMES[old].split()
    ]
    for home in homes:
        # the catalogue hands on what its analyses export, so it has no list of its own names
        for name in getattr(home, "__all__", ["ALL", "Analysis", "every_analysis"]):
            assert (
                getattr(module, name) is getattr(homes[0], name, getattr(home, name))
                or f"{old}.{name}" in moved.RENAMED
            )
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        module.nonsense  # noqa: B018


@pytest.mark.parametrize("old", moved.RENAMED)
def test_renamed_classes_are_found_by_their_old_names(old: str) -> None:
    module, _, name = old.rpartition(".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = getattr(importlib.import_module(f"strategy.{module}"), name)
    assert found.__name__ == moved.RENAMED[old]


@pytest.mark.parametrize(
    ("package", "old"),
    [
        ("checking", "Part"),
        ("completeness", "Claim"),
        ("generators", "Solved"),
        ("kernels", "Part"),
    ],
)
def test_old_public_names_of_packages_work(package: str, old: str) -> None:
    module = importlib.import_module(f"strategy.{package}")
    with pytest.warns(
        DeprecationWarning, match=f"strategy.{package}.{old} is called ([A-Z][A-Za-z]+) now"
    ) as said:
        found = getattr(module, old)
    assert found.__name__ in module.__all__
    assert found.__name__ in str(said[0].message)


def test_statements_warn_once_and_name_the_line_that_imports() -> None:
    code = (
        "from strategy.sensitivity.threshold import thresholds\nfrom "
        "strategy.sensitivity.threshold import Thresholds\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.count("DeprecationWarning") == 1
    assert (
        "<string>:1: DeprecationWarning: strategy.sensitivity.threshold has moved to"
        in done.stderr
    )
