"""Random trees: the distributions over plays, and how many profiles stand behind each, are
those of naive listings."""

import itertools
import pickle
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from strategy import Status, solve
from strategy.concepts import PureSubgamePerfect
from strategy.kernels.plain_time import COMPILING
from strategy.solvers import BackwardInduction, backward_induction
from strategy.solvers.induction.classes import TooManyClasses
from strategy.solvers.induction.kernel import (
    first_profile,
    induce_compiled,
    induction,
    without_ties,
)
from strategy.solvers.induction.ties import Continuations, induce
from strategy.solvers.induction.walk import Walk
from tests import _oracles as naive
from tests._games import (
    MOST_PROFILES,
    Leaf,
    Luck,
    Move,
    Tree,
    change,
    exactly,
    random_tree,
    seeds,
    tree_game,
    worth,
)

# In plain Python, and through the compiled loop however small the tree.
SOLVERS = {
    "plain": BackwardInduction(compiled_from=10**9),
    "compiled": BackwardInduction(compiled_from=0),
}
POOLS: dict[str, list[Any]] = {
    "all equal": [0],
    "two values": [0, 1],
    "few integers": [-1, 0, 1, 2],
    "floats": [0.1, 0.3, 0.30000000000000004, -0.0, 2.5],
    "floats of all sizes": [1e300, 5e-324, 0.0, -1e-12],
    "fractions": [
        Fraction(1, 3),
        Fraction(1, 3) + Fraction(1, 10**30),
        Fraction(-2, 7),
        Fraction(0),
    ],
    "beyond machine integers": [2**63, 2**63 + 1, -(2**70), 0],
    "near the end of machine integers": [2**61, 2**61 + 1, -(2**61)],
    "many integers": list(range(50)),
    "mixed": [1, 0.5, Fraction(1, 2), "1/3", "0.5", 1.0],
}


@pytest.fixture(autouse=True)
def _counted_by_compiled_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(without_ties, "spent", COMPILING)


def grown(
    label: str, most_nodes: int, most_players: int = 5
) -> tuple[Tree, tuple[str, ...]]:
    rng = random.Random(label)
    pool = POOLS[rng.choice(list(POOLS))]
    return random_tree(
        rng,
        rng.randint(1, most_nodes),
        rng.randint(1, most_players),
        rng.choice([0, 0, 0.2, 0.5]),
        pool,
    )


def found(
    tree: Tree, players: tuple[str, ...], solver: BackwardInduction
) -> dict[Any, tuple[tuple[Fraction, ...], int]]:
    """What happens -> payoffs and number of profiles."""
    solution = solve(tree_game(tree, players), PureSubgamePerfect(), solver=solver)
    assert solution.status is Status.COMPLETE
    assert solution.rejected == 0
    result = {
        frozenset((play.history, weight) for play, weight in one.plays.items()): (
            tuple(one.payoffs.values()),
            one.count,
        )
        for one in solution
    }
    assert len(result) == len(solution)
    return result


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("kind", list(SOLVERS))
@pytest.mark.parametrize("block", range(2))
def test_small_trees_as_all_profiles_listed(block: int, kind: str) -> None:
    played = 0
    for seed in seeds(150):
        tree, players = grown(f"listed {block} {seed}", 24)
        if naive.profile_count(tree) <= MOST_PROFILES:
            counts = {
                plays: count
                for plays, (_, count) in found(tree, players, SOLVERS[kind]).items()
            }
            assert counts == naive.by_listing(exactly(tree)), (block, seed)
            played += 1
    assert played > 0.5 * len(seeds(150))


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("kind", list(SOLVERS))
@pytest.mark.parametrize("block", range(2))
def test_large_trees_as_an_independent_recursion(block: int, kind: str) -> None:
    """What happens, with its payoffs and count; where that is too much to hold apart, the
    counts summed by payoff vector."""
    apart = summed = 0
    for seed in seeds(100):
        tree, players = grown(f"recursion {block} {seed}", 200)
        try:
            merged = naive.by_recursion(tree, players, spread=False, most=400)
        except naive.TooManyError:
            continue
        if sum(ways for _, ways in merged.values()) > 1000:
            continue
        answer = found(tree, players, SOLVERS[kind])
        sums: Counter[tuple[Fraction, ...]] = Counter()
        for payoffs, count in answer.values():
            sums[payoffs] += count
        assert sums == {payoffs: count for (payoffs, _), (count, _) in merged.items()}, (
            block,
            seed,
        )
        assert len(answer) == sum(ways for _, ways in merged.values()), (block, seed)
        summed += 1
        if len(answer) <= 200:
            spread = naive.by_recursion(tree, players, spread=True)
            assert answer == {
                plays: (payoffs, count) for (payoffs, plays), (count, _) in spread.items()
            }, (block, seed)
            apart += 1
    assert apart > 0.5 * len(seeds(100)), (apart, summed)


