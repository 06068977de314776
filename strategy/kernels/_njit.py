"""Compiling with what Numba documents and nothing else.

It takes twice as long, and goes with any Numba.
"""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from typing import Any

import numba
from numba import extending, types

from strategy.kernels import KernelPart

__all__ = ["kernel_dispatcher", "part_dispatcher"]


@extending.typeof_impl.register(KernelPart)
def _type_of_part(value: Any, _context: Any) -> Any:
    return types.Dispatcher(value.dispatcher)


def part_dispatcher(function: Any, signature: Any, options: dict[str, Any]) -> Any:
    """The function, compiled when a kernel first needs it.

    ``signature``: the types, None for those of each call; ``options``: those of the part.
    """
    return numba.njit(signature, error_model="numpy")(function)


def kernel_dispatcher(
    function: Any, signature: Any, vectorised: bool, options: dict[str, Any]
) -> Any:
    """The function, compiled or loaded from the disk at its first call.

    ``signature``: the types; ``vectorised``: whether to use wide instructions; ``options``:
    those of the kernel.
    """
    return numba.njit(signature, error_model="numpy", nogil=True, cache=True)(function)
