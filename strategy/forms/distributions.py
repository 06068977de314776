"""Distributions over the plays of a table.

What a device may recommend that correlates what players do.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import GameError
from strategy.exact import exact, exact_array, require_plain
from strategy.forms.mixed import MixedProfile, read_profile
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.forms.plays import Play
from strategy.names import FrozenMapping
from strategy.protocols import Game

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["PlayDistribution", "read_distribution"]


@attrs.frozen(eq=False, repr=False)
class PlayDistribution(Mapping[Play, Fraction]):
    """A probability for each play of a table, read as ``distribution[play]``.

    A play is a Play or a mapping of actions.

    ``numbers``: play number -> probability, of the plays that happen; in increasing order,
    exact, summing to 1.
    """

    form: NormalForm
    numbers: FrozenMapping[int, Fraction]

    @classmethod
    def from_profile(cls, form: NormalForm, profile: Any) -> PlayDistribution:
        """The product of what players do independently.

        A profile as ``read_profile`` takes it, without balls. ``form``: of the table.
        """
        read = read_profile(form, profile)
        if isinstance(read, MixedProfile) and not read.is_exact:
            raise GameError(
                f"profile {read!r} has balls for probabilities: give rational ones"
            )
        return _checked(form, form.play_numbers(read.at))

    @cached_property
    def plays(self) -> FrozenMapping[Play, Fraction]:
        """The plays that happen: Play -> probability."""
        return FrozenMapping(
            (self.form.play(number), weight) for number, weight in self.numbers.items()
        )

    @property
    def strategies(self) -> Mapping[str, Mapping[str, Any]]:
        """What each player does on its own.

        Nothing, as what a device draws is for all together.
        """
        return {}

    def play_numbers(self, game: Game) -> Mapping[int, Fraction]:
        """The plays of ``game`` that happen: play number -> probability."""
        return self.numbers

    def key(self) -> Hashable:
        """What two equal distributions share."""
        return self.numbers

    def payoffs(self, game: NormalFormGame) -> FrozenMapping[str, Fraction]:
        """What each player of ``game`` expects."""
        return FrozenMapping(
            (
                player,
                sum(
                    (
                        weight * exact(column[number])
                        for number, weight in self.numbers.items()
                    ),
                    Fraction(0),
                ),
            )
            for player, column in zip(game.players, game.payoffs, strict=True)
        )

    def probability(self, holds: NDArray[np.bool_]) -> Fraction:
        """How probable the plays are for which ``holds`` (bool, one a play) is True."""
        return sum(
            (weight for number, weight in self.numbers.items() if holds[number]),
            Fraction(0),
        )

    def table(self) -> NDArray[Any]:
        """The probabilities as an array of Fractions of the shape of the form."""
        import numpy as np

        result = np.full(self.form.play_count, Fraction(0), dtype=object)
        result[list(self.numbers)] = list(self.numbers.values())
        return result.reshape(self.form.shape)

    def __getitem__(self, play: Play | Mapping[str, Any]) -> Fraction:
        return self.numbers.get(self.form.find(play), Fraction(0))

    def __contains__(self, play: object) -> bool:
        try:
            return self.form.find(play) in self.numbers  # type: ignore[arg-type]
        except GameError:
            return False

    def __iter__(self) -> Iterator[Play]:
        return iter(self.plays)

    def __len__(self) -> int:
        return len(self.numbers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PlayDistribution):
            return NotImplemented
        return self.form == other.form and self.numbers == other.numbers

    def __hash__(self) -> int:
        return hash(self.numbers)

    def __repr__(self) -> str:
        return (
            "PlayDistribution("
            + " | ".join(f"{play} ({weight})" for play, weight in self.plays.items())
            + ")"
        )


def read_distribution(form: NormalForm, given: Any) -> PlayDistribution:
    """Read a distribution over plays.

    ``given``: a PlayDistribution; a mapping from plays (a Play, or a tuple of one action a
    player) to probabilities; or an array of probabilities of the shape of the form. Floats
    stand for their shortest decimals. Raises GameError or NumberError on plays that do not
    exist, and on probabilities that are negative or do not sum to exactly 1.
    """
    if isinstance(given, PlayDistribution) and given.form == form:
        return given
    if isinstance(given, Mapping):
        found: dict[int, Fraction] = {}
        for play, weight in given.items():
            named = (
                dict(zip(form.players, play, strict=False))
                if isinstance(play, tuple)
                else play
            )
            if isinstance(play, tuple) and len(play) != len(form.players):
                raise GameError(
                    f"play {play!r}: expected one action for each of {form.players!r}"
                )
            number = form.find(named)
            found[number] = found.get(number, Fraction(0)) + exact(
                weight, f"probability of {play!r}"
            )
        return _checked(form, found)
    import numpy as np

    require_plain(given, "distribution")
    array = (
        np.array(given, dtype=object)
        if isinstance(given, (list, tuple))
        else np.asarray(given)
    )
    if array.shape != form.shape:
        raise GameError(
            f"probabilities of shape {array.shape} for a table of shape {form.shape}: "
            "give one for each cell"
        )
    return _checked(form, dict(enumerate(exact_array(array).reshape(-1).tolist())))


def _checked(form: NormalForm, numbers: Mapping[int, Fraction]) -> PlayDistribution:
    total = sum(numbers.values(), Fraction(0))
    negative = [weight for weight in numbers.values() if weight < 0]
    if total != 1 or negative:
        what = f"one of them is {negative[0]}" if negative else f"they sum to {total}"
        raise GameError(
            f"the probabilities of the plays are not a distribution: {what}; expected "
            "none negative, summing to 1"
        )
    return PlayDistribution(
        form,
        FrozenMapping(
            sorted((number, weight) for number, weight in numbers.items() if weight)
        ),
    )
