"""Trees with chance whose probability is a parameter: an equilibrium is one course of what
the players do, with several plays."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.algebraic import AlgebraicNumber
from strategy.plots import (
    blank,
    conditions_size,
    plot_conditions,
    plot_tipping,
    tipping_size,
)
from strategy.sensitivity import (
    conditions,
    flip,
    information,
    outcome_probability,
    radius,
    statics,
    thresholds,
    tipping,
)
from tests.conftest import SCALE
from tests.words_and_proofs._trees import SPE, distributions, random_tree

SAILS = "Captain: sail, weather: storm (p) or calm (1 - p)"


def captain(low: object = 0, high: object = 1) -> Model:
    """Sailing pays 4 in a calm and costs 8 in a storm, which has probability p: it pays up
    to p = 1/3."""
    p = Parameters(
        p=Parameter("1/4", low=low, high=high, unit="probability"),
        gain=Parameter(4, low=0, high=8),
        loss=Parameter(8, low=1, high=12),
    )
    weather = Chance("weather", {"storm": (p.p, End()), "calm": (1 - p.p, End())})
    form = ExtensiveForm(Decision("Captain", {"sail": weather, "stay": End()}))
    terms = (
        Term("Captain", p.gain, when=where(weather="calm"), name="gain"),
        Term("Captain", -p.loss, when=where(weather="storm"), name="loss"),
    )
    outcomes = (
        Outcome("sails", when=where(Captain="sail")),
        Outcome("lost", when=where(weather="storm")),
    )
    return Model("captain", form=form, parameters=p, terms=terms, outcomes=outcomes)


def two_moves() -> Model:
    """Chance first (war with probability p), then One, then chance (luck is good with
    probability q), then Two or Three."""
    p = Parameters(
        p=Parameter("1/3", low=0, high=1),
        q=Parameter("1/2", low=0, high=1),
        a=Parameter(2, low=0, high=5),
        c=Parameter(3, low=0, high=6),
    )

    def turn() -> Decision:
        good, bad = (
            Decision("Two", {"help": End(), "harm": End()}),
            Decision("Three", {"fight": End(), "flee": End()}),
        )
        return Decision(
            "One",
            {
                "go": Chance("luck", {"good": (p.q, good), "bad": (1 - p.q, bad)}),
                "stop": End(),
            },
        )

    form = ExtensiveForm(Chance("mood", {"war": (p.p, turn()), "peace": (1 - p.p, turn())}))
    terms = (
        Term("One", p.a, when=where(Two="help"), name="helped"),
        Term("One", -3, when=where(Three="fight"), name="fought"),
        Term("One", 1, when=where(One="go", mood="peace"), name="peace"),
        Term("Two", 1, when=where(Two="help"), name="thanks"),
        Term("Three", p.c - 2, when=where(Three="fight"), name="spoils"),
    )
    return Model(
        "moods",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("helped", when=where(Two="help")),),
    )


def test_the_captain_has_one_equilibrium_and_it_lasts_to_the_end() -> None:
    found = tipping(captain(), SPE, "sails", parameter="p")
    (life,) = found.lives
    assert str(life.course) == SAILS
    assert [str(play) for play in life.course.plays] == [
        "Captain: sail, weather: storm",
        "Captain: sail, weather: calm",
    ]
    assert life.down is None  # at 0, where no storm comes, the captain sails as well
    assert life.up is not None
    assert (life.up.point, life.up.attained, [str(one) for one in life.up.next]) == (
        Fraction(1, 3),
        True,
        ["Captain: stay"],
    )
    assert life.up.back == (Fraction(1, 3),)
    assert "but not including" not in " ".join(found.sentences)
    assert (
        f"({SAILS}) remains an equilibrium up to and including 1/3; above that: "
        "(Captain: stay)"
    ) in found.sentences[0]
    with pytest.raises(RefusalError, match="chance decides"):
        _ = life.play
    (entry,) = found.data()["lives"]
    assert (entry["equilibrium"], len(entry["plays"])) == (SAILS, 2)
    _, ax = blank(*tipping_size(found))
    plot_tipping(found, ax)
    assert SAILS.split(",")[0] in ax.get_title(loc="left")


@pytest.mark.parametrize("value", [0, "1/5"])
def test_from_the_end_of_the_range_too(value: object) -> None:
    """At p = 0 the captain sails in a calm alone; that equilibrium is the one that lasts to
    1/3."""
    (life,) = tipping(captain(), SPE, "sails", at={"p": value}, parameter="p").lives
    assert life.up is not None
    assert (life.down, life.up.point) == (None, Fraction(1, 3))
    (back,) = tipping(captain(), SPE, "sails", at={"p": 1}, parameter="p").lives
    assert back.down is not None
    assert [str(one) for one in back.down.next] == [SAILS]
    assert back.down.back == (Fraction(1, 3),)


def test_chance_first_and_in_the_middle() -> None:
    """One equilibrium at the start, in words of both chance moves; along q it ends where
    going in peace no longer pays."""
    (life,) = tipping(two_moves(), SPE, "helped", parameter="q").lives
    go = "One: go, luck: good (q) [Two: help] or bad (1 - q) [Three: fight]"
    assert str(life.course) == f"mood: war (p) [One: stop] or peace (1 - p) [{go}]"
    # In peace going is worth 2 q - 3 (1 - q) + 1 >= 0 from q = 2/5 on, in war 2 q - 3 (1 -
    # q) >= 0 from q = 3/5 on.
    assert life.down is not None
    assert life.up is not None
    assert (life.down.point, life.up.point) == (Fraction(2, 5), Fraction(3, 5))
    (along_p,) = tipping(two_moves(), SPE, "helped", parameter="p").lives
    assert along_p.down is along_p.up is None


@pytest.mark.parametrize("seed", range(round(12 * SCALE)))
def test_lives_against_solving(seed: int) -> None:
    """Random trees with chance: as many lives as there are equilibria; each is one up to
    its end, and none beyond."""
    rng = random.Random(77 + seed)
    model = random_tree(rng, 0.4)
    start = model.parameters.read(None)
    lives = tipping(model, SPE, "leaf 0").lives
    for label, known in model.parameters.items():
        mine = [life for life in lives if life.parameter == label]
        assert {frozenset(life.course.plays) for life in mine} == distributions(
            model, start
        )
        for life in mine:
            plays = frozenset(life.course.plays)
            for end, stop in ((life.down, known.low), (life.up, known.high)):
                last = stop if end is None else end.point
                if isinstance(last, AlgebraicNumber):
                    continue
                inside = {**start, label: (last + life.value) / 2}
                assert plays in distributions(model, inside)
                at_end = distributions(model, {**start, label: last})
                assert any(one <= plays for one in at_end) is (end is None or end.attained)
                if end is not None and last != stop:
                    beyond = distributions(
                        model, {**start, label: last + (stop - last) / 10**6}
                    )
                    assert plays not in beyond


def test_a_threshold_of_chance_is_exact() -> None:
    """A gain that is a polynomial in p: sailing twice pays as long as (1 - p)^2 >= 1/2, up
    to an irrational p."""
    p = Parameters(p=Parameter("1/4", low=0, high=1))
    again = Chance("second", {"storm": (p.p, End()), "calm": (1 - p.p, End())})
    form = ExtensiveForm(
        Decision(
            "Captain",
            {
                "sail": Chance("first", {"storm": (p.p, End()), "calm": (1 - p.p, again)}),
                "stay": End(),
            },
        )
    )
    terms = (
        Term("Captain", 2, when=where(second="calm"), name="home"),
        Term("Captain", -1, when=where(Captain="sail"), name="fare"),
    )
    sails = Outcome("sails", when=where(Captain="sail"))
    model = Model("twice", form=form, parameters=p, terms=terms, outcomes=(sails,))
    (point,) = thresholds(model, SPE, "sails", "p").points
    assert isinstance(point, AlgebraicNumber)
    assert point.minimal_polynomial == (2, -4, 1)
    (life,) = tipping(model, SPE, "sails").lives
    assert life.up is not None
    assert life.up.point == point
    assert str(life.course) == (
        "Captain: sail, first: storm (p) or calm (1 - p) [second: storm (p) or calm "
        "(1 - p)]"
    )


def test_probabilities_are_held_and_said_to_be() -> None:
    """With p at 1/4 sailing pays while 3 gain >= loss: from 4 and 8, 12 - 8 = (3 * 8 + 11)
    t."""
    model, size = captain(), Fraction(4, 35)
    far, found = radius(model, SPE, "sails"), conditions(model, SPE, "sails")
    cheap = flip(model, SPE, "sails", at={"gain": 2}, norm="max")
    assert far.distance == size
    assert far.moving == ("gain", "loss")
    (one,) = found.polyhedra
    assert (str(one.course), len(one.plays)) == (SAILS, 2)
    assert ([str(each.inequality) for each in one.conditions], one.exact) == (
        ["3 gain ≥ loss"],
        True,
    )
    assert (one.lower, one.upper, one.attained) == (size, size, False)
    assert cheap.distance == Fraction(2, 35)
    for result in (far, found, cheap):
        assert dict(result.held) == {"p": Fraction(1, 4)}
        assert (
            "Held, as probabilities of chance depend on it: p at 0.25." in result.sentences
        )
        assert result.data()["held"] == {"p": "1/4"}
    assert dict(radius(model, SPE, "sails", hold=["p"]).held) == {}
    with pytest.raises(RefusalError, match="depend on p"):
        radius(model, SPE, "sails", vary=["p", "gain"])
    assert (
        "No assumption is left that could move."
        in radius(model, SPE, "sails", hold=["gain", "loss"]).sentences
    )
    _, ax = blank(*conditions_size(found))
    plot_conditions(found, ax)
    assert any(SAILS in text.get_text() for text in ax.texts)


def test_probabilities_that_divide_are_held_too() -> None:
    """1/(1 + odds) is not a polynomial; held, it is a number, and the other assumptions
    move around it."""
    p = Parameters(odds=Parameter(3, low=1, high=9), gain=Parameter(4, low=0, high=8))
    weather = Chance(
        "weather",
        {"storm": (1 / (1 + p.odds), End()), "calm": (p.odds / (1 + p.odds), End())},
    )
    form = ExtensiveForm(Decision("Captain", {"sail": weather, "stay": End()}))
    terms = (
        Term("Captain", p.gain, when=where(weather="calm"), name="gain"),
        Term("Captain", -8, when=where(weather="storm"), name="loss"),
    )
    sails = Outcome("sails", when=where(Captain="sail"))
    model = Model("odds", form=form, parameters=p, terms=terms, outcomes=(sails,))
    # at 3 to 1 it pays while 3 gain >= 8
    assert radius(model, SPE, "sails").distance == Fraction(1, 6)
    assert thresholds(model, SPE, "sails", "gain").points == (Fraction(8, 3),)


def test_what_raising_a_probability_does() -> None:
    """Where the ship always sails a storm makes it no other verdict, but a likelier
    loss."""
    signs = statics(captain("1/10", "3/10"), SPE, "lost")
    assert signs.sign("p") == "+"
    assert signs.sign("p", "Captain") == "-"
    whole = statics(captain(), SPE, "lost")
    assert whole.sign("p") == "?"  # likelier up to 1/3, and gone beyond
    rise = whole.entries["p", None].rise
    assert rise is not None
    assert outcome_probability(captain(), SPE, "lost", at={"p": rise.low}) == rise.before
    assert "the least or the greatest probability of the outcome" in whole.sentences[-1]
    assert "does not count" in statics(captain(), SPE, "lost", over="box").sentences[-1]


def test_what_is_revealed_is_no_probability() -> None:
    """By default an assumption is revealed that chance does not rest on."""
    assert information(captain(), SPE, "sails").parameter == "gain"
