"""On random games of all kinds of generators the headline says what looking at everything
says, and no more."""

from __future__ import annotations

import itertools
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from strategy import ExtensiveFormGame, Limits, NormalFormGame, Status, solve
from strategy.completeness import Claimed, Headline
from strategy.concepts import Nash, PureNash, PureSubgamePerfect, TremblingHandPerfect
from strategy.generators import ALL, TABLES
from strategy.solvers import BranchAndPrune
from strategy.testing.brute_force import profile_count
from tests.words_and_proofs._nash_by_hand import extreme_equilibria, number_of_components

SMALL = 400


def pure_by_hand(game: NormalFormGame) -> int:
    """Cells in which each player's entry is the largest along that player's axis."""
    count = 0
    for cell in itertools.product(*map(range, game.form.shape)):
        count += all(
            table[cell] >= table[(*cell[:i], other, *cell[i + 1 :])]
            for i, table in enumerate(game.tables)
            for other in range(game.form.shape[i])
        )
    return count


def subgame_perfect_by_hand(game: ExtensiveFormGame) -> Counter[Any]:
    """Distributions over plays, each with the number of profiles that lead to it, by trying
    every profile at every node."""
    form = game.form
    movers = [node for node in range(form.node_count) if form.mover[node] >= 0]
    options = {
        node: range(int(form.first[node]), int(form.first[node]) + arity(form, node))
        for node in movers
    }
    found: Counter[Any] = Counter()
    for chosen in itertools.product(*[options[node] for node in movers]):
        choice = dict(zip(movers, chosen, strict=True))
        values: dict[int, list[Fraction]] = {}
        for node in reversed(range(form.node_count)):  # parents come before children
            values[node] = worth(game, node, choice, values)
        if all(
            values[choice[node]][form.mover[node]] >= values[child][form.mover[node]]
            for node in movers
            for child in options[node]
        ):
            found[frozenset(leaves(game, 0, choice, Fraction(1)).items())] += 1
    return found


def arity(form: Any, node: int) -> int:
    return len(form.action_lists[form.label[node]])


def worth(
    game: Any, node: int, choice: dict[int, int], values: dict[int, list[Fraction]]
) -> list[Fraction]:
    form = game.form
    if form.mover[node] == -2:
        play = int(form.leaf_number[node])
        return [Fraction(str(column[play])) for column in game.payoffs]
    if form.mover[node] >= 0:
        return values[choice[node]]
    first, law = int(form.first[node]), game.laws[form.law[node]]
    return [
        sum(
            (Fraction(str(p)) * values[first + i][who] for i, p in enumerate(law)),
            Fraction(0),
        )
        for who in range(len(game.players))
    ]


def leaves(
    game: Any, node: int, choice: dict[int, int], chance: Fraction
) -> dict[int, Fraction]:
    form = game.form
    if form.mover[node] == -2:
        return {node: chance} if chance else {}
    if form.mover[node] >= 0:
        return leaves(game, choice[node], choice, chance)
    found: dict[int, Fraction] = {}
    for i, p in enumerate(game.laws[form.law[node]]):
        found |= leaves(game, int(form.first[node]) + i, choice, chance * Fraction(str(p)))
    return found


def check(headline: Headline, count: int, infinite: bool, components: int) -> None:
    """A finished search says exactly this."""
    claim = (
        Claimed.NONE_EXISTS if not count else Claimed.EXTREMES if infinite else Claimed.ALL
    )
    assert (headline.claim, headline.count, headline.infinitely_many) == (
        claim,
        count,
        infinite,
    )
    assert headline.components == components
    assert ("infinitely many" in headline.sentence) is infinite
    assert ("infinitely many" in str(headline)) is infinite


def check_unfinished(headline: Headline) -> None:
    """A search that was cut short claims neither all nor none, and no number of
    components."""
    assert headline.claim in (Claimed.FOUND, Claimed.NONE_FOUND)
    assert headline.components is None
    # what was not looked at may be a continuum
    assert headline.infinitely_many is not False
    for words in (str(headline), headline.sentence, headline.short, headline.answer):
        assert not any(
            claim in words
            for claim in ("proved", "infinitely many", "none exists", "connected part")
        )
        assert (
            ("none" in words.lower() or "No such" in words)
            if not headline.count
            else "there may be others" in words
        )