def test_steps_say_who_moved_where() -> None:
    for seed in seeds(30):
        tree, players = grown(f"steps {seed}", 40)
        for one in solve(
            tree_game(tree, players), PureSubgamePerfect(), solver=BackwardInduction()
        ).equilibria[:20]:
            for play in one.plays:
                node, history = tree, ()
                for who, place, action in play.steps:
                    assert not isinstance(node, Leaf)
                    assert (who, place) == (
                        (None, node.name)
                        if isinstance(node, Luck)
                        else (node.player, history)
                    )
                    after = node.options[action]
                    node, history = (
                        after[1] if isinstance(node, Luck) else after,
                        (*history, action),
                    )
                assert isinstance(node, Leaf)


@pytest.mark.parametrize("kind", list(SOLVERS))
def test_profiles_are_listed_once_each_and_all_hold(kind: str) -> None:
    listed = 0
    for seed in seeds(60):
        tree, players = grown(f"profiles {seed}", 30)
        game = tree_game(tree, players)
        for one in solve(game, PureSubgamePerfect(), solver=SOLVERS[kind]).equilibria[:30]:
            assert one.count is not None
            if one.count > 300:
                continue
            happens = frozenset(
                (play.history, weight) for play, weight in one.plays.items()
            )
            named = [
                {
                    place: action
                    for rows in each.actions.values()
                    for place, action in rows.items()
                }
                for each in one.profiles()
            ]
            assert (
                len({frozenset(profile.items()) for profile in named})
                == len(named)
                == one.count
            )
            assert {
                place: action
                for rows in one.profile.actions.values()
                for place, action in rows.items()
            } in named
            for profile in named[:40]:
                assert naive.is_perfect(tree, profile)
                assert naive.distribution(tree, profile) == happens
            listed += len(named)
    assert listed > 500


def test_no_deviation_at_one_move_means_none_at_all() -> None:
    """The oracle's own oracle: the one-deviation principle against the definition, on trees
    small enough for it."""
    for seed in seeds(60):
        tree, _ = grown(f"principle {seed}", 12, 3)
        if naive.profile_count(tree) <= 64:
            for profile in naive.profiles(tree):
                assert naive.is_perfect(tree, profile) == naive.is_perfect_by_strategies(
                    tree, profile
                )


FACTORS = [Fraction(1, 10**12), Fraction(3, 7), Fraction(10**15)]
SHIFTS = [Fraction(0), Fraction(10**9), Fraction(-(10**9), 3)]


