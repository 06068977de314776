"""Players who are bound to an action, or move in turn: what the others then play, by games
written out anew."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from strategy import NormalFormGame, Status, solve
from tests.report.solved_anew._reading import NUMBER, SPAN, V, about, fits, read
from tests.report.solved_anew._told import Told

__all__ = ["KINDS", "written_out"]

Payoff = Callable[[str, dict[str, str]], Any]


def written_out(players: Mapping[str, tuple[str, ...]], payoff: Payoff) -> NormalFormGame:
    """A table with these actions and payoffs, entry by entry."""
    import numpy as np

    shape = [len(actions) for actions in players.values()]
    tables = [np.empty(shape, dtype=object) for _ in players]
    for cell in itertools.product(*map(range, shape)):
        play = {
            who: actions[k] for (who, actions), k in zip(players.items(), cell, strict=True)
        }
        for table, who in zip(tables, players, strict=True):
            table[cell] = payoff(who, play)
    return NormalFormGame.from_arrays(
        *tables, players=list(players), actions=list(players.values())
    )


def _bound(told: Told, who: str, action: str) -> tuple[list[Any], list[Any]]:
    """What a player gets who is bound to an action, and how likely the outcome is, in each
    equilibrium of the others."""
    game = told.game()
    others = {name: tuple(game.actions[name]) for name in game.players if name != who}
    found = solve(
        written_out(others, lambda name, play: game.payoff(name, {**play, who: action})),
        told.concept,
    )
    assert found.status in (Status.COMPLETE, Status.NONE_EXISTS)
    pays, chances = [], []
    for one in found:
        plays = [
            ({**{name: what for name, _, what in play.steps}, who: action}, weight)
            for play, weight in one.plays.items()
        ]
        pays.append(sum(weight * game.payoff(who, play) for play, weight in plays))
        chances.append(
            sum((weight for play, weight in plays if told.outcome.holds(play)), Fraction(0))
        )
    return pays, chances


def commitment(told: Told, match: re.Match[str]) -> None:
    """What is gained at worst and at best, by which action, and how probable the outcome
    then is."""
    who, game = match["who"], told.game()
    every = {action: _bound(told, who, action) for action in game.actions[who]}
    free = told.payoffs(who, {})
    for gain, action, chance, worst in (
        (match["low"], match["a"] or match["b"], match["p"] or match["q"], min),
        (match["high"], match["b"], match["q"], max),
    ):
        best = max(worst(pays) for pays, _ in every.values() if pays)
        assert worst(every[action][0]) == best, (
            f"{action} pays {worst(every[action][0])}, another {best}"
        )
        about(chance, every[action][1])
        verb, _, size = gain.partition(" ")
        stated, off = (Fraction(0), Fraction(0)) if size == "nothing" else read(size)
        assert (
            abs((best - worst(free)) - (stated if verb == "gains" else -stated)) <= off
        ), f"{gain}: {best - worst(free)}"


def others_without(told: Told, match: re.Match[str]) -> None:
    assert not any(
        _bound(told, match["who"], action)[0]
        for action in told.game().actions[match["who"]]
    )


def none_to_compare(told: Told, match: re.Match[str]) -> None:
    assert told.solution({}).status is Status.NONE_EXISTS


# -- moving in turn


@functools.cache
def _in_turn(game: Any) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """For each order of moves the plays of its pure subgame-perfect equilibria: at a move
    an action can be chosen, with a play that may follow, if that pays at least as much as
    the worst that may follow each other action."""
    return {
        order: _follow(game, order, {}) for order in itertools.permutations(game.players)
    }


def _follow(
    game: Any, order: tuple[str, ...], done: dict[str, str]
) -> list[dict[str, str]]:
    if len(done) == len(order):
        return [done]
    who = order[len(done)]
    after = [_follow(game, order, {**done, who: action}) for action in game.actions[who]]
    worst = max(min(game.payoff(who, play) for play in plays) for plays in after)
    return [play for plays in after for play in plays if game.payoff(who, play) >= worst]


def orders(told: Told, match: re.Match[str]) -> None:
    """In so many orders, and with who moves before whom in all of them, the outcome has
    that verdict."""
    found = _in_turn(told.game())
    verdicts = {
        order: [Fraction(told.outcome.holds(play)) for play in plays]
        for order, plays in found.items()
    }
    having = [order for order, chances in verdicts.items() if _so(match["v"], chances)]
    assert len(having) == int(match["n"]), f"{len(having)} orders"
    assert len(found) == int(match.groupdict().get("m") or match["n"])
    rest = match.groupdict().get("rest") or ""
    for first, second in re.findall(
        r"(?:, |and |them )?([^,]+?) before ([^,]+?)(?=,| and |$)",
        rest.removeprefix("in all of them "),
    ):
        pair = (first.split(" and ")[-1].strip(), second.strip())
        assert all(order.index(pair[0]) < order.index(pair[1]) for order in having), pair


def _so(words: str, chances: list[Fraction]) -> bool:
    try:
        fits(words, chances)
    except AssertionError:
        return False
    return True


def places(told: Told, match: re.Match[str]) -> None:
    """What a player gets who moves first, and last, over all such orders."""
    game = told.game()
    for stated, place in ((match["first"], 0), (match["last"], -1)):
        pays = [
            game.payoff(match["who"], play)
            for order, plays in _in_turn(game).items()
            if order[place] == match["who"]
            for play in plays
        ]
        about(stated, pays)


THEN = r"\('.+?' then has (?:a )?probability (?P<{}>[^()]+(?: \([\d.]+\))?)\)"
GAIN = rf"(?:gains|loses) (?:nothing|{NUMBER})"
KINDS = [
    (("commitment",), (rf"(?P<who>.+?) (?P<low>{GAIN}) at worst(?:, | by being bound to (?P<a>[^(]+?) "
        rf"{THEN.format('p')}, )and (?P<high>{GAIN}) at best,? by being bound to "
        rf"(?P<b>[^(]+?) {THEN.format('q')}\."), commitment),
    (("commitment",), r"(?P<who>.+?): whatever it is bound to, the others have no .+\.", others_without),
    (("commitment",), r"(?P<who>.+?): with nobody bound there is no .+ to compare with\.", none_to_compare),
    (("orders",), (rf"In (?P<n>\d+) of (?P<m>\d+) orders it (?:comes about|is) (?P<v>{V})(?:: "
        r"(?P<rest>.+))?\."), orders),
    (("orders",), rf"In each of these (?P<n>\d+) orders it (?:comes about|is) (?P<v>{V})\.", orders),
    (("orders",), (rf"(?P<who>.+?) gets (?P<first>{SPAN}) moving first, and (?P<last>{SPAN}) moving "
        r"last\."), places),
]  # fmt: skip
