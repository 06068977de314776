"""Who stands in the way of an outcome.

How often would it come about if one player were bound to an action, or could not take it?

A player whose consent an outcome needs is a veto player (G. Tsebelis, "Veto Players", 2002).
Here that is measured over the ranges of the assumptions: the same samples are solved with the
player as free as all others, and with fewer actions (``Model.with_actions``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import captioned
from strategy.display import Table, joined
from strategy.errors import ModelError
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.deciding.verdicts import Verdict, read_question, verdict_words
from strategy.sensitivity.samples.intervals import Estimate, share
from strategy.sensitivity.samples.shares import draw, sample_size

__all__ = ["Blocking", "Restricted", "blocking"]

_SHOWN = 8


@attrs.frozen(eq=False)
class Restricted:
    """What follows if a player has these actions alone.

    ``words``: what that means, as "could only broker"; ``verdicts``: how many samples have
    which verdict; ``every``: at which samples the
    outcome is in every equilibrium, shape (samples,).
    """

    player: str
    actions: tuple[str, ...]
    words: str
    verdicts: Mapping[Verdict, int]
    every: NDArray[np.bool_]

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return len(self.every)

    def frequency(self, verdict: Verdict) -> Estimate:
        """The share of the samples with a verdict, with its exact binomial interval."""
        return share(self.verdicts.get(verdict, 0), self.samples)


@attrs.frozen(eq=False, repr=False)
class Blocking(Finding):
    """How often an outcome comes about with all players free, and with one of them bound.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``seed``: that of the samples;
    ``free``: all players as they are; ``restrictions``: each that was tried.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    seed: int | None
    free: Restricted
    restrictions: tuple[Restricted, ...]

    @property
    def best(self) -> dict[str, Restricted]:
        """For each player, the restriction under which the outcome comes about most often.

        It is in every equilibrium at the most samples; of several, the one that leaves the
        player the most.
        """
        found: dict[str, Restricted] = {}
        for one in self.restrictions:
            known = found.get(one.player)
            if known is None or _worth(one) > _worth(known):
                found[one.player] = one
        return found

    @property
    def openers(self) -> dict[frozenset[str], int]:
        """Which players could bring the outcome about alone, at how many samples.

        Of those at which it is not in every equilibrium: how many would have it so if one of
        these players, and no other, were bound to an action.
        """
        closed = ~self.free.every
        able = {
            player: np.zeros(int(closed.sum()), dtype=bool) for player in self.model.players
        }
        for one in self.restrictions:
            able[one.player] |= one.every[closed]
        rows = zip(*[each.tolist() for each in able.values()], strict=True)
        return dict(
            Counter(
                frozenset([who for who, can in zip(able, row, strict=True) if can])
                for row in rows
            )
        )

    @property
    def heading(self) -> str:
        """What was asked."""
        return f"Who stands in the way of {self.outcome!r} in {self.model.name}, {self.concept}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What comes about with all free, then each player, the one that matters most first."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        words = verdict_words(Verdict.EVERY, self)
        yield (
            f"With all players free {self.outcome!r} is {words} at "
            f"{self.free.frequency(Verdict.EVERY).percent()} of "
            f"{self.free.samples:,} uniform samples of the ranges, seed {self.seed} (exact "
            "95 % intervals)."
        )
        ranked = sorted(self.best.values(), key=_worth, reverse=True)
        helping = [one for one in ranked if one.every.sum() > self.free.every.sum()]
        for one in helping:
            yield (
                f"If {one.player} {one.words}, it would be at "
                f"{one.frequency(Verdict.EVERY).percent()}."
            )
        others = [one.player for one in ranked if one not in helping]
        if others:
            yield f"Binding {joined(others, 'or')} to an action would not raise that share."
        if self._closed:
            nobody = share(self.openers.get(frozenset(), 0), self._closed)
            yield (
                f"Of the samples at which it is not, restricting one player would not be enough "
                f"at {nobody.percent()}."
            )

    @property
    def _closed(self) -> int:
        """At how many samples the outcome is not in every equilibrium."""
        return int((~self.free.every).sum())

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row for each player and what it is bound to; then who alone could bring it about."""
        every = (self.free, *self.restrictions)
        kinds = [kind for kind in ORDER if any(one.verdicts.get(kind) for one in every)]
        rows = [
            [one.player, one.words, *[one.frequency(kind).percent() for kind in kinds]]
            for one in every
        ]
        header = ["player", "", *[verdict_words(kind, self) for kind in kinds]]
        words = f"Share of the samples at which {self.outcome!r} comes about"
        first = Table(
            header, rows, range(2, len(header)), caption=captioned(words, self.concept)
        )
        openers = sorted(self.openers.items(), key=lambda row: -row[1])
        alone = [
            [
                joined(sorted(who, key=self.model.players.index), "or") or "nobody alone",
                share(count, self._closed).percent(),
            ]
            for who, count in openers[:_SHOWN]
        ]
        words = (
            f"Who alone, with fewer actions, would bring {self.outcome!r} about: shares of the "
            f"samples at which it is not {verdict_words(Verdict.EVERY, self)}"
        )
        left = len(openers) - _SHOWN
        more = f"and {left} more" if left > 0 else ""
        second = Table(["one of", "share"], alone, [1], caption=words, more=more)
        return (first, second) if alone else (first,)

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "samples": self.free.samples,
            "seed": self.seed,
            "free": _data(self.free),
            "restrictions": [_data(one) for one in self.restrictions],
            "openers": [
                {
                    "players": sorted(who, key=self.model.players.index),
                    "share": share(count, self._closed).data(),
                }
                for who, count in self.openers.items()
            ],
        }


def _worth(one: Restricted) -> tuple[int, int]:
    """How often it brings the outcome about, then how much it leaves the player."""
    return int(one.every.sum()), len(one.actions)


def _restrictions(model: Model, player: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each action of a player alone, and, of three or more, all but each.

    The actions, and what that means in words.
    """
    actions = model.form.actions[player]
    said = {
        one: model.phrases[player, one].infinitive.removeprefix("to ")
        if (player, one) in model.phrases
        else one
        for one in actions
    }
    for action in actions if len(actions) > 1 else ():
        yield (action,), f"could only {said[action]}"
    for action in actions if len(actions) > 2 else ():
        yield tuple([one for one in actions if one != action]), f"could not {said[action]}"


