"""Random small models whose players, actions and outcomes have names of all kinds."""

from __future__ import annotations

import random

from strategy import Claim, Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from tests.plots._overlaps import NASTY


def claims_of(*wrong: tuple[str, int]) -> tuple[Claim, ...]:
    """A claim for each parameter and the value that it has if the claim is wrong."""
    return tuple(
        [
            Claim(NASTY[i], NASTY[-1 - i], if_wrong={label: value})
            for i, (label, value) in enumerate(wrong)
        ]
    )


def random_model(rng: random.Random) -> Model:
    """Two or three players of two or three actions with names of all kinds; payoffs are
    affine in two parameters."""
    names = rng.sample(NASTY, len(NASTY))
    players = names[: rng.randint(2, 3)]
    lists = {player: tuple(rng.sample(NASTY, rng.randint(2, 3))) for player in players}
    two = Parameters(
        x=Parameter(rng.choice([0, 1, 2]), low=-1, high=2, unit=rng.choice(NASTY)),
        y=Parameter(rng.choice(["1/3", 0]), low=0, high=1, unit=rng.choice(["", *NASTY])),
    )
    terms = []
    for i in range(rng.randint(3, 10)):
        mine, other = rng.sample(players, 2)
        when = where({mine: rng.choice(lists[mine])}) & where(
            {other: rng.choice(lists[other])}
        )
        amount = (
            rng.randint(-3, 3) + rng.randint(-2, 2) * two.x + rng.randint(-3, 3) * two.y
        )
        terms.append(Term(mine, amount, when=when, name=f"term {i}"))
    outcome = Outcome(rng.choice(NASTY), when=where({players[0]: lists[players[0]][0]}))
    return Model(
        "random",
        form=NormalForm(lists),
        parameters=two,
        terms=tuple(terms),
        outcomes=(outcome,),
        claims=claims_of(("x", 2), ("y", 1)),
    )
