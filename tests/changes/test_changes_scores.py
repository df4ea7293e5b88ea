"""Scores of links as probabilities."""

from __future__ import annotations

import numpy as np

from pipeline.changes.align import share_out


def test_one_candidate_has_all_that_the_unit_has() -> None:
    """Where only one can be meant, it is certain once something is."""
    assert np.allclose(share_out(np.array([[0.2]])), 1.0)


def test_two_right_ones_do_not_halve_each_other() -> None:
    """Two candidates of 0.6: one of them at least in 0.84 of cases, each then with 0.6 / 0.84."""
    assert np.allclose(share_out(np.array([[0.6, 0.6]])), 0.6 / 0.84)


def test_order_and_range_hold_at_the_ends() -> None:
    """Chances of 0 and 1 give finite values within [0, 1] in the same order."""
    found = share_out(np.array([[1.0, 0.5, 0.0], [0.0, 0.0, 0.0]]))
    assert np.isfinite(found).all() and found.min() >= 0 and found.max() <= 1
    assert found[0, 0] > found[0, 1] > found[0, 2]
