"""Reliability of scores."""

from __future__ import annotations

import pytest

from pipeline.evaluate.calibration import score_calibration


def test_honest_scores_have_no_error() -> None:
    """0.5 that is right half of the time."""
    got = score_calibration([0.5] * 10, [True, False] * 5)
    assert got.error == 0
    assert got.brier == 0.25


def test_boasting_scores_have_error() -> None:
    """0.95 that is right half of the time is 0.45 off."""
    assert score_calibration([0.95] * 10, [True, False] * 5).error == pytest.approx(0.45)


def test_bins_tell_count_and_share() -> None:
    """Scores fall into tenths, 1.0 into the last."""
    bins = score_calibration([0.05, 0.31, 0.39, 1.0], [False, True, False, True]).bins
    assert [(b.low, b.count, b.share_right) for b in bins] == [(0.0, 1, 0.0), (0.3, 2, 0.5), (0.9, 1, 1.0)]


def test_empty_sample() -> None:
    """No tags, no error."""
    assert score_calibration([], []).count == 0
