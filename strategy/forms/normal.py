"""Normal form: all players choose at once; a play is a cell of the table."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

import attrs

from strategy.errors import GameError, SizeError
from strategy.exact import exact, exact_array, negative, payoff_array, product, scaled
from strategy.executors import counted, require_memory
from strategy.forms.foreign import as_ours
from strategy.forms.plays import Play
from strategy.forms.restricting import kept_actions
from strategy.names import FrozenMapping, keyed, name, names, ordered, unknown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["NormalForm", "NormalFormGame"]

T = TypeVar("T")

_MANY = 1024  # numbers in a table that is read in parts
_MOST_PLAYERS = 60  # an array has at most 64 axes, and some steps add one or two


def _action_lists(
    actions: Mapping[str, Sequence[str]],
) -> FrozenMapping[str, tuple[str, ...]]:
    if not isinstance(actions, Mapping):
        raise GameError(
            f"{actions!r} is not a mapping: give each player's actions, such as "
            f"{{'Armenia': ('open', 'refuse')}}"
        )
    players = names(actions, "player")
    return FrozenMapping(
        {
            player: names(options, f"action of {player}")
            for player, options in zip(players, actions.values(), strict=True)
        }
    )


@functools.lru_cache(maxsize=64)
def _numbered(shape: tuple[int, ...]) -> NormalForm:
    """The form in which players and actions have no names but numbers."""
    return NormalForm(
        {
            str(i + 1): tuple([str(k + 1) for k in range(size)])
            for i, size in enumerate(shape)
        }
    )


def _iterable(actions: Any) -> tuple[Any, ...]:
    if isinstance(actions, Mapping):
        raise GameError(
            "actions in a mapping: give them in the order of the players, "
            "actions=tuple(actions.values())"
        )
    if isinstance(actions, str) or not isinstance(actions, Iterable):
        raise GameError(
            f"actions {actions!r}: give one tuple of action names for each player"
        )
    return ordered(actions, "actions")


def _of_all_players(given: Any, first: str) -> tuple[Any, ...]:
    """The arrays of all players from one.

    A vector is that of a single player, a matrix the first one's of a zero-sum game.
    """
    if as_ours(given) is not None:
        return (given,)
    if isinstance(given, Mapping):
        raise GameError(
            "payoffs in a mapping: give the arrays and the names, "
            "from_arrays(*payoffs.values(), players=tuple(payoffs))"
        )
    table = payoff_array(given, f"payoff of {first}")
    if table.ndim > 2:
        raise GameError(
            f"one array of shape {table.shape}: give one array for each player, "
            "from_arrays(*arrays); where the last axis counts the players, "
            "from_arrays(*numpy.moveaxis(array, -1, 0))"
        )
    return (table, negative(table)) if table.ndim == 2 else (table,)


@attrs.frozen
class NormalForm:
    """Players and what each of them can do.

    ``actions``: player -> actions, such as ``NormalForm({"Armenia": ("open", "refuse"),
    "Russia": ("obstruct", "acquiesce")})``. Raises GameError on names that are not well
    formed or stand twice.
    """

    is_tree: ClassVar[Literal[False]] = False

    actions: FrozenMapping[str, tuple[str, ...]] = attrs.field(converter=_action_lists)

    @property
    def players(self) -> tuple[str, ...]:
        """The players' names, in order."""
        return tuple(self.actions)

    @property
    def chance(self) -> FrozenMapping[str, tuple[str, ...]]:
        """Chance moves and their events: none in a table."""
        return FrozenMapping()

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of actions of each player."""
        return tuple(len(options) for options in self.actions.values())

    @property
    def play_count(self) -> int:
        """How many plays (cells, pure profiles) there are."""
        return math.prod(self.shape)

    @property
    def profile_count(self) -> int:
        """How many pure profiles there are: as many as plays."""
        return self.play_count

    def require_table(self, arrays: int) -> None:
        """Raise SizeError if ``arrays`` tables over all plays cannot be held.

        The numbers in them have eight bytes.
        """
        if len(self.shape) > _MOST_PLAYERS:
            raise SizeError(
                f"a table of {len(self.shape)} players: at most {_MOST_PLAYERS} fit one; "
                "use an extensive form"
            )
        count = self.play_count
        sizes = " x ".join(map(str, self.shape[:12])) + (
            " x ..." if len(self.shape) > 12 else ""
        )
        require_memory(
            8 * count * arrays,
            (
                f"a table of {counted(count)} profiles ({sizes}) for {len(self.players)} "
                "players"
            ),
            (
                "use fewer players or actions, or an extensive form in which few moves "
                "are made on each play"
            ),
        )

    def indices(self, play: int) -> tuple[int, ...]:
        """The action numbers of a play given by its number (last player fastest)."""
        result = []
        for size in reversed(self.shape):
            play, digit = divmod(play, size)
            result.append(digit)
        return tuple(reversed(result))

    def play(self, number: int) -> Play:
        """The play of this number."""
        chosen = self.indices(number)
        return Play(
            tuple(
                [
                    (player, None, options[i])
                    for (player, options), i in zip(
                        self.actions.items(), chosen, strict=True
                    )
                ]
            )
        )

    def plays(self) -> Iterator[Play]:
        """All plays, last player's action changing fastest."""
        return (self.play(number) for number in range(self.play_count))

    def find(self, play: Play | Mapping[str, Any]) -> int:
        """The number of a play.

        ``play``: a Play, or a mapping from every player to an action. Raises GameError on
        anything else, and on names that do not exist.
        """
        if not isinstance(play, (Play, Mapping)):
            raise GameError(
                f"{play!r} is not a play: give a Play, or a mapping from every player to "
                "an action"
            )
        chosen = (
            {str(player): action for player, _, action in play.steps}
            if isinstance(play, Play)
            else play
        )
        chosen = keyed(chosen, "player")
        for player in chosen:
            if player not in self.actions:
                raise GameError(unknown(player, self.players, "player"))
        number = 0
        for player, options in self.actions.items():
            if player not in chosen:
                raise GameError(
                    f"the play {chosen!r} does not say what {player} does: give one of "
                    f"{options!r}"
                )
            action = name(chosen[player], f"action of {player}")
            if action not in options:
                raise GameError(unknown(action, options, f"action of {player}"))
            number = number * len(options) + options.index(action)
        return number

    def taken(self, axis: int) -> NDArray[np.int64]:
        """For each play, the number of the action that a player takes, of shape (plays,).

        ``axis`` is the player's number, from 0.
        """
        import numpy as np

        return (
            np.arange(self.play_count)
            // math.prod(self.shape[axis + 1 :])
            % self.shape[axis]
        )

    def moves(self, who: str, action: str, at: str | None = None) -> NDArray[np.bool_]:
        """For each play, whether ``who`` took ``action`` on it, of shape (plays,).

        ``at`` names an information set, of which a table has none: the answer is then False
        on every play.
        """
        import numpy as np

        axis = self.players.index(who)
        mask = np.zeros(self.shape, dtype=bool)
        if at is None:
            mask[(slice(None),) * axis + (self.actions[who].index(action),)] = True
        return mask.reshape(-1)

    # -- profiles: each player is one place at which somebody chooses, by its number

    def options(self, place: int) -> tuple[str, ...]:
        """The actions of a player; ``place`` is its number."""
        return self.actions[self.players[place]]

    def by_name(self, said: Callable[[int], T]) -> dict[str, T]:
        """What is said of each player by its number, under its name."""
        return {player: said(number) for number, player in enumerate(self.actions)}

    def by_place(self, given: Mapping[str, Any]) -> Iterator[tuple[int, str, Any]]:
        """What a profile in names says, player by player: (number, who, what it does).

        ``given`` is the profile as a mapping by players. Raises GameError where it says
        nothing.
        """
        for number, (player, options) in enumerate(self.actions.items()):
            if player not in given:
                raise GameError(
                    f"the profile does not say what {player} does: give one of {options!r}"
                )
            yield number, player, given[player]

    def checked(self, choices: Any) -> tuple[int, ...]:
        """One action number a player, as a tuple.

        ``choices``: the numbers, counted from 0. Raises GameError where they do not fit.
        """
        try:
            numbers = tuple([operator.index(one) for one in choices])
        except TypeError:
            raise GameError(
                f"profile {choices!r} is not a list of action numbers: give one for each "
                "player, counting from 0"
            ) from None
        sizes = self.shape
        if len(numbers) != len(sizes) or not all(
            0 <= one < size for one, size in zip(numbers, sizes, strict=True)
        ):
            raise GameError(
                f"profile {choices!r} does not fit players with {sizes} actions: give one "
                "number each, counting from 0"
            )
        return numbers

    def play_numbers(
        self, at: Callable[[int], Sequence[tuple[int, Any]]], laws: object = ()
    ) -> dict[int, Any]:
        """The plays that happen: play number -> probability.

        ``at(player)``, of a player's number, gives the actions that it takes, each with its
        probability; ``laws`` is for trees, and not read here.
        """
        plays: dict[int, Any] = {0: Fraction(1)}
        for player, size in enumerate(self.shape):
            plays = {
                play * size + action: product(p, weight)
                for play, p in plays.items()
                for action, weight in at(player)
            }
        return plays

    def restricted(self, only: Mapping[str, Any]) -> NormalForm:
        """The form in which some players have only some of their actions.

        ``only``: what is left to each player that is restricted, an action or several in a
        tuple: ``form.restricted({"Russia": "acquiesce"})``.

        Raises GameError on players and actions that do not exist.
        """
        return NormalForm({**self.actions, **kept_actions(self.actions, only)})

    def game(self, payoffs: Sequence[NDArray[Any]], laws: object = ()) -> NormalFormGame:
        """The game of this form with these payoffs.

        ``payoffs``: one array a player, flat over the plays, or of the shape of the form;
        ``laws`` is for trees, and not read here.
        """
        return NormalFormGame(self, tuple([one.reshape(self.shape) for one in payoffs]))

    def __str__(self) -> str:
        lines = [f"Normal form, {len(self.players)} players, {self.play_count:,} plays"]
        return "\n".join(
            lines
            + [
                f"  {player}: {', '.join(options)}"
                for player, options in self.actions.items()
            ]
        )

    def _repr_html_(self) -> str:
        from strategy.display import form_page

        return form_page(self)


