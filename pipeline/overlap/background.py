"""What all government statements have in common: phrase counts and issue profiles of unrelated ones."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.codebook import Codebook
from pipeline.errors import CodebookError
from pipeline.overlap.settings import Selection
from pipeline.overlap.words import split_words

Array = npt.NDArray[np.float64]
COMMON = 0.2
"""A phrase found in this share of statements or more carries no content."""
LEAST_COMMON = 5
"""A run of words is no set phrase before so many texts have it."""


@dataclass(frozen=True)
class Background:
    """Document frequencies of words and of runs of two and three words, and profiles by statement.

    ``documents``: statements counted. ``counts``: phrase -> statements that have it; one that is
    missing has fewer than ``floors[n - 1]`` for its n words. ``profiles``: (name, units,
    {dimension: {code: units}}) of statements that belong to neither side. ``common``: share of
    texts from which on a phrase carries no content.
    """

    documents: int
    counts: Mapping[str, int]
    floors: tuple[int, int, int] = (1, 1, 1)
    profiles: tuple[tuple[str, int, Mapping[str, Mapping[str, int]]], ...] = field(default=())
    common: float = COMMON

    def weight(self, gram: str) -> float:
        """Content that a phrase carries: ln(common * documents / frequency), not below 0 (idf, cut)."""
        frequency = self.counts.get(gram)
        if frequency is None:
            frequency = max(1, self.floors[min(gram.count(" "), 2)] // 2)
        return max(0.0, math.log(self.common * (self.documents + 1) / (frequency + 1)))

    def is_boilerplate(self, words: Sequence[str], *, share: float = 0.002) -> bool:
        """Whether every three words in a row of this run are common to ``share`` of all statements."""
        grams = [" ".join(words[start : start + 3]) for start in range(max(1, len(words) - 2))]
        return all(self.counts.get(gram, 0) >= max(LEAST_COMMON, share * self.documents) for gram in grams)

    def profile_matrix(self, dimension: str, codes: Sequence[str]) -> tuple[Array, Array]:
        """Counts of the profiles (statements x codes) and their units."""
        rows = [[float(by.get(dimension, {}).get(code_id, 0)) for code_id in codes] for _, _, by in self.profiles]
        sizes = np.array([float(units) for _, units, _ in self.profiles])
        return np.array(rows).reshape(len(rows), len(codes)), sizes


def load_background(path: Path) -> Background:
    """Read a file written by write_background; CodebookError where it cannot be read."""
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        profiles = tuple((name, int(units), by) for name, units, by in data["profiles"])
        one, two, three = (int(floor) for floor in data["floors"])
        return Background(int(data["documents"]), data["counts"], (one, two, three), profiles)
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as error:
        raise CodebookError(
            f"{path}: not a background table ({error}); rebuild it with benchmarks/background.py"
        ) from error


def write_background(background: Background, path: Path) -> None:
    """Write as compressed JSON; the same table gives the same bytes."""
    data = {
        "documents": background.documents,
        "floors": background.floors,
        "counts": dict(sorted(background.counts.items())),
        "profiles": background.profiles,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def count_phrases(texts: Iterable[str], *, floors: tuple[int, int, int] = (20, 60, 60)) -> Background:
    """Count in how many texts each word and run of two or three words stands; rare ones are dropped."""
    frequencies: dict[str, int] = {}
    documents = 0
    for text in texts:
        documents += 1
        words = split_words(text)
        seen = {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
        for gram in seen:
            frequencies[gram] = frequencies.get(gram, 0) + 1
        if documents % 500 == 0:
            frequencies = {g: f for g, f in frequencies.items() if f > documents // 1000}
    kept = {gram: count for gram, count in frequencies.items() if count >= floors[gram.count(" ")]}
    return Background(documents, kept, floors)


def profile_selections(
    selections: Sequence[Selection], codebook: Codebook
) -> tuple[tuple[str, int, dict[str, dict[str, int]]], ...]:
    """Profiles of unrelated statements, for Background.profiles: one selection each."""
    from pipeline.overlap.tally import list_schemes, tally_units

    rows = []
    for selection in sorted(selections, key=lambda s: s.name):
        by: dict[str, dict[str, int]] = {}
        for scheme in list_schemes(codebook):
            totals = tally_units(selection.units, scheme).counts.sum(axis=0)
            by[scheme.dimension] = {c: int(n) for c, n in zip(scheme.codes, totals, strict=True) if n}
        rows.append((selection.name, len(selection.units), by))
    return tuple(rows)
