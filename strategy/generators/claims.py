"""Sets of a model's claims that can be negated together."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from strategy.assumptions.model import Model

__all__ = ["claim_subsets"]


def claim_subsets(model: Model) -> st.SearchStrategy[tuple[str, ...]]:
    """Ids of claims that say what holds if they are wrong; none is the simplest.

    As ``model.with_claims_wrong(*ids)`` takes them.

    Claims that set one parameter differently cannot be wrong together: of those the first
    drawn is kept.
    """
    able = [label for label, claim in model.claims.items() if claim.if_wrong]

    def together(order: list[str]) -> tuple[str, ...]:
        values: dict[str, Fraction] = {}
        kept = set()
        for label in order:
            wrong = model.claims[label].if_wrong
            if all(
                values.get(parameter, value) == value for parameter, value in wrong.items()
            ):
                values.update(wrong)
                kept.add(label)
        return tuple([label for label in able if label in kept])

    return (
        st.lists(st.sampled_from(able), unique=True).map(together) if able else st.just(())
    )
