"""Overlap measures of two profiles with intervals, against permuted documents and unrelated texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.overlap.measures import MEASURES
from pipeline.overlap.profile import Profile, flag_draws, flag_present
from pipeline.overlap.resample import draw_splits, measure_interval, p_value
from pipeline.overlap.settings import OverlapSettings
from pipeline.presence import PresenceRule
from pipeline.records import Overlap

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
PERMUTED = "documents permuted between the sides"
UNRELATED = "unrelated statements; p: as much in common or more"
POOLS = 300
"""Pools of unrelated statements that each side meets."""


def compare_profiles(left: Profile, right: Profile, settings: OverlapSettings) -> tuple[Overlap, ...]:
    """Every measure with its interval and the permutation null, in the order of MEASURES."""
    keep = left.tally.scheme.profiled
    values = measure_all(
        left.totals[keep], right.totals[keep], *(flag_present(p, settings.rule)[keep] for p in (left, right))
    )
    draws = measure_all(
        left.draws[:, keep], right.draws[:, keep], *(flag_draws(p, settings.rule)[:, keep] for p in (left, right))
    )
    null, exact = permute_documents(left, right, settings)
    return tuple(
        Overlap(
            left=left.name,
            right=right.name,
            measure=measure.id,
            dimension=left.tally.scheme.dimension,
            interval=measure_interval(
                float(values[measure.id]),
                draws[measure.id],
                measure.low,
                measure.high,
                settings.level,
                documents=len(left.tally.documents) + len(right.tally.documents),
                spread=measure.spread,
            ),
            null=PERMUTED if null else "",
            null_mean=float(null[measure.id].mean()) if null else None,
            p_value=p_value(null[measure.id], float(values[measure.id]), exact=exact) if null else None,
        )
        for measure in MEASURES
    )


def measure_all(left: Array, right: Array, left_present: Flags, right_present: Flags) -> dict[str, Array]:
    """All measures over the last axis: "jaccard" of the flags, the others of the counts."""
    return {
        measure.id: measure.function(left_present, right_present)  # type: ignore[arg-type]
        if measure.id == "jaccard"
        else measure.function(left, right)
        for measure in MEASURES
    }


def permute_documents(left: Profile, right: Profile, settings: OverlapSettings) -> tuple[dict[str, Array], bool]:
    """The measures under documents dealt anew to the two sides, and whether all deals were taken.

    Empty where a side has no document, or the sides share one.
    """
    if not left.tally.documents or not right.tally.documents or set(left.tally.documents) & set(right.tally.documents):
        return {}, False
    if right.tally.documents < left.tally.documents:
        left, right = right, left  # the measures are symmetric; one order of the sides keeps the null so too
    total = len(left.tally.documents) + len(right.tally.documents)
    splits = draw_splits(total, len(left.tally.documents), settings.permutations, settings.seed)
    order = np.argsort([*left.tally.documents, *right.tally.documents], kind="stable")
    stacks = {
        name: np.concatenate([_per_document(left, name), _per_document(right, name)])[order]
        for name in ("counts", "doubts", "paragraphs", "units")
    }
    keep, scheme = left.tally.scheme.profiled, left.tally.scheme
    sides = []
    for chosen in (splits.astype(np.float64), (~splits).astype(np.float64)):
        sums = {name: chosen @ stack for name, stack in stacks.items()}
        needed = _needed(sums["units"], scheme.members, settings.rule, sums["doubts"])
        present = (sums["counts"] >= needed) & (sums["paragraphs"] >= settings.rule.min_paragraphs)
        sides.append((sums["counts"][:, keep], present[:, keep]))
    exact = len(splits) < settings.permutations or len(splits) == _all_splits(total, len(left.tally.documents))
    return measure_all(sides[0][0], sides[1][0], sides[0][1], sides[1][1]), exact


def compare_unrelated(
    overlaps: Sequence[Overlap], left: Profile, right: Profile, others: Array, sizes: Array, settings: OverlapSettings
) -> tuple[Overlap, ...]:
    """The same measures placed among the overlaps of each side with unrelated statements.

    ``others``: statements x codes (counts), ``sizes``: their units. Each side meets POOLS random pools
    of them that have as many units as the other side, since a short text looks unlike anything.
    ``p_value`` is the share of those overlaps at or above the measured one: how often unrelated
    texts look as alike as this.
    """
    if not len(others):
        return ()
    keep, rule = left.tally.scheme.profiled, settings.rule
    nulls: dict[str, list[Array]] = {measure.id: [] for measure in MEASURES}
    for side, other in ((left, right), (right, left)):
        counts, spread, units = _pool_statements(others, sizes, other.size, settings.seed)
        needed = _needed(units, left.tally.scheme.members, rule)
        present = (counts >= needed) & (spread >= rule.min_paragraphs)
        flags = np.broadcast_to(flag_present(side, rule)[keep], counts[:, keep].shape)
        totals = np.broadcast_to(side.totals[keep], counts[:, keep].shape)
        for name, values in measure_all(totals, counts[:, keep], flags, present[:, keep]).items():
            nulls[name].append(values)
    rows = []
    for overlap in overlaps:
        null = np.concatenate(nulls[overlap.measure])
        above = (float(np.sum(null >= overlap.interval.value - 1e-12)) + 1) / (len(null) + 1)
        rows.append(replace(overlap, null=UNRELATED, null_mean=float(null.mean()), p_value=above))
    return tuple(rows)


def _pool_statements(others: Array, sizes: Array, wanted: float, seed: int) -> tuple[Array, Array, Array]:
    """POOLS random pools of statements: counts, statements or counts that carry a code, and units.

    Statements are drawn until a pool has ``wanted`` units; the last one counts in part, so that all
    pools are alike in size (all statements, where there are fewer units than wanted).
    """
    rng = np.random.default_rng(seed)
    counts, spread, units = [], [], []
    for _ in range(POOLS):
        order = rng.permutation(len(others))
        before = np.concatenate([[0.0], np.cumsum(sizes[order])[:-1]])
        part = np.clip((wanted - before) / sizes[order], 0, 1)
        drawn = np.flatnonzero(part)  # of thousands a few dozen
        pool, share = others[order[drawn]], part[drawn]
        counts.append(np.round(share @ pool))
        several = (pool * share[:, None] >= 0.5).sum(axis=0)
        spread.append(np.where(several == 1, np.minimum(counts[-1], 2), several))
        units.append(float(part @ sizes[order]))
    return np.array(counts), np.array(spread), np.array(units)


def _per_document(profile: Profile, name: str) -> Array:
    tally = profile.tally
    matrix = {
        "counts": tally.counts,
        "doubts": tally.doubts,
        "paragraphs": (tally.counts > 0).astype(np.float64),
        "units": tally.units,
    }[name]
    return tally.by_document(matrix)


def _needed(sizes: Array, members: Sequence[tuple[str, ...]], rule: PresenceRule, doubts: Array | float = 0.0) -> Array:
    """PresenceRule.needed for many sizes at once: sizes x codes."""
    rates = np.array([rule.rate_of(codes) for codes in members])
    stray = np.maximum(np.multiply.outer(sizes, rates), rule.factor * np.asarray(doubts))
    return _find_quantile(1 - rule.alpha, stray) + 1


def _find_quantile(share: float, means: Array) -> Array:
    """Smallest count that a Poisson variable of each mean stays at or below with at least this probability."""
    from scipy.special import pdtri

    # The count grows by one at fixed means, so these are worked out once and each mean is looked up.
    most = float(np.max(means, initial=0.0))
    steps = pdtri(np.arange(int(most + 10 * most**0.5) + 30), share)
    return np.searchsorted(steps, means).astype(np.float64)


def _all_splits(total: int, left: int) -> int:
    from math import comb

    return comb(total, left)
