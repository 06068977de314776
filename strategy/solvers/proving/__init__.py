"""Proofs that a list of equilibria is complete.

Their parts, their files, and the checks of each step.
"""
