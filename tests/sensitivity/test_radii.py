"""The least joint move that changes a verdict: by hand, against maps, against all faces,
against thresholds."""

import json
import random
from fractions import Fraction
from typing import Any

import pytest

from games.corridor.activation import model as activation
from games.corridor.sequence import model as sequence
from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    ParameterError,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.assumptions.checks import Given
from strategy.assumptions.gains import gains_of
from strategy.checking._range import Range
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, flip, radius, regions, thresholds, verdict
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.nearest.changes import ChangeQuestion
from tests._checks import rational
from tests._games import SCALE, seeds
from tests._models import concepts_for, naive_verdict, random_model, small_table
from tests.sensitivity._distances import faces, least_distance, on_map, size, to_shares

F = Fraction
EVERY, SOME, NO, NONE = Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS
SUBGAME_PERFECT = PureSubgamePerfect()


def parameter(baseline: Any, low: Any, high: Any) -> Parameter:
    return Parameter(baseline, low=low, high=high, unit="points")


# -- by hand


def transit(income: Any = 4, cost: Any = 2) -> Model:
    """Armenia opens if the income is no less than the cost. Both ranges are 8 long."""
    p = Parameters(income=parameter(income, 0, 8), cost=parameter(cost, 0, 8))
    opens = where(Armenia="open")
    terms = (
        Term("Armenia", p.income, when=opens, name="income"),
        Term("Armenia", -p.cost, when=opens, name="cost"),
    )
    form = NormalForm({"Armenia": ("open", "refuse")})
    return Model(
        "transit",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("opens", when=opens),),
    )


def stag_hunt() -> Model:
    """Both hunting pays 4 (from 0 to 8), a hare alone pays 3 (from 0 to 6): hunting is an
    equilibrium while stag >= hare, hares always are one while the hare pays anything."""
    p = Parameters(stag=parameter(4, 0, 8), hare=parameter(3, 0, 6))
    players = ("Ann", "Bob")
    hunt = where(Ann="hunt", Bob="hunt")
    terms = []
    for who in players:
        terms += [
            Term(who, p.stag, when=hunt, name=f"stag of {who}"),
            Term(who, p.hare, when=where({who: "hare"}), name=f"{who}'s"),
        ]
    form = NormalForm(dict.fromkeys(players, ("hunt", "hare")))
    return Model(
        "stag hunt",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("hunt", when=hunt),),
    )


def entry() -> Model:
    """A firm enters (share 2) if the incumbent will give way; the incumbent fights if that
    costs less than giving way (fight 1, yield 3, from 0 to 10 each; entry is worth 2 from 0
    to 4, a fight costs the entrant 1)."""
    p = Parameters(
        yielding=parameter(3, 0, 10), fighting=parameter(1, 0, 10), prize=parameter(2, 0, 4)
    )
    form = ExtensiveForm(
        Decision(
            "Entrant",
            {
                "enter": Decision("Incumbent", {"fight": End(), "yield": End()}),
                "stay out": End(),
            },
        )
    )
    fights, yields = where(Incumbent="fight"), where(Incumbent="yield")
    terms = (
        Term("Entrant", p.prize, when=yields, name="prize"),
        Term("Entrant", -1, when=fights, name="losses"),
        Term("Incumbent", p.yielding, when=yields, name="shared"),
        Term("Incumbent", p.fighting, when=fights, name="kept"),
    )
    return Model(
        "entry",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("entry", when=where(Entrant="enter")),),
    )


def window() -> Model:
    """Acting is right in a window that is neither too cool nor too hot: 1 <= heat <= 3
    (from 0 to 10, now 2.5)."""
    p = Parameters(heat=parameter("2.5", 0, 10))
    acts = where(Actor="act")
    tree = Decision("Actor", {"act": End(), "rest": End(), "flee": End()})
    terms = (
        Term("Actor", 1 - p.heat, when=where(Actor="rest"), name="rest"),
        Term("Actor", p.heat - 3, when=where(Actor="flee")),
    )
    return Model(
        "window",
        form=ExtensiveForm(tree),
        parameters=p,
        terms=terms,
        outcomes=(Outcome("acts", when=acts),),
    )


