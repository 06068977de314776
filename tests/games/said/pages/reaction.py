"""What is said on docs/explanation/corridor-reaction.md."""

from tests.games.said._table import given, said, shown, wording, yields

SAID = {
    "corridor.reaction is sequence": said(
        "one change",
        given(
            "reaction.terms == sequence.terms and reaction.parameters == sequence.parameters",
            "ORDERS[0] == ('Türkiye', 'Azerbaijan', 'Russia', 'Iran', 'Armenia') and ORDERS[1] == ('Türkiye', 'Azerbaijan', 'Armenia', 'Russia', 'Iran')",
        ),
    ),
    "There are fewer plays than in": said(
        "fewer",
        shown("(42, 58)"),
        given(
            "all(done['Russia'] == done['Iran'] == '' for _, done in plays(reaction) if done['Armenia'] == 'refuse')"
        ),
    ),
    "The same five actions, and so": said(
        "five",
        yields(
            "played(reaction) == played(sequence) and len(played(reaction)) == 5",
            "payoffs(reaction) == payoffs(sequence)",
        ),
    ),
    "So are the thresholds of corridor": said(
        "open",
        shown(
            "assert (here.points, here.pieces) == (there.points, there.pieces)",
            "assert here is there",
        ),
    ),
    "In sequence no parameter moved": said(
        "no alone three",
        yields(
            "all_along(sequence, APART) == {NO}",
            "len([name for name in reaction.parameters if 'EVERY' in turns(reaction, name, APART)]) == 3",
        ),
    ),
    "Draw values over the whole range,": said(
        "two differ one hundred",
        yields(
            "all(0.005 < often(reaction, outcome) - often(sequence, outcome) < 0.015 for outcome in (OPEN, APART))"
        ),
    ),
    "Russia's retaliation needs no": said(
        "no",
        given(
            "all('Armenia' not in str(one.when) for one in reaction.terms if one.name in ('cost of obstructing, for Russia', 'attention spent obstructing', 'cost of obstructing, for Iran', 'strength worn down'))",
            "not [one for one in reaction.form.actions['Russia'] if 'retaliate' in one]",
        ),
    ),
    "Other orders, some of which matter": said(
        "more",
        yields(
            "max(abs(opens(one) - opens(plain(sequence))) for label, one in versions('corridor.sequence').items() if 'order' in label) > 2 * (often(reaction) - often(sequence))"
        ),
    ),
    "Here is a place at which they": said(
        "differ",
        yields(
            "turns(sequence, 'russia_attention', at={'pressing_cost': 4}) != turns(reaction, 'russia_attention', at={'pressing_cost': 4})"
        ),
    ),
    "Let pressing cost Türkiye 4 points,": said(
        "4 twice", given("2 * sequence.parameters['pressing_cost'].baseline == 4")
    ),
    "What is played where Russia can": said(
        "tenth",
        shown(
            "Türkiye: hold back, Azerbaijan: wait",
            "Türkiye: hold back, Azerbaijan: connect, Armenia: open on conditions, Russia: acquiesce",
        ),
    ),
    "Türkiye holds back, and Armenia": said(
        "holds",
        yields(
            "played(reaction, at={'pressing_cost': 4, 'russia_attention': '0.1'})['Türkiye'] == 'hold back'"
        ),
        given(
            "[str(one.when)[:14] for one in reaction.terms if one.name == 'Turkish investment'] == ['Türkiye: press']"
        ),
    ),
    "A road that Russia runs is then": said("not worth", shown("Fraction(-2, 5)")),
    "So a Russia that moves first": said(
        "shut",
        yields(
            "so(sequence, at={'pressing_cost': 4, 'russia_attention': '0.1'}) is NO",
            "played(sequence.with_actions({'Türkiye': 'hold back', 'Azerbaijan': 'connect'}), at={'pressing_cost': 4, 'russia_attention': '0.1'})['Russia'] == 'broker'",
            "played(sequence.with_actions({'Türkiye': 'hold back', 'Azerbaijan': 'connect'}), at={'pressing_cost': 4, 'russia_attention': '0.1'})['Armenia'] == 'refuse'",
        ),
    ),
    "A Russia that answers an opening": said(
        "less sixth",
        yields(
            "turns(reaction, 'russia_attention', at={'pressing_cost': 4}) == ['1/6', 'EVERY', 'NO']",
            "played(reaction, at={'pressing_cost': 4, 'russia_attention': '0.1'})['Russia'] == 'acquiesce'",
        ),
    ),
    "Map of Russia's attention against": said(
        "open every two thirds sixth open none",
        yields(
            "turns(reaction, 'russia_attention') == ['2/3', 'EVERY', 'NO'] and turns(reaction, 'iran_threat') == ['1/6', 'NO', 'EVERY']",
            "regions(reaction, in_turn, OPEN, 'russia_attention', 'iran_threat').shares() == {EVERY: Fraction(2, 3) * Fraction(5, 6), NO: Fraction(4, 9)}",
        ),
    ),
    "Letters show that what is played": said(
        "both",
        shown(
            "A Türkiye: press",
            "B Türkiye: hold back, Azerbaijan: bypass",
            "C Türkiye: hold back, Azerbaijan: wait",
            "D Türkiye: press",
        ),
    ),
    "The same as sequence: no hidden": said(
        "no no changes no", wording("what the form leaves out")
    ),
    "This does not hold for open": said(
        "hold open", yields("inside(reaction, APART) != inside(sequence, APART)")
    ),
    "For each action the share of the": said(
        "one one every", wording("says what the block below prints")
    ),
    "Here too no action is idle, and": said(
        "no idle",
        yields(
            "min(one.somewhere.value for one in replies('corridor.reaction').rows) > 0.01 and min(replies('corridor.reaction').rows, key=lambda one: one.weakly.value).action == 'open'"
        ),
    ),
    "Parameters that nobody weighs:": said(
        "nobody", wording("says what the block below prints")
    ),
}
