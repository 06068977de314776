"""The public contract: every name and attribute that programs written against the toolkit
rely on, used as they use it."""

import pickle
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import entry_points
from typing import Any

import numpy as np
import pytest
import sympy

from strategy import (
    AlgebraicNumber,
    Candidate,
    Certificate,
    Chance,
    Claim,
    Decision,
    End,
    Equilibrium,
    ExtensiveForm,
    ExtensiveFormGame,
    Incomplete,
    Limits,
    Model,
    ModelError,
    NormalForm,
    NormalFormGame,
    NumberError,
    Outcome,
    Parameter,
    ParameterError,
    Parameters,
    Play,
    PureProfile,
    RefusalError,
    Solution,
    Solver,
    Status,
    StrategyError,
    Term,
    solve,
    where,
)
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, outcome_probability, regions, thresholds, verdict


@pytest.fixture
def p() -> Parameters:
    return Parameters(
        transit_income=Parameter(
            4,
            low=1,
            high=8,
            unit="points",
            source="essay ¶4",
            reason="trade that an open route brings",
        ),
        leverage=Parameter(
            5,
            low=2,
            high=9,
            unit="points",
            source="essay ¶4",
            reason="influence that Russia loses",
        ),
        russia_attention=Parameter(
            "0.3",
            low=0,
            high=1,
            unit="share",
            source="essay ¶5",
            reason="what the war leaves",
        ),
    )


