"""What is written appears whole or not at all, and its place is tried before the work."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from games.corridor import sequence
from strategy import StrategyError
from strategy.cli import run
from strategy.files import FilesTogether, clean, replace, require_places
from strategy.plots import blank, save
from strategy.report import analyse, write
from strategy.report.sections import ALL
from strategy.solvers.proofs import Proof

GAME = "games.classics.coordination:stag_hunt"


class Stop(Exception):
    """Raised in the middle of writing."""


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


# -- one file and several


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    replace(path, b"old")

    def stopped() -> None:
        with FilesTogether() as together, together.open(path) as file:
            file.write(b"ne")
            assert path.read_bytes() == b"old"
            raise Stop

    with pytest.raises(Stop):
        stopped()
    assert (names(tmp_path), path.read_bytes()) == (["a"], b"old")
    replace(path, b"n", b"ew")
    assert (names(tmp_path), path.read_bytes()) == (["a"], b"new")


def write_all(folder: Path, names: str) -> None:
    with FilesTogether() as together:
        for name in names:
            together.add(folder / name, b"new")


@pytest.mark.parametrize(
    "problem",
    [OSError(5, "Input/output error"), KeyboardInterrupt()],
    ids=["error", "interrupt"],
)
@pytest.mark.parametrize("failing", range(3))
def test_several_files_are_all_new_or_all_old(
    failing: int, problem: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever move fails; a file that was not there is not there."""
    for name in ("a", "c"):
        (tmp_path / name).write_bytes(b"old")
    real, left = os.replace, [failing]

    def replaced(source: Any, target: Any) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise problem
        real(source, target)

    monkeypatch.setattr(os, "replace", replaced)
    error = StrategyError if isinstance(problem, OSError) else KeyboardInterrupt
    with pytest.raises(error) as raised:
        write_all(tmp_path, "abc")
    assert error is KeyboardInterrupt or f"{'abc'[failing]} cannot be written" in str(
        raised.value
    )
    assert names(tmp_path) == ["a", "c"]
    assert {(tmp_path / name).read_bytes() for name in "ac"} == {b"old"}


def test_files_on_a_system_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: Any) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refused)
    for content in (b"old", b"new"):
        with FilesTogether() as together:
            together.add(tmp_path / "a", content)
            together.add(tmp_path / "b", content)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a", "b"]


def test_links_permissions_and_devices_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "private").write_bytes(b"old")
    (tmp_path / "private").chmod(0o600)
    (tmp_path / "link").symlink_to("private")
    replace(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "private").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600
    replace("/dev/null", b"gone")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_only_what_killed_runs_left_is_removed(tmp_path: Path) -> None:
    left = f".a.svg.{2**22 + 1}-0badcafe.tmp"
    kept = [
        ".a.svg.tmp",
        ".b.svg.99999999-12.tmp",
        f".a.svg.{os.getppid()}-12.tmp",
        "a.svg.99999999-12.tmp",
    ]
    for name in (left, *kept):
        (tmp_path / name).write_bytes(b"")
    require_places(tmp_path / "a.svg")
    assert names(tmp_path) == sorted(kept)
    with FilesTogether() as together, together.open(tmp_path / "a.svg") as file:
        clean(tmp_path, lambda name: True, alone=True)
        file.write(b"new")  # what this process writes now is nobody's leavings
    assert (tmp_path / "a.svg").read_bytes() == b"new"


# -- places


def a_folder(path: Path) -> Path:
    path.mkdir()
    return path


def below_a_file(path: Path) -> Path:
    path.write_bytes(b"")
    return path / path.name


def a_loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def a_long_name(path: Path) -> Path:
    return path.with_name("x" * 300 + path.suffix)


PLACES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a folder": (a_folder, "it is a folder"),
    "below a file": (below_a_file, "Not a directory"),
    "a link to itself": (a_loop, "it is a link that leads back to itself"),
    "a name too long": (a_long_name, "File name too long"),
}
COMMANDS = {
    "draw": (["draw", GAME, "-o"], "a.svg"),
    "map": (["map", "corridor.sequence", "-o"], "a.svg"),
    "drivers": (["drivers", "corridor.sequence", "-o"], "a.svg"),
    "prove": (["prove", GAME], "a.proof"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_place_is_refused_before_the_work(
    command: str,
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In one line that names the file, with exit code 2; no model is even looked up."""
    monkeypatch.setattr("strategy.cli._models.find", None)
    (given, name), (make, words) = COMMANDS[command], PLACES[place]
    path = make(tmp_path / name)
    assert run([*given, str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"strategy: {path} cannot be written ({words}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["report.html", "analysis.json"])
def test_the_folder_of_a_report_is_tried_before_the_work(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("strategy.cli._analysing.analyse", None)
    (tmp_path / name).mkdir()
    assert run(["analyse", "corridor.sequence", "-o", str(tmp_path)]) == 2
    assert f"{name} cannot be written (it is a folder)" in capsys.readouterr().err


def test_the_folder_of_a_sweep_is_tried_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("strategy.cli._models.find_model", None)
    (tmp_path / "a").write_bytes(b"mine")
    assert (
        run(["sweep", "corridor.sequence", "--samples", "10", "--out", str(tmp_path / "a")])
        == 2
    )
    assert "a/_manifest.json cannot be written (Not a directory)" in capsys.readouterr().err


def test_a_full_disk_is_noticed_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        StrategyError,
        match=r"a\.svg cannot be written \(No space left on device\): what was there",
    ):
        require_places(tmp_path / "b" / "a.svg")
    assert names(tmp_path) == []


def test_a_protected_file_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    # as for anyone but the owner of the machine
    monkeypatch.setattr(os, "access", lambda *given: False)
    with pytest.raises(
        StrategyError, match=r"a cannot be written \(it is write-protected\)"
    ):
        require_places(tmp_path / "a")


# -- what the toolkit writes


def test_a_figure_that_cannot_be_drawn_leaves_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(blank(1, 1)[0], tmp_path / "a")
    before = {name: (tmp_path / name).read_bytes() for name in ("a.png", "a.svg")}
    figure, ax = blank(2, 1)
    ax.plot([1, 2])
    real = figure.savefig

    def broken(where: Any, format: str, **options: Any) -> None:
        if format == "png":
            raise Stop
        real(where, format=format, **options)

    monkeypatch.setattr(figure, "savefig", broken)
    with pytest.raises(Stop):
        save(figure, tmp_path / "a")
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_a_proof_is_not_lost_to_one_that_cannot_be_written(tmp_path: Path) -> None:
    old = Proof((1,), "old", (), (), (), ())
    old.save(tmp_path / "a.proof")
    before = (tmp_path / "a.proof").read_bytes()
    with pytest.raises(TypeError):
        Proof((1,), "new", (), (), (), (object(),)).save(tmp_path / "a.proof")
    assert (names(tmp_path), (tmp_path / "a.proof").read_bytes()) == (["a.proof"], before)


@pytest.mark.deep
def test_a_report_is_all_new_or_all_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in the page leaves the old figures beside the old page."""
    sections = tuple([one for one in ALL if one.key in ("thresholds", "answer")])
    write(analyse(sequence.model, sections=sections), tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    assert len(before) > 3
    other = analyse(sequence.model, at={"leverage": 3}, sections=sections)

    def broken(*given: Any) -> str:
        raise Stop

    with monkeypatch.context() as patch:
        patch.setattr("strategy.report.files.as_html", broken)
        with pytest.raises(Stop):
            write(other, tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before
    write(other, tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} != before
