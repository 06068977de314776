"""What goes to a pipe: tables of 120 columns at most, whatever the names; now and then a
line of progress; figures."""

import io
import os
import re
import shlex
import subprocess
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from strategy import NormalFormGame, cli, solve
from strategy.cli import _progress
from strategy.cli._output import WIDEST
from strategy.concepts import PureNash
from strategy.display import Table, text_width, wrapped
from strategy.plots import blank, payoffs_size, plot_best_responses, plot_payoffs, svg_text
from strategy.sensitivity.analyses.catalogue import ALL

LONG = """
from strategy import *
from strategy.assumptions import Monotone, Prefers

A = "the Ministry of Transport and Communications of the Republic"
B = "the_federal_agency_for_railway_transport_and_infrastructure"
OPEN, SHUT = "open the road along the southern border without any conditions", "refuse_to_open_the_road_along_the_southern_border"
BLOCK, AGREE = "obstruct the road by every means short of military force", "acquiesce in the running of the road and earn from it"
p = Parameters(
    income_of_the_road_each_year_in_points=Parameter(4, low=1, high=8, unit="points", source="made up"),
    cost_of_obstruction_in_the_coming_years=Parameter(3, low=0, high=6),
)
runs = where({A: OPEN}) & where({B: AGREE})
shared = dict(
    parameters=p,
    terms=(
        Term(A, p.income_of_the_road_each_year_in_points, when=runs, name="what the road brings in a normal year", claim="A"),
        Term(A, -2, when=where({A: OPEN}), name="what opening costs"),
        Term(B, -5, when=runs, name="leverage"),
        Term(B, -p.cost_of_obstruction_in_the_coming_years, when=where({B: BLOCK}), name="cost"),
    ),
    outcomes=(Outcome("the road along the southern border is open to the traffic of everyone", when=runs),),
    focus=tuple(p),
    claims=(
        Claim("A", "An open road pays everyone.", if_wrong={"income_of_the_road_each_year_in_points": 0},
              checks=Prefers(A, where({A: OPEN}), ~where({A: OPEN}))),
        Claim("B", "Obstruction is cheap.", if_wrong={"cost_of_obstruction_in_the_coming_years": 6}),
    ),
)
table = Model("long names", form=NormalForm({A: (OPEN, SHUT), B: (BLOCK, AGREE)}), **shared)
three = Model("three", form=NormalForm({A: (OPEN, SHUT), B: (BLOCK, AGREE), "a third": ("x", "y")}), **shared)
answers = Decision(B, {BLOCK: End(), AGREE: End()})
tree = Model("a tree", form=ExtensiveForm(Decision(A, {OPEN: Chance("the weather in the mountains above the road", {
    "a mild and dry winter that leaves the passes open": ("1/2", answers), "snow": ("1/2", answers)}), SHUT: End()})), **shared)
"""
FIGURES = [one.key for one in ALL if one.figure]


