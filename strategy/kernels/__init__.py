"""Hot loops, written in Python and compiled by Numba when there is enough to do: kernels, and the parts that they call.

The Python source is the reference: ``plain`` runs it as it is, which needs no compiler and does for small work. Nothing here
imports Numba before something is compiled, or loaded from the disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import Any

import numpy as np

from strategy.deadline import check
from strategy.moved import old_names

__all__ = ["Kernel", "KernelPart", "kernel", "part"]

SMALL = 256  # numbers in the payoffs of a small game
PATIENCE = 0.3  # seconds in Python before a kernel is loaded
KNOWN = ((0, 64), (0, 68))
"""The first and the last release of Numba whose inner workings `_compiling` is known to fit."""


@cache
def _compiler() -> ModuleType:
    """What compiles: fast with a Numba that is known, in the documented way with any other."""
    major, minor, *_ = version("numba").split(".")
    known = KNOWN[0] <= (int(major), int(minor)) <= KNOWN[1]
    return import_module("strategy.kernels._compiling" if known else "strategy.kernels._njit")


class KernelPart:
    """A function that kernels and other parts call; called from Python, it runs its Python source.

    With a ``signature`` it is compiled for that alone, else for each combination of types that it is called with.
    """

    def __init__(self, function: Callable[..., Any], signature: Any, options: dict[str, Any]) -> None:
        self.py_func, self.signature, self.options = function, signature, options
        self.__doc__, self.__name__, self.__module__ = function.__doc__, function.__name__, function.__module__

    def __call__(self, *arguments: Any) -> Any:
        return self.py_func(*arguments)

    @cached_property
    def dispatcher(self) -> Any:
        """What Numba calls the function that compiles itself."""
        return _compiler().part_dispatcher(self.py_func, self.signature, self.options)


class Kernel:
    """A function that Python calls; compiled, or loaded from the disk, at the first call."""

    def __init__(self, function: Callable[..., Any], signature: Any, vectorised: bool, options: dict[str, Any]) -> None:
        self.py_func, self.signature, self.vectorised, self.options = function, signature, vectorised, options
        self.__doc__, self.__name__, self.__module__ = function.__doc__, function.__name__, function.__module__
        self.loaded, self.spent = False, 0.0

    @cached_property
    def dispatcher(self) -> Any:
        """What Numba calls the function that compiles itself."""
        return _compiler().kernel_dispatcher(self.py_func, self.signature, self.vectorised, self.options)

    def __call__(self, *arguments: Any) -> Any:
        if not self.loaded:
            check()
        result = self.dispatcher(*arguments)
        self.loaded = True
        return result

    def small(self, size: int) -> bool:
        """Whether work on arrays with so many numbers had better be done in Python: nothing is loaded yet, and little was done.

        Loading takes half a second, compiling some seconds more.
        """
        return not self.loaded and size <= SMALL and self.spent < PATIENCE

    def run(self, size: int, *arguments: Any) -> Any:
        """The same as a call, in Python if the work is ``small``. The floats are the same."""
        if not self.small(size):
            return self(*arguments)
        start = time.thread_time()
        try:
            return self.plain(*arguments)
        finally:
            self.spent += time.thread_time() - start

    def plain(self, *arguments: Any) -> Any:
        """The same in Python, hundreds of times slower, without compiling."""
        with np.errstate(all="ignore"):  # as compiled code does
            return self.py_func(*arguments)


def part(signature: Any = None, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a part, which allocates nothing (or says ``_nrt=True``) and raises nothing."""
    return lambda function: KernelPart(function, signature, options)


def kernel(signature: Any = None, *, vectorised: bool = False, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a kernel. ``vectorised``: whether its loops are long enough to gain from wide instructions."""
    return lambda function: Kernel(function, signature, vectorised, options)


__getattr__ = old_names(__name__, Part="KernelPart")
