"""What a solver is: it refuses, proposes, and says what a finished run proves.

Judging is the concept's business.
"""

from __future__ import annotations

import numbers
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

import attrs

from strategy.deadline import OutOfTime, require_seconds
from strategy.errors import OtherKind, StrategyError
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.profiles import PureProfile
from strategy.protocols import Concept

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from strategy.concepts._boxes import Boxes
    from strategy.forms.normal import NormalForm

__all__ = [
    "BATCHES",
    "Batch",
    "BoxBatch",
    "Candidate",
    "Enough",
    "Exhausted",
    "FoundBy",
    "Incomplete",
    "Limits",
    "OutOfTime",
    "PureBatch",
    "Solver",
    "refused",
    "Together",
]


_GRACE, _GRACE_SHARE = 0.2, 0.02  # seconds, and a share of the time limit


class Enough(Exception):
    """Raised by a solver that has proposed as many equilibria as ``Limits.count`` asks for.

    The status is STOPPED.
    """


class Incomplete(Exception):
    """Raised by a solver that ends without having looked everywhere.

    The reason is shown, the status is PARTIAL.
    """


def _require_count(_: Any, __: Any, value: Any) -> None:
    whole: Any = numbers.Integral
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, whole) or not value >= 0
    ):
        raise StrategyError(
            f"limit count={value!r}: expected a non-negative integer, or None for no limit"
        )


