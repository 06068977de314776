"""How often each action is a best reply over the range box.

An action that is hardly ever one may be scenery.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.parameters import parameter_name
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.display import text_table
from strategy.errors import RefusalError
from strategy.exact import exact
from strategy.forms.extensive import ExtensiveFormGame
from strategy.forms.normal import NormalFormGame
from strategy.sensitivity.samples.intervals import Estimate, mean, share
from strategy.sensitivity.samples.shares import draw
from strategy.solvers.induction.ties import induce

__all__ = ["ActionReplies", "BestReplies", "best_replies"]


@attrs.frozen
class ActionReplies:
    """How often one action of a player is a best reply.

    ``weakly`` and ``strictly``: the share of the cases, over all samples, in which no other
    action of the player pays more, and in which every other pays less; with asymptotic
    intervals. ``somewhere`` and ``everywhere``: the share of the samples in which it is a
    best reply, weakly, in some case and in every case; with exact intervals.
    """

    player: str
    action: str
    weakly: Estimate
    strictly: Estimate
    somewhere: Estimate
    everywhere: Estimate


@attrs.frozen(eq=False)
class BestReplies:
    """What ``best_replies`` finds, player by player and action by action.

    ``rows``: one an action, over ``samples`` points of the range box of ``model``, drawn
    from ``seed``.
    """

    model: Model
    rows: tuple[ActionReplies, ...]
    samples: int
    seed: int | None

    def of(self, player: str, action: str) -> ActionReplies:
        """The row of one ``action`` of a ``player``."""
        return next(
            one for one in self.rows if (one.player, one.action) == (player, action)
        )

    def __str__(self) -> str:
        cases = (
            "a case is a move of the player, with subgame-perfect play after it"
            if self.model.form.is_tree
            else "a case is what the others do"
        )
        head = (
            f"Best replies over the range box of {self.model.name}: {self.samples:,} "
            f"uniform samples, seed {self.seed}; {cases}"
        )
        columns = [
            "player",
            "action",
            "in cases",
            "strictly",
            "in some case",
            "in every case",
        ]
        rows = [
            [
                one.player,
                one.action,
                *[
                    known.percent()
                    for known in (one.weakly, one.strictly, one.somewhere, one.everywhere)
                ],
            ]
            for one in self.rows
        ]
        return f"{head}\n{text_table(columns, rows, right=[2, 3, 4, 5])}"


def best_replies(
    model: Model,
    samples: int = 1000,
    seed: int | None = 0,
    at: Mapping[str, Any] | None = None,
) -> BestReplies:
    """In which share of the range box each action of each player is a best reply.

    Samples are uniform, and each is judged exactly. In a table every profile of the others'
    actions is a case, all alike. In a tree every move of the player is one, after whatever
    was done before, reached or not; what follows is subgame perfect. Where that leaves
    several continuations, an action is a best reply, weakly, if it is one for some of them,
    and strictly if it is for all.

    ``samples``: how many points; ``seed``: of their draw, None for another one each time;
    ``at``: values that parameters keep. Raises RefusalError for trees in which players do
    not see all that was done. ``model``: the model.
    """
    if model.form.is_tree and (reason := PureSubgamePerfect().refuses(model.game())):
        raise RefusalError(reason)
    points = draw(model, samples, seed, at)
    fixed = {parameter_name(one): value for one, value in (at or {}).items()}
    seen: dict[tuple[str, str], list[tuple[float, float, bool, bool]]] = {}
    for row in points.tolist():
        deadline.check()
        drawn = {
            label: exact(x)
            for label, x in zip(model.parameters, row, strict=True)
            if label not in model.held
        }
        for player, action, weak, strict in _replies(model.game(at={**drawn, **fixed})):
            seen.setdefault((player, action), []).append(
                (
                    float(weak.mean()),
                    float(strict.mean()),
                    bool(weak.any()),
                    bool(weak.all()),
                )
            )
    rows = []
    for (player, action), found in seen.items():
        table = np.array(found)
        counts = table[:, 2:].sum(axis=0).astype(int).tolist()
        averages = table[:, :2].mean(axis=0).tolist()
        errors = (table[:, :2].std(axis=0) / samples**0.5).tolist()
        rows.append(
            ActionReplies(
                player,
                action,
                *[_share(a, e, samples) for a, e in zip(averages, errors, strict=True)],
                *[share(count, samples) for count in counts],
            )
        )
    return BestReplies(model, tuple(rows), samples, seed)


def _share(value: float, error: float, samples: int) -> Estimate:
    known = mean(value, error, samples)
    return attrs.evolve(known, low=max(known.low, 0.0))  # no share is below 0


Reply = tuple[str, str, NDArray[np.bool_], NDArray[np.bool_]]
"""A player, an action, and for each case whether it is a best reply, weakly and strictly."""


def _replies(game: Any) -> Iterator[Reply]:
    return _in_table(game) if isinstance(game, NormalFormGame) else _in_tree(game)


def _in_table(game: NormalFormGame) -> Iterator[Reply]:
    for axis, (player, options) in enumerate(game.form.actions.items()):
        table, _ = game.integer_tables[axis]
        weak = np.moveaxis(table == table.max(axis=axis, keepdims=True), axis, 0)
        weak = weak.reshape(len(options), -1)
        strict = weak & (weak.sum(axis=0) == 1)
        for number, action in enumerate(options):
            yield player, action, weak[number], strict[number]


def _in_tree(game: ExtensiveFormGame) -> Iterator[Reply]:
    form, leaf = game.form, game.leaf_values
    classes = induce(form, leaf.alive, leaf.values.tolist(), check=deadline.check)
    found: dict[tuple[str, str], list[tuple[bool, bool]]] = {}
    for node in np.flatnonzero(form.mover >= 0).tolist():
        who = int(form.mover[node])
        worth = [
            [row[who] for row in classes.values[classes.begin[child] : classes.end[child]]]
            for child in range(int(form.first[node]), int(form.first[node + 1]))
        ]
        for number, action in enumerate(form.action_lists[form.label[node]]):
            mine, others = worth[number], worth[:number] + worth[number + 1 :]
            weak = all(max(mine) >= min(one) for one in others)
            strict = all(min(mine) > max(one) for one in others)
            found.setdefault((form.players[who], action), []).append((weak, strict))
    for player in form.players:
        for action in form.actions[player]:
            cases = np.array(found[player, action])
            yield player, action, cases[:, 0], cases[:, 1]
