"""Players with fewer actions, and other versions of a model: shares of the ranges by values
drawn anew, where a player that is kept from an action would lose a fortune by taking it."""

from __future__ import annotations

import functools
import random
import re
from fractions import Fraction
from typing import Any

import attrs

from strategy import Model, NormalForm, Term, where
from strategy.completeness import equilibrium
from strategy.concepts.choices import choices, fitting
from strategy.report.question import Question
from tests.report.solved_anew._reading import EACH, V, label, within
from tests.report.solved_anew._told import Told

__all__ = ["KINDS"]

_DRAWN, _FEWER = 150, 100
_FORTUNE = 10**6
_UNMOVED = ("pure Nash", "Nash", "pure subgame-perfect", "subgame-perfect")
"""Concepts to which an action that costs a fortune is as good as gone; in a tree it is so
only where every move is judged."""


def _kept(told: Told, player: str, actions: tuple[str, ...]) -> Model:
    """The model in which a player has these actions alone."""
    table = isinstance(told.model.form, NormalForm)
    judged = str(told.concept) in (_UNMOVED[:2] if table else _UNMOVED[2:])
    if not judged or getattr(told.model.form, "chance", None):
        return told.model.with_actions({player: actions})
    others = [one for one in told.model.form.actions[player] if one not in actions]
    fines = [
        Term(player, -_FORTUNE, when=where({player: one}), name=f"fined for {one}")
        for one in others
    ]
    return attrs.evolve(told.model, terms=(*told.model.terms, *fines))


def _named(told: Told, words: str) -> dict[str, tuple[str, ...]]:
    """The player and the actions that "Russia could only broker" leaves it."""
    match = re.fullmatch(
        rf"(?P<who>{'|'.join(map(re.escape, told.model.players))}) could (?P<how>only|not) "
        r"(?P<what>.+)",
        words,
    )
    assert match, words
    own = told.model.form.actions[match["who"]]
    assert match["what"] in own, f"{match['what']} is no action of {match['who']}"
    only = match["how"] == "only"
    return {match["who"]: tuple([one for one in own if (one == match["what"]) == only])}


def _restrictions(told: Told, player: str) -> list[tuple[str, ...]]:
    own = told.model.form.actions[player]
    alone = [(one,) for one in own] if len(own) > 1 else []
    without = [tuple([one for one in own if one != gone]) for gone in own]
    return [*alone, *(without if len(own) > 2 else [])]


@functools.cache
def _surely(told: Told) -> dict[Any, list[bool]]:
    """At values drawn anew, whether the outcome is in every equilibrium: with all free, and
    under each restriction."""
    points = told.drawn(_DRAWN)
    models = {(): told.model} | {
        (player, actions): _kept(told, player, actions)
        for player in told.model.players
        for actions in _restrictions(told, player)
    }
    return {
        key: [told.verdict(at, model=model) == "every" for at in points]
        for key, model in models.items()
    }


_known: dict[Any, Told] = {}


def _seen(told: Told) -> dict[Any, list[bool]]:
    """The same for all sentences about one question."""
    key = (id(told.model), told.concept, told.outcome.name, tuple(told.question.at.items()))
    return _surely(_known.setdefault(key, told))


def _near(stated: str, seen: list[bool], samples: int) -> None:
    share = sum(seen) / len(seen)
    error = (max(share * (1 - share), 1 / len(seen)) / len(seen)) ** 0.5
    within(stated, share, error, 100, samples)


def _samples(told: Told) -> int:
    return int(told.last(FREE)["n"].replace(",", ""))


def free(told: Told, match: re.Match[str]) -> None:
    assert match["o"] == told.outcome.name
    assert label(match["v"]) == "every"
    assert match["v"].endswith(equilibrium(told.concept))
    _near(match["share"], _seen(told)[()], int(match["n"].replace(",", "")))


def bound(told: Told, match: re.Match[str]) -> None:
    """The share under this restriction, and that no other of this player brings more."""
    seen = _seen(told)
    ((who, actions),) = _named(told, match["words"]).items()
    here = seen[who, actions]
    _near(match["share"], here, _samples(told))
    for other in _restrictions(told, who):
        _no_more(seen[who, other], here)


def _no_more(less: list[bool], more: list[bool]) -> None:
    """One share is no greater than another at the same values, but for chance."""
    differ = sum(a != b for a, b in zip(less, more, strict=True))
    assert sum(less) - sum(more) <= 4 * max(differ, 1) ** 0.5, f"{sum(less)}, {sum(more)}"


