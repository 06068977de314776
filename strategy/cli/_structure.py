"""What is known of the set of all Nash equilibria.

Its connected components, and where others may still lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from strategy.cli._equilibria import Shown, mix_words
from strategy.cli._output import print_table, say
from strategy.completeness import UNFINISHED, components_words, is_isolated
from strategy.display import Lines, Table, joined
from strategy.protocols import Game
from strategy.results import Component, Solution, Status

__all__ = ["components_of", "known_so_far", "print_components", "print_unresolved"]

_MOST = 12
_MOST_BOXES = 3
_MOST_EQUILIBRIA = 2_000
_SHAPES = {1: "a segment", 2: "an area"}


def components_of(solution: Solution) -> tuple[Component, ...] | None:
    """The components, or None.

    It is None where they are not known, or were not worked out because there are too many
    equilibria. ``solution``: whose.
    """
    if (
        solution.status is not Status.COMPLETE
        or solution.structure is None
        or len(solution) > _MOST_EQUILIBRIA
    ):
        return None
    return solution.components


def known_so_far(solution: Solution) -> tuple[Component, ...]:
    """Connected sets that a search knows that has not finished.

    Whether each is a component is not known. ``solution``: of the search.
    """
    unfinished = (
        solution.status is not Status.COMPLETE and len(solution) <= _MOST_EQUILIBRIA
    )
    return solution.known_components if unfinished else ()


def print_components(shown: Shown) -> None:
    """The isolated equilibria in a line, and what each larger component consists of.

    For an unfinished search, it prints what is known. ``shown``: the solution as it is
    printed.
    """
    components = components_of(shown.solution)
    found = known_so_far(shown.solution) if components is None else components
    points = [one for one in found if is_isolated(one, components is not None)]
    larger = [one for one in found if one.dimension]
    if not points and not larger:
        return
    say()
    if components is None:
        say(UNFINISHED)
    if components is not None and (larger or len(found) == 1):
        say(components_words(len(found), index=None if larger else _index(points[0].index)))
    if points and not (components is not None and len(found) == 1):
        by_index: dict[str, list[int]] = {}
        for one in points:
            by_index.setdefault(_index(one.index), []).extend(one.equilibria)
        indices = joined(
            [
                f"{index} for {_numbers(shown, numbers)}"
                for index, numbers in by_index.items()
            ]
        )
        each = components is not None and not larger and len(found) > 1
        say(
            f"{'Each equilibrium is isolated (a component of its own)' if each else 'Isolated'}: "
            f"index {indices}."
        )
    for one in larger[:_MOST]:
        _print_component(shown, one, components is not None)
    if len(larger) > _MOST:
        say(f"... and {len(larger) - _MOST:,} larger ones more (--json prints all)")


def _index(index: int | None) -> str:
    return "unknown" if index is None else f"{index:+d}" if index else "0"


def _numbers(shown: Shown, equilibria: Sequence[int]) -> str:
    """The groups that these equilibria are in: "#1, #3 to #5"."""
    places = sorted({shown.group_of[number] + 1 for number in equilibria})
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    parts = [
        f"#{run[0]}"
        if len(run) == 1
        else f"#{run[0]}{',' if len(run) == 2 else ' to'} #{run[-1]}"
        for run in runs
    ]
    return ", ".join(parts)


def _print_component(shown: Shown, component: Component, finished: bool) -> None:
    """Each subset is every combination of what its players may do in it."""
    many, game = len(component.subsets), shown.solution.game
    shape = _SHAPES.get(component.dimension) if many == 1 else None
    least = "" if finished else "at least "
    size = f"dimension {least}{component.dimension}" + (
        f", {shape}" if shape and finished else ""
    )
    kinds = (
        f"one of these {many} kinds{' (maximal Nash subsets)' if finished else ''}"
        if many > 1
        else "these"
    )
    say()
    part = (
        f"{'The part' if finished else 'A set'} with "
        f"{_numbers(shown, component.equilibria)}"
    )
    say(
        f"{part} ({size}; index {_index(component.index)}) is every combination of {kinds}:"
    )
    rows = []
    for number, subset in enumerate(component.subsets[:_MOST], 1):
        for place, (player, vertices) in enumerate(zip(game.players, subset, strict=True)):
            first = [str(number) if place == 0 else ""] if many > 1 else []
            ways = [
                mix_words(dict(zip(game.actions[player], vector, strict=True)))
                for vector in vertices
            ]
            rows.append(
                [*first, player, "" if len(ways) == 1 else "any mix of", Lines(tuple(ways))]
            )
    more = (
        f"... and {many - _MOST:,} more kinds (--json prints all)" if many > _MOST else ""
    )
    print_table(
        Table([*(["kind"] if many > 1 else []), "player", "", "does"], rows, more=more),
        indent=2,
    )


def print_unresolved(solution: Solution) -> None:
    """Where equilibria that are not listed may lie.

    ``solution``: of the search.
    """
    boxes = solution.unresolved
    if not boxes:
        return
    one = len(boxes) == 1
    say()
    say(
        f"{len(boxes):,} part{'' if one else 's'} of the space of mixed profiles "
        f"{'is' if one else 'are'} not settled: every equilibrium is "
        f"listed{', lies in a set described above' if solution.headline.infinitely_many else ''} "
        f"or lies {'there' if one else 'in one of them'}."
    )
    for box in boxes[:_MOST_BOXES]:
        print_table(
            Table(["player", "action", "probability"], [*_box_rows(solution.game, box)]),
            indent=2,
        )
    if len(boxes) > _MOST_BOXES:
        say(f"... and {len(boxes) - _MOST_BOXES:,} more (--json prints all)")


def _box_rows(game: Game, box: Any) -> Iterator[list[str]]:
    for player, bounds in zip(game.players, box.bounds, strict=True):
        first = player
        for action, (low, high) in zip(game.actions[player], bounds, strict=True):
            if high > 0:
                yield [
                    first,
                    action,
                    f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}",
                ]
                first = ""
