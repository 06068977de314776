"""Statements as text.

"leverage > 2 transit_income + 1", "Armenia: open/acquiesce > refuse". Parsed; nothing is
evaluated.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

from strategy.assumptions.conditions import Condition, always, where
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.assumptions.preferences import Comparison, LinearSum, Preference, Statement
from strategy.errors import ModelError
from strategy.names import unknown
from strategy.texts import shown

if TYPE_CHECKING:
    from strategy.assumptions.model import Model

__all__ = ["read_statement"]

_RELATION = re.compile(r"(>=|<=|==|≥|≤|=|>|<)")
_ORDER = re.compile(r"(>=|≥|>)")
_FIXED = re.compile(r"\s*\(others fixed\)\s*$")
_PART = re.compile(
    r"\s*(?P<sign>[+-]?)\s*(?:(?P<number>\d+(?:\.\d+)?(?:/\d+)?)(?P<star>\s*\*)?\s*)?(?P<name>[^\W\d]\w*)?(?:\s*/\s*(?P<by>\d+))?\s*"
)
_SIDE = "numbers and multiples of parameters added up, such as 2 leverage + 1"
_WHOLE = (
    "leverage > 2 transit_income, or PLAYER: BETTER > WORSE, such as Armenia: open > refuse"
)


def read_statement(model: Model, given: object) -> Statement:
    """A statement about a model, from itself or from text.

    Text with a colon is a preference, ``PLAYER: BEST > ... > WORST`` (``>=``: at least as
    much). An item is an outcome's name, or actions with slashes between them, in the order
    of the players if all are named: ``open/acquiesce``; else ``PLAYER=ACTION``, or an
    action that one player alone has; ``not`` before one turns it round. ``PLAYER (others
    fixed): ...`` compares plays in which all others do the same. Text without a colon
    compares parameters. Raises ModelError, with the remedy. ``given``: the text, or a
    Preference or Comparison.
    """
    if isinstance(given, (Preference, Comparison)):
        return given
    if not isinstance(given, str) or not given.strip():
        raise ModelError(
            f"statement {given!r}: expected a Preference, a Comparison, or text such as "
            f"{_WHOLE}"
        )
    text = unicodedata.normalize("NFC", given)
    who, colon, order = text.partition(":")
    return _preference(model, text, who, order) if colon else _comparison(text)


def _comparison(text: str) -> Comparison:
    parts = _RELATION.split(text)
    if len(parts) != 3:
        raise ModelError(
            f"statement {text!r}: expected one relation (>, >=, =, <= or <) between two "
            f"sides, such as {_WHOLE}"
        )
    left, relation, right = parts
    return Comparison(_side(left, text), relation, _side(right, text))


def _side(given: str, text: str) -> LinearSum:
    terms: dict[str, Fraction] = {}
    constant, at = Fraction(0), 0
    while at < len(given) or at == 0:
        found = _PART.match(given, at)
        assert found is not None  # every part of it may be empty
        count = found["number"]
        label = found["name"]
        by = found["by"]
        if (
            not (count or label)
            or (found["star"] and not label)
            or (at and not found["sign"])
            or (by and not by.strip("0"))
        ):
            raise ModelError(
                f"statement {text!r}: cannot read {given[at:].strip() or given!r}: "
                f"expected {_SIDE}; products of parameters are not accepted"
            )
        try:
            value = (
                Fraction(count or 1)
                / Fraction(by or 1)
                * (-1 if found["sign"] == "-" else 1)
            )
        except ZeroDivisionError:
            raise ModelError(
                f"statement {text!r}: {count} divides by zero: expected {_SIDE}"
            ) from None
        except ValueError:  # of more digits than Python reads
            raise ModelError(
                f"statement {shown(text)}: a number has too many digits: choose other "
                "units, or round"
            ) from None
        if label:
            label = parameter_name(label)
            terms[label] = terms.get(label, Fraction(0)) + value
        else:
            constant += value
        at = found.end()
    return LinearSum(
        tuple([(label, value) for label, value in terms.items() if value]), constant
    )


def _preference(model: Model, text: str, who: str, order: str) -> Preference:
    fixed = bool(_FIXED.search(who))
    player = _FIXED.sub("", who).strip()
    if player not in model.players:
        raise ModelError(
            f"statement {text!r}: {unknown(player, model.players, 'player')}; write "
            "PLAYER: BETTER > WORSE"
        )
    pieces = _ORDER.split(order)
    items = pieces[::2]
    relations = {one.replace("≥", ">=") for one in pieces[1::2]}
    if len(relations) != 1 or "<" in order:
        raise ModelError(
            f"statement {text!r}: expected items from best to worst with > between them, "
            "or >= throughout; give an order with both as two statements"
        )
    return Preference(
        player,
        [_item(model, one.strip(), text) for one in items],
        strict=relations == {">"},
        others_fixed=fixed,
    )


def _item(model: Model, given: str, text: str) -> Condition | Outcome:
    """An outcome by its name, or actions."""
    if given in model.outcomes:
        return model.outcomes[given]
    known = {**model.form.actions, **model.form.chance}
    parts = [one.strip() for one in given.split("/")]
    if len(parts) == len(model.players) and all(
        one in known[player] for one, player in zip(parts, model.players, strict=True)
    ):
        return where(dict(zip(model.players, parts, strict=True)))
    found = always
    for one in parts:
        plain = one.removeprefix("not ").strip()
        literal = _literal(model, plain, text)
        found = found & (literal if plain == one else ~literal)
    return found


def _literal(model: Model, given: str, text: str) -> Condition:
    if given in model.outcomes:
        return model.outcomes[given].when
    known = {**model.form.actions, **model.form.chance}
    who, equals, action = [one.strip() for one in given.partition("=")]
    if equals:
        if who not in known:
            raise ModelError(f"statement {text!r}: {unknown(who, known, 'player')}")
        if action not in known[who]:
            raise ModelError(
                f"statement {text!r}: {unknown(action, known[who], f'action of {who}')}"
            )
        return where({who: action})
    having = [one for one, actions in known.items() if given in actions]
    if len(having) > 1:
        raise ModelError(
            f"statement {text!r}: {given!r} is an action of {', '.join(having)}: write "
            f"{having[0]}={given}"
        )
    if not having:
        everything = [
            *model.outcomes,
            *dict.fromkeys(action for actions in known.values() for action in actions),
        ]
        raise ModelError(
            f"statement {text!r}: {unknown(given, everything, 'action or outcome')}"
        )
    return where({having[0]: given})
