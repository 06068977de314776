"""Other versions of the corridor models: choices that were ours, made the other way."""

from fractions import Fraction

import attrs

from games.corridor.assumptions import ACTIONS, CONSTANTS, terms_with
from strategy import Model, NormalForm, Parameter, Parameters

SHARES = "share"

# rows that the essay does not have, and that stood among its claims in an earlier version
ADDITIONS = ("lost_place", "northern_trade", "refusal_cost")


def scaled(parameter: Parameter, factor: Fraction) -> Parameter:
    """A range so many times as wide on both sides of the baseline.

    It stays above 0, and a share within 0 and 1.
    """
    low = parameter.baseline - factor * (parameter.baseline - parameter.low)
    high = parameter.baseline + factor * (parameter.high - parameter.baseline)
    most = min(high, Fraction(1)) if parameter.unit == SHARES else high
    return attrs.evolve(parameter, low=max(low, Fraction(0)), high=most)


def with_ranges(model: Model, factor: Fraction) -> Model:
    """The model with ranges so many times as wide."""
    found = {label: scaled(one, factor) for label, one in model.parameters.items()}
    return attrs.evolve(model, parameters=Parameters(found))


def centred(model: Model) -> Model:
    """The model with the nearer end of each range as far off on the other side."""
    found = {}
    for label, one in model.parameters.items():
        reach = min(one.baseline - one.low, one.high - one.baseline)
        found[label] = attrs.evolve(
            one, low=one.baseline - reach, high=one.baseline + reach
        )
    return attrs.evolve(model, parameters=Parameters(found))


def without(model: Model, *parameters: str) -> Model:
    """The model in which these parameters are 0, and not drawn."""
    zero = dict.fromkeys(parameters, Fraction(0))
    return attrs.evolve(
        model, parameters=model.parameters.with_values(zero), held=model.held | zero.keys()
    )


def versions(model: Model) -> dict[str, Model]:
    """What the three models might as well have been, but for the order of moves."""
    found = {
        "if Russia could not run the road": model.with_actions(
            {"Russia": ("obstruct", "acquiesce")}
        ),
        "if nobody could give Iran a guarantee": model.with_actions(
            {"Iran": ("obstruct", "acquiesce")}
        ),
        "if Azerbaijan had no way through Iran": model.with_actions(
            {"Azerbaijan": ("connect", "wait")}
        ),
        "if Armenia could set no conditions": model.with_actions(
            {"Armenia": ("open", "refuse")}
        ),
        **{f"without {model.label(name)}": without(model, name) for name in ADDITIONS},
        "without all three of these additions": without(model, *ADDITIONS),
        "with ranges half as wide": with_ranges(model, Fraction(1, 2)),
        "with ranges twice as wide": with_ranges(model, Fraction(2)),
        "with each baseline in the middle of its range": centred(model),
    }
    if model.form.is_tree:
        found["if all five chose at once"] = attrs.evolve(model, form=NormalForm(ACTIONS))
    for name, points in CONSTANTS.items():
        for word, factor in (("half", Fraction(1, 2)), ("twice", Fraction(2))):
            terms = terms_with(**{name: points * factor})
            found[f"with {word} {SPOKEN[name]}"] = attrs.evolve(model, terms=terms)
    return found


SPOKEN = {
    "obstructing": "the strain of obstructing",
    "relief": "what attention spares a Russia that runs the road",
    "retaliation": "Russia's retaliation",
    "border": "the worth of an open border with Türkiye",
    "guarantee": "the worth of a guarantee to Iran",
    "bypass_risk": "the risk to a way through Iran",
    "backing": "the part of Türkiye's commitment that deters",
    "stretch": "Armenia's part of the Middle Corridor",
}
