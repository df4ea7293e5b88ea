"""Words and pairs of neighbouring words as columns of a sparse matrix, found for whole batches at once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.keytable import KeyTable
from pipeline.tag.ragged import Ints
from pipeline.tag.vectors import WordNumbers, WordVectors
from pipeline.tag.wordrows import Vocabulary, WordRows, WordTable, number_words

Numbers = NDArray[np.float32]

_LARGEST = np.iinfo(np.int32).max


class GramIndex:
    """The columns of a model, in order: words, and "one two" for pairs whose words are columns too.

    A pair is looked up by the numbers of its two words, so that no text is put together for it.
    """

    def __init__(self, grams: Sequence[str]) -> None:
        self.grams = tuple(grams)
        at = {gram: column for column, gram in enumerate(self.grams)}
        self._numbers = WordNumbers((gram, number) for number, gram in enumerate(g for g in self.grams if " " not in g))
        self._word_columns = np.array([at[word] for word in self._numbers] or [0], dtype=np.int64)
        pairs = [gram for gram in self.grams if " " in gram]
        parts = [gram.split(" ") for gram in pairs]
        self._pairs = KeyTable(
            [self._numbers[one] * self._span + self._numbers[two] for one, two in parts], [at[gram] for gram in pairs]
        )
        self._table = WordTable(self._find_number)

    def _find_number(self, word: str) -> tuple[int]:
        return (self._numbers[word],)

    @property
    def _span(self) -> int:
        return len(self._numbers) + 1

    def to_matrix(self, texts: Sequence[Sequence[str]] | WordRows, weights: Numbers) -> Any:
        """Sublinear counts times ``weights`` of the columns, rows of unit length; a text a row, as CSR."""
        from scipy import sparse

        owner, column = self._find(texts if isinstance(texts, WordRows) else number_words(texts, Vocabulary()))
        width = max(len(self.grams), 1)
        cells = owner * width + column
        if len(texts) * width <= _LARGEST:
            cells = cells.astype(np.int32)  # sorted in half the time
        cells, counts = np.unique(cells, return_counts=True)
        owner = cells // width
        column = cells - owner * width
        values = (1 + np.log(counts)) * weights[column]
        norms = np.sqrt(np.bincount(owner, weights=values**2, minlength=len(texts)))
        scaled = np.asarray(values / np.maximum(norms[owner], 1e-9), dtype=np.float32)
        pointers = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=len(texts)))))
        return sparse.csr_matrix((scaled, column, pointers), shape=(len(texts), width))

    def _find(self, texts: WordRows) -> tuple[Ints, Ints]:
        """Row and column of every occurrence of a word or pair."""
        flat, owner = self._table.read(texts.vocabulary)[0][texts.numbers], texts.owners
        words = flat >= 0
        pairs = words[:-1] & words[1:] & (owner[:-1] == owner[1:])
        keys = flat[:-1][pairs] * self._span + flat[1:][pairs]
        found = self._pairs.look_up(keys)
        there = found >= 0
        return (
            np.concatenate([owner[words], owner[:-1][pairs][there]]),
            np.concatenate([self._word_columns[flat[words]], found[there]]),
        )


def learn_grams(texts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The words that occur, and the pairs of words that occur in two texts, sorted."""
    seen: dict[str, int] = {}
    for words in texts:
        for gram in {*words, *map(" ".join, itertools.pairwise(words))}:
            seen[gram] = seen.get(gram, 0) + 1
    return tuple(sorted(gram for gram, count in seen.items() if count > 1 or " " not in gram))


def weigh_grams(grams: Sequence[str], vectors: WordVectors) -> Numbers:
    """Inverse frequency of each column in the unlabelled statements; 1 for Chinese."""
    total = float(vectors.counts.sum())
    idf = np.log(total / vectors.counts) / np.log(total)

    def weigh(gram: str) -> float:
        found = [idf[vectors.index[word]] for word in gram.split(" ") if word in vectors.index]
        return float(np.mean(found)) if found else 1.0

    return np.array([weigh(gram) for gram in grams] or [1.0], dtype=np.float32)
