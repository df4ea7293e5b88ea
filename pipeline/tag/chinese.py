"""Check Chinese matches against word boundaries as jieba sees them, with the codebook's own dictionary.

jieba cuts a clause where the most probable path through its dictionary does. Wherever no word of the dictionary
can lie across a place, every path cuts there; so the path is sought only through the few characters between
two such places around an edge in doubt, and is the one that jieba finds for the whole clause.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.phrases import Literal

_SURE = 4
"""Terms of this many characters or more are no accidents of neighbouring words; they are not checked."""
_ENDINGS = frozenset("业厂商品者类界部级型法率量费税")
"""Characters that make a compound of a word without changing what it is about."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_CUTTABLE = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]{2,}")
"""What jieba takes for a word: it parts a text at all other characters first."""
_REMEMBERED = 100_000
"""Stretches between sure cuts whose words are remembered."""


class WordBoundaries:
    """jieba with the codebook's terms added; asked only about the edges of short matches."""

    def __init__(self, literals: Sequence[Literal]) -> None:
        texts = {literal.text for literal in literals}
        self._terms = sorted(text for text in texts if _HAN.search(text) and _CUTTABLE.fullmatch(text))
        self._known = frozenset(self._terms)
        self._han = np.array([bool(_HAN.match(literal.text)) for literal in literals], dtype=bool)
        self._open = np.array([literal.open_right for literal in literals], dtype=bool)
        self._jieba: Any = None
        self._joints: _Joints | None = None
        self._cut: dict[str, frozenset[int]] = {}
        self._parted: dict[str, tuple[int, ...]] = {}

    def check(
        self, text: str, literal: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Which matches begin and end where words do: 印度 is not found in 印度尼西亚. ``text`` must begin and end
        with a character that no word holds, as a line break."""
        keep = np.ones(len(literal), dtype=bool)
        doubtful = np.flatnonzero(self._han[literal] & (end - start < _SURE))
        if not doubtful.size:
            return keep
        literal, start, end = literal[doubtful], start[doubtful], end[doubtful]
        edge = self.find_edges(text, np.concatenate((start, end[~self._open[literal]])))
        keep[doubtful] = edge[start] & (self._open[literal] | edge[end])
        return keep

    def find_edges(self, text: str, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For every place in the text, whether a word may begin or end there; exact for the places asked about."""
        edge = self._dictionary_joints().find_cuts(text)
        asked = np.unique(places[~edge[places]])
        cuts = np.flatnonzero(edge)
        after = np.searchsorted(cuts, asked)
        for place, low, high in zip(asked.tolist(), cuts[after - 1].tolist(), cuts[after].tolist(), strict=True):
            stretch = text[low:high]
            inner = self._cut.get(stretch)
            if inner is None:
                inner = self._part(stretch)
            edge[place] = place - low in inner
        return edge

    def _part(self, stretch: str) -> frozenset[int]:
        """The edges within a stretch that begins and ends with a word: those of its words and the seams in them."""
        found = frozenset(
            edge
            for start, end in self._find_words(stretch)
            for edge in (start, *self._inside_word(start, stretch[start:end]))
        )
        if len(self._cut) < _REMEMBERED:
            self._cut[stretch] = found
        return found

    def _find_words(self, stretch: str) -> Iterator[tuple[int, int]]:
        """The words of the most probable path, as ``jieba.cut(stretch, HMM=False)``, whose detours cost ten times as much.

        From the end: for each start the best way on, as (its log probability, end of the first word).
        """
        segmenter, size = self._segmenter(), len(stretch)
        frequency, total = segmenter.FREQ, log(segmenter.total)
        best = [(0.0, size)] * (size + 1)
        for start in range(size - 1, -1, -1):
            ways = []
            end = start + 1
            while end <= size and (count := frequency.get(stretch[start:end])) is not None:
                if count:
                    ways.append((log(count) - total + best[end][0], end))
                end += 1
            best[start] = max(ways) if ways else (best[start + 1][0] - total, start + 1)
        start = 0
        while start < size:
            yield start, best[start][1]
            start = best[start][1]

    def _inside_word(self, start: int, word: str) -> Iterator[int]:
        """Positions inside a word: in terms of the codebook all, since there the longest match decides and not
        jieba; in a compound those between two words, or before a common ending (宽带|接入, 汽车|业)."""
        if word in self._known:
            yield from range(start + 1, start + len(word))
        elif len(word) > 2:
            yield from (start + cut for cut in self._seams(word))

    def _seams(self, word: str) -> tuple[int, ...]:
        """Where a compound parts into a word and another word or a common ending; remembered."""
        if word not in self._parted:
            frequency = self._segmenter().FREQ
            self._parted[word] = tuple(
                cut
                for cut in range(2, len(word))
                if frequency.get(word[:cut])
                and (word[cut:] in _ENDINGS or (len(word) - cut > 1 and frequency.get(word[cut:])))
            )
        return self._parted[word]

    def _dictionary_joints(self) -> _Joints:
        if self._joints is None:
            frequency = self._segmenter().FREQ
            self._joints = _Joints([word for word, count in frequency.items() if count and len(word) > 1])
        return self._joints

    def _segmenter(self) -> Any:
        if self._jieba is None:
            import jieba

            jieba.setLogLevel(logging.WARNING)
            self._jieba = jieba.Tokenizer()
            self._jieba.initialize()
            for term in self._terms:
                self._jieba.add_word(term)
        return self._jieba


class _Joints:
    """Which characters can stand beside each other within a word: the words of two characters, and the runs of
    three in longer ones, as marks in two tables.

    A table holds a mark for each hash, so that it may say "could be within a word" of a few more, never "cannot"
    of one that is.
    """

    _PAIRS, _TRIPLES = 22, 23
    """Sizes of the tables, in bits of the hash; filled to about a twentieth by jieba's dictionary."""

    def __init__(self, words: Sequence[str]) -> None:
        codes = _to_codes("\n".join(("", *words, "", "")))
        inside = codes != ord("\n")
        pairs, triples = self._hash(codes)
        whole = inside[1:-2] & inside[2:-1] & ~inside[:-3] & ~inside[3:]
        self._pairs = np.zeros(1 << self._PAIRS, dtype=bool)
        self._pairs[pairs[1:-1][whole]] = True
        self._triples = np.zeros(1 << self._TRIPLES, dtype=bool)
        self._triples[triples[inside[:-2] & inside[1:-1] & inside[2:]]] = True

    def find_cuts(self, text: str) -> NDArray[np.bool_]:
        """For each place in a text, before its first character to behind its last: can no word lie across it?"""
        pairs, triples = self._hash(_to_codes(text))
        across = np.zeros(len(text) + 1, dtype=bool)
        across[1:-1] = self._pairs[pairs]
        long = self._triples[triples]
        across[1:-2] |= long
        across[2:-1] |= long
        return ~across

    def _hash(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Hashes of each two and each three characters in a row."""
        first = codes * np.uint32(0x9E3779B1)
        second = codes * np.uint32(0x85EBCA77)
        third = codes * np.uint32(0xC2B2AE3D)
        pairs = (first[:-1] ^ second[1:]) >> np.uint32(32 - self._PAIRS)
        triples = (first[:-2] ^ second[1:-1] ^ third[2:]) >> np.uint32(32 - self._TRIPLES)
        return pairs, triples


def _to_codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
