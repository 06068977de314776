"""Best-reply polyhedra and the branching over labels in plain Python integers of any size.

A player's mixed strategies x and the least payoff v that holds the opponent's replies down
form the polyhedron

    {(x, v): x >= 0, sum x = 1, slack[j] = v - payoff of the opponent's reply j against x >=
    0}.

Every constraint bears a *label*, an action of either player: an action of one's own that is
unused (x[i] = 0), or an action of the opponent that is a best reply (slack[j] = 0). A pair
of strategies is an equilibrium iff every label is tight on at least one side. A ``Face`` is
a face of such a polyhedron, held as a simplex dictionary with a common denominator, as in
Avis, Rosenberg, Savani and von Stengel, "Enumeration of Nash equilibria for two-player
games", Economic Theory 42 (2010).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf

from strategy import deadline

__all__ = [
    "Face",
    "basis_vertex",
    "equilibrium_faces",
    "face_vertices",
    "infinitesimal_unit",
]

Matrix = Sequence[Sequence[int]]


def infinitesimal_unit(*payoffs: Matrix) -> int:
    """A number so large that numbers of 24 bits, divided by it, are infinitesimal.

    They decide only what is tied without them.

    It is far beyond the product of any two minors of differences of payoffs with the sum of
    such numbers.
    """
    largest = max([abs(x) for matrix in payoffs for row in matrix for x in row])
    size = max([max(len(matrix), len(matrix[0])) for matrix in payoffs]) + 2
    return 1 << 2 * size * (4 * largest * size + 2).bit_length() + 64


class Face:
    """A face as a dictionary.

    Each row is a basic label's slack, ``(row[0] + sum row[1 + c] * column c) / det``.

    ``tight``: labels whose slack is zero all over the face; ``strict``: labels that shall
    not be zero; ``never``: labels that cannot be zero, whose rows are dropped because the
    other constraints imply them. All three are bit masks. ``fixed``: the labels of the
    columns that were set to zero.
    """

    __slots__ = ("columns", "det", "fixed", "labels", "never", "rows", "strict", "tight")

    def __init__(
        self, rows: list[list[int]], labels: list[int], columns: list[int]
    ) -> None:
        self.rows, self.labels, self.columns = rows, labels, columns
        self.det, self.tight, self.strict, self.never = 1, 0, 0, 0
        self.fixed: list[int] = []

    @classmethod
    def whole(
        cls,
        payoff: Matrix,
        own: Sequence[int],
        other: Sequence[int],
        malus: Sequence[int] | None = None,
        unit: int = 1,
    ) -> Face:
        """The polyhedron itself.

        ``payoff[j][i]``: what the opponent gets from action j against action i; ``malus[j]
        / unit`` is taken off. ``own``, ``other``: the labels of the player's actions and of
        the opponent's.
        """
        less = malus or [0] * len(payoff)
        reply = max(range(len(payoff)), key=lambda j: payoff[j][0] * unit - less[j])
        best = payoff[reply]
        rows, labels = [[unit, *[-1] * (len(own) - 1), 0]], [own[0]]
        for j, row in enumerate(payoff):
            if j != reply:
                base = best[0] - row[0]
                constant = base * unit + less[j] - less[reply]
                rows.append(
                    [constant, *[best[i] - row[i] - base for i in range(1, len(own))], 1]
                )
                labels.append(other[j])
        return cls(rows, labels, [*own[1:], other[reply]])

    def copy(self) -> Face:
        """Another dictionary that can change on its own."""
        new = Face(
            [row.copy() for row in self.rows], self.labels.copy(), self.columns.copy()
        )
        new.fixed = self.fixed.copy()
        new.det = self.det
        new.tight = self.tight
        new.strict = self.strict
        new.never = self.never
        return new

    def pivot(self, r: int, c: int) -> None:
        """Exchange the label of row r with that of column c."""
        rows, det = self.rows, self.det
        row = rows[r]
        p = row[c + 1]
        sign = 1 if p > 0 else -1
        deadline.check()
        for i, other in enumerate(rows):
            factor = other[c + 1]
            if i == r:
                continue
            if factor:
                scaled = [
                    (x * p - factor * y) // det for x, y in zip(other, row, strict=True)
                ]
                rows[i] = scaled if sign > 0 else [-x for x in scaled]
            elif p != det:
                rows[i] = [x * p // det * sign for x in other]
            rows[i][c + 1] = factor * sign
        rows[r] = [-sign * x for x in row]
        rows[r][c + 1] = sign * det
        self.det = p * sign
        self.labels[r], self.columns[c] = self.columns[c], self.labels[r]

    def fix(self, c: int) -> bool:
        """Set column c to zero. False if its label shall not be zero."""
        label = self.columns.pop(c)
        for row in self.rows:
            del row[c + 1]
        self.fixed.append(label)
        self.tight |= 1 << label
        return not self.strict >> label & 1

    def leaving(self, c: int, wanted: int) -> int:
        """The row that limits column c's growth, ``wanted`` among equals; -1 if none does."""
        best = -1
        top = 0
        bottom = 1
        for i, row in enumerate(self.rows):
            a = -row[c + 1]
            if a > 0:
                cross = row[0] * bottom - top * a if best >= 0 else -1
                if cross < 0 or (cross == 0 and i == wanted):
                    best = i
                    top = row[0]
                    bottom = a
        return best

    def tighten(self, label: int) -> bool:
        """Restrict the face to where a label is tight, by minimising its slack.

        False if that is nowhere.
        """
        if self.tight >> label & 1:
            return True
        if self.never >> label & 1:
            return False
        if label in self.columns:
            return self.fix(self.columns.index(label))
        pivots = 0
        while True:
            r = self.labels.index(label)
            row = self.rows[r]
            if row[0] == 0:
                c = next((c for c in range(len(self.columns)) if row[c + 1]), -1)
                if c < 0:
                    return self.imply(r)
                self.pivot(r, c)
                return self.fix(c)
            falling = [c for c in range(len(self.columns)) if row[c + 1] < 0]
            if not falling:
                return False
            pivots += 1
            if pivots > 2 * len(self.columns) + 4:  # Bland's rule ends cycles
                c = min(falling, key=self.columns.__getitem__)
                k = self.bland(c)
            else:
                c = min(falling, key=lambda c: row[c + 1])
                k = self.leaving(c, r)
            self.pivot(k, c)
            if k == r:
                return self.fix(c)

    def bland(self, c: int) -> int:
        """The limiting row of the least label among equals.

        ``c``: the column.
        """
        k = self.leaving(c, -1)
        top, bottom = self.rows[k][0], -self.rows[k][c + 1]
        ties = [
            i
            for i, row in enumerate(self.rows)
            if row[c + 1] < 0 and row[0] * bottom == -top * row[c + 1]
        ]
        return min(ties, key=self.labels.__getitem__)

    def imply(self, r: int) -> bool:
        """Drop a row that is zero all over the face.

        False if its label shall not be zero. ``r``: the row.
        """
        label = self.labels.pop(r)
        del self.rows[r]
        self.tight |= 1 << label
        return not self.strict >> label & 1

    def loosen(self, label: int) -> bool:
        """Demand that a label be not tight, by maximising its slack until it is positive.

        False if that is impossible.
        """
        self.strict |= 1 << label
        if self.tight >> label & 1:
            return False
        if self.never >> label & 1:
            return True
        if label in self.columns:
            c = self.columns.index(label)
            k = self.leaving(c, -1)
            if k < 0 or self.rows[k][0]:
                return True
            self.pivot(k, c)
        while True:
            r = self.labels.index(label)
            row = self.rows[r]
            if row[0]:
                return True
            rising = [c for c in range(len(self.columns)) if row[c + 1] > 0]
            if not rising:
                return False
            c = min(rising, key=self.columns.__getitem__)
            k = self.leaving(c, -1)
            if k < 0 or self.rows[k][0]:
                return True
            self.pivot(self.bland(c), c)

    def deduce(self) -> bool:
        """Drop rows that cannot be zero, and set to zero what must be.

        False if that denies a strict label.
        """
        again = True
        while again:
            again = False
            for r in range(len(self.rows) - 1, -1, -1):
                row = self.rows[r]
                falls = min(row[1:], default=0) < 0
                if row[0] > 0:
                    if not falls:
                        self.never |= 1 << self.labels.pop(r)
                        del self.rows[r]
                    continue
                if max(row[1:], default=0) > 0:
                    continue
                if not self.imply(r):
                    return False
                if falls:
                    again = True
                    for c in range(len(self.columns) - 1, -1, -1):
                        if row[c + 1] < 0 and not self.fix(c):
                            return False
        return True

    def score(self, label: int) -> float:
        """How far from zero a label's slack is.

        Measured by how fast the columns can bring it down.
        """
        if label not in self.labels:
            return 0.0
        row = self.rows[self.labels.index(label)]
        try:
            return row[0] / -sum([x for x in row[1:] if x < 0]) if row[0] else 0.0
        except OverflowError:
            return inf


