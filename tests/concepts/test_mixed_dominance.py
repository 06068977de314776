"""Dominance by mixtures against a search over all mixtures of two actions, and
rationalizability."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from strategy import GameError, NormalFormGame, RefusalError
from strategy.concepts import Rationalizability, rationalizable
from strategy.concepts._mixture_search import dominated_rows
from strategy.concepts._mixtures import dominating_mixture
from strategy.concepts.dominance import (
    eliminate_strictly,
    eliminate_strictly_by_mixtures,
    eliminate_weakly_by_mixtures,
    strictly_dominated_by_mixtures,
    weakly_dominated_by_mixtures,
)
from tests import _oracles as naive
from tests._games import SCALE, Table, random_table, seeds

ONE = Fraction(1)


def dominates(gains: Sequence[Fraction], strict: bool) -> bool:
    return (
        all(g > 0 for g in gains)
        if strict
        else all(g >= 0 for g in gains) and any(g > 0 for g in gains)
    )


def is_dominated(lines: list[list[Fraction]], action: int, strict: bool) -> bool:
    """Among at most three actions: a mixture of the two others gains, tried at and between
    all points where a sign may turn."""
    others = [
        [new - old for new, old in zip(lines[j], lines[action], strict=True)]
        for j in range(len(lines))
        if j != action
    ]
    if len(others) < 2:
        return any(dominates(gains, strict) for gains in others)
    first, second = others
    turns = sorted(
        {
            Fraction(0),
            ONE,
            *[
                b / (b - a)
                for a, b in zip(first, second, strict=True)
                if a != b and 0 <= b / (b - a) <= 1
            ],
        }
    )
    points = turns + [(a + b) / 2 for a, b in itertools.pairwise(turns)]
    return any(
        dominates([t * a + (1 - t) * b for a, b in zip(first, second, strict=True)], strict)
        for t in points
    )


def lines(table: Table, kept: naive.Kept, player: int) -> list[list[Fraction]]:
    exact = table.exact()[player]
    others = [row for i, row in enumerate(kept) if i != player]
    return [
        [
            exact[(*rest[:player], action, *rest[player:])]
            for rest in itertools.product(*others)
        ]
        for action in kept[player]
    ]


def eliminated(table: Table, strict: bool) -> tuple[naive.Kept, int]:
    kept, rounds = naive.everything(table.shape), 0
    while True:
        rows = [lines(table, kept, i) for i in range(len(kept))]
        gone = {
            (i, a)
            for i, row in enumerate(kept)
            for n, a in enumerate(row)
            if is_dominated(rows[i], n, strict)
        }
        if not gone:
            return kept, rounds
        kept, rounds = naive.without(kept, gone), rounds + 1


def few_payoffs(rng: random.Random) -> Table:
    shape = rng.choice([(3, 3), (3, 3), (3, 2), (2, 3, 2), (3, 3, 2), (3,)])
    values: list[Any] = rng.choice(
        [
            list(range(4)),
            list(range(7)),
            [0.1, 0.2, 0.3, 0.7],
            [Fraction(10**25, 3), 0, 10**24],
        ]
    )
    names = tuple(str(i) for i in range(len(shape)))
    actions = tuple(tuple("abc"[:size]) for size in shape)
    table = Table(names, actions, ({},) * len(shape))
    return Table(
        names,
        actions,
        tuple({cell: rng.choice(values) for cell in table.cells} for _ in shape),
    )


@pytest.mark.parametrize("strict", [True, False])
def test_dominated_actions_are_those_of_a_search_over_mixtures(strict: bool) -> None:
    mixed = 0
    for seed in seeds(200):
        table = few_payoffs(random.Random(f"mixtures {seed}"))
        game = table.game()
        found = (
            strictly_dominated_by_mixtures if strict else weakly_dominated_by_mixtures
        )(game)
        for i, (who, options) in enumerate(zip(table.players, table.actions, strict=True)):
            rows = lines(table, naive.everything(table.shape), i)
            assert set(found[who]) == {
                action for a, action in enumerate(options) if is_dominated(rows, a, strict)
            }
            for action, mixture in found[who].items():
                a = options.index(action)
                assert sum(mixture.values()) == 1
                assert action not in mixture
                pays = [
                    sum(w * rows[options.index(b)][s] for b, w in mixture.items())
                    for s in range(len(rows[a]))
                ]
                assert dominates(
                    [new - old for new, old in zip(pays, rows[a], strict=True)], strict
                )
                mixed += len(mixture) > 1
    assert mixed > 5


@pytest.mark.parametrize("strict", [True, False])
def test_iterated_elimination_by_mixtures(strict: bool) -> None:
    further = 0
    for seed in seeds(120):
        table = few_payoffs(random.Random(f"iterated {seed}"))
        game = table.game()
        found = (
            eliminate_strictly_by_mixtures if strict else eliminate_weakly_by_mixtures
        )(game)
        kept, rounds = eliminated(table, strict)
        assert dict(found.actions) == {
            who: tuple([options[a] for a in row])
            for who, options, row in zip(table.players, table.actions, kept, strict=True)
        }
        assert len(found.rounds) == rounds
        if strict:
            further += found.actions != eliminate_strictly(game).actions
            assert rationalizable(game) == found
    assert further > 3 or not strict


@pytest.mark.parametrize("seed", range(30))
def test_more_actions_hold_their_certificates(seed: int) -> None:
    """Larger tables, huge numbers and any way of writing them: a mixture dominates, and
    where none does, a belief defends."""
    table = random_table(random.Random(f"large {seed}"), most_cells=300)
    game = table.game()
    for strict in (True, False):
        found = (
            strictly_dominated_by_mixtures if strict else weakly_dominated_by_mixtures
        )(game)
        for i, (who, options) in enumerate(zip(table.players, table.actions, strict=True)):
            rows = lines(table, naive.everything(table.shape), i)
            for action, mixture in found[who].items():
                a = options.index(action)
                pays = [
                    sum(w * rows[options.index(b)][s] for b, w in mixture.items())
                    for s in range(len(rows[a]))
                ]
                assert dominates(
                    [new - old for new, old in zip(pays, rows[a], strict=True)], strict
                )


def test_the_quick_search_finds_what_the_exact_programme_finds_among_ties() -> None:
    rng = np.random.default_rng(5)
    for _ in range(round(300 * SCALE)):
        lines = rng.integers(0, rng.integers(2, 5), rng.integers(2, 8, 2))
        found = dict(dominated_rows(lines, lambda _: None))
        for i, row in enumerate(lines):
            assert (i in found) == (dominating_mixture(lines - row, True) is not None), (
                lines.tolist(),
                i,
            )
        for i, mixture in found.items():
            assert sum(mixture.values()) == 1
            assert min(mixture.values()) > 0
            assert all(
                sum(w * int(lines[k, j] - lines[i, j]) for k, w in mixture.items()) > 0
                for j in range(lines.shape[1])
            )


def test_weights_may_fall_by_hundreds_of_digits() -> None:
    """Each action beats the last one against one column, and loses 10^6 times as much
    against the column before."""
    for size in (4, 12, 30):
        lines = np.zeros((size + 1, size), dtype=np.int64)
        lines[range(size), range(size)] = 1
        lines[range(1, size), range(size - 1)] = -(10**6)
        ((row, mixture),) = dominated_rows(lines, lambda _: None)
        assert row == size
        assert (
            np.array([mixture[k] for k in range(size)], dtype=object)
            @ lines[:size].astype(object)
            > 0
        ).all()


def test_a_mixture_dominates_where_no_action_does() -> None:
    """Osborne and Rubinstein, A Course in Game Theory (1994), Figure 61.1 in kind: half of
    each beats the sure middle."""
    game = NormalFormGame.from_arrays(
        [[3, 0], [0, 3], [1, 1]], [[0, 0]] * 3, actions=(("T", "M", "B"), ("L", "R"))
    )
    found = strictly_dominated_by_mixtures(game)
    assert set(found["1"]) == {"B"}
    low, high = Fraction(1, 3), Fraction(2, 3)
    assert low < found["1"]["B"]["T"] < high
    elimination = rationalizable(game)
    assert dict(elimination.actions) == {"1": ("T", "M"), "2": ("L", "R")}
    assert "by mixtures" in str(elimination)
    assert "dominated by T " in str(elimination)
    certificate = Rationalizability().certify(game, {"1": "B", "2": "L"})
    assert not certificate.holds
    assert certificate.player == "1"
    assert "round 1" in certificate.reason
    assert Rationalizability().certify(game, {"1": "T", "2": "R"}).holds


def test_independent_beliefs_of_three_players_are_refused() -> None:
    game = NormalFormGame.from_arrays(*[np.zeros((2, 2, 2), dtype=int)] * 3)
    with pytest.raises(RefusalError, match="correlated"):
        rationalizable(game, independent=True)
    with pytest.raises(RefusalError, match="NormalFormGame"):
        rationalizable([[1]])  # type: ignore[arg-type]
    with pytest.raises(GameError):
        Rationalizability().certify(game, {"1": "z", "2": "1", "3": "1"})
