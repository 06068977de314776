"""Every command ends with the exit code that the table in the reference says, and with
words."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from strategy import cli
from strategy.cli import _models, _signals
from strategy.sensitivity.analyses.catalogue import ALL

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
TABLE = {
    int(code): (when, by)
    for code, when, by in re.findall(
        r"^\| (\d+) \| (.*) \| (.*) \|$", PAGE, flags=re.MULTILINE
    )
}

MODELS = """
from strategy import *
from strategy.assumptions import Prefers

p = Parameters(gain=Parameter(1, low=0, high=3), loss=Parameter(2, low=0, high=4))
up = where(A="up")
terms = (Term("A", p.gain - p.loss, when=up, name="net", claim="C"), Term("B", p.gain, when=where(B="l")))
shared = dict(parameters=p, terms=terms,
              outcomes=(Outcome("up", when=up),), focus=("gain", "loss"))
table = NormalForm({"A": ("up", "down"), "B": ("l", "r")})
pays = Prefers("A", up, ~up)
model = Model("small", form=table, claims=(Claim("C", "It pays.", if_wrong={"gain": 0}, checks=pays),), **shared)
failing = Model("failing", form=table, claims=(Claim("C", "It pays.", checks=pays, required=True),), **shared)
unsaid = Model("unsaid", form=table, claims=(Claim("C", "It pays.", required=True),), **shared)
"""
NEEDS = {
    "variants": ["--samples", "50"],
    "prove": ["p.proof"],
    "replay": ["bar.proof"],
    "sweep": ["--samples", "10", "--out", "swept"],
    "consistent": ["--stated", "gain > loss"],
    "analyse": ["--only", "answer", "-o", "out"],
}
GAMES = {
    "variants": "corridor.activation",
    "prove": "games.classics.crowds:el_farol",
    "replay": "games.classics.crowds:el_farol",
}
COMMANDS = [
    "solve",
    "analyse",
    "ask",
    "thresholds",
    "map",
    "draw",
    "consistent",
    "check",
    "prove",
    "replay",
]
COMMANDS += [one.key for one in ALL]


@pytest.fixture
def place(tmp_path, monkeypatch):
    (tmp_path / "coded.py").write_text(MODELS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("strategy.cli._progress._FIRST_LINE", 1e6)
    return tmp_path


def ask(command, model=None, *more):
    """A command with the least that it needs."""
    return cli.run(
        [
            command,
            model or GAMES.get(command, "coded.py:model"),
            *NEEDS.get(command, []),
            *more,
        ]
    )


def test_the_commands_asked_here_are_all_there_are(place, capsys):
    assert cli.run(["--help"]) == 0
    listed = re.findall(
        r"^  ([a-z]+) ",
        capsys.readouterr().out.split("Commands:")[1].split("Examples:")[0],
        flags=re.MULTILINE,
    )
    assert set(listed) == {"list", *COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_0_where_the_question_is_answered(place, command, capsys):
    if command == "replay":
        assert cli.run(["prove", GAMES["prove"], "bar.proof"]) == 0
    assert ask(command) == 0
    assert capsys.readouterr().err == ""


def test_0_for_answers_that_are_no_list(place, capsys):
    for arguments in (
        ["list"], ["--help"], ["--version"], [],
        ["solve", "games.classics.zero_sum:matching_pennies"],
        ["solve", "coded.py:model", "--count", "1"],
        ["solve", "coded.py:model", "--concept", "nash", "--seconds", "0.000001"],
    ):  # fmt: skip
        assert cli.run(arguments) == 0, arguments
    assert "matching" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "model", "more"),
    [
        ("check", "coded.py:failing", ()),
        ("check", "coded.py:unsaid", ()),
        ("consistent", None, ("--stated", "loss > gain")),
        ("replay", "games.classics.crowds:minority_game", ()),
    ],
)
def test_1_where_the_answer_is_a_no(place, command, model, more, capsys):
    if command == "replay":
        assert cli.run(["prove", GAMES["prove"], "bar.proof"]) == 0
    assert ask(command, model, *more) == 1
    said = capsys.readouterr()
    assert said.out
    assert said.err == ""


def test_the_table_names_the_commands_that_say_no():
    assert set(re.findall(r"`(\w+)`", TABLE[1][1])) == {"check", "consistent", "replay"}
    assert list(TABLE) == [0, 1, 2, 70, 130, 143]


@pytest.mark.deep_but(36)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "wrong", ["no.such.model", "coded.py:nothing", "nowhere.py:model", "broken.py:model"]
)
def test_2_where_the_model_is_not_to_be_had(place, command, wrong, capsys):
    (place / "broken.py").write_text("1 / 0\n", encoding="utf-8")
    (place / "bar.proof").write_text("{}", encoding="utf-8")
    assert ask(command, wrong) == 2
    refused(capsys)


@pytest.mark.parametrize("command", [*COMMANDS, "frobnicate"])
def test_2_where_an_option_is_unknown(place, command, capsys):
    assert ask(command, None, "--frobnicate") == 2
    refused(capsys)


@pytest.mark.deep_but(45)
@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in GAMES])
@pytest.mark.parametrize("value", ["gain=10", "gain=x", "gian=1", "gain"])
def test_2_where_a_value_is_wrong(place, command, value, capsys):
    assert ask(command, None, "--set", value) == 2
    refused(capsys)
    assert sorted(one.name for one in place.iterdir() if not one.name.startswith("__")) == [
        "coded.py"
    ]


WRITES = [
    ("analyse", "-o"),
    ("map", "-o"),
    ("draw", "-o"),
    ("sweep", "--out"),
    *[(one.key, "-o") for one in ALL if one.figure],
]


@pytest.mark.parametrize(("command", "option"), [*WRITES, ("prove", "")])
def test_2_where_the_answer_cannot_be_written(place, command, option, capsys):
    (place / "file").write_text("kept", encoding="utf-8")
    target = "file/x" if command in ("analyse", "sweep", "prove") else "file/x.svg"
    needs = [
        one
        for one in NEEDS.get(command, [])
        if one not in ("out", "-o", "swept", "--out", "p.proof")
    ]
    arguments = [
        command,
        GAMES.get(command, "coded.py:model"),
        *needs,
        *([option] if option else []),
        target,
    ]
    assert cli.run(arguments) == 2
    assert refused(capsys).count("file") > 0
    assert (place / "file").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("command", COMMANDS)
def test_130_after_ctrl_c(place, command, capsys, monkeypatch):
    def pressed(given):
        _signals._seen.set()
        raise KeyboardInterrupt

    (place / "bar.proof").write_text("{}", encoding="utf-8")
    for name in ("find", "find_model"):
        monkeypatch.setattr(_models, name, pressed)
    assert ask(command) == 130
    assert capsys.readouterr().err == "strategy: interrupted\n"


def refused(capsys):
    """One line on standard error, and nothing else."""
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("strategy: ")
    assert said.err.count("\n") == 1
    return said.err


def test_70_for_an_error_of_the_toolkit_with_its_traceback():
    code = (
        "import sys; from strategy import cli; from strategy.cli import _models; "
        "_models.registered = lambda: 1 / 0; "
        "sys.argv = ['strategy', 'list']; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.deep_but(1)
@pytest.mark.skipif(os.name == "nt", reason="there is no such shell")
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments", ["list", "--help", "solve corridor.activation --json", "solve --help"]
)
def test_0_where_the_reader_has_read_enough(arguments, buffered):
    line = f"{sys.executable} -m strategy {arguments} | true; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONUNBUFFERED": buffered}
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no device that is always full"
)
@pytest.mark.parametrize(
    "arguments", [["list"], ["solve", "corridor.activation", "--json"]]
)
def test_2_where_the_output_goes_to_a_full_disk(arguments):
    line = f"{sys.executable} -m strategy {' '.join(arguments)} > /dev/full"
    done = subprocess.run(
        ["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


WAITS = """
import sys, time
from strategy import cli
from strategy.cli import _models
def wait(given):
    print("waiting", flush=True)
    time.sleep(3600)
_models.find = _models.find_model = wait
sys.argv = ["strategy", "solve", "x"]
cli.main()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_with_its_code(sent, code):
    with subprocess.Popen(
        [sys.executable, "-c", WAITS],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as one:
        assert one.stdout.readline() == "waiting\n"
        one.send_signal(sent)
        _, errors = one.communicate()
    assert one.returncode == code
    assert errors.count("\n") == 1
