"""What yields each sentence of a page, held against the sentence.

A page of the table maps the beginning of a sentence to ``said(marks, *evidence)``. ``marks`` are
the numbers and the words of verdicts that the sentence has: if these change, the row no longer
fits, and has to be looked at again. The evidence is one of:

- ``shown(*words)``: words that a block of code beside the sentence prints, which
  ``tests/test_docs.py`` runs and compares;
- ``yields(*calls)``: expressions in the names of ``_calls.py``, evaluated. One that gives True says
  that the sentence is so; text that one gives has to stand in the sentence;
- ``given(*calls)``: the same about definitions in ``games/corridor``;
- ``source(what)``: the essay, a work of the literature, or a page of the press that it reports;
- ``wording(why)``: no result is in it, and why.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import attrs

from tests.games.said._sentences import PAGES, Printed, Sentence, printed, sentences

NEAR = 3
"""How many blocks before and after a sentence are beside it."""


@attrs.frozen
class Evidence:
    kind: str
    parts: tuple[str, ...]


@attrs.frozen
class Entry:
    marks: str
    evidence: tuple[Evidence, ...]


@attrs.frozen
class Row:
    """A sentence, what yields it and what that gave; ``problem``: why it does not fit."""

    sentence: Sentence
    kind: str
    call: str
    result: str
    problem: str = ""


def said(marks: str, *evidence: Evidence) -> Entry:
    return Entry(marks, evidence)


def shown(*words: str) -> Evidence:
    return Evidence("output", words)


def yields(*calls: str) -> Evidence:
    return Evidence("call", calls)


def given(*calls: str) -> Evidence:
    return Evidence("definition", calls)


def source(what: str) -> Evidence:
    return Evidence("source", (what,))


def wording(why: str) -> Evidence:
    return Evidence("wording", (why,))


def table(page: Path) -> dict[str, Entry]:
    """The part of the table about a page."""
    label = page.stem.removeprefix("corridor").removeprefix("-") or "overview"
    found: dict[str, Entry] = importlib.import_module(
        f"tests.games.said.pages.{label}"
    ).SAID
    return found


def entry(one: Sentence, known: dict[str, Entry]) -> tuple[str, Entry] | None:
    """That which a sentence begins with; the longest, if several do."""
    fitting = [key for key in known if one.text.startswith(key)]
    return max(
        ((key, known[key]) for key in fitting), key=lambda row: len(row[0]), default=None
    )


def unfit(page: Path) -> list[str]:
    """What does not fit between a page and its table, without evaluating any call."""
    known, used, found = table(page), list[str](), list[str]()
    for one in sentences(page):
        row = entry(one, known)
        if row is None:
            found.append(f"{page.name}:{one.line}: no entry for: {one.text} [{one.marks}]")
            continue
        used.append(row[0])
        if row[1].marks != one.marks:
            found.append(f"{page.name}:{one.line}: look again at: {one.text} [{one.marks}]")
        found += [
            f"{page.name}:{one.line}: not beside it: {each.parts}: {one.text}"
            for each in row[1].evidence
            if each.kind == "output" and beside(one, page, each.parts) is None
        ]
    found += [
        f"{page.name}: two sentences begin: {key}" for key in known if used.count(key) > 1
    ]
    return found + [
        f"{page.name}: no sentence begins: {key}" for key in known if key not in used
    ]


def beside(one: Sentence, page: Path, words: tuple[str, ...]) -> Printed | None:
    """The nearest block beside a sentence that has these words."""
    blocks = _printed(page)
    before = [block for block in blocks if block.line < one.line][-NEAR:]
    after = [block for block in blocks if block.line >= one.line][:NEAR]
    having = [
        block
        for block in (*before, *after)
        if all(" ".join(word.split()) in block.text for word in words)
    ]
    return min(having, key=lambda block: abs(block.line - one.line), default=None)


_printed = cache(printed)


def rows(page: Path) -> Iterator[Row]:
    """Every sentence of a page that has an entry, with its calls evaluated."""
    known = table(page)
    for one in sentences(page):
        found = entry(one, known)
        for each in found[1].evidence if found else ():
            if each.kind in ("call", "definition"):
                yield from [_evaluated(one, each.kind, call) for call in each.parts]
            elif each.kind == "output":
                block = beside(one, page, each.parts)
                where = f"{page.name}:{block.line}" if block else "no block"
                yield Row(one, each.kind, f"the block at {where}", "; ".join(each.parts))
            else:
                yield Row(one, each.kind, each.parts[0], "")


def _evaluated(one: Sentence, kind: str, call: str) -> Row:
    from tests.games.said import _calls

    try:
        value = eval(call, dict(vars(_calls)))
    except Exception as error:  # whatever goes wrong is this row's problem, and no other's
        return Row(one, kind, call, "", f"{type(error).__name__}: {error}")
    fits = str(value) == "True" or (
        isinstance(value, str) and value != "" and value in one.text
    )
    return Row(one, kind, call, str(value), "" if fits else f"the call gives {value!r}")


def all_rows() -> Iterator[Row]:
    for page in PAGES:
        yield from rows(page)
