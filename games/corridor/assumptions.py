"""What the corridor models assume.

Parameters, claims, conditions and terms, written once and shared by all of them.

Every number is an illustrative assumption, not a measurement. To leave little room for
steering the answer, baselines are grades (1 slight, 2 small, 4 middling, 5 large) and a
quantity in points ranges from a quarter of its baseline to twice it; shares range over all
that is possible, 0 to 1. A row that departs from this says so in its reason. Points are not
compared between players.
"""

from fractions import Fraction

from strategy import Claim, Inquiry, Outcome, Parameter, Parameters, Term, where
from strategy.assumptions import Phrase

# The players in the order of the text's own interest; who moves when is a matter of each
# model.
ACTIONS = {
    "Türkiye": ("press", "hold back"),
    "Azerbaijan": ("connect", "bypass", "wait"),
    "Armenia": ("open", "open on conditions", "refuse"),
    "Russia": ("obstruct", "broker", "acquiesce"),
    "Iran": ("obstruct", "accept for a guarantee", "acquiesce"),
}

# What people read in place of these: a clause, and an infinitive.
phrases = {
    ("Türkiye", "press"): Phrase(
        "Türkiye presses for the corridor", "to press for the corridor"
    ),
    ("Türkiye", "hold back"): Phrase("Türkiye holds back", "to hold back"),
    ("Azerbaijan", "connect"): Phrase(
        "Azerbaijan asks for the link", "to ask for the link"
    ),
    ("Azerbaijan", "bypass"): Phrase(
        "Azerbaijan goes around through Iran", "to go around through Iran"
    ),
    ("Azerbaijan", "wait"): Phrase("Azerbaijan waits", "to wait"),
    ("Armenia", "open"): Phrase(
        "Armenia opens without conditions", "to open without conditions"
    ),
    ("Armenia", "open on conditions"): Phrase(
        "Armenia opens on conditions", "to open on conditions"
    ),
    ("Armenia", "refuse"): Phrase("Armenia refuses", "to refuse"),
    ("Russia", "obstruct"): Phrase("Russia obstructs the route", "to obstruct the route"),
    ("Russia", "broker"): Phrase("Russia runs the route", "to run the route"),
    ("Russia", "acquiesce"): Phrase("Russia lets the route be", "to let the route be"),
    ("Iran", "obstruct"): Phrase("Iran obstructs the route", "to obstruct the route"),
    ("Iran", "accept for a guarantee"): Phrase(
        "Iran accepts the route for a guarantee", "to accept the route for a guarantee"
    ),
    ("Iran", "acquiesce"): Phrase("Iran lets the route be", "to let the route be"),
}

ABOUT = (
    "A reading of an essay that sees an opening for Türkiye to be more active in the South "
    "Caucasus, and expects the Zangezur Corridor to serve development, balance and "
    "integration. The essay carries no date and mentions no agreement on the route, so "
    "nothing here describes the state of affairs today. "
    "Every number is an illustrative assumption with a range: what follows is an answer "
    "about the argument, not a forecast and not advice."
)
LEAVES_OUT = (
    "any agreement on the route: the essay, which carries no date, mentions none",
    "the settlement between Azerbaijan and Armenia itself (¶7)",
    "force, its use and its threat (¶1, ¶6)",
    (
        "Georgia, Israel, the United States, the European Union, China and Central Asia: none "
        "of them chooses; Georgia appears only as a reason why the corridor adds little to "
        "Türkiye's trade, China and Central Asia only in the Middle Corridor's trade (¶2, ¶3, "
        "¶4)"
    ),
    (
        "what the players do not know about each other: how much attention Russia can "
        "spare, how weak Iran is (¶5)"
    ),
    "time: windows that close, talks that repeat, a Russia that returns (¶5, ¶7)",
    "politics within the countries, except as what opening costs Armenia at home (¶7)",
    (
        "how the gains are shared and who pays whom: there are no side payments beyond "
        "the guarantees to Iran, and no Armenian transit through Azerbaijan in return"
    ),
    "the work of Türkiye's institutions (¶6), the Organization of Turkic States, and Türkiye "
    "as a regulatory power in Central Asia (¶8)",
    (
        "an Iran that fears encirclement the more it is threatened, and resists harder: "
        "only its weakness is modelled (¶5)"
    ),
)