def _data(one: Restricted) -> dict[str, Any]:
    return {
        "player": one.player or None,
        "actions": list(one.actions),
        "verdicts": {
            kind.name: one.frequency(kind).data() for kind in ORDER if kind in one.verdicts
        },
    }


def read_moves(texts: Iterable[str]) -> dict[str, str]:
    """Moves that are taken as made, from texts: ``Azerbaijan=connect``."""
    found = {}
    for text in texts:
        player, equals, action = [part.strip() for part in text.partition("=")]
        if not (player and equals and action):
            raise ModelError(
                f"played={text!r}: expected PLAYER=ACTION, such as Azerbaijan=connect"
            )
        found[player] = action
    return found


def blocking(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    samples: Annotated[
        int | None, "How many samples (default: as many as are quick)."
    ] = None,
    seed: Annotated[int, "The seed of the samples."] = 0,
    played: Annotated[
        Mapping[str, str] | None, "A move that is taken as made, PLAYER=ACTION.", read_moves
    ] = None,
) -> Blocking:
    """Who stands in the way of an outcome, and how much.

    How often would it come about if one player were bound to an action, or could not take it?
    ``model``, ``concept``, ``outcome``: what is asked, as for ``verdict``. Every player is
    bound to each of its actions in turn, and, if it has three or more, kept from each; uniform
    ``samples`` of the range box, the same for all, are solved for the others' equilibria.
    ``at`` fixes parameters; ``seed`` that of the samples; ``played``: moves taken as made
    throughout, player -> action, such as that somebody asks.

    Raises ModelError or GameError on names that do not exist.
    """
    chosen = read_question(model, concept, outcome)
    start = model.with_actions(played or {})
    rows = draw(model, sample_size(model, concept, samples), seed, at)

    def solved(player: str, actions: tuple[str, ...], words: str) -> Restricted:
        bound = start.with_actions({player: actions}) if player else start
        codes = classify(bound, concept, chosen.name, rows, at)[0]
        counts = np.bincount(codes, minlength=len(ORDER)).tolist()
        verdicts = dict(zip(ORDER, counts, strict=True))
        return Restricted(
            player, actions, words, verdicts, codes == ORDER.index(Verdict.EVERY)
        )

    restrictions = [
        solved(player, *one)
        for player in start.players
        for one in _restrictions(start, player)
    ]
    free = solved("", (), "everyone free")
    return Blocking(
        model, concept, chosen.name, dict(at or {}), seed, free, tuple(restrictions)
    )
