"""The time of a whole check: claims done by then are kept, the others are named, and
required ones among them do not pass."""

from __future__ import annotations

import json
import time
from typing import Any

import attrs
import pytest

from games.corridor import sequence
from strategy import Model, deadline
from strategy.checking import check, running
from strategy.checking.results import Result, Ruling
from strategy.cli import run
from strategy.deadline import OutOfTime


def model_with(*required: str) -> Model:
    claims = [
        attrs.evolve(one, required=label in required)
        for label, one in sequence.model.claims.items()
    ]
    return attrs.evolve(sequence.model, claims=tuple(claims))


REQUIRED = int(any(one.required for one in sequence.model.claims.values()))


def stop_before(label: str, monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    """The time is over within the first check of a claim."""
    original = running._ruled

    def ruled(check: Any, *given: Any) -> Any:
        if check in model.claims[label].checks:
            raise OutOfTime
        return original(check, *given)

    monkeypatch.setattr(running, "_ruled", ruled)


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("place", [0, 1, -1])
def test_claims_done_in_time_are_kept_and_the_others_named(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = model_with()
    asked = [label for label, one in plain.claims.items() if one.checks][:3]
    stop_before(asked[place], monkeypatch, plain)
    whole = check(plain, claims=asked[: asked.index(asked[place])], examples=5)
    found = check(plain, claims=asked, examples=5, seconds=1_000)
    assert [one.tally for one in found.claims] == [one.tally for one in whole.claims]
    assert found.left == tuple(asked[asked.index(asked[place]) :])
    assert (found.late, found.fails, found.data()["late"]) == (True, False, True)
    assert "Not checked before the time limit was reached: " in str(found)
    assert "Interrupted" not in str(found)


@pytest.mark.parametrize("stop", [OutOfTime, KeyboardInterrupt])
def test_readings_done_in_time_are_kept_of_a_claim_that_is_cut(
    stop: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    label, claim = next(
        (label, one) for label, one in sequence.model.claims.items() if len(one.checks) > 2
    )
    model, original = model_with(label), running._ruled
    whole = check(model, claims=[label], examples=5)[label]

    def ruled(one: Any, *given: Any) -> Any:
        if one == claim.checks[2]:
            raise stop
        return original(one, *given)

    monkeypatch.setattr(running, "_ruled", ruled)
    found = check(model, claims=[label], examples=5, seconds=1_000)
    (cut,), many = found.claims, len(claim.checks)
    assert [one.sentence for one in cut.rulings] == [
        one.sentence for one in whole.rulings[:2]
    ]
    assert (cut.unseen, found.left, found.fails) == (many - 2, (), True)
    assert cut.result is not Result.PROVED
    assert f"{many - 2} not looked at" in cut.tally
    what = "the time limit was reached" if stop is OutOfTime else "the interrupt"
    said = model.claim_label(label, quoted=True)
    assert f"Of {said} 2 of {many} readings were looked at before {what}." in str(found)
    assert f"{said} is required to hold and does not pass: " in str(found)
    assert found.data()["claims"][0]["unseen"] == many - 2


def test_a_required_claim_that_is_left_does_not_pass(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (label, *_) = model_with().claims
    model = model_with(label)
    assert check(model, seconds=0).fails
    said = model.claim_label(label, quoted=True)
    assert f"{said} is required to hold and does not pass: it was not checked." in str(
        check(model, seconds=0)
    )
    assert run(["check", "corridor.sequence", "--seconds", "0", "--json"]) == int(
        any(one.required for one in sequence.model.claims.values())
    )
    assert json.loads(capsys.readouterr().out)["left"] == list(sequence.model.claims)


def test_what_a_search_cut_short_did_not_meet_is_no_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The end of the whole may come within the search of one check, whose own time is
    longer; what it proved or met is kept."""
    label = next(label for label, one in sequence.model.claims.items() if one.checks)
    claims = [
        attrs.evolve(one, checks=one.checks[:1]) for one in sequence.model.claims.values()
    ]
    one_check = attrs.evolve(sequence.model, claims=tuple(claims))
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    kept = {
        Result.PROVED: True,
        Result.REFUTED: True,
        Result.NOT_REFUTED: False,
        Result.NOT_STATED: False,
    }
    for result, whether in kept.items():

        def late(one: Any, *_: Any, result: Result = result) -> Ruling:
            now[0] += 1_000
            return Ruling(one, result)

        monkeypatch.setattr(running, "_ruled", late)
        found = check(one_check, claims=[label], seconds=100)
        assert (found.left, len(found.claims)) == (((), 1) if whether else ((label,), 0))


def test_an_end_that_was_set_before_is_for_whoever_set_it() -> None:
    with deadline.within(0), pytest.raises(OutOfTime):
        check(sequence.model, seconds=100)
