"""Samples of the range box: designs, shares with their intervals, and what they hang on."""
