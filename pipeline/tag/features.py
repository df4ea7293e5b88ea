"""Units as numbers for the classifier: neutral words, their vectors, the neighbours and the rules.

Nothing here knows who speaks, where or when: English words count only where the vector vocabulary
has them, which holds no names, dates or numbers; so what is learnt from one framework serves another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Unit
from pipeline.tag.rules import RuleScores
from pipeline.tag.vectors import WordVectors

Numbers = NDArray[np.float32]
Embedder = Callable[[Sequence[str]], Numbers]
"""A user's own embeddings: texts to one row of numbers each."""

_WINDOW = 4
_PLACED = 3
_LED = 12
_MARKS = ".,;:!?()[]\"“”'—–"
_NUMBER = re.compile(r"\d")
_REMEMBERED = 50_000
_TALK = frozenset(
    ["i", "you", "i'm", "we're", "it's", "that's", "you're", "know", "think", "just", "very", "thank", "your", "my"]
)
_NAMES_ZH = frozenset(
    [
        "美国",
        "美方",
        "美",
        "欧盟",
        "欧洲",
        "欧",
        "欧方",
        "美欧",
        "欧美",
        "中国",
        "中方",
        "日本",
        "韩国",
        "印度",
        "印太",
        "亚太",
        "印尼",
        "越南",
        "泰国",
        "英国",
        "德国",
        "法国",
        "加拿大",
        "澳大利亚",
        "俄罗斯",
        "乌克兰",
        "大西洋",
        "太平洋",
        "东盟",
        "台湾",
        "拜登",
        "特朗普",
    ]
)


