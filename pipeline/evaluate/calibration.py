"""Are scores probabilities? Reliability curve, Brier score and expected calibration error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Tags whose score lies in [low, high): how many, their mean score, and how many of them are right."""

    low: float
    high: float
    count: int
    mean_score: float
    share_right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """``error``: expected calibration error, the mean of |mean score - share right| weighted by bin
    (Naeini, Cooper and Hauskrecht 2015); ``brier``: mean squared distance of score and outcome (Brier 1950)."""

    error: float
    brier: float
    count: int
    bins: tuple[ReliabilityBin, ...]


def score_calibration(scores: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> Calibration:
    """Calibration over equally wide bins; an empty sample has error and Brier score 0."""
    if not scores:
        return Calibration(0.0, 0.0, 0, ())
    values, outcome = np.asarray(scores, dtype=float), np.asarray(right, dtype=float)
    place = np.minimum((values * bins).astype(int), bins - 1)
    rows = []
    error = 0.0
    for k in range(bins):
        mask = place == k
        if mask.any():
            mean, share = float(values[mask].mean()), float(outcome[mask].mean())
            rows.append(ReliabilityBin(k / bins, (k + 1) / bins, int(mask.sum()), mean, share))
            error += mask.mean() * abs(mean - share)
    return Calibration(float(error), float(((values - outcome) ** 2).mean()), len(values), tuple(rows))
