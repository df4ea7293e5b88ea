"""Words and marks of a long text, and a character for each, in NumPy: no word becomes a string of its own.

A word is looked up by a hash of its letters, a sum of their codes times a random number for each place in
the word, modulo 2**64; that any two of a million words share one has a chance of one in thirty million.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

MARKS = ',;:?!()"[]—\n'
_CODES = 1 << 16
_KIND = np.array([chr(code).isalnum() or chr(code) == "_" for code in range(_CODES)], dtype=np.uint8)
_KIND[[ord(mark) for mark in MARKS]] = 2
_LEADING = re.compile(r"(?<!\w)_+")
_APOSTROPHE = re.compile(r"(?i)'(?:(?P<suffix>s|re|ve|ll|d|m)(?!\w)|(?<=\w')t)")
_BITS = 17
"""Of the hash: the table has room for 131,072 words, some five times as many as thousands of statements have."""
_PLACES = np.random.default_rng(7).integers(1, 1 << 63, 64, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


def find_tokens(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]:
    """Where words and marks begin and end, and their hashes.

    "n't" belongs to its word; 's and other shortened verbs are words of their own.
    """
    if "_" in text:
        text = _LEADING.sub(lambda run: " " * len(run[0]), text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kind = _KIND[np.minimum(codes, _CODES - 1)]
    begin = kind == 2
    for found in _APOSTROPHE.finditer(text) if "'" in text else ():
        kind[found.start()] = 1
        if found["suffix"]:
            begin[found.start()] = True
        else:
            begin[found.end() : found.end() + 1] |= kind[found.end() : found.end() + 1] == 1
    inside = kind > 0
    begin[1:] |= (kind[1:] == 1) & (kind[:-1] != 1)
    begin[:1] |= inside[:1]
    last = inside.copy()
    last[:-1] &= ~inside[1:] | begin[1:]
    starts = np.flatnonzero(begin)
    return starts, np.flatnonzero(last) + 1, _hash_words(codes, inside, starts)


def _hash_words(codes: NDArray[np.uint32], inside: NDArray[np.bool_], starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    if not starts.size:
        return np.zeros(0, dtype=np.uint64)
    place = np.arange(len(codes)) - np.repeat(starts, np.diff(starts, append=len(codes)))[-len(codes) :]
    weights = _PLACES[np.minimum(place, len(_PLACES) - 1)]
    return np.add.reduceat(codes * inside * weights, starts)


class CharTable:
    """A character for every word, asked for once and remembered by the word's hash."""

    def __init__(self, classify: Callable[[str], str]) -> None:
        self._classify = classify
        self._keys = np.zeros(1 << _BITS, dtype=np.uint64)
        self._chars = np.zeros(1 << _BITS, dtype=np.uint8)

    def look_up(
        self, text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], hashes: NDArray[np.uint64]
    ) -> NDArray[np.uint8]:
        """The characters, as ASCII codes; of two words for one place in the table the first is remembered."""
        slots = hashes >> np.uint64(64 - _BITS)
        chars: NDArray[np.uint8] = self._chars[slots]
        for at in np.flatnonzero(self._keys[slots] != hashes).tolist():
            chars[at] = ord(self._classify(text[starts[at] : ends[at]]))
            if not self._keys[slots[at]]:
                self._keys[slots[at]], self._chars[slots[at]] = hashes[at], chars[at]
        return chars
