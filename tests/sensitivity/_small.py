"""Small models whose answers are worked out by hand, for the analyses of assumptions."""

from __future__ import annotations

from typing import Any

from strategy import (
    Claim,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)

HALF = "1/2"


def window(*claims: Claim, least: Any = HALF, **parameters: Parameter) -> Model:
    """One player goes if what all parameters add up to exceeds ``least``; each parameter
    lies between 0 and 1, and is 1."""
    p = Parameters(
        parameters or {label: Parameter(1, low=0, high=1) for label in ("x", "y")}
    )
    total = sum(p.symbols, 0 * p.symbols[0])
    return Model(
        "window",
        form=NormalForm({"A": ("go", "wait")}),
        parameters=p,
        terms=(
            Term("A", total, when=where(A="go"), name="gains"),
            Term("A", p.symbols[0] * 0 + _number(least), when=where(A="wait"), name="rest"),
        ),
        outcomes=(Outcome("goes", when=where(A="go")),),
        claims=claims
        or (
            Claim("X", "x is there.", if_wrong={"x": 0}),
            Claim("Y", "y is there.", if_wrong={"y": 0}),
        ),
    )


def _number(value: Any) -> Any:
    import sympy

    return sympy.Rational(str(value))


def stag_hunt() -> Model:
    """Two hunters: a stag takes both and pays ``stag``, a hare takes one and pays ``hare``;
    ``stag`` may fall below ``hare``."""
    p = Parameters(stag=Parameter(4, low=1, high=6), hare=Parameter(2, low=1, high=3))
    both = where(A="stag", B="stag")
    return Model(
        "stag hunt",
        form=NormalForm({"A": ("stag", "hare"), "B": ("stag", "hare")}),
        parameters=p,
        terms=tuple(
            term
            for who in ("A", "B")
            for term in (
                Term(who, p.stag, when=both, name=f"stag for {who}"),
                Term(who, p.hare, when=where({who: "hare"}), name=f"hare for {who}"),
            )
        ),
        outcomes=(Outcome("both hunt the stag", when=both),),
        claims=(Claim("S", "A stag is worth hunting.", if_wrong={"stag": 1}),),
    )


def entry() -> Model:
    """A challenger enters or stays out, the incumbent fights or shares: it fights only
    where ``spite`` exceeds what it costs."""
    p = Parameters(
        prize=Parameter(2, low=-1, high=3),
        spite=Parameter(0, low=0, high=4),
        war=Parameter(1, low=HALF, high=2),
    )
    tree = Decision(
        "challenger",
        {"in": Decision("incumbent", {"fight": End({}), "share": End({})}), "out": End({})},
    )
    fought = where(incumbent="fight")
    return Model(
        "entry",
        form=ExtensiveForm(tree, players=("challenger", "incumbent")),
        parameters=p,
        terms=(
            Term("challenger", p.prize, when=where(incumbent="share"), name="market"),
            Term("challenger", -p.war, when=fought, name="war for the challenger"),
            Term(
                "incumbent", p.spite - 2 * p.war, when=fought, name="war for the incumbent"
            ),
            Term("incumbent", 4, when=where(challenger="out"), name="monopoly"),
        ),
        outcomes=(Outcome("entry", when=where(challenger="in")),),
        claims=(
            Claim("P", "The market is worth entering.", if_wrong={"prize": -1}),
            Claim("W", "Fights cost more than they please.", if_wrong={"spite": 4}),
        ),
    )
