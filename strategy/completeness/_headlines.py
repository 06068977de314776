"""The one statement about a set of equilibria.

What is claimed of it, and the words for every place that shows it.
"""

from __future__ import annotations

import enum
from typing import Any

import attrs

from strategy.protocols import Concept

__all__ = ["Claimed", "Headline", "equilibria", "equilibrium", "headline", "kind"]

_MOST_COUNTED = 40


class Claimed(enum.Enum):
    """What a headline claims. The values are those of JSON."""

    ALL = "all"
    """Proved: those listed are all there are."""
    EXTREMES = "infinitely many"
    """Proved: those listed are the extreme ones, and the others are mixes of them."""
    FOUND = "found"
    """Each of those listed is one; there may be others."""
    NONE_FOUND = "none found"
    """None was found, and nothing is proved of whether there is one."""
    NONE_EXISTS = "none exists"
    """Proved: there is none."""

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class Headline:
    """What is claimed of a set of equilibria, and on what ground.

    ``claim``: what; ``status``: the name of the Solution's status; ``concept``: whose
    equilibria; ``reason``: why the search ended. ``count``: how many are listed; of a tree
    (``tree``), equilibria that differ only where the play does not come are one, and
    ``profiles`` counts them apart (None: not a tree, or not counted). ``chance``: whether
    chance moves in it. ``infinitely_many``: None where that is not known. ``components``:
    how many connected parts the whole set has, None where that is not known. ``exists``:
    whether every game of this kind has one.
    """

    claim: Claimed
    status: str
    concept: Concept
    count: int
    infinitely_many: bool | None
    components: int | None
    reason: str = ""
    tree: bool = False
    chance: bool = False
    profiles: int | None = None
    exists: bool = False

    def __str__(self) -> str:
        """The headline of ``print(solution)`` and of a notebook."""
        if hasattr(self.concept, "one_called"):
            return self.sentence
        kind = f"({self.concept})"
        if self.claim is Claimed.NONE_EXISTS:
            return f"no {equilibrium(self.concept)} (proved)"
        if self.claim is Claimed.EXTREMES:
            parts = (
                f"{self.components} connected part{'' if self.components == 1 else 's'} "
                "(.components)"
            )
            return self._infinitely_many(f"equilibria {kind}", f"in {parts}")
        return self._said(
            f"{self.count} {_plural(self.count)}{self._counted()} {kind}",
            f"equilibria {kind}",
            " (.known_components)",
        )

    @property
    def sentence(self) -> str:
        """The headline of the command line, of reports and of JSON, without its full stop."""
        many = kind(self.concept)
        if self.claim is Claimed.NONE_EXISTS:
            return f"there is no {equilibrium(self.concept)} (proved)"
        if self.claim is Claimed.EXTREMES:
            return self._infinitely_many(many, "described below")
        return self._said(f"{equilibria(self.concept, self.count)}{self._counted()}", many)

    @property
    def short(self) -> str:
        """The headline of a figure that lists the equilibria itself."""
        return {
            Claimed.ALL: f"all of them{self._apart} (proved)",
            Claimed.EXTREMES: (
                "infinitely many: the numbered ones are extreme; with the mixes shown, "
                "all of them (proved)"
            ),
            Claimed.FOUND: "those found; there may be others",
            Claimed.NONE_FOUND: f"none was found; {self._there}",
            Claimed.NONE_EXISTS: "there is none (proved)",
        }[self.claim]

    @property
    def answer(self) -> str:
        """A whole sentence that follows a verdict.

        Whether the equilibria found are all of them.
        """
        count = self.count
        if self.claim is Claimed.NONE_EXISTS:
            return "This is proved."
        if self.claim is Claimed.NONE_FOUND:
            return (
                "No such equilibria were found, and there "
                f"{'is at least one' if self.exists else 'may be some'}: {self.reason}."
            )
        if self.claim is Claimed.FOUND:
            found = f"{count} such {_plural(count)} {'was' if count == 1 else 'were'} found"
            return f"{found}, and there may be others: {self.reason}."
        if self.claim is Claimed.EXTREMES:
            these = f"the {count:,} extreme ones and mixes of them"
            return (
                f"This is proved: there are infinitely many such equilibria, {these}, and "
                "no others."
            )
        if not self.tree:
            these = (
                "is 1 such equilibrium and no other"
                if count == 1
                else f"are {count:,} such equilibria and no others"
            )
            return f"This is proved: there {these}{self._apart}."
        # Equilibria of a tree are told apart by what happens: many may differ only in what
        # is done where the play does not come. With chance several plays may come of one.
        play, many = (
            ("distribution over plays", "distributions over plays")
            if self.chance
            else ("play", "plays")
        )
        lead = (
            f"lead to one and the same {play}"
            if count == 1
            else f"lead to {count:,} different {many}"
        )
        return f"This is proved: all such equilibria {lead}."

    @property
    def counted(self) -> str:
        """What ``count`` counts: "2 equilibria", "2 extreme equilibria"."""
        if hasattr(self.concept, "one_called"):
            return f"{self.count} {_named(self.concept, self.count)}"
        return (
            f"{self.count} "
            f"{'extreme ' if self.claim is Claimed.EXTREMES else ''}{_plural(self.count)}"
        )

    def data(self) -> dict[str, Any]:
        """The headline as plain data, as documented in reference/solve-json."""
        return {
            "claim": self.claim.value,
            "status": self.status,
            "concept": str(self.concept),
            "count": self.count,
            "infinitely_many": self.infinitely_many,
            "components": self.components,
            "reason": self.reason,
        }

    def _infinitely_many(self, kind: str, where: str) -> str:
        return (
            f"infinitely many {kind}: the {self.count} extreme ones, listed here, and the "
            f"mixes of them {where}, proved to be all"
        )

    def _said(self, many: str, none: str, mixed: str = "") -> str:
        why = f" ({self.reason})" if self.reason else ""
        if self.claim is Claimed.ALL:
            return f"{many}{self._apart}: proved to be all{why}"
        if self.claim is Claimed.NONE_FOUND:
            return f"{none}: none found; {self._there}{why}"
        return (
            f"{many} "
            f"found{f', and mixes of them{mixed}' if self.infinitely_many else ''}; there "
            f"may be others{why}"
        )

    @property
    def _apart(self) -> str:
        """Of a whole set whose solver showed no connected sets.

        Whether those listed hang together is not known.
        """
        return ", apart from mixes of them" if self.infinitely_many is None else ""

    @property
    def _there(self) -> str:
        return "there is at least one" if self.exists else "there may be some"

    def _counted(self) -> str:
        if not self.tree or self.profiles == self.count:
            return ""
        from strategy.display import count_text

        behind = "" if self.profiles is None else f" ({count_text(self.profiles)} profiles)"
        return f" by what is played{behind}"


