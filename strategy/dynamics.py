"""How play may change over time in a two-player game.

Learning and evolution, computed by Nashpy, read by names.

These are processes, not solution concepts: where they settle, a rest point is suggested and
nothing is proved. Numbers are floats. Nashpy: V. Knight and J. Campbell, "Nashpy: A Python
library for the computation of Nash equilibria", Journal of Open Source Software 3(30),
2018.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import GameError, RefusalError
from strategy.exact import exact, whole
from strategy.forms.foreign import as_ours
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import weights_of
from strategy.names import FrozenMapping, name, ordered, unknown
from strategy.protocols import Game

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Trajectory", "fictitious_play", "moran_process", "replicator_dynamics"]

_MOST_STEPS = 10**6


@attrs.frozen(eq=False, repr=False)
class Trajectory:
    """Shares of actions over time.

    ``shares[who]`` has shape (times, actions of who), rows summing to 1.

    ``times``: shape (times,), in ``unit``; ``actions[who]``: the names along the second
    axis. ``process``: what it is, in words.
    """

    process: str
    unit: str
    times: NDArray[np.float64]
    actions: FrozenMapping[str, tuple[str, ...]]
    shares: FrozenMapping[str, NDArray[np.float64]]

    @property
    def last(self) -> dict[str, dict[str, float]]:
        """The shares at the last time: who -> action -> share."""
        return {
            who: dict(zip(self.actions[who], map(float, rows[-1]), strict=True))
            for who, rows in self.shares.items()
        }

    def __repr__(self) -> str:
        return f"Trajectory({self.process}, {len(self.times):,} times)"

    def __str__(self) -> str:
        lines = [
            (
                f"{self.process}, {self.unit} {self.times[0]:g} to {self.times[-1]:g}; at "
                "the end:"
            )
        ]
        for who, shares in self.last.items():
            lines.append(
                f"  {who}: "
                + ", ".join(f"{action} {share:.3f}" for action, share in shares.items())
            )
        return "\n".join(lines)


def fictitious_play(
    game: NormalFormGame, rounds: int, *, seed: int | None = None
) -> Trajectory:
    """Each round both play a best reply to the shares in which the other has played so far.

    Ties are broken at random.

    Returns the shares after each round (Brown 1951; Fudenberg and Levine, "The Theory of
    Learning in Games", 1998, chapter 2). They need not settle; where they do, in a
    two-player game, the limit is a Nash equilibrium. ``rounds``: how many are played;
    ``seed``: for the ties (None: other draws each time).
    """
    import numpy as np

    _two_players(game, "fictitious_play")
    rounds = _steps(rounds, "rounds")
    with _seeded(seed):
        counts = [
            [np.array(one) for one in pair]
            for pair in _nashpy(game).fictitious_play(iterations=rounds)
        ][1:]
    shares = [np.array([pair[i] for pair in counts], dtype=np.float64) for i in range(2)]
    return _trajectory(
        "fictitious play", "round", np.arange(1, len(counts) + 1), game.actions, shares
    )


def replicator_dynamics(
    game: NormalFormGame,
    start: Mapping[str, Any],
    times: Sequence[float],
    *,
    population: bool = False,
) -> Trajectory:
    """Actions that pay more than the average of their population spread.

    Those that pay less die out (Taylor and Jonker 1978).

    ``start``: the shares at the first time, {player: {action: share}}, or with
    ``population=True`` {action: share} of a single population, whose members meet one
    another in a symmetric game; ``times``: increasing, starting with that of ``start``.
    """
    import numpy as np

    _two_players(game, "replicator_dynamics")
    when = _times(times)
    if len(when) < 2 or not (np.diff(when) > 0).all():
        raise GameError(
            f"times={times!r}: give at least two numbers that increase, such as range(100)"
        )
    nash = _nashpy(game)
    if population:
        actions = _symmetric(game, "replicator_dynamics")
        rows = [
            nash.replicator_dynamics(
                y0=_shares(start, actions, "the population"), timepoints=when
            )
        ]
        return _trajectory(
            "replicator dynamics of one population",
            "time",
            when,
            {"population": actions},
            rows,
        )
    if not isinstance(start, Mapping):
        raise GameError(f"start={start!r}: give {{player: {{action: share}}}}")
    missing = [player for player in game.players if player not in start]
    if missing:
        raise GameError(
            f"start={start!r} does not give the shares of {missing[0]}: give {{player: "
            f"{{action: share}}}}"
        )
    given = [
        _shares(start[player], options, player) for player, options in game.actions.items()
    ]
    rows = list(
        nash.asymmetric_replicator_dynamics(x0=given[0], y0=given[1], timepoints=when)
    )
    return _trajectory("replicator dynamics", "time", when, game.actions, rows)


def moran_process(
    game: NormalFormGame,
    population: Sequence[str],
    *,
    seed: int | None = None,
    mutation: float = 0.0,
    most: int = 10_000,
) -> Trajectory:
    """Births in proportion to payoff and deaths at random in a finite population.

    Until all are alike (Moran 1958).

    ``population``: one action for each member, who meet one another in a symmetric game
    without negative payoffs; ``mutation``: the probability that a birth takes another
    action of the first population; ``most``: steps at most. ``seed``: for the draws (None:
    other ones each time).
    """
    import numpy as np

    _two_players(game, "moran_process")
    actions = _symmetric(game, "moran_process")
    members = [name(one, "action") for one in ordered(population, "population")]
    for one in members:
        if one not in actions:
            raise GameError(unknown(one, actions, "action"))
    if len(members) < 2:
        raise GameError(
            f"population={population!r}: give at least two members, each by its action"
        )
    if game.to_arrays()[0].min() < 0:
        raise RefusalError(
            "moran_process takes payoffs as rates of birth, and some are negative: add a "
            "constant to every payoff"
        )
    if not 0 <= mutation <= 1:
        raise GameError(f"mutation={mutation!r}: expected a probability between 0 and 1")
    numbers = np.array([actions.index(one) for one in members])
    # Where nobody earns anything, Nashpy divides by a total of 0 and then lets everyone be
    # born alike.
    with _seeded(seed), np.errstate(invalid="ignore"):
        process = _nashpy(game).moran_process(
            initial_population=numbers, mutation_probability=mutation
        )
        states = [
            np.bincount(one, minlength=len(actions))
            for one in itertools.islice(process, _steps(most, "most"))
        ]
    rows = np.array(states, dtype=np.float64)
    return _trajectory(
        "Moran process", "birth", np.arange(len(rows)), {"population": actions}, [rows]
    )


def _trajectory(
    process: str,
    unit: str,
    times: Any,
    actions: Mapping[str, tuple[str, ...]],
    rows: Sequence[Any],
) -> Trajectory:
    import numpy as np

    shares = {}
    for who, row in zip(actions, rows, strict=True):
        # the integration of an extinct action may end a hair below 0
        row = np.clip(row, 0, None)
        totals = row.sum(axis=1, keepdims=True)
        shares[who] = row / np.where(totals > 0, totals, 1)
        shares[who].flags.writeable = False
    when = np.array(times, dtype=np.float64)
    when.flags.writeable = False
    return Trajectory(process, unit, when, FrozenMapping(actions), FrozenMapping(shares))


def _nashpy(game: NormalFormGame) -> Any:
    import nashpy

    return nashpy.Game(*game.to_arrays())


@contextmanager
def _seeded(seed: int | None) -> Iterator[None]:
    """Nashpy draws from NumPy's global state: seeded for the while, and put back as it was."""
    import numpy as np

    if seed is not None:
        seed = whole(seed, "seed", 0, 2**32 - 1)
    before = np.random.get_state()  # noqa: NPY002 - the state that Nashpy uses
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


def _two_players(game: Game, who: str) -> None:
    if not isinstance(game, NormalFormGame):
        shown = as_ours(game) or (
            f"a {type(game).__name__}: build one with NormalFormGame.from_arrays or "
            "model.game()"
        )
        raise RefusalError(f"{who} takes a normal-form game of two players, not {shown}")
    if len(game.players) != 2:
        raise RefusalError(
            f"{who} takes a game of two players, not {len(game.players)} players: fix "
            "what the others do first"
        )


def _symmetric(game: NormalFormGame, who: str) -> tuple[str, ...]:
    first, second = game.to_arrays(exact=True)
    one, other = game.actions.values()
    if one != other or first.shape != second.T.shape or not (first == second.T).all():
        raise RefusalError(
            f"{who} of one population takes a symmetric game (the same actions, and each "
            "player's payoffs those of the other with the roles exchanged): this one is "
            "not"
        )
    return one


def _times(given: Any) -> NDArray[np.float64]:
    """The numbers given, none where there are no several."""
    import numpy as np

    several = isinstance(given, Iterable) and not isinstance(given, str)
    return np.array(
        [float(exact(one, "time")) for one in ordered(given, "times")] if several else [],
        dtype=np.float64,
    )


def _shares(given: Any, options: tuple[str, ...], who: str) -> NDArray[np.float64]:
    import numpy as np

    weights = weights_of(given, options, who)
    return np.array([float(weights.get(action, 0)) for action in options])


def _steps(given: Any, what: str) -> int:
    if (
        isinstance(given, bool)
        or not isinstance(given, int)
        or not 1 <= given <= _MOST_STEPS
    ):
        raise GameError(f"{what}={given!r}: expected an integer from 1 to {_MOST_STEPS:,}")
    return given
