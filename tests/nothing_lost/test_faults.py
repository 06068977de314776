"""A fault at every open, write, flush, sync, move and lock of the commands that write: the
old file or the new one stands whole.

By default some points of each command, all of them from ``STRATEGY_TESTS_SCALE=50`` on.
"""

import gc
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from games.corridor import activation
from strategy import cli
from strategy.concepts import PureNash
from strategy.errors import StrategyError
from strategy.sensitivity import Sweep, sweep
from strategy.sensitivity.sweeping.files import LOCK, MANIFEST
from tests._games import SCALE
from tests.nothing_lost import _faults as faults

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="commands run in forked children"),
    pytest.mark.timeout(max(1800, 100 * SCALE)),
]
POINTS = max(1, round(2 * SCALE))  # a fault and a command
GAME = "games.classics.coordination:stag_hunt"
MODEL = f"{Path(__file__).parents[1] / 'sensitivity' / '_small.py'}:entry"


@attrs.frozen
class Writing:
    """A command that writes. ``given``: its arguments, with one of two values for what it
    is asked; ``name``: what it writes; ``last``: the file that refers to the others."""

    given: Callable[[str], list[str]]
    name: str
    values: tuple[str, str]
    last: str = ""


COMMANDS = {
    "analyse": Writing(
        lambda value: [
            "analyse",
            MODEL,
            "--only",
            "thresholds",
            "--set",
            f"war={value}",
            "-o",
        ],
        "a",
        ("1", "2"),
        "report.html",
    ),
    "map": Writing(
        lambda value: ["map", MODEL, "prize", "spite", "--set", f"war={value}", "-o"],
        "a.svg",
        ("1", "2"),
    ),
    "draw": Writing(
        lambda value: ["draw", GAME, "--figure", value, "-o"],
        "a",
        ("payoffs", "best-responses"),
    ),
    "conditions": Writing(
        lambda value: ["conditions", MODEL, "--set", f"war={value}", "-o"],
        "a.svg",
        ("1", "2"),
    ),
    "prove": Writing(
        lambda game: ["prove", game], "a.proof", (GAME, "games.classics.crowds:el_farol")
    ),
}


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their places."""
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def command(given: list[str], path: Path) -> Callable[[], int]:
    return lambda: cli.run([*given, str(path)])


def points(calls: int, fault: str) -> Iterator[int]:
    """Which calls meet a fault: spread evenly, and others for each fault; all where there
    are enough points."""
    step = max(1.0, calls / POINTS)
    start = faults.FAULTS.index(fault) * step / len(faults.FAULTS)
    yield from sorted(
        {
            int(start + i * step)
            for i in range(min(POINTS, calls))
            if int(start + i * step) < calls
        }
    )


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_old_file_or_the_new_one_stands(name: str, tmp_path: Path) -> None:
    """And the same command again writes the new one and leaves nothing else."""
    one, folder = COMMANDS[name], tmp_path / "there"
    folder.mkdir()
    old, new = [command(one.given(value), folder / one.name) for value in one.values]
    assert old() == 0  # loads what the children need, too
    before = contents(folder)
    counted = faults.run(new, folder)
    after = contents(folder)
    assert (counted.code, counted.unseen) == (0, ())
    assert before != after
    assert {"open xb", "write", "flush", "fsync", "replace"} <= set(counted.calls)
    gc.freeze()
    met = 0
    for fault in faults.FAULTS:
        for at in points(len(counted.calls), fault):
            shutil.rmtree(folder)
            folder.mkdir()
            for path, content in before.items():
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_bytes(content)
            ended = faults.run(new, folder, fault, at)
            what = (
                f"{name}: {fault} at call {at}, {counted.calls[at]}: {ended.code} "
                f"{ended.err}"
            )
            check_ended(ended, fault, folder, what)
            there = {
                path: content
                for path, content in contents(folder).items()
                if not path.endswith(".tmp")
            }
            assert all(
                content in (before.get(path), after.get(path))
                for path, content in there.items()
            ), what
            assert set(before) <= set(there), what
            if fault != "SIGKILL":
                assert there in (before, after), what
            elif (
                one.last
                and there[str(Path(one.name) / one.last)]
                != before[str(Path(one.name) / one.last)]
            ):
                assert all(there[path] == content for path, content in after.items()), what
            if fault == "SIGKILL":
                assert new() == 0
                assert contents(folder) == after, what
            met += 1
    print(f"{name}: {met} faults at {len(counted.calls)} calls")


def check_ended(ended: faults.Ended, fault: str, folder: Path, what: str) -> None:
    """A killed process said nothing; all others end in one line that names the file, or did
    not mind."""
    assert "Traceback" not in ended.err, what
    if fault == "SIGKILL":
        assert ended.code == -9, what
    elif fault == "Ctrl-C":
        assert ended.code == 130, what
        assert ended.err.splitlines()[-1] == "strategy: interrupted", what
    else:
        assert ended.code in (0, 2), what
        # how far it is
        said = [
            line
            for line in ended.err.splitlines()
            if not line.startswith("strategy: after ")
        ]
        assert len(said) == (1 if ended.code else 0), what
        words = {"ENOSPC": "No space left on device", "EIO": "Input/output error"}[fault]
        assert not said or (words in said[0] and str(folder) in said[0]), what


# -- sweeps


def swept(folder: Path) -> Sweep:
    return sweep(
        activation.model, PureNash(), "corridor open", 90, folder, seed=3, part_rows=30
    )


def sweeping(folder: Path) -> Callable[[], int]:
    given = [
        "sweep",
        "corridor.activation",
        "--concept",
        "pure-nash",
        "--outcome",
        "corridor open",
        "--samples",
        "90",
    ]

    def run() -> int:
        from strategy.sensitivity.sweeping import plan as plans

        plans._part_rows = lambda samples, fast: 30
        return cli.run([*given, "--seed", "3", "--out", str(folder)])

    return run


STATES: dict[str, Callable[[Path], None]] = {
    "begun": lambda folder: None,
    "a part damaged": lambda folder: (folder / "part-000001.parquet").write_bytes(b"PAR1"),  # type: ignore[misc]
    "no manifest": lambda folder: (folder / MANIFEST).unlink(),
    "a manifest damaged": lambda folder: (folder / MANIFEST).write_bytes(b"[]"),  # type: ignore[misc]
}


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("state", STATES)
def test_a_sweep_goes_on_with_equal_rows(state: str, tmp_path: Path) -> None:
    """From a new folder, and from one that has to be repaired."""
    pytest.importorskip("pyarrow")
    swept(tmp_path / "whole")
    whole = {
        name: content
        for name, content in contents(tmp_path / "whole").items()
        if name != LOCK
    }
    folder = tmp_path / "there"

    def begin() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if state != "begun":
            shutil.copytree(tmp_path / "whole", folder)
            STATES[state](folder)

    begin()
    counted = faults.run(sweeping(folder), folder)
    assert (counted.code, counted.unseen) == (0, ()), counted.err
    assert {
        "open",
        "flock",
        "ftruncate",
        "pwrite",
        "open xb",
        "write",
        "flush",
        "fsync",
        "replace",
    } <= set(counted.calls)
    gc.freeze()
    met = 0
    for fault in faults.FAULTS:
        for at in points(len(counted.calls), fault):
            begin()
            ended = faults.run(sweeping(folder), folder, fault, at)
            what = (
                f"{state}: {fault} at call {at}, {counted.calls[at]}: {ended.code} "
                f"{ended.err}"
            )
            check_ended(ended, fault, folder, what)
            check_parts(folder, whole, state, what)
            found = swept(folder)
            assert found.complete, what
            assert {
                name: content for name, content in contents(folder).items() if name != LOCK
            } == whole, what
            met += 1
    print(f"sweep, {state}: {met} faults at {len(counted.calls)} calls")


def check_parts(folder: Path, whole: dict[str, bytes], state: str, what: str) -> None:
    """Parts are whole or what they were; a manifest that can be opened names none that is
    not there."""
    there = contents(folder) if folder.exists() else {}
    for name, content in there.items():
        if name.startswith("part-"):
            assert content == whole[name] or (state, content) == (
                "a part damaged",
                b"PAR1",
            ), what
    try:
        found = Sweep.open(folder)
    except StrategyError:
        return
    if found.manifest.done and not (
        state == "a part damaged" and b"PAR1" in there.values()
    ):
        rows = found.table().to_table(columns=["index"])["index"].to_pylist()
        assert rows == list(
            itertools.chain(
                *[range(30 * i, 30 * i + 30) for i in sorted(found.manifest.done)]
            )
        ), what


def test_the_harness_sees_a_file_that_is_written_in_place(tmp_path: Path) -> None:
    """Otherwise the tests above would hold of commands that they do not watch."""
    path = tmp_path / "there" / "a"
    path.parent.mkdir()

    def writes() -> int:
        path.write_bytes(b"old")
        with open(path, "wb") as file:
            file.write(b"ne")
            file.write(b"w")
        return 0

    counted = faults.run(writes, path.parent)
    assert counted.calls == ("open wb", "write", "open wb", "write", "write")
    killed: list[Any] = []
    for at in range(5):
        faults.run(writes, path.parent, "SIGKILL", at)
        killed.append(path.read_bytes())
    assert b"" in killed
