"""Coordination: how sure everyone has to be of the others for each equilibrium.

Of several equilibria, for each to be played, and which is safest.

The measure is the least p of p-dominance (Morris, Rob and Shin, Econometrica 63, 1995;
Kajii and Morris, Econometrica 65, 1997). Beside it stand payoff dominance and, for two
players with two actions each, risk dominance (Harsanyi and Selten, "A General Theory of
Equilibrium Selection in Games", 1988).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import coordinated_words, nothing_to_coordinate_on, pays_all_most
from strategy.concepts.comparison import pareto_comparison
from strategy.concepts.risk_and_p_dominance import (
    PDominance,
    RiskDominance,
    p_dominance,
    risk_dominance,
)
from strategy.display import Table, joined, number
from strategy.errors import RefusalError
from strategy.forms.normal import NormalFormGame
from strategy.forms.plays import Play
from strategy.forms.profiles import PureProfile
from strategy.protocols import Concept
from strategy.results import Solution
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.bound_players import proved, require_table
from strategy.sensitivity.deciding.verdicts import read_question
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["Coordination", "Trust", "coordination"]

_MOST_ROWS = 12
_MOST = 500


@attrs.frozen
class Trust:
    """One equilibrium, and how sure of the others everyone has to be.

    ``play``: what is played; ``holds``: whether the outcome comes about; ``dominance``: how
    sure, player by player.
    """

    play: Play
    holds: bool
    dominance: PDominance

    @property
    def p(self) -> Fraction:
        """The least probability that everyone must give to all others playing their parts.

        0: none is needed.
        """
        return self.dominance.p

    @property
    def surest(self) -> tuple[str, str, str] | None:
        """Who has to be surest, and what would be done otherwise; None if p is 0.

        It says what that player would do, and what the others would do then.
        """
        if not self.p:
            return None
        player = next(
            who for who, value in self.dominance.by_player.items() if value == self.p
        )
        binding = self.dominance.tempting[player]
        assert binding is not None
        action, others = binding
        return player, action, ", ".join(f"{who}: {what}" for who, what in others.items())


@attrs.frozen(eq=False, repr=False)
class Coordination(Finding):
    """All pure equilibria by the trust that they need, the safest first.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``risk``: risk dominance
    where it is defined; ``payoff_dominant``: what is played where everyone gets more than
    in any other, None if there is no such equilibrium.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    equilibria: tuple[Trust, ...]
    risk: RiskDominance | None
    payoff_dominant: Play | None

    def safest(self, holds: bool) -> Trust | None:
        """The equilibrium that needs the least trust; the first of several.

        Of those with the outcome if ``holds`` is True, without it if False; None if there
        are none.
        """
        return next((one for one in self.equilibria if one.holds is holds), None)

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"How sure of one another the players of {self.model.name} have to be for "
            f"each equilibrium, {self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """How many there are, which is the safest, and which pays everyone most.

        The safest with and without the outcome, and which of these two is safer.
        """
        having = sum(one.holds for one in self.equilibria)
        count = len(self.equilibria)
        if not count:
            return (nothing_to_coordinate_on(self.concept),)
        with_, without = self.safest(True), self.safest(False)
        said = [coordinated_words(self.concept, count, having, self.outcome)]
        said += [self._about(one) for one in (with_, without) if one is not None]
        if with_ is not None and without is not None:
            said.append(_compared(with_.p, without.p))
        return (*said, *self._dominance())

    def _about(self, one: Trust) -> str:
        """One equilibrium, which of its kind it is, and what it asks.

        Its kind is the equilibria with the outcome, or those without it.
        """
        like = [each.p for each in self.equilibria if each.holds is one.holds]
        kind = f"{'with' if one.holds else 'without'} {self.outcome!r}"
        played = f"({self.model.play_in_words(one.play)})"
        if len(self.equilibria) == 1:
            named = played
        elif len(like) == 1:
            named = f"The one {kind}, {played},"
        else:
            which = "the safest" if like.count(one.p) == 1 else "one of the safest"
            named = f"Of the {len(like)} {kind}, {which} is {played}: it"
        if one.surest is None:
            return (
                f"{named} asks for no trust, as each part is best whatever the others do."
            )
        player, action, others = one.surest
        all_surest = [
            who for who, value in one.dominance.by_player.items() if value == one.p
        ]
        who = (
            f"{player} has to be surest,"
            if len(all_surest) == 1
            else f"{joined(all_surest)} have to be surest, {player}"
        )
        sure = "certain" if one.p == 1 else f"at least {number(one.p)} sure"
        return (
            f"{named} asks everyone to be {sure} that all others play their parts; {who} "
            f"tempted {self.model.action_in_words(player, action)} in case they play "
            f"{others} instead."
        )

    def _dominance(self) -> list[str]:
        said = (
            []
            if self.risk is None
            else [f"By the product of the losses from deviating alone, {self.risk}."]
        )
        if len(self.equilibria) > 1:
            best = self.payoff_dominant
            said.append(pays_all_most(self.concept, None if best is None else str(best)))
        return said

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row an equilibrium, the safest first."""
        rows = []
        for one in self.equilibria[:_MOST_ROWS]:
            surest = one.surest or (
                "nobody",
                "",
                "each part is best whatever the others do",
            )
            rows.append(
                [str(one.play), "yes" if one.holds else "no", number(one.p), *surest]
            )
        left = len(self.equilibria) - len(rows)
        more = f"{left} more need no less." if left else ""
        header = [
            "equilibrium",
            self.outcome,
            "least p",
            "who has to be surest",
            "tempted to",
            "if instead",
        ]
        return (
            Table(
                header,
                rows,
                [2],
                more=more,
                caption="How sure of the others everyone has to be (least p of p-dominance)",
            ),
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "equilibria": [
                {
                    "play": str(one.play),
                    "holds": one.holds,
                    "p": number_text(one.p),
                    "by_player": {
                        who: number_text(value)
                        for who, value in one.dominance.by_player.items()
                    },
                    "surest": None
                    if one.surest is None
                    else dict(zip(("player", "tempted_to", "if"), one.surest, strict=True)),
                }
                for one in self.equilibria
            ],
            "risk_dominance": None if self.risk is None else str(self.risk),
            "payoff_dominant": None
            if self.payoff_dominant is None
            else str(self.payoff_dominant),
        }


