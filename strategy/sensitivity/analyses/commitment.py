"""The value of commitment.

What a player gains who is bound to an action before the others choose (von Stackelberg
1934).

Of several equilibria of the others the best for the one who is bound is the strong, the
worst the weak value (T. Basar and G. J. Olsder, "Dynamic Noncooperative Game Theory", 2nd
edition, 1999, section 3.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import (
    captioned,
    no_equilibrium,
    others_without,
    there_is_no_equilibrium,
)
from strategy.display import Table, number
from strategy.errors import ModelError, RefusalError
from strategy.exact import is_ball, span_of, weighted_sum
from strategy.names import unknown
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.bound_players import (
    Bound,
    Span,
    bound,
    proved,
    require_table,
)
from strategy.sensitivity.deciding.verdicts import read_question
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["Commitments", "PlayerCommitment", "commitment"]


@attrs.frozen
class PlayerCommitment:
    """One player: what it gets while nobody is bound, and bound to each action.

    ``free``: its (least, greatest) payoff over the equilibria in which nobody is bound,
    None if there is none; ``bound``: what each action bound to pays.
    """

    player: str
    free: Span | None
    bound: tuple[Bound, ...]

    def best(self, way: int) -> Bound | None:
        """The action whose least (way 0) or greatest (way 1) payoff is the largest.

        The first of several.
        """
        known = [(one, one.payoff[way]) for one in self.bound if one.payoff is not None]
        by = float if any(is_ball(worth) for _, worth in known) else Fraction
        return max(known, key=lambda row: by(row[1]))[0] if known else None

    def gain(self, way: int) -> Any:
        """What the best commitment pays more than a player gets who is free.

        More than its least (way 0) or greatest (way 1) payoff.
        """
        best = self.best(way)
        if best is None or best.payoff is None or self.free is None:
            return None
        return weighted_sum([(1, best.payoff[way]), (-1, self.free[way])])


@attrs.frozen(eq=False, repr=False)
class Commitments(Finding):
    """What being bound to an action before the others choose is worth to each player.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``players``: the answer for
    each player asked about.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    players: tuple[PlayerCommitment, ...]

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"What commitment is worth to each player of {self.model.name}, "
            f"{self.concept} of the others"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """One a player."""
        return tuple([_sentence(one, self) for one in self.players])

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row an action."""
        rows = [
            [
                who.player,
                one.action,
                *[
                    _span(given, self.concept)
                    for given in (one.payoff, who.free, one.chance)
                ],
            ]
            for who in self.players
            for one in who.bound
        ]
        header = [
            "player",
            "bound to",
            "payoff",
            "payoff if free",
            f"probability of {self.outcome!r}",
        ]
        words = (
            "Payoffs and the outcome, least to greatest over the equilibria, of the "
            "others where one is bound"
        )
        return (Table(header, rows, [2, 3, 4], caption=captioned(words, self.concept)),)

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "players": [
                {
                    "player": one.player,
                    "free": _text(one.free),
                    "gain_at_worst": None
                    if one.gain(0) is None
                    else number_text(one.gain(0)),
                    "gain_at_best": None
                    if one.gain(1) is None
                    else number_text(one.gain(1)),
                    "bound": [
                        {
                            "action": each.action,
                            "payoff": _text(each.payoff),
                            "probability": _text(each.chance),
                        }
                        for each in one.bound
                    ],
                }
                for one in self.players
            ],
        }


def commitment(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    player: Annotated[
        str | None, "The one player to ask about (default: each in turn)."
    ] = None,
) -> Commitments:
    """Bind each player to each action in turn and solve the game of the others, exactly.

    This is for tables. Each player is compared bound to the action that is best for it and
    free: at worst it gains its least payoff when bound less its least in equilibrium, at
    best its greatest when bound less its greatest in equilibrium.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number); ``player``: the one to bind (None: each in
    turn).

    Raises RefusalError where not all equilibria are found.
    """
    chosen = read_question(model, concept, outcome)
    game = require_table(model.game(at=at), "the value of commitment")
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    if player is not None and player not in game.players:
        raise ModelError(unknown(player, game.players, "player"))
    solution = proved(solve(game, concept))
    found = []
    for who in game.players if player is None else (player,):
        free = span_of([one.payoffs[who] for one in solution])
        rows = tuple(
            [
                bound(game, concept, who, k, chosen.mask)
                for k in range(len(game.actions[who]))
            ]
        )
        found.append(PlayerCommitment(who, free, rows))
    return Commitments(model, concept, chosen.name, dict(at or {}), tuple(found))


def _sentence(one: PlayerCommitment, finding: Commitments) -> str:
    concept = finding.concept
    if one.free is None:
        return (
            f"{one.player}: with nobody bound {there_is_no_equilibrium(concept)} to "
            "compare with."
        )
    worst, best = one.best(0), one.best(1)
    low, high = one.gain(0), one.gain(1)
    if worst is None or best is None or low is None or high is None:
        return (
            f"{one.player}: whatever it is bound to, "
            f"{others_without('the others', concept)}."
        )
    if worst.action == best.action:
        return (
            f"{one.player} {_gain(low)} at worst, and {_gain(high)} at best, by being "
            f"bound {_bound(one.player, best, finding)}."
        )
    least, most = [_bound(one.player, to, finding) for to in (worst, best)]
    return (
        f"{one.player} {_gain(low)} at worst by being bound {least}, and {_gain(high)} at "
        f"best by being bound {most}."
    )


def _bound(player: str, to: Bound, finding: Commitments) -> str:
    """The action, and how likely the outcome then is."""
    done = finding.model.action_in_words(player, to.action)
    return f"{done} ({finding.outcome!r} then has probability {_span(to.chance)})"


def _gain(value: Any) -> str:
    if is_ball(value) and value.contains(0):
        return "gains about nothing"
    return (
        "gains nothing"
        if value == 0
        else f"gains {number(value)}"
        if value > 0
        else f"loses {number(-value)}"
    )


def _span(given: Span | None, concept: Concept | None = None) -> str:
    if given is None:
        return "" if concept is None else no_equilibrium(concept)
    return (
        number(given[0])
        if given[0] == given[1]
        else f"{number(given[0])} to {number(given[1])}"
    )


def _text(given: Span | None) -> list[str] | None:
    return None if given is None else [number_text(one) for one in given]
