"""Check Chinese matches against word boundaries as jieba sees them, with the codebook's own dictionary."""

from __future__ import annotations

import logging
import re
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
            if any(start <= position < end for position in positions):
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
                yield from (start + cut for cut in range(2, len(word)) if self._is_seam(word[:cut], word[cut:]))
            start += len(word)

    def _is_seam(self, left: str, right: str) -> bool:
        frequency = self._segmenter().FREQ
        return bool(frequency.get(left)) and (right in _ENDINGS or (len(right) > 1 and bool(frequency.get(right))))

    def _segmenter(self) -> Any:
        if self._jieba is None:
            import jieba

            jieba.setLogLevel(logging.WARNING)
            self._jieba = jieba.Tokenizer()
            self._jieba.initialize()
            for term in self._terms:
                self._jieba.add_word(term)
        return self._jieba
