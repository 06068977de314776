"""The verdict under other solution concepts: profiles by ``solve``, sets by linear
programmes of another library."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import linprog

from strategy import Status
from strategy.concepts import LogitQuantalResponse
from strategy.concepts.choices import choices
from tests.report.solved_anew._reading import BARE, V, fits, read
from tests.report.solved_anew._told import Told

__all__ = ["KINDS"]

SETS = ("coarse correlated", "correlated", "rationalizability")


def quantal(told: Told, match: re.Match[str]) -> None:
    found = told.solution({}, LogitQuantalResponse(Fraction(match["l"])))
    shown = [float(one) for one in told.chances(found)]
    value, _ = read("about " + match["q"])
    assert any(abs(one - float(value)) <= 0.006 * one for one in shown), shown


def under(told: Told, match: re.Match[str]) -> None:
    """The verdict under each concept named, the longest names first, as one may begin like
    another."""
    by_name = {
        **{str(one): one for one in (*choices().values(), told.concept)},
        **dict.fromkeys(SETS),
    }
    left, named = match["c"], []
    for label in sorted(by_name, key=len, reverse=True):
        if re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-])", left):
            left = left.replace(label, "", 1)
            named.append(label)
    assert named, "no concept was read"
    assert re.fullmatch(r"(?:,| |and)*", left), f"left over: {left}"
    for label in named:
        found, whole = (
            _sets(told, label) if label in SETS else _listed(told, by_name[label])
        )
        if match.groupdict().get("v"):
            assert whole or match["v"].startswith("poss"), (
                f"{label}: the set is not known to be whole"
            )
            fits(match["v"], found)
        else:
            assert whole
            assert _kind(found) == _kind(told.probabilities({})), f"{label}: {found}"


def _kind(found: list[Any]) -> Any:
    return (
        "none"
        if not found
        else "every"
        if min(found) == 1
        else "no"
        if max(found) == 0
        else "some"
    )


def _listed(told: Told, concept: Any) -> tuple[list[Any], bool]:
    solution = told.solution({}, concept)
    return told.chances(solution), solution.status in (Status.COMPLETE, Status.NONE_EXISTS)


def _sets(told: Told, label: str) -> tuple[list[Any], bool]:
    """The least and the greatest probability over a set of correlated equilibria, or over
    all that is rationalizable."""
    game = told.game()
    plays = [
        dict(zip(game.players, cell, strict=True))
        for cell in itertools.product(*(game.actions[who] for who in game.players))
    ]
    inside = np.array([float(told.outcome.holds(play)) for play in plays])
    if label == "rationalizability":
        kept = _undominated(game)
        left = [
            Fraction(int(x))
            for x, play in zip(inside, plays, strict=True)
            if all(play[who] in kept[who] for who in play)
        ]
        return sorted(set(left)), True
    rows = []
    for who in game.players:
        for own in [None] if label.startswith("coarse") else game.actions[who]:
            rows += [
                [
                    float(game.payoff(who, {**play, who: to}) - game.payoff(who, play))
                    if own in (None, play[who])
                    else 0.0
                    for play in plays
                ]
                for to in game.actions[who]
            ]
    ends = [
        linprog(
            sign * inside,
            A_ub=rows,
            b_ub=np.zeros(len(rows)),
            A_eq=[np.ones(len(plays))],
            b_eq=[1],
        ).fun
        * sign
        for sign in (1, -1)
    ]
    exact = [
        Fraction(round(one)) if abs(one - round(one)) < 1e-9 else float(one) for one in ends
    ]
    return exact if exact[0] != exact[1] else exact[:1], True


def _undominated(game: Any) -> dict[str, list[str]]:
    """What is left when actions that a mixture strictly dominates are removed until there
    is none."""
    kept = {who: list(game.actions[who]) for who in game.players}
    while True:
        gone = [
            (who, action)
            for who in game.players
            for action in kept[who]
            if _dominated(game, kept, who, action)
        ]
        if not gone:
            return kept
        kept = {
            who: [action for action in row if (who, action) not in gone]
            for who, row in kept.items()
        }


def _dominated(game: Any, kept: dict[str, list[str]], who: str, action: str) -> bool:
    others = [name for name in game.players if name != who]
    mixed = [one for one in kept[who] if one != action]
    if not mixed:
        return False
    rows = []
    for rest in itertools.product(*(kept[name] for name in others)):
        play = dict(zip(others, rest, strict=True))
        pays = {one: float(game.payoff(who, {**play, who: one})) for one in kept[who]}
        rows.append([pays[action] - pays[one] for one in mixed] + [1.0])
    costs = [0.0] * len(mixed) + [-1.0]
    bounds = [(0, None)] * len(mixed) + [(None, None)]
    found = linprog(
        costs,
        A_ub=rows,
        b_ub=np.zeros(len(rows)),
        A_eq=[[1.0] * len(mixed) + [0.0]],
        b_eq=[1],
        bounds=bounds,
    )
    return bool(-found.fun > 1e-9)


C = r"[\w ,()-]+?"
KINDS = [
    (("robustness",), rf"Under (?P<c>{C}),? the outcome (?:comes about|is) (?P<v>{BARE}|{V})\.", under),
    (("robustness",), rf"Under (?P<c>{C}) the same\.", under),
    (("robustness",), rf"Under (?P<c>{C}),? (?P<v>there is no {C})\.", under),
    (("robustness",), (r"In logit quantal response, at lambda = (?P<l>\d+) its probability is about "
        r"(?P<q>[\d.e-]+)\."), quantal),
]  # fmt: skip
