"""Folders that are not as they should be: one line that says so, and nothing of anyone
else's is touched."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from games.corridor import activation
from strategy import StrategyError
from strategy.cli import run
from strategy.concepts import PureNash
from strategy.sensitivity import Sweep, sweep
from strategy.sensitivity.sweeping.files import LOCK, MANIFEST
from tests._signals import heeded

pytest.importorskip("pyarrow")
PART = "part-000001.parquet"
SWEEP = [sys.executable, "-m", "strategy", "sweep", "corridor.activation"]


def swept(folder: Path) -> Sweep:
    return sweep(activation.model, PureNash(), "corridor open", 60, folder, part_rows=20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    swept(tmp_path / "a")
    return tmp_path / "a"


# -- what is not a file


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_link_away(path: Path) -> None:
    """To a file of the user's, which must not be written to."""
    elsewhere = path.parent.parent / f"{path.name} of mine"
    path.replace(elsewhere)
    path.symlink_to(elsewhere)


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (a_folder, "is a folder"),
    "link": (a_link_away, "is a link"),
    "broken link": (a_link_to_nothing, "is a link"),
    "pipe": (a_pipe, "is a pipe"),
}


@pytest.mark.parametrize("name", [PART, MANIFEST, LOCK])
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_is_refused_and_left_alone(
    odd: str, name: str, folder: Path
) -> None:
    change, words = ODD[odd]
    change(folder / name)
    before = {
        one.name: one.read_bytes() for one in folder.parent.iterdir() if one.is_file()
    }
    with pytest.raises(
        StrategyError,
        match=f"{name} {words}, where a sweep has a file: remove it, or give another folder",
    ):
        swept(folder)
    if name != LOCK:
        with pytest.raises(StrategyError, match=f"{name} {words}"):
            Sweep.open(folder).table()
    assert {
        one.name: one.read_bytes() for one in folder.parent.iterdir() if one.is_file()
    } == before


