"""Textbook games with their published answers.

    from games.classics import CLASSICS
    from games.classics.dilemmas import prisoners_dilemma

Each module holds one family: functions that build the games, with the usual payoffs as
defaults, and beside them what is known of their equilibria. ``CLASSICS`` collects it all;
tests, documents and commands are derived from it. Building a game loads the toolkit's game
forms; reading the catalogue does not.
"""

from games.classics.answers import Classic, KnownEquilibrium
from games.classics.catalogue import CLASSICS, classic

__all__ = ["CLASSICS", "Classic", "KnownEquilibrium", "classic"]
