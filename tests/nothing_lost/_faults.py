"""Faults put into what a command does with files: at the k-th open, write, flush, sync,
move or lock something happens.

A command runs in a forked child in which ``builtins.open`` and the functions of ``os`` and
``fcntl`` that touch a file are wrapped. Only calls on files below one folder count. A first
run counts them; each further one meets a fault at one of them: an error of the system,
Ctrl-C, or SIGKILL. What is opened for writing is seen by an audit hook too, so that nothing
escapes.
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import io
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

FAULTS = ("SIGKILL", "ENOSPC", "EIO", "Ctrl-C")
_ON_PATHS = ("open", "replace", "rename", "link", "unlink", "mkdir", "chmod")
_ON_FILES = ("write", "pwrite", "ftruncate", "fsync")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@attrs.frozen
class Ended:
    """How a command ended. ``code``: its exit code, negative for a signal; ``calls``: the
    calls that it made, in order; ``unseen``: files that it opened for writing behind the
    wrappers' back; ``err``: what it said on standard error."""

    code: int
    calls: tuple[str, ...]
    unseen: tuple[str, ...]
    err: str


def run(command: Callable[[], int], folder: Path, fault: str = "", at: int = -1) -> Ended:
    """A command in a child, with a fault at a call on a file below the folder; the first
    call is 0."""
    read, write = os.pipe()
    said = folder.parent / f"{folder.name}.err"
    child = os.fork()
    if child == 0:
        os.close(read)
        _in_child(command, folder, fault, at, said, write)
    os.close(write)
    with open(read, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    calls, unseen = pickle.loads(content) if content else ((), ())
    return Ended(
        os.waitstatus_to_exitcode(status), calls, unseen, said.read_text(encoding="utf-8")
    )


def _in_child(
    command: Callable[[], int], folder: Path, fault: str, at: int, said: Path, report: int
) -> None:
    code = 99
    try:
        for number, path in ((1, os.devnull), (2, said)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, "w", closefd=False), "utf-8")
            for number in (1, 2)
        )
        signal.signal(signal.SIGINT, signal.default_int_handler)
        watch = _Watch(folder, fault, at)
        watch.install()
        code = command()
        watch.done = True
        os.write(report, pickle.dumps((tuple(watch.calls), tuple(watch.unseen()))))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class _Watch:
    """Counts calls, and lets the fault happen at one of them."""

    def __init__(self, folder: Path, fault: str, at: int) -> None:
        self.folder, self.fault, self.at = os.path.realpath(folder), fault, at
        self.calls: list[str] = []
        self.opened: list[str] = []
        self.audited: list[str] = []
        self.files: dict[int, str] = {}
        self.done = False

    def below(self, path: Any) -> bool:
        if isinstance(path, int):
            return path in self.files
        try:
            # The folder itself, what lies in it, and what lies beside a file that is one.
            return os.path.abspath(os.fsdecode(path)).startswith(self.folder)
        except TypeError:
            return False

    def meet(self, name: str) -> None:
        """A call. The fault is met before it is made."""
        if self.done:
            return
        self.calls.append(name)
        if len(self.calls) - 1 != self.at:
            return
        if self.fault == "SIGKILL":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.fault == "Ctrl-C":
            signal.raise_signal(signal.SIGINT)
        else:
            number = getattr(errno, self.fault)
            raise OSError(number, os.strerror(number))

    def install(self) -> None:
        for name in _ON_PATHS:
            setattr(os, name, self.on_path(name, getattr(os, name)))
        for name in _ON_FILES:
            setattr(os, name, self.on_file(name, getattr(os, name)))
        lock = fcntl.flock
        fcntl.flock = lambda file, how: (
            self.meet("flock") if file in self.files else None,
            lock(file, how),
        )[1]
        plain = builtins.open

        def opened(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
            if not self.below(file) or isinstance(file, int):
                return plain(file, mode, *rest, **named)
            self.meet(f"open {mode}")
            if set(mode) & set("wxa+"):
                self.opened.append(os.fspath(file))
            return _File(plain(file, mode, *rest, **named), self)

        builtins.open = io.open = opened
        sys.addaudithook(self.audit)

    def on_path(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(path: Any, *rest: Any, **named: Any) -> Any:
            below = self.below(path)
            if below:
                self.meet(name)
            made = real(path, *rest, **named)
            if below and name == "open":
                self.opened.append(os.fspath(path))
                self.files[made] = os.fspath(path)
            return made

        return called

    def on_file(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(file: Any, *rest: Any) -> Any:
            if file in self.files:
                self.meet(name)
            return real(file, *rest)

        return called

    def audit(self, event: str, given: tuple[Any, ...]) -> None:
        if (
            event == "open"
            and not self.done
            and isinstance(given[0], (str, bytes, os.PathLike))
        ):
            mode, flags = given[1], given[2]
            writing = bool(flags & _WRITING) or (
                isinstance(mode, str) and bool(set(mode) & set("wxa+"))
            )
            if writing and self.below(given[0]):
                self.audited.append(os.fspath(given[0]))

    def unseen(self) -> list[str]:
        left = list(self.opened)
        return [path for path in self.audited if path not in left or left.remove(path)]  # type: ignore[func-returns-value]


class _File:
    """A file whose writes, flushes and end are calls."""

    def __init__(self, real: Any, watch: _Watch) -> None:
        self.real, self.watch = real, watch
        watch.files[real.fileno()] = str(real.name)

    def write(self, content: Any) -> Any:
        self.watch.meet("write")
        return self.real.write(content)

    def flush(self) -> None:
        self.watch.meet("flush")
        self.real.flush()

    def read(self, *size: Any) -> Any:
        self.watch.meet("read")
        return self.real.read(*size)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *given: Any) -> None:
        self.watch.files.pop(self.real.fileno(), None)
        self.real.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def __iter__(self) -> Any:
        return iter(self.real)
