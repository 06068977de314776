"""A time limit for a whole command, where what is half done is of no use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from strategy.deadline import OutOfTime, within
from strategy.errors import StrategyError

__all__ = ["limited"]


@contextmanager
def limited(seconds: float | None, what: str) -> Iterator[None]:
    """Within, the time is limited; if it is over before the end, StrategyError says that nothing was kept."""
    try:
        with within(seconds):
            yield
    except OutOfTime:
        raise StrategyError(
            f"{what} was not done within {seconds:g} seconds, and nothing was kept: give more, --seconds"
        ) from None
