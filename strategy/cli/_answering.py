"""Concepts whose answers are not lists of equilibria.

Ranges over correlated equilibria, rationalizable actions, commitments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from strategy.assumptions import where
from strategy.cli import _models
from strategy.cli._equilibria import mix_words
from strategy.cli._output import print_table, say
from strategy.completeness import RATIONALIZABLE, commitment_words, range_words
from strategy.concepts import (
    CoarseCorrelatedEquilibrium,
    Commitment,
    CorrelatedEquilibrium,
    Nash,
    Payoff,
    Probability,
    Rationalizability,
    Welfare,
)
from strategy.display import Lines, Table, joined, number
from strategy.errors import RefusalError
from strategy.forms.plain import plays_data
from strategy.names import unknown
from strategy.solvers import best_commitment, correlated_extremes, value_of_commitment
from strategy.solvers.protocol import Limits
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["ANSWERS", "Answer", "Request"]

Answer = tuple[Callable[[], dict[str, Any]], Callable[[], None]]
"""A function that returns an answer as data for JSON, and one that prints the same."""

_KINDS = ("payoff PLAYER", "probability OUTCOME", "probability PLAYER=ACTION", "welfare")
_MOST_ROUNDS = 40


@attrs.frozen(eq=False)
class Request:
    """What is asked of a game under a concept.

    The outcomes of its model, objectives as typed, the weights stated, limits.
    """

    game: Any
    concept: Any
    outcomes: Mapping[str, Any]
    objectives: Sequence[str]
    weights: Mapping[str, str]
    limits: Limits
    solver: Any = None


# -- correlated equilibrium


def _correlated(asked: Request) -> Answer:
    """The range of every objective, with equilibria at both ends."""
    reason = asked.concept.refuses(asked.game)
    if reason is not None:
        raise RefusalError(reason)
    wanted = [_objective(asked, text) for text in asked.objectives] or _usual(asked)
    found = correlated_extremes(asked.game, asked.concept, *wanted)
    ranges = [
        {
            "objective": str(one.objective),
            **{
                end: {
                    "value": number_text(reached.value),
                    "plays": plays_data(reached.distribution.plays),
                    "payoffs": {
                        who: number_text(value)
                        for who, value in reached.distribution.payoffs(asked.game).items()
                    },
                }
                for end, reached in (("least", one.least), ("greatest", one.greatest))
            },
        }
        for one in found
    ]

    def show() -> None:
        say(range_words(asked.concept), emphasis=True)
        say()
        rows = [
            [str(one.objective), number(one.least.value), number(one.greatest.value)]
            for one in found
        ]
        print_table(Table(["", "least", "greatest"], rows, [1, 2]))
        say()
        say(
            "Every value in between is attained too. Each row has its own equilibria at "
            "its ends."
        )
        if asked.objectives:
            for one in found:
                _print_ends(one)
        else:
            say(
                "--objective shows what is played there, such as --objective 'payoff "
                + asked.game.players[0]
                + "'."
            )

    return lambda: {"status": "COMPLETE", "ranges": ranges}, show


def _print_ends(one: Any) -> None:
    for end, reached in (("least", one.least), ("greatest", one.greatest)):
        say()
        say(
            f"At the {end} {one.objective}, {number(reached.value)}, a correlation device draws"
        )
        rows = [
            [number(weight), str(play)]
            for play, weight in reached.distribution.plays.items()
        ]
        print_table(Table(["probability", "what is played"], rows, [0]), indent=2)


def _usual(asked: Request) -> list[Any]:
    """All payoffs, all outcomes of the model, and welfare where weights are stated."""
    found = [
        *map(Payoff, asked.game.players),
        *[Probability(one, label) for label, one in asked.outcomes.items()],
    ]
    return [*found, *([Welfare(asked.weights)] if asked.weights else [])]


def _objective(asked: Request, text: str) -> Any:
    kind, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if kind == "payoff" and rest:
        if rest not in asked.game.players:
            raise RefusalError(
                f"--objective {text!r}: {unknown(rest, asked.game.players, 'player')}"
            )
        return Payoff(rest)
    if kind == "probability" and rest in asked.outcomes:
        return Probability(asked.outcomes[rest], rest)
    if kind == "probability" and "=" in rest:
        parts = [one.strip() for one in rest.split(",")]
        return Probability(
            where(_models.changes(parts, "--objective probability", "Armenia=open")), rest
        )
    if kind == "probability" and rest:
        known = (
            unknown(rest, asked.outcomes, "outcome")
            if asked.outcomes
            else f"no outcome {rest!r}: a game with numeric payoffs has none"
        )
        raise RefusalError(
            f"--objective {text!r}: {known}; or give PLAYER=ACTION, several with commas "
            "between"
        )
    if kind == "welfare" and not rest:
        if not asked.weights:
            raise RefusalError(
                "--objective welfare: payoffs of different players have no common unit; "
                "state --weight PLAYER=VALUE for each"
            )
        return Welfare(asked.weights)
    raise RefusalError(f"--objective {text!r}: expected one of {', '.join(_KINDS)}")


# -- rationalizability


def _rationalizable(asked: Request) -> Answer:
    """What is left to each player, and the elimination that proves that the rest is not."""
    found = asked.concept.actions(asked.game)
    dropped: dict[str, list[str]] = {player: [] for player in asked.game.players}
    for eliminated in found.rounds:
        for player, action, _ in eliminated:
            dropped[player].append(action)
    rounds = [
        [
            {
                "player": who,
                "action": action,
                "dominated_by": {to: number_text(p) for to, p in by.items()},
            }
            for who, action, by in one
        ]
        for one in found.rounds
    ]
    beliefs = (
        ""
        if len(asked.game.players) == 2
        else " Beliefs about several others may be correlated."
    )

    def show() -> None:
        say(f"{RATIONALIZABLE}{beliefs}", emphasis=True)
        say()
        rows = [
            [
                player,
                Lines(tuple(left)),
                Lines(tuple(dropped[player])) if dropped[player] else "none",
            ]
            for player, left in found.actions.items()
        ]
        print_table(Table(["player", "rationalizable", "left out"], rows))
        lines = [
            f"Round {i}: {who} drops {action}, strictly dominated by {mix_words(by)}."
            for i, eliminated in enumerate(found.rounds, 1)
            for who, action, by in eliminated
        ]
        say()
        if not lines:
            say(
                "No action is strictly dominated, by a pure action or by a mixture: every "
                "action is rationalizable."
            )
        for line in lines[:_MOST_ROUNDS]:
            say(line, bullet="- ")
        if len(lines) > _MOST_ROUNDS:
            say(f"... and {len(lines) - _MOST_ROUNDS:,} more (--json prints all)")

    left = {player: list(actions) for player, actions in found.actions.items()}
    return lambda: {"status": "COMPLETE", "actions": left, "rounds": rounds}, show


# -- commitment


def _commitment(asked: Request) -> Answer:
    """The best commitment, and what it is worth against the equilibria without."""
    best = best_commitment(asked.game, asked.concept)
    solution = solve(asked.game, Nash(), limits=asked.limits)
    worth = value_of_commitment(best, solution) if len(solution) else None
    leader = asked.concept.leader
    (follower,) = [who for who in asked.game.players if who != leader]
    data = {
        "status": "COMPLETE",
        "commitment": {
            "value": number_text(best.value),
            "attained": best.attained,
            "optima": [
                {
                    "strategy": _chances(one.strategy),
                    "reply": one.reply,
                    "payoffs": {
                        who: number_text(value) for who, value in one.payoffs.items()
                    },
                    "toward": None if one.toward is None else _chances(one.toward),
                }
                for one in best.optima
            ],
        },
        "worth": None
        if worth is None
        else {
            "over_best_nash": number_text(worth.over_best),
            "over_worst_nash": number_text(worth.over_worst),
            "proved": worth.proved,
        },
    }

    def show() -> None:
        say(
            commitment_words(asked.concept, leader, number(best.value), best.attained),
            emphasis=True,
        )
        say()
        rows = [
            [mix_words(one.strategy), one.reply, *map(number, one.payoffs.values())]
            for one in best.optima
        ]
        header = [
            f"{leader} commits to",
            f"{follower} replies",
            *[f"to {who}" for who in asked.game.players],
        ]
        print_table(Table(header, rows, [2, 3]))
        ways = joined(
            {mix_words(one.toward): None for one in best.optima if one.toward is not None},
            "or",
        )
        if ways:
            say(
                f"A row is a limit: {leader} plays nearly that, moved a little toward "
                f"{ways}, so that no tie can turn against it."
            )
        say()
        say(_worth_words(leader, worth))

    return lambda: data, show


def _worth_words(leader: str, worth: Any) -> str:
    if worth is None:
        return (
            "What commitment is worth is not known: the search for equilibria without it "
            "was cut short."
        )
    known = "Nash equilibria" if worth.proved else "Nash equilibria found"
    if worth.over_best == worth.over_worst:
        return (
            f"Being able to commit is worth {number(worth.over_best)} to {leader}, "
            f"compared with any of the {known} without it."
        )
    return (
        f"Being able to commit is worth {number(worth.over_best)} to {leader} compared "
        f"with its best of the {known} without it, and {number(worth.over_worst)} "
        "compared with its worst."
    )


def _chances(strategy: Mapping[str, Any]) -> dict[str, str]:
    return {action: number_text(weight) for action, weight in strategy.items() if weight}


ANSWERS: Mapping[type, Callable[[Request], Answer]] = {
    CorrelatedEquilibrium: _correlated,
    CoarseCorrelatedEquilibrium: _correlated,
    Rationalizability: _rationalizable,
    Commitment: _commitment,
}
"""How such a concept is answered."""
