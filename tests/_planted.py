"""Planted statements about the corridor and textbook games: which are false and by how many
moves, which are true and why."""

from __future__ import annotations

from typing import Any

import attrs
from sympy import Rational

from games.corridor.activation import model as activation
from games.corridor.alignment import model as alignment
from games.corridor.sequence import model as sequence, reaction
from strategy import where
from strategy.assumptions import (
    BestReply,
    Complements,
    Model,
    Monotone,
    Occurs,
    Payoff,
    Prefers,
    Threshold,
)
from tests._textbook import MODELS as TEXTBOOK, both, either

__all__ = ["FALSE", "TEXTBOOK", "TRUE", "Planted"]

MODELS = {
    "activation": activation,
    "alignment": alignment,
    "sequence": sequence,
    "reaction": reaction,
    **TEXTBOOK,
}


@attrs.frozen
class Planted:
    """A statement. ``least``: how many parameters a counter-example has to move from the
    baseline, if it is false."""

    name: str
    statement: Any
    least: int | None = None

    @property
    def model(self) -> Model:
        """The model that it is about."""
        return MODELS[self.name]

    @property
    def label(self) -> str:
        """In words."""
        return f"{self.name}: {self.statement.words()}"


def _about(name: str) -> Any:
    return MODELS[name].parameters


p, q = activation.parameters, alignment.parameters
press, hold = where(Türkiye="press"), where(Türkiye="hold back")
obstruct, broker = where(Russia="obstruct"), where(Russia="broker")
guarantee = where(Iran="accept for a guarantee")
opens, refuses, asked = (
    where(Armenia=("open", "open on conditions")),
    where(Armenia="refuse"),
    where(Azerbaijan="connect"),
)
runs = asked & opens & ~obstruct & ~where(Iran="obstruct")
engage, stay = where(Russia="engage"), where(Russia="stay on Ukraine")
confront, seek = where(Iran="confront"), where(Iran="seek guarantees")
balances = where(Azerbaijan="balance")

_CORRIDOR_FALSE = (
    # at the baselines
    ("activation", Monotone("pressing_cost", Payoff("Türkiye", press)), 0),
    ("activation", Monotone("commitment", Payoff("Russia", obstruct, broker)), 0),
    (
        "activation",
        Monotone("russia_attention", Payoff("Russia", obstruct, broker), falls=True),
        0,
    ),
    ("activation", Prefers("Türkiye", press, hold), 0),
    ("activation", Occurs("corridor open", "some"), 0),
    ("activation", BestReply("Armenia", "refuse"), 0),
    (
        "activation",
        Complements("Türkiye", "commitment", (press, hold), substitutes=True),
        0,
    ),
    ("sequence", Occurs("Armenia opens", "no"), 0),
    ("reaction", Monotone("guarantee_price", Payoff("Iran", guarantee)), 0),
    ("alignment", BestReply("Azerbaijan", "balance"), 0),
    ("alignment", Monotone("western_support", Payoff("Armenia"), falls=True), 0),
    ("alignment", Threshold("outside_dependence", balances, "every"), 0),
    # where the border is open, Russia takes nothing from Türkiye
    ("alignment", Prefers("Türkiye", stay, engage, strictly=True), 0),
    # at some value of one parameter
    ("sequence", Occurs("corridor open", "every"), 1),
    ("sequence", Occurs(where(Armenia="open"), "no"), 1),
    ("sequence", Threshold("commitment", "corridor open", "every", everywhere=True), 1),
    ("reaction", Occurs("corridor open", "some"), 1),
    ("reaction", Occurs(guarantee, "every"), 1),
    ("alignment", Occurs("corridor open", "some"), 1),
    ("alignment", Occurs(engage, "no"), 1),
    ("alignment", Occurs(balances, "no"), 1),
    ("alignment", Prefers("Iran", seek, confront, given=q.iran_threat >= 0.5), 1),
    (
        "activation",
        BestReply("Iran", "obstruct", never=True, given=p.iran_threat >= 0.6),
        1,
    ),
    # at values of two together
    ("activation", Occurs("corridor open", "no"), 2),
    ("activation", Occurs(where(Armenia="open"), "no"), 2),
    ("sequence", Monotone("broker_rent", "corridor open"), 2),
    ("reaction", Monotone("broker_rent", "corridor open"), 2),
)
_TEXTBOOK_FALSE = (
    ("trust", Monotone("stake", "sent"), 0),
    ("trust", Monotone("multiplier", "sent"), 0),
    ("auction", BestReply("Bidder 1", "3", never=True), 0),
    ("pennies", Occurs("match", "every", concept="nash"), 0),
    # one parameter; on the boundary alone where it is said that one strictly exceeds the
    # other
    ("dilemma", BestReply("Row", "cooperate", never=True), 1),
    ("dilemma", Occurs("defection", "every"), 1),
    ("chicken", Occurs("peace", "no"), 1),  # at a prize of 0 alone
    # mixed, and again at a prize of 0 alone
    ("chicken", Occurs("crash", "some", concept="nash"), 1),
    (
        "chicken",
        Prefers("Row", where(Column="swerve"), where(Column="dare"), strictly=True),
        1,
    ),
    ("trust", Occurs("returned", "every"), 1),
    # gains of degree four in the parameters
    ("centipede", Occurs("taken at once", "every"), 1),
    ("bertrand", Occurs("firm 1 undercuts", "no"), 1),
    ("volunteers", Occurs("done", "every"), 1),
    ("braess", Occurs("all over the bridge", "every"), 1),
    ("auction", Occurs("nobody bids", "no"), 1),
    # two together
    # where temptation and reward meet: at one point of their ranges
    ("dilemma", Occurs("cooperation", "no"), 2),
    ("dilemma", BestReply("Row", "defect"), 2),
    # at one point again
    (
        "dilemma",
        Prefers(("Row", "Column"), both("cooperate"), both("defect"), strictly=True),
        2,
    ),
    ("stag hunt", Occurs("hare", "some"), 2),
    ("stag hunt", Occurs("stag", "not every", concept="nash"), 2),  # 2.5 % of the box
    # a triangle of 0.5 % of the box
    ("battle", Occurs("together", "some", concept="nash"), 2),
    ("inspection", Occurs("shirks", "not every", concept="nash"), 2),
    ("inspection", Occurs("caught", "some", concept="nash"), 2),
    ("entry", Occurs("a fight", "no"), 2),  # a tree; 1 % of the box
    # a product: endowment * (1 - share) at most glow
    ("public good", Occurs("something", "no"), 2),
    ("braess", Occurs("the bridge is used", "some"), 2),
    ("cournot", Occurs("duopoly", "every"), 2),
    ("cournot", Occurs("duopoly", "some"), 2),
    # 0.8 % of the box, away from every edge
    ("pocket", Prefers("Solo", where(Solo="act"), where(Solo="wait")), 2),
    # three together
    ("entry", Occurs("entry", "every"), 3),  # a tree with chance: 0.5 % of the box
    # a product: pie * share at most spite, 0.1 % of the box
    ("ultimatum", Occurs("low", "every"), 3),
    ("ultimatum", Occurs("low", "some"), 3),
)
FALSE = tuple([Planted(*row) for row in (*_CORRIDOR_FALSE, *_TEXTBOOK_FALSE)])

