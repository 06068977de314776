"""Proofs that a list of equilibria is complete: they replay, agree with solve(), and do not
survive being tampered with."""

from __future__ import annotations

import itertools
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from flint import arb, ctx, fmpq

from strategy import NormalFormGame, Status, solve
from strategy.concepts import Nash
from strategy.errors import GameError, RefusalError, SizeError
from strategy.exact import is_ball
from strategy.forms.mixed import MixedProfile
from strategy.results import Equilibrium
from strategy.solvers import BranchAndPrune, Proof, prove, replay
from tests._games import seeds


def game(shape: tuple[int, ...], seed: int, high: int = 101) -> NormalFormGame:
    """Whole payoffs from 0 to ``high - 1``, as in the tests of the search."""
    rng = np.random.default_rng(seed)
    return NormalFormGame.from_arrays(*[rng.integers(0, high, size=shape) for _ in shape])


def vectors(equilibrium: Equilibrium) -> tuple[tuple[Any, ...], ...]:
    """The weights of an equilibrium, whether it is pure or not."""
    profile = equilibrium.profile
    if isinstance(profile, MixedProfile):
        return profile.vectors
    shape = equilibrium.game.form.shape  # type: ignore[union-attr]
    return tuple(
        [
            tuple([Fraction(int(s == a)) for s in range(size)])
            for a, size in zip(profile.choices, shape, strict=True)
        ]
    )


def agrees(proof: Proof, played: NormalFormGame) -> bool:
    """Whether what a proof lists is what the solver finds: each of its equilibria is a
    vertex, and the other way round."""
    solution = solve(played, Nash(), solver=BranchAndPrune())
    corners = [corner for product in proof.sets for corner in itertools.product(*product)]
    corners = [
        corner
        for i, corner in enumerate(corners)
        if not any(_same(corner, other) for other in corners[:i])
    ]
    return (
        solution.proved
        and len(corners) == len(solution)
        and all(
            any(_same(vectors(equilibrium), corner) for corner in corners)
            for equilibrium in solution
        )
    )


def _ball(weight: Any) -> arb:
    return weight if is_ball(weight) else arb(fmpq(weight.numerator, weight.denominator))


