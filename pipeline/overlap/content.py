"""Content in common: how alike the two sides' sentences on one issue are, boilerplate discounted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.codebook import Codebook
from pipeline.overlap.background import Background
from pipeline.overlap.settings import OverlapSettings, Selection
from pipeline.overlap.words import (
    RUN_WORDS,
    is_chinese,
    join_words,
    list_grams,
    longest_run,
    run_length_needed,
    split_words,
)
from pipeline.records import CodedUnit, ContentMatch, Evidence, IssueContent

Array = npt.NDArray[np.float64]
DRAWS = 20
"""Random sets of sentences on other issues, as many as are on the issue, for ``elsewhere``."""
FEW_SENTENCES = 100
"""Of fewer sentences of their own, what two share would count as common to all."""
LEAST_WORDS = 6
"""Sentences with fewer words match by chance; they are left out."""


def compare_content(
    left: Selection,
    right: Selection,
    codebook: Codebook,
    settings: OverlapSettings,
    background: Background | None,
) -> tuple[tuple[IssueContent, ...], tuple[ContentMatch, ...]]:
    """Per substantive issue that both sides have: similarity, and the best pairs of sentences.

    Sentences meet only within a language. Pairs are ordered by issue, then discounted similarity;
    a sentence stands in at most one of an issue's pairs.
    """
    sides = [_order(side) for side in (left, right)]
    words = [[split_words(unit.unit.text) for unit in side] for side in sides]
    texts = [text for side in words for text in side]
    table = _Tables(background or _count_own(texts), _count_own([text for text in texts if is_chinese(text)]))
    counts = [[Counter(list_grams(text)) for text in side] for side in words]
    raw, discounted = (_similarity(counts, sides, weigh) for weigh in (lambda gram: 1.0, table.weight))
    reused = _list_reused(words, sides, table)
    rows: list[IssueContent] = []
    rng = np.random.default_rng(settings.seed)
    for issue in codebook.substantive_issues:
        first, second = (_carrying(side, text, issue) for side, text in zip(sides, words, strict=True))
        if not len(first) or not len(second):
            continue
        block = np.ix_(first, second)
        pairs = _pick_pairs(discounted[block], settings.pairs)
        best = tuple(
            _match(issue, sides, words, (int(first[i]), int(second[j])), (raw, discounted), table) for i, j in pairs
        )
        rows.append(
            IssueContent(
                issue,
                len(first),
                len(second),
                _mean_best(raw[block]),
                _mean_best(discounted[block]),
                _elsewhere(discounted, first, second, rng),
                sum((int(i), int(j)) in reused for i in first for j in second),
                best,
            )
        )
    return tuple(rows), tuple(match for row in rows for match in row.best)


def _order(side: Selection) -> list[CodedUnit]:
    return sorted(side.units, key=lambda unit: (unit.unit.document_id, unit.unit.n))


@dataclass(frozen=True)
class _Tables:
    """Common phrases by language: the table of government statements is English, so Chinese phrases
    are judged by the two sides' own Chinese sentences."""

    english: Background
    chinese: Background

    def weight(self, gram: str) -> float:
        return self._of(gram.split()).weight(gram)

    def is_boilerplate(self, words: Sequence[str]) -> bool:
        return self._of(words).is_boilerplate(words)

    def _of(self, words: Sequence[str]) -> Background:
        return self.chinese if is_chinese(words) else self.english


def _count_own(texts: Sequence[Sequence[str]]) -> Background:
    """Frequencies among the two sides' own sentences, for want of a background."""
    counts = Counter(gram for words in texts for gram in {*list_grams(words)})
    return Background(max(len(texts), FEW_SENTENCES), counts, common=1.0)


def _similarity(counts: Sequence[Sequence[Counter[str]]], sides: Sequence[Sequence[CodedUnit]], weigh: Any) -> Array:
    """Cosine of every left sentence with every right one, from their grams; 0 across languages."""
    from scipy.sparse import csr_matrix

    columns: dict[str, int] = {}
    weights: dict[str, float] = {}
    matrices = []
    for side in counts:
        data, indices, pointers = [], [], [0]
        for grams in side:
            for gram in grams:
                if gram not in weights:
                    weights[gram] = weigh(gram)
            row = {gram: (1 + math.log(n)) * weights[gram] for gram, n in grams.items()}
            norm = math.sqrt(sum(value * value for value in row.values())) or 1.0
            for gram, value in row.items():
                if value:
                    data.append(value / norm)
                    indices.append(columns.setdefault(gram, len(columns)))
            pointers.append(len(data))
        matrices.append((data, indices, pointers))
    left, right = (
        csr_matrix((np.array(d), np.array(i, dtype=np.int64), p), shape=(len(p) - 1, max(1, len(columns))))
        for d, i, p in matrices
    )
    languages = [np.array([unit.unit.language for unit in side]) for side in sides]
    same = languages[0][:, None] == languages[1][None, :]
    return np.asarray(np.clip((left @ right.T).toarray(), 0, 1) * same)


