"""What ``radius`` and ``flip`` return.

Distances in words, the moves as a table, who switches, all as data.
"""

from __future__ import annotations

import abc
import decimal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.display import Table, joined, listed, number, place_words
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.at_values import chance_at
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.verdicts import (
    Bounds,
    Verdict,
    read_question,
    with_chance,
)
from strategy.sensitivity.nearest.asked import held_for_chance, held_words, moving
from strategy.sensitivity.nearest.changes import ChangeQuestion, ChangeWitness, Move
from strategy.sensitivity.nearest.moves import Norm
from strategy.sensitivity.nearest.search import CLOSE, Nearest
from strategy.texts import number_text

__all__ = ["NOTHING_MOVES", "Change", "bound_text", "searched", "share_text"]

NOTHING_MOVES = "No assumption is left that could move."
_MOST_NAMED = 5
_MOST_TURNS = 3


@attrs.frozen(eq=False, repr=False)
class Change(Finding):
    """The least joint move of assumptions after which the verdict is in ``goal``.

    ``lower``: proved, no smaller move does it (None: proved, no move within the ranges
    does). ``upper``: a move of this size, or any slightly larger one if it is not
    ``attained``, does it (None: none found). ``attained``: whether a move of exactly
    ``distance`` does; None if that is not settled. ``moves``: the worst direction, from the
    start to the nearest point. ``witness``: a place at which the verdict is in ``goal``, at
    that point if attained, just beyond it otherwise. ``binding``: the deviations that turn
    there. ``nodes``: how much was searched; ``cut_short``: whether a limit ended that.
    ``held``: parameters that were not moved, as probabilities of chance depend on them;
    ``start_chance``: the outcome's least and greatest probability at the start, where an
    equilibrium may leave it to chance.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    norm: Norm
    moving: tuple[str, ...]
    start: Verdict
    goal: frozenset[Verdict]
    lower: Fraction | None
    upper: Fraction | None
    attained: bool | None
    moves: tuple[Move, ...]
    witness: ChangeWitness | None
    binding: tuple[Binding, ...]
    nodes: int
    cut_short: bool
    held: Mapping[str, Fraction]
    start_chance: Bounds

    @property
    def distance(self) -> Fraction | None:
        """The least size, exactly.

        It is None if no move within the ranges does it, or if only bounds are known
        (``proved``).
        """
        return self.lower if self.lower == self.upper else None

    @property
    def proved(self) -> bool:
        """Whether the distance is known, or that there is none."""
        return self.lower is None or self.lower == self.upper

    @property
    @abc.abstractmethod
    def sentences(self) -> tuple[str, ...]:
        """What was found."""

    @property
    def _begins(self) -> tuple[str, ...]:
        """The verdict at the start, and which parameters do not move."""
        start = (
            f"At {self._from} the verdict on {self.outcome!r} is: "
            f"{with_chance(self.start, self, self.start_chance)}."
        )
        asked = [label for label in self._kept if label not in self.held]
        short = (
            f"Held fixed, as asked: {joined(self.model.labels(asked))}."
            if len(asked) < 5
            else f"Moved, as asked: {listed(self.model.labels(self.moving), 4)} alone."
        )
        return (
            start,
            *held_words(self.model, self.held),
            *([short] if asked and self.moving else []),
        )

    @property
    def _kept(self) -> list[str]:
        """The parameters that have a range and do not move."""
        return [
            label
            for label, one in self.model.parameters.items()
            if one.low < one.high and label not in self.moving
        ]

    @property
    def _of_these(self) -> str:
        """After "change" or "move": of what, where something is held."""
        if not self._kept:
            return ""
        return (
            f" of {joined(self.model.labels(self.moving))}"
            if len(self.moving) < 3
            else " of what is not held"
        )

    @property
    def _gap(self) -> str:
        """Why there are two bounds."""
        if self.cut_short:
            return (
                f"The search was cut short after {self.nodes} nodes; more nodes may close "
                "the gap."
            )
        return (
            "Gains contain products of what moves: the search ends once the two are at "
            f"most {CLOSE} apart."
        )

    @property
    def _from(self) -> str:
        return "the values given" if self.at else "the baseline"

    @property
    def _direction(self) -> list[str]:
        """The worst direction, and who switches there."""
        if not self.moves or self.witness is None:
            return []
        named = [
            _move_words(one, self.model.label(one.parameter))
            for one in self.moves[:_MOST_NAMED]
        ]
        if len(self.moves) > len(named):
            left = len(self.moves) - len(named)
            named.append(f"{left} more parameter{'s' if left > 1 else ''} (in the table)")
        kind = (
            "The nearest change that was found" if not self.proved else "A nearest change"
        )
        said = [f"{kind}: {joined(named)}."]
        if self.attained is False:
            said.append("The change comes right beside that point, not at it.")
        turns = [
            _turn_words(one, self.model, self.model.claim_labels(self._claims(one)))
            for one in self.binding[:_MOST_TURNS]
        ]
        if turns:
            left = len(self.binding) - len(turns)
            said.append(
                "There "
                f"{joined([*turns, *([f'{left} more deviations turn'] if left else [])])}."
            )
        return said

    def _claims(self, binding: Binding) -> tuple[str, ...]:
        """The claims that what this deviation gains rests on.

        There are none unless it leads from one play to one other.
        """
        if len(binding.before) != 1 or len(binding.after) != 1:
            return ()
        (before,), (after,) = binding.before, binding.after
        rows = self.model.explain(after, instead_of=before).of(binding.player)
        return tuple(
            [
                claim
                for claim in self.model.claims
                if any(row.claim == claim for row in rows)
            ]
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """The moves, and who switches."""
        found = []
        if self.moves:
            rows = [
                [
                    self.model.label(one.parameter),
                    number(one.start),
                    number(one.to),
                    _signed(one.share),
                    one.unit,
                ]
                for one in self.moves
            ]
            heads = ["parameter", "from", "to", "share of its range", "unit"]
            caption = (
                "From the start to the nearest point at which, or just beyond which, the "
                "verdict is another"
            )
            found.append(Table(heads, rows, [1, 2, 3], caption=caption))
        if self.binding:
            rows = [
                [
                    one.player,
                    one.from_,
                    one.to,
                    self.model.place_in_words(one.where),
                    joined(self.model.claim_labels(self._claims(one))),
                ]
                for one in self.binding
            ]
            found.append(
                Table(
                    ["player", "switches from", "to", "where", "claims"],
                    rows,
                    caption="Who switches there",
                )
            )
        return tuple(found)

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "norm": self.norm,
            "start": self.start.name,
            "start_probability": _written(self.start_chance),
            "goal": [one.name for one in Verdict if one in self.goal],
            "held": {label: number_text(value) for label, value in self.held.items()},
            "proved": self.proved,
            "lower": None if self.lower is None else number_text(self.lower),
            "upper": None if self.upper is None else number_text(self.upper),
            "attained": self.attained,
            "moves": [
                {
                    "parameter": one.parameter,
                    "from": number_text(one.start),
                    "to": number_text(one.to),
                    "share": number_text(one.share),
                }
                for one in self.moves
            ],
            "witness": self.witness
            and {
                "values": {
                    label: number_text(value)
                    for label, value in self.witness.values.items()
                },
                "verdict": self.witness.verdict.name,
                "probability": _written(self.witness.chance),
            },
            "turns": [
                {
                    "player": one.player,
                    "from": one.from_,
                    "to": one.to,
                    "where": place_words(one.where),
                }
                for one in self.binding
            ],
            "nodes": self.nodes,
            "cut_short": self.cut_short,
        }

    def __repr__(self) -> str:
        found = (
            f"between {number_text(self.lower)} and {number_text(self.upper)}"
            if not self.proved
            else number_text(self.distance)
        )
        return (
            f"{type(self).__name__}({self.outcome!r}, {self.model.name}, {self.concept}, "
            f"{self.norm}: {found})"
        )


def searched(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None,
    goal: Callable[[Verdict], frozenset[Verdict]],
    *,
    norm: Norm,
    vary: Sequence[str] | None,
    hold: Sequence[str] | None,
    weights: Mapping[str, Any] | None = None,
    nodes: int,
    seconds: float | None,
) -> dict[str, Any]:
    """The fields of a Change; ``goal``: the verdicts to reach from that at the start.

    Within ``seconds`` from now.

    Where these are over before all that decides a verdict is at hand, the verdict at the
    start is unknown. ``model``, ``concept``, ``outcome``, ``norm``, ``vary``, ``hold``,
    ``weights`` and ``nodes`` as ``radius`` and ``flip`` take them.
    """
    begin = time.monotonic()
    chosen = read_question(model, concept, outcome)
    held = held_for_chance(model, at, vary, hold)
    keep = [*(hold or ()), *held]
    question, start = None, Verdict.UNKNOWN
    chance: Bounds = None
    try:
        with deadline.within(seconds):
            question = ChangeQuestion.of(
                model, concept, chosen, at, norm=norm, vary=vary, hold=keep, weights=weights
            )
            chance = chance_at(model, concept, chosen.name, question.at)
            start = question.start
    except deadline.OutOfTime:
        deadline.check()  # an end that was set before is for whoever set it
    found = Nearest(Fraction(0), None, None, 0, cut=True)
    witness: ChangeWitness | None = None
    binding: tuple[Binding, ...] = ()
    if question is not None and start is not Verdict.UNKNOWN:
        rest = (
            None
            if seconds is None
            else float(min(seconds, threading.TIMEOUT_MAX)) - (time.monotonic() - begin)
        )
        found = question.nearest(goal(start), nodes, rest)
        witness, binding = question.witness(found.place, goal(start))
    return {
        "model": model,
        "concept": concept,
        "outcome": chosen.name,
        "at": dict(at or {}),
        "norm": norm,
        "moving": moving(model, vary, keep),
        "start": start,
        "goal": goal(start),
        "lower": found.lower,
        "upper": None if found.place is None else found.place.distance,
        "attained": found.attained if found.settled else None,
        "moves": () if question is None else question.moves(found.place),
        "witness": witness,
        "binding": binding,
        "nodes": found.nodes,
        "cut_short": found.cut,
        "held": held,
        "start_chance": chance,
    }


def _written(bounds: Bounds) -> list[str] | None:
    return None if bounds is None else [number_text(one) for one in bounds]


def share_text(value: Fraction, *, up: bool = False) -> str:
    """A share of a range as a percentage of three digits, and exactly where that differs.

    A bound is given instead if that would be long. ``value``: the share; ``up``: whether a
    bound is one from above.
    """
    rounded = f"{100 * float(value):.3g} %"
    if Fraction(rounded.removesuffix(" %")) == 100 * value:
        return rounded
    return (
        f"{rounded} ({value})"
        if len(number_text(value)) < 16
        else f"{bound_text(100 * value, up=up)} %"
    )


def bound_text(value: Fraction, *, up: bool = False) -> str:
    """The nearest number of five digits not above a value or (``up``) not below it."""
    rounding = decimal.ROUND_CEILING if up else decimal.ROUND_FLOOR
    context = decimal.Context(prec=5, rounding=rounding)
    quotient = context.divide(
        decimal.Decimal(value.numerator), decimal.Decimal(value.denominator)
    )
    return f"{quotient.normalize():f}"


def _signed(value: Fraction) -> str:
    return ("+" if value > 0 else "") + f"{100 * float(value):.3g} %"


def _move_words(one: Move, label: str) -> str:
    return (
        f"{label} from {number(one.start)} to {number(one.to)} "
        f"({100 * abs(float(one.share)):.3g} % of its range)"
    )


def _turn_words(one: Binding, model: Model, claims: Sequence[str]) -> str:
    where = model.place_in_words(one.where)
    resting = f" (claim{'s' if len(claims) > 1 else ''} {joined(claims)})" if claims else ""
    switch = model.switch_in_words(one.player, one.from_, one.to)
    return f"{one.player} {switch}{f' {where}' if where else ''}{resting}"
