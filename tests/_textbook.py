"""Textbook games with payoffs that depend on parameters. The ranges are made up, and wide
enough for other answers."""

from __future__ import annotations

import itertools
from typing import Any

from sympy import Rational

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)

BOTH = ("Row", "Column")


def _parameters(**ranges: tuple[Any, Any, Any]) -> Parameters:
    """From name=(least, baseline, greatest)."""
    return Parameters(
        {
            label: Parameter(middle, low=low, high=high)
            for label, (low, middle, high) in ranges.items()
        }
    )


def _term(player: str, amount: Any, when: Any) -> Term:
    return Term(player, amount, when=when, name=f"{player}: {amount} with {when.words()}")


def _two_by_two(
    name: str, p: Parameters, actions: tuple[str, str], amounts: Any, **outcomes: Any
) -> Model:
    """A symmetric game; amounts of the player: both first, first alone, second alone, both
    second."""
    first, second = actions
    cells = [(first, first), (first, second), (second, first), (second, second)]
    terms = [
        _term(own, amount, where({own: mine, other: theirs}))
        for own, other in (BOTH, BOTH[::-1])
        for (mine, theirs), amount in zip(cells, amounts, strict=True)
        if amount != 0
    ]
    form = NormalForm(dict.fromkeys(BOTH, actions))
    return Model(
        name, form=form, parameters=p, terms=tuple(terms), outcomes=_outcomes(outcomes)
    )


def _outcomes(outcomes: dict[str, Any]) -> tuple[Outcome, ...]:
    return tuple(
        [Outcome(label.replace("_", " "), when=when) for label, when in outcomes.items()]
    )


def both(action: str) -> Any:
    """Row and Column take the same action."""
    return where(Row=action) & where(Column=action)


def either(action: str) -> Any:
    """Row, Column or both take an action."""
    return where(Row=action) | where(Column=action)


def dilemma() -> Model:
    """The prisoner's dilemma; the ranges touch, so that temptation may be no more than the
    reward, and the sucker's payoff more than the punishment."""
    p = _parameters(
        temptation=(4, 5, 6), reward=(2, 3, 4), punishment=(0, 1, 2), sucker=(-1, 0, 1)
    )
    amounts = (p.reward, p.sucker, p.temptation, p.punishment)
    return _two_by_two(
        "dilemma",
        p,
        ("cooperate", "defect"),
        amounts,
        cooperation=both("cooperate"),
        defection=both("defect"),
    )


def chicken() -> Model:
    p = _parameters(prize=(0, 2, 4), shame=(0, 1, 2), crash=(3, 6, 10))
    return _two_by_two(
        "chicken",
        p,
        ("swerve", "dare"),
        (0, -p.shame, p.prize, -p.crash),
        peace=both("swerve"),
        crash=both("dare"),
    )


def stag_hunt() -> Model:
    """Somebody who hunts the stag alone may get something; ``alone`` and ``hare`` overlap
    in a corner."""
    p = _parameters(stag=(4, 5, 8), hare=(1, 2, 3), alone=(-1, 0, "3/2"))
    return _two_by_two(
        "stag hunt",
        p,
        ("stag", "hare"),
        (p.stag, p.alone, p.hare, p.hare),
        stag=both("stag"),
        hare=both("hare"),
    )


def battle() -> Model:
    """The battle of the sexes; going alone to what one likes pays ``apart``, which exceeds
    ``joining`` in a narrow corner."""
    p = _parameters(liked=(2, 3, 4), joining=("0.9", "1.5", 2), apart=(0, "0.5", 1))
    form = NormalForm(dict.fromkeys(BOTH, ("opera", "football")))
    terms = (
        _term("Row", p.liked, both("opera")),
        _term("Row", p.joining, both("football")),
        _term("Row", p.apart, where(Row="opera", Column="football")),
        _term("Column", p.liked, both("football")),
        _term("Column", p.joining, both("opera")),
        _term("Column", p.apart, where(Row="opera", Column="football")),
    )
    together = both("opera") | both("football")
    return Model(
        "battle",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=_outcomes({"together": together, "apart": ~together}),
    )


def pennies() -> Model:
    """Matching pennies: Row wins if they match, Column if not; what is won depends on the
    side that Row shows."""
    p = _parameters(heads=(1, 2, 5), tails=(1, 2, 5), miss=(1, 3, 6))
    form = NormalForm(dict.fromkeys(BOTH, ("heads", "tails")))
    match = both("heads") | both("tails")
    terms = (
        _term("Row", p.heads, both("heads")),
        _term("Row", p.tails, both("tails")),
        _term("Column", p.miss, ~match),
    )
    return Model(
        "pennies",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=_outcomes({"match": match, "heads": both("heads")}),
    )


