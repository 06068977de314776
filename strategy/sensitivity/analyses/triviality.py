"""Is a model trivial?

Actions dominant whatever the parameters, parameters that enter no choice, and parameters
that never move a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from strategy.assumptions.bernstein import bounds
from strategy.assumptions.gains import gains_of
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.forms.extensive import ExtensiveForm
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_samples import classify
from strategy.sensitivity.samples.intervals import Estimate, share
from strategy.sensitivity.samples.shares import draw

__all__ = ["dominant_actions", "idle_parameters", "moving_shares", "weighed_parameters"]


def dominant_actions(model: Model) -> dict[str, str]:
    """Players with an action that is never worse than another, over the whole range box.

    In a table that means whatever the others do; in a tree, at every move of the player,
    whatever follows. The result maps each player to its action. The payoffs of ``model``
    must be polynomials (or quotients) in the parameters. It is proved by Bernstein bounds;
    what they cannot prove is not reported.
    """
    found = _in_table(model) if not model.form.is_tree else _in_tree(model, model.form)
    return dict(found)


def _in_table(model: Model) -> Iterator[tuple[str, str]]:
    gains = gains_of(model)
    kinds = [bounds(one, model.parameters.box).kind for one in gains.polynomials]
    never = [0, *[_worst(kind) for kind in kinds]]
    flipped = [0, *[_worst(_FLIPPED[kind]) for kind in kinds]]
    for axis, (player, options) in enumerate(gains.form.actions.items()):
        table, own = gains.tables[axis], gains.form.taken(axis)
        for action, label in enumerate(options):
            entries = np.unique(table[own == action])
            if len(options) > 1 and all(
                (never[k] if k >= 0 else flipped[-k]) <= 0 for k in entries.tolist()
            ):
                yield player, label
                break


_FLIPPED = {
    "positive": "negative",
    "nonnegative": "nonpositive",
    "nonpositive": "nonnegative",
    "negative": "positive",
}
_FLIPPED |= {kind: kind for kind in ("mixed", "undecided", "zero")}


def _worst(kind: str) -> int:
    """1 if a gain of this kind may be positive somewhere."""
    return 0 if kind in ("nonpositive", "negative", "zero") else 1


def _in_tree(model: Model, form: ExtensiveForm) -> Iterator[tuple[str, str]]:
    for axis, player in enumerate(model.players):
        number, payoffs = model.payoff_polynomials(player)
        below = _signatures_below(form, number)
        known: dict[tuple[int, int], bool] = {}
        nodes = np.flatnonzero(form.mover == axis).tolist()
        for label in model.form.actions[player]:
            if nodes and all(
                _never_worse(model, form, node, label, below, payoffs, known)
                for node in nodes
            ):
                yield player, label
                break


def _signatures_below(form: ExtensiveForm, number: Any) -> list[frozenset[int]]:
    below: list[frozenset[int]] = [frozenset()] * form.node_count
    for node in range(form.node_count - 1, -1, -1):
        if form.mover[node] == -2:
            below[node] = frozenset([int(number[form.leaf_number[node]])])
        else:
            below[node] = frozenset().union(
                *below[int(form.first[node]) : int(form.first[node + 1])]
            )
    return below


def _never_worse(
    model: Model,
    form: ExtensiveForm,
    node: int,
    label: str,
    below: list[frozenset[int]],
    payoffs: Any,
    known: dict[tuple[int, int], bool],
) -> bool:
    options = form.action_lists[form.label[node]]
    first = int(form.first[node])
    if label not in options or len(options) < 2:
        return False
    mine = first + options.index(label)
    for other in range(first, first + len(options)):
        for a in below[mine] if other != mine else ():
            for b in below[other]:
                if (a, b) not in known:
                    gain = payoffs[b] - payoffs[a]
                    known[a, b] = (
                        not gain or _worst(bounds(gain, model.parameters.box).kind) == 0
                    )
                if not known[a, b]:
                    return False
    return True


def weighed_parameters(model: Model) -> dict[str, tuple[str, ...]]:
    """For each player the parameters that enter what the player chooses between.

    They are in some gain by another action in a table, or in some difference between what may
    follow a move in a tree. A parameter that no player weighs cancels from every choice: it
    moves payoffs, and no equilibrium, whatever the values. One that is weighed need not
    move any. In a tree with chance, what the probabilities depend on counts as weighed by
    all. Payoffs must be polynomials (or quotients) in the parameters.

    ``model``: a table, or a tree with any information. Returns player -> names of
    parameters, in the model's order. Raises ModelError on payoffs of another form.
    """
    labels, laws = list(model.parameters), model.laws
    by_chance = (
        set().union(*[_entering(one) for law in laws.amounts for one in law])
        if laws
        else set()
    )
    found = {}
    for axis, player in enumerate(model.players):
        entering = set(by_chance)
        for gain in _gains(model, axis):
            entering |= _entering(gain)
        found[player] = tuple([label for i, label in enumerate(labels) if i in entering])
    return found


def _gains(model: Model, axis: int) -> Iterator[Any]:
    """What a player may gain by an action instead of another, up to scale and sign."""
    form = model.form
    if not form.is_tree:
        gains = gains_of(model)
        yield from [
            gains.polynomials[abs(k) - 1] for k in np.unique(gains.tables[axis]) if k
        ]
        return
    number, payoffs = model.payoff_polynomials(model.players[axis])
    below = _signatures_below(form, number)
    pairs = {
        (a, b)
        for node in np.flatnonzero(form.mover == axis).tolist()
        for mine in range(int(form.first[node]), int(form.first[node + 1]))
        for other in range(int(form.first[node]), mine)
        for a in below[mine]
        for b in below[other]
    }
    yield from [payoffs[a] - payoffs[b] for a, b in pairs]


def _entering(form: Any) -> set[int]:
    """The parameters, by number, that a polynomial or quotient has in it."""
    parts = (form.numer, form.denom) if hasattr(form, "numer") else (form,)
    return {i for one in parts for i in one.used}


def moving_shares(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    samples: int = 20_000,
    seed: int | None = 0,
) -> Mapping[str, Estimate]:
    """For each parameter, how often drawing it anew changes the verdict.

    It is a share of the range box, estimated from uniform samples, with its exact binomial
    interval. ``model``, ``concept``, ``outcome``: what is asked about; ``seed``: for the
    samples (None: other ones each time).
    """
    base = draw(model, samples, seed)
    fresh = draw(model, samples, None if seed is None else seed + 1)
    before, _ = classify(model, concept, outcome, base)
    result = {}
    for column, label in enumerate(model.parameters):
        moved = base.copy()
        moved[:, column] = fresh[:, column]
        after, _ = classify(model, concept, outcome, moved)
        result[label] = share(int((after != before).sum()), samples)
    return result


def idle_parameters(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    samples: int = 20_000,
    seed: int | None = 0,
) -> tuple[str, ...]:
    """Parameters whose redrawing changed the verdict at none of the samples.

    That is evidence, not proof; ``moving_shares`` says in how much of the range box each
    may still do so. ``model``, ``concept``, ``outcome``: what is asked about; ``samples``:
    how many are drawn from the range box, with ``seed`` (None: other ones each time).
    """
    return tuple(
        [
            label
            for label, known in moving_shares(
                model, concept, outcome, samples, seed
            ).items()
            if not known.value
        ]
    )
