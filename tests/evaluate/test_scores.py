"""F1 and accuracy with intervals, on cases small enough to count by hand."""

from __future__ import annotations

import pytest

from pipeline.evaluate import Codes, Judged
from pipeline.evaluate.scores import MIN_DOCUMENT, score_tags
from pipeline.records import Interval


def judge(
    gold: str, found: str, *, document: str = "d", n: int = 0, action: tuple[str, str] = ("none", "none")
) -> Judged:
    return Judged(
        document, n, n, "en", Codes(tuple(gold.split()), (), action[0]), Codes(tuple(found.split()), (), action[1])
    )


def figures(judged: list[Judged]) -> dict[tuple[str, str, str], Interval]:
    rows = score_tags(judged, tagger="t", domain_of=lambda code: code.split(".")[0], replicates=200)
    return {(row.dimension, row.metric, row.slice): row.interval for row in rows}


def test_micro_f1_counts_codes_and_not_units() -> None:
    """Two hits, one false alarm, one miss: 2*2 / (2*2 + 1 + 1)."""
    got = figures([judge("a.x a.y", "a.x", n=0), judge("b.z", "b.z c.w", n=1)])
    assert got["issue", "micro_f1", "all"].value == pytest.approx(4 / 6)


def test_domains_count_once() -> None:
    """Two issues of one domain are one domain."""
    got = figures([judge("a.x a.y", "a.z")])
    assert got["domain", "micro_f1", "all"].value == 1
    assert got["issue", "micro_f1", "all"].value == 0


def test_precision_and_recall_by_code() -> None:
    """Given three times, right twice; four to find."""
    judged = [judge("a.x", found, n=n) for n, found in enumerate(["a.x", "a.x", "b.y", "b.y"])] + [
        judge("b.y", "a.x", n=4)
    ]
    got = figures(judged)
    assert got["issue", "precision", "code:a.x"].value == pytest.approx(2 / 3)
    assert got["issue", "recall", "code:a.x"].value == pytest.approx(1 / 2)
    assert got["issue", "f1", "code:a.x"].value == pytest.approx(4 / 7)


def test_order_matters_for_the_main_issue_only() -> None:
    """The same set with another main issue."""
    got = figures([judge("a.x b.y", "b.y a.x")])
    assert got["issue", "micro_f1", "all"].value == 1
    assert got["main_issue", "accuracy", "all"].value == 0


def test_action_is_accuracy() -> None:
    """One of two levels right."""
    got = figures([judge("a.x", "a.x", n=0), judge("a.x", "a.x", n=1, action=("commit", "intend"))])
    assert got["action", "accuracy", "all"].value == 0.5


def test_macro_average_leaves_small_documents_out() -> None:
    """Only documents with enough units count, each the same."""
    large = [judge("a.x", "a.x", document="large", n=n) for n in range(MIN_DOCUMENT)]
    other = [judge("a.x", "b.y", document="other", n=n) for n in range(MIN_DOCUMENT)]
    small = [judge("a.x", "a.x", document="small", n=n) for n in range(5)]
    got = figures(large + other + small)
    assert got["main_issue", "accuracy", "macro"].value == 0.5


def test_interval_holds_the_value_and_is_the_same_each_time() -> None:
    """Deterministic, and wider than nothing where units differ."""
    judged = [judge("a.x", "a.x" if n % 3 else "b.y", n=n) for n in range(60)]
    first, second = figures(judged), figures(judged)
    assert first == second
    interval = first["issue", "micro_f1", "all"]
    assert interval.low < interval.value < interval.high


def test_no_units_no_rows() -> None:
    """Nothing judged, nothing said."""
    assert score_tags([], tagger="t", domain_of=str) == ()
