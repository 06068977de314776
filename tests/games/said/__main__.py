"""Write the table of what is said of the corridor: page, line, sentence, call, result.

``python -m tests.games.said`` prints it whole; with names of pages or models, of these alone.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.games.said import _asked, _table
from tests.games.said._sentences import PAGES


def main(names: list[str]) -> int:
    """1 if a sentence does not fit what its call gives."""
    problems, counts = list[str](), Counter[tuple[str, str]]()
    for page in PAGES:
        if not names or page.name in names:
            problems += _table.unfit(page)
            problems += told(page.name, list(_table.rows(page)), counts)
    for name in _asked.MODELS:
        if not names or name in names:
            found = _asked.answers(name)
            problems += _asked.unaccounted(name, found)
            problems += told(name, list(_asked.rows(name, found)), counts)
    print()
    for (where, kind), count in counts.items():
        print(f"{where}: {count} {kind}")
    print(*problems, sep="\n")
    return int(bool(problems))


def told(where: str, rows: list[_table.Row], counts: Counter[tuple[str, str]]) -> list[str]:
    """Print rows, and count the sentences of each kind; the problems among them."""
    first = {row.sentence: row.kind for row in reversed(rows)}
    counts.update([(where, kind) for kind in first.values()])
    for row in rows:
        print(
            f"{row.sentence.page}:{row.sentence.line} | {row.sentence.text} | {row.kind} | {row.call} "
            f"| {row.result}",
            flush=True,
        )
    return [
        f"{row.sentence.page}:{row.sentence.line}: {row.problem}: {row.sentence.text} ({row.call})"
        for row in rows
        if row.problem
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
