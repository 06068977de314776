"""Forms in which players have only some of their actions: what is left, and what follows."""

import itertools
import random
from fractions import Fraction

import attrs
import pytest

from strategy import (
    Chance,
    Claim,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    PureNash,
    PureSubgamePerfect,
    Status,
    Term,
    solve,
    where,
)
from strategy.assumptions import Occurs, Threshold
from strategy.checking import Result, rule
from strategy.errors import GameError, ModelError
from tests._games import SCALE

TABLE = NormalForm({"A": ("x", "y", "z"), "B": ("l", "r")})


def step(history: tuple[str, ...]) -> Decision | Chance | End:
    """Chance, then A, then B unless A stays, then A again."""
    if not history:
        return Chance("weather", {"calm": "1/3", "storm": "2/3"})
    if len(history) == 1:
        return Decision("A", ("go", "stay"))
    if len(history) == 2:
        return End() if history[1] == "stay" else Decision("B", ("l", "m", "r"))
    return Decision("A", ("u", "d")) if len(history) == 3 else End()


TREE = ExtensiveForm.from_rules(step)


def test_a_table_keeps_what_is_left_in_its_own_order() -> None:
    assert TABLE.restricted({"A": ("z", "x")}).actions == {"A": ("x", "z"), "B": ("l", "r")}
    assert TABLE.restricted({"B": "r"}).shape == (3, 1)
    assert TABLE.restricted({}) == TABLE


def test_a_tree_keeps_all_where_none_of_the_actions_is_at_hand() -> None:
    cut = TREE.restricted({"A": "go", "B": ("l", "r")})
    assert [str(play) for play in cut.plays()] == [
        str(play)
        for play in TREE.plays()
        if "stay" not in play.history and "m" not in play.history
    ]
    assert cut.play_count == 2 * 2 * 2
    assert cut.players == TREE.players
    assert cut.chance == TREE.chance


def test_information_sets_are_cut_alike() -> None:
    tree = Decision(
        "A",
        {
            one: Decision("B", {"l": End(), "m": End(), "r": End()}, infoset="blind")
            for one in ("u", "d")
        },
    )
    cut = ExtensiveForm(tree).restricted({"B": ("m", "r")})
    assert len(cut.infoset_nodes) == 2
    assert cut.actions["B"] == ("m", "r")


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ({"C": "x"}, "C"),
        ({"A": "w"}, "w"),
        ({"A": ()}, "no action"),
        ({"A": {"x", "y"}}, "set"),
        ("A", "mapping"),
    ],
)
def test_what_does_not_exist_is_refused(only: object, said: str) -> None:
    for form in (TABLE, TREE):
        with pytest.raises(GameError, match=said):
            form.restricted(only)  # type: ignore[arg-type]


def numbers(seed: int, form: NormalForm | ExtensiveForm) -> Model:
    """A model whose payoffs are small random numbers, play by play, and a parameter."""
    rng = random.Random(seed)
    p = Parameters(t=Parameter(0, low=-3, high=3))
    terms = []
    for number in range(form.play_count):
        play = form.play(number)
        moves = {str(who): action for who, _, action in play.steps}
        if len(moves) < len(play.steps):
            continue  # who moves twice differently is left out
        for player in form.players:
            terms.append(
                Term(
                    player,
                    rng.randint(-3, 3) + rng.randint(-1, 1) * p.t,
                    when=where(moves),
                    name=f"{player} at {number}",
                )
            )
    goal = Outcome("goal", when=where({form.players[0]: form.actions[form.players[0]][0]}))
    return Model("numbers", form=form, parameters=p, terms=terms, outcomes=(goal,))


def in_turn(history: tuple[str, ...]) -> Decision | End:
    if len(history) == 3:
        return End()
    return Decision("ABC"[len(history)], ("x", "y", "z")[: 2 + len(history) % 2])


