"""Models: exact games that equal a naive sum over terms, claims that can be wrong,
explanations that add up."""

import pickle
import unicodedata
from fractions import Fraction

import attrs
import numpy as np
import pytest
import sympy
from hypothesis import given, settings, strategies as st

from strategy.assumptions import Claim, Model, Outcome, Parameter, Parameters, Term, where
from strategy.assumptions.amounts import evaluate
from strategy.errors import ModelError, NumberError, ParameterError
from strategy.forms import NormalForm
from strategy.names import FrozenMapping
from strategy.polynomials import Polynomial


def naive_payoffs(model, values):
    """One list of payoffs a player, by asking each term on each play."""
    point = {
        symbol: sympy.Rational(*values[str(symbol)].as_integer_ratio())
        for symbol in model.parameters.symbols
    }
    worth = [Fraction(str(sympy.sympify(term.amount).subs(point))) for term in model.terms]

    def total(player, play):
        mine = [
            w
            for w, term in zip(worth, model.terms, strict=True)
            if term.player == player and term.when.holds(play)
        ]
        return sum(mine, Fraction(0))

    return [
        [total(player, play) for play in model.form.plays()] for player in model.players
    ]


def payoffs(game):
    return [
        [
            Fraction(one) if isinstance(one, Fraction) else Fraction(int(one))
            for one in column
        ]
        for column in game.payoffs
    ]


P = Parameters(
    a=Parameter(1, low=-2, high=3), b=Parameter("1/2", low=0, high=2), c=Parameter(2, low=1, high=4),
)  # fmt: skip
ACTIONS = {"A": ("x", "y", "z"), "B": ("x", "w"), "C": ("x", "y")}
FORM = NormalForm(ACTIONS)
literals = st.sampled_from(
    [where({who: action}) for who, actions in ACTIONS.items() for action in actions]
)
conditions = st.one_of(
    st.none(),
    literals,
    literals.map(lambda one: ~one),
    st.tuples(literals, literals).map(lambda two: two[0] | two[1]),
)
amounts = st.sampled_from(
    [
        1,
        "-2/3",
        0.25,
        P.a,
        P.b * P.c,
        3 * P.a - 2 * P.b,
        P.a**2 + 1,
        P.b / P.c,
        1 / (1 + P.b),
        sympy.Max(P.a, P.b),
    ]
)
terms = st.lists(
    st.tuples(st.sampled_from(list(ACTIONS)), amounts, conditions).map(
        lambda one: Term(*one)
    ),
    max_size=8,
    unique_by=lambda term: term.name,
)
values = st.fixed_dictionaries(
    {},
    optional={
        "a": st.fractions(-2, 3, max_denominator=50),
        "b": st.fractions(0, 2, max_denominator=9),
        "c": st.integers(1, 4),
    },
)


@given(terms, values)
@settings(deadline=None)
def test_payoffs_are_sums_of_terms(several, at):
    model = Model("m", form=FORM, parameters=P, terms=several)
    game = model.game(at=at)
    point = model.parameters.read(at)
    assert payoffs(game) == naive_payoffs(model, point)
    assert all(
        table.shape == (3, 2, 2) and not table.flags.writeable for table in game.tables
    )
    for player in model.players:
        if any(
            isinstance(amount, sympy.Expr)
            for term, amount in zip(model.terms, model.amounts, strict=True)
            if term.player == player
        ):
            with pytest.raises(ModelError, match="neither a polynomial nor a quotient"):
                model.payoff_polynomials(player)
            continue
        number, forms = model.payoff_polynomials(player)
        scale = evaluate(model.payoff_denominator(player), point)
        assert scale > 0
        found = [evaluate(forms[i], point) / scale for i in number]
        assert found == payoffs(game)[model.players.index(player)]


@given(terms, values, st.integers(0, 11), st.integers(0, 11))
@settings(deadline=None)
def test_explanations_add_up(several, at, one, two):
    model = Model("m", form=FORM, parameters=P, terms=several)
    columns = naive_payoffs(model, model.parameters.read(at))
    play, other = FORM.play(one), FORM.play(two)
    plain = model.explain(play, at=at)
    gain = model.explain(play, instead_of=other, at=at)
    for player, column in zip(model.players, columns, strict=True):
        assert (
            plain.totals[player]
            == column[one]
            == sum((row.value for row in plain.of(player)), Fraction(0))
        )
        assert (
            gain.totals[player]
            == column[one] - column[two]
            == sum((row.value for row in gain.of(player)), Fraction(0))
        )
    both = {
        term.name
        for term in model.terms
        if term.when.holds(play) and term.when.holds(other)
    }
    assert not both & {row.term for row in gain.rows}
    assert str(plain).startswith("Payoffs of: A: ")
    if one == two:
        assert gain.rows == ()