def settle(sides: tuple[Face, Face]) -> bool:
    """Draw the conclusions: what cannot be tight on one side must be on the other.

    False if there is no equilibrium here. ``sides``: the faces of both players.
    """
    while True:
        if not (sides[0].deduce() and sides[1].deduce()):
            return False
        forced = [sides[1 - s].never & ~sides[s].tight for s in (0, 1)]
        if not (forced[0] or forced[1]):
            return True
        for side, labels in zip(sides, forced, strict=True):
            while labels:
                label = labels.bit_length() - 1
                labels ^= 1 << label
                if not side.tighten(label):
                    return False


def equilibrium_faces(
    P: Face, Q: Face, count: int, check: Callable[[], None] | None = None
) -> Iterator[tuple[Face, Face]]:
    """Pairs of faces of P and Q whose points together bear all of ``count`` labels.

    Every pair of vertices that does lies in exactly one pair of faces, and on neither side
    on a ``strict`` label. ``check``: called now and then, to raise when the time is over.
    """
    everything = (1 << count) - 1
    stack = [(P, Q)]
    while stack:
        if check is not None:
            check()
        sides = stack.pop()
        if not settle(sides):
            continue
        open_labels = everything & ~(sides[0].tight | sides[1].tight)
        if not open_labels:
            yield sides
            continue
        label = max(
            [k for k in range(count) if open_labels >> k & 1],
            key=lambda k: sides[0].score(k) + sides[1].score(k),
        )
        P, Q = sides
        first = P.copy()
        kept = Q.copy()
        if P.loosen(label) and Q.tighten(label):
            stack.append((P, Q))
        if first.tighten(label):
            stack.append((first, kept))


