"""Why a goal fails: few polynomials whose signs alone rule it out.

Of these, such as are far from turning are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from strategy import deadline
from strategy.sensitivity.deciding.judges import ALL, ZERO, Judge, ruled_out
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["Relaxing", "reason"]


def reason(
    judge: Judge,
    goal: frozenset[Verdict],
    kept: Mapping[int, int],
    sign: Callable[[int], int],
    cost: Callable[[int, int], float],
) -> dict[int, int] | None:
    """Sets of signs that rule the goal out together with ``kept``, a polynomial each.

    The result is None if the goal holds where polynomials have ``sign``.

    Forms are let go in the order of what it costs to turn them, the cheapest first, by
    halves (QuickXplain: Junker 2004), so the cheapest that is left is as costly as can be.
    ``judge``: by sets of signs; ``cost``: (form, sign) -> what it costs.
    """
    return Relaxing(judge, goal, kept, sign).run(cost)


class Relaxing:
    """Each polynomial has one sign, or a set with zero added, or all that may be.

    Zero is added where ``adds`` says so; all is what ``kept`` and the box allow.
    """

    def __init__(
        self,
        judge: Judge,
        goal: frozenset[Verdict],
        kept: Mapping[int, int],
        sign: Callable[[int], int],
        adds: bool = True,
    ) -> None:
        self.judge = judge
        self.goal = goal
        self.kept = kept
        self.sign = sign
        self.adds = adds
        self.now: dict[int, int] = {}
        self.asked: set[int] = set()

    def widest(self, number: int) -> int:
        """All that a polynomial, given by its ``number``, may have."""
        somewhere: int = self.judge.planes.widest[number]
        return self.kept.get(number, ALL) & somewhere

    def holds(self) -> bool:
        """Whether the goal is ruled out; if so, ``asked`` are the polynomials that this took."""
        asked: set[int] = set()

        def allowed(number: int) -> int:
            asked.add(number)
            if number not in self.now:
                self.now[number] = self.sign(number)
            return self.now[number]

        deadline.check()
        found = ruled_out(self.judge.bounds(allowed), self.goal, self.judge.exists)
        if found:
            self.asked = asked
        return found

    def run(self, cost: Callable[[int, int], float]) -> dict[int, int] | None:
        """Let go of all that is not needed, what is cheap to turn first.

        The result is None if the goal is not ruled out at all. ``cost``: (form, sign) ->
        what it costs.
        """
        if not self.holds():
            return None
        done: set[int] = set()
        while self.judge.sets:
            todo = [
                number
                for number in self.asked - done
                if self.now[number] != self.widest(number)
            ]
            if not todo:
                break
            done.update(todo)
            self.relax(
                sorted(todo, key=lambda number: (cost(number, self.now[number]), number))
            )
        return {
            number: self.now[number]
            for number in sorted(self.asked)
            if self.now[number] != self.widest(number)
        }

    def relax(self, numbers: list[int]) -> None:
        """Let go of what is not needed, the first ones first.

        ``numbers``: of the forms, in order.
        """
        before = {number: self.now[number] for number in numbers}
        self.now.update({number: self.widest(number) for number in numbers})
        if self.holds():
            return
        self.now.update(before)
        if len(numbers) > 1:
            self.relax(numbers[: len(numbers) // 2])
            self.relax(numbers[len(numbers) // 2 :])
            return
        (number,) = numbers
        weak = (before[number] | ZERO) & self.widest(number)
        if self.adds and weak not in (before[number], self.widest(number)):
            self.now[number] = weak
            if not self.holds():
                self.now[number] = before[number]
