"""How equilibria compare.

Player by player, by welfare where weights are stated, and by how safe they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from strategy.cli._equilibria import Shown
from strategy.cli._output import print_table, say
from strategy.completeness import among_short
from strategy.concepts import (
    PDominance,
    RiskDominance,
    p_dominance,
    pareto_comparison,
    risk_dominance,
    welfare_ranking,
)
from strategy.display import Table, joined, number
from strategy.exact import comparable
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile

__all__ = ["print_comparison", "risk", "strict", "welfare"]

_MOST = 200
_MOST_ROWS = 12


def print_comparison(shown: Shown) -> None:
    """Sentences on two equilibria and more.

    The least p of strict ones also where there is one. ``shown``: the solution as it is
    printed.
    """
    several = 1 < len(shown.groups) <= _MOST
    if several:
        say()
        say("How they compare", emphasis=True)
        for sentence in (*_pareto(shown), *_by_welfare(shown)):
            say(sentence, bullet="- ")
    elif len(shown.groups) > _MOST:
        say()
        say(
            f"There are too many to compare with one another: at most {_MOST} are compared."
        )
    if len(shown.groups) <= _MOST:
        _print_risk(shown, several)


def _pareto(shown: Shown) -> Iterator[str]:
    comparison = pareto_comparison(shown.representatives)
    among = among_short(shown.solution.headline)
    everyone, rest = len(shown.groups), comparison.undominated
    best = comparison.payoff_dominant
    numbers = joined([f"#{i + 1}" for i in rest])
    if best is not None:
        others = "the other does" if everyone == 2 else "any other does"
        yield (
            f"{among[:1].upper()}{among[1:]}#{best + 1} pays every player more than "
            f"{others} (it is payoff-dominant)."
        )
    elif len(rest) == everyone:
        yield (
            f"Pareto comparison: {among}none is better for somebody and worse for nobody "
            "than another."
        )
    else:
        are, them = ("is", "it") if len(rest) == 1 else ("are", "one of these")
        worse = f"every other pays somebody less, and nobody more, than {them}"
        yield f"Pareto comparison: {among}{numbers} {are} undominated; {worse}."
    if comparison.undecided:
        pairs = len(comparison.undecided)
        yield (
            f"{pairs} comparison{'s' if pairs > 1 else ''} of payoffs known only within "
            f"bounds stay{'s' * (pairs == 1)} open."
        )


def welfare(shown: Shown) -> tuple[Any, ...] | None:
    """The groups by welfare, the largest first, with the weights stated.

    It is None where none are stated. ``shown``: the solution as it is printed.
    """
    return welfare_ranking(shown.representatives, shown.weights) if shown.weights else None


def _by_welfare(shown: Shown) -> Iterator[str]:
    ranked = welfare(shown)
    if ranked is None:
        yield (
            "Payoffs are not added up across players: their units differ, and no weights "
            "are stated (--weight PLAYER=VALUE for every player states them)."
        )
        return
    weights = joined([f"{who}: {value}" for who, value in shown.weights.items()])
    yield (
        f"Welfare with the weights stated ({weights}): {', '.join(map(str, ranked))}. "
        "Other weights may give another order."
    )


# -- how safe they are


def strict(shown: Shown) -> list[tuple[int, PureProfile]]:
    """The pure equilibria of a table in which everyone loses by any change alone.

    Each comes with the place of its group. ``shown``: the solution as it is printed.
    """
    game = shown.solution.game
    if not isinstance(game, NormalFormGame):
        return []
    tables = [comparable(table) for table in game.tables]
    profiles = [
        (place, one.profile)
        for place, one in zip(shown.group_of, shown.solution, strict=True)
    ]
    return [
        (place, one)
        for place, one in profiles
        if isinstance(one, PureProfile) and _strict(tables, one)
    ]


def _strict(tables: list[Any], profile: PureProfile) -> bool:
    cell = tuple([int(c) for c in profile.choices])
    for axis, table in enumerate(tables):
        line = table[tuple([slice(None) if i == axis else c for i, c in enumerate(cell)])]
        if int((line >= line[cell[axis]]).sum()) > 1:
            return False
    return True


def risk(shown: Shown) -> tuple[RiskDominance | None, list[tuple[int, PDominance]]]:
    """Risk dominance where it is defined, and the least p of every strict equilibrium.

    It is for two strict equilibria of a 2 x 2 table. ``shown``: the solution as it is
    printed.
    """
    found, game = strict(shown), shown.solution.game
    if not isinstance(game, NormalFormGame):
        return None, []
    both = risk_dominance(game) if len(found) == 2 and game.form.shape == (2, 2) else None
    return both, [(place, p_dominance(game, one)) for place, one in found[:_MOST]]


def _print_risk(shown: Shown, several: bool) -> None:
    game, first = shown.solution.game, shown.solution[0].profile
    if not several and not (isinstance(first, PureProfile) and not game.form.is_tree):
        # one equilibrium of a tree, or one in which somebody mixes: there is nothing to
        # compare
        return
    say_it = partial(say, bullet="- ") if several else say
    if not several:
        say()
    if not isinstance(game, NormalFormGame):
        say_it(
            "Risk dominance and p-dominance are not defined for trees: they compare "
            "equilibria of a table."
        )
        return
    both, by_p = risk(shown)
    if both is not None:
        say_it(_risk_words(shown, both))
    elif not by_p:
        none = "none of these is" if several else "this one is not"
        say_it(
            "Risk dominance and p-dominance are about strict equilibria, from which "
            f"everyone loses by deviating alone; {none}."
        )
    else:
        shape = " x ".join(map(str, game.form.shape))
        fewer = "this one has one" if shape == "2 x 2" else f"this one is {shape}"
        say_it(
            f"Risk dominance compares two strict equilibria of a 2 x 2 game; {fewer}. "
            "Instead, how sure each player has to be that all others play their parts, "
            "to play its own (the least p of p-dominance); the less, the safer:"
        )
        _print_by_p(by_p)


def _print_by_p(by_p: list[tuple[int, PDominance]]) -> None:
    """The safest first, each with who has to be surest and why."""
    ordered = sorted(by_p, key=lambda pair: pair[1].p)[:_MOST_ROWS]
    rows = [[f"#{place + 1}", number(one.p), *_tempted(one)] for place, one in ordered]
    more = f"... and {len(by_p) - _MOST_ROWS:,} more" if len(by_p) > _MOST_ROWS else ""
    print_table(
        Table(
            ["strict", "least p", "who must be surest", "tempted to", "if instead"],
            rows,
            [1],
            more=more,
        ),
        indent=2,
    )


def _risk_words(shown: Shown, both: RiskDominance) -> str:
    found = {one: place for place, one in strict(shown)}
    first, second = [found[one] + 1 for one in both.equilibria]
    products = [number(value) for value in both.products]
    if both.dominant is None:
        return (
            f"Neither #{first} nor #{second} risk-dominates the other: the products of "
            "the players' losses from deviating alone are equal."
        )
    safer = first if both.dominant is both.equilibria[0] else second
    ordered = products if safer == first else products[::-1]
    return (
        f"#{safer} risk-dominates #{first + second - safer}: the product of the two "
        f"players' losses from deviating alone is {ordered[0]}, against {ordered[1]}."
    )


def _tempted(one: PDominance) -> tuple[str, str, str]:
    """Who has to be surest, what it would do instead, and what the others would do then."""
    if one.p == 0:
        return "nobody", "", "each part is best whatever the others do"
    player = next(who for who, value in one.by_player.items() if value == one.p)
    binding = one.tempting[player]
    assert binding is not None
    action, others = binding
    return player, action, ", ".join(f"{who}: {what}" for who, what in others.items())
