"""Where words and marks stand in a long text, in NumPy."""

from __future__ import annotations

import re

import numpy as np

from pipeline.tag.letters import Hashes, hash_words, read_codes
from pipeline.tag.ragged import Ints

MARKS = ',;:?!()"[]—\n'
_CODES = 1 << 16
_KIND = np.array([chr(code).isalnum() or chr(code) == "_" for code in range(_CODES)], dtype=np.uint8)
_KIND[[ord(mark) for mark in MARKS]] = 2
_LEADING = re.compile(r"(?<!\w)_+")
_APOSTROPHE = re.compile(r"(?i)'(?:(?P<suffix>s|re|ve|ll|d|m)(?!\w)|(?<=\w')t)")


def find_tokens(text: str) -> tuple[Ints, Ints, Hashes]:
    """Where words and marks begin and end, and their hashes.

    "n't" belongs to its word; 's and other shortened verbs are words of their own.
    """
    if "_" in text:
        text = _LEADING.sub(lambda run: " " * len(run[0]), text)
    codes = read_codes(text)
    kind = _KIND.take(codes, mode="clip")
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
    ends = np.flatnonzero(last) + 1
    return starts, ends, hash_words(codes, starts, ends)
