"""Trees: what is played stands out, large ones are folded, and no label lies on another."""

from __future__ import annotations

import itertools
import random
import re
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import FancyBboxPatch

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    ExtensiveFormGame,
    NormalFormGame,
    RefusalError,
    StrategyError,
    solve,
)
from strategy.concepts import PureSubgamePerfect
from strategy.plots import blank, plot_tree, tree_size
from strategy.plots.drawing.tree_layout import Orientation
from tests.plots._overlaps import NASTY, drawn_texts, lies_on_lines, outside, overlaps

WAYS: tuple[Orientation, ...] = ("right", "down")


def entry() -> ExtensiveFormGame:
    answer = Decision(
        "incumbent", {"acquiesce": End({"challenger": 2, "incumbent": 1}), "fight": End()}
    )
    return ExtensiveFormGame.from_tree(
        Decision(
            "challenger", {"in": answer, "out": End({"challenger": 1, "incumbent": 2})}
        )
    )


def chancy() -> ExtensiveFormGame:
    luck = Chance(
        "the weather",
        {
            "fair": ("1/3", End({"A": 3})),
            "foul": ("2/3", Decision("B", {"x": End({"B": 1}), "y": End()})),
        },
    )
    return ExtensiveFormGame.from_tree(
        Decision("A", {"a long name of an action": luck, "out": End({"A": "1/7"})})
    )


def uniform(depth: int, width: int) -> ExtensiveFormGame:
    """A full tree in which players take turns and every play pays something else."""
    plays = itertools.count()

    def step(history: tuple[str, ...]) -> Decision | End:
        if len(history) == depth:
            return End({"first": next(plays) % 7, "second": next(plays) % 5})
        return Decision(
            ("first", "second")[len(history) % 2],
            tuple([f"action {i}" for i in range(width)]),
        )

    return ExtensiveFormGame.from_rules(step, players=("first", "second"))


def blind() -> ExtensiveFormGame:
    def answer() -> Decision:
        return Decision(
            "B", {"x": End({"A": 1}), "y": End({"B": 1})}, infoset="in the dark"
        )

    return ExtensiveFormGame.from_tree(Decision("A", {"l": answer(), "r": answer()}))


GAMES = {
    "entry": entry(),
    "chance": chancy(),
    "deep": uniform(6, 2),
    "wide": uniform(2, 9),
    "large": uniform(5, 3),
    "blind": blind(),
}


def drawn(
    game: Any, size: tuple[float, float] | None = None, solved: bool = True, **options: Any
) -> Axes:
    solution = solve(game, PureSubgamePerfect()) if solved else None
    figure, ax = blank(*(size or tree_size(game, solution, **options)))
    figure.set_dpi(300)  # type that is small on paper is measured well
    assert plot_tree(game, ax, solution, **options) is ax
    return ax


@pytest.mark.parametrize("name", list(GAMES))
@pytest.mark.parametrize(
    "size", [None, (7.0, 5.0), (14.0, 22.0)], ids=["own size", "small", "tall"]
)
@pytest.mark.parametrize("orientation", WAYS)
@pytest.mark.deep_but(10)
def test_labels_do_not_overlap(
    name: str, size: tuple[float, float] | None, orientation: Orientation
) -> None:
    """At a size of its own every tree is drawn; one too small for what is played is
    refused, with the size that it takes."""
    solved = name != "blind"
    try:
        ax = drawn(GAMES[name], size, solved, orientation=orientation)
    except RefusalError as refused:
        if size is None:
            raise
        wide, high = map(float, re.findall(r"give it ([\d.]+) x ([\d.]+)", str(refused))[0])
        ax = drawn(GAMES[name], (wide, high), solved, orientation=orientation)
    assert overlaps(ax) == []
    assert outside(ax) == []


