"""A sweep that is killed, interrupted, damaged or short of disk goes on and ends with the
rows of one that was left in peace."""

import contextlib
import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from games.corridor import activation
from strategy import StrategyError
from strategy.concepts import PureNash
from strategy.sensitivity import Sweep, sweep
from strategy.sensitivity.sweeping import files as files, parts as parts
from tests._games import seeds
from tests._signals import heeded

pa = pytest.importorskip("pyarrow")
psutil = pytest.importorskip("psutil")

ROWS, PART = 600, 50


def swept(folder: Path, samples: int = ROWS, **options: Any) -> Sweep:
    """A small sweep of twelve parts."""
    return sweep(
        activation.model,
        PureNash(),
        "corridor open",
        samples,
        folder,
        **{"seed": 2, "part_rows": PART, **options},
    )


def rows(found: Sweep) -> Any:
    """All rows, without what the files say about themselves."""
    return found.table().to_table().replace_schema_metadata(None)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The rows of a sweep that was left in peace."""
    return rows(swept(tmp_path_factory.mktemp("whole") / "a"))


class Stop(Exception):
    """Raised in the middle of a sweep."""


def stop_after(count: int, problem: BaseException) -> Any:
    """A progress function that ends the sweep."""

    def progress(done: int, total: int) -> None:
        if done >= count:
            raise problem

    return progress


# -- killed

SAMPLES = 250_000  # 16 parts, a second or two of work


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return rows(
        sweep(
            activation.model,
            PureNash(),
            "corridor open",
            SAMPLES,
            tmp_path_factory.mktemp("long") / "a",
            seed=5,
        )
    )


def started(folder: Path, workers: int, more: int) -> Any:
    """A sweep in a process of its own, once it holds the folder and has written so many
    parts more."""
    before, parts = holder(folder), len(list(folder.glob("part-*")))
    command = [
        sys.executable,
        "-m",
        "strategy",
        "sweep",
        "corridor.activation",
        "--samples",
        str(SAMPLES),
        "--seed",
        "5",
    ]
    command += ["--out", str(folder), *(["--workers", str(workers)] if workers else [])]
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and (
        holder(folder) == before or len(list(folder.glob("part-*"))) < parts + more
    ):
        time.sleep(0.002)
    return process


def holder(folder: Path) -> bytes:
    """What the lock of a folder says; every sweep writes something new."""
    return (folder / files.LOCK).read_bytes() if (folder / files.LOCK).exists() else b""


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.deep
def test_killed_at_random_moments(workers: int, tmp_path: Path, long: Any) -> None:
    """kill -9, again and again, of the process alone: its workers end by themselves. A
    sweep that is complete begins anew."""
    rng, folder, halfway = random.Random(f"kills {workers}"), tmp_path / "0", 0
    for kill in seeds(2):
        process = started(folder, workers, more=rng.randrange(6))
        time.sleep(rng.random() * 0.1)
        below: list[Any] = []
        with contextlib.suppress(psutil.NoSuchProcess):  # it has ended before
            below = process.children(recursive=True)
            process.kill()
        process.wait()
        assert not psutil.wait_procs(below, timeout=600)[1]
        halfway += process.returncode != 0
        there = Sweep.open(folder) if (folder / files.MANIFEST).exists() else None
        if there is not None and there.complete:
            assert rows(Sweep.open(folder)).equals(long)
            folder = tmp_path / str(kill + 1)
    print(f"{halfway} kills before the end")
    found = sweep(activation.model, PureNash(), "corridor open", SAMPLES, folder, seed=5)
    assert found.repaired == ()
    assert rows(found).equals(long)
    assert sum(found.counts().values()) == SAMPLES
    assert not list(folder.glob(".*.tmp"))


def test_interrupted_at_the_terminal(tmp_path: Path) -> None:
    """Ctrl-C keeps what is done, says how to go on, and ends with 130."""
    folder = tmp_path / "a"
    command = [
        sys.executable,
        "-m",
        "strategy",
        "sweep",
        "corridor.activation",
        "--samples",
        "10000000",
        "--out",
        str(folder),
    ]
    process = subprocess.Popen(
        [*command, "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeded,
    )
    while process.poll() is None and not (
        (folder / files.MANIFEST).exists() and Sweep.open(folder).rows
    ):
        time.sleep(0.05)  # a part that is written counts once the manifest has it
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert "run the same command again to continue" in err
    assert "Traceback" not in err
    there = Sweep.open(folder)
    assert 0 < there.rows < there.samples == 10_000_000
    assert "run the same command again for the rest" in str(there)


# -- stopped, damaged


@pytest.mark.parametrize(
    "problem", [Stop(), KeyboardInterrupt()], ids=["error", "interrupt"]
)
def test_what_was_done_is_kept(problem: BaseException, tmp_path: Path, whole: Any) -> None:
    with pytest.raises(type(problem)):
        swept(tmp_path, progress=stop_after(200, problem))
    there = Sweep.open(tmp_path)
    assert (there.rows, there.complete) == (200, False)
    assert rows(there).equals(whole.slice(0, 200))
    seen: list[int] = []
    found = swept(tmp_path, progress=lambda done, total: seen.append(done))
    assert (found.kept, found.repaired, seen[0]) == (200, (), 200)
    assert rows(found).equals(whole)
    untouched = {one: one.stat().st_mtime_ns for one in found.files}
    assert swept(tmp_path).kept == ROWS
    assert {one: one.stat().st_mtime_ns for one in found.files} == untouched


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def exchange(path: Path) -> None:
    path.write_bytes(path.with_name("part-000005.parquet").read_bytes())


DAMAGE = {
    "cut short": cut,
    "a bit": flip,
    "empty": lambda path: path.write_bytes(b""),
    "gone": Path.unlink,
    "exchanged": exchange,
}


@pytest.mark.parametrize(
    "listed", [True, False], ids=["in the manifest", "not in the manifest"]
)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_part_is_made_again(
    damage: str, listed: bool, tmp_path: Path, whole: Any
) -> None:
    swept(tmp_path)
    if not listed:
        manifest = json.loads((tmp_path / files.MANIFEST).read_bytes())
        del manifest["parts"]["3"]
        (tmp_path / files.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    DAMAGE[damage](tmp_path / "part-000003.parquet")
    found = swept(tmp_path)
    known = listed or damage != "gone"
    assert found.repaired == (("part-000003.parquet",) if known else ())
    assert (
        "part-000003.parquet was damaged or missing, and was made again." in found.sentences
    ) == known
    assert found.kept == ROWS - PART
    assert rows(found).equals(whole)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1}', b"\xff\xfe", None])
def test_a_manifest_that_is_lost_is_made_from_the_parts(
    content: bytes | None, tmp_path: Path, whole: Any
) -> None:
    """With the parts as they are cut, whatever part_rows says now."""
    before = swept(tmp_path)
    (tmp_path / files.MANIFEST).unlink() if content is None else (
        tmp_path / files.MANIFEST
    ).write_bytes(content)
    cut(tmp_path / "part-000000.parquet")
    with pytest.raises(StrategyError, match="another sweep: seed is 2 there, 3 here"):
        swept(tmp_path, seed=3)
    assert len(list(tmp_path.glob("*.parquet"))) == 12
    found = swept(tmp_path, part_rows=7)
    assert found.kept == ROWS - PART
    assert found.counts() == before.counts()
    assert rows(found).equals(whole)


def test_parts_stay_as_they_are_cut(tmp_path: Path, whole: Any) -> None:
    with pytest.raises(Stop):
        swept(tmp_path, progress=stop_after(100, Stop()))
    found = swept(tmp_path, part_rows=33)
    assert len(found.files) == 12
    assert rows(found).equals(whole)


def test_what_a_killed_process_left_half_written_is_removed(
    tmp_path: Path, whole: Any
) -> None:
    (tmp_path / ".part-000001.parquet.77-abc.tmp").write_bytes(b"PAR1 and then")
    assert rows(swept(tmp_path)).equals(whole)
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".parquet") == [
        ".lock",
        files.MANIFEST,
    ]


# -- another sweep, a lock, a full disk

OTHERS: dict[str, tuple[dict[str, Any], str]] = {
    "seed": ({"seed": 9}, "seed is 2 there, 9 here"),
    "samples": ({"samples": 700}, "samples is 600 there, 700 here"),
    "outcome": ({"outcome": "Armenia opens"}, "outcomes"),
    "concept": (
        {"concept": PureNash(undominated=True)},
        "concept is .*False.* there, .*True",
    ),
    "value": ({"at": {"leverage": 3}}, r"values \(leverage\) is 5 there|values"),
    "claims": ({"model": activation.model.with_claims_wrong("C4")}, "parameters|values"),
    "probabilities": ({"probabilities": True}, "probabilities is false there, true here"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_sweep_is_refused_with_what_differs(
    name: str, tmp_path: Path, whole: Any
) -> None:
    swept(tmp_path)
    given, words = OTHERS[name]
    asked = {
        "model": activation.model,
        "concept": PureNash(),
        "outcome": "corridor open",
        "samples": ROWS,
        "seed": 2,
        **given,
    }
    with pytest.raises(
        StrategyError, match=f"holds another sweep: .*({words}).*Give another folder"
    ):
        sweep(out=tmp_path, **asked)
    assert rows(swept(tmp_path)).equals(whole)


def test_one_sweep_at_a_time(tmp_path: Path, whole: Any) -> None:
    with (
        files.locked(tmp_path),
        pytest.raises(StrategyError, match="another sweep is writing"),
    ):
        swept(tmp_path)
    assert rows(swept(tmp_path)).equals(whole)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are not forked here")
def test_a_forked_child_does_not_hold_the_folder(tmp_path: Path) -> None:
    import multiprocessing

    with files.locked(tmp_path):
        child = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
        child.start()
    try:
        swept(tmp_path)
    finally:
        child.kill()
        child.join()


def test_a_disk_that_fills_up(
    tmp_path: Path, whole: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done stays, nothing half written does, and with room again the sweep goes
    on."""
    left, real = [7], os.fsync

    def full(file: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(file)

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(
        StrategyError, match=r"No space left on device.*run the same again to continue"
    ):
        swept(tmp_path)
    monkeypatch.undo()
    # the manifest is written now and then, too
    done = len(list(tmp_path.glob("part-*.parquet")))
    assert 0 < done <= 6
    assert not list(tmp_path.glob(".*.tmp"))
    found = swept(tmp_path)
    assert (found.kept, found.repaired) == (done * PART, ())
    assert rows(found).equals(whole)


def test_a_file_system_that_fills_up(tmp_path: Path) -> None:
    """A real one, of 2 MB, where the tests may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a file system cannot be mounted here")
    try:
        with pytest.raises(StrategyError, match=r"needs about .* on the disk"):
            swept(folder / "a", samples=50_000, part_rows=1000)
        (folder / "a").joinpath("_filler").write_bytes(b"")
        found = None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "require_space", lambda *given: None)
            with pytest.raises(StrategyError, match="No space left on device"):
                swept(folder / "a", samples=50_000, part_rows=1000)
            found = Sweep.open(folder / "a")
        assert 0 < found.rows < 50_000
        done = rows(found)
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        again = swept(folder / "a", samples=50_000, part_rows=1000)
        assert again.repaired == ()
        assert rows(again).slice(0, len(done)).equals(done)
        assert rows(again).equals(
            rows(swept(tmp_path / "elsewhere", samples=50_000, part_rows=1000))
        )
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_workers_that_do_not_see_the_folder_send_their_parts(
    tmp_path: Path, whole: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_sees", lambda folder, token: False)
    assert rows(swept(tmp_path)).equals(whole)
