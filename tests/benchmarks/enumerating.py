"""All Nash equilibria of two-player games: random ones, degenerate ones; beside lrsnash and
three libraries."""

from __future__ import annotations

import itertools
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import NormalFormGame, solve
from strategy.concepts import Nash
from tests import _gambit
from tests.benchmarks.children import TooSlow, in_child
from tests.benchmarks.measuring import Effort, Row, Target, ready, side_by_side, timed

__all__ = ["missing", "quantecon_of", "random_games", "rows"]

Games = list[tuple[NDArray[Any], NDArray[Any]]]
LRSNASH = shutil.which("lrsnash")

Library = tuple[Callable[[Any, Any], Any], Callable[[Any], int]]
PATIENCE = 5.0  # seconds after which a peer is not timed again

# Libraries that list equilibria, how, and up to which size they are waited for.
PEERS = (
    ("QuantEcon", "vertex_enumeration", 10),
    ("QuantEcon", "support_enumeration", 10),
    ("Gambit", "enummixed in floats", 10),
    ("Gambit", "enummixed in rationals", 8),
    ("Nashpy", "vertex_enumeration", 6),
    ("Nashpy", "support_enumeration", 6),
)

# Random games: size, how many of them, whether lrsnash takes part, targets.
RANDOM: dict[int, tuple[int, bool, tuple[Target, ...]]] = {
    6: (10, True, ()),
    8: (10, True, ()),
    10: (10, True, ()),
    12: (10, True, (Target("ratio", least=80),)),
    14: (6, True, (Target("ratio", least=100),)),
    16: (1, True, (Target("ratio", least=250),)),
    18: (3, False, (Target("seconds", most=0.1),)),
    20: (3, False, (Target("seconds", most=0.3),)),
}


def random_games(n: int, count: int) -> Games:
    """Games with whole payoffs from -50 to 50."""
    games = (
        np.random.default_rng(seed).integers(-50, 51, (2, n, n)) for seed in range(count)
    )
    return [(one[0], one[1]) for one in games]


def families() -> dict[str, Games]:
    """Games with ties."""
    eye, zero = np.eye(12, dtype=np.int64), np.zeros((16, 16), dtype=np.int64)
    result: dict[str, Games] = {
        "identity 12 (4095 equilibria)": [(eye, eye)],
        "all zero 16": [(zero, zero)],
    }
    result["6 x 6 with 75 equilibria"] = [_seventy_five()]
    for n, top in itertools.product((10, 12, 14), (1, 3)):
        rngs = [np.random.default_rng(seed) for seed in range(3)]
        draws = [rng.integers(0, top + 1, (2, n, n)) for rng in rngs]
        result[f"integers 0 to {top}, n = {n}"] = [(one[0], one[1]) for one in draws]
    copies = np.repeat(np.arange(6), 2)
    result["rows and columns twice, 12 x 12"] = [
        (A[copies][:, copies], B[copies][:, copies]) for A, B in random_games(6, 3)
    ]
    for n in (9, 12, 13):
        signs = [
            np.triu(np.random.default_rng(seed).choice([-1, 1], (n, n)), 1)
            for seed in range(3)
        ]
        result[f"tournament {n}"] = [(one - one.T, one.T - one) for one in signs]
    for soldiers, fields in ((3, 3), (4, 3), (8, 2)):
        A = _blotto(soldiers, fields)
        result[f"Blotto, {soldiers} soldiers on {fields} fields"] = [(A, -A)]
    return result


def _seventy_five() -> tuple[NDArray[Any], NDArray[Any]]:
    """von Stengel (1999), with the payoffs of Savani and von Stengel (2006): player 2's are
    player 1's by another order."""
    A = np.array([
        [-81, 36, -126, 126, -36, 90], [-180, 72, -333, 297, -153, 270], [20, -3, 42, -33, 17, -30],
        [-30, 17, -33, 42, -3, 20], [270, -153, 297, -333, 72, -180], [90, -36, 126, -126, 36, -81],
    ])  # fmt: skip
    B = np.array([
        [72, 36, 17, -3, -36, -153], [-180, -81, -30, 20, 90, 270], [297, 126, 42, -33, -126, -333],
        [-333, -126, -33, 42, 126, 297], [270, 90, 20, -30, -81, -180], [-153, -36, -3, 17, 36, 72],
    ])  # fmt: skip
    return A, B


def _blotto(soldiers: int, fields: int) -> NDArray[Any]:
    """On how many fields more player 1 has the majority, for each way to place soldiers."""
    ways = [
        one
        for one in itertools.product(range(soldiers + 1), repeat=fields)
        if sum(one) == soldiers
    ]
    places = np.array(ways)
    result: NDArray[Any] = np.sign(places[:, None, :] - places[None, :, :]).sum(axis=2)
    return result


def ours(games: Games) -> int:
    """How many equilibria the games have, by the toolkit, from arrays: read, solved, each
    certified."""
    return sum(len(solve(NormalFormGame.from_arrays(A, B), Nash())) for A, B in games)


def lrsnash(files: list[Path]) -> int:
    """The same by lrsnash, a process a game."""
    count = 0
    for file in files:
        assert LRSNASH is not None
        output = subprocess.run(
            [LRSNASH, str(file)], capture_output=True, text=True, check=True
        ).stdout
        count += int(output.partition("Number of equilibria found:")[2].split()[0])
    return count


