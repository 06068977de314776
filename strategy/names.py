"""Names of players, actions and information sets.

Normalised, checked, and found again when mistyped.
"""

from __future__ import annotations

import difflib
import gc
import itertools
import unicodedata
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    MappingView,
    Sequence,
    Set as AnySet,
    Sized,
)
from typing import Any, TypeVar

from strategy.characters import escaped, hidden, one_line
from strategy.errors import GameError, ModelError, StrategyError

__all__ = [
    "FrozenMapping",
    "composed",
    "different_phrases",
    "keyed",
    "name",
    "names",
    "ordered",
    "phrase",
    "prose",
    "require_order",
    "unknown",
]

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V", covariant=True)
W = TypeVar("W")


class FrozenMapping(Mapping[K, V]):
    """A read-only mapping that keeps its order, hashes by its items and can be pickled."""

    __slots__ = ("_data",)

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._data: dict[K, V] = dict(items)

    def __getitem__(self, key: K) -> V:
        try:
            return self._data[key]
        except KeyError:
            return self._data[composed(key)]

    def __iter__(self) -> Iterator[K]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, key: object) -> bool:
        return key in self._data or composed(key) in self._data

    def __hash__(self) -> int:
        return hash(frozenset(self._data.items()))

    def __repr__(self) -> str:
        try:
            return repr(self._data)
        # Python writes no whole number of more than some thousand digits
        except ValueError:
            return (
                f"<{len(self._data)} entries, with numbers too long to be written out: "
                f"{', '.join(map(repr, self._data))}>"
            )

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenMapping, (self._data,))


def composed(key: Any) -> Any:
    """A key as names are kept, so that a decomposed name finds what a composed one does."""
    if isinstance(key, str):
        return key if key.isascii() else unicodedata.normalize("NFC", key)
    return tuple([composed(one) for one in key]) if type(key) is tuple else key


def name(value: object, what: str) -> str:
    """One name in Unicode normal form C.

    So a composed and a decomposed "Türkiye" are the same.

    ``value``: the name as given.

    Raises GameError on what is not a string, on nothing but spaces, and on characters that
    are not seen or move others: line breaks, tabs and other controls, signs of direction,
    signs without width, lone surrogates.
    """
    if not isinstance(value, str):
        from strategy.texts import shown  # which needs this module

        raise GameError(
            f"{what} {shown(value)} is a {type(value).__name__}, not a name: give a "
            "non-empty string"
        )
    if not value.strip():
        raise GameError(f"{what} {value!r} is empty: give a non-empty string")
    if (found := hidden(value)) is not None:
        called = (
            _CONTROLS.get(found)
            or unicodedata.name(found, "a control character or none at all").lower()
        )
        raise GameError(
            f"{what} '{escaped(value)}' has a character that is invisible or reorders "
            f"others, U+{ord(found):04X} ({called}): leave it out of the name"
        )
    # a string of NumPy's or of an enumeration is one of Python's own
    text = value if type(value) is str else str.__str__(value)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def names(values: Iterable[object], what: str) -> tuple[str, ...]:
    """Distinct names, in the order given.

    ``values``: the names as given; ``what``: what they name, for errors.

    Raises GameError on an empty list, a set, or a name that comes twice.
    """
    if isinstance(values, str):
        raise GameError(
            f"{what} list {values!r} is a single string: give a tuple of names, such as "
            f"({values!r},)"
        )
    if not isinstance(values, Iterable):
        raise GameError(
            f"{what} list {values!r} is a {type(values).__name__}: give a tuple of names"
        )
    result = tuple([name(value, what) for value in ordered(values, f"{what} list")])
    if not result:
        raise GameError(f"no {what} is given: expected at least one name")
    # nobody tells names apart by the width of their spaces
    seen = [" ".join(one.split()) for one in result]
    if len(set(seen)) < len(seen):
        twice = next(
            one for one, look in zip(result, seen, strict=True) if seen.count(look) > 1
        )
        raise GameError(
            f"{what} {twice!r} comes twice in {result!r}: every {what} needs a name of "
            "its own"
        )
    return result


def keyed(
    values: Mapping[Any, W],
    what: str,
    kind: type[StrategyError] = GameError,
    read: Callable[[Any], Any] | None = None,
) -> dict[Any, W]:
    """A mapping by names as they are kept (or as ``read`` keeps them).

    ``values``: the mapping as given; ``what``: what its keys name, for errors.

    Raises ``kind`` on two names that are kept as one.
    """
    found: dict[Any, W] = {}
    for given, value in values.items():
        key = name(given, what) if read is None else read(given)
        if key in found:
            raise kind(
                f"{what} {key!r} comes twice in {list(values)!r}, spelled differently: "
                "give it once"
            )
        found[key] = value
    return found


_MOST_DRAWN = 1_000_000
"""Of what has no length, such as a generator, which may be without an end."""


