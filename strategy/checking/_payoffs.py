"""Judging checks of payoffs.

Proved by signs of polynomials over the range, or by exact linear programmes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from strategy.assumptions.bernstein import bounds
from strategy.assumptions.checks import Check, Complements, Monotone
from strategy.assumptions.explanation import Row
from strategy.assumptions.model import Model
from strategy.checking._budget import Budget
from strategy.checking._differences import Clause, Difference, clauses
from strategy.checking._range import Range, Values, common_point, require_moving
from strategy.checking._sweeping import ExampleSweep
from strategy.checking.counterexamples import Evidence, TermChange
from strategy.display import joined, number
from strategy.polynomials import Polynomial, values_at

__all__ = ["PayoffJudge"]

_HALVINGS = 200


def _raised(check: Check) -> tuple[str, ...]:
    """The parameters that a check raises."""
    if isinstance(check, Monotone):
        return (check.parameter,)
    return (
        tuple([one for one in (check.first, check.second) if isinstance(one, str)])
        if isinstance(check, Complements)
        else ()
    )


class PayoffJudge:
    """A check of payoffs over a range."""

    extra: tuple[str, ...] = ()
    needs_search, sweeps = True, False

    def __init__(self, check: Check, model: Model, at: Mapping[str, Any] | None) -> None:
        self.check = check
        self.range = Range.of(model, check.given, at)
        self.model = self.range.model
        require_moving(_raised(check), self.range)
        self.clauses = clauses(check, self.model)

    # -- at one point

    @cached_property
    def _compared(self) -> list[Polynomial]:
        return list(
            dict.fromkeys(one.poly for clause in self.clauses for one in clause.differences)
        )

    def _worths(self, values: Mapping[str, Fraction]) -> dict[Polynomial, Fraction]:
        point = [values[label] for label in self.model.parameters]
        return dict(zip(self._compared, values_at(self._compared, point), strict=True))

    def _failing(self, values: Mapping[str, Fraction]) -> Clause | None:
        found = self._worths(values)
        for clause in self.clauses:
            worths = [found[one.poly] for one in clause.differences]
            if all(worth < 0 or (clause.strict and worth == 0) for worth in worths):
                return clause
        return None

    def fails(self, values: Mapping[str, Fraction]) -> bool:
        """Whether the check fails at values of all parameters, inside the limits."""
        return self.range.inside(values) and self._failing(values) is not None

    # -- over the range

    def settle(self, budget: Budget, sweep: ExampleSweep | None) -> bool | Values:
        """True: proved. Values: it fails there. False: neither.

        ``budget``: the time that it may take; ``sweep``: looks at many values at once, None
        where that cannot be.
        """
        proved = True
        for clause in self.clauses:
            found = self._settled(clause)
            if isinstance(found, dict):
                return found
            proved = proved and found
        return proved

    def _settled(self, clause: Clause) -> bool | Values:
        signs = [
            bounds(one.poly, self.model.parameters.box, budget=_HALVINGS)
            for one in clause.differences
        ]
        fine = ("positive",) if clause.strict else ("positive", "nonnegative")
        if any(one.kind in fine for one in signs):
            return True
        if len(signs) == 1 and not self.range.joint:
            at = signs[0].below or (signs[0].zero if clause.strict else None)
            values = (
                self.range.base
                if at is None
                else dict(zip(self.model.parameters, at, strict=True))
            )
            if self.fails(values):
                return dict(values)
        rows = [(-one.poly, not clause.strict) for one in clause.differences] + list(
            self.range.limits
        )
        if any(poly.degree > 1 for poly, _ in rows):
            return False
        point = common_point(rows, self.model, self.range.base)
        return True if point is None else point

    def settle_slowly(self, budget: Budget, examples: int) -> bool | Values:
        """Nothing else is tried where a search has found nothing.

        ``budget``: the time that it may take; ``examples``: how many were asked for.
        """
        return False

    # -- a counter-example

    def evidence(self, values: Values, moved: tuple[str, ...]) -> Evidence:
        """The plays compared, what they pay there, and the terms that make the difference.

        ``values``: of all parameters; ``moved``: which of them are not where the check
        starts.
        """
        clause = self._failing(values)
        assert clause is not None
        said, terms = [], []
        for one in clause.differences:
            said.append(self._said(one, values))
            terms += self._terms(one, values)
        return Evidence(tuple(said), (), tuple(terms))

    def _said(self, one: Difference, values: Values) -> str:
        """What the difference is there, in words."""
        plays = [self.model.form.play(play) for _, play in one.plays]
        # a difference, or one of two differences
        joins = ("", " instead of ", ", less what it gets from ", " instead of ")
        what = f"what {one.player} gets from " + "".join(
            [f"{join}[{play}]" for join, play in zip(joins, plays, strict=False)]
        )
        if not one.rising:
            total = sum(
                (turn * self._payoff(one.player, play, values) for turn, play in one.plays),
                Fraction(0),
            )
            return f"{what} is {number(total)}"
        slope = one.sign * self._worths(values)[one.poly]
        verb = "rises" if slope > 0 else "falls" if slope < 0 else "stays"
        return f"{what} {verb} as {joined(self.model.labels(one.rising), 'with')} rises"

    def _payoff(self, player: str, play: int, values: Values) -> Fraction:
        return self.model.explain(self.model.form.play(play), at=values).totals[player]

    def _terms(self, one: Difference, values: Values) -> list[TermChange]:
        """The terms that the difference is made of, there and at the start.

        Only those with what rises, if something does.
        """
        amounts = [
            self.model.amount_values(self.model.parameters.read(known))
            for known in (self.range.base, values)
        ]
        found = []
        for i, term in enumerate(self.model.terms):
            weight = (
                sum(turn for turn, play in one.plays if self.model.masks[i, play])
                if term.player == one.player
                else 0
            )
            names = {str(symbol) for symbol in getattr(term.amount, "free_symbols", ())}
            if weight and (not one.rising or names & set(one.rising)):
                found.append(
                    TermChange(
                        term.player,
                        term.name,
                        term.claim,
                        weight * amounts[0][i],
                        weight * amounts[1][i],
                    )
                )
        return sorted(found, key=lambda row: row.value == row.baseline)


def term_changes(here: tuple[Row, ...], before: tuple[Row, ...]) -> list[TermChange]:
    """The terms of a gain, there and at the start; those that differ first.

    ``here``, ``before``: the terms at both places.
    """
    rows = [
        TermChange(row.player, row.term, row.claim, old.value, row.value)
        for row, old in zip(here, before, strict=True)
    ]
    return sorted(rows, key=lambda row: row.value == row.baseline)
