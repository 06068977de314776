"""Claims of the text that a model tests, each with what would hold if it were wrong."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.parameters import parameter_name
from strategy.errors import ModelError
from strategy.exact import exact
from strategy.names import FrozenMapping, name

__all__ = ["Claim"]


def _values(given: Mapping[str, Any]) -> FrozenMapping[str, Fraction]:
    if not isinstance(given, Mapping):
        raise ModelError(f"if_wrong={given!r} is not a mapping: give what holds instead by parameter, such as {{'leverage': 0}}")
    return FrozenMapping({parameter_name(label): exact(value, f"if_wrong value of {label}") for label, value in given.items()})


@attrs.frozen
class Claim:
    """A claim of the text: ``Claim("C4", "An open corridor pays Armenia.", paragraph=4, if_wrong={"transit_income": 0})``.

    ``if_wrong`` says which values hold if the claim is false; they may lie outside the parameters' ranges.
    """

    id: str = attrs.field(converter=lambda value: name(value, "claim id"))
    statement: str = attrs.field(validator=attrs.validators.instance_of(str))
    paragraph: int | str | None = attrs.field(
        default=None, kw_only=True, validator=attrs.validators.optional(attrs.validators.instance_of((int, str)))
    )
    if_wrong: FrozenMapping[str, Fraction] = attrs.field(factory=FrozenMapping, kw_only=True, converter=_values)
