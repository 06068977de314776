"""Two-player games of pure conflict without an equilibrium in pure strategies."""

from __future__ import annotations

import strategy
from games.classics.answers import Classic, Number, mixed, require_decreasing
from games.classics.tables import from_cells


def matching_pennies(stake: Number = 1) -> strategy.NormalFormGame:
    """Two players show a coin.

    The first wins if the sides match, the second if they do not.

    Von Neumann and Morgenstern, Theory of Games and Economic Behavior (1944), section 14.7;
    Osborne and Rubinstein, A Course in Game Theory (1994), Example 17.1.
    """
    require_decreasing(stake=stake, nothing=0)
    win, lose = (stake, -stake), (-stake, stake)
    return from_cells(("heads", "tails"), ("heads", "tails"), ((win, lose), (lose, win)))


def rock_paper_scissors(stake: Number = 1) -> strategy.NormalFormGame:
    """Rock blunts scissors, scissors cut paper, paper wraps rock; equal choices draw.

    Von Neumann and Morgenstern, Theory of Games and Economic Behavior (1944), section 14.7
    ("Stone, Paper, Scissors").
    """
    require_decreasing(stake=stake, nothing=0)
    draw, win, lose = (0, 0), (stake, -stake), (-stake, stake)
    choices = ("rock", "paper", "scissors")
    return from_cells(
        choices, choices, ((draw, lose, win), (win, draw, lose), (lose, win, draw))
    )


CLASSICS = (
    Classic(
        name="matching-pennies",
        title="Matching pennies",
        build=matching_pennies,
        source="Osborne and Rubinstein, A Course in Game Theory (1994), Example 17.1",
        basis="published",
        concept_name="PureNash",
        answer=(),
        mixed=(mixed(("1/2", "1/2"), ("1/2", "1/2")),),
    ),
    Classic(
        name="rock-paper-scissors",
        title="Rock, paper, scissors",
        build=rock_paper_scissors,
        source=(
            "Von Neumann and Morgenstern, Theory of Games and Economic Behavior (1944), "
            "section 14.7"
        ),
        basis="published",
        concept_name="PureNash",
        answer=(),
        mixed=(mixed(("1/3", "1/3", "1/3"), ("1/3", "1/3", "1/3")),),
    ),
)