@pytest.mark.parametrize(
    "make", [pytest.param(make, id=kind) for kind, make in ALL.items()]
)
def test_pure_concepts(make: Any) -> None:
    @settings(max_examples=12, deadline=None, database=None, derandomize=True)
    @given(game=make())
    def compare(game: Any) -> None:
        if profile_count(game) > SMALL:
            return
        if isinstance(game, NormalFormGame):
            count = pure_by_hand(game)
            check(solve(game, PureNash()).headline, count, False, count)
        elif PureSubgamePerfect().refuses(game) is None:
            known = subgame_perfect_by_hand(game)
            headline = solve(game, PureSubgamePerfect()).headline
            check(headline, len(known), False, len(known))
            assert headline.profiles == sum(known.values())
            assert (" by what is played" in str(headline)) is (
                len(known) != sum(known.values())
            )
            what = "distribution over plays" if game.form.chance else "play"
            many = "distributions over plays" if game.form.chance else "plays"
            said = (
                f"one and the same {what}"
                if len(known) == 1
                else f"{len(known)} different {many}"
            )
            assert headline.answer.endswith(f"lead to {said}.")
        else:
            return
        concept = PureNash() if isinstance(game, NormalFormGame) else PureSubgamePerfect()
        if len(solve(game, concept)):
            check_unfinished(solve(game, concept, limits=Limits(count=0)).headline)

    compare()


@pytest.mark.parametrize(
    "make", [pytest.param(make, id=kind) for kind, make in TABLES.items()]
)
def test_nash_of_two_players(make: Any) -> None:
    @settings(max_examples=10, deadline=None, database=None, derandomize=True)
    @given(data=st.data())
    def compare(data: Any) -> None:
        try:
            game = data.draw(
                make((data.draw(st.integers(2, 3)), data.draw(st.integers(2, 3))))
            )
        except (TypeError, ValueError):  # a kind that takes square tables, or no shape
            game = data.draw(make())
        if len(game.players) != 2 or max(game.form.shape) > 3:
            return
        A, B = (table.tolist() for table in game.to_arrays(exact=True))
        pairs = extreme_equilibria(A, B)
        infinite = any(len({pair[i] for pair in pairs}) < len(pairs) for i in (0, 1))
        solution = solve(game, Nash())
        check(solution.headline, len(pairs), infinite, number_of_components(pairs))
        assert len(solution.components) == solution.headline.components
        assert any(one.dimension for one in solution.components) is infinite
        assert solution.headline.data()["components"] == len(solution.components)

    compare()


@settings(max_examples=15, deadline=None, database=None, derandomize=True)
@given(cells=st.lists(st.integers(0, 2), min_size=24, max_size=24))
def test_nash_of_three_players(cells: list[int]) -> None:
    """What is pure is among what is listed or in a set that is shown; components are known
    where the search is complete alone."""
    tables = [
        [
            [[cells[8 * k + 4 * a + 2 * b + c] for c in (0, 1)] for b in (0, 1)]
            for a in (0, 1)
        ]
        for k in range(3)
    ]
    game = NormalFormGame.from_arrays(*tables)
    solution = solve(game, Nash(), solver=BranchAndPrune(budget=2_000))
    if solution.status is Status.COMPLETE:
        assert len(solution.components) == solution.headline.components
        assert (
            any(one.dimension for one in solution.components)
            is solution.headline.infinitely_many
        )
        assert all(one.component is not None for one in solution)
    else:
        check_unfinished(solution.headline)
        assert all(one.component is None for one in solution)


@settings(max_examples=15, deadline=None, database=None, derandomize=True)
@given(cells=st.lists(st.integers(0, 2), min_size=12, max_size=12))
def test_perfect_equilibria_of_two_players(cells: list[int]) -> None:
    """Of a perfect set that is more than points the headline does not count points: mixes
    of two listed ones are perfect too."""
    game = NormalFormGame.from_arrays(
        *[
            [[cells[6 * k + 3 * a + b] for b in range(3)] for a in range(2)]
            for k in range(2)
        ]
    )
    solution = solve(game, TremblingHandPerfect())
    assert solution.headline.claim in (Claimed.ALL, Claimed.EXTREMES)
    middle = [
        {
            who: {
                a: (one.profile[who][a] + other.profile[who][a]) / 2
                for a in game.actions[who]
            }
            for who in game.players
        }
        for one, other in itertools.combinations(solution, 2)
        if any(
            all(one.profile[who][a] == other.profile[who][a] for a in game.actions[who])
            for who in game.players
        )
    ]
    joined = any(TremblingHandPerfect().certify(game, one).holds for one in middle)
    assert joined is solution.headline.infinitely_many