def test_the_model_of_the_contract(model):
    game = model.game()
    assert game.payoff("Russia", {"Armenia": "open", "Russia": "obstruct"}) == Fraction(
        -21, 5
    )
    assert game.payoff("Armenia", {"Armenia": "open", "Russia": "acquiesce"}) == 4
    assert game.tables[0].dtype == np.int64
    again = model.game(at={"russia_attention": "0.2"})
    assert again.payoff("Russia", {"Armenia": "refuse", "Russia": "obstruct"}) == Fraction(
        -24, 5
    )
    assert model.parameters["leverage"].low == 2
    assert model.outcomes["corridor open"].holds({"Armenia": "open", "Russia": "acquiesce"})
    assert model.claims["C7"].if_wrong == {"russia_attention": 1}
    assert model.headline == "corridor open"
    wrong = model.with_claims_wrong("C4")
    assert wrong.parameters["leverage"].baseline == 0
    assert wrong.parameters["leverage"].low == 0
    assert model.parameters["leverage"].low == 2
    assert wrong.game().payoff("Russia", {"Armenia": "open", "Russia": "acquiesce"}) == 0
    assert model.with_claims_wrong() is model
    assert repr(model) == "Model('transit-of-two', 2 players, 3 terms, 3 parameters)"
    for part in (
        "transit_income",
        "[1, 8]",
        "points",
        "essay ¶4",
        "Armenia: open and not Russia: obstruct",
        "Russia: obstruct, acquiesce",
    ):
        assert part in str(model)


def test_explanation_reads_as_a_table(model):
    run, block = (
        {"Armenia": "open", "Russia": "acquiesce"},
        {"Armenia": "open", "Russia": "obstruct"},
    )
    text = str(
        model.explain(run, instead_of=block, at={"russia_attention": "1/3"})
    ).splitlines()
    assert text[:2] == [
        "Gain of: Armenia: open, Russia: acquiesce",
        "instead of: Armenia: open, Russia: obstruct",
    ]
    rows = [line.split() for line in text[5:]]
    assert rows[0] == ["Armenia", "4", "transit", "C4", "transit_income"]
    assert rows[2] == ["Russia", "-5", "leverage", "lost", "C4", "-leverage"]
    assert rows[3][:6] == ["Russia", "4", "cost", "of", "obstructing", "C7"]
    assert rows[4] == ["Russia", "-1", "=", "total"]


def test_trees_take_the_same_terms_and_laws_with_parameters(tree_model):
    for at in (None, {"russia_attention": "1/7"}, {"russia_attention": 0}):
        point = tree_model.parameters.read(at)
        game = tree_model.game(at=at)
        assert payoffs(game) == naive_payoffs(tree_model, point)
        assert game.laws == ((1 - point["russia_attention"], point["russia_attention"]),)
    assert tree_model.headline == "quiet"
    path = {
        "Türkiye": "press",
        "Russia's state": "busy",
        "Russia": "acquiesce",
        "Armenia": {"first round": "open", "second round": "open"},
    }
    assert tree_model.explain(path).totals == FrozenMapping(
        {"Türkiye": Fraction(3, 2), "Russia": Fraction(3, 2), "Armenia": Fraction(4)}
    )


def test_laws_may_be_quotients(parameters, make_tree):
    p = parameters
    share = p.leverage / (p.leverage + p.transit_income)
    model = Model("q", form=make_tree(share, 1 - share), parameters=p, terms=())
    assert model.game().laws == ((Fraction(5, 9), Fraction(4, 9)),)
    assert Model("n", form=make_tree("1/3", "2/3"), terms=()).game().laws == (
        (Fraction(1, 3), Fraction(2, 3)),
    )


def test_models_can_be_pickled(model, tree_model):
    for one in (model, tree_model):
        one.game()
        one.payoff_polynomials(one.players[0])
        again = pickle.loads(pickle.dumps(one))
        assert payoffs(again.game()) == payoffs(one.game())
        assert again.outcomes == one.outcomes
        assert again.parameters == one.parameters
        assert again.terms == one.terms
        assert (
            again.outcomes[one.headline].mask.tolist()
            == one.outcomes[one.headline].mask.tolist()
        )


