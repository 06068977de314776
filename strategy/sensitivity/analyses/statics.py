"""Comparative statics.

Does raising a parameter make the outcome more or less likely, and what does it do to each
player?
"""

from __future__ import annotations

import enum
import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Annotated, Any, Literal

import attrs

from strategy.algebraic import Point
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.completeness import (
    EFFECTS,
    EFFECTS_ON_THE_VERDICT,
    SIGNS_OF_TABLE,
    SIGNS_SEEN,
    equilibrium,
    leaves_to_chance,
    passed_over_words,
)
from strategy.display import Table, joined, number
from strategy.errors import RefusalError
from strategy.exact import weighted_sum
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.analyses.tornado import Solved, solved_at
from strategy.sensitivity.deciding.along import SignFace, Step, payoff_steps, rank_steps
from strategy.sensitivity.deciding.at_values import outcome_probability
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.line import Line
from strategy.sensitivity.deciding.monotone import Proofs
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.deciding.verdicts import Verdict, read_question
from strategy.solvers.protocol import Limits
from strategy.texts import number_text

__all__ = ["Effect", "Entry", "Statics", "Witness", "statics"]

_RANK = {Verdict.NO: 0, Verdict.SOME: 1, Verdict.EVERY: 2}
_GRID = 16
_LIMITS = Limits(seconds=10)


class Effect(enum.Enum):
    """What raising a parameter does. The values are the signs of the table."""

    RAISES = "+"
    """Proved: it never lowers it, and somewhere raises it, or the proof says no more."""
    LOWERS = "-"
    """Proved: it never raises it, and somewhere lowers it, or the proof says no more."""
    NOTHING = "0"
    """Proved: it never changes it."""
    EITHER = "?"
    """Proved by two pairs of points: it raises it here and lowers it there."""
    UNSETTLED = "not settled"
    """Nothing of this is proved."""


_PROVED: dict[int | None, Effect] = {0: Effect.NOTHING, 1: Effect.RAISES, -1: Effect.LOWERS}


@attrs.frozen
class Witness:
    """Two points that differ in one parameter alone, from ``low`` to ``high``.

    ``values``: of the others; ``before``, ``after``: what there is at each: a verdict, or
    the least and the greatest payoff of a player.
    """

    values: Mapping[str, Fraction]
    low: Point
    high: Point
    before: Any = None
    after: Any = None


@attrs.frozen
class Entry:
    """One entry of the table of signs.

    ``effect``: what raising the parameter does. ``rise`` and ``fall``: two points that show
    it, where there are such. ``without``: how many of the values moved over have no
    equilibrium, so that they are passed over: "none", "some" or "all".
    """

    effect: Effect
    rise: Witness | None = None
    fall: Witness | None = None
    without: Literal["none", "some", "all"] = "none"

    @property
    def sign(self) -> str:
        """The sign; in brackets what was seen, where nothing is proved.

        Empty where there is no equilibrium to speak of.
        """
        if self.without == "all":
            return ""
        if self.effect is not Effect.UNSETTLED:
            return number_text(self.effect.value)
        return "(+)" if self.rise else "(-)" if self.fall else "(0)"


