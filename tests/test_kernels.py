"""Kernels: their Python source and what is compiled from it find the same, and small games
load no compiler."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from strategy import NormalFormGame, kernels, solve
from strategy.concepts import Nash, _boxes_kernel
from strategy.concepts._boxes import Boxes
from strategy.concepts._gains import MixedGains
from strategy.kernels import SMALL, kernel, part
from strategy.kernels.plain_time import COMPILING, IMPORTING, LOADING, PlainTime
from strategy.solvers import BimatrixEnumeration
from strategy.solvers.bimatrix import extreme, games_kernel
from strategy.solvers.cells import branching
from strategy.solvers.cells.search import CellSearch

SHAPES = ((2, 2, 2), (2, 2, 3), (1, 3, 2), (2, 2, 2, 2), (3, 2, 3))


@part()
def _squared(x):  # type: ignore[no-untyped-def]
    return x * x


@kernel("sums, in a test", _nrt=False)
def _sums(values, result):  # type: ignore[no-untyped-def]
    for k in range(values.size):
        result[k] = _squared(values[k]) / (values[k] - values[0]) if k < 3 else 0.0


def test_plain_and_compiled_agree_and_divide_by_zero_in_silence() -> None:
    values = np.array([1.5, 2.5, 4.0, 7.0])
    results = np.empty((2, 4))
    _sums.plain(values, results[0])
    assert not _sums.loaded
    _sums(values, results[1])
    assert _sums.loaded
    assert results[0].tolist() == results[1].tolist() == [np.inf, 6.25, 6.4, 0.0]
    assert _squared(3) == 9


@pytest.mark.parametrize(
    ("newest", "module"),
    [("0.68.1", "_compiling"), ("0.61.2", "_njit"), ("1.0.0rc1", "_njit")],
)
def test_a_numba_that_is_not_known_is_used_as_documented(
    newest: str, module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # not what another way of compiling has left
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path))
    monkeypatch.setattr("strategy.kernels.version", lambda name: newest)
    found = kernels._compiler.__wrapped__()
    assert found.__name__ == f"strategy.kernels.{module}"
    values, results = np.array([1.5, 2.5, 4.0, 7.0]), np.empty((2, 4))
    other = kernel("sums, in a test", _nrt=False)(_sums.py_func)
    monkeypatch.setattr("strategy.kernels._compiler", lambda: found)
    monkeypatch.setitem(
        _squared.__dict__, "dispatcher", found.part_dispatcher(_squared.py_func, None, {})
    )
    other(values, results[0])
    _sums.plain(values, results[1])
    assert results[0].tolist() == results[1].tolist()


@pytest.mark.parametrize(
    ("loaded", "size", "spent", "small"),
    [
        (False, SMALL, 0.0, True),
        (True, 1, 0.0, False),
        (False, SMALL + 1, 0.0, False),
        (False, 1, COMPILING, False),
    ],
)
def test_what_is_small(
    loaded: bool, size: int, spent: float, small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_sums, "loaded", loaded)
    monkeypatch.setattr(_sums, "spent", spent)
    assert _sums.small(size) is small


def _searched(
    tables: list[Any], loaded: bool, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    for one in (branching.search, _boxes_kernel.examine):
        monkeypatch.setattr(one, "loaded", loaded)
        monkeypatch.setattr(one, "spent", -np.inf)
    search = CellSearch(tables, budget=60, most_left=64)
    for _ in range(4):
        search._slice(16)
    found = {name: np.array(getattr(search, name)) for name in ("counters", "found")}
    roots, pures = (
        int(search.counters[branching.ROOTS]),
        int(search.counters[branching.PURES]),
    )
    found |= {name: getattr(search, name)[:roots] for name in ("supports", "reaches")}
    found["points"] = np.where(found["supports"], search.points[:roots], 0.0)
    found["pures"] = search.pures[:pures]
    boxes = Boxes.around(
        MixedGains(tables),
        found["supports"],
        found["points"],
        np.maximum(1e-9, 4 * found["reaches"]),
        30,
    )
    return found | {
        "verdicts": boxes.examine(search.base, steps=4),
        "centres": boxes.centres,
        "within": boxes.within,
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("high", [2, 4, 101])
def test_a_search_in_python_finds_bit_by_bit_what_a_compiled_one_finds(
    shape: tuple[int, ...], high: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(3):
        rng = np.random.default_rng([high, seed, *shape])
        tables = [rng.integers(0, high, size=shape) for _ in shape]
        plain, compiled = (
            _searched(tables, loaded, monkeypatch) for loaded in (False, True)
        )
        for name, value in plain.items():
            assert np.array_equal(value, compiled[name]), name


def test_small_games_load_no_compiler() -> None:
    code = """
