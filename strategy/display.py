"""How numbers and tables look in text: shared by the terminal, the report and ``print``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

__all__ = ["count_text", "equilibrium_data", "joined", "mixed_words", "number", "percent", "place_words", "slug", "text_table"]


def number(value: Any, digits: int = 4) -> str:
    """A number as people read it: a short decimal where that is exact, otherwise a ratio with its rounded value.

    Fraction(7, 20) -> "0.35"; Fraction(1, 3) -> "1/3"; Fraction(12345, 6789) -> "4115/2263 (1.818)".
    """
    if not isinstance(value, (int, Fraction)):
        as_text = getattr(value, "display", None)
        return as_text(digits) if as_text is not None else f"{float(value):.{digits}g}"
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    if 10**6 % value.denominator == 0:
        return str(float(value)) if abs(value) < 10**9 else str(value)
    if value.denominator <= 20 and abs(value.numerator) <= 99:
        return str(value)
    try:
        rounded = f"{float(value):.{digits}g}"
    except OverflowError:
        rounded = "beyond floats"
    return f"{value} ({rounded})" if len(str(value)) <= 24 else f"about {rounded}"


def percent(value: Any) -> str:
    """A share in whole percent; what is neither nothing nor all never reads as 0% or 100%."""
    share = float(value)
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{share:.0%}"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """Parts of a sentence in a row: "a, b and c"."""
    *front, end = [*parts] or [""]
    return f"{', '.join(front)} {last} {end}" if front else end


def place_words(where: Hashable) -> str:
    """An information set in words: "at the start", "after press → connect", "at second round"; nothing for a table."""
    if where is None:
        return ""
    if isinstance(where, tuple):
        return "after " + " → ".join(map(str, where)) if where else "at the start"
    return f"at {where}"


def slug(text: str) -> str:
    """A name as a file name: letters and digits of any script, dots and hyphens; at most 80 characters."""
    return re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text)).strip("-.")[:80] or "model"


def text_width(text: str) -> int:
    """Columns that a text takes on a terminal (wide characters count twice, combining ones not at all)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def text_table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A plain aligned table; ``right`` are the numbers of the columns set flush right."""
    cells = [list(header), *[list(row) for row in rows]]
    widths = [max(text_width(row[i]) for row in cells) for i in range(len(header))]
    flush = set(right)

    def line(row: Sequence[str]) -> str:
        parts = [
            " " * (w - text_width(c)) + c if i in flush else c + " " * (w - text_width(c))
            for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(parts).rstrip()

    return "\n".join([line(cells[0]), "  ".join("-" * w for w in widths), *map(line, cells[1:])])


def normal_form_table(game: Any, most: int = 60) -> str:
    """A normal-form game as text: a bimatrix for two players, a list of cells otherwise (at most ``most``)."""
    exact_tables = game.to_arrays(exact=True) if game.form.play_count <= 10_000 else None
    if exact_tables is None:
        return f"{game!r}: {game.form.play_count:,} cells, too many to print"
    if len(game.players) == 2:
        row, column = game.players
        header = [f"{row} \\ {column}", *game.actions[column]]
        rows = [
            [action, *[", ".join(number(table[i, j]) for table in exact_tables) for j in range(len(game.actions[column]))]]
            for i, action in enumerate(game.actions[row])
        ]
        return text_table(header, rows)
    rows = []
    for play in range(min(most, game.form.play_count)):
        indices = game.form.indices(play)
        rows.append(
            [game.actions[player][i] for player, i in zip(game.players, indices, strict=True)]
            + [number(table[indices]) for table in exact_tables]
        )
    header = [*game.players, *[f"to {player}" for player in game.players]]
    left = game.form.play_count - len(rows)
    return text_table(header, rows, range(len(game.players), len(header))) + (f"\n... and {left:,} more cells" if left else "")


def tree_text(game: Any, most: int = 200) -> str:
    """A tree as indented text (at most ``most`` nodes)."""
    form, stack = game.form, [(0, 0, "")]
    lines: list[str] = []
    while stack and len(lines) < most:
        node, depth, label = stack.pop()
        head = "  " * depth + (f"{label}: " if label else "")
        mover = int(form.mover[node])
        if mover == -2:
            play = int(form.leaf_number[node])
            pays = ", ".join(
                f"{player} {number(_exact(column[play]))}" for player, column in zip(game.players, game.payoffs, strict=True)
            )
            lines.append(f"{head}({pays})")
            continue
        first, options = int(form.first[node]), form.action_lists[form.label[node]]
        if mover == -1:
            law = game.laws[form.law[node]]
            lines.append(f"{head}{form.chance_names[node]} (chance)")
            labels = [f"{option} ({number(p)})" for option, p in zip(options, law, strict=True)]
        else:
            title = form.infoset_names.get(int(form.infoset[node]))
            lines.append(f"{head}{form.players[mover]}" + (f" [{title}]" if title else ""))
            labels = list(options)
        stack.extend([(first + i, depth + 1, labels[i]) for i in reversed(range(len(options)))])
    if stack:
        lines.append(f"... {form.node_count - len(lines):,} more nodes")
    return "\n".join(lines)


def _exact(value: Any) -> Fraction:
    from strategy.exact import exact

    return exact(value)


def _plays_text(equilibrium: Any) -> list[str]:
    plays = equilibrium.plays
    return [str(play) + (f"  (probability {number(weight)})" if weight != 1 else "") for play, weight in plays.items()]


def mixed_words(weights: Mapping[str, Any]) -> str:
    """What one player does: an action, or "open 1/3, refuse 2/3" (actions that are not played are left out)."""
    used = [(action, weight) for action, weight in weights.items() if not (weight == 0)]  # noqa: SIM201 - a ball may hold 0
    return used[0][0] if len(used) == 1 else ", ".join(f"{action} {number(weight)}" for action, weight in used)


def solution_table(solution: Any, most: int = 40) -> str:
    """A solution as text: the status in words, then one row an equilibrium with its payoffs."""
    count = len(solution)
    what = f"{count} equilibri{'um' if count == 1 else 'a'} ({solution.concept})"
    proved = {
        "COMPLETE": "proved to be all",
        "PARTIAL": "there may be others" if count else "there may be some",
        "NONE_EXISTS": "proved that none exists",
        "STOPPED": "stopped early",
    }
    head = f"{what}: {proved[solution.status.name]}" + (f" ({solution.reason})" if solution.reason else "")
    if not count:
        return head
    players = solution.game.players
    tree = type(solution.game).__name__ == "ExtensiveFormGame"
    header = [
        "#",
        *(["what is played"] if tree else players),
        *[f"to {player}" for player in players],
        *(["profiles"] if tree else []),
    ]
    rows = []
    for i, one in enumerate(solution.equilibria[:most], 1):
        plays = _plays_text(one) if tree else [""]
        shown = [plays[0]] if tree else [mixed_words(one.profile[player]) for player in players]
        counted = [count_text(one.count)] if tree else []
        rows.append([str(i), *shown, *[number(one.payoffs[player]) for player in players], *counted])
        # Under chance an equilibrium has several plays, each on a line of its own.
        rows.extend([["", play, *[""] * (len(header) - 2)] for play in plays[1:]])
    start = 2 if tree else 1 + len(players)
    table = text_table(header, rows, [0, *range(start, len(header))])
    return f"{head}\n{table}" + (f"\n... and {count - most:,} more" if count > most else "")


def count_text(count: int | None) -> str:
    """A number of profiles: in full as long as that can be read, its size after that."""
    if count is None:
        return "not counted"
    return (
        f"{count:,}"
        if count < 10**7
        else f"{Fraction(count).numerator:.3e}"
        if count < 10**300
        else f"10^{len(str(count)) - 1} and more"
    )


def equilibrium_data(equilibrium: Any) -> dict[str, Any]:
    """One equilibrium as plain data: its plays with probabilities and payoffs as exact strings."""
    return {
        "plays": [
            {
                "probability": str(weight),
                "steps": [
                    [player, list(place) if isinstance(place, tuple) else place, action] for player, place, action in play.steps
                ],
            }
            for play, weight in equilibrium.plays.items()
        ],
        "payoffs": {player: str(value) for player, value in equilibrium.payoffs.items()},
        "profiles": None if equilibrium.count is None else str(equilibrium.count),
    }
