"""Shares of codes corrected for the tagger's mistakes, by prediction-powered inference.

Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), Science 382, with the power tuning of
Angelopoulos, Duchi and Zrnic (2023), "PPI++", arXiv:2311.01453. For a mean it is the difference
estimator of survey sampling; the same idea as the design-based supervised learning of Egami,
Hinck, Stewart and Wei (2023), NeurIPS:

    share = mean(y) over gold + lambda * (mean(f) over the rest - mean(f) over gold)

with y the gold code (0 or 1) and f the tagger's. It is unbiased for any tagger as long as the gold
units are a random sample of all units and the tagger was not trained on them (use out-of-fold
codes); lambda in [0, 1] minimises the variance, so a useless tagger costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Interval


@dataclass(frozen=True, slots=True)
class CorrectedShare:
    """``naive``: the tagger's share over all units; ``corrected`` with its interval; ``power``: lambda."""

    naive: float
    corrected: Interval
    power: float
    gold_units: int
    units: int


@dataclass(frozen=True, slots=True)
class ShareSample:
    """One selection of units and one code: 1 where the unit carries the code, else 0.

    ``gold`` and ``found`` are aligned, over units with gold; ``found_rest`` over units without.
    ``clusters``: paragraph of each gold unit, "" or absent to treat units as independent.
    """

    gold: Sequence[float]
    found: Sequence[float]
    found_rest: Sequence[float]
    clusters: Sequence[object] = ()


def correct_share(sample: ShareSample, *, level: float = 0.95) -> CorrectedShare:
    """The corrected share of a code, kept in [0, 1].

    Without gold units the interval is the whole [0, 1] around the naive share; without further
    units the estimate is the gold share itself.
    """
    naive = float(np.mean([*sample.found, *sample.found_rest])) if len(sample.found) + len(sample.found_rest) else 0.0
    total = len(sample.gold) + len(sample.found_rest)
    if len(sample.gold) < 2:
        return CorrectedShare(naive, Interval(naive, 0.0, 1.0, level), 0.0, len(sample.gold), total)
    value, variance, power = _estimate(sample)
    reach = NormalDist().inv_cdf((1 + level) / 2) * variance**0.5
    interval = Interval(_clip(value), _clip(value - reach), _clip(value + reach), level)
    return CorrectedShare(naive, interval, power, len(sample.gold), total)


def correct_difference(left: ShareSample, right: ShareSample, *, level: float = 0.95) -> Interval:
    """The corrected share of ``left`` minus that of ``right``, with interval, in [-1, 1].

    Raises ValueError where either side has fewer than two gold units.
    """
    if min(len(left.gold), len(right.gold)) < 2:
        raise ValueError("a difference needs at least two gold units on either side; code some more")
    (one, one_variance, _), (two, two_variance, _) = _estimate(left), _estimate(right)
    reach = NormalDist().inv_cdf((1 + level) / 2) * (one_variance + two_variance) ** 0.5
    value = one - two
    return Interval(value, max(-1.0, value - reach), min(1.0, value + reach), level)


def _estimate(sample: ShareSample) -> tuple[float, float, float]:
    """Estimate, its variance, and lambda."""
    y, f = np.asarray(sample.gold, dtype=float), np.asarray(sample.found, dtype=float)
    rest = np.asarray(sample.found_rest, dtype=float)
    n, more = len(y), len(rest)
    clusters = list(sample.clusters) if len(sample.clusters) == n else list(range(n))
    if not more:
        return float(y.mean()), _mean_variance(y, clusters), 0.0
    spread = float(np.var(np.concatenate([f, rest])))
    covariance = float(np.mean((y - y.mean()) * (f - f.mean())))
    power = min(1.0, max(0.0, covariance / ((1 + n / more) * spread))) if spread > 0 else 0.0
    value = float(y.mean() + power * (rest.mean() - f.mean()))
    variance = _mean_variance(y - power * f, clusters) + power**2 * float(np.var(rest)) / more
    return value, variance, power


def _mean_variance(values: NDArray[np.float64], clusters: Sequence[object]) -> float:
    """Variance of a mean under clustering by paragraph (linearised, with the small-sample factor).

    Where all gold values are equal the variance would be 0: at least that of (k + 1) / (n + 2).
    """
    n = len(values)
    sums: dict[object, float] = {}
    for value, cluster in zip(values - values.mean(), clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + float(value)
    count = len(sums)
    factor = count / (count - 1) if count > 1 else 1.0
    guarded = 1 / (n + 2)
    return max(factor * sum(total**2 for total in sums.values()) / n**2, guarded * (1 - guarded) / n)


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value))
