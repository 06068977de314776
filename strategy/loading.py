"""Models and games in a user's own code.

They are named by ``module:attribute`` or by ``folder/file.py:attribute``.

A file is loaded by its path and never by its base name, which another file, or a module of
Python's, may have as well. Its module is called ``strategy.loading.`` and its path in
hexadecimals, so that another process, which is sent an object of that module, finds the
file too. What the file imports, unless it is of Python's own library or of this toolkit, is
looked for beside it first, by its path.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.abc
import importlib.util
import inspect
import os
import re
import sys
import sysconfig
import traceback
import types
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Any

from strategy.characters import one_line
from strategy.errors import ModelError, StrategyError
from strategy.names import unknown

__all__ = ["called", "found_at", "loaded"]

__path__: list[str] = []  # so that Python looks for modules below this one, by the finder
_KINDS = ("Model", "NormalFormGame", "ExtensiveFormGame")


def found_at(given: str, folder: str | None = None) -> Any:
    """The Model or game that ``given`` names.

    ``folder``: where files and modules are looked for (the working folder).

    Raises ModelError in one line: the nearest name, or what went wrong in which line of the
    user's code.
    """
    here = folder or os.getcwd()
    if not given.rpartition(":")[0].endswith(".py"):
        _look_into(here)
    with _apart(given):
        return called(loaded(given, here), given)


@contextmanager
def _apart(given: str) -> Iterator[None]:
    """While a user's code runs, the command line is not its own.

    What the code prints stands beside the answer, not in it.
    """
    arguments = sys.argv
    sys.argv = [given.rpartition(":")[0]]
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        sys.argv = arguments


def _look_into(folder: str) -> None:
    """Let modules be found in a folder.

    Before installed ones, and after those of Python's own library, which all else needs.
    """
    if folder in sys.path:
        sys.path.remove(folder)
    library = os.path.dirname(os.__file__)
    own = [
        i
        for i, entry in enumerate(sys.path)
        if entry in (library, os.path.join(library, "lib-dynload"))
    ]
    sys.path.insert(max(own, default=-1) + 1, folder)


def loaded(given: str, folder: str = "") -> Any:
    """Whatever ``given`` names. Raises ModelError as ``found_at`` does.

    ``folder``: where files and modules are looked for.
    """
    place, _, attribute = given.rpartition(":")
    if not place.endswith(".py") and (
        os.sep in place or os.path.isfile(os.path.join(folder, place))
    ):
        raise ModelError(
            f"{place!r} of {given!r} is not a Python file: give one that ends in .py, as "
            "in folder/file.py:attribute"
        )
    try:
        if place.endswith(".py"):
            module = _file(os.path.join(folder, os.path.expanduser(place)), place)
        else:
            module = importlib.import_module(unicodedata.normalize("NFC", place))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a module may do anything when imported, even exit
        raise ModelError(
            f"cannot import module {place!r} of {given!r}: {_said(error)}"
        ) from error
    found: Any = module
    # Python reads identifiers in normal form KC, so this is how the attribute is called.
    for part in filter(None, unicodedata.normalize("NFKC", attribute).split(".")):
        if not _has(found, part, given):
            beside = (
                "" if place.endswith(".py") else os.path.join(*place.split(".")) + ".py"
            )
            file = (
                f"; for the file of that name give {beside}:{attribute}"
                if os.path.isfile(os.path.join(folder, beside))
                else ""
            )
            raise ModelError(unknown(part, _public(found), f"attribute of {place}") + file)
        found = getattr(found, part)
    return found


def called(found: Any, given: str) -> Any:
    """The object itself if it is a model or a game.

    Given a function without arguments, it is what that returns. ``found``: what was named,
    and ``given`` the name, for errors.
    """
    if callable(found) and not inspect.isclass(found):
        try:
            found = found()
        except (StrategyError, KeyboardInterrupt):
            raise
        except BaseException as error:  # it may even exit
            raise ModelError(f"calling {given!r} failed: {_said(error)}") from error
    kind = type(found).__name__
    package = type(found).__module__.partition(".")[0]
    if kind not in _KINDS or package != "strategy":
        whose = f" of {package}" if kind in _KINDS else ""
        raise ModelError(
            f"{given!r} is a {kind}{whose}: expected a Model, a NormalFormGame, an "
            "ExtensiveFormGame, or a function without arguments that returns one"
        )
    return found


def _has(found: Any, part: str, given: str) -> bool:
    """Whether there is such an attribute; getting it may run a user's code."""
    try:
        return hasattr(found, part)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise ModelError(
            f"getting {part!r} for {given!r} failed: {_said(error)}"
        ) from error


def _public(found: Any) -> list[str]:
    """The names that a module or an object has, models and games first."""
    return sorted(
        [name for name in dir(found) if not name.startswith("_")],
        key=lambda name: (
            type(inspect.getattr_static(found, name, None)).__name__ not in _KINDS
        ),
    )


