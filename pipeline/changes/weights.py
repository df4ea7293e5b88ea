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
        "spelling": 4.26, "context": 3.02, "section content": 0.00, "paragraph": 6.26, "window": 5.99,
        "main issue": 1.14, "rare issue": 3.72, "industries": 0.73, "commitment": 0.35, "binding": 1.29,
        "best of it": 0.66, "covers": 0.99, "known names": 1.01, "no other country": 0.94,
        "words of their own": 1.52, "length": 0.75,
    },
    first_none=11.71,
    second={
        "first": 2.57, "row beside": 1.09, "column beside": 0.00, "source": 0.81, "sections": 1.14,
        "rank in row": 1.76, "rank in column": 0.66, "known names": 0.49,
    },
    second_none=8.26,
    third={
        "best": 0.20, "second": 0.09, "all": 0.79, "best beside": -0.01, "mean beside": 0.11, "round": 0.22,
        "length": -0.31,
    },
    third_none=-1.13,
    strange=4.0,
    status={
        "name added": 1.01, "delivered": 1.21, "delivered before": 0.61, "only planned before": 0.52, "level up": 0.48,
        "kind of initiative added": 0.48, "country added": 0.58, "date added": 0.20, "sum added": 0.30, "result": 0.34,
        "goes on": -1.07, "short": -0.66,
    },
    status_base=-0.27,
)  # fmt: skip
"""The status weights of "date added" and "sum added" are set by the guide: they are too rare to fit."""
