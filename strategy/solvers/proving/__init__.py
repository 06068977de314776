"""Proofs that a list of equilibria is complete: parts, files, and checks of each step."""
