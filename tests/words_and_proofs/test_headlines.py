"""What is said of a set of equilibria in every place that says it: Python, notebook,
command line, report, figures, JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest

from strategy import GameError, Limits, NormalFormGame, Solution, Status, cli, solve
from strategy.completeness import Claimed
from strategy.concepts import Nash, Proper, PureNash, TremblingHandPerfect
from strategy.plots import blank, equilibria_size, plot_equilibria
from strategy.solvers import BranchAndPrune

CLAIMS = (
    "proved",
    "infinitely many",
    "none exists",
    "connected part",
    "component)",
    "isolated",
    "the only",
    "are all",
)


def nau() -> NormalFormGame:
    """Nau, Gomez Canovas and Hansen, "On the geometry of Nash equilibria and correlated
    equilibria", International Journal of Game Theory 32 (2004), section 5: a curve of
    equilibria, joined by two segments to two pure ones, and a third one apart."""
    tables = np.zeros((3, 2, 2, 2), dtype=int)
    pays = {
        (0, 0, 0): (0, 0, 2),
        (1, 0, 0): (3, 0, 0),
        (0, 1, 0): (0, 3, 0),
        (0, 0, 1): (1, 1, 0),
        (1, 1, 1): (0, 0, 3),
    }
    for cell, payoffs in pays.items():
        tables[(slice(None), *cell)] = payoffs
    return NormalFormGame.from_arrays(*tables)


def indifferent(*shape: int) -> NormalFormGame:
    """The first player alone is paid, and so the others do not care."""
    pays = np.arange(np.prod(shape)).reshape(shape)
    return NormalFormGame.from_arrays(
        pays, *[np.zeros(shape, dtype=int)] * (len(shape) - 1)
    )


SEGMENT = NormalFormGame.from_arrays([[-3, 3], [-3, 5]], [[2, 7], [4, 2]])
WHOLE = NormalFormGame.from_arrays([[0, 0], [0, 0]], [[0, 0], [0, 0]])
PENNIES = NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
HUNT = NormalFormGame.from_arrays([[2, 0], [1, 1]], [[2, 1], [0, 1]])


def channels(solution: Solution) -> list[str]:
    """Everything but tables that people read."""
    page = re.sub(
        r"<style>.*?</style>|<table.*?</table>", "", solution._repr_html_(), flags=re.DOTALL
    )
    said = [
        str(solution).split("\n")[0],
        page,
        solution.headline.sentence,
        solution.headline.answer,
        solution.headline.short,
    ]
    return [*said, repr(solution)]


def console(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    game: Any,
    *options: str,
) -> str:
    monkeypatch.setattr("strategy.cli._models.find", lambda given: game)
    assert cli.run(["solve", "a-game", *options]) == 0
    return capsys.readouterr().out


def test_what_is_partial_is_nowhere_all(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    solution = solve(nau(), Nash(), solver=BranchAndPrune(budget=20_000))
    assert solution.status is Status.PARTIAL
    headline = solution.headline
    assert (headline.claim, headline.components, headline.infinitely_many) == (
        Claimed.FOUND,
        None,
        True,
    )
    for words in channels(solution):
        assert not [claim for claim in CLAIMS if claim in words], words
    with pytest.raises(GameError, match=r"not known.*known_components"):
        solution.components  # noqa: B018
    assert [one.dimension for one in solution.known_components] == [1, 1, 0]
    assert [one.component for one in solution] == [None] * len(solution)


def test_the_command_line_of_a_partial_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def soon(game: Any, concept: Any, *_: Any, **__: Any) -> Solution:
        return solve(game, concept, BranchAndPrune(budget=20_000))

    monkeypatch.setattr("strategy.cli._solving.solve", soon)
    text = console(capsys, monkeypatch, nau(), "--concept", "nash")
    assert text.startswith(
        "5 Nash equilibria found, and mixes of them; there may be others ("
    )
    assert not [claim for claim in CLAIMS if claim in text.lower()], text
    data = json.loads(console(capsys, monkeypatch, nau(), "--concept", "nash", "--json"))
    assert data["headline"]["claim"] == "found"
    assert (data["headline"]["components"], data["components"]) == (None, None)
    assert [one["dimension"] for one in data["known_so_far"]] == [1, 1, 0]
    assert not any("component" in one for one in data["equilibria"])


@pytest.mark.parametrize(
    ("game", "count", "components"),
    [
        (SEGMENT, 2, 1),
        (WHOLE, 4, 1),
        (indifferent(2, 3), 3, 1),
        (NormalFormGame.from_arrays(np.eye(2), np.ones((2, 2))), 3, 2),
    ],
)
def test_a_continuum_is_no_number(
    game: NormalFormGame,
    count: int,
    components: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    solution = solve(game, Nash())
    assert len(solution.components) == solution.headline.components
    assert (solution.headline.claim, solution.headline.infinitely_many) == (
        Claimed.EXTREMES,
        True,
    )
    lead = str(solution).split("\n")[0]
    many = (
        f"infinitely many equilibria (Nash): the {len(solution)} extreme ones, listed "
        "here, and the mixes of them"
    )
    assert lead.startswith(many)
    assert lead in solution._repr_html_()
    assert f"{len(solution)} extreme equilibria" in repr(solution)
    assert console(capsys, monkeypatch, game, "--concept", "nash").startswith(
        "Infinitely many Nash equilibria: "
    )
    _, ax = blank(*equilibria_size(solution))
    plot_equilibria(solution, ax)
    assert any("infinitely many" in text.get_text() for text in ax.texts)


@pytest.mark.parametrize("game", [SEGMENT, WHOLE, nau(), indifferent(2, 2, 2)])
def test_the_solver_for_many_players_says_the_same(game: NormalFormGame) -> None:
    solution = solve(game, Nash(), solver=BranchAndPrune(budget=5_000))
    assert solution.headline.claim is (
        Claimed.EXTREMES if solution.status is Status.COMPLETE else Claimed.FOUND
    )
    assert solution.headline.infinitely_many is True


def test_perfect_equilibria_may_be_a_continuum_too() -> None:
    """Player 1 has two actions that always pay the same: every mix of them is perfect."""
    solution = solve(
        NormalFormGame.from_arrays([[1, 0], [1, 0]], [[1, 0], [1, 0]]),
        TremblingHandPerfect(),
    )
    assert (solution.headline.claim, len(solution), solution.headline.components) == (
        Claimed.EXTREMES,
        2,
        1,
    )
    assert [one.dimension for one in solution.components] == [1]


@pytest.mark.parametrize(
    ("concept", "limits", "words"),
    [
        (
            Nash(),
            Limits(count=0),
            (
                "equilibria (Nash): none found; there is at least one (stopped at the "
                "limit of 0 equilibria)"
            ),
        ),
        (
            PureNash(),
            Limits(count=0),
            (
                "equilibria (pure Nash): none found; there may be some (stopped at the "
                "limit of 0 equilibria)"
            ),
        ),
        (
            PureNash(),
            Limits(count=1),
            (
                "1 equilibrium (pure Nash) found; there may be others (stopped at the "
                "limit of 1 equilibrium)"
            ),
        ),
    ],
)
def test_a_search_that_was_cut_short(concept: Any, limits: Limits, words: str) -> None:
    """Where nothing was found nothing is said of whether there is one, but where every game
    has one."""
    solution = solve(
        HUNT,
        concept,
        limits=limits,
        solver=BranchAndPrune() if isinstance(concept, Nash) else None,
    )
    assert str(solution).split("\n")[0] == words
    assert solution.headline.components is None


def test_no_pure_equilibrium_is_named_pure() -> None:
    solution = solve(PENNIES, PureNash())
    assert solution.headline.sentence == "there is no pure Nash equilibrium (proved)"
    assert str(solution) == "no pure Nash equilibrium (proved)"
    assert solution.headline.data() == {
        "claim": "none exists", "status": "NONE_EXISTS", "concept": "pure Nash", "count": 0, "infinitely_many": False,
        "components": 0, "reason": "",
    }  # fmt: skip


def test_proper_equilibria_of_a_continuum_are_not_said_to_be_all() -> None:
    assert solve(WHOLE, Proper()).headline.claim is Claimed.FOUND


class Lister:
    """A solver of somebody's own that lists the ends of a segment, rightly says that there
    are no others, and shows no sets."""

    def refuses(self, game: Any, concept: Any) -> None:
        """Takes everything."""

    def exhaustive(self, game: Any, concept: Any) -> bool:
        """All extreme equilibria are listed."""
        return True

    def propose(self, game: Any, concept: Any, limits: Limits, rng: Any) -> Any:
        """Those that the toolkit finds."""
        yield from [one.profile for one in solve(game, concept)]


def test_without_sets_several_equilibria_are_not_said_to_be_finitely_many() -> None:
    """The two ends of a segment, where what lies between was not shown: neither a continuum
    nor two points is claimed."""
    segment = NormalFormGame.from_arrays([[-3, 3], [-3, 5]], [[2, 7], [4, 2]])
    headline = solve(segment, Nash(), solver=Lister()).headline
    assert (headline.status, headline.count) == ("COMPLETE", 2)
    assert headline.infinitely_many is None
    assert headline.components is None
    assert (
        headline.sentence == "2 Nash equilibria, apart from mixes of them: proved to be all"
    )
    for words in (str(headline), headline.short, headline.answer):
        assert "apart from mixes of them" in words
    one = solve(
        NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]),
        Nash(),
        solver=Lister(),
    ).headline
    assert (one.infinitely_many, one.components) == (False, 1)
