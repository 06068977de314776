"""Samples of a tree with chance whose probability varies, drawn and classified in one
thread; beside one verdict a sample."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from functools import partial

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
    where,
)
from strategy.concepts import PureSubgamePerfect
from strategy.executors import one_thread
from strategy.sensitivity import shares, verdict
from strategy.sensitivity.samples.shares import draw
from tests.benchmarks.measuring import Effort, Row, Target, timed

__all__ = ["chance_tree", "rows"]

WANTED = 50_000  # samples a second on one core
ONE_BY_ONE = 100  # samples that the slow way is measured on
ACTIONS = {
    "A": ("a0", "a1"),
    "B": ("b0", "b1", "b2"),
    "C": ("c0", "c1", "c2", "c3"),
    "D": ("d0", "d1"),
}


def chance_tree() -> Model:
    """Four players, 60 plays: A moves, luck of either kind falls with probability q, B and
    C answer, and D where C plays c0. Payoffs are sums of products of two parameters and of
    single ones."""
    rng = random.Random(0)
    values = {f"x{i}": Parameter(rng.randint(1, 9), low=0, high=10) for i in range(10)}
    p = Parameters({**values, "q": Parameter("0.5", low=0, high=1)})

    def answers() -> Decision:
        last = Decision("D", dict.fromkeys(ACTIONS["D"], End()))
        third = Decision(
            "C", {action: End() if i else last for i, action in enumerate(ACTIONS["C"])}
        )
        return Decision("B", dict.fromkeys(ACTIONS["B"], third))

    moves = {
        action: Chance(
            f"after {action}", {"good": (p.q, answers()), "bad": (1 - p.q, answers())}
        )
        for action in ACTIONS["A"]
    }
    terms = []
    for who, number in itertools.product(ACTIONS, range(14)):
        x, y = rng.choices([getattr(p, label) for label in values], k=2)
        amount = rng.choice([1, -1]) * x * rng.choice([1, 1, y / 5])
        place = {
            one: rng.choice(ACTIONS[one])
            for one in rng.sample(sorted(ACTIONS), rng.randint(1, 3))
        }
        if number % 5 == 4:
            place = {
                "A": "a0",
                "after a0": rng.choice(["good", "bad"]),
                "C": rng.choice(ACTIONS["C"]),
            }
        terms.append(
            Term(who, amount, when=where(place), name=f"{who} {number}", shared=True)
        )
    form = ExtensiveForm(Decision("A", moves), players=tuple(ACTIONS))
    outcomes = (Outcome("c2 is played", when=where(C="c2")),)
    return Model("chance", form=form, parameters=p, terms=tuple(terms), outcomes=outcomes)


def rows(effort: Effort) -> Iterator[Row]:
    """All of it in this thread; what is compiled, or read from the cache, is the first
    call."""
    model, concept = chance_tree(), PureSubgamePerfect()
    samples = 2_000 if effort.smoke else 200_000
    group = (
        f"{samples:,} samples of a tree with chance whose probability varies, four "
        "players and 60 plays, in one thread"
    )
    with one_thread():
        times = timed(
            partial(shares, model, concept, "c2 is played", samples=samples), effort
        )
        found = shares(model, concept, "c2 is played", samples=samples)
    drawn = draw(model, ONE_BY_ONE, seed=1).tolist()
    start = time.perf_counter()
    for row in drawn:
        verdict(
            model, concept, "c2 is played", at=dict(zip(model.parameters, row, strict=True))
        )
    single = (time.perf_counter() - start) / len(drawn) * samples
    counts = ", ".join(
        f"{one} {found.share(one):.0%}" for one, count in found.counts.items() if count
    )
    yield Row.of(
        group,
        "shares",
        times,
        ratio=single / times.median,
        ratio_of="times as fast as verdict()",
        targets=(Target("seconds", most=samples / WANTED),),
        note=(
            f"{samples / times.median:,.0f} verdicts a second; {counts}; {found.redone:,} "
            "decided again exactly"
        ),
    )