def ordered(
    values: Iterable[T], what: str, kind: type[StrategyError] = GameError
) -> tuple[T, ...]:
    """The entries in the order given.

    ``values``: the entries as given; ``what``: what they are, for errors.

    Raises ``kind`` on a set, whose order changes from run to run.
    """
    require_order(values, what, kind)
    if getattr(values, "shape", None) == ():
        raise kind(f"{what} {values!r} is an array without an axis: give a tuple or a list")
    if isinstance(values, Sized):
        return tuple(values)
    found = tuple(itertools.islice(values, _MOST_DRAWN + 1))
    if len(found) > _MOST_DRAWN:
        raise kind(
            f"{what} did not end after {_MOST_DRAWN:,} entries ({found[0]!r}, ...): give "
            "a finite list"
        )
    return found


def require_order(values: object, what: str, kind: type[StrategyError] = GameError) -> None:
    """Raise ``kind`` on a set where the order counts, or on what walks through one.

    The order of a set changes from run to run. ``values``: what was given.
    """
    # keys of a mapping have an order
    unordered = isinstance(values, AnySet) and not isinstance(
        values, (MappingView, Sequence)
    )
    if (
        unordered
        or (isinstance(values, Iterator) and _walks_through_a_set(values))
        or getattr(values, "is_FiniteSet", False)
    ):
        called = f"a {type(values).__name__}" + (
            " over a set" if isinstance(values, Iterator) else ""
        )
        raise kind(
            f"{what} {_sorted_words(values)} is {called}, which has no order, and the "
            "order matters: give a tuple or a list"
        )


_CONTROLS = {
    "\n": "a line break",
    "\r": "a carriage return",
    "\t": "a tab",
    "\0": "NUL",
    "\x1b": "escape",
}
_SET_ITERATOR: type = type(iter(set()))


def _walks_through_a_set(values: object, levels: int = 5) -> bool:
    """Whether an iterator draws from a set.

    That of the set itself, or a map, filter, zip or generator over it.
    """
    if type(values) is _SET_ITERATOR:
        return True
    drawn_from = (
        gc.get_referents(values) if levels and isinstance(values, (Iterator, tuple)) else []
    )
    return any(_walks_through_a_set(one, levels - 1) for one in drawn_from)


def _sorted_words(values: Any) -> str:
    """A set as it may be shown: the same whatever the order in which it is kept."""
    return (
        "{" + ", ".join(sorted(set(map(repr, itertools.islice(values, 1000))))[:12]) + "}"
    )


def prose(value: object, what: str, kind: type[StrategyError] = ModelError) -> str:
    """Words for people (a reason, a source, a statement) as one line.

    Characters that are not seen are shown as escapes. ``value``: the words as given;
    ``what``: what they are, for errors of the class ``kind``.
    """
    if not isinstance(value, str):
        from strategy.texts import shown

        raise kind(f"{what} is {shown(value)}: give a string")
    return one_line(value)


_LONGEST_PHRASE = 80


def phrase(value: object, what: str, kind: type[StrategyError]) -> str:
    """Words that people read in place of a name, under the rules for names.

    "" where none are given.

    ``value``: the words as given.

    Raises ``kind`` on what is not a name (see ``name``), and on more than 80 characters,
    which fit beside no figure.
    """
    if isinstance(value, str) and not value:
        return ""
    try:
        text = name(value, what)
    except GameError as error:
        raise kind(str(error)) from None
    if len(text) > _LONGEST_PHRASE:
        raise kind(
            f"{what} '{text[:30]}...' has {len(text)} characters: give at most "
            f"{_LONGEST_PHRASE}, which fit into a table and beside a figure, and say the "
            "rest in the reason or the statement"
        )
    return text


def different_phrases(
    phrases: Mapping[str, str], what: str, kind: type[StrategyError]
) -> None:
    """Raise ``kind`` where readers could not tell two things apart.

    ``phrases`` says what each is called, by its name.
    """
    owner: dict[str, str] = {}
    for one, said in phrases.items():
        look = " ".join(said.split())
        if look in owner:
            raise kind(
                f"{what}s {owner[look]!r} and {one!r} are both called {said!r}: give each "
                "a label of its own"
            )
        owner[look] = one


def unknown(value: object, known: Iterable[object], what: str) -> str:
    """The message for a name that does not exist.

    What was given, what there is, the nearest match. ``value``: what was given; ``known``:
    what there is.
    """
    options = [str(one) for one in known]
    if not options:
        return f"unknown {what} {value!r}: there is none"
    spelled = {one.casefold(): one for one in reversed(options)}
    close = [
        spelled[one]
        for one in difflib.get_close_matches(str(value).casefold(), spelled, n=1)
    ]
    shown = ", ".join(repr(one) for one in options[:12]) + (
        ", ..." if len(options) > 12 else ""
    )
    return (
        f"unknown {what} {value!r}"
        + (f" (did you mean {close[0]!r}?)" if close else "")
        + f": expected one of {shown}"
    )
