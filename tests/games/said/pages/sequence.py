"""What is said on docs/explanation/corridor-sequence.md."""

from tests.games.said._table import given, said, shown, source, wording, yields

SAID = {
    "If Azerbaijan does not connect,": said(
        "nobody more nothing",
        given(
            "all(done['Russia'] == done['Iran'] == done['Armenia'] == '' for _, done in plays(sequence) if done['Azerbaijan'] != 'connect')"
        ),
    ),
    "Nobody may gain by deviating": said(
        "nobody gain nobody", source("what subgame perfection means (Selten 1965)")
    ),
    "The tree of the five moves.": said("five", given("len(sequence.players) == 5")),
    "The path that is played is bold:": said(
        "opens",
        yields(
            "played(sequence) == {'Türkiye': 'press', 'Azerbaijan': 'connect', 'Russia': 'broker', 'Iran': 'accept for a guarantee', 'Armenia': 'open on conditions'}"
        ),
    ),
    "Russia and Iran lose by the road": said(
        "lose pay neither more",
        yields(
            "payoffs(sequence)['Russia'] < 0 and payoffs(sequence)['Iran'] < 0",
            "all('obstruct' not in played(sequence.with_actions(ASKED))[who] for who in ('Russia', 'Iran'))",
        ),
    ),
    "Points are not comparable between": said(
        "loses 6.1 gains 1.6 more",
        yields(
            "f\"Russia loses {-float(payoffs(sequence)['Russia'])}\"",
            "f\"Armenia gains {float(payoffs(sequence)['Armenia'])}\"",
        ),
    ),
    "Each claim that says what holds": said(
        "holds alone both", wording("says what the block below asks")
    ),
    "C3 and C11 change neither verdict": said(
        "change neither",
        yields(
            "all(wrong(sequence, OPEN)[one] is EVERY and wrong(sequence, APART)[one] is NO for one in ('C3', 'C11'))",
            "so(sequence) is EVERY and so(sequence, APART) is NO",
        ),
    ),
    "Over the ranges they do change": said(
        "change often",
        yields(
            "all(moving('corridor.sequence', outcome)[name] > 0 for outcome in (OPEN, APART) for name in ('regional_influence', 'normalisation'))"
        ),
    ),
    "Parameters moved alone, the others": said(
        "alone", wording("says what the block below asks")
    ),
    "Two more change the verdict only": said(
        "two more change only indifferent",
        yields("at_an_end_only(sequence) == ['conditions_cost', 'guarantee_cost']"),
    ),
    "No threshold of open without": said(
        "no open one",
        yields("inside(sequence, APART) == [] and all_along(sequence, APART) == {NO}"),
    ),
    "The first list as a picture,": said("one", wording("says what the figure shows")),
    "One strip a parameter, coloured": said("one", wording("says what the figure shows")),
    "Above two thirds of its attention": said(
        "two thirds prefers",
        yields(
            "turns(sequence, 'russia_attention') == ['2/3', 'EVERY', 'NO'] and switch(sequence, 'russia_attention') == ['Russia: broker -> obstruct']"
        ),
    ),
    "Map of Russia's attention against": said(
        "open every two thirds open none",
        yields(
            "turns(sequence, 'russia_attention') == ['2/3', 'EVERY', 'NO']",
            "regions(sequence, in_turn, OPEN, 'russia_attention', 'normalisation').shares() == {EVERY: Fraction(2, 3), NO: Fraction(1, 3)}",
        ),
    ),
    "The border is a vertical line:": said(
        "decides nothing",
        yields(
            "turns(sequence, 'normalisation') == ['EVERY']",
            "regions(sequence, in_turn, OPEN, 'russia_attention', 'normalisation').shares()[EVERY] == Fraction(2, 3)",
        ),
    ),
    "With domestic_cost at 8, its": said(
        "8 decides",
        yields(
            "sequence.parameters['domestic_cost'].high == 8",
            "len(turns(sequence, 'normalisation', at={'domestic_cost': 8})) > 1",
        ),
    ),
    "A road that Russia does not run": said(
        "rarer stays shut",
        yields(
            "often(sequence, APART) < often(sequence)",
            "of(sequence, where(Azerbaijan='connect') & ~sequence.outcomes[OPEN].when, EVERY, SOME) == 0",
        ),
    ),
    "C7 and C8 may well be wrong together,": said("both one", source("essay ¶5")),
    "Then attention is full and the": said(
        "none stays open",
        given(
            "sequence.claims['C7'].if_wrong == {'russia_attention': 1} and sequence.claims['C8'].if_wrong == {'iran_threat': 0}"
        ),
        shown("in every pure subgame-perfect equilibrium"),
    ),
    "In reaction Russia and Iran answer": said(
        "more", wording("says where other orders are")
    ),
    "Two threats are no moves but": said(
        "two no",
        given(
            "{'Turkish backing against Russia', 'Turkish backing against Iran', 'Russian retaliation'} <= {one.name for one in sequence.terms}"
        ),
    ),
    "So the road opens at about a": said(
        "opens fifth", yields("about(often(sequence), 0.2, 0.1)")
    ),
    "For each action the share of the": said(
        "one one every", wording("says what the block below prints")
    ),
    "No action is idle, but Armenia's": said(
        "no idle more",
        yields(
            "min(one.somewhere.value for one in replies('corridor.sequence').rows) > 0.01 and min(replies('corridor.sequence').rows, key=lambda one: one.weakly.value).action == 'open'"
        ),
    ),
    "Parameters that nobody weighs, that": said(
        "nobody gain", wording("says what the block below prints")
    ),
    "What the players do not know of": said(
        "changes", wording("says what the model leaves out")
    ),
}
