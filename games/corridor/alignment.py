"""Who stands with whom.

The five choose their alignment at once (essay ¶2, ¶4, ¶8), which leaves the corridor a way
or not.
"""

import attrs

from games.corridor.assumptions import (
    BACKING,
    BORDER,
    GUARANTEE,
    LEAVES_OUT,
    OBSTRUCTING,
    RETALIATION,
    STRETCH,
    armenia_opens,
    claims,
    corridor_open as shared_corridor_open,
    graded,
    inquiries,
    open_without_russia,
    parameters as shared,
    share,
    table_inquiries,
)
from games.corridor.checks import ELSEWHERE, THREE, checked
from strategy import Claim, Model, NormalForm, Outcome, Parameters, Term, where
from strategy.assumptions import (
    Check,
    Complements,
    Monotone,
    Occurs,
    Payoff,
    Phrase,
    Prefers,
    Threshold,
)

ACTIONS = {
    "Türkiye": ("normalise", "keep the border shut"),
    "Azerbaijan": ("lean on Türkiye", "balance", "balance with distant partners"),
    "Armenia": ("reconcile", "lean west", "lean on Russia"),
    "Russia": ("engage", "stay on Ukraine"),
    "Iran": ("confront", "stand by", "seek guarantees"),
}

phrases = {
    ("Türkiye", "normalise"): Phrase(
        "Türkiye normalises with Armenia", "to normalise with Armenia"
    ),
    ("Türkiye", "keep the border shut"): Phrase(
        "Türkiye keeps the border shut", "to keep the border shut"
    ),
    ("Azerbaijan", "lean on Türkiye"): Phrase(
        "Azerbaijan leans on Türkiye", "to lean on Türkiye"
    ),
    ("Azerbaijan", "balance"): Phrase(
        "Azerbaijan balances between its neighbours", "to balance between its neighbours"
    ),
    ("Azerbaijan", "balance with distant partners"): Phrase(
        "Azerbaijan balances with the help of distant partners",
        "to balance with the help of distant partners",
    ),
    ("Armenia", "reconcile"): Phrase(
        "Armenia reconciles with Türkiye", "to reconcile with Türkiye"
    ),
    ("Armenia", "lean west"): Phrase("Armenia leans on the West", "to lean on the West"),
    ("Armenia", "lean on Russia"): Phrase("Armenia leans on Russia", "to lean on Russia"),
    ("Russia", "engage"): Phrase("Russia engages in the region", "to engage in the region"),
    ("Russia", "stay on Ukraine"): Phrase(
        "Russia keeps its attention on Ukraine", "to keep its attention on Ukraine"
    ),
    ("Iran", "confront"): Phrase(
        "Iran confronts its neighbours", "to confront its neighbours"
    ),
    ("Iran", "stand by"): Phrase("Iran stands by", "to stand by"),
    ("Iran", "seek guarantees"): Phrase("Iran seeks guarantees", "to seek guarantees"),
}

# points that full dependence of Israel, the United States and the European Union on
# Azerbaijan stands for
OUTSIDE = 4
# what the protection of a Russia with all its attention is worth to an Armenia that leans on
# it: what it could punish with
COVER = 4

_KEPT = (
    "commitment",
    "regional_influence",
    "turkish_trade",
    "connectivity",
    "transit_income",
    "domestic_cost",
    "leverage",
    "obstruction_cost",
    "iran_loss",
    "guarantee_price",
    "middle_corridor",
    "russia_attention",
    "iran_threat",
    "normalisation",
)
ADDED = "not in the essay"