BY_HAND: list[
    tuple[Model, Any, dict[str, Any], Verdict, Any, bool | None, Verdict | None]
] = [
    # income 4 and cost 2 meet in the middle: each moves 1 of 8; at the tie Armenia may do
    # either.
    (transit(), PureNash(), {}, EVERY, F(1, 8), True, SOME),
    (transit(), PureNash(), {"norm": "sum"}, EVERY, F(1, 4), True, SOME),
    (transit(), PureNash(), {"to": "no"}, EVERY, F(1, 8), False, NO),
    (transit(), PureNash(), {"to": "every"}, EVERY, 0, True, EVERY),
    (transit(), PureNash(), {"to": "none"}, EVERY, None, None, None),
    (transit(), PureNash(), {"vary": ["cost"]}, EVERY, F(1, 4), True, SOME),
    (transit(), PureNash(), {"hold": ["cost", "income"]}, EVERY, None, None, None),
    # At a tie the verdict changes however small the move.
    (transit(2, 2), PureNash(), {}, SOME, 0, False, None),
    (transit(2, 2), PureNash(), {"at": {"income": 6}}, EVERY, F(1, 4), True, SOME),
    # Refusing now: at income 1, cost 2 the tie is 1/16 away.
    (transit(1, 2), PureNash(), {}, NO, F(1, 16), True, SOME),
    (transit(1, 2), PureNash(), {"to": "every"}, NO, F(1, 16), False, EVERY),
    # Hunting is an equilibrium while stag >= hare: 4 - 8 t = 3 + 6 t at t = 1/14.
    (stag_hunt(), PureNash(), {}, SOME, F(1, 14), False, NO),
    (stag_hunt(), PureNash(), {"norm": "sum"}, SOME, F(1, 8), False, NO),
    # Even where hares pay 0 they are an equilibrium, unless dominated actions do not count.
    (stag_hunt(), PureNash(), {"to": "every"}, SOME, None, None, None),
    (stag_hunt(), PureNash(undominated=True), {"to": "every"}, SOME, F(1, 2), True, EVERY),
    # The incumbent fights from a tie of 3 and 1 in ranges of 10; at the tie entry may or
    # may not be deterred.
    (entry(), SUBGAME_PERFECT, {}, EVERY, F(1, 10), True, SOME),
    (entry(), SUBGAME_PERFECT, {"norm": "sum"}, EVERY, F(1, 5), True, SOME),
    (entry(), SUBGAME_PERFECT, {"to": "no"}, EVERY, F(1, 10), False, NO),
    (entry(), SUBGAME_PERFECT, {"vary": ["prize"]}, EVERY, F(1, 2), True, SOME),
    (window(), SUBGAME_PERFECT, {}, EVERY, F(1, 20), True, SOME),
    (window(), SUBGAME_PERFECT, {"at": {"heat": 5}}, NO, F(1, 5), True, SOME),
    (
        window(),
        SUBGAME_PERFECT,
        {"at": {"heat": 5}, "to": "every"},
        NO,
        F(1, 5),
        False,
        EVERY,
    ),
]


@pytest.mark.parametrize(
    ("model", "concept", "options", "start", "distance", "attained", "after"), BY_HAND
)
def test_radius_by_hand(
    model: Model,
    concept: Any,
    options: dict[str, Any],
    start: Verdict,
    distance: Any,
    attained: bool | None,
    after: Verdict | None,
) -> None:
    found = radius(model, concept, next(iter(model.outcomes)), **options)
    assert (found.start, found.distance, found.attained) == (start, distance, attained)
    assert found.proved
    if after is not None:
        assert found.witness is not None
        assert found.witness.verdict is after
    assert str(found)
    assert found.heading in str(found)