# Points that a share of 1 stands for, by name. The shares themselves run from 0 to 1, so each
# effect runs from nothing to the figure here; a second factor with a range of its own would
# only make the amounts non-linear. None is in the essay, and `terms_with` takes others.
CONSTANTS: dict[str, Fraction | int] = {
    # obstructing, for a Russia with no attention to spare or an Iran under the whole threat:
    # the same for both
    "obstructing": 6,
    # how much less running the route takes from a Russia with all its attention to spare
    "relief": 3,
    # what an undistracted Russia can make Armenia pay for opening without it
    "retaliation": 4,
    "border": 4,  # a fully normal border with Türkiye, for Armenia
    # the word of one neighbour, for an Iran under the whole threat; two can give theirs
    "guarantee": 3,
    "bypass_risk": 2,  # what the whole threat to Iran takes from a road through Iran
    # the part of Türkiye's commitment that a state which obstructs puts at risk
    "backing": Fraction(1, 2),
    "stretch": Fraction(1, 2),  # Armenia's part of the Middle Corridor's trade
}
OBSTRUCTING = CONSTANTS["obstructing"]
RETALIATION = CONSTANTS["retaliation"]
BORDER = CONSTANTS["border"]
GUARANTEE = CONSTANTS["guarantee"]
BACKING = CONSTANTS["backing"]
STRETCH = CONSTANTS["stretch"]


def graded(
    baseline: int, source: str, reason: str, label: str, says: str, ends: tuple[str, str]
) -> Parameter:
    """A quantity in points.

    A graded baseline, and a range from a quarter of it to twice it.
    """
    return Parameter(
        baseline,
        low=f"{baseline / 4:g}",
        high=2 * baseline,
        unit="points",
        source=source,
        reason=reason,
        label=label,
        says=says,
        ends=ends,
    )


def share(
    baseline: str, source: str, reason: str, label: str, says: str, ends: tuple[str, str]
) -> Parameter:
    return Parameter(
        baseline,
        low=0,
        high=1,
        unit="share",
        source=source,
        reason=reason,
        label=label,
        says=says,
        ends=ends,
    )


ADDED = "not in the essay"

