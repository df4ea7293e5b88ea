"""Find all literals of a codebook in many texts at once: one Aho-Corasick pass, then word boundaries.

The search is overlapping and the boundary check comes after it; searching leftmost-longest first
and checking then would lose matches. Without Han a word ends where no letter follows, so literals are
sought with blanks around them in a text that has a blank for every mark: two thirds of the matches, those
within words, never come up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from numpy.typing import NDArray

from pipeline.tag.phrases import Literal


class Spans(NamedTuple):
    """Literals found in texts, as columns: number of the text, of the literal, half-open range within the text.

    In order of the texts, within one by start, the longest first.
    """

    text: NDArray[np.int64]
    literal: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


Check = Callable[[str, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]]
"""Which matches count: of a text that begins and ends with a blank, the literals, starts and ends."""

_CHUNK = 400_000
"""Characters joined into one search; bounds the memory for matches."""

_BREAK = " \n "
"""Stands between two texts."""
_HAN = 0x2E80
_WORD = np.array([chr(code).isalnum() for code in range(_HAN)] + [False], dtype=bool)
"""Is the character part of a word? Han and what follows it has no word boundaries, hence False."""


class Lexicon:
    """The literals of one language, ready to be searched. Texts must be normalised."""

    def __init__(self, literals: Sequence[Literal]) -> None:
        self.literals = tuple(literals)
        self.exact = {index: literal.exact for index, literal in enumerate(literals) if literal.exact}
        self._open = np.array([literal.open_right for literal in literals], dtype=bool)
        self._left = np.array([_is_word(literal.text[0]) for literal in literals], dtype=bool)
        self._right = np.array([_is_word(literal.text[-1]) for literal in literals], dtype=bool) & ~self._open
        self._blanks = all(ord(char) < _HAN for literal in literals for char in literal.text)
        texts = [literal.text for literal in literals]
        self._marked = np.zeros(len(texts), dtype=bool)
        if self._blanks:
            plain = ["".join(char if _is_word(char) else " " for char in text) for text in texts]
            self._marked[[row for row, text in enumerate(texts) if text != plain[row]]] = True
            sides = zip(self._left.tolist(), plain, self._right.tolist(), strict=True)
            texts = [" " * left + text + " " * right for left, text, right in sides]
        self._search = AhoCorasick(texts, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)

    def scan(self, texts: Sequence[str], check: Check | None = None) -> Spans:
        """The literals that stand in the texts as whole words and pass the check."""
        parts = [self._scan_chunk(chunk, first, check) for first, chunk in _chunks(texts)]
        if not parts:
            nothing = np.zeros(0, dtype=np.int64)
            return Spans(nothing, nothing, nothing, nothing)
        return parts[0] if len(parts) == 1 else Spans(*map(np.concatenate, zip(*parts, strict=True)))

    def _scan_chunk(self, chunk: Sequence[str], first: int, check: Check | None) -> Spans:
        joined = _BREAK.join(("", *chunk, ""))
        begins = np.cumsum([len(_BREAK), *[len(text) + len(_BREAK) for text in chunk]], dtype=np.int64)
        codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
        word = _WORD[np.minimum(codes, _HAN)]
        literal, start, end = self._find_all(joined, codes, word, begins)
        end = self._to_word_end(literal, end, word)
        if check is not None and len(literal):
            keep = check(joined, literal, start, end)
            literal, start, end = literal[keep], start[keep], end[keep]
        order = np.lexsort((literal, -end, start))
        literal, start, end = literal[order], start[order], end[order]
        text = np.searchsorted(begins, start, side="right") - 1
        return Spans(text + first, literal, start - begins[text], end - begins[text])

    def _find_all(
        self, joined: str, codes: NDArray[np.uint32], word: NDArray[np.bool_], begins: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Literals, starts and ends of all whole words."""
        sought = joined
        if self._blanks:
            plain = np.where(word, codes, np.uint32(ord(" ")))
            plain[begins - 2] = ord("\n")  # nothing reaches from one text into the next
            sought = plain.tobytes().decode("utf-32-le")
        matches = self._search.find_matches_as_indexes(sought, overlapping=True)
        flat = np.fromiter(chain.from_iterable(matches), dtype=np.int64, count=3 * len(matches))
        literal, start, end = flat[0::3], flat[1::3], flat[2::3]
        if self._blanks:
            start, end = start + self._left[literal], end - self._right[literal]
            marks = np.cumsum(~word & (codes != ord(" ")))
            keep = marks[end - 1] == marks[start - 1]
            for at in np.flatnonzero(self._marked[literal]).tolist():
                keep[at] = joined[start[at] : end[at]] == self.literals[literal[at]].text
        else:
            keep = ~(self._left[literal] & word[start - 1]) & ~(self._right[literal] & word[end])
        return literal[keep], start[keep], end[keep]

    def _to_word_end(
        self, literal: NDArray[np.int64], end: NDArray[np.int64], word: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Stretch matches of open literals to the end of their word."""
        stretch = self._open[literal] & word[end]
        if stretch.any():
            gaps = np.flatnonzero(~word)
            end = np.where(stretch, gaps[np.searchsorted(gaps, end)], end)
        return end


def _is_word(char: str) -> bool:
    return bool(_WORD[min(ord(char), _HAN)])


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    first = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size > _CHUNK:
            yield first, texts[first : index + 1]
            first, size = index + 1, 0
    if first < len(texts):
        yield first, texts[first:]
