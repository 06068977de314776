"""A form in which some players can take only some of their actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strategy.errors import GameError
from strategy.forms._unfolding import CHANCE, END
from strategy.forms.trees import Chance, Decision, End
from strategy.names import keyed, names, unknown

__all__ = ["kept_actions", "restricted_tree"]


def kept_actions(
    actions: Mapping[str, tuple[str, ...]], only: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Which actions each player named in ``only`` keeps, in the order of the form.

    ``actions``: all that each player has; ``only``: an action or several for each player
    that is restricted. Raises GameError on players and actions that do not exist.
    """
    if not isinstance(only, Mapping):
        raise GameError(
            f"{only!r} is not a mapping: give the actions that are left to a player, such as "
            f"{{'Russia': 'acquiesce'}} or {{'Russia': ('broker', 'acquiesce')}}"
        )
    kept = {}
    for player, given in keyed(only, "player").items():
        if player not in actions:
            raise GameError(unknown(player, actions, "player"))
        wanted = names((given,) if isinstance(given, str) else given, f"action of {player}")
        for action in wanted:
            if action not in actions[player]:
                raise GameError(unknown(action, actions[player], f"action of {player}"))
        kept[player] = tuple([one for one in actions[player] if one in wanted])
    return kept


def restricted_tree(form: Any, only: Mapping[str, Any]) -> Decision | Chance | End:
    """The tree in which some players have only some of their actions.

    ``form``: an ExtensiveForm; ``only``: as for ``kept_actions``. At a move where a
    player has none of them, all that it has are kept.
    """
    kept = kept_actions(form.actions, only)
    made: list[Any] = [End()] * form.node_count
    for node in range(form.node_count - 1, -1, -1):
        mover = int(form.mover[node])
        if mover == END:
            continue
        options = form.action_lists[form.label[node]]
        children = dict(
            zip(options, made[form.first[node] : form.first[node + 1]], strict=True)
        )
        if mover == CHANCE:
            law = form.laws[form.law[node]]
            made[node] = Chance(
                form.chance_names[node],
                {
                    event: (law[i], child)
                    for i, (event, child) in enumerate(children.items())
                },
            )
        else:
            player = form.players[mover]
            left = {one: children[one] for one in kept.get(player, ()) if one in children}
            place = form.infoset_names.get(int(form.infoset[node]))
            made[node] = Decision(player, left or children, infoset=place)
    return made[0]  # type: ignore[no-any-return]
