"""The corridor as a game in normal form.

All five choose at once, none knowing what the others do.
"""

from games.corridor.assumptions import (
    ABOUT,
    ACTIONS,
    LEAVES_OUT,
    inquiries,
    outcomes,
    parameters,
    phrases,
    table_inquiries,
    terms,
)
from games.corridor.checks import ANSWERED, TABLE, checked, shared
from games.corridor.choices import versions
from strategy import Model, NormalForm

model = Model(
    "corridor.activation",
    form=NormalForm(ACTIONS),
    parameters=parameters,
    terms=terms,
    outcomes=outcomes,
    claims=checked(shared(ANSWERED), TABLE),
    inquiries=(*inquiries, *table_inquiries),
    title="Activation: the five choose at once",
    about=ABOUT
    + " Here all five choose at once. Where Azerbaijan does not ask, Armenia's answer "
    "changes nothing, so there are equilibria "
    "in which nobody asks because Armenia would refuse, and Armenia refuses because "
    "nobody asks.",
    leaves_out=(
        *LEAVES_OUT,
        "any order of moves: nobody can answer, commit or go first",
        "a choice that Türkiye's trade through the corridor could sway: what Türkiye alone does "
        "here does not decide whether the road runs",
    ),
    phrases=phrases,
    focus=("russia_attention", "normalisation"),
    headline="corridor open",
    beside=("open without Russia",),
    variants=versions,
)
