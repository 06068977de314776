"""``file.py:attribute`` is the file at that path: not another of the same name, and not a
module of Python's own."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import strategy.checking  # noqa: F401 - loaded before pytester, which forgets what is loaded after, and numpy loads once
from strategy.cli import run
from strategy.errors import ModelError
from strategy.loading import found_at, loaded

pytest_plugins = ["pytester"]

MODEL = """
import random

from helper import FIRST
import helper
from strategy import Claim, Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from strategy.assumptions.checks import Occurs
from strategy.concepts import PureNash


class Mine(PureNash):
    pass


assert random.Random(0)
p = Parameters(x=Parameter(1, low="1/2", high=2))
model = Model(
    FIRST,
    form=NormalForm({"Ana": (helper.FIRST, "wait"), "Ben": ("agree", "refuse")}),
    parameters=p,
    terms=(Term("Ana", p.x, when=where(Ana=FIRST)), Term("Ben", 1, when=where(Ben="agree"))),
    outcomes=(Outcome("begun", when=where(Ana=FIRST)),),
    claims=(Claim("C1", "It begins.", checks=(Occurs("begun", "every"),)),),
)
game = model.game()


def made():
    return game
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders with files of the same names, and files called as modules of Python's
    own."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "m.py").write_text(MODEL)
        (tmp_path / name / "helper.py").write_text(f"FIRST = 'ask {name}'\n")
    for name in ("random", "json", "statistics", "numpy"):
        (tmp_path / f"{name}.py").write_text(
            "import random, json\nfrom strategy import NormalFormGame\n"
            "json.dumps(random.Random(0).random())\n"
            f"game = NormalFormGame.from_arrays([[1]], [[2]], players=({name!r}, 'Ben'))\n"
        )
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text(
        "from package.part import N\nfrom .part import N as M\n"
    )
    (tmp_path / "package" / "part.py").write_text("N = 3\n")
    (tmp_path / "uses.py").write_text(
        "import package.part\nfrom package import M\nfrom strategy import NormalFormGame\n"
        "game = NormalFormGame.from_arrays([[M, package.part.N, package.N]], [[1, 1, 1]])\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


def test_files_of_one_name_are_two_and_so_are_what_they_import(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found_at("a/m.py:model").name == "ask a"
    assert found_at("b/m.py:model").name == "ask b"
    assert found_at("b/m.py:game").actions["Ana"] == ("ask b", "wait")
    assert found_at("b/m.py:made") is found_at("b/m.py:game")
    assert (
        run(["analyse", "a/m.py:model", "b/m.py:model", "--only", "verdicts", "--json"])
        == 0
    )
    shown = capsys.readouterr().out
    assert "ask a" in shown
    assert "ask b" in shown


def test_one_file_is_one_module_however_it_is_named(folder: Path) -> None:
    (folder / "link.py").symlink_to(folder / "a" / "m.py")
    named = (
        "a/m.py:model",
        "./b/../a/m.py:model",
        f"{folder}/a/m.py:model",
        "link.py:model",
    )
    assert len({id(found_at(one)) for one in named}) == 1


def test_files_called_as_modules_of_pythons_own(folder: Path) -> None:
    for name in ("random", "json", "statistics", "numpy"):
        assert found_at(f"{name}.py:game").players == (name, "Ben")
    assert "random" in sys.modules
    assert not hasattr(sys.modules["random"], "game")


# as a console script: the working folder is not looked into
SCRIPT = ["-P", "-c", "from strategy.cli import main; main()"]


@pytest.mark.parametrize(
    ("command", "name"), [(["-m", "strategy"], "random"), (SCRIPT, "numpy")]
)
def test_the_command_as_well(folder: Path, command: list[str], name: str) -> None:
    found = subprocess.run(
        [sys.executable, *command, "solve", f"{name}.py:game"],
        capture_output=True,
        text=True,
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert f"to {name}" in found.stdout


def test_packages_beside_a_file_are_found(folder: Path) -> None:
    assert found_at("uses.py:game").to_arrays()[0].tolist() == [[3, 3, 3]]


def test_what_is_made_of_a_file_is_found_again_by_another_process(folder: Path) -> None:
    sent = pickle.dumps(loaded("b/m.py:Mine", str(folder))())
    code = "import pickle, sys; print(type(pickle.loads(sys.stdin.buffer.read())).__name__)"
    found = subprocess.run(
        [sys.executable, "-c", code], input=sent, capture_output=True, cwd=os.sep
    )
    assert found.stdout.split() == [b"Mine"], found.stderr


WRONG = {
    "a name that is not there": ("a/m.py:modle", "did you mean 'model'"),
    "no attribute": ("a/m.py", "such as a/m.py:model"),
    "no file": ("c/m.py:model", "no file 'c/m.py'"),
    "a folder": ("folder.py:model", "no file 'folder.py'"),
    "no model": ("a/helper.py:FIRST", "is a str: expected a Model"),
    "an error": ("bad.py:model", "bad.py, line 4: NameError: name 'undefined'"),
    "an error in what it imports": (
        "imports.py:model",
        "worse.py, line 3: ZeroDivisionError",
    ),
    "no Python": ("broken.py:model", "(broken.py, line 1)"),
    "an exit": ("leaves.py:model", "leaves.py, line 1: SystemExit: bye strategy: proved"),
    "a refusal": ("refused.py:model", "refused.py, line 2: GameError"),
    "a function that fails": ("fails.py:model", "fails.py, line 2: KeyError"),
}
BROKEN = {
    "bad.py": "x = 1\n\ndef f():\n    return undefined\nf()\n",
    "imports.py": "import worse\n",
    "worse.py": "\n\n1 / 0\n",
    "broken.py": "x = (\n",
    "leaves.py": "raise SystemExit('bye\\nstrategy: proved')\n",
    "refused.py": "from strategy import NormalForm\nNormalForm({'Ana': ()})\n",
    "fails.py": "def model():\n    return {}['a']\n",
}


@pytest.mark.parametrize(("given", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line(
    folder: Path, given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "folder.py").mkdir()
    for name, text in BROKEN.items():
        (folder / name).write_text(text)
    assert run(["solve", given]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert said in shown.err


def test_claims_of_a_file_are_tests(folder: Path, pytester: pytest.Pytester) -> None:
    asked = [
        word
        for name in ("a", "b")
        for word in ("--strategy-models", f"{folder}/{name}/m.py:model")
    ]
    found = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-v", *asked)
    found.assert_outcomes(passed=2)
    wrong = pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", "--strategy-models", f"{folder}/a/m.py:modle"
    )
    wrong.stderr.fnmatch_lines(["*did you mean 'model'*"])


def test_a_file_is_not_looked_for_among_modules(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"no file 'fractions\.py'"):
        found_at("fractions.py:Fraction")


def test_relative_imports_start_at_the_package_of_the_file_and_never_at_the_toolkit(
    tmp_path: Path,
) -> None:
    inner = tmp_path / "pkg" / "sub"
    inner.mkdir(parents=True)
    (tmp_path / "pkg" / "__init__.py").write_text("solve = 'of the package'\n")
    (inner / "__init__.py").write_text("")
    (inner / "beside.py").write_text("value = 'beside'\n")
    (inner / "one.py").write_text(
        "from .. import solve\nfrom . import beside\nfrom .beside import value\n"
    )
    module = loaded(f"{inner}/one.py:")
    assert (module.solve, module.beside.value, module.value) == (
        "of the package",
        "beside",
        "beside",
    )
    (inner / "far.py").write_text("from ... import solve\n")
    (tmp_path / "alone.py").write_text("from . import solve\n")
    for path in (inner / "far.py", tmp_path / "alone.py"):
        with pytest.raises(
            ModelError,
            match=(
                f"{path.name}, line 1: .*leads out of the package of '{path.name}': "
                "import by name"
            ),
        ):
            loaded(f"{path}:solve")


def test_messages_name_files_and_say_where_the_other_of_that_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "first.py").write_text("from second import game\n")
    (tmp_path / "second.py").write_text("from first import game\n")
    with pytest.raises(ModelError, match=r"second\.py, line 1: .* 'first\.py'") as found:
        loaded("first.py:game", str(tmp_path))
    assert "strategy.loading" not in str(found.value)
    (tmp_path / "random.py").write_text("game = 1\n")
    with pytest.raises(ModelError, match=r"for the file of that name give random\.py:game"):
        loaded("random:game", str(tmp_path))
    (tmp_path / "empty.py").write_text("")
    with pytest.raises(
        ModelError, match=r"unknown attribute of empty\.py 'game': there is none"
    ):
        loaded("empty.py:game", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert loaded("~/random.py:game") == 1


HOSTILE = {
    "argparse.ArgumentParser().parse_args()": "",  # it sees no arguments of the command's
    "assert len(sys.argv) == 1": "",
    "print('hello')": "",
    "sys.stdout = io.StringIO()": "",
    "int(sys.argv[1])": "line 4: IndexError",
    "__getattr__ = lambda name: 1 / 0": "getting 'gaem'",
}


@pytest.mark.parametrize("line", HOSTILE)
def test_a_model_file_neither_reads_the_command_line_nor_writes_into_the_answer(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    game = (
        "from strategy import NormalFormGame\ngame = NormalFormGame.from_arrays([[1, 0]], "
        "[[2, 0]])\n"
    )
    (tmp_path / "m.py").write_text(f"import argparse, io, sys\n{game}{line}\n")
    said = HOSTILE[line]
    code = run(
        ["solve", f"{tmp_path}/m.py:{'gaem' if 'gaem' in said else 'game'}", "--json"]
    )
    out, err = capsys.readouterr()
    if said:
        assert code == 2
        assert said in err
        assert err.count("\n") == 1
    else:
        assert code == 0
        assert json.loads(out)["schema"].startswith("strategy-solve")


@pytest.mark.parametrize("place", ["folder/m", "notes.txt", "m.ipynb"])
def test_a_place_that_is_no_file_of_pythons_is_refused_as_such(
    place: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / place).write_text("game = 1\n")
    with pytest.raises(ModelError, match=r"give one that ends in \.py"):
        found_at(f"{place}:game", str(tmp_path))


def test_another_case_of_a_name_is_near(folder: Path) -> None:
    with pytest.raises(ModelError, match="did you mean 'game'"):
        found_at("a/m.py:GAME", str(folder))


def test_a_file_called_as_the_toolkit_does_not_stand_for_it(tmp_path: Path) -> None:
    (tmp_path / "strategy.py").write_text("NormalFormGame = None\n")
    (tmp_path / "m.py").write_text(
        "from strategy import NormalFormGame\ngame = "
        "NormalFormGame.from_arrays([[1]], [[2]])\n"
    )
    assert found_at("m.py:game", str(tmp_path)).players == ("1", "2")
    assert loaded(f"{tmp_path}/strategy.py:NormalFormGame") is None
