"""Seeds, counts, times, starts, figures and games of another kind than asked for: one line
that says what was expected."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from games.classics.coordination import stag_hunt
from strategy import NormalFormGame, StrategyError, solve, solve_many
from strategy.checking import check, consistent
from strategy.concepts import PureNash, eliminate_strictly
from strategy.dynamics import fictitious_play, moran_process, replicator_dynamics
from strategy.plots import (
    plot_best_responses,
    plot_payoffs,
    plot_thresholds,
    plot_waterfall,
    save,
)
from strategy.report import analyse
from strategy.sensitivity import (
    ablation,
    best_replies,
    drivers,
    flip,
    idle_parameters,
    question,
    radius,
    statics,
    tornado,
)
from strategy.sensitivity.samples.shares import draw
from tests.inputs_as_meant.test_concepts_and_games_as_given import lookalike, refused
from tests.inputs_as_meant.test_unordered_collections import model

game = NormalFormGame.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
OUTCOME = next(iter(model.outcomes))
NO_SEEDS = [-1, 1.5, "a", True, {1}, np.random.default_rng(1)]
SEEDED: Mapping[str, Callable[[Any], Any]] = {
    "drivers": lambda seed: drivers(model, PureNash(), OUTCOME, seed=seed),
    "ablation": lambda seed: ablation(model, PureNash(), OUTCOME, seed=seed),
    "question": lambda seed: question(model, PureNash(), OUTCOME, seed=seed),
    "consistent": lambda seed: consistent(model, [], seed=seed),
    "check": lambda seed: check(model, seed=seed),
    "idle": lambda seed: idle_parameters(model, PureNash(), OUTCOME, seed=seed),
    "best replies": lambda seed: best_replies(model, 3, seed),
    "draw": lambda seed: draw(model, 3, seed),
    "fictitious play": lambda seed: fictitious_play(game, 3, seed=seed),
    "Moran": lambda seed: moran_process(stag_hunt(), ["stag", "hare"], seed=seed),
}


@pytest.mark.parametrize("ask", SEEDED.values(), ids=SEEDED)
def test_a_seed_is_a_whole_number(ask: Callable[[Any], Any]) -> None:
    for seed in NO_SEEDS:
        refused(lambda seed=seed: ask(seed), "seed=", "integer")


def test_counts_are_whole_numbers_and_times_are_numbers() -> None:
    for given in (1.5, "a", True, None, {1}, float("nan"), -1):
        refused(
            lambda given=given: drivers(model, PureNash(), OUTCOME, samples=given),
            "samples=",
            "integer",
        )
        refused(lambda given=given: check(model, examples=given), "examples=", "integer")
    for seconds in ("a", None, {1}, float("nan"), -1, 0):
        with pytest.raises((StrategyError, TypeError)) as found:
            check(model, seconds_per_check=seconds)  # type: ignore[arg-type]
        assert isinstance(found.value, StrategyError), seconds
        # these say no limit, and that none of the claims is to be checked
        if seconds not in (None, 0):
            refused(
                lambda seconds=seconds: check(model, seconds=seconds), "seconds=", "number"
            )
    for times in (5, None, "01", [True, 2], np.array([[0, 1]]), [0, float("nan")]):
        refused(
            lambda times=times: replicator_dynamics(game, {"1": [1, 0], "2": [1, 0]}, times)
        )
    for start in (None, 3, [np.array([1, 0])] * 2):
        refused(lambda start=start: replicator_dynamics(game, start, [0, 1]), "start=")


def test_values_and_models_of_another_kind_are_told_apart_by_every_analysis() -> None:
    import pandas

    series = pandas.Series({next(iter(model.parameters)): 1})
    for ask in (tornado, statics, radius, flip):
        refused(
            lambda ask=ask: ask(model, PureNash(), OUTCOME, at=series), "is not a mapping"
        )
        refused(lambda ask=ask: ask(game, PureNash(), OUTCOME), "in place of a Model")
    refused(lambda: analyse({model}), "no order")
    refused(lambda: analyse([model, game]), "is a NormalFormGame: give Models")
    refused(lambda: analyse(model, sections="answer"), "give Sections")  # type: ignore[arg-type]
    refused(lambda: analyse(model, map={"a", "b"}), "no order")  # type: ignore[arg-type]
    refused(lambda: analyse(model, map="ab"), "give two parameters")  # type: ignore[arg-type]


def test_payoffs_of_many_games_that_are_none() -> None:
    for given in (None, 5, "ab", {"Ana": np.zeros((1, 2, 2))}):
        refused(
            lambda given=given: solve_many(given, PureNash()), "one array for each player"
        )
    other = lookalike(
        "quantecon", "NormalFormGame", payoff_profile_array=np.zeros((2, 2, 2))
    )
    for make in (
        lambda: solve_many(other, PureNash()),
        lambda: solve_many([other, other], PureNash()),
        lambda: NormalFormGame.from_arrays(other, other),
        lambda: eliminate_strictly(other),
        lambda: fictitious_play(other, 3),
    ):
        refused(make, "a game of quantecon: give NormalFormGame.from_arrays")
    refused(
        lambda: NormalFormGame.from_arrays(
            [[1]], [[1]], actions={"1": ("a",), "2": ("b",)}
        ),
        "actions=tuple(actions.values())",
    )


def test_figures_say_what_they_are_drawn_into_and_of() -> None:
    figure, ax = plt.subplots()
    for no_axes in (None, figure, "x"):
        for draw_it in (
            lambda no_axes=no_axes: plot_payoffs(game, no_axes),
            lambda no_axes=no_axes: plot_best_responses(game, no_axes),
            lambda no_axes=no_axes: plot_waterfall([("a", 1)], no_axes),
        ):
            refused(draw_it, "draws into an Axes")
    refused(lambda: plot_payoffs(game, ax, given=["1"]), "given=", "by name")
    refused(lambda: plot_payoffs(game, ax, 3), "solution=", "give solve(game, concept)")
    refused(lambda: plot_thresholds([], ax), "no results")
    for path in (None, 3, b"x.svg", game):
        refused(lambda path=path: save(figure, path), "give the path of a file")
    refused(lambda: save(ax, "x.svg"), "ax.figure")
    refused(lambda: save(solve(game, PureNash()), "x.svg"), "this is a Solution")
    plt.close(figure)


def test_claims_that_were_not_asked_about_are_not_missing() -> None:
    assert model.claims
    assert re.search("No claim was asked about", str(check(model, claims=[])))
