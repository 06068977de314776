"""The value of information.

What is played, and paid, if an assumption is revealed before play, to all or to one player.

The assumption takes two values with probabilities that keep its mean. Revealed in public,
each value's game is played by itself; to one player alone, that player chooses an action
for each value and the others know that (J. C. Harsanyi, "Games with incomplete information
played by Bayesian players", Management Science 14, 1967). More information can hurt those
who get it, as others respond to it (J. Hirshleifer, "The private and social value of
information", American Economic Review 61, 1971).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any

import attrs
import numpy as np

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import captioned, equilibrium
from strategy.display import Table, joined, number
from strategy.errors import ParameterError, RefusalError
from strategy.exact import exact, exact_array, span_of, weighted_sum
from strategy.forms.normal import NormalFormGame
from strategy.names import FrozenMapping, unknown
from strategy.protocols import Concept, Game
from strategy.results import Solution
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.bound_players import Span, proved
from strategy.sensitivity.deciding.verdicts import (
    Verdict,
    chip,
    read_question,
    verdict_clause,
    verdict_within,
)
from strategy.sensitivity.nearest.asked import chance_parameters
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["Information", "Knowing", "information"]

_LARGEST = 200_000


@attrs.frozen
class Knowing:
    """What follows if somebody knows the value.

    ``who``: in words; ``payoffs``: each player's expected payoff, and ``chance``: the
    probability of the outcome, both as (least, greatest) over the equilibria, None if a
    game has none.
    """

    who: str
    payoffs: FrozenMapping[str, Span] | None
    chance: Span | None

    @property
    def verdict(self) -> Verdict:
        """The verdict over all values together."""
        return verdict_within(self.chance)


@attrs.frozen(eq=False, repr=False)
class Information(Finding):
    """What is played and paid if nobody, everybody, or one player knows the value.

    ``model``, ``concept``, ``outcome``: what was asked; ``parameter``: whose value may be
    known; ``values``: the two that it may have, each with its probability; ``rows``: one
    for each who may know.
    """

    model: Model
    concept: Concept
    outcome: str
    parameter: str
    values: tuple[tuple[Fraction, Fraction], ...]
    rows: tuple[Knowing, ...]

    @property
    def heading(self) -> str:
        """What was asked."""
        said = " or ".join(
            f"{number(value)} (probability {number(weight)})"
            for value, weight in self.values
        )
        return (
            f"What knowing {self.model.label(self.parameter)} is worth in "
            f"{self.model.name}, {said}, {self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """Who is helped for certain, who is hurt, of those who come to know."""
        first = self.rows[0]
        said = [f"Unknown to all, {self._clause(first)}."]
        for one in self.rows[1:]:
            if one.payoffs is None or first.payoffs is None:
                said.append(
                    f"Known to {one.who}: a game without {equilibrium(self.concept)}, so "
                    "there is nothing to compare."
                )
                continue
            knowers = list(first.payoffs) if one.who == "all" else [one.who]
            same = [
                who
                for who in knowers
                if one.payoffs[who] == first.payoffs[who] == first.payoffs[who][::-1]
            ]
            said += [
                f"Known to {one.who}: {_effect(who, first.payoffs[who], one.payoffs[who])}."
                for who in knowers
                if who not in same
            ]
            if same:
                said.append(
                    f"Known to {one.who}: {joined(same)} "
                    f"{'are' if len(same) > 1 else 'is'} paid the same as before."
                )
            if one.chance != first.chance:
                said.append(f"Known to {one.who}, {self._clause(one)}.")
        return tuple(said)

    def _clause(self, one: Knowing) -> str:
        return verdict_clause(repr(self.outcome), one.verdict, self, one.chance)

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row for each who may know."""
        rows = [
            [
                one.who,
                chip(one.verdict, self, one.chance),
                *[
                    _words(None if one.payoffs is None else one.payoffs[who])
                    for who in self.model.players
                ],
            ]
            for one in self.rows
        ]
        header = [
            "known to",
            self.model.outcomes[self.outcome].clause(repr(self.outcome)),
            *[f"payoff of {who}" for who in self.model.players],
        ]
        numbers = range(2, len(header))
        return (
            Table(
                header,
                rows,
                numbers,
                caption=captioned(
                    "Expected payoffs, least to greatest over the equilibria", self.concept
                ),
            ),
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "parameter": self.parameter,
            "values": [
                {"value": number_text(value), "probability": number_text(weight)}
                for value, weight in self.values
            ],
            "known_to": [
                {
                    "who": one.who,
                    "verdict": one.verdict.name,
                    "probability": None
                    if one.chance is None
                    else [number_text(end) for end in one.chance],
                    "payoffs": None
                    if one.payoffs is None
                    else {
                        who: [number_text(e) for e in span]
                        for who, span in one.payoffs.items()
                    },
                }
                for one in self.rows
            ],
        }


