"""Claims of the analyses of a model.

What holds wherever an assumption moves, over all samples, for every equilibrium.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from strategy.completeness._headlines import equilibria, equilibrium
from strategy.completeness._verdicts import capital, there_is_no_equilibrium
from strategy.protocols import Concept

__all__ = [
    "BOUNDS_NODES",
    "BOUNDS_TIME",
    "EFFECTS",
    "EFFECTS_ON_THE_VERDICT",
    "HOW_CHECKED",
    "NOTHING_PROVED_BEYOND",
    "PERCENT_PROVED",
    "PROCESS",
    "SIGNS",
    "SIGNS_OF_TABLE",
    "SIGNS_SEEN",
    "WHAT_IS_PROVED",
    "WHAT_VERDICTS_MEAN",
    "apart_words",
    "coordinated_words",
    "everywhere_words",
    "monotone_words",
    "never_best_reply",
    "never_changes",
    "nothing_to_coordinate_on",
    "others_without",
    "passed_over_words",
    "pays_all_most",
    "unanswered_words",
    "unmoved",
]

EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "RAISES": "Never makes {} less likely, wherever it moves",
        "LOWERS": "Never makes {} more likely, wherever it moves",
        "EITHER": "Makes {} more likely here, less likely there",
        "NOTHING": "Never changes whether {} comes about",
        "UNSETTLED": "Not settled for {}",
    }
)
"""What raising a parameter is proved to do to an outcome, by the name of the effect."""

EFFECTS_ON_THE_VERDICT: Mapping[str, str] = MappingProxyType(
    {
        "RAISES": "Never lowers the verdict on {}, wherever it moves",
        "LOWERS": "Never raises the verdict on {}, wherever it moves",
        "EITHER": "Raises the verdict on {} here, lowers it there",
        "NOTHING": "Never changes the verdict on {}",
        "UNSETTLED": "Not settled for the verdict on {}",
    }
)
"""The same of the verdict, where probabilities may change under it."""

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "RAISES": "never lowers it",
        "LOWERS": "never raises it",
        "EITHER": "raises it here, lowers it there",
        "NOTHING": "never changes it",
        "UNSETTLED": "seen, not proved",
    }
)
"""The same beside the signs of a figure."""

SIGNS_OF_TABLE = "+ never falls, \N{MINUS SIGN} never rises, 0 never moves, ? does both"
SIGNS_SEEN = "In brackets: what was seen at the points tried, not proved."
PERCENT_PROVED = "100 % (proved)"
"""Of a region in which an outcome is shown to hold by exact inequalities."""
NOTHING_PROVED_BEYOND = "nothing is proved beyond that"
BOUNDS_NODES = "How many nodes to search before stopping with proved bounds."
BOUNDS_TIME = "Time after which to stop with proved bounds."
PROCESS = "A process, not a solution concept: where it settles, nothing is proved."


WHAT_IS_PROVED = (
    "Each reading that the model states is a check, and what is proved or refuted is that "
    "check, not the sentence of the text."
)
HOW_CHECKED = (
    "each is proved where that can be done exactly, else a counter-example is searched for"
)
WHAT_VERDICTS_MEAN = (
    "“In every equilibrium” means: there is an equilibrium, and the outcome comes about "
    "in each. “In no equilibrium”: there is one, and it comes about in none. “In some”: "
    "some let it come about, and some do not. “With probability”: it is left to chance, "
    "or to mixed play, within an equilibrium."
)


def unmoved(count: int) -> str:
    """For ``count`` assumptions proved not to change the verdict over their whole range."""
    return "These never change" if count > 1 else "This never changes"


def passed_over_words(concept: Concept, names: str, everywhere: bool) -> str:
    """Of assumptions at some or all of whose values there is no equilibrium.

    The verdict is the same at the others. ``concept``: of which there is none; ``names``:
    of the assumptions, as text; ``everywhere``: at all of their values.
    """
    if everywhere:
        return (
            f"{capital(there_is_no_equilibrium(concept))} wherever it moves, so there is "
            f"nothing to compare: {names}."
        )
    return (
        f"{capital(there_is_no_equilibrium(concept))} at some of its values, and one "
        f"verdict at the others: {names}."
    )


def monotone_words(parameter: str, falls: bool, what: str) -> str:
    """The claim that raising a parameter moves something one way alone.

    ``parameter``: what people call it; ``falls``: whether what moves never rises; ``what``:
    that. A check proves or refutes the claim.
    """
    return f"raising {parameter} never {'raises' if falls else 'lowers'} {what}"


def never_best_reply(never: bool) -> str:
    """The claim of a check on a best reply; ``never``: that it is none."""
    return "never a best reply" if never else "a best reply"


def never_changes(names: str) -> str:
    """Of assumptions of which each is proved not to change the verdict over its range.

    ``names``: theirs, as text.
    """
    return f"Moved alone, these never change the verdict: {names}."


def apart_words(pairs: str) -> str:
    """Of claims that set one parameter differently; ``pairs``: those, in words."""
    return f"Contradictory, so never wrong together: {pairs}."


def everywhere_words(verdict: str, held: str) -> str:
    """Of one ``verdict`` proved over a whole range; ``held``: where, in words."""
    return (
        f"The verdict is “{verdict}” everywhere {held}: proved, so no question would tell "
        "more about it."
    )


def coordinated_words(concept: Concept, count: int, having: int, outcome: str) -> str:
    """How many equilibria there are, and in how many the outcome comes about.

    They are proved to be all.

    ``count``: how many of the ``concept`` there are; ``having``: in how many ``outcome``
    comes about.
    """
    if count == 1:
        comes = "comes" if having else "does not come"
        return (
            f"There is one {equilibrium(concept)}, and {outcome!r} {comes} about in it; "
            "this is proved."
        )
    some = f"{outcome!r} comes about in {having or 'none'} of them"
    return f"There are {equilibria(concept, count)}, and {some}; this is proved."


def nothing_to_coordinate_on(concept: Concept) -> str:
    """Of a set of equilibria of the ``concept`` that is proved to be empty."""
    return f"{capital(there_is_no_equilibrium(concept))} to coordinate on (proved)."


def pays_all_most(concept: Concept, best: str | None) -> str:
    """Of equilibria proved to be all: one pays everyone more than each other, or none does.

    ``concept``: whose; ``best``: the one, as text, None if there is none.
    """
    if best is None:
        return (
            f"No {equilibrium(concept)} pays every player more than each of the others "
            "does."
        )
    return (
        f"({best}) pays every player more than any other {equilibrium(concept)} does "
        "(payoff dominance)."
    )


def others_without(who: str, concept: Concept) -> str:
    """Of the game that is left when one player is bound, whose set is proved to be empty.

    ``who``: the others, as text; ``concept``: of which they have none.
    """
    return f"{who} have no {equilibrium(concept)}"


def unanswered_words(concept: Concept, count: int, places: int) -> str:
    """At how many places the others have no equilibrium of the ``concept``.

    At ``count`` of so many ``places``.
    """
    return f"no {equilibrium(concept)} at {count:,} of {places:,}"
