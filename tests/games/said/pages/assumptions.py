"""What is said on docs/explanation/corridor-assumptions.md."""

from tests.games.said._table import given, said, wording

SAID = {
    "Activation, sequence and reaction": said(
        "differ",
        given(
            "activation.parameters == sequence.parameters == reaction.parameters and activation.terms == sequence.terms == reaction.terms"
        ),
    ),
    "Every number is an illustrative": said("every", wording("says what the numbers are")),
    "What a share of 1 stands for,": said("1", wording("says what the table below holds")),
    "None of these is in the essay;": said(
        "none halves",
        given("halved_and_doubled() == (set(CONSTANTS), set(CONSTANTS))"),
    ),
    "A payoff is the sum of the amounts": said(
        "holds", wording("what a model of this toolkit is")
    ),
    'A road "runs" if Azerbaijan connects,': said(
        "opens neither", given("means(sequence, OPEN, road)")
    ),
    "By this code, when the page is": said(
        "cannot", wording("says how the tables are made")
    ),
}
