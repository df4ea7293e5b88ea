"""Check Chinese matches against word boundaries as jieba sees them, with the codebook's own dictionary."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from pipeline.tag.phrases import Literal
from pipeline.tag.scan import Span

_SURE = 4
"""Terms of this many characters or more are no accidents of neighbouring words; they are not checked."""
_CLAUSE = re.compile(r"[^，。；：！？、（）“”《》\s]+")
_ENDINGS = frozenset("业厂商品者类界部级型法率量费税")
"""Characters that make a compound of a word without changing what it is about."""
_HAN = re.compile(r"[\u3400-\u9fff]")


class WordBoundaries:
    """jieba with the codebook's terms added; segments only the clauses that hold a short match."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = tuple(term for term in terms if len(term) > 1 and _HAN.search(term))
        self._known = frozenset(self._terms)
        self._jieba: Any = None
        self._parted: dict[str, tuple[int, ...]] = {}

    def check(self, text: str, found: Sequence[Span], literals: Sequence[Literal]) -> list[Span]:
        """The matches that begin and end where words do: 印度 is not found in 印度尼西亚."""
        doubtful = [span for span in found if self._is_doubtful(span, literals)]
        if not doubtful:
            return list(found)
        edges = self._edges(text, doubtful)
        return [
            span
            for span in found
            if not self._is_doubtful(span, literals)
            or (span[1] in edges and (literals[span[0]].open_right or span[2] in edges))
        ]

    def _is_doubtful(self, span: Span, literals: Sequence[Literal]) -> bool:
        return span[2] - span[1] < _SURE and bool(_HAN.match(literals[span[0]].text))

    def _edges(self, text: str, doubtful: Sequence[Span]) -> set[int]:
        edges: set[int] = set()
        positions = sorted(span[1] for span in doubtful)
        for clause in _CLAUSE.finditer(text):
            start, end = clause.span()
            if bisect_left(positions, start) < bisect_left(positions, end):
                words = self._segmenter().lcut(clause[0], HMM=False)
                edges.update(accumulate((len(word) for word in words), initial=start))
                edges.update(self._inside_words(start, words))
        return edges

    def _inside_words(self, start: int, words: Sequence[str]) -> Iterator[int]:
        """Positions inside words: in terms of the codebook all, since there the longest match decides and not
        jieba; in a compound those between two words, or before a common ending (宽带|接入, 汽车|业)."""
        for word in words:
            if word in self._known:
                yield from range(start + 1, start + len(word))
            elif len(word) > 2:
                yield from (start + cut for cut in self._seams(word))
            start += len(word)

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

    def _segmenter(self) -> Any:
        if self._jieba is None:
            import jieba

            jieba.setLogLevel(logging.WARNING)
            self._jieba = jieba.Tokenizer()
            self._jieba.initialize()
            for term in self._terms:
                self._jieba.add_word(term)
        return self._jieba
