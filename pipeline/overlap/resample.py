"""Bootstrap of paragraphs within documents, intervals from it, and permutation of documents."""

from __future__ import annotations

from functools import lru_cache
from math import comb
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from pipeline.records import Interval

Array = npt.NDArray[np.float64]
POOL_COUNTS = 10
"""Weight, in sentences, of the common design effect in that of a single code."""
SMALL_STRATUM = 5
"""Documents with fewer paragraphs are resampled together: one paragraph alone shows no variance."""


def draw_weights(document: npt.NDArray[np.int64], replicates: int, seed: int) -> Array:
    """How often each paragraph is drawn in each replicate: replicates x paragraphs.

    Within a document (or the pool of small ones) of m paragraphs, m are drawn with replacement.
    """
    return _draw_weights(document.astype(np.int64).tobytes(), replicates, seed)


@lru_cache(maxsize=2)
def _draw_weights(document: bytes, replicates: int, seed: int) -> Array:
    """Issues, domains and industries of a selection are resampled with the same draws. Read only."""
    places = np.frombuffer(document, np.int64)
    rng = np.random.default_rng(seed)
    weights = np.zeros((replicates, len(places)))
    for stratum in _list_strata(places):
        size = len(stratum)
        weights[:, stratum] = rng.multinomial(size, np.full(size, 1 / size), size=replicates)
    weights.flags.writeable = False
    return weights


def design_effects(counts: Array, units: float, replicates: Array) -> Array:
    """Design effect of each code's share: bootstrap variance over binomial, at least 1.

    ``counts``: sentences by code. ``replicates``: replicates x codes of shares. A rare code's own
    effect hangs on a few paragraphs, so it is drawn towards the mean of all with the weight of
    POOL_COUNTS sentences.
    """
    shares = counts / max(units, 1.0)
    binomial = shares * (1 - shares) / max(units, 1.0)
    own = np.divide(np.var(replicates, axis=0, ddof=1), binomial, out=np.ones_like(counts), where=binomial > 0)
    own = np.maximum(own, 1.0)
    common = own[counts >= POOL_COUNTS]
    pooled = float(common.mean()) if len(common) else 1.0
    return np.asarray((counts * own + POOL_COUNTS * pooled) / (counts + POOL_COUNTS))


def share_interval(count: float, units: float, effect: float, level: float) -> Interval:
    """Wilson interval of a share at the effective sample size ``units / effect``.

    The design effect keeps sentences of one paragraph that speak of the same thing from counting as
    independent (Kish 1965; Korn and Graubard 1998); Wilson (1927) keeps the interval honest at small
    counts, where the percentile bootstrap of 0 of n would be [0, 0]. No units give [0, 1].
    """
    if units <= 0:
        return Interval(0.0, 0.0, 1.0, level)
    return _wilson(count / units, units / effect, level)


def measure_interval(
    value: float, replicates: Array, low: float, high: float, level: float, *, documents: int, spread: float = 1.0
) -> Interval:
    """Interval of a measure within [low, high], from the bootstrap's spread and bias.

    Resampling adds noise, and noise makes profiles look less alike, so the replicates of a
    similarity lie below the value; the value itself lies below the truth for the same reason. The
    interval is centred half the bias up, and its half-width holds the whole bias beside the standard
    error: t * sqrt((spread * se)² + bias²), Student's t for the number of ``documents`` on both sides less two.
    Clipped to the range; always holds the value. Where all replicates agree (tiny texts), Wilson's
    interval at the number of documents, since no spread in the sample is no certainty.
    """
    from scipy.special import stdtrit

    bias, error = value - float(np.mean(replicates)), float(np.std(replicates, ddof=1))
    if error < 1e-12 and abs(bias) < 1e-12:
        wide = _wilson((value - low) / (high - low), max(1, documents), level)
        return Interval(value, low + wide.low * (high - low), low + wide.high * (high - low), level)
    half = float(stdtrit(max(2, documents - 2), (1 + level) / 2)) * float(np.hypot(spread * error, bias))
    bottom, top = max(low, value + bias / 2 - half), min(high, value + bias / 2 + half)
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