def inspection() -> Model:
    """An employer inspects or trusts, a worker works or shirks and is paid unless caught.
    Where inspecting or working costs less than the wage there is only a mixed
    equilibrium."""
    p = _parameters(
        wage=(2, 3, 5),
        effort=("1/2", 1, "5/2"),
        inspecting=("1/2", 1, "5/2"),
        output=(6, 8, 10),
    )
    form = NormalForm({"Employer": ("inspect", "trust"), "Worker": ("work", "shirk")})
    works, caught = where(Worker="work"), where(Employer="inspect", Worker="shirk")
    terms = (
        _term("Worker", p.wage, ~caught),
        _term("Worker", -p.effort, works),
        _term("Employer", p.output, works),
        _term("Employer", -p.wage, ~caught),
        _term("Employer", -p.inspecting, where(Employer="inspect")),
    )
    outcomes = _outcomes({"shirks": ~works, "caught": caught})
    return Model("inspection", form=form, parameters=p, terms=terms, outcomes=outcomes)


def entry() -> Model:
    """Entry into a market whose demand shows afterwards; with high demand the incumbent
    would rather share it."""
    p = _parameters(
        profit=("1/2", 2, 4),
        loss=(0, 1, 3),
        duopoly=(1, 2, 4),
        fighting=(-2, 0, "3/2"),
        high=(0, "1/2", 1),
    )
    answer = {"fight": End(), "accommodate": End()}
    tree = Decision(
        "Entrant",
        {
            "enter": Chance(
                "demand",
                {
                    "high": (p.high, Decision("Incumbent", answer)),
                    "low": (1 - p.high, Decision("Incumbent", answer)),
                },
            ),
            "stay out": End(),
        },
    )
    accommodates, fights = where(Incumbent="accommodate"), where(Incumbent="fight")
    terms = (
        _term("Entrant", p.profit, accommodates),
        _term("Entrant", -p.loss, fights),
        _term("Incumbent", p.duopoly, accommodates),
        _term("Incumbent", 1 + p.duopoly, where(Entrant="stay out")),
        _term("Incumbent", 2, where(demand="high") & accommodates),
        _term("Incumbent", p.fighting, fights),
    )
    outcomes = _outcomes({"entry": where(Entrant="enter"), "a_fight": fights})
    return Model(
        "entry", form=ExtensiveForm(tree), parameters=p, terms=terms, outcomes=outcomes
    )


def ultimatum() -> Model:
    """A fair half or a low share of a pie is offered; turning a low share down pays
    ``spite``."""
    p = _parameters(pie=(6, 8, 10), share=("1/5", "1/4", "2/5"), spite=(0, "1/2", "7/5"))
    answer = {"accept": End(), "reject": End()}
    form = ExtensiveForm(
        Decision(
            "Proposer",
            {"fair": Decision("Responder", answer), "low": Decision("Responder", answer)},
        )
    )
    fair, low = (
        where(Proposer="fair", Responder="accept"),
        where(Proposer="low", Responder="accept"),
    )
    terms = (
        _term("Proposer", p.pie / 2, fair),
        _term("Responder", p.pie / 2, fair),
        _term("Proposer", p.pie * (1 - p.share), low),
        _term("Responder", p.pie * p.share, low),
        _term("Responder", p.spite, where(Proposer="low", Responder="reject")),
    )
    return Model(
        "ultimatum",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=_outcomes({"low": low, "fair": fair}),
    )


def trust() -> Model:
    """What is sent is multiplied, and a share of it returned or not; keeping it all costs
    some guilt."""
    p = _parameters(
        stake=(1, 2, 4),
        multiplier=(2, 3, 4),
        share=("3/10", "1/2", "3/5"),
        guilt=(2, 4, 10),
    )
    form = ExtensiveForm(
        Decision(
            "Investor",
            {"send": Decision("Trustee", {"return": End(), "keep": End()}), "hold": End()},
        )
    )
    returned, kept = where(Trustee="return"), where(Trustee="keep")
    pot = p.stake * p.multiplier
    terms = (
        _term("Investor", p.stake, where(Investor="hold")),
        _term("Investor", pot * p.share, returned),
        _term("Trustee", pot * (1 - p.share), returned),
        _term("Trustee", pot - p.guilt, kept),
    )
    outcomes = _outcomes({"returned": returned, "sent": where(Investor="send")})
    return Model("trust", form=form, parameters=p, terms=terms, outcomes=outcomes)


