"""Phrases: what people read in place of the name of an action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from strategy.display import joined
from strategy.errors import ModelError
from strategy.names import FrozenMapping, composed, keyed, phrase, unknown

if TYPE_CHECKING:
    from strategy.forms.plays import Step
    from strategy.protocols import Form

__all__ = ["Phrase", "Phrases", "check_phrases", "phrase_map", "steps_in_words"]


def _phrase(value: object) -> str:
    said = phrase(value, "phrase of an action", ModelError)
    if not said:
        raise ModelError(
            "the phrase of an action is empty: give both forms, such as Phrase('Russia "
            "runs the route', 'to run the route')"
        )
    return said


@attrs.frozen
class Phrase:
    """An action in two forms: ``Phrase("Russia runs the route", "to run the route")``.

    ``clause`` says that it is taken, ``infinitive`` names it. Each has at most 80
    characters. Raises ModelError on what is empty or no phrase.
    """

    clause: str = attrs.field(converter=_phrase)
    infinitive: str = attrs.field(converter=_phrase)


Phrases = FrozenMapping[tuple[str, str], Phrase]
"""For (player or chance move, action or event): what people read in its place."""


def phrase_map(given: Any) -> Phrases:
    """What is ``given`` as phrases by player and action, with names as they are kept."""
    if not isinstance(given, Mapping) or not all(
        isinstance(one, Phrase) for one in given.values()
    ):
        raise ModelError(
            f"phrases is {given!r}: give a mapping, such as phrases={{('Russia', "
            f"'broker'): Phrase('Russia runs the route', 'to run the route')}}"
        )
    return FrozenMapping(keyed(given, "phrases key", ModelError, _key))


def _key(given: Any) -> tuple[str, str]:
    if not (isinstance(given, tuple) and len(given) == 2):
        raise ModelError(
            f"phrases has the key {given!r}: give a player and one of its actions, such "
            "as ('Russia', 'broker')"
        )
    return composed(given)  # type: ignore[no-any-return]


def check_phrases(phrases: Phrases, form: Form) -> None:
    """Raise ModelError where ``phrases`` has one for what nobody in the ``form`` does."""
    known = {**form.actions, **getattr(form, "chance", {})}
    for player, action in phrases:
        if player not in known:
            raise ModelError(f"phrases: {unknown(player, known, 'player')}")
        if action not in known[player]:
            raise ModelError(
                f"phrases: {unknown(action, known[player], f'action of {player}')}"
            )


def steps_in_words(steps: tuple[Step, ...], phrases: Phrases) -> str:
    """The ``steps`` of a play as clauses: "Türkiye presses and Azerbaijan waits".

    "" unless each has one of the ``phrases``.
    """
    said = [
        phrases.get((str(place if who is None else who), done))
        for who, place, done in steps
    ]
    return joined([one.clause for one in said if one]) if all(said) else ""
