"""All pure subgame-perfect equilibria of a tree with perfect information.

They are found by backward induction with every tie kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import attrs
import numpy as np

from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.forms.extensive import ExtensiveFormGame
from strategy.protocols import Concept
from strategy.solvers.induction.classes import Classes, TooManyClasses
from strategy.solvers.induction.kernel import (
    first_profile,
    induce_compiled,
    induction,
    worth_loading,
)
from strategy.solvers.induction.ties import Continuations, Supporting, induce
from strategy.solvers.induction.walk import Walk
from strategy.solvers.protocol import Candidate, Incomplete, Limits, refused

__all__ = ["BackwardInduction"]


@attrs.frozen
class BackwardInduction:
    """Backward induction by continuation classes (Kuhn 1953).

    Ties are kept as in ``solvers.induction.ties``.

    ``compiled_from``: trees of at least this many nodes go through the compiled loop, if
    their numbers fit machine integers; None: those of 5,000, and smaller ones once plain
    code has taken as long in this process as loading the loop does. ``budget``: the most
    links between classes to keep, if no more than two a node (chance moves over many ties
    multiply them).
    """

    compiled_from: int | None = attrs.field(default=None, kw_only=True)
    budget: int = attrs.field(default=2_000_000, kw_only=True)

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for a tree and PureSubgamePerfect.

        The tree must have perfect information.
        """
        return refused(
            self,
            game,
            concept,
            PureSubgamePerfect,
            "pure subgame-perfect equilibria: use PureSubgamePerfect()",
        )

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """True, whatever ``game`` and ``concept``: every distribution over plays is listed."""
        return True

    def propose(
        self,
        game: ExtensiveFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Candidate]:
        """One candidate for each distinct distribution over plays, in the tree's order.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver; nothing is drawn.
        """
        form, leaf = game.form, game.leaf_values
        budget = max(self.budget, 2 * form.node_count)
        compiled = leaf.values.dtype != object and len(form.players) <= 64
        compiled &= (
            worth_loading(induction, form)
            if self.compiled_from is None
            else form.node_count >= self.compiled_from
        )
        whole = True
        try:
            classes = self._induced(game, limits, budget, compiled=compiled)
        except TooManyClasses:
            whole = False
            classes = self._induced(game, None, budget, compiled=compiled)
        listing = Continuations(form, leaf.alive, classes)
        start = first_profile(listing) if compiled else None
        walk = iter(Walk(listing, start))
        with induction.in_plain_code():  # most of what the first one takes
            first = next(walk)
        for number, profile in enumerate(chain((first,), walk)):
            if not whole:
                yield Candidate(profile)
                raise Incomplete(
                    f"ties under chance moves give more than {budget:,} combinations of "
                    "continuations; one equilibrium is shown: break ties that do not "
                    "matter, or raise BackwardInduction(budget=...)"
                )
            limits.check()
            supporting = Supporting(listing, number)
            yield Candidate(profile, supporting.count, supporting, key=number)

    def _induced(
        self, game: ExtensiveFormGame, limits: Limits | None, budget: int, *, compiled: bool
    ) -> Classes:
        """The classes of a game; without limits, for the first of its equilibria only."""
        form, leaf = game.form, game.leaf_values
        first_only = limits is None
        if compiled:
            return induce_compiled(form, leaf.alive, leaf.values, budget, first_only)
        check = None if limits is None else limits.check
        rows = leaf.values.tolist()
        with induction.in_plain_code():
            return induce(form, leaf.alive, rows, None, budget, check, first_only)
