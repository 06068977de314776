"""What is said on docs/explanation/corridor-alignment.md."""

from tests.games.said._table import given, said, shown, wording, yields

SAID = {
    "corridor.alignment is a table": said(
        "five",
        given(
            "type(alignment.form).__name__ == 'NormalForm' and len(alignment.players) == 5"
        ),
    ),
    "It takes up four claims of the": said(
        "four hold inevitable",
        given(
            "all(alignment.claims[one].checks and not sequence.claims[one].checks for one in ('C2', 'C6', 'C13', 'C14'))",
            "len([one for one in alignment.claims.values() if one.checks and not sequence.claims[one.id].checks]) == 4",
        ),
    ),
    "The corridor counts as open where": said(
        "open two",
        given(
            "means(alignment, OPEN, lambda done: (done['Türkiye'], done['Armenia']) == ('normalise', 'reconcile') and done['Azerbaijan'] != 'balance' and done['Russia'] != 'engage' and done['Iran'] != 'confront')"
        ),
    ),
    "No road runs while Russia engages,": said(
        "no open open",
        given("alignment.outcomes[OPEN].when == alignment.outcomes[APART].when"),
    ),
    "Most parameters are those of": said(
        "most",
        given(
            "sum(name in sequence.parameters for name in alignment.parameters) > len(alignment.parameters) / 2"
        ),
    ),
    "Two are pure, and one lies in": said(
        "two one",
        yields(
            "[type(one.profile).__name__ for one in solve(alignment.game(), nash)] == ['PureProfile', 'MixedProfile', 'PureProfile']",
            "solve(alignment.game(), nash).status.name == 'COMPLETE'",
        ),
    ),
    "This is much like a stag hunt:": said(
        "pays",
        yields(
            "best(alignment, 'Türkiye', Armenia='reconcile') == ['normalise'] and best(alignment, 'Türkiye', Armenia='lean west') == ['keep the border shut']",
            "best(alignment, 'Armenia', Türkiye='normalise') == ['reconcile'] and best(alignment, 'Armenia', Türkiye='keep the border shut') == ['lean west']",
        ),
    ),
    "In the mixed one each of the": said(
        "one two opens",
        shown(
            "Azerbaijan: lean on Türkiye, Armenia: reconcile (0.5), lean west (0.5), Russia: stay on Ukraine, Iran: seek guarantees)"
        ),
    ),
    "Its index is −1.": said("−1", yields("parts(alignment)[1] == (0, -1)")),
    "Who gains by the open corridor": said(
        "gains open", wording("asks for what the block below prints")
    ),
    "The two letters are the results": said(
        "two proved refuted refuted", wording("says what the letters mean")
    ),
    "No assumption, moved alone, makes": said(
        "no alone none every", yields("EVERY not in all_along(alignment)")
    ),
    "Each sample is solved by itself,": said(
        "fewer proved none",
        shown("possible but not sure in Nash equilibrium", "in no Nash equilibrium"),
        yields("mixed('corridor.alignment').counts[Verdict.UNKNOWN] == 0"),
    ),
    "Each action's share of the cases": said(
        "one one every", wording("says what the table below holds")
    ),
    "No action is idle.": said(
        "no idle",
        yields(
            "min(one.somewhere.value for one in replies('corridor.alignment').rows) > 0.4"
        ),
    ),
    "Those that are seldom best in": said(
        "seldom half",
        yields(
            "[one.action for one in replies('corridor.alignment').rows if one.weakly.value < 0.1] == ['reconcile', 'confront']",
            "all(about(replies('corridor.alignment').of(who, does).somewhere.value, 0.5, 0.1) for who, does in (('Armenia', 'reconcile'), ('Iran', 'confront')))",
        ),
    ),
    "Parameters that nobody weighs,": said("nobody gain", shown("[]")),
    "Nobody can bind a partner, and": said("nobody", wording("what the form leaves out")),
    "Armenia leans on one side at": said(
        "one",
        given(
            "alignment.form.actions['Armenia'] == ('reconcile', 'lean west', 'lean on Russia')"
        ),
    ),
    "Who would move first is left": said(
        "two differ decide", wording("what the form leaves out")
    ),
    "In this model, which has no": said(
        "no opens",
        yields(
            "best(alignment, 'Türkiye', Armenia='reconcile') == ['normalise'] and best(alignment, 'Türkiye', Armenia='lean west') == ['keep the border shut']",
            "best(alignment, 'Armenia', Türkiye='normalise') == ['reconcile'] and best(alignment, 'Armenia', Türkiye='keep the border shut') == ['lean west']",
        ),
    ),
}
