"""What each player can make sure of, whatever the others do."""

from fractions import Fraction
from typing import Annotated

import attrs

from strategy import RefusalError
from strategy.display import Table, number
from strategy.sensitivity import Analysis, Finding


@attrs.frozen
class Floors(Finding):
    """For each player the action whose worst payoff is the best, and that payoff."""

    model: str
    concept: str
    floors: dict[str, tuple[str, Fraction]]

    @property
    def heading(self):
        return f"What each player can make sure of in {self.model}, {self.concept}"

    @property
    def sentences(self):
        return tuple(
            f"{who} gets at least {number(least)} by {action}."
            for who, (action, least) in self.floors.items()
        )

    @property
    def tables(self):
        rows = [
            [who, action, number(least)] for who, (action, least) in self.floors.items()
        ]
        return (Table(["player", "by", "at least"], rows, right=[2], caption="Floors"),)

    def data(self):
        return {
            "floors": {
                who: {"action": by, "least": str(least)}
                for who, (by, least) in self.floors.items()
            }
        }


def floors(
    model,
    concept,
    outcome,
    at=None,
    *,
    player: Annotated[str | None, "Only this player (default: all)."] = None,
):
    """What each player can make sure of by one of its own actions."""
    game = model.game(at=at)
    if player is not None and player not in game.players:
        raise RefusalError(
            f"{player!r} is not a player: expected one of {', '.join(game.players)}"
        )
    found = {}
    for axis, (who, table) in enumerate(
        zip(game.players, game.to_arrays(exact=True), strict=True)
    ):
        worst = {
            action: min(table.take(k, axis=axis).flat)
            for k, action in enumerate(game.actions[who])
        }
        if player in (None, who):
            found[who] = max(worst.items(), key=lambda pair: pair[1])
    return Floors(model.name, str(concept), found)


ANALYSIS = Analysis("floors", "What each player can make sure of", floors, figure="floors")
