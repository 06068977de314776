"""Hypothesis strategies.

Games of every kind, forms, preferences, and what may be assumed in a model.

``ALL`` has the kinds of games by name; each entry is called, without arguments or with a
shape where it is a table, and gives a strategy. Counter-examples shrink to few players and
actions, small whole numbers and plain names.
"""

from collections.abc import Callable
from typing import Any

from hypothesis.strategies import SearchStrategy

from strategy.generators.claims import claim_subsets
from strategy.generators.degenerate import degenerate_games
from strategy.generators.generic import generic_games, tied_games
from strategy.generators.ordinal import ordinal_games, ordinal_preferences
from strategy.generators.parameters import parameter_values, values_within
from strategy.generators.planted import (
    PlantedSolution,
    dominance_solvable_games,
    dominance_solved,
    unique_mixed_games,
    unique_mixed_solved,
)
from strategy.generators.potential import potential_games
from strategy.generators.shifts import payoff_shifts, shifted, shifted_games
from strategy.generators.supermodular import supermodular_games
from strategy.generators.symmetric import symmetric_games
from strategy.generators.tables import normal_forms, shapes
from strategy.generators.trees import (
    chance_games,
    extensive_forms,
    hidden_move_games,
    perfect_information_games,
)
from strategy.generators.zero_sum import zero_sum_games
from strategy.moved import old_names

TABLES: dict[str, Callable[..., SearchStrategy[Any]]] = {
    "generic": generic_games,
    "tied": tied_games,
    "degenerate": degenerate_games,
    "symmetric": symmetric_games,
    "zero-sum": zero_sum_games,
    "supermodular": supermodular_games,
    "potential": potential_games,
    "dominance solvable": dominance_solvable_games,
    "unique mixed": unique_mixed_games,
    "ordinal": ordinal_games,
}
TREES: dict[str, Callable[..., SearchStrategy[Any]]] = {
    "perfect information": perfect_information_games,
    "chance": chance_games,
    "hidden moves": hidden_move_games,
}
ALL = {**TABLES, **TREES}

__all__ = [
    "ALL",
    "TABLES",
    "TREES",
    "PlantedSolution",
    "chance_games",
    "claim_subsets",
    "degenerate_games",
    "dominance_solvable_games",
    "dominance_solved",
    "extensive_forms",
    "generic_games",
    "hidden_move_games",
    "normal_forms",
    "ordinal_games",
    "ordinal_preferences",
    "parameter_values",
    "payoff_shifts",
    "perfect_information_games",
    "potential_games",
    "shapes",
    "shifted",
    "shifted_games",
    "supermodular_games",
    "symmetric_games",
    "tied_games",
    "unique_mixed_games",
    "unique_mixed_solved",
    "values_within",
    "zero_sum_games",
]

__getattr__ = old_names(__name__, Solved="PlantedSolution")