@dataclass(frozen=True)
class Inputs:
    """Everything about units that needs no training: word indices, vectors, rule evidence.

    Rows follow the units, which are whole documents in reading order.
    """

    units: Sequence[Unit]
    topic: list[list[str]]
    heading: list[list[str]]
    manner: list[list[str]]
    dense: Numbers
    rules: RuleScores
    before: NDArray[np.int64]
    after: NDArray[np.int64]

    @property
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
    texts = [_find_words(unit.text, unit.language, vectors) for unit in units]
    titles = [_nearest_title(unit.section) for unit in units]
    known: dict[str, list[str]] = {}
    for unit, title in zip(units, titles, strict=True):
        if title not in known:
            known[title] = _find_words(title, unit.language, vectors)
    headings = [known[title] for title in titles]
    own = embed_words(texts, vectors)
    blocks = [
        chosen.vectors * own,
        chosen.heading * embed_words(headings, vectors),
        chosen.around * _unit_rows(_mean_around(own, units, _WINDOW)),
        chosen.rules * squash(rules.issues_own),
        0.7 * chosen.rules * squash(rules.issues),
    ]
    if embedder is not None:
        blocks.append(chosen.embeddings * _unit_rows(np.asarray(embedder([u.text for u in units]), dtype=np.float32)))
    return Inputs(
        units=units,
        topic=texts,
        heading=headings,
        manner=_find_manners(units, rules),
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
        topic=[inputs.topic[row] for row in rows],
        heading=[inputs.heading[row] for row in rows],
        manner=[inputs.manner[row] for row in rows],
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


def embed_words(texts: Sequence[list[str]], vectors: WordVectors) -> Numbers:
    """Weighted mean of the word vectors of each text, of unit length; zeros where no word is known."""
    from scipy import sparse

    places = vectors.index.find_all(texts)
    known = places >= 0
    ends = np.cumsum([0, *(len(words) for words in texts)])
    pointers = np.concatenate(([0], np.cumsum(known)))[ends]
    columns = places[known]
    matrix = sparse.csr_matrix((vectors.weights[columns], columns, pointers), shape=(len(texts), len(vectors.words)))
    return _unit_rows(np.asarray(matrix @ vectors.matrix, dtype=np.float32))


def _find_words(text: str, language: str, vectors: WordVectors) -> list[str]:
    if language == "zh":
        return cut_chinese(text)
    return list(map(vectors.words.__getitem__, vectors.find_words(text)))


def cut_chinese(text: str) -> list[str]:
    """jieba's words without names, Latin letters, digits and marks."""
    return [
        word for word in _cutter().lcut(text, HMM=False) if "\u3400" <= word[0] <= "\u9fff" and word not in _NAMES_ZH
    ]


@cache
def _cutter() -> Any:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()


def _find_manners(units: Sequence[Unit], rules: RuleScores) -> list[list[str]]:
    """The words of manner of each unit, and what its clauses are where the rules have read them."""
    clauses = rules.clauses or ((),) * len(units)
    return [[*_find_manner(unit), *names] for unit, names in zip(units, clauses, strict=True)]


def _find_manner(unit: Unit) -> list[str]:
    """Words as they stand, for the action level: auxiliaries, tense and person matter here.

    Every run of names is one "@" and every number "#"; the first words also count by their place,
    the last words of the lead-in as such.
    """
    if unit.language == "zh":
        return cut_chinese(unit.text)
    words = _find_function_words(unit.text)
    asked = ["?"] if unit.text.rstrip().endswith("?") else []
    placed = [f"{place}_{word}" for place, word in enumerate(words[:_PLACED])]
    led = [f"L_{word}" for word in _find_function_words(unit.lead)[-_LED:]] if unit.lead else []
    return ["^", *words, *asked, *placed, *led]


def _find_function_words(text: str) -> list[str]:
    words = text.replace("’", "'").split()
    if not words:
        return []
    found = [*_read_word(words[0], first=True), *chain.from_iterable(map(_forms.__getitem__, words[1:]))]
    if found.count("@") < 2:
        return found
    return [word for last, word in pairwise(["", *found]) if word != "@" or last != "@"]


def _read_word(word: str, *, first: bool) -> tuple[str, ...]:
    """What one word says of manner; ``first``: it begins the text, so a capital says nothing."""
    bare = word.strip(_MARKS)
    tail = (";",) if word[-1] in ":;" else ()
    if not bare:
        return tail
    if _NUMBER.search(bare):
        return ("#", *tail)
    return (bare.lower() if first or bare[0].islower() or bare == "I" else "@", *tail)


class _Forms(dict[str, tuple[str, ...]]):
    """What words inside a text say; every word is looked at once."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = _read_word(word, first=False)
        return found


_forms = _Forms()


def measure_speech(units: Sequence[Unit]) -> Numbers:
    """How spoken each unit and its whole document are: share of words of talk, scaled to about 1."""
    own = np.zeros(len(units), dtype=np.float32)
    for row, unit in enumerate(units):
        words = unit.text.lower().replace("’", "'").split()
        own[row] = sum(map(_TALK.__contains__, words)) / max(len(words), 1)
    names: dict[str, int] = {}
    document = np.array([names.setdefault(unit.document_id, len(names)) for unit in units], dtype=np.int64)
    sums = np.bincount(document, weights=own) / np.maximum(np.bincount(document), 1)
    return np.stack([5 * own, 20 * sums[document]], axis=1).astype(np.float32)


def _nearest_title(section: str) -> str:
    return section.rsplit(" > ", 1)[-1]


def _mean_around(own: Numbers, units: Sequence[Unit], reach: int) -> Numbers:
    """Mean of the vectors of up to ``reach`` units on either side in the document, the unit itself left out."""
    running = np.cumsum(own, axis=0, dtype=np.float64)
    total = np.concatenate([np.zeros_like(running[:1]), running])
    begin = np.zeros(len(units), dtype=np.int64)
    for i in range(1, len(units)):
        begin[i] = begin[i - 1] if units[i].document_id == units[i - 1].document_id else i
    end = np.full(len(units), len(units), dtype=np.int64)
    for i in range(len(units) - 2, -1, -1):
        end[i] = end[i + 1] if units[i].document_id == units[i + 1].document_id else i + 1
    rows = np.arange(len(units))
    low, high = np.maximum(begin, rows - reach), np.minimum(end, rows + reach + 1)
    return np.asarray(total[high] - total[low] - own, dtype=np.float32)


def _unit_rows(values: Numbers) -> Numbers:
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(norms, 1e-6), dtype=np.float32)
