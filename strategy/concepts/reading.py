"""What stands in place of a solution concept: refused with the instance that was meant."""

from __future__ import annotations

import re
from typing import Any, cast

import attrs

from strategy.characters import one_line
from strategy.errors import RefusalError
from strategy.names import unknown
from strategy.protocols import Concept

__all__ = ["require_concept"]


def require_concept(given: Any, game: Any = None) -> Concept:
    """The concept itself.

    Raises RefusalError on what is not an instance of a solution concept, with the one that
    was meant.

    ``Nash`` and "nash" mean ``Nash()``; for None those are named that take ``game``, since
    none is chosen for the user. ``given``: what stands for a concept.
    """
    if hasattr(given, "certify") and not isinstance(given, type):
        return cast(Concept, given)
    if hasattr(game, "certify"):
        raise RefusalError(
            f"{_shown(given)} is not a solution concept, and {_shown(game)} is not a "
            "game: give the game first, then the concept"
        )
    if given is None:
        raise RefusalError(
            f"no solution concept is given: choose one, such as {_fitting(game)}"
        )
    if isinstance(given, str):
        raise RefusalError(
            f"{given[:80]!r} is a name, not a solution concept: give an instance, "
            f"{_instance(_named(given))}"
        )
    if isinstance(given, type) and hasattr(given, "certify"):
        raise RefusalError(
            f"{given.__name__} is a class, not a solution concept: give an instance, "
            f"{_instance(given)}"
        )
    remedy = "give an instance, such as PureNash() or PureSubgamePerfect()"
    if hasattr(given, "propose"):
        remedy = f"give one before it, as in solve(game, Nash(), solver={_shown(given)})"
    elif hasattr(given, "shape"):
        remedy = (
            "one game comes first, NormalFormGame.from_arrays(A, B), and then the "
            "concept, such as Nash()"
        )
    raise RefusalError(f"{_shown(given)} is not a solution concept: {remedy}")


def _shown(given: Any) -> str:
    return given.__name__ if isinstance(given, type) else one_line(repr(given))[:80]


def _instance(kind: type[Any]) -> str:
    """How an instance is written, with what has to be said.

    "Nash()", "Commitment(leader=...)".
    """
    fields = [one for one in (attrs.fields(kind) if attrs.has(kind) else ()) if one.init]
    needed = [f"{one.name}=..." for one in fields if one.default is attrs.NOTHING]
    return f"{kind.__name__}({', '.join(needed)})"


def _named(given: str) -> Any:
    """The class of this name, however it is spelled.

    "nash", "pure-nash", "Pure Nash", "PureNash".
    """
    import strategy.concepts as concepts

    known = {
        name: getattr(concepts, name)
        for name in concepts.__all__
        if hasattr(getattr(concepts, name), "certify")
    }
    found = {
        _plain(form): one
        for name, one in known.items()
        for form in (name, name.removesuffix("Equilibrium"))
    }
    if _plain(given) not in found:
        labels = [re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower() for name in known]
        raise RefusalError(
            f"{unknown(given, labels, 'solution concept')}; give an instance, such as "
            "Nash()"
        )
    return found[_plain(given)]


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _fitting(game: Any) -> str:
    """The concepts that take a game, as they are written; of any game where none is known."""
    import strategy.concepts as concepts

    fit = [
        one.__name__ for one in concepts.ALL if game is None or one().refuses(game) is None
    ]
    written = [f"{one}()" for one in fit or [each.__name__ for each in concepts.ALL]]
    return (
        ", ".join(written[:-1]) + f" or {written[-1]}" if len(written) > 1 else written[0]
    )
