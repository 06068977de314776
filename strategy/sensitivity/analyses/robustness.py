"""Robustness of concept.

Does the verdict survive another idea of what counts as a solution?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import attrs
import numpy as np

import strategy.concepts as concepts
from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import none_of_these
from strategy.concepts.pure_nash import PureNash
from strategy.display import Table, joined, number
from strategy.errors import RefusalError, StrategyError
from strategy.exact import span_of, whole
from strategy.forms.normal import NormalFormGame
from strategy.older_pickles import takes_older_pickles
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.verdicts import (
    Verdict,
    chip,
    probabilities_in,
    read_question,
    verdict_clause,
    verdict_of,
    verdict_within,
)
from strategy.sensitivity.samples.concepts_beside import (
    AtSamplesUnder,
    at_samples_under,
    in_tree,
)
from strategy.sensitivity.samples.shares import FEW, draw
from strategy.solvers.correlated_programme import correlated_extremes
from strategy.solvers.protocol import Limits
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["Robustness", "UnderConcept", "robustness"]


_LAMBDAS = (1, 4)
Chance = tuple[Any, Any] | None


@attrs.frozen
class UnderConcept:
    """The verdict under one concept, and the probability of the outcome.

    The least and greatest over all that the concept admits.

    ``reason``: why it is not settled, or what the row says. ``compared``: whether it counts
    for whether the verdict survives; quantal responses do not, as in them everything has
    some probability.
    """

    concept: Concept
    verdict: Verdict
    chance: Chance = None
    reason: str = ""
    compared: bool = True


@takes_older_pickles
@attrs.frozen(eq=False, repr=False)
class Robustness(Finding):
    """The verdict on one outcome under every concept that takes the game.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``rows``: one a concept,
    that asked about first; ``ranges``: how often the outcome is possible over the ranges,
    under that and with pure and mixed Nash play beside it, at samples drawn from ``seed``.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    rows: tuple[UnderConcept, ...]
    ranges: tuple[AtSamplesUnder, ...] = ()
    seed: int = 0

    @property
    def survives(self) -> bool:
        """Whether no concept compared is known to give another verdict.

        Than the one asked about.
        """
        return all(
            one.verdict in (self.rows[0].verdict, Verdict.UNKNOWN)
            for one in self.rows
            if one.compared
        )

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"{self.outcome!r} in {self.model.name} under other solution concepts than "
            f"{self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which concepts agree or not, and how likely the outcome is where players err."""
        first = self.rows[0]
        others = [one for one in self.rows[1:] if one.compared]
        said = [f"Under {first.concept} {self._clause(first)}."]
        groups: dict[str, list[str]] = {self._clause(first): []}
        for one in sorted(others, key=lambda one: [*Verdict].index(one.verdict)):
            exists = one.verdict is not Verdict.NONE_EXISTS
            groups.setdefault(self._clause(one) if exists else "", []).append(
                str(one.concept)
            )
        for i, (clause, found) in enumerate(groups.items()):
            if found and not clause:
                said.append(none_of_these(joined(found)))
            elif found:
                said.append(
                    f"Under {joined(found)}{' the same' if i == 0 else f', {clause}'}."
                )
        for one in self.rows:
            if not one.compared and one.chance is not None:
                said.append(
                    f"In {one.concept} its probability is about {float(one.chance[0]):.3g}."
                )
        return (*said, *self.over_ranges)

    @property
    def over_ranges(self) -> tuple[str, ...]:
        """In which share of the ranges each concept lets the outcome come about at all."""
        if not self.ranges:
            return ()
        parts = [
            f"{one.possible.percent()} under {one.concept} ({one.settled:,} of "
            f"{one.samples:,} settled)"
            for one in self.ranges
        ]
        return (
            f"Over the ranges some equilibrium lets {self.outcome!r} come about at "
            f"{joined(parts)}: uniform samples, seed {self.seed}, exact 95 % intervals.",
        )

    def _clause(self, one: UnderConcept) -> str:
        """What is true of one concept, which the sentence names beside it.

        Of a set, what is true over it.
        """
        more = {
            "found": not one.compared,
            "beside": _lists(one.concept) or one.verdict is not Verdict.SOME,
        }
        return verdict_clause(
            "the outcome", one.verdict, self, one.chance, one.concept, **more
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a concept."""
        rows = [
            [
                str(one.concept),
                chip(one.verdict, self, one.chance, one.concept, not one.compared),
                _words(one.chance),
                one.reason,
            ]
            for one in self.rows
        ]
        header = ["solution concept", "the outcome comes about", "probability", ""]
        first = Table(header, rows, [2], caption="The verdict by solution concept")
        over = [
            [
                str(one.concept),
                one.frequency(Verdict.EVERY).percent(),
                one.possible.percent(),
                f"{one.settled:,} of {one.samples:,}",
            ]
            for one in self.ranges
        ]
        header = ["solution concept", "in every", "possible in some", "settled"]
        caption = "How often over the ranges, by solution concept"
        return (first, *([Table(header, over, [1, 2, 3], caption=caption)] if over else []))

    def data(self) -> dict[str, Any]:
        """All of it."""
        rows = [
            {
                "concept": str(one.concept),
                "verdict": one.verdict.name,
                "probability": None
                if one.chance is None
                else [number_text(end) for end in one.chance],
                "compared": one.compared,
                "reason": one.reason,
            }
            for one in self.rows
        ]
        return {
            "outcome": self.outcome,
            "survives": self.survives,
            "concepts": rows,
            "ranges": [one.data() for one in self.ranges],
        }


def robustness(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    seconds_per_concept: Annotated[
        float, "Seconds for each concept; what is not settled by then is unknown."
    ] = 10.0,
    samples: Annotated[int, "Samples to draw; 0: as many as take a second or two."] = 0,
    seed: Annotated[int, "Seed of the samples."] = 0,
) -> Robustness:
    """The verdict under every concept that takes the model's game, the one given first.

    Correlated equilibria and rationalizable play count as sets: the outcome is in every,
    some or none of them. In a tree of perfect information pure Nash equilibria are looked at
    too, whose threats need not be carried out; mixed ones are settled where pure ones differ.
    How often the outcome is possible over the ranges is counted under ``concept``, and under
    pure and mixed Nash beside it, where they are settled at the values asked about.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number); ``seconds_per_concept``: what is not
    settled by then is unknown; ``samples`` of the ranges are drawn from ``seed`` (0: as many
    as take a second or two).
    """
    for what, given in (("samples", samples), ("seed", seed)):
        whole(given, what, 0)
    chosen = read_question(model, concept, outcome)
    game = model.game(at=at)
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    rows = [
        _solved(game, one, chosen, seconds_per_concept)
        for one in dict.fromkeys([concept, *_others(game)])
    ]
    if game.form.is_tree:
        rows += _nash_in_tree(game, chosen)
    else:
        rows += [*_correlated(game, chosen), _rationalizable(game, chosen)]
        errs = [
            _solved(game, concepts.LogitQuantalResponse(given), chosen, seconds_per_concept)
            for given in _LAMBDAS
        ]
        rows += [attrs.evolve(one, compared=False) for one in errs]
    beside = [
        one.concept
        for one in rows
        if one.concept in (concept, PureNash(), concepts.Nash())
        and one.verdict is not Verdict.UNKNOWN
        and not (game.form.is_tree and one.concept == concepts.Nash())
    ]
    points = draw(model, samples or FEW, seed, at)
    if not len(points) or (points == points[0]).all():
        beside = []  # nothing varies
    ranges = at_samples_under(model, beside, chosen, points, at, seconds_per_concept)
    return Robustness(
        model, concept, chosen.name, dict(at or {}), tuple(rows), ranges, seed
    )


def _nash_in_tree(game: Any, outcome: Outcome) -> Iterator[UnderConcept]:
    """Pure Nash play of a tree, and mixed play as far as that settles it.

    Pure equilibria are mixed ones too.
    """
    chance = in_tree(game, outcome)
    if chance is None:
        return
    yield UnderConcept(PureNash(), verdict_within(chance), chance)
    if chance == (0, 1):
        yield UnderConcept(concepts.Nash(), Verdict.SOME, chance)
    else:
        reason = "mixed play of a tree is not searched"
        yield UnderConcept(concepts.Nash(), Verdict.UNKNOWN, None, reason)


def _others(game: Any) -> Iterator[Any]:
    for kind in concepts.ALL:
        if attrs.has(kind) and all(
            field.default is not attrs.NOTHING for field in attrs.fields(kind)
        ):
            made: list[Any] = [
                kind(),
                *([kind(undominated=True)] if kind is PureNash else []),
            ]
            yield from [one for one in made if one.refuses(game) is None and _lists(one)]


def _lists(concept: Concept) -> bool:
    """Whether a concept's answer is a list of profiles, which ``solve`` finds."""
    return not isinstance(
        concept,
        (
            concepts.CorrelatedEquilibrium,
            concepts.CoarseCorrelatedEquilibrium,
            concepts.Rationalizability,
        ),
    )


