"""Exact inequalities around a point: as long as they hold, so does what is said of the equilibria there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.display import number
from strategy.protocols import Concept
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.slices import Form, Signs, Slice, add, canonical
from strategy.sensitivity.deciding.table_decider import TableDecider
from strategy.sensitivity.deciding.tree_decider import TreeDecider
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["Inequality", "around", "irredundant", "read"]

Ranges = Mapping[str, tuple[Fraction, Fraction]]
Needed = tuple[Form, int, bool]
"""A form, its sign, and whether it must not be zero."""


@attrs.frozen
class Inequality:
    """``coefficients @ parameters`` is at least ``bound``, or greater where ``strict``."""

    coefficients: tuple[tuple[str, Fraction], ...]
    bound: Fraction
    strict: bool

    def __str__(self) -> str:
        """All on its own side with a positive sign: "2 leverage + 1 > commitment"."""
        left = [_product(value, name) for name, value in self.coefficients if value > 0]
        right = [_product(-value, name) for name, value in self.coefficients if value < 0]
        if self.bound > 0 or not right:
            right.append(number(self.bound))
        elif self.bound < 0:
            left.append(number(-self.bound))
        return f"{' + '.join(left) or '0'} {'>' if self.strict else '≥'} {' + '.join(right)}"

    def holds(self, names: Sequence[str], points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where it holds among rows of values, in floats."""
        total: Any = sum(float(value) * points[:, list(names).index(name)] for name, value in self.coefficients)
        return np.asarray(total > float(self.bound) if self.strict else total >= float(self.bound))


def _product(value: Fraction, name: str) -> str:
    return name if value == 1 else f"{number(value)} {name}"


def around(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    varied: tuple[str, ...],
    values: Mapping[str, Fraction],
    every: bool,
    samples: NDArray[np.float64] | None = None,
) -> tuple[Inequality, ...] | None:
    """Inequalities that hold at these values and are enough for the outcome to hold in every equilibrium (``every``), or in at
    least one, over the ranges of the varied parameters; those that the ranges or one other imply are
    left out.

    None if the values are not in general position (a gain is zero), or a gain that matters there is not affine.
    In a table: what keeps one play with the outcome an equilibrium, and for ``every`` one deviation that undoes each play
    without it. In a tree without chance: the comparisons without which a play without the outcome might be played; those that
    fail at most of the ``samples`` (rows of varied values, where the outcome holds) are left out first. Otherwise: the signs of
    all that was compared.
    """
    where = Slice(model, varied, {label: value for label, value in values.items() if label not in varied})
    judge = decider(where, concept, outcome)
    signs = Signs(tuple(values[label] for label in varied))
    box = {label: (model.parameters[label].low, model.parameters[label].high) for label in varied}
    if isinstance(judge, TableDecider) and not judge.concept.undominated:
        needed = _of_table(judge, judge.signs(signs), every)
    else:
        judge.found(signs)
        needed = [(form, sign, True) for form, sign in signs.asked.items()]
        if isinstance(judge, TreeDecider) and not judge.laws and judge.found(signs).verdict is Verdict.EVERY:
            needed = _of_tree(judge, needed, varied, box, samples)
    if any(not sign or any(sum(powers) > 1 for powers, _ in form) for form, sign, _ in needed):
        return None
    found = [read(form, sign, strict, varied) for form, sign, strict in dict.fromkeys(needed)]
    return tuple(irredundant([one for one in found if one.coefficients], box))


def _of_table(judge: TableDecider, signs: Any, every: bool) -> list[Needed]:
    """The gains that a verdict rests on."""
    gains, mask = judge.gains, judge.mask
    found = gains.lookup(signs)
    columns = np.concatenate(gains.tables, axis=1)
    stable = gains.stable(signs)
    keeps = [set(np.abs(columns[play]).tolist()) - {0} for play in np.flatnonzero(stable & mask).tolist()]
    best = min(keeps, key=len)
    needed = {(k - 1, False) for k in best}
    if every:
        # Greedily: the deviation that undoes most of the plays that are left.
        rows = (found[columns] > 0) & ~mask[:, None]
        left = np.flatnonzero(~mask)
        while len(left):
            ks, counts = np.unique(np.concatenate([np.unique(columns[play][rows[play]]) for play in left]), return_counts=True)
            k = int(ks[np.argmax(counts)])
            needed.add((abs(k) - 1, True))
            left = left[~(columns[left] == k).any(axis=1)]
    result = []
    for k, strict in sorted(needed):
        form, turn = judge.forms[k]
        if form:
            result.append((form, int(signs[k]) * turn, strict))
    return result


