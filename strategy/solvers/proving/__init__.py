"""Proofs that a list of equilibria is complete: their parts, their files, and the checks of
each step."""
