"""Many games of one normal form: one array a player, the first axis counting the games."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import GameError, NumberError
from strategy.exact import require_plain
from strategy.executors import counted, require_memory
from strategy.forms.foreign import as_ours
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.names import names
from strategy.texts import number_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["NormalFormGames"]

_EXACT = 2**53
_REMEDY = (
    "give integers of at most 64 bits or finite floats; for other numbers solve(game) "
    "takes games one by one"
)


@attrs.frozen(eq=False, repr=False)
class NormalFormGames:
    """Games of one form as numbers.

    ``tables``: for each player of the ``form`` a read-only array of shape (games, actions
    of player 0, ...), int64 or float64; a float stands for its shortest decimal.
    """

    form: NormalForm
    tables: tuple[NDArray[Any], ...]

    @classmethod
    def from_arrays(
        cls,
        arrays: Sequence[Any],
        *,
        players: Sequence[str] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> NormalFormGames:
        """Games from one array a player. Names default to "1", "2", ....

        ``arrays``: one a player, of shape (games, actions of player 0, ...); ``players``,
        ``actions``: their names.

        Raises GameError on shapes that differ, NumberError on what is not a number of 64
        bits, SizeError on what does not fit.
        """
        if not isinstance(arrays, (list, tuple)):
            require_plain(arrays, "payoffs")
        arrays = _one_a_player(arrays)
        foreign = next((other for other in map(as_ours, arrays) if other is not None), None)
        if foreign is not None:
            raise GameError(
                f"payoffs are {foreign}, for each game, and stack what it gives"
            )
        if any(isinstance(one, NormalFormGame) for one in arrays):
            raise GameError(
                "games of their own: give one array for each player, the first axis "
                "counting the games, such as [numpy.stack(column) for column in "
                "zip(*[game.to_arrays() for game in games])]"
            )
        if not arrays:
            raise GameError(
                "no payoff arrays were given: give one array for each player, the first "
                "axis counting the games"
            )
        _require_room(arrays)
        given = (
            names(players, "player")
            if players is not None
            else [str(i + 1) for i in range(len(arrays))]
        )
        tables = tuple(
            [
                _read(values, f"payoffs of {who}")
                for values, who in zip(arrays, given, strict=False)
            ]
        )
        if len(given) != len(arrays):
            raise GameError(
                f"{len(arrays)} payoff arrays for {len(given)} players: give one array "
                "for each player"
            )
        shape = tables[0].shape
        for player, table in zip(given, tables, strict=True):
            if table.shape != shape or table.ndim != len(arrays) + 1:
                raise GameError(
                    f"payoffs of {player} have shape {table.shape}: expected "
                    f"{len(arrays) + 1} axes, the games and then one for each player's "
                    f"actions, the same in every array (the first has shape {shape})"
                )
        one = [table[0] if len(table) else _nothing(shape[1:]) for table in tables]
        return cls(
            NormalFormGame.from_arrays(*one, players=players, actions=actions).form, tables
        )

    def __len__(self) -> int:
        return len(self.tables[0])

    def game(self, number: int) -> NormalFormGame:
        """The game of this ``number``."""
        return NormalFormGame(
            self.form, tuple([table[range(len(self))[number]] for table in self.tables])
        )

    def part(self, begin: int, end: int) -> NormalFormGames:
        """The games from ``begin`` to ``end`` (not included)."""
        return NormalFormGames(
            self.form, tuple([table[begin:end] for table in self.tables])
        )

    def __repr__(self) -> str:
        return (
            f"NormalFormGames({counted(len(self))} of "
            f"{' x '.join(map(str, self.form.shape))}, players={self.form.players!r})"
        )


def _one_a_player(given: Any) -> tuple[Any, ...]:
    other = as_ours(given)
    if isinstance(given, NormalFormGame) or other is not None:
        return (given,)
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        shown = f"payoffs {str(given)[:60]!r} are a {type(given).__name__}"
        raise GameError(
            f"{shown}: give one array for each player, the first axis counting the games"
        )
    return tuple(given)


def _require_room(arrays: Sequence[Any]) -> None:
    """Raise SizeError if a copy of the payoffs, and one more to work with, cannot be held."""
    sizes = [math.prod(one.shape) for one in arrays if hasattr(one, "shape")]
    if sum(sizes) > 10**6:
        require_memory(
            16 * sum(sizes),
            f"{len(arrays)} payoff arrays with {counted(max(sizes))} entries each",
            "give them in parts, one call for each part",
        )


def _nothing(shape: tuple[int, ...]) -> NDArray[np.int64]:
    import numpy as np

    return np.zeros(shape, dtype=np.int64)


def _read(values: Any, what: str) -> NDArray[Any]:
    """A fresh read-only array of int64 or float64 that stands for the same numbers."""
    import numpy as np

    require_plain(values, what)
    array = (
        values
        if isinstance(values, np.ndarray) and values.dtype != object
        else _listed(values, what)
    )
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "u" and array.size and int(array.max()) >= 2**63:
        raise NumberError(
            f"{what} hold {int(array.max())}, which is beyond 64 bits with a sign: "
            f"{_REMEDY}"
        )
    if kind == "b":
        raise NumberError(f"{what} hold truth values: give numbers, such as .astype(int)")
    if kind in "iu":
        result = np.array(array, dtype=np.int64)
    elif kind == "f" and size <= 8:
        if not np.isfinite(array).all():
            place = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
            raise NumberError(
                f"{what} hold {array[place]!r} in game {place[0]} at {place[1:]}: {_REMEDY}"
            )
        # A short float stands for its own shortest decimal, which is not the double next to
        # it.
        result = (
            np.array(array, dtype=np.float64)
            if size == 8
            else array.astype(str).astype(np.float64)
        )
    else:
        raise NumberError(f"{what} have dtype {array.dtype}: {_REMEDY}")
    result.flags.writeable = False
    return result


def _listed(values: Any, what: str) -> NDArray[Any]:
    """Lists, whose integers do not pass through floats, and lists of arrays."""
    import numpy as np

    try:
        if (
            isinstance(values, (list, tuple))
            and values
            and all(isinstance(one, np.ndarray) for one in values)
        ):
            return np.stack(values)
        array = np.array(values, dtype=object)
    except ValueError:
        raise GameError(
            f"{what} are ragged (parts of different shapes): give games of one shape"
        ) from None
    entries = array.reshape(-1).tolist()
    kinds = {type(one) for one in entries}
    if entries and all(issubclass(kind, np.generic) for kind in kinds):
        return np.array(array.tolist())
    if kinds & {list, tuple, np.ndarray}:
        raise GameError(
            f"{what} are ragged (parts of different shapes): give games of one shape"
        )
    if bool in kinds:
        raise NumberError(f"{what} hold truth values: {_REMEDY}")
    if kinds <= {int}:
        if any(not -(2**63) <= one < 2**63 for one in entries):
            large = next(one for one in entries if not -(2**63) <= one < 2**63)
            raise NumberError(
                f"{what} hold {number_text(large)[:60]}, which is beyond 64 bits with a "
                f"sign: {_REMEDY}"
            )
        return array.astype(np.int64)
    if kinds <= {int, float}:
        large = next(
            (one for one in entries if type(one) is int and abs(one) > _EXACT), None
        )
        if large is not None:
            raise NumberError(
                f"{what} hold floats, and {number_text(large)[:60]}, which no float holds "
                f"exactly: {_REMEDY}"
            )
        return array.astype(np.float64)
    strange = next(one for one in entries if type(one) not in (int, float))
    raise NumberError(
        f"{what} hold {str(strange)[:60]!r}, a {type(strange).__name__}: {_REMEDY}"
    )
