"""What is said on docs/explanation/corridor-claims.md."""

from tests.games.said._table import given, said, shown, source, wording, yields

SAID = {
    "A claim is written as checks:": said("every", wording("says what a check is")),
    "Each is proved over the whole": said(
        "proved refuted refuted no nothing proved", wording("says what the results mean")
    ),
    "No claim is marked as required": said(
        "no hold",
        given("not any(one.required for model in MODELS for one in model.claims.values())"),
    ),
    "Where a claim speaks of what": said(
        "opens nobody nobody nothing",
        given(
            "ASKED == {'Türkiye': 'press', 'Azerbaijan': 'connect'} and ANSWERED == {**ASKED, 'Armenia': 'open on conditions'}",
            "all('obstruct' not in (done['Russia'], done['Iran']) for model in TREES for _, done in plays(model) if done['Azerbaijan'] != 'connect')",
        ),
    ),
    "A refuted reading is refuted": said(
        "refuted refuted", wording("says what a refuted reading is")
    ),
    "It is neither a statement of": said(
        "neither", wording("says what a refuted reading is not")
    ),
    "The essay is undated and mentions": said("no", source("the essay, which has no date")),
    "C9 (the window), C10 (three institutions)": said(
        "three no no no",
        given(
            "not any(model.claims[one].checks for model in MODELS for one in ('C9', 'C10', 'C12'))"
        ),
    ),
    "C14, that integration is inevitable": said(
        "inevitable alone",
        given(
            "[model.name for model in MODELS if model.claims['C14'].checks] == ['corridor.alignment']"
        ),
    ),
    "Two letters stand for each result,": said(
        "two proved refuted refuted cannot", wording("says what the letters mean")
    ),
    "The directions of the text hold,": said(
        "hold proof more", yields("directions() <= {'PROVED', 'NOT_STATED'}")
    ),
    "They are statements about single": said(
        "nothing", wording("says what a proof about a payoff shows")
    ),
    "The counter-example to C5 is": said(
        "tie",
        yields(
            "'is in some, not in every pure subgame-perfect equilibrium' in refuting(sequence, 'C5')"
        ),
    ),
    "Without a tie the same is rare:": said(
        "tie 2 20,000 open every 0 1",
        yields(
            'f"at {(at_points(sequence, middle_corridor=0) & ~at_points(sequence, middle_corridor=1)).sum()} of 20,000 uniform points"'
        ),
    ),
    "At the baseline, once Türkiye": said(
        "least one",
        shown("Türkiye's commitment", "Russia's spare attention", "the threat to Iran"),
        yields(
            "all(len(turns(stopped(), name, 'stopped')) == 3 for name in ('commitment', 'russia_attention', 'iran_threat'))"
        ),
    ),
    "Not refuted says how long was": said(
        "refuted one two three never", wording("says how strategy.checking searches")
    ),
    "The same search gives the same": said(
        "every", wording("says how strategy.checking searches")
    ),
    "How often a verdict holds over": said("often holds", wording("says what a share is")),
    "The exact part of a range in": said("holds", wording("says which commands show it")),
    "For C4: on what terms Armenia": said(
        "opens lose",
        yields(
            "'what Armenia gets' in refuting(sequence, 'C4') and 'what Iran gets' in refuting(sequence, 'C4')"
        ),
    ),
    "For C5: what follows where more": said(
        "more none",
        yields(
            "all(played(sequence.with_actions({'Azerbaijan': 'connect'}), at={**TIE, 'middle_corridor': 1})[who] == does for who, does in (('Russia', 'broker'), ('Armenia', 'open on conditions')))",
            "played(sequence, at={**TIE, 'middle_corridor': 1})['Azerbaijan'] == 'wait'",
        ),
    ),
    "For C7: why a Russia that has": said(
        "no",
        yields(
            "'Russia prefers to obstruct the route rather than to run the route' in refuting(sequence, 'C7')",
            "\"in no pure subgame-perfect equilibrium for Russia's spare attention from 0 to just below 1\" in refuting(sequence, 'C7')",
        ),
    ),
    "With the package installed, pytest": said(
        "every", wording("says how to run the claims")
    ),
    "None of them is marked as required,": said(
        "none one refuted",
        given("not any(one.required for model in MODELS for one in model.claims.values())"),
    ),
    "Claims as tests has the options,": said(
        "one fails", wording("says where the options are")
    ),
    "Every reading that is refuted": said(
        "every refuted inevitable",
        yields(
            "all(one.ours for one in rows(MODELS) if any(r[1] == 'R' for r in one.results.values()))"
        ),
    ),
    "These claims have a reading that": said("refuted none proved", shown("['C1', 'C3']")),
}
