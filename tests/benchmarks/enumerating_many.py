"""All Nash equilibria of three and more players, beside Gambit's ``enumpoly``; each in a
process of its own, for its memory."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np

from strategy import NormalFormGame, solve
from strategy.concepts import Nash
from tests import _gambit
from tests.benchmarks.children import TooSlow, call_to_call, in_child
from tests.benchmarks.measuring import Effort, Row, Target

__all__ = ["rows"]


@attrs.frozen
class Kind:
    """A shape, how many games of it, seconds given to Gambit for all of them, targets, and
    whether reading is timed as well."""

    shape: tuple[int, ...]
    games: int
    limit: float
    targets: tuple[Target, ...]
    read: bool = True

    @property
    def name(self) -> str:
        """The actions of each player."""
        return " x ".join(map(str, self.shape))


KINDS = (
    Kind((2,) * 3, 20, 60, (Target("ratio", least=1),)),
    Kind((3,) * 3, 20, 60, (Target("ratio", least=10),)),
    Kind((2,) * 4, 20, 60, ()),
    Kind((2,) * 5, 20, 60, (Target("ratio", least=10),)),
    Kind((4,) * 3, 5, 120, (Target("ratio", least=20),)),
    Kind((3,) * 4, 5, 120, (Target("ratio", least=20),)),
    Kind((2,) * 7, 5, 30, (Target("seconds", most=0.5),)),
    Kind((3,) * 5, 3, 30, (Target("seconds", most=60),), read=False),
)

SECONDS = 0.2
"""How long each game is solved again."""


def ours(shape: Sequence[int], count: int, seconds: float, read: bool) -> dict[str, Any]:
    """In a child: what ``solve`` takes. ``read``: until every weight is known, as a
    fraction or to 30 digits."""
    from strategy.concepts._boxes_kernel import examine
    from strategy.solvers.cells.branching import search

    def build(seed: int) -> NormalFormGame:
        rng = np.random.default_rng(seed)
        return NormalFormGame.from_arrays(
            *[rng.integers(0, 101, size=tuple(shape)) for _ in shape]
        )

    def work(game: NormalFormGame) -> int:
        found = solve(game, Nash())
        return sum(len(one.profile) > 0 for one in found) if read else len(found)

    # as after a while of solving, when small games too are left to compiled code
    search.spent = examine.spent = math.inf
    solve(build(0), Nash())
    return call_to_call(build, work, count, seconds)


def rows(effort: Effort) -> Iterator[Row]:
    """Each shape: solved, solved and read, and by Gambit."""
    group = (
        "All Nash equilibria of one random game, whole payoffs from 0 to 100: median game"
    )
    for kind in KINDS[:2] if effort.smoke else KINDS:
        count, seconds = (2, 0.0) if effort.smoke else (kind.games, SECONDS)
        peer, note = _peer(kind, effort)
        for read in (False, True)[: 1 + kind.read]:
            here = in_child(f"{__name__}:ours", kind.shape, count, seconds, read)
            name = "  and every weight read" if read else f"{kind.name}: solve"
            ratio = None if peer is None else peer["seconds"] / here["seconds"]
            yield _row(group, name, here, ratio=ratio, targets=() if read else kind.targets)
        if peer is None:
            yield Row(group=group, name=f"  {kind.name}: enumpoly", note=note)
        else:
            found = (
                f"enumpoly finds {peer['found']} equilibria, solve() {here['found']}, in "
                f"{count} games"
            )
            yield _row(group, f"  {kind.name}: enumpoly", peer, note=found)


def _row(group: str, name: str, seen: dict[str, Any], **more: Any) -> Row:
    if more.get("ratio") is not None:
        more["ratio_of"] = "times as fast as enumpoly"
    return Row(
        group=group,
        name=name,
        seconds=seen["seconds"],
        fastest=seen["fastest"],
        peak=seen["peak"],
        **more,
    )


def _peer(kind: Kind, effort: Effort) -> tuple[dict[str, Any] | None, str]:
    """What Gambit takes, or why that is not known."""
    if effort.smoke:
        return None, "no peers in a smoke run"
    if _gambit.missing():
        return None, _gambit.missing()
    try:
        return in_child(
            "tests._gambit:enumpoly",
            kind.shape,
            kind.games,
            SECONDS,
            limit=kind.limit,
            python=_gambit.PYTHON,
        ), ""
    except TooSlow as slow:
        return None, str(slow)
