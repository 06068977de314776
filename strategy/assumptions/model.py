"""The model: a game form, parameters, and terms that say why each play pays."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from strategy.assumptions import _validation as checks
from strategy.assumptions.claims import Claim
from strategy.assumptions.conditions import Compiler
from strategy.assumptions.explanation import Explanation, explain
from strategy.assumptions.formulas import labelled
from strategy.assumptions.inquiries import Inquiry
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import Parameters
from strategy.assumptions.phrases import (
    Phrases,
    check_phrases,
    phrase_map,
    steps_in_words,
)
from strategy.assumptions.terms import Term, read_expression
from strategy.display import number, place_words
from strategy.errors import ModelError
from strategy.exact import exact
from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.names import FrozenMapping, name, unknown
from strategy.older_pickles import takes_older_pickles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sympy.polys.rings import PolyRing

    from strategy.assumptions.laws import Laws
    from strategy.assumptions.payoffs import Signatures
    from strategy.forms.plays import Play
    from strategy.polynomials import Polynomial

__all__ = ["Model"]

Form = NormalForm | ExtensiveForm


@takes_older_pickles
@attrs.frozen(eq=False, repr=False)
class Model:
    """An argument as a game: what can be done, the numbers assumed, and why each play pays.

    ``name`` is what the model is called in lists and file names, ``title`` its heading for
    people, ``about`` a paragraph on what it is of. ``form``: what can be done;
    ``parameters``: the numbers assumed; ``terms``: why each play pays whom how much.

    ``outcomes`` are what verdicts are about (``headline`` is the one shown first),
    ``claims`` what the text says, ``focus`` the two parameters of the default map,
    ``inquiries`` the questions that its report answers, ``leaves_out`` what the model does
    not contain. ``title`` is what people read in place of its ``name``, ``phrases`` what
    they read in place of actions: {("Russia", "broker"): Phrase("Russia runs the route",
    "to run the route")}. ``beside`` names outcomes that are shown beside the headline, and
    ``variants`` is a function from the model to other versions of it that might as well
    have been written, by what is different in each. ``held`` is set by
    ``with_claims_wrong``.

    Everything is checked here: ModelError, ParameterError or SizeError say what does not
    fit and what to do.
    """

    name: str = attrs.field(converter=checks.model_name)
    form: Form = attrs.field(kw_only=True)
    parameters: Parameters = attrs.field(factory=Parameters, kw_only=True)
    terms: tuple[Term, ...] = attrs.field(kw_only=True, converter=checks.term_tuple)
    outcomes: FrozenMapping[str, Outcome] = attrs.field(
        default=(), kw_only=True, converter=checks.outcome_map
    )
    claims: FrozenMapping[str, Claim] = attrs.field(
        default=(), kw_only=True, converter=checks.claim_map
    )
    title: str = attrs.field(default="", kw_only=True, converter=checks.title)
    about: str = attrs.field(default="", kw_only=True, converter=checks.about)
    leaves_out: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=checks.texts
    )
    focus: tuple[str, str] | None = attrs.field(
        default=None, kw_only=True, converter=checks.focus_pair
    )
    headline: str | None = attrs.field(
        default=None, kw_only=True, converter=checks.headline_name
    )
    inquiries: tuple[Inquiry, ...] = attrs.field(
        default=(), kw_only=True, converter=checks.inquiry_tuple
    )
    phrases: Phrases = attrs.field(
        factory=FrozenMapping, kw_only=True, converter=phrase_map
    )
    beside: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=checks.outcome_names
    )
    variants: Callable[[Model], Mapping[str, Model]] | None = attrs.field(
        default=None, kw_only=True, validator=checks.callable_or_none
    )
    _held: frozenset[str] = attrs.field(default=frozenset(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.form, Form):
            raise ModelError(
                f"form is {self.form!r}: give a NormalForm or an ExtensiveForm (a tree "
                "with bare End() leaves)"
            )
        if not isinstance(self.parameters, Parameters):
            raise ModelError(
                f"parameters is a {type(self.parameters).__name__}: give "
                "Parameters(x=Parameter(...), ...)"
            )
        if not self.form.is_tree:
            self.form.require_table(2 * len(self.form.players) + len(self.terms) // 8 + 1)
        check_phrases(self.phrases, self.form)
        compiler = Compiler(self.form)
        checks.check_references(
            self.terms,
            self.claims,
            self.parameters,
            self.outcomes,
            self.focus,
            (self.headline, *self.beside),
            self.inquiries,
            compiler,
        )
        checks.check_outcomes(self.outcomes, compiler)
        bound = FrozenMapping(
            {
                label: attrs.evolve(one, form=self.form)
                for label, one in self.outcomes.items()
            }
        )
        object.__setattr__(self, "outcomes", bound)
        if self.headline is None and bound:
            object.__setattr__(self, "headline", next(iter(bound)))
        # computed now, so that what is wrong with them is said now
        _ = self.masks, self.amounts, self.laws

    # -- what is computed once

    @property
    def players(self) -> tuple[str, ...]:
        """The players' names, in order."""
        return self.form.players

    @cached_property
    def masks(self) -> NDArray[np.bool_]:
        """Where each term holds: bool, shape (terms, plays), read-only."""
        return checks.term_masks(self.terms, Compiler(self.form))

    @cached_property
    def ring(self) -> PolyRing:
        """The ring of polynomials in the parameters, over the rationals.

        Its generators are in the order of the parameters.
        """
        from strategy.assumptions.amounts import ring_of

        return ring_of(self.parameters.symbols)

    @cached_property
    def amounts(self) -> tuple[Any, ...]:
        """The amount of each term.

        A Polynomial in the parameters, else a Quotient (without a pole in the ranges), else
        an expression.
        """
        from strategy.assumptions.amounts import Quotient, read_amount
        from strategy.assumptions.laws import require_nonzero

        read = []
        for term in self.terms:
            try:
                amount = read_amount(term.amount, self.ring)
            except ModelError as error:
                raise ModelError(f"term {term.name!r}: {error}") from None
            if isinstance(amount, Quotient):
                require_nonzero(
                    amount.denom,
                    self.parameters.symbols,
                    self.parameters.box,
                    f"term {term.name!r}: its amount {term.amount}",
                )
            read.append(amount)
        return tuple(read)

    @cached_property
    def laws(self) -> Laws | None:
        """A tree's chance laws, in the parameters; None if there is no chance."""
        if not self.form.is_tree or not self.form.laws:
            return None
        from strategy.assumptions.laws import Laws

        read = [
            tuple([read_expression(one, "probability") for one in law])
            for law in self.form.laws
        ]
        for law in read:
            for one in law:
                checks.unknown_symbols(
                    one, self.parameters, f"probability {one} of a chance move"
                )
        return Laws(self.form, read, self.ring, self.parameters.box)

    @cached_property
    def signatures(self) -> FrozenMapping[str, Signatures]:
        """For each player, the distinct sets of its terms that hold together on a play."""
        from strategy.assumptions.payoffs import signatures

        mine = {
            player: [i for i, term in enumerate(self.terms) if term.player == player]
            for player in self.players
        }
        return FrozenMapping(
            {player: signatures(self.masks, terms) for player, terms in mine.items()}
        )

    @cached_property
    def _payoffs(self) -> dict[str, tuple[tuple[Polynomial, ...], Polynomial]]:
        return {}

    # -- what people read

    def label(self, parameter: str) -> str:
        """What people read in place of a parameter's name: its label, or the name itself."""
        known = self.parameters[parameter].label if parameter in self.parameters else ""
        return known or parameter

    def claim_label(self, claim: str, *, quoted: bool = False) -> str:
        """What people read in place of a claim's id.

        It is the claim's label (``quoted``: for within a sentence), or the id itself.
        """
        known = self.claims[claim].label if claim in self.claims else ""
        return f"“{known}”" if known and quoted else known or claim

    def labels(self, parameters: Iterable[str]) -> list[str]:
        """What people read in place of several parameters' names."""
        return [self.label(one) for one in parameters]

    def claim_labels(self, claims: Iterable[str]) -> list[str]:
        """What people read in place of several claims' ids, in a sentence."""
        return [self.claim_label(one, quoted=True) for one in claims]

    def values_in_words(self, values: Mapping[str, Fraction]) -> list[str]:
        """``values`` of parameters (name -> number) as people read them: "leverage = 5"."""
        return [f"{self.label(one)} = {number(value)}" for one, value in values.items()]

    def value_in_words(self, parameter: str, value: Any) -> str:
        """The ``value`` of a ``parameter`` as a clause.

        What the parameter ``says`` of it, else "leverage = 5".
        """
        known = exact(value, f"value of {parameter}")
        return self.parameters[parameter].said(known) or (
            f"{self.label(parameter)} = {number(known)}"
        )

    def play_in_words(self, play: Play) -> str:
        """A ``play`` as people read it: "Türkiye presses and Azerbaijan waits".

        The actions by name unless each has a phrase.
        """
        return steps_in_words(play.steps, self.phrases) or str(play)

    def place_in_words(self, place: Hashable) -> str:
        """An information set as people read it: "after Türkiye presses", "at the start".

        ``place`` is its key; None, that of a table, gives "".
        """
        if isinstance(self.form, ExtensiveForm) and isinstance(place, tuple) and place:
            said = steps_in_words(self.form.steps_along(place), self.phrases)
            return f"after {said}" if said else place_words(place)
        return place_words(place)

    def action_in_words(self, player: str, action: str) -> str:
        """An ``action`` of a ``player`` as an infinitive: "to run the route".

        "to" and its name if it has no phrase.
        """
        said = self.phrases.get((player, action))
        return f"to {action}" if said is None else said.infinitive

    def switch_in_words(self, player: str, before: str, after: str) -> str:
        """That a ``player`` now gains by the action ``after`` instead of ``before``.

        "prefers to obstruct the route rather than to run it", or "switches from broker to
        obstruct" if either has no phrase.
        """
        old, new = [self.phrases.get((player, one)) for one in (before, after)]
        if old is None or new is None:
            return f"switches from {before} to {after}"
        return f"prefers {new.infinitive} rather than {old.infinitive}"

    def in_words(self, formula: Any) -> str:
        """A formula with labels in place of parameters' names.

        ``formula``: an amount, or an inequality or sum of multiples of parameters.
        """
        return labelled(str(formula), self.label)

    # -- games

    def amount_values(self, values: Mapping[str, Fraction]) -> list[Fraction]:
        """The value of each term's amount, in the order of the terms.

        ``values``: the value of every parameter, as ``parameters.read`` returns them.
        """
        from strategy.assumptions.amounts import evaluate
        from strategy.polynomials import Polynomial, values_at

        plain = [one for one in self.amounts if isinstance(one, Polynomial)]
        found = iter(values_at(plain, list(values.values())))
        return [
            next(found) if isinstance(one, Polynomial) else evaluate(one, values)
            for one in self.amounts
        ]

    def game(
        self, at: Mapping[str, Any] | None = None
    ) -> NormalFormGame | ExtensiveFormGame:
        """The game with exact payoffs at the baseline, or at the values in ``at``.

        ``at``: name -> value, for parameters that are not at their baselines.

        Values may be int, str, Fraction, Decimal or float. Raises ParameterError on unknown
        names and values outside their range, NumberError where an amount has no rational
        value.
        """
        from strategy.assumptions.payoffs import payoff_values

        values = self.parameters.read(at)
        worth = self.amount_values(values)
        payoffs = tuple(
            [payoff_values(self.signatures[player], worth) for player in self.players]
        )
        return self.form.game(payoffs, () if self.laws is None else self.laws.at(values))

    def payoff_polynomials(self, player: str) -> tuple[NDArray[np.int64], list[Polynomial]]:
        """A player's distinct payoffs as polynomials in the parameters.

        It returns each play's number, of shape (plays,), and the list of them.

        Where amounts are quotients, all are multiplied by ``payoff_denominator(player)``,
        which is positive over the ranges. Raises ModelError if an amount is neither a
        polynomial nor a quotient of two.
        """
        player = self._player(player)
        if player not in self._payoffs:
            from strategy.assumptions._payoff_polynomials import payoff_polynomials

            self._payoffs[player] = payoff_polynomials(
                self.signatures[player],
                self.terms,
                self.amounts,
                self.parameters.box,
            )
        return self.signatures[player].number, list(self._payoffs[player][0])

    def payoff_denominator(self, player: str) -> Polynomial:
        """What ``payoff_polynomials`` of a player are multiplied by.

        1 if all amounts are polynomials.
        """
        self.payoff_polynomials(player)
        return self._payoffs[self._player(player)][1]

    def _player(self, player: str) -> str:
        player = name(player, "player")
        if player not in self.players:
            raise ModelError(unknown(player, self.players, "player"))
        return player

    # -- claims

    def with_claims_wrong(self, *ids: str) -> Model:
        """The model in which the claims of these ``ids`` are wrong.

        Their ``if_wrong`` values are the baselines, ranges widened to contain them. Samples
        of its range box keep these values: what a claim puts wrong is not drawn anew.

        Raises ModelError on an unknown claim, one that does not say what holds instead, and
        two that set one parameter differently.
        """
        values: dict[str, Fraction] = {}
        setter: dict[str, str] = {}
        for given in ids:
            label = name(given, "claim id")
            if label not in self.claims:
                raise ModelError(unknown(label, self.claims, "claim"))
            if not self.claims[label].if_wrong:
                raise ModelError(
                    f"claim {label!r} does not say what holds if it is wrong: give it "
                    f"if_wrong={{parameter: value}}"
                )
            for parameter, value in self.claims[label].if_wrong.items():
                if values.setdefault(parameter, value) != value:
                    raise ModelError(
                        f"claims {setter[parameter]!r} and {label!r} cannot be wrong "
                        f"together: the first then sets {parameter} = "
                        f"{values[parameter]}, the second {parameter} = {value}; take "
                        "them one at a time"
                    )
                setter.setdefault(parameter, label)
        if not values:
            return self
        return attrs.evolve(
            self,
            parameters=self.parameters.with_values(values),
            held=self._held | values.keys(),
        )

    def with_actions(self, only: Mapping[str, Any]) -> Model:
        """The model in which some players have only some of their actions.

        ``only``: what is left to each player that is restricted, an action or several in a
        tuple: ``model.with_actions({"Russia": "acquiesce"})``.

        In a tree this fixes moves wherever the player has one of them: with the first moves
        fixed, its subgame-perfect equilibria are those of the subgame that follows. In a
        table a player with one action is bound to it. Terms and outcomes stay; what they say
        of actions that nobody can take any more holds on no play. Checks and inquiries are
        left out. Raises GameError on players and actions that do not exist.
        """
        form = self.form.restricted(only)
        moves = {**form.actions, **form.chance}
        return attrs.evolve(
            self,
            form=form,
            phrases={
                key: said for key, said in self.phrases.items() if key[1] in moves[key[0]]
            },
            terms=tuple([attrs.evolve(one, shared=True) for one in self.terms]),
            outcomes=tuple(
                [attrs.evolve(one, shared=True) for one in self.outcomes.values()]
            ),
            claims=tuple([attrs.evolve(one, checks=()) for one in self.claims.values()]),
            inquiries=(),
            variants=None,
        )

    @property
    def held(self) -> frozenset[str]:
        """The parameters that ``with_claims_wrong`` has set, which sampling does not move."""
        return self._held

    def explain(
        self,
        play: Play | Mapping[str, Any],
        instead_of: Play | Mapping[str, Any] | None = None,
        at: Mapping[str, Any] | None = None,
    ) -> Explanation:
        """What a play pays, term by term.

        With ``instead_of``, it is what the play pays more than that one, without the terms
        that cancel.

        A play is a Play or a mapping from players and chance moves to what they do; ``at``
        gives parameter values.
        """
        other = None if instead_of is None else self.form.find(instead_of)
        worth = self.amount_values(self.parameters.read(at))
        found = explain(
            self.form, self.terms, self.masks, worth, self.form.find(play), other
        )
        said = [
            attrs.evolve(
                row,
                claim_label=self.claim_label(row.claim or ""),
                formula=self.in_words(row.amount),
            )
            for row in found.rows
        ]
        return attrs.evolve(found, rows=tuple(said))

    def __repr__(self) -> str:
        return (
            f"Model({self.name!r}, {len(self.players)} players, {len(self.terms)} terms, "
            f"{len(self.parameters)} parameters)"
        )

    def __str__(self) -> str:
        return "\n".join(_summary(self))

    def _repr_html_(self) -> str:
        from strategy.assumptions._notebook import model_page

        return model_page(self)


def _summary(model: Model) -> Iterable[str]:
    yield model.title or model.name
    if model.about:
        yield model.about
    yield (
        f"{len(model.players)} players, {model.form.play_count:,} plays, "
        f"{len(model.terms)} terms"
    )
    for player, actions in {**model.form.actions, **model.form.chance}.items():
        yield f"  {player}: {', '.join(actions)}"
    yield "parameters" if model.parameters else "no parameters"
    labels = model.labels(model.parameters)
    width = max(map(len, labels), default=0)
    for label, one in zip(labels, model.parameters.values(), strict=True):
        notes = "; ".join(filter(None, (one.source, one.reason)))
        yield (
            (
                f"  {label:{width}} = {number(one.baseline)} in [{number(one.low)}, "
                f"{number(one.high)}] {one.unit}"
            ).rstrip()
            + (f" ({notes})" if notes else "")
        )
    if model.outcomes:
        yield "outcomes"
        for outcome in model.outcomes.values():
            yield f"  {outcome.name}: {outcome.when.words()}"
    if model.leaves_out:
        yield "leaves out: " + "; ".join(model.leaves_out)
