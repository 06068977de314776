"""Trees: what is played stands out, large ones are folded, and no label lies on another."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from matplotlib.axes import Axes

from strategy import Chance, Decision, End, ExtensiveForm, ExtensiveFormGame, NormalFormGame, RefusalError, solve
from strategy.concepts import PureSubgamePerfect
from strategy.plots import blank, plot_tree, tree_size


def entry() -> ExtensiveFormGame:
    answer = Decision("incumbent", {"acquiesce": End({"challenger": 2, "incumbent": 1}), "fight": End()})
    return ExtensiveFormGame.from_tree(Decision("challenger", {"in": answer, "out": End({"challenger": 1, "incumbent": 2})}))


def chancy() -> ExtensiveFormGame:
    luck = Chance(
        "the weather", {"fair": ("1/3", End({"A": 3})), "foul": ("2/3", Decision("B", {"x": End({"B": 1}), "y": End()}))}
    )
    return ExtensiveFormGame.from_tree(Decision("A", {"a long name of an action": luck, "out": End({"A": "1/7"})}))


def uniform(depth: int, width: int) -> ExtensiveFormGame:
    """A full tree in which players take turns and every play pays something else."""
    plays = itertools.count()

    def step(history: tuple[str, ...]) -> Decision | End:
        if len(history) == depth:
            return End({"first": next(plays) % 7, "second": next(plays) % 5})
        return Decision(("first", "second")[len(history) % 2], tuple([f"action {i}" for i in range(width)]))

    return ExtensiveFormGame.from_rules(step, players=("first", "second"))


def blind() -> ExtensiveFormGame:
    def answer() -> Decision:
        return Decision("B", {"x": End({"A": 1}), "y": End({"B": 1})}, infoset="in the dark")

    return ExtensiveFormGame.from_tree(Decision("A", {"l": answer(), "r": answer()}))


GAMES = {
    "entry": entry(),
    "chance": chancy(),
    "deep": uniform(6, 2),
    "wide": uniform(2, 9),
    "large": uniform(5, 3),
    "blind": blind(),
}


def drawn(game: Any, size: tuple[float, float] | None = None, solved: bool = True) -> Axes:
    solution = solve(game, PureSubgamePerfect()) if solved else None
    figure, ax = blank(*(size or tree_size(game, solution)))
    assert plot_tree(game, ax, solution) is ax
    figure.draw_without_rendering()
    return ax


def overlaps(ax: Axes) -> list[tuple[str, str]]:
    """Pairs of labels of which one lies on the other, by the boxes in which they are drawn."""
    boxes = [(text.get_text(), text.get_window_extent().shrunk(0.98, 0.9)) for text in ax.texts if text.get_text()]
    return [(a, b) for (a, one), (b, other) in itertools.combinations(boxes, 2) if one.overlaps(other)]


@pytest.mark.parametrize("name", list(GAMES))
@pytest.mark.parametrize("size", [None, (7.0, 5.0), (14.0, 22.0)], ids=["own size", "small", "tall"])
def test_labels_do_not_overlap(name: str, size: tuple[float, float] | None) -> None:
    ax = drawn(GAMES[name], size, solved=name != "blind")
    assert overlaps(ax) == []
    frame = ax.get_window_extent().padded(1.0)
    assert all(frame.contains(*corner) for text in ax.texts for corner in text.get_window_extent().corners())


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


def test_large_tree_is_folded_and_counts_what_is_folded() -> None:
    game = uniform(12, 2)
    ax = drawn(game)
    folded = [int(text.get_text().split()[0].replace(",", "")) for text in ax.texts if "plays" in text.get_text()]
    drawn_ends = int(ax.collections[1].get_offsets().shape[0] + ax.collections[3].get_offsets().shape[0])  # type: ignore[union-attr]
    assert sum(folded) + drawn_ends == game.form.play_count
    assert len(folded) + drawn_ends <= 160
    assert overlaps(ax) == []


def test_subtree_that_pays_the_same_everywhere_says_so() -> None:
    rest = {f"a{i}": End({"A": i}) for i in range(30)}
    tree = Decision("A", {"same": Decision("B", {f"b{i}": End({"A": -1}) for i in range(30)}), **rest})
    ax = drawn(ExtensiveFormGame.from_tree(tree), (6.0, 6.0))
    assert "30 plays, all alike" in [text.get_text() for text in ax.texts]


def test_moves_told_not_apart_are_joined() -> None:
    ax = drawn(blind(), solved=False)
    assert [len(path.vertices) for path in ax.collections[-1].get_paths()] == [2]


def test_table_is_refused() -> None:
    _, ax = blank(3, 3)
    with pytest.raises(RefusalError, match="order of moves"):
        plot_tree(NormalFormGame.from_arrays([[1]], [[1]]), ax)
