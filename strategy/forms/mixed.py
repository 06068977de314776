"""Mixed profiles: for every player a probability for each action.

Exact, or as balls that are proved to hold it.

In a tree they are behaviour profiles: probabilities at each information set.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import GameError
from strategy.exact import is_ball, require_plain
from strategy.forms.profiles import ByPlayer, PureProfile, by_player, read_pure, weights_of
from strategy.names import FrozenMapping
from strategy.protocols import Form

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MixedProfile", "Weights", "read_profile"]


@attrs.frozen(eq=False)
class Weights:
    """The probabilities of one player's actions.

    Whole numbers over one denominator, or balls where ``denominator`` is None.
    """

    values: Sequence[Any] | NDArray[Any]
    denominator: int | None

    @cached_property
    def exact(self) -> tuple[Any, ...]:
        """One Fraction (or flint.arb) an action."""
        if self.denominator is None:
            return tuple(self.values)
        return tuple([Fraction(int(value), self.denominator) for value in self.values])

    @cached_property
    def support(self) -> tuple[int, ...]:
        """The numbers of the actions with positive probability."""
        # A ball around 0 is not equal to 0, nor surely different: its action may be in use.
        return tuple([i for i, value in enumerate(self.values) if not (value == 0)])  # noqa: SIM201

    def key(self) -> Hashable:
        """What equal weights share.

        Whole numbers in lowest terms, or the balls as they print.
        """
        if self.denominator is None:
            return tuple(map(str, self.values))
        numbers = [*map(int, self.values), self.denominator]
        shared = math.gcd(*numbers)
        return tuple([number // shared for number in numbers] if shared > 1 else numbers)

    def __reduce__(self) -> tuple[Any, ...]:
        if self.denominator is not None:
            return Weights, (self.values, self.denominator)
        return _weights_from_parts, (tuple([_ball_parts(value) for value in self.values]),)


@attrs.frozen(eq=False, repr=False)
class MixedProfile(ByPlayer):
    """A probability for each action of each player (table) or information set (tree).

    ``form``: of the game; ``weights``: the probabilities, one vector a place. Each is a
    Fraction, or a flint.arb ball. Read as ``profile[player][action]``, in a tree
    ``profile[player][information set][action]``. Built by solvers and by ``read_profile``;
    the fractions are made only when asked for.
    """

    form: Form
    weights: tuple[Weights, ...]

    @classmethod
    def from_vectors(cls, form: Form, vectors: Sequence[Sequence[Any]]) -> MixedProfile:
        """From one vector a player, or an information set.

        The vectors are of Fractions (over any denominators) or of flint.arb balls.
        ``form``: of the game; ``vectors``: of probabilities.
        """
        return cls(form, tuple([_weights(vector) for vector in vectors]))

    @property
    def vectors(self) -> tuple[tuple[Any, ...], ...]:
        """One vector of probabilities a player, or an information set.

        Each is in the order of the actions.
        """
        return tuple([one.exact for one in self.weights])

    @property
    def supports(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the actions played with positive probability.

        There is a tuple of them for each player, or information set.
        """
        return tuple([one.support for one in self.weights])

    @property
    def is_exact(self) -> bool:
        """Whether every probability is rational (none is a ball)."""
        return all(one.denominator is not None for one in self.weights)

    @property
    def actions(self) -> Mapping[str, Any]:
        """What each player does, in words: an action, or such as "open 1/3, refuse 2/3".

        In a tree it is given at each information set.
        """
        from strategy.display import mixed_words

        return self.form.by_name(lambda place: mixed_words(self._row(place)))

    def at(self, place: int) -> Sequence[tuple[int, Any]]:
        """The actions taken, by their numbers, each with its probability.

        ``place``: a player or an information set, by its number.
        """
        weights = self.weights[place]
        return [(action, weights.exact[action]) for action in weights.support]

    def pure(self) -> PureProfile | None:
        """The same as a pure profile if nobody mixes, else None."""
        if any(len(support) != 1 for support in self.supports) or not self.is_exact:
            return None
        return PureProfile(self.form, tuple([support[0] for support in self.supports]))

    def _row(self, place: int) -> FrozenMapping[str, Any]:
        return FrozenMapping(
            zip(self.form.options(place), self.weights[place].exact, strict=True)
        )

    @cached_property
    def _names(self) -> Mapping[str, Mapping[Any, Any]]:
        return self.form.by_name(self._row)

    def key(self) -> Hashable:
        """What two equal profiles share."""
        return tuple([one.key() for one in self.weights])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, MixedProfile) and other.form == self.form:
            return self.key() == other.key()
        return super().__eq__(other)

    def __hash__(self) -> int:
        return hash(self.key())

    def __repr__(self) -> str:
        if self.form.is_tree:
            return f"MixedProfile({len(self.weights):,} information sets)"
        return (
            "MixedProfile("
            + ", ".join(f"{player}: {words}" for player, words in self.actions.items())
            + ")"
        )


