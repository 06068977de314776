"""What is proved or refuted is a check: its own sentence stands beside each result wherever
the claim's prose does, and a claim that is required and cannot be asked does not pass."""

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import attrs
import pytest

from strategy import Claim, Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from strategy.assumptions import Monotone, Occurs, Payoff, Prefers, Threshold
from strategy.checking import Result, check
from strategy.cli import run
from strategy.report import analyse, as_html
from strategy.report.sections import ALL
from tests.checking._small import going, q

ROOT = Path(__file__).resolve().parents[2]
p = Parameters(income=Parameter(4, low=1, high=8), cost=Parameter(2, low=0, high=3))
OPENS, REFUSES = where(Armenia="open"), where(Armenia="refuse")
PAYS = Prefers("Armenia", OPENS, REFUSES)
PAYS_ENOUGH = Prefers("Armenia", OPENS, REFUSES, given=p.income >= p.cost)
RISES = Monotone("income", Payoff("Armenia", OPENS))
# cannot be asked of a table
IN_TURN = Occurs("open", "every", concept="pure-subgame-perfect")


def one(*claims):
    return Model(
        "one",
        form=NormalForm({"Armenia": ("open", "refuse")}),
        parameters=p,
        terms=(Term("Armenia", p.income - p.cost, when=OPENS, name="transit"),),
        outcomes=(Outcome("open", when=OPENS),),
        claims=claims,
    )


CASES = {
    "all readings hold": ((PAYS_ENOUGH, RISES), "2 of 2 readings hold", ""),
    "one reading holds": ((RISES,), "1 of 1 readings holds", ""),
    "a reading is refuted": (
        (RISES, PAYS),
        "1 of 2 readings holds, 1 refuted",
        "REFUTED: Armenia no worse off",
    ),
    "a reading cannot be asked": (
        (RISES, IN_TURN),
        "1 of 2 readings holds, 1 not stated",
        "NOT STATED: 'open': in every",
    ),
    "none can be asked": (
        (IN_TURN,),
        "0 of 1 readings hold, 1 not stated",
        "NOT STATED: 'open': in every",
    ),
    "none is stated": ((), "no reading is stated", "the model does not state it"),
}
STATEMENT = "An open road is a blessing."


@pytest.mark.parametrize(("checks", "tally", "failing"), CASES.values(), ids=CASES)
def test_each_reading_has_its_sentence_beside_its_result(checks, tally, failing):
    model = one(Claim("A", STATEMENT, checks=checks, required=True))
    found = check(model, examples=20)
    (data,) = found.data()["claims"]
    assert (data["statement"], data["readings"]) == (STATEMENT, tally)
    said = [ruling.check.words(ruling.concept) for ruling in found["A"].rulings]
    assert [row["check"] for row in data["checks"]] == said
    assert (failing in (data["failing"] or ""), bool(failing)) == (True, found.fails)
    page = as_html(
        analyse(
            model, sections=tuple([section for section in ALL if section.key == "checks"])
        )
    )
    if checks:
        row = page[page.index(STATEMENT) - 200 : page.index("</tr>", page.index(STATEMENT))]
        assert tally in row
        for words, result in zip(said, data["checks"], strict=True):
            assert f"{result['result']}: {words}".replace("'", "&#39;") in row


def test_no_claim_as_a_whole_reads_proved():
    said = str(
        check(
            one(
                Claim("A", STATEMENT, checks=(PAYS_ENOUGH, RISES)),
                Claim("B", STATEMENT, checks=(RISES, PAYS)),
            )
        )
    )
    assert "2 claims with 4 readings: 3 proved and 1 refuted." in said
    assert "Refuted in a reading: B (1 of 2 readings holds, 1 refuted)." in said
    assert "Holding in every reading: A (2 of 2 readings hold)." in said


