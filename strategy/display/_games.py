"""Games, forms and solutions in text and in notebooks.

What is long is cut, and says how much is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

import attrs
from markupsafe import Markup

from strategy.display._notebook import fold, notebook, paragraph, title
from strategy.display._plans import plan_data, plan_table, plans, plans_text
from strategy.display._tables import Indented, Lines, Table
from strategy.display._words import count_text, listed, mixed_words, number
from strategy.protocols import Form, Game
from strategy.texts import number_text

__all__ = [
    "actions_table",
    "equilibrium_data",
    "equilibrium_page",
    "form_page",
    "game_page",
    "game_table",
    "normal_form_table",
    "profile_page",
    "solution_page",
    "solution_table",
    "tree_text",
]

_MOST_ROWS = 60
_MOST_COLUMNS = 20
_MOST_NODES = 200
_MOST_EQUILIBRIA = 40
_MOST_PLAYS = 8


def _exact(value: Any) -> Fraction:
    from strategy.exact import exact

    return exact(value)


# -- tables


@attrs.frozen
class _Payoffs:
    """A cell of a bimatrix.

    Everyone's payoff, and whether the player's action is a best response there.
    """

    payoffs: tuple[str, ...]
    best: tuple[bool, ...]

    def __str__(self) -> str:
        return ", ".join(self.payoffs)

    def __html__(self) -> Markup:
        shown = [
            Markup('<span class="best">{}</span>').format(one)
            if best
            else Markup.escape(one)
            for one, best in zip(self.payoffs, self.best, strict=True)
        ]
        return Markup(", ").join(shown).replace("-", "−")


def game_table(game: Game, width: int | None = None) -> Table:
    """A game as a table.

    A bimatrix for two players, a list of cells for more, an outline of a tree.

    A list wider than ``width`` has what all players do in one column, which can be wrapped.
    """
    if game.form.is_tree:
        return _outline_table(game)
    if len(game.players) == 2:
        return _bimatrix(game)
    table, count = _listing(game), len(game.players)
    if width is None or table.width <= width:
        return table
    rows = [[", ".join(row[:count]), *row[count:]] for row in table.rows]
    return Table(
        [", ".join(game.players), *table.header[count:]],
        rows,
        range(1, count + 1),
        more=table.more,
    )


def _bimatrix(game: Any) -> Table:
    """Rows of the first player, columns of the second.

    Exact payoffs of the cells shown alone.
    """
    row, column = game.players
    rows = game.actions[row][:_MOST_ROWS]
    columns = game.actions[column][:_MOST_COLUMNS]
    own, other = game.tables
    best = (
        own[:, : len(columns)] == own[:, : len(columns)].max(axis=0),
        other[: len(rows)] == other[: len(rows)].max(axis=1)[:, None],
    )
    lines = []
    for i, action in enumerate(rows):
        cells = [
            _Payoffs(
                tuple([number(_exact(table[i, j])) for table in game.tables]),
                tuple([bool(marks[i, j]) for marks in best]),
            )
            for j in range(len(columns))
        ]
        lines.append([action, *cells])
    left = [len(game.actions[row]) - len(rows), len(game.actions[column]) - len(columns)]
    words = [
        f"{count:,} more {what}"
        for count, what in zip(left, ("rows", "columns"), strict=True)
        if count
    ]
    return Table(
        [f"{row} \\ {column}", *columns],
        lines,
        more=f"... {' and '.join(words)}" if words else "",
    )


def _listing(game: Any) -> Table:
    """One row a play: what each player does, what each gets."""
    count = game.form.play_count
    lines = []
    for play in range(min(_MOST_ROWS, count)):
        indices = game.form.indices(play)
        lines.append(
            [
                game.actions[player][i]
                for player, i in zip(game.players, indices, strict=True)
            ]
            + [number(_exact(table[indices])) for table in game.tables]
        )
    header = [*game.players, *[f"to {player}" for player in game.players]]
    left = count - len(lines)
    return Table(
        header,
        lines,
        range(len(game.players), len(header)),
        more=f"... and {left:,} more cells" if left else "",
    )


def normal_form_table(game: Any) -> str:
    """A normal-form game as text."""
    return game_table(game).text()


# -- trees


@attrs.frozen
class _ShownNode:
    """A node of an outline: what leads to it, who moves there, or what is paid there."""

    depth: int
    label: str
    who: str
    payoffs: tuple[str, ...] = ()


def _outline(game: Any, most: int) -> Iterator[_ShownNode]:
    """The first nodes of a tree, each after what leads to it."""
    form, stack = game.form, [(0, 0, "")]
    for _ in range(most):
        if not stack:
            return
        node, depth, label = stack.pop()
        mover = int(form.mover[node])
        if mover == -2:
            play = int(form.leaf_number[node])
            yield _ShownNode(
                depth,
                label,
                "",
                tuple([number(_exact(column[play])) for column in game.payoffs]),
            )
            continue
        first = int(form.first[node])
        options = form.action_lists[form.label[node]]
        if mover == -1:
            yield _ShownNode(depth, label, f"{form.chance_names[node]} (chance)")
            law = game.laws[form.law[node]]
            labels = [
                f"{option} ({number(p)})" for option, p in zip(options, law, strict=True)
            ]
        else:
            name = form.infoset_names.get(int(form.infoset[node]))
            yield _ShownNode(
                depth, label, form.players[mover] + (f" [{name}]" if name else "")
            )
            labels = list(options)
        stack.extend(
            [(first + i, depth + 1, labels[i]) for i in reversed(range(len(options)))]
        )


def tree_text(game: Any) -> str:
    """A tree, ``game``, as indented text."""
    lines = []
    for one in _outline(game, _MOST_NODES):
        pays = ", ".join(
            f"{player} {number_text(value)}"
            for player, value in zip(game.players, one.payoffs, strict=False)
        )
        lines.append(
            "  " * one.depth
            + (f"{one.label}: " if one.label else "")
            + (f"({pays})" if one.payoffs else one.who)
        )
    left = game.form.node_count - len(lines)
    return "\n".join([*lines, *([f"... {left:,} more nodes"] if left else [])])


def _outline_table(game: Any) -> Table:
    rows = []
    for one in _outline(game, _MOST_NODES):
        words = ": ".join(filter(None, (one.label, one.who)))
        rows.append(
            [Indented(words, one.depth), *(one.payoffs or [""] * len(game.players))]
        )
    left = game.form.node_count - len(rows)
    header = ["who moves, and how", *[f"to {player}" for player in game.players]]
    return Table(
        header, rows, range(1, len(header)), more=f"... {left:,} more nodes" if left else ""
    )


# -- forms and games


def _counts(form: Form) -> str:
    kind = "Extensive form" if form.is_tree else "Normal form"
    return (
        f"{kind}: {len(form.players)} player{'' if len(form.players) == 1 else 's'}, "
        f"{form.play_count:,} plays"
    )


def actions_table(form: Form) -> Table:
    """Who can do what in a ``form``: players, and chance moves with their events."""
    rows = [
        [player, listed(actions)]
        for player, actions in islice(form.actions.items(), _MOST_ROWS)
    ]
    chance = [
        [f"{one} (chance)", listed(events)]
        for one, events in islice(form.chance.items(), _MOST_ROWS)
    ]
    left = len(form.actions) + len(form.chance) - len(rows) - len(chance)
    return Table(
        ["player", "actions"], rows + chance, more=f"... {left:,} more" if left else ""
    )


def form_page(form: Form) -> str:
    """A form for a notebook: players and their actions."""
    return notebook(title(_counts(form)), actions_table(form))


def game_page(game: Game) -> str:
    """A game for a notebook.

    The bimatrix with best responses marked, the first cells, or an outline of the tree.
    """
    two = len(game.players) == 2 and not game.form.is_tree
    key = (
        paragraph("Underlined: a best response to what the other player does.")
        if two
        else ""
    )
    return notebook(title(_counts(game.form)), game_table(game), key)


# -- solutions


def _plays(equilibrium: Any) -> Lines:
    """Under chance an equilibrium has several plays, each on a line of its own."""
    form, numbers = equilibrium.game.form, equilibrium.play_numbers
    lines = [
        f"{form.play(play)}" + (f"  (probability {number(weight)})" if weight != 1 else "")
        for play, weight in islice(numbers.items(), _MOST_PLAYS)
    ]
    left = len(numbers) - len(lines)
    return Lines((*lines, *([f"... {left:,} more plays"] if left else [])))


def _equilibria(solution: Any) -> Table:
    players, tree = solution.game.players, solution.game.form.is_tree
    listed_by_player = all(
        one.profile.strategies for one in solution.equilibria[:_MOST_EQUILIBRIA]
    )
    what = list(players) if listed_by_player else ["what is played"]
    header = [
        "#",
        *what,
        *[f"to {player}" for player in players],
        *(["profiles"] if tree else []),
    ]
    rows = []
    for i, one in enumerate(solution.equilibria[:_MOST_EQUILIBRIA], 1):
        shown = (
            [mixed_words(row) for row in one.profile.strategies.values()]
            if listed_by_player
            else [_plays(one)]
        )
        counted = [count_text(one.count)] if tree else []
        rows.append(
            [str(i), *shown, *[number(one.payoffs[player]) for player in players], *counted]
        )
    start, left = 1 + len(what), len(solution) - len(rows)
    return Table(
        header,
        rows,
        [0, *range(start, len(header))],
        more=f"... and {left:,} more" if left else "",
    )


def solution_table(solution: Any) -> str:
    """A solution as text.

    The status in words, one row an equilibrium with its payoffs, of a tree also what would
    be done elsewhere.
    """
    hint = [solution.hint] if solution.hint else []
    if not len(solution):
        return "\n".join([str(solution.headline), *hint])
    lines = (
        plans_text(
            solution.equilibria, lambda i: f"print(solution[{i - 1}].profile) shows all"
        )
        if solution.game.form.is_tree
        else ()
    )
    return "\n".join([str(solution.headline), _equilibria(solution).text(), *lines, *hint])


def solution_page(solution: Any) -> str:
    """A solution for a notebook."""
    parts: list[Any] = [_equilibria(solution)] if len(solution) else []
    if parts and solution.game.form.is_tree:
        shown, left = plans(solution.equilibria)
        for one in shown:
            parts += [
                fold(one.title, one.table),
                paragraph(one.folded(f"solution[{one.number - 1}].profile shows all")),
            ]
        if shown and left:
            parts.append(
                paragraph(
                    f"... and the plans of {left:,} more equilibria: "
                    f"solution[{len(solution) - left}].profile"
                )
            )
    if solution.hint:
        parts.append(paragraph(solution.hint))
    return notebook(title(str(solution.headline)), *parts)


def profile_page(profile: Any) -> str:
    """A pure profile for a notebook: what each player does, in a tree at every place."""
    if profile.form.is_tree:
        return notebook(
            title("What every player does, wherever it may have to move"),
            plan_table(profile),
        )
    return notebook(
        title("Profile"), Table(["player", "does"], list(profile.actions.items()))
    )


def equilibrium_page(equilibrium: Any) -> str:
    """An equilibrium for a notebook.

    In a table what each player does and gets, in a tree the plays and what they are worth.
    """
    strategies = equilibrium.profile.strategies
    if strategies:
        rows = [
            [player, mixed_words(row), number(equilibrium.payoffs[player])]
            for player, row in strategies.items()
        ]
        return notebook(title("Equilibrium"), Table(["player", "does", "gets"], rows, [2]))
    rows = [[player, number(value)] for player, value in equilibrium.payoffs.items()]
    count = equilibrium.count
    said = f"Profiles that lead to this: {count_text(count)}." if count is not None else ""
    whole = "What every player does, wherever it may have to move, in the one shown"
    plan = (
        [fold(whole, plan_table(equilibrium.profile))]
        if equilibrium.game.form.is_tree
        else []
    )
    gets = Table(["player", "gets"], rows, [1])
    return notebook(
        title("Equilibrium"), paragraph(_plays(equilibrium)), gets, paragraph(said), *plan
    )


def equilibrium_data(equilibrium: Any, with_plan: bool = True) -> dict[str, Any]:
    """One equilibrium as plain data: its plays, their probabilities and the payoffs.

    Exact numbers are strings.

    ``with_plan``: in a tree, its whole plan too.
    """
    plan = (
        {"plan": plan_data(equilibrium) if with_plan else None}
        if equilibrium.game.form.is_tree
        else {}
    )
    return {
        "plays": [
            {
                "probability": number_text(weight),
                "steps": [
                    [player, list(place) if isinstance(place, tuple) else place, action]
                    for player, place, action in play.steps
                ],
            }
            for play, weight in equilibrium.plays.items()
        ],
        "payoffs": {
            player: number_text(value) for player, value in equilibrium.payoffs.items()
        },
        "profiles": None if equilibrium.count is None else number_text(equilibrium.count),
        **plan,
    }
