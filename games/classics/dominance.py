"""Two small tables on which textbooks teach the elimination of dominated actions."""

from __future__ import annotations

import strategy
from games.classics.answers import Classic, surely
from games.classics.tables import from_cells


def dominance_solvable() -> strategy.NormalFormGame:
    """Iterated elimination of strictly dominated actions leaves one profile.

    It takes three rounds.

    Gibbons, Game Theory for Applied Economists (1992), section 1.1.B, Figure 1.1.1.
    """
    return from_cells(
        ("up", "down"),
        ("left", "middle", "right"),
        (((1, 0), (1, 2), (0, 1)), ((0, 3), (0, 1), (2, 0))),
    )


def order_of_elimination() -> strategy.NormalFormGame:
    """Which weakly dominated action goes first decides what is left: (1, 1) or (2, 1).

    Without T, then L, only the payoffs (2, 1) remain; without B, then R, only (1, 1).
    Osborne and Rubinstein, A Course in Game Theory (1994), section 4.3, Figure 63.1.
    """
    return from_cells(
        ("T", "M", "B"), ("L", "R"), (((1, 1), (0, 0)), ((1, 1), (2, 1)), ((0, 0), (2, 1)))
    )


CLASSICS = (
    Classic(
        name="dominance-solvable",
        title="A game solved by strict dominance",
        build=dominance_solvable,
        source=(
            "Gibbons, Game Theory for Applied Economists (1992), section 1.1.B, Figure "
            "1.1.1"
        ),
        basis="published",
        concept_name="PureNash",
        answer=(surely(("up", "middle"), (1, 2)),),
        undominated=(("up", "middle"),),
        after_strict=(("up",), ("middle",)),
        after_weak=(("up",), ("middle",)),
        order_matters=False,
        mixed=(),
    ),
    Classic(
        name="order-of-elimination",
        title="A game in which the order of elimination matters",
        build=order_of_elimination,
        source=(
            "Osborne and Rubinstein, A Course in Game Theory (1994), section 4.3, Figure "
            "63.1; the equilibria are derived"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(
            surely(("T", "L"), (1, 1)),
            surely(("M", "L"), (1, 1)),
            surely(("M", "R"), (2, 1)),
            surely(("B", "R"), (2, 1)),
        ),
        undominated=(("M", "L"), ("M", "R")),
        after_strict=(("T", "M", "B"), ("L", "R")),
        # T and B go in the same round, and then nothing tells L and R apart
        after_weak=(("M",), ("L", "R")),
        order_matters=True,
    ),
)
