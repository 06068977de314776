"""The numbers on the page about the corridor models are what the models give: each is
computed anew and looked up in the text."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

from games.corridor import activation, sequence
from games.corridor.assumptions import ACTIONS
from strategy import Model, solve
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, shares
from strategy.sensitivity.analyses.triviality import moving_shares
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.samples.intervals import share
from strategy.sensitivity.samples.shares import draw

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "corridor.md"
CONCEPT = PureSubgamePerfect()


@cache
def text() -> str:
    return " ".join(PAGE.read_text(encoding="utf-8").split())


def rows(first: str) -> Iterator[list[str]]:
    """The rows of the table whose header begins with these words."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(first))
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def codes(model: Model, samples: Any, outcome: str = "corridor open") -> np.ndarray:
    return np.array(
        [ORDER[code].name for code in classify(model, CONCEPT, outcome, samples)[0]]
    )


def shown(holds: np.ndarray) -> str:
    """The share of the points, with its interval."""
    return share(int(holds.sum()), len(holds)).percent()


@pytest.mark.deep
def test_shares_of_the_box() -> None:
    named: dict[str, tuple[Model, Any]] = {
        "`activation`, pure Nash": (activation.model, PureNash()),
        "`activation`, undominated": (activation.model, PureNash(undominated=True)),
        "`sequence`, subgame perfect": (sequence.model, CONCEPT),
        "`reaction`, subgame perfect": (sequence.reaction, CONCEPT),
    }
    label, seen = "", 0
    for name, outcome, *cells in rows("| | outcome | every"):
        label = name or label
        model, concept = named[label]
        for one in (
            ("corridor open", "Armenia opens") if outcome == "either" else (outcome,)
        ):
            found = shares(model, concept, one, samples=100_000, seed=0)
            order = (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS)
            assert cells == [found.frequency(verdict).percent() for verdict in order], (
                label,
                one,
            )
            seen += 1
    assert seen == 8


@pytest.mark.deep
def test_orders_of_moves() -> None:
    samples, seen = draw(sequence.model, 100_000, seed=0), 0
    for order, opened, decided in rows("| order | open"):
        players = re.sub(r" \(.*", "", order).split(", ")
        model = sequence.in_order(players, "an order")
        without = attrs.evolve(
            model, terms=tuple(term for term in model.terms if term.name != "ally let down")
        )
        found, other = codes(model, samples), codes(without, samples)
        assert (opened, decided) == (shown(found == "EVERY"), shown(found != other)), order
        seen += 1
    assert seen == 7


@pytest.mark.deep
def test_what_openings_bring() -> None:
    """Two thousand points, solved one by one: who gains, who runs the road, and what is
    done where it stays shut."""
    model, openings, done = sequence.model, [], Counter[str]()
    for row in draw(model, 2000, seed=0):
        at = {
            label: Fraction(str(value))
            for label, value in zip(model.parameters, row.tolist(), strict=True)
        }
        for equilibrium in solve(model.game(at=at), CONCEPT):
            (play,) = equilibrium.plays
            taken = {player: action for player, _, action in play.steps}
            if taken["Azerbaijan"] == "connect":
                openings.append((equilibrium.payoffs, taken["Russia"] == "broker"))
            done[taken["Azerbaijan"]] += 1
    count = len(openings)
    assert f"({count} openings among 2,000 points)" in text()
    # Unasked, everyone but Iran, which may have the fee of the bypass, has nothing: no term
    # holds.
    gains = {
        player: sum(payoffs[player] > 0 for payoffs, _ in openings) for player in ACTIONS
    }
    assert gains["Türkiye"] == gains["Azerbaijan"] == count
    assert round(count / (count - gains["Armenia"])) == 7
    assert round(10 * (count - gains["Iran"]) / count) == 9
    assert 40 <= count / gains["Russia"] <= 60
    assert round(6 * sum(run for _, run in openings) / count) == 5
    assert (
        f"bypass ({done['bypass'] / 2000:.2f} of the box) somewhat more often than it "
        f"waits ({done['wait'] / 2000:.2f})"
    ) in text()


@pytest.mark.deep_but(1)
@pytest.mark.parametrize(
    ("parameter", "opens", "shuts"),
    [
        ("commitment", True, (0, 0)),
        ("regional_influence", False, (0, 1)),
        ("middle_corridor", True, (1 / 13, 1 / 8)),
        ("iran_threat", True, (1 / 13, 1 / 8)),
        ("normalisation", True, (1 / 1000, 3 / 1000)),
    ],
)
def test_claims_from_end_to_end(
    parameter: str, opens: bool, shuts: tuple[float, float]
) -> None:
    low, high = ends(parameter)
    changed = low != high
    shut = (high == "NO")[changed].mean()
    assert shuts[0] <= shut <= shuts[1]
    assert opens or shut == 1


def test_more_attention_never_opens() -> None:
    low, high = ends("russia_attention")
    assert not ((low == "NO") & (high == "EVERY")).any()


def ends(parameter: str) -> list[np.ndarray]:
    """The verdicts at 100,000 points with a parameter at its least and at its greatest."""
    model = sequence.model
    samples, column = draw(model, 100_000, seed=0), list(model.parameters).index(parameter)
    found = []
    for value in (model.parameters[parameter].low, model.parameters[parameter].high):
        samples[:, column] = float(value)
        found.append(codes(model, samples))
    return found


def test_both_weaknesses_wrong() -> None:
    wrong = {"russia_attention": 1, "iran_threat": 0}
    found = shares(
        sequence.model, CONCEPT, "corridor open", samples=100_000, seed=0, at=wrong
    )
    assert round(100 * found.share(Verdict.EVERY)) == 6
    assert "With C7 and C8 both wrong (full attention, no threat) 6 in a hundred" in text()


@pytest.mark.deep
def test_parameters_that_move_verdicts() -> None:
    found = moving_shares(sequence.model, CONCEPT, "corridor open", samples=20_000, seed=0)
    assert all(one.value for one in found.values())
    least = sorted(found, key=lambda name: found[name].value)[:3]
    said = [f"`{name}` ({found[name].percent()})" for name in least]
    assert f"{said[0]}, {said[1]} and {said[2]} least" in text()
    assert all(
        f"`{name}` ({found[name].percent()})" in text()
        for name in ("leverage", "connectivity", "middle_corridor")
    )
    idle = moving_shares(
        activation.model, PureNash(), "corridor open", samples=20_000, seed=0
    )
    assert (idle["turkish_trade"].value, idle["refusal_cost"].value) == (0, 0)
    assert round(20_000 * idle["investment"].value) == 3
    assert (
        "`refusal_cost` moved `corridor open` at none of the points and `investment` "
        "at three"
    ) in text()
