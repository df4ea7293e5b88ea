"""Weights of the two ranking steps and of the status, fitted on hand-made links by benchmarks/fit_changes.py.

The steps are conditional logits with "none" as one more candidate, L2-penalised, weights held at 0 or above; the status is
a logistic regression. Fitted on all pairs of corpus/annotations/changes but those that benchmarks/changes.py holds out.
"""

from __future__ import annotations

FIRST = {
    "spelling": 2.24, "context": 2.40, "section content": 3.92, "main issue": 1.69, "rare issue": 3.59, "industries": 0.47,
    "commitment": 1.98, "best of it": 1.27, "covers": 3.16, "known names": 0.03, "no other country": 1.45,
    "words of their own": 2.54, "length": 1.42,
}  # fmt: skip
FIRST_NONE = 11.81
SECOND = {
    "first": 2.32, "row beside": 2.35, "column beside": 0.57, "source": 0.53, "sections": 1.30, "rank in row": 1.80,
    "rank in column": 0.82, "known names": 0.19,
}  # fmt: skip
SECOND_NONE = 8.19
STRANGE = 4.0
"""Taken off all log-odds where two statements share hardly a name; set on statements of unrelated subjects."""
STATUS = {
    "name added": 1.01, "delivered": 1.21, "delivered before": 0.61, "only planned before": 0.52, "level up": 0.48,
    "kind of initiative added": 0.48, "country added": 0.58, "date added": 0.20, "sum added": 0.30, "result": 0.34,
    "goes on": -1.07, "short": -0.66,
}  # fmt: skip
"""Log-odds that a linked commitment is strengthened. "date added" and "sum added" are set by the guide, too rare to fit."""
STATUS_BASE = -0.27