@attrs.frozen
class Limits:
    """When to stop: after so many seconds of wall time, or with so many equilibria.

    ``seconds``: a non-negative number; ``count``: a non-negative integer; None means no
    limit. ``deadline`` is set by ``started``: the reading of ``time.monotonic()`` at which
    the time is over. Raises StrategyError on any other value.
    """

    seconds: float | None = attrs.field(
        default=None, validator=lambda _, __, value: require_seconds(value)
    )
    count: int | None = attrs.field(default=None, validator=_require_count)
    deadline: float | None = attrs.field(default=None, repr=False)

    def started(self) -> Limits:
        """The same limits with the clock running."""
        if self.seconds is None:
            return self
        return attrs.evolve(
            self,
            deadline=time.monotonic() + float(min(self.seconds, threading.TIMEOUT_MAX)),
        )

    def check(self) -> None:
        """Raise OutOfTime if the time is over. Solvers call it in long loops."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTime

    def halved(self) -> Limits:
        """Limits that leave half of the time that is left."""
        now = time.monotonic()
        return (
            self
            if self.deadline is None
            else attrs.evolve(self, deadline=now + (self.deadline - now) / 2)
        )

    def overdue(self) -> bool:
        """Whether it is too late to look at what was found before the time was over."""
        return (
            self.deadline is not None
            and time.monotonic()
            > self.deadline + _GRACE + _GRACE_SHARE * float(self.seconds or 0)
        )


@attrs.frozen(eq=False)
class Candidate:
    """A profile that a solver proposes, with what it knows about it.

    ``count``: in a tree, how many profiles share the distribution over plays (or a function
    that counts them when asked); ``profiles``: an iterable over those profiles;
    ``component``: the number of a connected component; ``key``: what tells it from all else
    that this run proposes, where the solver knows (None: a profile, or a distribution over
    plays, is listed once); ``proof``: what proves it to be an equilibrium where the
    concept's certificate, which sees this profile alone, leaves it undecided.
    """

    profile: Any
    count: int | Callable[[], int] | None = None
    profiles: Iterable[PureProfile] | None = None
    component: int | None = None
    key: Hashable = None
    proof: str = ""


@attrs.frozen
class Exhausted:
    """Proposed last by a solver whose run turned out to propose every equilibrium.

    For solvers of which not every run does.
    """


@attrs.frozen(eq=False)
class Batch:
    """Many profiles of a two-player table, for concepts whose judge checks them together.

    ``vertices``: for each player whole numerators, shape (vectors, actions), and
    denominators, shape (vectors,); ``pairs``: shape (profiles, 2), which vectors make each
    profile.
    """

    AT_ONCE: ClassVar[int] = 16_384
    """How many are judged between two looks at the clock."""

    vertices: tuple[tuple[NDArray[Any], NDArray[Any]], tuple[NDArray[Any], NDArray[Any]]]
    pairs: NDArray[Any]

    def __len__(self) -> int:
        return len(self.pairs)

    def held(self, judge: Any) -> NDArray[np.bool_]:
        """Which of the profiles the judge lets pass."""
        return judge.hold(self.vertices, self.pairs)  # type: ignore[no-any-return]

    def part(self, chosen: NDArray[Any]) -> Batch:
        """Some of the profiles, with the vectors that they need.

        ``chosen``: the numbers of the profiles, in order and each once.
        """
        import numpy as np

        if len(chosen) == len(self):
            return self
        vertices, pairs = [], []
        for (numerators, denominators), column in zip(
            self.vertices, self.pairs[chosen].T, strict=True
        ):
            used, place = np.unique(column, return_inverse=True)
            vertices.append((numerators[used], denominators[used]))
            pairs.append(place)
        return Batch((vertices[0], vertices[1]), np.stack(pairs, axis=1))

    def profile(self, form: NormalForm, number: int) -> MixedProfile:
        """The profile of this ``number``, in the ``form`` of the game."""
        rows = [int(i) for i in self.pairs[number]]
        return MixedProfile(
            form,
            tuple(
                [
                    Weights(self.vertices[i][0][row], int(self.vertices[i][1][row]))
                    for i, row in enumerate(rows)
                ]
            ),
        )


@attrs.frozen(eq=False)
class BoxBatch:
    """Many profiles of a table at once, most of them by a box in floats.

    A box is to hold exactly one equilibrium.

    ``numbers``: for each profile its number among the boxes, or, if it is negative, -1 less
    the number that ``single`` makes it from.
    """

    AT_ONCE: ClassVar[int] = 256

    boxes: Boxes
    single: Callable[[int], PureProfile | MixedProfile]
    numbers: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers)

    def held(self, judge: Any) -> NDArray[np.bool_]:
        """Which of the profiles the judge lets pass."""
        import numpy as np

        inside = self.numbers >= 0
        passed = np.zeros(len(self), dtype=np.bool_)
        if inside.any():
            passed[inside] = judge.hold_boxes(self.boxes)[self.numbers[inside]]
        passed[~inside] = [
            judge.certify(self.single(-1 - number)).holds
            for number in self.numbers[~inside].tolist()
        ]
        return passed

    def part(self, chosen: NDArray[Any]) -> BoxBatch:
        """Some of the profiles, by their numbers, with the boxes that they need.

        ``chosen``: these numbers.
        """
        import numpy as np

        numbers = self.numbers[chosen]
        inside = numbers >= 0
        kept = self.boxes.part(numbers[inside])
        numbers[inside] = np.arange(len(kept))
        return BoxBatch(kept, self.single, numbers)

    def profile(self, form: NormalForm, number: int) -> PureProfile | MixedProfile:
        """One of the profiles; if it is in a box, its digits are worked out now.

        ``form``: of the game; ``number``: of the profile.
        """
        place = int(self.numbers[number])
        return self.single(-1 - place) if place < 0 else self.boxes.profile(form, place)


@attrs.frozen(eq=False)
class PureBatch:
    """Many pure profiles of a table at once.

    ``cells`` of shape (profiles, players), numbers of actions.
    """

    AT_ONCE: ClassVar[int] = 65_536

    cells: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.cells)

    def held(self, judge: Any) -> NDArray[np.bool_]:
        """Which of the profiles the judge lets pass."""
        return judge.hold_pure(self.cells)  # type: ignore[no-any-return]

    def part(self, chosen: NDArray[Any]) -> PureBatch:
        """Some of the profiles, by their numbers.

        ``chosen``: these numbers.
        """
        return PureBatch(self.cells[chosen])

    def profile(self, form: NormalForm, number: int) -> PureProfile:
        """One of the profiles.

        ``form``: of the game; ``number``: of the profile.
        """
        return PureProfile(form, tuple(self.cells[number].tolist()))


@attrs.frozen(eq=False)
class Together:
    """Two batches, one after the other."""

    AT_ONCE: ClassVar[int] = 256

    first: Any
    second: Any

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def held(self, judge: Any) -> NDArray[np.bool_]:
        """Which of the profiles the judge lets pass."""
        import numpy as np

        return np.concatenate([self.first.held(judge), self.second.held(judge)])

    def part(self, chosen: NDArray[Any]) -> Together:
        """Some of the profiles, by their numbers in increasing order.

        ``chosen``: these numbers.
        """
        early = chosen < len(self.first)
        return Together(
            self.first.part(chosen[early]),
            self.second.part(chosen[~early] - len(self.first)),
        )

    def profile(self, form: NormalForm, number: int) -> Any:
        """One of the profiles.

        ``form``: of the game; ``number``: of the profile.
        """
        count = len(self.first)
        return (
            self.first.profile(form, number)
            if number < count
            else self.second.profile(form, number - count)
        )


BATCHES = (Batch, BoxBatch, PureBatch, Together)


@attrs.frozen
class FoundBy:
    """Says which solver makes the proposals that follow, where one solver asks others."""

    solver: str


@runtime_checkable
class Solver(Protocol):
    """The interface of a solver. Options are fields of the solver object."""

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why this solver does not take the game or the concept, with the remedy.

        The result is None if it does take them.
        """

    def propose(
        self, game: Any, concept: Concept, limits: Limits, rng: np.random.Generator
    ) -> Iterator[Any]:
        """What may be an equilibrium of ``game`` under ``concept``: profiles or Batches.

        The profiles come bare or as Candidates.

        Last, a Structure of the whole set and Exhausted, if known. ``limits``: when to
        stop, to be looked at in long loops by ``limits.check()``; ``rng``: what a random
        choice is drawn from.
        """

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """Whether a run that ends by itself has proposed every equilibrium.

        The run is one on ``game`` under ``concept``.
        """


def refused(
    solver: Solver,
    game: Any,
    concept: Concept,
    kinds: type[object] | tuple[type[object], ...],
    finds: str,
) -> str | None:
    """Why a solver for some concepts does not take a game and a concept; None if it does.

    ``kinds``: the classes of its concepts; ``finds``: what it finds, and what to use, as
    "Nash equilibria: use Nash()".
    """
    if isinstance(concept, kinds):
        return concept.refuses(game)
    found, remedy = finds.split(":")
    return OtherKind(f"{type(solver).__name__} finds {found}, not {concept}:{remedy}")
