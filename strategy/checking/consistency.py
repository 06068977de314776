"""Consistency: whether statements of an analyst can all hold within the ranges.

If they cannot, it says which few contradict each other.

A contradiction is proved by Farkas' lemma and made minimal by leaving statements out one at
a time (the deletion filter: Chinneck and Dravnieks, Locating Minimal Infeasible Constraint
Sets in Linear Programs, ORSA Journal on Computing 3, 1991).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np

from strategy.assumptions._statement_text import read_statement
from strategy.assumptions.model import Model
from strategy.assumptions.preferences import Statement
from strategy.checking._conflicts import Conflict, ConflictPart
from strategy.display import Table, joined, number, percent
from strategy.errors import ModelError, RefusalError
from strategy.exact import whole
from strategy.forms.plays import Play
from strategy.linear.inequality import Inequality
from strategy.linear.systems import Bound, LinearSystem, SystemProof
from strategy.names import ordered
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.analyses.statements import (
    Demand,
    demands,
    fulfilled,
    moving_slice,
)
from strategy.sensitivity.deciding.inequalities import bend, read
from strategy.sensitivity.samples.intervals import Estimate, share
from strategy.sensitivity.samples.shares import draw
from strategy.texts import number_text

__all__ = ["Conflict", "ConflictPart", "Consistency", "consistent"]

_SAMPLES = 16_384
_MOST_FOR_ALL = 14


@attrs.frozen(eq=False, repr=False)
class Consistency(Finding):
    """Whether statements can hold together.

    ``stated``: the statements about ``model``, asked about with the parameters ``at``
    fixed. If they can hold, ``witness`` has a value of every parameter at which they do;
    the statements begin to hold at ``distance`` from the values asked about (moves added
    up, each as a share of its range), and ``attained`` says that the witness is no farther.
    ``share``: in how many of ``samples`` uniform samples of the range box they hold, drawn
    from ``seed``. If they cannot, ``conflicts`` has a minimal set of statements that
    contradict each other, or all such sets (``every``).
    """

    model: Model
    stated: tuple[Statement, ...]
    at: Mapping[str, Any]
    witness: Mapping[str, Fraction] | None
    distance: Fraction | None
    attained: bool
    share: Estimate | None
    samples: int
    seed: int
    conflicts: tuple[Conflict, ...]
    every: bool

    @property
    def holds(self) -> bool:
        """Whether the statements can hold together within the ranges."""
        return self.witness is not None

    @property
    def moved(self) -> dict[str, tuple[Fraction, Fraction]]:
        """The parameters that are elsewhere at the witness than asked about: from and to."""
        here = self.model.parameters.read(self.at)
        return {
            label: (here[label], value)
            for label, value in (self.witness or {}).items()
            if value != here[label]
        }

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"Whether {len(self.stated)} statement{'s' * (len(self.stated) != 1)} about "
            f"{self.model.name} can hold together"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """That they can, and where; or which contradict each other."""
        if self.holds:
            return (*self._where(), *self._often())
        said = []
        for one in self.conflicts:
            numbers = joined([str(i + 1) for i in one.members])
            why = one.within_words(self.model.label)
            if len(one.members) == 1:
                said.append(f"Statement {numbers} cannot hold{why}.")
            else:
                said.append(
                    f"Statements {numbers} contradict each other{why}; without any one of "
                    "them the rest can hold."
                )
        if not self.every and len(self.conflicts[0].members) < len(self.stated):
            said.append("There may be other contradictions among them.")
        return tuple(said)

    def _where(self) -> Iterator[str]:
        moved = [
            f"{self.model.label(label)} = {number(to)} instead of {number(here)}"
            for label, (here, to) in self.moved.items()
        ]
        if not moved:
            yield "They can, and they all hold at the values asked about."
            return
        assert self.distance is not None
        yield f"They can, for instance with {joined(moved)}."
        if self.attained:
            yield (
                "No point where they hold is nearer: its moves add up to "
                f"{percent(self.distance)} of a range."
            )
        else:
            yield (
                "Points where they hold come arbitrarily close to moves that add up to "
                f"{percent(self.distance)} of a range, but no closer; this one is "
                "slightly farther."
            )

    def _often(self) -> Iterator[str]:
        if self.share is not None:
            basis = (
                f"{self.samples:,} uniform samples, seed {self.seed}; exact 95 % interval"
            )
            yield f"They hold at {self.share.percent()} of the range box ({basis})."

    @property
    def tables(self) -> tuple[Table, ...]:
        """The statements, with what each demands.

        After them comes, for each contradiction, what adds up to it.
        """
        rows = [
            [str(i), one.words(self.model.label)] for i, one in enumerate(self.stated, 1)
        ]
        found = [Table(["no.", "statement"], rows, [0], caption="The statements")]
        return (*found, *[one.table(self.model.label) for one in self.conflicts])

    def data(self) -> dict[str, Any]:
        """All of it; numbers as text."""
        return {
            "statements": [one.words() for one in self.stated],
            "consistent": self.holds,
            "witness": None
            if self.witness is None
            else {label: number_text(value) for label, value in self.witness.items()},
            "distance": None if self.distance is None else number_text(self.distance),
            "nearest": self.attained,
            "share": None if self.share is None else self.share.data(),
            "samples": self.samples,
            "seed": self.seed,
            "all_contradictions": self.every,
            "contradictions": [one.data() for one in self.conflicts],
        }


def consistent(
    model: Model,
    stated: Iterable[Statement | str],
    at: Mapping[str, Any] | None = None,
    *,
    every: bool = False,
    samples: int = _SAMPLES,
    seed: int = 0,
) -> Consistency:
    """Whether statements can all hold within the ranges of the parameters.

    It is proved either way, in exact arithmetic.

    ``stated``: Preferences, Comparisons, or text as ``read_statement`` takes it, about
    ``model``. ``at`` fixes parameters (name -> value). ``every``: all minimal sets of
    statements that contradict each other, for up to 14 statements. ``samples``: how many
    uniform samples of the range box say how often they hold, drawn from ``seed``; 0 for
    none.

    What is compared must be affine in the parameters that vary: RefusalError otherwise,
    with what to fix.
    """
    if isinstance(stated, str):
        raise ModelError(
            f"statements {stated!r}: give a sequence of them, such as [{stated!r}]"
        )
    read_all = tuple(
        [read_statement(model, one) for one in ordered(stated, "statements", ModelError)]
    )
    if every and len(read_all) > _MOST_FOR_ALL:
        raise RefusalError(
            f"all contradictions among {len(read_all)} statements: there may be very "
            f"many; ask for one (leave every out), or give at most {_MOST_FOR_ALL} "
            "statements"
        )
    whole(samples, "samples", 0)
    whole(seed, "seed", 0)
    where = moving_slice(model, at)
    wanted = [demands(where, one) for one in read_all]
    study = _ConsistencyStudy.of(model, where.varied, where.values, read_all, wanted)
    found = study.system.nearest(study.rows(range(len(read_all))))
    if isinstance(found, SystemProof):
        sets = (
            sorted(study.all_conflicts(), key=lambda one: (len(one), one))
            if every
            else [study.conflict(found)]
        )
        conflicts = tuple([study.explained(one) for one in sets])
        return Consistency(
            model,
            read_all,
            dict(at or {}),
            None,
            None,
            False,
            None,
            samples,
            seed,
            conflicts,
            every,
        )
    often = None
    if samples:
        points = draw(model, samples, seed, at)
        often = share(
            int(
                np.count_nonzero(
                    fulfilled(where, [one for each in wanted for one in each], points)
                )
            ),
            samples,
        )
    witness = {**where.values, **found.point}
    return Consistency(
        model,
        read_all,
        dict(at or {}),
        witness,
        found.distance,
        found.attained,
        often,
        samples,
        seed,
        (),
        every,
    )


@attrs.frozen(eq=False)
class _ConsistencyStudy:
    """The inequalities of all statements.

    ``owner`` has for each the statement that demands it, ``plays`` the two plays that it
    compares.
    """

    stated: tuple[Statement, ...]
    system: LinearSystem
    owner: tuple[int, ...]
    plays: tuple[tuple[Play, Play] | None, ...]

    @classmethod
    def of(
        cls,
        model: Model,
        varied: tuple[str, ...],
        values: Mapping[str, Fraction],
        stated: tuple[Statement, ...],
        wanted: Sequence[tuple[Demand, ...]],
    ) -> _ConsistencyStudy:
        rows = [
            (i, _affine(each, varied, stated[i]))
            for i, found in enumerate(wanted)
            for each in found
        ]
        box = {
            label: (model.parameters[label].low, model.parameters[label].high)
            for label in varied
        }
        system = LinearSystem(
            tuple([one for _, one in rows]), box, {label: values[label] for label in varied}
        )
        pairs = [each.plays for found in wanted for each in found]
        plays = [
            None if one is None else (model.form.play(one[0]), model.form.play(one[1]))
            for one in pairs
        ]
        return cls(stated, system, tuple([i for i, _ in rows]), tuple(plays))

    def rows(self, members: Iterable[int]) -> list[int]:
        """The inequalities of some statements."""
        kept = set(members)
        return [row for row, owner in enumerate(self.owner) if owner in kept]

    def members(self, proof: SystemProof) -> list[int]:
        """The statements that a proof uses."""
        return sorted({self.owner[row] for row in proof.rows})

    def conflict(self, proof: SystemProof) -> tuple[int, ...]:
        """A minimal set of statements that contradict each other.

        From a proof that some do: each is left out in turn.
        """
        kept = self.members(proof)
        for one in list(kept):
            if one in kept:
                found = self.system.deepest(
                    self.rows([each for each in kept if each != one])
                )
                if isinstance(found, SystemProof):
                    kept = self.members(found)
        return tuple(kept)

    def all_conflicts(self) -> list[tuple[int, ...]]:
        """All minimal sets, by size.

        A set that a known point meets, or that contains a known one, is not looked at
        again.
        """
        found: list[frozenset[int]] = []
        fine: list[frozenset[int]] = []
        everything = range(len(self.stated))
        for size in range(1, len(self.stated) + 1):
            for chosen in map(frozenset, itertools.combinations(everything, size)):
                if any(one <= chosen for one in found) or any(
                    chosen <= one for one in fine
                ):
                    continue
                answer = self.system.deepest(self.rows(chosen))
                if isinstance(answer, SystemProof):
                    found.append(chosen)
                    continue
                missed = {
                    self.owner[row]
                    for row in range(len(self.owner))
                    if not self.system.met(row, answer)
                }
                fine.append(frozenset(everything) - missed)
        return [tuple(sorted(one)) for one in found]

    def explained(self, members: tuple[int, ...]) -> Conflict:
        """A minimal set with its proof, which uses no end of a range needlessly."""
        rows = self.rows(members)
        proof = self.system.deepest(rows)
        assert isinstance(proof, SystemProof)
        without: set[Bound] = set()
        for one in list(proof.bounds):
            found = self.system.deepest(rows, {*without, one})
            if isinstance(found, SystemProof):
                proof = found
                without.add(one)
        parts = [
            ConflictPart(
                self.owner[row], self.system.inequalities[row], times, self.plays[row]
            )
            for row, times in sorted(proof.rows.items())
        ]
        ends = [
            (label, upper, self.system.box[label][int(upper)], times)
            for (label, upper), times in proof.bounds.items()
        ]
        return Conflict(
            members,
            tuple([self.stated[i] for i in members]),
            tuple(parts),
            tuple(ends),
            proof.sum,
            proof.strict,
        )


def _affine(one: Demand, varied: tuple[str, ...], statement: Statement) -> Inequality:
    bent = bend(one.poly, varied)
    if bent is not None:
        raise RefusalError(
            f"{statement.words()!r} compares payoffs that contain {bent[0]}, and "
            f"contradictions are found among sums: fix {bent[1]} with at="
        )
    return read(one.poly, 1, one.strict, varied)
