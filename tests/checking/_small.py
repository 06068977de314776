"""Two models small enough to see every answer: two players of a corridor, and one who goes
where it pays."""

from strategy import Model, NormalForm, Outcome, Parameter, Parameters, Term, where

p = Parameters(
    transit_income=Parameter(4, low=1, high=8),
    leverage=Parameter(5, low=2, high=9),
    russia_attention=Parameter("0.3", low=0, high=1),
)
opens, refuses = where(Armenia="open"), where(Armenia="refuse")
obstructs, acquiesces = where(Russia="obstruct"), where(Russia="acquiesce")
runs = opens & ~obstructs
COST = 6 * (1 - p.russia_attention)


def two(*claims):
    return Model(
        "two",
        form=NormalForm(
            {"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}
        ),
        parameters=p,
        terms=(
            Term("Armenia", p.transit_income - 2, when=runs, name="transit"),
            Term("Russia", -p.leverage, when=runs, name="leverage lost"),
            Term("Russia", -COST, when=obstructs, name="cost of obstructing"),
        ),
        outcomes=(Outcome("corridor open", when=runs),),
        claims=claims,
    )


MODEL = two()

q = Parameters(x=Parameter(1, low=0, high=4), y=Parameter(1, low=0, high=4))
goes = where(A="go")


def going(amount):
    """A goes where an amount is not negative, and gains by it what the amount is."""
    return Model(
        "going",
        form=NormalForm({"A": ("go", "stay")}),
        parameters=q,
        terms=(Term("A", amount, when=goes),),
        outcomes=(Outcome("goes", when=goes),),
    )
