"""The mixed equilibria of the corridor tables, found by the toolkit and judged by hand: every
action in use is worth the same and no other is worth more, the probabilities of the outcomes
are what sums over the plays give, and the indices add up to one."""

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from strategy import Nash, Solution, Status, solve
from strategy.concepts import LogitQuantalResponse
from strategy.exact import is_ball
from strategy.sensitivity import outcome_probability
from strategy.solvers import LogitTracing
from tests._games import seeds
from tests.games.by_hand._equilibria import Table
from tests.games.by_hand._mixed import Chances, Mixed
from tests.games.by_hand._printed import printed
from tests.games.by_hand._situation import Situation, along
from tests.games.by_hand.test_pure import MODELS, in_names, some_point

NEAR = Fraction(1, 10**12)
"""How far the middle of a ball may be from an irrational probability, and more."""
each_table = pytest.mark.parametrize(
    "name", [name for name, model in MODELS.items() if not model.form.is_tree]
)


def middle(number: Any) -> Fraction:
    """A probability, or the middle of the tiny ball around an irrational one."""
    if not is_ball(number):
        return Fraction(number)
    whole, power = number.mid().man_exp()
    return int(whole) * Fraction(2) ** int(power)


def in_use(profile: Any) -> Mixed:
    """The probabilities of the actions that are taken at all."""
    return {
        player: {
            action: middle(chance)
            for action, chance in profile[player].items()
            if chance != 0
        }
        for player in profile
    }


def at_baseline(name: str) -> dict[str, Fraction]:
    return {label: one.baseline for label, one in MODELS[name].parameters.items()}


def by_hand(name: str, at: Mapping[str, Fraction]) -> tuple[Situation, Fraction]:
    """The table at values by the toolkit's names."""
    shown = printed(MODELS[name])
    values = dict(zip(shown.ranges, at.values(), strict=True))
    moving = next(iter(values))
    return along(shown, values, moving), values[moving]


def judged(name: str, at: Mapping[str, Fraction]) -> tuple[Solution, Chances]:
    """The equilibria that the toolkit finds at a place, each held against plain sums."""
    situation, x = by_hand(name, at)
    chances = Chances(situation, x)
    found = solve(MODELS[name].game(at=at), Nash())
    for one in found:
        mixed = in_use(one.profile)
        near = NEAR if has_balls(one.profile) else 0
        for (player, action), regret in chances.regrets(mixed).items():
            assert action not in mixed[player] or regret <= near, (at, mixed, action)
    return found, chances


def has_balls(profile: Any) -> bool:
    return any(is_ball(chance) for player in profile for chance in profile[player].values())


def check_the_whole_set(name: str, at: Mapping[str, Fraction]) -> Solution:
    """What can be said of a complete set: the pure ones are those found by hand, the indices
    add up to one, and no equilibrium makes an outcome likelier than is said."""
    found, chances = judged(name, at)
    if found.status is not Status.COMPLETE:
        return found
    profiles = [in_use(one.profile) for one in found]
    situation, x = by_hand(name, at)
    assert {
        tuple(action for own in mixed.values() for action in own)
        for mixed in profiles
        if all(len(own) == 1 for own in mixed.values())
    } == {situation.history(i) for i in Table(situation).equilibria(situation.worth(x))}
    for part in found.components:
        if part.dimension == 0:
            index = chances.index(profiles[part.equilibria[0]])
            assert index in (0, part.index)
    assert sum(part.index or 0 for part in found.components) == 1
    for outcome in printed(MODELS[name]).outcomes:
        likely = [chances.chance(outcome, mixed) for mixed in profiles]
        ends = outcome_probability(MODELS[name], Nash(), outcome, at=at)
        assert ends is not None
        near = NEAR if any(has_balls(one.profile) for one in found) else 0
        for end, expected in zip(ends, (min(likely), max(likely)), strict=True):
            assert abs(middle(end) - expected) <= near
    return found


@pytest.mark.deep
@each_table
def test_all_equilibria_at_the_baseline(name: str) -> None:
    found = check_the_whole_set(name, at_baseline(name))
    assert found.status is Status.COMPLETE
    assert any(len(own) > 1 for one in found for own in in_use(one.profile).values())


@each_table
def test_where_the_logit_branch_leads(name: str) -> None:
    """To one of the equilibria, and quantal responses come as near to it as they please."""
    game = MODELS[name].game()
    (limit,) = solve(game, Nash(), solver=LogitTracing())
    end = in_use(limit.profile)
    assert end in [in_use(one.profile) for one in solve(game, Nash())]
    far = []
    for rationality in (10, 100, 1000):
        (one,) = solve(game, LogitQuantalResponse(rationality))
        far.append(
            max(
                abs(middle(chance) - end[player].get(action, 0))
                for player in end
                for action, chance in one.profile[player].items()
            )
        )
    assert far[0] > far[1] > far[2]
    assert far[2] < Fraction(1, 100)


@pytest.mark.deep_but(2)
@each_table
@pytest.mark.parametrize("part", range(13))
def test_all_equilibria_at_random_points(name: str, part: int) -> None:
    rng, settled = random.Random(f"{name} {part}"), 0
    points = seeds(16)
    for _ in points:
        values = some_point(printed(MODELS[name]), rng, parts=10**6)
        found = check_the_whole_set(name, in_names(MODELS[name], values))
        settled += found.status is Status.COMPLETE
    assert 2 * settled > len(points)
