"""Regret and robust choice.

Which action of one player does least harm, whatever the assumptions turn out to be.

The player is bound to the action, the others play an equilibrium of what is left. Regret is
what the best action would have paid more (L. J. Savage, "The theory of statistical
decision", Journal of the American Statistical Association 46, 1951).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import equilibrium, others_without
from strategy.display import Table, joined, number
from strategy.errors import ModelError, RefusalError
from strategy.exact import exact
from strategy.names import unknown
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.bound_players import Span, bound, require_table
from strategy.sensitivity.deciding.verdicts import read_question
from strategy.sensitivity.samples.intervals import LEVEL
from strategy.sensitivity.samples.shares import draw
from strategy.texts import number_text

__all__ = ["ActionRegret", "PlayerRegret", "Regret", "regret"]


@attrs.frozen
class ActionRegret:
    """One action over all samples.

    The least payoff and the largest regret, each with the others at their worst equilibrium
    for the player (first) and at their best (second); ``unanswered``: at how many samples
    the others have no equilibrium.
    """

    action: str
    least: Span | None
    regret: Span | None
    unanswered: int


@attrs.frozen
class PlayerRegret:
    """One player's actions."""

    player: str
    actions: tuple[ActionRegret, ...]

    def robust(self, way: int) -> tuple[str, ...]:
        """The actions with the smallest largest regret.

        ``way``: 0 for the regret at worst, 1 for that at best.
        """
        known = [
            (one.regret[way], one.action)
            for one in self.actions
            if one.regret is not None and not one.unanswered
        ]
        least = min(known)[0] if known else None
        return tuple([action for value, action in known if value == least])

    def safest(self, way: int) -> tuple[str, ...]:
        """The actions with the largest least payoff.

        ``way``: 0 with the others at their worst equilibrium for the player, 1 at their
        best.
        """
        known = [
            (one.least[way], one.action)
            for one in self.actions
            if one.least is not None and not one.unanswered
        ]
        most = max(known)[0] if known else None
        return tuple([action for value, action in known if value == most])