parameters = Parameters(
    commitment=graded(
        4,
        "essay ¶1",
        "how firmly the Shusha Declaration binds Türkiye: what it loses if it stands "
        "aside while its ally is blocked; half of it is what each state that obstructs "
        "against a pressing Türkiye puts at risk; the essay has the alliance and its "
        "declaration, and neither of these two effects",
        label="Türkiye's commitment",
        says="Türkiye's commitment weighs {v}",
        ends=("loose", "firm"),
    ),
    regional_influence=graded(
        4,
        "essay ¶3",
        "the Russian influence that a pressing Türkiye displaces if the route runs without "
        "Russia",
        label="Russian influence in the region",
        says="the Russian influence at stake is worth {v} to Türkiye",
        ends=("slight", "strong"),
    ),
    pressing_cost=graded(
        2,
        ADDED,
        (
            "diplomacy, money and friction with Moscow and Tehran; without it pressing "
            "would be free"
        ),
        label="Türkiye's cost of pressing",
        says="pressing takes {v} from Türkiye's payoff",
        ends=("low", "high"),
    ),
    turkish_trade=graded(
        2,
        "essay ¶4",
        (
            "trade of Türkiye through the corridor; small, as it trades through Georgia "
            "already"
        ),
        label="Türkiye's trade through the corridor",
        says="trade through the corridor adds {v} to Türkiye's payoff",
        ends=("little", "much"),
    ),
    connectivity=graded(
        5,
        "essay ¶4, ¶9",
        "the land link to Nakhchivan: the essay calls the corridor critical for connecting "
        "the territories",
        label="the worth of a link to Nakhchivan",
        says="the link to Nakhchivan adds {v} to Azerbaijan's payoff",
        ends=("little", "much"),
    ),
    connect_cost=graded(
        2,
        ADDED,
        "building up to the border and asking in public, whatever the answer",
        label="Azerbaijan's cost of connecting",
        says="connecting takes {v} from Azerbaijan's payoff",
        ends=("low", "high"),
    ),
    bypass_value=graded(
        2,
        ADDED,
        (
            "a link to Nakhchivan through Iran, worth less than the direct one, which is "
            "all the essay looks at"
        ),
        label="the worth of a link through Iran",
        says="a link through Iran adds {v} to Azerbaijan's payoff",
        ends=("little", "much"),
    ),
    bypass_fee=graded(
        1,
        ADDED,
        "what Azerbaijan pays Iran for that link",
        label="Iran's fee for a link through it",
        says="Azerbaijan pays Iran {v} for a link through it",
        ends=("low", "high"),
    ),
    transit_income=graded(
        4,
        "essay ¶4",
        "transit and trade that an open route brings Armenia",
        label="Armenia's transit income",
        says="transit on an open route adds {v} to Armenia's payoff",
        ends=("little", "much"),
    ),
    investment=graded(
        2,
        ADDED,
        (
            "what a pressing Türkiye puts into the Armenian stretch; an inducement beside "
            "the border"
        ),
        label="Turkish investment in Armenia",
        says="Türkiye's investment adds {v} to Armenia's payoff",
        ends=("little", "much"),
    ),
    domestic_cost=graded(
        4,
        "essay ¶7",
        "opposition in Armenia to any opening: balances within both countries make the talks "
        "falter, and that Armenia alone bears them here is not in the essay; graded as high as "
        "the income, since a small cost left Armenia's answer almost without effect on the "
        "verdict",
        label="opposition within Armenia",
        says="opposition at home takes {v} from Armenia's payoff if it opens",
        ends=("weak", "strong"),
    ),
    sovereignty=graded(
        4,
        ADDED,
        (
            "control that Armenia gives up if it opens without conditions; the usual "
            "Armenian objection, which leaves opening so hardly ever its best answer"
        ),
        label="the control that Armenia gives up",
        says="opening without conditions takes {v} from Armenia's payoff",
        ends=("little", "much"),
    ),
    conditions_cost=graded(
        1,
        ADDED,
        (
            "what Armenian checks and customs on the road take from the gain of Armenia "
            "and of Azerbaijan"
        ),
        label="the cost of Armenian checks",
        says="Armenian checks take {v} from Armenia's and Azerbaijan's payoffs",
        ends=("low", "high"),
    ),
    refusal_cost=graded(
        2,
        ADDED,
        "what refusing costs Armenia when Türkiye and Azerbaijan ask together: isolation, and "
        "fear of what might follow; the essay tells of an intervention (¶1), and does not say "
        "that it weighs on this choice",
        label="Armenia's cost of refusing",
        says="refusing under pressure takes {v} from Armenia's payoff",
        ends=("low", "high"),
    ),
    leverage=graded(
        5,
        "essay ¶4",
        "influence that Russia loses when the route runs; that it loses it whoever runs the "
        "route is not in the essay, which has an alternative to Russia in mind",
        label="the leverage that Russia loses",
        says="leverage lost to a running route takes {v} from Russia's payoff",
        ends=("little", "much"),
    ),
    broker_rent=graded(
        2,
        ADDED,
        "influence and fees that Russia keeps by running the route",
        label="Russia's gain from running the route",
        says="running the route adds {v} to Russia's payoff",
        ends=("little", "much"),
    ),
    brokering_strain=Parameter(
        3,
        low="1.5",
        high="4.5",
        unit="points",
        source=ADDED,
        reason="what running the route takes from a Russia with no attention to spare: half of "
        "what obstructing takes, give or take half of that; from one with all its attention "
        "it takes 3 points less, so where the strain is low it gains by being there",
        label="the strain on Russia of running the route",
        says="running the route takes up to {v} from Russia's payoff",
        ends=("low", "high"),
    ),
    lost_place=graded(
        2,
        ADDED,
        "what Russia loses on top of the leverage where a pressing Türkiye takes its place: a "
        "reason to resist what Türkiye presses for",
        label="Russian influence lost to Türkiye",
        says="influence lost to Türkiye takes {v} from Russia's payoff",
        ends=("small", "large"),
    ),
    northern_trade=graded(
        1,
        ADDED,
        "trade that the route draws off Russia's northern route",
        label="Russia's loss of trade on its northern route",
        says="trade drawn off its northern route takes {v} from Russia's payoff",
        ends=("small", "large"),
    ),
    supervision=graded(
        2,
        ADDED,
        (
            "what a Russian-run route is worth less to Armenia and to Azerbaijan, which "
            "balances Russia (essay ¶2)"
        ),
        label="the cost of Russian supervision",
        says="Russian supervision takes {v} from Armenia's and Azerbaijan's payoffs",
        ends=("low", "high"),
    ),
    obstruction_cost=graded(
        1,
        ADDED,
        "what obstructing costs Russia or Iran even with a free hand",
        label="the cost of obstructing as such",
        says="obstructing takes {v} from a payoff even with a free hand",
        ends=("low", "high"),
    ),
    iran_loss=graded(
        4,
        ADDED,
        "Iran's loss from the route: transit fees, and the weight of its border with "
        "Armenia; the essay does not say that Iran objects, or loses",
        label="Iran's loss from the route",
        says="a running route takes {v} from Iran's payoff",
        ends=("small", "large"),
    ),
    guarantee_price=graded(
        2,
        ADDED,
        "what Iran gives up by endorsing the route in public, at home and towards Armenia",
        label="Iran's cost of taking guarantees",
        says="taking guarantees takes {v} from Iran's payoff",
        ends=("low", "high"),
    ),
    guarantee_cost=graded(
        1,
        ADDED,
        (
            "what a guarantee to Iran costs each neighbour that gives one, with its other "
            "partners"
        ),
        label="a neighbour's cost of a guarantee",
        says="giving Iran a guarantee takes {v} from a neighbour's payoff",
        ends=("low", "high"),
    ),
    middle_corridor=Parameter(
        2,
        low=0,
        high=4,
        unit="points",
        source="essay ¶4",
        reason="trade between China, Central Asia and Europe that comes with the route; "
        "Armenia, a short stretch, gains half of it; the range starts at nothing, for the "
        "Middle Corridor may stay a plan",
        label="Middle Corridor trade",
        says="Middle Corridor trade adds {v} to Türkiye's and Azerbaijan's payoffs",
        ends=("none", "much"),
    ),
    russia_attention=share(
        "0.3",
        "essay ¶5",
        "what the war in Ukraine leaves of Russia's attention for the South Caucasus",
        label="Russia's spare attention",
        says="Russia can spare {v} of its attention",
        ends=("none", "all of it"),
    ),
    iran_threat=share(
        "0.6",
        "essay ¶5",
        "how far Iran is worn down and fears for the survival of its regime",
        label="the threat to Iran",
        says="the threat to Iran is {v} of the worst",
        ends=("none", "at its worst"),
    ),
    normalisation=share(
        "0.4",
        "essay ¶7",
        "how far Türkiye and Armenia have normalised; begun, far from done; that it means an "
        "open border, and that the border opens only with the road, is not in the essay",
        label="Turkish-Armenian normalisation",
        says="Türkiye and Armenia have gone {v} of the way to normal relations",
        ends=("not begun", "complete"),
    ),
)
p = parameters

