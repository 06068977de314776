"""Pickles of older versions, for classes that have gained fields since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

__all__ = ["takes_older_pickles"]

C = TypeVar("C")


def takes_older_pickles(cls: type[C]) -> type[C]:
    """The attrs class ``cls``, whose fields may be lacking in an older pickle.

    They take their defaults where a pickle that is older than they are lacks them.
    """
    restore = cls.__setstate__  # type: ignore[attr-defined]
    defaults = {
        one.name: one.default
        for one in attrs.fields(cls)  # type: ignore[arg-type]
        if one.default is not attrs.NOTHING
    }

    def setstate(self: C, state: Mapping[str, Any]) -> None:
        restore(self, state)
        for name in defaults.keys() - state.keys():
            made: Any = defaults[name]
            if isinstance(made, attrs.Factory):  # type: ignore[arg-type]
                made = made.factory(self) if made.takes_self else made.factory()
            object.__setattr__(self, name, made)

    cls.__setstate__ = setstate  # type: ignore[attr-defined]
    return cls
