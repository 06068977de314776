"""How sure of one another players have to be: by the payoffs of a table alone, cell by
cell."""

from __future__ import annotations

import functools
import itertools
import re
from fractions import Fraction
from typing import Any

from tests.report.solved_anew._reading import NUMBER, listed, read
from tests.report.solved_anew._told import Told

__all__ = ["KINDS"]

Cell = dict[str, str]


def _cells(told: Told) -> list[tuple[Cell, bool]]:
    """What is played in each pure equilibrium, and whether the outcome comes about."""
    found = [
        ({who: what for who, _, what in play.steps}, play)
        for one in told.solution({})
        for play in one.plays
    ]
    return [(cell, told.outcome.holds(play)) for cell, play in found]


def _needed(
    told: Told, cell: Cell
) -> dict[str, tuple[Fraction, set[tuple[str, tuple[tuple[str, str], ...]]]]]:
    return _worked_out(told.game(), tuple(cell.items()))


@functools.cache
def _worked_out(
    game: Any, cell: tuple[tuple[str, str], ...]
) -> dict[str, tuple[Fraction, set[Any]]]:
    """For each player the least probability of the others' parts from which on no other
    action is better, whatever the rest of its belief: it is least for a belief that puts
    the rest on one thing that the others may do; and what tempts it."""
    found = {}
    for who in game.players:
        others = [name for name in game.players if name != who]
        mine, best = dict(cell), Fraction(0)
        tempting: set[Any] = set()
        for action, rest in itertools.product(
            game.actions[who], itertools.product(*(game.actions[name] for name in others))
        ):
            instead = dict(zip(others, rest, strict=True))
            loss = game.payoff(who, mine) - game.payoff(who, {**mine, who: action})
            gain = game.payoff(who, {**instead, who: action}) - game.payoff(
                who, {**instead, who: mine[who]}
            )
            if gain > 0:
                p = gain / (gain + loss)
                tempting |= {(p, action, tuple(instead.items()))}
                best = max(best, p)
        found[who] = (
            best,
            {(action, instead) for p, action, instead in tempting if p == best},
        )
    return found


def _p(told: Told, cell: Cell) -> Fraction:
    return max(p for p, _ in _needed(told, cell).values())


def _read(text: str) -> Cell:
    return dict(part.split(": ", 1) for part in text.split(", "))


def how_many(told: Told, match: re.Match[str]) -> None:
    found = _cells(told)
    assert len(found) == (1 if match["n"] == "one" else int(match["n"]))
    having = {"comes": 1, "does not come": 0, "none": 0}.get(match["k"])
    assert sum(holds for _, holds in found) == (
        int(match["k"]) if having is None else having
    )


def asks(told: Told, match: re.Match[str]) -> None:
    """Which equilibrium it is, of how many like it, how much trust it asks for, of whom,
    and what tempts."""
    cell, found = _read(match["play"]), _cells(told)
    holds = next((holds for one, holds in found if one == cell), None)
    assert holds is not None, "it is not an equilibrium"
    like = [_p(told, one) for one, other in found if other == holds]
    p, needed = _p(told, cell), _needed(told, cell)
    if match["with"]:
        assert (match["with"] == "with") == holds
        assert len(like) == (int(match["n"]) if match["n"] else 1), f"{len(like)} like it"
        assert p == min(like), "another is safer"
        assert not match["which"] or (match["which"] == "the safest") == (
            like.count(p) == 1
        )
    else:
        assert len(found) == 1
    if not match["p"]:
        assert p == 0, f"it asks for {p}"
        return
    stated, off = (
        (Fraction(1), Fraction(0))
        if match["p"] == "certain"
        else read(match["p"].removeprefix("at least ").removesuffix(" sure"))
    )
    assert abs(stated - p) <= off, f"{p}"
    surest = listed(match["surest"])
    assert set(surest) == {who for who, (value, _) in needed.items() if value == p}
    instead = tuple(_read(match["others"]).items())
    assert (match["action"], instead) in needed[match["tempted"] or surest[0]][1], (
        "something else tempts"
    )


def compared(told: Told, match: re.Match[str]) -> None:
    least = {
        side: min(_p(told, cell) for cell, holds in _cells(told) if holds == side)
        for side in (True, False)
    }
    words = {
        "So the safest with it": least[True] < least[False],
        "So the safest without it": least[False] < least[True],
    }
    assert next(
        (so for start, so in words.items() if match[0].startswith(start)),
        least[True] == least[False],
    ), least


