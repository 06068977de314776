"""The toolkit's own solvers, concepts, forms and models pass the kits; broken ones fail,
for what is wrong with them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib.metadata import entry_points
from typing import Any

import attrs
import pytest

from strategy import (
    Certificate,
    Claim,
    Model,
    NormalForm,
    NormalFormGame,
    Parameter,
    Parameters,
    Term,
    where,
)
from strategy.concepts import (
    ALL as CONCEPTS,
    Commitment,
    CorrelatedEquilibrium,
    Invariance,
    Nash,
    PureNash,
    PureSubgamePerfect,
    Rationalizability,
    TremblingHandPerfect,
)
from strategy.generators import extensive_forms, generic_games, normal_forms, tied_games
from strategy.solvers import (
    ALL as SOLVERS,
    BackwardInduction,
    BimatrixEnumeration,
    BranchAndPrune,
    CommitmentProgrammes,
    CorrelatedProgramme,
    IteratedElimination,
    LemkeHowson,
    LogitTracing,
    NashRefinement,
    PureEnumeration,
    ZeroSumProgramme,
)
from strategy.testing.checks import check_concept, check_form, check_model, check_solver
from strategy.testing.examples import drawn

MODELS = {point.name: point for point in entry_points(group="strategy.models")}
FORMS = {
    "tables": normal_forms(),
    "trees": extensive_forms(),
    "chance": extensive_forms(chance=True),
    "hidden": extensive_forms(hidden=True),
}
SOLVED: list[tuple[Any, Any]] = [
    (PureEnumeration(), PureNash()),
    (PureEnumeration(), PureNash(undominated=True)),
    (BackwardInduction(), PureSubgamePerfect()),
    (BimatrixEnumeration(), Nash()),
    (LemkeHowson(), Nash()),
    (ZeroSumProgramme(), Nash()),
    (BranchAndPrune(budget=2000), Nash()),
    (LogitTracing(), Nash()),
    (NashRefinement(), TremblingHandPerfect()),
    (CorrelatedProgramme(), CorrelatedEquilibrium()),
    (IteratedElimination(), Rationalizability()),
    (CommitmentProgrammes(), Commitment("A")),
]


@pytest.mark.parametrize(
    "concept", [*[make() for make in CONCEPTS], PureNash(undominated=True)], ids=str
)
@pytest.mark.deep_but(2)
def test_own_concepts(concept: Any) -> None:
    check_concept(concept)


@pytest.mark.parametrize(
    ("solver", "concept"),
    SOLVED,
    ids=[f"{type(one).__name__} {concept}" for one, concept in SOLVED],
)
@pytest.mark.deep_but(6)
def test_own_solvers(solver: Any, concept: Any) -> None:
    check_solver(solver, concept)


def test_every_solver_is_held_to_the_kit() -> None:
    assert {type(solver) for solver, _ in SOLVED} == set(SOLVERS)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.deep_but(2)
def test_own_models(name: str) -> None:
    check_model(MODELS[name].load())


@pytest.mark.parametrize("kind", FORMS)
def test_own_forms(kind: str) -> None:
    for form in drawn(FORMS[kind], 12):
        check_form(form)


# -- broken ones: what was changed, and the words in which it is found

GAMES = [*drawn(tied_games((2, 2)), 8), *drawn(generic_games((2, 3)), 4)]


@attrs.frozen
class Plain:
    """Every pure profile, for PureNash."""

    def refuses(self, game: Any, concept: Any) -> str | None:
        return (
            concept.refuses(game)
            if isinstance(concept, PureNash)
            else "Plain is for PureNash and for nothing else"
        )

    def exhaustive(self, game: Any, concept: Any) -> Any:
        return True

    def propose(self, game: Any, concept: Any, limits: Any, rng: Any) -> Iterator[Any]:
        for actions in itertools.product(*game.actions.values()):
            limits.check()
            yield dict(zip(game.players, actions, strict=True))


@attrs.frozen
class Hasty(Plain):
    def propose(self, game: Any, concept: Any, limits: Any, rng: Any) -> Iterator[Any]:
        yield from list(super().propose(game, concept, limits, rng))[:-1]


@attrs.frozen
class Silent(Plain):
    def refuses(self, game: Any, concept: Any) -> str | None:
        return super().refuses(game, concept) and "no"


@attrs.frozen
class Raising(Plain):
    def refuses(self, game: Any, concept: Any) -> str | None:
        return None if len(game.players) else "no players"


@attrs.frozen
class Willing(Plain):
    def refuses(self, game: Any, concept: Any) -> str | None:
        return concept.refuses(game)  # type: ignore[no-any-return]


@attrs.frozen
class Vague(Plain):
    def exhaustive(self, game: Any, concept: Any) -> Any:
        return 1


CALLS = itertools.count()


@attrs.frozen
class Forgetful(Plain):
    def propose(self, game: Any, concept: Any, limits: Any, rng: Any) -> Iterator[Any]:
        yield from list(super().propose(game, concept, limits, rng))[
            :: 1 if next(CALLS) % 2 else -1
        ]

    def exhaustive(self, game: Any, concept: Any) -> Any:
        return False


@attrs.frozen
class Scribbling(Plain):
    def propose(self, game: Any, concept: Any, limits: Any, rng: Any) -> Iterator[Any]:
        game.payoffs[0].setflags(write=True)
        game.payoffs[0][0] += 1
        yield from super().propose(game, concept, limits, rng)


BROKEN_SOLVERS = [
    (Plain, "is a class"),
    (Hasty(), "is missing, which pure Nash certifies"),
    (Silent(), "give None, or a sentence"),
    (Raising(), "raised AttributeError"),
    (Willing(), "concept that it cannot know"),
    (Vague(), "give True or False"),
    (Forgetful(), "another answer the second time"),
    (object(), "has no method refuses"),
]


@pytest.mark.parametrize(
    ("solver", "words"), BROKEN_SOLVERS, ids=[words for _, words in BROKEN_SOLVERS]
)
def test_broken_solvers(solver: Any, words: str) -> None:
    check_solver(Plain(), PureNash(), games=GAMES)
    with pytest.raises(AssertionError, match=words):
        check_solver(solver, PureNash(), games=GAMES)


def test_a_solver_that_writes_to_the_game() -> None:
    own = NormalFormGame(
        NormalForm({"A": ("a1", "a2")}), (drawn(tied_games((2,)), 1)[0].tables[0].copy(),)
    )
    with pytest.raises(AssertionError, match="changed the game"):
        check_solver(Scribbling(), PureNash(), games=[own])


def test_nothing_to_check_is_said() -> None:
    with pytest.raises(AssertionError, match="takes none of 12 games"):
        check_solver(BackwardInduction(), PureSubgamePerfect(), games=GAMES)


def _same(found: Certificate) -> Certificate:
    return found


@attrs.frozen
class Greedy:
    """The first player gets the most that the table has."""

    declared: frozenset[Invariance] = frozenset(
        {Invariance.RELABELLING, Invariance.POSITIVE_AFFINE}
    )
    change: Callable[[Certificate], Any] = _same

    @property
    def invariances(self) -> Any:
        return self.declared

    def refuses(self, game: Any) -> str | None:
        return PureNash().refuses(game)

    def certify(self, game: Any, profile: Any) -> Any:
        PureNash().certify(game, profile)
        where = {
            player: max(row, key=row.get) if hasattr(row, "get") else row
            for player, row in _names(profile).items()
        }
        lost = max(
            Fraction(int(value)) if value == int(value) else Fraction(value)
            for value in game.payoffs[0]
        ) - game.payoff(game.players[0], where)
        return self.change(
            Certificate(lost == 0, lost, None if lost == 0 else game.players[0])
        )

    def __str__(self) -> str:
        return "greedy"


def _names(profile: Any) -> Any:
    return profile.actions if hasattr(profile, "actions") else profile


def _shut(found: Certificate) -> Certificate:
    return attrs.evolve(found, regret=-found.regret)


def _stranger(found: Certificate) -> Certificate:
    return attrs.evolve(found, player="nobody")


def _mute(found: Certificate) -> Certificate:
    return attrs.evolve(found, regret=Fraction(0), reason="")


def _bare(found: Certificate) -> bool:
    return found.holds


BROKEN_CONCEPTS = [
    (PureNash, "is a class"),
    (
        Greedy(declared=frozenset({Invariance.REORDERING})),
        "declares that its answer follows",
    ),
    (Greedy(declared=None), "declare a frozenset"),  # type: ignore[arg-type]
    (Greedy(change=_bare), "give a Certificate"),
    (Greedy(change=_shut), "not negative"),
    (Greedy(change=_stranger), "who is not a player"),
    (Greedy(change=_mute), "does not say why"),
]


@pytest.mark.parametrize(
    ("concept", "words"), BROKEN_CONCEPTS, ids=[words for _, words in BROKEN_CONCEPTS]
)
def test_broken_concepts(concept: Any, words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        check_concept(concept, games=GAMES)


p = Parameters(x=Parameter(1, low=0, high=2), idle=Parameter(1, low=0, high=2))
FORM = NormalForm({"A": ("a", "b")})
BROKEN_MODELS = [
    ("corridor.activation", "is not a Model"),
    (
        Model("m", form=FORM, parameters=p, terms=(Term("A", p.x, when=where(A="a")),)),
        "no term and no probability uses: idle",
    ),
    (
        Model(
            "m",
            form=FORM,
            parameters=Parameters(x=p["x"]),
            terms=(Term("A", p.x, claim="C"),),
            claims=(Claim("C", "One.", if_wrong={"x": 1}),),
        ),
        "changes no baseline",
    ),
]


@pytest.mark.parametrize(
    ("model", "words"), BROKEN_MODELS, ids=[words for _, words in BROKEN_MODELS]
)
def test_broken_models(model: Any, words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        check_model(model)


class Miscounting:
    """A form that hands on to another, and finds every play at the first place."""

    def __init__(self) -> None:
        self.form = FORM

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "form":
            raise AttributeError(name)
        return getattr(self.form, name)

    def find(self, play: Any) -> int:
        return min(0, self.form.find(play))


def test_broken_forms() -> None:
    with pytest.raises(AssertionError, match="the play has the number 1"):
        check_form(Miscounting())
    with pytest.raises(AssertionError, match="has no players"):
        check_form(object())
