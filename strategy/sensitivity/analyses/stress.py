"""Joint stress: assumptions moved together, from what is assumed to where they may go.

How far until the verdict changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy.algebraic import Point
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import Parameter
from strategy.completeness import (
    capital,
    captioned,
    equilibrium,
    in_which,
    leaves_to_chance,
)
from strategy.display import Table, joined, number
from strategy.errors import ParameterError, RefusalError
from strategy.exact import exact
from strategy.names import name, unknown
from strategy.older_pickles import takes_older_pickles
from strategy.protocols import Concept
from strategy.sensitivity.analyses.claims_put_wrong import fixed_values, widened
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.analyses.thresholds_result import turn_words
from strategy.sensitivity.deciding.at_samples import ORDER, classify, in_floats
from strategy.sensitivity.deciding.at_values import chance_at
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.line import Line
from strategy.sensitivity.deciding.paths import Path
from strategy.sensitivity.deciding.verdicts import (
    Bounds,
    Verdict,
    changed,
    chip,
    read_question,
    verdict_clause,
)
from strategy.sensitivity.samples.intervals import Estimate, share
from strategy.sensitivity.samples.shares import SAMPLES, draw
from strategy.texts import number_text

__all__ = ["Stress", "StressPath", "stress"]

_WRONG = " wrong"
_SEED = 0
_SHORT = {"every": "every", "some": "at least one"}


@takes_older_pickles
@attrs.frozen(eq=False)
class StressPath:
    """The verdict on the straight way from the values asked about (0) to ``ends`` (1).

    It is exact.

    ``name``: what the group is called in data, ``label``: what people read. ``points``:
    increasing, strictly between 0 and 1, where the verdict is not locally constant;
    ``pieces``: the verdict on each of the len(points)+1 open pieces; ``at_points``,
    ``at_ends``: at each point, and at 0 and 1; ``chances``: the outcome's least and
    greatest probability at 0 and 1, where equilibria may leave it to chance; ``binding``:
    who switches there; ``often``: at which share of the ranges of all else the outcome
    comes about at 1, None where that was not counted.
    """

    name: str
    ends: Mapping[str, Fraction]
    points: tuple[Point, ...]
    pieces: tuple[Verdict, ...]
    at_points: tuple[Verdict, ...]
    at_ends: tuple[Verdict, Verdict]
    chances: tuple[Bounds, Bounds]
    binding: tuple[tuple[Binding, ...], ...]
    label: str = attrs.field(default=attrs.Factory(lambda path: path.name, takes_self=True))
    """The name as people read it."""
    often: Estimate | None = None

    low = baseline = Fraction(0)
    high = Fraction(1)
    sampled = ()

    @property
    def first_change(self) -> Point | None:
        """How far the first change is.

        At it, or just beyond it, the verdict is another than at 0. None if there is none.
        """
        start = self.at_ends[0]
        for point, *verdicts in zip(
            (self.low, *self.points), (start, *self.at_points), self.pieces, strict=True
        ):
            if any(one is not start for one in verdicts):
                return point
        return self.high if self.at_ends[1] is not start else None


@takes_older_pickles
@attrs.frozen(eq=False, repr=False)
class Stress(Finding):
    """How far several assumptions can move together before the verdict changes.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``paths``: the answer group
    by group; ``often``: at which share of the ranges the outcome comes about if nothing is
    moved, in "every" equilibrium or in "some" (``which``: the latter where it is in every one
    at no sample).
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    paths: tuple[StressPath, ...]
    often: Estimate | None = None
    which: str = "every"

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"{self.outcome!r} in {self.model.name} with assumptions moved together, "
            f"{self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """How often over the ranges; what changes the verdict, the soonest first; what not."""
        first = self.paths[0]
        said = [
            (
                "At the values asked about "
                f"{verdict_clause('the outcome', first.at_ends[0], self, first.chances[0])}."
            )
        ]
        changes = [(one.first_change, one.label) for one in self.paths]
        turning = sorted(
            [(point, label) for point, label in changes if point is not None],
            key=lambda row: float(row[0]),
        )
        that = changed(first.chances[0])
        if turning:
            parts = [f"{label} ({_far(point)})" for point, label in turning]
            said.append(f"{capital(that)} changes on the way to: {'; '.join(parts)}.")
        still = [label for point, label in changes if point is None]
        if still:
            it = "It" if turning or that == "that" else capital(that)
            said.append(f"{it} does not change anywhere on the way to: {'; '.join(still)}.")
        return (*self._over_ranges(), *said)

    def _over_ranges(self) -> tuple[str, ...]:
        """How often over the ranges of all else, at the two ends that differ most."""
        ends = sorted(
            [
                (one.often.value, one.often.percent(), one.label)
                for one in self.paths
                if one.often
            ]
        )
        if self.often is None or not ends or self.often.value == ends[0][0] == ends[-1][0]:
            return ()
        most, least = [
            f"at {share} with {label}" for _, share, label in (ends[-1], ends[0])
        ]
        parts = joined(list(dict.fromkeys([most, least])))
        which = in_which(self.which, equilibrium(self.concept))
        return (
            f"All else anywhere in its range, the outcome comes about {which} {parts}; with "
            f"nothing moved at {self.often.percent()} ({SAMPLES:,} uniform samples, seed {_SEED}; "
            "exact 95 % intervals).",
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """Each way, piece by piece."""
        start = self.model.parameters.read(self.at)
        counted = self.often is not None
        ways = [
            [
                one.label,
                _moves(self.model, start, one.ends),
                *([one.often.percent()] if one.often else []),
            ]
            for one in self.paths
        ]
        rows: list[list[object]] = []
        for one in self.paths:
            edges = [one.low, *one.points, one.high]
            if one.first_change is None and not one.points:
                rows.append([one.label, "0 to 1", chip(one.pieces[0], self), ""])
                continue
            rows.append([one.label, "0", chip(one.at_ends[0], self, one.chances[0]), ""])
            for i, piece in enumerate(one.pieces):
                rows.append(
                    [
                        "",
                        f"{number(edges[i])} to {number(edges[i + 1])}",
                        chip(piece, self),
                        "",
                    ]
                )
                if i < len(one.points):
                    rows.append(
                        [
                            "",
                            number(one.points[i]),
                            chip(one.at_points[i], self),
                            turn_words(one.binding[i]),
                        ]
                    )
            rows.append(["", "1", chip(one.at_ends[1], self, one.chances[1]), ""])
        header = [
            "what moves",
            "share of the way",
            "the outcome comes about",
            "who switches there",
        ]
        return (
            Table(
                [
                    "what moves",
                    "from and to",
                    *([f"in {_SHORT[self.which]}, over the ranges"] if counted else []),
                ],
                ways,
                [2] if counted else [],
                caption="The assumptions that move together",
            ),
            Table(header, rows, caption=captioned("The verdict on the way", self.concept)),
        )

    def data(self) -> dict[str, Any]:
        """All of it; a point that is irrational as a rounded number, marked so."""
        paths = [
            {
                "name": one.name,
                "ends": {label: number_text(value) for label, value in one.ends.items()},
                "points": [
                    number_text(point) if isinstance(point, Fraction) else number(point)
                    for point in one.points
                ],
                "pieces": [piece.name for piece in one.pieces],
                "at_points": [here.name for here in one.at_points],
                "at_ends": [end.name for end in one.at_ends],
                "often": None if one.often is None else one.often.data(),
            }
            for one in self.paths
        ]
        often = None if self.often is None else self.often.data()
        return {
            "outcome": self.outcome,
            "which": self.which,
            "often": often,
            "paths": paths,
        }


def stress(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    group: Annotated[
        list[str] | None,
        (
            "Move these together, such as 'both strong: russia_attention=1, "
            "iran_threat=0' or 'both wrong: C7, C8'; may be repeated."
        ),
    ] = None,
) -> Stress:
    """How far assumptions can move in a stated direction before the verdict changes.

    The answer is exact, and told as a share of the way.

    Each group moves in a straight line from its values (0) to its ends (1): parameters to
    the values given, claims to what holds if they are wrong; radius searches every
    direction. Without groups, each claim that says what holds instead is a group, and all
    of them together are another, unless two contradict each other; and so are all of them
    right to the full, each parameter at the end of its range that lies on the other side.
    Where floats settle thousands of samples, it is counted how often the outcome comes
    about with a group at its ends and all else anywhere in its range.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    to start from (name -> number); ``group``: texts such as "both strong:
    russia_attention=1, iran_threat=0" or "both wrong: C7, C8".

    Raises RefusalError where signs of gains do not decide the verdict, and if there is
    nothing to move.
    """
    chosen = read_question(model, concept, outcome)
    start = model.parameters.read(at)
    groups = (
        _claim_groups(model) if not group else dict([_read(model, one) for one in group])
    )
    if not groups:
        raise RefusalError(
            f"no claim of model {model.name!r} says what holds if it is wrong: say what "
            "moves, such as group=['high: x=1, y=2']"
        )
    wide = widened(model, *groups.values())
    paths = [
        _walk(Path.to(wide, start, ends), label, concept, chosen)
        for label, ends in groups.items()
    ]
    asked = (model, concept, chosen.name, dict(at or {}))
    if not in_floats(model, concept):
        return Stress(*asked, tuple(paths))
    points, fixed = draw(model, SAMPLES, _SEED, at), fixed_values(model, at)

    def codes(ends: Mapping[str, Fraction]) -> list[Verdict]:
        wide, values = widened(model, ends), {**fixed, **ends}
        return [
            ORDER[one] for one in classify(wide, concept, chosen.name, points, values)[0]
        ]

    try:
        unmoved, *moved = [codes(ends) for ends in ({}, *[one.ends for one in paths])]
    except RefusalError:  # ties under chance, at some of the samples
        return Stress(*asked, tuple(paths))
    surely = Verdict.EVERY in unmoved
    if not surely and leaves_to_chance(concept, model.form):
        return Stress(*asked, tuple(paths))  # which is not "in at least one equilibrium"
    counted = (Verdict.EVERY,) if surely else (Verdict.EVERY, Verdict.SOME)

    def often(found: list[Verdict]) -> Estimate:
        return share(sum([found.count(one) for one in counted]), SAMPLES)

    paths = [
        attrs.evolve(one, often=often(found))
        for one, found in zip(paths, moved, strict=True)
    ]
    return Stress(*asked, tuple(paths), often(unmoved), "every" if surely else "some")


def _walk(path: Path, label: str, concept: Concept, outcome: Outcome) -> StressPath:
    line = Line(
        decider(path, concept, path.model.outcomes[outcome.name]),
        StressPath.low,
        StressPath.high,
    )
    line.settle()
    points, pieces, at_points, binding = line.summary()
    ends = (line.at(StressPath.low).verdict, line.at(StressPath.high).verdict)
    low, high = [
        chance_at(path.model, concept, outcome.name, path.at(way))
        for way in (StressPath.low, StressPath.high)
    ]
    return StressPath(
        label,
        path.ends,
        points,
        pieces,
        at_points,
        ends,
        (low, high),
        binding,
        _label(path.model, label),
    )


def _label(model: Model, group: str) -> str:
    claim = group.removesuffix(_WRONG)
    return (
        f"{model.claim_label(claim, quoted=True)}{_WRONG}"
        if claim in model.claims
        else group
    )


def _claim_groups(model: Model) -> dict[str, dict[str, Fraction]]:
    """Each claim wrong, and all together if there are several and they agree, and all right."""
    groups = {
        f"{label}{_WRONG}": dict(one.if_wrong)
        for label, one in model.claims.items()
        if one.if_wrong
    }
    together: dict[str, Fraction] = {}
    agree = True
    for ends in groups.values():
        agree = agree and all(
            together.setdefault(label, value) == value for label, value in ends.items()
        )
    if not agree or len(groups) < 2:
        return groups
    right = {
        label: other
        for label, wrong in together.items()
        if (other := _other_end(model.parameters[label], wrong)) is not None
    }
    both = {"all claims wrong": together, "all claims right to the full": right}
    return {**groups, **{label: ends for label, ends in both.items() if ends}}


def _other_end(parameter: Parameter, wrong: Fraction) -> Fraction | None:
    """The end of a range away from what holds if a claim is wrong; None if it is assumed."""
    side = wrong - parameter.baseline
    end = parameter.low if side > 0 else parameter.high
    return end if side and end != parameter.baseline else None


def _read(model: Model, given: str) -> tuple[str, dict[str, Fraction]]:
    """A group from words: "name: parameter=value, claim, ..."."""
    label, colon, rest = given.partition(":")
    if not colon:
        label, rest = given, given
    ends: dict[str, Fraction] = {}
    for part in filter(None, (one.strip() for one in rest.split(","))):
        for parameter, value in _ends(model, part, given).items():
            if ends.setdefault(parameter, value) != value:
                raise ParameterError(
                    f"group {given!r} moves {parameter} to {ends[parameter]} and to "
                    f"{value}: give one of them"
                )
    if not ends:
        raise ParameterError(
            f"group {given!r} moves nothing: write 'name: parameter=value, parameter=value'"
        )
    return label.strip(), ends


def _ends(model: Model, part: str, given: str) -> dict[str, Fraction]:
    label, equals, value = part.partition("=")
    label = label.strip()
    if equals:
        _ = model.parameters[label]  # says so if there is none
        where = exact(value.strip(), f"value of {label}")
        model.parameters.read({label: where})  # says so if it is out of range
        return {name(label, "parameter"): where}
    if label not in model.claims:
        known = unknown(label, model.claims, "claim")
        raise ParameterError(
            f"group {given!r}: {known}; a parameter is written with its value, such as "
            f"{label}=1"
        )
    if not model.claims[label].if_wrong:
        raise ParameterError(
            f"group {given!r}: claim {label!r} does not say what holds if it is wrong; "
            "write parameter=value"
        )
    return dict(model.claims[label].if_wrong)


def _far(point: Point) -> str:
    if point == 0:
        return "at once"
    return "only at its end" if point == 1 else f"at {number(point)} of the way"


def _moves(
    model: Model, start: Mapping[str, Fraction], ends: Mapping[str, Fraction]
) -> str:
    return joined(
        [
            f"{model.label(label)} from {number(start[label])} to {number(value)}"
            for label, value in ends.items()
        ]
    )
