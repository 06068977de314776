"""Files of a sweep that are well formed, with checksums that fit, and not what it wrote;
what an earlier run has left."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from games.corridor.sequence import model
from strategy import Claim, NormalForm, Parameter, where
from strategy.cli import run
from strategy.concepts import PureSubgamePerfect
from strategy.errors import StrategyError
from strategy.executors import local_processes
from strategy.sensitivity import Grid, Sweep, UniformSamples, sweep
from strategy.sensitivity.sweeping.manifest import _seal
from strategy.sensitivity.sweeping.parts import METADATA, PART_ROWS, REFUSED, sealed

PART = "part-000000.parquet"


def made(folder: Path) -> Sweep:
    return sweep(
        model,
        PureSubgamePerfect(),
        "corridor open",
        Grid(leverage=4, normalisation=5),
        folder,
        part_rows=7,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name != ".lock"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep") / "whole"
    made(folder)
    return folder


def column(name: str, values: Any) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.set_column(
        table.column_names.index(name), name, pa.array(values)
    )


def told(**data: bytes) -> Callable[[pa.Table], pa.Table]:
    keys = {"sweep": METADATA, "part_rows": PART_ROWS, "refused": REFUSED}
    return lambda table: table.replace_schema_metadata(
        {**table.schema.metadata, **{keys[key]: value for key, value in data.items()}}
    )


FORGED: dict[str, Callable[[pa.Table], pa.Table]] = {
    "a word that is not a verdict": column("verdict", ["WHAT"] * 7),
    "no word": column("verdict", pa.array([None] * 7, pa.string())),
    "numbers for words": column("verdict", [1] * 7),
    "a parameter elsewhere": column("leverage", [1.25] * 7),
    "rows numbered by floats": column("index", [float(i) for i in range(7)]),
    "a parameter less": lambda table: table.drop(["leverage"]),
    "a column more": lambda table: table.append_column("x", pa.array([1] * 7)),
    "a column of a name with an escape": lambda table: table.rename_columns(
        ["a\x1b[31m" if name == "leverage" else name for name in table.column_names]
    ),
    "fewer rows": lambda table: table.slice(0, 5),
    "rows twice": lambda table: pa.concat_tables([table, table]),
    "no rows a part": told(part_rows=b"0"),
    "other rows a part": told(part_rows=b"5"),
    "very many rows a part": told(part_rows=b"1" + b"0" * 30),
    "more rows refused than there are": told(refused=b'[99, "\\u001b[31m"]'),
    "a text of rows refused": told(refused=b'["a", 1]'),
    "brackets": told(sweep=b"[" * 100_000),
    "brackets of what was refused": told(refused=b"[" * 100_000),
    "a list for what was asked": told(sweep=b"[]"),
    "nothing for what was asked": told(sweep=b"null"),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_part_is_made_again(
    forge: Callable[[pa.Table], pa.Table], listed: bool, whole: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "rows"))
    sink = pa.BufferOutputStream()
    pq.write_table(forge(pq.read_table(folder / PART)), sink)
    (folder / PART).write_bytes(sealed(memoryview(sink.getvalue())))
    if not listed:
        (folder / "_manifest.json").unlink()
    made(folder)
    assert files(folder) == files(whole)


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
def test_parts_that_were_swapped_or_are_twice_there_are_made_again(
    listed: bool, whole: Path, tmp_path: Path
) -> None:
    for swapped in (True, False):
        folder = Path(shutil.copytree(whole, tmp_path / f"rows{swapped}"))
        first, second = folder / PART, folder / "part-000001.parquet"
        kept = first.read_bytes()
        first.write_bytes(second.read_bytes())
        if swapped:
            second.write_bytes(kept)
        if not listed:
            (folder / "_manifest.json").unlink()
        made(folder)
        assert files(folder) == files(whole)


def changed(folder: Path, *places: str | int, value: Any) -> None:
    """A manifest with one value changed, under a checksum that fits."""
    data = json.loads((folder / "_manifest.json").read_bytes())
    del data["sha256"]
    inner = data
    for place in places[:-1]:
        inner = inner[place]
    inner[places[-1]] = value
    body = (
        json.dumps(data, ensure_ascii=False, indent=0).encode("utf-8").removesuffix(b"\n}")
    )
    (folder / "_manifest.json").write_bytes(body + _seal(body))


@pytest.mark.parametrize(
    ("places", "value"),
    [
        (("words", "axes"), [["leverage", [1, 2]]]),
        (("words", "axes", 0, 1), None),
        (("words", "axes", 0, 1), "abcd"),
        (("words", "axes", 0, 0), 5),
        (("words", "axes", 0, 1, 0), []),
        (("words", "columns", "index"), "x"),
        (("words", "columns", "outcomes", "corridor open"), ["x"]),
        (("words", "columns", "outcomes", "corridor open"), None),
        (("sweep", "model"), 7),
        (("sweep", "design"), None),
    ],
)
def test_a_forged_manifest_is_called_damaged_and_made_again(
    places: tuple[str | int, ...], value: Any, whole: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "rows"))
    changed(folder, *places, value=value)
    with pytest.raises(StrategyError, match="damaged"):
        Sweep.open(folder)


def test_counts_that_are_not_those_of_the_rows_are_mended(
    whole: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "rows"))
    data = json.loads((folder / "_manifest.json").read_bytes())
    changed(
        folder,
        "parts",
        "0",
        "counts",
        value=[list(reversed(data["parts"]["0"]["counts"][0]))],
    )
    assert made(folder).manifest_repaired
    assert files(folder) == files(whole)


def test_what_a_manifest_says_reaches_no_terminal_as_a_command(
    whole: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "rows"))
    changed(folder, "sweep", "model", value="a\x1b[31m\nEVERY")
    text = str(Sweep.open(folder))
    assert "\x1b" not in text
    assert "\nEVERY" not in text


# -- what is given


def nested(levels: int) -> Any:
    found: Any = 1
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize("levels", [900, 100_000])
@pytest.mark.parametrize(
    "give",
    [
        lambda deep: Claim("C", "t", if_wrong={"a": deep}),
        lambda deep: Claim("C", "t", if_wrong={"a": {"b": deep}}),
        lambda deep: Claim("C", "t", if_wrong=deep),
        lambda deep: Claim("C", deep),
        lambda deep: Parameter(deep, low=0, high=1),
        lambda deep: NormalForm({"A": deep}),
        lambda deep: where(A=deep),
        lambda deep: model.game(at={"leverage": deep}),
    ],
)
def test_lists_of_very_many_levels_are_refused(
    give: Callable[[Any], Any], levels: int
) -> None:
    with pytest.raises(StrategyError) as refused:
        give(nested(levels))
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    "arguments",
    [
        ["consistent", "corridor.activation", "--stated", f"leverage > {'9' * 5_000}"],
        ["consistent", "corridor.activation", "--stated", f"leverage > 1/{'9' * 5_000}"],
        [
            "consistent",
            "corridor.activation",
            "--stated",
            f"{'(' * 5_000}leverage{')' * 5_000} > 2",
        ],
        ["stress", "corridor.activation", "--group", "(" * 5_000],
        ["sweep", "corridor.activation", "--grid", f"leverage={'9' * 20}", "-o", "{}/a"],
        ["sweep", "corridor.activation", "--grid", f"leverage={'9' * 5_000}", "-o", "{}/a"],
        ["sweep", "corridor.activation", "--samples", "9" * 30, "-o", "{}/a"],
        [
            "sweep",
            "corridor.activation",
            "--samples",
            "9",
            "--workers",
            "9" * 10,
            "-o",
            "{}/a",
        ],
    ],
)
def test_so_are_long_numbers_and_deep_statements(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([one.replace("{}", str(tmp_path)) for one in arguments]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert len(said) < 2_100
    assert "floats" not in said


def test_counts_beyond_what_a_table_holds_are_refused() -> None:
    for ask in (
        lambda: UniformSamples(2**53, 0),
        lambda: Grid(leverage=10**8),
        lambda: local_processes(10**9).__enter__(),
    ):
        with pytest.raises(StrategyError, match=r"integer|whole number"):
            ask()


# -- figures of an earlier run


def test_figures_of_an_earlier_run_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["analyse", "corridor.sequence", "-o", str(tmp_path / "a"), "--only"]
    assert run([*command, "thresholds"]) == 0
    assert "Left over in" not in capsys.readouterr().out
    assert run([*command, "verdicts"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "corridor.sequence-thresholds.png, corridor.sequence-thresholds.svg" in said
    assert "Left over in" in said


# -- Ctrl-C before the command line is there

PRESSED = """
import sys

class Pressed:
    def find_spec(self, name, *rest):
        if name == "typer":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
from strategy.__main__ import main
main()
"""


def test_an_interrupt_while_the_command_line_is_loaded_ends_in_one_line() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PRESSED], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        130,
        "",
        "strategy: interrupted\n",
    )
