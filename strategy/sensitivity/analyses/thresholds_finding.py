"""Thresholds: how far each assumption must move, alone, until the verdict changes.

It also tells whose deviation binds there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.completeness import never_changes
from strategy.display import Chip, Strip, Table, joined, listed, number, percent
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.analyses.thresholds_result import Thresholds
from strategy.sensitivity.analyses.thresholds_rows import Along, along_data, tried_data
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_words

__all__ = ["ThresholdsFound"]

_STRIP = 16
_MOST_POINTS = 2
_LONGEST = 9  # characters of a point before it is rounded


@attrs.frozen(eq=False, repr=False)
class ThresholdsFound(Finding):
    """All assumptions under one concept: those that move the verdict, nearest first.

    Those that never do; those of which single values alone were tried; those not examined.
    ``parameter``: the one asked about, if it was one.
    """

    model: Model
    concept: Concept
    outcome: str
    parameter: str | None
    moving: tuple[Along, ...]
    still: tuple[Along, ...]
    tried: tuple[Along, ...]
    refused: tuple[Along, ...]

    @classmethod
    def of(
        cls,
        model: Model,
        concept: Concept,
        outcome: str,
        found: Sequence[Along],
        parameter: str | None,
    ) -> ThresholdsFound:
        """Sort what was found along each assumption.

        ``model``, ``concept``, ``outcome``, ``parameter``: what was asked.
        """
        moving = sorted(
            [one for one in found if one.moves],
            key=lambda one: 2.0 if one.distance is None else one.distance,
        )
        still = tuple([one for one in found if len(one.runs) == 1])
        tried = tuple(
            [one for one in found if one.result is not None and one.result.sampled]
        )
        return cls(
            model,
            concept,
            outcome,
            parameter,
            tuple(moving),
            still,
            tried,
            tuple([one for one in found if one.refused]),
        )

    def __iter__(self) -> Iterator[Thresholds]:
        """What is drawn: the results along what moves the verdict, then those tried.

        Along all others if there are none.
        """
        rows = [*self.moving, *self.tried] or self.still
        return iter([one.result for one in rows if one.result is not None])

    @property
    def has_figure(self) -> bool:
        """Whether anything moves, or may."""
        return bool(self.moving or self.tried)

    @property
    def settled(self) -> bool:
        """Whether all were examined exactly and none moves the verdict."""
        return not self.moving and not self.tried and not self.refused

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts that occur along the assumptions that move."""
        seen = {run.verdict for one in self.moving for run in one.runs}
        return tuple([verdict for verdict in Verdict if verdict in seen])

    @property
    def heading(self) -> str:
        """What was asked."""
        alone = "no parameters" if not self.model.parameters else "each assumption alone"
        asked = alone if self.parameter is None else self.model.label(self.parameter)
        return f"“{self.outcome}” along {asked}, {self.concept}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Along each assumption that moves the verdict, where it changes; then the rest.

        Nearest first, and who switches there.
        """
        return (
            *[sentence for one in self.moving for sentence in (one.sentence, *one.turning)],
            *self.others,
        )

    @property
    def others(self) -> tuple[str, ...]:
        """Which assumptions never move the verdict, and what was seen or not examined.

        Seen at values tried alone.
        """
        said = [one.sentence for one in self.still]
        if len(said) > 1:
            said = [never_changes(joined([one.label for one in self.still]))]
        said += [one.sentence for one in self.tried]
        return (
            *said,
            *[f"Not examined along {one.label}: {one.refused}." for one in self.refused],
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """A strip for each assumption over its range, and what the signs mean.

        Each strip's row tells where the verdict changes, and who switches there.
        """
        if not self.moving:
            return ()
        header = [
            "assumption",
            "assumed",
            "changes at",
            "away",
            "over its range",
            "who switches as it rises",
        ]
        strips = Table(header, [_row(one) for one in self.moving], right=[1, 2, 3])
        caption = f"Over its range, {self.model.outcomes[self.outcome].clause()}:"
        shown = next(iter(self))
        signs = [
            [
                Strip((0, 1), (one,), (one, one), None, 1),
                Chip(one, verdict_words(one, shown)),
            ]
            for one in self.verdicts
        ]
        here = [
            Strip((0, 1), self.verdicts[:1], self.verdicts[:1] * 2, 0.5, 1),
            "here is the value assumed",
        ]
        return strips, Table(["", ""], [*signs, here], caption=caption)

    def data(self) -> dict[str, Any]:
        """All of it: one entry for eachn assumption."""
        return {
            "concept": str(self.concept),
            "outcome": self.outcome,
            "moving": [along_data(each) for each in self.moving],
            "never_moving": [each.parameter for each in self.still],
            "tried": [tried_data(each) for each in self.tried],
            "not_examined": [
                {"parameter": each.parameter, "reason": each.refused}
                for each in self.refused
            ],
        }


def _row(one: Along) -> list[Any]:
    assert one.result is not None
    # Without points the verdict changes at the very end of the range.
    points = one.result.points or [run.low for run in one.runs[1:]]
    texts = [
        text if len(text := number(point)) <= _LONGEST else f"{float(point):.4g}"
        for point in points
    ]
    away = "" if one.distance is None else percent(one.distance)
    turns = [
        f"{turn.binding.player}: {turn.binding.from_} → {turn.binding.to}"
        for _, turns in one.turns
        for turn in turns
    ]
    strip = one.result.strip(_STRIP, one.value)
    return [
        one.label,
        number(one.value),
        listed(texts, _MOST_POINTS),
        away,
        strip,
        "; ".join(dict.fromkeys(turns)),
    ]
