"""The command line: every command on small models, on terminals of every width, bad input
in one line, completion, Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from strategy import cli
from strategy.sensitivity.analyses.catalogue import ALL as ANALYSES

MODELS = """
from strategy import Chance, Decision, End, ExtensiveForm, ExtensiveFormGame, Model, NormalForm, NormalFormGame, Outcome
from strategy import Parameter, Parameters, Term, where

p = Parameters(gain=Parameter(1, low=0, high=3, unit="points"), loss=Parameter(2, low=0, high=4),
               Türkçe=Parameter(1, low=0, high=2))
FORM = {"Türkiye <b>": ("press on", "hold back"), "Other": ("a", "b")}
press = where({"Türkiye <b>": "press on"})
terms = (
    Term("Türkiye <b>", p.gain - p.loss, when=press, name="net"),
    Term("Other", p.Türkçe, when=where(Other="a"), name="fee"),
)
model = Model("small", form=NormalForm(FORM), parameters=p, terms=terms, outcomes=(Outcome("it is pressed", when=press),),
              focus=("gain", "loss"), title="A small one")
Türkiye = model
tree = Model("small-tree", form=ExtensiveForm(Decision("Türkiye <b>", {"press on": Decision("Other", {"a": End(), "b": End()}),
             "hold back": End()})), parameters=p, terms=terms, outcomes=(Outcome("it is pressed", when=press),))

def game():
    return NormalFormGame.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]], actions=(("up", "down"), ("left", "right")))

