"""Overlap measures of two profiles, vectorised over leading axes.

A profile is a vector of non-negative counts over the codes of one dimension. It is divided by its
sum first, so that a framework with ten times the text does not look ten times as concerned. Where a
side is empty every measure is 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measure:
    """A named measure: its formula over shares p and q, where it comes from, and its range.

    ``spread``: factor on the bootstrap's standard error. Codes without a sentence have none in any
    replicate either, so the bootstrap shows too little spread in sets and ranks; the factors bring
    their intervals to the stated coverage on simulated corpora (benchmarks/intervals.py).
    """

    id: str
    formula: str
    source: str
    low: float
    high: float
    function: Callable[[Array, Array], Array]
    spread: float = 1.0


def to_shares(counts: Array) -> Array:
    """Counts divided by their sum over the last axis; all zeros where the sum is 0."""
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(counts, total, out=np.zeros_like(counts, dtype=np.float64), where=total > 0))


def jaccard(left: Flags | Array, right: Flags | Array) -> Array:
    """|A and B| / |A or B| of two sets given as flags."""
    a, b = np.asarray(left, dtype=bool), np.asarray(right, dtype=bool)
    return _ratio((a & b).sum(axis=-1), (a | b).sum(axis=-1))


def ruzicka(left: Array, right: Array) -> Array:
    p, q = to_shares(left), to_shares(right)
    return _ratio(np.minimum(p, q).sum(axis=-1), np.maximum(p, q).sum(axis=-1))


def bray_curtis(left: Array, right: Array) -> Array:
    p, q = to_shares(left), to_shares(right)
    return _ratio(2 * np.minimum(p, q).sum(axis=-1), (p + q).sum(axis=-1))


def cosine(left: Array, right: Array) -> Array:
    p, q = to_shares(left), to_shares(right)
    return _ratio((p * q).sum(axis=-1), np.sqrt((p * p).sum(axis=-1) * (q * q).sum(axis=-1)))


def jensen_shannon(left: Array, right: Array) -> Array:
    """1 minus the Jensen-Shannon divergence in bits."""
    p, q = to_shares(left), to_shares(right)
    middle = (p + q) / 2
    similarity = 1 - (_entropy(middle) - (_entropy(p) + _entropy(q)) / 2)
    return np.where(_both_filled(p, q), np.clip(similarity, 0, 1), 0.0)


def spearman(left: Array, right: Array) -> Array:
    """Pearson correlation of mid-ranks; 0 where one side's shares are all equal."""
    a, b = (_rank(to_shares(side)) for side in (left, right))
    a, b = a - a.mean(axis=-1, keepdims=True), b - b.mean(axis=-1, keepdims=True)
    return _ratio((a * b).sum(axis=-1), np.sqrt((a * a).sum(axis=-1) * (b * b).sum(axis=-1)))


def kendall(left: Array, right: Array) -> Array:
    """Kendall's tau-b; 0 where one side's shares are all equal."""
    first, second = np.triu_indices(left.shape[-1], k=1)
    a, b = (np.sign(side[..., first] - side[..., second]).astype(np.float64) for side in (left, right))
    return _ratio((a * b).sum(axis=-1), np.sqrt((a * a).sum(axis=-1) * (b * b).sum(axis=-1)))


MEASURES: tuple[Measure, ...] = (
    Measure("jaccard", "|A ∩ B| / |A ∪ B| of the codes present", "Jaccard 1912", 0, 1, jaccard, 1.3),
    Measure("ruzicka", "Σ min(p, q) / Σ max(p, q)", "Ružička 1958", 0, 1, ruzicka),
    Measure("bray_curtis", "2 Σ min(p, q) / Σ (p + q)", "Bray and Curtis 1957", 0, 1, bray_curtis),
    Measure("cosine", "Σ pq / √(Σp² Σq²)", "Salton and McGill 1983", 0, 1, cosine),
    Measure("jensen_shannon", "1 − [H((p+q)/2) − (H(p)+H(q))/2], H in bits", "Lin 1991", 0, 1, jensen_shannon),
    Measure("spearman", "Pearson correlation of the mid-ranks of p and q", "Spearman 1904", -1, 1, spearman, 1.15),
    Measure("kendall", "(C − D) / √((n₀ − n₁)(n₀ − n₂)), tau-b", "Kendall 1945", -1, 1, kendall, 1.1),
)
"""All measures; "jaccard" reads presence flags, the others profiles of counts."""


def _rank(values: Array) -> Array:
    """Mid-ranks along the last axis, from 1: half a rank for each equal value beside the own. For few columns."""
    this, other = values[..., :, None], values[..., None, :]
    return np.asarray((this > other).sum(axis=-1) + (this == other).sum(axis=-1) / 2 + 0.5)


def _ratio(top: npt.ArrayLike, bottom: npt.ArrayLike) -> Array:
    top, bottom = np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    return np.asarray(np.divide(top, bottom, out=np.zeros(np.broadcast(top, bottom).shape), where=bottom > 0))


def _entropy(shares: Array) -> Array:
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(-(shares * logs).sum(axis=-1))


def _both_filled(p: Array, q: Array) -> Flags:
    return np.asarray((p.sum(axis=-1) > 0) & (q.sum(axis=-1) > 0))