def face_vertices(face: Face, check: Callable[[], None] | None = None) -> Iterator[Face]:
    """The vertices of a face that are on none of its strict labels.

    ``check``: called now and then, to raise when the time is over.
    """
    stack = [face]
    while stack:
        if check is not None:
            check()
        one = stack.pop()
        if not one.deduce():
            continue
        if not one.columns:
            yield one
            continue
        labels = [
            label for label in (*one.labels, *one.columns) if not one.strict >> label & 1
        ]
        if not labels:
            continue
        label = max(labels, key=one.score)
        other = one.copy()
        if one.loosen(label):
            stack.append(one)
        if other.tighten(label):
            stack.append(other)


def basis_vertex(
    payoff: Matrix, used: Sequence[int], replies: Sequence[int]
) -> list[int] | None:
    """The weights that use some actions and make as many replies equally good.

    Up to a common factor; None if not unique.

    ``payoff[j][i]`` as above; numbers of actions. Weights of either sign: whether they are
    strategies is not asked. ``used``: these actions.
    """
    rows = [[payoff[j][i] - payoff[replies[0]][i] for i in used] for j in replies[1:]]
    order, det = list(range(len(used))), 1
    for t in range(len(rows)):
        place = next(
            (
                (r, c)
                for c in range(t, len(used))
                for r in range(t, len(rows))
                if rows[r][c]
            ),
            None,
        )
        if place is None:
            return None
        r, c = place
        rows[t], rows[r] = rows[r], rows[t]
        for row in rows:
            row[t], row[c] = row[c], row[t]
        order[t], order[c] = order[c], order[t]
        top = rows[t]
        p = top[t]
        for i, row in enumerate(rows):
            if i != t:
                a = row[t]
                rows[i] = [(x * p - a * y) // det for x, y in zip(row, top, strict=True)]
        det = p
    weights = [0] * len(used)
    for t, row in enumerate(rows):
        weights[order[t]] = -row[-1]
    weights[order[-1]] = det
    return weights if sum(weights) > 0 else [-w for w in weights]
