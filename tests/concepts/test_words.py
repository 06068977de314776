"""What concepts and their results say, word for word: a reader acts on it, and a remedy
that is garbled helps nobody."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from strategy import (
    Decision,
    End,
    ExtensiveFormGame,
    Limits,
    NormalFormGame,
    Outcome,
    StrategyError,
    solve,
    where,
)
from strategy.certificates import Certificate
from strategy.concepts import (
    CoalitionProofNash,
    CoarseCorrelatedEquilibrium,
    Commitment,
    CorrelatedEquilibrium,
    LogitQuantalResponse,
    Nash,
    Payoff,
    Probability,
    Proper,
    PureNash,
    PureSubgamePerfect,
    Rationalizability,
    StrongNash,
    TremblingHandPerfect,
    Welfare,
    best_responses,
    eliminate_strictly,
    eliminate_strictly_by_mixtures,
    eliminate_weakly,
    eliminate_weakly_by_mixtures,
    p_dominance,
    pareto_comparison,
    risk_dominance,
    strictly_dominated,
    strictly_dominated_by_mixtures,
    weakly_dominated,
    weakly_dominated_by_mixtures,
    welfare_ranking,
)
from strategy.solvers.commitment_programmes import best_commitment, value_of_commitment
from strategy.solvers.correlated_programme import correlated_extremes


def table(first: Any, second: Any, rows: str, columns: str) -> NormalFormGame:
    """A game of A and B whose actions have names of one letter."""
    return NormalFormGame.from_arrays(
        first, second, players=("A", "B"), actions=(tuple(rows), tuple(columns))
    )


def again(game: NormalFormGame, factor: int = 1) -> NormalFormGame:
    """A game of the same form, with the payoffs of the last player multiplied."""
    *others, last = game.to_arrays(exact=True)
    return NormalFormGame.from_arrays(
        *others, factor * last, players=game.players, actions=tuple(game.actions.values())
    )


def blind() -> ExtensiveFormGame:
    choice = {"x": End(), "y": End()}
    moves = {
        "l": Decision("B", choice, infoset="dark"),
        "r": Decision("B", choice, infoset="dark"),
    }
    return ExtensiveFormGame.from_tree(Decision("A", moves))


TREE = ExtensiveFormGame.from_tree(
    Decision(
        "A", {"l": End({"A": 1}), "r": Decision("B", {"l": End({"B": 1}), "r": End()})}
    )
)
HUNT = table([[4, 0], [3, 3]], [[4, 3], [0, 3]], "sh", "sh")
PENNIES = table([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], "ht", "ht")
SEXES = table([[2, 0], [0, 1]], [[1, 0], [0, 2]], "xy", "xy")
PRISONERS = table([[3, 0], [5, 1]], [[3, 5], [0, 1]], "cd", "cd")
WEAK = table([[1, 1], [1, 0]], [[1, 1], [1, 0]], "ud", "lr")
LIKES = table([[2, 4], [1, 3]], [[1, 0], [0, 1]], "ud", "lr")
MIXED = table([[4, 0], [0, 4], [1, 1]], np.zeros((3, 2), dtype=int), "tmb", "lr")
THREE = NormalFormGame.from_arrays(
    *np.zeros((3, 2, 2, 2), dtype=int), players=("A", "B", "C")
)
WIDE = NormalFormGame.from_arrays([[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 1, 0]])
CE, CCE = CorrelatedEquilibrium(), CoarseCorrelatedEquilibrium()

ON_TABLES = {
    PureNash(): "pure Nash",
    PureNash(undominated=True): "pure Nash, without weakly dominated actions",
    Nash(): "Nash",
    Commitment("A"): "commitment of A to a mixed strategy",
    Commitment(
        "A", mixed=False, pessimistic=True
    ): "commitment of A to an action, ties against it",
    CE: "correlated",
    CCE: "coarse correlated",
    TremblingHandPerfect(): "trembling-hand perfect",
    Proper(): "proper",
    StrongNash(): "strong Nash (pure)",
    CoalitionProofNash(): "coalition-proof Nash (pure)",
    LogitQuantalResponse("1/2"): "logit quantal response, at lambda = 0.5",
    Rationalizability(): "rationalizability",
    Rationalizability(independent=True): "rationalizability with independent beliefs",
}


@pytest.mark.parametrize(("concept", "words"), ON_TABLES.items(), ids=str)
def test_concepts_of_tables_say_what_they_are_and_what_they_take(
    concept: Any, words: str
) -> None:
    name = type(concept).__name__
    assert str(concept) == words
    assert concept.refuses(HUNT) is None
    tree = (
        f"{name} takes normal-form games, and this is a tree: use PureSubgamePerfect() "
        "for players who move in turn"
    )
    other = (
        f"{name} takes a NormalFormGame, not a str: build one with "
        "NormalFormGame.from_arrays or model.game()"
    )
    for given, why in ((TREE, tree), ("game", other)):
        assert concept.refuses(given) == why
        assert said(lambda given=given: concept.certify(given, {})) == why


def said(what: Callable[[], Any]) -> str:
    """What something says, or why it is refused."""
    try:
        return str(what())
    except StrategyError as error:
        return str(error)


NOT_A_GAME = (
    "PureSubgamePerfect takes an ExtensiveFormGame, not a str: build one with from_tree "
    "or model.game()"
)
SAID: list[tuple[Callable[[], Any], str]] = [
    (lambda: PureSubgamePerfect(), "pure subgame-perfect"),
    (lambda: PureSubgamePerfect().refuses(TREE), "None"),
    (
        lambda: PureSubgamePerfect().refuses(HUNT),
        ("PureSubgamePerfect takes games in which players move in turn, and this is a table: "
            "use PureNash()"),
    ),
    (lambda: PureSubgamePerfect().refuses("game"), NOT_A_GAME),
    (lambda: PureSubgamePerfect().certify("game", {}), NOT_A_GAME),  # type: ignore[arg-type]
    (
        lambda: PureSubgamePerfect().refuses(blind()),
        "PureSubgamePerfect takes games of perfect information, and information set 'dark' "
            "holds several moves: give every move an "
        "information set of its own (concepts for imperfect information are not built yet)",
    ),
    (
        lambda: Commitment("A").refuses(THREE),
        "Commitment takes a leader and one follower, and this game has 3 players: "
            "what several followers do among themselves "
        "is a game of its own; write the order of moves as a tree and use "
            "PureSubgamePerfect()",
    ),
    (lambda: Commitment("C").refuses(HUNT), "unknown leader 'C': expected one of 'A', 'B'"),
    (lambda: Commitment(3), "leader 3 is a int, not a name: give a non-empty string"),  # type: ignore[arg-type]
    (
        lambda: TremblingHandPerfect().refuses(THREE),
        "TremblingHandPerfect is decided for two players, and this game has 3: there "
            "an equilibrium without weakly dominated "
        "strategies need not be perfect; use Nash(), or Proper(), which proves some "
            "equilibria of any game to be proper and "
        "so perfect",
    ),
    (
        lambda: Rationalizability(independent=True).refuses(THREE),
        "rationalizability with independent beliefs is not built for 3 players: "
            "Rationalizability() allows correlated beliefs, "
        "and what it leaves out is not rationalizable either way",
    ),
    (lambda: LogitQuantalResponse(-1), "rationality=-1: expected a non-negative number (0: all actions alike)"),
    (
        lambda: LogitQuantalResponse("x"),
        ("rationality 'x' is not a number: give a finite int, str ('2/3', '0.3'), "
            "Fraction, Decimal or float"),
    ),
    # comparing equilibria
    (lambda: risk_dominance(HUNT), "(A: h, B: h) risk-dominates (A: s, B: s)"),
    (lambda: risk_dominance(SEXES), "neither of (A: x, B: x) and (A: y, B: y) risk-dominates the other"),
    (
        lambda: risk_dominance(WIDE),
        ("risk dominance is defined here for 2 x 2 games, and this is 2 x 3: compare "
            "equilibria by p_dominance"),
    ),
    (
        lambda: risk_dominance(TREE),  # type: ignore[arg-type]
        ("risk dominance takes normal-form games, and this is a tree: use "
            "PureSubgamePerfect() for players who move in turn"),
    ),
    (
        lambda: risk_dominance(PENNIES),
        ("risk dominance compares two strict equilibria, and this game has 0: use "
            "p_dominance"),
    ),
    (lambda: p_dominance(HUNT, {"A": "s", "B": "s"}), "(A: s, B: s) is p-dominant for p of 0.75 and above (A 0.75, B 0.75)"),
    (
        lambda: p_dominance(HUNT, {"A": "s", "B": "h"}),
        ("PureProfile(A: s, B: h) is not an equilibrium, so it is p-dominant for no p: "
            "A gains by 'h'"),
    ),
    (
        lambda: p_dominance(TREE, {}),  # type: ignore[arg-type]
        ("p-dominance takes normal-form games, and this is a tree: use "
            "PureSubgamePerfect() for players who move in turn"),
    ),
    (lambda: pareto_comparison(solve(HUNT, PureNash())), "among all equilibria #1 pays every player more than every other"),
    (
        lambda: pareto_comparison(solve(SEXES, PureNash())),
        ("among all equilibria no other is better for some and worse for none than #1 "
            "and #2"),
    ),
    (lambda: pareto_comparison(solve(PENNIES, PureNash())), "there is nothing to compare"),
    (
        lambda: pareto_comparison(solve(PENNIES, Nash())),
        "among all equilibria no other is better for some and worse for none than #1",
    ),
    (
        lambda: pareto_comparison(solve(SEXES, PureNash(), limits=Limits(count=1))),
        "among the equilibria found no other is better for some and worse for none than #1",
    ),
    (
        lambda: pareto_comparison(7),  # type: ignore[arg-type]
        "7 is a int: give the Solution that solve(game, concept) returns",
    ),
    (lambda: " ".join(map(str, welfare_ranking(solve(SEXES, PureNash()), {"A": 1, "B": "1/10"}))), "#1: 2.1 #2: 1.2"),
    # objectives
    (lambda: Welfare({"A": 1, "B": "1/2"}), "welfare (A 1, B 0.5)"),
    *(
        (
            lambda given=given: Welfare(given),
            f"weights {given}: state how much a point of each player counts, such as "
                f"{{'Armenia': 1, 'Russia': '1/2'}}; "
            "payoffs of different players have no common unit of their own",
        )
        for given in ({}, 3)
    ),
    (
        lambda: Welfare({"A": "x"}),
        ("weight of A 'x' is not a number: give a finite int, str ('2/3', '0.3'), "
            "Fraction, Decimal or float"),
    ),
    (lambda: Welfare({3: 1}), "player 3 is a int, not a name: give a non-empty string"),
    (
        lambda: welfare_ranking(solve(SEXES, PureNash()), {"A": 1}),
        "the weights {'A': Fraction(1, 1)} leave out B: state 0 if it should not count",
    ),
    (
        lambda: welfare_ranking(solve(SEXES, PureNash()), {"A": 1, "B": 2, "D": 1}),
        "unknown player 'D': expected one of 'A', 'B'",
    ),
    (lambda: Payoff("A"), "payoff of A"),
    (lambda: Payoff(3), "player 3 is a int, not a name: give a non-empty string"),  # type: ignore[arg-type]
    (lambda: Payoff("C").values(HUNT), "unknown player 'C': expected one of 'A', 'B'"),
    (lambda: Probability(where(A="s")), "probability of A: s"),
    (lambda: Probability(Outcome("met", when=where(A="s"))), "probability of met"),
    (lambda: Probability([True], label="luck"), "probability of luck"),
    (lambda: Probability([True]), "probability of the plays of the mask"),
    *(
        (
            lambda given=given: Probability(given).mask(HUNT),
            f"{given} is not an outcome of NormalFormGame(2 x 2, players=('A', 'B')): "
                "give an Outcome, a condition such as "
            "where(Armenia='open'), or a mask of 4 truth values",
        )
        for given in ([True], [1, 0, 0, 0])
    ),
    # correlated equilibria
    (lambda: correlated_extremes(HUNT, CE, Payoff("A"))[0], "payoff of A: 3 to 4 over all correlated"),
    (lambda: correlated_extremes(PENNIES, CCE, Payoff("A"))[0], "payoff of A: 0 in every coarse correlated"),
    (
        lambda: correlated_extremes(HUNT, CE, "welfare"),  # type: ignore[arg-type]
        ("objective 'welfare': give Payoff(player), Welfare(weights) or "
            "Probability(outcome)"),
    ),
    (
        lambda: correlated_extremes(HUNT, PureNash(), Payoff("A")),  # type: ignore[arg-type]
        ("PureNash(undominated=False): give CorrelatedEquilibrium() or "
            "CoarseCorrelatedEquilibrium()"),
    ),
    (
        lambda: correlated_extremes(NormalFormGame.from_arrays(*np.zeros((2, 200, 200), dtype=np.int8)), CE, Payoff("1")),
        "the programme has 40,000 unknowns (plays) and 79,600 inequalities, "
            "3,184,000,000 entries, and at most 20,000,000 are allowed: "
        "ask for CoarseCorrelatedEquilibrium(), which has fewer inequalities, or leave "
            "out players or actions (see "
        "rationalizable(game))",
    ),
    (
        lambda: correlated_extremes(NormalFormGame.from_arrays(*np.zeros((2, 400, 400), dtype=np.int8)), CCE, Payoff("1")),
        "the programme has 160,000 unknowns (plays) and 800 inequalities, 128,000,000 "
        "entries, and at most 20,000,000 are allowed: "
        "leave out players or actions (see rationalizable(game))",
    ),
    # dominance
    (
        lambda: eliminate_strictly(PRISONERS),
        "Iterated elimination of strictly dominated actions\n  round 1: A drops 'c', "
            "dominated by 'd'\n"
        "  round 1: B drops 'c', dominated by 'd'\n  left to A: d\n  left to B: d\n  "
            "every order ends here",
    ),
    (
        lambda: eliminate_weakly(WEAK),
        "Iterated elimination of weakly dominated actions\n  round 1: A drops 'd', "
            "dominated by 'u'\n"
        "  round 1: B drops 'r', dominated by 'l'\n  left to A: u\n  left to B: l\n  "
            "another order ends elsewhere",
    ),
    (
        lambda: eliminate_weakly(WEAK, search=1),
        "Iterated elimination of weakly dominated actions\n  round 1: A drops 'd', "
            "dominated by 'u'\n"
        "  round 1: B drops 'r', dominated by 'l'\n  left to A: u\n  left to B: l\n"
        "  whether another order ends elsewhere was not settled",
    ),
    (
        lambda: eliminate_strictly_by_mixtures(MIXED),
        "Iterated elimination of strictly dominated actions (by mixtures)\n"
        "  round 1: A drops 'b', dominated by t (0.5), m (0.5)\n  left to A: t, m\n  left "
            "to B: l, r\n  every order ends here",
    ),
    *(
        (
            lambda ask=ask: ask(TREE),  # type: ignore[arg-type]
            ("dominance takes normal-form games, and this is a tree: use "
                "PureSubgamePerfect() for players who move in turn"),
        )
        for ask in (
            eliminate_strictly,
            eliminate_weakly,
            eliminate_strictly_by_mixtures,
            eliminate_weakly_by_mixtures,
            strictly_dominated,
            weakly_dominated,
            strictly_dominated_by_mixtures,
            weakly_dominated_by_mixtures,
            lambda game: best_responses(game, "A", {}),
        )
    ),
    (lambda: best_responses(HUNT, "C", {}), "unknown player 'C': expected one of 'A', 'B'"),
    (
        lambda: best_responses(HUNT, "A", ["s"]),  # type: ignore[arg-type]
        "others=['s']: give a mapping from every other player to an action",
    ),
    (lambda: best_responses(HUNT, 3, {}), "player 3 is a int, not a name: give a non-empty string"),  # type: ignore[arg-type]
    (lambda: best_responses(HUNT, "A", {3: "s"}), "player 3 is a int, not a name: give a non-empty string"),  # type: ignore
    # commitment
    (lambda: best_commitment(SEXES, Commitment("A")), "commitment of A to a mixed strategy: A gets 2 by x (reply: x)"),
    (
        lambda: best_commitment(PENNIES, Commitment("A", mixed=False)),
        "commitment of A to an action: A gets -1 by h (reply: t) or t (reply: h)",
    ),
    (
        lambda: best_commitment(LIKES, Commitment("A", pessimistic=True)),
        "commitment of A to a mixed strategy, ties against it: A comes arbitrarily close "
        "to 3.5 by u (0.5), d (0.5) "
        "(reply: r)",
    ),
    (
        lambda: value_of_commitment(best_commitment(SEXES, Commitment("A")), solve(SEXES, Nash())),
        ("committing is worth 0 to A against the best and 4/3 against the worst of all "
            "equilibria (Nash)"),
    ),
    (
        lambda: value_of_commitment(
            best_commitment(SEXES, Commitment("A")), solve(SEXES, PureNash(), limits=Limits(count=1))
        ),
        ("committing is worth 0 to A against the best and 0 against the worst of the "
            "known equilibria (pure Nash)"),
    ),
    (
        lambda: value_of_commitment(best_commitment(PENNIES, Commitment("A")), solve(PENNIES, PureNash())),
        ("Solution(NONE_EXISTS, 0 equilibria, pure Nash) holds no pure Nash "
            "equilibrium to compare with: give solve(game, Nash())"),
    ),
    (
        lambda: value_of_commitment(best_commitment(PENNIES, Commitment("A")), solve(SEXES, PureNash())),
        "Solution(COMPLETE, 2 equilibria, pure Nash) is not a solution of the game "
            "committed in: give solve(game, Nash()) of the "
        "same game",
    ),
    (
        lambda: value_of_commitment(best_commitment(SEXES, Commitment("A")), solve(again(SEXES), Nash())),
        ("committing is worth 0 to A against the best and 4/3 against the worst of all "
            "equilibria (Nash)"),
    ),
    (
        lambda: value_of_commitment(best_commitment(SEXES, Commitment("A")), solve(again(SEXES, 2), PureNash())),
        "Solution(COMPLETE, 2 equilibria, pure Nash) is not a solution of the game "
            "committed in: give solve(game, Nash()) of the "
        "same game",
    ),
    (
        lambda: best_commitment(SEXES, Commitment("A")).optima[0].near("3/2"),
        "share=3/2: expected a number above 0 and at most 1",
    ),
    (
        lambda: best_commitment(SEXES, Commitment("A")).optima[0].near("x"),
        ("share 'x' is not a number: give a finite int, str ('2/3', '0.3'), Fraction, "
            "Decimal or float"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "words"), SAID, ids=range(len(SAID)))
def test_results_and_refusals(what: Callable[[], Any], words: str) -> None:
    assert said(what) == words


HALVES = {"x": "1/2", "y": "1/2"}
GAINS = "a deviation gains"


@pytest.mark.parametrize(
    ("concept", "game", "profile", "gain", "rest"),
    [
        (PureNash(), HUNT, {"A": "s", "B": "h"}, 3, ("A", None, "h", GAINS)),
        (PureNash(undominated=True), WEAK, {"A": "d", "B": "l"}, 0, ("A", None, "u", "'d' is weakly dominated by 'u'")),
        (Nash(), HUNT, {"A": "s", "B": "h"}, 3, ("A", None, "h", GAINS)),
        (Nash(), SEXES, {"A": HALVES, "B": HALVES}, "1/4", ("A", None, "x", GAINS)),
        (PureSubgamePerfect(), TREE, {"A": {(): "r"}, "B": {("r",): "r"}}, 1, ("A", (), "l", GAINS)),
        (PureSubgamePerfect(), TREE, {"A": {(): "l"}, "B": {("r",): "r"}}, 1, ("B", ("r",), "l", GAINS)),
        (Commitment("A"), SEXES, {"A": "y", "B": "x"}, 2, ("B", None, "y", "a better reply")),
        (Commitment("A"), SEXES, {"A": "y", "B": "y"}, 1, ("A", None, None, "another commitment gives the leader more")),
        (
            Commitment("A", mixed=False), SEXES, {"A": {"x": "2/3", "y": "1/3"}, "B": "x"}, 0,
            ("A", None, None, "the leader mixes, and this concept binds it to an action"),
        ),
        (
            Commitment("A", pessimistic=True), SEXES, {"A": {"x": "2/3", "y": "1/3"}, "B": "x"}, 0,
            ("B", None, None, "another best reply is worse for the leader"),
        ),
        (TremblingHandPerfect(), WEAK, {"A": "d", "B": "l"}, 0, ("A", None, None, "what A does is weakly dominated by u")),
        (TremblingHandPerfect(), HUNT, {"A": "s", "B": "h"}, 3, ("A", None, "h", GAINS)),
        (Proper(), WEAK, {"A": "d", "B": "l"}, 0, ("A", None, None, "what A does is weakly dominated by u")),
        (
            StrongNash(), PRISONERS, {"A": "d", "B": "d"}, 2,
            ("A and B", None, "c and c", "every member of a coalition gains by deviating together"),
        ),
        (StrongNash(), PRISONERS, {"A": "c", "B": "c"}, 2, ("A", None, "d", GAINS)),
        (
            CoalitionProofNash(), HUNT, {"A": "h", "B": "h"}, 1,
            ("A and B", None, "s and s", "every member of a coalition gains by a self-enforcing joint deviation"),
        ),
        (CoalitionProofNash(), HUNT, {"A": "h", "B": "s"}, 1, ("A", None, "s", GAINS)),
        (
            Rationalizability(), PRISONERS, {"A": "c", "B": "d"}, 0,
            ("A", None, None, "'c' of A is strictly dominated in round 1 of the elimination"),
        ),
        (CE, HUNT, {("s", "h"): 1}, 3, ("A", "s", "h", GAINS)),
        (
            LogitQuantalResponse(0), SEXES, {"A": HALVES, "B": {"x": "3/4", "y": "1/4"}}, "1/4",
            (None, None, None, ("rational probabilities are a quantal response only where everyone is "
                "indifferent: give balls")),
        ),
        (CCE, HUNT, {("s", "h"): "1/2", ("s", "s"): "1/2"}, 1, ("A", None, "h", GAINS)),
    ],
)  # fmt: skip
def test_certificates_name_who_deviates_where_to_what_and_why(
    concept: Any, game: Any, profile: Any, gain: Any, rest: Any
) -> None:
    assert concept.certify(game, profile) == Certificate(False, Fraction(gain), *rest)
    # gains are in the payoffs' unit
    if isinstance(game, NormalFormGame) and not isinstance(concept, LogitQuantalResponse):
        thirds = [one / 3 for one in game.to_arrays(exact=True)]
        smaller = NormalFormGame.from_arrays(
            *thirds, players=game.players, actions=tuple(game.actions.values())
        )
        assert concept.certify(smaller, profile) == Certificate(
            False, Fraction(gain) / 3, *rest
        )


def test_certificates_that_hold() -> None:
    regular, limit = (
        "regular, and so proper",
        "a limit of mistakes of which costlier ones are rarer",
    )
    for concept, game, profile, why in [
        (PureNash(), HUNT, {"A": "s", "B": "s"}, ""),
        (Commitment("A"), SEXES, {"A": "x", "B": "x"}, ""),
        (Rationalizability(), PRISONERS, {"A": "d", "B": "d"}, ""),
        (CE, HUNT, {("s", "s"): 1}, ""),
        (
            LogitQuantalResponse(1),
            PENNIES,
            {"A": {"h": "1/2", "t": "1/2"}, "B": {"h": "1/2", "t": "1/2"}},
            "",
        ),
        (Proper(), HUNT, {"A": "s", "B": "s"}, regular),
        (Proper(), WEAK, {"A": "u", "B": "l"}, limit),
    ]:
        assert concept.certify(game, profile) == Certificate(True, Fraction(0), reason=why)
