"""Find all literals of a codebook in many texts at once, as whole words.

Most literals are found by the words of the text, those with Han in one Aho-Corasick pass. That search is overlapping
and the check of its word boundaries comes after it; searching leftmost-longest first and checking then would lose
matches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.tag.letters import read_codes
from pipeline.tag.phrases import Literal
from pipeline.tag.ragged import Flags, Ints
from pipeline.tag.wordsearch import Columns, Wording, WordSearch


class Spans(NamedTuple):
    """Literals found in texts, as columns: number of the text, of the literal, half-open range within the text.

    In order of the texts, within one by start, the longest first.
    """

    text: Ints
    literal: Ints
    start: Ints
    end: Ints


Check = Callable[[str, Ints, Ints, Ints], Flags]
"""Which matches count: of a text that begins and ends with a blank, the literals, starts and ends."""

_CHUNK = 400_000
"""Characters joined into one search; bounds the memory for matches."""

_BREAK = " \n "
"""Stands between two texts."""
_HAN = 0x2E80
_WORD = np.array([chr(code).isalnum() for code in range(_HAN)] + [False], dtype=bool)
"""Is the character part of a word? Han and what follows it has no word boundaries, hence False."""
_WORDS = re.compile(r"[^\W_]+")
"""The words of a literal without Han, as _WORD tells them."""


class Lexicon:
    """The literals of one language, ready to be searched. Texts must be normalised."""

    def __init__(self, literals: Sequence[Literal]) -> None:
        self.literals = tuple(literals)
        self.exact = {index: literal.exact for index, literal in enumerate(literals) if literal.exact}
        worded = [(number, _read_words(number, literal)) for number, literal in enumerate(literals)]
        self._words = WordSearch([wording for _, wording in worded if wording])
        self._others = np.array([number for number, wording in worded if wording is None], dtype=np.int64)
        others = [literals[number] for number in self._others.tolist()]
        self._open = np.array([literal.open_right for literal in others], dtype=bool)
        self._left = np.array([_is_word(literal.text[0]) for literal in others], dtype=bool)
        self._right = np.array([_is_word(literal.text[-1]) for literal in others], dtype=bool) & ~self._open
        texts = [literal.text for literal in others]
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
        codes = read_codes(joined)
        word = _WORD.take(codes, mode="clip")
        literal, start, end = self._words.find(joined, codes, word)
        if self._others.size:
            columns = (literal, start, end), self._find_others(joined, word)
            literal, start, end = map(np.concatenate, zip(*columns, strict=True))
        if check is not None and len(literal):
            keep = check(joined, literal, start, end)
            literal, start, end = literal[keep], start[keep], end[keep]
        order = np.lexsort((literal, -end, start))
        literal, start, end = literal[order], start[order], end[order]
        text = np.searchsorted(begins, start, side="right") - 1
        return Spans(text + first, literal, start - begins[text], end - begins[text])

    def _find_others(self, joined: str, word: Flags) -> Columns:
        """The literals that are not told by their words."""
        matches = self._search.find_matches_as_indexes(joined, overlapping=True)
        flat = np.fromiter(chain.from_iterable(matches), dtype=np.int64, count=3 * len(matches))
        number, start, end = flat[0::3], flat[1::3], flat[2::3]
        keep = ~(self._left[number] & word[start - 1]) & ~(self._right[number] & word[end])
        number, start, end = number[keep], start[keep], end[keep]
        return self._others[number], start, self._to_word_end(number, end, word)

    def _to_word_end(self, number: Ints, end: Ints, word: Flags) -> Ints:
        """Stretch matches of open literals to the end of their word."""
        stretch = self._open[number] & word[end]
        if stretch.any():
            gaps = np.flatnonzero(~word)
            end = np.where(stretch, gaps[np.searchsorted(gaps, end)], end)
        return end


def _read_words(number: int, literal: Literal) -> Wording | None:
    """The literal as words; none where it has Han or no word, or is open behind a mark."""
    text = literal.text
    if not text.isascii() and any(ord(char) >= _HAN for char in text):
        return None
    plain = text.split(" ")
    if all(map(str.isalnum, plain)):
        return Wording(number, text, tuple(plain), "", "", literal.open_right)
    words = list(_WORDS.finditer(text))
    if not words or (literal.open_right and words[-1].end() < len(text)):
        return None
    before, behind = text[: words[0].start()], text[words[-1].end() :]
    return Wording(number, text, tuple([word[0] for word in words]), before, behind, literal.open_right)


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