@pytest.mark.parametrize("seed", range(max(10, round(40 * SCALE))))
def test_moves_that_are_made_leave_the_equilibria_of_the_rest(seed: int) -> None:
    """With the first move of a tree fixed, what is played is what brute force over the plans
    of the others finds in the subgame behind that move."""
    model = numbers(seed, ExtensiveForm.from_rules(in_turn))
    game = model.game()
    for first in model.form.actions["A"]:

        def paid(who: str, b: str, c: str, first: str = first) -> Fraction:
            return game.payoff(who, {"A": first, "B": b, "C": c})

        expected = {
            (first, b, plan[b])
            for replies in itertools.product(("x", "y"), repeat=3)
            for plan in [dict(zip(("x", "y", "z"), replies, strict=True))]
            for b in plan
            if all(
                paid("C", k, c) >= paid("C", k, d) for k, c in plan.items() for d in "xy"
            )
            if all(paid("B", b, plan[b]) >= paid("B", k, plan[k]) for k in plan)
        }
        found = solve(model.with_actions({"A": first}).game(), PureSubgamePerfect())
        assert {play.history for one in found for play in one.plays} == expected


@pytest.mark.parametrize("seed", range(max(10, round(40 * SCALE))))
def test_a_player_who_is_bound_in_a_table_leaves_the_game_of_the_others(seed: int) -> None:
    model = numbers(seed, NormalForm({"A": ("x", "y"), "B": ("l", "r"), "C": ("u", "d")}))
    game = model.game()
    for action in ("x", "y"):
        expected = [
            {"A": action, "B": b, "C": c}
            for b, c in itertools.product(("l", "r"), ("u", "d"))
            if all(
                game.payoff("B", {"A": action, "B": b, "C": c})
                >= game.payoff("B", {"A": action, "B": other, "C": c})
                for other in ("l", "r")
            )
            and all(
                game.payoff("C", {"A": action, "B": b, "C": c})
                >= game.payoff("C", {"A": action, "B": b, "C": other})
                for other in ("u", "d")
            )
        ]
        found = solve(model.with_actions({"A": action}).game(), PureNash())
        assert [
            {who: move for who, _, move in play.steps}
            for one in found
            for play in one.plays
        ] == expected


def test_terms_and_outcomes_that_name_actions_left_out_hold_nowhere() -> None:
    model = numbers(0, TABLE).with_actions({"A": ("y", "z")})
    assert not model.outcomes["goal"].mask.any()
    assert solve(model.game(), PureNash()).status is not Status.STOPPED


p = Parameters(pledge=Parameter(4, low=0, high=8), gain=Parameter(3, low=0, high=6))
deterred = Model(
    "deterred",
    form=ExtensiveForm.from_rules(
        lambda history: (
            Decision("ally", ("ask", "wait"))
            if not history
            else Decision("rival", ("obstruct", "yield"))
            if history == ("ask",)
            else End()
        )
    ),
    parameters=p,
    terms=(
        Term("ally", -1, when=where(ally="ask")),
        Term("rival", p.gain - p.pledge, when=where(rival="obstruct")),
    ),
    outcomes=(Outcome("obstructed", when=where(rival="obstruct")),),
)


def test_a_check_of_what_follows_moves_that_equilibrium_does_not_make() -> None:
    """Nobody asks, so nothing is obstructed whatever the pledge; if asked, a pledge of 3
    deters."""
    onto = {"ally": "ask"}
    plain = Threshold("pledge", "obstructed", "no")
    assert rule(plain, deterred).result is Result.REFUTED
    after = Threshold("pledge", "obstructed", "no", played=onto)
    assert rule(after, deterred).result is Result.PROVED
    assert after.words().startswith("given ally: ask, ")
    assert rule(Occurs("obstructed", "no"), deterred).result is Result.PROVED
    found = rule(Occurs("obstructed", "no", played=onto), deterred)
    assert found.result is Result.REFUTED


def test_a_check_of_moves_that_do_not_exist_is_refused() -> None:
    with pytest.raises(GameError, match="ally"):
        deterred.with_actions({"alley": "ask"})
    for played, said in (({"alley": "ask"}, "ally"), ({"ally": "beg"}, "ask")):
        check = Occurs("obstructed", "no", played=played)
        with pytest.raises(ModelError, match=said):
            attrs.evolve(deterred, claims=(Claim("C", "So it is.", checks=check),))
    with pytest.raises(ModelError, match="mapping"):
        Occurs("obstructed", "no", played="ask")
