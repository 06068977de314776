"""Terms dropped, halved, doubled: closed forms, and solving again."""

from fractions import Fraction

import attrs
import pytest

from strategy import Model
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, terms, verdict
from tests.sensitivity._small import entry, stag_hunt

NONE, HALF, TWICE = Fraction(0), Fraction(1, 2), Fraction(2)


def test_entry() -> None:
    """Entry pays 2, a fight costs both 1 or 2; the incumbent is indifferent where fighting
    costs nothing."""
    found = terms(entry(), PureSubgamePerfect(), "entry")
    assert found.baseline is Verdict.EVERY
    rows = {one.term: one.verdicts for one in found.rows}
    assert rows["market"] == {NONE: Verdict.SOME, HALF: Verdict.EVERY, TWICE: Verdict.EVERY}
    assert rows["war for the incumbent"] == {
        NONE: Verdict.SOME,
        HALF: Verdict.EVERY,
        TWICE: Verdict.EVERY,
    }
    assert set(rows["monopoly"].values()) == {Verdict.EVERY}
    assert found.flipping_terms(0) == ("market", "war for the incumbent")
    assert found.flipping_terms("1/2") == ()
    assert found.sentences[0].startswith("A term that is dropped is not its claim negated")


@pytest.mark.parametrize("model", [stag_hunt(), entry()], ids=lambda model: model.name)
def test_solved_again(model: Model) -> None:
    concept = PureNash() if model.name == "stag hunt" else PureSubgamePerfect()
    assert model.headline is not None
    found = terms(model, concept, model.headline)
    for i, row in enumerate(found.rows):
        for factor, got in row.verdicts.items():
            changed = list(model.terms)
            changed[i] = attrs.evolve(changed[i], amount=changed[i].amount * factor)
            assert (
                verdict(attrs.evolve(model, terms=changed), concept, model.headline) is got
            )
    assert len(found.data()["terms"]) == len(model.terms) == len(found.tables[0].rows)
