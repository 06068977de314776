"""Conditions: the inequalities under which an equilibrium stays one.

They are between assumptions; those that others imply are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import capital, equilibrium, there_is_no_equilibrium
from strategy.display import Table, joined
from strategy.errors import RefusalError
from strategy.forms.plays import Play
from strategy.linear.inequality import Inequality
from strategy.linear.systems import LinearSystem, SystemProof
from strategy.older_pickles import takes_older_pickles
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.analyses.change_finding import share_text
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.courses import Course
from strategy.sensitivity.deciding.inequalities import (
    Needed,
    bend,
    irredundant,
    ranges_of,
    read,
)
from strategy.sensitivity.deciding.judges import MINUS, PLUS, ZERO
from strategy.sensitivity.deciding.protocol import Standing
from strategy.sensitivity.deciding.slices import Signs, Slice
from strategy.sensitivity.deciding.verdicts import read_question
from strategy.sensitivity.nearest.asked import (
    Asked,
    held_for_chance,
    held_words,
    planes_over,
)
from strategy.sensitivity.nearest.keeping import keeping
from strategy.sensitivity.nearest.products import Products
from strategy.texts import number_text

__all__ = ["Condition", "Conditions", "EquilibriumCondition", "Polyhedron", "conditions"]


_SAID = 6
_MOST = 24
"""Equilibria that are looked at; each takes searches of its own."""


@attrs.frozen
class EquilibriumCondition:
    """One inequality under which an equilibrium stays one.

    ``player``, ``to``: who would switch to what if it failed (None in a tree, where gains
    rest on what follows). ``necessary``: whether it is shown that the equilibrium ends
    wherever this fails, within the ranges.
    """

    inequality: Inequality
    player: str | None = None
    to: str | None = None
    necessary: bool = True


@takes_older_pickles
@attrs.frozen
class Polyhedron:
    """Where an equilibrium stays one.

    What is played in it, and the conditions, which hold at the values asked about.

    They are sufficient; where all are necessary they say exactly where. In a tree what the
    others do off the path may be any equilibrium of what is left there, so it may also stay
    one where a condition fails. ``course``: what is played, in words. ``lower``, ``upper``:
    no joint move by less than the one share of every range ends it (None: none within the
    ranges does), one of the other, or just beyond, does (None: none was found);
    ``attained``: whether one of just that size does. ``together``: the plays are those of
    all equilibria, and the conditions keep them the same.
    """

    plays: tuple[Play, ...]
    conditions: tuple[EquilibriumCondition, ...]
    course: str
    lower: Fraction | None
    upper: Fraction | None
    attained: bool | None
    together: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is an equilibrium exactly where the conditions hold."""
        return all(one.necessary for one in self.conditions)


