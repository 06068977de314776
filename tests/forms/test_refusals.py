"""Bad games are refused where they are written: the message shows the value, what was
expected and what to do."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    ExtensiveFormGame,
    GameError,
    Model,
    ModelError,
    NormalForm,
    NormalFormGame,
    NumberError,
    Outcome,
    Parameter,
    ParameterError,
    Parameters,
    SizeError,
    StrategyError,
    Term,
    where,
)

table, tree = NormalFormGame.from_arrays, ExtensiveFormGame.from_tree
ONE = [[1, 2], [3, 4]]


def chance(**events: Any) -> Chance:
    return Chance("weather", {event: (p, End({"A": 1})) for event, p in events.items()})


P = Parameters(x=Parameter(1, low=0, high=2))
Case = tuple[Callable[[], Any], type[Exception], list[str]]
TABLES: list[Case] = [
    (lambda: table(), GameError, ["no payoff arrays", "one array for each player"]),
    (lambda: table([ONE, ONE]), GameError, ["(2, 2, 2)", "one array for each player"]),
    (lambda: table(ONE, [[1, 2]]), GameError, ["payoff array of 2", "(1, 2)", "(2, 2)"]),
    (lambda: table(ONE, ONE, ONE), GameError, ["(2, 2)", "expected 3 dimensions"]),
    (lambda: table([[1, 2], [3]], ONE), NumberError, ["ragged"]),
    (lambda: table(5), GameError, ["shape ()"]),
    (
        lambda: table(np.zeros((2, 0)), np.zeros((2, 0))),
        GameError,
        ["(2, 0)", "without actions"],
    ),
    (lambda: table([]), GameError, ["without actions", "at least one"]),
    (
        lambda: table([1, float("nan")], players=("Türkiye",)),
        NumberError,
        ["Türkiye", "(1,)", "nan", "finite"],
    ),
    (lambda: table(np.array([1, -np.inf])), NumberError, ["(1,)", "-inf"]),
    (
        lambda: table(ONE, ONE, players=("A",)),
        GameError,
        ["2 payoff arrays for 1 players", "('A',)"],
    ),
    (lambda: table(ONE, ONE, players=("A", "A")), GameError, ["player 'A' comes twice"]),
    (lambda: table(ONE, ONE, players="AB"), GameError, ["'AB'", "single string"]),
    (
        lambda: table(ONE, ONE, actions=(("a", "b"),)),
        GameError,
        ["sizes (2,)", "shape (2, 2)"],
    ),
    (
        lambda: table(ONE, ONE, actions=(("a", "b"), ("c",))),
        GameError,
        ["sizes (2, 1)", "shape (2, 2)"],
    ),
    (
        lambda: table(ONE, ONE, actions=(("a", "a"), ("c", "d"))),
        GameError,
        ["action of 1 'a' comes twice"],
    ),
    (lambda: table(ONE, ONE, actions=("ab", "cd")), GameError, ["'ab'", "single string"]),
    (lambda: NormalForm({}), GameError, ["player", "at least one"]),
    (lambda: NormalForm({"A": ()}), GameError, ["action of A", "at least one"]),
    (
        lambda: NormalForm({"A": "open"}),
        GameError,
        ["'open'", "single string", "('open',)"],
    ),
    (lambda: NormalForm({"A": ("x", "x")}), GameError, ["action of A 'x' comes twice"]),
    (lambda: NormalForm([("A", ("x",))]), GameError, ["not a mapping", "{'Armenia'"]),  # type: ignore[arg-type]
    (
        lambda: table(ONE, ONE).payoff("3", {"1": "1", "2": "1"}),
        GameError,
        ["unknown player '3'", "'1', '2'"],
    ),
    (
        lambda: table(ONE, ONE).payoff("1", {"1": "1"}),
        GameError,
        ["what 2 does", "('1', '2')"],
    ),
    (
        lambda: table(ONE, ONE).payoff("1", {"1": "1", "2": "9"}),
        GameError,
        ["unknown action of 2 '9'"],
    ),
    (
        lambda: table(ONE, ONE).payoff("1", {"1": "1", "2": "1", "5": "1"}),
        GameError,
        ["unknown player '5'"],
    ),
    (
        lambda: table([10**400]).to_arrays(),
        GameError,
        ["too large for float64", "exact=True"],
    ),
]
TREES: list[Case] = [
    (
        lambda: tree(chance(sun="1/2", rain="1/3")),
        GameError,
        ["'weather'", "1/2 + 1/3", "5/6", "not 1"],
    ),
    (
        lambda: tree(chance(sun=0.3333, rain=0.6666)),
        GameError,
        ["'weather'", "9999/10000", "'1/3'"],
    ),
    (lambda: tree(chance(sun=2, rain=-1)), GameError, ["'weather'", "-1 is negative"]),
    (lambda: tree(chance(sun=float("nan"))), NumberError, ["'weather'", "nan"]),
    (lambda: tree(chance(sun=True)), NumberError, ["'weather'", "True"]),
    (
        lambda: tree(chance(sun=P.x, rain=1 - P.x)),
        NumberError,
        ["'weather'", "x", "not a rational number"],
    ),
    (lambda: Chance("weather", {}), GameError, ["event of weather", "at least one"]),
    (
        lambda: Chance("weather", {"sun": (1, End()), "rain": End()}),
        GameError,
        ["'weather'", "pair (probability, subtree)"],
    ),
    (
        lambda: Chance("weather", [("sun", 1)]),
        GameError,
        ["'weather'", "mapping from each event"],
    ),  # type: ignore[arg-type]
    (lambda: tree(Chance("weather", {"sun": 1})), GameError, ["weather", "End()"]),
    (
        lambda: tree(Chance("A", {"sun": (1, Decision("A", {"l": End()}))})),
        GameError,
        ["'A'", "player and a chance move"],
    ),
    (lambda: tree(Decision("A", ("l", "r"))), GameError, ["no subtrees", "End()"]),
    (lambda: tree(Decision("A", {})), GameError, ["action of A", "at least one"]),
    (
        lambda: tree(Decision("A", {"l": 3})),
        GameError,
        ["3", "Decision, a Chance or an End"],
    ),
    (lambda: tree(None), GameError, ["None", "Decision, a Chance or an End"]),  # type: ignore[arg-type]
    (lambda: Decision("A", "left"), GameError, ["'left'", "single string"]),
    (lambda: Decision("A", ("l", "l")), GameError, ["action of A 'l' comes twice"]),
    (lambda: End([1, 2]), GameError, ["[1, 2]", "mapping from players to payoffs"]),  # type: ignore[arg-type]
    (lambda: tree(End({"A": float("inf")})), NumberError, ["payoff of A", "inf"]),
    (lambda: tree(End({"A": "much"})), NumberError, ["payoff of A", "'much'"]),
    (
        lambda: tree(Decision("A", {"l": End({"B": 1})}), players=("A",)),
        GameError,
        ["unknown player 'B'", "'A'"],
    ),
    (
        lambda: tree(Decision("A", {"l": End()}), players=("A", "A")),
        GameError,
        ["player 'A' comes twice"],
    ),
    (
        lambda: tree(
            Decision(
                "A",
                {
                    "l": Decision("B", {"x": End()}, infoset="i"),
                    "r": Decision("B", {"y": End()}, infoset="i"),
                },
            )
        ),
        GameError,
        ["'i' of B", "('x',)", "('y',)", "same actions"],
    ),
    (
        lambda: tree(Decision("A", {"l": End()})).payoff("B", {"A": "l"}),
        GameError,
        ["unknown player 'B'"],
    ),
    (
        lambda: tree(Decision("A", {"l": End()})).payoff("A", {}),
        GameError,
        ["what A does after ()", "('l',)"],
    ),
    (
        lambda: tree(Decision("A", {"l": End()})).payoff("A", {"A": "r"}),
        GameError,
        ["'r'", "'l'"],
    ),
    (
        lambda: ExtensiveForm.from_rules(lambda history: None),
        GameError,
        ["None", "Decision, a Chance or an End"],
    ),  # type: ignore[arg-type, return-value]
]
RUNS = where(A="l")
FORM = NormalForm({"A": ("l", "r"), "B": ("l", "r")})


def model(*terms: Term, **kinds: Any) -> Model:
    return Model("m", **{"form": FORM, "parameters": P, "terms": terms, **kinds})


MODELS: list[Case] = [
    (lambda: model(Term("C", 1)), ModelError, ["unknown player 'C'", "'A', 'B'"]),
    (
        lambda: model(Term("A", 1, when=where(A="m"))),
        ModelError,
        ["unknown action of A 'm'"],
    ),
    (
        lambda: model(Term("A", sympy.Symbol("z"))),
        ParameterError,
        ["unknown parameter", "'x'"],
    ),
    (
        lambda: model().game(at={"x": 3}),
        ParameterError,
        ["x = 3", "outside its range from 0 to 2"],
    ),
    (lambda: model().game(at={"x": "nan"}), NumberError, ["value of x", "'nan'"]),
    (lambda: model().game(at={"y": 1}), ParameterError, ["unknown parameter 'y'"]),
    (lambda: Parameter(3, low=0, high=2), ParameterError, ["baseline 3", "from 0 to 2"]),
    (lambda: Parameter(1, low=2, high=0), ParameterError, ["from 2 to 0", "empty"]),
    (
        lambda: model(outcomes=(Outcome("o", when=RUNS & ~RUNS),)),
        ModelError,
        ["'o'", "never holds"],
    ),
    (
        lambda: model(form=ExtensiveForm(chance(a=P.x, b=1 - P.x))),
        ModelError,
        ["weather", "1 - x", "-1 at x = 2"],
    ),
    (
        lambda: model(form=ExtensiveForm(chance(a=P.x / 2, b="1/2"))),
        ModelError,
        ["weather", "sum to", "1 minus the others"],
    ),
]


@pytest.mark.parametrize(
    ("build", "error", "shown"),
    TABLES + TREES + MODELS,
    ids=lambda part: part[0] if isinstance(part, list) else "",
)
def test_bad_input_is_refused_with_the_remedy(
    build: Callable[[], Any], error: type[Exception], shown: list[str]
) -> None:
    with pytest.raises(error) as caught:
        build()
    assert isinstance(caught.value, StrategyError)
    assert isinstance(caught.value, ValueError)
    for part in shown:
        assert part in str(caught.value)


def test_a_game_of_too_many_profiles_is_refused_with_the_number() -> None:
    form = NormalForm({f"player {i}": tuple(map(str, range(100))) for i in range(6)})
    assert form.play_count == 10**12
    with pytest.raises(
        SizeError,
        match=(
            r"1,000,000,000,000 profiles \(100 x 100 x 100 x 100 x 100 x 100\) for 6 "
            r"players"
        ),
    ) as caught:
        Model("huge", form=form, terms=(Term("player 0", 1),))
    assert "extensive form" in str(caught.value)
    # What needs no table still works.
    assert form.find({f"player {i}": "99" for i in range(6)}) == 10**12 - 1
    assert form.indices(10**12 - 1) == (99,) * 6


def test_rules_that_never_end_are_stopped() -> None:
    with pytest.raises(
        SizeError,
        match=(
            r"go on after 10,000 moves \(on, on, on, \.\.\.\).*every history ends in "
            r"End\(\)"
        ),
    ):
        ExtensiveForm.from_rules(lambda history: Decision("A", ("on",)))


def test_exactness_of_probabilities() -> None:
    """Ten times 0.1 is 1, and 1e-30 more is not."""
    assert tree(chance(**{f"e{i}": 0.1 for i in range(10)})).laws == (
        (Fraction(1, 10),) * 10,
    )
    with pytest.raises(GameError, match="not 1"):
        tree(chance(a="0.5", b=Fraction(1, 2) + Fraction(1, 10**30)))
