"""The names that the calls of the table are written in: the models, and short questions to them.

Everything is asked of the toolkit's public calls; nothing about a result stands here.
"""

# ruff: noqa: F401 - the calls of the table use these names

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import attrs
import numpy as np

from games.corridor import (
    activation as _activation,
    alignment as _alignment,
    sequence as _sequence,
)
from games.corridor.assumptions import CONSTANTS
from games.corridor.checks import ANSWERED, ASKED
from games.corridor.choices import SPOKEN, without as left_out
from games.corridor.readings import rows
from games.corridor.sequence import ORDERS, in_order
from strategy import (
    LogitQuantalResponse,
    Model,
    Nash,
    Outcome,
    PureNash,
    PureSubgamePerfect,
    solve,
    where,
)
from strategy.assumptions import Complements, Monotone, Payoff, Prefers
from strategy.checking import check, rule
from strategy.report.asking import answered
from strategy.report.question import Question
from strategy.sensitivity import (
    Verdict,
    best_replies,
    moving_shares,
    regions,
    robustness,
    shares,
    stress,
    thresholds,
    variants,
    verdict,
    weighed_parameters,
)
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.samples.shares import draw

activation, alignment = _activation.model, _alignment.model
sequence, reaction = _sequence.model, _sequence.reaction
MODELS = (activation, sequence, reaction, alignment)
TREES = (sequence, reaction)
OPEN, APART = "corridor open", "open without Russia"
EVERY, SOME, NO, NONE_EXISTS = Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS
pure, undominated, nash, in_turn = (
    PureNash(),
    PureNash(undominated=True),
    Nash(),
    PureSubgamePerfect(),
)


def own(model: Model) -> Any:
    """The concept that a model is asked with."""
    return in_turn if model.form.is_tree else pure


def so(model: Model, outcome: str = OPEN, concept: Any = None, **options: Any) -> Verdict:
    """The verdict at the baselines, or ``at`` other values."""
    return verdict(model, concept or own(model), outcome, **options)


_often: dict[Any, Any] = {}


def often(
    model: Model, outcome: str = OPEN, *kinds: Verdict, concept: Any = None, at: Any = None
) -> float:
    """The share of 20,000 points of the ranges with one of these verdicts (EVERY, if none is
    named)."""
    place = (id(model), outcome, str(concept), tuple((at or {}).items()))
    if place not in _often:
        found = shares(model, concept or own(model), outcome, samples=20_000, at=at)
        _often[place] = (
            found,
            model,
        )  # the model is kept as well: no other gets its identity
    return sum(float(_often[place][0].frequency(kind).value) for kind in kinds or (EVERY,))


def turns(
    model: Model, parameter: str, outcome: str = OPEN, concept: Any = None, **options: Any
) -> list[str]:
    """The thresholds along a parameter, and the verdicts between them."""
    along = thresholds(model, concept or own(model), outcome, parameter, **options)
    return [*map(str, along.points), *[one.name for one in along.pieces]]


def inside(model: Model, outcome: str = OPEN, concept: Any = None) -> list[str]:
    """The parameters that have a threshold inside their ranges."""
    return [
        name
        for name in model.parameters
        if thresholds(model, concept or own(model), outcome, name).points
    ]


def all_along(model: Model, outcome: str = OPEN, concept: Any = None) -> set[Verdict]:
    """Every verdict along every parameter, moved alone, its ends included."""
    found = [
        thresholds(model, concept or own(model), outcome, name) for name in model.parameters
    ]
    return {kind for one in found for kind in (*one.pieces, *one.at_points, *one.at_ends)}


def wrong(model: Model, outcome: str = OPEN, concept: Any = None) -> dict[str, Verdict]:
    """The verdict with each claim wrong alone."""
    return {
        label: so(model.with_claims_wrong(label), outcome, concept)
        for label, one in model.claims.items()
        if one.if_wrong
    }


def with_outcome(model: Model, label: str, when: Any) -> Model:
    return attrs.evolve(
        model, outcomes=(*model.outcomes.values(), Outcome(label, when=when))
    )


def of(model: Model, when: Any, *kinds: Verdict, **options: Any) -> float:
    """How often an outcome holds that a condition describes."""
    return often(with_outcome(model, "asked about", when), "asked about", *kinds, **options)


def played(model: Model, **options: Any) -> dict[str, str]:
    """What is done in the one pure equilibrium, by player."""
    (one,) = solve(model.game(**options), own(model))
    (play,) = one.plays
    return {player: action for player, _, action in play.steps}


def payoffs(model: Model, **options: Any) -> dict[str, Any]:
    """What each gets in the one pure equilibrium."""
    (one,) = solve(model.game(**options), own(model))
    return dict(one.payoffs)