claims = (
    Claim(
        "C1",
        "The alliance of Türkiye and Azerbaijan is institutionalised by the Shusha "
        "Declaration: read here as a pledge that makes standing aside costly, and gives "
        "weight to Türkiye's pressing.",
        paragraph=1,
        if_wrong={"commitment": 0},
        label="Türkiye's pledge binds it",
    ),
    Claim(
        "C3",
        (
            "Excessive Russian influence in the South Caucasus could threaten Türkiye: read "
            "here as a gain from displacing it."
        ),
        paragraph=3,
        if_wrong={"regional_influence": 0},
        label="Russian influence costs Türkiye",
    ),
    Claim(
        "C4",
        (
            "A running corridor pays Azerbaijan, Armenia and Türkiye, and costs Russia "
            "leverage."
        ),
        paragraph=4,
        if_wrong={
            "connectivity": 0,
            "transit_income": 0,
            "turkish_trade": 0,
            "leverage": 0,
        },
        label="The corridor pays three and costs Russia",
    ),
    Claim(
        "C5",
        "The corridor is a piece of the Middle Corridor, whose trade comes with it.",
        paragraph=4,
        if_wrong={"middle_corridor": 0},
        label="The Middle Corridor's trade comes with it",
    ),
    Claim(
        "C7",
        (
            "Russia's attention is bound elsewhere, so obstructing costs it more than it can "
            "spare."
        ),
        paragraph=5,
        if_wrong={"russia_attention": 1},
        label="Russia is busy elsewhere",
    ),
    Claim(
        "C8",
        (
            "Iran is worn down: obstructing strains it, and guarantees from neighbours "
            "are worth more to it."
        ),
        paragraph=5,
        if_wrong={"iran_threat": 0},
        label="Iran is worn down",
    ),
    Claim(
        "C11",
        "Normalisation with Türkiye makes opening pay Armenia more.",
        paragraph=7,
        if_wrong={"normalisation": 0},
        label="Normalisation makes opening pay",
    ),
)

