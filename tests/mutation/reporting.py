"""What became of the mutants, module by module."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path

from tests.mutation.making import Mutant
from tests.mutation.running import Result

__all__ = ["table", "write_survivors"]

DEAD = ("killed", "timeout")
COLUMNS = ("mutants", "tried", "killed", "timeout", "stuck", "survived", "unreached")


def table(mutants: Sequence[Mutant], results: Mapping[str, Result]) -> str:
    """A Markdown table with a row a module, and the share killed of those tried."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant in mutants:
        for row in (mutant.file, "all"):
            counts[row]["mutants"] += 1
            if mutant.name in results:
                counts[row].update(("tried", results[mutant.name].status))
    lines = [
        f"| module | {' | '.join(COLUMNS)} | share killed |",
        f"|---|{'---:|' * (len(COLUMNS) + 1)}",
    ]
    for row in sorted(counts, key=lambda name: (name == "all", name)):
        count = counts[row]
        share = (
            f"{sum(count[one] for one in DEAD) / count['tried']:.1%}"
            if count["tried"]
            else "–"
        )
        lines.append(
            f"| {row.removeprefix('strategy/')} | "
            f"{' | '.join(str(count[one]) for one in COLUMNS)} | {share} |"
        )
    count = counts["all"]
    if 0 < count["tried"] < count["mutants"]:
        low, high = interval(
            sum(count[one] for one in DEAD), count["tried"], count["mutants"]
        )
        lines.append(f"\nOf all, with 95 % confidence: {low:.1%} to {high:.1%} killed.")
    return "\n".join(lines)


def interval(hits: int, tried: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval for the share of hits, for a sample drawn from finitely many
    without putting back."""
    z = 1.96 * sqrt((of - tried) / (of - 1))
    share, square = hits / tried, z * z / tried
    middle, half = (
        share + square / 2,
        z * sqrt(share * (1 - share) / tried + square / tried / 4),
    )
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def write_survivors(
    mutants: Sequence[Mutant], results: Mapping[str, Result], file: Path
) -> None:
    """The diffs of those that were not killed, by place."""
    with file.open("w", encoding="utf-8") as out:
        for mutant in sorted(mutants, key=lambda one: (one.file, one.line)):
            if mutant.name in results and results[mutant.name].status not in DEAD:
                print(
                    (
                        f"{mutant.file}:{mutant.line} {results[mutant.name].status} "
                        f"{mutant.name}\n{mutant.change}\n"
                    ),
                    file=out,
                )