def plays(model: Model) -> Iterator[tuple[Any, dict[str, str]]]:
    """Every play of a model, with what each player does who is asked, and "" for the others."""
    for one in model.form.plays():
        nobody = dict.fromkeys(model.players, "")
        yield one, nobody | {player: action for player, _, action in one.steps}


def means(model: Model, outcome: str, test: Callable[[dict[str, str]], bool]) -> bool:
    """Whether an outcome holds on the plays of a test, and on no others."""
    holds = model.outcomes[outcome].holds
    return all(holds(one) == test(done) for one, done in plays(model))


def road(play: Mapping[str, str]) -> bool:
    """Azerbaijan connects, Armenia opens, neither Russia nor Iran obstructs."""
    return (
        play["Azerbaijan"] == "connect"
        and play["Armenia"] in ("open", "open on conditions")
        and "obstruct" not in (play["Russia"], play["Iran"])
    )


def about(value: float, whole: float, off: float = 0.25) -> bool:
    """Whether a number is another one but for so large a part of it."""
    return abs(value - whole) <= off * whole


@cache
def versions(name: str) -> dict[str, Any]:
    """The other versions of a model, by what is different; the model itself is ``""``."""
    model = {one.name: one for one in MODELS}[name]
    first, *others = variants(model, own(model), OPEN, samples=20_000).rows
    return {"": first, **{one.label: one for one in others}}


def version(model: Model, words: str) -> Any:
    """That version whose label has these words."""
    (found,) = [one for label, one in versions(model.name).items() if words in label]
    return found


def opens(one: Any, *kinds: Verdict) -> float:
    """How often the corridor is open in a version."""
    return float(one.frequency(*(kinds or (EVERY,))).value)


def apart(one: Any) -> float:
    """How often it is open and not run by Russia, in every equilibrium of a version."""
    return float(one.beside[APART] / one.samples)


def plain(model: Model) -> Any:
    return versions(model.name)[""]


def at_points(model: Model, outcome: str = OPEN, **fixed: float) -> np.ndarray:
    """Whether an outcome is in every equilibrium, at 20,000 points with parameters fixed."""
    points, names = draw(model, 20_000, seed=0), list(model.parameters)
    for name, value in fixed.items():
        points[:, names.index(name)] = value
    codes, _ = classify(model, own(model), outcome, points)
    return np.asarray(codes == ORDER.index(EVERY))


def dropped(order: tuple[str, ...], term: str = "ally let down") -> float:
    """At how many points of the ranges leaving out a term changes the verdict in an order."""
    whole = in_order(order, "order")
    less = attrs.evolve(whole, terms=[one for one in whole.terms if one.name != term])
    points = draw(whole, 20_000, 0)
    with_it, without = (classify(one, in_turn, OPEN, points)[0] for one in (whole, less))
    return float((with_it != without).mean())


def chances(model: Model, outcome: str = OPEN, concept: Any = nash) -> list[Fraction]:
    """How probable an outcome is in each equilibrium at the baselines, in their order."""
    mask = model.outcomes[outcome].mask
    return [Fraction(one.probability(mask)) for one in solve(model.game(), concept)]


def chances_at(model: Model, outcome: str = OPEN, **values: str) -> list[Fraction]:
    """How probable an outcome is in each Nash equilibrium, with other values of parameters."""
    mask = model.outcomes[outcome].mask
    return [Fraction(one.probability(mask)) for one in solve(model.game(values), nash)]


def parts(model: Model) -> list[tuple[int, int | None]]:
    """The dimension and the index of each connected part of the Nash equilibria."""
    return [(one.dimension, one.index) for one in solve(model.game(), nash).components]


@cache
def mixed(name: str) -> Any:
    """The verdicts over all Nash equilibria at 100 points of the ranges."""
    return shares({one.name: one for one in MODELS}[name], nash, OPEN, samples=100)


@cache
def replies(name: str) -> Any:
    """How often each action of a model is a best reply."""
    return best_replies({one.name: one for one in MODELS}[name])


def best(model: Model, who: str, **others: str) -> list[str]:
    """A player's best replies, the others as in the first pure equilibrium but for those named."""
    game = model.game()
    (play,) = solve(game, pure)[0].plays
    done = {player: action for player, _, action in play.steps} | others
    paid = {one: game.payoff(who, {**done, who: one}) for one in game.actions[who]}
    return [one for one, value in paid.items() if value == max(paid.values())]


def at_an_end_only(model: Model, outcome: str = OPEN, concept: Any = None) -> list[str]:
    """The parameters that have no threshold inside, and another verdict at an end of their range."""
    along = {
        n: thresholds(model, concept or own(model), outcome, n) for n in model.parameters
    }
    return [
        n
        for n, one in along.items()
        if not one.points and set(one.at_ends) != set(one.pieces)
    ]


