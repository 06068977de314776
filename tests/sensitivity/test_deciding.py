"""What a player gains by being bound, by knowing, and what is regretted: closed forms, and
other ways to the same numbers."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from games.corridor import activation, sequence
from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    ParameterError,
    Parameters,
    RefusalError,
    Term,
    solve,
    where,
)
from strategy.concepts import Commitment, PureNash, PureSubgamePerfect
from strategy.exact import exact
from strategy.sensitivity import Verdict, commitment, information, regret
from strategy.sensitivity.samples.shares import draw
from strategy.solvers import best_commitment
from tests.conftest import SCALE
from tests.sensitivity.test_mixed_thresholds import random_model


def table(A: list[list[object]], B: list[list[object]], p: Parameters) -> Model:
    """Row and column with payoffs given as expressions; the outcome is the upper left
    corner."""
    rows, columns = (
        tuple(f"{k}" for k in letters[: len(size)])
        for letters, size in ((("up", "down"), A), (("left", "right"), A[0]))
    )
    terms = [
        Term(who, amount, when=where(Row=rows[i], Column=columns[j]), name=f"{who} {i} {j}")
        for who, given in (("Row", A), ("Column", B))
        for i, line in enumerate(given)
        for j, amount in enumerate(line)
        if amount != 0
    ]
    outcome = Outcome("corner", when=where(Row=rows[0], Column=columns[0]))
    return Model(
        "table",
        form=NormalForm({"Row": rows, "Column": columns}),
        parameters=p,
        terms=terms,
        outcomes=(outcome,),
    )


def test_a_leader_by_hand() -> None:
    """Up is dominant and pays 2; bound to down, Row is answered by right and gets 3. Column
    gains nothing."""
    found = commitment(
        table([[2, 4], [1, 3]], [[1, 0], [0, 1]], Parameters()), PureNash(), "corner"
    )
    row, column = found.players
    assert (row.free, row.gain(0), row.gain(1)) == ((2, 2), 1, 1)
    assert row.best(0) == row.best(1)
    assert row.bound[1].chance == (0, 0)
    assert (column.gain(0), column.gain(1)) == (0, 0)
    assert found.sentences[0].startswith(
        "Row gains 1 at worst, and gains 1 at best, by being bound to down ("
    )


@pytest.mark.parametrize("seed", range(round(40 * SCALE)))
def test_pure_leaders_of_two(seed: int) -> None:
    """The largest value over actions is the strong, and the weak, Stackelberg value of a
    pure leader."""
    model = random_model(random.Random(seed))
    game = model.game()
    for one in commitment(model, PureNash(), "corner").players:
        for way, worst in ((0, True), (1, False)):
            best = one.best(way)
            assert best is not None
            assert best.payoff is not None
            value = best_commitment(
                game, Commitment(one.player, mixed=False, pessimistic=worst)
            ).value
            assert best.payoff[way] == value


def test_knowing_helps_who_decides_alone() -> None:
    """Going pays x - 1, with x 0 or 2: nothing on average, one half if it is known
    before."""
    p = Parameters(x=Parameter(1, low=0, high=2))
    terms = [Term("A", p.x - 1, when=where(A="go"), name="go")]
    model = Model(
        "alone",
        form=NormalForm({"A": ("go", "stay")}),
        parameters=p,
        terms=terms,
        outcomes=(Outcome("goes", where(A="go")),),
    )
    nobody, everybody, a = information(model, PureNash(), "goes").rows
    assert nobody.payoffs is not None
    assert everybody.payoffs is not None
    assert nobody.payoffs["A"] == (0, 0)
    assert everybody.payoffs["A"] == (Fraction(1, 2), Fraction(1, 2))
    assert (a.payoffs, a.chance, a.verdict) == (
        everybody.payoffs,
        (Fraction(1, 2),) * 2,
        Verdict.SOME,
    )


def test_knowing_can_hurt_both() -> None:
    """A dilemma that bites only if x is 2: on average working is dominant and pays 3;
    known, (3 + 9/5) / 2."""
    p = Parameters(x=Parameter(1, low=0, high=2))
    shirk = [1 + 3 * p.x / 2, 9 * p.x / 10]
    model = table([[3, 1], shirk], [[3, shirk[0]], [1, shirk[1]]], p)
    found = information(model, PureNash(), "corner")
    nobody, everybody = found.rows[:2]
    assert nobody.payoffs is not None
    assert everybody.payoffs is not None
    assert nobody.payoffs["Row"] == (3, 3)
    assert everybody.payoffs["Row"] == everybody.payoffs["Column"] == (Fraction(12, 5),) * 2
    assert "Known to all: Row loses: 2.4 instead of 3." in found.sentences


def test_in_a_tree_all_may_know() -> None:
    """The expected payoffs of play that knows are those of the two games, weighted."""
    found = information(
        sequence.model, PureSubgamePerfect(), "corridor open", parameter="russia_attention"
    )
    assert [one.who for one in found.rows] == ["nobody", "all"]
    known = found.rows[1].payoffs
    assert known is not None
    for who in sequence.model.players:
        spans = [
            [
                one.payoffs[who]
                for one in solve(
                    sequence.model.game(at={"russia_attention": value}),
                    PureSubgamePerfect(),
                )
            ]
            for value, _ in found.values
        ]
        weights = [weight for _, weight in found.values]
        assert known[who] == tuple(
            sum(w * end(span) for w, span in zip(weights, spans, strict=True))
            for end in (min, max)
        )


def test_regret_is_what_another_action_would_have_paid() -> None:
    """Alone, regret is the difference to the better action at each sample."""
    p = Parameters(x=Parameter(1, low=0, high=2))
    terms = [
        Term("A", p.x, when=where(A="go"), name="go"),
        Term("A", "1/2", when=where(A="stay"), name="stay"),
    ]
    model = Model(
        "alone",
        form=NormalForm({"A": ("go", "stay")}),
        parameters=p,
        terms=terms,
        outcomes=(Outcome("goes", where(A="go")),),
    )
    found = regret(model, PureNash(), "goes", samples=40, seed=3)
    values = [Fraction(1), *[exact(float(x)) for (x,) in draw(model, 40, 3)]]
    go, stay = found.players[0].actions
    half = Fraction(1, 2)
    assert go.regret == (max(0, max(half - x for x in values)),) * 2
    assert stay.regret == (max(x - half for x in values),) * 2
    assert go.least == (min(values),) * 2
    assert found.players[0].robust(0) == ("go",)
    assert found.players[0].safest(0) == ("stay",)


def test_what_is_refused() -> None:
    with pytest.raises(RefusalError, match="this is a tree"):
        commitment(sequence.model, PureSubgamePerfect(), "corridor open")
    with pytest.raises(ParameterError, match="give low and high values around it"):
        information(
            activation.model,
            PureNash(),
            "corridor open",
            parameter="russia_attention",
            low="0.5",
        )
    with pytest.raises(ParameterError, match="unknown parameter 'attention'"):
        information(activation.model, PureNash(), "corridor open", parameter="attention")
