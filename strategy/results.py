"""What solving returns: a set of certified equilibria, and what is proved about it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import attrs

from strategy.certificates import Certificate
from strategy.completeness import Headline, headline
from strategy.errors import GameError
from strategy.exact import exact, is_ball, weighted_sum
from strategy.forms.mixed import MixedProfile
from strategy.forms.normal import NormalFormGame
from strategy.forms.plays import Play
from strategy.forms.profiles import PureProfile
from strategy.names import FrozenMapping
from strategy.protocols import Concept, Game, Profile
from strategy.texts import number_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Box", "Component", "Equilibrium", "Listing", "Solution", "Status", "Structure"]

_MOST_PLACES = 200_000


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


@attrs.frozen(eq=False, repr=False)
class Equilibrium:
    """One certified equilibrium of a game.

    In a tree it is one distribution over plays, with a ``profile`` that supports it;
    ``certificate`` is the concept's verdict on that profile.

    ``count``: in a tree, how many profiles share the distribution; ``profiles``: those
    profiles; ``component``: the number of the connected component that it belongs to. Each
    is None where the solver does not know it; the first and the last may be functions that
    find it when asked.
    """

    game: Game
    profile: Profile
    certificate: Certificate
    _count: int | Callable[[], int] | None = None
    _profiles: Iterable[PureProfile] | None = None
    _component: int | Callable[[], int | None] | None = None

    @cached_property
    def play_numbers(self) -> Mapping[int, Fraction]:
        """The plays that happen.

        Play number -> probability (a ball where the profile has balls).
        """
        return self.profile.play_numbers(self.game)

    @cached_property
    def plays(self) -> FrozenMapping[Play, Fraction]:
        """The plays that happen: Play -> probability."""
        return FrozenMapping(
            (self.game.form.play(number), weight)
            for number, weight in self.play_numbers.items()
        )

    def probability(self, holds: NDArray[np.bool_]) -> Fraction:
        """How probable it is that one of the plays for which ``holds`` is True happens.

        ``holds``: bool, one a play.

        Exactly 1 if all that happen are among them, and 0 if none is; a ball only where one
        is needed.
        """
        inside = [weight for play, weight in self.play_numbers.items() if holds[play]]
        if len(inside) == len(self.play_numbers):
            return Fraction(1)
        return sum(inside[1:], inside[0]) if inside else Fraction(0)

    @cached_property
    def payoffs(self) -> FrozenMapping[str, Fraction]:
        """What each player gets (expects, where chance moves or players mix)."""
        if isinstance(self.profile, MixedProfile) and isinstance(self.game, NormalFormGame):
            # which is quicker than a sum over the cells
            from strategy.forms._expected import expected_payoffs

            return FrozenMapping(
                zip(
                    self.game.players,
                    expected_payoffs(self.game, self.profile),
                    strict=True,
                )
            )
        return FrozenMapping(
            (
                player,
                weighted_sum(
                    (weight, exact(column[number]))
                    for number, weight in self.play_numbers.items()
                ),
            )
            for player, column in zip(self.game.players, self.game.payoffs, strict=True)
        )

    @cached_property
    def count(self) -> int | None:
        """Trees: how many profiles of the concept share this distribution over plays.

        It is None if they are not counted.
        """
        return self._count() if callable(self._count) else self._count

    @cached_property
    def component(self) -> int | None:
        """The number of the component in ``Solution.components`` that it belongs to.

        It is None if that is not known.
        """
        return self._component() if callable(self._component) else self._component

    def profiles(self) -> Iterator[Profile]:
        """The profiles that share this distribution over plays, lazily.

        The one shown if the solver does not list them.
        """
        return iter(self._profiles) if self._profiles is not None else iter((self.profile,))

    def to_arrays(self) -> tuple[NDArray[Any], ...]:
        """Normal form: one float64 vector of probabilities a player."""
        import numpy as np

        if not self.profile.strategies:
            raise GameError(
                "to_arrays() is for what each player of a normal-form game does on its "
                "own: read .profile, .plays or .payoffs"
            )
        return tuple(
            [
                np.array([float(weight) for weight in row.values()])
                for row in self.profile.strategies.values()
            ]
        )

    def __repr__(self) -> str:
        plays = " | ".join(
            f"{play}" + (f" ({number_text(weight)})" if weight != 1 else "")
            for play, weight in self.plays.items()
        )
        return f"Equilibrium({plays})"

    def _repr_html_(self) -> str:
        from strategy.display import equilibrium_page

        return equilibrium_page(self)


@attrs.frozen(eq=False)
class Component:
    """A connected set of equilibria: the union of ``subsets``.

    ``subsets``: maximal products of convex sets of which every point is an equilibrium (for
    two players the maximal Nash subsets), each given by one tuple of extreme points
    (vectors of probabilities) a player. ``equilibria``: the numbers of the equilibria of
    the solution in it; ``dimension``: the largest of a subset, 0 for a point; ``index``:
    None if not known. The indices of all components of a game sum to 1; a strict
    equilibrium has 1.
    """

    subsets: tuple[tuple[tuple[tuple[Any, ...], ...], ...], ...]
    equilibria: tuple[int, ...]
    dimension: int
    index: int | None = None


@attrs.frozen
class Box:
    """A part of the space of profiles that a search has not settled.

    It has for each player and action the least and greatest probability.
    """

    bounds: tuple[tuple[tuple[float, float], ...], ...]

    def contains(self, vectors: Sequence[Sequence[Any]]) -> bool:
        """Whether a profile, one vector of probabilities a player, lies in it.

        ``vectors``: the profile.
        """
        return all(
            low <= weight <= high
            for vector, rows in zip(vectors, self.bounds, strict=True)
            for weight, (low, high) in zip(vector, rows, strict=True)
        )


@attrs.frozen(eq=False)
class Structure:
    """What a solver knows of the whole set.

    Its components, found when asked for, and the boxes that it has not settled.

    ``infinite``: whether some component is more than a point, None if that is not known.
    ``elimination``: the strictly dominated actions that were left out of the search, each
    with the mixture that dominates it.
    """

    _components: tuple[Component, ...] | Callable[[], tuple[Component, ...]]
    boxes: tuple[Box, ...] = ()
    infinite: bool | None = None
    _number: Callable[[], int] | None = None
    elimination: Any = None

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The components, in the order of their first equilibria."""
        return self._components() if callable(self._components) else self._components

    @cached_property
    def number_of_components(self) -> int:
        """How many components there are; a solver may know that without working them out."""
        return len(self.components) if self._number is None else self._number()

    @cached_property
    def _of(self) -> dict[int, int]:
        return {
            number: place
            for place, one in enumerate(self.components)
            for number in one.equilibria
        }

    def component_of(self, number: int) -> int | None:
        """The component of an equilibrium given by its number."""
        return self._of.get(number)