def test_a_search_that_meets_no_counter_example_is_not_counted_as_holding():
    apart = Threshold("x", "goes", "some", given=q.y >= q.y**2 + q.y - 1, everywhere=True)
    model = attrs.evolve(
        going(q.x - 2),
        claims=(Claim("A", "It needs enough.", checks=apart, required=True),),
    )
    found = check(model, examples=10)
    assert found["A"].tally == "0 of 1 readings hold, 1 not refuted"
    assert not found.fails


WRITTEN = """
from tests.words_and_proofs.test_checks_beside_claims import *
model = one(
    Claim("PASSES", "It pays.", checks=(PAYS_ENOUGH, RISES), required=True),
    Claim("UNSAID", "It is just.", required=True),
    Claim("UNASKED", "It opens in turn.", checks=IN_TURN, required=True),
    Claim("INPART", "It opens, and it pays.", checks=(RISES, IN_TURN), required=True),
    Claim("REFUTED", "It always pays.", checks=(RISES, PAYS), required=True),
    Claim("FREE", "It is wise."),
)
"""


@pytest.fixture
def written(tmp_path, monkeypatch):
    (tmp_path / "readings_of_one.py").write_text(WRITTEN)
    monkeypatch.syspath_prepend(str(tmp_path))
    return "readings_of_one:model"


UNASKED = "in every pure subgame-perfect equilibrium"


@pytest.mark.parametrize(
    ("claim", "code", "reason"),
    [
        ("PASSES", 0, ""),
        (
            "UNSAID",
            1,
            "UNSAID is required to hold and does not pass: the model does not state it.",
        ),
        (
            "UNASKED",
            1,
            f"UNASKED is required to hold and does not pass: NOT STATED: 'open': {UNASKED}",
        ),
        (
            "INPART",
            1,
            f"INPART is required to hold and does not pass: NOT STATED: 'open': {UNASKED}",
        ),
        (
            "REFUTED",
            1,
            "REFUTED is required to hold and does not pass: REFUTED: Armenia no worse off",
        ),
        ("FREE", 0, ""),
    ],
)
def test_the_command_ends_with_1_where_a_required_claim_does_not_pass(
    written, claim, code, reason, capsys
):
    assert run(["check", written, "--claim", claim, "--examples", "20"]) == code
    assert reason in " ".join(capsys.readouterr().out.split())  # however wide the page is


def test_the_command_shows_sentences_and_data(written, capsys):
    assert run(["check", written, "--json", "--examples", "20"]) == 1
    data = {row["id"]: row for row in json.loads(capsys.readouterr().out)["claims"]}
    assert data["INPART"]["readings"] == "1 of 2 readings holds, 1 not stated"
    assert data["INPART"]["checks"][1]["reason"] in data["INPART"]["failing"]
    assert data["FREE"]["failing"] is None


@pytest.mark.deep
def test_pytest_fails_a_required_claim_that_cannot_be_asked(tmp_path):
    (tmp_path / "readings_of_one.py").write_text(WRITTEN)
    plugin = (
        ()
        if any(
            one.value == "strategy.testing.plugin" for one in entry_points(group="pytest11")
        )
        else ("-p", "strategy.testing.plugin")
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        *plugin,
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-rA",
    ]
    found = subprocess.run(
        [
            *command,
            "--strategy-models",
            "readings_of_one:model",
            "--strategy-examples",
            "20",
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    assert "4 failed, 1 passed, 1 skipped" in found.stdout
    for label in ("UNSAID", "UNASKED", "INPART", "REFUTED"):
        assert f"FAILED readings_of_one:model::{label}" in found.stdout
    assert "2 of 2 readings hold:\nPROVED: Armenia no worse off" in found.stdout
    assert "It is required to hold and cannot be asked." in found.stdout
    assert "1 of 2 readings holds, 1 refuted:\nPROVED: raising income" in found.stdout


def test_results_of_programs_stay_as_they_are():
    found = check(
        one(
            Claim("A", STATEMENT, checks=(PAYS_ENOUGH, RISES)),
            Claim("B", STATEMENT, checks=(RISES, PAYS)),
        )
    )
    assert [row.result for row in found.claims] == [Result.PROVED, Result.REFUTED]
