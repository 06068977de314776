"""What is said on docs/explanation/corridor-activation.md."""

from tests.games.said._table import given, said, shown, source, wording, yields

SAID = {
    "Türkiye, Azerbaijan, Armenia,": said(
        "none", given("type(activation.form).__name__ == 'NormalForm'")
    ),
    "Three concepts are asked: all": said("three", wording("names what the page asks")),
    "In the pure equilibrium nobody": said(
        "nobody nobody opens",
        shown("Türkiye: hold back, Azerbaijan: wait, Armenia: refuse"),
        yields(
            "played(activation)['Azerbaijan'] == 'wait' and played(activation)['Armenia'] == 'refuse'"
        ),
    ),
    "This does not say that the essay": said(
        "stays shut", yields("max(chances(activation)) > 0")
    ),
    "They are infinitely many, in": said(
        "two", shown("infinitely many equilibria (Nash)", "in 2 connected parts")
    ),
    "In the first Türkiye, Armenia": said(
        "opens less often",
        shown("Türkiye: press (", "Armenia: open on conditions (", "Russia: obstruct ("),
        yields("0 < chances(activation, APART)[0] < chances(activation)[0]"),
    ),
    "It stands alone, with index +1,": said(
        "alone 1 small change",
        yields("parts(activation)[0] == (0, 1)"),
        source("a part whose index is not 0 is essential (Ritzberger 1994)"),
    ),
    "The pure equilibrium lies in": said(
        "0 no",
        yields(
            "parts(activation)[1][1] == 0",
            "3 in solve(activation.game(), nash).components[1].equilibria",
        ),
    ),
    "(The indices of all parts add": said(
        "1", yields("sum(index for _, index in parts(activation)) == 1")
    ),
    "How often is it so over the ranges?": said(
        "often", wording("asks for what the block below prints")
    ),
    "Each sample is solved by itself,": said(
        "fewer proved none",
        shown("possible but not sure in Nash equilibrium", "in no Nash equilibrium"),
        yields("mixed('corridor.activation').counts[Verdict.UNKNOWN] == 0"),
    ),
    "With pure equilibria beside,": said(
        "hundred one",
        shown("Over the ranges some equilibrium lets 'corridor open' come about at"),
        given("'(100 of 100 settled)' in robustness(activation, pure, OPEN).sentences[-1]"),
    ),
    "So pure equilibria give a small": said(
        "small",
        yields(
            "0 < 4 * often(activation, OPEN, SOME) < float(mixed('corridor.activation').frequency(SOME).value)"
        ),
    ),
    "That a mixed equilibrium exists": said(
        "one indifferent", source("what a mixed equilibrium is (Nash 1951)")
    ),
    "Asking for a refusal costs something,": said(
        "costs something",
        given(
            "idle_costs()",
            "min(sequence.parameters[name].low for name in ('connect_cost', 'pressing_cost', 'obstruction_cost', 'guarantee_price')) > 0",
        ),
    ),
    "(Where Russia's attention is": said(
        "0 nobody nobody more less",
        yields(
            "of(activation, where(Russia='broker') & ~where(Azerbaijan='connect'), EVERY, SOME) > 0"
        ),
        given("idle_broker()"),
    ),
    "So the verdict for all pure equilibria": said(
        "every none",
        yields(
            "often(activation) == 0",
            "often(activation, APART) == 0",
            "of(activation, ~where(Azerbaijan='connect'), EVERY, SOME) == 1",
        ),
    ),
    "No parameter changes the verdict": said(
        "no changes alone no",
        shown("corridor open, pure Nash: along each parameter {'NO'}, claims wrong {'NO'}"),
    ),
    "Nor does any for open without": said(
        "open",
        shown(
            "open without Russia, pure Nash: along each parameter {'NO'}, claims wrong {'NO'}"
        ),
    ),
    "Two parameters at once can.": said(
        "two",
        yields(
            "so(activation, at={'broker_rent': 4, 'normalisation': 1}) is SOME",
            "all_along(activation) == {NO}",
        ),
    ),
    "The corridor is open in some": said(
        "open pays",
        yields(
            "so(activation, at={'broker_rent': 4, 'normalisation': 1}) is SOME",
            "all(so(activation, at={'broker_rent': low, 'normalisation': high}) is NO for low, high in (('1/2', 1), (4, 0), ('1/2', 0)))",
        ),
    ),
    "Elsewhere it is open in no pure": said("open no", shown("in no equilibrium")),
    "Where the map is hatched, a road": said(
        "one nobody",
        shown(
            "B Türkiye: hold back, Azerbaijan: connect, Armenia: open on conditions, Russia: broker"
        ),
        yields(
            "len(solve(activation.game({'broker_rent': 4, 'normalisation': 1}), pure)) == 2"
        ),
    ),
    "Something would have to bring": said(
        "five one nothing", wording("what the form leaves out")
    ),
    "The order of moves is one such": said("one", yields("so(sequence) is EVERY")),
    "Shares are of uniform points": said("no", wording("says what a share is")),
    "Without weakly dominated actions": said(
        "no", shown("there is no pure Nash equilibrium without weakly dominated actions")
    ),
    "Then the concept has no answer,": said(
        "no shut", wording("says what a verdict means")
    ),
    "Each action's share of the cases": said(
        "one one every", wording("says what the table below holds")
    ),
    "No action is idle: each is a": said(
        "no idle hardly",
        yields(
            "min(one.somewhere.value for one in replies('corridor.activation').rows) > 0.4"
        ),
    ),
    "Where Azerbaijan does not ask,": said(
        "three pay often seldom",
        given(
            "all('Azerbaijan: connect' in str(one.when) for one in activation.terms if one.player == 'Armenia')"
        ),
        yields(
            "all(one.strictly.value < one.weakly.value / 4 for one in replies('corridor.activation').rows if one.player == 'Armenia')"
        ),
    ),
    "The outcome Armenia opens counts": said(
        "opens open",
        given(
            "means(activation, 'Armenia opens', lambda done: done['Armenia'] != 'refuse')"
        ),
    ),
    "One parameter is weighed by nobody:": said(
        "one nobody gain alone", shown("['turkish_trade']")
    ),
    "Who could commit, who would answer": said("none", wording("what the form leaves out")),
    "Nor does it say which of several": said("five", wording("what the form leaves out")),
}
