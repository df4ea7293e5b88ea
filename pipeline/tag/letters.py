"""Words of a long text as 64-bit hashes of their letters, and numbers remembered by them: no word becomes a string.

The hash of a word is a polynomial in a fixed odd number, its letters the coefficients, modulo 2**64. One running sum
over the text gives that of any range: odd numbers have an inverse, so that where the word stands can be taken out.
Over the words of thousands of statements no two share one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.ragged import Ints

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

_BASE = 0xD1342543DE82EF95
_KEPT = 1 << 18
"""Length of the texts for which powers are kept; those of longer ones are worked out anew."""
_BITS = 17
"""Of the hash: a table has room for 131,072 words, some five times as many as thousands of statements have."""
_LAST = (1 << _BITS) - 1


def read_codes(text: str) -> Codes:
    """The code points of the text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def hash_words(codes: Codes, starts: Ints, ends: Ints) -> Hashes:
    """A hash for each half-open range of the text."""
    powers, inverses = _keep_powers() if len(codes) <= _KEPT else _list_powers(len(codes))
    sums = codes * powers[: len(codes)]
    np.cumsum(sums, out=sums)
    behind_first = (sums[ends - 1] - sums[starts]) * inverses[starts]
    return np.asarray(behind_first + codes[starts] * powers[0])


def _list_powers(size: int) -> tuple[Hashes, Hashes]:
    """The base to the powers from 1 on, and to those from 0 downward, for a text of so many characters."""
    up = np.full(size, _BASE, dtype=np.uint64)
    down = np.full(size, pow(_BASE, -1, 1 << 64), dtype=np.uint64)
    down[:1] = 1
    return np.cumprod(up, dtype=np.uint64), np.cumprod(down, dtype=np.uint64)


@cache
def _keep_powers() -> tuple[Hashes, Hashes]:
    return _list_powers(_KEPT)


class NumberTable:
    """A number for every word, asked for once and remembered by the word's hash in one of two places."""

    def __init__(self, find_number: Callable[[str], int]) -> None:
        self._find_number = find_number
        self._keys = np.zeros(1 << _BITS, dtype=np.uint64)
        self._numbers = np.zeros(1 << _BITS, dtype=np.int64)

    def keep_numbers(self, kept: Ints, find_number: Callable[[str], int]) -> NumberTable:
        """A new one that knows the words of these numbers, in ascending order, by their places among them."""
        new = NumberTable(find_number)
        places = np.searchsorted(kept, self._numbers)
        known = (self._keys != 0) & (places < len(kept))
        known[known] = kept[places[known]] == self._numbers[known]
        new._keys[known], new._numbers[known] = self._keys[known], places[known]
        return new

    def look_up(self, text: str, starts: Ints, ends: Ints, hashes: Hashes) -> Ints:
        """The numbers; a word whose two places others have taken is asked for every time."""
        slots = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        numbers: Ints = self._numbers[slots]
        rest = np.flatnonzero(self._keys[slots] != hashes)
        if rest.size:
            second = (hashes[rest] >> np.uint64(63 - 2 * _BITS)).astype(np.int64) & _LAST
            numbers[rest] = self._numbers[second]
            new = np.flatnonzero(self._keys[second] != hashes[rest])
            for at, two in zip(rest[new].tolist(), second[new].tolist(), strict=True):
                number = numbers[at] = self._find_number(text[starts[at] : ends[at]])
                self._remember(int(slots[at]), two, hashes[at], number)
        return numbers

    def _remember(self, one: int, two: int, key: np.uint64, number: int) -> None:
        for slot in (one, two):
            if self._keys[slot] in (0, key):
                self._keys[slot], self._numbers[slot] = key, number
                return
