"""Equilibria compared by what they pay.

Payoff dominance, Pareto comparison, and welfare with weights that are stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.completeness import among
from strategy.concepts.objectives import Welfare
from strategy.display import joined, number
from strategy.errors import RefusalError
from strategy.exact import is_ball
from strategy.results import Equilibrium, Solution

__all__ = ["ParetoComparison", "Ranked", "pareto_comparison", "welfare_ranking"]


@attrs.frozen(eq=False)
class ParetoComparison:
    """Every two equilibria of a solution compared by the payoffs of all players.

    Equilibria are numbered from 0.

    ``better``: pairs (i, j) such that i pays everyone at least what j does and someone
    more; ``strictly_better``: i pays everyone more, which is payoff dominance (Harsanyi and
    Selten 1988); ``undecided``: pairs of which balls do not tell. Nothing is added up
    across players.
    """

    solution: Solution
    better: tuple[tuple[int, int], ...]
    strictly_better: tuple[tuple[int, int], ...]
    undecided: tuple[tuple[int, int], ...]

    @property
    def undominated(self) -> tuple[int, ...]:
        """The equilibria that no other one of the solution is better than."""
        worse = {j for _, j in self.better}
        return tuple([i for i in range(len(self.solution)) if i not in worse])

    @property
    def payoff_dominant(self) -> int | None:
        """The equilibrium that pays everyone more than every other one does.

        It is None if there is none.
        """
        most = len(self.solution) - 1
        counts = [sum(i == one for one, _ in self.strictly_better) for i in range(most + 1)]
        return counts.index(most) if most in counts else None

    @property
    def proved(self) -> bool:
        """Whether the set compared is known whole, and not just what was found.

        Of a continuum the extreme ones are compared.
        """
        return self.solution.proved and not self.undecided

    def __str__(self) -> str:
        if not len(self.solution):
            return "there is nothing to compare"
        numbers = joined([f"#{i + 1}" for i in self.undominated])
        known = among(self.solution.headline, not self.undecided)
        best = self.payoff_dominant
        if best is not None and len(self.solution) > 1:
            return f"among {known} #{best + 1} pays every player more than every other"
        return (
            f"among {known} no other is better for some and worse for none than {numbers}"
        )


def pareto_comparison(solution: Solution) -> ParetoComparison:
    """Compare every two equilibria of a solution, player by player.

    In a complete solution of ``Nash()`` for two players, an equilibrium that is not listed
    pays no player more than some listed one in which the others get no less, so what is
    said of the list holds for all.
    """
    _require_solution(solution)
    better = []
    strictly = []
    undecided = []
    payoffs = [list(one.payoffs.values()) for one in solution]
    for i, one in enumerate(payoffs):
        for j, other in enumerate(payoffs):
            if i == j:
                continue
            signs = [_sign(a, b) for a, b in zip(one, other, strict=True)]
            if any(sign == -1 for sign in signs):
                continue
            if None in signs:
                undecided.append((i, j))
            elif 1 in signs:
                better.append((i, j))
                if 0 not in signs:
                    strictly.append((i, j))
    return ParetoComparison(solution, tuple(better), tuple(strictly), tuple(undecided))


def _sign(a: Any, b: Any) -> int | None:
    """The sign of a difference; None where balls overlap."""
    if not (is_ball(a) or is_ball(b)):
        return int(a > b) - int(a < b)
    from flint import arb, fmpq

    one, other = [
        value if is_ball(value) else arb(fmpq(value.numerator, value.denominator))
        for value in (a, b)
    ]
    return 1 if one > other else -1 if one < other else None


@attrs.frozen(eq=False)
class Ranked:
    """An equilibrium with its number in the solution and its welfare.

    A ball where payoffs are balls.
    """

    number: int
    equilibrium: Equilibrium
    welfare: Any

    def __str__(self) -> str:
        return f"#{self.number + 1}: {number(self.welfare)}"


def welfare_ranking(solution: Solution, weights: Mapping[str, Any]) -> tuple[Ranked, ...]:
    """The equilibria of a solution by welfare, the largest first.

    The sum of the players' payoffs, each times the weight stated.

    ``weights``: one for every player. Payoffs have no common unit: the weights say what a
    point of each player's counts, and with other weights the order may be another. Raises
    GameError where a weight is missing.
    """
    _require_solution(solution)
    stated = Welfare(weights).checked(solution.game)
    ranked = []
    for i, one in enumerate(solution):
        terms = [_times(weight, one.payoffs[who]) for who, weight in stated.items()]
        ranked.append(Ranked(i, one, sum(terms[1:], terms[0])))
    # Balls have no order of their own: by their midpoints.
    return tuple(sorted(ranked, key=lambda one: (-_middle(one.welfare), one.number)))


def _times(weight: Fraction, payoff: Any) -> Any:
    return (
        payoff * weight.numerator / weight.denominator
        if is_ball(payoff)
        else weight * payoff
    )


def _middle(value: Any) -> Fraction:
    if not is_ball(value):
        return Fraction(value)
    mantissa, exponent = map(int, value.mid().man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _require_solution(given: Any) -> None:
    if not isinstance(given, Solution):
        raise RefusalError(
            f"{given!r} is a {type(given).__name__}: give the Solution that solve(game, "
            "concept) returns"
        )