@attrs.frozen(eq=False, repr=False)
class Conditions(Finding):
    """For each equilibrium at the values asked about, the inequalities that it rests on.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``polyhedra``: the
    inequalities, equilibrium by equilibrium. ``held``: parameters that were not moved, as
    probabilities of chance depend on them; ``asked_to_hold``: parameters that were not
    moved, as asked; ``left_out``: how many equilibria there are beyond those looked at.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    polyhedra: tuple[Polyhedron, ...]
    held: Mapping[str, Fraction]
    left_out: int = 0
    asked_to_hold: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether each is an equilibrium exactly where its conditions hold."""
        return all(one.exact for one in self.polyhedra)

    def reach(self, condition: EquilibriumCondition) -> Fraction:
        """How far the parameters of a condition may move together before it fails.

        By this share of every range, each the way that hurts it and no farther than its
        range goes. 0 where it holds as a tie.
        """
        return _reach(condition.inequality, self.model, self.model.parameters.read(self.at))

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"Under which conditions each equilibrium of {self.model.name} remains one, "
            f"within the ranges, {self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """One an equilibrium."""
        if not self.polyhedra:
            return (f"{capital(there_is_no_equilibrium(self.concept))} at these values.",)
        said = [
            sentence
            for one in self.polyhedra
            for sentence in (self._stays(one), *_until(one, self._each))
        ]
        if self.left_out:
            said.append(
                f"{self.left_out:,} more equilibria were not looked at; at values with "
                "fewer ties there are fewer."
            )
        still = (
            [f"Held fixed, as asked: {joined(self.model.labels(self.asked_to_hold))}."]
            if self.asked_to_hold
            else []
        )
        return (*held_words(self.model, self.held), *still, *said)

    @property
    def _each(self) -> str:
        """Which parameters may move."""
        return (
            "each parameter that is not held"
            if self.held or self.asked_to_hold
            else "each parameter"
        )

    def _stays(self, one: Polyhedron) -> str:
        """Under which conditions an equilibrium remains one, as a sentence."""
        played = one.course if len(one.plays) > 1 else self.model.play_in_words(*one.plays)
        if one.together:
            begins = (
                f"The plays that result from some {equilibrium(self.concept)} remain "
                f"{one.course}"
            )
            other = "elsewhere they may remain the same too"
        elif not self.model.form.is_tree:
            begins = f"({played}) remains a {equilibrium(self.concept)}"
            other = "elsewhere it may remain one too"
        else:
            begins = f"Some {equilibrium(self.concept)} leads to ({played})"
            other = "elsewhere other replies off the path may lead to it too"
        if not one.conditions:
            return f"{begins} wherever the assumptions move within their ranges."
        listed = joined([self.model.in_words(each.inequality) for each in one.conditions])
        many = len(one.conditions)
        if many > _SAID:
            listed = f"the {many} conditions listed hold"
        return (
            f"{begins} exactly as long as {listed}."
            if one.exact
            else f"{begins} as long as {listed}; {other}."
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a condition."""
        rows = [
            [
                str(number),
                self.model.in_words(each.inequality),
                f"{100 * float(self.reach(each)):.3g} %",
                _failing(each),
            ]
            for number, one in enumerate(self.polyhedra, 1)
            for each in sorted(one.conditions, key=self.reach)
        ]
        header = ["equilibrium", "condition", "fails after", "if it fails"]
        more = (
            (
                "Fails after: how far a joint move goes, each parameter in the harmful "
                "direction, before it fails."
            )
            if rows
            else ""
        )
        return (
            Table(
                header,
                rows,
                [0, 2],
                more=more,
                caption="Conditions that matter within the ranges",
            ),
        )

    def data(self) -> dict[str, Any]:
        """All of it; an inequality as its coefficients and its bound."""
        return {
            "outcome": self.outcome,
            "held": {label: number_text(value) for label, value in self.held.items()},
            "left_out": self.left_out,
            "equilibria": [
                {
                    "equilibrium": one.course,
                    "plays": [str(play) for play in one.plays],
                    "necessary": one.exact,
                    "ends_at_least": None if one.lower is None else number_text(one.lower),
                    "ends_at_most": None if one.upper is None else number_text(one.upper),
                    "conditions": [
                        {
                            "inequality": str(each.inequality),
                            "coefficients": {
                                label: number_text(value)
                                for label, value in each.inequality.coefficients
                            },
                            "at_least": number_text(each.inequality.bound),
                            "strict": each.inequality.strict,
                            "player": each.player,
                            "turns_to": each.to,
                            "necessary": each.necessary,
                            "fails_after": number_text(self.reach(each)),
                        }
                        for each in one.conditions
                    ],
                }
                for one in self.polyhedra
            ],
        }


def _until(one: Polyhedron, each: str) -> Iterator[str]:
    """How far the assumptions may move together before it ends, as a sentence."""
    if one.lower is None:
        return
    if one.lower == one.upper == 0:
        yield "It can be ended by arbitrarily small moves."
        return
    known = one.lower == one.upper and one.attained is not None
    within = (
        f"Moves by {'at most' if known and not one.attained else 'less than'} "
        f"{share_text(one.lower)} of the range of {each} cannot end it"
    )
    if one.upper is None:
        yield f"{within}; whether larger ones can was not settled."
    elif known:
        more = "one of that size" if one.attained else "arbitrarily little more"
        yield f"{within}; {more} can."
    else:
        yield f"{within}; one of {share_text(one.upper, up=True)}, or just beyond, can."


def _failing(one: EquilibriumCondition) -> str:
    if one.player is not None:
        return f"{one.player} switches to {one.to}"
    return "it ends" if one.necessary else "other replies may keep it"


def conditions(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    hold: Annotated[
        list[str] | None, "Hold the parameter NAME at its value; may be repeated."
    ] = None,
    nodes: Annotated[
        int,
        (
            "How many nodes to search for where an equilibrium ends, before stopping with "
            "bounds."
        ),
    ] = 200,
) -> Conditions:
    """The inequalities under which each equilibrium remains one, and how far it is to them.

    Equilibria are those of pure strategies at the given values. In a tree, those that lead
    to the same play count as one, and the question is whether some equilibrium leads to it.
    Gains must be linear in the parameters that are not held; if they are not, the error
    says what to hold. Parameters on which probabilities of chance depend are held fixed.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number); ``hold``: names of parameters that keep
    their values (those held anyway are listed in ``held``); ``nodes``: how many places to
    look at for where an equilibrium ends, before stopping with bounds.

    Raises RefusalError where gains are not jointly affine.
    """
    chosen = read_question(model, concept, outcome)
    held = held_for_chance(model, at, None, hold)
    keep = [*(hold or ()), *held]
    left_out = 0
    asked = Asked.of(model, concept, chosen, at, None, keep)
    signs = Signs(tuple(asked.starts))
    standing = asked.decide.standing(signs)
    if standing is not None:
        found = [_known(asked, one) for one in standing]
    else:
        courses = asked.decide.there(signs, asked.decide.found(signs).plays).courses()
        found = list(_of_courses(asked, courses[:_MOST], nodes))
        left_out = max(0, len(courses) - _MOST)
    return Conditions(
        model,
        concept,
        chosen.name,
        dict(at or {}),
        tuple(found),
        held,
        left_out,
        tuple(hold or ()),
    )


