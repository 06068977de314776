"""What may be said of a result, and the words for it: every claim that something is all, none or certain is made here.

``headline(solution)`` makes the one statement about a set of equilibria from its status and its structure; Python, notebooks, the
command line, reports, figures and JSON show that one. The words of verdicts and of the analyses' claims are made here too, so
that what is proved and what is merely found cannot be mixed up elsewhere: a test forbids such words in every other module.
"""

from strategy.completeness._claims import UNFINISHED, components_words, is_isolated
from strategy.completeness._headlines import Claim, Headline, equilibria, equilibrium, headline
from strategy.completeness._verdicts import (
    VERDICTS,
    chance_words,
    leaves_to_chance,
    no_equilibrium,
    there_is_no_equilibrium,
    verdict_label,
    verdict_sentence,
    verdict_short,
)

__all__ = [
    "UNFINISHED", "components_words", "is_isolated",
    "Claim", "Headline", "equilibria", "equilibrium", "headline",
    "VERDICTS", "chance_words", "leaves_to_chance", "no_equilibrium", "there_is_no_equilibrium",
    "verdict_label", "verdict_sentence", "verdict_short",
]  # fmt: skip
