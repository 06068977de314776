"""Conditions: the inequalities between assumptions under which an equilibrium stays one, those that others imply left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs
import numpy as np

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.display import Table, joined
from strategy.errors import RefusalError
from strategy.forms.plays import Play
from strategy.linear import maximise
from strategy.sensitivity._faces import TableDecider, decider
from strategy.sensitivity._inequalities import Inequality, irredundant, read
from strategy.sensitivity._slices import Form, Signs, Slice, known_parameter
from strategy.sensitivity.findings import Finding
from strategy.sensitivity.verdicts import read_question

__all__ = ["Condition", "Conditions", "Polyhedron", "conditions"]


_SAID = 6


@attrs.frozen
class Condition:
    """One inequality, and who would turn to what if it failed (nobody named in a tree, where gains rest on what follows)."""

    inequality: Inequality
    player: str | None = None
    to: str | None = None


@attrs.frozen
class Polyhedron:
    """Where something stays played: ``plays`` (one in a table), and the conditions, which hold at the values asked about.

    In a table they are necessary and sufficient, within the ranges; in a tree they are sufficient.
    """

    plays: tuple[Play, ...]
    conditions: tuple[Condition, ...]


@attrs.frozen(eq=False, repr=False)
class Conditions(Finding):
    """For each equilibrium at the values asked about, under which inequalities it stays one."""

    model: Model
    concept: Any
    outcome: str
    at: Mapping[str, Any]
    polyhedra: tuple[Polyhedron, ...]
    exact: bool

    def reach(self, condition: Condition) -> Fraction:
        """How far the parameters of a condition may move together before it fails: by this share of every range, each the way
        that hurts it and no farther than its range goes. 0 where it holds as a tie."""
        values, known = self.model.parameters.read(self.at), self.model.parameters
        terms = condition.inequality.coefficients
        slack = sum((c * values[label] for label, c in terms), Fraction(0)) - condition.inequality.bound
        ends = {label: known[label].low if c > 0 else known[label].high for label, c in terms}
        ranges = {label: known[label].high - known[label].low for label, _ in terms}
        reach = Fraction(0)
        # Those that come to the end of their range first move no more from there on.
        left = sorted([(abs(values[label] - ends[label]) / ranges[label], abs(c) * ranges[label]) for label, c in terms])
        for i, (stop, _) in enumerate(left):
            speed = sum((rate for _, rate in left[i:]), Fraction(0))
            if slack <= speed * (stop - reach):
                return reach + slack / speed
            slack, reach = slack - speed * (stop - reach), stop
        return reach

    @property
    def heading(self) -> str:
        """What was asked."""
        return f"Under which conditions each equilibrium of {self.model.name} stays one, within the ranges, {self.concept}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """One an equilibrium."""
        if not self.polyhedra:
            return ("There is no equilibrium at these values.",)
        said = []
        for one in self.polyhedra:
            plays = joined([f"({play})" for play in one.plays], "or")
            if not one.conditions:
                said.append(f"{plays} stays an equilibrium whatever the assumptions, within their ranges.")
                continue
            when = "exactly as long as" if self.exact else "as long as"
            listed = joined([str(each.inequality) for each in one.conditions])
            many = len(one.conditions)
            said.append(
                f"{plays} stays an equilibrium {when} {listed if many <= _SAID else f'the {many} conditions listed hold'}."
            )
        return tuple(said)

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a condition."""
        rows = [
            [str(number), str(each.inequality), "" if each.player is None else f"{each.player} turns to {each.to}"]
            for number, one in enumerate(self.polyhedra, 1)
            for each in one.conditions
        ]
        header = ["equilibrium", "condition", *(["if it fails"] if self.exact else [])]
        shown = [row[: len(header)] for row in rows]
        return (Table(header, shown, [0], caption="Conditions that matter within the ranges"),)

    def data(self) -> dict[str, Any]:
        """All of it; an inequality as its coefficients and its bound."""
        return {
            "outcome": self.outcome,
            "necessary": self.exact,
            "equilibria": [
                {
                    "plays": [str(play) for play in one.plays],
                    "conditions": [
                        {
                            "inequality": str(each.inequality),
                            "coefficients": {label: str(value) for label, value in each.inequality.coefficients},
                            "at_least": str(each.inequality.bound),
                            "strict": each.inequality.strict,
                            "player": each.player,
                            "turns_to": each.to,
                        }
                        for each in one.conditions
                    ],
                }
                for one in self.polyhedra
            ],
        }


