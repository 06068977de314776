"""Payoffs and gains split by claim.

Which claims of the text pay whom how much, and which other terms do.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.display import joined, number
from strategy.forms.plays import Play
from strategy.texts import number_text

__all__ = [
    "SplitPart",
    "gain_parts",
    "gain_words",
    "part_steps",
    "parts_data",
    "payoff_parts",
]


_DIGITS = 3


@attrs.frozen
class SplitPart:
    """What one claim (None: terms outside the claims) gives one player.

    The sum of its terms, each with its own amount.
    """

    player: str
    claim: str | None
    value: Fraction
    terms: tuple[tuple[str, str, Fraction], ...]
    """(name, amount as written, value)"""
    model: Model = attrs.field(repr=False)

    @property
    def label(self) -> str:
        """By which claim, in words; some terms stand for none."""
        return (
            "outside the claims"
            if self.claim is None
            else f"by {self.model.claim_label(self.claim, quoted=True)}"
        )


def payoff_parts(
    model: Model, plays: Mapping[Play, Fraction], at: Mapping[str, Fraction]
) -> tuple[SplitPart, ...]:
    """What is played, split: each player's expected payoff is the sum of its parts.

    ``model``: whose terms these are; ``plays``: play -> probability; ``at``: the value of
    every parameter.
    """
    return _parts(model, {play: (weight, None) for play, weight in plays.items()}, at)


def gain_parts(
    model: Model,
    after: Mapping[Play, Fraction],
    before: Mapping[Play, Fraction],
    at: Mapping[str, Fraction],
    player: str,
) -> tuple[SplitPart, ...]:
    """What one player gains if ``after`` is played instead of ``before``, split.

    Terms that cancel are left out. ``model``: whose terms these are; ``at``: the value of
    every parameter.
    """
    if len(after) == 1 == len(before):
        ((new, _),), ((old, _),) = after.items(), before.items()
        shown: dict[Play, tuple[Fraction, Play | None]] = {new: (Fraction(1), old)}
    else:
        shown = {play: (weight, None) for play, weight in after.items()}
        for play, weight in before.items():
            known = shown.get(play, (Fraction(0), None))[0]
            shown[play] = (known - weight, None)
    return tuple([part for part in _parts(model, shown, at) if part.player == player])


def _parts(
    model: Model,
    plays: Mapping[Play, tuple[Fraction, Play | None]],
    at: Mapping[str, Fraction],
) -> tuple[SplitPart, ...]:
    worth: dict[tuple[str, str | None, str], tuple[str, Fraction]] = {}
    for play, (weight, instead_of) in plays.items():
        for row in model.explain(play, instead_of=instead_of, at=at).rows:
            key = (row.player, row.claim, row.term)
            known = worth.get(key, (row.amount, Fraction(0)))[1]
            worth[key] = (row.amount, known + weight * row.value)
    groups: dict[tuple[str, str | None], list[tuple[str, str, Fraction]]] = {}
    for (player, claim, term), (amount, value) in worth.items():
        if value:
            groups.setdefault((player, claim), []).append((term, amount, value))
    order = [*model.claims, None]
    parts = [
        SplitPart(
            *key, sum((value for _, _, value in terms), Fraction(0)), tuple(terms), model
        )
        for key, terms in groups.items()
    ]
    return tuple(
        sorted(
            parts,
            key=lambda part: (model.players.index(part.player), order.index(part.claim)),
        )
    )


def part_steps(parts: tuple[SplitPart, ...]) -> list[tuple[str, Fraction]]:
    """The steps of a waterfall: one a claim, called by its terms.

    ``parts``: of one player.
    """
    steps = []
    for part in parts:
        # terms that stand for no claim have nothing in common: each is a step of its own
        if part.claim is None:
            steps += [(name, value) for name, _, value in part.terms]
        else:
            steps.append(
                (
                    (
                        f"{part.model.claim_label(part.claim)}: "
                        f"{'; '.join(name for name, _, _ in part.terms)}"
                    ),
                    part.value,
                )
            )
    return steps


def gain_words(parts: tuple[SplitPart, ...], rounded: bool = False) -> str:
    """One amount a claim.

    "gains 5 by C4 (leverage lost), loses 3 by C7 (attention spent obstructing)".

    ``rounded`` is for amounts at a value that is itself rounded. ``parts``: of one player's
    gain.
    """
    about = "about " if rounded else ""
    if rounded:
        parts = tuple(
            [attrs.evolve(part, value=round(part.value, _DIGITS)) for part in parts]
        )
    gains = [about + _part_words(part) for part in parts if part.value > 0]
    losses = [about + _part_words(part) for part in parts if part.value < 0]
    said = [
        f"{verb} {joined(shown)}"
        for verb, shown in (("gains", gains), ("loses", losses))
        if shown
    ]
    return ", ".join(said) or f"gets {about}the same from both"


def _part_words(part: SplitPart) -> str:
    signs = {value > 0 for _, _, value in part.terms}
    balance = " on balance" if len(signs) > 1 else ""
    return (
        f"{number(abs(part.value))}{balance} {part.label} "
        f"({'; '.join(name for name, _, _ in part.terms)})"
    )


def parts_data(parts: tuple[SplitPart, ...]) -> list[dict[str, Any]]:
    """``parts`` as plain data."""
    return [
        {
            "player": part.player,
            "claim": part.claim,
            "value": number_text(part.value),
            "terms": [
                {"name": name, "amount": amount, "value": number_text(value)}
                for name, amount, value in part.terms
            ],
        }
        for part in parts
    ]