def centipede() -> Model:
    """Three moves in turn: take two thirds of a pot, or pass it on, and it grows. Each
    cares a little for the other."""
    p = _parameters(growth=("6/5", "3/2", "19/10"), care=(0, "1/10", "1/4"))
    # the last pot is shared as if Column took it
    movers = ("Row", "Column", "Row", "Column")
    tree: Any = End()
    for k in (3, 2, 1):
        tree = Decision(movers[k - 1], {"take": End(), "pass": tree}, infoset=f"move {k}")
    passed_on = where({"Row": "pass"}, at="move 3")
    terms = []
    for k, taker in enumerate(movers, 1):
        when = where({taker: "take"}, at=f"move {k}") if k < 4 else passed_on
        for who in BOTH:
            own, others = (2, 1) if who == taker else (1, 2)
            terms.append(_term(who, (own + others * p.care) * p.growth ** (k - 1), when))
    outcomes = _outcomes(
        {"taken_at_once": where({"Row": "take"}, at="move 1"), "passed_on": passed_on}
    )
    return Model(
        "centipede",
        form=ExtensiveForm(tree),
        parameters=p,
        terms=tuple(terms),
        outcomes=outcomes,
    )


def cournot() -> Model:
    """Two firms choose one of four quantities; the price falls with the total."""
    p = _parameters(
        demand=(6, 8, 12), slope=(1, "3/2", 2), cost_1=(0, 1, 3), cost_2=(0, 1, 3)
    )
    firms, amounts = ("Firm 1", "Firm 2"), ("0", "1", "2", "3")
    terms = []
    for i, own in enumerate(firms):
        other, cost = firms[1 - i], (p.cost_1, p.cost_2)[i]
        for mine, theirs in itertools.product(amounts[1:], amounts):
            price = p.demand - p.slope * (int(mine) + int(theirs))
            terms.append(
                _term(own, int(mine) * (price - cost), where({own: mine, other: theirs}))
            )
    active = ~where({"Firm 1": "0"}) & ~where({"Firm 2": "0"})
    form = NormalForm(dict.fromkeys(firms, amounts))
    return Model(
        "cournot",
        form=form,
        parameters=p,
        terms=tuple(terms),
        outcomes=_outcomes({"duopoly": active}),
    )


def bertrand() -> Model:
    """Two firms choose one of three prices; the lower takes all buyers, and equal prices
    share them."""
    p = _parameters(buyers=(2, 6, 10), cost_1=(0, 1, "5/2"), cost_2=(0, 1, "5/2"))
    firms, prices = ("Firm 1", "Firm 2"), ("1", "2", "3")
    terms = []
    for i, own in enumerate(firms):
        other, cost = firms[1 - i], (p.cost_1, p.cost_2)[i]
        for mine, theirs in itertools.product(prices, prices):
            if int(mine) <= int(theirs):
                share = p.buyers / (2 if mine == theirs else 1)
                terms.append(
                    _term(
                        own, (int(mine) - cost) * share, where({own: mine, other: theirs})
                    )
                )
    high = where({"Firm 1": "3", "Firm 2": "3"})
    first = where({"Firm 1": "1"}) & ~where({"Firm 2": "1"}) | where(
        {"Firm 1": "2", "Firm 2": "3"}
    )
    form = NormalForm(dict.fromkeys(firms, prices))
    outcomes = _outcomes({"highest_price": high, "firm_1_undercuts": first})
    return Model("bertrand", form=form, parameters=p, terms=tuple(terms), outcomes=outcomes)


def public_good() -> Model:
    """Three players keep what they have, or give it up and each gets a share of it; giving
    may please the giver."""
    p = _parameters(
        endowment=(1, 2, 4), share=("2/5", "1/2", "9/10"), glow=(0, "1/10", "9/10")
    )
    players = ("A", "B", "C")
    terms = []
    for who in players:
        terms.append(_term(who, p.endowment, where({who: "keep"})))
        terms.append(_term(who, p.glow, where({who: "give"})))
        terms += [
            _term(who, p.share * p.endowment, where({giver: "give"})) for giver in players
        ]
    form = NormalForm(dict.fromkeys(players, ("give", "keep")))
    given = where(A="give") | where(B="give") | where(C="give")
    everyone = where(A="give", B="give", C="give")
    outcomes = _outcomes({"something": given, "everything": everyone})
    return Model(
        "public good", form=form, parameters=p, terms=tuple(terms), outcomes=outcomes
    )


