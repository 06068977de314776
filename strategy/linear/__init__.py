"""Linear programmes answered exactly.

Rational solutions, each with a certificate that is checked exactly.
"""

from strategy.linear.programme import LinearSolution, LinearStatus, maximise

__all__ = ["LinearSolution", "LinearStatus", "maximise"]