def information(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    parameter: Annotated[
        str | None,
        (
            "The assumption that may be revealed (default: the first of the model's focus "
            "that no chance move depends on)."
        ),
    ] = None,
    low: Annotated[
        str | None, "The first of its two values (default: the lower end of its range)."
    ] = None,
    high: Annotated[
        str | None, "The second of its two values (default: the upper end)."
    ] = None,
) -> Information:
    """Compare play in which nobody, everybody or one player knows a parameter's value.

    They know it before play. The two values have the probabilities with which their mean is
    the value assumed. In a tree, information comes with the order of moves, and only what
    all know is compared. All games are solved exactly.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number). ``parameter``: the one that may be revealed
    (None: the first of the model's focus that no chance depends on); ``low``, ``high``: its
    two values (None: the ends of its range).

    Raises RefusalError where a game is too large or chance depends on the parameter.
    """
    chosen = read_question(model, concept, outcome)
    choices = [*(model.focus or ()), *model.parameters]
    free = [label for label in choices if label not in chance_parameters(model)]
    label = parameter if parameter is not None else (*free, *choices, "")[0]
    if label not in model.parameters:
        raise ParameterError(unknown(label, model.parameters, "parameter"))
    known = model.parameters[label]
    mean = model.parameters.read(at)[label]
    ends = [
        known.low if low is None else exact(low, f"low={low}"),
        known.high if high is None else exact(high, f"high={high}"),
    ]
    if not ends[0] < ends[1] or not ends[0] <= mean <= ends[1]:
        raise ParameterError(
            f"{label} is assumed to be {number(mean)}: give low and high values around "
            f"it, not {number(ends[0])} and {number(ends[1])}"
        )
    share = (mean - ends[0]) / (ends[1] - ends[0])
    values = tuple(
        [
            (value, weight)
            for value, weight in zip(ends, (1 - share, share), strict=True)
            if weight
        ]
    )
    games = [model.game(at={**(at or {}), label: value}) for value, _ in values]
    reason = concept.refuses(games[0])
    if reason is not None:
        raise RefusalError(reason)
    weights = [weight for _, weight in values]
    rows = [
        _unknown(games, weights, concept, chosen),
        _public(games, weights, concept, chosen),
    ]
    tables = [game for game in games if isinstance(game, NormalFormGame)]
    rows += [
        _private(tables, weights, concept, chosen, who) for who in model.players if tables
    ]
    return Information(model, concept, chosen.name, label, values, tuple(rows))


def _unknown(
    games: Sequence[Game], weights: list[Fraction], concept: Concept, outcome: Outcome
) -> Knowing:
    """Play for expected payoffs."""
    first = games[0]
    pays = [[exact_array(column) for column in game.payoffs] for game in games]
    means = [
        sum(w * one[i] for w, one in zip(weights, pays, strict=True))
        for i in range(len(first.players))
    ]
    if any(game.laws != first.laws for game in games):
        raise RefusalError(
            "a chance move depends on this parameter, so payoffs cannot be averaged over "
            "its two values: choose another"
        )
    return _knowing(
        "nobody", proved(solve(first.form.game(means, first.laws), concept)), outcome.mask
    )


