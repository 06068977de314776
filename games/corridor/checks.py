"""What the claims of the text come to in the models of activation.

They are checks over the whole range of every parameter.

Directions and comparisons only, taken from what each claim says; no value stands here that
was chosen to make one pass. No claim is required to hold: they are the text's, and the
models test them.
"""

from collections.abc import Iterable, Mapping

import attrs

from games.corridor.assumptions import (
    agreed,
    asked,
    claims,
    corridor_open,
    obstructed,
    opens,
    parameters as p,
    pressing,
)
from strategy import Claim, where
from strategy.assumptions import (
    BestReply,
    Check,
    Monotone,
    Occurs,
    Payoff,
    Prefers,
    Threshold,
)

THREE = ("Türkiye", "Azerbaijan", "Armenia")

press, hold = where(Türkiye="press"), where(Türkiye="hold back")
russia_obstructs, russia_does_not = (
    where(Russia="obstruct"),
    where(Russia=("broker", "acquiesce")),
)
iran_obstructs, iran_does_not = (
    where(Iran="obstruct"),
    where(Iran=("accept for a guarantee", "acquiesce")),
)
guarantee = where(Iran="accept for a guarantee")
refuses = where(Armenia="refuse")
nothing = (
    where(Azerbaijan="wait")
    & ~pressing
    & ~obstructed
    & ~where(Russia="broker")
    & ~guarantee
)

ASKED = {"Türkiye": "press", "Azerbaijan": "connect"}
"""What the essay takes for granted where it speaks of Russia's and Iran's answers: Türkiye
presses and Azerbaijan connects. Where nobody asks, nobody obstructs, and a check of what is
played would say nothing of the claim."""

ANSWERED = {**ASKED, "Armenia": "open on conditions"}
"""The same, and Armenia opens on conditions: asked for where Russia and Iran answer that, or
choose at the same time."""


def shared(given: Mapping[str, str] = ASKED) -> dict[str, tuple[Check, ...]]:
    """The checks for a table and for trees of the same players.

    ``given``: the moves that Russia and Iran answer.
    """
    return {
        "C1": (
            Monotone("commitment", Payoff("Türkiye", press, hold, when=asked)),
            Monotone(
                "commitment",
                Payoff("Russia", russia_obstructs, russia_does_not),
                falls=True,
            ),
            Monotone(
                "commitment", Payoff("Iran", iran_obstructs, iran_does_not), falls=True
            ),
            Monotone("commitment", obstructed, falls=True, played=given),
            Threshold("commitment", obstructed, "no", played=given),
        ),
        "C3": (
            Monotone("regional_influence", Payoff("Türkiye", press, hold)),
            Monotone("regional_influence", pressing),
        ),
        "C4": (
            Prefers(THREE, corridor_open, nothing, alike=False),
            Prefers("Russia", nothing, corridor_open, alike=False, strictly=True),
            Prefers("Iran", corridor_open, nothing, alike=False),
        ),
        "C5": (
            *(Monotone("middle_corridor", Payoff(who, corridor_open)) for who in THREE),
            Monotone("middle_corridor", corridor_open),
        ),
        "C7": (
            Monotone(
                "russia_attention", Payoff("Russia", russia_obstructs, russia_does_not)
            ),
            Occurs(russia_obstructs, "no", given=p.russia_attention <= 0, played=given),
            Threshold(
                "russia_attention", russia_obstructs, "no", rising=False, played=given
            ),
            Threshold(
                "russia_attention",
                russia_obstructs,
                "no",
                rising=False,
                everywhere=True,
                played=given,
            ),
        ),
        "C8": (
            Monotone("iran_threat", Payoff("Iran", guarantee, iran_obstructs)),
            Prefers(
                "Iran",
                guarantee,
                iran_obstructs,
                when=agreed & ~russia_obstructs,
                given=p.iran_threat >= 1,
            ),
            Threshold("iran_threat", iran_obstructs, "no", played=given),
            Threshold("iran_threat", iran_obstructs, "no", everywhere=True, played=given),
        ),
        "C11": (
            Monotone("normalisation", Payoff("Armenia", opens, refuses, when=asked)),
            Monotone("normalisation", "Armenia opens"),
        ),
    }


TABLE: Mapping[str, tuple[Check, ...]] = {
    "C7": (
        BestReply(
            "Russia", "obstruct", when=agreed, never=True, given=p.russia_attention <= 0
        ),
    ),
    "C8": (
        BestReply("Iran", "obstruct", when=agreed, never=True, given=p.iran_threat >= 1),
    ),
}
"""For a table alone: what is a best reply in a tree depends on what follows."""

ELSEWHERE = (
    Claim(
        "C2",
        (
            "Azerbaijan seeks a balance between Russia and Iran, and mutual dependence "
            "with distant partners who can counterbalance them: the two go together."
        ),
        paragraph=2,
        label="Balance and distant ties go together",
    ),
    Claim(
        "C6",
        (
            "Russia's hold on local elites has set the region on a destabilising course; the "
            "lack of integration there is due to Russia."
        ),
        paragraph=4,
        label="Ties with elites destabilise the region",
    ),
    Claim(
        "C9",
        "Russia and Iran are weak in the short term: the window may close.",
        paragraph=5,
        label="The window may close",
    ),
    Claim(
        "C10",
        (
            "Türkiye's diplomacy, intelligence and armed forces act together and are "
            "worth more together."
        ),
        paragraph=6,
        label="Türkiye's instruments work together",
    ),
    Claim(
        "C12",
        (
            "Balances at home in Armenia and Azerbaijan can hold up the talks, but the "
            "trend of normalising holds."
        ),
        paragraph=7,
        label="The trend of normalising holds",
    ),
    Claim(
        "C13",
        (
            "The Organization of Turkic States smooths tensions among its members, and the "
            "corridor speeds up integration in the Turkic world."
        ),
        paragraph=8,
        label="Turkic ties smooth tensions",
    ),
    Claim(
        "C14",
        (
            "Integration between Türkiye and Azerbaijan across many sectors is inevitable in "
            "the middle term, and the corridor is a critical factor in connecting their "
            "territories."
        ),
        paragraph=9,
        label="Integration is inevitable",
    ),
)
"""Claims that the models of activation hold no terms for; listed without checks, so that it
shows what is not stated."""


def checked(
    *more: Mapping[str, tuple[Check, ...]], of: Iterable[Claim] = claims
) -> tuple[Claim, ...]:
    """All claims of the text in its order, some as given, with their checks.

    The checks are from one or several tables.
    """
    known = {one.id: one for one in (*ELSEWHERE, *of)}
    return tuple(
        [
            attrs.evolve(
                known[label], checks=sum([table.get(label, ()) for table in more], ())
            )
            for label in sorted(known, key=lambda label: int(label[1:]))
        ]
    )