toss = Chance("coin", {"h": ("1/2", End({"A": 2})), "t": ("1/2", End())})
flat = NormalFormGame.from_arrays([[0, 0, 0]] * 3, [[0, 0, 0]] * 3)
wide = NormalFormGame.from_arrays([[0, 6], [2, 5], [3, 3]], [[1, 0], [0, 2], [4, 4]], players=("Ana", "Ben"))
golden = NormalFormGame.from_arrays(*[[[[a, 0], [0, b]], [[0, c], [1, 0]]] for a, b, c in ((1, 2, 1), (1, 1, 3), (2, 1, 1))])
coin = ExtensiveFormGame.from_tree(Decision("A", {"in": toss, "out": End({"A": 1})}))
number = 3
def broken():
    raise RuntimeError("no luck")
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder with a module of models in it, and one that cannot be imported."""
    (tmp_path / "cli_models.py").write_text(MODELS, encoding="utf-8")
    (tmp_path / "cli_fails.py").write_text(
        "import nothing_of_that_name\n", encoding="utf-8"
    )
    (tmp_path / "cli_exits.py").write_text("raise SystemExit('gone')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)  # the test runner sets it
    monkeypatch.syspath_prepend(tmp_path)
    # a slow machine prints no lines of progress between others
    monkeypatch.setattr("strategy.cli._progress._FIRST_LINE", 1e6)
    yield tmp_path
    for name in ("cli_models", "cli_fails", "cli_exits", "noisy"):
        sys.modules.pop(name, None)


COMMANDS = ("list", "solve", "analyse", "ask", "thresholds", "map", "draw", "consistent")
WORKS = [
    (["--help"], "Commands:"),
    ([], "Commands:"),
    (["--version"], "0."),
    *[([command, "--help"], f"strategy {command}") for command in COMMANDS],
    (["solve", "--help"], "pure-nash-undominated"),
    (["list"], "corridor.activation"),
    (["solve", "corridor.activation"], "equilibri"),
    (["solve", "corridor.sequence", "--set", "russia_attention=1"], "profiles"),
    (["solve", "cli_models:game"], "2 pure Nash equilibria: proved to be all"),
    (["solve", "cli_models:game", "--count", "1"], "topped at the limit of 1"),
    (["solve", "cli_models:coin"], "coin: h (0.5) | A: in, coin: t (0.5)"),
    (["solve", "cli_models:model", "--concept", "pure-nash-undominated"], "without weakly dominated actions"),
    (["solve", "cli_models:model", "--set", "gain=5/2"], "press on"),
    (["solve", "cli_models.py:game"], "2 pure Nash equilibria"),
    (["solve", "cli_models:game"], "Neither #1 nor #2 risk-dominates the other"),
    (["solve", "cli_models:game"], "their units differ"),
    (["solve", "cli_models:game", "--weight", "1=1", "--weight", "2=1/2"], "(1: 1 and 2: 1/2): #1: 1.5, #2: 1.5"),
    (["solve", "games.classics.coordination:stag_hunt"], "#1 pays every player more than the other does"),
    (["solve", "games.classics.coordination:stag_hunt"], "#2 risk-dominates #1: the product of the two players' losses from deviating alone"),
    (["solve", "games.classics.zero_sum:matching_pennies"], "--concept nash finds them all"),
    (["solve", "games.classics.zero_sum:matching_pennies", "--concept", "nash"], "1: heads (0.5), tails (0.5); 2: heads"),
    (["solve", "cli_models:flat", "--concept", "nash"], "Infinitely many Nash equilibria: the 9 extreme ones"),
    (["solve", "cli_models:flat", "--concept", "nash"], "(dimension 4; index +1) is every combination of these:"),
    (["solve", "cli_models:wide", "--concept", "nash"], "The part with #2, #3 (dimension 1, a segment; index 0)"),
    (["solve", "cli_models:wide", "--concept", "nash"], "none of these is"),
    (["solve", "cli_models:wide", "--concept", "proper"], "proper"),
    (["solve", "corridor.alignment", "--concept", "nash"], "Each equilibrium is isolated (a component of its own): index +1"),
    (["solve", "corridor.alignment", "--concept", "nash"], "the least p of p-dominance"),
    (["solve", "cli_models:wide", "--concept", "quantal-response lambda=2"], "every probability is proved to within"),
    (["solve", "cli_models:wide", "--concept", "logit-quantal-response 0"], "1 (1/3), 2 (1/3), 3 (1/3)"),
    (["solve", "cli_models:wide", "--concept", "commitment Ana"], "Ana gets at most 17/3"),
    (["solve", "cli_models:wide", "--concept", "commitment leader=Ana pessimistic"], "never attains, 17/3"),
    (["solve", "cli_models:wide", "--concept", "commitment Ben mixed=no"], "worth 0 to Ben compared with its best"),
    (["solve", "cli_models:wide", "--concept", "rationalizability"], "No action is strictly dominated"),
    (["solve", "corridor.alignment", "--concept", "rationalizability"], "Round 3: Armenia drops lean on Russia"),
    (["solve", "corridor.alignment", "--concept", "correlated"], "probability of corridor open"),
    (["solve", "cli_models:wide", "--concept", "correlated", "--objective", "payoff Ana"], "a correlation device draws"),
    (["solve", "cli_models:wide", "--concept", "correlated", "--objective", "probability Ana=1, Ben=2"], "At the greatest"),
    (["solve", "cli_models:game", "--concept", "correlated", "--weight", "1=1", "--weight", "2=0"], "welfare (1 1, 2 0)"),
    (["solve", "cli_models:wide", "--concept", "coarse-correlated"], "payoff of Ana"),
    (["map", "cli_models:model"], "of the map"),
    (["map", "cli_models:model", "gain", "loss", "--set", "gain=1"], "At gain = 1 and loss = "),
    (["map", "cli_models:model", "gain", "Türkçe"], "in no pure Nash equilibrium"),
    (["map", "cli_models:model", "gain", "Türkçe", "--set", "loss=0", "-o", "m.png"], "m.png"),
    (["ask", "cli_models:model"], "The model states no questions of its own."),
    (["thresholds", "cli_models:model"], "Over the whole range of Türkçe"),
    (["thresholds", "cli_models:model", "--parameter", "gain", "--set", "loss=1"], "While gain is below 1, “it is pressed”"),
    (["thresholds", "cli_models:model", "--parameter", "Türkçe"], "Over the whole range of Türkçe, 0 to 2"),
    (["analyse", "cli_models:model", "--only", "answer"], "at the values assumed"),
    (["draw", "cli_models:coin"], "coin (chance)"),
    (["draw", "cli_models:model"], "press on"),
    (["draw", "cli_models:tree", "-o", "sub/tree.svg"], "tree.svg"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "expected"), WORKS, ids=[" ".join(one) for one, _ in WORKS]
)
def test_works(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    code = cli.run(arguments)
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    assert expected in printed.out
    assert "\x1b" not in printed.out, "plain when it goes to no terminal"
    for i, word in enumerate(arguments):
        if word == "-o":
            assert (place / arguments[i + 1]).stat().st_size > 1000


REFUSED = [
    (["solve", "corridor.sequenc"], "did you mean 'corridor.sequence'"),
    (["solve", "no.such:thing"], "ModuleNotFoundError"),
    (["solve", "cli_fails:model"], "nothing_of_that_name"),
    (["solve", "cli_exits:model"], "SystemExit: gone"),
    (["solve", "cli_models:modle"], "did you mean 'model'"),
    (["solve", "cli_models:number"], "is a int"),
    (["solve", "cli_models:broken"], "RuntimeError: no luck"),
    (["solve", "cli_models:model", "--set", "gain"], "NAME=VALUE"),
    (["solve", "cli_models:model", "--set", "gain="], "NAME=VALUE"),
    (["solve", "cli_models:model", "--set", "gain=much"], "not a number"),
    (["solve", "cli_models:model", "--set", "gain=9"], "outside its range"),
    (["solve", "cli_models:model", "--set", "gian=1"], "did you mean 'gain'"),
    (["solve", "cli_models:model", "--set", "gain=1", "--set", "gain=2"], "twice"),
    (["solve", "cli_models:game", "--set", "gain=1"], "leave out --set"),
    (["solve", "cli_models:model", "--concept", "pure-nahs"], "did you mean 'pure-nash'"),
    (["solve", "cli_models:model", "--concept", "pure-subgame-perfect"], "pure-nash"),
    (["solve", "cli_models:model", "--seconds", "-1"], "seconds"),
    (["solve", "cli_models:model", "--seconds", "soon"], "--seconds"),
    (["solve"], "model"),
    (["solv"], "solv"),
    (["solve", "cli_models:model", "--no-such-option"], "--no-such-option"),
    (["analyse"], "models"),
    (["analyse", "cli_models:game"], "needs a Model"),
    (["analyse", "cli_models:model", "--outcome", "it is prest"], "did you mean 'it is pressed'"),
    (["analyse", "cli_models:model", "--map", "gain", "lost"], "did you mean 'loss'"),
    (["analyse", "cli_models:model", "-o", "cli_models.py"], "cli_models.py"),
    (["map", "cli_models:model", "gain"], "give two"),
    (["map", "cli_models:model", "gain", "gain"], "the same"),
    (["map", "cli_models:tree"], "name two of"),
    (["map", "cli_models:model", "-o", "map.eps"], ".svg, .png or .pdf"),
    (["solve", "cli_models:model", "--seconds", "soon"], "'soon': expected a number, such as 2.5"),
    (["solve", "cli_models:model", "--count", "1.5"], "'1.5': expected an integer"),
    (["solve", "cli_models:model", "--concep", "pure-nash"], "did you mean '--concept'"),
    (["solve", "cli_models:model", "other"], "see 'strategy solve --help'"),
    (["--verson"], "did you mean '--version'"),
    (["solv"], "did you mean 'solve'"),
    (["draw", "cli_models:model", "-o", "table.svg", "--figure", "tree"], "draw a table with --figure payoffs"),
    (["solve", "nowhere/ferry.py:model"], "no file 'nowhere/ferry.py'"),
    (["solve", "cli_models:wide", "--concept", "commitment"], "needs leader: give --concept 'commitment leader="),
    (["solve", "cli_models:wide", "--concept", "commitment leder=Ana"], "did you mean 'leader'"),
    (["solve", "cli_models:wide", "--concept", "commitment An"], "did you mean 'Ana'"),
    (["solve", "cli_models:wide", "--concept", "commitment Ana mixed=perhaps"], "expected yes or no"),
    (["solve", "cli_models:wide", "--concept", "commitment Ana leader=Ben"], "expected leader once"),
    (["solve", "cli_models:wide", "--concept", "quantal-response"], "needs lambda"),
    (["solve", "cli_models:wide", "--concept", "quantal-response lambda=-1"], "non-negative"),
    (["solve", "cli_models:wide", "--concept", "quantal-response lambda=much"], "not a number"),
    (["solve", "cli_models:wide", "--concept", "nash quickly"], "nash has no option 'quickly'"),
    (["solve", "cli_models:wide", "--concept", "commitment 'Ana"], "quote names that contain spaces"),
    (["solve", "cli_models:wide", "--concept", ""], "unknown concept ''"),
    (["solve", "cli_models:wide", "--objective", "payoff Ana"], "--objective is for the concepts correlated"),
    (["solve", "cli_models:wide", "--concept", "correlated", "--objective", "payoff An"], "did you mean 'Ana'"),
    (["solve", "cli_models:wide", "--concept", "correlated", "--objective", "welfare"], "no common unit"),
    (["solve", "cli_models:wide", "--concept", "correlated", "--objective", "luck"], "expected one of payoff PLAYER"),
    (["solve", "cli_models:wide", "--concept", "correlated", "--objective", "probability rain"], "give PLAYER=ACTION"),
    (["solve", "cli_models:wide", "--concept", "correlated", "--objective", "probability Ana=7"], "unknown action"),
    (["solve", "cli_models:wide", "--weight", "Ana=1"], "leave out Ben"),
    (["solve", "cli_models:wide", "--weight", "Ana=1", "--weight", "Bn=1"], "did you mean 'Ben'"),
    (["solve", "cli_models:wide", "--weight", "Ana"], "--weight 'Ana': expected NAME=VALUE"),
    (["solve", "cli_models:coin", "--concept", "nash"], "this is a tree"),
    (["map", "cli_models:model", "--concept", "commitment Other"], "strategy:"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "expected"), REFUSED, ids=[" ".join(one) for one, _ in REFUSED]
)
def test_bad_input_is_one_line_and_exit_2(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    code = cli.run(arguments)
    printed = capsys.readouterr()
    assert code == 2
    assert printed.err.startswith("strategy: ")
    assert printed.err.count("\n") == 1
    assert expected.casefold() in printed.err.casefold()
    assert "Traceback" not in printed.err


JSON = [
    ["list", "--json"],
    ["solve", "cli_models:model", "--json"],
    ["solve", "cli_models:coin", "--json"],
    ["solve", "cli_models:flat", "--concept", "nash", "--json"],
    ["solve", "cli_models:golden", "--concept", "nash", "--json"],
    ["solve", "cli_models:wide", "--concept", "quantal-response 1", "--json"],
    ["solve", "cli_models:wide", "--concept", "commitment Ana pessimistic", "--json"],
    ["solve", "cli_models:wide", "--concept", "correlated", "--json"],
    ["solve", "cli_models:wide", "--concept", "rationalizability", "--json"],
    ["map", "cli_models:model", "--json"],
    ["analyse", "cli_models:model", "--json"],
    ["analyse", "cli_models:model", "--only", "gains", "--json"],
    ["thresholds", "cli_models:model", "--json"],
    ["ask", "cli_models:model", "--json"],
]


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
def test_json(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert cli.run(arguments) == 0
    assert json.loads(capsys.readouterr().out)
    assert not (place / "analysis").exists(), "data that is printed is not written as well"


def read(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert cli.run(["solve", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_json_says_what_the_text_says(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = read(
        capsys,
        "cli_models:wide",
        "--concept",
        "nash",
        "--weight",
        "Ana=1",
        "--weight",
        "Ben=1",
    )
    assert (told["schema"], told["concept"], told["status"]) == (
        "strategy-solve/1",
        "Nash",
        "COMPLETE",
    )
    mixed, edge, corner = told["equilibria"]
    assert mixed["strategies"] == {
        "Ana": {"1": "2/3", "2": "1/3"},
        "Ben": {"1": "1/3", "2": "2/3"},
    }
    assert [one["component"] for one in (mixed, edge, corner)] == [0, 1, 1]
    assert [(one["dimension"], one["index"]) for one in told["components"]] == [
        (0, 1),
        (1, 0),
    ]
    (subset,) = told["components"][1]["subsets"]
    assert subset == {"Ana": [{"3": "1"}], "Ben": [{"1": "2/3", "2": "1/3"}, {"1": "1"}]}
    assert told["pareto"] == {
        "undominated": [0, 1, 2],
        "payoff_dominant": None,
        "proved": True,
    }
    assert [one["welfare"] for one in told["welfare"]["ranking"]] == ["7", "7", "14/3"]
    assert (told["unresolved"], told["risk_dominance"], told["p_dominance"]) == (
        [],
        None,
        [],
    )
    hunt = read(capsys, "games.classics.coordination:stag_hunt")
    assert hunt["welfare"] is None, "no weights are stated"
    assert hunt["risk_dominance"]["dominant"] == {"1": "hare", "2": "hare"}
    assert [one["p"] for one in hunt["p_dominance"]] == ["3/4", "1/4"]


def test_every_concept_can_be_chosen(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is answered or refused in a line, in a table for two and in a tree."""
    from strategy.concepts.choices import kinds, usage

    values = {"leader": "Ana", "lambda": "1"}
    for label in kinds():
        words = [
            label,
            *[
                f"{name}={values[name]}"
                for name in re.findall(r" (\w+)=[A-Z]", usage(label))
            ],
        ]
        assert cli.run(["solve", "cli_models:wide", "--concept", " ".join(words)]) == (
            2 if "subgame" in label else 0
        ), label
        assert cli.run(["solve", "cli_models:coin", "--concept", " ".join(words)]) == (
            0 if "subgame" in label else 2
        ), label
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_found_composed_and_decomposed(
    place: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    arguments = ["solve", "cli_models:Türkiye", "--set", "Türkçe=2"]
    assert cli.run([unicodedata.normalize(form, one) for one in arguments]) == 0  # type: ignore[arg-type]
    assert "Türkiye <b>" in capsys.readouterr().out


@pytest.mark.deep
def test_analyse_writes_and_says_where(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        cli.run(["analyse", "cli_models:model", "cli_models:tree", "--set", "loss=1/2"])
        == 0
    )
    printed = capsys.readouterr().out
    folder = place / "analysis"
    for text in (
        "comes about in every pure Nash equilibrium",
        "gain at 0.5",
        str(Path("analysis") / "report.html"),
    ):
        assert text in printed
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert (
        "strategy analyse cli_models:model cli_models:tree -o analysis --set loss=1/2"
        in page
    )
    assert "<b>" not in page
    assert json.loads((folder / "analysis.json").read_text(encoding="utf-8"))["models"][0][
        "values"
    ] == {"loss": "1/2"}
    assert {path.suffix for path in folder.iterdir()} == {".html", ".json", ".svg", ".png"}


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from strategy import cli; cli.run(['--help']); "
        "sys.exit(bool({'numpy', 'sympy', 'matplotlib', 'scipy', 'numba', 'jinja2', "
        "'rich.table'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


SLOW = """
import sys, time
from strategy import cli
import cli_models, strategy.report.sections.verdicts as slow
def wait(question):
    print("waiting", flush=True)
    time.sleep(3600)
object.__setattr__(slow.SECTION, "find", wait)
sys.exit(cli.run(["analyse", "cli_models:model"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")
def test_interrupt_is_one_line_and_exit_130(place: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=place,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (130, "strategy: interrupted\n")


def test_a_figure_of_the_wrong_kind_is_refused_before_the_work(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.run(["map", "cli_models:model", "-o", "map.eps"]) == 2
    assert ".svg, .png or .pdf" in capsys.readouterr().err


@pytest.mark.parametrize("command", sorted({*COMMANDS, *(one.key for one in ANALYSES)}))
def test_help_names_no_python(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([command, "--help"]) == 0
    python = re.search(
        r"Raises |``|--\S+ <\w+[\[>]|\b[a-z_]+=[\[{]", capsys.readouterr().out
    )
    assert python is None, python


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("command", [*COMMANDS, ""])
def test_examples_in_the_help_run(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    """Reports with the sections that are not an analysis of their own: those are seen to by
    the report's own tests."""
    from strategy.cli import _analysing

    others = {one.key for one in ANALYSES} | {"questions"}
    few = tuple(
        [
            one
            for one in _analysing.every_section()
            if one.key not in others - {"thresholds"}
        ]
    )
    monkeypatch.setattr(_analysing, "every_section", lambda: few)
    assert cli.run([*command.split(), "--help"]) == 0
    lines = re.findall(r"^    (strategy .*)$", capsys.readouterr().out, flags=re.MULTILINE)
    assert len(lines) > 1
    for line in lines:
        assert cli.run(shlex.split(line)[1:]) == 0, line
        assert capsys.readouterr().err == ""


def test_a_proof_is_written_checked_and_refuted(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("prove", "replay"):
        assert cli.run([command, "--help"]) == 0
        (line,) = re.findall(
            r"^    (strategy .*)$", capsys.readouterr().out, flags=re.MULTILINE
        )
        assert cli.run(shlex.split(line)[1:]) == 0
    file, game = place / "bar.proof", "games.classics.crowds:el_farol"
    assert (
        "The proof holds: 7 sets of equilibria, status COMPLETE." in capsys.readouterr().out
    )
    assert (
        cli.run(["replay", "games.classics.crowds:minority_game", str(file), "--json"]) == 1
    )
    assert json.loads(capsys.readouterr().out)["failure"] == "the proof is of another game"
    file.write_text(file.read_text(encoding="utf-8")[:300], encoding="utf-8")
    assert cli.run(["replay", game, str(file)]) == 2
    assert "bar.proof, line 4: the file ends too early" in capsys.readouterr().err
    assert cli.run(["prove", "corridor.sequence", str(file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_python_m(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "strategy", "solve", "cli_models:game"],
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 pure Nash equilibria" in done.stdout


# -- terminals

ON_TERMINAL = """
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.execv(sys.executable, [sys.executable, "-m", "strategy", *sys.argv[2:]])
while True:
    try:
        read = os.read(terminal, 4096)
    except OSError:
        break
    if not read:
        break
    sys.stdout.buffer.write(read)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def on_terminal(width: int, *arguments: str, **environment: str) -> str:
    """What a command prints on a terminal of so many columns."""
    pytest.importorskip("pty")
    known = {
        name: value
        for name, value in os.environ.items()
        if name not in ("COLUMNS", "NO_COLOR", "COLORTERM")
    }
    done = subprocess.run(
        [sys.executable, "-c", ON_TERMINAL, str(width), *arguments],
        capture_output=True,
        env={**known, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def plain(text: str) -> list[str]:
    """The lines as they are read: without colour, and without what a progress bar has wiped
    out."""
    lines = text.split("\n")
    return [
        re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line).rpartition("\r")[2] for line in lines
    ]


ONLY = [word for key in ("answer", "thresholds", "verdicts") for word in ("--only", key)]
SHOWN = [
    ["list"],
    ["solve", "corridor.activation"],
    ["solve", "cli_models:coin"],
    ["solve", "corridor.alignment", "--concept", "nash"],
    ["solve", "cli_models:wide", "--concept", "nash"],
    ["solve", "corridor.alignment", "--concept", "correlated"],
    ["solve", "corridor.alignment", "--concept", "rationalizability"],
    ["solve", "cli_models:wide", "--concept", "commitment Ana pessimistic"],
    ["analyse", "corridor.sequence", "-o", "out", *ONLY],
    ["ask", "corridor.alignment"],
    ["check", "corridor.sequence", "--claim", "C4", "--claim", "C14", "--examples", "5"],
    ["thresholds", "corridor.sequence"],
    ["map", "cli_models:model"],
    ["draw", "corridor.activation"],
    ["draw", "corridor.sequence"],
    ["draw", "cli_models:coin"],
]


@pytest.mark.deep_but(8)
@pytest.mark.parametrize(
    "width", [80, *[pytest.param(one, marks=pytest.mark.deep) for one in (60, 120)]]
)
@pytest.mark.parametrize("arguments", SHOWN, ids=" ".join)
def test_fits_the_width(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    arguments: list[str],
) -> None:
    from strategy.display import text_width

    monkeypatch.setenv("COLUMNS", str(width))
    assert cli.run(arguments) == 0
    lines = capsys.readouterr().out.split("\n")
    assert all(text_width(line) <= width for line in lines), max(lines, key=text_width)
    assert len(lines) > 3


def test_tables_in_a_pipe_are_wrapped_and_sentences_are_not(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", "corridor.sequence", "--claim", "C4", "--examples", "5"]) == 0
    out = capsys.readouterr().out
    head = re.search(r"^claim +what it says", out, flags=re.MULTILINE)
    assert head is not None
    table = out[head.start() :].split("\n\n")[0].split("\n")
    assert len(table) > 5
    assert max(map(len, table)) <= 120
    assert (
        "The corridor pays three and costs Russia, refuted: Russia better off with "
        "Azerbaijan: wait and not Türkiye: press and not (Russia: obstruct or"
    ) in out
    assert max(map(len, out.split("\n"))) > 200


def test_a_command_that_is_broken_can_be_copied(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from strategy.cli._output import say_command

    line = (
        "strategy thresholds corridor.sequence --parameter russia_attention --outcome "
        "'Armenia opens' --set commitment=2"
    )
    monkeypatch.setenv("COLUMNS", "60")
    say_command(line)
    printed = capsys.readouterr().out
    assert printed.count("\n") > 1
    assert shlex.split(printed.replace("\\\n", " ")) == shlex.split(line)


def test_the_width_is_that_of_the_terminal(place: Path) -> None:
    narrow, wide = [
        max(map(len, plain(on_terminal(width, "solve", "corridor.activation"))))
        for width in (60, 200)
    ]
    assert narrow <= 60 < wide


def test_the_map_in_characters(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["map", "cli_models:model"]) == 0
    lines = capsys.readouterr().out.split("\n")
    (top,) = [i for i, line in enumerate(lines) if re.match(r" *4  [█·]+$", line)]
    chart = [line.split()[-1] for line in lines[top : top + 14]]
    # To press pays gain - loss: above the diagonal of a square from 0 to 3 it does not come
    # about, and loss goes on to 4.
    for i, row in enumerate(chart):
        loss = 4 * (14 - i - 0.5) / 14
        for j, sign in enumerate(row):
            assert sign == ("█" if 3 * (j + 0.5) / 48 > loss else "·") or sign == "◆"
    assert "".join(chart).count("◆") == 1
    assert chart[6].index("◆") == 16


def test_colour_has_a_meaning_and_can_be_left_out(place: Path) -> None:
    said = ["map", "cli_models:model"]
    coloured = on_terminal(80, *said)
    assert "\x1b[38;5;32min every pure Nash equilibrium\x1b[0m" in coloured
    assert "\x1b[38;5;166min no pure Nash equilibrium\x1b[0m" in coloured
    assert "\x1b[34min every pure Nash equilibrium" in on_terminal(80, *said, TERM="xterm")
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        text = on_terminal(80, *said, **environment)
        assert "\x1b" not in text
        assert "in every pure Nash equilibrium" in text


def test_a_terminal_without_the_signs_gets_others(place: Path) -> None:
    text = on_terminal(
        80,
        "analyse",
        "cli_models:model",
        "-o",
        "out",
        *ONLY,
        PYTHONIOENCODING="ascii",
        NO_COLOR="1",
    )
    assert re.search(r"gain +1 +2 +33% +\.+\|\.+#+ ", text)
    assert "|  here is the value assumed" in text


# -- completion

OFFERED = [
    ("strategy s", ["solve", "stress", "statics", "sweep"]),
    ("strategy solve corridor.s", ["corridor.sequence"]),
    ("strategy solve --concept pure-n", ["pure-nash", "pure-nash-undominated"]),
    ("strategy solve corridor.sequence --se", ["--set", "--seconds"]),
    ("strategy solve --concept logit", ["logit-quantal-response lambda="]),
    ("strategy solve cli_models:wide --concept comm", ["commitment leader=Ana", "commitment leader=Ben"]),
    ("strategy solve cli_models:model --objective prob", ["probability it is pressed"]),
    ("strategy solve cli_models:wide --weight B", ["Ben=1"]),
    ("strategy solve corridor.sequence --set russ", ["russia_attention=0.3"]),
    ("strategy analyse corridor.sequence --outcome c", ["corridor open"]),
    ("strategy map corridor.sequence russ", ["russia_attention"]),
    ("strategy map corridor.sequence russia_attention norm", ["normalisation"]),
    ("strategy analyse corridor.sequence --map russia_attention norm", ["normalisation"]),
    ("strategy solve no_such_module:model --set x", []),
    ("strategy solve --set x", []),
    ("strategy solve corridor.sequence --set zzz", []),
]  # fmt: skip


@pytest.fixture
def offer(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], str]:
    """What the command answers when a shell asks it, in the way of that shell."""

    def offer(shell: str, line: str) -> str:
        words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        for name, value in {
            **words,
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("_STRATEGY_COMPLETE", shell)
        with pytest.raises(SystemExit) as ended:
            cli.run([])
        printed = capsys.readouterr()
        assert (ended.value.code, printed.err) == (0, "")
        return printed.out

    return offer


@pytest.mark.parametrize(("line", "offered"), OFFERED, ids=[line for line, _ in OFFERED])
def test_completion(
    offer: Callable[[str, str], str], line: str, offered: list[str]
) -> None:
    bash = offer("complete_bash", line).splitlines()
    assert [one.replace("\\ ", " ") for one in bash if one] == offered
    assert all(" " not in one.replace("\\ ", "") for one in bash)
    fish = offer("complete_fish", line).splitlines()
    assert [one.split("\t")[0] for one in fish if one] == offered
    zsh = offer("complete_zsh", line).removeprefix("_arguments '*: :((").splitlines()
    assert [one.split('"')[1] for one in zsh if one != "_files"] == offered


def test_completion_of_a_noisy_module(
    offer: Callable[[str, str], str], place: Path
) -> None:
    (place / "noisy.py").write_text(
        "print('hello')\nfrom cli_models import model\n", encoding="utf-8"
    )
    assert offer("complete_bash", "strategy solve noisy:model --set Tür") == "Türkçe=1\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(offer: Callable[[str, str], str], shell: str) -> None:
    assert f"complete_{shell}" in offer(f"source_{shell}", "")


def test_completing_a_model_imports_nothing_heavy() -> None:
    code = (
        "import sys; from strategy.cli import _completing as one; assert "
        "one.models('cor'); "
        "sys.exit(bool({'numpy', 'sympy', 'matplotlib', 'scipy', 'numba', 'jinja2'} & "
        "set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
