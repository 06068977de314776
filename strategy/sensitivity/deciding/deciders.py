"""Which equilibria there are at a place of a slice, decided by the signs of the gains that matter there.

Deciding records every form whose sign was asked for. As long as these signs stay, so does the answer: this is what makes
thresholds and maps exact. Tables ask for all their distinct gains; trees only for the comparisons that backward induction makes.
"""

from __future__ import annotations

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.nash import Nash
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.errors import RefusalError
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.protocols import Concept
from strategy.sensitivity.deciding.found import Decider
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.deciding.table_decider import TableDecider

__all__ = ["decider"]


def decides(model: Model, concept: Concept) -> bool:
    """Whether ``decider`` answers for a concept, or says why the concept does not fit; False if it takes the game, but signs of
    polynomials in the parameters do not decide its equilibria."""
    if isinstance(concept, (type, PureNash, PureSubgamePerfect)) or not hasattr(concept, "refuses"):
        return True
    return (isinstance(concept, Nash) and len(model.players) == 2) or concept.refuses(model.game()) is not None


def decider(where: Slice, concept: Concept, outcome: Outcome) -> Decider:
    """The decider for a model and concept. Raises RefusalError, with the remedy, where signs alone do not decide."""
    model = where.model
    if isinstance(concept, type) or not hasattr(concept, "refuses"):
        raise RefusalError(f"{concept!r} is no solution concept: give an instance, such as PureNash() or PureSubgamePerfect()")
    if isinstance(concept, PureNash) and isinstance(model.form, NormalForm):
        return TableDecider(where, concept, outcome)
    if isinstance(concept, PureSubgamePerfect) and isinstance(model.form, ExtensiveForm):
        reason = concept.refuses(model.game())
        if reason is not None:
            raise RefusalError(reason)
        from strategy.sensitivity.deciding.tree_decider import TreeDecider

        return TreeDecider(where, outcome)
    if isinstance(concept, Nash) and isinstance(model.form, NormalForm):
        from strategy.sensitivity.deciding.mixed_decider import MixedDecider

        return MixedDecider(where, outcome)
    reason = concept.refuses(model.game())
    raise RefusalError(
        reason
        or f"exact thresholds and maps are for PureNash and PureSubgamePerfect, not for {concept}: use verdict() at chosen values"
    )