def test_decomposed_and_odd_names_work():
    decomposed = unicodedata.normalize("NFD", "Türkiye")
    odd = "<script>alert('x')</script>"
    model = Model(
        "odd",
        form=NormalForm({"Türkiye": ("go on", odd), odd: ("ja", "nein")}),
        terms=(
            Term(decomposed, 2, when=where({decomposed: "go on"})),
            Term(odd, 1, when=where({odd: "ja"})),
        ),
        outcomes=(
            Outcome(
                unicodedata.normalize("NFD", "geçiş"), when=where({decomposed: "go on"})
            ),
        ),
    )
    assert model.game().payoff(decomposed, {decomposed: "go on", odd: "ja"}) == 2
    assert model.outcomes["geçiş"].holds({decomposed: "go on", odd: "ja"})
    assert odd in str(model)
    assert payoffs(pickle.loads(pickle.dumps(model)).game()) == payoffs(model.game())


def test_shared_terms_may_never_hold(parts):
    extra = (
        Term("Russia", 1, when=where(Russia="broker"), name="brokering", shared=True),
        Term("Russia", 1, when=where(Iran="obstruct"), name="company", shared=True),
        Term(
            "Russia",
            7,
            when=where(Russia=("broker", "obstruct")),
            name="either",
            shared=True,
        ),
    )
    model = Model("m", **{**parts, "terms": (*parts["terms"], *extra)})
    assert model.masks[3:].tolist() == [
        [False] * 4,
        [False] * 4,
        [True, False, True, False],
    ]


def test_amounts_beyond_polynomials_are_evaluated_where_rational(parts):
    p = parts["parameters"]
    model = Model(
        "m", **{**parts, "terms": (Term("Armenia", sympy.sqrt(p.transit_income)),)}
    )
    assert payoffs(model.game())[0] == [2, 2, 2, 2]
    with pytest.raises(NumberError, match="transit_income = 3"):
        model.game(at={"transit_income": 3})


def test_payoffs_beyond_machine_integers_stay_exact(parts):
    terms = (
        Term("Armenia", 2**70, name="big"),
        Term("Armenia", 10**-30, name="float"),
        Term("Russia", "1e-4000", name="small"),
    )
    game = Model("m", **{**parts, "terms": terms}).game()
    assert payoffs(game)[0][0] == 2**70 + Fraction(1, 10**30)
    assert payoffs(game)[1][0] == Fraction(1, 10**4000)
    assert payoffs(Model("m", **{**parts, "terms": terms[:1]}).game())[0][0] == 2**70


def test_many_terms_are_grouped_by_what_holds():
    form = NormalForm({"A": tuple(map(str, range(10))), "B": tuple(map(str, range(10)))})
    several = [
        Term(
            "A",
            3**i,
            when=where({"A": str(i % 10)}) & ~where({"B": str(i // 10)}),
            name=str(i),
        )
        for i in range(100)
    ]
    model = Model("m", form=form, terms=several)
    assert payoffs(model.game()) == naive_payoffs(model, {})
    assert len(model.payoff_polynomials("A")[1]) == len(set(payoffs(model.game())[0]))
    assert model.payoff_polynomials("B")[1] == [Polynomial.constant(0, 0)]


def test_a_model_is_frozen(model):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        model.name = "other"
    assert isinstance(model.terms, tuple)
    assert not model.masks.flags.writeable


def test_claims_that_set_a_parameter_differently_cannot_be_wrong_together(parts):
    claims = (
        *parts["claims"],
        Claim("C8", "Same.", if_wrong={"leverage": "0.0"}),
        Claim("C9", "Other.", if_wrong={"leverage": 1}),
        Claim("C1", "Bare."),
    )
    model = Model("m", **{**parts, "claims": claims})
    assert model.with_claims_wrong("C4", "C8", "C7").parameters["leverage"].baseline == 0
    for ids, error, shown in [
        (("C4", "C9"), ModelError, ["'C4'", "'C9'", "leverage = 0", "leverage = 1"]),
        (("C44",), ModelError, ["did you mean 'C4'"]),
        (("C1",), ModelError, ["'C1'", "if_wrong="]),
    ]:
        with pytest.raises(error) as caught:
            model.with_claims_wrong(*ids)
        for part in shown:
            assert part in str(caught.value)
    with pytest.raises(ParameterError, match="outside its range"):
        model.game(at={"leverage": 0})
    assert model.with_claims_wrong("C4").game(at={"leverage": 0})