def _knowing(who: str, solution: Solution, mask: Any) -> Knowing:
    players = solution.game.players
    if not len(solution):
        return Knowing(who, None, None)
    spans = {one: span_of([each.payoffs[one] for each in solution]) for one in players}
    return Knowing(
        who,
        FrozenMapping({one: span for one, span in spans.items() if span}),
        span_of([each.probability(mask) for each in solution]),
    )


def _public(
    games: Sequence[Game], weights: list[Fraction], concept: Concept, outcome: Outcome
) -> Knowing:
    parts = [_knowing("", proved(solve(game, concept)), outcome.mask) for game in games]
    if any(part.payoffs is None or part.chance is None for part in parts):
        return Knowing("all", None, None)

    def mean(spans: list[Span]) -> Span:
        low, high = (
            weighted_sum((w, one[end]) for w, one in zip(weights, spans, strict=True))
            for end in (0, 1)
        )
        return low, high

    payoffs = {
        who: mean([part.payoffs[who] for part in parts if part.payoffs])
        for who in games[0].players
    }
    return Knowing(
        "all", FrozenMapping(payoffs), mean([part.chance for part in parts if part.chance])
    )


def _private(
    games: list[NormalFormGame],
    weights: list[Fraction],
    concept: Concept,
    outcome: Outcome,
    who: str,
) -> Knowing:
    """One player chooses an action for each value; the others one for all."""
    form = games[0].form
    axis = form.players.index(who)
    plans = list(itertools.product(range(form.shape[axis]), repeat=len(games)))
    size = form.play_count // form.shape[axis] * len(plans)
    if size > _LARGEST:
        raise RefusalError(
            f"if {who} alone knows, the table has {size:,} plays and {_LARGEST:,} is the "
            "most: ask about fewer players or actions"
        )
    tables = [
        [np.moveaxis(table, axis, 0) for table in game.to_arrays(exact=True)]
        for game in games
    ]
    inside = np.moveaxis(outcome.mask.reshape(form.shape), axis, 0)

    def planned(given: list[Any]) -> Any:
        whole = np.stack(
            [
                sum(w * g[k] for w, g, k in zip(weights, given, plan, strict=True))
                for plan in plans
            ]
        )
        return np.moveaxis(whole, 0, axis)

    arrays = [planned([game[i] for game in tables]) for i in range(len(form.players))]
    names = [" / ".join(form.actions[who][k] for k in plan) for plan in plans]
    actions = [names if one == who else form.actions[one] for one in form.players]
    game = NormalFormGame.from_arrays(*arrays, players=form.players, actions=actions)
    solution = proved(solve(game, concept))
    found = _knowing(who, solution, np.zeros(game.form.play_count, dtype=bool))
    chances = planned([inside.astype(object) * Fraction(1)] * len(games)).reshape(-1)
    each = [
        weighted_sum((weight, chances[k]) for k, weight in one.play_numbers.items())
        for one in solution
    ]
    return attrs.evolve(found, chance=span_of(each))


def _effect(who: str, before: Span, after: Span) -> str:
    """What is so whichever equilibrium there was, and whichever there is."""
    if before == after:
        return f"{who} gets {_words(after)}, as before: it depends on the equilibrium"
    least = weighted_sum([(1, after[0]), (-1, before[1])])
    most = weighted_sum([(1, after[1]), (-1, before[0])])
    if least > 0 or most < 0:
        does = "gains" if least > 0 else "loses"
    else:
        may = (
            "gain, and does not lose"
            if least >= 0
            else "lose, and does not gain"
            if most <= 0
            else "gain or lose"
        )
        does = f"may {may}, depending on the equilibrium"
    return f"{who} {does}: {_words(after)} instead of {_words(before)}"


def _words(given: Span | None) -> str:
    if given is None:
        return ""
    return (
        number(given[0])
        if given[0] == given[1]
        else f"{number(given[0])} to {number(given[1])}"
    )
