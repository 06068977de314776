"""All Nash equilibria with any number of players: branch and prune over products of simplices, certified in ball arithmetic."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from strategy.concepts.nash import Nash
from strategy.exact import is_ball
from strategy.forms.mixed import MixedProfile
from strategy.forms.normal import NormalFormGame
from strategy.results import Box, Component, Structure
from strategy.solvers.protocol import Candidate, Incomplete, Limits, OutOfTime

if TYPE_CHECKING:
    from strategy.solvers._branch_prune_isolate import Isolated, Polytope

__all__ = ["BranchAndPrune"]


@attrs.frozen
class BranchAndPrune:
    """The profiles are cut into products of simplices; each is discarded, shrunk, split, or shown to hold one equilibrium.

    ``digits``: weights that are not rational come as balls of radius below 10^-digits. ``budget``: cells examined at most;
    what is not settled by then is in ``Solution.unresolved``, and the status is PARTIAL. So it is where equilibria form a
    continuum in which several players mix. The cost grows exponentially in the sum of (actions - 1): 10 is quick, 12 may take
    minutes.
    """

    digits: int = attrs.field(default=30, kw_only=True, validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)])
    budget: int = attrs.field(
        default=5_000_000, kw_only=True, validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)]
    )

    def refuses(self, game: Any, concept: Any) -> str | None:
        """Takes any normal-form game and Nash."""
        if not isinstance(concept, Nash):
            return f"BranchAndPrune finds Nash equilibria, not {concept}: use Nash()"
        return concept.refuses(game)

    def exhaustive(self, game: Any, concept: Any) -> bool:
        """Every cell is settled; where some are not, the run ends by Incomplete."""
        return True

    def propose(self, game: NormalFormGame, concept: Nash, limits: Limits, rng: np.random.Generator) -> Iterator[Any]:
        """Isolated equilibria and the extreme points of continua, those that use the first actions first."""
        from strategy.solvers._branch_prune_isolate import isolate  # brings Numba

        tables = [numbers for numbers, _ in game.integer_tables]
        try:
            found = isolate(tables, limits.check, budget=self.budget, digits=self.digits)
        except (OutOfTime, KeyboardInterrupt) as stop:
            yield from _candidates(game, _members(stop.isolated), {})  # type: ignore[union-attr]
            raise
        members = _members(found)
        components = _components(members, found)
        numbers = {member: k for k, component in enumerate(components) for member in component.equilibria}
        yield from _candidates(game, members, numbers)
        yield Structure(components, tuple([_box(*bounds, game.form.shape) for bounds in found.boxes]))
        if not found.complete:
            raise Incomplete(found.reason)


Vectors = tuple[tuple[Any, ...], ...]


@attrs.define
class _Member:
    """One equilibrium to list: its index if it is isolated and regular, and the numbers of the polytopes it is extreme in."""

    vectors: Vectors
    index: int | None
    polytopes: list[int] = attrs.field(factory=list)


def _members(found: Isolated) -> list[_Member]:
    """Points, and extreme points of polytopes, each once, those that use the first actions first."""
    balls = [_Member(_widened(point.vectors), point.index) for point in found.points if not point.exact]
    exact = {point.vectors: _Member(point.vectors, point.index) for point in found.points if point.exact}
    for number, polytope in enumerate(found.polytopes):
        for vectors in itertools.product(*polytope.vertices):
            exact.setdefault(vectors, _Member(vectors, None)).polytopes.append(number)
    return sorted([*exact.values(), *balls], key=lambda one: [[-float(weight) for weight in vector] for vector in one.vectors])


def _widened(vectors: Vectors) -> Vectors:
    """Balls twice as wide: that a root lies strictly inside can be shown again from outside."""
    return tuple([tuple([_twice(weight) if is_ball(weight) else weight for weight in vector]) for vector in vectors])


def _twice(ball: Any) -> Any:
    from flint import arb

    return arb(ball.mid(), 2 * ball.rad())


def _candidates(game: NormalFormGame, members: list[_Member], numbers: Mapping[int, int]) -> Iterator[Candidate]:
    for i, member in enumerate(members):
        mixed = MixedProfile.from_vectors(game.form, member.vectors)
        yield Candidate(mixed.pure() or mixed, component=numbers.get(i))


def _components(members: list[_Member], found: Isolated) -> tuple[Component, ...]:
    """Points alone, and polytopes joined where they share an extreme point."""
    root = list(range(len(found.polytopes)))

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    for member in members:
        for other in member.polytopes[1:]:
            low, high = sorted((find(member.polytopes[0]), find(other)))
            root[high] = low
    listed: dict[int, list[int]] = {}
    for i, member in enumerate(members):
        listed.setdefault(find(member.polytopes[0]) if member.polytopes else -1 - i, []).append(i)
    result = []
    for key, numbers in listed.items():
        parts = [one for number, one in enumerate(found.polytopes) if find(number) == key]
        if parts:
            subsets = tuple([one.vertices for one in parts])
            result.append(Component(subsets, tuple(numbers), max(map(_dimension, parts))))
        else:
            member = members[numbers[0]]
            result.append(Component((tuple([(vector,) for vector in member.vectors]),), tuple(numbers), 0, member.index))
    return _with_last_index(result) if found.complete else tuple(result)


def _with_last_index(components: Sequence[Component]) -> tuple[Component, ...]:
    """The indices of all components sum to 1: where one alone is unknown, it follows."""
    unknown = [i for i, one in enumerate(components) if one.index is None]
    if len(unknown) != 1:
        return tuple(components)
    rest = 1 - sum(one.index for one in components if one.index is not None)
    return tuple([attrs.evolve(one, index=rest) if one.index is None else one for one in components])


def _dimension(polytope: Polytope) -> int:
    return sum(_affine_rank(vertices) for vertices in polytope.vertices)


def _affine_rank(vertices: Sequence[Sequence[Fraction]]) -> int:
    from flint import fmpq, fmpq_mat

    first, *others = vertices
    if not others:
        return 0
    rows = [[fmpq((a - b).numerator, (a - b).denominator) for a, b in zip(one, first, strict=True)] for one in others]
    return int(fmpq_mat(rows).rank())


def _box(low: Any, high: Any, shape: tuple[int, ...]) -> Box:
    return Box(tuple([tuple([(float(low[i, a]), float(high[i, a])) for a in range(size)]) for i, size in enumerate(shape)]))