def useless(told: Told, match: re.Match[str]) -> None:
    """No restriction of these players brings more than all being free; they are all that
    were not spoken of."""
    seen = _seen(told)
    stated = re.split(r", | or ", match["list"])
    spoken = {
        who
        for one in told.beside
        if (found := re.fullmatch(BOUND, one))
        for who in _named(told, found["words"])
    }
    able = {who for who, own in told.model.form.actions.items() if len(own) > 1}
    assert set(stated) == able - spoken
    for who in stated:
        for actions in _restrictions(told, who):
            _no_more(seen[who, actions], seen[()])


def nobody(told: Told, match: re.Match[str]) -> None:
    """Of the values at which it is not in every equilibrium, at how many no restriction of
    one player brings it about."""
    seen = _seen(told)
    closed = [i for i, surely in enumerate(seen[()]) if not surely]
    assert closed, "the outcome is in every equilibrium everywhere"
    alone = [not any(each[i] for key, each in seen.items() if key) for i in closed]
    _near(match["share"], alone, int((~told.again().free.every).sum()))


def not_shown(told: Told, match: re.Match[str]) -> None:
    assert len(told.again().openers) == 8 + int(match["n"])


# -- other versions

_versions: dict[int, tuple[Model, dict[str, Model]]] = {}


def _all(told: Told) -> dict[str, Model]:
    if id(told.model) not in _versions:
        assert told.model.variants is not None
        _versions[id(told.model)] = (told.model, dict(told.model.variants(told.model)))
    return _versions[id(told.model)][1]


def _concept(told: Told, model: Model) -> Any:
    game = model.game(told.question.at)
    return told.concept if told.concept.refuses(game) is None else fitting(game)[0]


def _share(told: Told, model: Model, concept: Any, stated: str, which: str, n: int) -> None:
    """By values of a version's own ranges, drawn anew."""
    about = Question.of(model, told.question.at, told.outcome.name)
    other = attrs.evolve(told, question=about, concept=concept, heading="")
    luck = random.Random(3)
    points = [
        {
            name: one.low + (one.high - one.low) * Fraction(luck.randrange(1, 997), 997)
            for name, one in model.parameters.items()
            if name not in told.question.at
        }
        for _ in range(_FEWER)
    ]
    wanted = ("every",) if which == "every" else ("every", "some")
    _near(stated, [other.verdict(at) in wanted for at in points], n)


def as_built(told: Told, match: re.Match[str]) -> None:
    assert match["o"] == told.outcome.name
    assert match["e"] == equilibrium(told.concept)
    samples = int(match["n"].replace(",", ""))
    _share(told, told.model, told.concept, match["share"], match["which"], samples)


def otherwise(told: Told, match: re.Match[str]) -> None:
    start = match["label"][:1].lower() + match["label"][1:]
    model = _all(told)[start]
    concept = _concept(told, model)
    assert match["c"] == (None if str(concept) == str(told.concept) else str(concept))
    assert match["c"] is None or match["c"] in map(str, choices().values())
    (samples,) = [one.samples for one in told.again().rows if one.label == start]
    _share(told, model, concept, match["share"], told.last(AS_BUILT)["which"], samples)


def differs(told: Told, match: re.Match[str]) -> None:
    here, found = told.verdict({}), []
    for model in _all(told).values():
        outcome = model.outcomes[told.outcome.name]
        concept = _concept(told, model)
        found.append(told.verdict({}, model=model, concept=concept, outcome=outcome))
    assert (int(match["k"]), int(match["of"])) == (
        sum(one != here for one in found),
        len(found),
    )


SHARE = r"(?P<share>[\d.]+% \([\d.]+% to [\d.]+%\))"
UNIFORM = rf"{SHARE} of (?P<n>[\d,]+) uniform samples of the ranges, seed \d+ \(exact 95 % intervals\)\."
FREE = rf"With all players free '(?P<o>.+)' is (?P<v>{V}) at {UNIFORM}"
BOUND = rf"If (?P<words>.+ could (?:only|not) .+), it would be at {SHARE}\."
AS_BUILT = rf"As the model is built, '(?P<o>.+)' is in (?P<which>every|at least one) (?P<e>{EACH}) at {UNIFORM}"
KINDS = [
    (("blocking",), FREE, free),
    (("blocking",), BOUND, bound),
    (("blocking",), r"Binding (?P<list>.+) to an action would not raise that share\.", useless),
    (("blocking",), (r"Of the samples at which it is not, restricting one player would not be enough "
        rf"at {SHARE}\."), nobody),
    (("blocking",), r"and (?P<n>\d+) more", not_shown),
    (("variants",), AS_BUILT, as_built),
    (("variants",), (r"At the baselines the verdict differs in (?P<k>\d+) of (?P<of>\d+) other "
        r"versions\."), differs),
    (("variants",), rf"(?P<label>.+), it is at {SHARE}(?: \((?P<c>[\w ,-]+)\))?\.", otherwise),
]  # fmt: skip
