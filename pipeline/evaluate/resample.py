"""Bootstrap weights: paragraphs drawn with replacement within each document, and percentile intervals."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Interval

REPLICATES = 1000
SEED = 20261124


def draw_weights(
    strata: Sequence[Hashable], clusters: Sequence[Hashable], *, replicates: int = REPLICATES, seed: int = SEED
) -> NDArray[np.float64]:
    """How often each unit counts in each replicate, as (replicates + 1, units); row 0 is the sample itself.

    Whole clusters (paragraphs) are drawn with replacement within their stratum (document), since
    sentences of one paragraph are alike (Davison and Hinkley 1997, Bootstrap Methods, section 3.8).
    """
    rng = np.random.default_rng(seed)
    groups: dict[Hashable, dict[Hashable, list[int]]] = {}
    for i, (stratum, cluster) in enumerate(zip(strata, clusters, strict=True)):
        groups.setdefault(stratum, {}).setdefault(cluster, []).append(i)
    weights = np.ones((replicates + 1, len(strata)))
    for members in groups.values():
        count = len(members)
        drawn = rng.multinomial(count, np.full(count, 1 / count), size=replicates)
        for k, indices in enumerate(members.values()):
            weights[1:, indices] = drawn[:, [k]]
    return weights


def to_interval(values: NDArray[np.float64], *, level: float = 0.95) -> Interval:
    """Row 0 as the estimate, the rest as its percentile interval; replicates without a value are left out."""
    value = float(values[0])
    rest = values[1:][np.isfinite(values[1:])]
    if not np.isfinite(value) or not len(rest):
        return Interval(value, value, value, level)
    low, high = np.quantile(rest, [(1 - level) / 2, (1 + level) / 2])
    return Interval(value, float(min(low, value)), float(max(high, value)), level)
