"""What solving returns: a set of certified equilibria with a status that says what is proved about the set."""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import GameError
from strategy.exact import exact
from strategy.forms.extensive import ExtensiveFormGame
from strategy.forms.normal import NormalFormGame
from strategy.forms.plays import Play
from strategy.forms.profiles import PureProfile, plays_of
from strategy.names import FrozenMapping

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Certificate", "Equilibrium", "Game", "Solution", "Status"]

Game = NormalFormGame | ExtensiveFormGame


class Status(enum.Enum):
    """What is proved about a set of equilibria."""

    COMPLETE = "complete"
    """Proved to be all."""
    PARTIAL = "partial"
    """Each is an equilibrium; there may be others."""
    NONE_EXISTS = "none exists"
    """Proved that there is none."""
    STOPPED = "stopped"
    """Ended by a limit or an interrupt; what was found is kept."""

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class Certificate:
    """A concept's own verdict on one profile.

    ``regret``: the most that anyone gains by the best deviation that the concept allows, in that player's payoff units
    (0 if none gains); ``player``, ``information_set``, ``deviation``: that deviation, None where nothing binds.
    """

    holds: bool
    regret: Fraction
    player: str | None = None
    information_set: Hashable = None
    deviation: str | None = None
    reason: str = ""


@attrs.frozen(eq=False, repr=False)
class Equilibrium:
    """One certified equilibrium of a game; in a tree, one distribution over plays with a profile that supports it."""

    game: Game
    profile: PureProfile
    certificate: Certificate
    _count: int | Callable[[], int] | None = None
    _profiles: Iterable[PureProfile] | None = None
    component: int | None = None

    @cached_property
    def play_numbers(self) -> dict[int, Fraction]:
        """The plays that happen: play number -> probability."""
        return plays_of(self.game, self.profile)

    @cached_property
    def plays(self) -> FrozenMapping[Play, Fraction]:
        """The plays that happen: Play -> probability."""
        return FrozenMapping((self.game.form.play(number), weight) for number, weight in self.play_numbers.items())

    @cached_property
    def payoffs(self) -> FrozenMapping[str, Fraction]:
        """What each player gets (expects, where chance moves)."""
        return FrozenMapping(
            (player, sum((weight * exact(column[number]) for number, weight in self.play_numbers.items()), Fraction(0)))
            for player, column in zip(self.game.players, self.game.payoffs, strict=True)
        )

    @cached_property
    def count(self) -> int | None:
        """Trees: how many profiles of the concept share this distribution over plays; None if not counted."""
        return self._count() if callable(self._count) else self._count

    def profiles(self) -> Iterator[PureProfile]:
        """The profiles that share this distribution over plays, lazily; the one shown if the solver does not list them."""
        return iter(self._profiles) if self._profiles is not None else iter((self.profile,))

    def to_arrays(self) -> tuple[NDArray[Any], ...]:
        """Normal form: one float64 vector of probabilities a player."""
        import numpy as np

        if not isinstance(self.game, NormalFormGame):
            raise GameError("to_arrays() is for normal-form games: in a tree read .profile, .plays or .payoffs")
        return tuple([np.array([float(weight) for weight in row.values()]) for row in self.profile.values()])

    def __repr__(self) -> str:
        plays = " | ".join(f"{play}" + (f" ({weight})" if weight != 1 else "") for play, weight in self.plays.items())
        return f"Equilibrium({plays})"

    def _repr_html_(self) -> str:
        from strategy.display import equilibrium_page

        return equilibrium_page(self)


@attrs.frozen(eq=False, repr=False)
class Solution:
    """The equilibria found, in a deterministic order, and what is proved about the set."""

    game: Game
    concept: Any
    status: Status
    equilibria: tuple[Equilibrium, ...]
    solver: str = ""
    reason: str = ""
    rejected: int = 0

    def __len__(self) -> int:
        return len(self.equilibria)

    def __getitem__(self, index: int) -> Equilibrium:
        return self.equilibria[index]

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.equilibria)

    def __bool__(self) -> bool:
        # A solution without equilibria is still an answer; its length says how many there are.
        return True

    @property
    def proved(self) -> bool:
        """Whether the set is proved to be all equilibria (or that there is none)."""
        return self.status in (Status.COMPLETE, Status.NONE_EXISTS)

    def groups(self, happens: Callable[[Equilibrium], Hashable] | None = None) -> tuple[tuple[Equilibrium, ...], ...]:
        """Equilibria that come to the same: equal payoffs for everyone and equal ``happens(equilibrium)``, in order of first
        appearance.

        With ``happens`` left out, two cells of a table belong together if a chain of changes by one player at a time,
        which change nobody's payoff, leads from one to the other (a bystander's choice).
        """
        if happens is not None:
            found: dict[Hashable, list[Equilibrium]] = {}
            for one in self.equilibria:
                found.setdefault((happens(one), tuple(one.payoffs.values())), []).append(one)
            return tuple([tuple(group) for group in found.values()])
        if isinstance(self.game, ExtensiveFormGame):
            return tuple([(one,) for one in self.equilibria])
        return _bystander_groups(self.equilibria)

    def __repr__(self) -> str:
        return f"Solution({self.status.name}, {len(self)} equilibri{'um' if len(self) == 1 else 'a'}, {self.concept})"

    def __str__(self) -> str:
        from strategy.display import solution_table

        return solution_table(self)

    def _repr_html_(self) -> str:
        from strategy.display import solution_page

        return solution_page(self)


def _bystander_groups(equilibria: tuple[Equilibrium, ...]) -> tuple[tuple[Equilibrium, ...], ...]:
    """Connected components of equilibria under payoff-neutral changes by one player."""
    root = list(range(len(equilibria)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    lines: dict[Hashable, int] = {}
    for i, one in enumerate(equilibria):
        payoffs = tuple(one.payoffs.values())
        choices = tuple(one.profile.choices)
        for player in range(len(choices)):
            other = lines.setdefault((player, choices[:player], choices[player + 1 :], payoffs), i)
            low, high = sorted((find(i), find(other)))
            root[high] = low
    groups: dict[int, list[Equilibrium]] = {}
    for i, one in enumerate(equilibria):
        groups.setdefault(find(i), []).append(one)
    return tuple([tuple(group) for group in groups.values()])


def as_mapping(solution: Solution) -> Mapping[str, Any]:
    """A solution as plain data (strings, numbers, lists) for JSON. Fractions are strings such as "7/20"."""
    from strategy.display import equilibrium_data

    return {
        "concept": str(solution.concept),
        "status": solution.status.name,
        "reason": solution.reason,
        "solver": solution.solver,
        "equilibria": [equilibrium_data(one) for one in solution],
    }
