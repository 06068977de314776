"""Boxes in floats that are proved to hold exactly one equilibrium each.

Their digits are worked out when they are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts._certify import CertifiedPoint, certify, pure_point
from strategy.concepts._gains import MixedGains, Support
from strategy.exact import is_ball
from strategy.forms.mixed import MixedProfile
from strategy.forms.normal import NormalForm
from strategy.forms.profiles import PureProfile

__all__ = ["Boxes", "unit_payoffs", "widened"]


def unit_payoffs(tables: Sequence[NDArray[Any]]) -> NDArray[np.float64]:
    """Whole payoffs, one array a player, as one row each.

    Moved and scaled to [0, 1], within one rounding of the exact value. ``tables``: the
    payoffs.
    """
    result = np.empty((len(tables), tables[0].size))
    for row, table in zip(result, tables, strict=True):
        low, high = int(table.min()), int(table.max())
        scale = high - low or 1
        if scale < 2**52 and table.dtype == np.int64:
            np.divide((table - low).ravel(), float(scale), out=row)
        else:  # Python rounds a quotient of whole numbers once
            row[:] = [(int(value) - low) / scale for value in table.flat]
    return result


@attrs.frozen(eq=False)
class Boxes:
    """For each equilibrium a box around it, in floats.

    ``used``: which actions have positive probability; ``centres``: probabilities, of which
    those of the actions in use but each player's first count (both of shape (boxes,
    players, most actions)); ``radii``: of these probabilities, shape (boxes,). ``within``:
    how far from the centre the equilibrium is at most, once that is proved. ``digits``:
    weights that are not rational are read as balls of radius below 10^-digits.
    """

    gains: MixedGains
    used: NDArray[np.bool_]
    centres: NDArray[np.float64]
    radii: NDArray[np.float64]
    within: NDArray[np.float64]
    digits: int = 30

    @classmethod
    def around(
        cls,
        gains: MixedGains,
        used: NDArray[np.bool_],
        points: NDArray[np.float64],
        radii: NDArray[np.float64],
        digits: int,
    ) -> Boxes:
        """Boxes around points in floats, wide enough for all within ``radii`` of them.

        ``gains``: of the game; ``used``: the actions in use, shape (boxes, players,
        actions); ``digits``: that are worked out when read.
        """
        return cls(gains, used, points.copy(), radii.copy(), np.zeros(len(radii)), digits)

    def __len__(self) -> int:
        return len(self.radii)

    def part(self, chosen: Any) -> Boxes:
        """Some of them, by a mask or by their numbers in a new order.

        ``chosen``: the mask, or the numbers.
        """
        arrays = (
            self.used[chosen],
            self.centres[chosen],
            self.radii[chosen],
            self.within[chosen],
        )
        return Boxes(self.gains, *arrays, digits=self.digits)

    def examine(self, unit: NDArray[np.float64], steps: int = 0) -> NDArray[np.int64]:
        """For each box HOLDS, NOT or OPEN.

        HOLDS if it is proved to hold exactly one equilibrium that uses just these actions,
        NOT if what it holds is proved to be none, OPEN otherwise.

        ``unit``: what ``unit_payoffs`` returns; ``steps``: with any, centres are improved
        by Newton's method first, and the boxes are widened by how far they moved.
        """
        from strategy.concepts import _boxes_kernel as kernel

        shape = np.array(self.gains.shape, dtype=np.int64)
        stride = np.array(self.gains.stride, dtype=np.int64)
        verdicts = np.zeros(len(self), dtype=np.int64)
        if not self.used.any(axis=2).all():
            return verdicts
        free = max(int(shape.sum()) - len(shape), 1)
        size = unit.shape[1]
        square = np.empty((3, free, free))
        work = (
            np.empty(size, dtype=np.int64),
            np.empty(size),
            np.empty(free),
            square[0],
            square[1],
            square[2],
        )
        kernel.examine.run(
            max(unit.size, len(self)),
            shape,
            stride,
            unit,
            self.used,
            self.centres,
            self.radii,
            self.within,
            verdicts,
            steps,
            work,
        )
        return verdicts

    def distinct(self) -> list[int]:
        """The numbers of the boxes that hold, each equilibrium once.

        Those that use the first actions come first.

        Of two boxes for one set of actions the equilibria are the same exactly if they may
        be, as near as they are known to be to their centres (at most a quarter of the
        radius): for then one lies in the wider of the two, which holds but one.
        """
        order = (
            np.lexsort(-np.round(self.centres, 9).reshape(len(self), -1).T[::-1])
            if len(self)
            else np.empty(0, dtype=int)
        )
        free = self._free
        kept: dict[bytes, list[int]] = {}
        result = []
        for number in order.tolist():
            same = kept.setdefault(self.used[number].tobytes(), [])
            if not any(
                np.abs(free[number] - free[other]).max()
                <= self.within[number] + self.within[other]
                for other in same
            ):
                same.append(number)
                result.append(number)
        return result

    @property
    def _free(self) -> NDArray[np.float64]:
        """The weights that the radii speak of, 0 elsewhere."""
        return np.where(self.used & (self.used.cumsum(axis=2) > 1), self.centres, 0.0)

    def have(self, point: CertifiedPoint) -> bool:
        """Whether an equilibrium found otherwise is one of those in the boxes, which hold.

        ``point``: the equilibrium.
        """
        used = np.zeros(self.used.shape[1:], dtype=np.bool_)
        weights = np.zeros(self.used.shape[1:])
        for i, vector in enumerate(point.vectors):
            used[i, : len(vector)] = [not weight == 0 for weight in vector]  # noqa: SIM201 - a ball around 0
            weights[i, : len(vector)] = [float(weight) for weight in vector]
        apart = np.abs(
            np.where(used & (used.cumsum(axis=1) > 1), weights, 0.0) - self._free
        ).max(axis=(1, 2), initial=0.0)
        return bool(
            ((self.used == used).all(axis=(1, 2)) & (apart <= self.within + 1e-15)).any()
        )

    def support(self, number: int) -> Support:
        """The actions in use in one of the boxes.

        ``number``: of the box.
        """
        return tuple(
            [
                tuple([s for s, used in enumerate(row) if used])
                for row in self.used[number].tolist()
            ]
        )

    def point(self, number: int) -> CertifiedPoint:
        """The equilibrium in a box, proved again in ball arithmetic.

        Exact if it is pure or rational, else with all digits. ``number``: of the box.
        """
        support = self.support(number)
        if all(len(actions) == 1 for actions in support):
            return pure_point(
                self.gains, self.gains.offset([actions[0] for actions in support])
            )
        # as it is the only one in the whole box, a smaller one will do
        near = max(8 * float(self.within[number]), 1e-13)
        return certify(self.gains, self.centres[number], support, near, self.digits)

    def profile(self, form: NormalForm, number: int) -> PureProfile | MixedProfile:
        """The equilibrium in a box as a profile; see ``point``.

        ``form``: of the game; ``number``: of the box.
        """
        support = self.support(number)
        if all(len(actions) == 1 for actions in support):
            return PureProfile(form, tuple([actions[0] for actions in support]))
        return MixedProfile.from_vectors(form, widened(self.point(number).vectors))


def widened(vectors: Sequence[Sequence[Any]]) -> tuple[tuple[Any, ...], ...]:
    """Balls twice as wide.

    That a root lies strictly inside can be shown again from outside. ``vectors``: one a
    player.
    """
    return tuple(
        [
            tuple([_twice(weight) if is_ball(weight) else weight for weight in vector])
            for vector in vectors
        ]
    )


def _twice(ball: Any) -> Any:
    from flint import arb

    return arb(ball.mid(), 2 * ball.rad())
