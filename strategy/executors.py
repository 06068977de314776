"""Where work runs and whether it fits: sizes are checked before the work starts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

from strategy.errors import SizeError

__all__ = ["available_memory", "counted", "map_threads", "require_memory"]

A = TypeVar("A")
B = TypeVar("B")


def map_threads(work: Callable[[A], B], items: Iterable[A]) -> list[B]:
    """The results of ``work`` in order, computed in as many threads as there are processors; for work that releases the lock."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, items))


def available_memory() -> int:
    """Bytes that can still be allocated on this machine, as far as the system tells (8 GiB if it does not)."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 8 * 2**30


def require_memory(needed: int, what: str, remedy: str) -> None:
    """Raise SizeError, with the numbers and a remedy, if ``needed`` bytes are not to be had."""
    available = available_memory()
    if needed > available:
        raise SizeError(f"{what} needs about {_size(needed)} of memory, {_size(available)} are available: {remedy}")


def counted(count: int) -> str:
    """A whole number for people: digits up to a thousand billions or so, a power of ten beyond."""
    return f"{count:,}" if count < 10**16 else f"about 10^{len(str(count)) - 1}"


def _size(count: int) -> str:
    if count < 2**50:
        return f"{count / 2**30:,.1f} GiB"
    digits = str(count // 2**30)
    return f"{digits[0]}.{digits[1]}e+{len(digits) - 1} GiB"
