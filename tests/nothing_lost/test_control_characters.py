"""No character of a name, a text, a path or an error of the user's moves, hides or forges
what a reader sees, in any channel."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import html5lib
import pytest

import strategy.checking  # noqa: F401 - loaded before pytester, which forgets what is loaded after, and numpy loads once
from strategy.characters import escaped, hidden, json_text
from strategy.cli import run
from strategy.plots import blank, plot_waterfall, svg_text

pytest_plugins = ["pytester"]

FORGED = "\n- This is proved: there is 1 such equilibrium and no other.\n"
HOSTILE = (
    "a\x1b[2J\x1b]0;title\x07b",
    f"a{FORGED}b",
    "a\u202eb\u2066c",
    "a\u200bb\u200fc",
    "a\ud800b",
    "a\x00b\tc\r\x85d",
    "a\uffffb",
)
each = pytest.mark.parametrize("text", HOSTILE, ids=ascii)

MODEL = """
from strategy import Claim, Inquiry, Model, NormalForm, NormalFormGame, Outcome, Parameter, Parameters, Term, where
from strategy.assumptions.checks import Occurs

TEXT = {text!r}
p = Parameters(x=Parameter(1, low="1/2", high=2, unit=TEXT, source=TEXT, reason=TEXT))
form = NormalForm({{"Ana": ("ask", "wait"), "Ben": ("agree", "refuse")}})
asked = where(Ana="ask")
model = Model(
    "m", form=form, parameters=p, title=TEXT, about=TEXT, leaves_out=(TEXT,),
    terms=(Term("Ana", 2 - p.x, when=asked, claim="C1", name="gain"), Term("Ben", 1, when=where(Ben="agree"), name="other")),
    outcomes=(Outcome("asked", when=asked),),
    claims=(Claim("C1", TEXT, paragraph=TEXT, if_wrong={{"x": 3}}, checks=(Occurs("asked", "no"),)),),
    inquiries=(Inquiry(TEXT, "thresholds", {{"parameter": "x"}}),),
)
game = model.game()

def fails():
    raise ValueError(TEXT)

def named():
    return NormalFormGame.from_arrays([[1]], [[2]], players=(TEXT, "Ben"))

def concept():
    return Model(TEXT, form=form, terms=())
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


def clean(shown: str) -> bool:
    """Whether a text has no such character but line breaks, and no line that the user's
    text made."""
    return (
        hidden(shown.replace("\n", " ")) is None
        and FORGED.strip() not in shown.splitlines()
    )


COMMANDS = [
    ["solve"], ["thresholds"], ["ask"], ["check", "--examples", "5"], ["consistent", "--stated", "x < 1"], ["draw"], ["tornado"],
    ["analyse", "--only", "assumptions", "--only", "claims", "--only", "questions", "--only", "leaves_out"],
]  # fmt: skip


@pytest.mark.deep_but(3)
@each
def test_prose_of_a_model_through_the_commands(
    text: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.py").write_text(
        MODEL.format(text=text), encoding="utf-8", errors="surrogatepass"
    )
    for command, *options in COMMANDS:
        for form in ([], ["--json"]) if command != "draw" else ([],):
            assert run([command, "m.py:model", *options, *form]) in (0, 1), command
            shown = capsys.readouterr()
            assert clean(shown.out + shown.err), (command, form)
            shown.out.encode()
            if form:
                json.loads(shown.out)


