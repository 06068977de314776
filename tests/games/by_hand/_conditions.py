"""Conditions as they are printed, such as ``Azerbaijan: connect and not (Russia: obstruct or
Iran: obstruct)``, read into questions about what was done: no code of the toolkit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Taken = Mapping[str, str]
"""Who did what on a play; who was not asked is left out."""

Condition = Callable[[Taken], bool]


def read(text: str, actions: Mapping[str, Sequence[str]]) -> Condition:
    """A condition on the actions of these players. ``Armenia: open or refuse`` is two
    actions of one player; it holds where the player did one of them."""
    reading = _Reading(text.strip(), actions)
    found = reading.whole()
    if reading.rest:
        raise ValueError(f"{text!r}: {reading.rest!r} is not understood")
    return found


class _Reading:
    """A condition, word by word from the left; ``rest`` is what is still to be read."""

    def __init__(self, text: str, actions: Mapping[str, Sequence[str]]) -> None:
        self.text, self.rest, self.actions = text, text, actions
        self.player = ""  # whose action stood last

    def next(self, word: str) -> bool:
        """Whether this comes next; it is then behind."""
        if not self.rest.startswith(word):
            return False
        self.rest = self.rest[len(word) :]
        return True

    def whole(self) -> Condition:
        parts = [self.part()]
        if self.next(" and "):
            parts.append(self.part())
            while self.next(" and "):
                parts.append(self.part())
            return lambda taken: all(part(taken) for part in parts)
        while self.next(" or "):
            parts.append(self.part())
        return lambda taken: any(part(taken) for part in parts)

    def part(self) -> Condition:
        if self.next("("):
            inside = self.whole()
            if not self.next(")"):
                raise ValueError(f"{self.text!r}: a bracket is left open")
            return inside
        if self.next("not "):
            denied = self.part()
            return lambda taken: not denied(taken)
        if self.next("always"):
            return lambda taken: True
        for player in sorted(self.actions, key=len, reverse=True):
            if self.next(f"{player}: "):
                self.player = player
        return self.action(self.player)

    def action(self, player: str) -> Condition:
        """An action of the player who was named last."""
        for action in sorted(self.actions.get(player, ()), key=len, reverse=True):
            if self.next(action):
                return lambda taken: taken.get(player) == action
        raise ValueError(f"{self.text!r}: {self.rest!r} is not understood")
