"""Sweeps: rows have the verdict of exact solving, whatever the design, the size of parts
and the concept; what is refused."""

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from games.corridor import activation, sequence
from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    StrategyError,
    Term,
    where,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import (
    Design,
    Grid,
    LatinHypercube,
    Rows,
    SobolPoints,
    Sweep,
    UniformSamples,
    Verdict,
    outcome_probability,
    shares,
    sweep,
    verdict,
)
from strategy.sensitivity.samples.designs import RangeBox, inner
from strategy.sensitivity.samples.intervals import share
from strategy.sensitivity.samples.permutation import permuted
from strategy.sensitivity.samples.shares import draw
from strategy.solvers.protocol import Limits

pd = pytest.importorskip("pandas")
pq = pytest.importorskip("pyarrow.parquet")


def hunt() -> Model:
    """A stag hunt whose mixed equilibrium moves with its numbers; a parameter is called as
    a column is."""
    p = Parameters(
        {
            "index": Parameter(4, low="11/3", high=6),
            "hare": Parameter("2.5", low=1, high="10/3"),
        }
    )
    terms = [
        term
        for one in ("A", "B")
        for term in (
            Term(one, p.hare, when=where(**{one: "hare"}), name=f"{one} hare"),
            Term(one, p.index, when=where(A="stag") & where(B="stag"), name=f"{one} stag"),
        )
    ]
    return Model(
        "hunt",
        form=NormalForm({"A": ("stag", "hare"), "B": ("stag", "hare")}),
        parameters=p,
        terms=tuple(terms),
        outcomes=(
            Outcome("stag", when=where(A="stag") & where(B="stag")),
            Outcome("A hare", when=where(A="hare")),
        ),
    )


DESIGNS: dict[str, Design] = {
    "uniform": UniformSamples(90, 3),
    "latin hypercube": LatinHypercube(90, 3),
    "sobol": SobolPoints(90, 3),
    "grid": Grid(russia_attention=5, leverage=["2", "5", "7.5"], normalisation=6),
    "rows": Rows(
        {
            "leverage": [2.0, 5.0, 0.1 + 2.1] * 30,
            "russia_attention": [i / 89 for i in range(90)],
        }
    ),
}


def values_of(model: Model, frame: Any, row: int) -> dict[str, Any]:
    """The parameter values of a row: shortest decimals."""
    return {
        label: Fraction(repr(float(frame[label].iloc[row]))) for label in model.parameters
    }


