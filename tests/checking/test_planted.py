"""Planted statements about the corridor and textbook-like games: false ones are refuted by few moves, true ones never are."""

import pytest

from games.corridor.activation import model as activation
from games.corridor.alignment import model as alignment
from games.corridor.sequence import model as sequence
from games.corridor.sequence import reaction
from strategy import where
from strategy.assumptions import BestReply, Complements, Monotone, Occurs, Payoff, Prefers, Threshold
from strategy.checking import Result, rule

MODELS = {"activation": activation, "alignment": alignment, "sequence": sequence, "reaction": reaction}
p, q = activation.parameters, alignment.parameters
press, hold = where(Türkiye="press"), where(Türkiye="hold back")
obstruct, broker = where(Russia="obstruct"), where(Russia="broker")
opens, refuses, asked = where(Armenia=("open", "open on conditions")), where(Armenia="refuse"), where(Azerbaijan="connect")
runs = asked & opens & ~obstruct & ~where(Iran="obstruct")
engage, stay = where(Russia="engage"), where(Russia="stay on Ukraine")
confront, seek = where(Iran="confront"), where(Iran="seek guarantees")

# model, statement, the most parameters that a counter-example may move
FALSE = [
    ("activation", Monotone("pressing_cost", Payoff("Türkiye", press)), 0),
    ("activation", Monotone("commitment", Payoff("Russia", obstruct, broker)), 0),
    ("activation", Monotone("russia_attention", Payoff("Russia", obstruct, broker), falls=True), 0),
    ("activation", Prefers("Türkiye", press, hold), 0),
    ("activation", Occurs("corridor open", "some"), 0),
    ("sequence", Occurs("corridor open", "every"), 1),
    ("reaction", Occurs("corridor open", "some"), 1),
    ("alignment", Occurs("corridor open", "some"), 1),
    ("alignment", Prefers("Russia", engage, stay), 0),
    ("alignment", Prefers("Iran", seek, confront, given=q.iran_threat >= 0.5), 2),
    ("alignment", BestReply("Azerbaijan", "balance"), 0),
    ("alignment", Monotone("iran_threat", Payoff("Iran", confront)), 0),
    ("activation", Monotone("transit_income", Payoff("Armenia", runs), falls=True), 0),
    ("activation", Monotone("domestic_cost", Payoff("Armenia", opens, refuses, when=asked)), 0),
    ("activation", Monotone("iran_threat", Payoff("Iran", where(Iran="obstruct"))), 0),
    ("activation", BestReply("Armenia", "refuse"), 0),
    ("activation", BestReply("Azerbaijan", "wait", never=True), 0),
    ("activation", Complements("Türkiye", "commitment", (press, hold), substitutes=True), 0),
    ("sequence", Monotone("leverage", Payoff("Russia", runs)), 0),
    ("sequence", Occurs("Armenia opens", "no"), 0),
    ("reaction", Monotone("guarantee_price", Payoff("Iran", where(Iran="accept for a guarantee"))), 0),
    ("reaction", Occurs("Armenia opens", "every"), 1),
    ("alignment", Monotone("instability", Payoff("Armenia")), 0),
    ("alignment", Monotone("western_support", Payoff("Armenia"), falls=True), 0),
    ("alignment", Prefers("Türkiye", engage, stay), 0),
    ("alignment", BestReply("Russia", "engage"), 0),
    ("alignment", BestReply("Iran", "confront"), 0),
    ("alignment", Occurs(confront, "every"), 0),
    ("alignment", Complements("Russia", "dominance", (engage, stay), substitutes=True), 0),
    ("alignment", Threshold("outside_dependence", where(Azerbaijan="balance"), "every"), 0),
]
TRUE = [
    ("activation", Monotone("pressing_cost", Payoff("Türkiye", press), falls=True)),
    ("activation", Monotone("commitment", Payoff("Russia", obstruct, broker), falls=True)),
    ("activation", Monotone("russia_attention", Payoff("Russia", obstruct, broker))),
    ("activation", Monotone("leverage", Payoff("Russia", obstruct, broker))),
    ("activation", Monotone("normalisation", "Armenia opens")),
    ("sequence", Monotone("domestic_cost", Payoff("Armenia"), falls=True)),
    ("sequence", Occurs(obstruct, "no", given=p.russia_attention <= 0)),
    ("reaction", Monotone("middle_corridor", Payoff("Russia"), falls=True)),
    ("alignment", Prefers("Türkiye", stay, engage, strictly=True)),
    ("alignment", BestReply("Azerbaijan", "balance", when=stay & seek, never=True)),
    ("alignment", Monotone("dominance", Payoff("Russia", engage, stay))),
    ("alignment", Complements("Russia", "dominance", (engage, stay))),
    ("alignment", Monotone("middle_corridor", "corridor open")),
    ("activation", Monotone("transit_income", Payoff("Armenia", runs))),
    ("activation", Monotone("domestic_cost", Payoff("Armenia", opens, refuses, when=asked), falls=True)),
    ("activation", Monotone("iran_threat", Payoff("Iran", where(Iran="obstruct")), falls=True)),
    ("activation", Complements("Türkiye", "commitment", (press, hold))),
    ("activation", Monotone("connectivity", Payoff("Azerbaijan", runs))),
    ("sequence", Monotone("leverage", Payoff("Russia", runs), falls=True)),
    ("sequence", Monotone("turkish_trade", Payoff("Türkiye"))),
    ("reaction", Monotone("guarantee_price", Payoff("Iran", where(Iran="accept for a guarantee")), falls=True)),
    ("reaction", Monotone("broker_rent", Payoff("Russia"))),
    ("reaction", Occurs(obstruct, "no", given=p.russia_attention <= 0)),
    ("alignment", Monotone("instability", Payoff("Armenia"), falls=True)),
    ("alignment", Monotone("western_support", Payoff("Armenia"))),
    ("alignment", Monotone("punishment", Payoff("Azerbaijan"), falls=True)),
    ("alignment", Monotone("turkic_ties", Payoff("Türkiye"))),
    ("alignment", Monotone("leverage", Payoff("Russia"), falls=True)),
    ("alignment", Monotone("normalisation", "Armenia opens")),
    ("alignment", Prefers("Türkiye", stay, engage)),
]


@pytest.mark.parametrize(
    ("model", "statement", "most"), FALSE, ids=lambda one: one.words() if hasattr(one, "words") else str(one)
)
def test_what_is_false_is_refuted_by_few_moves(model, statement, most):
    found = rule(statement, MODELS[model])
    assert found.result is Result.REFUTED
    assert len(found.counterexample.moved) <= most, found.words


@pytest.mark.parametrize(("model", "statement"), TRUE, ids=lambda one: one.words() if hasattr(one, "words") else str(one))
def test_what_is_true_is_not(model, statement):
    assert rule(statement, MODELS[model]).result in (Result.PROVED, Result.NOT_REFUTED)