def volunteers() -> Model:
    """One volunteer is enough for all; volunteering costs each something else, and is
    always worth it at some benefit."""
    p = _parameters(benefit=(0, 4, 8), cost_a=(1, 3, 5), cost_b=(1, 2, 5), cost_c=(1, 4, 5))
    players = ("A", "B", "C")
    done = where(A="act") | where(B="act") | where(C="act")
    terms = [_term(who, p.benefit, done) for who in players]
    terms += [
        _term(who, -cost, where({who: "act"}))
        for who, cost in zip(players, (p.cost_a, p.cost_b, p.cost_c), strict=True)
    ]
    form = NormalForm(dict.fromkeys(players, ("act", "wait")))
    return Model(
        "volunteers",
        form=form,
        parameters=p,
        terms=tuple(terms),
        outcomes=_outcomes({"done": done}),
    )


def braess() -> Model:
    """Three drivers take the upper road, the lower road, or both jammed halves with a
    bridge between them."""
    p = _parameters(jam=(1, 2, 3), clear=(5, 7, 12), bridge=(0, "1/2", 3))
    drivers = ("First", "Second", "Third")
    terms = []
    for who in drivers:
        terms.append(_term(who, -p.clear, where({who: ("upper", "lower")})))
        terms.append(_term(who, -p.bridge, where({who: "bridge"})))
        for half in ("upper", "lower"):
            mine = where({who: (half, "bridge")})
            terms += [
                Term(
                    who,
                    -p.jam,
                    when=mine & where({by: (half, "bridge")}),
                    name=f"{who} and {by} on the {half} half",
                )
                for by in drivers
            ]
    form = NormalForm(dict.fromkeys(drivers, ("upper", "lower", "bridge")))
    all_over = where(dict.fromkeys(drivers, "bridge"))
    some_over = where(First="bridge") | where(Second="bridge") | where(Third="bridge")
    outcomes = _outcomes({"all_over_the_bridge": all_over, "the_bridge_is_used": some_over})
    return Model("braess", form=form, parameters=p, terms=tuple(terms), outcomes=outcomes)


def auction() -> Model:
    """Two bidders bid 0 to 3 and pay what they bid; equal bids decide by a coin."""
    p = _parameters(value_1=(1, 3, "7/2"), value_2=(1, 2, "7/2"))
    bidders, bids = ("Bidder 1", "Bidder 2"), ("0", "1", "2", "3")
    terms = []
    for i, own in enumerate(bidders):
        other, value = bidders[1 - i], (p.value_1, p.value_2)[i]
        for mine, theirs in itertools.product(bids, bids):
            if int(mine) >= int(theirs):
                won = value - int(mine)
                terms.append(
                    _term(
                        own,
                        won / 2 if mine == theirs else won,
                        where({own: mine, other: theirs}),
                    )
                )
    first = [
        where({"Bidder 1": mine, "Bidder 2": theirs})
        for mine, theirs in itertools.product(bids, bids)
        if mine > theirs
    ]
    wins = first[0]
    for one in first[1:]:
        wins = wins | one
    free = where({"Bidder 1": "0", "Bidder 2": "0"})
    form = NormalForm(dict.fromkeys(bidders, bids))
    outcomes = _outcomes({"bidder_1_wins": wins, "nobody_bids": free})
    return Model("auction", form=form, parameters=p, terms=tuple(terms), outcomes=outcomes)


def pocket() -> Model:
    """Nobody's textbook: acting pays except in a small disc away from all edges, 0.8 % of
    the range of x and y."""
    p = _parameters(x=(0, "1/10", 1), y=(0, "1/10", 1), stake=(1, 2, 3))
    x, y = p.x - Rational(7, 10), p.y - Rational(3, 5)
    form = NormalForm({"Solo": ("act", "wait")})
    terms = (_term("Solo", p.stake * (x**2 + y**2 - Rational(1, 400)), where(Solo="act")),)
    return Model(
        "pocket",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=_outcomes({"acts": where(Solo="act")}),
    )


MODELS = {
    one.name: one
    for one in (
        dilemma(), chicken(), stag_hunt(), battle(), pennies(), inspection(), entry(), ultimatum(), trust(), centipede(),
        cournot(), bertrand(), public_good(), volunteers(), braess(), auction(), pocket(),
    )
}  # fmt: skip

__all__ = ["MODELS", "both", "either"]
