"""The corridor as games in extensive form.

The five move in turn, each seeing all that came before.
"""

from collections.abc import Mapping, Sequence

from games.corridor.assumptions import (
    ABOUT,
    ACTIONS,
    LEAVES_OUT,
    inquiries,
    outcomes,
    parameters,
    phrases,
    terms,
)
from games.corridor.checks import ANSWERED, ASKED, checked, shared
from games.corridor.choices import versions
from strategy import Decision, End, ExtensiveForm, Model


def in_order(players: Sequence[str], name: str, title: str = "", about: str = "") -> Model:
    """The same model with another order of moves.

    Same assumptions, same terms, another tree.

    ``players`` names all five, the first to move first. A player is passed over where
    nothing is left to answer, see ``_asked``.
    """
    if sorted(players) != sorted(ACTIONS):
        raise ValueError(
            f"in_order: expected each of {', '.join(ACTIONS)} once, got "
            f"{', '.join(players) or 'nobody'}"
        )

    def step(history: tuple[str, ...]) -> Decision | End:
        # Two players may take actions of one name, so who took which follows from the
        # order, not from the name.
        taken: dict[str, str] = {}
        past = iter(history)
        for player in players:
            if _asked(player, taken):
                action = next(past, None)
                if action is None:
                    return Decision(player, ACTIONS[player])
                taken[player] = action
        return End()

    answered = players.index("Armenia") < max(map(players.index, ("Russia", "Iran")))
    return Model(
        name,
        form=ExtensiveForm.from_rules(step, players=tuple(ACTIONS)),
        parameters=parameters,
        terms=terms,
        outcomes=outcomes,
        claims=checked(shared(ANSWERED if answered else ASKED)),
        inquiries=inquiries,
        title=title or "In turn: " + ", ".join(players),
        about=" ".join(
            (
                ABOUT,
                (
                    f"Here they move in turn: {', '.join(players)}; each sees all earlier "
                    "moves."
                ),
                about,
            )
        ).strip(),
        leaves_out=(
            *LEAVES_OUT,
            "second thoughts: each moves once, and what was chosen stands",
        ),
        phrases=phrases,
        focus=("russia_attention", "normalisation"),
        headline="corridor open",
        beside=("open without Russia",),
        variants=_versions,
    )


ORDERS = (
    ("Türkiye", "Azerbaijan", "Russia", "Iran", "Armenia"),
    ("Türkiye", "Azerbaijan", "Armenia", "Russia", "Iran"),
    ("Azerbaijan", "Türkiye", "Russia", "Iran", "Armenia"),
    ("Azerbaijan", "Russia", "Iran", "Türkiye", "Armenia"),
    ("Armenia", "Türkiye", "Azerbaijan", "Russia", "Iran"),
    ("Azerbaijan", "Russia", "Iran", "Armenia", "Türkiye"),
    ("Russia", "Iran", "Türkiye", "Azerbaijan", "Armenia"),
)
"""Orders of moves that are compared: those of the two models, and others."""


def _versions(model: Model) -> dict[str, Model]:
    """Other versions of a tree: what is ours made the other way, then other orders."""
    orders = {
        f"if they moved in the order {', '.join(one)}": in_order(one, model.name)
        for one in ORDERS
        if model.title != _TITLES.get(one)
    }
    return {**versions(model), **orders}


def _asked(player: str, taken: Mapping[str, str]) -> bool:
    """Whether a player still has a move to make after what was done.

    If Azerbaijan does not connect, nothing is left to press for, to answer or to obstruct.
    If Armenia refuses, nothing is left to obstruct, run or accept. At the moves left out
    some actions would cost their price for nothing; the one that could pay is Russia's
    running of a road that is not there, where its strain is low and its attention high.
    Türkiye is still asked after a refusal, as its pressing makes refusing dearer for
    Armenia.
    """
    if taken.get("Azerbaijan", "connect") != "connect":
        return False
    return not (player in ("Russia", "Iran") and taken.get("Armenia") == "refuse")


_TITLES = {
    ORDERS[0]: "Sequence: Armenia answers last",
    ORDERS[1]: "Reaction: Russia and Iran answer Armenia",
}

model = in_order(
    ORDERS[0],
    "corridor.sequence",
    title=_TITLES[ORDERS[0]],
    about="Russia and Iran take their stand before Armenia answers.",
)

reaction = in_order(
    ORDERS[1],
    "corridor.reaction",
    title=_TITLES[ORDERS[1]],
    about="Armenia answers first, and Russia and Iran can react to its opening.",
)
