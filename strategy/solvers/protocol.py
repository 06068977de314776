"""What a solver is: it refuses, proposes, and says what a finished run proves. Judging is the concept's business."""

from __future__ import annotations

import numbers
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import attrs

from strategy.errors import StrategyError
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.profiles import PureProfile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from strategy.concepts._boxes import Boxes
    from strategy.forms.normal import NormalForm

__all__ = ["Batch", "BoxBatch", "Candidate", "Incomplete", "Limits", "OutOfTime", "Solver"]


class Incomplete(Exception):
    """Raised by a solver that ends without having looked everywhere; the reason is shown, the status is PARTIAL."""


class OutOfTime(Exception):
    """Raised by ``Limits.check`` when the time is over; the status is STOPPED."""


def _not_negative(_: Any, attribute: Any, value: Any) -> None:
    kind: Any = numbers.Integral if attribute.name == "count" else numbers.Real
    words = "whole number" if attribute.name == "count" else "number"
    if value is not None and (isinstance(value, bool) or not isinstance(value, kind) or not value >= 0):
        raise StrategyError(f"limit {attribute.name}={value!r}: expected a {words} that is not negative, or None for no limit")


@attrs.frozen
class Limits:
    """When to stop: after ``seconds`` of wall time, or once ``count`` equilibria are found. None means no limit."""

    seconds: float | None = attrs.field(default=None, validator=_not_negative)
    count: int | None = attrs.field(default=None, validator=_not_negative)
    deadline: float | None = attrs.field(default=None, repr=False)

    def started(self) -> Limits:
        """The same limits with the clock running."""
        return self if self.seconds is None else attrs.evolve(self, deadline=time.monotonic() + float(self.seconds))

    def check(self) -> None:
        """Raise OutOfTime if the time is over. Solvers call it in long loops."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTime


@attrs.frozen(eq=False)
class Candidate:
    """A profile that a solver proposes, with what it knows about it.

    ``count``: in a tree, how many profiles share the distribution over plays (or a function that counts them when asked);
    ``profiles``: an iterable over those profiles; ``component``: the number of a connected component.
    """

    profile: Any
    count: int | Callable[[], int] | None = None
    profiles: Iterable[PureProfile] | None = None
    component: int | None = None


@attrs.frozen(eq=False)
class Batch:
    """Many profiles of a two-player table at once, for concepts whose judge checks them together.

    ``vertices``: for each player whole numerators, shape (vectors, actions), and denominators, shape (vectors,);
    ``pairs``: shape (profiles, 2), which vectors make each profile.
    """

    vertices: tuple[tuple[NDArray[Any], NDArray[Any]], tuple[NDArray[Any], NDArray[Any]]]
    pairs: NDArray[Any]

    def __len__(self) -> int:
        return len(self.pairs)

    def held(self, judge: Any) -> NDArray[np.bool_]:
        """Which of the profiles the judge lets pass."""
        return judge.hold(self.vertices, self.pairs)  # type: ignore[no-any-return]

    def part(self, chosen: NDArray[Any]) -> Batch:
        """Some of the profiles, by their numbers."""
        return Batch(self.vertices, self.pairs[chosen])

    def profile(self, form: NormalForm, number: int) -> MixedProfile:
        """One of the profiles."""
        rows = [int(i) for i in self.pairs[number]]
        return MixedProfile(
            form, tuple([Weights(self.vertices[i][0][row], int(self.vertices[i][1][row])) for i, row in enumerate(rows)])
        )


@attrs.frozen(eq=False)
class BoxBatch:
    """Many profiles of a table at once, most of them by a box in floats that is to hold exactly one equilibrium.

    ``numbers``: for each profile its number among the boxes, or, if it is negative, -1 less its number in ``profiles``.
    """

    boxes: Boxes
    profiles: tuple[PureProfile | MixedProfile, ...]
    numbers: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers)

    def held(self, judge: Any) -> NDArray[np.bool_]:
        """Which of the profiles the judge lets pass."""
        import numpy as np

        passed = judge.hold_boxes(self.boxes)
        singles = [judge.certify(profile).holds for profile in self.profiles]
        return np.concatenate([passed, np.array(singles[::-1], dtype=np.bool_)])[self.numbers]

    def part(self, chosen: NDArray[Any]) -> BoxBatch:
        """Some of the profiles, by their numbers."""
        return BoxBatch(self.boxes, self.profiles, self.numbers[chosen])

    def profile(self, form: NormalForm, number: int) -> PureProfile | MixedProfile:
        """One of the profiles; if it is in a box, its digits are worked out now."""
        place = int(self.numbers[number])
        if place < 0:
            return self.profiles[-1 - place]
        return self.boxes.profile(form, place)


@runtime_checkable
class Solver(Protocol):
    """The interface of a solver. Options are fields of the solver object."""

    def refuses(self, game: Any, concept: Any) -> str | None:
        """Why this solver does not take the game or the concept, with the remedy; None if it does."""

    def propose(self, game: Any, concept: Any, limits: Limits, rng: np.random.Generator) -> Iterator[Any]:
        """Profiles, Candidates or Batches that may be equilibria; last, a Structure of the whole set, if the solver knows it."""

    def exhaustive(self, game: Any, concept: Any) -> bool:
        """Whether a run that ends by itself has proposed every equilibrium."""
