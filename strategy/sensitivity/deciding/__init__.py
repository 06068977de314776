"""Deciding verdicts exactly: one decider for each kind of game and concept, at a place, along a line, over a plane."""
