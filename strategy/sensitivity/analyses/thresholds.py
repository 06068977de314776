"""Thresholds: how far one assumption must move before the verdict changes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.algebraic import Point, between
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.display import Strip, Table, joined, notebook, number, paragraph, title
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_values import verdict
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.deciders import decider, decides
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Form, Signs, Slice, canonical, roots
from strategy.sensitivity.deciding.tried import Tried, changes, stretches, tried, unmoved
from strategy.sensitivity.deciding.verdicts import Verdict, chip, read_question

__all__ = ["Line", "Thresholds", "thresholds", "tried_words", "turn_words"]


@attrs.frozen(eq=False, repr=False)
class Thresholds:
    """The verdict along the range of one parameter: exactly, or at the values tried alone.

    ``points``: increasing, strictly inside the range, where the verdict is proved not to be locally constant (isolated changes
    included); each a Fraction or an AlgebraicNumber. ``pieces``: the verdict on each of the len(points)+1 open pieces;
    ``at_points``: at each point; ``at_ends``: at the two ends of the range; ``binding``: for each point the deviations that
    bind; ``binding_at_ends``: those that do where the verdict at an end of the range is not that of the piece beside it.
    ``sampled``: where the verdict is known at single values alone, these with their verdicts, both ends of the range among
    them; then there are no points, and the one piece is UNKNOWN.
    """

    model: Model
    concept: Concept
    outcome: str
    parameter: str
    at: Mapping[str, Any]
    points: tuple[Point, ...]
    pieces: tuple[Verdict, ...]
    at_points: tuple[Verdict, ...]
    at_ends: tuple[Verdict, Verdict]
    binding: tuple[tuple[Binding, ...], ...]
    binding_at_ends: tuple[tuple[Binding, ...], tuple[Binding, ...]] = ((), ())
    sampled: Tried = ()

    @property
    def changes_seen(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Neighbours among the values tried with different verdicts: the verdict changes somewhere from one to the other."""
        return changes(self.sampled)

    @property
    def low(self) -> Fraction:
        """The lower end of the range."""
        return self.model.parameters[self.parameter].low

    @property
    def high(self) -> Fraction:
        """The upper end of the range."""
        return self.model.parameters[self.parameter].high

    @property
    def baseline(self) -> Fraction:
        """The parameter's baseline."""
        return self.model.parameters[self.parameter].baseline

    @property
    def turning(self) -> tuple[tuple[Point, tuple[Binding, ...]], ...]:
        """Where the verdict changes, ends of the range included, and the deviations that bind there."""
        first, last = self.binding_at_ends
        inside = zip(self.points, self.binding, strict=True)
        return (*([(self.low, first)] if first else []), *inside, *([(self.high, last)] if last else []))

    @cached_property
    def places(self) -> tuple[tuple[Point, Verdict], ...]:
        """The values at which a verdict stands by itself: the ends of the range, the points, those tried."""
        return self.sampled or tuple(
            zip((self.low, *self.points, self.high), (self.at_ends[0], *self.at_points, self.at_ends[1]), strict=True)
        )

    @property
    def between(self) -> tuple[Verdict, ...]:
        """The verdict on each open piece between two of these places."""
        return (Verdict.UNKNOWN,) * (len(self.sampled) - 1) if self.sampled else self.pieces

    def verdict_at(self, value: Any) -> Verdict:
        """The verdict at a value of the parameter, read off the pieces; UNKNOWN at one that was not tried, where some were."""
        from strategy.exact import exact

        point = value if hasattr(value, "minimal_polynomial") else exact(value)
        for place, known in self.places:
            if point == place:
                return known
        self.model.parameters.read({self.parameter: point})
        return self.pieces[sum(1 for edge in self.points if edge < point)]

    def __repr__(self) -> str:
        found = f"{len(self.sampled)} values tried" if self.sampled else ", ".join(map(number, self.points)) or "none"
        return f"Thresholds({self.outcome!r}, {self.parameter}: {found})"

    def __str__(self) -> str:
        return f"{self._head}\n{self._table.text()}"

    def _repr_html_(self) -> str:
        strip = [self.strip(), paragraph(f"Range {number(self.low)} to {number(self.high)}; the star is the baseline.")]
        return notebook(title(self._head), *(strip if self.low < self.high else ()), self._table)

    def strip(self, size: int = 20, value: Fraction | None = None, ascii: bool = False) -> Strip:
        """The verdicts along the range as a picture: ``size`` characters as text, a drawing in a notebook.

        ``value``: what is marked instead of the baseline.
        """
        low, length = float(self.low), float(self.high - self.low) or 1.0
        edges = tuple([(float(place) - low) / length for place, _ in self.places])
        marked = (float(self.baseline if value is None else value) - low) / length
        return Strip(edges, self.between, tuple([verdict for _, verdict in self.places]), marked, size, ascii)

    @property
    def _head(self) -> str:
        unit = self.model.parameters[self.parameter].unit
        return f"{self.outcome!r} along {self.model.label(self.parameter)}" + (f" ({unit})" if unit else "") + f", {self.concept}"

    @property
    def _table(self) -> Table:
        if self.sampled:
            return self._tried
        first, last = map(turn_words, self.binding_at_ends)
        rows: list[list[object]] = [[number(self.low), chip(self.at_ends[0], self), first]]
        for i, piece in enumerate(self.pieces):
            edges = [number(place) for place, _ in self.places[i : i + 2]]
            rows.append([" to ".join(edges), chip(piece, self), ""])
            if i < len(self.points):
                rows.append([number(self.points[i]), chip(self.at_points[i], self), turn_words(self.binding[i])])
        rows.append([number(self.high), chip(self.at_ends[1], self), last])
        return Table([self.model.label(self.parameter), "the outcome holds", "who switches as it rises"], rows)

    @property
    def _tried(self) -> Table:
        rows = [[tried_words([value for value, _ in run]), chip(run[0][1], self)] for run in stretches(self.sampled)]
        more = f"Tried at these {len(self.sampled)} values alone; between them the verdict is not settled."
        return Table([self.model.label(self.parameter), "the outcome holds"], rows, more=more)


