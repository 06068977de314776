"""Concepts judge any profile on their own: whether it holds, the regret, and a best
deviation, against naive gains."""

import random
from fractions import Fraction

import numpy as np
import pytest

from strategy import GameError, Limits, PureProfile, RefusalError, solve
from strategy.concepts import ALL, Nash, PureNash, PureSubgamePerfect
from tests import _oracles as naive
from tests._games import (
    Leaf,
    Luck,
    Move,
    Tree,
    random_table,
    random_tree,
    seeds,
    tree_game,
    written,
)

POOLS = [
    [0],
    [0, 1],
    [0.1, 0.3, 0.30000000000000004, 1e300],
    [Fraction(1, 3), 2**70, "-1e-9", 0.5],
    list(range(9)),
]


def some_tree(rng: random.Random, most_nodes: int = 60) -> tuple[Tree, tuple[str, ...]]:
    return random_tree(
        rng,
        rng.randint(1, most_nodes),
        rng.randint(1, 5),
        rng.choice([0, 0.3]),
        rng.choice(POOLS),
    )


def test_pure_nash_on_random_profiles() -> None:
    for seed in seeds(150):
        rng = random.Random(f"certify {seed}")
        table = random_table(rng, most_cells=150)
        exact, game = table.exact(), table.game()
        for cell in rng.sample(table.cells, min(12, len(table.cells))):
            names = dict(zip(table.players, table.names(cell), strict=True))
            gains = naive.gains(table.shape, exact, cell)
            best = max(gains.values())
            given = rng.choice([names, {who: {action: 1} for who, action in names.items()}])
            certificate = PureNash().certify(game, given)
            assert certificate.holds == (best == 0)
            assert certificate.regret == best
            assert type(certificate.regret) is Fraction
            if best == 0:
                assert (
                    certificate.player,
                    certificate.information_set,
                    certificate.deviation,
                ) == (None, None, None)
            else:
                who = table.players.index(certificate.player)
                assert gains[who, table.actions[who].index(certificate.deviation)] == best
                assert certificate.information_set is None

            strict = PureNash(undominated=True).certify(game, names)
            kept = naive.everything(table.shape)
            weak = {
                (i, a): naive.dominators(exact, kept, i, a, strict=False)
                for i, a in enumerate(cell)
            }
            assert strict.holds == (best == 0 and not any(weak.values()))
            assert strict.regret == best
            if best == 0 and not strict.holds:
                who = table.players.index(strict.player)
                assert table.actions[who].index(strict.deviation) in weak[who, cell[who]]


def test_pure_subgame_perfect_on_random_profiles() -> None:
    held = 0
    for seed in seeds(100):
        rng = random.Random(f"certify {seed}")
        tree, players = some_tree(rng)
        game, places = tree_game(tree, players), naive.moves(tree)
        for _ in range(6):
            profile = {
                place: rng.choice(list(node.options)) for place, node in places.items()
            }
            if rng.random() < 0.5:
                # mostly best responses, so that many profiles nearly hold
                for place in sorted(places, key=len, reverse=True):
                    gains = naive.deviations(tree, profile)
                    own = {
                        action: gain
                        for (_, where, action), gain in gains.items()
                        if where == place
                    }
                    profile[place] = max(own, key=own.__getitem__)
            nested = {
                who: {
                    place: a for place, a in profile.items() if places[place].player == who
                }
                for who in players
            }
            gains = naive.deviations(tree, profile)
            best = max(gains.values(), default=Fraction(0))
            certificate = PureSubgamePerfect().certify(game, nested)
            assert certificate.holds == (best <= 0)
            assert certificate.regret == best
            held += certificate.holds
            if best > 0:
                assert (
                    gains[
                        certificate.player,
                        certificate.information_set,
                        certificate.deviation,
                    ]
                    == best
                )
            else:
                assert (
                    certificate.player,
                    certificate.information_set,
                    certificate.deviation,
                ) == (None, None, None)
    assert held > 50


def test_large_trees_are_judged_as_small_ones() -> None:
    """A tree of thousands of nodes takes other ways through the code; its answer comes from
    the pieces that it is made of."""
    rng = random.Random("large")
    small, players = random_tree(rng, 80, 3, 0.2, [0, 1, 2])
    small_places = naive.moves(small)
    copies = 120
    tree = Luck("which", {f"copy {i}": (Fraction(1, copies), small) for i in range(copies)})
    game = tree_game(tree, players)
    for wrong in (None, 0, 77, 119):
        good = {}
        for place in sorted(small_places, key=len, reverse=True):
            trial = {
                **{where: next(iter(node.options)) for where, node in small_places.items()},
                **good,
            }
            gains = naive.deviations(small, trial)
            own = {
                action: gain for (_, where, action), gain in gains.items() if where == place
            }
            good[place] = max(own, key=own.__getitem__)
        assert naive.is_perfect(small, good)
        profile = {
            (f"copy {i}", *place): action
            for i in range(copies)
            for place, action in good.items()
        }
        if wrong is not None:
            place = next(
                p
                for p, node in small_places.items()
                if min(_own(small, good, p).values()) < 0 and node.player
            )
            profile[f"copy {wrong}", *place] = min(
                _own(small, good, place).items(), key=lambda pair: pair[1]
            )[0]
        nested = {
            who: {p: a for p, a in profile.items() if small_places[p[1:]].player == who}
            for who in players
        }
        certificate = PureSubgamePerfect().certify(game, nested)
        assert certificate.holds == (wrong is None)
        if wrong is not None:
            worse = {p[1:]: a for p, a in profile.items() if p[0] == f"copy {wrong}"}
            gains = naive.deviations(small, worse)
            assert certificate.regret == max(gains.values())
            who, where, action = (
                certificate.player,
                certificate.information_set,
                certificate.deviation,
            )
            assert where[0] == f"copy {wrong}"
            assert gains[who, where[1:], action] == certificate.regret