@pytest.mark.parametrize("kind", list(SOLVERS))
def test_the_answer_follows_the_game(kind: str) -> None:
    """Other names, another order of players, actions and events, other units and zeros for
    each player's exact payoffs."""
    for seed in seeds(60):
        rng = random.Random(f"follows {seed}")
        tree, players = grown(f"follows {seed}", 60)
        try:
            merged = naive.by_recursion(tree, players, spread=False, most=300)
        except naive.TooManyError:
            continue
        if sum(ways for _, ways in merged.values()) > 200:
            continue
        before = found(tree, players, SOLVERS[kind])
        called = dict(
            zip(
                players,
                rng.sample([f"player {i}" for i in range(9)], len(players)),
                strict=True,
            )
        )
        affine = {who: (rng.choice(FACTORS), rng.choice(SHIFTS)) for who in players}

        def leaf(
            node: Leaf, called: dict[str, str] = called, affine: dict[str, Any] = affine
        ) -> Leaf:
            return Leaf(
                {
                    called[who]: f * worth(node.payoffs.get(who, 0)) + s
                    for who, (f, s) in affine.items()
                }
            )

        def inner(
            node: Any,
            parts: dict[str, Any],
            called: dict[str, str] = called,
            rng: random.Random = rng,
        ) -> Tree:
            mixed = {
                f"to {label}": parts[label] for label in rng.sample(list(parts), len(parts))
            }
            return (
                Move(called[node.player], mixed)
                if isinstance(node, Move)
                else Luck(f"the {node.name}", mixed)
            )

        other = change(tree, leaf, inner)
        order = rng.sample(players, len(players))
        after = found(other, tuple(called[who] for who in order), SOLVERS[kind])
        expected = {
            frozenset(
                (tuple(f"to {label}" for label in history), weight)
                for history, weight in plays
            ): (
                tuple(
                    affine[who][0] * payoffs[players.index(who)] + affine[who][1]
                    for who in order
                ),
                count,
            )
            for plays, (payoffs, count) in before.items()
        }
        assert after == expected, seed


def _listed(
    induce: Any, game: Any, leaf: Any, budget: int, *, first_only: bool = False
) -> Any:
    """The classes and their links as lists, and the first profiles; None if there are too
    many."""
    alive = game.leaf_values.alive
    try:
        classes = induce(game.form, alive, leaf, budget=budget, first_only=first_only)
    except TooManyClasses:
        return None
    listing = Continuations(game.form, game.leaf_values.alive, classes)
    start = first_profile(listing) if induce is induce_compiled else None
    first = itertools.islice(Walk(listing, start), 3)
    fields = ("begin", "end", "link_begin", "link_end", "links")
    return (
        [list(map(int, getattr(classes, field))) for field in fields],
        [profile.choices.tolist() for profile in first],
    )


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("block", range(4))
def test_compiled_code_finds_the_same_classes_in_the_same_order(block: int) -> None:
    compared = given_up = 0
    for seed in seeds(500):
        game = tree_game(*grown(f"order {block} {seed}", 24 if seed % 3 else 200))
        values = game.leaf_values.values
        if values.dtype == object:
            continue
        budget = (60, 300, 2_000_000)[seed % 4 % 3]
        plain = _listed(induce, game, values.tolist(), budget)
        assert plain == _listed(induce_compiled, game, values, budget), (block, seed)
        compared += 1
        given_up += plain is None
        ways = [(induce, values.tolist()), (induce_compiled, values)]
        one, other = (
            _listed(way, game, leaf, 10**6, first_only=True) for way, leaf in ways
        )
        assert one == other, (block, seed)
        assert len(one[1]) == 1
    assert compared > 0.7 * len(seeds(500))
    assert 0 < given_up < 0.2 * compared


def test_small_trees_are_left_to_compiled_code_once_that_is_worth_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    game = tree_game(*random_tree(random.Random("switch"), 100, 3, 0.2, [0, 1]))
    used = []
    monkeypatch.setattr(
        backward_induction,
        "induce_compiled",
        lambda *given: used.append("compiled") or induce_compiled(*given),
    )
    monkeypatch.setattr(induction, "loaded", False)
    found = []
    for spent in (0.0, COMPILING):
        monkeypatch.setattr(induction, "spent", spent)
        solution = solve(game, PureSubgamePerfect())
        found.append([(dict(one.plays), one.profile, one.count) for one in solution])
        used.append(spent)
    assert used == [0.0, "compiled", COMPILING]
    assert found[0] == found[1]
    monkeypatch.setattr(induction, "loaded", False)
    monkeypatch.setattr(induction, "spent", 0.0)
    solve(game, PureSubgamePerfect())
    assert induction.spent > 0


