"""Compiled check that what two players use are best replies, in exact 64-bit integers."""

from __future__ import annotations

from strategy.kernels import kernel

__all__ = ["strike"]

SAFE = 2.0**61  # floats below this show that integers stay inside 63 bits


@kernel("the check of equilibria of two players")
def strike(table, mine, total, others, pairs, own, short, sound, held):  # type: ignore[no-untyped-def]
    """Strike out of ``held`` the pairs in which one player does not best-reply.

    Returns whether all numbers were small enough; if not, nothing is to be read.

    ``table``: what the player gets, own actions along the rows; ``mine``, ``total``: its
    numerators (vectors, actions) and denominators; ``others``: the opponent's numerators;
    ``pairs``: shape (profiles, 2), in column ``own`` numbers of own vectors. Overwritten:
    ``short``, of shape (opponent's vectors, own actions), which actions are not best
    replies; ``sound``, of shape (own vectors,), which of them are strategies.
    """
    largest = 1.0
    for i in range(table.shape[0]):
        for j in range(table.shape[1]):
            largest = max(largest, abs(float(table[i, j])))
    for k in range(len(others)):
        weight = 0.0
        for j in range(table.shape[1]):
            weight += abs(float(others[k, j]))
        if weight * largest >= SAFE:
            return False
        best = 0
        for step in range(2):  # the largest value, and then what falls short of it
            for i in range(table.shape[0]):
                value = 0
                for j in range(table.shape[1]):
                    value += table[i, j] * others[k, j]
                if step == 1:
                    short[k, i] = value < best
                elif i == 0 or value > best:
                    best = value
    for k in range(len(mine)):
        weight, summed, least = 0.0, 0, 0
        for i in range(table.shape[0]):
            weight += abs(float(mine[k, i]))
            summed += mine[k, i]
            least = min(least, mine[k, i])
        if weight >= SAFE:
            return False
        sound[k] = least == 0 and summed == total[k] and summed > 0
    for p in range(len(pairs)):
        k, other = pairs[p, own], pairs[p, 1 - own]
        good = sound[k]
        for i in range(table.shape[0]):
            good = good and (mine[k, i] == 0 or not short[other, i])
        held[p] = held[p] and good
    return True