def _said(error: BaseException) -> str:
    """What went wrong, after the file and the line of the user's code where it did."""
    text = _NAMED.sub(
        lambda found: os.path.basename(_path(found[0])), f"{type(error).__name__}: {error}"
    )
    said = one_line(text).rstrip(": ")
    if isinstance(error, SyntaxError):
        return said  # which names both
    paths = sysconfig.get_paths()
    known = tuple(
        [
            os.path.join(one, "")
            for one in (
                os.path.dirname(__file__),
                *map(paths.__getitem__, ("stdlib", "purelib")),
            )
        ]
    )
    lines = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith((*known, "<"))
    ]
    return (
        f"{os.path.basename(lines[-1].filename)}, line {lines[-1].lineno}: {said}"
        if lines
        else said
    )


def _file(path: str, shown: str) -> types.ModuleType:
    if not os.path.isfile(path):
        raise FileNotFoundError(f"there is no file {shown!r}")
    for folder in (os.path.dirname(os.path.realpath(path)), os.getcwd()):
        if folder not in sys.path:
            # for what is imported by other means than the statement, or from the working
            # folder
            sys.path.append(folder)
    return importlib.import_module(_module_name(path))


def _module_name(path: str) -> str:
    return f"{__name__}.{os.fsencode(os.path.realpath(path)).hex()}"


# such a module in what Python says
_NAMED = re.compile(rf"{re.escape(__name__)}\.(?:[0-9a-f]{{2}})+")


def _package(path: str) -> str | None:
    """The name of the package that a file belongs to by the folders around it.

    It is None if the file belongs to none.
    """
    inner: list[str] = []
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isfile(os.path.join(folder, "__init__.py")):
        return None
    while os.path.isfile(os.path.join(os.path.dirname(folder), "__init__.py")):
        folder, last = os.path.split(folder)
        inner.insert(0, last)
    return ".".join([_module_name(os.path.join(folder, "__init__.py")), *inner])


def _path(name: str) -> str:
    """The path that is in the name of a module."""
    return os.fsdecode(bytes.fromhex(name.removeprefix(f"{__name__}.").partition(".")[0]))


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the file again whose path is in the name of a module.

    It also finds what is in a package so found.
    """

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        if not name.startswith(f"{__name__}."):
            return None
        if name.count(".") == __name__.count(".") + 1:
            inside = [os.path.dirname(_path(name))] if _is_package(_path(name)) else None
            return importlib.util.spec_from_file_location(
                name,
                _path(name),
                loader=_Loader(name, _path(name)),
                submodule_search_locations=inside,
            )
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is importlib.machinery.SourceFileLoader:
            spec.loader = _Loader(name, spec.loader.path)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    """Runs a file whose ``import`` looks beside it."""

    def exec_module(self, module: types.ModuleType) -> None:
        importing = _Importing(_path(module.__name__), self.path)
        module.__dict__["__builtins__"] = {**vars(builtins), "__import__": importing}
        super().exec_module(module)


class _Importing:
    """``import`` in a file.

    From Python's own library, else from beside the file (or its package), else as Python
    does.
    """

    def __init__(self, top: str, own: str) -> None:
        folder = os.path.dirname(top)
        self.folder = os.path.dirname(folder) if _is_package(top) else folder
        self.own = own

    def __call__(
        self,
        name: str,
        globals: Any = None,
        locals: Any = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        head, dot, rest = name.partition(".")
        if level:
            return builtins.__import__(
                name, self.within(globals, level), locals, fromlist, level
            )
        beside = (
            None if head in (*sys.stdlib_module_names, "strategy") else self.beside(head)
        )
        if beside is None:
            return builtins.__import__(name, globals, locals, fromlist, level)
        first = _module_name(beside)
        if fromlist:
            return builtins.__import__(f"{first}{dot}{rest}", globals, locals, fromlist, 0)
        importlib.import_module(f"{first}{dot}{rest}")
        return sys.modules[first]

    def within(self, globals: Any, level: int) -> Any:
        """Where a relative import starts.

        The package of the module, and never this one, below which the module's name is.
        """
        least = __name__.count(".") + level
        if globals["__package__"].count(".") >= least:
            return globals
        package = _package(self.own)
        if package is None or package.count(".") < least:
            dots = "." * level
            raise ImportError(
                f"'from {dots} import' leads out of the package of "
                f"{os.path.basename(self.own)!r}: import by name"
            )
        return {"__package__": package}

    def beside(self, head: str) -> str | None:
        paths = (
            os.path.join(self.folder, head, "__init__.py"),
            os.path.join(self.folder, f"{head}.py"),
        )
        return next(
            (path for path in paths if path != self.own and os.path.isfile(path)), None
        )


def _is_package(path: str) -> bool:
    return os.path.basename(path) == "__init__.py"


sys.meta_path.append(_Finder())
