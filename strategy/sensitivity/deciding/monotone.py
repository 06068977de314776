"""Proofs over the whole range box that raising a parameter moves things one way.

It never lowers, or never raises, a verdict or a payoff.

Three arguments, each about pure equilibria and each checked with Bernstein bounds in exact
arithmetic. (1) No comparison that a player makes depends on the parameter: then nor does
the set of equilibria. (2) In a table, every profile with the outcome has deviations that
gain ever less, and every profile without it ever more, as the parameter rises: then the
first kind can only become equilibria and the second only cease to be. (3) In a table,
actions can be ordered so that the game is supermodular and the parameter makes everybody
want more: then the least and the greatest equilibrium rise, and with them what they are
worth to a player to whom the others' actions do good (P. Milgrom and J. Roberts,
"Rationalizability, learning, and equilibrium in games with strategic complementarities",
Econometrica 58, 1990; D. Topkis, Supermodularity and Complementarity, 1998).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np

from strategy.assumptions.bernstein import bounds
from strategy.assumptions.gains import Gains
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.errors import ModelError
from strategy.protocols import Concept
from strategy.sensitivity.deciding.deciders import kind_of
from strategy.sensitivity.deciding.slices import Slice

__all__ = ["Proofs"]

_MOST_WAYS = 64


class Proofs:
    """What can be proved of one model, concept and outcome.

    1 (it never falls), -1 (it never rises), 0 (neither), or None.

    ``plays``: the plays that may be an equilibrium somewhere; in a table under plain pure
    Nash each with the gains that matter.
    """

    def __init__(self, model: Model, concept: Concept, outcome: Outcome) -> None:
        self.model = model
        self.concept = concept
        self.mask = outcome.mask
        self.box = model.parameters.box
        self.known: dict[Any, tuple[bool, bool]] = {}
        kind = kind_of(model, concept)
        self.payoffs = _polynomial_payoffs(model)
        decide = (
            kind(Slice.of(model, (), None), concept, outcome)
            if kind is not None and self.payoffs
            else None
        )
        self.compared = None if decide is None else decide.compared
        self.breaking = None if decide is None else decide.breaking
        self.plays: dict[int, list[int]] = {
            play: [] for play in range(model.form.play_count)
        }
        self.orders: list[_Order] = []
        if self.breaking is not None:
            self.plays = self._possible_plays(self.breaking)
            self.orders = list(_SignOrders(self, self.breaking).ways())

    # -- what is asked

    def verdict(self, parameter: str) -> int | None:
        """Whether raising a parameter moves the verdict one way only."""
        if self.compared is None:
            return None
        if self._same_equilibria(parameter):
            return 0
        if self.breaking is None:
            return None
        gains = self.breaking.polynomials
        inside = self.together(
            self._stability(gains, play, parameter)
            for play in self.plays
            if self.mask[play]
        )
        outside = self.together(
            self._stability(gains, play, parameter)
            for play in self.plays
            if not self.mask[play]
        )
        if all(self.mask[play] for play in self.plays) or not any(
            self.mask[play] for play in self.plays
        ):
            return 0  # nothing else can be played
        found = None if inside is None or outside is None else _agree(inside, -outside)
        if found is not None:
            return found
        for order in self.orders:
            moves = order.moves(parameter)
            rises = order.rises(self.mask)
            if moves is not None and rises is not None:
                return moves * rises
        return None

    def payoff(self, player: str, parameter: str) -> int | None:
        """Whether raising a parameter moves what equilibria are worth one way only.

        It looks at the least and the greatest that they are worth to ``player``.
        """
        if self.compared is None or self.model.payoff_denominator(player).used:
            return None
        number, polynomials = self.payoffs[player]
        used = {int(number[play]) for play in self.plays}
        direct = self.together(self.slope(polynomials[i], parameter) for i in used)
        if self._same_equilibria(parameter) or direct is None:
            return direct if self._same_equilibria(parameter) else None
        for order in self.orders:
            moves = order.moves(parameter)
            good = order.spillover(player)
            if (
                moves is not None
                and good is not None
                and (found := _agree(moves * good, direct)) is not None
            ):
                return found
        return None

    # -- signs over the box

    def sign(self, poly: Any) -> int | None:
        """The sign of a polynomial over the box.

        1 if it is nowhere negative, -1 if nowhere positive, 0 if it is zero, None if not
        known. ``poly``: the polynomial.
        """
        if not poly:
            return 0
        rises, falls = self._kind(poly)
        return 1 if rises else -1 if falls else None

    def slope(self, poly: Any, parameter: str) -> int | None:
        """The sign of a polynomial's derivative in a parameter over the box.

        ``poly``: the polynomial.
        """
        place = list(self.model.parameters).index(parameter)
        return self.sign(poly.slope(place))

    def _kind(self, poly: Any) -> tuple[bool, bool]:
        if poly not in self.known:
            kind = bounds(poly, self.box, budget=50).kind
            self.known[poly] = (
                kind in ("positive", "nonnegative"),
                kind in ("negative", "nonpositive"),
            )
        return self.known[poly]

    @staticmethod
    def together(signs: Iterable[int | None]) -> int | None:
        found = 0
        for one in signs:
            agreed = None if one is None else _agree(found, one)
            if agreed is None:
                return None
            found = agreed
        return found

    # -- the set of equilibria

    def _possible_plays(self, gains: Gains) -> dict[int, list[int]]:
        """The profiles of a table that no gain proved positive everywhere rules out.

        Each with the gains that may matter.
        """
        kinds = [bounds(one, self.box, budget=50).kind for one in gains.polynomials]
        flipped = {
            "positive": "negative",
            "nonnegative": "nonpositive",
            "negative": "positive",
            "nonpositive": "nonnegative",
        }
        possible = {}
        for play in range(self.model.form.play_count):
            entries = {int(k) for table in gains.tables for k in table[play] if k}
            signed = {
                k: kinds[k - 1] if k > 0 else flipped.get(kinds[-k - 1], kinds[-k - 1])
                for k in entries
            }
            if "positive" not in signed.values():
                possible[play] = [
                    k
                    for k, kind in signed.items()
                    if kind not in ("negative", "nonpositive")
                ]
        return possible

    def _stability(self, gains: Sequence[Any], play: int, parameter: str) -> int | None:
        """Which way raising the parameter can move a profile being an equilibrium.

        1 if it can only make it one, -1 if it can only end that, 0 if it does nothing.
        """
        slopes = []
        for k in self.plays[play]:
            slope = self.slope(gains[abs(k) - 1], parameter)
            slopes.append(None if slope is None else -slope if k > 0 else slope)
        return self.together(slopes)

    def _same_equilibria(self, parameter: str) -> bool:
        """Whether no comparison that a player may make depends on the parameter."""
        place = list(self.model.parameters).index(parameter)
        return not any(place in one.used for one in self._mattering)

    @cached_property
    def _mattering(self) -> list[Any]:
        """What the equilibria rest on.

        Of a table's gains those that are not settled over the whole box.
        """
        if self.breaking is None:
            return list(dict.fromkeys(self.compared or ()))
        return [
            self.breaking.polynomials[k]
            for k in {abs(k) - 1 for entries in self.plays.values() for k in entries}
        ]


def _agree(a: int, b: int) -> int | None:
    """The sign that two have in common, None if they are opposite."""
    return a or b if a * b >= 0 else None


def _polynomial_payoffs(model: Model) -> dict[str, Any]:
    """Each player's payoffs.

    There are none where payoffs or probabilities are not polynomials, of which nothing is
    proved here.
    """
    if model.laws is None or model.laws.polynomial:
        with suppress(ModelError):
            return {player: model.payoff_polynomials(player) for player in model.players}
    return {}


class _SignOrders:
    """The orders of the players' actions in which a table is supermodular.

    Each player's actions are in the order given or reversed.
    """

    def __init__(self, proofs: Proofs, gains: Gains) -> None:
        self.proofs, self.shape = proofs, gains.form.shape
        self.cells = {
            player: number.reshape(self.shape)
            for player, (number, _) in proofs.payoffs.items()
        }

    def ways(self) -> Iterator[_Order]:
        """Every such order."""
        count = len(self.shape)
        if 2 ** max(count - 1, 0) > _MOST_WAYS:
            return
        cross: dict[tuple[int, int], int] = {}
        for i, j in itertools.permutations(range(count), 2):
            found = self.proofs.together(
                self.proofs.sign(one) for one in self._second(i, j)
            )
            if found is None:
                return
            cross[i, j] = found
        for signs in itertools.product((1, -1), repeat=count - 1):
            way = (1, *signs)
            if all(sign * way[i] * way[j] >= 0 for (i, j), sign in cross.items()):
                yield _Order(self, way)

    def steps(self, player: int, axis: int) -> Iterator[Any]:
        """How a player's payoff changes from one action of someone to the next.

        The changes are polynomials.
        """
        label = self.proofs.model.players[player]
        polynomials = self.proofs.payoffs[label][1]
        cells = np.moveaxis(self.cells[label], axis, 0)
        pairs = {
            (int(a), int(b))
            for low, high in itertools.pairwise(cells)
            for a, b in zip(low.flat, high.flat, strict=True)
        }
        yield from (polynomials[b] - polynomials[a] for a, b in pairs if a != b)

    def _second(self, player: int, other: int) -> Iterator[Any]:
        """How what a player's next action adds changes with the next action of another."""
        label = self.proofs.model.players[player]
        polynomials = self.proofs.payoffs[label][1]
        cells = np.moveaxis(self.cells[label], (player, other), (0, 1))
        fours = {
            tuple(map(int, four))
            for i, j in itertools.product(
                range(cells.shape[0] - 1), range(cells.shape[1] - 1)
            )
            for four in zip(
                cells[i, j].flat,
                cells[i + 1, j].flat,
                cells[i, j + 1].flat,
                cells[i + 1, j + 1].flat,
                strict=True,
            )
        }
        yield from dict.fromkeys(
            polynomials[d] - polynomials[c] - polynomials[b] + polynomials[a]
            for a, b, c, d in fours
        )