def conditions(
    model: Model,
    concept: Any,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    hold: Annotated[list[str] | None, "Hold these parameters at their values."] = None,
) -> Conditions:
    """The polyhedron of assumptions on which each equilibrium at the given values stays one, in inequalities, exactly.

    Gains must be jointly affine in the parameters that are not held: RefusalError otherwise, with what to hold.
    """
    chosen = read_question(model, concept, outcome)
    values = model.parameters.read(at)
    held = {known_parameter(model, label) for label in hold or ()} | model.held
    varied = tuple([label for label, one in model.parameters.items() if one.low < one.high and label not in held])
    where = Slice(model, varied, {label: value for label, value in values.items() if label not in varied})
    judge = decider(where, concept, chosen)
    signs = Signs(tuple(values[label] for label in varied))
    box = {label: (model.parameters[label].low, model.parameters[label].high) for label in varied}
    table = isinstance(judge, TableDecider) and not judge.concept.undominated
    parts = list(_of_table(judge, signs) if table and isinstance(judge, TableDecider) else _of_tree(judge, signs))
    found = []
    for plays, rows in parts:
        read_rows = [(_read(form, sign, strict, varied), player, to) for form, sign, strict, player, to in rows]
        kept = set(_independent(list(irredundant([one for one, _, _ in read_rows if one.coefficients], box)), box))
        reasons: dict[Inequality, Condition] = {}
        for one, player, to in read_rows:
            if one in kept:
                reasons.setdefault(one, Condition(one, player, to))
        found.append(Polyhedron(tuple([model.form.play(play) for play in plays]), tuple(reasons.values())))
    return Conditions(model, concept, chosen.name, dict(at or {}), tuple(found), table)


Row = tuple[Form, int, bool, str | None, str | None]


def _of_table(judge: TableDecider, signs: Signs) -> Iterator[tuple[list[int], list[Row]]]:
    """For each equilibrium, that no deviation gains."""
    gains = judge.gains
    for play in np.flatnonzero(gains.stable(judge.signs(signs))).tolist():
        rows: list[Row] = []
        for axis, (player, options) in enumerate(gains.form.actions.items()):
            for other, k in enumerate(gains.tables[axis][play].tolist()):
                form, turn = judge.forms[abs(k) - 1] if k else ((), 0)
                if form:
                    rows.append((form, -turn if k > 0 else turn, False, player, options[other]))
        yield [play], rows


def _of_tree(judge: Any, signs: Signs) -> Iterator[tuple[list[int], list[Row]]]:
    """All that was compared stays as it is."""
    found = judge.found(signs)
    if any(not signs(form) for form in signs.asked):
        raise RefusalError(
            "a gain that matters is zero at these values, so no inequality around them is strict: give other values"
        )
    yield sorted(found.plays), [(form, sign, True, None, None) for form, sign in signs.asked.items()]


def _independent(found: list[Inequality], box: Mapping[str, tuple[Fraction, Fraction]]) -> list[Inequality]:
    """Those that the others together do not imply within the box: for each the least value there, by a linear programme."""
    kept = list(found)
    for one in found:
        others = [other for other in kept if other is not one]
        if others and _implied(one, others, box):
            kept = others
    return kept


def _implied(one: Inequality, others: list[Inequality], box: Mapping[str, tuple[Fraction, Fraction]]) -> bool:
    names = list(box)

    def row(given: Inequality) -> tuple[list[Fraction], Fraction]:
        """Coefficients and bound in what each parameter exceeds its least value by."""
        known = dict(given.coefficients)
        values = [known.get(label, Fraction(0)) for label in names]
        return values, given.bound - sum((c * box[label][0] for c, label in zip(values, names, strict=True)), Fraction(0))

    objective, bound = row(one)
    rows = [row(other) for other in others]
    matrix = [[-c for c in values] for values, _ in rows] + [
        [Fraction(int(i == j)) for j in range(len(names))] for i in range(len(names))
    ]
    limits = [-least for _, least in rows] + [high - low for low, high in box.values()]
    solution = maximise([-c for c in objective], at_most=(matrix, limits))
    assert solution.value is not None  # the values asked about fulfil all of them
    least = -solution.value
    return least > bound or (least == bound and not one.strict)


def _read(form: Form, sign: int, strict: bool, varied: tuple[str, ...]) -> Inequality:
    bent = next((powers for powers, _ in form if sum(powers) > 1), None)
    if bent is not None:
        names = [label for label, power in zip(varied, bent, strict=True) if power]
        raise RefusalError(
            f"a gain contains {' times '.join(names) if len(names) > 1 else f'a power of {names[0]}'}, so its condition is no "
            f"inequality of sums: hold {joined(names[1:] or names)}"
        )
    return read(form, sign, strict, varied)
