"""Measures against values computed by hand."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.overlap.measures import MEASURES, jaccard, to_shares

BY_ID = {measure.id: measure for measure in MEASURES}
P, Q = np.array([5.0, 3.0, 2.0]), np.array([2.0, 2.0, 0.0])  # shares .5 .3 .2 and .5 .5 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ruzicka", 0.8 / 1.2),
        ("bray_curtis", 0.8),
        ("cosine", 0.40 / np.sqrt(0.38 * 0.50)),
        ("jensen_shannon", 0.881774),
        ("spearman", np.sqrt(3) / 2),
        ("kendall", 2 / np.sqrt(6)),
    ],
)
def test_measure_by_hand(name: str, expected: float) -> None:
    """Each profile measure gives the value worked out on paper."""
    assert BY_ID[name].function(P, Q) == pytest.approx(expected, abs=2e-6)


def test_jaccard_by_hand() -> None:
    """Two of four codes are shared."""
    assert jaccard(np.array([1, 1, 1, 0, 0], bool), np.array([0, 1, 1, 1, 0], bool)) == pytest.approx(0.5)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=12))
def test_measures_are_symmetric_and_in_range(pairs: list[tuple[int, int]]) -> None:
    """Swapping the sides changes nothing, and no value leaves its range."""
    left, right = np.array(pairs, dtype=float).T
    for measure in MEASURES:
        value = float(measure.function(left, right))
        assert value == pytest.approx(float(measure.function(right, left)))
        assert measure.low - 1e-9 <= value <= measure.high + 1e-9


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_size_of_text_does_not_matter(name: str) -> None:
    """Ten times the sentences in the same shares is the same profile."""
    assert BY_ID[name].function(10 * P, Q) == pytest.approx(float(BY_ID[name].function(P, Q)))


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_empty_side_gives_zero(name: str) -> None:
    """A side without codes has no overlap, and nothing divides by zero."""
    assert BY_ID[name].function(P, np.zeros(3)) == 0


def test_vectorised_over_leading_axes() -> None:
    """A stack of profiles gives the stack of values."""
    stack = np.stack([P, Q])
    for measure in MEASURES:
        values = measure.function(stack, np.stack([Q, Q]))
        assert values.shape == (2,)
        assert values[0] == pytest.approx(float(measure.function(P, Q)))


def test_shares_of_nothing_are_zero() -> None:
    """An empty vector stays empty."""
    assert to_shares(np.zeros(3)).tolist() == [0, 0, 0]


COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=12)


@given(COUNTS, st.randoms(use_true_random=False))
def test_order_of_codes_does_not_matter(pairs: list[tuple[int, int]], random: Random) -> None:
    """A profile is a set of counts by code; listing the codes otherwise changes nothing."""
    left, right = np.array(pairs, dtype=float).T
    order = random.sample(range(len(pairs)), len(pairs))
    for measure in MEASURES:
        assert float(measure.function(left[order], right[order])) == pytest.approx(float(measure.function(left, right)))


@given(st.lists(st.integers(0, 50), min_size=3, max_size=12).filter(lambda counts: len(set(counts)) > 1))
def test_a_profile_is_wholly_like_itself(counts: list[int]) -> None:
    """Every measure reaches its upper end for equal profiles."""
    profile = np.array(counts, dtype=float)
    for measure in MEASURES:
        assert float(measure.function(profile, 3 * profile)) == pytest.approx(measure.high)


@given(COUNTS)
def test_sharing_more_never_lowers_bray_curtis(pairs: list[tuple[int, int]]) -> None:
    """Moving the right profile half way to the left one cannot make them less alike."""
    left, right = (to_shares(side) for side in np.array(pairs, dtype=float).T)
    nearer = BY_ID["bray_curtis"].function(left, (left + right) / 2)
    assert float(nearer) >= float(BY_ID["bray_curtis"].function(left, right)) - 1e-9
