"""The folder of a sweep: what may lie in it, and a lock that dies with its process."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import strategy.files
from strategy.errors import SizeError, StrategyError
from strategy.executors import size_text

try:
    import fcntl
# not a POSIX system: two sweeps into one folder at once are not noticed there
except ImportError:
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "LOCK", "MANIFEST", "clean", "locked", "made", "part_name", "read", "remove", "replace",
    "require_intact", "require_ours",
    "require_size", "require_space",
]  # fmt: skip

# readers of Parquet folders pass over such names
MANIFEST, LOCK = "_manifest.json", ".lock"
_REPAIR = "run the same sweep again, which rebuilds it"
_PART = re.compile(r"part-([0-9]{6,})\.parquet")


def part_name(number: int) -> str:
    """The file of a part.

    In the order of their names the parts are in the order of their rows. ``number``: of the
    part.
    """
    return f"part-{number:06d}.parquet"


def _number(name: str) -> int | None:
    """Which part a file is by its name; None if it is none."""
    found = _PART.fullmatch(name)
    return int(found[1]) if found and name == part_name(int(found[1])) else None


def made(out: str | Path) -> Path:
    """The folder ``out``, made if need be."""
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise StrategyError(
            f"{folder} cannot be made ({why}): give a folder that is new or empty, or "
            "that of this sweep"
        ) from error
    return folder


def replace(path: Path, *content: Any) -> None:
    """Write a file so that it is there whole or not at all.

    ``path``: where; ``content``: the bytes, in pieces.

    Raises StrategyError, and leaves nothing behind, on a full disk.
    """
    remedy = "free some space or choose another folder, then run the same again to continue"
    strategy.files.replace(path, *content, remedy=remedy)


def read(path: Path) -> bytes | None:
    """The content of a file of the folder; None if it is missing.

    ``path``: where it is.

    Raises StrategyError if it is not a file, or cannot be read.
    """
    try:
        require_plain(path)
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StrategyError(
            f"{path} cannot be read ({error.strerror or error}): make it readable, or "
            "remove it, then run the sweep again"
        ) from error


def require_plain(path: Path) -> None:
    """Raise StrategyError if a folder, a link or a device stands where a sweep has a file.

    ``path``: the file.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        kinds = {
            stat.S_IFDIR: "folder",
            stat.S_IFLNK: "link",
            stat.S_IFIFO: "pipe",
            stat.S_IFSOCK: "socket",
        }
        kind = kinds.get(stat.S_IFMT(mode), "device")
        raise StrategyError(
            f"{path} is a {kind}, where a sweep has a file: remove it, or give another "
            "folder"
        )


def require_size(path: Path, size: int) -> None:
    """Raise StrategyError unless a part is there and as large as it was written.

    ``path``: its file; ``size``: how large that was.
    """
    try:
        require_plain(path)
        there = path.stat().st_size
    except OSError as error:
        raise StrategyError(
            f"{path} cannot be read ({error.strerror or error}): {_REPAIR}"
        ) from error
    if there != size:
        raise StrategyError(
            f"{path} is damaged ({there:,} bytes, {size:,} were written): {_REPAIR}"
        )


def require_intact(path: Path, size: int, sha256: str) -> None:
    """Raise StrategyError unless a part is as it was written.

    It is read once, and again only if the file has changed since. ``path``: its file;
    ``size``, ``sha256``: as it was written.
    """
    require_size(path, size)
    there = path.stat()
    if (
        _sha256(path.absolute(), there.st_ino, there.st_mtime_ns, there.st_ctime_ns)
        != sha256
    ):
        raise StrategyError(
            f"{path} is damaged (its checksum is not that of the manifest): {_REPAIR}"
        )


@lru_cache(maxsize=2**14)
def _sha256(path: Path, *seen: int) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StrategyError(
            f"{path} cannot be read ({error.strerror or error}): {_REPAIR}"
        ) from error


def remove(path: Path) -> None:
    """Remove a damaged part, if it is there. Raises StrategyError if that fails.

    ``path``: its file.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StrategyError(
            f"{path} is damaged and cannot be removed ({error.strerror or error}): remove "
            "it"
        ) from error


def clean(folder: Path) -> None:
    """Remove what killed processes left half written of parts and manifests.

    The caller holds the folder.
    """
    strategy.files.clean(
        folder, lambda name: name == MANIFEST or _number(name) is not None, alone=True
    )


def require_space(folder: Path, needed: float) -> None:
    """Raise SizeError, with the numbers and a remedy, if the disk is too small.

    If so many bytes do not fit on it. ``folder``: on the disk; ``needed``: how many bytes.
    """
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise SizeError(
            f"the sweep needs about {size_text(int(needed))} on the disk of {folder}, and "
            f"{size_text(free)} is free: take fewer samples, or use another disk"
        )


def require_ours(folder: Path, parts: int | None = None) -> set[int]:
    """The numbers of the parts that a folder holds.

    Raises StrategyError if it holds what no sweep of so many parts has put there: it would
    not read as one table.
    """
    present = set()
    for one in sorted(folder.iterdir()):
        number = _number(one.name)
        if number is not None or one.name in (MANIFEST, LOCK):
            require_plain(one)
        if number is not None and (parts is None or number < parts):
            present.add(number)
        elif not one.name.startswith((".", "_")):
            raise StrategyError(
                f"{folder} holds {one.name!r}, which is not part of this sweep: give a "
                "folder that is new or empty"
            )
    return present


_held: set[int] = set()
if hasattr(os, "register_at_fork"):

    def _let_go() -> None:
        """A child process must not keep its parent's lock alive."""
        while _held:
            os.close(_held.pop())

    os.register_at_fork(after_in_child=_let_go)


@contextmanager
def locked(folder: Path) -> Iterator[str]:
    """Hold the folder for this process.

    The token that it yields is in the lock file, so that a worker can tell whether it sees
    the same folder. The system drops the lock when the process ends, however it ends.
    Raises StrategyError if it is taken.
    """
    file = -1
    try:
        try:
            file = os.open(
                folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644
            )
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _held.add(file)
            token = secrets.token_hex(16)
            os.ftruncate(file, 0)
            os.pwrite(file, token.encode(), 0)
        except BlockingIOError:
            raise StrategyError(
                f"another sweep is writing to {folder}: wait for it, or give another folder"
            ) from None
        except OSError as error:
            why = error.strerror or error
            raise StrategyError(
                f"{folder / LOCK} cannot be written ({why}): free some space or choose "
                "another folder"
            ) from error
        yield token
    finally:
        if file >= 0:
            _held.discard(file)
            os.close(file)