def _of_tree(
    judge: TreeDecider, asked: list[Needed], varied: tuple[str, ...], box: Ranges, samples: NDArray[np.float64] | None
) -> list[Needed]:
    """Those of the comparisons that are needed for only plays with the outcome to be possible."""
    if samples is not None and len(samples) and not any(sum(powers) > 1 for form, _, _ in asked for powers, _ in form):
        often = [float(read(*one, varied).holds(varied, samples).mean()) for one in asked]
        asked = [asked[i] for i in np.argsort(often, kind="stable")]
    known = _Known(judge, varied, box)
    kept = dict.fromkeys(asked)
    for one in asked:
        fewer = {form: sign for form, sign, _ in kept if form != one[0]}
        if judge.mask[list(known.possible(fewer))].all():
            del kept[one]
    return list(kept)


class _Known:
    """Which plays of a tree are possible in equilibrium if no more than the signs of some comparisons is known."""

    def __init__(self, judge: TreeDecider, varied: tuple[str, ...], box: Ranges) -> None:
        self.judge, self.varied, self.box = judge, varied, box
        self.differences: dict[tuple[int, int, int], tuple[Form, int, int]] = {}

    def possible(self, signs: Mapping[Form, int]) -> frozenset[int]:
        """A play is impossible if the mover at some node has another action after which every possible play pays more."""
        form = self.judge.form
        found: list[frozenset[int]] = [frozenset()] * form.node_count
        for node in range(form.node_count - 1, -1, -1):
            who = int(form.mover[node])
            if who < 0:
                found[node] = frozenset([int(form.leaf_number[node])])
                continue
            parts = found[int(form.first[node]) : int(form.first[node + 1])]
            found[node] = frozenset(
                play
                for part in parts
                for play in part
                if not any(all(self._more(who, play, y, signs) for y in other) for other in parts if other is not part)
            )
        return found[0]

    def _more(self, who: int, than: int, play: int, signs: Mapping[Form, int]) -> bool:
        key = (who, than, play)
        if key not in self.differences:
            payoffs = self.judge.payoffs[who]
            form, turn = canonical(add(payoffs[play], payoffs[than], -1))
            self.differences[key] = form, turn, self._everywhere(form)
        form, turn, everywhere = self.differences[key]
        return turn * (everywhere or signs.get(form, 0)) > 0

    def _everywhere(self, form: Form) -> int:
        """The sign of an affine form if it has one over the whole box, or 0."""
        if not form or any(sum(powers) > 1 for powers, _ in form):
            return 0
        nothing = Inequality((), Fraction(-1), False)
        return next((sign for sign in (1, -1) if _implied(read(form, sign, True, self.varied), nothing, self.box)), 0)


def read(form: Form, sign: int, strict: bool, varied: tuple[str, ...]) -> Inequality:
    """sign * form > 0, or >= 0."""
    constant = sum((value for powers, value in form if not any(powers)), Fraction(0))
    parts = [(varied[powers.index(1)], sign * value) for powers, value in form if any(powers)]
    return Inequality(tuple(parts), -sign * constant, strict)


def irredundant(found: list[Inequality], box: Ranges) -> Iterator[Inequality]:
    """Those that the ranges, alone or with one of the others, do not imply."""
    nothing = Inequality((), Fraction(-1), False)
    kept = [one for one in found if not _implied(one, nothing, box)]
    for one in list(kept):
        others = [other for other in kept if other is not one]
        if any(_implied(one, other, box) for other in others):
            kept = others
    yield from kept


def _implied(one: Inequality, other: Inequality, box: Ranges) -> bool:
    """Whether the difference of the two sides can only be greater in the first than in the second, over the box."""
    difference = dict(one.coefficients)
    for name, value in other.coefficients:
        difference[name] = difference.get(name, Fraction(0)) - value
    least = sum((value * box[name][0 if value > 0 else 1] for name, value in difference.items()), Fraction(0))
    margin = least + other.bound - one.bound if other.coefficients else least - one.bound
    return margin > 0 or (margin == 0 and (other.strict or not one.strict))
