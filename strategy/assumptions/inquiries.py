"""Questions that a model states, as data.

The words of the question, and the analysis that answers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from strategy.errors import ModelError
from strategy.names import FrozenMapping, keyed, name, prose
from strategy.older_pickles import takes_older_pickles

__all__ = ["Inquiry", "Option"]

Option = str | int | float | tuple[str, ...]
"""What an option may be: text, a number, yes or no (bool), or a tuple of texts where it may
be repeated."""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ModelError(
            f"the text of an inquiry is {value!r}: ask in a sentence what is to be answered"
        )
    return prose(value, "text of an inquiry")


def _analysis(value: object) -> str:
    return name(value, "analysis")


def _named(value: object) -> str | None:
    return None if value is None else name(value, "outcome or concept")


def _options(given: Any) -> FrozenMapping[str, Option]:
    example = "options={'parameter': 'russia_attention'}"
    if not isinstance(given, Mapping):
        raise ModelError(
            f"options={given!r} is not a mapping: give values by the names of options, "
            f"such as {example}"
        )
    return FrozenMapping(
        {
            label: _value(label, value)
            for label, value in keyed(given, "option", ModelError).items()
        }
    )


def _value(label: str, value: Any) -> Option:
    found = tuple(value) if isinstance(value, list) else value
    if isinstance(found, (str, int, float)) or (
        isinstance(found, tuple) and all(isinstance(one, str) for one in found)
    ):
        return found
    raise ModelError(
        f"option {label!r} is {value!r}: give text, a number, True or False, or a tuple "
        "of texts"
    )


@takes_older_pickles
@attrs.frozen
class Inquiry:
    """A question put to a model, with the analysis that answers it.

    ``Inquiry("How weak must Russia's attention be?", "thresholds", {"parameter":
    "attention"})``: ``text`` is the question as people ask it.

    ``analysis`` and ``options`` are named as on the command line (``strategy thresholds
    MODEL --parameter attention``), with _ for -; the answer is what the analysis finds out,
    in its own words. ``outcome``: what is asked about (the model's headline, if none is
    named); ``concept``: under which solution concept (the first that takes the game), as
    after ``--concept``. Which analyses there are is not known here: one that cannot answer
    says so in place of the answer.
    """

    text: str = attrs.field(converter=_text)
    analysis: str = attrs.field(converter=_analysis)
    options: FrozenMapping[str, Option] = attrs.field(
        factory=FrozenMapping, converter=_options
    )
    outcome: str | None = attrs.field(default=None, converter=_named, kw_only=True)
    concept: str | None = attrs.field(default=None, converter=_named, kw_only=True)
