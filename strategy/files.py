"""Files that appear whole or not at all.

Written beside their place, flushed to the disk, then moved there.

Until a file is whole the old one stands. ``require_places`` tries a place before the work
whose result goes there.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from strategy.errors import StrategyError

__all__ = ["FilesTogether", "clean", "replace", "require_places"]

_BESIDE = re.compile(r"\.(.+)\.([0-9]+)-[0-9a-f]+\.tmp", re.DOTALL)
_PROBE = bytes(2**16)
_REMEDY = "free some space or choose another place, then run the same again"
_mine: set[Path] = set()  # what this process is writing now


class FilesTogether:
    """Files that belong together.

    Each is begun with ``open``, and all are moved to their places, in that order, when the
    block ends without an error.

    If a move fails or is interrupted, the old files are put back. A process that is killed
    between two moves leaves the first file new and the second old: so what refers to the
    others comes last.
    """

    def __init__(self, remedy: str = _REMEDY) -> None:
        self._remedy = remedy
        self._moves: list[tuple[Path, Path]] = []
        self._beside: list[Path] = []

    def __enter__(self) -> FilesTogether:
        return self

    def __exit__(self, problem: type[BaseException] | None, *rest: Any) -> None:
        try:
            if problem is None:
                self._move()
        finally:
            for one in self._beside:
                _remove(one)
                _mine.discard(one)

    @contextmanager
    def open(self, path: str | Path) -> Iterator[BinaryIO]:
        """A file to write bytes to.

        Folders are made if need be; a link is followed; a device or a pipe is written at
        once. Raises StrategyError that names the file if it cannot be written. ``path``:
        where the file is to be.
        """
        place, mode = _place(path)
        with _named(path, self._remedy):
            if mode is not None and not stat.S_ISREG(mode):
                with open(place, "wb") as file:
                    yield file
                return
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = self._new(place)
            with open(beside, "xb") as file:
                if mode is not None:
                    os.chmod(beside, stat.S_IMODE(mode))
                yield file
                file.flush()
                os.fsync(file.fileno())
        self._moves.append((beside, place))

    def add(self, path: str | Path, *content: Any) -> None:
        """Add a file of these bytes.

        ``path``: where it is to be; ``content``: its bytes, in pieces.
        """
        with self.open(path) as file:
            for chunk in content:
                file.write(chunk)

    def _new(self, place: Path) -> Path:
        beside = _beside(place)
        self._beside.append(beside)
        _mine.add(beside)
        return beside

    def _move(self) -> None:
        moved: list[tuple[Path, Path | None]] = []
        try:
            for beside, place in self._moves:
                with _named(place, self._remedy):
                    if len(self._moves) > 1:
                        moved.append((place, self._kept(place)))
                    os.replace(beside, place)
        except BaseException:
            for place, old in reversed(moved):
                if old is None:
                    place.unlink(missing_ok=True)
                else:
                    os.replace(old, place)
            raise

    def _kept(self, place: Path) -> Path | None:
        """A second name for a file that is about to be replaced, if there is one."""
        if not place.exists():
            return None
        old = self._new(place)
        try:
            os.link(place, old)
        except OSError:  # a file system without links
            shutil.copy2(place, old)
        return old


def replace(path: str | Path, *content: Any, remedy: str = _REMEDY) -> None:
    """Write one file of these bytes.

    ``path``: where the file is; ``remedy``: what the error says to do; ``content``: the
    bytes, in pieces.

    Raises StrategyError, and leaves nothing behind, if that fails.
    """
    with FilesTogether(remedy) as files:
        files.add(path, *content)


def require_places(*paths: str | Path) -> None:
    """Raise StrategyError, naming the file, unless files can be written there now.

    Also remove what killed runs left beside them.

    Folders need not exist yet: the nearest that does is tried, by writing a little and
    removing it. ``paths``: the files.
    """
    tried: set[Path] = set()
    for path in paths:
        place, mode = _place(path)
        if mode is not None and not stat.S_ISREG(mode):
            continue
        with _named(path, _REMEDY):
            if mode is not None and not os.access(place, os.W_OK):
                raise PermissionError(None, "it is write-protected")
            folder = next(one for one in place.parents if os.path.lexists(one))
            if folder == place.parent:
                clean(folder, {_stem(place)}.__contains__)
            if folder not in tried:
                _try(folder / place.name)
            tried.add(folder)


def clean(folder: Path, ours: Callable[[str], bool], *, alone: bool = False) -> None:
    """Remove what killed processes left half written, and nothing else.

    It stands beside files whose names are ``ours``. ``alone``: no other process writes
    there, so what one left that still runs, or whose number another has now, goes too.
    ``folder``: where to look.
    """
    for one in sorted(folder.iterdir()):
        found = _BESIDE.fullmatch(one.name)
        left = (
            found
            and ours(found[1])
            and one not in _mine
            and (alone or not _runs(int(found[2])))
        )
        with suppress(FileNotFoundError):  # another has just removed it
            if left and stat.S_ISREG(one.lstat().st_mode):
                one.unlink()


def _try(place: Path) -> None:
    beside = _beside(place)
    try:
        with open(beside, "xb") as file:
            file.write(_PROBE)
            file.flush()
            os.fsync(file.fileno())
    finally:
        _remove(beside)


def _remove(beside: Path) -> None:
    with suppress(OSError):  # the next run removes it
        beside.unlink(missing_ok=True)


def _place(path: str | Path) -> tuple[Path, int | None]:
    """Where a file belongs, links followed, and the mode of what is there.

    Raises StrategyError on a folder.
    """
    if "\0" in os.fspath(path):
        raise StrategyError(
            f"{str(path)!r} is not a file name: leave the NUL character out"
        )
    with _named(path, "give another place"):
        place = Path(os.path.realpath(path))
        with suppress(OSError):
            mode = os.stat(path).st_mode
            # a pipe behind /dev/stdout has no place of its own
            if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
                return Path(path), mode
        try:
            mode = place.lstat().st_mode
        except FileNotFoundError:
            return place, None
        if stat.S_ISLNK(mode):
            raise OSError(None, "it is a link that leads back to itself")
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(None, "it is a folder")
        return place, mode


@contextmanager
def _named(path: str | Path, remedy: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise StrategyError(
            f"{path} cannot be written ({why}): what was there before is kept; {remedy}"
        ) from error


def _beside(place: Path) -> Path:
    return place.with_name(f".{_stem(place)}.{os.getpid()}-{secrets.token_hex(4)}.tmp")


def _stem(place: Path) -> str:
    """The name of a file, of a very long one the beginning.

    What stands beside it has a longer name.
    """
    return os.fsdecode(os.fsencode(place.name)[:200])


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False  # what it writes now is in _mine
    if os.name != "posix":
        return True  # not to be found out without ending it
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
