"""What a model's parts must satisfy.

Each refusal shows the value, what was expected and the remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from strategy.assumptions.claims import Claim
from strategy.assumptions.conditions import Compiler
from strategy.assumptions.inquiries import Inquiry
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import (
    Parameters,
    UnknownParameterError,
    parameter_name,
)
from strategy.assumptions.terms import Term
from strategy.characters import escaped
from strategy.completeness import never_holds
from strategy.errors import ModelError, ParameterError
from strategy.names import (
    FrozenMapping,
    composed,
    different_phrases,
    name,
    ordered,
    prose,
    require_order,
    unknown,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "by_name",
    "claim_map",
    "focus_pair",
    "inquiry_tuple",
    "outcome_map",
    "term_masks",
    "term_tuple",
    "texts",
    "unknown_symbols",
]

T = TypeVar("T")


def _entries(given: Any, kind: type[T], what: str, example: str) -> tuple[T, ...]:
    if isinstance(given, Mapping):
        given = _values(given, what)
    if isinstance(given, kind):
        raise ModelError(
            f"{what} is a single {kind.__name__}: give a tuple, {what}=({example},) with "
            "the comma"
        )
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ModelError(
            f"{what} is {given!r}: give a tuple of {kind.__name__}, {what}=({example},)"
        )
    entries = ordered(given, what, ModelError)
    for one in entries:
        if not isinstance(one, kind):
            raise ModelError(
                f"{what} contains {one!r}, a {type(one).__name__}: expected only "
                f"{kind.__name__} entries, {what}=({example},)"
            )
    return entries


def _values(given: Mapping[Any, Any], what: str) -> tuple[Any, ...]:
    """The entries of a mapping; its keys must be what they are called."""
    for label, one in given.items():
        called = getattr(one, "id", None) or getattr(one, "name", label)
        if composed(label) != called:
            raise ModelError(
                f"{what} has {called!r} under {label!r}: give a tuple, or each under its "
                "own name"
            )
    return tuple(given.values())


def by_name(entries: Iterable[tuple[str, T]], what: str) -> FrozenMapping[str, T]:
    """Entries by their names. Raises ModelError on a name that comes twice.

    ``entries``: (name, entry); ``what``: what they are, for errors.
    """
    result: dict[str, T] = {}
    for label, one in entries:
        if label in result:
            raise ModelError(
                f"two {what}s are called {label!r}: every {what} needs a name of its own, "
                "so rename one or leave one out"
            )
        result[label] = one
    return FrozenMapping(result)


def term_tuple(given: Any) -> tuple[Term, ...]:
    """Terms, as ``given``, with names of their own."""
    terms = _entries(given, Term, "terms", "Term('Armenia', 1, when=...)")
    by_name(((one.name, one) for one in terms), "term")
    return terms


def outcome_map(given: Any) -> FrozenMapping[str, Outcome]:
    """Outcomes, as ``given``, by name."""
    return by_name(
        (
            (one.name, one)
            for one in _entries(given, Outcome, "outcomes", "Outcome('it runs', when=...)")
        ),
        "outcome",
    )


def claim_map(given: Any) -> FrozenMapping[str, Claim]:
    """Claims, as ``given``, by id."""
    found = by_name(
        ((one.id, one) for one in _entries(given, Claim, "claims", "Claim('C1', '...')")),
        "claim",
    )
    different_phrases(
        {label: one.label or label for label, one in found.items()}, "claim", ModelError
    )
    return found


def inquiry_tuple(given: Any) -> tuple[Inquiry, ...]:
    """Questions put to the model, as ``given``, in order."""
    return _entries(given, Inquiry, "inquiries", "Inquiry('How far ...?', 'radius')")


def texts(given: Any) -> tuple[str, ...]:
    """A tuple of strings, as ``given``.

    A single string is refused, since it would be read letter by letter.
    """
    found = _entries(
        (given,) if isinstance(given, str) else given,
        str,
        "leaves_out",
        "'what the model leaves out'",
    )
    return tuple([prose(one, "leaves_out") for one in found])


def focus_pair(given: Any) -> tuple[str, str] | None:
    """Two different parameter names, as ``given``, or None."""
    if given is None:
        return None
    pair = tuple(given) if isinstance(given, (tuple, list)) else ()
    if (
        len(pair) != 2
        or not all(isinstance(one, str) for one in pair)
        or pair[0] == pair[1]
    ):
        raise ModelError(
            f"focus is {given!r}: give two different parameter names, such as "
            "focus=('russia_attention', 'normalisation')"
        )
    return (parameter_name(pair[0]), parameter_name(pair[1]))


def unknown_symbols(expression: Any, parameters: Parameters, what: str) -> None:
    """Raise UnknownParameterError if an expression has a symbol that is not a parameter.

    ``parameters``: of the model; ``what``: what the expression is, for the error.
    """
    if not hasattr(expression, "free_symbols"):
        return
    for symbol in sorted(expression.free_symbols - set(parameters.symbols), key=str):
        if str(symbol) in parameters:
            raise UnknownParameterError(
                f"{what} uses a symbol {symbol} that is not the model's own: write it as "
                f"p.{symbol}, or Symbol({str(symbol)!r}, real=True)"
            )
        raise UnknownParameterError(f"{what}: {unknown(symbol, parameters, 'parameter')}")


def term_masks(terms: tuple[Term, ...], compiler: Compiler) -> NDArray[np.bool_]:
    """Where each term holds, shape (terms, plays).

    Checks players, names in conditions, and conditions that never hold. ``compiler``: looks
    conditions up in the form.
    """
    import numpy as np

    form = compiler.form
    masks = np.zeros((len(terms), form.play_count), dtype=bool)
    for row, term in zip(masks, terms, strict=True):
        what = f"term {term.name!r}"
        if term.player not in form.players:
            raise ModelError(f"{what}: {unknown(term.player, form.players, 'player')}")
        try:
            row[:] = compiler.mask(term.when, shared=term.shared)
        except ModelError as error:
            raise ModelError(f"{what}: {error}") from None
        if not term.shared and not row.any():
            raise ModelError(
                f"{what}: its condition ({term.when.words()}) "
                f"{never_holds(f'any of the {form.play_count:,} plays')}: correct it, "
                "leave the term out, or mark a term that other models use with "
                "shared=True"
            )
    masks.flags.writeable = False
    return masks


def check_outcomes(outcomes: Mapping[str, Outcome], compiler: Compiler) -> None:
    """Raise ModelError on unknown names in an outcome, or one that never happens.

    ``outcomes``: by name; ``compiler``: looks conditions up in the form.
    """
    for label, outcome in outcomes.items():
        try:
            found = compiler.mask(outcome.when, shared=outcome.shared)
        except ModelError as error:
            raise ModelError(f"outcome {label!r}: {error}") from None
        if not outcome.shared and not found.any():
            raise ModelError(
                f"outcome {label!r}: its condition ({outcome.when.words()}) "
                f"{never_holds('any play')}: correct it, or leave the outcome out"
            )


def check_references(
    terms: tuple[Term, ...],
    claims: Mapping[str, Claim],
    parameters: Parameters,
    outcomes: Mapping[str, Outcome],
    focus: Any,
    shown: tuple[str | None, ...],
    inquiries: tuple[Inquiry, ...],
    compiler: Compiler,
) -> None:
    """Raise ModelError or ParameterError where something names what is not there.

    A term, a claim, the focus, the headline or an inquiry. ``terms``, ``claims``,
    ``parameters``, ``outcomes``, ``inquiries``: the parts of the model; ``compiler``: looks
    conditions up in its form.
    """
    for term in terms:
        if term.claim is not None and term.claim not in claims:
            remedy = (
                ""
                if claims
                else (
                    " (the model has no claims: add claims=(Claim(...),), or leave claim "
                    "out)"
                )
            )
            raise ModelError(
                f"term {term.name!r}: {unknown(term.claim, claims, 'claim')}{remedy}"
            )
        unknown_symbols(term.amount, parameters, f"term {term.name!r}")
    for claim in claims.values():
        for label in claim.if_wrong:
            if label not in parameters:
                raise ParameterError(
                    f"claim {claim.id!r}, if_wrong: "
                    f"{unknown(label, parameters, 'parameter')}"
                )
        for check in claim.checks:
            try:
                check.require(parameters, outcomes, compiler)
            except (ModelError, ParameterError) as error:
                raise type(error)(f"claim {claim.id!r}, check: {error}") from None
    for label in focus or ():
        if label not in parameters:
            raise ParameterError(f"focus: {unknown(label, parameters, 'parameter')}")
    for which, wanted in enumerate(shown):
        if wanted is not None and wanted not in outcomes:
            place = "beside" if which else "headline"
            raise ModelError(f"{place}: {unknown(wanted, outcomes, 'outcome')}")
    for inquiry in inquiries:
        if inquiry.outcome is not None and inquiry.outcome not in outcomes:
            raise ModelError(
                f"inquiry {inquiry.text!r}: {unknown(inquiry.outcome, outcomes, 'outcome')}"
            )


def model_name(value: object) -> str:
    """The name of a model.

    ``value``: as given.
    """
    return name(value, "model name")


def headline_name(value: object) -> str | None:
    """The name of an outcome, or None for the first.

    ``value``: as given.
    """
    return None if value is None else name(value, "headline")


def outcome_names(value: Any) -> tuple[str, ...]:
    """The outcomes that are shown beside the headline, by their names."""
    require_order(value, "beside", ModelError)
    if isinstance(value, str):
        raise ModelError(
            f"beside={value!r}: give the names of outcomes in a tuple, ({value!r},)"
        )
    return tuple([name(one, "outcome") for one in value])


def callable_or_none(instance: object, attribute: Any, value: object) -> None:
    """Refuse versions that are not given as a function."""
    if value is not None and not callable(value):
        raise ModelError(
            f"variants={value!r}: give a function from the model to its other versions, by "
            "what is different"
        )


def title(value: object) -> str:
    """A line of words.

    ``value``: as given.
    """
    return prose(value, "title")


def about(value: object) -> str:
    """Words in paragraphs.

    ``value``: as given.
    """
    if not isinstance(value, str):
        raise ModelError(f"about is {value!r}: give a string")
    return escaped(value, keep="\n")
