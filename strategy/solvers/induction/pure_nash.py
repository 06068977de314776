"""Which plays of a tree are those of its pure Nash equilibria.

A play is one if nobody gets more by leaving it where all others then hold that player to as
little as they can: nothing else binds what they would do after a deviation, as one player
alone deviates (the minimax values of the subtrees). So threats count that would not be
carried out, unlike in subgame perfection.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.forms.extensive import ExtensiveFormGame

__all__ = ["pure_nash_plays"]


def pure_nash_plays(game: ExtensiveFormGame) -> NDArray[np.bool_] | None:
    """Whether each play of ``game`` is that of a pure Nash equilibrium, of shape (plays,).

    None for a tree with chance moves or hidden ones, in which a deviation may lead back to
    what an equilibrium plays.
    """
    form = game.form
    if len(form.laws) or not form.has_perfect_information:
        return None
    first, mover = form.first.tolist(), form.mover.tolist()
    ends, players = form.leaf_number.tolist(), range(len(form.players))
    pays = game.leaf_values.values.tolist()
    held: list[list[Any]] = [
        [] if who >= 0 else pays[ends[node]] for node, who in enumerate(mover)
    ]
    for node in reversed(range(form.node_count)):
        if (who := mover[node]) >= 0:
            below = held[first[node] : first[node + 1]]
            held[node] = [
                (max if one == who else min)([row[one] for row in below]) for one in players
            ]
    tempted = [list(held[0])] * form.node_count
    found = np.ones(form.play_count, dtype=bool)
    for node, who in enumerate(mover):
        if who < 0:
            worth = zip(pays[ends[node]], tempted[node], strict=True)
            found[ends[node]] = all(mine >= bound for mine, bound in worth)
            continue
        best = max([held[child][who] for child in range(first[node], first[node + 1])])
        for child in range(first[node], first[node + 1]):
            tempted[child] = list(tempted[node])
            tempted[child][who] = max(tempted[node][who], best)
    return found
