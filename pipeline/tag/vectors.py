"""Word vectors learnt from statements nobody coded: what the classifier knows of words it has no labels for.

Positive pointwise mutual information of words within six words of each other, reduced by a
truncated singular value decomposition (Levy, Goldberg and Dagan 2015, TACL 3). The vocabulary is
also the list of words that may be features at all: only words that mostly stand in lower case in
thousands of unrelated statements are in it, so names of people, places and frameworks are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.ragged import spread
from pipeline.tag.wordrows import Vocabulary, WordRows, WordTable, lay_ends

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’&-]*[A-Za-z0-9]|[A-Za-z]")
_DIGIT = re.compile(r"\d")
_TECHNICAL = frozenset(
    [
        "ai",
        "ict",
        "icts",
        "sme",
        "smes",
        "msme",
        "msmes",
        "5g",
        "6g",
        "4g",
        "wto",
        "ilo",
        "iot",
        "ev",
        "evs",
        "r&d",
        "ghg",
        "lng",
        "stem",
        "xr",
        "vr",
        "ip",
        "ipr",
        "ndc",
        "ndcs",
        "unfccc",
        "sdg",
        "sdgs",
        "itu",
        "iso",
        "iec",
        "open-ran",
        "3d",
        "csam",
        "gdp",
        "covid",
        "covid-19",
        "api",
        "apis",
        "llm",
        "llms",
        "mou",
        "mous",
        "mra",
        "mras",
        "fdi",
        "dns",
        "saf",
        "smr",
        "smrs",
        "cbam",
        "dpi",
    ]
)
_DATES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""))
_REACH = 6
_LEAST = 12
_LOWER_SHARE = 0.25
_SMOOTH = 1e-3


@dataclass(frozen=True)
class WordVectors:
    """Words (stems) in order of frequency, their counts, and a vector of unit length for each."""

    words: tuple[str, ...]
    counts: NDArray[np.int64]
    matrix: NDArray[np.float32]

    @cached_property
    def index(self) -> WordNumbers:
        return WordNumbers((word, i) for i, word in enumerate(self.words))

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """Smooth inverse frequency a / (a + p), a = 0.001 (Arora, Liang and Ma 2017)."""
        share = self.counts / self.counts.sum()
        return np.asarray(_SMOOTH / (_SMOOTH + share), dtype=np.float32)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words by their indices; Chinese words follow as they are met, without vectors."""
        return Vocabulary(self.words)

    def find_words(self, split: WordRows) -> WordRows:
        """The known words of English texts split at blanks, in order; names, dates and numbers are not among them."""
        numbers, pointers = self._known.read(split.vocabulary)
        low, high = pointers[split.numbers], pointers[split.numbers + 1]
        ends = lay_ends(high - low)[split.pointers]
        return WordRows(self.vocabulary, numbers[spread(low, high)[1]], ends)

    @cached_property
    def _known(self) -> WordTable:
        return WordTable(self._find_known)

    def _find_known(self, text: str) -> list[int]:
        words = _WORD.findall(text)
        places = [self.index[word] if word in self.index else self.index[to_stem(word)] for word in words]
        return [place for place in places if place >= 0]

    def to_bytes(self) -> bytes:
        """As a compressed npz archive without pickles, the same bytes for the same vectors."""
        buffer = BytesIO()
        scaled = np.round(self.matrix * 127).astype(np.int8)
        np.savez_compressed(buffer, words=np.array("\n".join(self.words)), counts=self.counts, matrix=scaled)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> WordVectors:
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            matrix = archive["matrix"].astype(np.float32)
            matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
            return cls(tuple(str(archive["words"]).split("\n")), archive["counts"], matrix)


class WordNumbers(dict[str, int]):
    """Words to their numbers, -1 for others."""

    def __missing__(self, word: str) -> int:
        return -1


def to_stem(word: str) -> str:
    """A rough stem in lower case that joins plural and tense forms; "" for dates and numbers."""
    low = word.lower()
    if low in _TECHNICAL:
        return low
    if low in _DATES or _DIGIT.search(low):
        return ""
    for ending, put in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: len(low) - len(ending)] + put
    return low


def learn_vectors(sentences: Iterable[str], *, size: int = 100, least: int = _LEAST, seed: int = 0) -> WordVectors:
    """Vectors from unlabelled English sentences; words rarer than ``least`` are left out."""
    split = [_WORD.findall(sentence) for sentence in sentences]
    common = _find_common(split)
    stems = [[stem for word in words if word.lower() in common and (stem := to_stem(word))] for words in split]
    counts = Counter(stem for line in stems for stem in line)
    words = sorted((word for word, count in counts.items() if count >= least), key=lambda w: (-counts[w], w))
    together = _count_pairs(stems, {word: i for i, word in enumerate(words)})
    return WordVectors(
        tuple(words),
        np.array([counts[word] for word in words], dtype=np.int64),
        _reduce(together, size=min(size, max(1, len(words) - 1)), seed=seed),
    )


def _find_common(split: Sequence[Sequence[str]]) -> set[str]:
    """Lower-cased words that are no names: often enough in lower case where no sentence begins."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for words in split:
        for word in words[1:]:
            (lower if word[0].islower() else upper)[word.lower()] += 1
    return {w for w, count in lower.items() if count >= _LOWER_SHARE * (count + upper[w])} | _TECHNICAL


def _count_pairs(lines: Sequence[Sequence[str]], index: dict[str, int]) -> Any:
    from scipy import sparse

    flat: list[int] = []
    for line in lines:
        flat.extend(index[word] for word in line if word in index)
        flat.extend([-1] * _REACH)
    places = np.array(flat)
    total = sparse.csr_matrix((len(index), len(index)))
    for distance in range(1, _REACH + 1):
        left, right = places[:-distance], places[distance:]
        both = (left >= 0) & (right >= 0)
        weight = np.full(int(both.sum()), 1.0 / distance)
        pairs = sparse.coo_matrix((weight, (left[both], right[both])), shape=total.shape).tocsr()
        total = total + pairs + pairs.T
    return total


def _reduce(together: Any, *, size: int, seed: int) -> NDArray[np.float32]:
    from scipy import sparse
    from sklearn.utils.extmath import randomized_svd

    rows = np.asarray(together.sum(axis=1)).ravel()
    context = np.maximum(rows, 1e-9) ** 0.75
    context /= context.sum()
    pairs = together.tocoo()
    pmi = np.log(pairs.data / rows[pairs.row] / context[pairs.col])
    keep = pmi > 0
    positive = sparse.csr_matrix((pmi[keep], (pairs.row[keep], pairs.col[keep])), shape=together.shape)
    left, values, _ = randomized_svd(positive, size, n_iter=4, random_state=seed)
    matrix = left * np.sqrt(values)
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9), dtype=np.float32)
