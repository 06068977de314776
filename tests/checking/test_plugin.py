"""The plug-in of pytest: claims as tests, in an empty folder, by name; nothing heavy
without its option."""

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = any(
    point.value == "strategy.testing.plugin" for point in entry_points(group="pytest11")
)

CLAIMS = """
from strategy import Claim, Model, NormalForm, Parameter, Parameters, Term, where
from strategy.assumptions import Prefers

p = Parameters(income=Parameter(4, low=1, high=8))
opens, refuses = where(Armenia="open"), where(Armenia="refuse")
model = Model(
    "one", form=NormalForm({"Armenia": ("open", "refuse")}), parameters=p,
    terms=(Term("Armenia", p.income - 2, when=opens, name="transit"),),
    claims=(
        Claim("A", "Opening pays.", checks=Prefers("Armenia", opens, refuses), required=True),
        Claim("B", "Opening pays, says the text.", checks=Prefers("Armenia", opens, refuses)),
        Claim("C", "With income it does.", checks=Prefers("Armenia", opens, refuses, given=p.income >= 2), required=True),
        Claim("D", "Not said."),
    ),
)
"""


def run(folder, *options):
    (folder / "claims_of_one.py").write_text(CLAIMS)
    plugin = () if INSTALLED else ("-p", "strategy.testing.plugin")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    # not as `python -m pytest`, which would find modules in the folder by itself
    start = (
        "import sys, pytest; sys.path = [one for one in sys.path if one]; "
        "sys.exit(pytest.console_main())"
    )
    command = [sys.executable, "-c", start, *plugin, "-p", "no:cacheprovider", *options]
    found = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    return found.returncode, found.stdout + found.stderr


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("more", [(), ("-n", "1", "--hypothesis-seed=3")])
def test_claims_are_tests_with_readable_ids(tmp_path, more):
    code, said = run(tmp_path, "--strategy-models", "claims_of_one:model", "-rA", *more)
    assert code == 1
    assert "1 failed, 1 passed, 1 skipped, 1 xfailed" in said
    for one in (
        "FAILED claims_of_one:model::A",
        "PASSED claims_of_one:model::C",
        "XFAIL claims_of_one:model::B",
    ):
        assert one in said
    assert "transit" in said
    assert "income" in said


@pytest.mark.deep
def test_claims_count_among_the_tests(tmp_path):
    _, said = run(
        tmp_path, "--strategy-models", "claims_of_one:model", "-v", "-k", "C or D", "-rs"
    )
    assert "collected 4 items / 2 deselected / 2 selected" in said
    assert "claims_of_one:model::C PASSED" in said
    assert "claims_of_one:model::D: the model does not state it" in said


@pytest.mark.deep
def test_one_claim_alone(tmp_path):
    code, said = run(tmp_path, "--strategy-models", "claims_of_one:model::C")
    assert code == 0
    assert "1 passed" in said
    code, said = run(tmp_path, "--strategy-models", "claims_of_one:model::X")
    assert code == 4
    assert "unknown claim 'X'" in said


@pytest.mark.deep
def test_what_is_not_required_can_be_let_fail(tmp_path):
    code, said = run(tmp_path, "--strategy-models", "claims_of_one:model", "--runxfail")
    assert code == 1
    assert "2 failed, 1 passed, 1 skipped" in said


@pytest.mark.deep
def test_the_text_of_a_failure_is_the_counter_example(tmp_path):
    _, said = run(tmp_path, "--strategy-models", "claims_of_one:model", "-k", "A")
    assert "What differs from the start" in said
    assert "income         4     1" in said
    assert "Traceback" not in said


def test_a_name_that_does_not_exist_is_refused(tmp_path):
    code, said = run(tmp_path, "--strategy-models", "no.such.model")
    assert code == 4
    assert "module:attribute" in said


def test_without_its_option_the_plugin_imports_nothing_heavy():
    code = (
        "import sys, strategy.testing.plugin; print([one for one in ('sympy', 'numpy', "
        "'hypothesis') if one in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
