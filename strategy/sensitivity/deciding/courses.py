"""Courses: what is played in one equilibrium, and which courses there are at a place."""

from __future__ import annotations

import attrs

from strategy.assumptions.model import Model
from strategy.forms.plays import Play

__all__ = ["Course", "There"]


@attrs.frozen
class Course:
    """What is played in an equilibrium.

    ``plays``, one, or where chance moves those of positive probability, and in words.

    ``numbers``: of these plays; ``leaves``: of all that agree with it, those after an event
    of probability 0 among them, as it says nothing about what follows there.
    """

    plays: tuple[Play, ...]
    words: str = attrs.field(eq=False)
    numbers: frozenset[int] = attrs.field(eq=False, repr=False)
    leaves: frozenset[int] = attrs.field(eq=False, repr=False)

    def __str__(self) -> str:
        return self.words

    def in_words(self, model: Model) -> str:
        """As people read it: the play in phrases, where it is one and has them."""
        (first, *more) = self.plays
        return self.words if more else model.play_in_words(first)


@attrs.frozen(eq=False)
class There:
    """The equilibria at one place, by what is played in them.

    Here every play is an equilibrium of its own.
    """

    model: Model
    plays: frozenset[int]

    def courses(self) -> list[Course]:
        """All of them, in a settled order. Raises RefusalError where they are too many."""
        return [_alone(self.model, play) for play in sorted(self.plays)]

    def has(self, course: Course) -> bool:
        """Whether there is an equilibrium with this course."""
        return bool(course.leaves & self.plays)


def _alone(model: Model, play: int) -> Course:
    found = model.form.play(play)
    return Course((found,), str(found), frozenset([play]), frozenset([play]))