@pytest.fixture
def model(p: Parameters) -> Model:
    runs = where(Armenia="open") & ~where(Russia="obstruct")
    return Model(
        "transit-of-two",
        form=NormalForm(
            {"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}
        ),
        parameters=p,
        terms=(
            Term("Armenia", p.transit_income, when=runs, claim="C4", name="transit"),
            Term("Russia", -p.leverage, when=runs, claim="C4", name="leverage lost"),
            Term(
                "Russia",
                -6 * (1 - p.russia_attention),
                when=where(Russia="obstruct"),
                claim="C7",
                name="cost of obstructing",
            ),
        ),
        outcomes=(Outcome("corridor open", when=runs),),
        claims=(
            Claim(
                "C4",
                "An open corridor pays Armenia and costs Russia leverage.",
                paragraph=4,
                if_wrong={"leverage": 0},
            ),
            Claim(
                "C7",
                "Russia's attention is elsewhere.",
                paragraph=5,
                if_wrong={"russia_attention": 1},
            ),
        ),
    )


def test_parameters(p: Parameters, model: Model) -> None:
    assert isinstance(p.transit_income, sympy.Symbol)
    one = model.parameters["leverage"]
    assert (one.baseline, one.low, one.high, one.unit, one.source) == (
        5,
        2,
        9,
        "points",
        "essay ¶4",
    )
    assert all(type(value) is Fraction for value in (one.baseline, one.low, one.high))
    assert one.reason == "influence that Russia loses"


def test_the_model(model: Model) -> None:
    game = model.game()
    block = {"Armenia": "open", "Russia": "obstruct"}
    assert game.payoff("Russia", block) == Fraction(-21, 5)
    for value in ("0.2", Fraction(1, 5), Decimal("0.2"), 0.2, "1/5"):
        assert model.game(at={"russia_attention": value}).payoff(
            "Russia", block
        ) == Fraction(-24, 5)
    assert model.game(at={"russia_attention": 1}).payoff("Russia", block) == 0
    for value in (2, "-0.1"):
        with pytest.raises(ParameterError, match="outside its range"):
            model.game(at={"russia_attention": value})
    outcome = model.outcomes["corridor open"]
    assert outcome.holds({"Armenia": "open", "Russia": "acquiesce"}) is True
    assert outcome.holds(model.form.play(0)) is False
    assert model.claims["C7"].if_wrong == {"russia_attention": 1}
    assert (
        model.with_claims_wrong("C4")
        .game()
        .payoff("Russia", {"Armenia": "open", "Russia": "acquiesce"})
        == 0
    )
    run = {"Armenia": "open", "Russia": "acquiesce"}
    assert model.explain(run).totals == {"Armenia": 4, "Russia": -5}
    assert model.explain(run, instead_of=block).totals == {
        "Armenia": 4,
        "Russia": Fraction(-4, 5),
    }
    assert model.explain(model.form.play(1)).rows == model.explain(run).rows


def test_claims_that_cannot_be_wrong_together(p: Parameters) -> None:
    claims = (
        Claim("C1", "One.", if_wrong={"leverage": 0}),
        Claim("C2", "Two.", if_wrong={"leverage": 1}),
    )
    model = Model(
        "m", form=NormalForm({"A": ("x",)}), parameters=p, terms=(), claims=claims
    )
    with pytest.raises(ModelError, match="cannot be wrong together"):
        model.with_claims_wrong("C1", "C2")


def test_conditions_of_other_shapes() -> None:
    """A name with a space, one of several actions, and one information set."""
    again = Decision(
        "United States",
        {"join": End(), "wait": End(), "leave": End()},
        infoset="second round",
    )
    form = ExtensiveForm(
        Decision("United States", {"join": again, "leave": End()}, infoset="first round")
    )
    stays = where({"United States": ("join", "wait")}, at="second round")
    model = Model(
        "m",
        form=form,
        terms=(Term("United States", 1, when=stays),),
        outcomes=(Outcome("stays", when=stays),),
    )
    payoffs = {
        play.history: model.game().payoff("United States", play) for play in form.plays()
    }
    assert payoffs == {
        ("leave",): 0,
        ("join", "join"): 1,
        ("join", "wait"): 1,
        ("join", "leave"): 0,
    }
    # A move that is never reached is neither.
    never = form.find({"United States": {"first round": "leave"}})
    assert (~stays).holds(form.play(never))
    assert not where({"United States": "leave"}, at="second round").holds(form.play(never))


def test_games_as_numbers() -> None:
    A, B = np.array([[3, 0], [1, 2]]), np.array([[0.5, 1], [2, 0.25]])
    game = NormalFormGame.from_arrays(
        A,
        B,
        players=("Armenia", "Russia"),
        actions=(("open", "refuse"), ("obstruct", "acquiesce")),
    )
    assert game.players == ("Armenia", "Russia")
    assert game.actions["Armenia"] == ("open", "refuse")
    value = game.payoff("Russia", {"Armenia": "open", "Russia": "obstruct"})
    assert (value, type(value)) == (Fraction(1, 2), Fraction)
    assert all(
        (a == b).all() and a.dtype == np.float64
        for a, b in zip(game.to_arrays(), (A, B), strict=True)
    )
    assert game.to_arrays(exact=True)[1].tolist() == [
        [Fraction(1, 2), 1],
        [2, Fraction(1, 4)],
    ]
    assert NormalFormGame.from_arrays(A, B).players == ("1", "2")


@pytest.fixture
def press() -> Decision:
    answer = Decision(
        "Armenia",
        {"open": End({"Türkiye": 3, "Armenia": 2}), "refuse": End({"Türkiye": -1})},
    )
    state = Chance(
        "Russia's state", {"busy": ("2/3", answer), "free": ("1/3", End({"Türkiye": -2}))}
    )
    return Decision("Türkiye", {"press": state, "hold": End({})})


def test_trees(press: Decision) -> None:
    game = ExtensiveFormGame.from_tree(press)
    assert game.players == ("Türkiye", "Armenia")
    assert ExtensiveFormGame.from_tree(press, players=("Armenia", "Türkiye")).players == (
        "Armenia",
        "Türkiye",
    )
    busy = {"Türkiye": "press", "Russia's state": "busy", "Armenia": "open"}
    assert game.payoff(unicodedata.normalize("NFD", "Türkiye"), busy) == 3
    assert game.payoff("Armenia", {"Türkiye": "hold"}) == 0
    form = ExtensiveForm(press)
    assert [play.history for play in form.plays()] == [
        play.history for play in game.form.plays()
    ]

    def step(history: tuple[str, ...]) -> Decision | Chance | End:
        if not history:
            return Chance("coin", {"heads": "1/2", "tails": "1/2"})
        return Decision("A", ("l", "r")) if len(history) == 1 else End()

    unfolded = ExtensiveForm.from_rules(step, players=("A", "B"))
    assert (unfolded.players, unfolded.play_count) == (("A", "B"), 4)
    shared = Decision(
        "A",
        {x: Decision("B", {"y": End(), "z": End()}, infoset="told nothing") for x in "lr"},
    )
    with pytest.raises(RefusalError, match="told nothing"):
        solve(ExtensiveFormGame.from_tree(shared), PureSubgamePerfect())
    assert where({"Russia's state": "busy"}).holds(game.form.play(game.form.find(busy)))


def test_solving_a_table(model: Model) -> None:
    solution = solve(
        model.game(),
        PureNash(),
        solver=None,
        limits=Limits(seconds=None, count=None),
        seed=None,
    )
    assert isinstance(solution, Solution)
    assert solution.status is Status.COMPLETE
    assert {status.name for status in Status} == {
        "COMPLETE",
        "PARTIAL",
        "NONE_EXISTS",
        "STOPPED",
    }
    assert len(solution) == 1
    assert "obstruct" in str(solution)
    equilibrium = solution[0]
    assert isinstance(equilibrium, Equilibrium)
    assert equilibrium.profile["Armenia"]["open"] == 1
    assert isinstance(equilibrium.profile["Armenia"]["open"], Fraction)
    assert equilibrium.payoffs["Russia"] == Fraction(-21, 5)
    (play,) = equilibrium.plays
    assert isinstance(play, Play)
    assert play.steps == (("Armenia", None, "open"), ("Russia", None, "obstruct"))
    assert equilibrium.plays[play] == 1
    assert [vector.tolist() for vector in equilibrium.to_arrays()] == [[1, 0], [1, 0]]
    assert equilibrium.count is None
    assert list(equilibrium.profiles()) == [equilibrium.profile]
    held = PureNash().certify(model.game(), equilibrium.profile)
    assert isinstance(held, Certificate)
    assert (held.holds, held.regret, held.player, held.information_set, held.deviation) == (
        True,
        0,
        None,
        None,
        None,
    )
    broken = PureNash().certify(model.game(), {"Armenia": "refuse", "Russia": "obstruct"})
    assert (broken.holds, broken.regret, broken.player, broken.deviation) == (
        False,
        Fraction(21, 5),
        "Russia",
        "acquiesce",
    )
    # With no reward for opening Armenia may as well refuse; then doing nothing is Russia's
    # best.
    either = NormalFormGame.from_arrays([[0, 4], [0, 0]], [[-1, -1], [-1, 0]])
    assert [len(solve(either, PureNash(undominated=kind))) for kind in (False, True)] == [
        2,
        1,
    ]


def test_solving_a_tree(press: Decision) -> None:
    solution = solve(ExtensiveFormGame.from_tree(press), PureSubgamePerfect())
    assert (solution.status, len(solution)) == (Status.COMPLETE, 1)
    one = solution[0]
    assert isinstance(one.profile, PureProfile)
    assert one.profile["Türkiye"][()]["press"] == 1
    assert one.profile["Armenia"][("press", "busy")] == {"open": 1, "refuse": 0}
    assert one.payoffs == {"Türkiye": Fraction(4, 3), "Armenia": Fraction(4, 3)}
    assert one.count == 1
    assert dict(one.plays) == {
        Play((("Türkiye", (), "press"), (None, "Russia's state", "free"))): Fraction(1, 3),
        Play(
            (
                ("Türkiye", (), "press"),
                (None, "Russia's state", "busy"),
                ("Armenia", ("press", "busy"), "open"),
            )
        ): Fraction(2, 3),
    }
    assert [profile == one.profile for profile in one.profiles()] == [True]
    found = PureSubgamePerfect().certify(
        solution.game, {"Türkiye": {(): "press"}, "Armenia": {("press", "busy"): "refuse"}}
    )
    assert (found.holds, found.player, found.information_set, found.deviation) == (
        False,
        "Armenia",
        ("press", "busy"),
        "open",
    )
    assert found.regret == 2


def test_a_solver_of_ones_own(model: Model) -> None:
    class FirstCell:
        def refuses(self, game: Any, concept: Any) -> str | None:
            return None if isinstance(concept, PureNash) else "FirstCell is for PureNash"

        def propose(
            self, game: Any, concept: Any, limits: Limits, rng: np.random.Generator
        ) -> Iterator[Any]:
            limits.check()
            yield {player: actions[0] for player, actions in game.actions.items()}
            yield Candidate(
                {"Armenia": "open", "Russia": "acquiesce"},
                count=None,
                profiles=None,
                component=None,
            )
            raise Incomplete("only two cells were looked at")

        def exhaustive(self, game: Any, concept: Any) -> bool:
            return False

    assert isinstance(FirstCell(), Solver)
    at = {"leverage": 3}
    solution = solve(model.game(at=at), PureNash(), solver=FirstCell())
    assert (solution.status, len(solution), solution.rejected) == (Status.PARTIAL, 1, 1)
    assert solution.reason == "only two cells were looked at"
    # A partial set proves no verdict but SOME, and no bounds.
    assert (
        verdict(model, PureNash(), "corridor open", at=at, solver=FirstCell())
        is Verdict.UNKNOWN
    )
    with pytest.raises(RefusalError, match="partial"):
        outcome_probability(model, PureNash(), "corridor open", at=at, solver=FirstCell())
    assert (
        verdict(model, PureNash(), "corridor open", at=at, limits=Limits(count=0))
        is Verdict.UNKNOWN
    )


def test_verdicts_and_thresholds(model: Model) -> None:
    concept = PureNash()
    assert [one.name for one in Verdict] == [
        "EVERY",
        "SOME",
        "NO",
        "NONE_EXISTS",
        "UNKNOWN",
    ]
    at = {"russia_attention": "0.1"}
    assert (
        verdict(model, concept, "corridor open", at=at, solver=None, limits=Limits())
        is Verdict.EVERY
    )
    assert outcome_probability(model, concept, "corridor open", at=at) == (1, 1)
    assert outcome_probability(
        model, concept, "corridor open", at={"russia_attention": "1/6"}
    ) == (0, 1)
    assert outcome_probability(
        model, concept, "corridor open", at={"russia_attention": "0.9"}
    ) == (0, 0)
    # Obstructing costs 6 (1 - x), the corridor costs Russia 5: from x = 1/6 on it may
    # obstruct.
    t = thresholds(model, concept, "corridor open", "russia_attention", at={})
    assert t.points == (Fraction(1, 6),)
    assert t.pieces == (Verdict.EVERY, Verdict.NO)
    assert (t.at_points, t.at_ends) == ((Verdict.SOME,), (Verdict.EVERY, Verdict.NO))
    ((binding,),) = t.binding
    assert tuple(binding) == ("Russia", None, "acquiesce", "obstruct")
    assert (binding.player, binding.where, binding.from_, binding.to) == tuple(binding)
    assert "1/6" in str(t)
    moved = thresholds(
        model, concept, "corridor open", "russia_attention", at={"leverage": 3}
    )
    assert moved.points == (Fraction(1, 2),)


def test_maps(model: Model) -> None:
    r = regions(model, PureNash(), "corridor open", "russia_attention", "leverage", at={})
    assert {cell.verdict for cell in r.cells} == {Verdict.EVERY, Verdict.NO}
    assert sum(r.shares().values()) == 1
    for cell in r.cells:
        assert len(cell.vertices) >= 3
        assert all(
            isinstance(value, Fraction) for corner in cell.vertices for value in corner
        )
        assert all(one.certificate.holds for one in cell.equilibria)
    assert r.verdict_at("1/6", 5) is Verdict.SOME
    assert r.verdict_at("0.2", 5) is Verdict.NO
    assert {edge.verdict for edge in r.edges} == {Verdict.EVERY, Verdict.SOME, Verdict.NO}
    assert {corner.verdict for corner in r.corners} == {
        Verdict.EVERY,
        Verdict.SOME,
        Verdict.NO,
    }


def test_points_may_be_irrational(p: Parameters) -> None:
    terms = (Term("A", p.leverage**2 - 6, when=where(A="x")),)
    model = Model(
        "m",
        form=NormalForm({"A": ("x", "y")}),
        parameters=p,
        terms=terms,
        outcomes=(Outcome("x", when=where(A="x")),),
    )
    (point,) = thresholds(model, PureNash(), "x", "leverage").points
    assert isinstance(point, AlgebraicNumber)
    assert point.minimal_polynomial == (1, 0, -6)
    assert point.interval[0] < point < point.interval[1]
    assert float(point) == 6**0.5
    assert verdict(model, PureNash(), "x", at={"leverage": point}) is Verdict.SOME
    assert outcome_probability(model, PureNash(), "x", at={"leverage": point}) == (0, 1)
    with pytest.raises(NumberError, match="leverage"):
        model.game(at={"leverage": point})
    curved = regions(model, PureNash(), "x", "leverage", "transit_income")
    assert not curved.exact
    assert 0 < curved.error < Fraction(1, 10)
    assert curved.verdict_at(3, 1) is Verdict.EVERY


def test_the_corridor_models() -> None:
    from games.corridor import activation, sequence

    assert isinstance(activation.model, Model)
    assert isinstance(sequence.model, Model)
    points = {point.name: point for point in entry_points(group="strategy.models")}
    assert points["corridor.activation"].load() is activation.model
    assert points["corridor.sequence"].load() is sequence.model
    t = thresholds(
        sequence.model, PureSubgamePerfect(), "corridor open", "russia_attention", at={}
    )
    r = regions(
        sequence.model,
        PureSubgamePerfect(),
        "corridor open",
        "russia_attention",
        "normalisation",
        at={},
    )
    assert r.verdict_at(
        t.baseline, sequence.model.parameters["normalisation"].baseline
    ) is t.verdict_at(t.baseline)


def test_floats_in_amounts(p: Parameters) -> None:
    assert Term("A", 0.1 * p.leverage).amount == p.leverage / 10
    with pytest.raises(NumberError, match=r"Rational\(1, 3\)"):
        Term("A", p.leverage * (1 / 3))


def test_games_and_results_can_be_pickled(model: Model, press: Decision) -> None:
    for game, concept in (
        (model.game(), PureNash()),
        (ExtensiveFormGame.from_tree(press), PureSubgamePerfect()),
    ):
        solution = pickle.loads(pickle.dumps(solve(game, concept)))
        assert solution.status is Status.COMPLETE
        assert solve(solution.game, concept).status is Status.COMPLETE
    assert issubclass(StrategyError, ValueError)
