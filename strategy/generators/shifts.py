"""Payoffs moved by whole numbers of bounded size, with stated orderings kept."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.exact import exact
from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.names import keyed, ordered, require_order, unknown

__all__ = ["payoff_shifts", "shifted", "shifted_games"]

Game = NormalFormGame | ExtensiveFormGame
Orderings = Mapping[str, Sequence[Any]]
Shifts = dict[str, tuple[int, ...]]


def payoff_shifts(
    of: Game | NormalForm | ExtensiveForm | Sequence[int],
    bound: int,
    *,
    keep: Orderings | None = None,
) -> st.SearchStrategy[Shifts]:
    """For each player whole numbers from -bound to bound, to be added to its payoffs.

    One a play; ``shifted`` adds them.

    ``of`` is a game, or a form or a shape, whose payoffs then count as not known. ``keep``
    gives for a player one ordering or a list of orderings: sequences of plays (Plays, or
    mappings as ``form.find`` takes), best first. After the shift the plays of an ordering
    are ordered as before: what was better is better, and equals are equal. Where no payoffs
    are known, the shifts themselves are ordered so, each play strictly better than the
    next. Every vector of shifts that keeps the orderings can be drawn, and none is thrown
    away: differences of shifts are bounded by a system closed under shortest paths, so
    whatever is drawn for one play leaves something for the next. Shrinks to zeros. Raises
    GameError on an ordering that the game does not have, or that the bound leaves no room
    for.
    """
    if type(bound) is not int or bound < 0:
        raise GameError(
            f"bound={bound!r}: give a non-negative integer, the most by which a payoff "
            "may move"
        )
    form, payoffs = _form_of(of)
    wanted = keyed(keep or {}, "player")
    for player in wanted:
        if player not in form.players:
            raise GameError(unknown(player, form.players, "player"))
    drawers = []
    for i, player in enumerate(form.players):
        column = None if payoffs is None else payoffs[i]
        drawers.append(
            _shifts_of_one(form, column, bound, _as_list(wanted.get(player, ())), player)
        )
    return st.tuples(*drawers).map(lambda rows: dict(zip(form.players, rows, strict=True)))


def shifted(game: Game, shifts: Mapping[str, Sequence[int]]) -> Game:
    """The game with each player's payoffs moved by the numbers given.

    ``shifts``: player -> one number a play; players left out keep theirs.
    """
    columns = []
    for player, column in zip(game.players, game.payoffs, strict=True):
        moves = shifts.get(player)
        moved = (
            None
            if moves is None
            else [exact(x) + y for x, y in zip(column, moves, strict=True)]
        )
        columns.append(column if moved is None else _column(moved))
    return game.form.game(columns, game.laws)


def shifted_games(
    game: Game, bound: int, *, keep: Orderings | None = None
) -> st.SearchStrategy[Game]:
    """Games whose payoffs differ from those of ``game`` by whole numbers; first the game.

    The shifts are drawn as ``payoff_shifts`` does: ``bound``: the largest either way;
    ``keep``: orderings of plays that stay, player by player, None for none.
    """
    return payoff_shifts(game, bound, keep=keep).map(lambda shifts: shifted(game, shifts))


def _column(values: list[Fraction]) -> Any:
    whole = all(value.denominator == 1 and abs(value) < 2**62 for value in values)
    column = (
        np.array([int(value) for value in values])
        if whole
        else np.array(values, dtype=object)
    )
    column.setflags(write=False)
    return column


def _form_of(of: Any) -> tuple[NormalForm | ExtensiveForm, Any]:
    if isinstance(of, Game):
        return of.form, of.payoffs
    if isinstance(of, (NormalForm, ExtensiveForm)):
        return of, None
    try:
        return NormalFormGame.from_arrays(
            *[np.zeros(ordered(of, "shape"), dtype=np.int64)] * len(of)
        ).form, None
    except (TypeError, ValueError):
        raise GameError(
            f"{of!r}: give a game, a form, or the shape of a table, such as (2, 3)"
        ) from None


def _as_list(orderings: Any) -> list[Sequence[Any]]:
    """One ordering of plays, or several.

    An ordering holds plays, a list of orderings holds sequences.
    """
    require_order(orderings, "ordering")
    several = all(isinstance(one, (list, tuple)) for one in orderings)
    return list(orderings) if several else [orderings]


def _shifts_of_one(
    form: Any, column: Any, bound: int, orderings: list[Sequence[Any]], player: str
) -> st.SearchStrategy[tuple[int, ...]]:
    size = st.integers(-bound, bound)
    if not orderings:
        return st.tuples(*[size] * form.play_count)
    lines = [[form.find(play) for play in ordering] for ordering in orderings]
    bounded = sorted({play for line in lines for play in line})
    far = _closed(lines, bounded, column, bound, player)

    @st.composite
    def drawn(draw: Callable[..., Any]) -> tuple[int, ...]:
        found: dict[int, int] = {}
        for i, play in enumerate(bounded):
            # far[i, j] bounds shift j less shift i; the last row and column stand for a
            # shift of zero.
            low = max([-far[i, -1], *[found[bounded[j]] - far[i, j] for j in range(i)]])
            high = min([far[-1, i], *[found[bounded[j]] + far[j, i] for j in range(i)]])
            found[play] = draw(st.integers(int(low), int(high)))
        return tuple(
            [
                found[play] if play in found else draw(size)
                for play in range(form.play_count)
            ]
        )

    return drawn()


def _closed(
    lines: list[list[int]], plays: list[int], column: Any, bound: int, player: str
) -> Any:
    """The least bounds on differences of whole shifts that the orderings imply.

    Floyd (1962); shape (plays + 1, plays + 1).
    """
    place = {play: i for i, play in enumerate(plays)}
    far = np.full((len(plays) + 1, len(plays) + 1), 2 * bound, dtype=object)
    far[-1, :] = far[:, -1] = bound
    np.fill_diagonal(far, 0)
    for line in lines:
        for better, worse in itertools.pairwise(line):
            gap = None if column is None else exact(column[better]) - exact(column[worse])
            if gap is not None and gap < 0:
                raise GameError(
                    f"the ordering of {player} puts a play worth {column[better]} before "
                    f"one worth {column[worse]}: give plays best first, as the game has "
                    "them"
                )
            i, j = place[better], place[worse]
            # the shift of the worse less that of the better
            most = -1 if gap is None else math.ceil(gap) - 1 if gap else 0
            far[i, j] = min(far[i, j], most)
            if gap == 0:
                far[j, i] = min(far[j, i], 0)
    for k in range(len(far)):
        far = np.minimum(far, far[:, k : k + 1] + far[k : k + 1, :])
    if (np.diag(far) < 0).any():
        raise GameError(
            f"no shifts within {bound} have the orderings of {player}: they contradict "
            "each other, or need a larger bound"
        )
    return far