def risk(told: Told, match: re.Match[str]) -> None:
    """Of two strict equilibria of a 2 x 2 game: the products of what each player loses by
    leaving alone."""
    game, products = told.game(), {}
    for cell, _ in _cells(told):
        products[", ".join(f"{who}: {what}" for who, what in cell.items())] = _product(
            game, cell
        )
    one, other = (products[text] for text in (match["a"], match["b"]))
    assert one == other if match[0].count("neither") else one > other


def _product(game: Any, cell: Cell) -> Any:
    result = Fraction(1)
    for who in game.players:
        (other,) = [action for action in game.actions[who] if action != cell[who]]
        result *= game.payoff(who, cell) - game.payoff(who, {**cell, who: other})
    return result


def tips(told: Told, match: re.Match[str]) -> None:
    """Below the point the one equilibrium has the larger product, above it the other."""
    name, (point, off) = match["p"], read(match["at"])
    for way, larger, smaller in ((-1, match["a"], match["b"]), (1, match["b"], match["a"])):
        game = told.game({name: point + way * (told.width(name) / 10**6 + off)})
        assert _product(game, _read(larger)) > _product(game, _read(smaller)), (
            f"({larger}) is not the safer one"
        )


def pays_most(told: Told, match: re.Match[str]) -> None:
    """One equilibrium pays every player more than each of the others does, or there is none
    such."""
    pays = [
        (one, [one.payoffs[who] for who in told.model.players]) for one in told.solution({})
    ]
    best = [
        ", ".join(f"{who}: {what}" for who, _, what in next(iter(one.plays)).steps)
        for i, (one, mine) in enumerate(pays)
        if all(
            a > b
            for j, (_, theirs) in enumerate(pays)
            if j != i
            for a, b in zip(mine, theirs, strict=True)
        )
    ]
    assert best == ([match["play"]] if match.groupdict().get("play") else []), best


def more(told: Told, match: re.Match[str]) -> None:
    assert int(match["n"]) == len(_cells(told)) - 12


ASKS = (
    r"asks (?:for no trust, as each part is best whatever the others do|everyone to be "
    r"(?P<p>certain|at least .+? sure) that all others play their parts; (?P<surest>.+?) "
    r"(?:has|have) to be surest,(?: (?P<tempted>.+?))? tempted to (?P<action>.+?) in case "
    r"they play (?P<others>.+) instead)\."
)
KINDS = [
    (("coordination",), (r"There is (?P<n>one) .+ equilibrium.*, and '.+' (?P<k>comes|does not come) about "
        r"in it; this is proved\."), how_many),
    (("coordination",), (r"There are (?P<n>\d+) .+, and '.+' comes about in (?P<k>none|\d+) of them; this "
        r"is proved\."), how_many),
    (("coordination",), (r"(?:The one (?P<with>with|without) '.+?', )?\((?P<play>[^()]+)\),? "
        rf"(?P<n>)(?P<which>){ASKS}"), asks),
    (("coordination",), (r"Of the (?P<n>\d+) (?P<with>with|without) '.+?', (?P<which>the safest|one of "
        rf"the safest) is \((?P<play>.+?)\): it {ASKS}"), asks),
    (("coordination",), (r"(?:So the safest with(?:out)? it asks for less than any with(?:out)? it|The "
        r"safest with it and the safest without it ask for the same)\."), compared),
    (("coordination",), (r"By the product of the losses from deviating alone, (?:neither of )?\((?P<a>.+?)\) "
        r"(?:and|risk-dominates) \((?P<b>.+?)\)(?: risk-dominates the other)?\."), risk),
    (("tipping",), (rf"By risk dominance, (?P<p>\w+) tips at (?P<at>{NUMBER}): from \((?P<a>.+?)\) to "
        r"\((?P<b>.+?)\) as it rises\."), tips),
    (("coordination",), r"No .+ pays every player more than each of the others does\.", pays_most),
    (("coordination",), (r"\((?P<play>.+)\) pays every player more than any other .+ does \(payoff "
        r"dominance\)\."), pays_most),
    (("coordination",), r"(?P<n>\d+) more need no less\.", more),
]  # fmt: skip
