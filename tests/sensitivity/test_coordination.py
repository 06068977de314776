"""Coordination: least trust against beliefs tried out, risk and payoff dominance on games
of the literature."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from games.corridor.activation import model as activation
from games.corridor.sequence import model as sequence
from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import coordination


def hunt(hare: int = 3, players: int = 2) -> Model:
    """Stag hunt: a stag pays 4 if all hunt it, a hare what it pays alone (Rousseau;
    Harsanyi and Selten 1988)."""
    p = Parameters(hare=Parameter(hare, low=0, high=5))
    names = tuple("ABC"[:players])
    all_hunt = where({names[0]: "stag"})
    for one in names[1:]:
        all_hunt = all_hunt & where({one: "stag"})
    terms = [Term(one, 4, when=all_hunt, name=f"stag of {one}") for one in names]
    terms += [
        Term(one, p.hare, when=where({one: "hare"}), name=f"hare of {one}") for one in names
    ]
    return Model(
        "hunt",
        form=NormalForm(dict.fromkeys(names, ("stag", "hare"))),
        parameters=p,
        terms=tuple(terms),
        outcomes=(Outcome("stag hunted", when=all_hunt),),
    )


@pytest.mark.parametrize("players", [2, 3])
@pytest.mark.parametrize("hare", [1, 3])
def test_least_trust_is_what_the_payoffs_say(hare: int, players: int) -> None:
    found = coordination(hunt(hare, players), PureNash(), "stag hunted")
    stag, none = found.safest(True), found.safest(False)
    assert stag is not None
    assert none is not None
    assert stag.p == Fraction(hare, 4), (
        "hunting pays 4 times the probability that all others hunt"
    )
    # For the hare others who do their part are hunting hares, and the worst belief has the
    # rest of it on all hunting stag.
    assert none.p == 1 - Fraction(hare, 4)
    assert [one.p for one in found.equilibria] == sorted(one.p for one in found.equilibria)


def test_sentences_name_the_safest_and_the_best() -> None:
    said = coordination(hunt(), PureNash(), "stag hunted").sentences
    assert said[0] == (
        "There are 2 pure Nash equilibria, and 'stag hunted' comes about in 1 of "
        "them; this is proved."
    )
    assert said[1].startswith(
        "The one with 'stag hunted', (A: stag, B: stag), asks everyone to be at least "
        "0.75 sure that all others play their parts;"
    )
    assert said[1].endswith(
        "A and B have to be surest, A tempted to hare in case they play B: hare instead."
    )
    assert said[2].startswith(
        "The one without 'stag hunted', (A: hare, B: hare), asks everyone to be at "
        "least 0.25 sure"
    )
    assert said[3] == "So the safest without it asks for less than any with it."
    assert "(A: hare, B: hare) risk-dominates (A: stag, B: stag)" in said[4]
    assert said[5] == (
        "(A: stag, B: stag) pays every player more than any other pure Nash "
        "equilibrium does (payoff dominance)."
    )


def test_one_equilibrium_in_dominant_actions_needs_no_trust() -> None:
    found = coordination(hunt(5), PureNash(), "stag hunted")
    assert found.sentences == (
        (
            "There is one pure Nash equilibrium, and 'stag hunted' does not come about in "
            "it; this is proved."
        ),
        (
            "(A: hare, B: hare) asks for no trust, as each part is best whatever the "
            "others do."
        ),
    )


def test_trust_against_beliefs_tried_out() -> None:
    """At p no belief tempts anyone away; just below it, the belief that is named does."""
    found = coordination(activation, PureNash(), "corridor open")
    game = activation.game()
    for one in found.equilibria:
        actions = {player: action for player, _, action in one.play.steps}
        for player in game.players:
            others = [who for who in game.players if who != player]
            p = one.dominance.by_player[player]
            for instead in itertools.product(*[game.actions[who] for who in others]):
                for action in game.actions[player]:
                    gains = []
                    for rest in (
                        {who: actions[who] for who in others},
                        dict(zip(others, instead, strict=True)),
                    ):
                        plays = [
                            game.form.play(game.form.find({**rest, player: what}))
                            for what in (action, actions[player])
                        ]
                        gains.append(
                            game.payoff(player, plays[0]) - game.payoff(player, plays[1])
                        )
                    assert p * gains[0] + (1 - p) * gains[1] <= 0


def test_refusals() -> None:
    with pytest.raises(RefusalError, match="for tables"):
        coordination(sequence, PureSubgamePerfect(), "corridor open")
    with pytest.raises(RefusalError, match="pure equilibria"):
        coordination(hunt(), Nash(), "stag hunted")


def test_what_pays_all_most_pays_more_than_each_other_one() -> None:
    """Two equilibria pay everyone 4 and one pays 1: neither of the first two pays more than
    "any other equilibrium"."""
    both = {name: where(A=name, B=name) for name in ("north", "south", "stay")}
    twins = Model(
        "twins",
        form=NormalForm(dict.fromkeys(("A", "B"), tuple(both))),
        terms=tuple(
            Term(who, 1 if name == "stay" else 4, when=met, name=f"{who}, {name}")
            for who in "AB"
            for name, met in both.items()
        ),
        outcomes=(Outcome("they stay", when=both["stay"]),),
    )
    found = coordination(twins, PureNash(), "they stay")
    assert found.payoff_dominant is None
    assert not [one for one in found.sentences if "payoff dominance" in one]