# Conditions, the same in every model. An answer to a question that nobody asked pays and
# costs nothing, and a guarantee is given for a road that is agreed. Obstructing, brokering
# and endorsing take what they take wherever they are chosen: they have to be got ready before
# it is known what the others do. (Where attention gives back more than the strain, at an
# eighth of the ranges, brokering is then a gain whether or not there is a road.)
asked = where(Azerbaijan="connect")
opens = where(Armenia=("open", "open on conditions"))
obstructed = where(Russia="obstruct") | where(Iran="obstruct")
pressing = where(Türkiye="press")
agreed = asked & opens
runs = agreed & ~obstructed
brokered = runs & where(Russia="broker")
independent = runs & ~where(Russia="broker")
on_conditions = runs & where(Armenia="open on conditions")
unconditional = asked & where(Armenia="open")
guaranteed = agreed & where(Iran="accept for a guarantee")

corridor_open = Outcome(
    "corridor open",
    when=runs,
    ask="Does the corridor open?",
    yes="the corridor opens",
    no="the corridor stays shut",
)
armenia_opens = Outcome(
    "Armenia opens",
    when=opens,
    ask="Does Armenia open?",
    yes="Armenia opens",
    no="Armenia stays closed",
)
open_without_russia = Outcome(
    "open without Russia",
    when=independent,
    ask="Does the corridor open without Russia running it?",
    yes="the corridor opens without Russia running it",
    no="the corridor stays shut or Russia runs it",
)
outcomes = (armenia_opens, corridor_open, open_without_russia)