def _solved(game: Any, concept: Concept, outcome: Outcome, seconds: float) -> UnderConcept:
    try:
        solution = solve(game, concept, limits=Limits(seconds=seconds))
    except StrategyError as error:
        return UnderConcept(concept, Verdict.UNKNOWN, None, str(error))
    deadline.check()  # the end of work that this is a part of says nothing of the verdict
    verdict = verdict_of(solution, outcome)
    known = solution.proved or isinstance(concept, concepts.LogitQuantalResponse)
    chance = span_of(probabilities_in(solution, outcome)) if known else None
    return UnderConcept(
        concept, verdict, chance, "" if verdict is not Verdict.UNKNOWN else solution.reason
    )


def _correlated(game: NormalFormGame, outcome: Outcome) -> Iterator[UnderConcept]:
    for concept in (
        concepts.CorrelatedEquilibrium(),
        concepts.CoarseCorrelatedEquilibrium(),
    ):
        try:
            (ends,) = correlated_extremes(game, concept, concepts.Probability(outcome))
        except StrategyError as error:
            yield UnderConcept(concept, Verdict.UNKNOWN, None, str(error))
            continue
        low, high = ends.least.value, ends.greatest.value
        yield UnderConcept(concept, verdict_within((low, high)), (low, high))


def _rationalizable(game: NormalFormGame, outcome: Outcome) -> UnderConcept:
    concept = concepts.Rationalizability()
    try:
        left = concept.actions(game).actions
    except StrategyError as error:
        return UnderConcept(concept, Verdict.UNKNOWN, None, str(error))
    kept = [
        [game.actions[player].index(action) for action in left[player]]
        for player in game.players
    ]
    inside = outcome.mask.reshape(game.form.shape)[np.ix_(*kept)]
    low, high = int(inside.all()), int(inside.any())
    return UnderConcept(concept, verdict_within((low, high)), (low, high))


def _words(chance: Chance) -> str:
    if chance is None:
        return ""
    low, high = (
        number(one) if not hasattr(one, "mid") else f"about {float(one):.3g}"
        for one in chance
    )
    return low if low == high else f"{low} to {high}"
