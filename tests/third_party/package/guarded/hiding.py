"""One hides in the barn or in the wood, the other looks in one of them without having seen
where."""

from strategy import (
    Decision,
    End,
    ExtensiveForm,
    Model,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)

p = Parameters(
    barn=Parameter(
        2,
        low=1,
        high=4,
        unit="points",
        source="made up",
        reason="what being found in the barn costs",
    )
)
found_in_barn = where(Hider="barn") & where(Seeker="barn")
found_in_wood = where(Hider="wood") & where(Seeker="wood")
looks = Decision("Seeker", {"barn": End(), "wood": End()}, infoset="having seen nothing")

model = Model(
    "hiding",
    title="Where to hide",
    form=ExtensiveForm(Decision("Hider", {"barn": looks, "wood": looks})),
    parameters=p,
    terms=(
        *[
            Term(who, sign * p.barn, when=found_in_barn, name=f"barn, {who}")
            for who, sign in (("Hider", -1), ("Seeker", 1))
        ],
        *[
            Term(who, sign, when=found_in_wood, name=f"wood, {who}")
            for who, sign in (("Hider", -1), ("Seeker", 1))
        ],
    ),
    outcomes=(Outcome("found", when=found_in_barn | found_in_wood),),
)