def terms_with(**changed: Fraction | int) -> tuple[Term, ...]:
    """The terms, with other points for the constants named: ``terms_with(guarantee=6)``."""
    unknown = changed.keys() - CONSTANTS.keys()
    if unknown:
        raise ValueError(f"{sorted(unknown)}: expected one of {', '.join(CONSTANTS)}")
    points = {**CONSTANTS, **changed}
    return (
        Term("Türkiye", -p.pressing_cost, when=pressing, name="cost of pressing"),
        Term(
            "Türkiye",
            -p.commitment,
            when=where(Türkiye="hold back") & asked & obstructed,
            claim="C1",
            name="ally let down",
        ),
        Term(
            "Türkiye",
            p.regional_influence,
            when=pressing & independent,
            claim="C3",
            name="Russian influence displaced",
        ),
        Term("Türkiye", p.turkish_trade, when=runs, claim="C4", name="Turkish trade"),
        Term(
            "Türkiye",
            p.middle_corridor,
            when=runs,
            claim="C5",
            name="Middle Corridor through Türkiye",
        ),
        Term(
            "Türkiye",
            -p.guarantee_cost,
            when=pressing & guaranteed,
            name="guarantee given by Türkiye",
        ),
        Term("Azerbaijan", -p.connect_cost, when=asked, name="cost of connecting"),
        Term(
            "Azerbaijan", p.connectivity, when=runs, claim="C4", name="link to Nakhchivan"
        ),
        Term(
            "Azerbaijan",
            p.middle_corridor,
            when=runs,
            claim="C5",
            name="Middle Corridor through Azerbaijan",
        ),
        Term(
            "Azerbaijan",
            -p.conditions_cost,
            when=on_conditions,
            name="Armenian checks on Azerbaijan's way",
        ),
        Term(
            "Azerbaijan",
            -p.supervision,
            when=brokered,
            name="Russian supervision, for Azerbaijan",
        ),
        Term(
            "Azerbaijan",
            -p.guarantee_cost,
            when=guaranteed,
            name="guarantee given by Azerbaijan",
        ),
        Term(
            "Azerbaijan",
            p.bypass_value - p.bypass_fee,
            when=where(Azerbaijan="bypass"),
            name="bypass, less the fee",
        ),
        Term(
            "Azerbaijan",
            -points["bypass_risk"] * p.iran_threat,
            when=where(Azerbaijan="bypass"),
            name="bypass at risk",
        ),
        Term("Armenia", p.transit_income, when=runs, claim="C4", name="transit"),
        Term(
            "Armenia",
            points["stretch"] * p.middle_corridor,
            when=runs,
            claim="C5",
            name="Middle Corridor through Armenia",
        ),
        Term("Armenia", p.investment, when=pressing & runs, name="Turkish investment"),
        Term(
            "Armenia",
            points["border"] * p.normalisation,
            when=agreed,
            claim="C11",
            name="open border with Türkiye",
        ),
        Term("Armenia", -p.domestic_cost, when=agreed, name="domestic opposition"),
        Term("Armenia", -p.sovereignty, when=unconditional, name="control given up"),
        Term(
            "Armenia",
            -p.conditions_cost,
            when=on_conditions,
            name="Armenian checks on Armenia's income",
        ),
        Term(
            "Armenia",
            -p.supervision,
            when=brokered,
            name="Russian supervision, for Armenia",
        ),
        Term(
            "Armenia",
            -points["retaliation"] * p.russia_attention,
            when=agreed & ~where(Russia="broker"),
            name="Russian retaliation",
        ),
        Term(
            "Armenia",
            -p.refusal_cost,
            when=pressing & asked & where(Armenia="refuse"),
            name="refusing under pressure",
        ),
        Term(
            "Russia",
            -p.obstruction_cost,
            when=where(Russia="obstruct"),
            name="cost of obstructing, for Russia",
        ),
        Term(
            "Russia",
            -points["obstructing"] * (1 - p.russia_attention),
            when=where(Russia="obstruct"),
            claim="C7",
            name="attention spent obstructing",
        ),
        Term(
            "Russia",
            points["relief"] * p.russia_attention - p.brokering_strain,
            when=where(Russia="broker"),
            name="attention spent running the route",
        ),
        Term(
            "Russia",
            -points["backing"] * p.commitment,
            when=where(Russia="obstruct") & pressing,
            claim="C1",
            name="Turkish backing against Russia",
        ),
        Term("Russia", -p.leverage, when=runs, claim="C4", name="leverage lost"),
        Term(
            "Russia",
            p.broker_rent,
            when=brokered,
            name="leverage kept by running the route",
        ),
        Term(
            "Russia",
            -p.northern_trade,
            when=runs,
            name="trade drawn off the northern route",
        ),
        Term(
            "Russia",
            -p.lost_place,
            when=pressing & independent,
            name="place taken by Türkiye",
        ),
        Term(
            "Iran",
            -p.obstruction_cost,
            when=where(Iran="obstruct"),
            name="cost of obstructing, for Iran",
        ),
        Term(
            "Iran",
            -points["obstructing"] * p.iran_threat,
            when=where(Iran="obstruct"),
            claim="C8",
            name="strength worn down",
        ),
        Term(
            "Iran",
            -points["backing"] * p.commitment,
            when=where(Iran="obstruct") & pressing,
            claim="C1",
            name="Turkish backing against Iran",
        ),
        Term("Iran", -p.iran_loss, when=runs, name="transit and border lost"),
        Term(
            "Iran",
            points["guarantee"] * p.iran_threat,
            when=guaranteed,
            claim="C8",
            name="guarantee from Azerbaijan",
        ),
        Term(
            "Iran",
            points["guarantee"] * p.iran_threat,
            when=pressing & guaranteed,
            claim="C8",
            name="guarantee from Türkiye",
        ),
        Term(
            "Iran",
            -p.guarantee_price,
            when=where(Iran="accept for a guarantee"),
            name="endorsing the route",
        ),
        Term("Iran", p.bypass_fee, when=where(Azerbaijan="bypass"), name="bypass fee"),
    )


