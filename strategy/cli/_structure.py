"""What is known of the set of all Nash equilibria: its connected components, and where others may still lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from strategy.cli._equilibria import Shown, mix_words
from strategy.cli._output import print_table, say
from strategy.display import Lines, Table, joined
from strategy.errors import GameError
from strategy.results import Component, Solution

__all__ = ["components_of", "headline", "print_components", "print_unresolved"]

_MOST = 12
_MOST_BOXES = 3
_MOST_EQUILIBRIA = 2_000
_SHAPES = {1: "a segment", 2: "an area"}


def components_of(solution: Solution) -> tuple[Component, ...] | None:
    """The components; None where they are not known, or were not worked out because there is too much of them."""
    if not len(solution) or len(solution) > _MOST_EQUILIBRIA:
        return None
    try:
        return solution.components
    except GameError:
        return None


def headline(solution: Solution, said: str) -> str:
    """How many there are, where there are infinitely many: ``said`` counts those that are listed."""
    if all(one.dimension == 0 for one in components_of(solution) or ()):
        return said
    return (
        f"infinitely many {solution.concept} equilibria: the {len(solution)} extreme ones, listed here, and the mixes of them "
        "described below, proved to be all"
    )


def print_components(shown: Shown) -> None:
    """The isolated equilibria in a line, and what each larger component consists of."""
    found = components_of(shown.solution)
    if found is None:
        return
    say()
    points, larger = [one for one in found if one.dimension == 0], [one for one in found if one.dimension]
    if len(found) == 1 and points:
        say(f"It is the only one, and isolated; its index is {_index(points[0].index)}.")
        return
    if larger:
        parts = "one connected part (component)" if len(found) == 1 else f"{len(found)} connected parts (components)"
        say(f"All equilibria together form {parts}.")
    if points:
        by_index: dict[str, list[int]] = {}
        for one in points:
            by_index.setdefault(_index(one.index), []).extend(one.equilibria)
        indices = joined([f"{index} for {_numbers(shown, numbers)}" for index, numbers in by_index.items()])
        say(f"{'Isolated' if larger else 'Each equilibrium is isolated (a component of its own)'}: index {indices}.")
    for one in larger[:_MOST]:
        _print_component(shown, one)
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
    parts = [f"#{run[0]}" if len(run) == 1 else f"#{run[0]}{',' if len(run) == 2 else ' to'} #{run[-1]}" for run in runs]
    return ", ".join(parts)


def _print_component(shown: Shown, component: Component) -> None:
    """Each subset is every combination of what its players may do in it."""
    many, game = len(component.subsets), shown.solution.game
    shape = _SHAPES.get(component.dimension) if many == 1 else None
    size = f"dimension {component.dimension}" + (f", {shape}" if shape else "")
    kinds = f"one of these {many} kinds (maximal Nash subsets)" if many > 1 else "these"
    say()
    what = f"The part with {_numbers(shown, component.equilibria)} ({size}; index {_index(component.index)})"
    say(f"{what} is every combination of {kinds}:")
    rows = []
    for number, subset in enumerate(component.subsets[:_MOST], 1):
        for place, (player, vertices) in enumerate(zip(game.players, subset, strict=True)):
            first = [str(number) if place == 0 else ""] if many > 1 else []
            ways = [mix_words(dict(zip(game.actions[player], vector, strict=True))) for vector in vertices]
            rows.append([*first, player, "" if len(ways) == 1 else "any mix of", Lines(tuple(ways))])
    more = f"... and {many - _MOST:,} more kinds (--json prints all)" if many > _MOST else ""
    print_table(Table([*(["kind"] if many > 1 else []), "player", "", "does"], rows, more=more), indent=2)


def print_unresolved(solution: Solution) -> None:
    """Where equilibria that are not listed may lie."""
    boxes = solution.unresolved
    if not boxes:
        return
    one = len(boxes) == 1
    say()
    say(
        f"{len(boxes):,} part{'' if one else 's'} of the space of mixed profiles {'is' if one else 'are'} not settled: every "
        f"equilibrium is listed{', lies in a component listed' if components_of(solution) else ''} or lies "
        f"{'there' if one else 'in one of them'}."
    )
    for box in boxes[:_MOST_BOXES]:
        print_table(Table(["player", "action", "probability"], [*_box_rows(solution.game, box)]), indent=2)
    if len(boxes) > _MOST_BOXES:
        say(f"... and {len(boxes) - _MOST_BOXES:,} more (--json prints all)")


def _box_rows(game: Any, box: Any) -> Iterator[list[str]]:
    for player, bounds in zip(game.players, box.bounds, strict=True):
        first = player
        for action, (low, high) in zip(game.actions[player], bounds, strict=True):
            if high > 0:
                yield [first, action, f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"]
                first = ""
