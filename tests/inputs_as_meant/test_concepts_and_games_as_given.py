"""A concept as a class, a name or nothing; games of other packages; one matrix; arrays in a
list: as meant or refused."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from strategy import (
    Decision,
    End,
    ExtensiveFormGame,
    NormalFormGame,
    StrategyError,
    solve,
    solve_many,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import (
    outcome_probability,
    radius,
    regions,
    shares,
    thresholds,
    verdict,
)
from strategy.sensitivity.analyses.catalogue import ALL
from strategy.solvers import LemkeHowson
from tests.inputs_as_meant.test_unordered_collections import model as hunt

A, B = np.array([[3, 0], [5, 1]]), np.array([[3, 5], [0, 1]])
game = NormalFormGame.from_arrays(A, B)
tree = ExtensiveFormGame.from_tree(Decision("Ana", {"a": End({"Ana": 1}), "b": End()}))


def refused(make: Callable[[], Any], *said: str) -> None:
    """A refusal in one line that says all of this."""
    with pytest.raises(StrategyError) as found:
        make()
    text = str(found.value)
    assert "\n" not in text
    for part in said:
        assert part in text


def test_a_class_or_a_name_is_refused_with_the_instance_that_is_meant() -> None:
    for concept in (Nash, "nash", "Nash", " nash "):
        refused(lambda concept=concept: solve(game, concept), "give an instance, Nash()")
    for concept in (PureNash, "pure-nash", "pure nash", "PureNash", "pure_nash"):
        refused(
            lambda concept=concept: solve(game, concept), "give an instance, PureNash()"
        )
        refused(
            lambda concept=concept: solve_many([[A], [B]], concept),
            "give an instance, PureNash()",
        )
    refused(
        lambda: solve(tree, "pure subgame perfect"),
        "give an instance, PureSubgamePerfect()",
    )


def test_no_concept_is_chosen_silently() -> None:
    refused(lambda: solve(game), "no solution concept is given", "PureNash()", "Nash()")
    refused(lambda: solve(tree), "such as PureSubgamePerfect()")
    refused(lambda: solve(game, None), "no solution concept is given")


def test_what_is_no_concept_is_refused_with_what_to_give() -> None:
    from strategy.concepts import Commitment

    refused(lambda: solve(game, "nahs"), "did you mean 'nash'", "give an instance")
    refused(lambda: solve(game, Commitment), "give an instance, Commitment(leader=...)")
    refused(lambda: solve(game, "commitment"), "Commitment(leader=...)")
    refused(lambda: solve(game, 3), "not a solution concept")
    refused(lambda: solve(game, int), "not a solution concept")
    refused(lambda: solve(Nash(), game), "not a solution concept", "give the game first")
    refused(lambda: solve(A, B), "NormalFormGame.from_arrays(A, B)")
    refused(lambda: solve(game, LemkeHowson()), "solver=LemkeHowson")
    refused(lambda: solve_many([[A], [B]]), "no solution concept is given")
    refused(lambda: solve_many(Nash(), [[A], [B]]), "give the game first")
    refused(lambda: solve_many([[A], [B]], "nahs"), "did you mean 'nash'")


ASKED: dict[str, Callable[[Any], Any]] = {
    "verdict": lambda concept: verdict(hunt, concept, "both"),
    "outcome_probability": lambda concept: outcome_probability(hunt, concept, "both"),
    "thresholds": lambda concept: thresholds(hunt, concept, "both", "stag").pieces,
    "regions": lambda concept: len(regions(hunt, concept, "both", "stag", "hare").cells),
    "shares": lambda concept: shares(hunt, concept, "both", samples=100).counts,
    "radius": lambda concept: radius(hunt, concept, "both").concept,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_analyses_take_concepts_as_solve_does(ask: Callable[[Any], Any]) -> None:
    ask(PureNash())
    for concept in (PureNash, "pure-nash"):
        refused(lambda concept=concept: ask(concept), "give an instance, PureNash()")
    refused(lambda: ask("pure-nahs"), "did you mean 'pure-nash'")
    refused(lambda: ask(None), "no solution concept is given")


@pytest.mark.parametrize("analysis", ALL, ids=[one.key for one in ALL])
def test_every_analysis_refuses_what_is_no_concept_or_no_model(analysis: Any) -> None:
    function = analysis.load()
    refused(lambda: function(hunt, "pure-nahs", "both"), "did you mean 'pure-nash'")
    refused(lambda: function(game, PureNash(), "both"), "in place of a Model")
    refused(
        lambda: function(hunt, "both", PureNash()), "the concept comes before the outcome"
    )


def test_one_matrix_is_a_zero_sum_game() -> None:
    found = NormalFormGame.from_arrays([[0, "1/3"], [2, -1]], players=("Ana", "Ben"))
    assert [str(found.payoff(who, {"Ana": "1", "Ben": "2"})) for who in found.players] == [
        "1/3",
        "-1/3",
    ]
    for kind in (np.uint8, np.int8, np.uint64, np.float32):
        one, other = NormalFormGame.from_arrays(
            np.array([[0, 2**7 - 1]], dtype=kind)
        ).to_arrays()
        assert (one == -other).all()
    least = np.array([[-(2**63), 1]])
    assert NormalFormGame.from_arrays(least).payoff("2", {"1": "1", "2": "1"}) == 2**63
    assert NormalFormGame.from_arrays([1, 2]).players == ("1",)
    refused(
        lambda: NormalFormGame.from_arrays(A, players=("Ana",)),
        "2 payoff arrays for 1 players",
    )


def test_arrays_in_a_list_or_a_stack_are_refused_as_there_are_two_ways_to_read_them() -> (
    None
):
    cells = [[(3, 3), (0, 5)], [(5, 0), (1, 1)]]
    for given in (
        [A, B],
        np.stack([A, B]),
        np.stack([A, B], axis=-1),
        cells,
        (A, B),
        [A.tolist(), B.tolist()],
    ):
        refused(
            lambda given=given: NormalFormGame.from_arrays(given),
            "from_arrays(*arrays)",
            "from_arrays(*numpy.moveaxis(array, -1, 0))",
        )
    tables = NormalFormGame.from_arrays(*np.moveaxis(np.array(cells), -1, 0)).to_arrays()
    assert [table.tolist() for table in tables] == [A.tolist(), B.tolist()]
    refused(
        lambda: NormalFormGame.from_arrays({"Ana": A, "Ben": B}),
        "from_arrays(*payoffs.values(), players=tuple(payoffs))",
    )
    found = solve_many(np.stack([[A], [B]]), PureNash())
    assert found.counts.tolist() == [1]
    refused(lambda: solve_many([game, game], Nash()), "one array for each player")
    refused(lambda: solve_many(game, Nash()), "one array for each player")


def lookalike(package: str, kind: str, **values: Any) -> Any:
    """An object that says it is a game of another package, for one that need not be
    there."""
    return type(kind, (SimpleNamespace,), {"__module__": f"{package}.game"})(**values)


def others() -> dict[str, Any]:
    import nashpy

    found = {
        "nashpy": nashpy.Game(A, B),
        "pygambit": lookalike("pygambit", "Game", to_arrays=lambda: [A, B]),
    }
    try:
        import quantecon.game_theory as elsewhere
    except ImportError:
        found["quantecon"] = lookalike(
            "quantecon", "NormalFormGame", payoff_profile_array=np.stack([A, B], axis=-1)
        )
    else:
        found["quantecon"] = elsewhere.NormalFormGame(
            (elsewhere.Player(A), elsewhere.Player(B.T))
        )
    return found


def test_a_game_of_another_package_is_refused_with_the_line_that_makes_one_here() -> None:
    for package, given in others().items():
        for make in (
            lambda given=given: solve(given, Nash()),
            lambda given=given: solve(given, PureSubgamePerfect()),
            lambda given=given: NormalFormGame.from_arrays(given),
            lambda given=given: Nash().certify(given, {}),
        ):
            with pytest.raises(
                StrategyError, match=f"game of {package}: give NormalFormGame.from_arrays"
            ) as found:
                make()
        line = str(found.value).partition("give ")[2]
        made = eval(line, {"NormalFormGame": NormalFormGame, "numpy": np, "game": given})
        assert [table.tolist() for table in made.to_arrays()] == [A.tolist(), B.tolist()], (
            package
        )


def test_a_model_is_no_game_and_says_how_to_get_one() -> None:
    refused(
        lambda: solve(hunt, Nash()), "a Model: give its game at some values, model.game()"
    )
