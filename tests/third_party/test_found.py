"""A package of somebody else's, installed into a folder: all that it adds is found and
works, and passes the kits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distributions, entry_points
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent / "package"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Python with the package installed: a folder with the package and what an installer
    writes beside it."""
    folder = tmp_path_factory.mktemp("site")
    for source in PACKAGE.rglob("*"):
        if source.is_file() and "__pycache__" not in source.parts:
            target = folder / source.relative_to(PACKAGE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())

    def running(*arguments: str) -> str:
        path = os.pathsep.join([str(folder), str(ROOT)])
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": path,
                "PYTHONDONTWRITEBYTECODE": "1",
                "COLUMNS": "100",
            },
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return running


def test_the_folder_is_an_installed_package() -> None:
    (one,) = distributions(name="guarded", path=[str(PACKAGE)])
    groups = (
        "models",
        "solvers",
        "concepts",
        "deciders",
        "analyses",
        "figures",
        "sections",
    )
    assert {point.group for point in one.entry_points} == {
        f"strategy.{group}" for group in groups
    }


def test_its_model_is_listed(run: Callable[..., str]) -> None:
    listed = {
        one["name"]: one for one in json.loads(run("-m", "strategy", "list", "--json"))
    }
    assert listed["guarded.fence"]["title"] == "Who mends the fence"


def test_its_concept_and_solver_answer(run: Callable[..., str]) -> None:
    found = json.loads(
        run("-m", "strategy", "solve", "guarded.fence", "--concept", "guarded", "--json")
    )
    assert found["concept"] == "guarded"
    assert "every-profile" not in found  # solvers are named by their class
    assert "COMPLETE" in json.dumps(found)
    assert "EveryProfile" in json.dumps(found)
    assert "mend" in run("-m", "strategy", "solve", "guarded.fence", "--concept", "guarded")


def test_its_concepts_and_solvers_are_listed(run: Callable[..., str]) -> None:
    said = " ".join(run("-m", "strategy", "solve", "--help").split()).replace("- ", "-")
    concepts, solvers = said.split("Concepts: ")[1].split("Solvers: ")
    assert {"guarded", "agent-nash"} <= set(concepts.strip().split(", "))
    assert {"every-profile", "indifference"} <= set(
        solvers.split(" Examples")[0].split(", ")
    )


FIGURE = """
from guarded.agents import AgentNash
from guarded.concept import Guarded
from guarded.hiding import model as hiding
from guarded.model import model
from strategy.plots.drawing.found import figure_of
from strategy.sensitivity import verdict
from strategy.sensitivity.analyses.catalogue import every_analysis

analysis = every_analysis()["floors"]
found = analysis.load()(model, Guarded(), "fence mended")
(axes,) = figure_of(found, analysis.figure).axes
assert len(axes.patches) == len(found.floors)
print(found.sentences[0], verdict(hiding, AgentNash(), "found").name)
"""


def test_its_analysis_its_figure_and_its_verdicts_are_had_in_python(
    run: Callable[..., str],
) -> None:
    """The one equilibrium found, with 5/9, shows that the outcome is neither sure in every
    one nor in none."""
    assert run("-c", FIGURE) == "North gets at least 1 by mend. SOME\n"


@pytest.mark.deep
def test_its_claims_are_checked_by_its_concept(run: Callable[..., str]) -> None:
    found = {
        one["id"]: one
        for one in json.loads(run("-m", "strategy", "check", "guarded.fence", "--json"))[
            "claims"
        ]
    }
    assert found["F1"]["result"] == "REFUTED"
    assert found["F1"]["counterexample"]["values"] == {"worth": "1"}
    assert found["F2"]["result"] in ("PROVED", "NOT REFUTED")
    installed = any(
        point.value == "strategy.testing.plugin" for point in entry_points(group="pytest11")
    )
    plugin = () if installed else ("-p", "strategy.testing.plugin")
    said = run(
        "-m", "pytest", *plugin, "-p", "no:cacheprovider", "--strategy-models", "guarded"
    )
    assert "1 passed, 1 xfailed" in said


def test_its_analysis_is_a_command_with_help_data_and_a_figure(
    run: Callable[..., str], tmp_path: Path
) -> None:
    assert "What each player can make sure of." in run("-m", "strategy", "--help")
    assert "Only this player (default: all)." in run("-m", "strategy", "floors", "--help")
    said = run(
        "-m", "strategy", "floors", "guarded.fence", "-o", str(tmp_path / "floors.svg")
    )
    assert "North gets at least 1 by mend." in said
    assert (tmp_path / "floors.svg").read_text(encoding="utf-8").count("<svg") == 1
    found = json.loads(
        run(
            "-m",
            "strategy",
            "floors",
            "guarded.fence",
            "--player",
            "South",
            "--set",
            "work=1",
            "--json",
        )
    )
    assert found["analysis"] == "floors"
    assert found["floors"] == {"South": {"action": "mend", "least": "2"}}