def _own(
    tree: Tree, profile: dict[tuple[str, ...], str], place: tuple[str, ...]
) -> dict[str, Fraction]:
    return {
        action: gain
        for (_, where, action), gain in naive.deviations(tree, profile).items()
        if where == place
    }


def test_profiles_that_share_a_base_are_judged_as_alone() -> None:
    """One judge sees many profiles that differ at a few places from a good one, or from a
    bad one, in any order."""
    verdicts = {True: 0, False: 0}
    for seed in seeds(80):
        rng = random.Random(f"judge {seed}")
        tree, players = some_tree(rng, 40)
        game, places = tree_game(tree, players), naive.moves(tree)
        form, concept = game.form, PureSubgamePerfect()
        sizes = [len(form.infoset_actions(one)) for one in range(len(form.infoset_nodes))]
        bases = [
            np.asarray(one.profile.choices)
            for one in solve(game, concept, limits=Limits(count=3))
        ]
        bases.append(np.array([rng.randrange(size) for size in sizes], dtype=np.int32))
        judge = concept.judge(game)
        for _ in range(25):
            changed = rng.sample(
                range(len(sizes)), min(len(sizes), rng.choice([0, 1, 1, 2, 4]))
            )
            profile = PureProfile(
                form,
                rng.choice(bases),
                {place: rng.randrange(sizes[place]) for place in changed},
            )
            named = {
                place: action
                for rows in profile.actions.values()
                for place, action in rows.items()
            }
            gains = naive.deviations(tree, named)
            best = max(gains.values(), default=Fraction(0))
            found = judge.certify(profile)
            assert (found.holds, found.regret) == (best <= 0, max(best, 0))
            assert found == concept.certify(game, profile)
            if best > 0:
                assert gains[found.player, found.information_set, found.deviation] == best
            verdicts[found.holds] += 1
            assert set(named) == set(places)
    assert min(verdicts.values()) > 100


TABLE = random_table(random.Random(5))
TREE = Move("A", {"l": Leaf({"A": 1}), "r": Move("B", {"l": Leaf({"B": 1}), "r": Leaf()})})


@pytest.mark.parametrize(
    ("profile", "error", "shown"),
    [
        ({"A": {(): "l"}}, GameError, ["what B does", "('r',)", "'l'"]),
        ({"A": {(): "l"}, "B": {("r",): "x"}}, GameError, ["'x'", "'l', 'r'"]),
        ({"A": {(): "l"}, "B": {("r",): "l", ("l",): "l"}}, GameError, ["('l',)"]),
        ({"A": {(): "l"}, "C": {}}, GameError, ["'C'", "'A', 'B'"]),
        ({"A": "l", "B": {("r",): "l"}}, GameError, ["'l'", "information set"]),
        (
            {"A": {(): {"l": "1/2", "r": "1/2"}}, "B": {("r",): "l"}},
            RefusalError,
            ["mixes", "'l', 'r'"],
        ),
        (
            {"A": {(): {"l": "1/2", "r": "1/3"}}, "B": {("r",): "l"}},
            GameError,
            ["1/3", "summing to 1"],
        ),
        (
            {"A": {(): {"l": 2, "r": -1}}, "B": {("r",): "l"}},
            GameError,
            ["-1", "none negative"],
        ),
        (["l", "r"], GameError, ["['l', 'r']", "mapping"]),
    ],
)
def test_profiles_that_do_not_fit_are_refused(
    profile: object, error: type[Exception], shown: list[str]
) -> None:
    with pytest.raises(error) as caught:
        PureSubgamePerfect().certify(tree_game(TREE, ("A", "B")), profile)
    for part in shown:
        assert part in str(caught.value)


def test_concepts_refuse_the_wrong_kind_of_game_with_the_remedy() -> None:
    from strategy import Decision, ExtensiveFormGame, solve

    blind = Decision(
        "A",
        {
            "l": Decision(
                "B", {"x": written(Leaf()), "y": written(Leaf())}, infoset="dark"
            ),
            "r": Decision(
                "B", {"x": written(Leaf()), "y": written(Leaf())}, infoset="dark"
            ),
        },
    )
    for concept, game, shown in [
        (PureNash(), tree_game(TREE, ("A", "B")), "PureSubgamePerfect"),
        (PureSubgamePerfect(), TABLE.game(), "PureNash"),
        (PureSubgamePerfect(), ExtensiveFormGame.from_tree(blind), "'dark'"),
        (PureNash(), [[1, 2]], "from_arrays"),
        (PureSubgamePerfect(), None, "from_tree"),
        (Nash(), tree_game(TREE, ("A", "B")), "PureSubgamePerfect"),
        (Nash(), 7, "from_arrays"),
    ]:
        assert shown in (concept.refuses(game) or "")
        with pytest.raises(RefusalError, match=shown):
            solve(game, concept)
    assert {PureNash, PureSubgamePerfect, Nash} <= set(ALL)
