"""Claims about equilibria and what they are compared with.

Components, proofs, commitments, elimination, certificates.
"""

from __future__ import annotations

from typing import Any

from strategy.completeness._headlines import Claimed, Headline
from strategy.protocols import Concept

__all__ = [
    "LOOKING_FOR_ALL",
    "NEVER",
    "NEVER_RATIONAL",
    "NOT_AN_EQUILIBRIUM",
    "PROOF_FILE",
    "RATIONALIZABLE",
    "UNFINISHED",
    "among",
    "among_short",
    "commitment_words",
    "components_words",
    "is_isolated",
    "never_holds",
    "none_in_balls",
    "not_proved",
    "proof_words",
    "proved_to",
    "proved_within",
    "range_words",
    "search_for_all",
    "undecided_words",
]

UNFINISHED = (
    "Known so far (not everything is settled, so these may be parts of larger sets, and "
    "of one another):"
)
"""What stands above the sets of equilibria that an unfinished search knows."""

PROOF_FILE = "strategy proof of all equilibria"
"""What a proof file calls itself."""

LOOKING_FOR_ALL = "looking for all equilibria, and noting why there are no others"
RATIONALIZABLE = "Rationalizable actions: proved to be all."
NEVER_RATIONAL = "eliminate_strictly(game) says which are never used in equilibrium"
NEVER = "never"
"""In a condition: it holds on no play."""

NOT_AN_EQUILIBRIUM = "is not an equilibrium"
"""Of one profile: somebody gains, as is checked."""


def is_isolated(component: Any, finished: bool) -> bool:
    """Whether a component is proved to be one equilibrium with no others near.

    After a finished search, or if it is regular.

    A regular equilibrium is known by its index, 1 or -1.
    """
    return component.dimension == 0 and (finished or component.index in (1, -1))


def components_words(count: int, index: str | None) -> str:
    """How many connected parts all equilibria form, after a finished search.

    ``count``: so many; ``index``: of the only one, where there is one.
    """
    if count == 1 and index is not None:
        return f"It is the only one, and isolated; its index is {index}."
    parts = (
        "one connected part (component)"
        if count == 1
        else f"{count} connected parts (components)"
    )
    return f"All equilibria together make up {parts}."


def undecided_words(what: str) -> str:
    """Of a profile: neither the claim, ``what``, nor its contrary is proved."""
    return f"neither proved nor refuted {what}"


def not_proved(what: str) -> str:
    """That a certificate lacks ``what`` is said: "it is not proved that ..."."""
    return f"it is not proved {what}"


def proved_to(what: str = "") -> str:
    """Of something certified, or after "not" of what is not: "proved to lie in its box"."""
    return f"proved to {what}" if what else "proved"


def none_in_balls(what: str) -> str:
    """Of balls around probabilities, in which a certificate found no ``what``."""
    return f"no {what} is proved to lie inside the balls"


def proved_within(radius: float) -> str:
    """Of probabilities in balls of at most this radius.

    Each ball holds exactly one equilibrium.
    """
    return f"is proved to within {radius:.0e}"


def never_holds(where: str) -> str:
    """Of a condition, looked at on every play: "never holds on any play".

    ``where``: what was looked at, such as "any play".
    """
    return f"never holds on {where}"


def among(headline: Headline, decided: bool = True) -> str:
    """Among which equilibria something holds that was looked at for those listed.

    ``headline``: what is claimed of those; ``decided``: whether it was settled for each of
    them.
    """
    known = {Claimed.ALL: "all equilibria", Claimed.EXTREMES: "the extreme equilibria"}
    return (
        known.get(headline.claim, "the equilibria found")
        if decided
        else "the equilibria found"
    )


def among_short(headline: Headline) -> str:
    """Among which equilibria something holds, at the beginning of a clause.

    Nothing where ``headline`` claims all of them.
    """
    return {Claimed.ALL: "", Claimed.EXTREMES: "of the extreme ones, "}.get(
        headline.claim, "of those found, "
    )


def search_for_all(table: str) -> str:
    """The work that finds them all, in an error about its size.

    ``table``: the sizes of the table, as text.
    """
    return f"the search for all equilibria of a {table} table"


def range_words(concept: Concept) -> str:
    """What stands above the ends of what equilibria of a ``concept`` come to.

    Both are found by an exact programme.
    """
    return (
        f"The least and the greatest over {concept} equilibria, both proved and attained."
    )


def proof_words(given: str, boxes: int) -> str:
    """What a proof shows of a game.

    ``given``: what the game is called; ``boxes``: in how many parts of its profiles nothing
    is settled.
    """
    if not boxes:
        return f"All Nash equilibria of {given}."
    return (
        f"All Nash equilibria of {given} but for those that may lie in {boxes:,} "
        f"box{'es' if boxes > 1 else ''}, not settled."
    )


def commitment_words(concept: Concept, leader: str, value: str, attained: bool) -> str:
    """What the best commitment pays, from an exact programme a reply.

    ``concept``: the kind of commitment; ``leader``: who commits; ``value``: what it pays,
    as text; ``attained``: whether that is reached.
    """
    what = "gets at most" if attained else "comes arbitrarily close to, but never attains,"
    capital = str(concept)[:1].upper() + str(concept)[1:]
    return f"{capital}: {leader} {what} {value} (proved)."
