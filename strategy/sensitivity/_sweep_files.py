"""The folder of a sweep: a manifest that is replaced whole, parts that appear whole, a lock that dies with its process."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from strategy.errors import SizeError, StrategyError
from strategy.executors import size_text

try:
    import fcntl
except ImportError:  # not a POSIX system: two sweeps into one folder at once are not noticed there
    fcntl = None  # type: ignore[assignment]

__all__ = ["LOCK", "MANIFEST", "Done", "Manifest", "clean", "intact", "locked", "replace", "require_ours", "require_space"]

MANIFEST, LOCK = "_manifest.json", ".lock"  # readers of Parquet folders pass over such names
FORMAT = 1
_PART = re.compile(r"part-([0-9]{6,})\.parquet")


@attrs.frozen
class Done:
    """A part that is done: how large its file is and its SHA-256, and how many rows have which verdict, a list an outcome."""

    size: int
    sha256: str
    counts: tuple[tuple[int, ...], ...]
    refused: int = 0
    why: str = ""


@attrs.frozen(eq=False)
class Manifest:
    """What ``_manifest.json`` holds."""

    identity: Mapping[str, Any]
    samples: int
    part_rows: int
    words: Mapping[str, Any]
    done: dict[int, Done]

    @property
    def complete(self) -> bool:
        """Whether all parts are done."""
        return len(self.done) == -(-self.samples // self.part_rows)

    def write(self, folder: Path) -> None:
        """Replace the file on the disk, whole."""
        data = {
            "format": FORMAT,
            "complete": self.complete,
            "samples": self.samples,
            "part_rows": self.part_rows,
            "sweep": dict(self.identity),
            "words": dict(self.words),
            "parts": {str(number): attrs.asdict(self.done[number]) for number in sorted(self.done)},
        }
        replace(folder / MANIFEST, json.dumps(data, ensure_ascii=False, indent=0).encode())

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """What the folder's manifest says; None if there is none that can be read. Raises StrategyError on a newer format."""
        try:
            data = json.loads((folder / MANIFEST).read_bytes())
            if data["format"] > FORMAT:
                raise StrategyError(f"{folder} was written by a newer version of the toolkit: read it with that one")
            done = {
                int(number): Done(
                    one["size"], one["sha256"], tuple([tuple(row) for row in one["counts"]]), one["refused"], one["why"]
                )
                for number, one in data["parts"].items()
            }
            return cls(data["sweep"], data["samples"], data["part_rows"], data["words"], done)
        except FileNotFoundError:
            return None
        except StrategyError:
            raise
        except (KeyError, TypeError, AttributeError, ValueError):
            return None


def replace(path: Path, content: Any) -> None:
    """Write a file so that it is there whole or not at all. Raises StrategyError, and leaves nothing behind, on a full disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise StrategyError(
            f"{path} cannot be written ({error.strerror or error}): what was done before is kept; "
            "make room or give another folder, and run the same again to go on"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def intact(path: Path, done: Done) -> bool:
    """Whether a file is there as it was written: its size, then its SHA-256."""
    try:
        if path.stat().st_size != done.size:
            return False
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == done.sha256
    except OSError:
        return False


def clean(folder: Path) -> None:
    """Remove what killed processes left half written."""
    for one in folder.glob(".*.tmp"):
        one.unlink(missing_ok=True)


def require_space(folder: Path, needed: float) -> None:
    """Raise SizeError, with the numbers and a remedy, if so many bytes do not fit on the disk."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise SizeError(
            f"the sweep needs about {size_text(int(needed))} on the disk of {folder}, {size_text(free)} are free: "
            "take fewer samples, or another disk"
        )


def require_ours(folder: Path, parts: int | None = None) -> set[int]:
    """The numbers of the parts that a folder holds. Raises StrategyError if it holds what no sweep of so many parts has put
    there: it would not read as one table."""
    present = set()
    for one in sorted(folder.iterdir()):
        number = _PART.fullmatch(one.name)
        if number and (parts is None or int(number[1]) < parts):
            present.add(int(number[1]))
        elif not one.name.startswith((".", "_")):
            raise StrategyError(
                f"{folder} holds {one.name!r}, which is no part of this sweep: give a folder that is new or empty"
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
    """Hold the folder for this process; the token that it yields is in the lock file, so that a worker can tell whether it sees
    the same folder. The system drops the lock when the process ends, however it ends. Raises StrategyError if it is taken."""
    file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StrategyError(f"another sweep is writing to {folder}: wait for it, or give another folder") from None
        _held.add(file)
        token = secrets.token_hex(16)
        os.ftruncate(file, 0)
        os.pwrite(file, token.encode(), 0)
        yield token
    finally:
        _held.discard(file)
        os.close(file)
