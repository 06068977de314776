"""What is said on docs/explanation/corridor-questions.md."""

from tests.games.said._table import given, said, shown, source, wording, yields

SAID = {
    "All numbers rest on illustrative": said(
        "no nothing", wording("says what the numbers are")
    ),
    "All of them at once, in one to": said("one three", yields("lengths() <= {1, 2, 3}")),
    "In every subgame-perfect equilibrium": said(
        "every least one two differ only", shown("at 2/3 exactly, in some, not in every")
    ),
    "A pair is listed if neither of": said(
        "neither alone", wording("says what the list holds")
    ),
    "In the trees no pair is needed:": said(
        "no change nothing alone both change",
        yields(
            "all(so(model.with_claims_wrong('C3', 'C11')) is EVERY for model in TREES)",
            "all(wrong(model)[one] is EVERY for model in TREES for one in ('C3', 'C11'))",
            "all(moving(model.name)[name] > 0 for model in TREES for name in ('regional_influence', 'normalisation'))",
        ),
        shown("only together: none"),
    ),
    "At once (activation) there is": said(
        "nothing opens no", yields("so(activation) is NO")
    ),
    "In alignment a flip means that": said(
        "no opens more",
        yields("so(alignment) is SOME and set(wrong(alignment).values()) == {SOME, NO}"),
    ),
    "As a share of the way from what": said(
        "holds change", wording("says what the block below prints")
    ),
    "C7 and C8 speak of one moment,": said("one turn", source("essay ¶5")),
    "The verdict then turns where": said(
        "turns alone turns nothing",
        shown("both strong: 11/21"),
        yields("first_change('C7 wrong') == '11/21'"),
    ),
    "The share of the range box in": said(
        "open every 95 %", wording("says what the block below prints")
    ),
    "This waits for a model in which": said(
        "nobody", wording("says which model it waits for")
    ),
    "Above 9/5 Türkiye presses in": said(
        "9/5 every nobody",
        shown(
            "Türkiye presses: ['9/5'], ['NO', 'EVERY']",
            "somebody obstructs once asked: ['9/5'], ['EVERY', 'NO']",
        ),
    ),
    "On the path nobody obstructs": said(
        "nobody",
        shown("somebody obstructs: [], ['NO']"),
        yields(
            "played(sequence, at={'commitment': 1}) == {'Türkiye': 'hold back', 'Azerbaijan': 'wait'}",
            "played(sequence.with_actions(ASKED), at={'commitment': 1})['Russia'] == 'obstruct'",
        ),
    ),
    "So there is a least commitment": said(
        "least", shown("somebody obstructs once asked: ['9/5'], ['EVERY', 'NO']")
    ),
    "Over the ranges it need not exist:": said(
        "need not",
        yields(
            "0 < often(stopped(), 'stopped', at={'commitment': 8})",
            "sequence.parameters['commitment'].high == 8",
        ),
    ),
    "The ratifier waits for a two-level": said(
        "two one", wording("says which model it waits for")
    ),
    "The nearest change of assumptions": said("change open", shown("A nearest change")),
    "Who gets what waits for transit": said(
        "most", wording("says which models it waits for")
    ),
    "What the bypass does to the verdict": said(
        "alone", wording("says what the command prints")
    ),
    "and along which threat to Iran": said(
        "opens", wording("says what the command prints")
    ),
    "At the baseline the trees have": said(
        "one one two two",
        yields(
            "all(len(solve(model.game(), in_turn)[0].plays) == 1 and len(solve(model.game(), in_turn)) == 1 for model in TREES)",
            "len(solve(activation.game(), pure)) == 1 and len(parts(activation)) == 2 and max(dimension for dimension, _ in parts(activation)) > 0",
            "len(solve(alignment.game(), pure)) == 2",
        ),
    ),
    "Risk dominance compares two strict": said(
        "two two two five least hardly two",
        source("Harsanyi and Selten 1988; p-dominance: Morris, Rob and Shin 1995"),
        shown("at least 10/11 sure", "at least 8/9 sure"),
    ),
    "Other concepts may pick one of": said(
        "one one",
        shown(
            "Under strong Nash (pure) and coalition-proof Nash (pure), the outcome comes about in every equilibrium",
            "In logit quantal response, at lambda = 1 its probability is about 8.93e-05",
        ),
    ),
    "If players may agree on moving": said(
        "only open",
        shown(
            "Under strong Nash (pure) and coalition-proof Nash (pure), the outcome comes about in every equilibrium"
        ),
        yields(
            "float(solve(alignment.game(), LogitQuantalResponse(4))[0].probability(alignment.outcomes[OPEN].mask)) < 1e-6"
        ),
    ),
    "Once the open corridor is lost": said(
        "open more lose less alone",
        shown("which on the way back remains one to the end of the range"),
    ),
    "In activation other concepts": said(
        "disagree",
        shown("Under Nash, the outcome comes about with probability between 0 and 56/79"),
    ),
    'Open is "in every equilibrium",': said(
        "open every no", wording("says what the words mean")
    ),
    "In the trees nothing is contested": said(
        "nothing 2/3 more third",
        yields(
            "all(regions(model, in_turn, OPEN, 'russia_attention', 'normalisation').shares() == {EVERY: Fraction(2, 3), NO: Fraction(1, 3)} for model in TREES)",
            "regions(alignment, pure, OPEN, 'russia_attention', 'normalisation').shares()[SOME] > Fraction(1, 3)",
            "regions(activation, pure, OPEN, 'russia_attention', 'normalisation').shares() == {NO: 1}",
        ),
    ),
    "The rest of the first answer": said(
        "most", wording("says what the command prints with SALib")
    ),
    "What the order of moves changes,": said("changes 120", shown("In 65 of 120 orders")),
    "Russia too gets more by moving": said(
        "more more nobody",
        shown(
            "Türkiye gets 1 moving first, and 0 moving last",
            "Russia gets -5.2 to -2.1 moving first, and -6.1 moving last",
        ),
    ),
    "In none of the orders does the": said(
        "none open",
        shown(
            "In each of these 120 orders it comes about in no pure subgame-perfect equilibrium"
        ),
    ),
    "Bound to press while the others": said("lose", shown("Türkiye press -2 to 1")),
    "Pressing and normalising are": said(
        "both",
        given(
            "'press' in activation.form.actions['Türkiye'] and 'normalise' in alignment.form.actions['Türkiye']"
        ),
    ),
    "Signs say what a number does": said("alone", wording("says what a sign means")),
    "At the baseline of sequence,": said(
        "nothing pays",
        shown("normalisation 0 {'Türkiye': '0', 'Azerbaijan': '0', 'Armenia': '+'"),
    ),
    "With normalisation at its least": said(
        "least 20,000 opens shuts",
        yields(
            "0.05 < (at_points(sequence, normalisation=1) & ~at_points(sequence, normalisation=0)).mean()",
            "0 < (at_points(sequence, normalisation=0) & ~at_points(sequence, normalisation=1)).mean() < 0.001",
        ),
    ),
    "What can be said now is how long": said(
        "open", wording("asks for what the command prints")
    ),
    "With all five choosing at once, and all else at the baseline, Armenia": said(
        "five opens no one", shown("Armenia stays closed in every pure Nash equilibrium")
    ),
    "The values come from fewer points": said(
        "fewer two only",
        wording("what the command says of the shares: the first 2,048 of the points"),
    ),
    "What deters is a payoff and not": said(
        "half no",
        given(
            "CONSTANTS['backing'] == Fraction(1, 2)",
            "[one.name for one in sequence.terms if 'backing' in one.name] == ['Turkish backing against Russia', 'Turkish backing against Iran']",
        ),
    ),
    "What can be asked is whether": said("pays", wording("says what the block below asks")),
    "With all five choosing at once, and all else at the baseline, no": said(
        "five no open",
        shown(
            "No change of Türkiye's commitment within the ranges brings 'corridor open' about"
        ),
    ),
    "Between Türkiye and Armenia alone,": said(
        "alone two only least 10/11",
        yields(
            "sorted({one.profile['Türkiye']['normalise'] for one in solve(alignment.game(), nash) if 0 < one.profile['Türkiye']['normalise'] < 1}) == [Fraction(10, 11)]"
        ),
    ),
    "With all five choosing at once it is proved": said(
        "five proved more never", shown("RAISES")
    ),
    "The probability that the corridor": said(
        "open more often indifferent",
        yields(
            "[max(chances_at(activation, normalisation=at)) for at in ('3/10', '2/5', '1/2')] == [Fraction(497, 632), Fraction(56, 79), Fraction(399, 632)]"
        ),
    ),
    "That even claims that are right to": said(
        "shut loses",
        given(
            "sequence.claims['C4'].if_wrong['leverage'] == 0",
            "[str(one.amount) for one in sequence.terms if one.name == 'leverage lost'] == ['-leverage']",
        ),
    ),
    "Over the ranges of all else both": said(
        "both differ", shown("39.4% (38.6% to 40.1%) with weak and at 6.1%")
    ),
}
