"""Tipping: an equilibrium is followed as a parameter moves until it vanishes.

From what comes after it, the way back is followed too.

Where two equilibria hold side by side, the one that is played depends on the way taken: up
it lasts to one point, down the other lasts to another (hysteresis). Selection by risk
dominance or by quantal response tips at a point of its own, between the two.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy import deadline
from strategy.algebraic import Point, sign_at
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import capital, equilibrium, there_is_no_equilibrium
from strategy.concepts.quantal_response import LogitQuantalResponse
from strategy.display import Table, joined, number
from strategy.errors import RefusalError
from strategy.forms.plays import Play
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.courses import Course, There
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.line import Line
from strategy.sensitivity.deciding.slices import (
    Slice,
    roots,
)
from strategy.sensitivity.deciding.verdicts import read_question
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["Life", "LifeEnd", "Switch", "Tipping", "tipping"]

_STEPS = 32


@attrs.frozen
class LifeEnd:
    """Where an equilibrium vanishes.

    ``attained``: whether it is still one there; ``next``: the equilibria just beyond;
    ``back``: for each of these, to where it lasts when the parameter moves the other way.
    """

    point: Point
    attained: bool
    next: tuple[Course, ...]
    back: tuple[Point, ...]


@attrs.frozen
class Life:
    """How far an equilibrium lasts along one parameter, from the value asked about.

    ``course``: the equilibrium that is followed; ``down``, ``up``: how it ends below and
    above ``value``, None where it lasts to the end of the range. Equilibria are told apart
    by what is played: one play, or where chance moves what the players do on the way,
    whatever chance does and however likely it is.
    """

    parameter: str
    value: Fraction
    course: Course
    down: LifeEnd | None
    up: LifeEnd | None

    @property
    def play(self) -> Play:
        """The play. Raises RefusalError where several may come of it, as chance decides."""
        if len(self.course.plays) != 1:
            raise RefusalError(
                f"chance decides which play results from ({self.course}): see course.plays"
            )
        return self.course.plays[0]


@attrs.frozen
class Switch:
    """Where a rule of selection changes what it selects, along ``parameter``.

    ``below`` the ``point`` it selects one play, ``above`` it the other. ``rule``: "risk
    dominance" (exact), or quantal response: there values of a grid of 32 steps were tried,
    the change lies ``between`` two of them, and ``point`` is their middle.
    """

    rule: str
    parameter: str
    point: Point
    below: str
    above: str
    between: tuple[Fraction, Fraction] | None = None


@attrs.frozen(eq=False, repr=False)
class Tipping(Finding):
    """The lives of all equilibria at the values asked about, along each parameter.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``lives``: how far each
    equilibrium lasts; ``switches``: where rules of selection change what they select.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    lives: tuple[Life, ...]
    switches: tuple[Switch, ...]

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"How long each equilibrium of {self.model.name} lasts as one assumption "
            f"moves, {self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The ends that are nearest, and the switches."""
        ends = [
            (life, end, way)
            for life in self.lives
            for end, way in ((life.down, "falls"), (life.up, "rises"))
            if end is not None
        ]
        if not ends:
            count = len({life.course for life in self.lives})
            if not count:
                return (
                    (
                        f"{capital(there_is_no_equilibrium(self.concept))} at these "
                        "values to follow."
                    ),
                )
            return (
                (
                    "Along no assumption alone does "
                    f"{'the equilibrium' if count == 1 else 'any of the equilibria'} "
                    "vanish."
                ),
            )
        said = [
            self._said(*one)
            for one in sorted(ends, key=lambda one: self._distance(one[0], one[1]))[:5]
        ]
        if len(ends) > 5:
            said.append(
                f"{len(ends) - 5} more end{' is' if len(ends) == 6 else 's are'} in the "
                "table."
            )
        return (
            *said,
            *[_switch_words(one, self.model.label(one.parameter)) for one in self.switches],
        )

    def _said(self, life: Life, end: LifeEnd, way: str) -> str:
        known = self.model.parameters[life.parameter]
        start, far = (known.low, known.high) if way == "rises" else (known.high, known.low)
        to, past = ("up to", "above that") if way == "rises" else ("down to", "below that")
        back = "down to" if way == "rises" else "up to"
        text = (
            f"As {self.model.label(life.parameter)} {way} from {number(life.value)}, "
            f"({life.course.in_words(self.model)}) remains an equilibrium {to} "
            f"{'and' if end.attained else 'but not'} including {number(end.point)}"
        )
        where = f"at {number(end.point)}" if end.point == far else past
        if not end.next:
            return f"{text}; {where} there is no other {equilibrium(self.concept)}."
        said = []
        for course, point in zip(end.next, end.back, strict=True):
            place = (
                "to the end of the range" if point == start else f"{back} {number(point)}"
            )
            named = course.in_words(self.model)
            said.append(f"({named}), which on the way back remains one {place}")
        return f"{text}; {where}: {joined(said[:3], 'or')}" + (
            f", or {len(said) - 3} more." if len(said) > 3 else "."
        )

    def _distance(self, life: Life, end: LifeEnd) -> float:
        known = self.model.parameters[life.parameter]
        return abs(float(end.point) - float(life.value)) / float(known.high - known.low)

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row an equilibrium and parameter."""
        rows = [
            [
                self.model.label(one.parameter),
                str(one.course),
                number(one.value),
                _end_words(one.down),
                _end_words(one.up),
            ]
            for one in self.lives
        ]
        moving = [
            row for row, one in zip(rows, self.lives, strict=True) if one.down or one.up
        ]
        left = len(rows) - len(moving)
        more = (
            (
                f"{left} more last{'s' * (left == 1)} over the whole range of "
                f"{'its' if left == 1 else 'their'} parameter."
            )
            if left
            else ""
        )
        header = [
            "assumption",
            "equilibrium",
            "assumed",
            "falling, lasts to",
            "rising, lasts to",
        ]
        return (
            Table(header, moving, [2], more=more, caption="How far each equilibrium lasts"),
        )

    def data(self) -> dict[str, Any]:
        """All of it; points as text."""
        return {
            "outcome": self.outcome,
            "lives": [
                {
                    "parameter": one.parameter,
                    "value": number_text(one.value),
                    "equilibrium": str(one.course),
                    "plays": [str(play) for play in one.course.plays],
                    "falling": _end_data(one.down),
                    "rising": _end_data(one.up),
                }
                for one in self.lives
            ],
            "switches": [
                {
                    **attrs.asdict(one),
                    "point": number_text(one.point),
                    "between": one.between and [number_text(end) for end in one.between],
                }
                for one in self.switches
            ],
        }


def tipping(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    parameter: Annotated[
        str | None, "The one parameter to follow along (default: each in turn)."
    ] = None,
    rationality: Annotated[
        float | None, "Follow logit quantal responses with this lambda as well (tables)."
    ] = None,
) -> Tipping:
    """Follow every equilibrium at the given values along one parameter until it vanishes.

    Along each parameter in turn, if none is named. For pure equilibria of tables and trees
    whose gains are polynomials in the parameter; exact.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    to start from (name -> number); ``parameter``: the one to follow along; ``rationality``:
    a lambda at which logit quantal responses are followed as well (tables).

    Raises RefusalError for all else.
    """
    chosen = read_question(model, concept, outcome)
    labels = list(model.parameters) if parameter is None else [parameter]
    values = model.parameters.read(at)
    lives: list[Life] = []
    switches: list[Switch] = []
    for given in labels:
        rest = {label: value for label, value in values.items() if label != given}
        where = Slice.of(model, (given,), rest)
        label = where.varied[0]
        known = model.parameters[label]
        if known.low == known.high:
            continue
        line = Line(decider(where, concept, chosen), known.low, known.high)
        line.settle()
        lives += _lives(label, line, values[label])
        if not model.form.is_tree and model.form.shape == (2, 2):
            switches += _risk_switches(where, label)
        if rationality is not None and not model.form.is_tree:
            switches += _quantal_switches(model, chosen, label, rest, rationality)
    return Tipping(
        model, concept, chosen.name, dict(at or {}), tuple(lives), tuple(switches)
    )


def _lives(label: str, line: Line, value: Fraction) -> Iterator[Life]:
    faces = _Faces(line)
    here = faces.of(value)
    for course in faces.there(here).courses():
        yield Life(
            label, value, course, faces.end(here, course, -1), faces.end(here, course, 1)
        )


class _Faces:
    """The ends, cuts and open pieces of a line in order, and the equilibria on each."""

    def __init__(self, line: Line) -> None:
        self.line = line
        # points and, as None, the open pieces between them
        self.places = [point for point, _ in line.faces_in_order()]
        edges = [point for point in self.places if point is not None]
        self.samples = [
            one for pair in zip(edges, line.samples, strict=False) for one in pair
        ] + edges[-1:]
        self._known: dict[int, There] = {}

    def of(self, value: Fraction) -> int:
        """The face that a value lies on."""
        places: list[Any] = self.places
        return next(
            i
            for i, point in enumerate(places)
            if (places[i - 1] < value < places[i + 1] if point is None else point == value)
        )

    def there(self, face: int) -> There:
        """The equilibria on a face."""
        if face not in self._known:
            signs, found = self.line.faces[self.samples[face]]
            self._known[face] = self.line.decide.there(signs, found.plays)
        return self._known[face]

    def end(self, here: int, course: Course, way: int) -> LifeEnd | None:
        """Where a run of faces on which an equilibrium lasts ends in one direction.

        It is None at the end of the range.
        """
        last = self._last(here, course, way)
        beyond = last + way
        if not 0 <= beyond < len(self.places):
            return None
        attained = self.places[last] is not None
        if not attained and 0 <= beyond + way < len(self.places):
            # what follows a point at which the equilibrium is none is the piece after it
            beyond += way
        following = [
            one for one in self.there(beyond).courses() if not one.numbers <= course.leaves
        ]
        back = tuple([self._edge(self._last(beyond, one, -way), -way) for one in following])
        return LifeEnd(self._edge(last, way), attained, tuple(following), back)

    def _last(self, start: int, course: Course, way: int) -> int:
        """The last face of a run on which an equilibrium lasts."""
        while 0 <= start + way < len(self.places) and self.there(start + way).has(course):
            start += way
        return start

    def _edge(self, face: int, way: int) -> Point:
        """The end of a face in one direction."""
        point = self.places[face]
        if point is None:
            point = self.places[face + way]
        assert point is not None
        return point


# -- rules of selection


def _risk_switches(where: Slice, label: str) -> Iterator[Switch]:
    """Where one strict equilibrium of a 2 x 2 table begins to dominate the other in risk.

    That is where the product of losses of the one overtakes that of the other.
    """
    model = where.model
    form = model.form
    assert not form.is_tree
    low = model.parameters[label].low
    high = model.parameters[label].high
    for one, other in (((0, 0), (1, 1)), ((0, 1), (1, 0))):
        losses = [[_loss(where, cell, axis) for axis in range(2)] for cell in (one, other)]
        (a, b), (c, d) = losses
        difference = a * b - c * d
        for point in roots(difference, low, high):
            if all(
                sign_at(loss.coefficients, point) > 0 for pair in losses for loss in pair
            ):
                slope = _slope_sign(difference, point)
                names = [str(form.play(cell[0] * 2 + cell[1])) for cell in (one, other)]
                if slope:
                    below, above = (
                        (names[1], names[0]) if slope > 0 else (names[0], names[1])
                    )
                    yield Switch("risk dominance", label, point, below, above)


def _loss(where: Slice, cell: tuple[int, int], axis: int) -> Polynomial:
    """What a player loses by being the only one to leave a cell."""
    number_, payoffs = where.model.payoff_polynomials(where.model.players[axis])
    away = tuple([1 - k if i == axis else k for i, k in enumerate(cell)])
    return where.restrict(
        payoffs[number_[cell[0] * 2 + cell[1]]] - payoffs[number_[away[0] * 2 + away[1]]]
    )


def _slope_sign(poly: Polynomial, point: Point) -> int:
    """The sign of a polynomial just above a root of it (0 if it is the same below)."""
    for order in itertools.count(1):
        poly = poly.slope(0)
        if not poly:
            return 0
        sign = sign_at(poly.coefficients, point)
        if sign:
            return sign if order % 2 else 0
    raise AssertionError


def _quantal_switches(
    model: Model,
    outcome: Outcome,
    label: str,
    rest: Mapping[str, Fraction],
    rationality: float,
) -> Iterator[Switch]:
    """Where the outcome's probability in the principal logit response passes one half.

    These places are looked for on a grid.
    """
    low = model.parameters[label].low
    high = model.parameters[label].high
    concept = LogitQuantalResponse(rationality)
    before: float | None = None
    for i in range(_STEPS + 1):
        value = low + (high - low) * Fraction(i, _STEPS)
        found = solve(model.game(at={**rest, label: value}), concept)
        deadline.check()
        (response,) = found
        chance = float(response.probability(outcome.mask))
        if before is not None and (before - 0.5) * (chance - 0.5) < 0:
            last = value - (high - low) * Fraction(1, _STEPS)
            words = (
                f"{outcome.name!r} less likely than not",
                f"{outcome.name!r} more likely than not",
            )
            yield Switch(
                f"{concept}",
                label,
                (last + value) / 2,
                *(words if chance > before else words[::-1]),
                (last, value),
            )
        before = chance


# -- words


def _switch_words(one: Switch, label: str) -> str:
    place = f"at {number(one.point)}"
    if one.between is not None:
        place = (
            f"somewhere between {number(one.between[0])} and {number(one.between[1])}, "
            "values tried"
        )
    return (
        f"By {one.rule}, {label} tips {place}: from ({one.below}) to ({one.above}) as it "
        "rises."
    )


def _end_words(end: LifeEnd | None) -> str:
    if end is None:
        return "the end of the range"
    return number(end.point) + ("" if end.attained else " (not there)")


def _end_data(end: LifeEnd | None) -> dict[str, Any] | None:
    if end is None:
        return None
    back = [number_text(point) for point in end.back]
    return {
        "point": number_text(end.point),
        "attained": end.attained,
        "next": [number_text(one) for one in end.next],
        "back_to": back,
    }