@pytest.mark.parametrize(
    "text", [HOSTILE[0] + HOSTILE[1] + HOSTILE[2], HOSTILE[4] + HOSTILE[6]], ids=ascii
)
def test_prose_of_a_model_on_its_page_in_its_figures_and_its_data(
    text: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.py").write_text(MODEL.format(text=text))
    sections = [
        "assumptions",
        "claims",
        "questions",
        "leaves_out",
        "gains",
        "thresholds",
        "drawing",
    ]
    assert (
        run(
            [
                "analyse",
                "m.py:model",
                "-o",
                "out",
                *[word for one in sections for word in ("--only", one)],
            ]
        )
        == 0
    )
    written = [path for path in (folder / "out").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".html", ".json", ".svg"}
    for path in [one for one in written if one.suffix != ".png"]:
        content = path.read_text(encoding="utf-8")
        assert hidden(content.replace("\n", " ").replace("\t", " ")) is None, path.name
        assert hidden(str(path.relative_to(folder))) is None
        if path.suffix == ".svg":
            ElementTree.fromstring(content)
        elif path.suffix == ".html":
            html5lib.HTMLParser(strict=True).parse(content)
    assert clean("".join(capsys.readouterr()))


@each
def test_hostile_names_and_errors_of_a_users_file_are_one_line(
    text: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.py").write_text(MODEL.format(text=text))
    for attribute in ("fails", "named", "concept"):
        assert run(["solve", f"m.py:{attribute}"]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert len(shown.err.splitlines()) == 1
        assert clean(shown.err)


@pytest.mark.deep_but(2)
@each
def test_hostile_words_on_the_command_line_are_shown_escaped(
    text: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.py").write_text(MODEL.format(text="fine"))
    solve = ["solve", "m.py:model"]
    lines = [
        ["solve", text], [text], ["solve", f"{text}:model"], ["solve", f"{text}.py:model"], ["solve", f"m.py:{text}"],
        [*solve, "--set", f"{text}=1"], [*solve, "--set", f"x={text}"], [*solve, "--concept", text], [*solve, f"--{text}"],
        [*solve, "--seconds", text], ["thresholds", "m.py:model", "--outcome", text], ["replay", "m.py:model", text],
        ["consistent", "m.py:model", "--stated", text], ["check", "m.py:model", "--claim", text],
        ["draw", "m.py:model", "-o", f"{text}.txt"], ["draw", "m.py:model", "--figure", text],
        ["sweep", "m.py:model", "--out", "out", "--rows", text],
    ]  # fmt: skip
    for words in lines:
        assert run(words) == 2, words
        shown = capsys.readouterr()
        assert len(shown.err.splitlines()) == 1, words
        assert clean(shown.out + shown.err), words


def test_a_hostile_path_is_shown_escaped_where_it_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.py").write_text(MODEL.format(text="fine"))
    path = f"a{FORGED.replace('/', '')}\x1b[2J\u202e.svg"
    assert run(["draw", "m.py:game", "-o", path]) == 0
    shown = capsys.readouterr().out
    assert clean(shown)
    assert escaped(path) in " ".join(shown.split())  # however wide the page is
    assert (folder / path).exists()


@each
@pytest.mark.deep_but(3)
def test_words_in_a_figure_are_escaped(text: str) -> None:
    figure, ax = blank(4, 3)
    plot_waterfall([(text, 1)], ax, title=text, unit=text, total=text)
    content = svg_text(figure)
    ElementTree.fromstring(content)
    assert hidden(content.replace("\n", " ")) is None


@each
def test_json_keeps_every_character_and_shows_none_that_is_not_seen(text: str) -> None:
    for data in ({text: [text]}, {"Türkiye": "日本"}):
        shown = json_text(data)
        assert json.loads(shown) == data
        assert hidden(shown.replace("\n", " ")) is None
    assert "Türkiye" in json_text({"Türkiye": 1})


def test_claims_as_tests_show_the_text_escaped(
    folder: Path, pytester: pytest.Pytester
) -> None:
    (folder / "m.py").write_text(MODEL.format(text="".join(HOSTILE[:4])))
    found = pytester.runpytest_inprocess(
        "-p",
        "no:cacheprovider",
        "-rA",
        "--runxfail",
        "--strategy-models",
        f"{folder}/m.py:model",
    )
    found.assert_outcomes(failed=1)
    assert clean(found.stdout.str() + found.stderr.str())
    wrong = pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", "--strategy-models", f"{folder}/m.py:fails"
    )
    assert clean(wrong.stdout.str() + wrong.stderr.str())
    assert (
        len([line for line in wrong.stderr.str().splitlines() if "strategy-models" in line])
        == 1
    )


CLOSED = {
    "standard output closed": ">&-",
    "the reader gone": "| true",
    "both closed": ">&- 2>&-",
    "errors closed": "2>&- >/dev/null",
}


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("how", CLOSED.values(), ids=CLOSED)
def test_a_closed_output_ends_quietly(how: str) -> None:
    line = f'"{sys.executable}" -W error -m strategy list {how}; echo "${{PIPESTATUS[0]}}"'
    found = subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDEVMODE": "1"},
    )
    assert (found.stdout, found.stderr) == ("0\n", "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_an_output_that_is_full_is_said_in_one_line() -> None:
    line = f'"{sys.executable}" -m strategy list >/dev/full; echo $?'
    found = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
    assert (found.stdout, found.stderr) == (
        "2\n",
        "strategy: standard output: No space left on device\n",
    )