def _known(asked: Asked, standing: Standing) -> Polyhedron:
    """Where an equilibrium stays one, by what its decider knows to keep it."""
    plays = tuple([asked.where.model.form.play(play) for play in standing.plays])
    made = _conditions(standing.needed, asked.where)
    least = min(
        [_reach(one.inequality, asked.where.model, asked.where.values) for one in made],
        default=None,
    )
    upper = least if all(one.necessary for one in made) else None
    course = (
        joined([f"({play})" for play in plays])
        if standing.together
        else joined(list(map(str, plays)))
    )
    return Polyhedron(
        plays,
        made,
        course,
        least,
        upper,
        None if upper is None else False,
        standing.together,
    )


def _of_courses(asked: Asked, courses: list[Course], nodes: int) -> Iterator[Polyhedron]:
    """Signs that keep each course an equilibrium.

    A course is one of a tree, or a play of a table without dominated actions.
    """
    products = Products.of(asked.decide.monomials, asked.starts, asked.ranges)
    planes = planes_over(products, [Fraction(1)] * len(asked.varied), "max")
    for course in courses:
        kept = keeping(planes, asked.decide, course.leaves, nodes)
        rows: list[Needed] = []
        for number, allowed in kept.signs.items():
            for sign, other in ((1, MINUS), (-1, PLUS)):
                if not allowed & other:
                    rows.append(
                        Needed(
                            planes.polys[number],
                            sign,
                            not allowed & ZERO,
                            necessary=number in kept.needed,
                        )
                    )
        end = kept.end
        upper = None if end.place is None else end.place.distance
        yield Polyhedron(
            course.plays,
            _conditions(rows, asked.where),
            str(course),
            end.lower,
            upper,
            kept.attained,
        )


def _conditions(rows: list[Needed], where: Slice) -> tuple[EquilibriumCondition, ...]:
    """Those of the conditions that the ranges and the others do not imply."""
    box = ranges_of(where)
    found = [
        EquilibriumCondition(
            _read(one.poly, one.sign, one.strict, where.varied),
            one.player,
            one.to,
            one.necessary,
        )
        for one in rows
    ]
    spoken = [one.inequality for one in found if one.inequality.coefficients]
    kept = set(_independent(list(irredundant(spoken, box)), box, where))
    reasons: dict[Inequality, EquilibriumCondition] = {}
    for each in found:
        if each.inequality in kept:
            reasons.setdefault(each.inequality, each)
    return tuple(reasons.values())


def _reach(
    inequality: Inequality, model: Model, values: Mapping[str, Fraction]
) -> Fraction:
    known, terms = model.parameters, inequality.coefficients
    slack = sum((c * values[label] for label, c in terms), Fraction(0)) - inequality.bound
    ends = {label: known[label].low if c > 0 else known[label].high for label, c in terms}
    ranges = {label: known[label].high - known[label].low for label, _ in terms}
    reach = Fraction(0)
    # Those that come to the end of their range first move no more from there on.
    left = sorted(
        [
            (abs(values[label] - ends[label]) / ranges[label], abs(c) * ranges[label])
            for label, c in terms
        ]
    )
    for i, (stop, _) in enumerate(left):
        speed = sum((rate for _, rate in left[i:]), Fraction(0))
        if slack <= speed * (stop - reach):
            return reach + slack / speed
        slack, reach = slack - speed * (stop - reach), stop
    return reach


def _independent(
    found: list[Inequality], box: Mapping[str, tuple[Fraction, Fraction]], where: Slice
) -> list[Inequality]:
    """Those that the others together do not imply within the box.

    One is implied where nothing in the box meets the others and not it.
    """
    kept = list(found)
    for one in found:
        rows = (one.negated, *[other for other in kept if other is not one])
        system = LinearSystem(rows, box, where.values)
        if isinstance(system.deepest(range(len(rows))), SystemProof):
            kept = list(rows[1:])
    return kept


def _read(poly: Polynomial, sign: int, strict: bool, varied: tuple[str, ...]) -> Inequality:
    bent = bend(poly, varied)
    if bent is not None:
        raise RefusalError(
            f"a gain contains {bent[0]}, so its condition is not an inequality of sums: "
            f"hold {bent[1]}"
        )
    return read(poly, sign, strict, varied)


Condition = EquilibriumCondition