def headline(solution: Any) -> Headline:
    """The claim that the status and the structure of a solution allow, and no more.

    COMPLETE allows "all", and the number of components; NONE_EXISTS that there is none;
    PARTIAL and STOPPED that those listed are equilibria.
    """
    status, count = solution.status.name, len(solution)
    infinite = _infinitely_many(solution)
    if status == "NONE_EXISTS":
        claim = Claimed.NONE_EXISTS
    elif status == "COMPLETE":
        claim = Claimed.EXTREMES if infinite else Claimed.ALL
    else:
        claim = Claimed.FOUND if count else Claimed.NONE_FOUND
    tree = solution.game.form.is_tree
    return Headline(
        claim=claim,
        status=status,
        concept=solution.concept,
        count=count,
        infinitely_many=infinite,
        components=_components(solution, infinite),
        reason=solution.reason,
        tree=tree,
        chance=bool(solution.game.form.chance),
        profiles=_profiles(solution) if tree else None,
        exists=bool(getattr(solution.concept, "always_exists", False)),
    )


def _infinitely_many(solution: Any) -> bool | None:
    status, structure = solution.status.name, solution.structure
    if status == "NONE_EXISTS":
        return False
    if structure is not None and structure.infinite:
        return True
    if status != "COMPLETE":
        return None
    if structure is not None:
        return (
            any(one.dimension for one in structure.components)
            if structure.infinite is None
            else structure.infinite
        )
    # Without a structure: where players mix, only a single equilibrium is known not to be
    # one of a continuum.
    return False if len(solution) == 1 or not _mixes(solution) else None


def _mixes(solution: Any) -> bool:
    known = getattr(solution.concept, "mixes", None)
    if known is not None:
        return bool(known)
    return any(
        hasattr(one.profile, "supports") for one in solution.equilibria[:_MOST_COUNTED]
    )


def _components(solution: Any, infinite: bool | None) -> int | None:
    """Points are components of their own."""
    if solution.status.name == "NONE_EXISTS":
        return 0
    if solution.status.name != "COMPLETE" or infinite is None:
        return None
    return solution.structure.number_of_components if infinite else len(solution)


def _profiles(solution: Any) -> int | None:
    if len(solution) > _MOST_COUNTED:
        return None
    counts = [one.count for one in solution]
    return None if None in counts else sum(counts)


def _plural(count: int) -> str:
    return "equilibrium" if count == 1 else "equilibria"


def equilibrium(concept: Concept) -> str:
    """What one equilibrium of a ``concept`` is called.

    "pure Nash equilibrium without weakly dominated actions", "rationalizable play".
    """
    return _named(concept, 1)


def kind(concept: Concept) -> str:
    """What the equilibria of a ``concept`` are called.

    "pure Nash equilibria without weakly dominated actions", "rationalizable plays".
    """
    return _named(concept, 2)


def equilibria(concept: Concept, count: int) -> str:
    """``count`` equilibria of a ``concept`` in words: "1 pure Nash equilibrium".

    Another example is "3 pure Nash equilibria without weakly dominated actions".
    """
    return f"{count or 'no'} {_named(concept, count)}"


def _named(concept: Concept, count: int) -> str:
    first, _, rest = str(concept).partition(", ")
    own = getattr(concept, "one_called", None)
    return (
        f"{own}{'' if count == 1 else 's'}"
        if own
        else f"{first} {_plural(count)} {rest}".strip()
    )