def test_flip_by_hand() -> None:
    """Opening needs income >= cost: 1 and 3 are 2 apart, in ranges of 8. Twice the weight
    on income leaves the cost to move."""
    model = transit(1, 3)
    for goal, attained in (("some", True), ("every", False)):
        found = flip(model, PureNash(), "opens", goal=goal)  # type: ignore[arg-type]
        assert (found.cost, found.attained) == (F(1, 4), attained)
        dear = flip(model, PureNash(), "opens", goal=goal, weights={"income": 2})  # type: ignore[arg-type]
        assert dear.cost == F(1, 4)
        assert [(one.parameter, one.to) for one in dear.moves] == [("cost", 1)]
        free = flip(model, PureNash(), "opens", goal=goal, weights={"cost": 0})  # type: ignore[arg-type]
        assert free.cost == 0
        # Each moves until the dearer one costs as much: 2 a = b and 8 (a + b) = 2.
        worst = flip(
            model, PureNash(), "opens", goal=goal, norm="max", weights={"income": 2}
        )  # type: ignore[arg-type]
        assert worst.cost == F(1, 6)
    assert (
        flip(transit(), PureNash(), "opens").sentences[1]
        == "It does so without any change."
    )
    assert flip(transit(), PureNash(), "opens", goal="some").cost == 0


def test_who_turns() -> None:
    found = radius(entry(), SUBGAME_PERFECT, "entry")
    assert [(one.player, one.from_, one.to) for one in found.binding] == [
        ("Incumbent", "yield", "fight")
    ]
    assert [(one.parameter, one.to) for one in found.moves] == [
        ("yielding", 2),
        ("fighting", 2),
    ]
    assert found.witness is not None
    assert dict(found.witness.values) == {"yielding": 2, "fighting": 2}


# -- against other ways


def goals(start: Verdict) -> list[tuple[Any, set[Verdict]]]:
    rest = {EVERY, SOME, NO, NONE} - {start}
    return [
        (None, rest),
        *[
            (to, {one})
            for to, one in (("every", EVERY), ("some", SOME), ("no", NO), ("none", NONE))
        ],
    ]


def place(model: Model, labels: list[str], rng: random.Random) -> dict[str, Fraction]:
    """Values, often such as make ties."""
    found = {}
    for label, one in model.parameters.items():
        found[label] = rng.choice(
            [one.low, one.high, one.baseline, rational(one.low, one.high, rng)]
        )
    return found


@pytest.mark.deep
def test_against_maps() -> None:
    """Two parameters move: the faces of the exact map say how far it is to each verdict,
    and whether it is attained."""
    changes = limits = 0
    for seed in seeds(80):
        rng = random.Random(f"radius {seed}")
        model = random_model(f"radius {seed}", 1)
        labels = [label for label in model.parameters if label != "q"]
        x, y = rng.sample(labels, 2)
        start = place(model, labels, rng)
        rest = {label: value for label, value in start.items() if label not in (x, y)}
        concept = rng.choice(concepts_for(model))
        plane = regions(model, concept, "it", x, y, at=rest)
        assert plane.exact
        norm: Any = rng.choice(["max", "sum"])
        for to, goal in goals(verdict(model, concept, "it", at=start)):
            found = radius(
                model, concept, "it", at=start, norm=norm, to=to, vary=[x, y], nodes=10_000
            )
            expected = on_map(plane, start, goal, norm)
            assert (found.distance, found.attained) == expected, (seed, to, norm)
            assert found.proved
            if found.distance is not None:
                check_witness(found, model, concept, start, goal, [x, y], norm)
                changes, limits = (
                    changes + (found.distance > 0),
                    limits + (not found.attained),
                )
    assert changes > 30 * SCALE
    assert limits > 15 * SCALE


def check_witness(
    found: Any,
    model: Model,
    concept: Any,
    start: Any,
    goal: set[Verdict],
    labels: list[str],
    norm: str,
) -> None:
    assert found.witness is not None
    values = {**start, **found.witness.values}
    assert naive_verdict(model, concept, "it", values) is found.witness.verdict
    assert found.witness.verdict in goal
    shares = to_shares(model, labels, start, [values[label] for label in labels])
    far = size(shares, norm)
    assert (
        far == found.distance
        if found.attained
        else found.distance <= far <= found.distance + F(1, 1000)
    )