def thresholds(
    model: Model, concept: Concept, outcome: str | Outcome, parameter: str, at: Mapping[str, Any] | None = None
) -> Thresholds:
    """Where along the range of one parameter the verdict changes, exactly, and which deviations bind there.

    The other parameters stay at the baseline or as ``at`` says. Exact for pure and subgame-perfect equilibria, and for all Nash
    equilibria of two players, where payoffs are polynomials in the parameter: rational thresholds are Fractions, others
    AlgebraicNumbers. Elsewhere, unless the parameter moves nothing that the equilibria rest on, the verdict is known at the
    values tried alone (``sampled``): equally spaced ones, and closer ones where it differs from one to the next. Raises
    RefusalError if the concept does not take the game.
    """
    chosen = read_question(model, concept, outcome)
    where = Slice.of(model, (parameter,), at)
    label = where.varied[0]
    low, high = model.parameters[label].low, model.parameters[label].high
    if not decides(model, concept):
        about = (model, concept, chosen.name, label, dict(at or {}), ())
        if low == high or unmoved(where, concept):
            known = verdict(model, concept, chosen, at=where.values)
            return Thresholds(*about, (known,), (), (known, known), ())
        seen = tried(where, concept, chosen)
        return Thresholds(*about, (Verdict.UNKNOWN,), (), (seen[0][1], seen[-1][1]), (), sampled=seen)
    line = Line(decider(where, concept, chosen), low, high)
    line.settle()
    points, pieces, at_points, binding = line.summary()
    ends = (line.at(low).verdict, line.at(high).verdict)
    return Thresholds(
        model, concept, chosen.name, label, dict(at or {}), points, pieces, at_points, ends, binding, line.at_ends()
    )


