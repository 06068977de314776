"""How much memory may be used.

What the machine has left, and what a limit on this process or its group leaves.
"""

from __future__ import annotations

import errno
import math
import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["available_memory", "few_threads", "lacks_memory", "require_address_space"]

_UNKNOWN = 8 * 2**30
_FEW = 4 * 2**30
_SIGNS = (
    "failed to map segment",
    "cannot allocate memory",
    "can't start new thread",
    "could not find/load shared object",
)
"""What Python, the loader of libraries and llvmlite say where an address space is full."""


def available_memory(root: Path = Path("/")) -> int:
    """Bytes that this process may still take.

    The least of what the machine, ``ulimit`` and its control groups leave.

    8 GiB if the system tells nothing. ``root``: where the files are in which Linux says so.
    """
    return max(
        0,
        min(
            [_of_machine(root), *[left for _, left in _of_process(root)], *_of_groups(root)]
        ),
    )


def few_threads() -> None:
    """Let OpenBLAS start one thread where the address space is small.

    Each takes some of it; to be called before NumPy is loaded.
    """
    if _address_space() < _FEW:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def require_address_space(needed: int, what: str) -> None:
    """Raise MemoryError if ``ulimit -v`` leaves less than ``needed`` bytes.

    Some libraries end the process where they get none.

    ``what``: what needs them, as the subject of a sentence.
    """
    left = _address_space()
    if left < needed:
        raise MemoryError(
            f"{what} needs about {needed // 2**20} MiB of address space, and the limit of "
            f"this process leaves {int(max(0, left)) // 2**20} MiB: raise it, for example "
            "with ulimit -v unlimited"
        )


def lacks_memory(error: BaseException) -> bool:
    """Whether an error comes of memory that was not to be had, whatever its class."""
    return (
        isinstance(error, MemoryError)
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or (
            isinstance(error, (ImportError, OSError, RuntimeError))
            and any(sign in str(error).lower() for sign in _SIGNS)
        )
    )


def _address_space(root: Path = Path("/")) -> float:
    """Bytes that ``ulimit -v`` leaves."""
    return min(
        (left for label, left in _of_process(root) if label == "VmSize:"), default=math.inf
    )


def _of_machine(root: Path) -> int:
    for line in _lines(root / "proc/meminfo"):
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return _UNKNOWN


def _of_process(root: Path) -> Iterator[tuple[str, int]]:
    """What ``ulimit -v`` and ``ulimit -d`` leave, each after the label of what it limits."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    for what, label in ((resource.RLIMIT_AS, "VmSize:"), (resource.RLIMIT_DATA, "VmData:")):
        most = resource.getrlimit(what)[0]
        if most != resource.RLIM_INFINITY:
            used = [
                int(line.split()[1]) * 1024
                for line in _lines(root / "proc/self/status")
                if line.startswith(label)
            ]
            yield label, most - sum(used)


def _of_groups(root: Path) -> Iterator[int]:
    """What the control groups of this process leave.

    Of both versions, and those that they are nested in.
    """
    mounts = list(_mounts(root))
    for line in _lines(root / "proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        version = 2 if not controllers else 1 if "memory" in controllers.split(",") else 0
        for kind, inside, point in mounts:
            if kind != version:
                continue
            parts = (
                Path(path).relative_to(inside).parts
                if Path(path).is_relative_to(inside)
                else ()
            )
            for depth in range(len(parts) + 1):
                yield from _left(
                    root / point.relative_to("/").joinpath(*parts[:depth]), version
                )


def _mounts(root: Path) -> Iterator[tuple[int, Path, Path]]:
    """Each file system of control groups that counts memory.

    (version, the group that is seen at its top, where).
    """
    for line in _lines(root / "proc/self/mountinfo"):
        front, _, back = line.partition(" - ")
        kind, _, options = back.partition(" ")
        version = {"cgroup2": 2, "cgroup": 1}.get(kind, 0)
        if version == 2 or (version == 1 and "memory" in options.split(" ")[-1].split(",")):
            fields = front.split(" ")
            yield version, Path(fields[3]), Path(fields[4])


def _left(group: Path, version: int) -> Iterator[int]:
    limit, usage, cache = (
        ("memory.max", "memory.current", "inactive_file")
        if version == 2
        else ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
    )
    try:
        most = int((group / limit).read_text())
        used = int((group / usage).read_text())
    except (OSError, ValueError):  # "max": no limit
        return
    freed = [
        int(line.split()[1])
        for line in _lines(group / "memory.stat")
        if line.split()[:1] == [cache]
    ]
    # what only keeps files at hand is given back when it is wanted
    yield most - used + sum(freed)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
