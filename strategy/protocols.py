"""The protocols that a concept, a form, a game and a profile of one's own have to meet.

Structural: nothing is inherited.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from strategy.certificates import Certificate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Concept", "Form", "Game", "Profile"]


class Form(Protocol):
    """What can be done in a game.

    Who moves, what each may do, and the plays that come of it, which are numbered from 0.

    A *place* is where somebody chooses, by its number: a player of a table, an information
    set of a tree. Profiles are kept and read place by place.
    """

    @property
    def is_tree(self) -> bool:
        """Whether players move in turn.

        So a profile also says what is done where the play does not come.
        """

    @property
    def players(self) -> tuple[str, ...]:
        """The players' names, in order."""

    @property
    def actions(self) -> Mapping[str, tuple[str, ...]]:
        """Every action that each player has anywhere."""

    @property
    def chance(self) -> Mapping[str, tuple[str, ...]]:
        """The events of each chance move, by its name."""

    @property
    def play_count(self) -> int:
        """How many plays there are."""

    @property
    def profile_count(self) -> int:
        """How many pure profiles there are."""

    def play(self, number: int, /) -> Any:
        """The Play of this number."""

    def plays(self) -> Iterator[Any]:
        """All plays, in the order of their numbers."""

    def find(self, play: Any, /) -> int:
        """The number of a play.

        It is given as a Play, or as a mapping that says what is done on it.
        """

    def moves(self, who: str, action: str, at: str | None = None) -> NDArray[np.bool_]:
        """For each play, whether a player or a chance move took an action on it.

        Shape (plays,). ``who``: the player or chance move; ``at``: an information set, None
        for any.
        """

    def options(self, place: int, /) -> tuple[str, ...]:
        """The actions at a place."""

    def by_name(self, said: Callable[[int], Any], /) -> Mapping[str, Any]:
        """What is said of each place by its number, under the names of a profile.

        Those by which a profile is read.
        """

    def by_place(self, given: Mapping[str, Any], /) -> Iterator[tuple[int, str, Any]]:
        """What a profile in names says at each place.

        (its number, who chooses there, what is done). Raises GameError. ``given``: the
        profile as a mapping by players.
        """

    def checked(self, choices: Any, /) -> Any:
        """One action number a place, as they are kept.

        ``choices``: the numbers, counted from 0.

        Raises GameError where they do not fit.
        """

    def play_numbers(
        self, at: Callable[[int], Sequence[tuple[int, Any]]], laws: Any, /
    ) -> dict[int, Any]:
        """The plays that happen where ``at(place)`` is done: play number -> probability.

        Actions have probabilities there.

        ``laws``: the probabilities of the chance moves, as in the game.
        """

    def game(self, payoffs: Sequence[NDArray[Any]], laws: Any, /) -> Game:
        """A game of this form: ``payoffs`` one flat array a player, over the plays.

        ``laws`` as in ``play_numbers``.
        """


class Game(Protocol):
    """A form with payoffs.

    ``payoffs``: one flat array a player, over the plays in the order of the form.
    """

    @property
    def form(self) -> Form:
        """What can be done."""

    @property
    def players(self) -> tuple[str, ...]:
        """The players' names, in order."""

    @property
    def actions(self) -> Mapping[str, tuple[str, ...]]:
        """Every action that each player has anywhere."""

    @property
    def payoffs(self) -> Sequence[NDArray[Any]]:
        """What each player gets on each play."""

    @property
    def laws(self) -> tuple[tuple[Fraction, ...], ...]:
        """The exact probabilities of the chance moves, numbered as in the form.

        There are none in a table.
        """

    def payoff(self, player: str, play: Any, /) -> Fraction:
        """What one player gets on one play."""


class Profile(Protocol):
    """What a concept judges: what every player does, or what a device tells them to do.

    It prints in words.
    """

    @property
    def strategies(self) -> Mapping[str, Mapping[str, Any]]:
        """What each player does on its own, all at once: player -> {action: probability}.

        Empty where this is not all.
        """

    def play_numbers(self, game: Any, /) -> Mapping[int, Any]:
        """The plays of a game that happen: play number -> probability."""

    def key(self) -> Hashable:
        """What two equal profiles share."""

    def __getitem__(self, name: Any, /) -> Any:
        """What one player does.

        {action: probability}, in a tree {information set: {action: probability}}.
        """


@runtime_checkable
class Concept(Protocol):
    """A solution concept: it says which games it takes, and judges profiles.

    Options are fields of the object.

    It may have more: ``read(game, given)``, a Profile made of what a solver proposes or a
    user writes (without it, profiles are read as ``forms.mixed.read_profile`` does, pure or
    mixed, in a table or a tree); ``judge(game)``, an object whose ``certify(profile)``
    judges many profiles of one game; ``invariances``, what may be done to a game without
    changing the answer. Its ``str()`` is how tables and sentences call it.
    """

    def refuses(self, game: Any, /) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""

    def certify(self, game: Any, profile: Any, /) -> Certificate:
        """Whether a profile of the game is an equilibrium.

        If it is not, the certificate says who gains most by which deviation.
        """

    def __hash__(self) -> int:
        """Equal concepts hash alike, so that what is found under one is found once."""
