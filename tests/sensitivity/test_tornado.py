"""Parameters moved one at a time: verdicts and payoffs by hand, and by solving again."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from strategy import GameError, solve
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.plots import blank, plot_tornado, tornado_size
from strategy.sensitivity import Verdict, tornado, verdict
from tests._games import seeds
from tests._models import concepts_for, random_model
from tests.plots._overlaps import outside, overlaps
from tests.sensitivity._small import entry, stag_hunt, window


def test_stag_hunt() -> None:
    """Both hunt the stag (4 each) or the hare (2 each); at stag = 1 only the hare is
    left."""
    found = tornado(stag_hunt(), PureNash(), "both hunt the stag")
    assert found.start.verdict is Verdict.SOME
    assert found.start.payoffs == {"A": (2, 4), "B": (2, 4)}
    stag, hare = found.bars
    assert (stag.parameter, stag.at_low.verdict, stag.at_high.verdict) == (
        "stag",
        Verdict.NO,
        Verdict.SOME,
    )
    assert (stag.at_low.payoffs["A"], stag.at_high.payoffs["A"]) == ((2, 2), (2, 6))
    assert (hare.at_low.payoffs["B"], hare.at_high.payoffs["B"]) == ((1, 4), (3, 4))
    assert (stag.moves("A", found.start), hare.moves("A", found.start)) == (2.0, 1.0)
    assert found.changes(stag) == (Verdict.NO,)
    assert found.changes(hare) == ()
    assert "Moved alone to its lowest value, 1 of 2 changes that: stag." in found.sentences


def test_mixed_equilibria_have_payoffs_between() -> None:
    """A hare is sure: mixing gives each what the hare gives."""
    found = tornado(stag_hunt(), Nash(), "both hunt the stag")
    assert found.start.payoffs["A"] == (2, 4)
    assert found.bars[0].at_high.payoffs["A"] == (2, 6)


def test_entry() -> None:
    found = tornado(entry(), PureSubgamePerfect(), "entry", player="incumbent")
    assert (found.player, found.players) == ("incumbent", ("incumbent",))
    bars = {one.parameter: one for one in found.bars}
    assert [
        bars[label].at_low.payoffs["incumbent"] for label in ("prize", "spite", "war")
    ] == [(4, 4), (0, 0), (0, 0)]
    # a sure fight keeps the challenger out
    assert bars["spite"].at_high.payoffs["incumbent"] == (4, 4)
    assert [one.parameter for one in found.bars] == ["prize", "spite", "war"]


def test_what_is_given_is_not_moved() -> None:
    found = tornado(window(), PureNash(), "goes", at={"x": "1/2"})
    (bar,) = found.bars
    assert (bar.parameter, bar.at_low.verdict, bar.at_high.verdict) == (
        "y",
        Verdict.SOME,
        Verdict.EVERY,
    )
    assert (bar.low, bar.high) == (Fraction(0), Fraction(1))
    with pytest.raises(GameError, match="unknown player"):
        tornado(window(), PureNash(), "goes", player="C")


def test_random_models_are_solved_again() -> None:
    for seed in seeds(10):
        model = random_model(f"tornado {seed}", random.Random(seed).choice([0, 1, 2, 3]))
        for concept in concepts_for(model):
            found = tornado(model, concept, "it")
            assert {one.parameter for one in found.bars} == {
                label for label, one in model.parameters.items() if one.low < one.high
            }
            keys = [
                (not found.changes(one), -(one.moves(found.player, found.start) or 0))
                for one in found.bars
            ]
            assert keys == sorted(keys)
            for one in found.bars:
                for value, end in ((one.low, one.at_low), (one.high, one.at_high)):
                    at = {one.parameter: value}
                    assert verdict(model, concept, "it", at=at) is end.verdict
                    rows = [
                        equilibrium.payoffs
                        for equilibrium in solve(model.game(at=at), concept)
                    ]
                    for player, (least, greatest) in end.payoffs.items():
                        assert (least, greatest) == (
                            min(row[player] for row in rows),
                            max(row[player] for row in rows),
                        )
                    assert bool(end.payoffs) == bool(rows)
            _, ax = blank(*tornado_size(found))
            assert plot_tornado(found, ax) is ax
            assert overlaps(ax) == []
            assert outside(ax) == []
            assert len(found.data()["bars"]) == len(found.bars)
