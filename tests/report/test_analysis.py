"""What an analysis finds, sentence by sentence, on models whose answers are known."""

from __future__ import annotations

from fractions import Fraction

import pytest

from strategy import Limits, Model, ModelError, ParameterError, solve
from strategy.concepts import PureNash
from strategy.report import ModelAnalysis, analyse
from strategy.report.sections import ALL, Refused
from strategy.sensitivity import Verdict, thresholds, verdict
from strategy.sensitivity.analyses.thresholds_rows import Along
from strategy.sensitivity.analyses.thresholds_words import runs, when
from tests.report.conftest import CORE, analysed as whole


def analysed(model: Model, **asked: object) -> ModelAnalysis:
    (one,) = analyse(model, sections=CORE, **asked).models  # type: ignore[arg-type]
    return one


VERDICTS = [
    (
        "transit",
        {},
        (
            "Yes: at the values assumed, “corridor open” comes about in every pure Nash "
            "equilibrium; the same holds without weakly"
        ),
    ),
    (
        "transit",
        {"attention": 1},
        "“corridor open” comes about in no pure Nash equilibrium",
    ),
    (
        "in_turn",
        {},
        (
            "“it works” comes about with probability 0.5 in every pure subgame-perfect "
            "equilibrium."
        ),
    ),
    ("pennies", {}, "No answer: at the values assumed, no pure Nash equilibrium exists"),
    ("bent", {}, "“acts” comes about in no pure Nash equilibrium"),
    (
        "plain",
        {},
        (
            "Not for sure: “a is played” comes about in some, not in every pure Nash "
            "equilibrium"
        ),
    ),
]


@pytest.mark.parametrize(("name", "at", "sentence"), VERDICTS)
def test_short_answer_begins_with_the_verdict(
    models: dict[str, Model], name: str, at: dict[str, int], sentence: str
) -> None:
    assert sentence in analysed(models[name], at=at).answer[0]


def test_unsettled_by_a_limit(models: dict[str, Model]) -> None:
    one = analysed(models["plain"], limits=Limits(count=1))
    assert "it is not settled whether “a is played” comes about" in one.answer[0]
    assert (
        "1 such equilibrium was found, and there may be others: stopped at the limit"
        in one.answer[1]
    )
    assert (
        "PARTIAL" in one["verdicts"][0].probability
        or "stopped" in one["verdicts"][0].probability
    )


HANGS_ON = [
    (
        "transit",
        (
            "leverage at 5.4 (assumed 5, 6% of its range away); attention at 1/6 (assumed "
            "0.1, 7% of its range away)"
        ),
    ),
    ("in_turn", "No single assumption, moved alone over its range, changes the verdict."),
    ("pennies", "No single assumption, moved alone over its range, changes the verdict."),
    ("bent", "x at about 1.414 (assumed 1, 21% of its range away)"),
    ("plain", "The model has no parameters that could be moved."),
    ("nasty", "π_rate at 1, the very value assumed"),
]


@pytest.mark.parametrize(("name", "words"), HANGS_ON)
def test_short_answer_says_what_it_hangs_on(
    models: dict[str, Model], name: str, words: str
) -> None:
    assert any(words in sentence for sentence in analysed(models[name]).answer)


def test_thresholds_in_words(models: dict[str, Model]) -> None:
    plain, undominated = analysed(models["transit"])["thresholds"]
    leverage, attention = plain.moving
    assert attention.sentence == (
        "While attention is below 1/6, “corridor open” comes about in every pure Nash "
        "equilibrium; "
        "at 1/6 exactly, in some, not in every pure Nash equilibrium; above 1/6, in no "
        "pure Nash equilibrium."
    )
    assert attention.turning == (
        "At 1/6, as attention rises, Russia, the others playing Armenia open, "
        "switches from acquiesce to obstruct: "
        "it gains 5 by C4 (leverage lost), loses 5 by C7 (cost of obstructing).",
    )
    assert (leverage.nearest, attention.nearest) == (Fraction(27, 5), Fraction(1, 6))
    assert [one.parameter for one in plain.still] == ["income"]
    assert undominated.moving[1].sentence.startswith("While attention is up to 1/6")


def test_irrational_threshold_is_said_to_be_rounded(models: dict[str, Model]) -> None:
    found = analysed(models["bent"])["thresholds"][0].moving[0]
    assert found.sentence.startswith(
        "While x is below about 1.414, “acts” comes about in no pure Nash "
        "equilibrium; at about 1.414,"
    )
    assert found.turning == (
        (
            "At about 1.414, as x rises, A switches from rest to act: it gets about the "
            "same from both."
        ),
    )


def test_stretches_say_what_the_verdict_says_at_every_value(model: Model) -> None:
    """The words come from stretches; the stretches must agree with solving the game, at
    their ends and inside."""
    for label, one in model.parameters.items():
        result = (
            thresholds(model, PureNash(), model.headline, label)
            if hasattr(model.form, "shape")
            else None
        )
        if result is None or model.headline is None:
            continue
        found = runs(result)
        assert (found[0].low, found[-1].high) == (one.low, one.high)
        for i in range(25):
            value = one.low + (one.high - one.low) * Fraction(i, 24)
            holding = [run.verdict for run in found if run.contains(value)]
            assert holding == [
                verdict(model, PureNash(), model.headline, at={label: value})
            ]