parameters = Parameters(
    **{label: shared[label] for label in _KEPT},
    normalising_cost=graded(
        2,
        ADDED,
        (
            "what opening the border costs Türkiye at home and with Azerbaijan before a "
            "settlement"
        ),
        label="Türkiye's cost of normalising",
        says="opening the border takes {v} from Türkiye's payoff",
        ends=("low", "high"),
    ),
    punishment=graded(
        4,
        ADDED,
        (
            "what a Russia that engages, or an Iran that confronts, can do to an "
            "Azerbaijan that does not balance"
        ),
        label="the punishment that Azerbaijan risks",
        says="either neighbour can take {v} from Azerbaijan's payoff",
        ends=("light", "heavy"),
    ),
    balance_price=graded(
        2,
        ADDED,
        "what deference to two neighbours at once costs an Azerbaijan without distant "
        "partners, engaged or not",
        label="Azerbaijan's cost of deferring to its neighbours",
        says="deferring to its neighbours takes {v} from Azerbaijan's payoff",
        ends=("low", "high"),
    ),
    distance_cost=graded(
        1,
        ADDED,
        "what ties with distant partners cost Azerbaijan beside those that they bring",
        label="Azerbaijan's cost of distant ties",
        says="distant ties take {v} from Azerbaijan's payoff",
        ends=("low", "high"),
    ),
    outside_dependence=share(
        "0.4",
        "essay ¶2",
        (
            "how far Israel, the United States and the European Union depend on "
            "Azerbaijan, as it on them"
        ),
        label="partners' dependence on Azerbaijan",
        says="partners depend on Azerbaijan to {v} of the full extent",
        ends=("none", "full"),
    ),
    western_support=graded(
        2,
        ADDED,
        (
            "what the West gives an Armenia that leans on it; the essay speaks of Western "
            "interest only"
        ),
        label="Western support for Armenia",
        says="Western support adds {v} to Armenia's payoff",
        ends=("little", "much"),
    ),
    dominance=graded(
        4,
        "essay ¶4",
        (
            "what its hold on local elites is worth to Russia, in each state that leans on "
            "it or defers to it"
        ),
        label="Russia's gain from ties with elites",
        says="ties with elites in a state add {v} to Russia's payoff",
        ends=("little", "much"),
    ),
    instability=graded(
        2,
        "essay ¶4",
        "what a region on a destabilising course costs each of the four others, where "
        "Russia's hold on elites is kept up",
        label="the cost of an unstable region",
        says="an unstable region takes {v} from each payoff but Russia's",
        ends=("low", "high"),
    ),
    turkic_ties=graded(
        2,
        "essay ¶8",
        "what the Organization of Turkic States is worth to Türkiye and to an Azerbaijan that "
        "leans on it, and once more where the corridor connects them: that the second helping "
        "is as large as the first is not in the essay",
        label="the worth of Turkic ties",
        says="Turkic ties add {v} to Türkiye's and Azerbaijan's payoffs",
        ends=("little", "much"),
    ),
    tension=graded(
        1,
        ADDED,
        "what Türkiye's normalising with Armenia before a settlement strains between it and "
        "Azerbaijan, for each of them, wherever Azerbaijan leans; the essay speaks of "
        "tensions with some states of the region and does not name them",
        label="tension between Türkiye and Azerbaijan",
        says="tension takes {v} from Türkiye's and Azerbaijan's payoffs",
        ends=("slight", "strong"),
    ),
    smoothing=graded(
        1,
        "essay ¶8",
        "the further tension over it that the Organization of Turkic States smooths away if "
        "Azerbaijan leans on Türkiye, for each of the two; the essay has tensions of Türkiye "
        "with some states smoothed, and does not say that it is these",
        label="tension smoothed by Turkic ties",
        says="Turkic ties smooth away tension worth {v} to Türkiye and to Azerbaijan",
        ends=("little", "much"),
    ),
)
p = parameters

_WRONG = {
    "C2": {"punishment": 0, "outside_dependence": 0},
    "C6": {"dominance": 0, "instability": 0},
    "C13": {"turkic_ties": 0, "smoothing": 0},
}


def _kept(claim: Claim) -> Claim:
    """A claim of the text, negated by those of its parameters that this model has."""
    wrong = _WRONG.get(claim.id, claim.if_wrong)
    return attrs.evolve(
        claim,
        if_wrong={label: value for label, value in wrong.items() if label in parameters},
    )


