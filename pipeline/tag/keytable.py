"""Numbers of 64-bit keys, looked up at once for many: by a slot each, and by halving where keys share one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.tag.ragged import Ints

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class KeyTable:
    """A number for each of the keys, which are 0 or more and differ."""

    def __init__(self, keys: Sequence[int], numbers: Sequence[int]) -> None:
        bits = max(8, (2 * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        order = np.argsort(np.array(keys, dtype=np.int64))
        ranked, columns = np.array(keys, dtype=np.int64)[order], np.array(numbers, dtype=np.int64)[order]
        slots, first = np.unique(self._find_slots(ranked), return_index=True)
        rest = np.ones(len(ranked), dtype=bool)
        rest[first] = False
        self._keys = np.full(1 << bits, -1, dtype=np.int64)
        self._numbers = np.full(1 << bits, -1, dtype=np.int64)
        self._shared = np.zeros(1 << bits, dtype=bool)
        self._keys[slots], self._numbers[slots] = ranked[first], columns[first]
        self._shared[self._find_slots(ranked[rest])] = True
        self._other_keys, self._other_numbers = ranked[rest], columns[rest]

    def look_up(self, keys: Ints) -> Ints:
        """Their numbers, -1 for unknown keys."""
        slots = self._find_slots(keys)
        numbers: Ints = np.where(self._keys[slots] == keys, self._numbers[slots], -1)
        again = np.flatnonzero(self._shared[slots] & (numbers < 0))
        if again.size:
            places = np.minimum(np.searchsorted(self._other_keys, keys[again]), len(self._other_keys) - 1)
            numbers[again] = np.where(self._other_keys[places] == keys[again], self._other_numbers[places], -1)
        return numbers

    def _find_slots(self, keys: Ints) -> Ints:
        """Multiplicative hashing (Knuth 1973): the upper bits of the product with 2**64 over the golden ratio."""
        return np.asarray((keys.astype(np.uint64) * _GOLDEN) >> self._shift).astype(np.int64)