@attrs.frozen(eq=False, repr=False)
class Statics(Finding):
    """Signs of what raising each parameter does to the verdict and to everyone's payoffs.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``over``: "baseline" (the
    others as asked) or "box" (the others anywhere in their ranges). ``parameters``: those
    that were moved; ``entries``: (parameter, player) -> Entry; (parameter, None) is the
    verdict's.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    over: str
    parameters: tuple[str, ...]
    entries: Mapping[tuple[str, str | None], Entry]

    def sign(self, parameter: str, player: str | None = None) -> str:
        """The sign of ``parameter`` for the verdict, or for the payoffs of ``player``."""
        return self.entries[parameter, player].sign

    @property
    def heading(self) -> str:
        """What was asked."""
        where = (
            "the others as asked"
            if self.over == "baseline"
            else "the others anywhere in their ranges"
        )
        return (
            f"What raising one parameter does in {self.model.name}, {where}, {self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What raises and lowers the outcome; the convention."""
        said = []
        for name, words in (
            EFFECTS_ON_THE_VERDICT if self._by_verdict else EFFECTS
        ).items():
            effect = Effect[name]
            rows = {label: self.entries[label, None] for label in self.parameters}
            these = [label for label, one in rows.items() if one.effect is effect]
            passed = [
                label
                for label in these
                if effect is Effect.NOTHING and rows[label].without != "none"
            ]
            told = self.model.labels([one for one in these if one not in passed])
            if told:
                said.append(f"{words.format(repr(self.outcome))}: {joined(told)}.")
            for kind in ("some", "all"):
                gone = [label for label in passed if rows[label].without == kind]
                if gone:
                    said.append(
                        passed_over_words(
                            self.concept, joined(self.model.labels(gone)), kind == "all"
                        )
                    )
        return (*said, self._convention)

    @property
    def _by_verdict(self) -> bool:
        """Whether the verdict alone is looked at.

        Though chance or mixed play may make the outcome more or less likely.
        """
        mixes = not self.model.form.chance and leaves_to_chance(
            self.concept, self.model.form
        )
        return mixes or (bool(self.model.form.chance) and self.over == "box")

    @property
    def _convention(self) -> str:
        """What counts as more likely, or as a rise of the verdict or of a payoff."""
        rise = (
            "A payoff rises if the least or the greatest over the equilibria does, and "
            "neither falls."
        )
        more = "The verdict rises" if self._by_verdict else "More likely"
        ranks = (
            f"{more}: the outcome comes about in no, then in some, then in every "
            f"{equilibrium(self.concept)}"
        )
        passed = f"Points without a {equilibrium(self.concept)} are skipped."
        if not leaves_to_chance(self.concept, self.model.form):
            return f"{ranks}. {rise} {passed}"
        if not self.model.form.chance:
            return (
                f"{ranks}; how likely mixed play makes it within an equilibrium does not "
                f"count. {rise} {passed}"
            )
        if not self._by_verdict:
            chance = (
                "the least or the greatest probability of the outcome over the equilibria "
                "rises, and neither falls"
            )
            return f"More likely: {chance}. {rise}"
        return (
            f"{ranks}; how likely chance makes it within an equilibrium does not count. "
            f"{rise}"
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """The signs, and points that show each ?."""
        rows = [
            [
                self.model.label(label),
                *[
                    self.entries[label, who].sign.replace("-", "\N{MINUS SIGN}")
                    for who in (None, *self.model.players)
                ],
            ]
            for label in self.parameters
        ]
        header = [
            "raising",
            self.outcome,
            *[f"payoff of {player}" for player in self.model.players],
        ]
        more = ""
        if any(one.effect is Effect.UNSETTLED for one in self.entries.values()):
            more = SIGNS_SEEN
        signs = Table(header, rows, more=more, caption=SIGNS_OF_TABLE)
        both = [
            (key, one) for key, one in self.entries.items() if one.effect is Effect.EITHER
        ]
        shown = [row for key, one in both for row in self._shown(key, one)]
        if not shown:
            return (signs,)
        head = [
            "raising",
            "from and to",
            "what",
            "goes from",
            "to",
            "the others, where not at their baselines",
        ]
        return signs, Table(head, shown, caption="Points that show each ?")

    def _shown(self, key: tuple[str, str | None], one: Entry) -> Iterator[list[Any]]:
        label, who = key
        for witness in (one.rise, one.fall):
            assert witness is not None
            what = self.outcome if who is None else f"payoff of {who}"
            moves = f"{number(witness.low)} to {number(witness.high)}"
            known = {
                other: value
                for other, value in witness.values.items()
                if value != self.model.parameters[other].baseline
            }
            rest = ", ".join(self.model.values_in_words(known)) or "at their baselines"
            yield [
                self.model.label(label),
                moves,
                what,
                _words(witness.before),
                _words(witness.after),
                rest,
            ]

    def data(self) -> dict[str, Any]:
        """All of it."""
        rows = [
            {
                "parameter": label,
                "player": who,
                "effect": one.effect.name,
                "rise": _written(one.rise),
                "fall": _written(one.fall),
            }
            for (label, who), one in self.entries.items()
        ]
        return {"outcome": self.outcome, "over": self.over, "signs": rows}


def statics(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    over: Annotated[
        Literal["baseline", "box"],
        "The other parameters: as they are, or anywhere in their ranges.",
    ] = "baseline",
    points: Annotated[
        int,
        (
            "Points of the range box at which a parameter is moved, in search of a rise "
            "and a fall."
        ),
    ] = 20,
    seed: Annotated[int, "Seed of these points."] = 0,
) -> Statics:
    """The sign of what raising each parameter does: to the verdict, and to payoffs.

    Payoffs are those of each player in equilibrium.

    With the other parameters as they are, signs are exact: the line is cut where anything
    changes, and on each piece payoffs are polynomials. Over the range box a sign is proved
    by monotone gains or supermodularity, a ? by points that show a rise and a fall; what is
    neither is not settled. Values that are given fix their parameters in either case.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: such values (name ->
    number). ``over``: "baseline" keeps the other parameters as they are, "box" has them
    anywhere in their ranges; ``points``: how many of the range box are searched for a rise
    and a fall, drawn from ``seed``.

    Raises RefusalError where signs of gains do not decide the verdict (``over="box"`` then
    still searches).
    """
    chosen = read_question(model, concept, outcome)
    model.parameters.read(at)  # which says what is wrong with it
    given = {parameter_name(label) for label in at or ()}
    labels = tuple(
        [
            label
            for label, one in model.parameters.items()
            if label not in given and one.low < one.high
        ]
    )
    if over not in ("baseline", "box"):
        raise RefusalError(f"over={over!r}: give 'baseline' or 'box'")
    if over == "baseline":
        entries = {
            key: one
            for label in labels
            for key, one in _along(model, concept, chosen, label, at or {})
        }
    else:
        entries = dict(_over_box(model, concept, chosen, labels, at or {}, points, seed))
    return Statics(model, concept, chosen.name, dict(at or {}), over, labels, entries)


# -- along one parameter


def _along(
    model: Model, concept: Concept, outcome: Outcome, label: str, at: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, str | None], Entry]]:
    where = Slice.of(model, (label,), at)
    decide = decider(where, concept, outcome)
    one = model.parameters[label]
    line = Line(decide, one.low, one.high, decide.worths)
    line.settle()
    faces = [SignFace(one.low, one.low, one.low, line.at(one.low))]
    for (a, b), sample in zip(
        itertools.pairwise([one.low, *line.cuts, one.high]), line.samples, strict=True
    ):
        faces += [SignFace(a, b, sample, line.at(sample)), SignFace(b, b, b, line.at(b))]
    values = {other: value for other, value in where.values.items() if other != label}

    def shown(one: Entry, who: str | None) -> Entry:
        """The entry, with what there is at the points that show a rise and a fall."""
        if one.effect is not Effect.EITHER:
            return one
        return attrs.evolve(one, rise=told(one.rise, who), fall=told(one.fall, who))

    def told(witness: Witness | None, who: str | None) -> Witness | None:
        if (
            witness is None
            or not isinstance(witness.low, Fraction)
            or not isinstance(witness.high, Fraction)
        ):
            return witness
        if who is None and model.form.chance:
            likely = [
                outcome_probability(model, concept, outcome, {**at, label: end})
                for end in (witness.low, witness.high)
            ]
            return attrs.evolve(witness, before=likely[0], after=likely[1])
        ends = [
            solved_at(model, concept, outcome, {**at, label: end}, _LIMITS)
            for end in (witness.low, witness.high)
        ]
        before, after = (
            end.verdict if who is None else end.payoffs.get(who) for end in ends
        )
        return attrs.evolve(witness, before=before, after=after)

    steps: Iterator[Step]
    if any(face.found.chance is not None for face in faces):
        steps = (
            step
            for which in (0, 1)
            for step in payoff_steps(faces, partial(_chance, which))
        )
    else:
        steps = rank_steps(faces, lambda found: _RANK.get(found.verdict))
    empty = [face.found.verdict is Verdict.NONE_EXISTS for face in faces]
    without: Literal["none", "some", "all"] = (
        "all" if all(empty) else "some" if any(empty) else "none"
    )
    yield (
        (label, None),
        attrs.evolve(shown(_entry(steps, values, proved=True), None), without=without),
    )
    tried: list[Solved] = []
    for i, player in enumerate(model.players):
        if all(face.found.bounds[i] is not None or not face.found.plays for face in faces):
            steps = (
                step
                for which in (0, 1)
                for step in payoff_steps(faces, partial(_bound, i, which))
            )
            yield (
                (label, player),
                attrs.evolve(
                    shown(_entry(steps, values, proved=True), player), without=without
                ),
            )
            continue
        points = [face.sample for face in faces if isinstance(face.sample, Fraction)]
        tried = tried or [
            solved_at(model, concept, outcome, {**at, label: point}, _LIMITS)
            for point in points
        ]
        seen = _seen(list(zip(points, tried, strict=True)), player, values)
        yield (
            (label, player),
            Entry(
                Effect.EITHER if len(seen) == 2 else Effect.UNSETTLED,
                seen.get(1),
                seen.get(-1),
                without,
            ),
        )


