"""All Nash equilibria with any number of players.

Branch and prune over products of simplices, certified in ball arithmetic.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts._boxes import widened
from strategy.concepts.nash import Nash
from strategy.deadline import check, grace, left
from strategy.forms.mixed import MixedProfile
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.forms.profiles import PureProfile
from strategy.protocols import Concept
from strategy.results import Box, Component, Structure
from strategy.solvers.protocol import BoxBatch, Incomplete, Limits, OutOfTime, refused

if TYPE_CHECKING:
    from strategy.solvers.cells.isolating import Isolated, Polytope

__all__ = ["BranchAndPrune"]

_GRACE = 0.05  # seconds in which what a search that was cut short has found is listed


@attrs.frozen
class BranchAndPrune:
    """The profiles are cut into products of simplices.

    Each is discarded, shrunk, split, or shown to hold one equilibrium.

    ``digits``: weights that are not rational come as balls of radius below 10^-digits,
    worked out when they are read. ``budget``: cells examined at most; what is not settled
    by then is in ``Solution.unresolved``, and the status is PARTIAL. So it is where
    equilibria form a continuum in which several players mix. The cost grows exponentially
    in the sum of (actions - 1): 10 is quick, 12 may take minutes.
    """

    digits: int = attrs.field(
        default=30,
        kw_only=True,
        validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)],
    )
    budget: int = attrs.field(
        default=5_000_000,
        kw_only=True,
        validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)],
    )

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for normal-form games and Nash."""
        return refused(self, game, concept, Nash, "Nash equilibria: use Nash()")

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """True, whatever ``game`` and ``concept``: every cell is settled.

        Where some are not, the run ends by Incomplete.
        """
        return True

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Any]:
        """Isolated equilibria and the extreme points of continua.

        Those that use the first actions come first. ``game``, ``concept``, ``limits`` and
        ``rng`` as for every Solver.
        """
        from strategy.solvers.cells.isolating import isolate  # brings Numba

        tables = [numbers for numbers, _ in game.integer_tables]
        found: Isolated | None = None
        try:
            found = isolate(tables, limits.check, budget=self.budget, digits=self.digits)
            members, numbers = _members(found)
        except (OutOfTime, KeyboardInterrupt) as stop:
            found = found or stop.isolated  # type: ignore[union-attr]
            with grace(_GRACE):
                members, numbers = _members(found, late=True)
            yield _batch(game, found, members, numbers)
            raise
        yield _batch(game, found, members, numbers)
        shape = game.form.shape
        boxes = tuple([_box(*bounds, shape) for bounds in found.unresolved])
        infinite = True if found.polytopes else False if found.complete else None
        yield Structure(partial(_components, members, numbers, found), boxes, infinite)
        if not found.complete:
            raise Incomplete(found.reason)


@attrs.frozen(eq=False)
class _Member:
    """One equilibrium that is in no box.

    Its index if it is isolated and regular, and the polytopes it is extreme in.
    """

    vectors: tuple[tuple[Any, ...], ...]
    index: int | None
    polytopes: list[int] = attrs.field(factory=list)


@attrs.frozen(eq=False)
class _Singles:
    """The profiles that are in no box, each made when it is asked for."""

    form: NormalForm
    vectors: tuple[tuple[tuple[Any, ...], ...], ...]

    def __call__(self, number: int) -> PureProfile | MixedProfile:
        mixed = MixedProfile.from_vectors(self.form, self.vectors[number])
        return mixed.pure() or mixed


def _members(
    found: Isolated, *, late: bool = False
) -> tuple[list[_Member], NDArray[np.int64]]:
    """Points outside of boxes and extreme points of polytopes, each once.

    With them comes the order in which all are listed, those that use the first actions
    first: numbers of boxes, or -1 less the number of a member. ``late``: as many as the
    time allows.
    """
    members = {
        point.vectors if point.exact else i: _Member(widened(point.vectors), point.index)
        for i, point in enumerate(found.singles)
    }
    for number, polytope in enumerate(found.polytopes):
        for vectors in itertools.product(*polytope.vertices):
            if late and left() <= 0:
                break
            check()
            members.setdefault(vectors, _Member(vectors, None)).polytopes.append(number)
    boxed = np.arange(len(found.boxes))
    if not members:
        return [], boxed
    centres = found.boxes.centres
    weights = np.zeros((len(members), *centres.shape[1:]))
    for row, member in zip(weights, members.values(), strict=True):
        for i, vector in enumerate(member.vectors):
            row[i, : len(vector)] = [float(weight) for weight in vector]
    keys = -np.round(np.concatenate([centres, weights]), 9).reshape(
        len(boxed) + len(members), -1
    )
    order: NDArray[np.int64] = np.concatenate([boxed, -1 - np.arange(len(members))])[
        np.lexsort(keys.T[::-1])
    ]
    return list(members.values()), order


def _batch(
    game: NormalFormGame,
    found: Isolated,
    members: Sequence[_Member],
    numbers: NDArray[np.int64],
) -> BoxBatch:
    return BoxBatch(
        found.boxes,
        _Singles(game.form, tuple([member.vectors for member in members])),
        numbers,
    )


def _components(
    members: Sequence[_Member], numbers: NDArray[np.int64], found: Isolated
) -> tuple[Component, ...]:
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
    for i, number in enumerate(numbers.tolist()):
        joined = members[-1 - number].polytopes if number < 0 else []
        listed.setdefault(find(joined[0]) if joined else -1 - i, []).append(i)
    result = []
    for key, places in listed.items():
        parts = [one for number, one in enumerate(found.polytopes) if find(number) == key]
        if parts:
            result.append(
                Component(
                    tuple([one.vertices for one in parts]),
                    tuple(places),
                    max(map(_dimension, parts)),
                )
            )
        else:
            number = int(numbers[places[0]])
            point = members[-1 - number] if number < 0 else found.boxes.point(number)
            result.append(
                Component(
                    (tuple([(vector,) for vector in point.vectors]),),
                    tuple(places),
                    0,
                    point.index,
                )
            )
    return _with_last_index(result) if found.complete else tuple(result)


def _with_last_index(components: Sequence[Component]) -> tuple[Component, ...]:
    """The indices of all components sum to 1: where one alone is unknown, it follows."""
    unknown = [i for i, one in enumerate(components) if one.index is None]
    if len(unknown) != 1:
        return tuple(components)
    rest = 1 - sum(one.index for one in components if one.index is not None)
    return tuple(
        [attrs.evolve(one, index=rest) if one.index is None else one for one in components]
    )


def _dimension(polytope: Polytope) -> int:
    from strategy.solvers._perfect_sets import affine_rank

    return sum(affine_rank(vertices) for vertices in polytope.vertices)


def _box(
    low: NDArray[np.float64], high: NDArray[np.float64], shape: tuple[int, ...]
) -> Box:
    rows = zip(low.tolist(), high.tolist(), shape, strict=True)
    return Box(
        tuple(
            [
                tuple(zip(least[:size], greatest[:size], strict=True))
                for least, greatest, size in rows
            ]
        )
    )
