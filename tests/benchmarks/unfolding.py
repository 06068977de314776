"""A tree of a million nodes unfolded from rules: how long, and how much memory at the
most."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from strategy import Chance, Decision, End, ExtensiveFormGame
from tests.benchmarks.children import in_child, peak_memory
from tests.benchmarks.measuring import Effort, Row, Target

__all__ = ["rows"]

PLAYERS = ("A", "B", "C", "D", "E")
Node = Decision | Chance | End


def rules(levels: int, chance: bool) -> Callable[[tuple[str, ...]], Node]:
    """Two branches everywhere down to a level, the players in turn (every third level
    chance, if wanted); payoffs worked out."""

    def step(history: tuple[str, ...]) -> Node:
        depth = len(history)
        if depth == levels:
            key = int("".join(history), 2)
            return End({player: key * (7919 + i) % 101 for i, player in enumerate(PLAYERS)})
        if chance and depth % 3 == 2:
            return Chance("luck", {"0": "1/3", "1": "2/3"})
        return Decision(PLAYERS[depth % 5], ("0", "1"))

    return step


def unfold(levels: int, chance: bool) -> dict[str, float]:
    """In a process of its own: seconds for the tree, seconds for calling the rules alone,
    nodes, peak memory."""
    step = rules(levels, chance)
    # imports are not what is measured
    ExtensiveFormGame.from_rules(rules(3, chance), players=PLAYERS)
    start = time.perf_counter()
    game = ExtensiveFormGame.from_rules(step, players=PLAYERS)
    seconds = time.perf_counter() - start
    peak = peak_memory()
    start = time.perf_counter()
    stack: list[tuple[str, ...]] = [()]
    while stack:
        history = stack.pop()
        node = step(history)
        if not isinstance(node, End):
            stack += [(*history, action) for action in node.actions]
    return {
        "seconds": seconds,
        "peak": peak,
        "nodes": game.form.node_count,
        "rules": time.perf_counter() - start,
    }


def rows(effort: Effort) -> Iterator[Row]:
    """Without chance, with it, each beside what calling the rules takes by itself. Each run
    is a process of its own."""
    levels = 10 if effort.smoke else 19
    group = "A tree unfolded from rules, payoffs of 5 players worked out at each end"
    for chance in (False, True):
        runs = [
            in_child(f"{__name__}:unfold", levels, chance)
            for _ in range(1 if effort.smoke else 3)
        ]
        runs.sort(key=lambda run: float(run["seconds"]))
        median = runs[len(runs) // 2]
        name = f"{median['nodes']:,} nodes" + (", a third of them chance" if chance else "")
        yield Row(
            group=group,
            name=name,
            seconds=median["seconds"],
            fastest=runs[0]["seconds"],
            peak=max(run["peak"] for run in runs),
            ratio=median["seconds"] / median["rules"],
            ratio_of="times the rules alone",
            targets=()
            if chance
            else (Target("seconds", most=10), Target("peak", most=2**30)),
        )
        yield Row(group=group, name="  calling the rules alone", seconds=median["rules"])
