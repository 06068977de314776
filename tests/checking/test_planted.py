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
