"""Inquiries as data: what a model takes, and what it refuses in words that say the
remedy."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

from strategy import (
    Inquiry,
    Model,
    ModelError,
    NormalForm,
    Outcome,
    StrategyError,
    Term,
    where,
)


def model(*inquiries: Any) -> Model:
    return Model(
        "one",
        form=NormalForm({"A": ("act", "rest")}),
        terms=(Term("A", 1, when=where(A="act"), name="pay"),),
        outcomes=(Outcome("acts", when=where(A="act")),),
        inquiries=inquiries,
    )


def test_an_inquiry_keeps_what_it_is_given() -> None:
    one = Inquiry(
        "Does it\n  act?",
        "stress",
        {"group": ["a: x=1", "b: x=2"], "possible": True},
        outcome="acts",
    )
    assert one.text == "Does it act?"
    assert dict(one.options) == {"group": ("a: x=1", "b: x=2"), "possible": True}
    assert hash(one) == hash(pickle.loads(pickle.dumps(one)))
    assert model(one).inquiries == (one,)
    assert attrs.evolve(model(one), title="another").inquiries == (one,)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda: Inquiry("", "radius"), "ask in a sentence"),
        (lambda: Inquiry("Why?", ""), "analysis"),
        (lambda: Inquiry("Why?", "radius", "x=1"), "not a mapping"),  # type: ignore[arg-type]
        (lambda: Inquiry("Why?", "radius", {"x": {1: 2}}), "option 'x'"),
        (lambda: model(Inquiry("Why?", "radius", outcome="actz")), "did you mean 'acts'"),
        (lambda: model("Why?"), "expected only Inquiry entries"),
    ],
)
def test_bad_inquiries_are_refused(given: Any, words: str) -> None:
    with pytest.raises(StrategyError, match=words):
        given()


def test_a_single_inquiry_is_no_tuple() -> None:
    with pytest.raises(ModelError, match="give a tuple"):
        attrs.evolve(model(), inquiries=Inquiry("Why?", "radius"))