import sys
from strategy import NormalFormGame, solve
from strategy.concepts import Nash
solution = solve(NormalFormGame.from_arrays([[[3, 0], [1, 2]], [[0, 4], [2, 1]]], [[[1, 2], [0, 3]], [[4, 0], [1, 1]]],
                                            [[[0, 3], [2, 0]], [[1, 0], [0, 2]]]), Nash())
assert len(solution) and "numba" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "on_disk", "lines"), [(True, False, 1), (True, True, 0), (False, False, 0)]
)
def test_a_terminal_is_told_once_what_is_compiled(
    terminal: bool, on_disk: bool, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = _Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    one = kernel("sums, in a test", _nrt=False)(_sums.py_func)
    monkeypatch.setattr(one, "on_disk", on_disk)
    monkeypatch.setattr(one, "dispatcher", lambda *arguments: None)
    one(1)
    one(1)
    assert (
        stream.getvalue().count("sums, in a test") == lines == stream.getvalue().count("\n")
    )


def test_a_kernel_on_the_disk_is_known_by_what_its_source_says(tmp_path: Path) -> None:
    """Whatever the dates of files, which a new installation changes."""
    source, folder = tmp_path / "fast.py", tmp_path / "__pycache__"
    folder.mkdir()
    index = folder / f"fast.sums-1.py{sys.version_info[0]}{sys.version_info[1]}.nbi"
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.delenv("NUMBA_CACHE_DIR", raising=False)
        for content, known in ((b"the same", True), (b"another", False)):
            source.write_bytes(b"the same")
            index.write_bytes(b"before " + sha256(content).digest() + b" after")
            os.utime(index, (0, 0))
            assert PlainTime(source, "sums").on_disk is known


def test_plain_code_is_left_once_it_has_taken_as_long_as_loading_would(
    tmp_path: Path,
) -> None:
    source = tmp_path / "fast.py"
    source.write_text("")
    compiled, kept = PlainTime(source, "sums"), PlainTime(source, "sums")
    assert not compiled.on_disk
    compiled.spent = kept.spent = IMPORTING + LOADING
    (tmp_path / "__pycache__").mkdir()
    (
        tmp_path
        / "__pycache__"
        / f"fast.sums-1.py{sys.version_info[0]}{sys.version_info[1]}.nbi"
    ).touch()
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.delenv("NUMBA_CACHE_DIR", raising=False)
        assert kept.due()
    assert not compiled.due()
    compiled.loaded = True
    assert compiled.due()


def test_tables_are_solved_alike_on_either_road(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(6):
        table = NormalFormGame.from_arrays(
            *np.random.default_rng(seed).integers(0, 4, size=(2, 4, 4))
        )
        found = []
        for loaded in (False, True):
            monkeypatch.setattr(extreme._plainly, "loaded", loaded)
            monkeypatch.setattr(extreme._plainly, "spent", -np.inf)
            monkeypatch.setattr(games_kernel.solve_games, "loaded", loaded)
            solution = solve(table, Nash(), solver=BimatrixEnumeration())
            shapes = [(one.dimension, one.index) for one in solution.components]
            found.append(([(one.profile, one.payoffs) for one in solution], shapes))
        assert found[0] == found[1]
