"""Hypothesis strategies: parameter values, claims put wrong, payoffs moved. Imported only by those who test."""

from strategy.generators.claims import claim_subsets
from strategy.generators.parameters import parameter_values, values_within
from strategy.generators.shifts import payoff_shifts, shifted, shifted_games

__all__ = ["claim_subsets", "parameter_values", "payoff_shifts", "shifted", "shifted_games", "values_within"]