@attrs.frozen(eq=False, repr=False)
class Regret(Finding):
    """Regrets over samples of the range box, and its baseline.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``players``: the answer for
    each player asked about, over ``samples`` drawn from ``seed``.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    players: tuple[PlayerRegret, ...]
    samples: int
    seed: int | None

    @property
    def heading(self) -> str:
        """What was asked."""
        where = (
            f"the baseline and {self.samples:,} samples of the range box, seed {self.seed}"
        )
        return (
            f"Regret of each action of {self.model.name} over {where}, {self.concept} of "
            "the others"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The robust choices; sampled, so none is proved."""
        said = []
        for one in self.players:
            robust, safest = one.robust(0), one.safest(0)
            if not robust:
                said.append(
                    f"{one.player}: each action leaves the others without a "
                    f"{equilibrium(self.concept)} somewhere."
                )
                continue
            text = (
                f"{one.player}: over these values {joined(robust, 'or')} has minimax "
                "regret, the others at their worst for it"
            )
            same = one.robust(1)
            text += (
                ""
                if same == robust
                else f" ({joined(same, 'or')} if they are at their best)"
            )
            text += f"; {joined(safest, 'or')} has the largest least payoff"
            open_ = [each.action for each in one.actions if each.unanswered]
            if open_:
                are = "are" if len(open_) > 1 else "is"
                text += (
                    f"; {joined(open_)} {are} left out, as then "
                    f"{others_without('the others', self.concept)} somewhere"
                )
            said.append(text + ".")
        rest = (
            f"at {self._worse:.1%} of the range box at most, by a one-sided 95 % interval"
        )
        return (
            *said,
            (
                "This is over samples: values of the assumptions between them may be "
                f"worse than any one figure, {rest}."
            ),
        )

    @property
    def _worse(self) -> float:
        """The share of the range box in which the numbers found may be exceeded.

        In which a payoff may be less, or a regret larger, than at all samples, by a
        one-sided interval at 95 % (S. S. Wilks, "Determination of sample sizes for setting
        tolerance limits", Annals of Mathematical Statistics 12, 1941).
        """
        return float(1 - (1 - LEVEL) ** (1 / self.samples))

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row an action."""
        rows = [
            [
                who.player,
                one.action,
                *_cells(one.least),
                *_cells(one.regret),
                str(one.unanswered or ""),
            ]
            for who in self.players
            for one in who.actions
        ]
        header = [
            "player",
            "action",
            "least payoff, worst",
            "best",
            "largest regret, worst",
            "best",
            f"samples without {equilibrium(self.concept)}",
        ]
        return (
            Table(
                header,
                rows,
                [2, 3, 4, 5, 6],
                caption=(
                    "The others at their worst and at their best "
                    f"{equilibrium(self.concept)}"
                ),
            ),
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "samples": self.samples,
            "worse_at_most_at": self._worse,
            "seed": self.seed,
            "players": [
                {
                    "player": who.player,
                    "actions": [
                        {
                            "action": one.action,
                            "least": _text(one.least),
                            "regret": _text(one.regret),
                            "unanswered": one.unanswered,
                        }
                        for one in who.actions
                    ],
                }
                for who in self.players
            ],
        }


def regret(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    player: Annotated[
        str | None, "The one player to ask about (default: each in turn)."
    ] = None,
    samples: Annotated[int, "How many samples of the range box."] = 100,
    seed: Annotated[int, "Seed of the samples."] = 0,
) -> Regret:
    """The largest regret and the least payoff of each action over samples of the range box.

    For tables; each sample is solved exactly. An action of minimax regret is one whose
    largest regret is smallest. Values that are given fix their parameters.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: such values (name ->
    number). ``player``: the one to ask about (None: each in turn); ``samples``: how many
    are drawn, with ``seed``.

    Raises RefusalError where not all equilibria of the others are found.
    """
    chosen = read_question(model, concept, outcome)
    game = require_table(model.game(at=at), "regret")
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    if player is not None and player not in game.players:
        raise ModelError(unknown(player, game.players, "player"))
    rows = [
        {label: exact(float(x)) for label, x in zip(model.parameters, row, strict=True)}
        for row in draw(model, samples, seed, at)
    ]
    fixed = {
        label: value
        for label, value in model.parameters.read(at).items()
        if label in (at or {}) or label in model.held
    }
    games = [
        game,
        *[require_table(model.game(at={**row, **fixed}), "regret") for row in rows],
    ]
    found = []
    for who in game.players if player is None else (player,):
        size = len(game.actions[who])
        pays = [
            [bound(one, concept, who, k, chosen.mask).payoff for k in range(size)]
            for one in games
        ]
        found.append(
            PlayerRegret(
                who, tuple([_action(game.actions[who][k], k, pays) for k in range(size)])
            )
        )
    return Regret(model, concept, chosen.name, dict(at or {}), tuple(found), samples, seed)


def _action(label: str, k: int, pays: list[list[Span | None]]) -> ActionRegret:
    least: list[list[Fraction]] = [[], []]
    regrets: list[list[Fraction]] = [[], []]
    unanswered = 0
    for row in pays:
        mine = row[k]
        if mine is None:
            unanswered += 1
            continue
        for way in (0, 1):
            least[way].append(mine[way])
            regrets[way].append(max(one[way] for one in row if one is not None) - mine[way])
    if not least[0]:
        return ActionRegret(label, None, None, unanswered)
    return ActionRegret(
        label,
        (min(least[0]), min(least[1])),
        (max(regrets[0]), max(regrets[1])),
        unanswered,
    )


def _cells(given: Span | None) -> list[str]:
    return ["", ""] if given is None else [number(round(one, 3)) for one in given]


def _text(given: Span | None) -> list[str] | None:
    return None if given is None else [number_text(one) for one in given]