class Listing(Sequence["Equilibrium"]):
    """Equilibria of which each is built when it is looked at."""

    def __init__(self, length: int, make: Callable[[int], Equilibrium]) -> None:
        self._length, self._make = length, make
        self._made: dict[int, Equilibrium] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Equilibrium, ...]: ...
    def __getitem__(self, index: int | slice) -> Equilibrium | tuple[Equilibrium, ...]:
        if isinstance(index, slice):
            return tuple([self[i] for i in range(*index.indices(self._length))])
        number = range(self._length)[index]
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]


@attrs.frozen(eq=False, repr=False)
class Solution:
    """The equilibria found, in a deterministic order, and what is proved about the set.

    ``status`` says what is proved about ``equilibria`` of ``game`` under ``concept``, and
    ``reason`` why the search ended where it is not finished; ``solver``: the name of what
    found them.

    ``rejected``: how many profiles that the solver proposed are proved to be none;
    ``undecided``: of how many neither is proved; ``structure``: what the solver knows of
    the whole set, such as its components, None if nothing.
    """

    game: Game
    concept: Concept
    status: Status
    equilibria: Sequence[Equilibrium]
    solver: str = ""
    reason: str = ""
    rejected: int = 0
    structure: Structure | None = None
    undecided: int = 0

    def __len__(self) -> int:
        return len(self.equilibria)

    def __getitem__(self, index: int) -> Equilibrium:
        return self.equilibria[index]

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.equilibria)

    def __bool__(self) -> bool:
        # A solution without equilibria is still an answer; its length says how many there
        # are.
        return True

    @cached_property
    def headline(self) -> Headline:
        """What is claimed of the set: all, some, none or infinitely many."""
        return headline(self)

    @property
    def proved(self) -> bool:
        """Whether the set is proved to be all equilibria (or that there is none)."""
        return self.status in (Status.COMPLETE, Status.NONE_EXISTS)

    @cached_property
    def hint(self) -> str:
        """A sentence on payoffs that are likely rounded fractions, such as 2/3; else "".

        Fractions that floats have rounded.
        """
        from strategy.forms.rounded import rounding_hint

        return rounding_hint(self.game)

    @property
    def components(self) -> tuple[Component, ...]:
        """The connected components of the set of all equilibria.

        With what lies between the equilibria listed.

        Raises GameError where they are not known: only a finished search for all (mixed)
        Nash equilibria finds them.
        """
        if self.structure is None or self.status is not Status.COMPLETE:
            raise GameError(
                f"the components are not known: {self.concept} gave a set that is "
                f"{self.status}; they come with solve(game, Nash()) when it ends "
                "COMPLETE. What is known so far is in .known_components"
            )
        return self.structure.components

    @property
    def known_components(self) -> tuple[Component, ...]:
        """Connected sets of equilibria that the search knows, whatever its status.

        It is () if the search knows none.

        Unless the status is COMPLETE two of them may be parts of one component, each may go
        on, and there may be others.
        """
        return self.structure.components if self.structure is not None else ()

    @property
    def unresolved(self) -> tuple[Box, ...]:
        """Where equilibria that are not listed may lie.

        Every equilibrium is listed, lies in a component, or in one of these.
        """
        return self.structure.boxes if self.structure is not None else ()

    @property
    def elimination(self) -> Any:
        """The strictly dominated actions that the search left out, round by round.

        Each comes with the mixture that dominates it. Together they are an ``Elimination``,
        which is a part of the proof; it is None if the search left none out.
        """
        return self.structure.elimination if self.structure is not None else None

    def groups(
        self, happens: Callable[[Equilibrium], Hashable] | None = None
    ) -> tuple[tuple[Equilibrium, ...], ...]:
        """Equilibria that come to the same.

        Equal payoffs for everyone and equal ``happens(equilibrium)``, in order of first
        appearance.

        With ``happens`` left out, two cells of a table belong together if a chain of
        changes by one player at a time, which change nobody's payoff, leads from one to the
        other (a bystander's choice).
        """
        if happens is not None:
            found: dict[Hashable, list[Equilibrium]] = {}
            for one in self.equilibria:
                found.setdefault((happens(one), tuple(one.payoffs.values())), []).append(
                    one
                )
            return tuple([tuple(group) for group in found.values()])
        if not all(one.profile.strategies for one in self.equilibria):
            return tuple([(one,) for one in self.equilibria])
        return _bystander_groups(self.equilibria)

    def __repr__(self) -> str:
        return f"Solution({self.status.name}, {self.headline.counted}, {self.concept})"

    def __str__(self) -> str:
        from strategy.display import solution_table

        return solution_table(self)

    def _repr_html_(self) -> str:
        from strategy.display import solution_page

        return solution_page(self)


