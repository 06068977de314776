"""Random small models, and naive verdicts about any model: payoffs term by term, then the
naive equilibria."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs
import sympy

from strategy import (
    AlgebraicNumber,
    ExtensiveForm,
    Model,
    ModelError,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict
from tests import _oracles as naive
from tests._games import (
    Leaf,
    Luck,
    Move,
    Tree,
    change,
    random_tree,
    subtrees,
    walk,
    written,
)

DIGITS = 60


def in_names(model: Model) -> Model:
    """The same model without words for people, so that all it says is said in names."""
    nothing = {"label": "", "says": "", "ends": None}
    return attrs.evolve(
        model,
        parameters=Parameters(
            {name: attrs.evolve(one, **nothing) for name, one in model.parameters.items()}
        ),
        outcomes=tuple(
            [attrs.evolve(one, ask="", yes="", no="") for one in model.outcomes.values()]
        ),
        claims=tuple([attrs.evolve(one, label="") for one in model.claims.values()]),
        phrases={},
    )


@functools.total_ordering
class Close:
    """A number known to some 200 digits and compared to 60: what stands in for an
    irrational one in naive arithmetic."""

    def __init__(self, value: Fraction) -> None:
        self.value = value
        self.key = round(value * 10**DIGITS)

    def __add__(self, other: Any) -> Close:
        return Close(self.value + plain(other))

    def __sub__(self, other: Any) -> Close:
        return Close(self.value - plain(other))

    def __mul__(self, other: Any) -> Close:
        return Close(self.value * plain(other))

    def __truediv__(self, other: Any) -> Close:
        return Close(self.value / plain(other))

    def __rtruediv__(self, other: Any) -> Close:
        return Close(plain(other) / self.value)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, power: int) -> Close:
        return Close(self.value**power)

    def __eq__(self, other: object) -> bool:
        return self.key == Close(plain(other)).key

    def __lt__(self, other: object) -> bool:
        return self.key < Close(plain(other)).key

    def __hash__(self) -> int:
        return hash(self.key)


def plain(number: Any) -> Fraction:
    return number.value if isinstance(number, Close) else Fraction(number)


def close(point: AlgebraicNumber) -> Close:
    """A root by bisection of its own polynomial, to 200 digits."""
    low, high = point.interval

    def at(x: Fraction) -> Fraction:
        return sum(
            (Fraction(c) * x**i for i, c in enumerate(reversed(point.minimal_polynomial))),
            Fraction(0),
        )

    rising = at(high) > 0
    assert rising != (at(low) > 0)
    while high - low > Fraction(1, 10**200):
        middle = (low + high) / 2
        low, high = (low, middle) if (at(middle) > 0) == rising else (middle, high)
        # Keep the fractions short, or the last steps would cost more than all others.
        low, high = (
            Fraction(int(low * 2**720), 2**720),
            Fraction(int(high * 2**720) + 1, 2**720),
        )
    return Close((low + high) / 2)


def evaluated(amount: Any, values: Mapping[str, Any]) -> Any:
    """A polynomial, or a quotient of two, at parameter values of any kind."""
    if not isinstance(amount, sympy.Expr):
        return Fraction(amount)
    symbols = sorted(amount.free_symbols, key=str)
    if not symbols:
        return Fraction(str(amount))
    above, below = sympy.fraction(sympy.together(amount))
    # a model being written refuses to compare what has parameters
    if below is not sympy.S.One:
        return evaluated(above, values) / evaluated(below, values)
    total: Any = Fraction(0)
    for powers, coefficient in sympy.Poly(amount, *symbols).terms():
        part: Any = Fraction(str(coefficient))
        for symbol, power in zip(symbols, powers, strict=True):
            part = part * values[str(symbol)] ** power
        total = total + part
    return total


def naive_payoffs(model: Model, values: Mapping[str, Any]) -> list[list[Any]]:
    """For each player, what each play pays: each term is asked on each play."""
    amounts = [evaluated(term.amount, values) for term in model.terms]
    return [
        [
            sum(
                (
                    a
                    for a, term in zip(amounts, model.terms, strict=True)
                    if term.player == who and term.when.holds(play)
                ),
                Fraction(0),
            )
            for play in model.form.plays()
        ]
        for who in model.players
    ]


def naive_tree(model: Model, payoffs: list[list[Any]], values: Mapping[str, Any]) -> Tree:
    """The tree put together again from its plays."""
    assert isinstance(model.form, ExtensiveForm)
    laws = {}
    for node in model.form.chance_names:
        laws[model.form.history(node)] = model.form.laws[model.form.law[node]]

    def grow(rows: list[tuple[int, Any]], depth: int, history: tuple[str, ...]) -> Tree:
        number, play = rows[0]
        if depth == len(play.steps):
            return Leaf(
                {
                    who: column[number]
                    for who, column in zip(model.players, payoffs, strict=True)
                }
            )
        who, place, _ = play.steps[depth]
        parts: dict[str, list[Any]] = {}
        for row in rows:
            parts.setdefault(row[1].steps[depth][2], []).append(row)
        below = {
            label: grow(some, depth + 1, (*history, label)) for label, some in parts.items()
        }
        if who is not None:
            return Move(who, below)
        law = [evaluated(one, values) for one in laws[history]]
        return Luck(
            str(place), dict(zip(below, zip(law, below.values(), strict=True), strict=True))
        )

    # Leaves come level by level; by depth first they stand in the order of the actions.
    rows = sorted(
        enumerate(model.form.plays()), key=lambda row: _path(model, row[1].history)
    )
    return grow(rows, 0, ())


def _path(model: Model, history: tuple[str, ...]) -> tuple[int, ...]:
    form, node, path = model.form, 0, []
    for action in history:
        path.append(form.action_lists[form.label[node]].index(action))
        node = int(form.first[node]) + path[-1]
    return tuple(path)


def naive_verdict(
    model: Model, concept: Any, outcome: str, values: Mapping[str, Any]
) -> Verdict:
    """The verdict by naive equilibria; ``values`` has a number for every parameter."""
    payoffs = naive_payoffs(model, values)
    plays = list(model.form.plays())
    holds = [model.outcomes[outcome].when.holds(play) for play in plays]
    if isinstance(concept, PureNash):
        assert isinstance(model.form, NormalForm)
        cells = [model.form.indices(number) for number in range(len(plays))]
        tables = [dict(zip(cells, column, strict=True)) for column in payoffs]
        find = naive.undominated_nash if concept.undominated else naive.pure_nash
        chances: set[Any] = {
            Fraction(int(holds[cells.index(cell)]))
            for cell in find(model.form.shape, tables)
        }
    else:
        assert isinstance(concept, PureSubgamePerfect)
        found = naive.by_recursion(
            naive_tree(model, payoffs, values), model.players, spread=True
        )
        happens = {play.history for play, so in zip(plays, holds, strict=True) if so}
        chances = {
            sum((weight for play, weight in spread if play in happens), Fraction(0))
            for _, spread in found
        }
    if not chances:
        return Verdict.NONE_EXISTS
    return (
        Verdict.EVERY if chances == {1} else Verdict.NO if chances == {0} else Verdict.SOME
    )


# -- random models


def random_parameters(rng: random.Random, most: int = 3) -> dict[str, Parameter]:
    found = {}
    for label in rng.sample(["x", "y", "z", "ğ"], rng.randint(2, most)):
        low = Fraction(rng.randint(-2, 1), rng.choice([1, 1, 2, 3]))
        width = Fraction(rng.randint(1, 4), rng.choice([1, 1, 2]))
        found[label] = Parameter(
            low + width * Fraction(rng.randint(0, 6), 6), low=low, high=low + width
        )
    return found


def random_condition(
    rng: random.Random, moves: list[tuple[str, str]], most: int = 3
) -> Any:
    parts = [
        where({who: action}) for who, action in rng.choices(moves, k=rng.randint(1, most))
    ]
    result = parts[0]
    for part in parts[1:]:
        part = ~part if rng.random() < 0.3 else part
        result = result & part if rng.random() < 0.7 else result | part
    return result


def random_amount(rng: random.Random, p: Parameters, degree: int) -> Any:
    """A polynomial of this degree at most; for degree 0 often an affine one over an affine
    one without zeros in the ranges."""
    if degree == 0:
        amount, label = (
            random_amount(rng, p, 1),
            rng.choice([one for one in p if one != "q"]),
        )
        return amount / rng.choice([1, getattr(p, label) + 7, -6 - getattr(p, label)])
    labels = [one for one in p if one != "q"]
    total: Any = rng.choice([0, 0, 1, -1, sympy.Rational(1, 2)])
    for _ in range(rng.randint(1, 2)):
        factor = sympy.Integer(rng.choice([1, -1, 2, -3])) / rng.choice([1, 1, 2])
        for _ in range(rng.randint(1, degree)):
            factor = factor * getattr(p, rng.choice(labels))
        total = total + factor
    return total


LAWS = {
    2: ["q, 1 - q", "q**2, 1 - q**2", "4*(q - 1/2)**2, 1 - 4*(q - 1/2)**2"],
    3: ["q/2, 1 - q, q/2", "q**2, 2*q*(1 - q), (1 - q)**2"],
}


def random_model(seed: str, degree: int = 1, *, fixed_chance: bool = False) -> Model:
    """A table, a tree, or a tree with chance. Amounts: see ``random_amount``; probabilities
    may vary with a parameter q, unless chance is fixed: then there may be a fourth
    parameter instead."""
    rng = random.Random(seed)
    while True:
        moving = {} if fixed_chance else {"q": Parameter("1/3", low=0, high=1)}
        p = Parameters({**random_parameters(rng, 4 if fixed_chance else 3), **moving})
        form: NormalForm | ExtensiveForm
        if rng.random() < 0.5:
            sizes = rng.choice([(2, 2), (3, 2), (3, 3), (2, 2, 2), (3, 2, 2), (4,)])
            form = NormalForm(
                {f"P{i}": tuple("abcd"[:size]) for i, size in enumerate(sizes)}
            )
            moves = [
                (who, action) for who, options in form.actions.items() for action in options
            ]
        else:
            tree, players = random_tree(
                rng, rng.randint(4, 22), rng.randint(2, 3), rng.choice([0, 0.35]), [0]
            )
            form = ExtensiveForm(written(_with_laws(tree, rng, p)), players=players)
            moves = [
                (who, a)
                for who, options in {**form.actions, **form.chance}.items()
                for a in options
            ]
        try:
            terms = tuple(
                Term(
                    rng.choice(form.players),
                    random_amount(rng, p, degree),
                    when=random_condition(rng, moves),
                    name=str(i),
                )
                for i in range(rng.randint(6, 14))
            )
            return Model(
                "random",
                form=form,
                parameters=p,
                terms=terms,
                outcomes=(Outcome("it", when=random_condition(rng, moves)),),
            )
        except ModelError as error:
            # a random condition may hold nowhere; nothing else may be wrong
            if "never holds" not in str(error):
                raise


def small_table(rng: random.Random, *, products: bool = False) -> Model:
    """Two players with two actions each, three parameters that nearly every gain hangs on,
    and products of them if asked."""
    p = Parameters({label: Parameter(rng.randint(1, 3), low=0, high=4) for label in "xyz"})
    form = NormalForm({"A": ("a", "b"), "B": ("c", "d")})
    cells = [{"A": a, "B": b} for a in "ab" for b in "cd"]
    terms = []
    for number, (who, cell) in enumerate((who, cell) for who in "AB" for cell in cells):
        amount = rng.randint(-2, 2) + sum(
            rng.choice([-1, 0, 0, 1, 2]) * getattr(p, label) for label in p
        )
        if products:
            one, other = rng.choices(list(p), k=2)
            amount += rng.choice([-1, 0, 1]) * getattr(p, one) * getattr(p, other) / 2
        terms.append(Term(who, amount, when=where(cell), name=str(number)))
    outcome = Outcome(
        "it", when=where(A="a") if rng.random() < 0.5 else where(A="a", B="c")
    )
    return Model("small", form=form, parameters=p, terms=terms, outcomes=(outcome,))


def _with_laws(tree: Tree, rng: random.Random, p: Parameters) -> Tree:
    def inner(node: Any, parts: dict[str, Any]) -> Tree:
        if isinstance(node, Move):
            return Move(node.player, parts)
        if "q" in p and len(parts) in LAWS and rng.random() < 0.6:
            law = sympy.sympify(
                f"({rng.choice(LAWS[len(parts)])})", locals={"q": p.q}, rational=True
            )
            parts = {
                label: (one, after)
                for one, (label, (_, after)) in zip(law, parts.items(), strict=True)
            }
        return Luck(node.name, parts)

    return change(tree, lambda leaf: Leaf(), inner)


def concepts_for(model: Model) -> tuple[Any, ...]:
    if isinstance(model.form, NormalForm):
        return PureNash(), PureNash(undominated=True)
    return (PureSubgamePerfect(),)


__all__ = [
    "Close",
    "close",
    "concepts_for",
    "evaluated",
    "naive_verdict",
    "random_model",
    "small_table",
    "subtrees",
    "walk",
]