_claims = [_kept(claim) for claim in (*claims, *ELSEWHERE)]

leans = where(Azerbaijan="lean on Türkiye")
balances = where(Azerbaijan="balance")
partners = where(Azerbaijan="balance with distant partners")
engaged = where(Russia="engage")
confronts = where(Iran="confront")
seeks = where(Iran="seek guarantees")
reconciled = where(Türkiye="normalise") & where(Armenia="reconcile")
opens = where(Armenia="reconcile")
on_russia = where(Armenia="lean on Russia")
way = reconciled & ~engaged & ~confronts
runs = way & ~balances
dominated = engaged & (on_russia | balances)

normalises = where(Türkiye="normalise")
shut = where(Türkiye="keep the border shut")
stays = where(Russia="stay on Ukraine")
apart = shut & stays & seeks & where(Armenia="lean west")

corridor_open = attrs.evolve(shared_corridor_open, when=runs)
outcomes = (
    attrs.evolve(armenia_opens, when=opens),
    corridor_open,
    # no road runs here while Russia engages, so this is the same as the one before
    attrs.evolve(open_without_russia, when=runs & ~engaged),
    Outcome(
        "Azerbaijan balances",
        when=~leans,
        ask="Does Azerbaijan balance between its neighbours?",
        yes="Azerbaijan balances between its neighbours",
        no="Azerbaijan leans on Türkiye",
    ),
    Outcome(
        "Russia engages",
        when=engaged,
        ask="Does Russia engage in the region?",
        yes="Russia engages in the region",
        no="Russia stays out of the region",
    ),
    Outcome(
        "integration",
        when=leans,
        ask="Do Türkiye and Azerbaijan integrate, with the corridor or without?",
        yes="Türkiye and Azerbaijan integrate",
        no="Azerbaijan balances instead of leaning on Türkiye",
    ),
    Outcome(
        "integration with the corridor",
        when=leans & runs,
        ask="Do Türkiye and Azerbaijan integrate across the corridor?",
        yes="Türkiye and Azerbaijan integrate across the corridor",
        no="Azerbaijan balances instead of leaning on Türkiye, or the corridor stays shut",
    ),
)

CHECKS: dict[str, tuple[Check, ...]] = {
    "C1": (
        Monotone("commitment", Payoff("Russia", engaged, stays), falls=True),
        Monotone("commitment", Payoff("Iran", confronts, ~confronts), falls=True),
        Monotone("commitment", engaged | confronts, falls=True),
    ),
    "C2": (
        Monotone("punishment", Payoff("Azerbaijan", ~leans, leans)),
        Monotone("outside_dependence", Payoff("Azerbaijan", partners, balances)),
        Monotone("outside_dependence", partners),
        Occurs("Azerbaijan balances", "every"),
    ),
    "C3": (
        Prefers("Türkiye", stays, engaged),
        Monotone("regional_influence", Payoff("Türkiye", normalises, shut)),
        Monotone("regional_influence", normalises),
    ),
    "C4": (
        Prefers(THREE, corridor_open, apart, alike=False),
        Prefers("Russia", apart, corridor_open, alike=False, strictly=True),
        Prefers("Iran", corridor_open, apart, alike=False),
    ),
    "C5": (
        *(Monotone("middle_corridor", Payoff(who, corridor_open)) for who in THREE),
        Monotone("middle_corridor", corridor_open),
    ),
    "C6": (
        Prefers((*THREE, "Iran"), stays, engaged, when=on_russia),
        Monotone("dominance", Payoff("Russia", engaged, stays)),
        Monotone("dominance", corridor_open, falls=True),
    ),
    "C7": (
        Monotone("russia_attention", Payoff("Russia", engaged, stays)),
        Occurs(engaged, "no", given=p.russia_attention <= 0),
        Threshold("russia_attention", engaged, "no", rising=False),
    ),
    "C8": (
        Monotone("iran_threat", Payoff("Iran", seeks, confronts)),
        Occurs(confronts, "no", given=p.iran_threat >= 1),
        Threshold("iran_threat", confronts, "no"),
    ),
    "C11": (
        Monotone("normalisation", Payoff("Armenia", opens, ~opens)),
        Monotone("normalisation", "Armenia opens"),
    ),
    "C13": (
        Monotone("smoothing", Payoff("Türkiye", normalises, shut, when=leans)),
        Complements("Azerbaijan", (leans, partners), (way, ~way)),
        Complements("Türkiye", (leans, partners), (way, ~way)),
        Monotone("turkic_ties", corridor_open),
    ),
    "C14": (
        Occurs("integration", "every"),
        Occurs("integration with the corridor", "every"),
        Prefers(
            ("Türkiye", "Azerbaijan"),
            where(Armenia="reconcile"),
            where(Armenia="lean west"),
            when=leans & normalises & stays & ~confronts,
        ),
    ),
}

