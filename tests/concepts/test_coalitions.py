"""Strong and coalition-proof equilibria against their definitions, written out as
recursions over coalitions."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from games.classics import dilemmas
from strategy import NormalFormGame, RefusalError, Status, solve
from strategy.concepts import CoalitionProofNash, PureNash, StrongNash
from tests._games import Cell, Table, random_table, seeds

Payoffs = list[Mapping[Cell, Any]]


def joint(shape: Cell, cell: Cell, members: tuple[int, ...]) -> list[Cell]:
    """The cells that a coalition can bring about."""
    return [
        tuple(chosen[members.index(i)] if i in members else c for i, c in enumerate(cell))
        for chosen in itertools.product(*(range(shape[i]) for i in members))
    ]


def subsets(members: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [
        part
        for size in range(1, len(members))
        for part in itertools.combinations(members, size)
    ]


def strong(shape: Cell, pays: Payoffs, cell: Cell) -> bool:
    everyone = tuple(range(len(shape)))
    return not any(
        all(pays[i][to] > pays[i][cell] for i in members)
        for members in [*subsets(everyone), everyone]
        for to in joint(shape, cell, members)
    )


def proof(
    shape: Cell, pays: Payoffs, cell: Cell, members: tuple[int, ...], known: dict[Any, bool]
) -> bool:
    """The definition of Bernheim, Peleg and Whinston for a coalition, the others' actions
    fixed at the cell."""
    key = (cell, members)
    if key not in known:
        known[key] = enforcing(shape, pays, cell, members, known) and not any(
            all(pays[i][to] > pays[i][cell] for i in members)
            and enforcing(shape, pays, to, members, known)
            for to in joint(shape, cell, members)
        )
    return known[key]


def enforcing(
    shape: Cell, pays: Payoffs, cell: Cell, members: tuple[int, ...], known: dict[Any, bool]
) -> bool:
    return all(proof(shape, pays, cell, part, known) for part in subsets(members))


def found(table: Table, concept: Any) -> list[tuple[str, ...]]:
    solution = solve(table.game(), concept)
    assert solution.status is (Status.COMPLETE if len(solution) else Status.NONE_EXISTS)
    return [tuple(one.profile.actions.values()) for one in solution]


def test_equilibria_are_those_of_the_definitions() -> None:
    counts = {"nash": 0, "proof": 0, "strong": 0}
    for seed in seeds(150):
        table = random_table(
            random.Random(f"coalitions {seed}"), most_actions=4, most_cells=64
        )
        pays, everyone = table.exact(), tuple(range(len(table.shape)))
        known: dict[Any, bool] = {}
        nash = found(table, PureNash())
        safe = found(table, CoalitionProofNash())
        firm = found(table, StrongNash())
        assert safe == [
            table.names(cell)
            for cell in table.cells
            if proof(table.shape, pays, cell, everyone, known)
        ], seed
        assert firm == [
            table.names(cell) for cell in table.cells if strong(table.shape, pays, cell)
        ], seed
        assert set(firm) <= set(safe) <= set(nash)
        for name, answer in (("nash", nash), ("proof", safe), ("strong", firm)):
            counts[name] += len(answer)
    assert counts["nash"] > counts["proof"] > counts["strong"] > 0


def test_certificates_show_a_coalition_that_gains() -> None:
    for seed in seeds(60):
        table = random_table(
            random.Random(f"certify coalitions {seed}"), most_actions=3, most_cells=30
        )
        pays, game = table.exact(), table.game()
        known: dict[Any, bool] = {}
        for concept in (StrongNash(), CoalitionProofNash()):
            judge = concept.judge(game)
            for cell in table.cells[:12]:
                profile = dict(zip(table.players, table.names(cell), strict=True))
                certificate = judge.certify(profile)
                assert certificate == concept.certify(game, profile)
                if certificate.holds:
                    continue
                members = tuple(
                    i
                    for i, who in enumerate(table.players)
                    if who in names_in(certificate.player, table.players)
                )
                gaining = [
                    to
                    for to in joint(table.shape, cell, members)
                    if all(pays[i][to] > pays[i][cell] for i in members)
                    and (
                        isinstance(concept, StrongNash)
                        or enforcing(table.shape, pays, to, members, known)
                    )
                ]
                assert certificate.regret == max(
                    pays[members[0]][to] - pays[members[0]][cell] for to in gaining
                )


def names_in(words: str | None, players: tuple[str, ...]) -> list[str]:
    assert words is not None
    return [who for who in players if who in words.replace(" and ", ", ").split(", ")]


def test_the_prisoners_dilemma_is_coalition_proof_and_not_strong() -> None:
    game = dilemmas.prisoners_dilemma()
    assert len(solve(game, CoalitionProofNash())) == 1
    solution = solve(game, StrongNash())
    assert solution.status is Status.NONE_EXISTS
    (only,) = solve(game, PureNash())
    certificate = StrongNash().certify(game, only.profile)
    assert certificate.player == " and ".join(game.players)
    assert "together" in certificate.reason


def test_two_players_choose_among_nash_equilibria_by_payoffs() -> None:
    """For two players: coalition-proof are the Nash equilibria than which no other one pays
    both more (BPW 1987)."""
    for seed in seeds(60):
        rng = np.random.default_rng(seed)
        game = NormalFormGame.from_arrays(
            *rng.integers(0, 4, size=(2, *rng.integers(1, 6, size=2)))
        )
        nash = [tuple(one.payoffs.values()) for one in solve(game, PureNash())]
        best = [p for p in nash if not any(q[0] > p[0] and q[1] > p[1] for q in nash)]
        assert [
            tuple(one.payoffs.values()) for one in solve(game, CoalitionProofNash())
        ] == best


def test_games_that_are_too_large_are_refused() -> None:
    form = NormalFormGame.from_arrays(*[np.zeros((2,) * 13, dtype=np.int8)] * 13)
    for concept in (StrongNash(), CoalitionProofNash()):
        assert concept.refuses(form) == (
            f"{type(concept).__name__} would look at 67,108,864 joint deviations from "
            "a profile or parts of the table, and at most 50,000,000 are allowed: leave "
            "out players or actions "
            "(eliminate_strictly(game) "
            "says which are never used in "
            "equilibrium)"
        )
        with pytest.raises(RefusalError, match=r"67,108,864 .*eliminate_strictly"):
            solve(form, concept)
        with pytest.raises(RefusalError, match="from_arrays"):
            concept.certify([[1]], {})