def _whole(table: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """(whole numbers, factor): int64 where they fit, else Python's."""
    import numpy as np

    numbers, factor = scaled(table)
    fits = numbers.dtype != np.uint64 or int(numbers.max(initial=0)) < 2**63
    return (
        numbers if numbers.dtype == object else numbers.astype(np.int64 if fits else object)
    ), factor


@attrs.frozen(eq=False, repr=False)
class NormalFormGame:
    """A normal form with payoffs.

    ``tables``: one read-only array a player, all of the shape of the ``form``. Integer and
    float arrays keep their type; a float stands for its shortest decimal. Build it with
    ``from_arrays`` or from a ``Model``.
    """

    laws: ClassVar[tuple[tuple[Fraction, ...], ...]] = ()

    form: NormalForm
    tables: tuple[NDArray[Any], ...]

    @classmethod
    def from_arrays(
        cls,
        *arrays: Any,
        players: Sequence[str] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> NormalFormGame:
        """A game from one payoff array a player.

        Each is of shape (actions of player 0, actions of player 1, ...).

        One matrix alone is a zero-sum game of two players, and says what the first gets.
        Names default to "1", "2", .... Entries may be ints, floats, Fractions or strings
        such as "2/3". Raises GameError or NumberError on arrays of different shapes, names
        that do not fit, NaN or infinite entries.
        """
        if not arrays:
            raise GameError("no payoff arrays were given: give one array for each player")
        given = None if players is None else names(players, "player")
        if len(arrays) == 1:
            arrays = _of_all_players(arrays[0], "1" if given is None else given[0])
        numbered = tuple([str(i + 1) for i in range(len(arrays))])
        players = numbered if given is None else given
        if len(players) != len(arrays):
            raise GameError(
                f"{len(arrays)} payoff arrays for {len(players)} players "
                f"{tuple(players)!r}: give one array for each player"
            )
        foreign = next((other for other in map(as_ours, arrays) if other is not None), None)
        if foreign is not None:
            raise GameError(f"a payoff array is {foreign}")
        tables = tuple(
            [
                payoff_array(values, f"payoff of {player}")
                for player, values in zip(players, arrays, strict=True)
            ]
        )
        shape = tables[0].shape
        for player, table in zip(players, tables, strict=True):
            if table.shape != shape or table.ndim != len(arrays):
                raise GameError(
                    f"payoff array of {player} has shape {table.shape}: expected "
                    f"{len(arrays)} dimensions, one for each player's actions, the same "
                    f"in every array (the first has shape {shape})"
                )
        if 0 in shape:
            raise GameError(
                f"payoff arrays of shape {shape} leave a player without actions: every "
                "player needs at least one"
            )
        if actions is None and players is numbered:
            return cls(_numbered(shape), tables)
        if actions is None:
            lists = {
                player: tuple([str(i + 1) for i in range(size)])
                for player, size in zip(players, shape, strict=True)
            }
        else:
            wanted = _iterable(actions)
            actions = [
                names(options, f"action of {player}")
                for options, player in zip(wanted, players, strict=False)
            ]
            sizes = tuple([len(options) for options in actions])
            if len(wanted) != len(players) or sizes != shape:
                raise GameError(
                    f"actions of sizes {sizes} for arrays of shape {shape}: give each "
                    "player's action names in the order of the axes"
                )
            lists = {
                player: names(options, f"action of {player}")
                for player, options in zip(players, actions, strict=True)
            }
        return cls(NormalForm(lists), tables)

    @property
    def players(self) -> tuple[str, ...]:
        """The players' names, in order."""
        return self.form.players

    @property
    def actions(self) -> FrozenMapping[str, tuple[str, ...]]:
        """Each player's actions."""
        return self.form.actions

    @cached_property
    def payoffs(self) -> tuple[NDArray[Any], ...]:
        """One flat array a player, over the plays in the order of the form."""
        return tuple([table.reshape(-1) for table in self.tables])

    @cached_property
    def integer_tables(self) -> tuple[tuple[NDArray[Any], int], ...]:
        """For each player (whole numbers, factor).

        The exact payoffs are the numbers over the factor. int64 where they fit.
        """
        return tuple([_whole(table) for table in self.tables])

    def integer_part(
        self, player: int, actions: Sequence[Sequence[int]]
    ) -> tuple[NDArray[Any], int]:
        """(whole numbers, factor) of one player's payoffs over some actions of everyone.

        The actions are given by their numbers.
        """
        import numpy as np

        table, place = self.tables[player], np.ix_(*actions)
        # A large table of floats takes longer to read than what most profiles need of it.
        if table.dtype.kind == "f" and table.size > _MANY:
            return _whole(table[place])
        numbers, factor = self.integer_tables[player]
        return numbers[place], factor

    def payoff(self, player: str, play: Play | Mapping[str, str]) -> Fraction:
        """What one player gets on one play.

        A Play, or a mapping from every player to an action.
        """
        player = name(player, "player")
        if player not in self.actions:
            raise GameError(unknown(player, self.players, "player"))
        return exact(self.payoffs[self.players.index(player)][self.form.find(play)])

    def to_arrays(self, *, exact: bool = False) -> tuple[NDArray[Any], ...]:
        """One payoff array a player.

        Float64, or object arrays of Fraction with ``exact=True``.
        """
        import numpy as np

        if exact:
            return tuple([exact_array(table) for table in self.tables])
        try:
            return tuple([np.array(table, dtype=np.float64) for table in self.tables])
        except OverflowError:
            raise GameError(
                "a payoff is too large for float64: use to_arrays(exact=True)"
            ) from None

    def __repr__(self) -> str:
        return (
            f"NormalFormGame({' x '.join(map(str, self.form.shape))}, "
            f"players={self.players!r})"
        )

    def __str__(self) -> str:
        from strategy.display import normal_form_table

        return normal_form_table(self)

    def _repr_html_(self) -> str:
        from strategy.display import game_page

        return game_page(self)