_CORRIDOR_TRUE = (
    # By the signs of the terms: what is named stands in one term that holds there.
    ("activation", Monotone("pressing_cost", Payoff("Türkiye", press), falls=True)),
    ("activation", Monotone("commitment", Payoff("Russia", obstruct, broker), falls=True)),
    ("activation", Monotone("russia_attention", Payoff("Russia", obstruct, broker))),
    (
        "activation",
        Monotone(
            "domestic_cost", Payoff("Armenia", opens, refuses, when=asked), falls=True
        ),
    ),
    ("activation", Complements("Türkiye", "commitment", (press, hold))),
    ("sequence", Monotone("leverage", Payoff("Russia", runs), falls=True)),
    ("reaction", Monotone("guarantee_price", Payoff("Iran", guarantee), falls=True)),
    ("alignment", Monotone("western_support", Payoff("Armenia"))),
    ("alignment", Complements("Russia", "dominance", (engage, stay))),
    ("alignment", Prefers("Türkiye", stay, engage)),
    (
        "alignment",
        Prefers(
            "Türkiye",
            stay,
            engage,
            when=where(Türkiye="keep the border shut"),
            strictly=True,
        ),
    ),
    # Without attention obstructing costs Russia all that it can cost; and where it would
    # pay, brokering pays more.
    ("sequence", Occurs(obstruct, "no", given=p.russia_attention <= 0)),
    ("reaction", Occurs(obstruct, "no", given=p.russia_attention <= 0)),
    # Where neither neighbour can punish, balancing has its price and nothing to be gained.
    ("alignment", BestReply("Azerbaijan", "balance", when=stay & seek, never=True)),
    # Iran gains by confronting only where else a road would run; and where it confronts,
    # opening the border costs Türkiye and gains it nothing, unless Russia engages, which
    # stops the road as well.
    ("alignment", Occurs(confront, "no")),
    # What is named raises the gain from opening, and no gain of another whose answer
    # Armenia would not like.
    ("activation", Monotone("normalisation", "Armenia opens")),
    ("alignment", Monotone("normalisation", "Armenia opens")),
    ("alignment", Monotone("middle_corridor", "corridor open")),
    ("alignment", Monotone("iran_threat", confront, falls=True)),
)
d, e, t, c = _about("dilemma"), _about("entry"), _about("trust"), _about("centipede")
v, b, a, g = (
    _about("volunteers"),
    _about("braess"),
    _about("auction"),
    _about("public good"),
)
_DRIVERS = ("First", "Second", "Third")
_TEXTBOOK_TRUE = (
    ("dilemma", BestReply("Row", "defect", given=d.punishment >= d.sucker)),
    # 2 >= 1 and 4 >= 2
    ("dilemma", Prefers("Row", where(Column="cooperate"), where(Column="defect"))),
    # Defection by both, or by one if the sucker's payoff is above the punishment;
    # temptation is never below the reward.
    ("dilemma", Occurs(either("defect"), "some")),
    # strictly dominant
    (
        "dilemma",
        Occurs(
            "defection", "every", given=(d.punishment > d.sucker, d.temptation > d.reward)
        ),
    ),
    ("chicken", Occurs("crash", "no")),  # a crash costs at least 3, the shame at most 2
    ("chicken", Occurs(where(Row="swerve", Column="dare"), "some")),
    ("stag hunt", Occurs("stag", "some")),  # a stag for two is 4 at least, a hare 3 at most
    ("stag hunt", Occurs("stag", "some", concept="nash")),
    # If apart pays less than joining there is a mixed equilibrium; if not, each going alone
    # is one.
    ("battle", Occurs("apart", "some", concept="nash")),
    # All that is won is positive, so the one equilibrium mixes fully.
    ("pennies", Occurs("match", "not every", concept="nash")),
    ("pennies", Occurs("heads", "some", concept="nash")),
    # If nobody shirked, nobody would inspect, and then shirking pays.
    ("inspection", Occurs("shirks", "some", concept="nash")),
    # Where inspecting costs more than the wage nobody inspects and all shirk; below it they
    # shirk with some probability.
    ("inspection", Monotone("inspecting", "shirks", concept="nash")),
    # A fight that does not pay is not fought, and entry without a fight has a profit of 1/2
    # at least.
    ("entry", Occurs("entry", "every", given=e.fighting < e.duopoly)),
    ("entry", Occurs("a fight", "no", given=e.fighting <= 0.9)),  # sharing pays 1 at least
    ("entry", Monotone("profit", "entry")),
    ("entry", Monotone("loss", "entry", falls=True)),
    ("ultimatum", Monotone("spite", "low", falls=True)),
    # less comes back than is sent
    ("trust", Occurs("sent", "no", given=(t.multiplier <= 3, t.share < Rational(1, 3)))),
    # From the last move back: taking pays 2 + care of a pot, passing 1 + 2 care of the
    # next; 9/4 > 3/2 growth at most care.
    ("centipede", Occurs("taken at once", "every", given=c.growth < 1.5)),
    (
        "cournot",
        Complements(
            "Firm 1",
            (where({"Firm 1": "3"}), where({"Firm 1": "1"})),
            (where({"Firm 2": "3"}), where({"Firm 2": "1"})),
            substitutes=True,
        ),
    ),  # more of the other's lowers the price of every unit
    ("cournot", Monotone("cost_1", Payoff("Firm 1"), falls=True)),
    (
        "bertrand",
        Prefers(
            "Firm 1",
            where({"Firm 2": "3"}),
            where({"Firm 2": "1"}),
            given=_about("bertrand").cost_1 <= 1,
        ),
    ),
    (
        "public good",
        Occurs("everything", "some", given=g.glow >= g.endowment * (1 - g.share)),
    ),
    # endowment * (1 - share) is 0.1 at least
    ("public good", Occurs("something", "no", given=g.glow < 0.1)),
    (
        "public good",
        Prefers(
            ("A", "B", "C"),
            where(dict.fromkeys("ABC", "give")),
            where(dict.fromkeys("ABC", "keep")),
        ),
    ),
    # The threshold is the least of three costs, all of them inside the range of the
    # benefit.
    ("volunteers", Threshold("benefit", "done", "every", everywhere=True)),
    ("volunteers", Occurs("done", "every", given=v.benefit > v.cost_a)),
    (
        "braess",
        Occurs("all over the bridge", "every", given=b.clear > 3 * b.jam + b.bridge),
    ),
    (
        # the paradox: everybody takes the bridge, and would be no worse off if nobody did
        "braess",
        Prefers(
            _DRIVERS,
            where(First="upper", Second="upper", Third="lower"),
            where(dict.fromkeys(_DRIVERS, "bridge")),
            given=b.clear <= 4 * b.jam + b.bridge,
        ),
    ),
    # bidding nothing is better where it wins or ties
    ("auction", BestReply("Bidder 1", "3", never=True, given=a.value_1 < 3)),
    # to win for 1 is better than half of the value
    ("auction", Occurs("nobody bids", "no", given=a.value_1 > 2)),
    # the disc is beyond
    (
        "pocket",
        Prefers(
            "Solo", where(Solo="act"), where(Solo="wait"), given=_about("pocket").x <= 0.6
        ),
    ),
)
TRUE = tuple([Planted(*row) for row in (*_CORRIDOR_TRUE, *_TEXTBOOK_TRUE)])