def _carrying(side: Sequence[CodedUnit], words: Sequence[Sequence[str]], issue: str) -> npt.NDArray[np.int64]:
    return np.array(
        [
            position
            for position, unit in enumerate(side)
            if len(words[position]) >= LEAST_WORDS and any(tag.code_id == issue for tag in unit.tags.issues)
        ],
        dtype=np.int64,
    )


def _pick_pairs(block: Array, count: int) -> list[tuple[int, int]]:
    """The best pairs, each sentence once, best first; pairs without anything in common are no pairs."""
    order = np.argsort(-block, axis=None, kind="stable")
    pairs: list[tuple[int, int]] = []
    for flat in order:
        i, j = (int(index) for index in np.unravel_index(flat, block.shape))
        if len(pairs) == count or block[i, j] <= 0:
            break
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _match(
    issue: str,
    sides: Sequence[Sequence[CodedUnit]],
    words: Sequence[Sequence[Sequence[str]]],
    pair: tuple[int, int],
    similarities: tuple[Array, Array],
    table: _Tables,
) -> ContentMatch:
    coded = [side[position] for side, position in zip(sides, pair, strict=True)]
    units = [entry.unit for entry in coded]
    texts = [side[position] for side, position in zip(words, pair, strict=True)]
    left, right = (Evidence(unit.document_id, unit.n, unit.start, unit.end) for unit in units)
    raw, discounted = (round(float(matrix[pair]), 6) for matrix in similarities)
    reused = _find_reuse(texts[0], texts[1], table) if _is_original(*coded) else ""
    return ContentMatch(issue, left, right, units[0].text, units[1].text, raw, discounted, reused)


def _mean_best(block: Array) -> float:
    """Mean over all sentences of both sides of the similarity to their best partner."""
    return float((block.max(axis=1).sum() + block.max(axis=0).sum()) / sum(block.shape))


def _elsewhere(
    matrix: Array, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], rng: np.random.Generator
) -> float:
    """_mean_best of the left sentences with as many right ones drawn from other issues."""
    others = np.setdiff1d(np.arange(matrix.shape[1]), second)
    if not len(others):
        return 0.0
    size = min(len(second), len(others))
    draws = [_mean_best(matrix[np.ix_(first, rng.choice(others, size, replace=False))]) for _ in range(DRAWS)]
    return float(np.mean(draws))


def _list_reused(
    words: Sequence[Sequence[Sequence[str]]], sides: Sequence[Sequence[CodedUnit]], table: _Tables
) -> set[tuple[int, int]]:
    """Pairs of sentences with a reused run, found by the short runs that both sides have."""
    index: dict[tuple[str, ...], list[int]] = {}
    for position, text in enumerate(words[1]):
        for run in _short_runs(text):
            index.setdefault(run, []).append(position)
    pairs = {(i, j) for i, text in enumerate(words[0]) for run in _short_runs(text) for j in index.get(run, ())}
    return {
        (i, j)
        for i, j in pairs
        if _is_original(sides[0][i], sides[1][j]) and _find_reuse(words[0][i], words[1][j], table)
    }


def _is_original(*units: CodedUnit) -> bool:
    """Whether none is a digest's sentence: what two retellings share is the reteller's wording."""
    return all(unit.basis != "digest" for unit in units)


def _short_runs(text: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(text[start : start + RUN_WORDS]) for start in range(len(text) - RUN_WORDS + 1)}


def _find_reuse(left: Sequence[str], right: Sequence[str], table: _Tables) -> str:
    """The longest shared run where it is long enough and says more than a common phrase, else ""."""
    start, end = longest_run(left, right)
    run = left[start:end]
    if len(run) < run_length_needed(run) or table.is_boilerplate(run):
        return ""
    return join_words(run)