terms = terms_with()

# What may well move together, for joint stress: the essay ascribes both weaknesses to one
# moment (¶5).
TOGETHER = (
    "both weak: russia_attention=0, iran_threat=1",
    "both strong: russia_attention=1, iran_threat=0",
)

# What every model is asked, and what the models of everybody choosing at once are asked as
# well.
inquiries = (
    Inquiry(
        (
            "How weak must Russia's attention be before Armenia opens in every "
            "equilibrium, and in at least one?"
        ),
        "thresholds",
        {"parameter": "russia_attention"},
        outcome="Armenia opens",
    ),
    Inquiry("Which single claim, if wrong, changes the verdict? Which pair?", "ablation"),
    Inquiry(
        (
            "How firm must Türkiye's commitment be for the corridor to open, and who "
            "switches there?"
        ),
        "thresholds",
        {"parameter": "commitment"},
    ),
    Inquiry("What moves the players from one equilibrium to another?", "tipping"),
    Inquiry(
        (
            "Russia's attention against normalisation between Türkiye and Armenia: where "
            "is the corridor open, blocked, contested?"
        ),
        "map",
        {"x": "russia_attention", "y": "normalisation"},
    ),
    Inquiry(
        (
            "How often does the corridor open over the ranges stated, and which "
            "assumptions drive that?"
        ),
        "drivers",
    ),
    Inquiry(
        "And if Russia and Iran are weak together, or strong together?",
        "stress",
        {"group": TOGETHER},
    ),
)
table_inquiries = (
    Inquiry(
        "With several equilibria: which need coordination, and which is the safest?",
        "coordination",
    ),
    Inquiry(
        "What follows from the order of moves, and what is moving first worth?", "orders"
    ),
    Inquiry(
        "What would Türkiye gain by binding itself before the others choose?",
        "commitment",
        {"player": "Türkiye"},
    ),
)