@pytest.mark.deep_but(3)
@pytest.mark.parametrize("name", DESIGNS)
def test_rows_have_the_verdict_of_exact_solving(name: str, tmp_path: Path) -> None:
    """In tables and trees, for two outcomes at once; and the same rows come whatever the
    size of a part."""
    for i, (model, concept) in enumerate(
        [(activation.model, PureNash()), (sequence.model, PureSubgamePerfect())]
    ):
        asked = ["corridor open", "Armenia opens"]
        found = sweep(model, concept, asked, DESIGNS[name], tmp_path / f"{i} whole")
        frame = found.to_pandas()
        assert (found.complete, found.rows, len(frame)) == (True, 90, 90)
        assert list(frame.index) == list(range(90))
        for outcome in asked:
            column = frame[f"verdict: {outcome}"]
            assert {
                one: int((column == one.name).sum()) for one in Verdict
            } == found.counts(outcome)
            for row in range(0, 90, 9):
                assert (
                    column.iloc[row]
                    == verdict(
                        model, concept, outcome, at=values_of(model, frame, row)
                    ).name
                )
        for part_rows in (7, 89):
            cut = sweep(
                model,
                concept,
                asked,
                DESIGNS[name],
                tmp_path / f"{i} {part_rows}",
                part_rows=part_rows,
            )
            assert len(cut.files) == -(-90 // part_rows)
            assert cut.table().to_table().equals(found.table().to_table())


def test_uniform_samples_are_those_of_shares(tmp_path: Path) -> None:
    model = activation.model
    found = sweep(model, PureNash(), "corridor open", 500, tmp_path / "a", seed=4)
    assert (
        found.to_pandas()[list(model.parameters)].to_numpy() == draw(model, 500, 4)
    ).all()
    assert found.counts() == shares(model, PureNash(), "corridor open", 500, 4).counts
    given = sweep(
        model, PureNash(), "corridor open", 500, tmp_path / "b", {"leverage": "1.5"}, seed=4
    )
    assert (
        given.counts()
        == shares(model, PureNash(), "corridor open", 500, 4, {"leverage": "1.5"}).counts
    )
    assert set(given.to_pandas()["leverage"]) == {1.5}


def test_claims_that_are_wrong_are_held(tmp_path: Path) -> None:
    wrong = sequence.model.with_claims_wrong("C4")
    frame = sweep(
        wrong, PureSubgamePerfect(), "corridor open", LatinHypercube(64), tmp_path / "a"
    ).to_pandas()
    for label, value in sequence.model.claims["C4"].if_wrong.items():
        assert set(frame[label]) == {float(value)}


def test_any_concept_one_by_one_with_probabilities(tmp_path: Path) -> None:
    model = hunt()
    found = sweep(
        model,
        Nash(),
        ["stag", "A hare"],
        40,
        tmp_path / "a",
        probabilities=True,
        part_rows=16,
    )
    frame = found.to_pandas()
    assert frame.index.name == "index_"  # the model has a parameter of the name
    for row in range(0, 40, 3):
        at = values_of(model, frame, row)
        for outcome in ("stag", "A hare"):
            assert (
                frame[f"verdict: {outcome}"].iloc[row]
                == verdict(model, Nash(), outcome, at=at).name
            )
            least, greatest = outcome_probability(model, Nash(), outcome, at=at) or (
                math.nan,
                math.nan,
            )
            assert frame[f"least: {outcome}"].iloc[row] == float(least)
            assert frame[f"greatest: {outcome}"].iloc[row] == float(greatest)
    pure = sweep(
        model, PureNash(), "stag", 40, tmp_path / "b", probabilities=True
    ).to_pandas()
    assert {
        (one["verdict"], one["least"], one["greatest"]) for _, one in pure.iterrows()
    } == {("SOME", 0.0, 1.0)}


def test_what_is_not_proved_in_time_is_unknown(tmp_path: Path) -> None:
    found = sweep(
        hunt(),
        Nash(),
        "stag",
        10,
        tmp_path / "a",
        limits=Limits(count=0),
        probabilities=True,
    )
    assert found.counts()[Verdict.UNKNOWN] == 10
    assert found.to_pandas()["least"].isna().all()


def test_rows_that_cannot_be_solved_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from strategy.sensitivity.sweeping import answers

    def fails(*given: Any, **named: Any) -> Any:
        raise StrategyError("no root of two here")

    monkeypatch.setattr(answers, "solve", fails)
    found = sweep(hunt(), Nash(), "stag", 10, tmp_path / "a")
    assert found.counts()[Verdict.UNKNOWN] == 10
    assert any(
        "10 rows could not be solved" in one and "no root of two here" in one
        for one in found.sentences
    )


def test_results_in_other_forms(tmp_path: Path) -> None:
    xarray, duckdb = pytest.importorskip("xarray"), pytest.importorskip("duckdb")
    folder = tmp_path / "it's [odd]*"
    grid = Grid(normalisation=4, leverage=["2", "7.5"], russia_attention=3)
    found = sweep(
        activation.model,
        PureNash(),
        "Armenia opens",
        grid,
        folder,
        {"iran_threat": "1/3"},
        part_rows=5,
    )
    frame = found.to_pandas()
    array = found.to_xarray()
    assert isinstance(array, xarray.Dataset)
    assert dict(array.sizes) == {"normalisation": 4, "leverage": 2, "russia_attention": 3}
    for _, row in frame.iterrows():
        at = {
            label: row[label] for label in ("normalisation", "leverage", "russia_attention")
        }
        assert array["verdict"].sel(at).item() == row["verdict"]
    counted = found.sql("select verdict, count(*) from sweep group by verdict").fetchall()
    assert dict(counted) == {
        one.name: count for one, count in found.counts().items() if count
    }
    assert found.to_duckdb(duckdb.connect()).fetchall()[3][0] == 3
    assert found.to_pandas(["verdict"]).columns.tolist() == ["verdict"]
    # the folder is one table to others, manifest and all
    assert pd.read_parquet(folder).shape == (24, len(activation.model.parameters) + 2)
    opened = Sweep.open(folder)
    assert opened.table().to_table().equals(found.table().to_table())
    drawn = sweep(activation.model, PureNash(), "Armenia opens", 20, tmp_path / "drawn")
    assert dict(drawn.to_xarray().sizes) == {"index": 20}
    metadata = json.loads(pq.read_schema(found.files[0]).metadata[b"strategy.sweep"])
    assert (metadata["model"], metadata["values"]["iran_threat"]) == (
        "corridor.activation",
        "1/3",
    )


def test_shares_and_words(tmp_path: Path) -> None:
    found = sweep(
        sequence.model, PureSubgamePerfect(), "corridor open", 400, tmp_path / "a", seed=1
    )
    text = str(found)
    assert "400 uniform samples, seed 1" in text
    assert "95% interval" in text
    assert "not probabilities of events" in text
    low, high = found.interval(Verdict.NO) or (1, 0)
    assert low < found.share(Verdict.NO) < high
    assert json.loads(json.dumps(found.data()))["complete"]
    grid = sweep(
        sequence.model,
        PureSubgamePerfect(),
        "corridor open",
        Grid(leverage=3),
        tmp_path / "b",
    )
    assert grid.interval(Verdict.NO) is None
    assert "95% interval" not in str(grid)


def test_intervals_leave_a_fortieth_on_either_side() -> None:
    """Against the sums of binomial probabilities by which Clopper and Pearson define
    them."""
    for count, total in ((0, 10), (3, 10), (10, 10), (1, 1), (41, 1_000)):
        found = share(count, total)

        def at_most(many: int, p: float, total: int = total) -> float:
            return sum(
                math.comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(many + 1)
            )

        assert (
            found.low == 0
            if not count
            else 1 - at_most(count - 1, found.low) == pytest.approx(0.025)
        )
        assert (
            found.high == 1
            if count == total
            else at_most(count, found.high) == pytest.approx(0.025)
        )


# -- designs


def test_permutations_are_permutations() -> None:
    for count in (1, 2, 3, 5, 64, 1000, 1025, 30_000):
        whole = permuted(count, 7, 1, 0, count)
        assert sorted(whole.tolist()) == list(range(count))
        assert (permuted(count, 7, 1, count // 3, count) == whole[count // 3 :]).all()
    assert (permuted(1000, 7, 1, 0, 1000) != permuted(1000, 7, 2, 0, 1000)).any()
    # All orders of four come, about equally often: chi-squared with 23 degrees of freedom,
    # far in the tail.
    orders = [tuple(permuted(4, seed, 0, 0, 4).tolist()) for seed in range(2400)]
    seen = np.array([orders.count(one) for one in set(orders)])
    assert len(seen) == 24
    assert ((seen - 100) ** 2 / 100).sum() < 60


@pytest.mark.parametrize("count", [1, 7, 1000])
def test_a_latin_hypercube_takes_each_stratum_once(count: int) -> None:
    model = activation.model
    box = RangeBox.of(model, {})
    rows = LatinHypercube(count, 5).rows(box, 0, count)
    strata = np.floor((rows - box.low) / (box.high - box.low) * count)
    assert all(sorted(column.tolist()) == list(range(count)) for column in strata.T)


def test_sobol_points_are_those_of_scipy() -> None:
    from scipy.stats import qmc

    box = RangeBox.of(activation.model, {})
    points = qmc.Sobol(
        len(box.labels), scramble=True, seed=np.random.default_rng(5)
    ).random(256)
    expected = np.clip(box.low + points * (box.high - box.low), box.low, box.high)
    design = SobolPoints(256, 5)
    for start, stop in ((0, 256), (100, 130), (130, 131), (3, 90)):
        assert (design.rows(box, start, stop) == expected[start:stop]).all()


def test_ends_of_ranges_lie_inside() -> None:
    for end in (
        Fraction(1, 3),
        Fraction(2, 3),
        Fraction(1, 10),
        Fraction(10**17 + 1),
        Fraction(0),
        Fraction(-1, 7),
    ):
        below, above = inner(end, -math.inf), inner(end, math.inf)
        assert Fraction(repr(below)) <= end <= Fraction(repr(above))
        assert np.nextafter(below, math.inf) >= above or below == above


# -- what is refused

BAD_DESIGNS: dict[str, tuple[Any, str]] = {
    "no sample": (lambda: UniformSamples(0), "samples=0"),
    "a share of a sample": (lambda: LatinHypercube(2.5), "samples=2.5"),
    "a seed that is none": (lambda: SobolPoints(8, None), "seed=None"),
    "one point": (lambda: Grid(leverage=1), "at least 2 points"),
    "no points": (lambda: Grid(), "no parameter"),
    "a point twice": (lambda: Grid(leverage=[2, "2.0"]), "different points"),
    "a point that no float is": (lambda: Grid(leverage=["7/3"]), "7/3"),
    "a missing number": (lambda: Rows({"leverage": [2, math.nan]}), "row 1 of the table"),
    "no number": (lambda: Rows({"leverage": ["2", "many"]}), "row 1.*'many'"),
    "columns of two lengths": (lambda: Rows({"leverage": []}), "empty"),
}


@pytest.mark.parametrize("name", BAD_DESIGNS)
def test_bad_designs(name: str) -> None:
    make, words = BAD_DESIGNS[name]
    with pytest.raises(StrategyError, match=words):
        make()


BAD_SWEEPS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown column": ({"samples": Rows({"leverag": [2]})}, "leverage"),
    "outside": (
        {"samples": Rows({"leverage": [2, 11.5]})},
        "row 1.*leverage = 11.5.*from 5/4 to 10",
    ),
    "grid outside": ({"samples": Grid(leverage=[2, 11])}, "leverage = 11"),
    "varied and given": (
        {"samples": Grid(leverage=3), "at": {"leverage": 2}},
        "leave one out",
    ),
    "column and given": (
        {"samples": Rows({"leverage": [2]}), "at": {"leverage": 2}},
        "leave one out",
    ),
    "outcome": ({"outcome": "corridor opens"}, "corridor open"),
    "no outcome": ({"outcome": []}, "no outcome"),
    "concept": ({"concept": PureSubgamePerfect()}, "table|tree"),
    "concept class": ({"concept": PureNash}, "instance"),
    "part rows": ({"part_rows": 0}, "part_rows=0"),
    "value outside": ({"at": {"leverage": 99}}, "99"),
    "disk": ({"samples": 10**12}, "on the disk.*free"),
}


@pytest.mark.parametrize("name", BAD_SWEEPS)
def test_bad_sweeps(name: str, tmp_path: Path) -> None:
    given, words = BAD_SWEEPS[name]
    asked = {
        "concept": PureNash(),
        "outcome": "corridor open",
        "samples": 10,
        "out": tmp_path / "a",
        **given,
    }
    with pytest.raises(StrategyError, match=words):
        sweep(activation.model, **asked)
    assert not list(tmp_path.glob("a/*.parquet"))


@pytest.mark.parametrize("kind", ["csv", "parquet", "frame", "arrow"])
def test_tables_are_read(kind: str, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"russia_attention": [0.1, 0.7, 0.30000000000000004], "leverage": [2, 3, 4]}
    )
    source: Any = frame
    if kind == "csv":
        source = tmp_path / "values.csv"
        frame.to_csv(source, index=False)
    elif kind == "parquet":
        source = tmp_path / "values.parquet"
        frame.to_parquet(source)
    elif kind == "arrow":
        source = pytest.importorskip("pyarrow").Table.from_pandas(frame)
    found = sweep(
        activation.model, PureNash(), "corridor open", Rows(source), tmp_path / "a"
    ).to_pandas()
    assert (found[["russia_attention", "leverage"]].to_numpy() == frame.to_numpy()).all()
    assert set(found["normalisation"]) == {0.4}


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary", encoding="utf-8")
    with pytest.raises(StrategyError, match=r"diary\.txt"):
        sweep(activation.model, PureNash(), "corridor open", 10, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["diary.txt"]
    with pytest.raises(StrategyError, match="holds no sweep"):
        Sweep.open(tmp_path)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(StrategyError, match=r'pip install "strategy-toolkit\[sweep\]"'):
        sweep(activation.model, PureNash(), "corridor open", 10, tmp_path / "a")
    assert not (tmp_path / "a").exists()
