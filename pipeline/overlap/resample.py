"""Bootstrap of paragraphs within documents, intervals from it, and permutation of documents."""

from __future__ import annotations

from math import comb
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from pipeline.records import Interval

Array = npt.NDArray[np.float64]
SMALL_STRATUM = 5
"""Documents with fewer paragraphs are resampled together: one paragraph alone shows no variance."""


def draw_weights(document: npt.NDArray[np.int64], replicates: int, seed: int) -> Array:
    """How often each paragraph is drawn in each replicate: replicates x paragraphs.

    Within a document (or the pool of small ones) of m paragraphs, m are drawn with replacement.
    """
    rng = np.random.default_rng(seed)
    weights = np.zeros((replicates, len(document)))
    for stratum in _list_strata(document):
        size = len(stratum)
        weights[:, stratum] = rng.multinomial(size, np.full(size, 1 / size), size=replicates)
    return weights


def share_interval(count: float, units: float, replicates: Array, level: float) -> Interval:
    """Wilson interval of a share at the effective sample size that the bootstrap gives.

    The design effect is the bootstrap variance over the binomial one, so that sentences of one
    paragraph that speak of the same thing do not count as independent (Kish 1965; Korn and
    Graubard 1998); Wilson (1927) keeps the interval honest at small counts, where the percentile
    bootstrap of 0 of n would be [0, 0]. An empty selection gives [0, 1].
    """
    if units <= 0:
        return Interval(0.0, 0.0, 1.0, level)
    share = count / units
    binomial = share * (1 - share) / units
    variance = float(np.var(replicates, ddof=1)) if len(replicates) > 1 else 0.0
    effect = max(1.0, variance / binomial) if binomial > 0 else 1.0
    return _wilson(share, units / effect, level)


def measure_interval(value: float, replicates: Array, low: float, high: float, level: float) -> Interval:
    """Bias-corrected percentile interval (Efron 1981) of a measure within [low, high].

    Resampling adds noise, noise makes profiles look less alike, so the replicates of a similarity
    lie below the value itself; the correction shifts the percentiles back. Always holds the value.
    """
    if not len(replicates):
        return Interval(value, low, high, level)
    normal = NormalDist()
    below = (np.sum(replicates < value) + 0.5 * np.sum(replicates == value)) / len(replicates)
    shift = normal.inv_cdf(float(np.clip(below, 1e-3, 1 - 1e-3)))
    z = normal.inv_cdf((1 + level) / 2)
    bounds = np.quantile(replicates, [normal.cdf(2 * shift - z), normal.cdf(2 * shift + z)])
    bottom, top = float(max(low, bounds[0])), float(min(high, bounds[1]))
    return Interval(value, min(bottom, value), max(top, value), level)


def draw_splits(documents: int, left: int, permutations: int, seed: int) -> npt.NDArray[np.bool_]:
    """Assignments of documents to the left side: all of them where they are few, else a sample."""
    if comb(documents, left) <= permutations:
        return _list_splits(documents, left)
    rng = np.random.default_rng(seed)
    order = np.argsort(rng.random((permutations, documents)), axis=1)
    return np.asarray(order < left)


def p_value(null: Array, value: float, *, exact: bool) -> float:
    """Share of the null at or below the value (is the overlap lower than chance?); in (0, 1].

    A sampled null counts the observed split as one of its own (Phipson and Smyth 2010).
    """
    hits = float(np.sum(null <= value + 1e-12))
    return hits / len(null) if exact else (hits + 1) / (len(null) + 1)


def _list_strata(document: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    groups = [np.flatnonzero(document == index) for index in np.unique(document)]
    large = [group for group in groups if len(group) >= SMALL_STRATUM]
    small = [group for group in groups if len(group) < SMALL_STRATUM]
    return [*large, np.concatenate(small)] if small else large


def _list_splits(documents: int, left: int) -> npt.NDArray[np.bool_]:
    from itertools import combinations

    rows = list(combinations(range(documents), left))
    splits = np.zeros((len(rows), documents), dtype=bool)
    for position, row in enumerate(rows):
        splits[position, list(row)] = True
    return splits


def _wilson(share: float, size: float, level: float) -> Interval:
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    centre = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = (z2 * (share * (1 - share) / size + z2 / (4 * size * size))) ** 0.5 / (1 + z2 / size)
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)), level)
