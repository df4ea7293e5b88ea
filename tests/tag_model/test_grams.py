"""Words and pairs are found as a plain count of them would, in every vocabulary."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np

from pipeline.tag.grams import GramIndex, learn_grams
from pipeline.tag.wordrows import Vocabulary, join_rows, number_words


def make_texts(count: int, *, seed: int) -> list[list[str]]:
    rng = random.Random(seed)
    return [[f"w{int(rng.expovariate(0.004))}" for _ in range(rng.randrange(12))] for _ in range(count)]


def count_grams(words: list[str], known: dict[str, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for gram in (*words, *map(" ".join, pairwise(words))):
        if gram in known:
            counts[known[gram]] = counts.get(known[gram], 0) + 1
    return counts


def test_matrix_counts_words_and_pairs() -> None:
    """Thousands of pairs, some that share a slot of the table, and texts with words that no model knows."""
    index = GramIndex(learn_grams(make_texts(6000, seed=1)))
    known = {gram: column for column, gram in enumerate(index.grams)}
    texts = make_texts(300, seed=2)
    matrix = index.to_matrix(texts, np.ones(len(index.grams), np.float32))
    for row, words in enumerate(texts):
        counts = count_grams(words, known)
        values = np.array([1 + np.log(counts[column]) for column in sorted(counts)])
        start, end = matrix.indptr[row : row + 2]
        assert matrix.indices[start:end].tolist() == sorted(counts)
        assert np.allclose(matrix.data[start:end], values / np.linalg.norm(values), atol=1e-6)


def test_vocabulary_may_grow_or_be_another() -> None:
    """The same texts have the same matrix by words that were numbered earlier, later or anew."""
    index = GramIndex(learn_grams(make_texts(200, seed=3)))
    weights = np.ones(len(index.grams), np.float32)
    texts, vocabulary = make_texts(50, seed=4), Vocabulary()
    plain = index.to_matrix(texts, weights).toarray()
    for rows in (
        number_words(texts, vocabulary),
        number_words(texts[:5], Vocabulary()),
        number_words(texts, vocabulary),
    ):
        assert np.array_equal(index.to_matrix(rows, weights).toarray(), plain[: len(rows)])
        number_words(make_texts(50, seed=5), vocabulary)


def test_rows_of_words_read_as_lists() -> None:
    """Taken, cut and joined side by side like lists."""
    texts = make_texts(20, seed=6)
    rows = number_words(texts, Vocabulary())
    assert list(rows) == texts
    assert list(rows.take(np.array([3, 3, 0]))) == [texts[3], texts[3], texts[0]]
    assert list(rows.take_heads(2)) == [words[:2] for words in texts]
    assert list(rows.take_tails(2)) == [words[-2:] for words in texts]
    assert list(join_rows([rows, rows.take_heads(1)])) == [words + words[:1] for words in texts]
