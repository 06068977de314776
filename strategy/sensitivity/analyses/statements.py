"""What statements demand of a model's parameters.

Differences of payoffs, or of sums of parameters, that are to be positive.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.preferences import Comparison, Preference, Statement
from strategy.errors import ModelError, RefusalError
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.polynomials_at_samples import Polynomials
from strategy.sensitivity.deciding.slices import Slice, known_parameter

__all__ = ["Demand", "demands", "fulfilled", "moving_slice"]

Bools = NDArray[np.bool_]


@attrs.frozen
class Demand:
    """``poly``, in the varied parameters, is to be positive.

    Where this is not ``strict``, it only has to be not negative. ``plays``: two whose
    payoffs differ by it, the better one first, by their numbers.
    """

    poly: Polynomial
    strict: bool
    plays: tuple[int, int] | None = attrs.field(default=None, eq=False)


def moving_slice(model: Model, at: Any) -> Slice:
    """All parameters that have a range and no value given vary; the others do not.

    Those held by ``with_claims_wrong`` keep their values too. ``model``: whose parameters;
    ``at``: the values given.
    """
    values = model.parameters.read(at)
    given = {known_parameter(model, one) for one in at or ()} | model.held
    varied = tuple(
        [
            label
            for label, one in model.parameters.items()
            if label not in given and one.low < one.high
        ]
    )
    return Slice(model, varied, values)


def demands(where: Slice, statement: Statement) -> tuple[Demand, ...]:
    """All that a statement demands, each once.

    Without what holds whatever the varied parameters.

    ``where``: the slice of the parameters that vary.

    Raises ModelError on names that the model does not have, and on items that no play or
    the same play belongs to.
    """
    found = (
        _compared(where, statement)
        if isinstance(statement, Comparison)
        else _preferred(where, statement)
    )
    return tuple([one for one in dict.fromkeys(found) if not _always(one)])


def _always(one: Demand) -> bool:
    """Whether a constant fulfils it."""
    value = one.poly.number
    return not one.poly.used and (value > 0 or (value == 0 and not one.strict))


def _compared(where: Slice, statement: Comparison) -> Iterator[Demand]:
    images = dict(zip(where.model.parameters, where.images, strict=True))
    left, right = [
        sum(
            [
                images[known_parameter(where.model, given)] * value
                for given, value in side.terms
            ],
            Polynomial.constant(side.constant, len(where.varied)),
        )
        for side in (statement.left, statement.right)
    ]
    if statement.relation in (">", ">=", "="):
        yield Demand(_scaled(left - right), statement.relation == ">")
    if statement.relation in ("<", "<=", "="):
        yield Demand(_scaled(right - left), statement.relation == "<")


def _scaled(poly: Polynomial) -> Polynomial:
    """In whole numbers without a common factor; a constant keeps its size."""
    read, sign = poly.canonical()
    return read * sign if poly.used else poly


def _preferred(where: Slice, statement: Preference) -> Iterator[Demand]:
    model = where.model
    number, polynomials = model.payoff_polynomials(statement.player)
    masks = [one.mask(model.form) for one in statement.conditions]
    for mask, item in zip(masks, statement.items, strict=True):
        if not mask.any():
            raise ModelError(
                f"no play of {model.name!r} belongs to the item ({item}) of "
                f"{statement.words()!r}: leave it out"
            )
    # What is preferred to what is transitive, so neighbours are enough; but no play may
    # stand in two places of an order.
    for i, mask in enumerate(masks):
        for j in range(i):
            both = np.flatnonzero(mask & masks[j])
            if len(both):
                raise ModelError(
                    f"the play ({model.form.play(int(both[0]))}) belongs to two items of "
                    f"{statement.words()!r}: name more of what is done, so that each play "
                    "belongs to one at most"
                )
    known: dict[tuple[int, int], Polynomial] = {}
    for better, worse in itertools.pairwise(masks):
        for plays in _pairs(model, statement, number, better, worse):
            a, b = int(number[plays[0]]), int(number[plays[1]])
            if (a, b) not in known:
                known[a, b] = _scaled(where.restrict(polynomials[a] - polynomials[b]))
            yield Demand(known[a, b], statement.strict, plays)


def _pairs(
    model: Model,
    statement: Preference,
    number: NDArray[np.int64],
    better: Bools,
    worse: Bools,
) -> list[tuple[int, int]]:
    """The plays to compare, by their numbers, each pair of payoffs once."""
    if not statement.others_fixed:
        firsts = [
            np.flatnonzero(mask)[np.unique(number[mask], return_index=True)[1]].tolist()
            for mask in (better, worse)
        ]
        return list(itertools.product(*firsts))
    form = model.form
    if form.is_tree:
        raise RefusalError(
            f"{statement.words()!r} holds fixed what the others do, and {model.name!r} is "
            "a tree, where they answer: leave others_fixed out, and name the plays"
        )
    axis = form.players.index(statement.player)

    def mine(values: NDArray[Any]) -> NDArray[Any]:
        return np.moveaxis(values.reshape(form.shape), axis, 0).reshape(
            form.shape[axis], -1
        )

    cells = mine(np.arange(len(number)))
    first = mine(better)
    second = mine(worse)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for a, b in itertools.product(range(len(cells)), repeat=2):
        both = first[a] & second[b]
        for play, other in zip(
            cells[a][both].tolist(), cells[b][both].tolist(), strict=True
        ):
            found.setdefault((int(number[play]), int(number[other])), (play, other))
    if not found:
        raise ModelError(
            f"{statement.words()!r} compares nothing: in no two plays of neighbouring "
            "items do the others do the same; leave others_fixed out"
        )
    return list(found.values())


def fulfilled(where: Slice, given: Sequence[Demand], points: NDArray[np.float64]) -> Bools:
    """At which rows of values all demands are met, in floats.

    A column for every parameter of the model. ``where``: the slice of the parameters that
    vary; ``given``: the demands; ``points``: the rows.
    """
    met = np.ones(len(points), dtype=bool)
    if not given:
        return met
    strict = np.array([one.strict for one in given])
    values = Polynomials(where, [one.poly for one in given])(points)
    return np.asarray(np.where(strict, values > 0, values >= 0).all(axis=1))
