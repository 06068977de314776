"""Conditions on a play, as values: ``where(Armenia="open") & ~where(Russia="obstruct")``.

They read as words, go into a file, compile to masks, and one condition serves a table and a
tree of the same players. A literal holds iff the player, or the chance move, took the
action somewhere on the play. So ``~where(Armenia="open")`` also holds where Armenia never
moved, and is not the same as ``where(Armenia="refuse")``.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from strategy.completeness import NEVER
from strategy.errors import ModelError
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.forms.plays import Play
from strategy.names import name, require_order, unknown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Compiler", "Condition", "Literal", "always", "condition", "where"]

_DEEPEST = 100  # levels of a condition: each takes several of Python's thousand calls

Literal = tuple[str, str, str | None]
"""(who, action, information set or None)."""

Moves = Callable[[str, str, "str | None"], "NDArray[np.bool_]"]


class Condition:
    """A condition on a play.

    Combine with ``&``, ``|`` and ``~``; conditions are compared by how they are written.
    """

    __slots__ = ()

    def __and__(self, other: object) -> Condition:
        return _joined(All, self, _required(other))

    def __or__(self, other: object) -> Condition:
        return _joined(Some, self, _required(other))

    __rand__, __ror__ = __and__, __or__  # only of what is not a condition

    def __invert__(self) -> Condition:
        return self.part if isinstance(self, Not) else Not(self)

    def __bool__(self) -> bool:
        raise ModelError(
            f"the condition ({self.words()}) has no truth value before a play: combine "
            "conditions with &, | and ~ instead of and, or, not"
        )

    def holds(self, play: Play) -> bool:
        """Whether it holds on a play."""
        raise NotImplementedError

    def combine(self, moves: Moves) -> Any:
        """Where it holds, given the plays on which each literal holds.

        A bool array over plays, or one bool. ``moves``: literal -> the plays on which it
        holds.
        """
        raise NotImplementedError

    def words(self) -> str:
        """The condition as people read it: ``Armenia: open and not Russia: obstruct``."""
        raise NotImplementedError

    def names(self) -> tuple[Literal, ...]:
        """Every (who, action, information set or None) that it mentions, once each.

        They come in order.
        """
        raise NotImplementedError

    def to_data(self) -> dict[str, Any]:
        """Nested dicts, lists and strings, for a file; ``condition(data)`` reads them back."""
        raise NotImplementedError

    def mask(self, form: Any) -> NDArray[np.bool_]:
        """For each play of a form, whether it holds.

        Shape (plays,). Raises ModelError on names that the form does not have.
        """
        return Compiler(form).mask(self)

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Condition:
        """Read a condition back from ``to_data()``.

        ``data``: a mapping of strings, lists and mappings.
        """
        return condition(data)

    def __str__(self) -> str:
        return self.words()


@attrs.frozen(repr=False)
class Took(Condition):
    """A player or chance move took an action.

    Anywhere on the play, or at one named information set.
    """

    who: str
    action: str
    at: str | None = None

    def holds(self, play: Play) -> bool:
        return play.took(self.who, self.action, self.at)

    def combine(self, moves: Moves) -> Any:
        return moves(self.who, self.action, self.at)

    def words(self) -> str:
        return f"{_place(self)}: {self.action}"

    def names(self) -> tuple[Literal, ...]:
        return ((self.who, self.action, self.at),)

    def to_data(self) -> dict[str, Any]:
        data = {"who": self.who, "action": self.action}
        return data if self.at is None else {**data, "at": self.at}

    def __repr__(self) -> str:
        return f"where({{{self.who!r}: {self.action!r}}}" + (
            ")" if self.at is None else f", at={self.at!r})"
        )


@attrs.frozen(repr=False)
class _Parts(Condition):
    """A condition made of others."""

    parts: tuple[Condition, ...]
    depth: int = attrs.field(
        init=False,
        eq=False,
        default=attrs.Factory(lambda self: _depth(self.parts), takes_self=True),
    )

    def names(self) -> tuple[Literal, ...]:
        return tuple(dict.fromkeys(one for part in self.parts for one in part.names()))


@attrs.frozen(repr=False)
class All(_Parts):
    """Every part holds. Without parts it always holds."""

    def holds(self, play: Play) -> bool:
        return all(part.holds(play) for part in self.parts)

    def combine(self, moves: Moves) -> Any:
        return functools.reduce(
            operator.and_, [part.combine(moves) for part in self.parts], True
        )

    def words(self) -> str:
        return " and ".join(_inner(part) for part in self.parts) or "always"

    def to_data(self) -> dict[str, Any]:
        return {"all": [part.to_data() for part in self.parts]}

    def __repr__(self) -> str:
        return (
            " & ".join(
                f"({part!r})" if isinstance(part, Some) else repr(part)
                for part in self.parts
            )
            or "always"
        )


@attrs.frozen(repr=False)
class Some(_Parts):
    """At least one part holds."""

    def holds(self, play: Play) -> bool:
        return any(part.holds(play) for part in self.parts)

    def combine(self, moves: Moves) -> Any:
        return functools.reduce(
            operator.or_, [part.combine(moves) for part in self.parts], False
        )

    def words(self) -> str:
        taken = [part for part in self.parts if isinstance(part, Took)]
        if len(taken) == len(self.parts) and len({_place(part) for part in taken}) == 1:
            return f"{_place(taken[0])}: " + " or ".join(part.action for part in taken)
        return " or ".join(_inner(part) for part in self.parts)

    def to_data(self) -> dict[str, Any]:
        return {"any": [part.to_data() for part in self.parts]}

    def __repr__(self) -> str:
        return " | ".join(
            f"({part!r})" if isinstance(part, All) else repr(part) for part in self.parts
        )


@attrs.frozen(repr=False)
class Not(Condition):
    """The part does not hold."""

    part: Condition
    depth: int = attrs.field(
        init=False,
        eq=False,
        default=attrs.Factory(lambda self: _depth((self.part,)), takes_self=True),
    )

    def holds(self, play: Play) -> bool:
        return not self.part.holds(play)

    def combine(self, moves: Moves) -> Any:
        return self.part.combine(moves) ^ True  # not ~, which is -2 for a plain True

    def words(self) -> str:
        return NEVER if self.part == always else f"not {_inner(self.part)}"

    def names(self) -> tuple[Literal, ...]:
        return self.part.names()

    def to_data(self) -> dict[str, Any]:
        return {"not": self.part.to_data()}

    def __repr__(self) -> str:
        return (
            f"~({self.part!r})" if isinstance(self.part, (All, Some)) else f"~{self.part!r}"
        )


@attrs.frozen(repr=False)
class Called(Condition):
    """A condition under a name, that of an outcome.

    It holds where the condition does, and reads as the name in quotes.
    """

    name: str
    when: Condition
    depth: int = attrs.field(
        init=False,
        eq=False,
        default=attrs.Factory(lambda self: _depth((self.when,)), takes_self=True),
    )

    def holds(self, play: Play) -> bool:
        return self.when.holds(play)

    def combine(self, moves: Moves) -> Any:
        return self.when.combine(moves)

    def words(self) -> str:
        return repr(self.name)

    def names(self) -> tuple[Literal, ...]:
        return self.when.names()

    def to_data(self) -> dict[str, Any]:
        return self.when.to_data()

    def __repr__(self) -> str:
        return f"Outcome({self.name!r}, when={self.when!r})"


class _OperandError(ModelError, TypeError):
    """Something else stands where a condition is expected.

    Also the TypeError that Python raises there.
    """


def _required(other: object) -> Condition:
    if isinstance(other, Condition):
        return other
    raise _OperandError(
        f"a condition was combined with {other!r}, which is not a condition: conditions "
        "are about what is played, where(Armenia='open'); what depends on parameters "
        "belongs in the amount of a term, such as sympy.Max(p.x - 1, 0)"
    )


def _depth(parts: Sequence[Condition]) -> int:
    """How deep a condition with these parts is nested.

    Raises ModelError beyond what can be written out and read back.
    """
    depth = 1 + max([getattr(part, "depth", 0) for part in parts], default=0)
    if depth > _DEEPEST:
        raise ModelError(
            f"a condition is nested {depth} levels deep, and at most {_DEEPEST} are "
            "allowed: join its parts with one kind of sign, a & b & c, which is one "
            "level however many there are"
        )
    return depth


always: Condition = All(())
"""The condition that holds on every play."""


def where(
    moves: Mapping[str, Any] | None = None, /, *, at: str | None = None, **players: Any
) -> Condition:
    """The condition that every player (or chance move) named took the action named.

    Names are keywords (``players``), each with an action or a tuple of actions any of which
    will do: ``where(Armenia="open", Russia=("broker", "acquiesce"))``. Names with spaces go
    into a mapping, ``moves``: ``where({"United States": ("join", "wait")}, at="second
    round")``, where ``at`` names an information set. Raises ModelError where nobody is
    named.
    """
    if moves is not None and not isinstance(moves, Mapping):
        raise ModelError(
            f"where({moves!r}): give a mapping from players to actions, such as "
            f"where({{'Armenia': 'open'}})"
        )
    chosen = [*(moves or {}).items(), *players.items()]
    if not chosen:
        hint = (
            f"a player called 'at' goes into a mapping, where({{'at': {at!r}}})"
            if at is not None
            else "leave `when` out of a term that always holds"
        )
        raise ModelError(
            f"where() names no player: give one, such as where(Armenia='open'); {hint}"
        )
    place = None if at is None else name(at, "information set")
    return _joined(
        All, *[_any_of(name(who, "player"), actions, place) for who, actions in chosen]
    )


def _any_of(who: str, actions: object, at: str | None) -> Condition:
    require_order(actions, f"actions of {who}", ModelError)
    options = actions if isinstance(actions, (tuple, list)) else (actions,)
    if not options:
        raise ModelError(
            f"where() gives {who} no action: give one, or a tuple of actions of which any "
            "will do"
        )
    return _joined(
        Some, *[Took(who, name(action, f"action of {who}"), at) for action in options]
    )


def _joined(kind: type[All] | type[Some], *parts: Any) -> Condition:
    """One flat conjunction or disjunction, each part once.

    ``always`` adds nothing to a conjunction.
    """
    flat = dict.fromkeys(
        one
        for part in parts
        for one in (part.parts if isinstance(part, kind) and part != always else (part,))
    )
    if kind is All:
        flat.pop(always, None)
        if not flat:
            return always
    elif always in flat:
        return always
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def _place(literal: Took) -> str:
    return literal.who if literal.at is None else f"{literal.who} at {literal.at}"


def _inner(part: Condition) -> str:
    return (
        f"({part.words()})"
        if isinstance(part, (All, Some)) and part.parts
        else part.words()
    )


def condition(data: object) -> Condition:
    """Read a condition from the plain data of ``Condition.to_data()``.

    Raises ModelError on anything else.
    """
    return _read(data, 0)


def _read(data: object, depth: int) -> Condition:
    # what stands alone in a list, or is denied twice, is not a level of its own
    if depth > 2 * _DEEPEST:
        raise ModelError(
            f"a condition is nested more than {depth - 1} levels deep: at most {_DEEPEST} "
            "are allowed"
        )
    if isinstance(data, Condition):
        return data
    if isinstance(data, Mapping):
        keys = set(data)
        if keys == {"all"} or keys == {"any"}:
            ((key, parts),) = data.items()
            if isinstance(parts, (list, tuple)) and (parts or key == "all"):
                return _joined(
                    All if key == "all" else Some,
                    *[_read(part, depth + 1) for part in parts],
                )
        elif keys == {"not"}:
            return ~_read(data["not"], depth + 1)
        elif keys in ({"who", "action"}, {"who", "action", "at"}):
            return where({data["who"]: data["action"]}, at=data.get("at"))
    raise ModelError(
        f"{data!r} is not a condition: expected {{'who': ..., 'action': ...}} with 'at' "
        f"if need be, {{'all': [...]}}, {{'any': [...]}} or {{'not': ...}}"
    )


class Compiler:
    """Masks of conditions on the plays of one form."""

    def __init__(self, form: NormalForm | ExtensiveForm) -> None:
        self.form = form
        self._actions = {**form.actions, **form.chance}
        self._taken: dict[Literal, NDArray[np.bool_]] = {}

    def mask(self, condition: Condition, *, shared: bool = False) -> NDArray[np.bool_]:
        """Where a condition holds, shape (plays,).

        Unknown names raise ModelError; in a shared one they are moves never taken.
        """
        import numpy as np

        def moves(who: str, action: str, at: str | None) -> Any:
            if (who, action, at) not in self._taken:
                problem = self.problem((who, action, at))
                if problem and not shared:
                    raise ModelError(problem)
                if problem:
                    return False
                self._taken[who, action, at] = self.form.moves(who, action, at)
            return self._taken[who, action, at]

        found = np.empty(self.form.play_count, dtype=bool)
        found[:] = condition.combine(moves)
        found.flags.writeable = False
        return found

    def problem(self, literal: Literal) -> str | None:
        """What is wrong with the names of a literal, with the remedy.

        It is None if the form has them.
        """
        who, action, at = literal
        if who not in self._actions:
            return unknown(
                who,
                self._actions,
                "player or chance move" if self.form.chance else "player",
            )
        if action not in self._actions[who]:
            return unknown(
                action,
                self._actions[who],
                f"event of {who}" if who in self.form.chance else f"action of {who}",
            )
        if at is None:
            return None
        places = self.places(who)
        if at in places:
            return None
        if not places:
            kind = (
                "a chance move has"
                if who in self.form.chance
                else "a table has"
                if not self.form.is_tree
                else f"{who} has"
            )
            return (
                f"unknown information set {at!r}: {kind} no named information sets, so "
                "leave out at="
            )
        return unknown(at, places, f"information set of {who}")

    def places(self, who: str) -> tuple[str, ...]:
        """The named information sets of a player, ``who``."""
        form = self.form
        if not isinstance(form, ExtensiveForm) or who not in form.players:
            return ()
        number = form.players.index(who)
        mine = [
            label
            for one, label in form.infoset_names.items()
            if form.mover[form.infoset_nodes[one]] == number
        ]
        return tuple(dict.fromkeys(mine))
