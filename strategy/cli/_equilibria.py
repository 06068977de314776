"""Equilibria in text.

One row each where rows fit, else one under the other, mixed strategies with an action a
line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.cli._output import WIDEST, columns, print_table, say
from strategy.completeness import proved_within
from strategy.display import Lines, Table, count_text, number, plans_text
from strategy.exact import is_ball
from strategy.forms.mixed import MixedProfile
from strategy.report.sections.equilibria import Group, groups_of
from strategy.results import Solution

__all__ = ["Shown", "mix_words", "print_equilibria"]

_MOST_ROWS = 40


@attrs.frozen(eq=False)
class Shown:
    """A solution as it is printed: in groups, numbered from 1.

    ``outcomes`` are those of its model, ``weights`` those stated.
    """

    solution: Solution
    outcomes: Mapping[str, Any]
    weights: Mapping[str, str]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Equilibria that come to the same thing."""
        return groups_of(self.outcomes, self.solution)

    @cached_property
    def group_of(self) -> tuple[int, ...]:
        """For each equilibrium of the solution the place of its group."""
        places = {
            id(one): place
            for place, group in enumerate(self.groups)
            for one in group.members
        }
        return tuple([places[id(one)] for one in self.solution])

    @cached_property
    def representatives(self) -> Solution:
        """The solution with one equilibrium a group.

        Those of a group pay everyone the same.
        """
        return attrs.evolve(
            self.solution, equilibria=tuple([group.members[0] for group in self.groups])
        )


def print_equilibria(shown: Shown) -> None:
    """All groups, up to a number; then what their signs and numbers stand for.

    ``shown``: the solution as it is printed.
    """
    listed = shown.groups[:_MOST_ROWS]
    table = _as_table(listed, shown)
    if table.width <= (columns() or WIDEST):
        print_table(table)
    else:  # one under the other: a row that is broken into pieces cannot be read
        for i, group in enumerate(listed, 1):
            if i > 1:
                say()
            _print_group(i, group)
    if len(shown.groups) > _MOST_ROWS:
        say(
            f"... and {len(shown.groups) - _MOST_ROWS:,} more groups (--json prints all "
            "of them)"
        )
    _print_plans(shown)
    if any(not group.whole for group in listed):
        say("* not every combination of the choices shown is an equilibrium")
    widest = max(map(_radius, shown.solution), default=0.0)
    if widest:
        say()
        say(
            "Irrational numbers are shown rounded; every probability "
            f"{proved_within(widest)} (--json has the bounds)."
        )


def _print_plans(shown: Shown) -> None:
    """In a tree, what the equilibria say is done where their plays do not come."""
    if shown.solution.game.form.is_tree:
        for i, line in enumerate(
            plans_text(shown.representatives.equilibria, lambda number: "--json prints all")
        ):
            if i == 0:
                say()
            say(line)


def _as_table(groups: Sequence[Group], shown: Shown) -> Table:
    """One row a group."""
    counted = any(not group.choices or group.profiles != "1" for group in groups)
    last = ("equilibria" if groups[0].choices else "profiles",) if counted else ()
    header = [
        "#",
        "what is played",
        *shown.outcomes,
        *[f"to {player}" for player in shown.solution.game.players],
        *last,
    ]
    rows = []
    for i, group in enumerate(groups, 1):
        numbers = [
            *map(_happens, group.outcomes.values()),
            *map(number, group.payoffs.values()),
        ]
        rows.append(
            [str(i), _played(group), *numbers, *([_profiles(group)] if counted else [])]
        )
    return Table(header, rows, [0, *range(2 + len(shown.outcomes), len(header))])


def _print_group(i: int, group: Group) -> None:
    one, many = ("equilibrium", "equilibria") if group.choices else ("profile", "profiles")
    known = group.profiles != count_text(None)
    counted = (
        f"({_profiles(group)} {one if group.profiles == '1' else many})"
        if known
        else f"({many} not counted)"
    )
    happens = "; ".join(
        [f"{label}: {_happens(value)}" for label, value in group.outcomes.items()]
    )
    alone = group.choices and group.profiles == "1"
    say(f"{happens} {'' if alone else counted}".strip(), bullet=f"#{i}  ", emphasis=True)
    if group.choices:
        _print_choices(group)
        return
    for play, weight in group.plays.items():
        say(
            f"{play}" + (f" (probability {number(weight)})" if weight != 1 else ""),
            bullet="   ",
        )
    say(
        "gets: "
        + ", ".join(f"{player} {number(value)}" for player, value in group.payoffs.items()),
        bullet="   ",
    )


def _print_choices(group: Group) -> None:
    """What each player of a table does.

    One mixed equilibrium an action a line, several their choices a line each.
    """
    mixes = isinstance(group.members[0].profile, MixedProfile) and len(group.members) == 1
    rows = []
    for player, ways in _ways(group).items():
        used = _used(group.members[0].profile.strategies[player])
        does = (
            Lines(tuple(used))
            if mixes
            else Lines(tuple(ways[:1] + [f"or {way}" for way in ways[1:]]))
        )
        chances = (
            [Lines(tuple(map(number, used.values()))) if len(used) > 1 else ""]
            if mixes
            else []
        )
        rows.append([player, does, *chances, number(group.payoffs[player])])
    header = ["player", "does", *(["with probability"] if mixes else []), "gets"]
    print_table(Table(header, rows, range(2, len(header))), indent=3)


def _ways(group: Group) -> dict[str, list[str]]:
    """What each player does in some member, in words."""
    found: dict[str, dict[str, None]] = {player: {} for player in group.choices}
    for one in group.members:
        for player, words in found.items():
            words[mix_words(one.profile.strategies[player])] = None
    return {player: list(words) for player, words in found.items()}


def _played(group: Group) -> str:
    if group.choices:
        parts = [f"{player}: {' or '.join(ways)}" for player, ways in _ways(group).items()]
        return ("; " if any("(" in part for part in parts) else ", ").join(parts)
    plays = group.plays.items()
    return " | ".join(
        f"{play}" + (f" ({number(weight)})" if weight != 1 else "")
        for play, weight in plays
    )


def mix_words(weights: Mapping[str, Any]) -> str:
    """An action, or actions each with its probability after it: "up (1/3), down (2/3)".

    ``weights``: action -> probability.
    """
    used = _used(weights)
    return (
        next(iter(used))
        if len(used) == 1
        else ", ".join(f"{action} ({_short(weight)})" for action, weight in used.items())
    )


def _used(weights: Mapping[str, Any]) -> dict[str, Any]:
    return {action: weight for action, weight in weights.items() if not (weight == 0)}  # noqa: SIM201 - a ball may hold 0


def _short(value: Any) -> str:
    """A number without its rounded value beside it."""
    text = number(value)
    return (
        text
        if "(" not in text
        else str(value)
        if value.denominator < 1000
        else f"{float(value):.4g}"
    )


def _happens(probability: Any) -> str:
    return "yes" if probability == 1 else "no" if probability == 0 else number(probability)


def _profiles(group: Group) -> str:
    return group.profiles + ("" if group.whole else "*")


def _radius(equilibrium: Any) -> float:
    """The largest radius of the balls around an equilibrium's probabilities.

    0 if all are exact.
    """
    profile = equilibrium.profile
    if not isinstance(profile, MixedProfile) or profile.is_exact:
        return 0.0
    balls = [
        value
        for vector in profile.vectors
        for value in vector
        if is_ball(value) and not isinstance(value, Fraction)
    ]
    return max([float(value.rad()) for value in balls], default=0.0)
