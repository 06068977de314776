"""Backward induction with every tie kept, in plain Python and compiled."""
