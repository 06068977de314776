"""The log of a search: what was done to its cells and why, as numbers in one array.

A log is an array of floats or None. Without it nothing of what it needs is compiled in:
Numba leaves out branches on None. The first two places are where the next record goes, and
how much room the records of one cell may take; then come the records: a code, three
numbers, how many values follow, the values. ``solvers.proving.recording`` reads them.
"""

from __future__ import annotations

import math

from strategy.kernels import part

__all__ = ["begun", "down", "note_equations", "up"]

TAKE, ASIDE, SPLIT, BRANCH, BELOW, UNUSED, SHRINK, SHRINK_MIXED, DROP = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
)
INCONSISTENT, SQUEEZE, OVERFULL, OUTSIDE, ROOT, NUMBERED, FEW_MIX, TIED = (
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
)
"""The codes, with the three numbers and the values of each:

- SPLIT: player, two vertices; the share. BRANCH: player, action.
- BELOW, UNUSED: player, the worse action, the better one; for UNUSED another better one,
  and the share of the first.
- SHRINK: player, two actions; whose cell shrinks, ``keep``. SHRINK_MIXED: player, an action
  that is required, whose cell shrinks; the length of ``keep`` (0: nothing is left),
  ``keep``, a factor for each action.
- DROP: player, two actions; player and vertex of each that is dropped.
- INCONSISTENT: the sign, how many equations, 1. SQUEEZE, OVERFULL: whose cell, how many
  equations and rows; for SQUEEZE ``least``. OUTSIDE, ROOT: 0, how many equations and rows;
  the weights. The values end with the equations and the rows.
- NUMBERED: the number of the root before it.
"""
HEAD, START = 5, 2


@part()
def begun(log, code, one, two, three, values):  # type: ignore[no-untyped-def]
    """Write the head of a record with so many values. Returns where they go.

    ``log``: the array; ``code``, ``one``, ``two``, ``three``: the code and the three
    numbers of the record; ``values``: how many.
    """
    at = int(log[0])
    log[at] = code
    log[at + 1] = one
    log[at + 2] = two
    log[at + 3] = three
    log[at + 4] = values
    log[0] = at + 5 + values
    return at + 5


@part()
def note_equations(log, at, shape, carrier, equations, unknowns, J, first, count, row_of):  # type: ignore[no-untyped-def]
    """Write which gains the equations are, then their combinations.

    (player, two actions); the combinations of them of ``count`` rows of ``J``.

    The rows are those of the unknowns from ``first`` on, or, with ``row_of`` None, the rows
    themselves. ``log``: the array; ``at``: where they go; ``shape``, ``carrier``: as in
    ``solvers.cells.cells``.
    """
    for i in range(shape.size):
        base = -1
        for s in range(shape[i]):
            if carrier[i, s]:
                if base >= 0:
                    log[at], log[at + 1], log[at + 2] = i, s, base
                    at += 3
                else:
                    base = s
    for u in range(first, first + count):
        row = u
        if row_of is not None:
            row = row_of[u]
        for b in range(equations):
            log[at] = J[row, unknowns + b]
            at += 1


@part()
def up(share):  # type: ignore[no-untyped-def]
    """A share, or a little more, of six binary digits.

    Exact cells that are shrunk often stay short to write down.
    """
    part, exponent = math.frexp(share)
    return min(math.ldexp(math.ceil(part * 64.0), exponent - 6), 1.0)


@part()
def down(weight):  # type: ignore[no-untyped-def]
    """A weight, or a little less, in steps of 2^-12."""
    return math.floor(weight * 4096.0) / 4096.0
