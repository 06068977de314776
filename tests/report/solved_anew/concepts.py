"""The verdict under other solution concepts: profiles by ``solve``, sets by linear
programmes of another library."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from scipy.optimize import linprog

from strategy import Status
from strategy.concepts import LogitQuantalResponse, PureNash
from strategy.concepts.choices import choices
from strategy.sensitivity.samples.intervals import share
from strategy.sensitivity.samples.shares import draw
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
    """The probabilities of the outcome. Pure Nash equilibria are Nash equilibria: those of a
    tree that let it come about and those that do not are enough for "in some"."""
    if told.model.form.is_tree and str(concept) in ("pure Nash", "Nash"):
        found = sorted(
            {Fraction(told.outcome.holds(one)) for one in _threatened(told.game())}
        )
        return found, str(concept) == "pure Nash" or len(found) == 2
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


def over_ranges(told: Told, match: re.Match[str]) -> None:
    """At the very samples that the sentence names, each solved by itself."""
    assert match["o"] == told.outcome.name
    by_name = {str(one): one for one in (*choices().values(), told.concept)}
    parts = re.findall(UNDER, match["parts"])
    assert re.sub(UNDER, "", match["parts"]).replace(" and ", "").replace(", ", "") == ""
    for shown, concept, settled, samples in parts:
        rows = draw(told.model, int(samples), int(match["seed"]), told.question.at)
        seen = [_can(told, by_name[concept], row) for row in rows.tolist()]
        count, left = sum(seen), len(seen) - int(settled)
        assert left >= 0
        # those that were not settled in time may be of either kind, which the interval covers
        assert shown in [
            attrs.evolve(
                share(one, len(seen)), high=share(one + left, len(seen)).high
            ).percent()
            for one in range(max(0, count - left), min(count, int(settled)) + 1)
        ]


def _can(told: Told, concept: Any, row: list[float]) -> bool:
    """Whether some equilibrium at these values lets the outcome come about."""
    at = {
        name: Fraction(str(value))
        for name, value in zip(told.model.parameters, row, strict=True)
        if name not in told.model.held and name not in told.question.at
    }
    if told.model.form.is_tree and isinstance(concept, PureNash):
        return any(map(told.outcome.holds, _threatened(told.game(at))))
    return any(told.chances(told.solution(at, concept)))


def _threatened(game: Any) -> list[Any]:
    """The plays of pure Nash equilibria of a tree: whoever leaves one anywhere is held by all
    others to as little as they can from there on."""
    plays = [(tuple(one.steps), one) for one in game.form.plays()]

    def below(begin: tuple[Any, ...]) -> dict[Any, list[Any]]:
        """By the next step, the plays that begin so."""
        found: dict[Any, list[Any]] = {}
        for steps, one in plays:
            if steps[: len(begin)] == begin and len(steps) > len(begin):
                found.setdefault(steps[len(begin)], []).append(one)
        return found

    def held(who: str, begin: tuple[Any, ...]) -> Any:
        further = below(begin)
        if not further:
            (one,) = [one for steps, one in plays if steps == begin]
            return game.payoff(who, one)
        worth = [held(who, (*begin, step)) for step in further]
        mover = next(iter(further))[0]
        return max(worth) if mover == who else min(worth)

    return [
        one
        for steps, one in plays
        if all(
            game.payoff(step[0], one) >= held(step[0], (*steps[:place], other))
            for place, step in enumerate(steps)
            for other in below(steps[:place])
            if other != step
        )
    ]


C = r"[\w ,()-]+?"
UNDER = rf"([\d.]+% \([\d.]+% to [\d.]+%\)) under ({C}) \(([\d,]+) of ([\d,]+) settled\)"
OVER = (
    r"Over the ranges some equilibrium lets '(?P<o>.+)' come about at (?P<parts>.+): uniform "
    r"samples, seed (?P<seed>\d+), exact 95 % intervals\."
)
KINDS = [
    (("robustness",), rf"Under (?P<c>{C}),? the outcome (?:comes about|is) (?P<v>{BARE}|{V})\.", under),
    (("robustness",), rf"Under (?P<c>{C}) the same\.", under),
    (("robustness",), rf"Under (?P<c>{C}),? (?P<v>there is no {C})\.", under),
    (("robustness",), (r"In logit quantal response, at lambda = (?P<l>\d+) its probability is about "
        r"(?P<q>[\d.e-]+)\."), quantal),
    (("robustness", "answer"), OVER, over_ranges),
]  # fmt: skip
