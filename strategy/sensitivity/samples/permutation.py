"""A permutation of 0 .. n-1 that is computed where it is asked for.

A Latin hypercube of any size without a table of strata.

A Feistel network (Luby and Rackoff, SIAM Journal on Computing 17, 1988) permutes the
numbers of some bits; where it leads out of 0 .. n-1 it is applied again until it leads back
(Black and Rogaway, "Ciphers with arbitrary finite domains", 2002). The round function is
the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from strategy.kernels import kernel, part

__all__ = ["permuted"]

_ROUNDS = 8
_LEAST_BITS = 10  # fewer leave a network too little to mix


def permuted(count: int, seed: int, which: int, start: int, stop: int) -> NDArray[np.int64]:
    """Where a permutation of 0 .. count-1 sends start .. stop-1.

    It is the one numbered ``which`` of those with this seed.
    """
    # Two words in the key keep its streams apart from those of samples, which have one.
    keys = np.random.SeedSequence(seed, spawn_key=(which, 1)).generate_state(
        _ROUNDS, np.uint64
    )
    bits = max(_LEAST_BITS, (count - 1).bit_length())
    result = np.empty(stop - start, dtype=np.int64)
    _permuted(count, keys, bits // 2, bits - bits // 2, start, result)
    return result


@kernel("permutations of samples", _nrt=False)
def _permuted(count, keys, right_bits, left_bits, start, result):  # type: ignore[no-untyped-def]
    right_mask = (np.uint64(1) << np.uint64(right_bits)) - np.uint64(1)
    left_mask = (np.uint64(1) << np.uint64(left_bits)) - np.uint64(1)
    shift, limit = np.uint64(right_bits), np.uint64(count)
    for i in range(result.size):
        number = np.uint64(start + i)
        while True:
            # The halves may differ in size by a bit: each takes its turn to be changed by
            # the other.
            left, right = number >> shift, number & right_mask
            for r in range(0, keys.size, 2):
                left = (left ^ _mixed(right + keys[r])) & left_mask
                right = (right ^ _mixed(left + keys[r + 1])) & right_mask
            number = (left << shift) | right
            if number < limit:
                break
        result[i] = np.int64(number)


@part()
def _mixed(x):  # type: ignore[no-untyped-def]
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
