"""What is said on docs/explanation/corridor-choices.md."""

from tests.games.said._table import given, said, shown, source, wording, yields

SAID = {
    "This page makes each of them": said(
        "one one 2016", source("Steegen, Tuerlinckx, Gelman and Vanpaemel 2016")
    ),
    "The other versions belong to": said(
        "one", wording("says which command compares them")
    ),
    "All versions: the verdict at": said(
        "open every open every", wording("says what the block below prints")
    ),
    "If Russia could not run the road,": said(
        "open no",
        yields("version(sequence, 'could not run the road').verdict is NO"),
        source("the essay does not name the action"),
    ),
    "Over the ranges it would open": said(
        "open less often open more often every open one",
        yields(
            "opens(version(sequence, 'could not run')) < opens(plain(sequence))",
            "apart(version(sequence, 'could not run')) > 2 * apart(plain(sequence))",
            "apart(version(sequence, 'could not run')) == opens(version(sequence, 'could not run'))",
        ),
    ),
    "Iran's guarantee lowers the share": said(
        "lowers opens pay one",
        yields(
            "opens(version(sequence, 'give Iran a guarantee')) > opens(plain(sequence))",
            "opens(version(sequence, 'no way through Iran')) > opens(plain(sequence))",
        ),
    ),
    "Armenia's conditions raise it.": said(
        "raise",
        yields("opens(version(sequence, 'set no conditions')) < opens(plain(sequence))"),
    ),
    "With ranges half as wide, all": said(
        "half opens opens twice often open rarer",
        yields(
            "about(opens(version(sequence, 'half as wide')), 2 * opens(plain(sequence)))",
            "apart(version(sequence, 'half as wide')) < apart(plain(sequence))",
            "so(sequence) is EVERY",
        ),
    ),
    "Wider ranges lower the share.": said(
        "lower",
        yields("opens(version(sequence, 'twice as wide')) < opens(plain(sequence))"),
    ),
    "The share falls most in two orders,": said(
        "most two both turns",
        yields(
            "sorted((label for label in versions('corridor.sequence') if 'order' in label), key=lambda label: opens(version(sequence, label)))[:2] == ['if they moved in the order Russia, Iran, Türkiye, Azerbaijan, Armenia', 'if they moved in the order Azerbaijan, Russia, Iran, Armenia, Türkiye']",
            "[label for label, one in versions('corridor.sequence').items() if 'order' in label and one.verdict is NO] == ['if they moved in the order Azerbaijan, Russia, Iran, Armenia, Türkiye', 'if they moved in the order Russia, Iran, Türkiye, Azerbaijan, Armenia']",
        ),
    ),
    "That Türkiye moves after Russia": said(
        "hardly changes",
        yields(
            "about(opens(version(sequence, 'Azerbaijan, Russia, Iran, Türkiye, Armenia')), opens(plain(sequence)), 0.05)"
        ),
    ),
    "If all chose at once, none of": said(
        "none open every", yields("opens(version(sequence, 'all five chose at once')) == 0")
    ),
    "In every version in which the": said(
        "every open every open fewer one cannot",
        yields(
            "[label for label, one in versions('corridor.sequence').items() if 0 < opens(one) <= apart(one)] == ['if Russia could not run the road']"
        ),
    ),
    "Nobody sees anything here.": said(
        "nobody", given("type(activation.form).__name__ == 'NormalForm'")
    ),
    "The share is that of the ranges": said(
        "open least one every one none",
        yields(
            "opens(plain(activation)) == 0",
            "{opens(one) for one in versions('corridor.activation').values()} == {0}",
        ),
    ),
    "Russia's running of the road,": said(
        "raises lowers twice",
        yields(
            "about(opens(version(activation, 'could not run'), EVERY, SOME), 2 * opens(plain(activation), EVERY, SOME))",
            "opens(version(sequence, 'could not run')) < opens(plain(sequence))",
        ),
    ),
    "All of them at the baselines,": said(
        "open", wording("says what the block below prints")
    ),
    "COMPLETE says that these are": said("proved", shown("COMPLETE")),
    "In activation the answer hangs": said(
        "no opens one",
        yields(
            "max(chances(activation, concept=pure)) == 0",
            "sum(one > 0 for one in chances(activation)) == 1 and chances(activation)[0] > 0",
        ),
    ),
    "In alignment it does not: pure": said(
        "open", yields("chances(alignment, concept=pure) == [1, 0]")
    ),
    "How often each is so over the": said("often", wording("says where it is")),
    "Three rows that the essay does": said(
        "three",
        given(
            "len([one for one in versions('corridor.sequence') if one.startswith('without') and 'all three' not in one]) == 3"
        ),
    ),
    "Two of them, what Russia loses": said(
        "two loses work against opens more often",
        yields(
            "opens(version(sequence, 'without Russian influence lost')) > opens(plain(sequence)) and opens(version(sequence, \"without Russia's loss of trade\")) > opens(plain(sequence))"
        ),
    ),
    "The other rows of ours stay": said(
        "stay", wording("says what the versions leave alone")
    ),
    "With each baseline in the middle": said(
        "opens three ten three often",
        yields(
            "about(opens(version(sequence, 'middle of its range')), 0.3, 0.03)",
            "about(apart(version(sequence, 'middle of its range')), 3 * apart(plain(sequence)), 0.1)",
        ),
    ),
    "The strain of obstructing and the": said(
        "most",
        yields(
            "{label.partition(' ')[2].partition(' ')[2] for label in sorted((one for one in versions('corridor.sequence') if one.startswith(('with half ', 'with twice '))), key=lambda one: -abs(opens(version(sequence, one)) - opens(plain(sequence))))[:3]} == {SPOKEN['obstructing'], SPOKEN['backing']}"
        ),
    ),
    "In two versions the verdict at": said(
        "two turns loses three open",
        yields(
            "[label for label, one in versions('corridor.activation').items() if one.verdict is not NO] == ['without Russian influence lost to Türkiye', 'without all three of these additions']",
            "{one.verdict for one in versions('corridor.activation').values()} == {NO, SOME}",
        ),
    ),
}