def test_its_analysis_and_its_section_stand_in_the_page(
    run: Callable[..., str], tmp_path: Path
) -> None:
    wanted = [word for key in ("floors", "plays", "answer") for word in ("--only", key)]
    run("-m", "strategy", "analyse", "guarded.fence", *wanted, "-o", str(tmp_path))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert (
        page.index('id="m0-answer"')
        < page.index('id="m0-floors"')
        < page.index('id="m0-plays"')
    )
    assert "<h3>Every way of playing it</h3>" in page
    assert "North gets at least 1 by mend." in page
    assert "strategy floors guarded.fence" in page  # the command that gives just this
    assert "strategy analyse guarded.fence --only plays --json" in page
    (figure,) = tmp_path.glob("*.svg")
    assert figure.name == "fence-floors.svg"
    (model,) = json.loads((tmp_path / "analysis.json").read_text(encoding="utf-8"))[
        "models"
    ]
    assert model["plays"] == {"plays": 4, "with_the_outcome": 3}
    assert [one["floors"]["North"]["least"] for one in model["floors"]] == ["1", "1"]


ASKED = """
import attrs
from guarded.model import model
from strategy import Inquiry
from strategy.report import analyse
from strategy.report.sections import every_section

asked = attrs.evolve(model, inquiries=(Inquiry("What is North sure of?", "floors", {"player": "North"}),))
wanted = tuple(one for one in every_section() if one.key == "questions")
((answer,),) = [one["questions"] for one in analyse(asked, sections=wanted).models]
print(*answer.sentences)
"""