def _same(profile: Any, corner: Any) -> bool:
    for mine, theirs in zip(profile, corner, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            if is_ball(a) or is_ball(b):
                if not _ball(a).overlaps(_ball(b)):
                    return False
            elif a != b:
                return False
    return True


# Shape, greatest payoff and 1, how many games, cells at most.
KINDS = [
    ((2, 2, 2), 101, 100, 5_000_000),
    ((3, 3, 3), 101, 12, 5_000_000),
    ((2, 2, 2, 2), 101, 20, 5_000_000),
    ((2, 2, 2, 2, 2), 101, 6, 5_000_000),
    ((2, 3, 4), 101, 6, 5_000_000),
    ((4, 4), 101, 20, 5_000_000),
    ((2, 2, 2), 4, 60, 1_000),
    ((2, 2, 2), 3, 60, 1_000),
    ((2, 2, 2), 2, 40, 300),
    ((3, 3, 3), 3, 8, 1_000),
    ((2, 2, 2, 2), 3, 8, 1_000),
    ((2, 2, 2, 2, 2), 3, 3, 300),
    ((3, 3), 3, 20, 1_000),
    ((4,), 3, 5, 1_000),
]


@pytest.mark.parametrize(("shape", "high", "count", "budget"), KINDS)
@pytest.mark.deep_but(2)
def test_proofs_replay_and_agree_with_solve(
    shape: tuple[int, ...], high: int, count: int, budget: int
) -> None:
    for seed in seeds(count):
        played = game(shape, seed, high)
        proof = prove(played, budget=budget)
        found = replay(proof, played)
        assert found.holds, f"{shape} {high} {seed}: {found.failure}"
        assert found.status is (Status.PARTIAL if proof.boxes else Status.COMPLETE)
        assert found.steps == len(proof.steps)
        assert sum(found.leaves.values()) > 0
        if not proof.boxes:
            assert agrees(proof, played)


def test_payoffs_of_any_size_and_kind() -> None:
    """One player's payoffs moved and scaled: the same equilibria, and a proof of another
    game."""
    arrays = game((2, 2, 2), 0).to_arrays(exact=True)
    plain = prove(NormalFormGame.from_arrays(*arrays))
    for factor, offset in ((10**24, 7), (Fraction(1, 3 * 10**20), -(10**9))):
        changed = NormalFormGame.from_arrays(arrays[0] * factor + offset, *arrays[1:])
        proof = prove(changed)
        assert replay(proof, changed).holds
        assert len(proof.sets) == len(plain.sets)
        assert not replay(plain, changed).holds


MATCHING = NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
THREE = game((2, 2, 2), 1)
FIVE = game((2, 2, 2, 2, 2), 0)
CUBE = game((3, 3, 3), 1)


def failure(proof: Proof, played: NormalFormGame) -> str:
    found = replay(proof, played)
    assert found.holds == (not found.failure)
    assert (found.status is None) == bool(found.failure)
    return found.failure


@pytest.mark.parametrize(
    "played", [MATCHING, THREE, FIVE, CUBE], ids=["2x2", "2^3", "2^5", "3^3"]
)
def test_a_proof_without_one_of_its_leaves_fails(played: NormalFormGame) -> None:
    proof = prove(played)
    leaves = [
        i
        for i, step in enumerate(proof.steps)
        if step[0] in ("none", "root", "few mix", "tied", "outside", "overfull")
    ]
    assert leaves
    for place in leaves[:: max(len(leaves) // 20, 1)]:
        assert failure(
            attrs.evolve(proof, steps=(*proof.steps[:place], *proof.steps[place + 1 :])),
            played,
        )
    assert "not settled" in failure(
        attrs.evolve(proof, steps=proof.steps[: leaves[-1]]), played
    )


@pytest.mark.parametrize("played", [THREE, FIVE, CUBE], ids=["2^3", "2^5", "3^3"])
def test_a_proof_with_a_sign_changed_fails(played: NormalFormGame) -> None:
    proof = prove(played)
    signed = [i for i, step in enumerate(proof.steps) if step[0] in ("none", "unused")]
    assert signed
    for place in signed[:: max(len(signed) // 20, 1)]:
        *before, combination = proof.steps[place]
        changed = (*before, tuple([(i, s, t, -y) for i, s, t, y in combination]))
        steps = (*proof.steps[:place], changed, *proof.steps[place + 1 :])
        assert failure(attrs.evolve(proof, steps=steps), played).startswith(
            f"step {place + 1:,} ("
        )


@pytest.mark.parametrize(
    "played", [MATCHING, THREE, FIVE, CUBE], ids=["2x2", "2^3", "2^5", "3^3"]
)
def test_a_proof_without_one_of_its_equilibria_fails(played: NormalFormGame) -> None:
    proof = prove(played)
    for place in range(len(proof.sets)):
        assert failure(
            attrs.evolve(proof, sets=(*proof.sets[:place], *proof.sets[place + 1 :])),
            played,
        )


def test_a_proof_with_what_is_no_equilibrium_fails() -> None:
    proof = prove(THREE)
    even = tuple([((Fraction(1, 2), Fraction(1, 2)),) for _ in range(3)])
    assert "is not an equilibrium" in failure(
        attrs.evolve(proof, sets=(*proof.sets, even)), THREE
    )
    assert "twice" in failure(
        attrs.evolve(prove(MATCHING), sets=prove(MATCHING).sets * 2), MATCHING
    )
    with_balls = prove(FIVE)
    balls = [
        product
        for product in with_balls.sets
        if any(is_ball(weight) for ((weight, *_),) in product)
    ]
    with ctx.workprec(300):
        moved = tuple(
            [
                (
                    tuple(
                        [weight + 1e-20 if is_ball(weight) else weight for weight in vector]
                    ),
                )
                for (vector,) in balls[0]
            ]
        )
    sets = tuple([moved if product is balls[0] else product for product in with_balls.sets])
    assert failure(attrs.evolve(with_balls, sets=sets), FIVE)
    assert failure(attrs.evolve(with_balls, sets=(*with_balls.sets, moved)), FIVE)


PRISONERS = NormalFormGame.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
HALF = Fraction(1, 2)
FIRST = (Fraction(1), Fraction(0))
EVERYWHERE = (((0.0, 1.0), (0.0, 1.0)),) * 2
LEFT_HALF = (((0.0, 0.5), (0.0, 1.0)), ((0.0, 1.0), (0.0, 1.0)))
TAKE, MIX, CUT = ("take",), ("few mix",), ("split", 0, 0, 1, 0.25)


@pytest.mark.parametrize(
    ("played", "steps", "boxes", "leaves"),
    [
        (MATCHING, (TAKE, MIX), (), {"listed exactly": 1}),
        (MATCHING, (TAKE, ("aside",), TAKE, MIX), (), {"listed exactly": 1}),
        (MATCHING, (TAKE, CUT, MIX, MIX), (), {"listed exactly": 2}),
        (MATCHING, (TAKE, ("branch", 0, 0), MIX, MIX), (), {"listed exactly": 2}),
        (MATCHING, (TAKE, CUT, ("left over", 0), MIX), (EVERYWHERE,), {"left over": 1, "listed exactly": 1}),
        (
            PRISONERS,
            (TAKE, ("unused", 0, 0, ((0, 0, 1, 1),)), ("unused", 1, 0, ((1, 0, 1, 1),)), ("branch", 0, 1), ("tied",)),
            (),
            {"listed exactly": 1},
        ),
        (PRISONERS, (TAKE, ("branch", 0, 0), MIX, ("none", ((0, 0, 1, 1),))), (),
         {"without an equilibrium": 1, "listed exactly": 1}),
    ],
)  # fmt: skip
def test_proofs_by_hand(
    played: NormalFormGame, steps: Any, boxes: Any, leaves: dict[str, int]
) -> None:
    found = replay(attrs.evolve(prove(played), steps=steps, boxes=boxes), played)
    assert (found.holds, found.leaves, found.steps, found.failure) == (
        True,
        leaves,
        len(steps),
        "",
    )
    assert found.status is (Status.PARTIAL if boxes else Status.COMPLETE)


@pytest.mark.parametrize(
    ("played", "steps", "boxes", "why"),
    [
        (MATCHING, (), (), "the list of equilibria: the proof ends here, and 1 cells are not settled"),
        (MATCHING, (TAKE, ("aside",)), (), "step 2 (aside): the proof ends here, and 1 cells are not settled"),
        (MATCHING, (TAKE, CUT, MIX), (), "step 3 (few mix): the proof ends here, and 1 cells are not settled"),
        (MATCHING, (TAKE, TAKE), (), "step 2 (take): no cell waits"),
        (MATCHING, (MIX,), (), "step 1 (few mix): no cell has been taken"),
        (MATCHING, (("take", 1),), (), "step 1 (take): it is not shaped as a step"),
        *(
            (MATCHING, (TAKE, ("split", 0, p, q, share)), (),
             "step 2 (split): there is no such edge, or the share is not between 0 and 1")
            for p, q, share in ((0, 0, 0.5), (0, 1, 0), (0, 1, 1))
        ),
        (
            PRISONERS, (TAKE, ("unused", 0, 0, ((0, 0, 1, 1),)), CUT), (),
            "step 3 (split): there is no such edge, or the share is not between 0 and 1",
        ),
        (MATCHING, (TAKE, ("left over", 0)), (), "step 2 (left over): it names a part of the proof that does not exist"),
        (MATCHING, (TAKE, ("left over", 1)), (EVERYWHERE,),
         "step 2 (left over): it names a part of the proof that does not exist"),
        (MATCHING, (TAKE, ("left over", 0)), (LEFT_HALF,), "step 2 (left over): what is left over is not inside its box"),
        (
            MATCHING, (TAKE, ("root", 0, (0.5, 0.5), ((0, 0, 1), (1, 0, 1)), ((1, 0), (0, 1)))), (),
            ("step 2 (root): the actions in use are not those of the zero's support, "
                "or need not be best replies"),
        ),
        (THREE, (TAKE, MIX), (), "step 2 (few mix): 3 players may mix; this can be settled for two"),
        (THREE, (TAKE, ("tied",)), (), "step 2 (tied): an equilibrium is not listed: 1, 0; 1, 0; 1, 0"),
    ],
)  # fmt: skip
def test_steps_that_do_not_hold(
    played: NormalFormGame, steps: Any, boxes: Any, why: str
) -> None:
    assert failure(attrs.evolve(prove(played), steps=steps, boxes=boxes), played) == why


def test_lists_that_do_not_hold() -> None:
    """The mixed equilibrium of matching pennies, left out, altered, doubled; and those in
    balls of five players."""
    one, five = prove(MATCHING), prove(FIVE)
    tiny = arb(0.5) + arb(0, arb(2) ** -200_000)
    balls = [
        product
        for product in five.sets
        if any(is_ball(weight) for ((weight, *_),) in product)
    ]
    where = "the list of equilibria: "
    not_one = "a profile that is listed is not an equilibrium"
    for proof, played, change, why in [
        (one, MATCHING, {"zeros": (1,)}, "its parts are not shaped as those of a proof"),
        (one, MATCHING, {"sets": ()}, "an equilibrium is not listed: 1/2, 1/2; 1/2, 1/2"),
        (one, MATCHING, {"sets": (((FIRST,), (FIRST,)),)}, not_one),
        (one, MATCHING, {"sets": ((((HALF, HALF),), ((HALF, HALF, 0),)),)}, "its parts are not shaped as those of a proof"),
        (one, MATCHING, {"sets": ((((HALF, Fraction(1)),), (FIRST,)),)}, not_one),
        (one, MATCHING, {"sets": ((((Fraction(2), Fraction(-1)),), (FIRST,)),)}, not_one),
        (one, MATCHING, {"sets": one.sets * 2}, "a set of equilibria is listed twice"),
        (
            one, MATCHING, {"sets": ((((HALF, HALF),) * 400,) * 2,)},
            "a set of equilibria has 160,000 corners; at most 100,000 are checked",
        ),
        (
            one, MATCHING, {"sets": ((((tiny, tiny),),) * 2,)},
            "a ball is listed with 200,031 binary digits; at most 100,000 are checked",
        ),
        (five, FIVE, {"zeros": ()}, "an equilibrium in balls is listed without a zero that proves it"),
        (five, FIVE, {"sets": (*five.sets, balls[0])}, "two equilibria are listed whose balls overlap"),
        (five, FIVE, {"sets": tuple([one for one in five.sets if one is not balls[0]])},
         "a zero is not listed and may be an equilibrium"),
    ]:  # fmt: skip
        assert failure(attrs.evolve(proof, **change), played) == where + why
    moved = Fraction(1, 10**12)
    for number, zero in enumerate(five.zeros):
        solved = []
        if zero.exact is not None:
            (player, (a, b, *_)), *_ = [
                (i, used) for i, used in enumerate(zero.support) if len(used) > 1
            ]
            vector = list(zero.exact[player])
            vector[a] += moved
            solved.append(tuple(vector))  # does not sum to 1
            vector[b] -= moved
            solved.append(tuple(vector))  # does not solve the equations
            solved = [
                (*zero.exact[:player], one, *zero.exact[player + 1 :]) for one in solved
            ]
        for change, why in [
            *(
                ({"exact": one}, "the exact zero does not solve its system")
                for one in solved
            ),
            (
                {"radius": 0.9},
                "more than one zero may lie in its box" if zero.exact is None else "",
            ),
            (
                {"radius": 1e-18},
                (
                    f"the {'exact ' if zero.exact else ''}zero is not "
                    f"{'' if zero.exact else 'proved to lie '}in its box"
                ),
            ),
        ]:
            zeros = (
                *five.zeros[:number],
                attrs.evolve(zero, **change),
                *five.zeros[number + 1 :],
            )
            assert failure(attrs.evolve(five, zeros=zeros), FIVE) == (why and where + why)


def test_a_proof_of_another_game_fails() -> None:
    proof = prove(CUBE)
    for other in (game((3, 3, 3), 2), game((2, 2, 2), 1), THREE):
        assert failure(proof, other) == "the proof is of another game"
    for seed in seeds(5):  # and if it says that it is of this one
        other = game((3, 3, 3), seed + 2)
        assert failure(attrs.evolve(proof, game=prove(other).game), other)


def test_zeros_that_are_not_alone_fail() -> None:
    proof = prove(FIVE)
    wide = tuple([attrs.evolve(zero, radius=0.9) for zero in proof.zeros])
    assert failure(attrs.evolve(proof, zeros=wide), FIVE)
    narrow = tuple([attrs.evolve(zero, radius=1e-18) for zero in proof.zeros])
    assert failure(attrs.evolve(proof, zeros=narrow), FIVE)


def test_a_cell_has_to_lie_where_its_zero_is_alone() -> None:
    """Boxes that still hold their zeros, but no longer all that the equations leave of a
    cell."""
    proof = prove(FIVE)
    small = tuple([attrs.evolve(zero, radius=1e-15) for zero in proof.zeros])
    found = failure(attrs.evolve(proof, zeros=small), FIVE)
    assert found.endswith(
        "(root): solutions may lie outside the box in which there is one zero"
    )


@pytest.mark.parametrize(
    ("played", "budget"),
    [(THREE, 10**6), (CUBE, 10**6), (game((2, 2, 2), 3, 3), 100)],
    ids=["2^3", "3^3", "ties"],
)
def test_whatever_is_changed_nothing_false_is_proved(
    played: NormalFormGame, budget: int, tmp_path: Path
) -> None:
    """A file with one part changed at random is refused, does not hold, or holds without a
    set of equilibria less."""
    proof = prove(played, budget=budget)
    proof.save(tmp_path / "whole")
    lines = (tmp_path / "whole").read_text().splitlines()
    rng = random.Random(1)
    outcomes = {"refused": 0, "fails": 0, "holds": 0}
    for number in range(150):
        place = rng.randrange(len(lines))
        value = json.loads(lines[place])
        changed = [*lines[:place], json.dumps(_mutated(value, rng)), *lines[place + 1 :]]
        (tmp_path / str(number)).write_text("\n".join(changed) + "\n")
        try:
            read = Proof.load(tmp_path / str(number))
        except GameError as error:
            outcomes["refused"] += 1 if "\n" not in str(error) else -1000
            continue
        found = replay(read, played)
        outcomes["holds" if found.holds else "fails"] += 1
        if found.status is Status.COMPLETE:
            assert not proof.boxes
            assert len(read.sets) >= len(proof.sets)
    assert min(outcomes["refused"], outcomes["fails"]) > 0


def _mutated(value: Any, rng: random.Random) -> Any:
    """One entry, anywhere inside, replaced, left out or doubled."""
    if isinstance(value, dict):
        key = rng.choice(sorted(value))
        return value | {key: _mutated(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.9:
        place = rng.randrange(len(value))
        if rng.random() < 0.15:
            return value[:place] + value[place + 1 :]
        if rng.random() < 0.1:
            return value[:place] + value[place : place + 1] * 2 + value[place + 1 :]
        return [*value[:place], _mutated(value[place], rng), *value[place + 1 :]]
    if isinstance(value, float):
        return rng.choice(
            [-value, value / 2, value * 2, 1 - value, 0.0, 1e308, value + 1e-9]
        )
    if isinstance(value, int):
        return rng.choice([value + 1, value - 1, -value, 0, 10**9])
    if isinstance(value, str):
        return rng.choice(
            ["1/2", "1", "0", "take", "none", "1/0", "tied", "few mix", "__import__('os')"]
        )
    return rng.choice([None, [], {}, 1, "1"])


def test_a_proof_is_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    for played in (MATCHING, THREE, FIVE, game((2, 2, 2), 5, 2)):
        proof = prove(played, budget=500)
        proof.save(tmp_path / "proof")
        read = Proof.load(tmp_path / "proof")
        assert (read.shape, read.game, read.zeros, read.boxes, read.steps) == (
            proof.shape, proof.game, proof.zeros, proof.boxes, proof.steps
        )  # fmt: skip
        assert repr(read.sets) == repr(proof.sets)
        assert replay(read, played).leaves == replay(proof, played).leaves


def test_what_cannot_be_proved_is_refused() -> None:
    with pytest.raises(SizeError) as large:
        prove(CUBE, most_steps=3)
    assert str(large.value) == (
        "the proof takes more than 3 steps: allow more with prove(..., "
        "most_steps=...), or end the search earlier with "
        "budget=..., which leaves boxes"
    )
    with pytest.raises(RefusalError, match="NormalFormGame"):
        prove("chicken")  # type: ignore[arg-type]
    with pytest.raises(GameError) as other:
        replay("proof", CUBE)  # type: ignore[arg-type]
    assert (
        str(other.value)
        == "'proof' is a str: expected a Proof, from prove(game) or Proof.load(path)"
    )