def _seen(
    tried: list[tuple[Fraction, Solved]], player: str, values: Mapping[str, Fraction]
) -> dict[int, Witness]:
    """A rise (1) and a fall (-1) of a player's payoffs.

    Between neighbouring points that were tried.
    """
    found: dict[int, Witness] = {}
    for (low, before), (high, after) in itertools.pairwise(tried):
        for who, way, old, new in _compared(before, after, (player,)):
            if who == player:
                found.setdefault(way, Witness(values, low, high, old, new))
    return found


def _bound(player: int, which: int, found: Any) -> Any:
    """The least (0) or greatest (1) payoff of a player on a face."""
    return found.bounds[player] and found.bounds[player][which]


def _chance(which: int, found: Any) -> Any:
    """The least (0) or greatest (1) probability of the outcome on a face."""
    return found.chance and found.chance[which]


def _entry(steps: Iterable[Step], values: Mapping[str, Fraction], proved: bool) -> Entry:
    shown: dict[int, Witness] = {}
    for step in steps:
        shown.setdefault(step.way, Witness(values, step.low, step.high))
    rise, fall = shown.get(1), shown.get(-1)
    effect = (
        Effect.EITHER
        if rise and fall
        else Effect.RAISES
        if rise
        else Effect.LOWERS
        if fall
        else Effect.NOTHING
    )
    return Entry(effect if proved else Effect.UNSETTLED, rise, fall)