@pytest.mark.deep
def test_against_all_faces() -> None:
    """Three parameters move: all faces of the arrangement of distinct gains, decided one by
    one by naive play."""
    for seed in seeds(8):
        rng = random.Random(f"faces {seed}")
        model = small_table(rng)
        labels = list(model.parameters)
        start = place(model, labels, rng)
        concept = PureNash(undominated=rng.random() < 0.4)
        ranges = [model.parameters[label] for label in labels]
        box = [((one.low - start[label]) / (one.high - one.low), (one.high - start[label]) / (one.high - one.low))
               for label, one in zip(labels, ranges, strict=True)]  # fmt: skip
        planes = [plane for plane in gain_planes(model, labels, start) if any(plane[1])]
        decided = []
        for signs, point in faces(planes, box):
            values = {
                label: start[label] + x * (one.high - one.low)
                for label, one, x in zip(labels, ranges, point, strict=True)
            }
            decided.append((signs, naive_verdict(model, concept, "it", values)))
        for norm in ("max", "sum"):
            for to, goal in goals(verdict(model, concept, "it", at=start))[:4]:
                found = radius(
                    model, concept, "it", at=start, norm=norm, to=to, nodes=10_000
                )  # type: ignore[arg-type]
                sizes = [
                    least_distance(planes, signs, box, norm)
                    for signs, one in decided
                    if one in goal
                ]
                assert found.distance == (min(sizes) if sizes else None), (seed, to, norm)
                if found.distance is not None:
                    check_witness(found, model, concept, start, goal, labels, norm)


def gain_planes(model: Model, labels: list[str], start: dict[str, Fraction]) -> list[Any]:
    where_ = Slice.of(model, labels, None)
    planes = []
    for gain in gains_of(model).polynomials:
        parts = dict(where_.restrict(gain).terms)
        slopes = [
            parts.get(tuple(int(i == k) for i in range(len(labels))), F(0))
            for k in range(len(labels))
        ]
        constant = parts.get((0,) * len(labels), F(0)) + sum(
            a * start[label] for a, label in zip(slopes, labels, strict=True)
        )
        spans = [
            model.parameters[label].high - model.parameters[label].low for label in labels
        ]
        planes.append(
            (constant, tuple(a * span for a, span in zip(slopes, spans, strict=True)))
        )
    return planes


@pytest.mark.parametrize(
    "label",
    ["russia_attention", "normalisation", "connectivity", "iran_threat", "domestic_cost"],
)
def test_one_parameter_is_a_threshold(label: str) -> None:
    line = thresholds(sequence, SUBGAME_PERFECT, "corridor open", label)
    found = radius(sequence, SUBGAME_PERFECT, "corridor open", vary=[label])
    one = sequence.parameters[label]
    places = [*line.points, one.low, one.high]
    changed = [point for point in places if line.verdict_at(point) is not found.start]
    nearest = min((abs(F(point) - one.baseline) for point in changed), default=None)  # type: ignore[arg-type]
    assert found.distance == (None if nearest is None else nearest / (one.high - one.low))


# -- large models, limits, options


@pytest.mark.parametrize("norm", ["max", "sum"])
@pytest.mark.parametrize(
    ("model", "concept"), [(activation, PureNash()), (sequence, SUBGAME_PERFECT)]
)
def test_corridor(model: Model, concept: Any, norm: Any) -> None:
    """The distance is proved; scaled down the same way nothing changes, at the witness it
    does."""
    found = radius(model, concept, "corridor open", norm=norm)
    assert found.proved
    assert found.distance
    assert found.attained
    for share in (F(1, 2), F(999, 1000)):
        at = {
            one.parameter: one.start + share * (one.to - one.start) for one in found.moves
        }
        assert verdict(model, concept, "corridor open", at=at) is found.start
    assert found.witness is not None
    assert (
        verdict(model, concept, "corridor open", at=found.witness.values)
        is found.witness.verdict
        is not found.start
    )
    assert set(found.data()) >= {"lower", "upper", "attained", "moves", "witness", "turns"}


@pytest.mark.deep
def test_a_search_cut_short_has_proved_bounds() -> None:
    whole = radius(sequence, SUBGAME_PERFECT, "corridor open", to="no")
    assert whole.proved
    assert whole.distance is not None
    for nodes in (1, 2, 4):
        short = radius(sequence, SUBGAME_PERFECT, "corridor open", to="no", nodes=nodes)
        assert short.lower is not None
        assert short.lower <= whole.distance
        assert short.upper is None or short.upper >= whole.distance
        assert short.distance is None or short.distance == whole.distance
        assert str(short)
    late = radius(sequence, SUBGAME_PERFECT, "corridor open", seconds=0)
    assert late.lower == 0
    assert not late.proved


