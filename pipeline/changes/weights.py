"""Weights of the ranking steps and of the status, fitted on hand-made links by benchmarks/fit_changes.py.

The first two steps are conditional logits with "none" as one more candidate, L2-penalised, weights held at 0 or above; the
third is boosted trees (trees.npz) and a logistic regression; the status is a logistic regression. Fitted on all pairs of corpus/annotations/changes; the benchmark leaves out each in turn to measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.changes.trees import Trees


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """``first``, ``second``: log-odds of each feature, above ``first_none`` and ``second_none`` a link is likelier than none.

    ``third``: log-odds that a unit has an antecedent at all, from the trees' log-odds of its candidates (candidates.sum_up_rows).
    ``trees``: others than those of the package, for measuring.
    ``strange``: taken off all log-odds where two statements share hardly a name; set on statements of unrelated subjects.
    ``status``, ``status_base``: log-odds that a linked commitment is strengthened.
    """

    first: Mapping[str, float]
    first_none: float
    second: Mapping[str, float]
    second_none: float
    third: Mapping[str, float]
    third_none: float
    strange: float
    status: Mapping[str, float]
    status_base: float
    trees: Trees | None = None


FITTED = Weights(
    first={
        "spelling": 3.97, "context": 2.63, "section content": 0.00, "paragraph": 6.58, "window": 6.24, "main issue": 0.99,
        "rare issue": 3.51, "industries": 0.36, "commitment": 0.29, "binding": 1.18, "best of it": 0.71, "covers": 1.16,
        "known names": 1.02, "no other country": 1.08, "words of their own": 1.63, "length": 0.87,
    },
    first_none=11.74,
    second={
        "first": 2.57, "row beside": 1.12, "column beside": 0.00, "source": 0.93, "sections": 1.50, "rank in row": 1.65,
        "rank in column": 0.88, "known names": 0.52,
    },
    second_none=8.38,
    third={
        "best": 0.35, "second": 0.08, "all": 0.58, "best beside": -0.03, "mean beside": 0.16, "round": 0.12, "length": -0.39,
    },
    third_none=-1.31,
    strange=4.0,
    status={
        "name added": 1.01, "delivered": 1.21, "delivered before": 0.61, "only planned before": 0.52, "level up": 0.48,
        "kind of initiative added": 0.48, "country added": 0.58, "date added": 0.20, "sum added": 0.30, "result": 0.34,
        "goes on": -1.07, "short": -0.66,
    },
    status_base=-0.27,
)  # fmt: skip
"""The status weights of "date added" and "sum added" are set by the guide: they are too rare to fit."""
