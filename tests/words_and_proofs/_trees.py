"""Small random trees, with and without chance, whose payoffs are affine in parameters and
tie often; and brute force on them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    Outcome,
    Parameter,
    Parameters,
    Term,
    solve,
    where,
)
from strategy.concepts import PureSubgamePerfect
from strategy.forms.plays import Play

SPE = PureSubgamePerfect()
PLAYERS = ("Ana", "Ben", "Cy")


def random_tree(rng: random.Random, chance: float, rounds: int = 3) -> Model:
    """Two to three actions a move, every action named once; events of chance have
    probability p or 1 - p, or 1/3 and 2/3."""
    p = Parameters(
        x=Parameter(1, low=-2, high=3),
        y=Parameter(0, low=-2, high=2),
        p=Parameter(Fraction(rng.choice([1, 2]), 4), low=0, high=1),
    )
    count, leaves = 0, []

    def grow(depth: int, path: tuple[Any, ...]) -> Any:
        nonlocal count
        if depth == 0 or (path and rng.random() < 0.15):
            leaves.append(path)
            return End()
        count += 1
        label = count
        if rng.random() < chance:
            probability = p.p if rng.random() < 0.7 else Fraction(1, 3)
            events = {f"e{label}": probability, f"f{label}": 1 - probability}
            return Chance(
                f"luck {label}",
                {
                    event: (weight, grow(depth - 1, (*path, (f"luck {label}", event))))
                    for event, weight in events.items()
                },
            )
        who = rng.choice(PLAYERS)
        return Decision(
            who,
            {
                f"a{label}{k}": grow(depth - 1, (*path, (who, f"a{label}{k}")))
                for k in range(rng.choice([2, 2, 3]))
            },
        )

    form = ExtensiveForm(grow(rounds, ()), players=PLAYERS)
    terms, outcomes = [], []
    for i, path in enumerate(leaves):
        when = where({path[-1][0]: path[-1][1]})
        outcomes.append(Outcome(f"leaf {i}", when=when))
        for who in PLAYERS:
            amount = (
                rng.randint(-2, 2)
                + rng.choice([0, 0, 1, -1]) * p.x
                + rng.choice([0, 0, 1, -1]) * p.y
            )
            if amount != 0:
                terms.append(Term(who, amount, when=when, name=f"{who} leaf {i}"))
    return Model("random tree", form=form, parameters=p, terms=terms, outcomes=outcomes)


def distributions(model: Model, at: Mapping[str, Any]) -> set[frozenset[Play]]:
    """For each equilibrium at a place the plays of positive probability, by solving the
    game there."""
    return {
        frozenset([play for play, weight in one.plays.items() if weight])
        for one in solve(model.game(at=at), SPE)
    }


def random_place(
    model: Model, rng: random.Random, start: Mapping[str, Fraction], most: Fraction
) -> dict[str, Fraction]:
    """Each parameter moved by up to so large a share of its range, on a grid on which ties
    are common."""
    found = {}
    for label, one in model.parameters.items():
        value = start[label] + (one.high - one.low) * most * Fraction(rng.randint(-6, 6), 6)
        found[label] = min(max(value, one.low), one.high)
    return found
