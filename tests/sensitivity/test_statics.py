"""Signs of comparative statics: closed forms, proofs that no pair of points violates,
witnesses that solving again confirms."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest

from games.corridor.activation import model as activation
from games.corridor.alignment import model as alignment
from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    solve,
    where,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import Effect, Statics, Verdict, statics, verdict
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.samples.shares import draw
from tests._games import SCALE, seeds
from tests._models import concepts_for, random_model
from tests.sensitivity._small import entry, stag_hunt, window

RANK = {Verdict.NO: 0, Verdict.SOME: 1, Verdict.EVERY: 2}


def test_entry_along_each_parameter() -> None:
    """Entry: prize > 0 and spite < 2 war. The incumbent gets 4 unless entered upon, then
    0."""
    found = statics(entry(), PureSubgamePerfect(), "entry")
    signs = {
        label: (
            found.sign(label),
            found.sign(label, "challenger"),
            found.sign(label, "incumbent"),
        )
        for label in found.parameters
    }
    assert signs == {
        "prize": ("+", "+", "-"),
        "spite": ("-", "-", "+"),
        "war": ("0", "0", "0"),
    }
    spiteful = statics(entry(), PureSubgamePerfect(), "entry", at={"spite": 2})
    assert (
        spiteful.sign("war"),
        spiteful.sign("war", "challenger"),
        spiteful.sign("war", "incumbent"),
    ) == ("+", "+", "-")


def test_a_payoff_that_falls_and_rises() -> None:
    """x - 4 x^2 falls from 1/8 on; to go pays more than 0 up to 1/4."""
    p = Parameters(x=Parameter("1/8", low=0, high=1))
    terms = (Term("A", p.x - 4 * p.x**2, when=where(A="go"), name="hump"),)
    form = NormalForm({"A": ("go", "wait")})
    model = Model(
        "hump",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("goes", when=where(A="go")),),
    )
    found = statics(model, PureNash(), "goes")
    # at 0 a tie, then go, at 1/4 a tie, then wait
    assert (found.sign("x"), found.sign("x", "A")) == ("?", "?")
    entry_ = found.entries["x", "A"]
    assert entry_.rise is not None
    assert entry_.fall is not None
    assert entry_.rise.high <= Fraction(1, 8) <= entry_.fall.low


def test_stag_hunt_over_the_box() -> None:
    """A better stag makes both hunt it: supermodular. A better hare unmakes it; that it
    pays both more is not proved here."""
    found = statics(stag_hunt(), PureNash(), "both hunt the stag", over="box")
    assert [found.sign("stag"), found.sign("hare")] == ["+", "-"]
    assert [found.sign("stag", who) for who in ("A", "B")] == ["+", "+"]
    assert [found.sign("hare", who) for who in ("A", "B")] == ["(+)", "(+)"]


def team(players: int = 3) -> Model:
    """Everybody invests at a cost; what it pays grows with the number of the others who do.
    Profiles with some who invest need not be ruled out, so that only supermodularity proves
    anything."""
    names = "ABC"[:players]
    p = Parameters(cost=Parameter(1, low=0, high=3), gift=Parameter(1, low=0, high=2))
    terms = []
    for who in names:
        terms.append(Term(who, -p.cost, when=where({who: "invest"}), name=f"cost of {who}"))
        for other in names.replace(who, ""):
            together = where({who: "invest", other: "invest"})
            terms.append(Term(who, p.gift, when=together, name=f"{who} with {other}"))
    form = NormalForm(dict.fromkeys(names, ("invest", "wait")))
    outcome = Outcome("all invest", when=where(dict.fromkeys(names, "invest")))
    return Model("team", form=form, parameters=p, terms=tuple(terms), outcomes=(outcome,))


def test_a_team_is_supermodular() -> None:
    found = statics(team(), PureNash(), "all invest", over="box")
    assert {
        label: [found.sign(label, who) for who in (None, "A", "B", "C")]
        for label in found.parameters
    } == {
        "cost": ["-", "-", "-", "-"],
        "gift": ["+", "+", "+", "+"],
    }


def test_what_depends_on_nothing() -> None:
    """A constant of a player's own moves the player's payoff alone, in a table and in a
    tree."""
    for model, concept in (
        (stag_hunt(), PureNash()),
        (stag_hunt(), PureNash(undominated=True)),
        (entry(), PureSubgamePerfect()),
    ):
        p = Parameters({**model.parameters, "gift": Parameter(0, low=-1, high=1)})
        who = model.players[1]
        other = attrs.evolve(
            model, parameters=p, terms=(*model.terms, Term(who, p.gift, name="gift"))
        )
        found = statics(other, concept, str(model.headline), over="box")
        assert [found.sign("gift", one) for one in (None, *model.players)] == [
            "0",
            "0",
            "+",
        ]


def test_options() -> None:
    found = statics(window(), PureNash(), "goes", at={"x": 0}, over="box")
    assert found.parameters == ("y",)
    assert found.sign("y") == "+"
    with pytest.raises(RefusalError, match="over="):
        statics(window(), PureNash(), "goes", over="all")  # type: ignore[arg-type]


def test_mixed_equilibria() -> None:
    """The verdict along a parameter is exact; payoffs of mixed equilibria are not
    compared."""
    found = statics(stag_hunt(), Nash(), "both hunt the stag")
    assert found.sign("stag") == "+"
    assert found.entries["stag", "A"].effect is Effect.UNSETTLED


@pytest.mark.parametrize("model", [activation, alignment], ids=lambda model: model.name)
def test_proofs_hold_at_thousands_of_pairs(model: Model) -> None:
    concept = PureNash()
    found = statics(model, concept, "corridor open", over="box", points=2)
    count = 2000
    base = draw(model, count, 1)
    fresh = draw(model, count, 2)
    rank = np.array([RANK.get(one, -1) for one in ORDER])
    proved = [
        label for label in found.parameters if found.entries[label, None].effect in _WAYS
    ]
    assert len(proved) >= 6
    for label in proved:
        column = list(model.parameters).index(label)
        low, high = base.copy(), base.copy()
        low[:, column] = np.minimum(base[:, column], fresh[:, column])
        high[:, column] = np.maximum(base[:, column], fresh[:, column])
        before, after = (
            rank[classify(model, concept, "corridor open", rows)[0]] for rows in (low, high)
        )
        both = (before >= 0) & (after >= 0)
        moves = np.sign(after - before)[both]
        assert set(moves.tolist()) <= {0, _WAYS[found.entries[label, None].effect]}


_WAYS = {Effect.RAISES: 1, Effect.LOWERS: -1, Effect.NOTHING: 0}


def solved(
    found: Statics, values: Mapping[str, Any]
) -> tuple[Verdict, dict[str, tuple[Fraction, Fraction]]]:
    model = found.model
    rows = [one.payoffs for one in solve(model.game(at=values), found.concept)]
    payoffs = (
        {
            who: (min(row[who] for row in rows), max(row[who] for row in rows))
            for who in model.players
        }
        if rows
        else {}
    )
    return verdict(model, found.concept, found.outcome, at=values), payoffs


def moved(
    found: Statics, low: Mapping[str, Any], high: Mapping[str, Any], who: str | None
) -> set[int]:
    """Which ways the verdict, or a player's least and greatest payoff, goes from one point
    to another."""
    (before, old), (after, new) = solved(found, low), solved(found, high)
    if who is None:
        pairs = [(RANK[before], RANK[after])] if before in RANK and after in RANK else []
    else:
        pairs = list(zip(old[who], new[who], strict=True)) if old and new else []
    return {(b > a) - (b < a) for a, b in pairs} - {0}


@pytest.mark.deep
@pytest.mark.parametrize("over", ["baseline", "box"])
def test_random_models(over: Any) -> None:
    signs: dict[Effect, int] = {}
    for seed in seeds(12 if over == "box" else 25):
        rng = random.Random(f"statics {over} {seed}")
        model = random_model(f"statics {over} {seed}", rng.choice([0, 1, 2, 3]))
        for concept in concepts_for(model):
            found = statics(model, concept, "it", over=over, points=4)
            for label in found.parameters:
                pairs = [ends(model, label, over, rng) for _ in range(4)]
                for who in (None, *model.players):
                    one = found.entries[label, who]
                    signs[one.effect] = signs.get(one.effect, 0) + 1
                    if one.effect in _WAYS:
                        for low, high in pairs:
                            assert moved(found, low, high, who) <= {_WAYS[one.effect]}
                    for witness, way in ((one.rise, 1), (one.fall, -1)):
                        if (
                            witness
                            and isinstance(witness.low, Fraction)
                            and isinstance(witness.high, Fraction)
                        ):
                            assert witness.low < witness.high
                            low, high = (
                                {**witness.values, label: end}
                                for end in (witness.low, witness.high)
                            )
                            assert way in moved(found, low, high, who)
    assert all(signs.get(effect, 0) >= (1 if over == "box" else SCALE) for effect in _WAYS)


def ends(
    model: Model, label: str, over: str, rng: random.Random
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    def anywhere(one: Parameter) -> Fraction:
        return one.low + (one.high - one.low) * Fraction(rng.randint(0, 60), 60)

    rest = {
        other: anywhere(one) if over == "box" else one.baseline
        for other, one in model.parameters.items()
    }
    low, high = sorted(
        [anywhere(model.parameters[label]), anywhere(model.parameters[label])]
    )
    return {**rest, label: low}, {**rest, label: high}