class _Order:
    """One such order.

    ``way`` is 1 for a player whose actions stand as given, -1 where they are reversed.
    """

    def __init__(self, orders: _SignOrders, way: tuple[int, ...]) -> None:
        self.orders = orders
        self.way = way
        self.proofs = orders.proofs

    def moves(self, parameter: str) -> int | None:
        """1 if raising the parameter makes everybody want more, -1 if less."""
        found = []
        for i, turn in enumerate(self.way):
            slope = self.proofs.together(
                self.proofs.slope(one, parameter) for one in self.orders.steps(i, i)
            )
            found.append(None if slope is None else turn * slope)
        return self.proofs.together(found)

    def rises(self, mask: Any) -> int | None:
        """1 if who does more never undoes the outcome, -1 if never brings it about."""
        holds = mask.reshape(self.orders.shape).astype(int)
        signs: list[int | None] = []
        for i, turn in enumerate(self.way):
            change = turn * np.diff(holds, axis=i)
            signs.append(
                None
                if (change > 0).any() and (change < 0).any()
                else int(change.max(initial=0) + change.min(initial=0))
            )
        return self.proofs.together(signs)

    def spillover(self, player: str) -> int | None:
        """1 if a player never loses by the others doing more, -1 if the player never gains."""
        place = self.proofs.model.players.index(player)
        found = []
        for j, turn in enumerate(self.way):
            if j != place:
                sign = self.proofs.together(
                    self.proofs.sign(one) for one in self.orders.steps(place, j)
                )
                found.append(None if sign is None else turn * sign)
        return self.proofs.together(found)
