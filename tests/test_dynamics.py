"""Learning and evolution: where they are known to settle, by names, with seeds that leave
the global state alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from strategy import (
    Decision,
    End,
    ExtensiveFormGame,
    GameError,
    NormalFormGame,
    RefusalError,
)
from strategy.dynamics import (
    Trajectory,
    fictitious_play,
    moran_process,
    replicator_dynamics,
)

HAWK_DOVE = NormalFormGame.from_arrays(
    [[0, 3], [1, 2]], [[0, 1], [3, 2]], actions=(("hawk", "dove"),) * 2
)
PENNIES = NormalFormGame.from_arrays(
    [[1, -1], [-1, 1]],
    [[-1, 1], [1, -1]],
    players=("Türkiye", "B"),
    actions=(("heads", "tails"), ("h", "t")),
)
DILEMMA = NormalFormGame.from_arrays(
    [[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=(("cooperate", "defect"),) * 2
)


def test_fictitious_play_nears_the_equilibrium_of_a_zero_sum_game() -> None:
    """Robinson 1951: in zero-sum games the shares converge to optimal strategies."""
    found = fictitious_play(PENNIES, 5000, seed=1)
    assert found.last["Türkiye"]["heads"] == pytest.approx(0.5, abs=0.05)
    assert found.last["B"] == pytest.approx({"h": 0.5, "t": 0.5}, abs=0.05)
    assert found.times.shape == (5000,)


def test_one_population_of_hawks_and_doves_settles_half_and_half() -> None:
    """Maynard Smith's hawks and doves with value 2 and cost 4 (plus 1): the share of hawks
    tends to value over cost, 1/2."""
    found = replicator_dynamics(
        HAWK_DOVE, {"hawk": 0.1, "dove": 0.9}, np.linspace(0, 50, 60), population=True
    )
    assert found.last["population"]["hawk"] == pytest.approx(0.5, abs=1e-3)


def test_two_populations_part() -> None:
    start = {"1": {"hawk": 0.4, "dove": 0.6}, "2": {"hawk": 0.5, "dove": 0.5}}
    found = replicator_dynamics(HAWK_DOVE, start, range(0, 80, 2))
    assert found.last["1"]["dove"] == pytest.approx(1, abs=1e-3)
    assert found.last["2"]["hawk"] == pytest.approx(1, abs=1e-3)
    assert "2: hawk 1.000" in str(found)


def test_defection_takes_over() -> None:
    found = moran_process(DILEMMA, ["cooperate"] * 2 + ["defect"] * 8, seed=2)
    assert found.last["population"] == {"cooperate": 0, "defect": 1}


def played(seed: int) -> Trajectory:
    return fictitious_play(HAWK_DOVE, 50, seed=seed)


def mutating(seed: int) -> Trajectory:
    return moran_process(
        HAWK_DOVE, ["hawk", "dove", "dove"], seed=seed, mutation=0.2, most=50
    )


@pytest.mark.parametrize("run", [played, mutating])
def test_a_seed_gives_the_same_run_and_leaves_the_global_state_alone(run: Any) -> None:
    np.random.seed(5)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    one, other = run(7), run(7)
    assert np.random.random() == expected  # noqa: NPY002
    for who in one.shares:
        assert (one.shares[who] == other.shares[who]).all()
        assert np.allclose(one.shares[who].sum(axis=1), 1)
        assert (one.shares[who] >= 0).all()


REFUSED: list[tuple[Any, type[Exception], str]] = [
    (
        lambda: fictitious_play(NormalFormGame.from_arrays(*[np.zeros((2, 2, 2))] * 3), 5),
        RefusalError,
        "3 players",
    ),
    (
        lambda: fictitious_play(
            ExtensiveFormGame.from_tree(Decision("A", {"a": End()})), 5
        ),
        RefusalError,
        "Extensive",
    ),  # type: ignore[arg-type]
    (lambda: fictitious_play(PENNIES, 0), GameError, "rounds=0"),
    (
        lambda: replicator_dynamics(PENNIES, {"heads": 1}, [0, 1], population=True),
        RefusalError,
        "symmetric",
    ),
    (lambda: replicator_dynamics(PENNIES, {"B": {"h": 1}}, [0, 1]), GameError, "Türkiye"),
    (
        lambda: replicator_dynamics(HAWK_DOVE, {"hawk": 0.3}, [0, 1], population=True),
        GameError,
        "summing to 1",
    ),
    (
        lambda: replicator_dynamics(HAWK_DOVE, {"hawk": 1}, [0, 0], population=True),
        GameError,
        "increase",
    ),
    (lambda: moran_process(HAWK_DOVE, ["hawk", "owl"]), GameError, "'owl'"),
    (lambda: moran_process(HAWK_DOVE, ["hawk"]), GameError, "two members"),
    (lambda: moran_process(PENNIES, ["heads", "tails"]), RefusalError, "symmetric"),
    (
        lambda: moran_process(NormalFormGame.from_arrays([[-1]], [[-1]]), ["1", "1"]),
        RefusalError,
        "negative",
    ),
    (
        lambda: moran_process(HAWK_DOVE, ["hawk", "dove"], mutation=2),
        GameError,
        "mutation=2",
    ),
]


@pytest.mark.parametrize(("call", "error", "shown"), REFUSED)
def test_what_does_not_fit_is_said(call: Any, error: type[Exception], shown: str) -> None:
    with pytest.raises(error, match=shown):
        call()


def test_trajectories_are_read_only() -> None:
    found = fictitious_play(PENNIES, 3, seed=0)
    assert isinstance(found, Trajectory)
    assert repr(found) == "Trajectory(fictitious play, 3 times)"
    with pytest.raises(ValueError, match="read-only"):
        found.times[0] = 1