def _bystander_groups(
    equilibria: Sequence[Equilibrium],
) -> tuple[tuple[Equilibrium, ...], ...]:
    """Connected components of equilibria under payoff-neutral changes by one player."""
    root = list(range(len(equilibria)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    lines: dict[Hashable, int] = {}
    for i, one in enumerate(equilibria):
        payoffs = tuple(
            [str(value) if is_ball(value) else value for value in one.payoffs.values()]
        )
        choices = _choices(one)
        for player in range(len(choices)):
            other = lines.setdefault(
                (player, choices[:player], choices[player + 1 :], payoffs), i
            )
            low, high = sorted((find(i), find(other)))
            root[high] = low
    groups: dict[int, list[Equilibrium]] = {}
    for i, one in enumerate(equilibria):
        groups.setdefault(find(i), []).append(one)
    return tuple([tuple(group) for group in groups.values()])


def _choices(equilibrium: Equilibrium) -> tuple[Hashable, ...]:
    """What each player does, so that equal choices are equal."""
    key = equilibrium.profile.key()
    assert isinstance(key, tuple)
    return key


def as_mapping(solution: Solution) -> Mapping[str, Any]:
    """A solution as plain data (strings, numbers, lists) for JSON.

    Fractions are strings such as "7/20".

    The plans of a tree's equilibria are left out where they have more than 200,000 places
    together.
    """
    from strategy.display import equilibrium_data

    places = len(getattr(solution.game.form, "infoset_nodes", ()))
    with_plans = len(solution) * places <= _MOST_PLACES
    return {
        "concept": str(solution.concept),
        "status": solution.status.name,
        "reason": solution.reason,
        "headline": solution.headline.data(),
        "solver": solution.solver,
        "equilibria": [equilibrium_data(one, with_plans) for one in solution],
    }
