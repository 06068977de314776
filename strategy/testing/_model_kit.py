"""What every model keeps to, whatever its argument."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from strategy.assumptions.model import Model
from strategy.exact import exact
from strategy.generators import claim_subsets, parameter_values
from strategy.testing._common import (
    payoffs_of,
    require,
    require_copies,
    require_error,
    succeed,
)
from strategy.testing._form_kit import check_form
from strategy.testing.examples import drawn

__all__ = ["check_model"]

_PLACES = 12  # values of the parameters at which payoffs are compared
_MOST_PLAYS = 200


def check_model(model: Any) -> None:
    """Raise AssertionError, with the reason in words, where a model is not consistent.

    Its form passes ``check_form``; every parameter is used, and every claim that says what
    holds if it is wrong changes something; inside the ranges every payoff is the sum of the
    terms that hold, worked out here term by term; explanations add up; claims negated give
    games; it can be pickled, hashed and printed, and nothing of this changes it.
    """
    require(
        isinstance(model, Model),
        f"{model!r} is not a Model: give the object itself, not its name or its module",
    )
    who = f"model {model.name!r}"
    before = model.parameters
    check_form(model.form)
    require_copies(model, who, same=lambda one: payoffs_of(one.game()))
    require(str(model).strip(), f"{who} prints nothing")
    _check_parameters(model, who)
    for values in drawn(parameter_values(model), _PLACES):
        _check_payoffs(model, values, who)
    _check_claims(model, who)
    require(model.parameters == before, f"{who} is changed by being used")


def _check_parameters(model: Model, who: str) -> None:
    used = {
        str(symbol)
        for term in model.terms
        for symbol in getattr(term.amount, "free_symbols", ())
    }
    for law in getattr(model.form, "laws", ()):
        used |= {str(symbol) for one in law for symbol in getattr(one, "free_symbols", ())}
    idle = [label for label in model.parameters if label not in used]
    require(
        not idle,
        (
            f"{who} has parameters that no term and no probability uses: "
            f"{', '.join(idle)}; leave them out"
        ),
    )
    silent = [
        term.name
        for term, mask in zip(model.terms, model.masks, strict=True)
        if not mask.any()
    ]
    require(
        not silent,
        f"{who} has terms whose condition holds on no play: {', '.join(map(str, silent))}",
    )


def _check_payoffs(model: Model, values: dict[str, Fraction], who: str) -> None:
    at = ", ".join(f"{label} = {value}" for label, value in values.items())
    game = succeed(f"{who}: game(at={{{at}}})", model.game, at=values)
    count = model.form.play_count
    for number in range(0, count, max(1, count // _MOST_PLAYS)):
        play = model.form.play(number)
        for player, column in zip(model.players, game.payoffs, strict=True):
            terms = [
                term
                for term in model.terms
                if term.player == player and term.when.holds(play)
            ]
            total = sum((_amount(term.amount, values) for term in terms), Fraction(0))
            paid = exact(column[number])
            require(
                paid == total,
                (
                    f"{who} pays {player} {paid} on {play} at {at}; its terms add up to "
                    f"{total}"
                ),
            )
    first = model.form.play(0)
    totals = succeed(f"{who}: explain({first})", model.explain, first, at=values).totals
    for player, total in totals.items():
        require(
            total == game.payoff(player, first),
            f"{who}: the explanation of {first} adds up to {total} for {player} at {at}",
        )


def _amount(amount: Any, values: dict[str, Fraction]) -> Fraction:
    """An amount at values of the parameters.

    By substitution in the expression as it was written.
    """
    import sympy

    if not isinstance(amount, sympy.Expr):
        return Fraction(amount)
    numbers = {
        symbol: sympy.Rational(values[str(symbol)]) for symbol in amount.free_symbols
    }
    return Fraction(str(sympy.nsimplify(amount.subs(numbers), rational=True)))


def _check_claims(model: Model, who: str) -> None:
    stated = {term.claim for term in model.terms if term.claim is not None}
    for label, claim in model.claims.items():
        if not claim.if_wrong:
            continue
        moved = {
            name: value
            for name, value in claim.if_wrong.items()
            if model.parameters[name].baseline != value
        }
        require(
            moved,
            (
                f"{who}: claim {label!r} being wrong changes no baseline, so it claims "
                "nothing: change its if_wrong"
            ),
        )
        succeed(f"{who} with claim {label!r} wrong", model.with_claims_wrong(label).game)
    require(
        stated <= set(model.claims),
        f"{who} has terms for claims that it does not list: {stated - set(model.claims)}",
    )
    for ids in drawn(claim_subsets(model), _PLACES):
        wrong = succeed(f"{who}: with_claims_wrong{ids}", model.with_claims_wrong, *ids)
        succeed(f"{who} with {ids} wrong", wrong.game)
    require_error(
        f"{who}.with_claims_wrong of an unknown claim",
        model.with_claims_wrong,
        "no such claim",
    )
