"""The linear programmes behind commitment.

One for each reply of the follower that the leader may want to bring about.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.linear import LinearSolution, LinearStatus, maximise

__all__ = ["Leadership", "Optimum"]

Vector = tuple[Fraction, ...]


@attrs.frozen
class Optimum:
    """What the leader can get: the value; what it plays and the replies that count there.

    Where a supremum is not reached, ``toward`` is a strategy such that moving from
    ``leader`` to it by any small share leaves only these replies best.
    """

    value: Fraction
    leader: Vector
    replies: tuple[int, ...]
    toward: Vector | None = None


@attrs.frozen(eq=False)
class Leadership:
    """Both players' payoffs as whole numbers on scales of their own.

    Rows are the leader's actions, columns the follower's.
    """

    leads: NDArray[Any]
    follows: NDArray[Any]

    def best_replies(self, leader: Sequence[Fraction]) -> tuple[int, ...]:
        """The follower's best replies to a strategy.

        ``leader``: the strategy.
        """
        worth = self.worth_to_follower(leader)
        return tuple([b for b, value in enumerate(worth) if value == max(worth)])

    def worth(self, leader: Sequence[Fraction]) -> list[Fraction]:
        """What the leader gets from a strategy against each reply."""
        return self._worth(self.leads, leader)

    def worth_to_follower(self, leader: Sequence[Fraction]) -> list[Fraction]:
        """What the follower gets from each reply to a strategy.

        ``leader``: the strategy.
        """
        return self._worth(self.follows, leader)

    @staticmethod
    def _worth(table: NDArray[Any], leader: Sequence[Fraction]) -> list[Fraction]:
        return [
            sum((x * int(v) for x, v in zip(leader, column, strict=True)), Fraction(0))
            for column in table.T
        ]

    @property
    def count(self) -> int:
        """How many replies the follower has."""
        return len(self.follows.T)

    def pure(self, pessimistic: bool) -> list[Optimum]:
        """Every action that is best for the leader to be bound to, with the replies.

        Those that count. ``pessimistic``: whether the follower harms where it is
        indifferent.
        """
        found = []
        for a, row in enumerate(self.follows):
            replies = [b for b in range(self.count) if row[b] == row.max()]
            gains = [int(self.leads[a, b]) for b in replies]
            value = min(gains) if pessimistic else max(gains)
            chosen = tuple(
                [b for b, gain in zip(replies, gains, strict=True) if gain == value]
            )
            found.append(
                Optimum(
                    Fraction(value),
                    tuple([Fraction(int(i == a)) for i in range(len(self.follows))]),
                    chosen,
                )
            )
        best = max(one.value for one in found)
        return [one for one in found if one.value == best]

    # -- mixed strategies

    def _solve(
        self, aim: Any, rows: list[Any], bounds: list[Any], reply: int, extra: int = 0
    ) -> LinearSolution:
        """Maximise over strategies to which ``reply`` is a best reply.

        There are ``extra`` further unknowns, of which ``rows`` say more.
        """
        size = len(self.follows)
        ahead = (self.follows - self.follows[:, [reply]]).T
        within = np.concatenate(
            [ahead, np.zeros((self.count, extra), dtype=object)], axis=1
        )
        matrix = np.concatenate(
            [within, np.array(rows, dtype=object).reshape(len(rows), size + extra)]
        )
        whole = np.array([[1] * size + [0] * extra], dtype=object)
        return maximise(
            aim, at_most=(matrix, [0] * self.count + bounds), equal=(whole, [1])
        )

    def optimistic(self) -> list[Optimum]:
        """The follower helps where it is indifferent.

        For every reply that is part of an optimum, one strategy.

        Conitzer and Sandholm, "Computing the optimal strategy to commit to", ACM Conference
        on Electronic Commerce (2006).
        """
        found = []
        for reply in range(self.count):
            answer = self._solve([int(v) for v in self.leads[:, reply]], [], [], reply)
            if answer.status is LinearStatus.OPTIMAL:
                assert answer.value is not None
                found.append(Optimum(answer.value, answer.x, (reply,)))
        best = max(one.value for one in found)
        return [one for one in found if one.value == best]

    def pessimistic(self) -> list[Optimum]:
        """The follower harms where it is indifferent.

        The supremum, and strategies that reach it if there are any.

        Around almost every strategy just one reply is best, up to replies that always pay
        the follower the same. So the supremum is found over the replies that are best on an
        open set (von Stengel and Zamir, "Leadership games with convex strategy sets", Games
        and Economic Behavior 69, 2010).
        """
        found = []
        for reply in range(self.count):
            if reply != self._alike[reply][0]:
                continue
            inner = self._inside(reply)
            if inner is None:
                continue
            value, leader = self._worst_case(reply)
            found.append((value, reply, leader, inner))
        best = max(one[0] for one in found)
        top = [one for one in found if one[0] == best]
        reached = [
            one
            for one in [self._reached(reply, best) for _, reply, _, _ in top]
            if one is not None
        ]
        return reached or [
            Optimum(best, leader, self._alike[reply], inner)
            for _, reply, leader, inner in top
        ]

    @cached_property
    def _alike(self) -> list[tuple[int, ...]]:
        """For each reply, those that always pay the follower the same, itself included."""
        columns = self.follows.T
        return [
            tuple([c for c in range(self.count) if (columns[c] == columns[b]).all()])
            for b in range(self.count)
        ]

    def _inside(self, reply: int) -> Vector | None:
        """A strategy to which only the reply, and those alike, are best.

        It is None if there is none.
        """
        size = len(self.follows)
        others = [b for b in range(self.count) if b not in self._alike[reply]]
        rows = [
            [*[int(v) for v in self.follows[:, b] - self.follows[:, reply]], 1]
            for b in others
        ]
        rows.append([0] * size + [1])
        answer = self._solve([0] * size + [1], rows, [0] * len(others) + [1], reply, 1)
        return (
            answer.x[:size]
            if answer.status is LinearStatus.OPTIMAL and answer.value
            else None
        )

    def _worst_case(self, reply: int) -> tuple[Fraction, Vector]:
        """The most that the leader is sure of while the reply is best.

        The follower chooses among those alike.
        """
        size, least = len(self.leads), int(self.leads.min())
        rows = [
            [*[least - int(v) for v in self.leads[:, b]], 1] for b in self._alike[reply]
        ]
        answer = self._solve([0] * size + [1], rows, [0] * len(rows), reply, 1)
        assert answer.value is not None
        return answer.value + least, answer.x[:size]

    def _reached(self, reply: int, value: Fraction) -> Optimum | None:
        """A strategy at which even the worst best reply gives the value; None if none does.

        This reply is among the best.

        Replies that are best at every strategy left are asked to give the value too, until
        no more come in; then the average of strategies at which each of the rest is not
        best has only these as best replies.
        """
        size = len(self.leads)
        kept = set(self._alike[reply])
        while True:
            rows = [[-int(v) for v in self.leads[:, b]] for b in sorted(kept)]
            bounds = [-value] * len(rows)
            points, always = [], set(kept)
            for other in [None, *[b for b in range(self.count) if b not in kept]]:
                aim = (
                    [0] * size
                    if other is None
                    else [int(v) for v in self.follows[:, reply] - self.follows[:, other]]
                )
                answer = self._solve(aim, rows, bounds, reply)
                if answer.status is not LinearStatus.OPTIMAL:
                    return None
                points.append(answer.x)
                if other is not None and answer.value == 0:
                    always.add(other)
            if always == kept:
                leader = tuple(
                    [
                        sum(values, Fraction(0)) / len(points)
                        for values in zip(*points, strict=True)
                    ]
                )
                return Optimum(
                    value,
                    leader,
                    tuple([b for b in sorted(kept) if self.worth(leader)[b] == value]),
                )
            kept = always
