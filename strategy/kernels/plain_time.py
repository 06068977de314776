"""When compiled code is worth loading.

Once plain code has taken as long as that takes, in this process.

Whoever does little never waits for a compiler, and whoever does much waits at most twice as
long as with the better choice.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path

__all__ = ["PlainTime"]

IMPORTING, LOADING, COMPILING = 0.5, 0.05, 5.0
"""Seconds that it takes to import Numba, to load a kernel from the disk, and to compile one
that is not there: roughly."""


class PlainTime:
    """What plain code has taken so far for the work of a kernel.

    ``spent``, in seconds; and what loading it would take.

    ``source``, ``name``: the file and the function of the kernel; ``loaded``: whether it
    is.
    """

    def __init__(self, source: Path, name: str) -> None:
        self.source, self.name = source, name
        self.loaded, self.spent = False, 0.0

    def due(self) -> bool:
        """Whether work had better be done by the kernel.

        It is loaded, or plain code has taken as long as loading it would.
        """
        return self.loaded or self.spent >= self._cost

    @contextmanager
    def in_plain_code(self) -> Iterator[None]:
        """Count the time of work that is done without the kernel."""
        start = time.thread_time()
        try:
            yield
        finally:
            self.spent += time.thread_time() - start

    @property
    def _cost(self) -> float:
        if not self.on_disk:
            return COMPILING
        return LOADING if "numba" in sys.modules else IMPORTING + LOADING

    @cached_property
    def on_disk(self) -> bool:
        """Whether Numba has kept the kernel, as far as files tell, without importing it.

        An index younger than the source, or one that holds its digest, as newer releases
        write.
        """
        name = f"{self.source.stem}.{self.name}-*.py{sys.version_info[0]}{sys.version_info[1]}*.nbi"
        folder = os.environ.get("NUMBA_CACHE_DIR")
        kept = (
            Path(folder).rglob(name)
            if folder
            else (self.source.parent / "__pycache__").glob(name)
        )
        try:
            digest = sha256(self.source.read_bytes()).digest()
            written = self.source.stat().st_mtime
            return any(
                one.stat().st_mtime >= written or digest in one.read_bytes() for one in kept
            )
        except OSError:
            return False
