"""The versions of the corridor models: each differs from the model in what its label says."""

import pytest

from games.corridor import activation, sequence
from games.corridor.choices import ADDITIONS, SPOKEN
from strategy import Model

each = pytest.mark.parametrize(
    "model", [activation.model, sequence.model], ids=lambda one: one.name
)


def versions(model: Model) -> dict[str, Model]:
    assert model.variants is not None
    return dict(model.variants(model))


@each
def test_ranges_are_those_that_the_label_names(model: Model) -> None:
    found = versions(model)
    middle = found["with each baseline in the middle of its range"].parameters
    half = found["with ranges half as wide"].parameters
    for label, one in model.parameters.items():
        assert middle[label].low + middle[label].high == 2 * one.baseline
        assert one.low <= middle[label].low < middle[label].high <= one.high
        assert one.low == middle[label].low or one.high == middle[label].high
        assert half[label].high - half[label].low == (one.high - one.low) / 2


@each
def test_additions_are_left_out_one_at_a_time_and_together(model: Model) -> None:
    found = versions(model)
    for name in ADDITIONS:
        one = found[f"without {model.label(name)}"]
        assert one.parameters[name].baseline == 0
        assert one.held == {name}
    assert found["without all three of these additions"].held == set(ADDITIONS)


@each
def test_a_constant_changes_the_terms_that_have_it_and_no_other(model: Model) -> None:
    found = versions(model)
    for words in SPOKEN.values():
        half, twice = (found[f"with {word} {words}"] for word in ("half", "twice"))
        changed = [
            [
                str(a.amount) != str(b.amount)
                for a, b in zip(model.terms, other.terms, strict=True)
            ]
            for other in (half, twice)
        ]
        assert changed[0] == changed[1]
        assert 0 < sum(changed[0]) <= 3
