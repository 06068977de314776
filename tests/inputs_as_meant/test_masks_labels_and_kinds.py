"""What an array holds besides numbers in their places is never dropped (masks, labels,
units); other kinds are not numbers."""

from collections import deque, namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from strategy import (
    NormalFormGame,
    NumberError,
    Parameter,
    StrategyError,
    solve,
    solve_many,
)
from strategy.concepts import CorrelatedEquilibrium, Nash, PureNash
from strategy.exact import exact
from strategy.linear import maximise

pandas = pytest.importorskip("pandas")
xarray = pytest.importorskip("xarray")

A = np.array([[3, 0], [5, 1]])
B = A.T
game = NormalFormGame.from_arrays(A, B)


class WithUnit:
    """Like a quantity of a package for units."""

    units = "dollar"

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return A


def masked(*place: int) -> Any:
    found = np.ma.masked_array(A)
    found[place] = np.ma.masked
    return found


class Wrapped:
    """Something that gives an array when NumPy asks it for one, and here a masked one."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return masked(0, 1)


class Rows(list[Any]):
    """A list of a class of its own."""


Pair = namedtuple("Pair", "up down")

KINDS: dict[str, tuple[Any, str]] = {
    "a masked row of a deque": (deque([masked(1, 0)[1], A[0]]), "masked"),
    "a masked row of a named tuple": (Pair(masked(1, 0)[1], A[0]), "masked"),
    "a masked row of a user's list": (Rows([masked(1, 0)[1], A[0]]), "masked"),
    "series in a named tuple": (
        Pair(pandas.Series(A[0]), pandas.Series(A[1])),
        "labels are not read",
    ),
    "what wraps a masked array": (Wrapped(), "masked"),
    "a masked cell": (masked(1, 1), "1 masked of 4"),
    "all masked": (np.ma.masked_all((2, 2)), "4 masked of 4"),
    "masked floats": (masked(0, 0).astype(float), "masked"),
    "a masked row of a list": ([masked(1, 0)[1], A[0]], "masked"),
    "a masked number in a list": ([[1, np.ma.masked], [1, 2]], "masked"),
    "a data frame": (
        pandas.DataFrame(A, index=["d", "c"], columns=["d", "c"]),
        "labels are not read.*to_numpy.*players=",
    ),
    "series": ([pandas.Series(A[0]), pandas.Series(A[1])], "labels are not read"),
    "a labelled array": (xarray.DataArray(A, dims=("x", "y")), "labels are not read"),
    "a quantity": (WithUnit(), "has a unit"),
    "truth values": (A > 2, "truth value"),
    "truth values in lists": ([[True, False], [1, 0]], "truth value"),
    "truth values among objects": (
        np.array([[1, True], [1, 2]], dtype=object),
        "truth value|dtype object",
    ),
    "complex numbers": (A.astype(complex), "complex"),
    "days": (A.astype("M8[D]"), "datetime64"),
    "spans of time": (A.astype("m8[s]"), "timedelta64"),
    "bytes": (A.astype("S2"), "S"),
    "records": (np.zeros((2, 2), dtype=[("pay", int)]), "pay"),
    "nothing": ([[1, None], [1, 2]], "None"),
    "missing": ([[1, pandas.NA], [1, 2]], "NA"),
    "no number": ([[1, float("nan")], [1, 2]], "nan"),
    "without end": (np.array([[1, np.inf], [1, 2]]), "inf"),
    "a generator": ((row for row in A), "generator"),
}


@pytest.mark.parametrize(("given", "said"), KINDS.values(), ids=KINDS)
def test_a_table_that_is_more_or_less_than_numbers_is_refused(
    given: Any, said: str
) -> None:
    with pytest.raises(NumberError, match=f"(?s){said}") as refused:
        NormalFormGame.from_arrays(given, B)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "said"), [pair for key, pair in KINDS.items() if key != "a generator"]
)
def test_many_tables_as_well(given: Any, said: str) -> None:
    with pytest.raises(StrategyError, match=f"(?s){said}"):
        solve_many([[given], [B]], PureNash())


def test_a_stack_of_which_one_cell_is_masked_is_refused() -> None:
    stack = np.ma.masked_array([[A], [B]])
    assert solve_many(stack, PureNash()).counts.tolist() == [1]
    stack[1, 0, 0, 1] = np.ma.masked
    with pytest.raises(NumberError, match="masked"):
        solve_many(stack, PureNash())
    with pytest.raises(NumberError, match="labels"):
        solve_many(pandas.DataFrame(A), PureNash())


def test_tables_whose_labels_say_otherwise_are_not_joined_by_position() -> None:
    pays = pandas.DataFrame([[3, 0], [5, 1]], index=["C", "D"], columns=["C", "D"])
    other = pandas.DataFrame([[1, 0], [5, 3]], index=["D", "C"], columns=["D", "C"])
    with pytest.raises(NumberError, match="labels"):
        NormalFormGame.from_arrays(pays, other)
    aligned = other.loc[pays.index, pays.columns].to_numpy()
    found = NormalFormGame.from_arrays(
        pays.to_numpy(), aligned, actions=(["C", "D"], ["C", "D"])
    )
    assert [one.profile.actions for one in solve(found, PureNash())] == [
        {"1": "D", "2": "D"}
    ]


READERS: dict[str, Callable[[Any], Any]] = {
    "a mixed action": lambda given: Nash().certify(game, {"1": given, "2": [1, 0]}),
    "a profile": lambda given: Nash().certify(game, [given, [1, 0]]),
    "a distribution over plays": lambda given: CorrelatedEquilibrium().certify(
        game, [given, given]
    ),
    "an objective": lambda given: maximise(given, at_most=([[1, 1]], [1])),
    "bounds": lambda given: maximise([1, 1], at_most=([[1, 1], [1, 0]], given)),
    "many masked values": lambda given: exact(given),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_other_readers_of_numbers_as_well(read: Callable[[Any], Any]) -> None:
    for given in (
        np.ma.masked_array([1, 0], mask=[False, True]),
        pandas.Series([1, 0]),
        np.array([True, False]),
    ):
        with pytest.raises(
            StrategyError, match=r"masked|labels|truth value|dtype bool|a ndarray"
        ):
            read(given)


def test_a_mask_that_hides_nothing_changes_nothing() -> None:
    assert (NormalFormGame.from_arrays(np.ma.masked_array(A), B).tables[0] == A).all()
    assert exact(np.float64(0.5)) == exact("1/2")
    with pytest.raises(NumberError, match="masked"):
        Parameter(np.ma.masked, low=0, high=1)


def test_columns_of_a_sweep_as_well() -> None:
    pytest.importorskip("pyarrow")
    from strategy.sensitivity import Rows

    # its rows are rows, whatever they are called
    assert Rows(pandas.DataFrame({"x": [1, 2]}, index=[5, 6])).samples == 2
    for given in (
        np.ma.masked_array([1.0, 2.0], mask=[False, True]),
        pandas.Series([1, 2]),
        [True, False],
        np.array([True, False]),
        np.array(["2020-01-01", "2021-01-01"], dtype="M8[ns]"),
    ):
        with pytest.raises(StrategyError, match=r"masked|labels|not a number|dtype"):
            Rows({"x": given})
