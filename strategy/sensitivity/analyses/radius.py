"""Radius of stability: how far assumptions may move together before the verdict changes.

The idea is that of stability radii in control (Hinrichsen and Pritchard 1986) and of
robustness in Ben-Haim, Information-Gap Decision Theory (2001): the size of the smallest
change of the data that changes the answer. Here it is proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import BOUNDS_NODES, BOUNDS_TIME
from strategy.errors import ParameterError
from strategy.protocols import Concept
from strategy.sensitivity.analyses.change_finding import (
    NOTHING_MOVES,
    Change,
    searched,
    share_text,
)
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_words, with_chance
from strategy.sensitivity.nearest.moves import Norm

__all__ = ["Radius", "radius"]

_WORDS = {
    "every": Verdict.EVERY,
    "some": Verdict.SOME,
    "no": Verdict.NO,
    "none": Verdict.NONE_EXISTS,
}


@attrs.frozen(eq=False, repr=False)
class Radius(Change):
    """How far the moving parameters may go together before the verdict changes.

    ``to``: to this verdict, if one was asked for.

    ``model``, ``concept``, ``outcome``, ``at``, ``norm``: what was asked; ``moving``: the
    parameters that may move; ``goal``: the verdicts that are a change; ``start``,
    ``start_chance``: the verdict and the outcome's probability before. What was found,
    ``lower``, ``upper``, ``attained``, ``moves``, ``witness``, ``binding``, ``nodes``,
    ``cut_short`` and ``held``, is as in every Change.
    """

    to: Verdict | None = None

    @property
    def heading(self) -> str:
        """What was asked."""
        becomes = (
            f" becomes “{verdict_words(self.to, self)}”"
            if self.to is not None
            else " changes"
        )
        return (
            f"How far assumptions may move together before {self.outcome!r} in "
            f"{self.model.name}{becomes}, {self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """How far, where to, and who switches there."""
        return (*self._begins, *self._how_far, *self._direction)

    @property
    def _how_far(self) -> list[str]:
        change = (
            "change it" if self.to is None else f"make it: {verdict_words(self.to, self)}"
        )
        after = []
        if self.witness is not None and self.to is None:
            after.append(
                "It then is: "
                f"{with_chance(self.witness.verdict, self, self.witness.chance)}."
            )
        if not self.moving:
            return [NOTHING_MOVES]
        if self.lower is None:
            return [f"No move{self._of_these} within the ranges can {change}."]
        if self.cut_short and not self.lower and self.upper is None:
            return [
                (
                    f"The search was cut short after {self.nodes} nodes, so it is open "
                    f"how far they must move to {change}."
                )
            ]
        cannot = f"Moves{self._within(self.lower, 'less than')} cannot {change}"
        if self.upper is None:
            return [
                (
                    f"{cannot}. The search was cut short after {self.nodes} nodes, so it "
                    "is open whether larger ones can."
                )
            ]
        if not self.proved:
            does = f"one of {share_text(self.upper, up=True)}, or just beyond, does"
            return [f"{cannot}; {does}. {self._gap}", *after]
        if not self.lower and self.attained:
            return []
        if not self.lower:
            return [f"Arbitrarily small moves can {change}.", *after]
        if self.attained is False:
            return [
                (
                    f"Moves{self._within(self.lower, 'at most')} cannot {change}; moves "
                    "by arbitrarily little more can."
                ),
                *after,
            ]
        size = "that size" if self.attained else "that size, or arbitrarily little more,"
        return [f"{cannot}; there is one of {size} that can.", *after]

    def _within(self, value: Any, compared: str) -> str:
        kept = (
            ""
            if not self._kept
            else " that is not held"
            if self.norm == "max"
            else self._of_these
        )
        whole = (
            " by {1} {2} of the range of each parameter{0}"
            if self.norm == "max"
            else "{0} that add up to {1} {2} of a range"
        )
        return whole.format(kept, compared, share_text(value))


def radius(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    norm: Annotated[
        Norm,
        (
            "max: every parameter may move by so large a share of its range; sum: the "
            "shares add up."
        ),
    ] = "max",
    to: Annotated[
        Literal["every", "some", "no", "none"] | None,
        "Ask for a change to this verdict; default: to any other.",
    ] = None,
    vary: Annotated[
        list[str] | None, "Move only the parameter NAME; may be repeated."
    ] = None,
    hold: Annotated[
        list[str] | None, "Hold the parameter NAME at its value; may be repeated."
    ] = None,
    nodes: Annotated[int, BOUNDS_NODES] = 200,
    seconds: Annotated[float | None, BOUNDS_TIME] = None,
) -> Radius:
    """How far assumptions may move together before the verdict changes.

    The distance is in shares of their ranges.

    Every direction is searched, from the baseline or the values given, inside the ranges;
    stress follows directions that you state. The size is exact, unless gains contain
    products of what moves: then it may be given by proved bounds at most 1/100000 apart.
    Parameters on which probabilities of chance depend are held fixed.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    to start from (name -> number). ``norm``: "max" lets every parameter move by so large a
    share of its range, "sum" adds the shares up; ``to``: ask for a change to this verdict,
    "every", "some", "no" or "none" (None: to any other). ``vary``: move only these;
    ``hold``: hold these; ``nodes`` and ``seconds``: limits of the search, at which it stops
    with bounds.

    Those that are held are listed in ``held``; to ``vary`` one of them is refused.
    """
    if to is not None and to not in _WORDS:
        raise ParameterError(
            f"to={to!r}: give one of {', '.join(map(repr, _WORDS))}, or None for a change "
            "to any other verdict"
        )
    wanted = None if to is None else _WORDS[to]

    def goal(start: Verdict) -> frozenset[Verdict]:
        return (
            frozenset(_WORDS.values()) - {start} if wanted is None else frozenset([wanted])
        )

    found = searched(
        model,
        concept,
        outcome,
        at,
        goal,
        norm=norm,
        vary=vary,
        hold=hold,
        nodes=nodes,
        seconds=seconds,
    )
    return Radius(**found, to=wanted)
