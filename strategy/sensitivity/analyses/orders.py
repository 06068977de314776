"""Orders of moves: the players of a table move one after another instead.

In any order, each seeing what was done before.

Every order is a tree with the same terms, solved for all pure subgame-perfect equilibria by
backward induction.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import captioned
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.display import Table, joined, number
from strategy.errors import ModelError, RefusalError
from strategy.exact import span_of
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.trees import Decision, End
from strategy.names import FrozenMapping, ordered, unknown
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.at_values import judged
from strategy.sensitivity.deciding.bound_players import Span
from strategy.sensitivity.deciding.verdicts import (
    Bounds,
    Verdict,
    chip,
    read_question,
    verdict_clause,
    verdict_of,
)
from strategy.solving import solve
from strategy.texts import number_text

__all__ = ["Orders", "Turn", "orders"]

_MOST = 120
_LARGEST = 20_000
_IN_TURN = PureSubgamePerfect()


@attrs.frozen
class Turn:
    """One order of moves: the verdict, and what each player gets.

    ``payoffs``: player -> (least, greatest) over the equilibria.
    """

    order: tuple[str, ...]
    verdict: Verdict
    payoffs: FrozenMapping[str, Span]


@attrs.frozen(eq=False, repr=False)
class Orders(Finding):
    """The verdict in every order of moves, beside that of moving at once.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked. ``at_once``: the verdict if
    all move at once, and ``chance`` the outcome's least and greatest probability then,
    where players may mix; ``turns``: one for each order.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    at_once: Verdict
    chance: Bounds
    turns: tuple[Turn, ...]

    def share(self, verdict: Verdict) -> Fraction:
        """In which share of the orders the outcome has a verdict."""
        return Fraction(sum(one.verdict is verdict for one in self.turns), len(self.turns))

    def place(self, player: str, place: int) -> Span:
        """A player's least and greatest payoff over all orders in which it has a place.

        The place at which it moves: 0 first, -1 last.

        Raises RefusalError if none of the orders that were asked for is such a one.
        """
        spans = [one.payoffs[player] for one in self.turns if one.order[place] == player]
        if not spans:
            raise RefusalError(
                f"{player} moves at place {place} in none of the {len(self.turns)} "
                "orders: ask for others too"
            )
        return min(low for low, _ in spans), max(high for _, high in spans)

    @property
    def in_turn(self) -> PureSubgamePerfect:
        """The concept of the orders, as ``concept`` is that of all moving at once."""
        return _IN_TURN

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"{self.outcome!r} in {self.model.name} if the players move in turn, "
            f"{len(self.turns)} orders, pure subgame-perfect"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """How many orders have which verdict, and what moving first or last does.

        Who moves last where it comes about, and what moving first pays.
        """
        said = [
            f"At once {verdict_clause('the outcome', self.at_once, self, self.chance)}."
        ]
        for kind in Verdict:
            found = [one.order for one in self.turns if one.verdict is kind]
            if not found:
                continue
            if len(found) == len(self.turns) > 1:
                said.append(
                    f"In each of these {len(found)} orders "
                    f"{verdict_clause('it', kind, self, concept=self.in_turn)}."
                )
                break
            common = self._common(found)
            where = f"In {len(found)} of {len(self.turns)} orders"
            clause = verdict_clause("it", kind, self, concept=self.in_turn)
            said.append(f"{where} {clause}{f': {common}' if common else ''}.")
        return (*said, *filter(None, map(self._first, self.model.players)))

    def _common(self, found: Sequence[tuple[str, ...]]) -> str:
        """Which pairs move in one order in all of these, and not in all orders."""
        pairs = [
            f"{a} before {b}"
            for a, b in itertools.permutations(self.model.players, 2)
            if all(order.index(a) < order.index(b) for order in found)
            and not all(one.order.index(a) < one.order.index(b) for one in self.turns)
        ]
        return (
            f"in all of them {joined(pairs)}"
            if pairs and len(found) > 1
            else " → ".join(found[0])
            if len(found) == 1
            else ""
        )

    def _first(self, player: str) -> str:
        """What a player gets who moves first, and last.

        As far as such orders were asked for.
        """
        places = ((0, "first"), (-1, "last"))
        asked = [
            (place, word)
            for place, word in places
            if any(one.order[place] == player for one in self.turns)
        ]
        said = [
            f"{_words(self.place(player, place))} moving {word}" for place, word in asked
        ]
        return f"{player} gets {', and '.join(said)}." if said else ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row an order; orders that come to the same are one row."""
        groups: dict[Any, list[Turn]] = {}
        for one in self.turns:
            groups.setdefault((one.verdict, one.payoffs), []).append(one)
        rows = [
            [
                str(len(same)),
                " → ".join(same[0].order),
                chip(kind, self, concept=self.in_turn),
                *[_words(payoffs[player]) for player in self.model.players],
            ]
            for (kind, payoffs), same in sorted(
                groups.items(), key=lambda pair: -len(pair[1])
            )
        ]
        header = ["orders", "one of them", "the outcome comes about", *self.model.players]
        caption = captioned(
            (
                "Orders with the same result, with payoffs least to greatest over the "
                "equilibria"
            ),
            self.in_turn,
        )
        return (Table(header, rows, [0, *range(3, len(header))], caption=caption),)

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "at_once": self.at_once.name,
            "orders": [
                {
                    "order": list(one.order),
                    "verdict": one.verdict.name,
                    "payoffs": {
                        player: [number_text(low), number_text(high)]
                        for player, (low, high) in one.payoffs.items()
                    },
                }
                for one in self.turns
            ],
        }


def orders(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    first: Annotated[str | None, "Only orders in which this player moves first."] = None,
    last: Annotated[str | None, "Only orders in which this player moves last."] = None,
) -> Orders:
    """Let the players of a table move in turn, in every order.

    Each sees what was done before.

    A tree already has an order. At most 120 orders and 20,000 plays are examined.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number). ``first``, ``last``: only orders in which
    this player moves first, or last.

    Raises RefusalError for trees and for more than that.
    """
    chosen = read_question(model, concept, outcome)
    form = model.form
    if form.is_tree:
        raise RefusalError(
            "orders of moves are compared for tables, and this model is a tree: give the "
            "model that moves at once"
        )
    for who in (first, last):
        if who is not None and who not in form.players:
            raise ModelError(unknown(who, form.players, "player"))
    rest = [one for one in form.players if one not in (first, last)]
    if math.factorial(len(rest)) > _MOST or form.play_count > _LARGEST:
        raise RefusalError(
            f"{math.factorial(len(rest)):,} orders of {form.play_count:,} plays are too "
            "many: say who moves first=, who last="
        )
    ends = [[one] if one is not None else [] for one in (first, last)]
    found = [
        _turn(model, chosen, (*ends[0], *middle, *ends[1]), at)
        for middle in itertools.permutations(rest)
    ]
    once = judged(model, concept, chosen.name, at)
    return Orders(model, concept, chosen.name, dict(at or {}), *once, tuple(found))


def in_turn(model: Model, order: Sequence[str]) -> Model:
    """The model in which the players of a table move in this order.

    Each sees what was done before.
    """
    actions = model.form.actions
    order = ordered(order, "order of moves", ModelError)

    def moves(left: Sequence[str]) -> Decision | End:
        return (
            Decision(left[0], {action: moves(left[1:]) for action in actions[left[0]]})
            if left
            else End()
        )

    return attrs.evolve(model, form=ExtensiveForm(moves(order), players=model.players))


def _turn(
    model: Model, outcome: Outcome, order: tuple[str, ...], at: Mapping[str, Any] | None
) -> Turn:
    tree = in_turn(model, order)
    solution = solve(tree.game(at=at), _IN_TURN)
    deadline.check()  # a search that was cut short says nothing of the order
    spans = {
        player: span_of([one.payoffs[player] for one in solution])
        for player in model.players
    }
    payoffs = FrozenMapping(
        {player: span for player, span in spans.items() if span is not None}
    )
    return Turn(order, verdict_of(solution, tree.outcomes[outcome.name]), payoffs)


def _words(given: Span) -> str:
    return (
        number(given[0])
        if given[0] == given[1]
        else f"{number(given[0])} to {number(given[1])}"
    )