def test_a_copied_tree_needs_no_kernel_of_its_own() -> None:
    game = tree_game(*random_tree(random.Random("copied"), 50, 3, 0, [0.5, 1.0, -0.0]))
    for one in (game, pickle.loads(pickle.dumps(game))):
        solution = solve(one, PureSubgamePerfect(), solver=SOLVERS["compiled"])
        assert solution[0].count
    assert len(induction.dispatcher.signatures) == 1


@pytest.mark.deep_but(1)
@pytest.mark.parametrize(("nodes", "chance"), [(6_000, 0), (6_000, 0.1), (30_000, 0)])
def test_large_trees_both_ways(nodes: int, chance: float) -> None:
    """Too many to recur over naively: plain Python against the compiled loop, and judged
    either way."""
    for seed in seeds(1):
        rng = random.Random(f"large {nodes} {chance} {seed}")
        tree, players = random_tree(rng, nodes, 5, chance, list(range(10**6)) + [0] * 10**5)
        game = tree_game(tree, players)
        ways = []
        for solver in (
            BackwardInduction(compiled_from=10**9),
            BackwardInduction(compiled_from=0),
            None,
        ):
            solution = solve(game, PureSubgamePerfect(), solver=solver)
            assert (solution.status, solution.rejected) == (Status.COMPLETE, 0)
            ways.append(
                [
                    (dict(one.plays), tuple(one.payoffs.values()), one.count)
                    for one in solution
                ]
            )
        assert ways[0] == ways[1] == ways[2]
        # A recursion that takes the first best action finds one of them.
        assert _first_best(tree, players) in [payoffs for _, payoffs, _ in ways[0]]


def _first_best(tree: Tree, players: tuple[str, ...]) -> tuple[Fraction, ...]:
    if isinstance(tree, Leaf):
        return tuple(worth(tree.payoffs.get(who, 0)) for who in players)
    if isinstance(tree, Move):
        me = players.index(tree.player)
        return max(
            (_first_best(after, players) for after in tree.options.values()),
            key=lambda values: values[me],
        )
    parts = [(p, _first_best(after, players)) for p, after in tree.options.values()]
    return tuple(
        sum((p * values[i] for p, values in parts), Fraction(0))
        for i in range(len(players))
    )


def sequence(moves: list[tuple[str, int]], last: Any) -> Tree:
    """Players move in turn, each seeing all; ``last(history)`` says what they get."""

    def node(history: tuple[str, ...]) -> Tree:
        if len(history) == len(moves):
            return last(history)
        who, actions = moves[len(history)]
        return Move(who, {str(i): node((*history, str(i))) for i in range(actions)})

    return node(())


@pytest.mark.parametrize("kind", list(SOLVERS))
@pytest.mark.parametrize("paid", range(5))
def test_five_players_of_whom_four_do_not_care(paid: int, kind: str) -> None:
    """Over 10^25 equilibria on at most 162 plays: all told apart, and counted without being
    listed."""
    players = ("Türkiye", "A", "B", "C", "D")
    moves = [(who, 2 if i == 0 else 3) for i, who in enumerate(players)]
    rng = random.Random(paid)
    tree = sequence(
        moves, lambda history: Leaf({players[paid]: rng.choice([0, 0, 0, 0, 1])})
    )
    spread = naive.by_recursion(tree, players, spread=True)
    assert sum(count for count, _ in spread.values()) > 10**25
    assert found(tree, players, SOLVERS[kind]) == {
        plays: (payoffs, count) for (payoffs, plays), (count, _) in spread.items()
    }
