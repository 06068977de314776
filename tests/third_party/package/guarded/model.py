"""Two neighbours decide whether to mend the fence between them."""

from strategy import Claim, Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from strategy.assumptions import Occurs, Prefers

p = Parameters(
    worth=Parameter(
        3,
        low=1,
        high=6,
        unit="days",
        source="made up",
        reason="what a mended fence saves each neighbour",
    ),
    work=Parameter(
        2,
        low=1,
        high=5,
        unit="days",
        source="made up",
        reason="what mending it alone takes",
    ),
)
mended = where(North="mend") | where(South="mend")
together = where(North="mend") & where(South="mend")

model = Model(
    "fence",
    title="Who mends the fence",
    form=NormalForm({"North": ("mend", "wait"), "South": ("mend", "wait")}),
    parameters=p,
    terms=(
        *[
            Term(who, p.worth, when=mended, claim="F1", name=f"fence of {who}")
            for who in ("North", "South")
        ],
        *[
            Term(who, -p.work, when=where({who: "mend"}), name=f"work of {who}")
            for who in ("North", "South")
        ],
        *[
            Term(who, p.work / 2, when=together, name=f"help for {who}")
            for who in ("North", "South")
        ],
    ),
    outcomes=(Outcome("fence mended", when=mended),),
    claims=(
        Claim(
            "F1",
            "A mended fence is worth its work.",
            if_wrong={"worth": 1},
            checks=Prefers(("North", "South"), mended, ~mended, alike=False),
        ),
        Claim(
            "F2",
            "Where it is, those who would not be hurt mend it.",
            checks=Occurs(
                "fence mended", "every", concept="guarded", given=p.worth > p.work
            ),
            required=True,
        ),
    ),
)
