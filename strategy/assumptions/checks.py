"""What a claim says of the model, as data.

Statements about verdicts and payoffs over a range of parameters.

Each is true or false of a model; ``strategy.checking`` proves it, searches for a
counter-example, or finds one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from strategy.assumptions.conditions import Called, Condition
from strategy.assumptions.formulas import labelled
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import Parameters, parameter_name
from strategy.assumptions.terms import read_expression, read_when
from strategy.completeness import (
    captioned,
    equilibrium,
    in_which,
    monotone_words,
    never_best_reply,
    never_holds,
)
from strategy.display import joined, number
from strategy.errors import GameError, ModelError
from strategy.forms.restricting import kept_actions
from strategy.names import FrozenMapping, name, require_order, unknown
from strategy.older_pickles import takes_older_pickles
from strategy.protocols import Concept

if TYPE_CHECKING:
    from strategy.assumptions.conditions import Compiler

__all__ = [
    "BestReply",
    "Check",
    "Complements",
    "Given",
    "Monotone",
    "Occurs",
    "Payoff",
    "Prefers",
    "Threshold",
    "VerdictCheck",
]

_SIGNS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">"}
EQUILIBRIA = ("every", "some", "no", "not every")


@attrs.frozen
class Given:
    """A comparison of amounts that limits where a statement is made.

    ``amount`` is at least 0, above 0 if ``strict``; ``text``: the comparison as people read
    it.
    """

    amount: Any
    strict: bool
    text: str

    @classmethod
    def of(cls, relation: Any) -> Given:
        """Read ``p.leverage > p.obstruction_cost`` or ``p.russia_attention <= 0.2``.

        ``relation``: such a comparison of SymPy expressions.
        """
        if getattr(relation, "rel_op", None) not in _SIGNS:
            raise ModelError(
                f"given={relation!r} is not a comparison: compare amounts with <, <=, > "
                "or >=, such as p.russia_attention <= 0.2"
            )
        low, high = (
            (relation.lhs, relation.rhs)
            if relation.rel_op[0] == "<"
            else (relation.rhs, relation.lhs)
        )
        sides = [read_expression(side, "amount") for side in (relation.lhs, relation.rhs)]
        words = [
            str(side) if hasattr(side, "free_symbols") else number(side) for side in sides
        ]
        return cls(
            read_expression(high - low, "amount"),
            "=" not in relation.rel_op,
            _SIGNS[relation.rel_op].join(_spaced(words)),
        )


def _spaced(words: list[str]) -> tuple[str, str]:
    return f"{words[0]} ", f" {words[1]}"


def _given(value: Any) -> tuple[Given, ...]:
    require_order(value, "given", ModelError)
    parts = value if isinstance(value, (tuple, list)) else (value,)
    return tuple([one if isinstance(one, Given) else Given.of(one) for one in parts])


def _players(value: Any) -> tuple[str, ...]:
    require_order(value, "players", ModelError)
    found = tuple(
        [
            name(one, "player")
            for one in (value if isinstance(value, (tuple, list)) else (value,))
        ]
    )
    if not found:
        raise ModelError(
            "players is empty: name at least one player whose payoff is compared"
        )
    return found


def _player(value: Any) -> str:
    return name(value, "player")


def _action(value: Any) -> str:
    return name(value, "action")


def _condition(value: Any) -> Condition:
    return (
        Called(value.name, value.when) if isinstance(value, Outcome) else read_when(value)
    )


def _about(value: Any) -> Any:
    return value if isinstance(value, Payoff) else _outcome(value)


def _outcome(value: Any) -> Any:
    return (
        _condition(value)
        if isinstance(value, (Condition, Outcome))
        else name(value, "outcome")
    )


def _equilibria(value: Any) -> str:
    if value not in EQUILIBRIA:
        raise ModelError(f"equilibria={value!r}: {unknown(value, EQUILIBRIA, 'quantity')}")
    return str(value)


def _concept(value: Any) -> str | None:
    return None if value is None else name(value, "concept")


def _change(value: Any) -> Any:
    if isinstance(value, str):
        return parameter_name(value)
    if (
        isinstance(value, (tuple, list))
        and len(value) == 2
        and all(isinstance(one, (Condition, Outcome)) for one in value)
    ):
        return tuple([_condition(one) for one in value])
    raise ModelError(
        f"{value!r} is not something that can rise: give a parameter's name, or two "
        "conditions (more, less), such as (where(Armenia='open'), "
        "where(Armenia='refuse'))"
    )


def _moves(value: Any) -> FrozenMapping[str, str]:
    if value == ():
        return FrozenMapping()
    if not isinstance(value, Mapping):
        raise ModelError(
            f"played={value!r} is not a mapping: give the action that each player has "
            "taken, such as {'Türkiye': 'press'}"
        )
    return FrozenMapping(
        {_player(player): _action(action) for player, action in value.items()}
    )


def _about_words(about: Any) -> str:
    return repr(about) if isinstance(about, str) else about.words()


@attrs.frozen
class Check:
    """A statement about a model.

    ``given`` limits where it is made: comparisons of amounts, such as ``p.leverage > 4``.
    Wherever a condition goes, an outcome of the model may stand; it is then called by its
    name.
    """

    given: tuple[Given, ...] = attrs.field(default=(), converter=_given, kw_only=True)

    def words(
        self, concept: Concept | None = None, label: Callable[[str], str] = str
    ) -> str:
        """The statement as people read it.

        ``concept``: that whose equilibria it speaks of, where that is known; ``label``:
        what to call a parameter, such as ``model.label``.
        """
        limits = joined([labelled(one.text, label) for one in self.given])
        return self._words(concept, label) + (f", where {limits}" if limits else "")

    def _words(self, concept: Concept | None, label: Callable[[str], str]) -> str:
        raise NotImplementedError

    def _names(self) -> Iterator[tuple[str, Any]]:
        """What it names, each with its kind: parameter, outcome, player or condition."""
        raise NotImplementedError

    def require(
        self, parameters: Parameters, outcomes: Mapping[str, Any], compiler: Compiler
    ) -> None:
        """Raise ModelError or ParameterError where it names what the model does not have.

        ``parameters``, ``outcomes``: those of the model, by name; ``compiler``: looks
        conditions up in its form.
        """
        for one in self.given:
            for symbol in getattr(one.amount, "free_symbols", ()):
                if symbol not in parameters.symbols:
                    raise ModelError(
                        f"given {one.text}: {unknown(symbol, parameters, 'parameter')}"
                    )
        for kind, value in self._names():
            if kind == "parameter":
                _ = parameters[value]
            elif kind == "player" and value not in compiler.form.players:
                raise ModelError(unknown(value, compiler.form.players, "player"))
            elif kind == "outcome" and value not in outcomes:
                raise ModelError(unknown(value, outcomes, "outcome"))
            elif isinstance(value, Called) and value.name not in outcomes:
                raise ModelError(unknown(value.name, outcomes, "outcome"))
            elif (
                isinstance(value, Called)
                and (compiler.mask(value) != compiler.mask(outcomes[value.name].when)).any()
            ):
                raise ModelError(
                    f"outcome {value} is {value.when} here, and "
                    f"{outcomes[value.name].when} among the model's outcomes: correct one "
                    "of them, or give one of them another name"
                )
            elif kind == "condition" and not compiler.mask(value).any():
                raise ModelError(
                    f"its condition ({value.words()}) {never_holds('any play')}: correct it"
                )


@takes_older_pickles
@attrs.frozen
class VerdictCheck(Check):
    """A statement about what is played.

    ``concept``: as on the command line; the first that takes the game, if none is named.
    ``played``: moves that are taken as made, ``{"Türkiye": "press"}``, so that the statement
    is about what follows them: the subgame behind the first moves of a tree, the game of the
    others in a table (``Model.with_actions``).
    """

    concept: str | None = attrs.field(default=None, converter=_concept, kw_only=True)
    played: FrozenMapping[str, str] = attrs.field(
        default=(), converter=_moves, kw_only=True
    )

    def words(
        self, concept: Concept | None = None, label: Callable[[str], str] = str
    ) -> str:
        """The statement as people read it, with the concept if one is known or named.

        ``label``: what to call a parameter, such as ``model.label``.
        """
        moves = joined([f"{player}: {action}" for player, action in self.played.items()])
        return (
            (f"given {moves}, " if moves else "")
            + super().words(concept, label)
            + (f" ({self.concept})" if self.concept and concept is None else "")
        )

    def require(
        self, parameters: Parameters, outcomes: Mapping[str, Any], compiler: Compiler
    ) -> None:
        """Raise ModelError or ParameterError where it names what is not there."""
        super().require(parameters, outcomes, compiler)
        try:
            kept_actions(compiler.form.actions, self.played)
        except GameError as error:
            raise ModelError(f"played: {error}") from None


@attrs.frozen
class Payoff:
    """What a player gets on the plays where ``on`` holds.

    With ``instead_of``, it is what the player gains there over plays alike where
    ``instead_of`` holds.

    ``when`` holds on all plays that count.
    """

    player: str = attrs.field(converter=_player)
    on: Condition = attrs.field(default=None, converter=_condition)
    instead_of: Condition | None = attrs.field(
        default=None, converter=attrs.converters.optional(_condition)
    )
    when: Condition = attrs.field(default=None, converter=_condition, kw_only=True)

    def words(self) -> str:
        """In words."""
        what = "gain" if self.instead_of is not None else "payoff"
        parts = [self.on.words()] if self.on.words() != "always" else []
        parts += (
            [f"instead of {self.instead_of.words()}"] if self.instead_of is not None else []
        )
        where = f" from {', '.join(parts)}" if parts else ""
        return f"{self.player}'s {what}{where}" + _when(self.when)


@attrs.frozen
class Occurs(VerdictCheck):
    """An outcome comes about in every, some, no or not every equilibrium.

    The statement is about the whole range box.

    ``outcome``: by name, or a condition on the play; ``equilibria``: in ``every`` one, in
    ``some`` (at least one), in ``no`` or in ``not every`` one; ``concept``: whose
    equilibria, by name (the first that takes the game, if none is named); ``given``:
    comparisons that limit where it is said, as in every Check: ``Occurs("corridor open",
    "every", given=p.russia_attention <= 0.2)``; ``played``: moves that are taken as made.

    Where there is no equilibrium the first two fail, and the others hold.
    """

    outcome: Any = attrs.field(converter=_outcome)
    equilibria: str = attrs.field(default="every", converter=_equilibria)

    def _words(self, concept: Concept | None, label: Callable[[str], str]) -> str:
        return f"{_about_words(self.outcome)}: {_in_which(self.equilibria, concept)}"

    def _names(self) -> Iterator[tuple[str, Any]]:
        yield (
            ("condition" if isinstance(self.outcome, Condition) else "outcome"),
            self.outcome,
        )


@attrs.frozen
class Prefers(Check):
    """Each of some players gets at least as much under one condition as under another.

    ``players``: one name or several (then it is a Pareto improvement); ``better``, ``to``:
    the two conditions; ``strictly``: more, instead of at least as much. Compared are plays
    that are ``alike`` in what all do whom neither condition names; with ``alike=False`` all
    pairs of plays. ``when`` holds on both. ``given``: comparisons that limit where it is
    said, as in every Check.
    """

    players: tuple[str, ...] = attrs.field(converter=_players)
    better: Condition = attrs.field(converter=_condition)
    to: Condition = attrs.field(converter=_condition)
    when: Condition = attrs.field(default=None, converter=_condition, kw_only=True)
    strictly: bool = attrs.field(default=False, kw_only=True)
    alike: bool = attrs.field(default=True, kw_only=True)

    def _words(self, concept: Concept | None, label: Callable[[str], str]) -> str:
        verb = "better" if self.strictly else "no worse"
        rest = ", all else equal" if self.alike else ""
        return (
            f"{joined(self.players)} {verb} off with {self.better.words()} than with "
            f"{self.to.words()}{rest}{_when(self.when)}"
        )

    def _names(self) -> Iterator[tuple[str, Any]]:
        yield from (("player", one) for one in self.players)
        yield from (("condition", one) for one in (self.better, self.to, self.when))


@attrs.frozen
class BestReply(Check):
    """An action is a best reply of a player wherever a condition holds of the others.

    ``player`` and ``action`` by name; ``when``: the condition (none: always); with
    ``never``, some other action always gains. ``given``: comparisons that limit where it is
    said, as in every Check.
    """

    player: str = attrs.field(converter=_player)
    action: str = attrs.field(converter=_action)
    when: Condition = attrs.field(default=None, converter=_condition, kw_only=True)
    never: bool = attrs.field(default=False, kw_only=True)

    def _words(self, concept: Concept | None, label: Callable[[str], str]) -> str:
        return (
            f"{self.action} is {never_best_reply(self.never)} of "
            f"{self.player}{_when(self.when)}"
        )

    def _names(self) -> Iterator[tuple[str, Any]]:
        from strategy.assumptions.conditions import where

        yield "player", self.player
        yield from (
            ("condition", one)
            for one in (self.when, where({self.player: self.action}) & self.when)
        )


@attrs.frozen
class Monotone(VerdictCheck):
    """Raising a parameter never lowers a payoff, or how widely an outcome comes about.

    ``of``: a ``Payoff``, or an outcome, which comes about in no, in some, in every
    equilibrium, in this order; ``falls``: never raises instead; ``concept``: whose
    equilibria, by name (the first that takes the game, if none is named); ``given``:
    comparisons that limit where it is said, as in every Check; ``played``: moves that are
    taken as made.
    """

    parameter: str = attrs.field(converter=parameter_name)
    of: Any = attrs.field(converter=_about)
    falls: bool = attrs.field(default=False, kw_only=True)

    def _words(self, concept: Concept | None, label: Callable[[str], str]) -> str:
        said = monotone_words(label(self.parameter), self.falls, _about_words(self.of))
        return (
            said
            if concept is None or isinstance(self.of, Payoff)
            else captioned(said, concept)
        )

    def _names(self) -> Iterator[tuple[str, Any]]:
        yield "parameter", self.parameter
        if isinstance(self.of, Payoff):
            yield "player", self.of.player
            yield from (
                ("condition", one)
                for one in (self.of.on, self.of.instead_of, self.of.when)
                if one is not None
            )
        else:
            yield ("condition" if isinstance(self.of, Condition) else "outcome"), self.of


@attrs.frozen
class Complements(Check):
    """To a player, more of one thing is worth no less where there is more of another.

    ``first`` and ``second``: each a parameter, or a pair of conditions (more, less)
    compared all else alike; ``substitutes``: no more instead of no less; ``when``: a
    condition on the plays compared; ``given``: comparisons that limit where it is said, as
    in every Check.
    """

    player: str = attrs.field(converter=_player)
    first: Any = attrs.field(converter=_change)
    second: Any = attrs.field(converter=_change)
    when: Condition = attrs.field(default=None, converter=_condition, kw_only=True)
    substitutes: bool = attrs.field(default=False, kw_only=True)

    def _words(self, concept: Concept | None, label: Callable[[str], str]) -> str:
        kind = "substitutes" if self.substitutes else "complements"
        changes = (
            f"{_change_words(self.first, label)} and {_change_words(self.second, label)}"
        )
        return f"{changes} are {kind} for {self.player}{_when(self.when)}"

    def _names(self) -> Iterator[tuple[str, Any]]:
        yield "player", self.player
        for one in (self.first, self.second):
            yield from (
                [("parameter", one)]
                if isinstance(one, str)
                else [("condition", part) for part in one]
            )
        yield "condition", self.when


@attrs.frozen
class Threshold(VerdictCheck):
    """Along a parameter there is one value above which an outcome comes about.

    Below it the outcome does not.

    ``equilibria``: how widely it comes about, as in ``Occurs``; ``rising=False``: below the
    value instead of above; ``everywhere``: wherever the other parameters are, not only at
    their baselines; ``concept``: whose equilibria, by name (the first that takes the game,
    if none is named); ``given``: comparisons that limit where it is said, as in every
    Check; ``played``: moves that are taken as made.
    """

    parameter: str = attrs.field(converter=parameter_name)
    outcome: Any = attrs.field(converter=_outcome)
    equilibria: str = attrs.field(default="every", converter=_equilibria)
    rising: bool = attrs.field(default=True, kw_only=True)
    everywhere: bool = attrs.field(default=False, kw_only=True)

    def _words(self, concept: Concept | None, label: Callable[[str], str]) -> str:
        side = "above" if self.rising else "below"
        start = (
            "the others at their starting values"
            if self.given
            else "the others at their baselines"
        )
        rest = "wherever the others are" if self.everywhere else start
        which = _in_which(self.equilibria, concept)
        return (
            f"{_about_words(self.outcome)}: {which} just {side} a threshold of "
            f"{label(self.parameter)}, {rest}"
        )

    def _names(self) -> Iterator[tuple[str, Any]]:
        yield "parameter", self.parameter
        yield (
            ("condition" if isinstance(self.outcome, Condition) else "outcome"),
            self.outcome,
        )


def _in_which(quantity: str, concept: Concept | None) -> str:
    which = in_which(quantity, "equilibrium" if concept is None else equilibrium(concept))
    return f"{which} (there may be none)" if quantity in ("no", "not every") else which


def _when(when: Condition) -> str:
    return "" if when.words() == "always" else f", when {when.words()}"


def _change_words(change: Any, label: Callable[[str], str]) -> str:
    return (
        label(change)
        if isinstance(change, str)
        else f"{change[0].words()} (instead of {change[1].words()})"
    )