def random_tree(rng: random.Random, leaves: int) -> ExtensiveFormGame:
    """A tree of about so many ends: players, chance, and information sets that may lie
    anywhere, with names of all kinds."""
    names = rng.sample(NASTY, len(NASTY))
    players, actions = names[: rng.randint(1, 4)], names
    bushy, named = rng.choice([2, 3, 8, 40]), rng.choice([0.0, 0.2, 0.7])
    sets = [
        (
            rng.choice(players),
            tuple(rng.sample(actions, rng.randint(1, 3))),
            f"set {i} {names[i]}",
        )
        for i in range(4)
    ]

    def grow(left: int, depth: int) -> Decision | Chance | End:
        if left <= 1 or depth > 12:
            return End(
                {
                    player: rng.choice([0, 1, -2, "1/3", "-12345/6789", 10**7])
                    for player in players
                }
            )
        if rng.random() < named:
            player, options, infoset = rng.choice(sets)
            return Decision(
                player,
                {one: grow(left // len(options), depth + 1) for one in options},
                infoset=infoset,
            )
        size = min(rng.randint(1, bushy), left, 40)
        options = tuple([f"{rng.choice(actions)} {i}" for i in range(size)])
        if rng.random() < 0.2:
            return Chance(
                rng.choice(names[4:]),
                {one: (f"1/{size}", grow(left // size, depth + 1)) for one in options},
            )
        return Decision(
            rng.choice(players), {one: grow(left // size, depth + 1) for one in options}
        )

    return ExtensiveFormGame.from_tree(
        Decision(players[0], {"only": grow(leaves, 1), "out": End()}), players=players
    )


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("orientation", WAYS)
@pytest.mark.deep_but(5)
def test_random_trees(seed: int, orientation: Orientation) -> None:
    rng = random.Random(seed)
    game = random_tree(rng, rng.choice([5, 20, 80, 500]))
    solved = game.form.has_perfect_information
    for size, most in ((None, 40), ((14.0, 8.0), 500)):
        try:
            ax = drawn(game, size, solved, orientation=orientation, most=most)
        except RefusalError:
            if size is None:  # of a size of its own, every tree can be drawn
                raise
            continue
        assert overlaps(ax) == []
        assert outside(ax) == []
        assert lies_on_lines(ax, dashed(ax)) == []
        outlines = [
            one.get_window_extent() for one in ax.patches if isinstance(one, FancyBboxPatch)
        ]
        titles = [
            box
            for text, box in drawn_texts(ax)
            if any(frame.overlaps(box) for frame in outlines)
        ]
        assert all(
            any(
                all(frame.contains(*corner) for corner in box.corners())
                for frame in outlines
            )
            for box in titles
        )


def dashed(ax: Axes) -> list[Any]:
    """The lines that join the outlines of an information set."""
    found = [
        one
        for one in ax.collections
        if isinstance(one, LineCollection) and one.get_linewidths()[0] == 1.0
    ]
    return [path.vertices for one in found for path in one.get_paths()]


def test_what_is_played_is_bold() -> None:
    ax = drawn(entry())
    bold = {text.get_text() for text in ax.texts if text.get_weight() == "bold"}
    assert {"in", "acquiesce", "2", "1"} <= bold
    assert not {"out", "fight"} & bold


def test_probabilities_and_payoffs_are_shown() -> None:
    shown = [text.get_text() for text in drawn(chancy()).texts]
    assert {"fair (1/3)", "foul (2/3)", "the weather", "1/7", "3"} <= set(shown)


def test_form_without_payoffs() -> None:
    _, ax = blank(5, 3)
    form = ExtensiveForm(Decision("A", {"in": End(), "out": End()}))
    shown = {text.get_text() for text in plot_tree(form, ax).texts}
    assert shown == {"A", "in", "out"}


@pytest.mark.parametrize("solved", [True, False])
def test_large_tree_is_folded_and_counts_what_is_folded(solved: bool) -> None:
    game = uniform(12, 2)
    ax = drawn(game, solved=solved)
    folded = [
        int(text.get_text().split()[0].replace(",", ""))
        for text in ax.texts
        if "play" in text.get_text()
    ]
    assert sum(folded) + ends(ax) == game.form.play_count
    assert len(folded) + ends(ax) <= 120
    assert overlaps(ax) == []


def ends(ax: Axes) -> int:
    """How many ends of plays are drawn: their dots."""
    return sum(
        len(one.get_offsets()) for one in ax.collections if isinstance(one, PathCollection)
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("orientation", WAYS)
@pytest.mark.parametrize(
    "options", [{"most": 3}, {"fold_below": 1}, {"most": 12, "fold_below": 2}]
)
@pytest.mark.deep_but(2)
def test_what_is_played_is_never_folded(
    orientation: Orientation, options: dict[str, Any]
) -> None:
    game = uniform(7, 3)
    solution = solve(game, PureSubgamePerfect())
    ax = drawn(game, orientation=orientation, **options)
    paid = [
        column[play]
        for one in solution
        for play in one.play_numbers
        for column in game.exact_payoffs()
    ]
    bold = [text.get_text() for text in ax.texts if text.get_weight() == "bold"]
    assert len(solution) >= 1
    assert all(str(value) in bold for value in paid)
    assert sum(text.startswith("action") for text in bold) >= 7
    assert overlaps(ax) == []


def test_what_is_played_must_be_legible() -> None:
    game = uniform(7, 3)
    with pytest.raises(
        RefusalError, match=r"cannot be read at 2\.9 x 1\.9 inches.*give it .*tree_size"
    ):
        drawn(game, (3.0, 2.0))


def test_folding_below_a_depth() -> None:
    ax = drawn(uniform(4, 2), solved=False, fold_below=2)
    assert [text.get_text() for text in ax.texts if "plays" in text.get_text()] == [
        "4 plays"
    ] * 4
    assert ends(ax) == 0


@pytest.mark.parametrize("orientation", WAYS)
def test_branches_left_out_are_counted(orientation: Orientation) -> None:
    tree = Decision("A", {f"a{i}": End({"A": i}) for i in range(500)})
    game = ExtensiveFormGame.from_tree(tree)
    ax = drawn(game, orientation=orientation, most=20)
    shown = [" ".join(text.get_text().split()) for text in ax.texts]
    assert "… 481 more actions" in shown
    assert {"a0", "a17", "a499"} <= set(shown), "the first, and what is played"
    assert overlaps(ax) == []


def test_subtree_that_pays_the_same_everywhere_says_so() -> None:
    rest = {f"a{i}": End({"A": i}) for i in range(30)}
    tree = Decision(
        "A", {"same": Decision("B", {f"b{i}": End({"A": -1}) for i in range(30)}), **rest}
    )
    ax = drawn(ExtensiveFormGame.from_tree(tree), (6.0, 6.0))
    assert "30 plays, all alike" in [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("orientation", WAYS)
def test_moves_told_not_apart_that_are_neighbours_have_one_outline(
    orientation: Orientation,
) -> None:
    ax = drawn(blind(), solved=False, orientation=orientation)
    (outline,) = outlines(ax)
    assert holds(ax, outline) == ["B", "B"]
    assert dashed(ax) == []


def outlines(ax: Axes) -> list[FancyBboxPatch]:
    return [one for one in ax.patches if isinstance(one, FancyBboxPatch)]


def holds(ax: Axes, outline: FancyBboxPatch) -> list[str]:
    frame = outline.get_window_extent()
    return [
        text
        for text, box in drawn_texts(ax)
        if all(frame.contains(*corner) for corner in box.corners())
    ]


@pytest.mark.parametrize("orientation", WAYS)
def test_moves_told_not_apart_with_others_between_are_joined_by_a_line(
    orientation: Orientation,
) -> None:
    def of(player: str, infoset: str | None = None) -> Decision:
        return Decision(player, {"x": End({"A": 1}), "y": End({"B": 1})}, infoset=infoset)

    later = Decision("A", {"on": of("B", "far"), "stop": End()})
    tree = Decision(
        "A",
        {
            "l": of("B", "far"),
            "m": of("C"),
            "n": later,
            "r": of("B", "near"),
            "s": of("B", "near"),
        },
    )
    ax = drawn(ExtensiveFormGame.from_tree(tree), solved=False, orientation=orientation)
    assert sorted(holds(ax, one) for one in outlines(ax)) == [["B"], ["B"], ["B", "B"]]
    assert len(dashed(ax)) == 3, "one along the lane, and one to each outline"
    far = [one for one in outlines(ax) if len(holds(ax, one)) == 1]
    side = [
        (one.get_x(), one.get_x() + one.get_width())
        if orientation == "right"
        else (one.get_y(),)
        for one in far
    ]
    assert side[0] == pytest.approx(side[1]), (
        "on one level, though one is deeper in the tree"
    )


def test_sets_that_cross_are_told_by_name() -> None:
    """Each of two sets comes before the other, so that they cannot both stand on one
    level."""

    def of(player: str, infoset: str, below: Any) -> Decision:
        return Decision(player, {"x": below, "y": End({"A": 1})}, infoset=infoset)

    end = End({"B": 1})
    tree = Decision(
        "A",
        {
            "l": of("B", "one", of("C", "two", end)),
            "r": of("C", "two", of("B", "one", end)),
        },
    )
    ax = drawn(ExtensiveFormGame.from_tree(tree), solved=False)
    assert sorted(text.get_text() for text in ax.texts if ":" in text.get_text()) == [
        "B: one",
        "B: one",
        "C: two",
        "C: two",
    ]
    assert outlines(ax) == []


def test_unknown_options_are_refused() -> None:
    _, ax = blank(3, 3)
    for options in ({"orientation": "up"}, {"most": 0}, {"fold_below": "2"}):
        with pytest.raises(StrategyError, match="expected"):
            plot_tree(entry(), ax, **options)  # type: ignore[arg-type]


def test_table_is_refused() -> None:
    _, ax = blank(3, 3)
    with pytest.raises(RefusalError, match="order of moves"):
        plot_tree(NormalFormGame.from_arrays([[1]], [[1]]), ax)