def chance_tree(moving_law: bool) -> Model:
    p = Parameters(
        win=parameter(3, 0, 10),
        odds=Parameter("1/2", low=0, high=1),
        cost=parameter(1, 0, 4),
    )
    law = p.odds if moving_law else F(1, 3)
    lottery = Chance("luck", {"good": (law, End()), "bad": (1 - law, End())})
    form = ExtensiveForm(Decision("Player", {"play": lottery, "pass": End()}))
    plays, good = where(Player="play"), where(luck="good")
    terms = (
        Term("Player", p.win, when=good, name="win"),
        Term("Player", -p.cost, when=plays, name="stake"),
    )
    return Model(
        "lottery",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("played", when=plays),),
    )


def test_chance() -> None:
    """Playing is worth win/3 - cost, 3/3 - 1 = 0 at the start: a tie. From win = 6 it takes
    1 in all: 10/3 t + 4 t = 1."""
    found = radius(chance_tree(False), SUBGAME_PERFECT, "played", at={"win": 6})
    assert (found.distance, found.attained) == (F(3, 22), True)
    moving = chance_tree(True)
    with pytest.raises(RefusalError, match="depend on odds"):
        radius(moving, SUBGAME_PERFECT, "played", vary=["odds"])
    # At even odds: win/2 - cost = 1/2, and 5 t + 4 t = 1/2.
    held = radius(moving, SUBGAME_PERFECT, "played")
    assert (held.distance, dict(held.held)) == (F(1, 18), {"odds": F(1, 2)})
    assert radius(moving, SUBGAME_PERFECT, "played", hold=["odds"]).distance == F(1, 18)


def test_refusals() -> None:
    model = transit()
    with pytest.raises(RefusalError, match="PureNash and PureSubgamePerfect"):
        radius(model, Nash(), "opens")
    for options in (
        {"norm": "two"},
        {"to": "maybe"},
        {"nodes": 0},
        {"vary": "cost"},
        {"hold": ["costs"]},
    ):
        with pytest.raises(ParameterError):
            radius(model, PureNash(), "opens", **options)  # type: ignore[arg-type]
    for options in ({"goal": "any"}, {"weights": {"cost": -1}}, {"weights": {"costs": 1}}):
        with pytest.raises(ParameterError):
            flip(model, PureNash(), "opens", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "there"),
    [
        (lambda income: income >= 4, True),
        (lambda income: income > 4, False),
        (lambda income: income >= 5, False),
        (lambda income: income > 3, True),
    ],
)
def test_limits_on_what_is_held_hold_everywhere_or_nowhere(limit: Any, there: bool) -> None:
    model = transit()
    within = Range.of(model, (Given.of(limit(model.parameters.income)),), None).limits
    question = ChangeQuestion.of(
        model,
        PureNash(),
        "opens",
        None,
        norm="max",
        vary=None,
        hold=["income"],
        within=within,
    )
    found = question.nearest(frozenset([NO]), 50, None)
    assert (found.place is not None) == there
    assert not found.cut


def test_what_a_wrong_claim_has_set_does_not_move() -> None:
    wrong = sequence.with_claims_wrong("C4")
    found = radius(wrong, SUBGAME_PERFECT, "corridor open")
    assert not wrong.held & set(found.moving)


def test_weights_on_the_command_line() -> None:
    from typer.testing import CliRunner

    from strategy.cli import app

    options = [
        "--goal",
        "some",
        "--weights",
        "transit_income=3",
        "--hold",
        "leverage",
        "--json",
    ]
    said = CliRunner().invoke(app, ["flip", "corridor.activation", *options])
    assert said.exit_code == 0, said.output
    data = json.loads(said.output)
    assert (data["lower"], data["weights"]) == ("11/35", {"transit_income": "3"})
    wrong = CliRunner().invoke(
        app, ["flip", "corridor.activation", "--weights", "transit_income"]
    )
    assert wrong.exit_code != 0
