"""The next question: models whose best split is known in closed form, halves that were not
used to choose, and refusals."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

import attrs
import numpy as np
import pytest
import sympy

from games.corridor.activation import model as activation
from games.corridor.sequence import model as sequence
from strategy import (
    Decision,
    End,
    ExtensiveForm,
    Model,
    ModelError,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.assumptions import Comparison
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.errors import StrategyError
from strategy.sensitivity import Verdict, question, verdict
from strategy.sensitivity.analyses.question_splits import entropy, told, told_error, values
from strategy.sensitivity.analyses.statements import moving_slice
from strategy.sensitivity.samples.shares import draw

p = Parameters(
    x=Parameter("0.5", low=0, high=1, unit="points"),
    y=Parameter("0.5", low=0, high=1, unit="points"),
    z=Parameter("0.5", low=0, high=1, unit="share"),
    w=Parameter("0.5", low=0, high=1, unit="points"),
)


def one_player(amount: object, other: object = 0) -> Model:
    """Ann goes where the amount is greater than the other; what Bob gets changes
    nothing."""
    return Model(
        "one",
        form=NormalForm({"Ann": ("go", "stay"), "Bob": ("watch",)}),
        parameters=p,
        terms=(
            Term("Ann", amount, when=where(Ann="go")),
            Term("Ann", other, when=where(Ann="stay")),
            Term("Bob", p.w, when=where(Ann="go")),
            Term("Ann", p.z),
        ),
        outcomes=(Outcome("gone", when=where(Ann="go")),),
    )


def bits(share: float) -> float:
    return -share * math.log2(share) - (1 - share) * math.log2(1 - share)


def test_the_comparison_of_two_parameters_decides() -> None:
    found = question(one_player(p.x, p.y), PureNash(), "gone")
    best = found.questions[0]
    assert (best.words, best.kind, best.decides) == (
        "Is x greater than y?",
        "parameters",
        True,
    )
    assert best.bits == pytest.approx(found.bits) == pytest.approx(1, abs=0.01)
    assert best.yes.verdicts[Verdict.EVERY].value == 1
    assert best.no.verdicts[Verdict.NO].value == 1
    # Next to it whether x is greater than a half: then it is greater than y at three
    # quarters, 1 - H(1/4) bits.
    second = found.questions[1]
    assert second.kind == "value"
    assert second.bits == pytest.approx(1 - bits(0.25), abs=4 * second.error + 0.005)
    assert second.yes.share.value == pytest.approx(0.5, abs=0.15)
    assert {one.words.split()[1] for one in found.questions} == {"x", "y"}


def test_the_value_that_splits_the_box_is_found() -> None:
    found = question(one_player(p.x, "0.37"), PureNash(), "gone")
    best = found.questions[0]
    assert best.decides
    assert best.bits == pytest.approx(bits(0.37), abs=0.02)
    assert (best.words, best.kind, best.inequality) == (
        "Is x greater than 0.37 points?",
        "value",
        "x > 0.37",
    )
    low, high = best.yes.share.low, best.yes.share.high
    assert low < 0.63 < high
    assert len(found.questions) == 1  # nothing else tells anything


def test_a_number_is_found_where_no_gain_names_it() -> None:
    # The gain is a product whose sign is that of x - 0.62, whatever y is.
    model = one_player((p.x - sympy.Rational(62, 100)) * (1 + p.y))
    found = question(model, PureNash(), "gone", most=1)
    assert found.questions[0].bits == pytest.approx(bits(0.62), abs=0.02)
    where_ = moving_slice(model, None)
    points = draw(model, 4000, 0)
    codes = np.where(points[:, 0] > 0.62, 0, 2).astype(np.int8)
    assert "Is x greater than 0.62 points?" in [
        one.words for one in values(where_, points, codes)
    ]


def test_two_payoffs_are_compared_where_no_two_parameters_are() -> None:
    found = question(one_player(p.x + 2 * p.y, 1), PureNash(), "gone")
    best = found.questions[0]
    assert best.kind == "payoffs"
    assert best.words == "Does Ann prefer to go rather than to stay where (Bob: watch)?"
    assert best.inequality == "2 y + x > 1"
    assert best.decides
    # P(x + 2y > 1) = 1 - the integral of (1 - x)/2
    assert best.yes.share.low < 0.75 < best.yes.share.high


def test_parameters_of_other_units_and_players_are_not_compared() -> None:
    found = question(one_player(p.x * p.w, p.y), PureNash(), "gone", most=50)
    compared = {one.words for one in found.questions if one.kind == "parameters"}
    assert compared <= {
        "Is x greater than y?",
        "Is x greater than w?",
        "Is y greater than w?",
    }
    apart = question(one_player(p.x, p.y), PureNash(), "gone", most=50)
    assert {one.words for one in apart.questions if one.kind == "parameters"} == {
        "Is x greater than y?"
    }


def test_products_are_asked_about_too() -> None:
    found = question(one_player(p.x * p.y, "0.25"), PureNash(), "gone")
    best = found.questions[0]
    assert best.decides
    assert best.inequality == ""
    share = 1 - (0.25 + 0.25 * math.log(4))  # P(xy > 1/4)
    assert best.yes.share.low < share < best.yes.share.high


def test_statements_narrow_the_box() -> None:
    model = one_player(p.x, p.y)
    found = question(model, PureNash(), "gone", stated=["x > 1/2"])
    assert found.within.low < 0.5 < found.within.high
    assert found.verdicts[Verdict.EVERY].low < 0.75 < found.verdicts[Verdict.EVERY].high
    assert found.questions[0].words == "Is x greater than y?"
    settled = question(model, PureNash(), "gone", stated=[Comparison("x", ">", "y")])
    assert settled.questions == ()
    assert settled.bits == 0
    assert settled.proved
    assert (
        "The verdict is “in every pure Nash equilibrium” everywhere where they hold: "
        "proved, so no question would tell more "
        "about it." in settled.sentences
    )
    assert settled.tables == ()
    preferred = question(model, PureNash(), "gone", stated=["Ann: go > stay"])
    assert preferred.verdicts == settled.verdicts


def test_what_no_sample_shows_is_found_or_proved_not_to_be() -> None:
    # Where they do not hold strictly there is a tie, at which she may stay.
    tied = question(one_player(p.x, p.y), PureNash(), "gone", stated=["x >= y"])
    assert not tied.proved
    assert tied.elsewhere is not None
    assert model_verdict(one_player(p.x, p.y), tied.elsewhere) is Verdict.SOME
    assert any(
        "but not everywhere where they hold: it is another at" in one
        for one in tied.sentences
    )
    # A corner of two millionths of the box.
    corner = one_player(p.x + p.y, sympy.Rational(1, 500))
    found = question(corner, PureNash(), "gone")
    assert found.elsewhere is not None
    assert model_verdict(corner, found.elsewhere) is not Verdict.EVERY
    assert not found.proved
    assert found.data()["elsewhere"]
    # of which distances are not told
    mixed = question(one_player(p.x, -1), Nash(), "gone", samples=80)
    assert (mixed.proved, mixed.elsewhere) == (False, None)
    assert any("by a 95 % interval" in one for one in mixed.sentences)


def model_verdict(model: Model, values: Mapping[str, object]) -> Verdict:
    return verdict(model, PureNash(), "gone", at=values)


def test_rare_statements_are_drawn_for_and_impossible_ones_refused() -> None:
    model = one_player(p.x, p.y)
    rare = question(model, PureNash(), "gone", stated=["x + y > 1.9"], samples=400)
    assert rare.drawn > 400
    assert rare.within.low < 0.005 < rare.within.high
    with pytest.raises(RefusalError, match=r"hold at 0 of .* ask 'consistent'"):
        question(model, PureNash(), "gone", stated=["x > y", "y > x"], samples=400)
    with pytest.raises(RefusalError, match="too few"):
        question(model, PureNash(), "gone", stated=["x = 1/2"], samples=400)
    assert question(model, PureNash(), "gone", at={"x": "0.5"}).questions[0].decides


def test_trees_are_asked_about_plays_that_part_where_the_player_moves() -> None:
    tree = Decision(
        "Ann", {"in": Decision("Bob", {"fight": End(), "share": End()}), "out": End()}
    )
    model = Model(
        "entry",
        form=ExtensiveForm(tree),
        parameters=p,
        terms=(
            Term("Ann", p.x, when=where(Bob="share")),
            Term("Ann", p.y, when=where(Ann="out")),
            Term("Bob", 1, when=where(Bob="share")),
        ),
        outcomes=(Outcome("in", when=where(Ann="in")),),
    )
    found = question(model, PureSubgamePerfect(), "in")
    assert found.questions[0].words == "Is x greater than y?"
    terms = (
        *model.terms[:1],
        Term("Ann", p.y - p.z, when=where(Ann="out")),
        *model.terms[2:],
    )
    moved = question(attrs.evolve(model, terms=terms), PureSubgamePerfect(), "in")
    best = moved.questions[0]
    assert best.kind == "payoffs"
    assert best.words == "Does Ann prefer (Ann: out) to (Ann: in, Bob: share) at the start?"
    assert best.decides


def test_pairs_of_plays_that_are_left_out_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    before = question(sequence, PureSubgamePerfect(), "corridor open", samples=400)
    assert before.cut == ()
    monkeypatch.setattr("strategy.sensitivity.analyses.question_splits._MOST_PAIRS", 3)
    found = question(sequence, PureSubgamePerfect(), "corridor open", samples=400)
    assert found.cut == tuple(sequence.players)
    assert (
        f"Not all pairs of plays of {', '.join(sequence.players[:-1])} "
        f"and {sequence.players[-1]}"
    ) in str(found)
    assert found.asked < before.asked


def test_answers_by_hand() -> None:
    codes = np.array([0, 0, 2, 2, 2, 2], dtype=np.int8)
    said = np.array([True, True, True, False, False, False])
    assert entropy(np.array([2, 0, 4, 0, 0])) == pytest.approx(bits(1 / 3))
    assert told(codes, said) == pytest.approx(bits(1 / 3) - 0.5 * bits(2 / 3))
    assert told(codes, codes == 0) == pytest.approx(bits(1 / 3))
    assert told(codes, np.ones(6, dtype=bool)) == 0
    assert told_error(codes, np.ones(6, dtype=bool)) == 0


def test_standard_errors_are_of_the_size_of_what_repetition_shows() -> None:
    model = one_player(p.x, p.y)
    found = [
        question(model, PureNash(), "gone", samples=2000, seed=seed) for seed in range(20)
    ]
    seconds = [
        next(q for q in one.questions if q.words.startswith("Is x greater than 0"))
        for one in found
    ]
    spread = float(np.std([one.bits for one in seconds]))
    typical = float(np.mean([one.error for one in seconds]))
    assert 0.5 * typical < spread < 2 * typical


@pytest.mark.parametrize("model", [activation, sequence], ids=lambda one: one.name)
def test_the_corridor(model: Model) -> None:
    concept = PureSubgamePerfect() if model is sequence else PureNash()
    found = question(model, concept, "corridor open", samples=4000)
    again = question(model, concept, "corridor open", samples=4000)
    assert found.data() == again.data()
    json.dumps(found.data())
    assert str(found) == str(again)
    assert found.questions
    best = found.questions[0]
    assert all(best.bits >= one.bits for one in found.questions)
    for one in found.questions:
        assert 2 * one.error < one.bits <= found.bits + 1e-9
        assert one.yes.share.value + one.no.share.value == pytest.approx(1)


def test_each_sample_is_solved_where_floats_do_not_settle_verdicts() -> None:
    found = question(one_player(p.x, p.y), Nash(), "gone", samples=60)
    assert found.samples == 30
    assert found.questions[0].decides


def test_what_is_wrong_is_said() -> None:
    model = one_player(p.x, p.y)
    with pytest.raises(StrategyError, match="most=0"):
        question(model, PureNash(), "gone", most=0)
    with pytest.raises(ModelError, match="give a sequence"):
        question(model, PureNash(), "gone", stated="x > y")
    with pytest.raises(ModelError, match="unknown outcome"):
        question(model, PureNash(), "went")
