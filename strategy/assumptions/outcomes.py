"""Outcomes: what a verdict is about, named conditions on the play."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from strategy.assumptions.conditions import Compiler, Condition
from strategy.assumptions.terms import read_when
from strategy.errors import ModelError
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.forms.plays import Play
from strategy.names import name, phrase
from strategy.older_pickles import takes_older_pickles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Outcome"]


def _label(value: object) -> str:
    return name(value, "outcome")


def _phrase(value: object) -> str:
    return phrase(value, "phrase of an outcome", ModelError)


@takes_older_pickles
@attrs.frozen
class Outcome:
    """A named condition on the play: ``Outcome("corridor open", when=runs)``.

    In ``model.outcomes`` it knows the model's form, so that mistyped plays are found out
    and ``mask`` covers all plays. ``ask``, ``yes`` and ``no`` are what people read in place
    of its name: "Does the corridor open?", and as clauses "the corridor opens" and "the
    corridor stays shut". One that is ``shared`` between models may name actions that a
    model does not have: they are never taken there.
    """

    name: str = attrs.field(converter=_label)
    when: Condition = attrs.field(converter=read_when)
    form: NormalForm | ExtensiveForm | None = attrs.field(
        default=None, kw_only=True, eq=False, repr=False
    )
    ask: str = attrs.field(default="", kw_only=True, converter=_phrase)
    yes: str = attrs.field(default="", kw_only=True, converter=_phrase)
    no: str = attrs.field(default="", kw_only=True, converter=_phrase)
    shared: bool = attrs.field(default=False, kw_only=True, eq=False, repr=False)

    @property
    def question(self) -> str:
        """Whether it comes about, as a question."""
        return self.ask or f"Does “{self.name}” come about?"

    def clause(self, called: str | None = None) -> str:
        """That it comes about, as a clause.

        Its ``yes``, or its name (as it is ``called``, say in other quotes) and a verb.
        """
        return self.yes or f"{called or f'“{self.name}”'} comes about"

    def holds(self, play: Play | Mapping[str, Any]) -> bool:
        """Whether it holds on a play.

        The play is a Play, or a mapping from players and chance moves to what they do.

        Raises GameError on a mapping that names no play of the model's form.
        """
        if isinstance(play, Play):
            return self.when.holds(play)
        if not isinstance(play, Mapping):
            raise ModelError(
                f"{play!r} is not a play: give a Play, or a mapping such as {{'Armenia': "
                f"'open', 'Russia': 'acquiesce'}}"
            )
        return self.when.holds(
            Play(tuple(_steps(play)))
            if self.form is None
            else self.form.play(self.form.find(play))
        )

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """For each play of the model's form, whether it holds. Shape (plays,)."""
        if self.form is None:
            raise ModelError(
                f"outcome {self.name!r} belongs to no form: take it from model.outcomes, "
                "or use outcome.when.mask(form)"
            )
        return Compiler(self.form).mask(self.when, shared=self.shared)


def _steps(play: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """The steps that a mapping speaks of.

    {player: {information set: action}} where someone moves more than once.
    """
    for given, what in play.items():
        who = name(given, "player")
        for place, action in what.items() if isinstance(what, Mapping) else ((None, what),):
            yield (
                who,
                name(place, "information set") if isinstance(place, str) else place,
                name(action, f"action of {who}"),
            )
