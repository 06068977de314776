"""What may be said of a result, and the words for it: every claim that something is all, none or certain is made here.

``headline(solution)`` makes the one statement about a set of equilibria from its status and its structure; Python, notebooks, the
command line, reports, figures and JSON show that one. The words of verdicts and of the analyses' claims are made here too, so
that what is proved and what is merely found cannot be mixed up elsewhere: a test forbids such words in every other module.
"""

from strategy.completeness._analyses import (
    BOUNDS_NODES,
    BOUNDS_TIME,
    EFFECTS,
    EFFECTS_ON_THE_VERDICT,
    HOW_CHECKED,
    NOTHING_PROVED_BEYOND,
    PERCENT_PROVED,
    PROCESS,
    SIGNS,
    SIGNS_OF_TABLE,
    SIGNS_SEEN,
    WHAT_IS_PROVED,
    WHAT_VERDICTS_MEAN,
    apart_words,
    coordinated_words,
    everywhere_words,
    monotone_words,
    never_best_reply,
    never_changes,
    never_moves,
    nothing_to_coordinate_on,
    others_without,
    passed_over_words,
    pays_all_most,
    unanswered_words,
    unmoved,
)
from strategy.completeness._claims import (
    LOOKING_FOR_ALL,
    NEVER,
    NEVER_RATIONAL,
    NOT_AN_EQUILIBRIUM,
    PROOF_FILE,
    RATIONALIZABLE,
    UNFINISHED,
    among,
    among_short,
    commitment_words,
    components_words,
    is_isolated,
    never_holds,
    none_in_balls,
    not_proved,
    proof_words,
    proved_to,
    proved_within,
    range_words,
    search_for_all,
    undecided_words,
)
from strategy.completeness._headlines import (
    Claim,
    Headline,
    equilibria,
    equilibrium,
    headline,
)
from strategy.completeness._verdicts import (
    VERDICTS,
    capital,
    chance_words,
    leaves_to_chance,
    no_equilibrium,
    none_of_these,
    there_is_no_equilibrium,
    verdict_label,
    verdict_sentence,
    verdict_short,
)

__all__ = [
    "BOUNDS_NODES", "BOUNDS_TIME", "EFFECTS", "EFFECTS_ON_THE_VERDICT", "HOW_CHECKED",
    "NOTHING_PROVED_BEYOND", "PERCENT_PROVED", "PROCESS",
    "SIGNS", "SIGNS_OF_TABLE", "SIGNS_SEEN", "WHAT_IS_PROVED", "WHAT_VERDICTS_MEAN", "apart_words", "coordinated_words",
    "everywhere_words", "monotone_words", "never_best_reply", "never_changes", "never_moves",
    "nothing_to_coordinate_on", "others_without", "passed_over_words", "pays_all_most", "unanswered_words", "unmoved",
    "LOOKING_FOR_ALL", "NEVER", "NEVER_RATIONAL", "NOT_AN_EQUILIBRIUM", "PROOF_FILE", "RATIONALIZABLE", "UNFINISHED",
    "among", "among_short",
    "commitment_words", "components_words", "is_isolated", "never_holds", "none_in_balls", "not_proved",
    "proof_words", "proved_to", "proved_within", "range_words", "search_for_all", "undecided_words",
    "Claim", "Headline", "equilibria", "equilibrium", "headline",
    "VERDICTS", "capital", "chance_words", "leaves_to_chance", "no_equilibrium", "none_of_these", "there_is_no_equilibrium",
    "verdict_label", "verdict_sentence", "verdict_short",
]  # fmt: skip