@pytest.fixture
def place(tmp_path, monkeypatch):
    (tmp_path / "long_names.py").write_text(LONG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def asked(model):
    yield ["solve", model]
    for concept in (
        "nash",
        "correlated",
        "rationalizability",
        "proper",
        "quantal-response lambda=1",
        "commitment leader=B",
    ):
        yield [
            "solve",
            model,
            "--concept",
            concept.replace(
                "=B", "='the Ministry of Transport and Communications of the Republic'"
            ),
        ]
    yield ["draw", model]
    if model.endswith("three"):
        return  # the rest is as with two
    for command in ("thresholds", "map", "ask"):
        yield [command, model]
    yield ["check", model, "--examples", "5"]
    yield ["analyse", model, "-o", "out", "--only", "thresholds"]
    yield ["sweep", model, "--samples", "50", "--out", "swept"]
    yield [
        "consistent",
        model,
        "--stated",
        (
            "income_of_the_road_each_year_in_points > 4 "
            "cost_of_obstruction_in_the_coming_years"
        ),
    ]
    for analysis in [one for one in ALL if one.key != "sweep"]:
        few = (
            ["--samples", "100"]
            if analysis.key in ("ablation", "drivers", "information", "question")
            else []
        )
        yield [analysis.key, model, *few]


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("model", ["table", "three", "tree"])
def test_tables_in_a_pipe_keep_to_120_columns(place, model, capsys):
    shown = 0
    for arguments in asked(f"long_names.py:{model}"):
        code = cli.run(arguments)
        said = capsys.readouterr()
        assert code in (0, 1, 2), arguments
        assert code != 2 or said.err.count("\n") == 1, arguments
        # sentences have single spaces
        rows = [line for line in said.out.split("\n") if "  " in line.strip()]
        shown += len(rows)
        assert all(text_width(line) <= WIDEST for line in rows), (
            arguments,
            max(rows, key=text_width),
        )
    assert shown > 20


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf", ".PDF"])
def test_a_figure_is_drawn_to_a_file_of_the_kind_named(place, ending, capsys):
    for arguments in (
        ["draw", "long_names.py:table"],
        ["map", "long_names.py:table"],
        ["tornado", "long_names.py:table"],
    ):
        file = place / f"{arguments[0]}{ending}"
        assert cli.run([*arguments, "-o", str(file)]) == 0
        start = file.read_bytes()[:5]
        assert (
            start
            == {".svg": b"<?xml", ".png": b"\x89PNG\r", ".pdf": b"%PDF-"}[ending.lower()]
        )
        assert str(file) in capsys.readouterr().out
    first = file.read_bytes()
    assert cli.run([*arguments, "-o", str(file)]) == 0
    assert file.read_bytes() == first, "the same figure gives the same bytes"


@pytest.mark.deep_but(4)
@pytest.mark.parametrize("command", ["draw", "map", *FIGURES])
@pytest.mark.parametrize("name", ["x.eps", "x.pdff", "", ".", "..", "a.v2"])
def test_another_kind_of_file_is_refused_in_a_line_with_the_choices(
    place, command, name, capsys
):
    assert cli.run([command, "corridor.activation", "-o", name]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert ".svg, .png or .pdf" in said.err
    assert [one.name for one in place.iterdir()] == ["long_names.py"]


def worked(context, monkeypatch, steps=(), first=0.01, seconds=0.5):
    """What a pipe gets while work goes on in a context for a while."""
    monkeypatch.setattr(_progress, "_FIRST_LINE", first)
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    with context as step:
        for one in steps:
            step(*one)
        # on a busy machine something was said before the steps
        before = pipe.getvalue().count("\n")
        end = time.monotonic() + seconds
        while time.monotonic() < end and (
            first > seconds or pipe.getvalue().count("\n") < before + 3
        ):
            time.sleep(0.005)
    return pipe.getvalue()


CONTEXTS = {
    "an end unknown": (
        lambda: _progress.working("looking for thresholds"),
        (),
        "looking for thresholds",
    ),
    "sections": (
        _progress.progress_bar,
        ((1, 12, "thresholds"),),
        "1 of 12 done, thresholds",
    ),
    "rows": (
        lambda: _progress.rated_bar("rows"),
        ((1_000, 40_000), (3_000, 40_000)),
        "3,000 of 40,000 rows, ",
    ),
    "rows not begun": (lambda: _progress.rated_bar("rows"), (), "rows: getting ready"),
}


@pytest.mark.parametrize("kind", CONTEXTS)
def test_a_pipe_gets_whole_lines_of_progress_and_few(kind, monkeypatch):
    context, steps, words = CONTEXTS[kind]
    text = worked(context(), monkeypatch, steps, seconds=60)  # ends at the third line
    assert len(text.splitlines()) >= 3
    assert "\r" not in text
    assert "\x1b" not in text
    assert all(re.match(r"strategy: after \d+ s: ", line) for line in text.splitlines()), (
        text
    )
    assert words in text.splitlines()[-1]


def test_short_work_says_nothing(monkeypatch):
    assert worked(_progress.working("looking"), monkeypatch, first=1e6, seconds=0.01) == ""


def test_each_line_comes_when_the_work_has_taken_twice_as_long(monkeypatch):
    waits = []

    class Ended:
        """Ends the work after 1,000 seconds of a clock that only waiting moves."""

        def wait(self, seconds):
            waits.append(seconds)
            now[0] += seconds
            return now[0] > 1000

        def set(self):
            now[0] = 2000

    now = [0.0]
    monkeypatch.setattr(_progress.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(_progress.threading, "Event", Ended)
    monkeypatch.setattr("sys.stderr", io.StringIO())

    class Now:
        """A thread that does its work when it is started."""

        def __init__(self, target, daemon):
            self.start = target

        def join(self):
            pass

    monkeypatch.setattr(_progress.threading, "Thread", Now)
    with redirect_stdout(io.StringIO()), _progress.working("looking"):
        pass
    assert waits == [2, 2, 4, 8, 16, 32, 64, 128, 256, 512]


@pytest.mark.parametrize("columns", ["1", "2", "5", "7"])
def test_a_terminal_too_narrow_for_anything_still_gets_it_all(columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", columns)
    for command, said in (
        ("solve", "Armenia"),
        ("thresholds", "assumption"),
        ("tornado", "threat"),
    ):
        assert cli.run([command, "corridor.activation"]) == 0
        assert said in capsys.readouterr().out


def test_no_width_is_too_small_for_a_table_or_a_paragraph():
    texts = (
        "",
        "a b",
        "    set in and wide 漢字漢字 text",
        "漢",
        "a" * 50,
        "    x",
        "\n\n",
    )
    for width in range(-3, 12):
        for text in texts:
            assert "".join(wrapped(text, width)).replace(" ", "") == text.replace(
                " ", ""
            ).replace("\n", "")
        for rows in (texts, texts[::-1]):
            assert "漢" in Table(("words", "more"), zip(rows, texts, strict=True)).text(
                width
            )


def test_a_figure_goes_to_a_file_and_to_nothing_else(place, capsys):
    (place / "folder").mkdir()
    os.mkfifo(place / "pipe")
    before = sorted(place.iterdir())
    for name in ("-", "folder", "folder/", "pipe", "/dev/null"):
        assert (
            cli.run(["draw", "games.classics.dilemmas:prisoners_dilemma", "-o", name]) == 2
        )
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "give the name of one, such as 'figure.svg'" in said
    assert sorted(place.iterdir()) == before


def test_a_proof_goes_down_a_pipe_and_a_refusal_keeps_its_code_where_nobody_can_be_told():
    command = f"{shlex.quote(sys.executable)} -m strategy"
    bar = "games.classics.dilemmas:prisoners_dilemma"
    proof = subprocess.run(
        f"{command} prove {bar} /dev/stdout | head -c 1",
        shell=True,
        capture_output=True,
        check=True,
    )
    assert proof.stdout in (b"{", b"["), proof
    if Path("/dev/full").exists():
        assert (
            subprocess.run(
                f"{command} no-such-command 2>/dev/full", shell=True, check=False
            ).returncode
            == 2
        )


def test_letters_that_the_font_lacks_are_drawn_without_a_warning(recwarn):
    names = ("日本国", "政府")
    game = NormalFormGame.from_arrays(
        [[3, 0], [5, 1]],
        [[3, 5], [0, 1]],
        players=names,
        actions=(("開く", "拒む"), ("妨げる", "認める")),
    )
    solution = solve(game, PureNash())
    for size, plot in (
        (payoffs_size(game, solution), plot_payoffs),
        ((5, 5), plot_best_responses),
    ):
        figure, ax = blank(*size)
        plot(game, ax)
        svg_text(figure)
    assert [str(one.message) for one in recwarn if "Glyph" in str(one.message)] == []