FOUR = (*THREE, "Iran")

terms = (
    Term("Türkiye", -p.normalising_cost, when=normalises, name="cost of normalising"),
    Term(
        "Türkiye",
        -p.regional_influence,
        when=engaged & shut,
        claim="C3",
        name="Russian influence unopposed",
    ),
    Term("Türkiye", p.turkish_trade, when=runs, claim="C4", name="Turkish trade"),
    Term("Azerbaijan", -p.balance_price, when=balances, name="deference to two neighbours"),
    Term(
        "Azerbaijan",
        -p.punishment,
        when=leans & engaged,
        claim="C2",
        name="punished by Russia",
    ),
    Term(
        "Azerbaijan",
        -p.punishment,
        when=leans & confronts,
        claim="C2",
        name="punished by Iran",
    ),
    Term(
        "Azerbaijan",
        -p.punishment * (1 - p.outside_dependence),
        when=partners & engaged,
        name="punished by Russia, shielded in part",
    ),
    Term(
        "Azerbaijan",
        -p.punishment * (1 - p.outside_dependence),
        when=partners & confronts,
        name="punished by Iran, shielded in part",
    ),
    Term(
        "Azerbaijan",
        OUTSIDE * p.outside_dependence,
        when=partners,
        claim="C2",
        name="distant partners",
    ),
    Term("Azerbaijan", -p.distance_cost, when=partners, name="cost of distant ties"),
    Term("Azerbaijan", p.connectivity, when=runs, claim="C4", name="link to Nakhchivan"),
    *(
        Term(
            who,
            (STRETCH if who == "Armenia" else 1) * p.middle_corridor,
            when=runs,
            claim="C5",
            name=f"Middle Corridor through {who}",
        )
        for who in THREE
    ),
    *(
        Term(
            who,
            p.turkic_ties,
            when=held,
            claim="C13",
            name=f"Turkic ties of {who}{more}",
        )
        for who in ("Türkiye", "Azerbaijan")
        for held, more in ((leans, ""), (leans & runs, ", by the corridor"))
    ),
    *(
        Term(
            who,
            -amount,
            when=held,
            claim=claim,
            name=f"tension over Armenia, for {who}{more}",
        )
        for who in ("Türkiye", "Azerbaijan")
        for amount, held, claim, more in (
            (p.tension, normalises, None, ""),
            (p.smoothing, normalises & ~leans, "C13", ", unsmoothed"),
        )
    ),
    *(
        Term(
            who, -p.instability, when=dominated, claim="C6", name=f"instability, for {who}"
        )
        for who in FOUR
    ),
    Term("Armenia", -p.domestic_cost, when=opens, name="domestic opposition"),
    Term(
        "Armenia",
        BORDER * p.normalisation,
        when=reconciled,
        claim="C11",
        name="open border with Türkiye",
    ),
    Term("Armenia", p.transit_income, when=runs, claim="C4", name="transit"),
    Term(
        "Armenia",
        p.western_support,
        when=where(Armenia="lean west"),
        name="Western support",
    ),
    Term("Armenia", COVER * p.russia_attention, when=on_russia, name="Russian cover"),
    Term(
        "Armenia",
        -RETALIATION * p.russia_attention,
        when=engaged & ~on_russia,
        claim="C7",
        name="Russian retaliation",
    ),
    Term(
        "Russia",
        -OBSTRUCTING * (1 - p.russia_attention),
        when=engaged,
        claim="C7",
        name="attention spent",
    ),
    Term(
        "Russia",
        -BACKING * p.commitment,
        when=engaged & leans,
        claim="C1",
        name="Turkish backing against Russia",
    ),
    Term(
        "Russia",
        p.dominance,
        when=engaged & on_russia,
        claim="C6",
        name="elites in Armenia",
    ),
    Term(
        "Russia",
        p.dominance,
        when=engaged & balances,
        claim="C6",
        name="elites in Azerbaijan",
    ),
    Term("Russia", -p.leverage, when=runs, claim="C4", name="leverage lost"),
    Term("Iran", -p.obstruction_cost, when=confronts, name="cost of confronting"),
    Term(
        "Iran",
        -OBSTRUCTING * p.iran_threat,
        when=confronts,
        claim="C8",
        name="strength worn down",
    ),
    Term(
        "Iran",
        -BACKING * p.commitment,
        when=confronts & leans,
        claim="C1",
        name="Turkish backing against Iran",
    ),
    Term("Iran", -p.iran_loss, when=runs, name="transit and border lost"),
    Term("Iran", -p.guarantee_price, when=seeks, name="asking neighbours for guarantees"),
    Term(
        "Iran",
        GUARANTEE * p.iran_threat,
        when=seeks & ~partners,
        claim="C8",
        name="guarantee from Azerbaijan",
    ),
    Term(
        "Iran",
        GUARANTEE * p.iran_threat,
        when=seeks & normalises,
        name="guarantee from Türkiye",
    ),
)

