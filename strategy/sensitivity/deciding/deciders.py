"""Which decider answers for a model and a concept.

The toolkit's own in ``ALL``, those of other packages in the entry-point group
``strategy.deciders``.

Deciding records every polynomial whose sign was asked for. As long as these signs stay, so does
the answer: this is what makes thresholds and maps exact. Tables ask for all their distinct
gains; trees only for the comparisons that backward induction makes.
"""

from __future__ import annotations

from collections.abc import Iterator

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.reading import require_concept
from strategy.errors import RefusalError
from strategy.protocols import Concept
from strategy.registry import registered
from strategy.sensitivity.deciding.mixed_decider import MixedDecider
from strategy.sensitivity.deciding.protocol import Decider, undecided
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.deciding.table_decider import TableDecider
from strategy.sensitivity.deciding.tree_decider import TreeDecider

__all__ = ["ALL", "decider", "decides", "kind_of"]

ALL: tuple[type[Decider], ...] = (TableDecider, TreeDecider, MixedDecider)


def _kinds() -> Iterator[type[Decider]]:
    yield from ALL
    yield from [load() for load in registered("deciders").values()]


def kind_of(model: Model, concept: Concept) -> type[Decider] | None:
    """The kind of decider for a model and concept, None if there is none."""
    return next((kind for kind in _kinds() if kind.fits(model, concept) is True), None)


def decides(model: Model, concept: Concept) -> bool:
    """Whether signs of polynomials in the parameters decide the equilibria.

    ``model``: whose parameters.

    Raises RefusalError, with the remedy, if the concept, or its decider, does not take the
    game.
    """
    if kind_of(model, concept) is not None:
        return True
    reasons = [kind.fits(model, concept) for kind in _kinds()]
    reason = next(
        (one for one in reasons if isinstance(one, str)), None
    ) or concept.refuses(model.game())
    if reason is not None:
        raise RefusalError(reason)
    return False


def decider(where: Slice, concept: Concept, outcome: Outcome) -> Decider:
    """The decider for a model and concept on a slice.

    ``outcome``: what is asked about.

    Raises RefusalError, with the remedy, where signs alone do not decide.
    """
    require_concept(concept)
    kind = kind_of(where.model, concept)
    if kind is None:
        decides(where.model, concept)  # which says why the game is not taken, if it is not
        raise undecided("exact thresholds, maps and distances", concept)
    return kind(where, concept, outcome)
