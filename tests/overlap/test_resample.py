"""Intervals that cover, p-values that are uniform, draws that are fair."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.overlap.resample import draw_splits, draw_weights, measure_interval, p_value, share_interval

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_intervals", ROOT / "benchmarks" / "intervals.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_intervals"] = module
    spec.loader.exec_module(module)
    return module


def test_share_intervals_cover(bench: ModuleType) -> None:
    """On simulated corpora with known shares, 95 % intervals hold the truth in 93 to 97 % of cases."""
    rng = np.random.default_rng(11)
    hits = total = 0
    for number in range(60):
        side = bench.simulate_side(rng, rng.dirichlet(np.full(20, 0.6)), documents=9)
        found, count = bench.cover_shares(side, number, replicates=200)
        hits, total = hits + found, total + count
    assert 0.93 <= hits / total <= 0.97


def test_null_p_values_are_uniform(bench: ModuleType) -> None:
    """Where both sides come from one source, p-values spread evenly (Kolmogorov-Smirnov)."""
    from scipy.stats import kstest

    rng = np.random.default_rng(5)
    values = [bench.null_p_value(rng, rng.dirichlet(np.full(20, 0.6)), number) for number in range(120)]
    assert kstest(values, "uniform").pvalue > 0.01


def test_weights_keep_each_document_its_size() -> None:
    """A document of m paragraphs gets m draws; small documents share theirs."""
    document = np.array([0] * 8 + [1] * 2 + [2] * 3)
    weights = draw_weights(document, 50, 1)
    assert (weights[:, :8].sum(axis=1) == 8).all()
    assert (weights[:, 8:].sum(axis=1) == 5).all()


def test_share_of_none_has_an_upper_bound() -> None:
    """Nothing found in 100 sentences does not mean that nothing is there."""
    interval = share_interval(0, 100, 1.0, 0.95)
    assert interval.low == 0
    assert 0.03 < interval.high < 0.05


def test_share_of_nothing_is_unknown() -> None:
    """No sentences: anything is possible."""
    interval = share_interval(0, 0, 1.0, 0.95)
    assert (interval.low, interval.high) == (0.0, 1.0)


def test_measure_interval_holds_its_value_and_range() -> None:
    """Biased replicates do not push the value out of its interval, nor the interval out of the range."""
    interval = measure_interval(0.98, np.linspace(0.6, 0.8, 50), 0, 1, 0.95, documents=10)
    assert interval.low <= 0.98 <= interval.high <= 1


def test_few_documents_are_dealt_in_all_ways() -> None:
    """Five documents, two to the left: ten deals, each once."""
    splits = draw_splits(5, 2, 2000, 1)
    assert len({tuple(row) for row in splits}) == 10
    assert (splits.sum(axis=1) == 2).all()


def test_many_documents_are_sampled() -> None:
    """Thirty documents: as many deals as asked for, each of the right size."""
    splits = draw_splits(30, 12, 500, 1)
    assert splits.shape == (500, 30)
    assert (splits.sum(axis=1) == 12).all()


@pytest.mark.parametrize(("exact", "expected"), [(True, 0.25), (False, 0.4)])
def test_p_value_counts_ties(exact: bool, expected: float) -> None:
    """A sampled null counts the observed deal as one of its own."""
    assert p_value(np.array([0.1, 0.2, 0.3, 0.4]), 0.1, exact=exact) == pytest.approx(expected)


@given(
    st.floats(0, 1),
    st.lists(st.floats(0, 1), min_size=2, max_size=40),
    st.integers(2, 40),
)
def test_interval_of_a_measure_holds_its_value(value: float, replicates: list[float], documents: int) -> None:
    """Whatever the replicates, the interval lies in the range and around the value."""
    interval = measure_interval(value, np.array(replicates), 0, 1, 0.95, documents=documents)
    assert 0 <= interval.low <= value <= interval.high <= 1


@given(st.integers(0, 300), st.integers(1, 700), st.floats(1, 20))
def test_interval_of_a_share_holds_it(count: int, more: int, effect: float) -> None:
    """The share lies within, the interval in 0 to 1, and alike sentences widen it."""
    plain, clustered = (share_interval(count, count + more, e, 0.95) for e in (1.0, effect))
    assert 0 <= plain.low <= plain.value <= plain.high <= 1
    assert clustered.high - clustered.low >= plain.high - plain.low - 1e-9


def test_no_spread_is_no_certainty() -> None:
    """Two short texts without a code in common: all replicates agree, the interval still reaches up."""
    interval = measure_interval(0.0, np.zeros(200), 0, 1, 0.95, documents=2)
    assert interval.high > 0.5
    assert measure_interval(-1.0, np.full(200, -1.0), -1, 1, 0.95, documents=4).high > -0.5
