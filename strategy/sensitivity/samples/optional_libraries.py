"""What sweeps need and the rest of the toolkit does not.

Imported here, with what to install where it is missing.
"""

from __future__ import annotations

import importlib
from typing import Any

from strategy.errors import StrategyError
from strategy.memory import lacks_memory

__all__ = ["arrow", "imported"]


def imported(name: str) -> Any:
    """A module of the extra ``sweep``. Raises StrategyError that says what to install.

    ``name``: of the module.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        if lacks_memory(error):
            raise MemoryError(
                f"{package} could not be loaded, as there is not enough memory ({error}): "
                "raise the limit"
            ) from None
        if (
            isinstance(error, ModuleNotFoundError)
            and (error.name or "").partition(".")[0] == package
        ):
            raise StrategyError(
                f"{package} is not installed ({error}): pip install "
                '"strategy-toolkit[sweep]"'
            ) from None
        raise StrategyError(
            f"{package} is installed and could not be loaded: {error}"
        ) from None


def arrow() -> Any:
    """PyArrow."""
    return imported("pyarrow")