model = Model(
    "corridor.alignment",
    form=NormalForm(ACTIONS),
    parameters=parameters,
    terms=terms,
    outcomes=outcomes,
    claims=checked(CHECKS, of=_claims),
    inquiries=(*inquiries, *table_inquiries),
    title="Alignment: who stands with whom",
    about=(
        "A reading of what the essay says about sides: Azerbaijan between its neighbours, "
        "distant partners and Türkiye (¶2), a region kept apart by ties of local elites "
        "with Russia (¶4), and the Organization of Turkic States (¶8). The five choose "
        "their alignment at once. The corridor is open where the alignments leave it a "
        "way: Türkiye and Armenia are reconciled, Azerbaijan does not defer to its two "
        "neighbours, and neither of these stands in the way. The essay is undated, and "
        "every number is an illustrative assumption with a range: what follows is an "
        "answer about the argument, not a forecast and not advice."
    ),
    leaves_out=(
        *LEAVES_OUT[:3],
        "Georgia, Israel, the United States, the European Union, China and Central Asia: none "
        "of them chooses; all that is seen of them is what leaning west, distant partners and "
        "the Middle Corridor are worth, and, of Georgia, how little the corridor adds to "
        "Türkiye's trade (¶2, ¶3, ¶4)",
        *LEAVES_OUT[4:7],
        "the work of Türkiye's institutions (¶6)",
        "coalitions: everyone chooses alone, and nobody can bind a partner",
        "an Azerbaijan that balances and integrates with Türkiye at once, as the essay has it "
        "(¶2, ¶9)",
        "an Armenia that leans on two sides at once, or changes sides by degrees",
        (
            "the internal politics of the Organization of Turkic States, and its other "
            "members (¶8)"
        ),
    ),
    phrases=phrases,
    focus=("outside_dependence", "russia_attention"),
    headline="corridor open",
    beside=("open without Russia",),
)
