"""Continuation classes of backward induction: what is worth the same to all who move above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

__all__ = ["Classes", "TooManyClasses"]


class TooManyClasses(Exception):
    """The distinct continuations outgrew the budget."""


@attrs.define(eq=False)
class Classes:
    """Continuation classes.

    Those of node v are ``begin[v] .. end[v]-1``; class k has values ``values[k]`` (to every
    player, zero for those who do not move above) and links
    ``links[link_begin[k]:link_end[k]]``: for a decision child classes, one a link; for a
    chance move blocks of one child class for each event of positive probability.
    """

    begin: Sequence[int]
    end: Sequence[int]
    values: Any
    link_begin: Sequence[int]
    link_end: Sequence[int]
    links: Sequence[int]