@cache
def moving(name: str, outcome: str = OPEN) -> dict[str, float]:
    """How often drawing a parameter anew changes the verdict."""
    model = {one.name: one for one in MODELS}[name]
    found = moving_shares(model, own(model), outcome)
    return {label: float(one.value) for label, one in found.items()}


def switch(model: Model, parameter: str, **options: Any) -> list[str]:
    """Who turns from what to what at the first threshold along a parameter."""
    along = thresholds(model, own(model), OPEN, parameter, **options)
    return [f"{one.player}: {one.from_} -> {one.to}" for one in along.binding[0]]


def halved_and_doubled() -> tuple[set[str], set[str]]:
    """The constants that have a version with half of them, and with twice."""
    labels = versions("corridor.sequence")
    half, twice = (
        {one for one in CONSTANTS if f"with {word} {SPOKEN[one]}" in labels}
        for word in ("half", "twice")
    )
    return half, twice


def idle_broker() -> bool:
    """Whether running a road that nobody asks for changes what Russia alone gets, at the
    baselines."""
    game, idle = (
        activation.game(),
        {"Türkiye": "hold back", "Armenia": "refuse", "Iran": "acquiesce"},
    )
    return all(
        game.payoff(who, {**idle, "Azerbaijan": does, "Russia": "broker"})
        == game.payoff(who, {**idle, "Azerbaijan": does, "Russia": "acquiesce"})
        for who in activation.players
        if who != "Russia"
        for does in ("bypass", "wait")
    )


@cache
def results() -> list[tuple[Any, str]]:
    """Every check of every claim of the models, with its result over the ranges."""
    return [
        (one, rule(one, model).result.name)
        for model in MODELS
        for claim in model.claims.values()
        for one in claim.checks
    ]


def directions() -> set[str]:
    """The results of what is said of an action's payoff: that a parameter raises it or lowers it."""
    return {
        found
        for one, found in results()
        if isinstance(one, Monotone) and isinstance(one.of, Payoff)
    }


def refuted_on_play() -> float:
    """Which share of the refuted readings speaks of equilibria or best replies, not of payoffs."""
    refuted = [one for one, found in results() if found == "REFUTED"]
    paid = [one for one in refuted if isinstance(one, (Prefers, Complements))]
    return 1 - len(paid) / len(refuted)


def refuting(model: Model, claim: str) -> str:
    """The words of what refutes a claim."""
    (found,) = [one for one in _checked(model.name).claims if one.claim.id == claim]
    return " ".join([one.words for one in found.rulings if one.result.name == "REFUTED"])


@cache
def _checked(name: str) -> Any:
    return check({one.name: one for one in MODELS}[name])


def stopped() -> Model:
    """The tree once Türkiye presses and Azerbaijan asks, with whether anybody obstructs."""
    obstructs = where(Russia="obstruct") | where(Iran="obstruct")
    return with_outcome(sequence.with_actions(ASKED), "stopped", obstructs)


def first_change(path: str) -> str:
    """Where on a way of being wrong the verdict first turns."""
    (found,) = [one for one in stress(sequence, in_turn, OPEN).paths if one.name == path]
    return str(found.first_change)


def lengths() -> set[int]:
    """How many sentences answer each question of a model."""
    return {
        len(answered(Question.of(model), one).sentences)
        for model in MODELS
        for one in model.inquiries
    }


TIE = {
    "domestic_cost": 1, "leverage": 2, "broker_rent": 4, "brokering_strain": 4, "supervision": "3.6"
}  # fmt: skip
"""Where the counter-example to C5 lies."""


@cache
def replies_without(parameter: str) -> Any:
    """How often each action is a best reply in the table, with a parameter at 0."""
    return best_replies(left_out(activation, parameter))


def row_of(model: Model, *names: str) -> bool:
    """Whether these parameters alone, of those in points, have another range than from a quarter of
    the baseline to twice that; shares range from 0 to 1."""
    odd = [
        name
        for name, one in model.parameters.items()
        if (one.low, one.high)
        != ((0, 1) if one.unit == "share" else (one.baseline / 4, 2 * one.baseline))
    ]
    return odd == list(names)


def idle_costs() -> bool:
    """Whether at the baselines, where Azerbaijan does not connect, all that Armenia, Russia and Iran
    could do but refuse or let be pays them less or no more."""
    game, passive = (
        activation.game(),
        {"Armenia": "refuse", "Russia": "acquiesce", "Iran": "acquiesce"},
    )
    return all(
        game.payoff(who, {**play, who: does})
        <= game.payoff(who, {**play, who: passive[who]})
        for _, play in plays(activation)
        if play["Azerbaijan"] != "connect"
        for who in passive
        for does in game.actions[who]
    )
