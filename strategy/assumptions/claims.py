"""Claims of the text that a model tests, each with what would hold if it were wrong."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.checks import Check
from strategy.assumptions.parameters import parameter_name
from strategy.errors import ModelError
from strategy.exact import exact
from strategy.names import FrozenMapping, keyed, name, phrase, prose
from strategy.older_pickles import takes_older_pickles
from strategy.texts import shown

__all__ = ["Claim"]


def _values(given: Mapping[str, Any]) -> FrozenMapping[str, Fraction]:
    if not isinstance(given, Mapping):
        raise ModelError(
            f"if_wrong={shown(given)} is not a mapping: give what holds instead by "
            f"parameter, such as {{'leverage': 0}}"
        )
    named = keyed(given, "parameter", ModelError, parameter_name)
    return FrozenMapping(
        {
            label: exact(value, f"if_wrong value of {label}")
            for label, value in named.items()
        }
    )


def _id(value: object) -> str:
    return name(value, "claim id")


def _label(value: object) -> str:
    return phrase(value, "label of a claim", ModelError)


def _statement(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ModelError(
            f"the statement of a claim is {shown(value)}: say in a sentence what is claimed"
        )
    return prose(value, "statement of a claim")


def _paragraph(value: object) -> int | str | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, str))):
        raise ModelError(
            f"the paragraph of a claim is {shown(value)}: give a number, or text such as "
            "'4 and 9'"
        )
    return prose(value, "paragraph of a claim") if isinstance(value, str) else value


def _checks(given: Any) -> tuple[Check, ...]:
    found = (
        (given,)
        if isinstance(given, Check)
        else tuple(given)
        if isinstance(given, (tuple, list))
        else None
    )
    if found is None or not all(isinstance(one, Check) for one in found):
        raise ModelError(
            f"checks={given!r}: give checks, such as checks=(Occurs('corridor open', "
            "'every'),)"
        )
    return found


@takes_older_pickles
@attrs.frozen
class Claim:
    """A claim of the text, with what holds if it is wrong and what it means in the model.

    ``Claim("C4", "An open corridor pays Armenia.", paragraph=4, if_wrong={"transit_income":
    0})``: its ``id``, its ``statement`` in a sentence, and the ``paragraph`` of the text in
    which it stands (a number or words).

    ``if_wrong`` says which values hold if the claim is false; they may lie outside the
    parameters' ranges. ``checks`` say what the claim means in the model, over the ranges;
    ``required``: whether the model is meant to bear the claim out. ``label`` is what people
    read in place of the id, "Russia is busy elsewhere"; code, commands and JSON keep the
    id.

    Raises ModelError on an empty statement, an id or label that is not well formed, and
    checks that are none.
    """

    id: str = attrs.field(converter=_id)
    statement: str = attrs.field(converter=_statement)
    paragraph: int | str | None = attrs.field(default=None, converter=_paragraph)
    if_wrong: FrozenMapping[str, Fraction] = attrs.field(
        factory=FrozenMapping, converter=_values
    )
    checks: tuple[Check, ...] = attrs.field(default=(), converter=_checks, kw_only=True)
    required: bool = attrs.field(default=False, kw_only=True)
    label: str = attrs.field(default="", kw_only=True, converter=_label)
