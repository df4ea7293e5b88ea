"""What the arithmetic of links is made of gives what the plain way of working it out gives."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.changes.align import load_solver
from pipeline.changes.trees import Trees, read_trees


def _walk(trees: Trees, row: np.ndarray) -> float:
    values = []
    for root in trees.roots:
        at = int(root)
        for _ in range(trees.depth):
            lower = row[trees.feature[at]] <= trees.threshold[at]
            at = int(trees.left[at] if lower else trees.right[at])
        values.append(trees.value[at])
    return trees.base + float(np.sum(values))


def test_trees_add_up_as_walked_one_by_one() -> None:
    """More rows than are looked at together; an unknown value goes to the right."""
    trees = read_trees()
    rows = np.random.default_rng(5).normal(size=(300, int(trees.feature.max()) + 1)).astype(np.float32)
    rows[7, 3] = np.nan
    found = trees.add_up(rows)
    assert found.shape == (300,)
    for at in (0, 7, 255, 256, 299):
        assert np.isclose(found[at], _walk(trees, rows[at]), rtol=1e-12)
    assert trees.add_up(rows[:0]).shape == (0,)


def test_assignment_is_that_of_scipy() -> None:
    """The solver taken out of its file gives the rows and columns of scipy.optimize."""
    gains = np.random.default_rng(6).random((20, 45))
    for mine, theirs in zip(
        load_solver()(gains, maximize=True), linear_sum_assignment(gains, maximize=True), strict=True
    ):
        assert np.array_equal(mine, theirs)
