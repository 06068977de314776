"""Pure subgame-perfect equilibria of a tree, decided by comparisons.

Those of backward induction; the tree has perfect information.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from numpy.typing import NDArray

from strategy import deadline
from strategy.algebraic import Point
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.errors import RefusalError
from strategy.forms.extensive import ExtensiveForm
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.courses import There
from strategy.sensitivity.deciding.found import Found, Worth
from strategy.sensitivity.deciding.inequalities import Needed
from strategy.sensitivity.deciding.judges import Judge, Numbered
from strategy.sensitivity.deciding.protocol import AtSamples, Decider
from strategy.sensitivity.deciding.slices import Place, Signs, Slice, value
from strategy.sensitivity.deciding.tree_binding import turns_in_tree
from strategy.sensitivity.deciding.tree_courses import ThereInTree
from strategy.sensitivity.deciding.tree_induction import SlicedTree
from strategy.sensitivity.deciding.tree_judge import tree_judge
from strategy.sensitivity.deciding.tree_needed import compared_in_tree, needed_in_tree
from strategy.sensitivity.deciding.trees_at_samples import MOST_PLAYERS, SampledTreeJudge
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["TreeDecider"]


class TreeDecider(Decider):
    """Pure subgame-perfect equilibria of a tree with perfect information and chance."""

    def __init__(self, where: Slice, concept: Concept, outcome: Outcome) -> None:
        super().__init__(where, concept, outcome)
        self.tree = SlicedTree(where, outcome.mask)

    @classmethod
    def fits(cls, model: Model, concept: Concept) -> bool | str:
        if not isinstance(concept, PureSubgamePerfect) or not isinstance(
            model.form, ExtensiveForm
        ):
            return False
        return concept.refuses(model.game()) or True

    @classmethod
    def in_floats(cls, model: Model) -> bool:
        return len(model.players) <= MOST_PLAYERS and (
            model.laws is None or model.laws.polynomial
        )

    # -- at a place

    def found(self, signs: Callable[[Polynomial], int]) -> Found:
        deadline.check()
        return self.tree.of(self.tree.run(signs))

    def worths(self, signs: Callable[[Polynomial], int]) -> Worth:
        run = self.tree.run(signs)

        def extremes(worth: list[Polynomial]) -> tuple[Polynomial, Polynomial]:
            return self.tree.extremes(run.listing, worth, signs)

        here = self.tree.of(run)
        bounds = tuple(
            [None if worth is None else extremes(worth) for worth in self.payoffs_along]
        )
        return Worth(
            here.plays,
            here.hit,
            here.miss,
            bounds,
            extremes(self.tree.certain) if self.tree.laws else None,
        )

    def probabilities(self, place: Place) -> tuple[Point, Point]:
        signs = Signs(place)
        least, greatest = self.tree.extremes(
            self.tree.run(signs).listing, self.tree.certain, signs
        )
        return value(least, place), value(greatest, place)

    def there(self, signs: Callable[[Polynomial], int], plays: frozenset[int]) -> There:
        # Without events of chance every play is an equilibrium of its own.
        return (
            ThereInTree(self.slice.model, plays, self.tree.run(signs))
            if self.tree.laws
            else super().there(signs, plays)
        )

    # -- from a place to others

    def turning(self, first: Signs, second: Signs, here: Signs) -> Iterator[Binding]:
        return turns_in_tree(self.tree, first, second, here)

    def needed(
        self, signs: Signs, every: bool, samples: NDArray[Any] | None = None
    ) -> list[Needed]:
        """The comparisons without which a play without the outcome might be played.

        This applies to trees without chance. ``signs``: form -> sign at the place;
        ``every``: as for every Decider; ``samples``: rows of values.
        """
        asked = super().needed(signs, every, samples)
        if self.tree.laws or self.found(signs).verdict is not Verdict.EVERY:
            return asked
        return needed_in_tree(self.tree, asked, samples)

    def standing(self, signs: Signs) -> None:
        """What it takes for a play to stand is found by a search.

        What the others do off the path may be any equilibrium of what is left there.
        ``signs``: form -> sign at the place.
        """
        return None

    # -- wherever parameters may move

    @property
    def monomials(self) -> list[Polynomial]:
        varied = self.slice.varied
        moved = {i for law in self.tree.laws for one in law for i in one.used}
        names = [label for i, label in enumerate(varied) if i in moved]
        if names:
            raise RefusalError(
                f"the probabilities of chance depend on {', '.join(names)}, so gains "
                f"contain products of what moves: hold these, hold={names!r} (--hold "
                f"{' --hold '.join(names)}), or take thresholds() along one of them"
            )
        return [worth for column in self.tree.payoffs for worth in column]

    def judge(self, planes: Numbered, wanted: frozenset[int] | None = None) -> Judge:
        return tree_judge(planes, self.tree, wanted)

    @property
    def compared(self) -> Iterable[Any]:
        return compared_in_tree(self.slice.model, self.tree.form)

    def at_samples(self) -> AtSamples:
        return SampledTreeJudge(self.tree).judge
