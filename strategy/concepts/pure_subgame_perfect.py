"""Pure subgame-perfect equilibrium under perfect information (Selten 1965).

It is decided by the one-deviation principle.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.certificates import Certificate
from strategy.concepts.invariances import FAMILY, Invariance
from strategy.errors import OtherKind, RefusalError
from strategy.forms._values import expected_from
from strategy.forms.extensive import ExtensiveFormGame
from strategy.forms.foreign import as_ours
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile, read_pure

__all__ = ["PureSubgamePerfect"]


@attrs.frozen
class PureSubgamePerfect:
    """Pure subgame-perfect equilibria of a tree with perfect information and chance.

    Every subgame counts, reached or not.
    """

    invariances: ClassVar[frozenset[Invariance]] = FAMILY
    always_exists: ClassVar[bool] = True

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        if not isinstance(game, ExtensiveFormGame):
            if isinstance(game, NormalFormGame):
                return OtherKind(
                    "PureSubgamePerfect takes games in which players move in turn, and "
                    "this is a table: use PureNash()"
                )
            other = (
                as_ours(game)
                or f"a {type(game).__name__}: build one with from_tree or model.game()"
            )
            return f"PureSubgamePerfect takes an ExtensiveFormGame, not {other}"
        form = game.form
        if not form.has_perfect_information:
            sets, sizes = np.unique(form.infoset[form.mover >= 0], return_counts=True)
            shared = form.infoset_key(int(sets[int(np.argmax(sizes > 1))]))
            return (
                "PureSubgamePerfect takes games of perfect information, and information "
                f"set {shared!r} holds several moves: give every move an information set "
                "of its own (concepts for imperfect information are not built yet)"
            )
        return None

    def judge(self, game: ExtensiveFormGame) -> SubgamePerfectJudge:
        """A judge of many profiles of one game: what they have in common is looked at once."""
        return SubgamePerfectJudge(game)

    def certify(self, game: ExtensiveFormGame, profile: Any) -> Certificate:
        """Whether no single deviation gains at any node, reached or not.

        ``profile``: a pure profile of ``game``. If one does, the largest is shown, given
        that its node is reached.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        return SubgamePerfectJudge(game).certify(profile)

    def __str__(self) -> str:
        return "pure subgame-perfect"


_HOLDS = Certificate(True, Fraction(0))


