"""The dual solution is the ridge solution, and held-out scores are held out."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.tag.ridge import assign_folds, fit_ridge


def test_equals_the_primal_solution() -> None:
    """Against scikit-learn on the same centred targets."""
    from sklearn.linear_model import Ridge as Reference

    rng = np.random.default_rng(0)
    dense = rng.normal(size=(30, 5)).astype(np.float32)
    targets = rng.normal(size=(30, 2)).astype(np.float32)
    model, _ = fit_ridge([[]] * 30, dense, targets, list(range(30)), np.ones(30, bool), vectors=None, penalty=2.0)
    reference = Reference(alpha=2.0, fit_intercept=False).fit(dense, targets - targets.mean(axis=0))
    assert np.allclose(model.predict([[]] * 30, dense), reference.predict(dense) + targets.mean(axis=0), atol=1e-4)


def test_held_out_scores_know_nothing_of_their_group() -> None:
    """A group whose labels are all swapped keeps its held-out scores."""
    texts = [["tax"], ["pump"]] * 12
    groups = [f"g{i // 6}" for i in range(24)]
    dense = np.zeros((24, 1), np.float32)
    targets = np.array([[1.0], [0.0]] * 12, np.float32)
    swapped = targets.copy()
    swapped[:6] = 1 - swapped[:6]
    scores = [
        fit_ridge(texts, dense, y, groups, np.ones(24, bool), vectors=None, penalty=0.5, folds=4)[1][:6]
        for y in (targets, swapped)
    ]
    assert np.allclose(scores[0], scores[1])


def test_uncoded_rows_teach_nothing() -> None:
    """Targets of uncoded rows are not looked at."""
    texts = [["tax"], ["pump"]] * 6
    coded = np.arange(12) < 10
    targets = np.array([[1.0], [0.0]] * 6, np.float32)
    other = targets.copy()
    other[10:] = 5.0
    dense = np.zeros((12, 1), np.float32)
    first, second = (
        fit_ridge(texts, dense, y, list(range(12)), coded, vectors=None, penalty=0.5)[0].predict([["tax"]], dense[:1])
        for y in (targets, other)
    )
    assert first == pytest.approx(second)


def test_folds_keep_groups_whole_and_even() -> None:
    """No group in two folds; the order of rows does not matter."""
    groups = ["a"] * 5 + ["b"] * 4 + ["c"] * 3 + ["d"]
    folds = assign_folds(groups, 2)
    assert {g: set(folds[[i for i, x in enumerate(groups) if x == g]]) for g in "abcd"}.values()
    assert sorted(np.bincount(folds).tolist()) == [6, 7]
    backwards = assign_folds(groups[::-1], 2)[::-1]
    assert folds.tolist() == backwards.tolist()