# -- over the range box


def _over_box(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    labels: tuple[str, ...],
    at: Mapping[str, Any],
    points: int,
    seed: int,
) -> Iterator[tuple[tuple[str, str | None], Entry]]:
    wide = attrs.evolve(model, parameters=_fixed(model, at)) if at else model
    proofs = Proofs(wide, concept, wide.outcomes[outcome.name])
    rng = random.Random(seed)
    places = [
        {label: _drawn(one, rng) for label, one in wide.parameters.items()}
        for _ in range(points)
    ]
    solved: dict[tuple[Fraction, ...], Solved] = {}

    def ask(values: Mapping[str, Fraction]) -> Solved:
        key = tuple(values.values())
        if key not in solved:
            solved[key] = solved_at(
                wide, concept, wide.outcomes[outcome.name], values, _LIMITS
            )
        return solved[key]

    for label in labels:
        found = {
            who: proofs.verdict(label) if who is None else proofs.payoff(who, label)
            for who in (None, *model.players)
        }
        shown: dict[tuple[str | None, int], Witness] = {}
        one = wide.parameters[label]
        for place in places if any(way != 0 for way in found.values()) else ():
            if all(
                way == 0 or {(who, 1), (who, -1)} <= shown.keys()
                for who, way in found.items()
            ):
                break
            ends = [
                {**place, label: value}
                for value in (one.low, (one.low + one.high) / 2, one.high)
            ]
            for a, b in itertools.pairwise(ends):
                for who, seen, before, after in _compared(ask(a), ask(b), model.players):
                    rest = {
                        other: value for other, value in place.items() if other != label
                    }
                    shown.setdefault(
                        (who, seen), Witness(rest, a[label], b[label], before, after)
                    )
        for who, way in found.items():
            rise, fall = shown.get((who, 1)), shown.get((who, -1))
            effect = _PROVED.get(way, Effect.EITHER if rise and fall else Effect.UNSETTLED)
            yield (label, who), Entry(effect, rise, fall)


def _fixed(model: Model, at: Mapping[str, Any]) -> Any:
    """The parameters with what ``at`` gives as their only value."""
    from strategy.assumptions.parameters import Parameters

    values = model.parameters.read(at)
    given = {parameter_name(label) for label in at}
    return Parameters(
        {
            label: attrs.evolve(
                one, baseline=values[label], low=values[label], high=values[label]
            )
            if label in given
            else one
            for label, one in model.parameters.items()
        }
    )


def _drawn(one: Any, rng: random.Random) -> Fraction:
    low, high = one.low, one.high
    return Fraction(low + (high - low) * Fraction(rng.randint(0, _GRID), _GRID))


def _compared(
    before: Solved, after: Solved, players: tuple[str, ...]
) -> Iterator[tuple[str | None, int, Any, Any]]:
    """What rose (1) and fell (-1) from one point to another."""
    if (
        before.verdict in _RANK
        and after.verdict in _RANK
        and before.verdict is not after.verdict
    ):
        way = 1 if _RANK[after.verdict] > _RANK[before.verdict] else -1
        yield None, way, before.verdict, after.verdict
    for player in players:
        if player in before.payoffs and player in after.payoffs:
            for old, new in zip(before.payoffs[player], after.payoffs[player], strict=True):
                rise = weighted_sum([(1, new), (-1, old)])
                if rise > 0 or rise < 0:
                    yield (
                        player,
                        1 if rise > 0 else -1,
                        before.payoffs[player],
                        after.payoffs[player],
                    )


# -- words


def _words(known: Any) -> str:
    if known is None:
        return ""
    if isinstance(known, tuple):
        return " to ".join(dict.fromkeys(number(value) for value in known))
    return str(known)


def _written(witness: Witness | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    values = {label: number_text(value) for label, value in witness.values.items()}
    ends = [
        number_text(one) if isinstance(one, Fraction) else number(one)
        for one in (witness.low, witness.high)
    ]
    return {"low": ends[0], "high": ends[1], "values": values}
