"""The time that a check may take, and whether it was cut short by it.

Whatever is not cut is the same on every machine.
"""

from __future__ import annotations

import time

from strategy import deadline

__all__ = ["Budget"]


class Budget:
    """Seconds of the processor, from now on, at most until the end of the whole.

    ``cut``: whether somebody asked, and they were over.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.process_time() + seconds
        self.cut = False

    @property
    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, min(self._until - time.process_time(), deadline.left()))

    @property
    def over(self) -> bool:
        """Whether the time is up; the work that asks stops."""
        self.cut = self.cut or not self.left
        return self.cut
