"""Which solution concepts there are to choose from, and which an analysis uses.

Derived from ``strategy.concepts``.
"""

from __future__ import annotations

import re
import shlex
from typing import Any

import attrs

import strategy.concepts as concepts
from strategy.errors import RefusalError
from strategy.names import unknown
from strategy.registry import registered

__all__ = ["choices", "choose", "fitting", "kinds", "usage"]

_YES = {"yes": True, "true": True, "no": False, "false": False}


def kinds() -> dict[str, Any]:
    """Every concept's class by its name on the command line: ``pure-nash``, ``commitment``.

    Those of ``ALL`` first.
    """
    judges = [
        getattr(concepts, name)
        for name in concepts.__all__
        if hasattr(getattr(concepts, name), "certify")
    ]
    found = dict.fromkeys(
        [*concepts.ALL, *judges, *[load() for load in registered("concepts").values()]]
    )
    return {_label(concept): concept for concept in found}


def _label(kind: type[Any]) -> str:
    return (
        re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__)
        .lower()
        .removesuffix("-equilibrium")
    )


def choices() -> dict[str, Any]:
    """Every concept that needs nothing said, by its name.

    ``pure-nash``, with one more for each option that is on or off.
    """
    known: dict[str, Any] = {}
    for label, concept in kinds().items():
        if any(_required(field) for field in _fields(concept)):
            continue
        known[label] = concept()
        for option in _switches(concept):
            known[f"{label}-{option.replace('_', '-')}"] = concept(**{option: True})
    return known


def usage(label: str) -> str:
    """A concept with what may be said of it.

    ``commitment leader=LEADER [mixed=no] [pessimistic]``. ``label``: the concept's name on
    the command line.
    """
    words = [label]
    for field in _fields(kinds()[label]):
        if _required(field):
            words.append(f"{_called(field)}={_called(field).upper()}")
        elif isinstance(field.default, bool):
            words.append(f"[{_called(field)}{'=no' if field.default else ''}]")
        else:
            words.append(f"[{_called(field)}={field.default}]")
    return " ".join(words)


def choose(text: str) -> Any:
    """The concept that a text names.

    ``pure-nash``, ``nash``, ``commitment leader=Armenia pessimistic``.

    Options are the fields of the concept's class; those that it needs may be given without
    their names, in order. Of a name an ending that no other has is enough:
    ``quantal-response``. Raises RefusalError with the names there are.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise RefusalError(
            f"concept {text!r}: {error}; quote names that contain spaces"
        ) from None
    plain, known = choices(), kinds()
    if len(words) == 1 and words[0] in plain:
        return plain[words[0]]
    head = words[0] if words else text
    fitting_ends = [label for label in known if label == head or label.endswith(f"-{head}")]
    label = head if head in known else fitting_ends[0] if len(fitting_ends) == 1 else None
    if label is None:
        raise RefusalError(unknown(head, [*known, *plain], "concept"))
    return known[label](**_options(label, known[label], words[1:]))


def _options(label: str, kind: type[Any], words: list[str]) -> dict[str, Any]:
    fields = {_called(field): field for field in _fields(kind)}
    given: dict[str, Any] = {}
    for word in words:
        option, equals, value = word.partition("=")
        option = option.replace("-", "_") if option.replace("-", "_") in fields else option
        if not equals and option in fields and isinstance(fields[option].default, bool):
            value = "yes"
        elif not equals:
            left = [
                name
                for name, field in fields.items()
                if _required(field) and field.name not in given
            ]
            option, value = (left[0], word) if left else (option, "")
        field = fields.get(option) or next(
            (one for one in fields.values() if one.name == option), None
        )
        if field is None:
            known = (
                f"{unknown(option, fields, f'option of {label}')}"
                if fields
                else f"{label} has no option {option!r}"
            )
            raise RefusalError(f"{known}; expected {usage(label)}")
        if field.name in given or not value:
            raise RefusalError(
                f"{word!r}: expected {option} once, with a value; {usage(label)}"
            )
        given[field.name] = _read(option, field, value)
    missing = [
        name
        for name, field in fields.items()
        if _required(field) and field.name not in given
    ]
    if missing:
        raise RefusalError(
            f"concept {label!r} needs {missing[0]}: give --concept {usage(label)!r}"
        )
    return given


def _read(option: str, field: Any, value: str) -> Any:
    """A switch as a truth value; anything else is read by the concept's own converter."""
    if not isinstance(field.default, bool):
        return value
    if value.casefold() not in _YES:
        raise RefusalError(f"{option}={value!r}: expected yes or no")
    return _YES[value.casefold()]


def _fields(kind: type[Any]) -> list[Any]:
    return [
        field for field in (attrs.fields(kind) if attrs.has(kind) else ()) if field.init
    ]


def _called(field: Any) -> str:
    """The name of an option.

    The symbol of the literature where the class states one, which may be no name in Python.
    """
    return str(field.metadata.get("symbol", field.name))


def _required(field: Any) -> bool:
    return field.default is attrs.NOTHING


def _switches(kind: type[Any]) -> list[str]:
    return [field.name for field in _fields(kind) if field.default is False]


def fitting(game: Any) -> tuple[Any, ...]:
    """The concepts for a game.

    The first that takes it, then that concept with each of its options on.

    Raises RefusalError with every concept's reason if there is none.
    """
    reasons = []
    for concept in concepts.ALL:
        reason = concept().refuses(game)
        if reason is None:
            return (
                concept(),
                *[concept(**{option: True}) for option in _switches(concept)],
            )
        reasons.append(reason)
    raise RefusalError.of(reasons, reasons[0])
