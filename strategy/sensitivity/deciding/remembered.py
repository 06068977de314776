"""Work that is not done twice.

What a function finds, remembered by what it asked for and was told on the way.

Reasons are looked for by asking a judge again and again with a few signs changed, so at
most nodes of a tree nothing has changed that matters there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from strategy.sensitivity.deciding.judges import Allowed

__all__ = ["Remembered"]

_MOST = 200_000
"""How many findings are kept before all are forgotten."""


class Remembered:
    """A function of a key, and of the signs that it asks for.

    Its result, which is no dict, must follow from these alone.

    What it asks first follows from the key, what it asks next from the answers so far. So
    the findings hang on trees: a polynomial to ask about, with a branch for each set of signs
    that it was once said to have, down to a result.
    """

    def __init__(self, function: Callable[[Any, Allowed], Any]) -> None:
        self.function = function
        self.roots: dict[Hashable, Any] = {}
        self.count = 0

    def __call__(self, key: Hashable, allowed: Allowed) -> Any:
        here = self.roots.get(key)
        while type(here) is dict:
            here = here.get(allowed(here[None]))
        return self._learnt(key, allowed) if here is None else here

    def _learnt(self, key: Hashable, allowed: Allowed) -> Any:
        answers: dict[int, int] = {}

        def asked(number: int) -> int:
            if number not in answers:
                answers[number] = allowed(number)
            return answers[number]

        result = self.function(key, asked)
        if self.count >= _MOST:
            self.roots, self.count = {}, 0
        self.count += 1
        branches, at = self.roots, key
        for number, signs in answers.items():
            branches = branches.setdefault(at, {None: number})
            at = signs
        branches[at] = result
        return result
