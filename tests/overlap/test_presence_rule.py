"""The presence rule: robust to stray codings, sensitive to real ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebook import Codebook
from pipeline.presence import (
    PresenceRule,
    count_strays,
    poisson_threshold,
    prefer_official,
    settle_rule,
    smooth_rates,
)
from pipeline.records import CodedUnit


@pytest.mark.parametrize(
    ("expected", "alpha", "needed"),
    [(0.0, 0.05, 1), (0.04, 0.05, 1), (0.1, 0.05, 2), (1.0, 0.05, 4), (3.0, 0.05, 7), (1000.0, 0.05, 1053)],
)
def test_poisson_threshold(expected: float, alpha: float, needed: int) -> None:
    """The least count that stray codings reach in at most 5 % of cases."""
    assert poisson_threshold(expected, alpha) == needed


def test_threshold_agrees_with_scipy() -> None:
    """Our tail sum is the Poisson distribution's."""
    from scipy.stats import poisson

    for expected in (0.3, 2.0, 17.5, 120.0):
        assert poisson_threshold(expected, 0.05) == poisson.isf(0.05, expected) + 1


@pytest.mark.parametrize(
    ("count", "units", "paragraphs", "doubt", "present"),
    [
        (8, 200, 5, 0.0, True),
        (1, 40, 1, 0.0, False),  # a single sentence
        (8, 200, 1, 0.0, False),  # all in one paragraph
        (4, 4000, 4, 0.0, False),  # what 4,000 sentences give by mistake
        (8, 200, 5, 6.0, False),  # tags that are hardly believed
    ],
)
def test_presence_cases(count: int, units: int, paragraphs: int, doubt: float, present: bool) -> None:
    """Counts against the stray codings to be expected."""
    assert PresenceRule().is_present(count, units, paragraphs, ["supply.labor"], doubt) is present


def test_stray_rate_comes_from_the_scores(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Less certain tags ask for more sentences."""
    sure = [make_unit("d", n, "supply.labor", score=1.0) for n in range(100)]
    unsure = [make_unit("d", n, "supply.labor", score=0.6) for n in range(100)]
    first, second = (settle_rule(PresenceRule(), units, codebook) for units in (sure, unsure))
    assert second.needed(500, ["fair.tax"]) > first.needed(500, ["fair.tax"])


def test_stated_rate_is_kept(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """A rate that the user gives is not overruled by scores."""
    rule = settle_rule(PresenceRule(issue_rate=0.02), [make_unit("d", 0, score=0.5)], codebook)
    assert rule.issue_rate == 0.02


def test_smoothed_rates_draw_to_the_mean() -> None:
    """No error in a small test does not mean no error."""
    rates = smooth_rates({"a.b": 0, "c.d": 20}, 1000)
    assert 0 < rates["a.b"] < 0.01 < rates["c.d"] < 0.02


@pytest.mark.parametrize("bad", [{"issue_rate": 1.5}, {"alpha": 0}, {"min_paragraphs": 0}, {"rates": {"x": -1.0}}])
def test_impossible_settings_are_refused(bad: dict[str, object]) -> None:
    """A setting out of range says so at once."""
    with pytest.raises(ValueError, match="must be"):
        PresenceRule(**bad)  # type: ignore[arg-type]


def test_official_text_displaces_digest(make_unit: Callable[..., CodedUnit]) -> None:
    """Digests count only for rounds without an agreed official text; papers never count."""
    units = [
        make_unit("official-1", 0, round_id="1"),
        make_unit("digest-1", 0, round_id="1", basis="digest", kind="digest"),
        make_unit("call-2", 0, round_id="2", kind="press call"),
        make_unit("digest-2", 0, round_id="2", basis="digest", kind="digest"),
        make_unit("paper", 0, basis="paper"),
    ]
    assert [unit.unit.document_id for unit in prefer_official(units)] == ["official-1", "call-2", "digest-2"]


def test_strays_are_counted_by_code() -> None:
    """A code given wrongly counts, one missed does not, one outside the list is left out."""
    judged = [(["a.b"], ["a.b", "c.d"]), (["c.d"], ["e.f"]), (["a.b"], ["c.d"])]
    assert count_strays(judged, ["a.b", "c.d"]) == ({"a.b": 0, "c.d": 2}, 3)


def test_no_rate_falls_below_the_careful_coder() -> None:
    """A flawless test of the tagger does not make it better than people."""
    assert smooth_rates({"a.b": 0}, 5000, least=0.0015) == {"a.b": 0.0015}


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(0, 30), st.floats(0, 30))
def test_more_text_and_more_doubt_ask_for_more(units: int, more: int, doubt: float, worse: float) -> None:
    """The threshold never falls as sentences or doubts are added."""
    rule = PresenceRule()
    least = rule.needed(units, ["fair.tax"], doubt)
    assert 1 <= least <= rule.needed(units + more, ["fair.tax"], doubt)
    assert least <= rule.needed(units, ["fair.tax"], doubt + worse)
