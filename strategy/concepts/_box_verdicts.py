"""What is known of a box.

It holds exactly one equilibrium, it holds none, or neither is proved.
"""

from __future__ import annotations

__all__ = ["HOLDS", "NOT", "OPEN"]


OPEN, HOLDS, NOT = 0, 1, 2
