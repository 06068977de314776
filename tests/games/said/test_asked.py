"""Every sentence of ``strategy ask`` about a model of the corridor names a command that prints it,
and is so."""

import pytest

from tests._games import SCALE
from tests.games.said import _asked

SLOW = pytest.mark.skipif(SCALE <= 1, reason="STRATEGY_TESTS_SCALE=2 asks all models")


@pytest.mark.deep
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name, marks=() if name in ("corridor.sequence", "corridor.activation") else SLOW
        )
        for name in _asked.MODELS
    ],
)
def test_every_sentence_of_an_answer_is_so(name: str) -> None:
    found = _asked.answers(name)
    rows = list(_asked.rows(name, found))
    assert not [f"{row.problem}: {row.sentence.text}" for row in rows if row.problem]
    assert all(row.call.startswith("strategy ") for row in rows)
    assert sum(row.kind == "solved anew" for row in rows) >= 15
    assert not _asked.unaccounted(name, found)
