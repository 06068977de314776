"""A sweep whose files were damaged: no damaged part is read or taken over, and the same
sweep again has the rows that it had."""

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from games.corridor import activation
from strategy import StrategyError
from strategy.concepts import PureNash
from strategy.sensitivity import Sweep, Verdict, sweep
from strategy.sensitivity.sweeping import manifest as manifests
from strategy.sensitivity.sweeping.files import LOCK, MANIFEST
from tests._games import SCALE

pa = pytest.importorskip("pyarrow")
FLIPS = max(24, round(40 * SCALE))  # 2,000 at STRATEGY_TESTS_SCALE=50
PART = "part-000002.parquet"


def swept(folder: Path, **options: Any) -> Sweep:
    """A sweep of five parts."""
    asked = {"samples": 150, "seed": 4, "part_rows": 30, **options}
    return sweep(
        activation.model,
        PureNash(),
        ["corridor open", "Armenia opens"],
        out=folder,
        **asked,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A folder left in peace, which tests copy."""
    folder = tmp_path_factory.mktemp("whole") / "a"
    swept(folder)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "a"))


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name != LOCK}


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def rewritten(folder: Path, change: Callable[[Any], Any]) -> None:
    """A manifest that says something else and has the right checksum, as only one who means
    to would write it."""
    data = json.loads((folder / MANIFEST).read_bytes())
    del data["sha256"]
    change(data)
    body = json.dumps(data, ensure_ascii=False, indent=0).encode().removesuffix(b"\n}")
    (folder / MANIFEST).write_bytes(body + manifests._seal(body))


# -- a bit anywhere


@pytest.mark.timeout(max(1800, 60 * SCALE))
@pytest.mark.parametrize("listed", [True, False], ids=["as it is", "without the manifest"])
def test_a_flipped_bit_anywhere_is_noticed_and_made_good(
    listed: bool, whole: Path, tmp_path: Path
) -> None:
    """Reading refuses it in one line; the same sweep again has every file as it was, byte
    for byte."""
    rng, right = random.Random(f"flips {listed}"), contents(whole)
    names = sorted(right if listed else set(right) - {MANIFEST})
    for i in range(FLIPS // 2):
        folder = Path(shutil.copytree(whole, tmp_path / str(i)))
        name = names[i % len(names)]
        bit = rng.randrange(8 * len(right[name]))
        flip(folder / name, bit)
        if listed:
            with pytest.raises(
                StrategyError, match=f"{name} is damaged.*run the same sweep again"
            ):
                Sweep.open(folder).table()
        else:
            (folder / MANIFEST).unlink()
        found = swept(folder)
        assert found.repaired == (() if name == MANIFEST else (name,)), (name, bit)
        assert found.manifest_repaired == (name == MANIFEST), (name, bit)
        assert contents(folder) == right, (name, bit)
        shutil.rmtree(folder)


def test_every_bit_of_the_end_of_a_part_is_covered_by_its_seal(whole: Path) -> None:
    from strategy.sensitivity.sweeping.parts import whole as sealed

    content = bytearray((whole / PART).read_bytes())
    assert sealed(bytes(content))
    for bit in range(8 * (len(content) - 700), 8 * len(content)):
        content[bit // 8] ^= 1 << bit % 8
        assert not sealed(bytes(content)), bit
        content[bit // 8] ^= 1 << bit % 8
    for length in range(0, len(content), 97):
        assert not sealed(bytes(content[:length]))


def test_parts_are_plain_parquet_files(whole: Path) -> None:
    """For pandas and DuckDB over the folder, which know nothing of seals."""
    pandas, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    found = Sweep.open(whole)
    verdict = "verdict: corridor open"
    frame = pandas.read_parquet(whole)
    assert (frame[verdict] == "SOME").sum() == found.counts()[Verdict.SOME]
    asked = f"""select count(*) from '{whole}/*.parquet' where "{verdict}" = 'SOME'"""
    assert duckdb.connect().sql(asked).fetchall()[0][0] == found.counts()[Verdict.SOME]


# -- what is read

READ: dict[str, Callable[[Sweep], Any]] = {
    "a query": lambda found: found.sql("select count(*) from sweep").fetchall(),
    "a data frame": lambda found: found.to_pandas(),
    "an array": lambda found: found.to_xarray(),
    "a table": lambda found: found.table().to_table(),
}


@pytest.mark.parametrize("way", READ)
def test_reading_refuses_a_part_that_is_damaged_after_the_sweep_was_opened(
    way: str, folder: Path
) -> None:
    for module in ("pandas", "duckdb", "xarray"):
        pytest.importorskip(module)
    found = Sweep.open(folder)
    READ[way](found)
    flip(folder / PART, 8 * (folder / PART).stat().st_size - 8 * 60)
    with pytest.raises(StrategyError, match=f"{PART} is damaged .its checksum"):
        READ[way](found)


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_opening_refuses_a_part_that_is_gone_or_cut(damage: str, folder: Path) -> None:
    if damage == "gone":
        (folder / PART).unlink()
    else:
        (folder / PART).write_bytes((folder / PART).read_bytes()[:-1])
    with pytest.raises(StrategyError, match=f"{PART} .*run the same sweep again"):
        Sweep.open(folder)
    assert swept(folder).repaired == (PART,)


# -- manifests

DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "a line more": lambda content: content + b"\n",
    "brackets": lambda content: b"[" * 100_000,
    "a list": lambda content: b"[]",
    "no JSON": lambda content: b"\xff\xfe\x00",
    "of other types": lambda content: b'{"format": "2", "parts": 3}',
    "another count": lambda content: content.replace(b'"refused": 0', b'"refused": 1', 1),
    "other digits of its checksum": lambda content: (
        content[:-20] + b"0" * 17 + content[-3:]
    ),
    "a long number": lambda content: content.replace(
        b'"samples": 150', b'"samples": 15' + b"0" * 5000
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_manifest_is_called_damaged_and_is_made_from_the_parts(
    damage: str, whole: Path, folder: Path
) -> None:
    content = DAMAGED[damage]((folder / MANIFEST).read_bytes())
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(
        StrategyError, match=f"{MANIFEST} is damaged .*: run the same sweep again"
    ) as refused:
        Sweep.open(folder)
    assert "\n" not in str(refused.value)
    with pytest.raises(StrategyError, match="another sweep: seed is 4 there, 5 here"):
        swept(folder, seed=5)
    assert (folder / MANIFEST).read_bytes() == content
    found = swept(folder)
    assert (
        f"{MANIFEST} was damaged, and was rebuilt from the parts that are whole."
        in found.sentences
    )
    assert found.data()["repaired"] == [MANIFEST]
    assert found.kept == 150
    assert contents(folder) == contents(whole)


FORGED: dict[str, Callable[[Any], Any]] = {
    "counts that do not add up": lambda data: data["parts"]["1"]["counts"][0].__setitem__(
        0, 999
    ),
    "counts exchanged": lambda data: data["parts"]["1"].update(
        counts=[[0, 0, 0, 0, 30], [0, 0, 0, 0, 30]]
    ),
    "counts of one outcome": lambda data: data["parts"]["1"]["counts"].pop(),
    "no rows a part": lambda data: data.update(part_rows=0),
    "rows a part below nothing": lambda data: data.update(part_rows=-30),
    "all rows a part": lambda data: data.update(part_rows=10**30),
    "other rows a part": lambda data: data.update(part_rows=15),
    "other rows a part and none done": lambda data: data.update(part_rows=15, parts={}),
    "rows a part as text": lambda data: data.update(part_rows="30"),
    "rows a part true": lambda data: data.update(part_rows=True),
    "more samples": lambda data: data.update(samples=10**9),
    "a part too many": lambda data: data["parts"].update({"5": data["parts"]["1"]}),
    "a part without a size": lambda data: data["parts"]["1"].pop("size"),
    "no outcomes": lambda data: data["sweep"].pop("outcomes"),
    "no words": lambda data: data.update(words={}),
    "brackets": lambda data: data.update(words=[[[[]]]]),
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_manifest_with_a_right_checksum_is_held_against_the_parts(
    forgery: str, whole: Path, folder: Path
) -> None:
    rewritten(folder, FORGED[forgery])
    found = swept(folder)
    assert (found.kept, found.repaired, found.manifest_repaired) == (150, (), True)
    assert found.counts() == Sweep.open(whole).counts()
    assert contents(folder) == contents(whole)


def test_a_part_whose_checksum_the_manifest_denies_is_made_again(
    whole: Path, folder: Path
) -> None:
    """Even one that is sealed: here rows of other values, of the same sweep by its own
    word."""
    path = folder / PART
    content = path.read_bytes()
    from strategy.sensitivity.sweeping.parts import _footer, sealed

    footer = _footer(content)
    inner = bytearray(content[: -footer - 32] + content[-footer:])
    inner[40] ^= 1
    path.write_bytes(sealed(memoryview(inner)))
    found = swept(folder)
    assert found.repaired == (PART,)
    assert contents(folder) == contents(whole)


def test_nothing_is_overwritten_where_nothing_tells_of_this_sweep(tmp_path: Path) -> None:
    """Files of someone else that are called as parts and manifests are."""
    for name, content in (("part-000000.parquet", b"mine"), (MANIFEST, b'{"mine": 1}')):
        folder = tmp_path / hashlib.sha256(content).hexdigest()[:8]
        folder.mkdir()
        (folder / name).write_bytes(content)
        with pytest.raises(
            StrategyError,
            match="no part that is whole: remove them, or give another folder",
        ):
            swept(folder)
        assert (folder / name).read_bytes() == content


def test_a_newer_format_is_said(folder: Path) -> None:
    rewritten(folder, lambda data: data.update(format=3))
    with pytest.raises(StrategyError, match="newer version of the toolkit"):
        swept(folder)
