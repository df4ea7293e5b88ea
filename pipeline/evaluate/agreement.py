"""Agreement of two coders beyond chance, code by code, with bootstrap intervals.

Each code is one binary variable: has the coder given it to the unit or not.

Krippendorff's alpha, nominal, two coders, no missing values (Krippendorff 2019, Content Analysis,
4th ed., chapter 12): alpha = 1 - D_o / D_e with D_o the share of units on which the coders differ
and D_e = 2 n1 n0 / (n (n - 1)), where n = 2 * units values, n1 of them ones and n0 zeros.

Gwet's AC1 (Gwet 2008, British Journal of Mathematical and Statistical Psychology 61): (p_a - p_e) /
(1 - p_e) with p_a the share of equal values, q the mean share of ones and p_e = 2 q (1 - q); it
stays steady where a code is rare. Intervals are percentiles over resampled paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.codes import Codes, Judged
from pipeline.evaluate.resample import REPLICATES, SEED, draw_weights, to_interval
from pipeline.evaluate.scores import count_matches, to_f1
from pipeline.records import ACTION_LEVELS, ScoreRow

Numbers = NDArray[np.float64]


def score_agreement(
    judged: Sequence[Judged],
    *,
    domain_of: Callable[[str], str],
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> tuple[ScoreRow, ...]:
    """Alpha and AC1 by code and, as the mean over codes that occur, by dimension and language.

    ``judged``: gold holds one coder's codes, found the other's. Also "alpha_pooled" (all codes of a
    dimension as one set of binary values), "f1" of one coder against the other and, for the action
    level, nominal alpha over its five values. ``tagger`` of the rows is "coders".
    """
    rows: list[ScoreRow] = []
    for language in ("all", *sorted({unit.language for unit in judged})):
        part = [unit for unit in judged if language in ("all", unit.language)]
        if part:
            rows += _score_slice(part, language, domain_of, replicates, seed)
    return tuple(rows)


def krippendorff_alpha(both: Numbers, one: Numbers, units: Numbers) -> Numbers:
    """Alpha of a binary variable from weighted counts: units with both ones, with exactly one, and all.

    1.0 where nothing varies and nobody differs.
    """
    values = 2 * units
    ones = 2 * both + one
    expected = 2 * ones * (values - ones) / np.maximum(values * (values - 1), 1)
    observed = one / np.maximum(units, 1)
    return 1 - np.divide(observed, expected, out=np.zeros_like(observed), where=expected > 0)


def gwet_ac1(both: Numbers, one: Numbers, units: Numbers) -> Numbers:
    """AC1 of a binary variable from the same counts as ``krippendorff_alpha``."""
    agreed = 1 - one / np.maximum(units, 1)
    share = (2 * both + one) / np.maximum(2 * units, 1)
    chance = 2 * share * (1 - share)
    return np.asarray((agreed - chance) / (1 - chance), dtype=float)


def nominal_alpha(first: Sequence[str], second: Sequence[str], weights: Numbers) -> Numbers:
    """Nominal alpha of one variable with any number of values, for each row of weights."""
    values = sorted({*first, *second})
    ones = np.array(
        [[float(a == value) + float(b == value) for value in values] for a, b in zip(first, second, strict=True)]
    )
    counts = weights @ ones
    total = counts.sum(axis=1)
    differ = weights @ np.array([float(a != b) for a, b in zip(first, second, strict=True)])
    observed = differ / np.maximum(weights.sum(axis=1), 1)
    expected = (total**2 - (counts**2).sum(axis=1)) / np.maximum(total * (total - 1), 1)
    return np.asarray(1 - np.divide(observed, expected, out=np.zeros_like(observed), where=expected > 0))


def _score_slice(
    judged: Sequence[Judged], language: str, domain_of: Callable[[str], str], replicates: int, seed: int
) -> list[ScoreRow]:
    weights = draw_weights(
        [u.document_id for u in judged], [u.paragraph for u in judged], replicates=replicates, seed=seed
    )
    rows: list[ScoreRow] = []
    picks: dict[str, Callable[[Codes], tuple[str, ...]]] = {
        "issue": lambda codes: codes.issues,
        "domain": lambda codes: tuple(dict.fromkeys(map(domain_of, codes.issues))),
        "industry": lambda codes: codes.industries,
        "action": lambda codes: (codes.action,),
    }
    for dimension, pick in picks.items():
        rows += _score_dimension(judged, weights, language, dimension, pick)
    alpha = nominal_alpha([u.gold.action for u in judged], [u.found.action for u in judged], weights)
    rows.append(ScoreRow("coders", "action", "alpha_nominal", language, to_interval(alpha), len(ACTION_LEVELS)))
    alpha = nominal_alpha([u.gold.main_issue for u in judged], [u.found.main_issue for u in judged], weights)
    rows.append(ScoreRow("coders", "main_issue", "alpha_nominal", language, to_interval(alpha), len(judged)))
    return rows


def _score_dimension(
    judged: Sequence[Judged],
    weights: Numbers,
    language: str,
    dimension: str,
    pick: Callable[[Codes], tuple[str, ...]],
) -> list[ScoreRow]:
    codes, counts = count_matches([pick(u.gold) for u in judged], [pick(u.found) for u in judged])
    if not codes:
        return []
    both = weights @ counts[0]
    one = weights @ (counts[1] + counts[2])
    units = np.broadcast_to(weights.sum(axis=1)[:, None], both.shape)
    support = (counts[0] + np.maximum(counts[1], counts[2])).sum(axis=0)
    alphas, ac1s = krippendorff_alpha(both, one, units), gwet_ac1(both, one, units)
    rows = [
        ScoreRow("coders", dimension, metric, f"{language}:code:{code}", to_interval(values[:, k]), int(support[k]))
        for k, code in enumerate(codes)
        for metric, values in (("alpha", alphas), ("ac1", ac1s))
    ]
    pooled = krippendorff_alpha(both.sum(axis=1), one.sum(axis=1), units.sum(axis=1))
    f1 = to_f1(both.sum(axis=1), weights @ counts[1].sum(axis=1), weights @ counts[2].sum(axis=1))
    for metric, values in (
        ("alpha", alphas.mean(axis=1)),
        ("alpha_pooled", pooled),
        ("ac1", ac1s.mean(axis=1)),
        ("f1", f1),
    ):
        rows.append(ScoreRow("coders", dimension, metric, language, to_interval(values), len(judged)))
    return rows
