"""Hot loops, written in Python and compiled by Numba when there is enough to do.

Kernels, and the parts that they call.

The Python source is the reference: ``plain`` runs it as it is, which needs no compiler and
does for small work. Nothing here imports Numba before something is compiled, or loaded from
the disk.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import version
from multiprocessing import parent_process
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from strategy.deadline import check
from strategy.kernels.plain_time import PlainTime
from strategy.moved import old_names

__all__ = ["Kernel", "KernelPart", "kernel", "part"]

SMALL = 256  # numbers in the payoffs of a small game
KNOWN = ((0, 64), (0, 68))
"""The first and the last release of Numba whose inner workings `_compiling` is known to
fit."""


@cache
def _compiler() -> ModuleType:
    """What compiles: fast with a Numba that is known, in the documented way with any other."""
    major, minor, *_ = version("numba").split(".")
    known = KNOWN[0] <= (int(major), int(minor)) <= KNOWN[1]
    return import_module(
        "strategy.kernels._compiling" if known else "strategy.kernels._njit"
    )


class KernelPart:
    """A function that kernels and other parts call; called from Python, it runs as Python.

    With a ``signature`` it is compiled for that alone, else for each combination of types
    that it is called with; ``options``: more for Numba.
    """

    def __init__(
        self, function: Callable[..., Any], signature: Any, options: dict[str, Any]
    ) -> None:
        self.py_func, self.signature, self.options = function, signature, options
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self.__module__ = function.__module__

    def __call__(self, *arguments: Any) -> Any:
        return self.py_func(*arguments)

    @cached_property
    def dispatcher(self) -> Any:
        """What Numba calls the function that compiles itself."""
        return _compiler().part_dispatcher(self.py_func, self.signature, self.options)


class Kernel(PlainTime):
    """A function that Python calls; compiled, or loaded from the disk, at the first call.

    ``label``: what it does, for people who wait; ``signature``: the types that it is
    compiled for (None: those of each call); ``vectorised``: whether to use wide
    instructions; ``options``: more for Numba.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        label: str,
        signature: Any,
        vectorised: bool,
        options: dict[str, Any],
    ) -> None:
        super().__init__(Path(function.__code__.co_filename), function.__qualname__)
        self.py_func = function
        self.signature = signature
        self.vectorised = vectorised
        self.options = options
        self.label = label
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self.__module__ = function.__module__

    @cached_property
    def dispatcher(self) -> Any:
        """What Numba calls the function that compiles itself."""
        return _compiler().kernel_dispatcher(
            self.py_func, self.signature, self.vectorised, self.options
        )

    def __call__(self, *arguments: Any) -> Any:
        if not self.loaded:
            check()
            self._say()
        result = self.dispatcher(*arguments)
        self.loaded = True
        return result

    def small(self, size: int) -> bool:
        """Whether work on arrays with ``size`` numbers had better be done in Python."""
        return size <= SMALL and not self.due()

    def run(self, size: int, *arguments: Any) -> Any:
        """The same as a call with these ``arguments``, in Python if the work is ``small``.

        ``size``: how many numbers there are. The floats are the same.
        """
        if not self.small(size):
            return self(*arguments)
        with self.in_plain_code():
            return self.plain(*arguments)

    def _say(self) -> None:
        """Says on a terminal what is going to be compiled, for those who wait for it."""
        if (
            not self.on_disk
            and sys.stderr is not None
            and sys.stderr.isatty()
            and parent_process() is None
        ):
            print(
                f"compiling, once: {self.label} (some seconds)", file=sys.stderr, flush=True
            )

    def plain(self, *arguments: Any) -> Any:
        """The same as a call with these ``arguments``, in Python, without compiling.

        Hundreds of times slower.
        """
        with np.errstate(all="ignore"):  # as compiled code does
            return self.py_func(*arguments)


def part(signature: Any = None, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a part, which raises nothing, and allocates nothing.

    A part that does allocate says ``_nrt=True``. ``signature``: the types that it is
    compiled for (None: those of each call); ``options``: more for Numba.
    """
    return lambda function: KernelPart(function, signature, options)


def kernel(
    label: str, signature: Any = None, *, vectorised: bool = False, **options: Any
) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a kernel.

    ``label``: what it does, for people who wait while it is compiled; ``signature``: the
    types that it is compiled for (None: those of each call); ``vectorised``: whether its
    loops are long enough to gain from wide instructions; ``options``: more for Numba.
    """
    return lambda function: Kernel(function, label, signature, vectorised, options)


__getattr__ = old_names(__name__, Part="KernelPart")