def coordination(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
) -> Coordination:
    """Compare all pure equilibria of a table by the trust that each needs, exactly.

    An equilibrium needs trust p if every player who gives at least probability p to all
    others playing their parts has no better action, whatever else it believes.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number).

    Raises RefusalError for trees, for mixed actions, and where not all equilibria are
    found.
    """
    chosen = read_question(model, concept, outcome)
    game = require_table(model.game(at=at), "what coordination takes")
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    solution = proved(solve(game, concept))
    if len(solution) > _MOST:
        raise RefusalError(
            f"{len(solution):,} equilibria are too many to compare: at most {_MOST} are "
            "compared"
        )
    mixed = [one for one in solution if not isinstance(one.profile, PureProfile)]
    if mixed:
        raise RefusalError(
            "what coordination takes is known for pure equilibria, not those of "
            f"{concept}: use PureNash()"
        )
    found = []
    for one in solution:
        (play,) = one.plays
        found.append(
            Trust(play, one.probability(chosen.mask) == 1, p_dominance(game, one.profile))
        )
    found.sort(key=lambda one: one.p)
    return Coordination(
        model,
        concept,
        chosen.name,
        dict(at or {}),
        tuple(found),
        _risk(game),
        _payoff_dominant(solution),
    )


def _compared(with_: Fraction, without: Fraction) -> str:
    if with_ == without:
        return "The safest with it and the safest without it ask for the same."
    less, more = ("with", "without") if with_ < without else ("without", "with")
    return f"So the safest {less} it asks for less than any {more} it."


def _risk(game: NormalFormGame) -> RiskDominance | None:
    """Risk dominance where it is defined: two strict equilibria of a 2 x 2 game."""
    try:
        return risk_dominance(game)
    except RefusalError:
        return None


def _payoff_dominant(solution: Solution) -> Play | None:
    """What is played in the equilibrium that pays everyone more than each other does."""
    best = pareto_comparison(solution).payoff_dominant if len(solution) > 1 else None
    return None if best is None else next(iter(solution[best].plays))
