"""How refined equilibria hang together.

Points alone, or faces of maximal Nash subsets in which nobody's play is dominated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from flint import fmpq, fmpq_mat

from strategy.forms.mixed import MixedProfile
from strategy.forms.profiles import PureProfile
from strategy.results import Component, Structure

__all__ = ["affine_rank", "perfect_components", "points", "vectors_of"]

Vector = tuple[Any, ...]
Product = tuple[tuple[Vector, ...], ...]


def vectors_of(profile: PureProfile | MixedProfile) -> tuple[Vector, ...]:
    """The probabilities of all actions, a vector a player.

    ``profile``: the profile.
    """
    if isinstance(profile, MixedProfile):
        return profile.vectors
    return tuple(
        [tuple([Fraction(weight) for weight in row.values()]) for row in profile.values()]
    )


def points(profiles: Sequence[PureProfile | MixedProfile]) -> Structure:
    """Equilibria each of which is a component of its own.

    ``profiles``: of the equilibria.
    """
    return Structure(
        partial(_points, tuple(profiles)), infinite=False, number=partial(len, profiles)
    )


def _points(profiles: Sequence[PureProfile | MixedProfile]) -> tuple[Component, ...]:
    return tuple(
        [
            Component((tuple([(v,) for v in vectors_of(one)]),), (number,), 0)
            for number, one in enumerate(profiles)
        ]
    )


def perfect_components(
    judge: Any, nash: Sequence[Component], held: Sequence[PureProfile | MixedProfile]
) -> tuple[Component, ...]:
    """The components of the perfect equilibria of two players.

    ``nash``: the components of all equilibria; ``held``: the extreme perfect ones, as
    listed. Whether a strategy is dominated depends on its support alone, and parts of an
    undominated support are undominated. So the perfect part of a maximal Nash subset
    consists of the products of its greatest faces whose vertices together use no dominated
    support. ``judge``: of the game, which knows what is dominated.
    """
    number = {vectors_of(one): i for i, one in enumerate(held)}
    products: list[Product] = []
    for component in nash:
        for subset in component.subsets:
            rows, columns = [
                list(_undominated(judge, axis, vertices))
                for axis, vertices in enumerate(subset)
            ]
            products += [(x, y) for x in rows for y in columns]
    products = [
        one
        for one in dict.fromkeys(products)
        if not any(_within(one, other) for other in products)
    ]
    found = []
    for group in _joined(products):
        members = sorted({number[x, y] for xs, ys in group for x in xs for y in ys})
        found.append(
            Component(
                tuple(group),
                tuple(members),
                max(sum(map(affine_rank, one)) for one in group),
            )
        )
    return tuple(sorted(found, key=lambda one: one.equilibria))


def _undominated(
    judge: Any, axis: int, vertices: Sequence[Vector]
) -> Iterator[tuple[Vector, ...]]:
    """The greatest sets of vertices whose mixes are undominated."""
    single = [v for v in vertices if judge.dominated(axis, _support([v])) is None]
    kept: set[frozenset[int]] = set()
    stack = [frozenset({i}) for i in range(len(single))]
    seen = set(stack)
    while stack:
        chosen = stack.pop()
        larger = [
            chosen | {i}
            for i in range(len(single))
            if i not in chosen
            and judge.dominated(axis, _support([single[k] for k in chosen | {i}])) is None
        ]
        if not larger:
            kept.add(chosen)
        stack += [one for one in larger if one not in seen]
        seen.update(larger)
    yield from [tuple([single[i] for i in sorted(one)]) for one in sorted(kept, key=sorted)]


def _support(vectors: Sequence[Vector]) -> tuple[int, ...]:
    return tuple(
        [a for a, weights in enumerate(zip(*vectors, strict=True)) if any(weights)]
    )


def _within(one: Product, other: Product) -> bool:
    return one != other and all(
        set(mine) <= set(theirs) for mine, theirs in zip(one, other, strict=True)
    )


def _joined(products: Sequence[Product]) -> list[list[Product]]:
    """Products in groups that share profiles: faces meet in vertices."""
    groups: list[tuple[set[Any], list[Product]]] = []
    for one in products:
        shared = {(x, y) for x in one[0] for y in one[1]}
        members = [one]
        for other in [group for group in groups if group[0] & shared]:
            groups.remove(other)
            shared, members = shared | other[0], other[1] + members
        groups.append((shared, members))
    return [members for _, members in groups]


def affine_rank(vertices: Sequence[Vector]) -> int:
    """The dimension of the hull of some points.

    ``vertices``: the points.
    """
    first, *others = vertices
    if not others:
        return 0
    rows = [
        [
            fmpq((a - b).numerator, (a - b).denominator)
            for a, b in zip(one, first, strict=True)
        ]
        for one in others
    ]
    return int(fmpq_mat(rows).rank())