def test_words_for_stretches(models: dict[str, Model]) -> None:
    result = thresholds(models["transit"], PureNash(), "corridor open", "attention")
    assert [when(run, result.low, result.high) for run in runs(result)] == [
        "below 1/6",
        "at 1/6 exactly",
        "above 1/6",
    ]
    top = thresholds(models["bent"], PureNash(), "acts", "y")
    assert [when(run, top.low, top.high) for run in runs(top)] == [
        "below 2",
        "at the top of its range, 2",
    ]


def test_families_of_bystanders_are_one_group(models: dict[str, Model]) -> None:
    found = analysed(models["plain"])["equilibria"][0]
    assert len(found.solution) == 6
    assert [
        (dict(group.choices), group.whole, group.profiles) for group in found.groups
    ] == [
        ({"A": ("a",), "B": ("c", "d", "e")}, True, "3"),
        ({"A": ("b",), "B": ("c", "d", "e")}, True, "3"),
    ]


def test_payoffs_are_the_sums_of_their_parts(model: Model) -> None:
    for split in analysed(model)["gains"].splits:
        for player in model.players:
            assert (
                sum(part.value for part in split.parts if part.player == player)
                == split.group.payoffs[player]
            )


def test_gains_at_a_threshold_are_what_the_deviation_pays(models: dict[str, Model]) -> None:
    for found in analysed(models["transit"])["thresholds"]:
        for one in found.moving:
            for turn in (turn for _, turns in one.turns for turn in turns):
                game = models["transit"].game(at={one.parameter: turn.value})
                (before,), (after,) = turn.binding.before, turn.binding.after
                player = turn.binding.player
                assert sum(part.value for part in turn.parts) == game.payoff(
                    player, after
                ) - game.payoff(player, before)


def test_map_and_its_words(models: dict[str, Model]) -> None:
    found = analysed(models["transit"])["region_map"].maps[0]
    assert found.at_values is Verdict.EVERY
    assert (
        "in no pure Nash equilibrium on 81% and in every pure Nash equilibrium on 19% "
        "of the map's area"
    ) in found.sentence


def test_refusals_keep_their_reason(models: dict[str, Model]) -> None:
    assert "no two parameters" in analysed(models["plain"])["region_map"].reason
    one = whole(models["bent"]).models[0]["conditions"]
    assert isinstance(one, Refused)
    assert "hold" in one.reason


def test_a_parameter_that_cannot_be_examined_is_named(
    models: dict[str, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    from strategy.errors import RefusalError
    from strategy.sensitivity.analyses import thresholds as section

    def refuse(
        model: Model, concept: object, outcome: object, parameter: str, at: object
    ) -> object:
        if parameter == "income":
            raise RefusalError("not this one")
        return thresholds(model, concept, outcome, parameter, at=at)  # type: ignore[arg-type]

    monkeypatch.setattr(section, "thresholds", refuse)
    one = analysed(models["transit"])
    refused = one["thresholds"][0].refused
    assert [(found.parameter, found.refused) for found in refused] == [
        ("income", "not this one")
    ]
    assert any("Not examined: income" in sentence for sentence in one.answer)
    still = [
        label
        for label in models["transit"].parameters
        if label not in ("leverage", "attention")
    ]
    assert still == ["income"], "what does move the verdict is named all the same"


def test_values_are_kept_and_may_be_the_varied_ones(models: dict[str, Model]) -> None:
    one = analysed(models["transit"], at={"attention": "0.9", "leverage": 3})
    found = {each.parameter: each for each in one["thresholds"][0].moving}
    assert isinstance(found.get("attention"), Along)
    assert found["attention"].value == Fraction(9, 10)
    assert found["attention"].nearest == Fraction(1, 2), (
        "at leverage 3, obstructing pays from attention 1/2 on"
    )
    assert one.question.at == {"attention": Fraction(9, 10), "leverage": 3}


def test_another_outcome(models: dict[str, Model]) -> None:
    one = analysed(models["transit"], outcome="Armenia opens")
    assert one["verdicts"][0].outcome.name == "Armenia opens"
    assert one.answer[0].startswith(
        "Yes: at the values assumed, “Armenia opens” comes about in every pure Nash "
        "equilibrium"
    )


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"at": {"attenton": 1}}, ParameterError),
        ({"at": {"attention": 2}}, ParameterError),
        ({"outcome": "no such"}, ModelError),
        ({"map": ("attention", "none")}, ParameterError),
    ],
)
def test_bad_input_is_refused_at_once(
    models: dict[str, Model], asked: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"attention|corridor open"):
        analysed(models["transit"], **asked)


def test_progress_is_told(models: dict[str, Model]) -> None:
    steps: list[tuple[int, int, str]] = []
    analyse([models["plain"], models["pennies"]], progress=lambda *step: steps.append(step))
    total = 2 * len(ALL)
    assert [done for done, _, _ in steps] == [*range(total), total]
    assert {one for _, one, _ in steps} == {total}


def test_solutions_are_those_of_solve(model: Model) -> None:
    one = analysed(model)
    for found in one["equilibria"]:
        again = solve(model.game(), found.concept)
        assert [str(each.plays) for each in found.solution] == [
            str(each.plays) for each in again
        ]