def _written(games: Games, folder: Path) -> list[Path]:
    files = []
    for number, (A, B) in enumerate(games):
        file = folder / f"{number}"
        lines = [
            " ".join(map(str, A.shape)),
            *[" ".join(map(str, row)) for one in (A, B) for row in (*one.tolist(), [])],
        ]
        file.write_text("\n".join(lines) + "\n", encoding="ascii")
        files.append(file)
    return files


def peer(library: str, name: str, n: int, count: int) -> dict[str, Any]:
    """In a child: seconds that one of a library's enumerations takes on the random games,
    built already, and how many equilibria it finds."""
    build, work = {"QuantEcon": quantecon_of, "Nashpy": _nashpy}[library](name)
    games = [build(A, B) for A, B in random_games(n, count)]
    work(games[0])
    seconds, found = [], 0
    for _ in range(3):
        start = time.perf_counter()
        found = sum(work(game) for game in games)
        seconds.append(time.perf_counter() - start)
        if seconds[0] > PATIENCE:
            break
    return {
        "seconds": statistics.median(seconds) / count,
        "fastest": min(seconds) / count,
        "found": found,
    }


def quantecon_of(name: str) -> Library:
    from quantecon import game_theory

    def build(A: NDArray[Any], B: NDArray[Any]) -> Any:
        return game_theory.NormalFormGame(
            (
                game_theory.Player(A.astype(float)),
                game_theory.Player(B.T.astype(float).copy()),
            )
        )

    return build, lambda game: len(getattr(game_theory, name)(game))


def _nashpy(name: str) -> Library:
    import warnings

    import nashpy

    warnings.simplefilter("ignore")  # it warns of games with an even number of equilibria
    return nashpy.Game, lambda game: len(list(getattr(game, name)()))


def rows(effort: Effort) -> Iterator[Row]:
    """Random games with peers, degenerate games with lrsnash."""
    ours(random_games(10, 1))  # loads what is compiled
    group = "All Nash equilibria of one random n x n game, whole payoffs from -50 to 50"
    for n, (count, peer, targets) in RANDOM.items():
        if effort.smoke and n > 8:
            break
        games = random_games(n, count)
        yield from _beside_lrsnash(group, f"n = {n}", games, effort, targets, peer=peer)
        if n <= 10:
            yield from _beside_peers(group, n, games, effort)
    group = "All extreme Nash equilibria of games with ties"
    for name, games in families().items():
        if not effort.smoke or len(games[0][0]) < 10:
            yield from _beside_lrsnash(group, name, games, effort, (), peer=True)


def _beside_lrsnash(
    group: str,
    name: str,
    games: Games,
    effort: Effort,
    targets: tuple[Target, ...],
    *,
    peer: bool,
) -> Iterator[Row]:
    count = len(games)
    if LRSNASH is None or not peer or effort.smoke:
        times = {"ours": timed(partial(ours, games), effort)}
    else:
        with tempfile.TemporaryDirectory() as folder:
            files = _written(games, Path(folder))
            times = side_by_side(
                {"ours": ready(ours, games), "lrsnash": ready(lrsnash, files)}, effort
            )
            if ours(games) != lrsnash(files):
                raise AssertionError(
                    f"{name}: lrsnash finds {lrsnash(files)} equilibria, solve() "
                    f"{ours(games)}"
                )
    mine = times["ours"]
    more: dict[str, Any] = (
        {"note": "lrsnash is not installed: apt install lrslib"}
        if peer and LRSNASH is None
        else {}
    )
    if "lrsnash" in times:
        more = {
            "ratio": times["lrsnash"].median / mine.median,
            "ratio_of": "times as fast as lrsnash",
        }
    yield Row(
        group=group,
        name=f"{name}: solve",
        seconds=mine.median / count,
        fastest=mine.fastest / count,
        targets=targets,
        **more,
    )
    if "lrsnash" in times:
        other = times["lrsnash"]
        yield Row(
            group=group,
            name="  lrsnash, a process",
            seconds=other.median / count,
            fastest=other.fastest / count,
        )


def _beside_peers(group: str, n: int, games: Games, effort: Effort) -> Iterator[Row]:
    seconds = timed(partial(ours, games), effort).median / len(games)
    for library, name, largest in PEERS:
        label = f"  {library} {name}"
        lacking = "no peers in a smoke run" if effort.smoke else missing(library)
        if n > largest or lacking:
            yield Row(
                group=group, name=label, note=lacking or f"not tried above n = {largest}"
            )
            continue
        try:
            if library == "Gambit":
                exact = name.endswith("rationals")
                found = in_child(
                    "tests._gambit:enummixed",
                    n,
                    len(games),
                    exact,
                    limit=240,
                    python=_gambit.PYTHON,
                )
            else:
                found = in_child(
                    f"{__name__}:peer", library, name, n, len(games), limit=240
                )
        except TooSlow as slow:
            yield Row(group=group, name=label, note=str(slow))
            continue
        missed = ours(games) - found["found"]
        yield Row(
            group=group,
            name=label,
            seconds=found["seconds"],
            fastest=found["fastest"],
            ratio=found["seconds"] / seconds,
            ratio_of="times solve",
            targets=(Target("ratio", least=1),),
            note=f"misses {missed} of {ours(games)} equilibria" if missed else "",
        )


def missing(library: str) -> str:
    """Why a library takes no part, or nothing."""
    if library == "Gambit":
        return _gambit.missing()
    package = library.lower()
    return (
        "" if find_spec(package) else f"{package} is not installed: pip install {package}"
    )
