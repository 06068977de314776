"""Proofs that a list of equilibria is complete.

A search writes one down, and a checker that shares no code with it replays it.

A search for all equilibria of a table discards, shrinks and cuts cells until each is
settled. ``prove`` records every step with the numbers that justify it; ``replay`` follows
the steps in exact arithmetic from the game's exact payoffs. So whether the list is complete
need not be taken on the word of compiled code that computes in floats: such an algorithm is
called certifying (R. M. McConnell, K. Mehlhorn, S. Näher and P. Schweitzer, "Certifying
algorithms", 2011).
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from strategy.concepts.nash import Nash
from strategy.deadline import OutOfTime, check, limited, within
from strategy.errors import GameError, RefusalError
from strategy.exact import is_ball
from strategy.forms.normal import NormalFormGame
from strategy.names import FrozenMapping
from strategy.results import Status
from strategy.solvers.proving import files as files
from strategy.solvers.proving.cells import ExactCell, Refuted, Tables, binary
from strategy.solvers.proving.forms import parts_fit, step_fits
from strategy.solvers.proving.sets import Listed, is_exact
from strategy.solvers.proving.steps import SHRINKING, solution_bounds
from strategy.solvers.proving.zeros import Zero, ZeroBox, precise, prove_zero
from strategy.texts import number_text, seconds_words

__all__ = ["Proof", "Replay", "prove", "replay"]

Vector = tuple[Any, ...]


@attrs.frozen(eq=False, repr=False)
class Proof:
    """A list of all Nash equilibria of a table, and why none is missing.

    The steps that show it.

    ``sets``: products of polytopes, one tuple of vertices a player, of which every point is
    an equilibrium; an isolated equilibrium has one vertex a player, of Fractions or of
    flint.arb balls. ``boxes``: where equilibria that are not listed may lie: for each
    player and action the least and greatest weight. ``zeros`` and ``steps`` are for
    ``replay``. ``game`` is a digest of the shape and the exact payoffs.
    """

    shape: tuple[int, ...]
    game: str
    sets: tuple[tuple[tuple[Vector, ...], ...], ...]
    zeros: tuple[ZeroBox, ...]
    boxes: tuple[Any, ...]
    steps: tuple[Any, ...]

    def save(self, path: str | Path) -> None:
        """Write it to the file ``path``, one JSON value a line."""
        files.write(
            path,
            {"shape": self.shape, "game": self.game},
            self.sets,
            self.zeros,
            self.boxes,
            self.steps,
        )

    @classmethod
    def load(cls, path: str | Path) -> Proof:
        """Read a file that ``save`` wrote. Raises GameError with the line and the fault.

        ``path``: where it is.
        """
        return cls(**files.read(path))

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self.shape))
        return (
            f"Proof({shape}: {len(self.sets)} sets of equilibria, {len(self.boxes)} "
            f"boxes, {len(self.steps):,} steps)"
        )


@attrs.frozen(eq=False)
class Replay:
    """What became of a proof.

    ``holds``: every step is right, and all that is listed are equilibria; otherwise
    ``failure`` says which is the first that is not; ``steps``: how many were looked at.
    ``status``: COMPLETE if it is proved that nothing is missing, PARTIAL if that is so but
    for the boxes, STOPPED if the time was over before the end (then nothing is confirmed or
    refuted), None if the proof does not hold. ``leaves``: how many cells end in which way.
    """

    holds: bool
    status: Status | None
    leaves: FrozenMapping[str, int]
    steps: int
    failure: str = ""


def prove(
    game: NormalFormGame,
    *,
    digits: int = 30,
    budget: int = 5_000_000,
    most_steps: int = 500_000,
    seconds: float | None = None,
) -> Proof:
    """Search all Nash equilibria of a table, and write down why there are no others.

    The search is that of BranchAndPrune on ``game``; ``digits`` and ``budget`` as there.
    Raises SizeError if the proof takes more than ``most_steps`` steps (each has some tens
    to hundreds of numbers). A search that ``seconds`` cut short is a proof with what is not
    settled in boxes; raises TimeLimitError if not even that is made by then.
    """
    _require_table(game)
    from strategy.solvers.proving.making import made  # brings Numba

    with limited(seconds, "the proof"):
        parts = made(
            [numbers for numbers, _ in game.integer_tables],
            digits=digits,
            budget=budget,
            most_steps=most_steps,
        )
    return Proof(game.form.shape, _digest(game), **parts)


def replay(proof: Proof, game: NormalFormGame, *, seconds: float | None = None) -> Replay:
    """Check a proof, wherever it comes from, against the exact payoffs of a game.

    Its cells are exact: products of simplices with binary fractions as vertices. Raises
    GameError or RefusalError only if what is given is not a proof or not a table. If
    ``seconds`` are over before the end, ``status`` is STOPPED and nothing is confirmed.
    """
    _require_table(game)
    if not isinstance(proof, Proof):
        raise GameError(
            f"{proof!r} is a {type(proof).__name__}: expected a Proof, from prove(game) "
            "or Proof.load(path)"
        )
    if proof.shape != game.form.shape or proof.game != _digest(game):
        return Replay(False, None, FrozenMapping(), 0, "the proof is of another game")
    run = _CheckRun(proof, Tables([numbers for numbers, _ in game.integer_tables]))
    try:
        with within(seconds):
            run.check()
    except OutOfTime:
        why = (
            f"stopped at {seconds_words(seconds)}, with {run.number:,} of "
            f"{len(proof.steps):,} steps followed"
        )
        return Replay(False, Status.STOPPED, FrozenMapping(run.leaves), run.number, why)
    except Refuted as refuted:
        return Replay(
            False, None, FrozenMapping(run.leaves), run.number, f"{run.where()}: {refuted}"
        )
    status = Status.PARTIAL if proof.boxes else Status.COMPLETE
    return Replay(True, status, FrozenMapping(run.leaves), run.number)


def _require_table(game: Any) -> None:
    reason = Nash().refuses(game)
    if reason is not None:
        raise RefusalError(reason)


def _digest(game: NormalFormGame) -> str:
    """The same for equal exact payoffs, however they were given."""
    text = hashlib.sha256(repr(game.form.shape).encode())
    for numbers, factor in game.integer_tables:
        text.update(
            (
                " "
                f"{number_text(factor)}:{','.join(map(number_text, numbers.reshape(-1).tolist()))}"
            ).encode()
        )
    return text.hexdigest()


class _CheckRun:
    """A proof on its way.

    The cells of a search are on a stack; those that are put aside wait in a row.
    """

    def __init__(self, proof: Proof, tables: Tables) -> None:
        self.proof, self.tables = proof, tables
        self.number = 0
        self.leaves: Counter[str] = Counter()
        self.stack: list[ExactCell] = []
        self.waiting = deque([ExactCell.whole(tables.shape)])
        self.zeros: list[Zero] = []

    def where(self) -> str:
        """Which step is being checked."""
        if not self.number:
            return "the list of equilibria"
        return f"step {self.number:,} ({self.proof.steps[self.number - 1][0]})"

    def check(self) -> None:
        """Raise Refuted at the first thing that does not hold."""
        if not parts_fit(self.proof, self.tables.shape):
            raise Refuted("its parts are not shaped as those of a proof")
        bits = _bits(self.proof)
        with precise(2 * bits + 64):
            self.listed = Listed(self.tables, self.proof.sets)
            for box in self.proof.zeros:
                check()
                zero = prove_zero(self.tables, box, bits)
                self.listed.settle(zero)
                self.zeros.append(zero)
        if len(self.listed.proved) < len(self.listed.balls):
            raise Refuted("an equilibrium in balls is listed without a zero that proves it")
        for step in self.proof.steps:
            check()
            self.number += 1
            if not step_fits(step, self.tables.shape):
                raise Refuted("it is not shaped as a step")
            self._take(step[0], step[1:])
        open_ones = len(self.stack) + len(self.waiting)
        if open_ones:
            raise Refuted(f"the proof ends here, and {open_ones:,} cells are not settled")

    def _take(self, kind: str, data: tuple[Any, ...]) -> None:
        if kind == "take":
            if not self.waiting:
                raise Refuted("no cell waits")
            self.stack.append(self.waiting.popleft())
            return
        if not self.stack:
            raise Refuted("no cell has been taken")
        cell = self.stack[-1]
        if kind in SHRINKING:
            SHRINKING[kind](self.tables, cell, *data)
            if cell.empty:
                self._settle("without an equilibrium")
        elif kind == "aside":
            self.waiting.append(self.stack.pop())
        elif kind in ("split", "branch"):
            self._cut(kind, cell, data)
        else:
            self._settle(self._leaf(kind, cell, data))

    def _settle(self, kind: str) -> None:
        self.stack.pop()
        self.leaves[kind] += 1

    def _cut(self, kind: str, cell: ExactCell, data: tuple[Any, ...]) -> None:
        """In two parts that cover the cell.

        An edge is cut, or an action is a best reply or not used.
        """
        other = cell.copy()
        if kind == "branch":
            player, action = data
            cell.required |= {(player, action)}
            other.without(player, action)
        else:
            player, p, q, share = data
            size = len(cell.vertices[player])
            if p == q or max(p, q) >= size or not 0 < share < 1:
                raise Refuted("there is no such edge, or the share is not between 0 and 1")
            (first,), bits = binary([share])
            for part, moved in ((cell, p), (other, q)):
                matrix = [[int(k == r) << bits for r in range(size)] for k in range(size)]
                matrix[moved][p] = first
                matrix[moved][q] = (1 << bits) - first
                part.move(player, matrix, bits)
        if not other.empty:
            self.stack.append(other)

    def _leaf(self, kind: str, cell: ExactCell, data: tuple[Any, ...]) -> str:
        if kind == "few mix":
            self.listed.settle_faces(cell.carriers())
            return "listed exactly"
        if kind == "tied":
            self.listed.settle_tied(cell.carriers())
            return "listed exactly"
        if data[0] >= len(self.zeros if kind == "root" else self.proof.boxes):
            raise Refuted("it names a part of the proof that does not exist")
        if kind == "root":
            self._one_zero(cell, self.zeros[data[0]], data[1:])
            return "one zero"
        bounds = (
            solution_bounds(self.tables, cell, *data[1:])
            if kind == "near"
            else cell.bounds()
        )
        for mine, rows in zip(bounds, self.proof.boxes[data[0]], strict=True):
            if any(
                low < Fraction(rows[s][0]) or high > Fraction(rows[s][1])
                for s, (low, high) in enumerate(mine)
            ):
                raise Refuted("what is left over is not inside its box")
        return "left over"

    def _one_zero(self, cell: ExactCell, zero: Zero, data: tuple[Any, ...]) -> None:
        """All equilibria of the cell solve the system of a support.

        Near its zero, where there is no other.
        """
        needed = cell.needed()
        for i, (used, carried) in enumerate(
            zip(zero.box.support, cell.carriers(), strict=True)
        ):
            if not set(carried) <= set(used) or any((i, s) not in needed for s in used):
                raise Refuted(
                    "the actions in use are not those of the zero's support, or need not "
                    "be best replies"
                )
        if not zero.alone_in(solution_bounds(self.tables, cell, *data)):
            raise Refuted("solutions may lie outside the box in which there is one zero")


def _bits(proof: Proof) -> int:
    """How many binary digits of a zero tell the ball that it lies in.

    One of the balls that are listed.
    """
    bits = 64
    for product in proof.sets:
        if not is_exact(product):
            for weight in (
                weight for vertices in product for weight in vertices[0] if is_ball(weight)
            ):
                radius, exponent = map(int, weight.rad().man_exp())
                if radius:
                    bits = max(bits, 32 - exponent - radius.bit_length())
    if bits > 100_000:
        raise Refuted(
            f"a ball is listed with {bits:,} binary digits; at most 100,000 are checked"
        )
    return bits
