"""Verdicts in words: over which equilibria a claim is made.

They also say with what probability, where the outcome is random within one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from strategy.completeness._headlines import equilibrium, kind
from strategy.protocols import Concept, Form

__all__ = [
    "VERDICTS",
    "Seen",
    "capital",
    "captioned",
    "chance_words",
    "in_which",
    "leaves_to_chance",
    "no_equilibrium",
    "none_of_these",
    "there_is_no_equilibrium",
    "verdict_label",
    "verdict_sentence",
    "verdict_short",
]

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "EVERY": "in every equilibrium",
        "SOME": "possible but not sure",
        "NO": "in no equilibrium",
        "NONE_EXISTS": "there is no equilibrium of this concept",
        "UNKNOWN": "not settled",
    }
)
"""What each verdict says by itself, whatever the game and the concept: SOME may speak of
one equilibrium that leaves it open."""

Bounds = tuple[Any, Any] | None


class Phrased(Protocol):
    """An outcome as clauses: that it comes about, and that it does not.

    The latter if it has words for that.
    """

    @property
    def no(self) -> str: ...

    def clause(self) -> str: ...


class Seen(tuple[Any, Any]):
    """The least and the greatest probability over equilibria that may not be all.

    Made of the two, as an ``iterable``.
    """

    __slots__ = ()


def leaves_to_chance(concept: Concept, form: Form) -> bool:
    """Whether an outcome may be random within one equilibrium.

    It may where the ``form`` has chance moves, or players mix under the ``concept``.
    """
    return bool(getattr(form, "chance", None)) or bool(getattr(concept, "mixes", False))


def chance_words(bounds: Bounds, concept: Concept) -> str:
    """The least and the greatest probability of an outcome: "0.5", "0 to 1".

    ``bounds``: these two, None where there is no equilibrium of the ``concept``.
    """
    if bounds is None:
        return no_equilibrium(concept)
    least, greatest = map(_figure, bounds)
    return least if least == greatest else f"{least} to {greatest}"


def verdict_label(
    verdict: Any,
    concept: Concept,
    *,
    random: bool = False,
    bounds: Bounds = None,
    found: bool = False,
    beside: bool = False,
) -> str:
    """A verdict as a label that names the concept: "in every pure Nash equilibrium".

    ``random``: whether an outcome may be random within an equilibrium; ``bounds``: its
    least and greatest probability over the equilibria, where they are known, or (``Seen``,
    ``found``) over those found, which may not be all. So SOME is "in some, not in every"
    only where each equilibrium decides it. ``beside``: the concept stands beside the label
    already, as in the caption of a table, so that "in every equilibrium" is enough.
    """
    if verdict.name == "NONE_EXISTS":
        return there_is_no_equilibrium(concept)
    if verdict.name == "UNKNOWN":
        return VERDICTS["UNKNOWN"]
    found = found or isinstance(bounds, Seen)
    plain = beside and not hasattr(concept, "one_called")
    one = "equilibrium" if plain else equilibrium(concept)
    if verdict.name != "SOME":
        return in_which(verdict.name.lower(), one)
    if bounds is None and random:
        return VERDICTS["SOME"] + ("" if plain else f" in {one}")
    if bounds is None or tuple(bounds) == (0, 1):
        return f"in some, not in every {one}"
    if plain:
        return _with_probability(bounds) + (" in what was found" if found else "")
    alike = _figure(bounds[0]) == _figure(bounds[1])
    which = f"in every {one}" if alike else f"over the {kind(concept)}"
    known = "" if not found else " that was found" if alike else " that were found"
    return f"{_with_probability(bounds)} {which}{known}"


def verdict_sentence(
    outcome: Phrased,
    verdict: Any,
    concept: Concept,
    *,
    random: bool = False,
    bounds: Bounds = None,
) -> str:
    """A verdict as a whole sentence, without its full stop.

    ``outcome``: what it is on; ``concept``: whose equilibria; ``random``: whether they may
    leave it to chance, and then ``bounds`` its least and greatest probability.
    """
    clause = outcome.clause()
    if verdict.name == "NONE_EXISTS":
        return f"no {equilibrium(concept)} exists"
    if verdict.name == "UNKNOWN":
        return (
            f"it is not settled whether {clause} in every, some or no "
            f"{equilibrium(concept)}"
        )
    if verdict.name == "NO" and outcome.no:
        return f"{outcome.no} {in_which('every', equilibrium(concept))}"
    if verdict.name != "SOME" or bounds is None:
        return f"{clause} {_where(verdict, random)} {equilibrium(concept)}"
    if tuple(bounds) == (0, 1):
        return f"{clause} in some, not in every {equilibrium(concept)}"
    which = (
        f" in every {equilibrium(concept)}"
        if bounds[0] == bounds[1]
        else f", which depends on the {equilibrium(concept)}"
    )
    return f"{clause} {_with_probability(bounds)}{which}"


def verdict_short(verdict: Any, concept: Concept, *, random: bool = False) -> str:
    """A verdict in the words that follow a whole sentence: "in no pure Nash equilibrium".

    ``concept``: whose equilibria; ``random``: whether they may leave the outcome to chance.
    """
    if verdict.name == "NONE_EXISTS":
        return f"{no_equilibrium(concept)} exists"
    if verdict.name == "UNKNOWN":
        return "that is not settled"
    return f"{_where(verdict, random)} {equilibrium(concept)}"


def in_which(quantity: str, one: str) -> str:
    """In which of all equilibria something is said to come about.

    ``quantity``: "every", "some", "no" or "not every"; ``one``: what one is called.
    """
    return {
        "every": f"in every {one}",
        "some": f"in at least one {one}",
        "no": f"in no {one}",
        "not every": f"not in every {one}",
    }[quantity]


def captioned(text: str, concept: Concept) -> str:
    """The caption of a table whose cells say "in every equilibrium", with the ``concept``.

    ``text`` as "The verdict (pure Nash equilibria)".
    """
    return f"{text} ({kind(concept)})"


def no_equilibrium(concept: Concept) -> str:
    """What stands in place of a number where there is nothing it could be of.

    "no pure Nash equilibrium", by the ``concept``.
    """
    return f"no {equilibrium(concept)}"


def there_is_no_equilibrium(concept: Concept) -> str:
    """That there is none, naming the concept; for sets proved to be empty."""
    return f"there is no {equilibrium(concept)}"


def none_of_these(concepts: str) -> str:
    """That there is no equilibrium under any of several concepts, as is proved of each.

    A whole sentence.
    """
    return f"Under {concepts} there is no equilibrium."


def capital(text: str) -> str:
    """A clause, ``text``, as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _where(verdict: Any, random: bool) -> str:
    some = "possibly, not certainly, in a" if random else "in some, not in every"
    return {"EVERY": "in every", "NO": "in no", "SOME": some}[verdict.name]


def _with_probability(bounds: tuple[Any, Any]) -> str:
    """Such as "with probability 0.5", "with probability between 0 and 0.5"."""
    least, greatest = map(_figure, bounds)
    return (
        f"with probability {least}"
        if least == greatest
        else f"with probability between {least} and {greatest}"
    )


def _figure(value: Any) -> str:
    """A probability; a ball or another irrational number rounded."""
    from strategy.display import number

    return (
        f"about {number(value, 3).removeprefix('about ')}"
        if hasattr(value, "mid")
        else number(value)
    )