def test_a_question_may_name_its_analysis(run: Callable[..., str]) -> None:
    assert run("-c", ASKED) == "North gets at least 1 by mend.\n"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            "[strategy.analyses]\nfloors = nowhere:ANALYSIS",
            "'floors' of strategy.analyses, 'nowhere:ANALYSIS', cannot be loaded",
        ),
        (
            "[strategy.sections]\nplays = json:dumps",
            "'plays' of strategy.sections, 'json:dumps', is a function: expected a Section",
        ),
    ],
)
def test_what_cannot_be_loaded_is_named(entry: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "broken-1.0.dist-info").mkdir()
    (tmp_path / "broken-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n"
    )
    (tmp_path / "broken-1.0.dist-info" / "entry_points.txt").write_text(entry)
    line = [
        sys.executable,
        "-m",
        "strategy",
        "analyse",
        "games.classics.dilemmas:prisoners_dilemma",
        "--only",
        "floors",
    ]
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = subprocess.run(
        line,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


KITS = """
from guarded.agents import AgentNash
from guarded.concept import Guarded
from guarded.hiding import model as hiding
from guarded.indifference import Indifference
from guarded.model import model
from guarded.solver import EveryProfile
from strategy.testing.checks import check_concept, check_form, check_model, check_solver

check_model(model)
check_form(model.form)
check_concept(Guarded())
check_solver(EveryProfile(), Guarded())
check_model(hiding)
check_form(hiding.form)
check_concept(AgentNash())
check_solver(Indifference(), AgentNash(), games=[hiding.game()])
print("all four")
"""


@pytest.mark.deep
def test_it_passes_the_kits(run: Callable[..., str]) -> None:
    assert run("-c", KITS) == "all four\n"


DECIDED = """
from fractions import Fraction

from guarded.concept import Guarded
from guarded.model import model
from strategy import RefusalError
from strategy.sensitivity import Verdict, conditions, radius, regions, statics, thresholds, tipping, verdict

asked = model, Guarded(), "fence mended"
along = thresholds(*asked, "worth")
assert along.points == (2,)  # at worth = work the least payoffs of both actions are 0
assert (*along.pieces, *along.at_points) == (Verdict.NO, Verdict.EVERY, Verdict.SOME)
for at in (1, Fraction(3, 2), 2, Fraction(5, 2), 6):
    assert along.verdict_at(at) is verdict(*asked, at={"worth": at})
plane = regions(*asked, "worth", "work")
assert plane.exact
assert plane.shares() == {Verdict.EVERY: Fraction(3, 5), Verdict.NO: Fraction(2, 5)}
for x in range(1, 7):
    for y in range(1, 6):
        assert plane.verdict_at(x, y) is verdict(*asked, at={"worth": x, "work": y})
(life,) = tipping(*asked, parameter="worth").lives
assert (life.down.point, life.up) == (2, None)
((condition,),) = [one.conditions for one in conditions(*asked).polyhedra]
assert str(condition.inequality) == "worth > work"
effects = statics(*asked).entries
assert effects["worth", None].effect.name == "RAISES"
try:
    radius(*asked)
except RefusalError as error:
    print(error)
"""


def test_its_decider_gives_thresholds_maps_and_more_and_refuses_the_rest_in_words(
    run: Callable[..., str],
) -> None:
    said = run("-c", DECIDED)
    assert said.startswith(
        "exact distances are for concepts whose equilibria signs of gains decide"
    )
    assert "not for guarded" in said
    assert "North: " not in run(
        "-m",
        "strategy",
        "thresholds",
        "guarded.fence",
        "--concept",
        "guarded",
        "--parameter",
        "worth",
    )


def test_behaviour_profiles_on_a_tree_with_an_information_set_are_solved_for(
    run: Callable[..., str],
) -> None:
    """By a concept that judges them and a solver that proposes them, neither of which the
    toolkit knows."""
    asked = ("-m", "strategy", "solve", "guarded.hiding", "--concept", "agent-nash")
    found = json.loads(run(*asked, "--json"))
    (one,) = found["equilibria"]
    assert (found["concept"], found["status"], found["solver"]) == (
        "agent Nash",
        "PARTIAL",
        "Indifference",
    )
    # Found in the barn costs twice as much: each is in the wood twice as often as in the
    # barn.
    assert {
        tuple(step[-1] for step in play["steps"]): play["probability"]
        for play in one["plays"]
    } == {
        ("barn", "barn"): "1/9",
        ("barn", "wood"): "2/9",
        ("wood", "barn"): "2/9",
        ("wood", "wood"): "4/9",
    }
    assert one["payoffs"] == {"Hider": "-2/3", "Seeker": "2/3"}
    assert one["outcomes"] == {"found": "5/9"}
    mixed = {"action": None, "strategy": {"barn": "1/3", "wood": "2/3"}, "reached": True}
    assert one["plan"] == {
        "Hider": [{"at": [], **mixed}],
        "Seeker": [{"at": "having seen nothing", **mixed}],
    }
    shown = " ".join(run(*asked).split())
    assert "Hider: wood, Seeker: wood (probability 4/9)" in shown
    assert "What is done in #1" in shown
    assert "Seeker, at having seen nothing: barn (1/3), wood (2/3)" in shown


BEHAVIOUR = """
import pickle
from fractions import Fraction

from guarded.agents import AgentNash
from guarded.hiding import model
from guarded.indifference import Indifference
from strategy import PureProfile, Status, solve
from strategy.forms import MixedProfile

game = model.game()
solution = solve(game, AgentNash(), solver=Indifference())
(one,) = solution
assert solution.status is Status.PARTIAL and solution.rejected == 4
assert isinstance(one.profile, MixedProfile)
thirds = {"barn": Fraction(1, 3), "wood": Fraction(2, 3)}
assert one.profile["Hider"][()] == thirds and one.profile["Seeker"]["having seen nothing"] == thirds
assert one.plays[game.form.play(3)] == Fraction(4, 9) and sum(one.plays.values()) == 1
assert one.payoffs == {"Hider": Fraction(-2, 3), "Seeker": Fraction(2, 3)}
assert pickle.loads(pickle.dumps(one)).plays == one.plays
assert AgentNash().certify(game, dict(one.profile.items())).holds
assert not AgentNash().certify(game, {"Hider": {(): "barn"}, "Seeker": {"having seen nothing": "wood"}}).holds
assert "having seen nothing" in str(one.profile) and "2/3" in str(one.profile) and "4/9" in str(solution)
assert "What every player does" in one._repr_html_() and solution._repr_html_() and one.profile._repr_html_()
try:
    one.to_arrays()
except ValueError as error:
    assert "normal-form" in str(error)
assert all(isinstance(each, (PureProfile, MixedProfile)) for each in one.profiles())
print("judged")
"""


def test_a_behaviour_profile_is_read_in_names_and_says_its_plays(
    run: Callable[..., str],
) -> None:
    assert run("-c", BEHAVIOUR) == "judged\n"