class SubgamePerfectJudge:
    """Checks profiles by the one-deviation principle.

    At every node, no child is worth more to the mover than the one chosen.

    A profile that differs from one already found good at few places is checked at these
    places and above them only.
    """

    def __init__(self, game: ExtensiveFormGame) -> None:
        self.game = game
        self.leaf = game.leaf_values
        # Without chance a continuation is a single play, and its number stands for
        # everyone's payoffs.
        self.by_play = not len(game.form.laws)
        self.good: PureProfile | None = None
        self.worth: NDArray[Any] = np.empty(0)

    def certify(self, profile: Any) -> Certificate:
        """The certificate of one profile."""
        pure = read_pure(self.game.form, profile)
        if self.good is None or not self._follows(pure, self.good):
            return self._whole(pure)
        self.good = pure
        return _HOLDS

    def _follows(self, pure: PureProfile, good: PureProfile) -> bool:
        """Whether a profile is good that differs from a good one at few places.

        What nodes are worth is kept up to date then.
        """
        if pure.base is good.base:
            places = {place for place, _ in pure.changes.items() ^ good.changes.items()}
        else:
            places = set(np.flatnonzero(np.asarray(pure.choices) != good.choices).tolist())
        if 8 * len(places) > len(pure.base):
            return False
        after = self._worth_with(pure, places)
        if after is None:
            return False
        for node, worth in after.items():
            self.worth[node] = worth
        return True

    def _whole(self, pure: PureProfile) -> Certificate:
        """Judge a profile at every node; a good one is kept to compare others with."""
        form, choices = self.game.form, np.asarray(pure.choices)
        worth = self._all_plays(choices) if self.by_play else self._all_values(choices)
        children = np.arange(1, form.node_count)
        parents = form.parent[1:]
        movers = form.mover[parents].astype(np.int64)
        if not self.by_play:
            decided = movers >= 0
            children = children[decided]
            parents = parents[decided]
            movers = movers[decided]
        if self.by_play:
            flat = self.leaf.values.reshape(-1)
            width = len(form.players)
            better = (
                flat[worth[children] * width + movers]
                > flat[worth[parents] * width + movers]
            )
        else:
            better = worth[children, movers] > worth[parents, movers]
        if better.any():
            return self._worst(choices, children[better], parents[better])
        self.good, self.worth = pure, worth
        return _HOLDS

    def _all_plays(self, choices: NDArray[Any]) -> NDArray[np.int64]:
        """The play that follows from each node."""
        form = self.game.form
        plays = form.leaf_number.copy()
        for start, stop in zip(form.levels[-2::-1], form.levels[:0:-1], strict=True):
            nodes = start + np.flatnonzero(form.mover[start:stop] >= 0)
            plays[nodes] = plays[form.first[nodes] + choices[form.infoset[nodes]]]
        return plays

    def _all_values(self, choices: NDArray[Any]) -> NDArray[Any]:
        """What every player gets from each node on.

        The values have shape (nodes, players) and are on the scale of ``leaf_values``.
        """
        form, alive = self.game.form, self.leaf.alive
        values = np.zeros(
            (form.node_count, len(form.players)), dtype=self.leaf.values.dtype
        )
        values[form.leaves] = self.leaf.values
        for start, stop in zip(form.levels[-2::-1], form.levels[:0:-1], strict=True):
            nodes = np.arange(start, stop)
            decisions = nodes[form.mover[start:stop] >= 0]
            values[decisions] = values[
                form.first[decisions] + choices[form.infoset[decisions]]
            ]
            chances = nodes[form.mover[start:stop] == -1]
            if len(chances):
                low = form.first[chances]
                high = form.first[chances + 1]
                for i in range(int((high - low).max())):
                    some = chances[(low + i < high) & alive[np.minimum(low + i, high - 1)]]
                    values[some] += values[form.first[some] + i]
        return values

    def _worth_with(
        self, pure: PureProfile, places: Iterable[int]
    ) -> dict[int, Any] | None:
        """What nodes are worth under a profile that differs from the good one here.

        At these places, where that is another than before; None if somebody gains by a
        deviation. Looked at from these places up, as far as anything changes.
        """
        form = self.game.form
        worth = self.worth
        payoff = self.leaf.values
        after: dict[int, Any] = {}
        seen = {int(form.infoset_nodes[place]) for place in places}
        heap = [-node for node in seen]
        heapq.heapify(heap)
        while heap:
            node = -heapq.heappop(heap)
            low = int(form.first[node])
            high = int(form.first[node + 1])
            who = int(form.mover[node])
            children = [
                after[child] if child in after else worth[child]
                for child in range(low, high)
            ]
            if who >= 0:
                taken = pure.choice(int(form.infoset[node]))
                here = children[taken]
                mine = [
                    payoff[child, who] if self.by_play else child[who] for child in children
                ]
                if max(mine) > mine[taken]:
                    return None
            else:
                here = sum(
                    child
                    for child, i in zip(children, range(low, high), strict=True)
                    if self.leaf.alive[i]
                )
            before = worth[node]
            if (payoff[here] != payoff[before] if self.by_play else here != before).any():
                after[node] = here
                parent = int(form.parent[node])
                if parent >= 0 and parent not in seen:
                    seen.add(parent)
                    heapq.heappush(heap, -parent)
        return after

    def _worst(
        self, choices: NDArray[Any], children: NDArray[Any], parents: NDArray[Any]
    ) -> Certificate:
        form, worst = self.game.form, None
        for child, node in zip(children.tolist(), parents.tolist(), strict=True):
            player = int(form.mover[node])
            gain = expected_from(self.game, choices, child, player) - expected_from(
                self.game, choices, node, player
            )
            if worst is None or gain > worst[0]:
                worst = (gain, node, child)
        assert worst is not None
        gain, node, child = worst
        action = form.action_lists[form.label[node]][child - int(form.first[node])]
        place = form.infoset_key(int(form.infoset[node]))
        return Certificate(
            False, gain, form.players[form.mover[node]], place, action, "a deviation gains"
        )
