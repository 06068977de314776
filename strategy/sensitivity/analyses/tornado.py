"""A tornado: each assumption at the two ends of its range, the others as they are.

It shows what that does to the verdict and to payoffs.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.completeness import captioned, kind, no_equilibrium, there_is_no_equilibrium
from strategy.display import Table, joined, listed, number
from strategy.errors import GameError, StrategyError
from strategy.exact import is_ball, span_of, weighted_sum
from strategy.names import name, unknown
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.verdicts import (
    Verdict,
    chip,
    probabilities_in,
    read_question,
    verdict_clause,
    verdict_of,
)
from strategy.solvers.protocol import Limits
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["Bar", "Solved", "Tornado", "solved_at", "tornado"]

Bounds = tuple[Any, Any]


@attrs.frozen
class Solved:
    """The game at one point.

    The verdict, and for each player the least and the greatest payoff over the equilibria
    (Fractions, or balls where they are irrational). No payoffs where there is no
    equilibrium or the set is not known whole: ``reason``. ``chance``: the outcome's least
    and greatest probability, over the equilibria found where there are no payoffs.
    """

    verdict: Verdict
    payoffs: Mapping[str, Bounds]
    reason: str = ""
    chance: Bounds | None = None


@attrs.frozen
class Bar:
    """One parameter at the ends of its range.

    ``low``, ``high``: the ends, in the parameter's unit; ``at_low``, ``at_high``: what was
    solved there.
    """

    parameter: str
    low: Fraction
    high: Fraction
    at_low: Solved
    at_high: Solved

    def moves(self, player: str, start: Solved) -> float | None:
        """How far moving the parameter alone takes a player's payoff at most.

        The least or the greatest payoff of ``player``, in its own unit, against ``start``;
        None where there is nothing to compare.
        """
        ends = [
            end.payoffs[player]
            for end in (self.at_low, self.at_high)
            if player in end.payoffs
        ]
        if player not in start.payoffs or not ends:
            return None
        return max(
            abs(float(value) - float(known))
            for end in ends
            for value, known in zip(end, start.payoffs[player], strict=True)
        )


@attrs.frozen(eq=False, repr=False)
class Tornado(Finding):
    """Each parameter moved alone to either end of its range.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``start``: what was solved
    at the values asked about; ``players``: those whose payoffs are shown. ``bars``: first
    those that change the verdict, then by how far they move the payoffs of ``player``.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    player: str
    players: tuple[str, ...]
    start: Solved
    bars: tuple[Bar, ...]

    def changes(self, bar: Bar) -> tuple[Verdict, ...]:
        """The verdicts at the ends of a bar that are proved to be other ones.

        Other than where it starts.
        """
        known = self.start.verdict
        ends = (bar.at_low.verdict, bar.at_high.verdict)
        return tuple(
            [
                one
                for one in ends
                if Verdict.UNKNOWN not in (one, known) and one is not known
            ]
        )

    def moved(self, end: Solved) -> bool:
        """Whether at an end the verdict, or the outcome's probability, is another.

        The verdict is proved to be another than at the start.
        """
        if Verdict.UNKNOWN in (end.verdict, self.start.verdict):
            return False
        if (
            end.verdict is not self.start.verdict
            or end.chance is None
            or self.start.chance is None
        ):
            return end.verdict is not self.start.verdict
        return any(
            _differ(*pair) for pair in zip(end.chance, self.start.chance, strict=True)
        )

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"{self.outcome!r} in {self.model.name}, each parameter moved alone to the "
            f"ends of its range, {self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changes the verdict, what moves each player's payoff most."""
        start = self.start
        clause = verdict_clause(
            "the outcome", start.verdict, self, start.chance, found=not start.payoffs
        )
        said = [f"At the values asked about {clause}."]
        for words, end in (
            ("its lowest value", "at_low"),
            ("its highest value", "at_high"),
        ):
            moved = [one.parameter for one in self.bars if self.moved(getattr(one, end))]
            if moved:
                change = (
                    f"{len(moved)} of {len(self.bars)} "
                    f"change{'s' if len(moved) == 1 else ''}"
                )
                said.append(
                    f"Moved alone to {words}, {change} that: "
                    f"{joined(self.model.labels(moved))}."
                )
        if not any(
            self.moved(end) for one in self.bars for end in (one.at_low, one.at_high)
        ):
            said.append(
                "No parameter, moved alone to an end of its range, is found to change that."
            )
        for player in self.players:
            swings = [
                (one.moves(player, self.start) or 0.0, self.model.label(one.parameter))
                for one in self.bars
            ]
            most = max(swings, key=lambda row: row[0], default=(0.0, ""))
            if most[0] > 0:
                first = [label for swing, label in swings if swing == most[0]]
                names = listed(first, 4) if len(first) > 4 else joined(first)
                said.append(
                    f"What {player} gets changes most with {names}: by {number(most[0])} "
                    f"in {player}'s unit."
                )
        said.append(
            "The ends of a range say nothing about what lies between them, nor about "
            "parameters moved together."
        )
        return tuple(said)

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a parameter; payoffs at low and at high, a table a player."""
        verdicts = [
            [
                self.model.label(one.parameter),
                number(one.low),
                chip(
                    one.at_low.verdict,
                    self,
                    one.at_low.chance,
                    found=not one.at_low.payoffs,
                ),
                number(one.high),
                chip(
                    one.at_high.verdict,
                    self,
                    one.at_high.chance,
                    found=not one.at_high.payoffs,
                ),
            ]
            for one in self.bars
        ]
        header = [
            "parameter",
            "lowest",
            "the outcome comes about",
            "highest",
            "the outcome comes about",
        ]
        made = [
            Table(
                header,
                verdicts,
                caption=captioned("The verdict at the ends of each range", self.concept),
            )
        ]
        for player in self.players:
            rows = [
                [
                    self.model.label(one.parameter),
                    *[
                        _shown(end, player, self.concept)
                        for end in (one.at_low, one.at_high)
                    ],
                ]
                for one in self.bars
                if one.moves(player, self.start) != 0
            ]
            now = _shown(self.start, player, self.concept)
            left = len(self.bars) - len(rows)
            more = (
                (
                    f"{left} parameter{' leaves' if left == 1 else 's leave'} it as it "
                    f"is, {now}."
                )
                if left
                else ""
            )
            caption = (
                f"What {player} gets in {kind(self.concept)}, least to greatest, in "
                f"{player}'s own unit; at the values asked about: {now}"
            )
            made.append(
                Table(
                    ["parameter", "at its lowest", "at its highest"],
                    rows,
                    more=more,
                    caption=caption,
                )
            )
        return tuple(made)

    def data(self) -> dict[str, Any]:
        """All of it; payoffs exact as text where they are rational."""

        def solved(one: Solved) -> dict[str, Any]:
            payoffs = {
                player: [_text(value) for value in bounds]
                for player, bounds in one.payoffs.items()
            }
            chance = None if one.chance is None else [_text(value) for value in one.chance]
            return {
                "verdict": one.verdict.name,
                "probability": chance,
                "payoffs": payoffs,
                "reason": one.reason,
            }

        bars = [
            {
                "parameter": one.parameter,
                "low": number_text(one.low),
                "high": number_text(one.high),
                "at_low": solved(one.at_low),
                "at_high": solved(one.at_high),
            }
            for one in self.bars
        ]
        return {
            "outcome": self.outcome,
            "sorted_by": self.player,
            "start": solved(self.start),
            "bars": bars,
        }


def tornado(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    player: Annotated[
        str | None,
        (
            "Whose payoffs are shown, and sort the rows; without it all, sorted by those "
            "of the first."
        ),
    ] = None,
    seconds_per_game: Annotated[
        float, "Seconds for solving one game; what is not settled by then is unknown."
    ] = 10.0,
) -> Tornado:
    """The verdict and everyone's payoffs with each parameter at the ends of its range.

    Payoffs are the least and the greatest in equilibrium. The other parameters stay at the
    baseline or at the values given; those that are given are not moved. Payoffs of
    different players have no common unit, so each player's stand alone.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: the values given (name
    -> number); ``player``: whose payoffs are shown, and sort the rows (None: all, sorted by
    those of the first); ``seconds_per_game``: what is not settled by then is unknown.
    Raises GameError on an unknown player, RefusalError if the concept does not take the
    game.
    """
    chosen = read_question(model, concept, outcome)
    who = model.players[0] if player is None else name(player, "player")
    if who not in model.players:
        raise GameError(unknown(who, model.players, "player"))
    limits = Limits(seconds=seconds_per_game)
    model.parameters.read(at)  # which says what is wrong with it
    start = solved_at(model, concept, chosen, at or {}, limits)
    given = {parameter_name(label) for label in at or ()}
    bars = []
    for label, one in model.parameters.items():
        if label in given or one.low == one.high:
            continue
        ends = []
        for value in (one.low, one.high):
            try:
                ends.append(
                    solved_at(model, concept, chosen, {**(at or {}), label: value}, limits)
                )
            except StrategyError as error:
                ends.append(Solved(Verdict.UNKNOWN, {}, str(error)))
        bars.append(Bar(label, one.low, one.high, *ends))
    players = model.players if player is None else (who,)
    found = Tornado(
        model, concept, chosen.name, dict(at or {}), who, players, start, tuple(bars)
    )
    order = sorted(
        bars, key=lambda bar: (not found.changes(bar), -(bar.moves(who, start) or 0.0))
    )
    return attrs.evolve(found, bars=tuple(order))


def solved_at(
    model: Model, concept: Concept, outcome: Outcome, at: Mapping[str, Any], limits: Limits
) -> Solved:
    """The verdict and the payoffs at one point.

    ``model``, ``concept``, ``outcome``: what is asked about; ``limits``: for solving the
    game there.
    """
    solution = solve(model.game(at=at), concept, limits=limits)
    deadline.check()  # the end of work that this is a part of says nothing of the verdict
    found = verdict_of(solution, outcome)
    if not solution.proved or not len(solution):
        reason = (
            there_is_no_equilibrium(concept)
            if found is Verdict.NONE_EXISTS
            else f"the set is {solution.status}"
        )
        return Solved(found, {}, reason, span_of(probabilities_in(solution, outcome)))
    spans = {
        player: span_of([one.payoffs[player] for one in solution])
        for player in model.players
    }
    payoffs = {player: span for player, span in spans.items() if span is not None}
    return Solved(found, payoffs, chance=span_of(probabilities_in(solution, outcome)))


def _differ(one: Any, other: Any) -> bool:
    """Whether two numbers are proved to differ; of balls: whether they do not overlap."""
    apart = weighted_sum([(1, one), (-1, other)])
    return not apart.contains(0) if is_ball(apart) else bool(apart)


def _shown(at: Solved, player: str, concept: Concept) -> str:
    if player not in at.payoffs:
        return no_equilibrium(concept) if at.verdict is Verdict.NONE_EXISTS else "not known"
    least, greatest = (number(one) for one in at.payoffs[player])
    return least if least == greatest else f"{least} to {greatest}"


def _text(value: Any) -> str:
    return number_text(value) if isinstance(value, Fraction) else number(value)