def _weights(vector: Sequence[Any]) -> Weights:
    if any(is_ball(value) for value in vector):
        from flint import arb, fmpq

        balls = [
            value if is_ball(value) else arb(fmpq(value.numerator, value.denominator))
            for value in vector
        ]
        return Weights(tuple(balls), None)
    denominator = math.lcm(*[value.denominator for value in vector])
    return Weights(
        tuple([value.numerator * (denominator // value.denominator) for value in vector]),
        denominator,
    )


def _ball_parts(ball: Any) -> tuple[Any, ...]:
    return tuple([tuple(map(int, part.man_exp())) for part in (ball.mid(), ball.rad())])


def _weights_from_parts(parts: tuple[Any, ...]) -> Weights:
    from flint import arb, ctx

    def number(mantissa: int, exponent: int) -> Any:
        return arb(mantissa) * arb(2) ** exponent

    # A narrow ball has a middle of many digits: at the precision set now it would be
    # rounded, and the ball be wider.
    bits = max(mantissa.bit_length() for ball in parts for mantissa, _ in ball)
    with ctx.workprec(max(bits, 53)):
        return Weights(
            tuple([arb(number(*middle), number(*radius)) for middle, radius in parts]), None
        )


def read_profile(form: Form, profile: Any) -> PureProfile | MixedProfile:
    """Read a profile, pure or mixed, of a game of this ``form``.

    ``profile``: a mapping from each player to an action, to a mapping action -> probability
    (left out: 0) or to a list of probabilities in the order of the actions; in a tree from
    each player to a mapping from its information sets to such. Of a table also one such
    list (or array) a player, in the order of the players. Floats stand for their shortest
    decimals. Probabilities are none negative and sum to exactly 1. Returns a PureProfile
    where nobody mixes. Raises GameError or NumberError with what does not fit.
    """
    if isinstance(profile, (PureProfile, MixedProfile)) and (
        profile.form is form or profile.form == form
    ):
        return profile.pure() or profile
    given = (
        profile
        if isinstance(profile, Mapping) or form.is_tree
        else _by_position(form, profile)
    )
    rows = list(form.by_place(by_player(form, given)))
    if all(isinstance(value, str) for _, _, value in rows):
        return read_pure(form, given)
    vectors: dict[int, list[Any]] = {}
    for place, who, value in rows:
        options = form.options(place)
        weights = weights_of(value, options, who)
        vectors[place] = [weights.get(action, Fraction(0)) for action in options]
    mixed = MixedProfile.from_vectors(
        form, [vectors[place] for place in range(len(vectors))]
    )
    return mixed.pure() or mixed


def _by_position(form: Form, profile: Any) -> dict[str, Any]:
    """A list of vectors, one a player, as a mapping from players to weights by action."""
    what = (
        "give a mapping from each player to what it does, or one list of probabilities "
        "for each player"
    )
    require_plain(profile, "profile")
    try:
        rows = list(profile)
    except TypeError:
        raise GameError(
            f"profile {profile!r} is a {type(profile).__name__}: {what}"
        ) from None
    if isinstance(profile, str) or len(rows) != len(form.players):
        raise GameError(
            f"profile {profile!r} does not fit {len(form.players)} players "
            f"{form.players!r}: {what}"
        )
    return dict(zip(form.players, rows, strict=True))