def tried_words(values: Sequence[Fraction]) -> str:
    """Values tried one after another: all of them where they are few, else how many from the first to the last."""
    if len(values) <= 2:
        return joined([f"at {number(values[0])}", *map(number, values[1:])])
    return f"at {len(values)} values from {number(values[0])} to {number(values[-1])}"


def turn_words(binding: tuple[Binding, ...]) -> str:
    """Who switches from what to what; the same switch at several moves is named once."""
    counts = Counter(f"{one.player}: {one.from_} -> {one.to}" for one in binding)
    return "; ".join(turn + (f" (at {count} moves)" if count > 1 else "") for turn, count in counts.items())


class Line:
    """The faces of a line: cut at the roots of every form asked for, until deciding the faces asks for no new form."""

    def __init__(self, decide: Decider, low: Fraction, high: Fraction, ask: Callable[[Signs], Found] | None = None) -> None:
        self.decide, self.low, self.high, self.ask = decide, low, high, ask or decide.found
        self.forms: set[Form] = set()
        self.cuts: list[Point] = []
        self.samples: list[Fraction] = []
        self.faces: dict[Point, tuple[Signs, Found]] = {}

    def at(self, point: Point) -> Found:
        """What there is at a point; new forms asked for become cuts."""
        if point not in self.faces:
            signs = Signs((point,))
            self.faces[point] = (signs, self.ask(signs))
            for form in signs.asked:
                self.learn(form)
        return self.faces[point][1]

    def learn(self, form: Form) -> None:
        """Add the roots of a form."""
        form, turn = canonical(form)
        if turn and form not in self.forms:
            self.forms.add(form)
            new = [root for root in roots(form, self.low, self.high) if root not in self.cuts]
            if new:
                self.cuts = sorted([*self.cuts, *new])

    def settle(self) -> None:
        """Decide every face."""
        if self.low == self.high:
            self.at(self.low)
            self.samples = [self.low]
            return
        while True:
            before = len(self.cuts)
            edges: list[Point] = [self.low, *self.cuts, self.high]
            self.samples = [self._sample(a, b) for a, b in itertools.pairwise(edges)]
            for point in [*self.samples, *edges]:
                self.at(point)
            if len(self.cuts) == before:
                return

    def faces_in_order(self) -> list[tuple[Point | None, Found]]:
        """The ends and cuts, each as (point, what is there), and between them the open pieces, as (None, what is there)."""
        edges: list[Point] = [self.low, *self.cuts, self.high]
        result: list[tuple[Point | None, Found]] = [(self.low, self.at(self.low))]
        for sample, edge in zip(self.samples, edges[1:], strict=True):
            result += [(None, self.at(sample)), (edge, self.at(edge))]
        return result

    def _sample(self, low: Point, high: Point) -> Fraction:
        known = next((point for point in self.faces if isinstance(point, Fraction) and low < point < high), None)
        return between(low, high) if known is None else known

    def summary(self) -> tuple[tuple[Point, ...], tuple[Verdict, ...], tuple[Verdict, ...], tuple[tuple[Binding, ...], ...]]:
        """Only the cuts at which the verdict is not locally constant."""
        points: list[Point] = []
        pieces = [self.at(self.samples[0]).verdict]
        at_points, binding = [], []
        for i, cut in enumerate(self.cuts):
            here, after = self.at(cut).verdict, self.at(self.samples[i + 1]).verdict
            if here is after is pieces[-1]:
                continue
            points.append(cut)
            pieces.append(after)
            at_points.append(here)
            sides = [self.faces[point][0] for point in (self.samples[i], cut, self.samples[i + 1])]
            binding.append(self.decide.binding(*sides))
        return tuple(points), tuple(pieces), tuple(at_points), tuple(binding)

    def at_ends(self) -> tuple[tuple[Binding, ...], tuple[Binding, ...]]:
        """The deviations that bind at the two ends, as it goes up."""
        if self.low == self.high:
            return (), ()
        edges = (self.low, self.samples[0], self.samples[-1], self.high)
        low, first, last, high = [self.faces[point][0] for point in edges]
        return self.decide.binding(low, low, first), self.decide.binding(last, high, high)
