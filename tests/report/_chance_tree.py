"""A tree with chance whose probability is a parameter: a ship that may sail into a storm,
and a harbour that may wait for it."""

from strategy import (
    Chance,
    Claim,
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
    storm=Parameter(
        "0.3",
        low=0,
        high=1,
        unit="share",
        source="made up",
        reason="how often there is a storm",
    ),
    cargo=Parameter(
        4,
        low=1,
        high=8,
        unit="points",
        source="made up",
        reason="what a cargo that arrives is worth",
    ),
    repair=Parameter(
        6,
        low=2,
        high=10,
        unit="points",
        source="made up",
        reason="what a storm costs a ship at sea",
    ),
    light=Parameter(
        1,
        low=0,
        high=3,
        unit="points",
        source="made up",
        reason="what keeping the light costs the harbour",
    ),
)
weather = Chance("weather", {"storm": (p.storm, End()), "calm": (1 - p.storm, End())})
tree = Decision(
    "Ship",
    {
        "sail": Decision("Harbour", {"keep the light": weather, "close": weather}),
        "stay": End(),
    },
)
sails, storm, lit = (
    where(Ship="sail"),
    where(weather="storm"),
    where(Harbour="keep the light"),
)

model = Model(
    "ship-and-harbour",
    form=ExtensiveForm(tree),
    parameters=p,
    terms=(
        Term("Ship", p.cargo, when=sails & ~(storm & ~lit), claim="A", name="cargo"),
        Term("Ship", -p.repair, when=storm, claim="B", name="repair"),
        Term("Harbour", 3, when=sails & storm & lit, claim="A", name="thanks"),
        Term("Harbour", -p.light, when=lit, name="light"),
    ),
    outcomes=(
        Outcome("cargo arrives", when=sails & ~(storm & ~lit)),
        Outcome("the ship sails", when=sails),
    ),
    claims=(
        Claim("A", "A cargo is worth the voyage.", paragraph=1, if_wrong={"cargo": 0}),
        Claim("B", "A storm is dear.", paragraph=2, if_wrong={"repair": 0}),
        Claim("C", "Storms are rare.", paragraph=3, if_wrong={"storm": 1}),
    ),
    title="A ship and a harbour",
    about="Two players and the weather.",
    leaves_out=("insurance",),
    focus=("storm", "cargo"),
)
