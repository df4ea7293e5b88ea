"""Units as numbers for the classifier: neutral words, their vectors, the neighbours and the rules.

Nothing here knows who speaks, where or when: English words count only where the vector vocabulary
has them, which holds no names, dates or numbers; so what is learnt from one framework serves another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Unit
from pipeline.tag.forms import split_units
from pipeline.tag.manner import read_manner
from pipeline.tag.rules import RuleScores
from pipeline.tag.vectors import WordVectors
from pipeline.tag.wordrows import WordRows, join_rows, keep_words, number_words

Numbers = NDArray[np.float32]
Embedder = Callable[[Sequence[str]], Numbers]
"""A user's own embeddings: texts to one row of numbers each."""

_WINDOW = 4


@dataclass(frozen=True)
class Inputs:
    """Everything about units that needs no training: word indices, vectors, rule evidence.

    ``speech``: how spoken each unit and its whole document are, see measure_speech. Rows follow the units, which are whole documents in reading order.
    """

    units: Sequence[Unit]
    topic: WordRows
    manner: WordRows
    speech: Numbers
    dense: Numbers
    rules: RuleScores
    before: NDArray[np.int64]
    after: NDArray[np.int64]

    @cached_property
    def listed(self) -> Numbers:
        """Two columns: is the unit a list item, and has it a lead-in?"""
        rows = [(unit.kind == "list_item", bool(unit.lead)) for unit in self.units]
        return np.array(rows, dtype=np.float32).reshape(-1, 2)

    @cached_property
    def chinese(self) -> NDArray[np.bool_]:
        return np.array([unit.language == "zh" for unit in self.units], dtype=bool)


@dataclass(frozen=True, slots=True)
class FeatureSettings:
    """Weight of each block of features beside the unit's own words; 0 leaves it out."""

    vectors: float = 1.0
    heading_words: float = 0.5
    heading: float = 0.55
    around: float = 0.55
    rules: float = 0.6
    embeddings: float = 1.0


def build_inputs(
    units: Sequence[Unit],
    rules: RuleScores,
    vectors: WordVectors,
    *,
    settings: FeatureSettings | None = None,
    embedder: Embedder | None = None,
) -> Inputs:
    """Features of units in reading order, whole documents at a time."""
    chosen = settings or FeatureSettings()
    before, after = find_neighbours(units)
    split = split_units(units)
    topic = _find_topics(split.english, split.cut, vectors)
    asked = [
        english and unit.text.rstrip().endswith("?") for english, unit in zip(split.is_english, units, strict=True)
    ]
    manner, talk = read_manner(split, asked, rules.clauses or ((),) * len(units))
    own = embed_words(topic, vectors)
    titles = embed_words(_find_topics(split.title, split.title_cut, vectors), vectors)
    blocks = [
        chosen.vectors * own,
        chosen.heading * titles[split.title_of],
        chosen.around * _unit_rows(_mean_around(own, before, after, _WINDOW)),
        chosen.rules * squash(rules.issues_own),
        0.7 * chosen.rules * squash(rules.issues),
    ]
    if embedder is not None:
        blocks.append(chosen.embeddings * _unit_rows(np.asarray(embedder([u.text for u in units]), dtype=np.float32)))
    return Inputs(
        units=units,
        topic=topic,
        manner=manner,
        speech=measure_speech(units, talk),
        dense=np.hstack(blocks).astype(np.float32),
        rules=rules,
        before=before,
        after=after,
    )


def take_inputs(inputs: Inputs, rows: Sequence[int]) -> Inputs:
    """The inputs of whole documents among the units; ``rows`` in ascending order."""
    units = [inputs.units[row] for row in rows]
    before, after = find_neighbours(units)
    at = np.array(rows, dtype=np.int64)
    rules = inputs.rules
    return Inputs(
        units=units,
        topic=inputs.topic.take(at),
        manner=inputs.manner.take(at),
        speech=inputs.speech[at],
        dense=inputs.dense[at],
        rules=RuleScores(
            rules.issues[at],
            rules.issues_own[at],
            rules.industries[at],
            rules.action[at],
            tuple(rules.clauses[row] for row in rows) if rules.clauses else (),
        ),
        before=before,
        after=after,
    )


def find_neighbours(units: Sequence[Unit]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row of the unit before and after within the document; -1 for none."""
    count = len(units)
    same = np.array([units[i].document_id == units[i + 1].document_id for i in range(count - 1)], dtype=bool)
    rows = np.arange(count)
    before = np.where(np.concatenate(([False], same))[:count], rows - 1, -1)
    after = np.where(np.concatenate((same, [False]))[:count], rows + 1, -1)
    return before, after


def take_rows(values: Numbers, rows: NDArray[np.int64]) -> Numbers:
    """Rows of ``values``, zeros where the index is -1."""
    return np.asarray(np.where((rows >= 0)[:, None], values[rows], 0.0), dtype=np.float32)


def squash(values: Numbers) -> Numbers:
    """Weights of rules, unbounded, to [0, 1)."""
    return np.asarray(values / (values + 0.7), dtype=np.float32)


def embed_words(texts: WordRows, vectors: WordVectors) -> Numbers:
    """Weighted mean of the word vectors of each text, of unit length; zeros where no word is known."""
    from scipy import sparse

    known = keep_words(texts, texts.numbers < len(vectors.words))
    matrix = sparse.csr_matrix(
        (vectors.weights[known.numbers], known.numbers, known.pointers), shape=(len(texts), len(vectors.words))
    )
    return _unit_rows(np.asarray(matrix @ vectors.matrix, dtype=np.float32))


def measure_speech(units: Sequence[Unit], talk: Numbers) -> Numbers:
    """How spoken each unit and its whole document are, from the share of words of talk; scaled to about 1."""
    names: dict[str, int] = {}
    document = np.array([names.setdefault(unit.document_id, len(names)) for unit in units], dtype=np.int64)
    sums = np.bincount(document, weights=talk) / np.maximum(np.bincount(document), 1)
    return np.stack([5 * talk, 20 * sums[document]], axis=1).astype(np.float32)


def _find_topics(english: WordRows, cut: Sequence[Sequence[str]], vectors: WordVectors) -> WordRows:
    known = vectors.find_words(english)
    return join_rows([known, number_words(cut, vectors.vocabulary)]) if any(cut) else known


def _mean_around(own: Numbers, before: NDArray[np.int64], after: NDArray[np.int64], reach: int) -> Numbers:
    """Mean of the vectors of up to ``reach`` units on either side in the document, the unit itself left out."""
    running = np.cumsum(own, axis=0, dtype=np.float64)
    total = np.concatenate([np.zeros_like(running[:1]), running])
    rows = np.arange(len(own))
    begin = np.maximum.accumulate(np.where(before < 0, rows, 0))
    end = np.minimum.accumulate(np.where(after < 0, rows + 1, len(own))[::-1])[::-1]
    low, high = np.maximum(begin, rows - reach), np.minimum(end, rows + reach + 1)
    return np.asarray(total[high] - total[low] - own, dtype=np.float32)


def _unit_rows(values: Numbers) -> Numbers:
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(norms, 1e-6), dtype=np.float32)
