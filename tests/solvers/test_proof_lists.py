"""Lists of equilibria that a proof claims to be complete where at most two players mix,
against vertex enumeration."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest

from strategy import NormalFormGame, Status, solve
from strategy.concepts import Nash
from strategy.solvers import BimatrixEnumeration, Proof, replay
from strategy.solvers.proofs import _digest
from strategy.solvers.proving.cells import Refuted, Tables
from strategy.solvers.proving.sets import Listed
from tests._games import seeds


def maximal(game: NormalFormGame) -> list[Any]:
    """The maximal Nash subsets of two players: products of polytopes, by their vertices."""
    solution = solve(game, Nash(), solver=BimatrixEnumeration())
    return [
        tuple(map(tuple, subset))
        for component in solution.components
        for subset in component.subsets
    ]


def test_every_part_of_every_set_has_to_be_listed() -> None:
    wholes = parts = 0
    for seed in seeds(80):
        rng = np.random.default_rng(seed)
        game = NormalFormGame.from_arrays(
            *rng.integers(0, rng.integers(2, 5), size=(2, *rng.integers(1, 4, size=2)))
        )
        sets = maximal(game)
        proof = Proof(
            game.form.shape, _digest(game), tuple(sets), (), (), (("take",), ("few mix",))
        )
        assert replay(proof, game).status is Status.COMPLETE
        for number, product in enumerate(sets):
            wholes += 1
            without = (*sets[:number], *sets[number + 1 :])
            assert (
                "an equilibrium is not listed"
                in replay(attrs.evolve(proof, sets=without), game).failure
            )
            for player, vertices in enumerate(product):
                for out in vertices if len(vertices) > 1 else ():
                    parts += 1
                    less = list(product)
                    less[player] = tuple([one for one in vertices if one != out])
                    failure = replay(
                        attrs.evolve(proof, sets=(*without, tuple(less))), game
                    ).failure
                    assert failure.startswith(
                        "step 2 (few mix): an equilibrium is not listed: "
                    ), (seed, number, player)
    assert min(wholes, parts) > 50


def sure(size: int, action: int) -> tuple[Fraction, ...]:
    return tuple([Fraction(int(s == action)) for s in range(size)])


@pytest.mark.parametrize("place", range(3))
def test_a_third_player_who_keeps_to_an_action_has_to_gain_by_no_other(place: int) -> None:
    """The equilibria of the two others, among them those at which the action of the third
    is a best reply; without ties."""
    kept = left = 0
    for seed in seeds(40):
        rng = np.random.default_rng([seed, place])
        shape = [3, 3]
        shape.insert(place, 2)
        arrays = rng.integers(0, 1000, size=(3, *shape))
        game = NormalFormGame.from_arrays(*arrays)
        others = [i for i in range(3) if i != place]
        pair = NormalFormGame.from_arrays(*[arrays[i].take(0, axis=place) for i in others])
        expected = []
        for points in maximal(pair):
            ((x,), (y,)) = points
            gains = np.moveaxis(arrays[place].astype(object), place, 0)
            values = [
                sum(
                    x[a] * y[b] * line[a, b]
                    for a, b in itertools.product(range(3), repeat=2)
                )
                for line in gains
            ]
            left += values[1] > values[0]
            if values[0] >= values[1]:
                product: list[Any] = [(x,), (y,)]
                product.insert(place, (sure(2, 0),))
                expected.append(tuple(product))
        kept += len(expected)
        tables = Tables([numbers for numbers, _ in game.integer_tables])
        carriers: list[Any] = [(0, 1, 2), (0, 1, 2)]
        carriers.insert(place, (0,))
        Listed(tables, expected).settle_faces(carriers)
        for number in range(len(expected)):
            with pytest.raises(Refuted, match="an equilibrium is not listed"):
                Listed(tables, [*expected[:number], *expected[number + 1 :]]).settle_faces(
                    carriers
                )
    assert min(kept, left) > 20


def test_only_what_lies_in_the_hull_of_listed_vertices_is_listed() -> None:
    """Where nothing is at stake every profile is an equilibrium, so any polytope can be
    listed."""
    tables, rng = Tables([np.zeros((4, 2), dtype=np.int64)] * 2), np.random.default_rng(0)
    for _ in range(30):
        corners = [
            tuple(map(Fraction, row, [sum(row)] * 4))
            for row in rng.integers(1, 9, size=(3, 4)).tolist()
        ]
        listed = Listed(tables, [(tuple(corners), (sure(2, 0),))])
        middle = [sum(column) / 3 for column in zip(*corners, strict=True)]
        for corner in corners:
            # from the middle to the corner, and beyond
            for share in (Fraction(1, 3), Fraction(1), Fraction(101, 100)):
                point = tuple(
                    [m + share * (c - m) for m, c in zip(middle, corner, strict=True)]
                )
                if share <= 1:
                    listed.require([(point,), (sure(2, 0),)])
                elif len(set(corners)) == 3:
                    with pytest.raises(Refuted, match="an equilibrium is not listed"):
                        listed.require([(point,), (sure(2, 0),)])
        with pytest.raises(Refuted, match="an equilibrium is not listed"):
            listed.require([(corners[0],), (sure(2, 1),)])
