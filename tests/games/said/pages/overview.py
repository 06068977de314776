"""What is said on docs/explanation/corridor.md."""

from tests.games.said._table import given, said, shown, source, wording, yields

SAID = {
    "The essay behind them argues": said("more", source("the essay")),
    "Every number about the models": said(
        "every", wording("what tests/test_docs.py and this table hold the page to")
    ),
    "all five choose at once": said(
        "five",
        given(
            "type(activation.form).__name__ == 'NormalForm' and len(activation.players) == 5"
        ),
    ),
    "all five choose sides at once;": said(
        "five most",
        given(
            "type(alignment.form).__name__ == 'NormalForm' and len(alignment.players) == 5",
            "sum(name in sequence.parameters for name in alignment.parameters) > len(alignment.parameters) / 2",
        ),
    ),
    "The first three share all parameters": said(
        "three",
        given(
            "activation.parameters == sequence.parameters == reaction.parameters and activation.terms == sequence.terms == reaction.terms"
        ),
    ),
    "In the trees nobody is asked": said(
        "nobody pay idle gain",
        given(
            "all(done['Russia'] == done['Iran'] == done['Armenia'] == '' for model in TREES for _, done in plays(model) if done['Azerbaijan'] != 'connect')",
            "all(done['Russia'] == done['Iran'] == '' for _, done in plays(reaction) if done['Armenia'] == 'refuse')",
        ),
    ),
    "Any other order is one call,": said(
        "one",
        yields(
            "in_order(('Iran', 'Russia', 'Armenia', 'Azerbaijan', 'Türkiye'), 'other').form.is_tree"
        ),
    ),
    "The corridor is open if Azerbaijan": said(
        "open opens neither", given("all(means(model, OPEN, road) for model in MODELS[:3])")
    ),
    "A road that Russia runs counts": said(
        "open",
        given(
            "all(means(model, 'asked about', lambda done: road(done) and done['Russia'] == 'broker') for model in [with_outcome(one, 'asked about', one.outcomes[OPEN].when & where(Russia='broker')) for one in MODELS[:3]])"
        ),
    ),
    "The essay has an alternative": said(
        "one open open",
        source("the essay"),
        given(
            "all(means(model, APART, lambda done: road(done) and done['Russia'] != 'broker') for model in MODELS[:3])",
            "all(model.beside == (APART,) for model in MODELS)",
        ),
    ),
    "In alignment the two are the": said(
        "two no",
        given(
            "alignment.outcomes[OPEN].when == alignment.outcomes[APART].when",
            "not any(alignment.outcomes[OPEN].holds(play) for play, done in plays(alignment) if done['Russia'] == 'engage')",
        ),
    ),
    "Baselines are grades, the same": said(
        "five 1 2 small 4 5",
        given(
            "{name for name, one in {**sequence.parameters, **alignment.parameters}.items() if one.unit == 'points' and one.baseline not in (1, 2, 4, 5)} == {'brokering_strain'}"
        ),
    ),
    "A quantity in points ranges from": said(
        "quarter twice 0 1",
        given(
            "row_of(sequence, 'brokering_strain', 'middle_corridor') and row_of(alignment, 'middle_corridor')"
        ),
    ),
    "Many parameters are not in the": said(
        "no seldom only one",
        yields(
            "replies_without('iran_loss').of('Iran', 'obstruct').somewhere.value == 0",
            "0 < replies_without('pressing_cost').of('Türkiye', 'hold back').strictly.value < 0.05",
        ),
    ),
    "Some choices were made with an": said(
        "two", given("row_of(sequence, 'brokering_strain', 'middle_corridor')")
    ),
    "domestic_cost was first graded": said(
        "2 4 2",
        given(
            "sequence.parameters['domestic_cost'].baseline == sequence.parameters['transit_income'].baseline == 4"
        ),
        shown("domestic_cost graded 2:"),
    ),
    "conditions_cost was graded 1,": said(
        "1 2 2 indifferent tie",
        given(
            "sequence.parameters['conditions_cost'].baseline == 1 and sequence.parameters['conditions_cost'].high == 2"
        ),
        yields(
            "so(sequence, at={'conditions_cost': 2}) is SOME and len({dict((who, does) for who, _, does in play.steps)['Azerbaijan'] for one in solve(sequence.game({'conditions_cost': 2}), in_turn) for play in one.plays}) == 2"
        ),
    ),
    "It is the choice that favours": said(
        "favours",
        yields("so(sequence) is EVERY and so(sequence, at={'conditions_cost': 2}) is SOME"),
        shown("conditions_cost graded 2:"),
    ),
    "middle_corridor ranges from 0,": said(
        "0 quarter stay half no half half",
        given(
            "sequence.parameters['middle_corridor'].low == 0",
            "sequence.parameters['brokering_strain'].baseline == CONSTANTS['obstructing'] / 2 == 3",
            "sequence.parameters['brokering_strain'].low == Fraction(3, 2) and sequence.parameters['brokering_strain'].high == Fraction(9, 2)",
        ),
    ),
    "Attention takes 3 points off": said(
        "3 gain",
        given(
            "CONSTANTS['relief'] == 3 and sequence.parameters['brokering_strain'].low < 3"
        ),
    ),
    "What the first two do to the": said(
        "two opens", wording("asks for what the block below prints")
    ),
    "Later revisions moved what the": said(
        "loses",
        given(
            "all(next(one.claim for one in sequence.terms if one.name == name) is None for name in ('place taken by Türkiye', 'trade drawn off the northern route', 'attention spent running the route', 'refusing under pressure'))"
        ),
    ),
    "At the baseline the corridor": said(
        "open both one",
        yields(
            "all(so(model) is EVERY and len(solve(model.game(), in_turn)) == 1 and played(model)['Russia'] == 'broker' for model in TREES)"
        ),
    ),
    "All choosing at once, the corridor": said("opens no", yields("so(activation) is NO")),
    "It does open in a mixed one,": said(
        "open one more often less often",
        yields("chances(activation)[0] > Fraction(1, 2) > chances(activation, APART)[0]"),
    ),
    "Logit quantal response goes to": said(
        "one less 1995",
        source("McKelvey and Palfrey 1995"),
        yields(
            "abs(float(solve(activation.game(), LogitQuantalResponse(64))[0].probability(activation.outcomes[OPEN].mask)) - float(chances(activation)[0])) < 0.005"
        ),
    ),
    "Armenia opens in the trees while": said(
        "opens",
        yields(
            "all(turns(model, 'russia_attention', 'Armenia opens') == ['2/3', 'EVERY', 'NO'] for model in TREES)"
        ),
    ),
    "Above it Russia prefers obstructing": said(
        "prefers indifferent",
        yields(
            "all('Russia: broker -> obstruct' in switch(model, 'russia_attention') for model in TREES)",
            "so(sequence, 'Armenia opens', at={'russia_attention': '2/3'}) is SOME",
        ),
    ),
    "Shares by verdict, with exact": said(
        "95 % 20,000", wording("says what the block below prints")
    ),
    "Where the road stays shut in": said(
        "stays shut",
        yields(
            "all(of(model, where(Azerbaijan='connect') & ~model.outcomes[OPEN].when, EVERY, SOME) == 0 for model in TREES)"
        ),
    ),
    "The same points, with one player": said(
        "one one", wording("says what the block below asks")
    ),
    "What is played where the road": said(
        "stays shut", wording("asks for what the block below prints")
    ),
    "The essay ascribes both weaknesses": said("both one", source("essay ¶5")),
    "All other assumptions anywhere": said(
        "opens", wording("says what the block below prints")
    ),
    "What the essay expects, what": said("hold", wording("says where the claims are")),
    "No player has an action that": said("no proved dominant", shown("[{}, {}, {}, {}]")),
    "A pledge that is never called.": said("never", yields("dropped(ORDERS[0]) == 0")),
    "In sequence C1's cost of standing": said(
        "changes no",
        yields("dropped(ORDERS[0]) == 0"),
        given("sequence.parameters['connect_cost'].low > 0"),
    ),
    "The pledge works through the": said(
        "half",
        given(
            "{one.name for one in sequence.terms if one.claim == 'C1'} == {'ally let down', 'Turkish backing against Russia', 'Turkish backing against Iran'}"
        ),
    ),
    "Let Türkiye answer an obstruction": said(
        "decides decides", yields("dropped(ORDERS[3]) > 0")
    ),
    "The shares of points at which": said(
        "changes", wording("says what the block below prints")
    ),
    "It falls most where Russia and": said(
        "most decides most",
        yields(
            "sorted((label for label in versions('corridor.sequence') if 'order' in label), key=lambda label: opens(version(sequence, label)))[:2] == ['if they moved in the order Russia, Iran, Türkiye, Azerbaijan, Armenia', 'if they moved in the order Azerbaijan, Russia, Iran, Armenia, Türkiye']",
            "max(ORDERS, key=dropped) == ('Azerbaijan', 'Russia', 'Iran', 'Türkiye', 'Armenia')",
        ),
    ),
    "Each parameter, drawn anew at": said(
        "20,000 0 changes open least most", wording("says what the block below prints")
    ),
    "In activation Türkiye's trade": said(
        "never cannot alone never decides gains",
        yields(
            "moving('corridor.activation')['turkish_trade'] == 0",
            "'turkish_trade' not in weighed_parameters(activation)['Türkiye']",
        ),
    ),
    "It stays, as the trees share": said(
        "stays", given("any('turkish_trade' in str(one.amount) for one in sequence.terms)")
    ),
    "Point 9 of the statement of the": said(
        "9 three 9 10 2020 both", source("1news.az, 12 October 2024")
    ),
    "That it runs the road, and gains": said(
        "gains stays",
        given("sequence.parameters['broker_rent'].source == 'not in the essay'"),
    ),
    "Later arrangements point elsewhere;": said("none", source("the essay")),
    "Azerbaijan and Iran signed a": said(
        "11 2022 one one 2023",
        source("agenzianova.com, presstv.ir, courrier.am, oc-media.org"),
    ),
    "That it is worth less than the": said(
        "less 2023", source("massispost.com, October 2023")
    ),
    "So the range of bypass_value": said("more", wording("how we read these sources")),
    "No fee was seen in the accounts": said(
        "no",
        given("sequence.parameters['bypass_fee'].source == 'not in the essay'"),
        source("the accounts named there"),
    ),
    "In the models Iran chooses nothing": said(
        "nothing one both",
        given(
            "not any('bypass' in action for action in activation.form.actions['Iran'])",
            "activation.form.actions['Azerbaijan'] == ('connect', 'bypass', 'wait')",
        ),
    ),
    "What follows was read as abstracts": said(
        "none", source("the search and the reading that the page reports")
    ),
    "Where only a title page was read,": said(
        "only no", source("the search and the reading that the page reports")
    ),
    "The search covered stored public": said(
        "none", source("the search and the reading that the page reports")
    ),
    "It found no published model with": said(
        "no five", source("the search and the reading that the page reports")
    ),
    "Fraser, Hipel, Jaworsky and Zuljan": said(
        "1990 34 4 652–677", source("the work named there, as far as it was read")
    ),
    "So it assumes less than ours,": said(
        "less", source("the work named there, as far as it was read")
    ),
    "Its players and findings were": said(
        "one", source("the work named there, as far as it was read")
    ),
    'Harutyunyan (2017), "Two state': said(
        "2017 two 7 1 69–93", source("the work named there, as far as it was read")
    ),
    "Two states are uncertain of each": said(
        "two two no", source("the work named there, as far as it was read")
    ),
    "Ours has neither incomplete information": said(
        "neither five",
        given(
            "type(activation.form).__name__ == 'NormalForm' and not sequence.form.chance and len(activation.players) == 5"
        ),
    ),
    '"The Geopolitics of the Zangezur': said(
        "2025", source("the work named there, as far as it was read")
    ),
    "No payoffs or equilibria are": said(
        "no", given("'Israel' not in activation.players"), source("its abstract")
    ),
    "Medzhidov (2020), in Russian,": said(
        "2020 4 no 3", source("the work named there, as far as it was read")
    ),
    "By its abstract a sequential": said(
        "more two neither", source("the work named there, as far as it was read")
    ),
    "It appeared three months before": said(
        "three 2020 every", source("the work named there, as far as it was read")
    ),
    "No ranges or thresholds are visible": said(
        "no", source("the work named there, as far as it was read")
    ),
    'Ikonnikova (2006), "Games the': said(
        "2006 hold 1895", source("the work named there, as far as it was read")
    ),
    "By its abstract producers and": said(
        "two", source("the work named there, as far as it was read")
    ),
    "That is the outside option which": said(
        "only no", given("'bypass' in activation.form.actions['Azerbaijan']")
    ),
    '"Stability Analysis of the Proposed': said(
        "2013 1777–1782 five", source("the work named there, as far as it was read")
    ),
    "It is closest to ours in size": said(
        "three",
        given("len({'Azerbaijan', 'Iran', 'Russia'} & set(activation.players)) == 3"),
        source("the work named there, as far as it was read"),
    ),
    "As all of these differ from ours": said(
        "differ no", wording("says what was not compared")
    ),
    "Whether Russia runs the road": said(
        "gains loses most",
        given(
            "[sequence.parameters[name].source for name in ('broker_rent', 'brokering_strain', 'leverage')].count('not in the essay') == 2"
        ),
    ),
    "Threat only weakens Iran here.": said(
        "only",
        given(
            "{str(one.amount) for one in sequence.terms if 'iran_threat' in str(one.amount) and one.player == 'Iran'} == {'-6*iran_threat', '3*iran_threat'}"
        ),
    ),
    "A threatened Iran may fear encirclement": said(
        "more", wording("says what the models leave out")
    ),
    "The essay carries no date; the": said("no 7", source("the essay, ¶5")),
    "It mentions no agreement on the": said("no 2020", source("the essay")),
    "Of the claims that can be negated,": said(
        "alone shuts",
        yields(
            "all([label for label, kind in wrong(model).items() if kind is NO] == ['C1', 'C4', 'C5', 'C7', 'C8'] for model in TREES)"
        ),
    ),
    "The pure equilibrium lies in the": said(
        "0 one 1",
        yields(
            "parts(activation) == [(0, 1), (2, 0)]",
            "3 in solve(activation.game(), nash).components[1].equilibria",
        ),
    ),
    'So at the baseline "the corridor': said(
        "stays shut alone", yields("so(activation) is NO and max(chances(activation)) > 0")
    ),
    "Over the whole range box fewer": said(
        "fewer open",
        yields("all(often(model, OPEN, EVERY, SOME) < 0.5 for model in MODELS)"),
    ),
    "Over all ranges the road opens": said(
        "opens fifth", yields("all(about(often(model), 0.2, 0.1) for model in TREES)")
    ),
    "A road without Russia is a small": said(
        "small", yields("all(often(model, APART) < often(model) / 4 for model in TREES)")
    ),
    "Ranges run from a quarter of a": said(
        "quarter twice change",
        given(
            "all(one.low == one.baseline / 4 and one.high == 2 * one.baseline for name, one in sequence.parameters.items() if one.unit == 'points' and name not in ('middle_corridor', 'brokering_strain'))"
        ),
    ),
    "But there are points at which": said(
        "open more opens",
        yields(
            "(at_points(sequence.with_actions({'Azerbaijan': 'connect'})) & ~at_points(sequence)).any()"
        ),
    ),
    "Of the points at which the road": said(
        "stays shut", wording("says what the block below prints")
    ),
    "These are not shares of blame:": said(
        "two", wording("says how the restrictions are made")
    ),
    "Only fixed restrictions are tried,": said(
        "only", wording("says how the restrictions are made")
    ),
    "What the others choose changes with": said(
        "changes", wording("says how the restrictions are made")
    ),
    "How often it refuses a road that": said(
        "often one one", wording("says what the block below prints")
    ),
    "So most refusals meet nobody who": said(
        "most nobody pays", shown("a road that is let be, Türkiye holding back 35.0%")
    ),
    "At how many points an action is": said("every none", wording("says where it is")),
    "In the first two orders, which": said(
        "two differ one hundred",
        yields("0.005 < often(reaction) - often(sequence) < 0.015"),
    ),
    "Ours: that it would endorse the": said(
        "one one always", source("the terms of guarantees in games/corridor")
    ),
    "Ours leaves Israel out, follows": said(
        "nobody", given("'Israel' not in activation.players")
    ),
    "The constants have no range of": said(
        "no half",
        given(
            "not set(CONSTANTS) & set(sequence.parameters)",
            "halved_and_doubled() == (set(CONSTANTS), set(CONSTANTS))",
            "CONSTANTS['backing'] == Fraction(1, 2)",
        ),
    ),
    "The two threats that matter, Turkish": said(
        "two",
        given(
            "{'Turkish backing against Russia', 'Turkish backing against Iran', 'Russian retaliation'} <= {one.name for one in sequence.terms}"
        ),
    ),
    "Russia retaliates at no cost against": said(
        "no every",
        given(
            "[one.player for one in sequence.terms if one.name == 'Russian retaliation'] == ['Armenia']"
        ),
    ),
    "Running the road takes its strain,": said(
        "less no gain",
        yields(
            "about(float((draw(sequence, 20_000, 0) @ [{'brokering_strain': -1, 'russia_attention': 3}.get(name, 0) for name in sequence.parameters] > 0).mean()), 1 / 8, 0.1)"
        ),
    ),
    '"Open on conditions" means a road': said(
        "open open", wording("says what the actions mean")
    ),
    "Baku has read it as an obligation": said(
        "open opens most both stay", source("the news pages linked there")
    ),
}
