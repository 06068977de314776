"""Plans: what a profile of a tree says everyone would do.

Above all where the play does not come.

A play shows what is done where it passes. An equilibrium is more: what would be done
elsewhere is what keeps everybody on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import attrs

from strategy.display._tables import Table
from strategy.display._words import count_text, mixed_words, place_words
from strategy.texts import number_text

__all__ = ["ShownPlan", "plan_data", "plan_table", "plans", "plans_text"]

_MOST_ROWS = 200
_MOST_PLACES = 12
_MOST_PLANS = 3


@attrs.frozen
class ShownPlan:
    """What is done where the play of an equilibrium does not come.

    Where somebody mixes, it is what is done everywhere (``whole``).

    ``places``: the first of them, each a player, where it would move, and what it would do;
    ``left``: how many more there are; ``number``: of the equilibrium, from 1.
    """

    number: int
    plans: int | None
    places: tuple[tuple[str, str, str], ...]
    left: int
    whole: bool = False

    @property
    def title(self) -> str:
        """Which plan it is; there may be others for the same play."""
        if self.whole:
            return f"What is done in #{self.number}"
        if self.plans == 1:
            return f"Off the path of #{self.number}"
        many = f"of {count_text(self.plans)} plans" if self.plans is not None else "plan"
        return (
            f"Off the path of #{self.number}, in one {many} that "
            f"lead{'s' * (self.plans is None)} to it"
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """Each place in a line."""
        return tuple(
            [f"{player}, {where}: {action}" for player, where, action in self.places]
        )

    @property
    def table(self) -> Table:
        """The places as rows."""
        return Table(["player", "where it would move", "would do"], self.places)

    def folded(self, how: str) -> str:
        """How many places are left out and ``how`` to see them; nothing if none is."""
        places = (
            "place where somebody would move"
            if self.left == 1
            else "places where somebody would move"
        )
        return f"... and {self.left:,} more {places}: {how}" if self.left else ""


def plans(equilibria: Sequence[Any]) -> tuple[tuple[ShownPlan, ...], int]:
    """The plans of the first equilibria of a tree whose play leaves places out.

    With them comes how many more equilibria there are.
    """
    shown = [_plan(i, one) for i, one in enumerate(equilibria[:_MOST_PLANS], 1)]
    return tuple([one for one in shown if one.places]), max(
        len(equilibria) - _MOST_PLANS, 0
    )


def plans_text(equilibria: Sequence[Any], how: Callable[[int], str]) -> Iterator[str]:
    """The plans of ``equilibria`` line by line.

    ``how``: a number of an equilibrium -> how its whole plan is seen.
    """
    shown, left = plans(equilibria)
    for one in shown:
        yield f"{one.title}:"
        yield from [f"  {line}" for line in one.lines]
        if one.left:
            yield f"  {one.folded(how(one.number))}"
    if left and shown:
        yield (
            f"... and the plans of {left:,} more equilibri{'um' if left == 1 else 'a'}: "
            f"{how(_MOST_PLANS + 1)}"
        )


def plan_table(profile: Any) -> Table:
    """A whole profile of a tree, player by player; a long one is cut with a count."""
    form = profile.form
    places = ((player, i) for player in form.players for i in form.infosets(player))
    rows = [
        [player, place_words(form.infoset_key(i)), _action(profile, i)]
        for player, i in islice(places, _MOST_ROWS)
    ]
    left = len(form.infoset_nodes) - len(rows)
    more = (
        f"... and {left:,} more places: profile[player][place] says what is done at each"
        if left
        else ""
    )
    return Table(["player", "where", "does"], rows, more=more)


def plan_data(equilibrium: Any) -> dict[str, list[dict[str, Any]]]:
    """The whole plan by player.

    It has each information set ``at``, the ``action``, and whether the play ``reached`` it.

    Where the player mixes ``action`` is None, and ``strategy`` has the probabilities.
    ``equilibrium``: whose plan.
    """
    form = equilibrium.game.form
    profile = equilibrium.profile
    reached = _reached(equilibrium)

    def done(infoset: int) -> dict[str, Any]:
        place = form.infoset_key(infoset)
        weights = _weights(profile, infoset)
        mixed = (
            {"strategy": {action: number_text(p) for action, p in weights.items()}}
            if len(weights) > 1
            else {}
        )
        return {
            "at": list(place) if isinstance(place, tuple) else place,
            "action": None if mixed else next(iter(weights)),
            **mixed,
            "reached": infoset in reached,
        }

    return {player: [done(i) for i in form.infosets(player)] for player in form.players}


def _plan(number: int, equilibrium: Any) -> ShownPlan:
    form, profile = equilibrium.game.form, equilibrium.profile
    whole = profile.pure() is None
    seen = set() if whole else _reached(equilibrium)
    places = [
        (
            form.players[int(form.mover[form.infoset_nodes[i]])],
            place_words(form.infoset_key(i)),
            _action(profile, i),
        )
        for i in islice(
            (i for i in range(len(form.infoset_nodes)) if i not in seen), _MOST_PLACES
        )
    ]
    left = len(form.infoset_nodes) - len(seen) - len(places)
    return ShownPlan(number, equilibrium.count, tuple(places), left, whole)


def _action(profile: Any, infoset: int) -> str:
    return mixed_words(_weights(profile, infoset))


def _weights(profile: Any, infoset: int) -> dict[str, Any]:
    """The actions taken at an information set, with their probabilities."""
    options = profile.form.options(infoset)
    return {options[action]: weight for action, weight in profile.at(infoset)}


def _reached(equilibrium: Any) -> set[int]:
    """The numbers of the information sets that are reached with positive probability."""
    game, profile = equilibrium.game, equilibrium.profile
    form = game.form
    found = set[int]()
    stack = [0]
    while stack:
        node = stack.pop()
        first, mover = int(form.first[node]), int(form.mover[node])
        if mover >= 0:
            infoset = int(form.infoset[node])
            found.add(infoset)
            stack.extend([first + action for action, _ in profile.at(infoset)])
        elif mover == -1:
            stack.extend(
                [first + i for i, weight in enumerate(game.laws[form.law[node]]) if weight]
            )
    return found
