"""Every sentence of the pages about the corridor that has a number or a verdict has a row in the
table, and its calls give what it says."""

from pathlib import Path

import attrs
import pytest

from tests.games.said import _table
from tests.games.said._sentences import PAGES, Sentence, sentences
from tests.games.said._table import said, wording, yields

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@each_page
def test_every_sentence_has_a_row_and_every_row_a_sentence(page: Path) -> None:
    assert not _table.unfit(page)


@pytest.mark.deep
@each_page
def test_the_calls_give_what_is_said(page: Path) -> None:
    found = list(_table.rows(page))
    assert not [
        f"{row.problem}: {row.sentence.text} ({row.call})" for row in found if row.problem
    ]
    assert {row.sentence for row in found} == set(sentences(page))


def test_all_kinds_of_evidence_are_read() -> None:
    kinds = {
        each.kind
        for page in PAGES
        for row in _table.table(page).values()
        for each in row.evidence
    }
    assert kinds == {"output", "call", "definition", "source", "wording"}


# -- the table itself: faults are planted in a page and in a row

TEXT = """# A page

The road opens at 3. It is never shut.

```python
>>> print("opens at 3")
opens at 3
```
"""
ROWS = {
    "The road opens": said("opens 3", _table.shown("opens at 3")),
    "It is never": said("never shut", wording("a test")),
}


@pytest.mark.parametrize(
    ("text", "rows", "problem"),
    [
        (TEXT, ROWS, ""),
        (TEXT.replace("opens at 3. It", "opens at 4. It"), ROWS, "look again"),
        (TEXT.replace("opens at 3\n```", "opens at 5\n```"), ROWS, "not beside it"),
        (
            TEXT.replace("never shut", "always shut"),
            ROWS,
            "no entry for: It is always shut.",
        ),
        (TEXT, {**ROWS, "Nobody": ROWS["It is never"]}, "no sentence begins: Nobody"),
        (TEXT, {"": ROWS["It is never"]}, "two sentences begin"),
    ],
)
def test_what_does_not_fit_is_told(
    text: str,
    rows: dict[str, _table.Entry],
    problem: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = tmp_path / "corridor.md"
    page.write_text(text, encoding="utf-8")
    monkeypatch.setattr(_table, "table", lambda _: rows)
    found = _table.unfit(page)
    assert any(problem in one for one in found) if problem else not found


@pytest.mark.parametrize(
    ("call", "so"),
    [
        ("so(sequence) is EVERY", True),
        ("so(sequence) is NO", False),
        ("'2/3'", True),
        ("'3/4'", False),
        ("''", False),
        ("1", False),
        ("no_such_name", False),
    ],
)
def test_a_call_that_does_not_give_what_is_said_is_told(
    call: str, so: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = Sentence("corridor.md", "", 1, "It opens below 2/3.")
    monkeypatch.setattr(_table, "sentences", lambda _: [sentence])
    monkeypatch.setattr(
        _table, "table", lambda _: {"It": said(sentence.marks, yields(call))}
    )
    (row,) = _table.rows(PAGES[0])
    assert attrs.evolve(row, problem="") != row if not so else row.problem == ""
