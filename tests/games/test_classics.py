"""Textbook games: the toolkit finds the published answer, all of it and nothing else."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from games.classics import CLASSICS, Classic, classic
from games.classics.bargaining import alternating_offers, ultimatum
from games.classics.coordination import stag_hunt
from games.classics.crowds import minority_game
from games.classics.dilemmas import prisoners_dilemma, public_goods, travellers_dilemma
from games.classics.entry import chain_store
from games.classics.sequences import centipede
from games.classics.voting import agenda_setter, roll_call
from strategy import ExtensiveFormGame, NormalFormGame, concepts, solve
from strategy.concepts.dominance import eliminate_strictly, eliminate_weakly
from strategy.errors import GameError
from strategy.results import Solution, Status


def named(classics: list[Classic]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("known", classics, ids=lambda known: known.name)


def table_of(known: Classic) -> NormalFormGame:
    game = known.game()
    assert isinstance(game, NormalFormGame)
    return game


def paths(solution: Solution) -> set[tuple[str, ...]]:
    return {
        tuple(action for _, _, action in play.steps)
        for one in solution
        for play in one.plays
    }


@named(list(CLASSICS))
def test_the_published_answer_is_found(known: Classic) -> None:
    concept = getattr(concepts, known.concept_name)()
    game = known.game()
    solution = solve(game, concept)

    assert solution.status is (Status.COMPLETE if known.answer else Status.NONE_EXISTS)
    found = {
        frozenset(
            (tuple(action for _, _, action in play.steps), chance)
            for play, chance in one.plays.items()
        ): one
        for one in solution
    }
    assert len(found) == len(solution)
    assert set(found) == {frozenset(answer.plays) for answer in known.answer}
    for answer in known.answer:
        one = found[frozenset(answer.plays)]
        assert tuple(one.payoffs[player] for player in game.players) == answer.payoffs
        certificate = concept.certify(game, one.profile)
        assert certificate.holds
        assert certificate.regret == 0
        if answer.count is not None:
            assert one.count == answer.count
            profiles = list(one.profiles())
            assert len(profiles) == answer.count
            assert all(concept.certify(game, profile).holds for profile in profiles)


@named([known for known in CLASSICS if known.undominated is not None])
def test_undominated_equilibria(known: Classic) -> None:
    solution = solve(known.game(), concepts.PureNash(undominated=True))
    assert paths(solution) == set(known.undominated or ())


@named([known for known in CLASSICS if known.after_strict is not None])
def test_iterated_elimination_of_strictly_dominated_actions(known: Classic) -> None:
    left = eliminate_strictly(table_of(known))
    assert tuple(left.actions.values()) == known.after_strict
    assert left.order_matters is False


@named([known for known in CLASSICS if known.after_weak is not None])
def test_iterated_elimination_of_weakly_dominated_actions(known: Classic) -> None:
    left = eliminate_weakly(table_of(known))
    assert tuple(left.actions.values()) == known.after_weak
    if known.order_matters is not None:
        assert left.order_matters is known.order_matters


@named([known for known in CLASSICS if known.mixed])
def test_mixed_equilibria_leave_nobody_a_gain(known: Classic) -> None:
    """By the definition, from the exact tables alone: every action in use is a best
    response to the others' mixtures."""
    tables = table_of(known).to_arrays(exact=True)
    for profile in known.mixed or ():
        for player, table in enumerate(tables):
            value = [Fraction(0)] * len(profile[player])
            for cell in itertools.product(*(range(len(vector)) for vector in profile)):
                others = math.prod(
                    profile[who][action] for who, action in enumerate(cell) if who != player
                )
                value[cell[player]] += others * table[cell]
            assert sum(profile[player]) == 1
            assert all(
                value[action] == max(value)
                for action, chance in enumerate(profile[player])
                if chance
            )


@pytest.mark.parametrize(
    ("build", "arguments", "expected"),
    [
        *[
            (chain_store, {"entrants": entrants}, {("in", "cooperative") * entrants})
            for entrants in range(1, 7)
        ],
        *[(centipede, {"moves": moves}, {("take",)}) for moves in (1, 2, 3, 10, 2000)],
        *[
            (ultimatum, {"units": units}, {("offer 0", "accept"), ("offer 1", "accept")})
            for units in range(2, 8)
        ],
        # The best policy is 2 * voter - status_quo, or the one below it if the indifferent
        # voter rejects that.
        *[
            (
                agenda_setter,
                {"voter": Fraction(step, 20), "steps": 20},
                {
                    (f"propose {Fraction(best, 20)}", "accept")
                    for best in (2 * step, 2 * step - 1)
                },
            )
            for step in range(1, 10)
        ],
    ],
)
def test_an_argument_by_induction_holds_at_every_size(
    build: Callable[..., ExtensiveFormGame],
    arguments: dict[str, Any],
    expected: set[tuple[str, ...]],
) -> None:
    solution = solve(build(**arguments), concepts.PureSubgamePerfect())
    assert solution.status is Status.COMPLETE
    assert paths(solution) == expected


def test_names_are_unique_and_found() -> None:
    assert len({known.name for known in CLASSICS}) == len(CLASSICS)
    assert all(classic(known.name) is known for known in CLASSICS)
    with pytest.raises(GameError, match="prisoners-dilemma"):
        classic("prisoner")


@pytest.mark.parametrize(
    ("build", "arguments"),
    [
        (prisoners_dilemma, {"temptation": 3}),
        (stag_hunt, {"hare": 5}),
        (public_goods, {"share": 2}),
        (travellers_dilemma, {"highest": 2}),
        (minority_game, {"players": 4}),
        (centipede, {"moves": 0}),
        (ultimatum, {"units": 0}),
        (alternating_offers, {"rounds": 0}),
        (roll_call, {"preferences": ("for", "undecided")}),
    ],
)
def test_arguments_that_make_another_game_are_refused(
    build: Callable[..., Any], arguments: dict[str, Any]
) -> None:
    with pytest.raises(GameError, match=r"expected|needs"):
        build(**arguments)


def test_the_catalogue_is_light_to_import() -> None:
    """Listing the games, as a command line does, waits for no numerical library."""
    code = (
        "import sys, games.classics; print(sorted({'numpy', 'sympy', 'scipy', "
        "'matplotlib', 'numba'} & set(sys.modules)))"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )
