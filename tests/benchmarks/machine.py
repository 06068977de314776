"""What the numbers were measured on, in words that name no machine."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

__all__ = ["described", "load"]

_LIBRARIES = (
    "numpy",
    "numba",
    "scipy",
    "sympy",
    "python-flint",
    "attrs",
    "quantecon",
    "pyarrow",
    "distributed",
)


def load() -> str:
    """How busy the machine is: processes that wanted to run, over 1, 5 and 15 minutes."""
    if not hasattr(os, "getloadavg"):
        return "unknown"
    return ", ".join(f"{one:.2f}" for one in os.getloadavg())


def described() -> dict[str, str]:
    """Processors, system, Python and the libraries that matter for speed."""
    libraries = {}
    for name in _LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = "not installed"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return {
        "processors": str(os.cpu_count()),
        "system": f"{platform.system()} on {platform.machine()}",
        "Python": python,
        **libraries,
    }