PLACES: dict[str, Callable[[Path], Path]] = {
    "a file": lambda path: Path(path / "a" / MANIFEST),
    "below a file": lambda path: path / "a" / MANIFEST / "b",
    "a name too long": lambda path: path / ("x" * 300),
    "a link to nothing": lambda path: path / "link",
    "a NUL": lambda path: path / "a\0b",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_where_no_folder_can_be_is_named(place: str, folder: Path) -> None:
    (folder.parent / "link").symlink_to("link")
    with pytest.raises(
        StrategyError, match=r"cannot be made .*give a folder that is new or empty"
    ):
        swept(PLACES[place](folder.parent))


def test_parts_of_other_names_are_not_taken_for_parts(folder: Path) -> None:
    """One digit more and it would be read twice."""
    (folder / "part-0000001.parquet").write_bytes((folder / PART).read_bytes())
    with pytest.raises(
        StrategyError,
        match=r"holds 'part-0000001.parquet', which is not part of this sweep",
    ):
        swept(folder)


def test_clean_removes_what_a_sweep_left_and_nothing_else(folder: Path) -> None:
    mine = [
        ".notes.tmp",
        f".{PART}.tmp",
        f".{PART}.old-1.tmp",
        ".other.parquet.12-ab.tmp",
        "_mine.tmp",
        ".12-ab.tmp",
        ".hidden",
    ]
    for name in mine:
        (folder / name).write_text("mine", encoding="ascii")
    (folder / f".{PART}.12-abcd.tmp").mkdir()
    (folder / f".{PART}.13-abcd.tmp").symlink_to(".notes.tmp")
    left = [f".{PART}.{os.getpid()}-0123abcd.tmp", f".{MANIFEST}.99999999-00.tmp"]
    for name in left:
        (folder / name).write_bytes(b"PAR1")
    assert swept(folder).kept == 60
    there = {one.name for one in folder.iterdir()}
    assert there.issuperset({*mine, f".{PART}.12-abcd.tmp", f".{PART}.13-abcd.tmp"})
    assert there.isdisjoint(left)
    assert all((folder / name).read_text(encoding="ascii") == "mine" for name in mine)


# -- at the command line


def one_line(ended: tuple[int, str, str], words: str) -> None:
    code, out, err = ended
    assert (code, out) == (2, "")
    assert err.startswith("strategy: ")
    assert err.count("\n") == 1
    assert words in err


def test_one_line_each(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, no trace; however busy the machine is, no word of how far the work is."""
    monkeypatch.setattr("strategy.cli._progress._FIRST_LINE", 1e6)

    def command() -> tuple[int, str, str]:
        code = run(
            [
                "sweep",
                "corridor.activation",
                "--samples",
                "60",
                "--out",
                str(tmp_path / "a"),
            ]
        )
        return code, *capfd.readouterr()

    (tmp_path / "a" / LOCK).mkdir(parents=True)
    one_line(command(), f"{LOCK} is a folder")
    (tmp_path / "a" / LOCK).rmdir()
    (tmp_path / "a" / MANIFEST).write_bytes(b"[" * 200_000)
    one_line(
        command(),
        (
            "damaged or no sweep's, and no part that is whole: remove them, or give "
            "another folder"
        ),
    )
    (tmp_path / "a" / MANIFEST).unlink()
    assert command()[0] == 0
    (tmp_path / "a" / MANIFEST).write_bytes(b"[" * 200_000)
    code, out, err = command()
    assert (code, err) == (0, "")
    assert f"{MANIFEST} was damaged, and was rebuilt" in out


# -- asked to end


def until_parts(folder: Path, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and not list(folder.glob("part-*")):
        time.sleep(0.02)


@pytest.mark.deep_but(1)
@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signals here")
@pytest.mark.parametrize(
    ("number", "whom"), [("SIGHUP", "one"), ("SIGTERM", "twice"), ("SIGTERM", "all")]
)
def test_a_request_to_end_leaves_no_worker_and_no_warning(
    number: str, whom: str, tmp_path: Path
) -> None:
    """What is done stays, and the code is that of the signal, to the process alone or to
    its workers too."""
    psutil, asked = pytest.importorskip("psutil"), getattr(signal, number)
    folder, pipes = tmp_path / "a", {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    given = [*SWEEP, "--samples", "10000000", "--out", str(folder), "--workers", "2"]
    process = subprocess.Popen(  # type: ignore[call-overload]
        given, text=True, start_new_session=True, preexec_fn=heeded, **pipes
    )
    until_parts(folder, process)
    below = psutil.Process(process.pid).children(recursive=True)
    if whom == "all":
        os.killpg(process.pid, asked)
    else:
        process.send_signal(asked)
    if whom == "twice":
        time.sleep(0.05)
        process.send_signal(asked)
    out, err = process.communicate()
    assert (process.returncode, out) == (128 + asked, "")
    assert err.splitlines()[-1] == "strategy: terminated"
    assert not any(word in err for word in ("Traceback", "Warning", "leaked"))
    assert not psutil.wait_procs(below, timeout=600)[1]
    assert Sweep.open(folder).samples == 10_000_000


def test_a_request_to_end_while_a_model_is_loaded_is_no_fault_of_the_model(
    tmp_path: Path,
) -> None:
    (tmp_path / "slow.py").write_text(
        "import time\nopen('begun', 'w').close()\ntime.sleep(3600)\n", encoding="ascii"
    )
    given = [sys.executable, "-m", "strategy", "solve", f"{tmp_path / 'slow.py'}:model"]
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        given,
        text=True,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
    )
    while process.poll() is None and not (tmp_path / "begun").exists():
        time.sleep(0.02)
    process.terminate()
    assert (process.wait(), process.communicate()[1]) == (143, "strategy: terminated\n")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[Any, str]]:
    """A scheduler of Dask with one worker, in processes of their own."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, quiet = (
        f"tcp://127.0.0.1:{port}",
        {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL},
    )
    dask = [sys.executable, "-m", "dask"]
    first = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        **quiet,
    )
    worker = [
        *dask,
        "worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
        "--no-nanny",
        "--local-directory",
        str(tmp_path / "d"),
    ]
    second = subprocess.Popen(worker, **quiet)
    try:
        yield first, address
    finally:
        for one in (first, second):
            one.kill()
            one.wait()


@pytest.mark.deep
@pytest.mark.parametrize("how", ["kill", "terminate"])
def test_a_lost_scheduler_is_one_line(
    how: str, scheduler: tuple[Any, str], tmp_path: Path
) -> None:
    process, address = scheduler
    given = [
        *SWEEP,
        "--samples",
        "10000000",
        "--out",
        str(tmp_path / "a"),
        "--dask",
        address,
    ]
    client = subprocess.Popen(
        given, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until_parts(tmp_path / "a", client)
    getattr(process, how)()
    out, err = client.communicate()
    assert (client.returncode, out) == (2, "")
    assert err.splitlines()[-1].startswith(
        "strategy: the cluster dropped the work: its scheduler is gone or was restarted"
    )
    assert not any(word in err for word in ("Traceback", "ERROR", "Exception"))
    assert Sweep.open(tmp_path / "a").samples == 10_000_000
