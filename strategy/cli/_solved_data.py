"""A solution as data: what ``strategy solve`` prints, and all of it.

The schema is documented in reference/solve-json.
"""

from __future__ import annotations

from typing import Any

from strategy.cli._comparing import risk, welfare
from strategy.cli._equilibria import Shown
from strategy.cli._structure import components_of, known_so_far
from strategy.concepts import pareto_comparison
from strategy.protocols import Game
from strategy.results import Component, as_mapping
from strategy.texts import number_text

__all__ = ["SCHEMA", "solution_data"]

SCHEMA = "strategy-solve/1"
_MOST_COMPARED = 2_000


def solution_data(shown: Shown) -> dict[str, Any]:
    """Equilibria are known by their places in the list, from 0.

    ``shown``: the solution as it is printed.
    """
    solution = shown.solution
    known = as_mapping(solution)
    found = components_of(solution)
    for one, told in zip(solution, known["equilibria"], strict=True):
        told["outcomes"] = {
            label: number_text(one.probability(outcome.mask))
            for label, outcome in shown.outcomes.items()
        }
        if one.profile.strategies:
            told["strategies"] = {
                player: _strategy(row) for player, row in one.profile.strategies.items()
            }
        if found is not None:
            told["component"] = one.component
    boxes = [_bounds(solution.game, box) for box in solution.unresolved]
    components = (
        None if found is None else [_component(solution.game, one) for one in found]
    )
    so_far = [_component(solution.game, one) for one in known_so_far(solution)]
    return {
        **known,
        "sentence": solution.headline.sentence,
        "hint": solution.hint,
        "components": components,
        "known_so_far": so_far,
        "unresolved": boxes,
        **_comparison(shown),
    }


def _strategy(weights: Any) -> dict[str, str]:
    """One player's actions with their probabilities; those never played are left out."""
    return {
        action: number_text(weight)
        for action, weight in weights.items()
        if not (weight == 0)  # noqa: SIM201 - a ball may hold 0
    }


def _component(game: Game, one: Component) -> dict[str, Any]:
    subsets = [
        {
            player: [
                _strategy(dict(zip(game.actions[player], vector, strict=True)))
                for vector in vertices
            ]
            for player, vertices in zip(game.players, subset, strict=True)
        }
        for subset in one.subsets
    ]
    return {
        "equilibria": list(one.equilibria),
        "dimension": one.dimension,
        "index": one.index,
        "subsets": subsets,
    }


def _bounds(game: Game, box: Any) -> dict[str, Any]:
    return {
        player: {
            action: list(pair)
            for action, pair in zip(game.actions[player], rows, strict=True)
        }
        for player, rows in zip(game.players, box.bounds, strict=True)
    }


def _comparison(shown: Shown) -> dict[str, Any]:
    if not len(shown.solution) or len(shown.groups) > _MOST_COMPARED:
        return {"pareto": None, "welfare": None, "risk_dominance": None, "p_dominance": []}
    comparison = pareto_comparison(shown.representatives)
    members = _members(shown)
    best, ranked = comparison.payoff_dominant, welfare(shown)
    both, by_p = risk(shown)
    return {
        "pareto": {
            "undominated": sorted(
                number for place in comparison.undominated for number in members[place]
            ),
            "payoff_dominant": None if best is None else members[best],
            "proved": comparison.proved,
        },
        "welfare": None
        if ranked is None
        else {
            "weights": dict(shown.weights),
            "ranking": [
                {"equilibria": members[one.number], "welfare": number_text(one.welfare)}
                for one in ranked
            ],
        },
        "risk_dominance": None
        if both is None
        else {
            "equilibria": [dict(one.actions) for one in both.equilibria],
            "products": [number_text(value) for value in both.products],
            "dominant": None if both.dominant is None else dict(both.dominant.actions),
        },
        "p_dominance": [
            {
                "profile": dict(one.profile.actions),
                "p": number_text(one.p),
                "by_player": {
                    who: number_text(value) for who, value in one.by_player.items()
                },
            }
            for _, one in by_p
        ],
    }


def _members(shown: Shown) -> list[list[int]]:
    members: list[list[int]] = [[] for _ in shown.groups]
    for number, place in enumerate(shown.group_of):
        members[place].append(number)
    return members
