"""Corrected shares: unbiased under a bad tagger, narrower with a good one, honest with little gold."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluate.shares import ShareSample, correct_difference, correct_share


def simulate(seed: int, *, error: float, gold: int = 150, rest: int = 3000, share: float = 0.2) -> ShareSample:
    """A tagger that misses no code and gives it wrongly to a share ``error`` of the other units."""
    rng = np.random.default_rng(seed)
    truth = rng.random(gold + rest) < share
    found = truth | (rng.random(gold + rest) < error)
    return ShareSample(truth[:gold].astype(float), found[:gold].astype(float), found[gold:].astype(float))


def test_bias_is_taken_out_and_the_interval_covers() -> None:
    """The naive share is far off; the corrected interval holds the truth nineteen times in twenty."""
    shares = [correct_share(simulate(seed, error=0.15)) for seed in range(200)]
    assert np.mean([s.naive for s in shares]) > 0.3
    assert np.mean([s.corrected.value for s in shares]) == pytest.approx(0.2, abs=0.01)
    assert np.mean([s.corrected.low <= 0.2 <= s.corrected.high for s in shares]) > 0.9


def test_a_good_tagger_narrows_the_interval() -> None:
    """Against the gold alone."""
    sample = simulate(1, error=0.02)
    alone = correct_share(ShareSample(sample.gold, sample.found, ()))
    both = correct_share(sample)
    assert both.corrected.high - both.corrected.low < 0.7 * (alone.corrected.high - alone.corrected.low)


def test_a_useless_tagger_costs_nothing() -> None:
    """Its weight goes to zero and the estimate to the gold share."""
    rng = np.random.default_rng(0)
    sample = ShareSample((rng.random(300) < 0.3) * 1.0, (rng.random(300) < 0.5) * 1.0, (rng.random(3000) < 0.5) * 1.0)
    got = correct_share(sample)
    assert got.power < 0.15
    assert got.corrected.value == pytest.approx(np.mean(sample.gold), abs=0.02)


def test_without_gold_nothing_is_known() -> None:
    """The interval is everything."""
    got = correct_share(ShareSample((), (), (1.0, 0.0, 0.0, 0.0)))
    assert (got.naive, got.corrected.low, got.corrected.high) == (0.25, 0.0, 1.0)


def test_a_code_that_gold_never_shows_keeps_an_interval() -> None:
    """No gold unit has it: not proof of zero."""
    got = correct_share(ShareSample((0.0,) * 40, (0.0,) * 40, ()))
    assert got.corrected.low == 0
    assert 0.01 < got.corrected.high < 0.15


def test_clusters_widen_the_interval() -> None:
    """Sentences of one paragraph are alike and count for less."""
    gold = tuple(float(i // 10 % 2) for i in range(200))
    loose = correct_share(ShareSample(gold, gold, ()))
    tight = correct_share(ShareSample(gold, gold, (), tuple(i // 10 for i in range(200))))
    assert tight.corrected.high - tight.corrected.low > 2 * (loose.corrected.high - loose.corrected.low)


def test_difference_of_two_selections() -> None:
    """The truth lies in the interval, and equal sides differ by nothing."""
    interval = correct_difference(simulate(3, error=0.1, share=0.4), simulate(4, error=0.1, share=0.2))
    assert interval.low < 0.2 < interval.high
    assert interval.low > 0


def test_difference_needs_gold_on_both_sides() -> None:
    """Otherwise it says what is missing."""
    with pytest.raises(ValueError, match="two gold units"):
        correct_difference(simulate(1, error=0), ShareSample((), (), (1.0,)))
