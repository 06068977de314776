"""What is known along the range of one parameter.

The verdict on each piece, the points of change, the deviations that bind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.algebraic import Point
from strategy.assumptions.model import Model
from strategy.display import Strip, Table, joined, notebook, number, paragraph, title
from strategy.protocols import Concept
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.tried import Tried, changes, stretches
from strategy.sensitivity.deciding.verdicts import Verdict, chip

__all__ = ["Thresholds", "tried_words", "turn_words"]


@attrs.frozen(eq=False, repr=False)
class Thresholds:
    """The verdict along the range of one parameter: exactly, or at the values tried alone.

    ``model``, ``concept``, ``outcome``, ``parameter``, ``at``: what was asked.

    ``points``: increasing, strictly inside the range, where the verdict is proved not to be
    locally constant (isolated changes included); each a Fraction or an AlgebraicNumber.
    ``pieces``: the verdict on each of the len(points)+1 open pieces; ``at_points``: at each
    point; ``at_ends``: at the two ends of the range; ``binding``: for each point the
    deviations that bind; ``binding_at_ends``: those that do where the verdict at an end of
    the range is not that of the piece beside it. ``sampled``: where the verdict is known at
    single values alone, these with their verdicts, both ends of the range among them; then
    there are no points, and the one piece is UNKNOWN.
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
        """Neighbours among the values tried with different verdicts.

        The verdict changes somewhere from one to the other.
        """
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
        """Where the verdict changes, and the deviations that bind there.

        Ends of the range included.
        """
        first, last = self.binding_at_ends
        inside = zip(self.points, self.binding, strict=True)
        return (
            *([(self.low, first)] if first else []),
            *inside,
            *([(self.high, last)] if last else []),
        )

    @cached_property
    def places(self) -> tuple[tuple[Point, Verdict], ...]:
        """The values at which a verdict stands by itself.

        The ends of the range, the points, those tried.
        """
        return self.sampled or tuple(
            zip(
                (self.low, *self.points, self.high),
                (self.at_ends[0], *self.at_points, self.at_ends[1]),
                strict=True,
            )
        )

    @property
    def between(self) -> tuple[Verdict, ...]:
        """The verdict on each open piece between two of these places."""
        return (Verdict.UNKNOWN,) * (len(self.sampled) - 1) if self.sampled else self.pieces

    def verdict_at(self, value: Any) -> Verdict:
        """The verdict at a value of the parameter, read off the pieces.

        UNKNOWN at one that was not tried, where some were.
        """
        from strategy.exact import exact

        point = value if hasattr(value, "minimal_polynomial") else exact(value)
        for place, known in self.places:
            if point == place:
                return known
        self.model.parameters.read({self.parameter: point})
        return self.pieces[sum(1 for edge in self.points if edge < point)]

    def __repr__(self) -> str:
        found = (
            f"{len(self.sampled)} values tried"
            if self.sampled
            else ", ".join(map(number, self.points)) or "none"
        )
        return f"Thresholds({self.outcome!r}, {self.parameter}: {found})"

    def __str__(self) -> str:
        return f"{self._head}\n{self._table.text()}"

    def _repr_html_(self) -> str:
        strip = [
            self.strip(),
            paragraph(
                f"Range {number(self.low)} to {number(self.high)}; the star is the "
                "baseline."
            ),
        ]
        return notebook(
            title(self._head), *(strip if self.low < self.high else ()), self._table
        )

    def strip(
        self, size: int = 20, value: Fraction | None = None, ascii: bool = False
    ) -> Strip:
        """The verdicts along the range as a picture.

        ``size`` characters as text, a drawing in a notebook; ``value``: what is marked
        instead of the baseline; ``ascii``: without signs that a terminal may lack.
        """
        low = float(self.low)
        length = float(self.high - self.low) or 1.0
        edges = tuple([(float(place) - low) / length for place, _ in self.places])
        marked = (float(self.baseline if value is None else value) - low) / length
        return Strip(
            edges,
            self.between,
            tuple([verdict for _, verdict in self.places]),
            marked,
            size,
            ascii,
        )

    @property
    def _head(self) -> str:
        unit = self.model.parameters[self.parameter].unit
        return (
            f"{self.outcome!r} along {self.model.label(self.parameter)}"
            + (f" ({unit})" if unit else "")
            + f", {self.concept}"
        )

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
                rows.append(
                    [
                        number(self.points[i]),
                        chip(self.at_points[i], self),
                        turn_words(self.binding[i]),
                    ]
                )
        rows.append([number(self.high), chip(self.at_ends[1], self), last])
        return Table(
            [
                self.model.label(self.parameter),
                "the outcome holds",
                "who switches as it rises",
            ],
            rows,
        )

    @property
    def _tried(self) -> Table:
        rows = [
            [tried_words([value for value, _ in run]), chip(run[0][1], self)]
            for run in stretches(self.sampled)
        ]
        more = (
            f"Tried at these {len(self.sampled)} values only; between them the verdict is "
            "not settled."
        )
        return Table(
            [self.model.label(self.parameter), "the outcome holds"], rows, more=more
        )


def tried_words(values: Sequence[Fraction]) -> str:
    """Values tried one after another.

    All of them where they are few, else how many from the first to the last. ``values``: in
    order.
    """
    if len(values) <= 2:
        return joined([f"at {number(values[0])}", *map(number, values[1:])])
    return f"at {len(values)} values from {number(values[0])} to {number(values[-1])}"


def turn_words(binding: tuple[Binding, ...]) -> str:
    """Who switches from what to what; the same switch at several moves is named once.

    ``binding``: the deviations that bind.
    """
    counts = Counter(f"{one.player}: {one.from_} -> {one.to}" for one in binding)
    return "; ".join(
        turn + (f" (at {count} moves)" if count > 1 else "")
        for turn, count in counts.items()
    )
