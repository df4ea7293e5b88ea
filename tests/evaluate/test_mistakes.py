"""Confusions and worst units."""

from __future__ import annotations

from pipeline.evaluate import Codes, Judged
from pipeline.evaluate.mistakes import count_confusions, find_worst


def judge(n: int, gold: str, found: str, score: float = 0.5) -> Judged:
    return Judged(
        "d", n, n, "en", Codes(tuple(gold.split()), (), "none"), Codes(tuple(found.split()), (), "none"), score
    )


def test_confusions_are_counted_by_main_issue() -> None:
    """The most frequent pair first."""
    got = count_confusions([judge(0, "a", "b"), judge(1, "a c", "b"), judge(2, "a", "a")])
    assert [(c.gold, c.found, c.count) for c in got] == [("a", "b", 2), ("a", "a", 1)]


def test_worst_units_come_first_and_right_ones_never() -> None:
    """More wrong codes first; of equals the surer one."""
    judged = [judge(0, "a", "a"), judge(1, "a", "b", 0.6), judge(2, "a", "b", 0.9), judge(3, "a c", "b d")]
    assert [u.n for u in find_worst(judged)] == [3, 2, 1]
    assert len(find_worst(judged, limit=1)) == 1
