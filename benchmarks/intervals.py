"""Are the intervals honest and the p-values uniform? Simulated corpora with known shares.

    python benchmarks/intervals.py [--runs 400] [--seed 1]

Each corpus has two sides of documents; a document has its own shares of issues (drawn around its
side's), its paragraphs a main issue each, and a sentence takes its paragraph's issue with chance 0.7,
else one of the document's: sentences of a paragraph are alike, as in real statements. The true
shares are those of the documents, so the truth of every interval is known.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.overlap.measures import MEASURES, Measure, jaccard
from pipeline.overlap.resample import (
    design_effects,
    draw_splits,
    draw_weights,
    measure_interval,
    p_value,
    share_interval,
)
from pipeline.presence import PresenceRule

Array = npt.NDArray[np.float64]
STICK = 0.7


@dataclass(frozen=True)
class Side:
    """Counts by paragraph, sentences by paragraph, document of each, and the true shares."""

    counts: Array
    sizes: Array
    document: npt.NDArray[np.int64]
    truth: Array


def simulate_side(rng: np.random.Generator, base: Array, *, documents: int, spread: float = 60.0) -> Side:
    """One side; ``spread`` is the Dirichlet weight of the side's shares in each document's."""
    rows, sizes, owner = [], [], []
    weighted = np.zeros(len(base))
    total = 0.0
    for index in range(documents):
        shares = rng.dirichlet(np.maximum(base * spread, 1e-3))
        for _ in range(int(rng.integers(8, 40))):
            units = int(rng.integers(1, 6))
            main = rng.choice(len(base), p=shares)
            own = rng.random(units) < STICK
            drawn = np.where(own, main, rng.choice(len(base), size=units, p=shares))
            rows.append(np.bincount(drawn, minlength=len(base)).astype(float))
            sizes.append(float(units))
            owner.append(index)
            weighted += shares * units
            total += units
    return Side(np.array(rows), np.array(sizes), np.array(owner), weighted / total)


def cover_shares(side: Side, seed: int, *, replicates: int = 400) -> tuple[int, int]:
    """How many of the share intervals hold their truth, and how many there are."""
    weights = draw_weights(side.document, replicates, seed)
    draws, sizes = weights @ side.counts, weights @ side.sizes
    totals, units = side.counts.sum(axis=0), float(side.sizes.sum())
    effects = design_effects(totals, units, draws / sizes[:, None])
    hits = 0
    for column, truth in enumerate(side.truth):
        interval = share_interval(totals[column], units, float(effects[column]), 0.95)
        hits += interval.low <= truth <= interval.high
    return hits, len(side.truth)


def cover_measures(left: Side, right: Side, seed: int, *, replicates: int = 400) -> dict[str, bool]:
    """Whether each measure's interval holds the measure of the true shares.

    Jaccard's truth: the codes whose expected sentences reach the presence rule.
    """
    weights = [draw_weights(s.document, replicates, seed + k) for k, s in enumerate((left, right))]
    draws = [w @ s.counts for w, s in zip(weights, (left, right), strict=True)]
    flags = [flag_present(s, w) for s, w in zip((left, right), weights, strict=True)]
    truths, values, drawn = (jaccard(a, b) for a, b in zip(*flags, strict=True))
    found = {"jaccard": _holds(MEASURES[0], float(truths), float(values), drawn)}
    for measure in MEASURES[1:]:
        truth = float(measure.function(left.truth, right.truth))
        value = float(measure.function(left.counts.sum(axis=0), right.counts.sum(axis=0)))
        found[measure.id] = _holds(measure, truth, value, measure.function(*draws))
    return found


def flag_present(side: Side, weights: Array) -> tuple[Array, Array, Array]:
    """The presence rule on the expected counts, on those drawn, and on each replicate."""
    units = float(side.sizes.sum())
    needed = PresenceRule().needed(int(units), ["supply.labor"])
    spread = (side.counts > 0).astype(float)
    found = (side.counts.sum(axis=0) >= needed) & (spread.sum(axis=0) >= 2)
    drawn = (weights @ side.counts >= needed) & ((weights > 0).astype(float) @ spread >= 2)
    return side.truth * units >= needed, found, drawn


def null_p_value(rng: np.random.Generator, base: Array, seed: int) -> float:
    """The permutation p-value of Bray-Curtis where both sides come from one source."""
    sides = [simulate_side(rng, base, documents=8) for _ in range(2)]
    totals = np.concatenate([_by_document(side) for side in sides])
    splits = draw_splits(len(totals), 8, 999, seed)
    measure = MEASURES[2].function
    null = measure(splits.astype(float) @ totals, (~splits).astype(float) @ totals)
    value = float(measure(totals[:8].sum(axis=0), totals[8:].sum(axis=0)))
    return p_value(null, value, exact=False)


def run(runs: int, seed: int) -> dict[str, float]:
    """Coverage by kind of interval, and the Kolmogorov-Smirnov distance of the null p-values."""
    from scipy.stats import kstest

    rng = np.random.default_rng(seed)
    share_hits = share_all = 0
    measures: dict[str, list[bool]] = {measure.id: [] for measure in MEASURES}
    values = []
    for number in range(runs):
        bases = [rng.dirichlet(np.full(20, 0.6)) for _ in range(2)]
        left, right = (simulate_side(rng, base, documents=9) for base in bases)
        hits, count = cover_shares(left, seed + number)
        share_hits, share_all = share_hits + hits, share_all + count
        for name, hit in cover_measures(left, right, seed + number).items():
            measures[name].append(hit)
        values.append(null_p_value(rng, bases[0], seed + number))
    test = kstest(values, "uniform")
    return {
        "shares": share_hits / share_all,
        **{name: float(np.mean(hits)) for name, hits in measures.items()},
        "null: KS distance": float(test.statistic),
        "null: KS p-value": float(test.pvalue),
        "null: share of p <= 0.05": float(np.mean(np.array(values) <= 0.05)),
    }


def _holds(measure: Measure, truth: float, value: float, replicates: Array) -> bool:
    interval = measure_interval(value, replicates, measure.low, measure.high, 0.95, documents=18, spread=measure.spread)
    return interval.low - 1e-9 <= truth <= interval.high + 1e-9


def _by_document(side: Side) -> Array:
    rows: Sequence[Array] = [side.counts[side.document == index].sum(axis=0) for index in np.unique(side.document)]
    return np.array(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for name, value in run(arguments.runs, arguments.seed).items():
        print(f"{name:28}{value:.3f}")


if __name__ == "__main__":
    main()
