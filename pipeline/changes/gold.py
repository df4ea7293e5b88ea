"""Coders' links between rounds: read their lines, score changes against them, compare two coders."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.errors import UsageError
from pipeline.records import Change, GoldChange, GoldSpan, Interval, ScoreRow

Place = tuple[int, int]


def parse_gold(lines: Iterable[str], name: str = "gold") -> tuple[GoldChange, ...]:
    """Judgements from the JSON lines of one file (form: docs/changes-guide.md).

    Raises UsageError with ``name`` and the line for a line that breaks the form.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_to_gold(json.loads(line)))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise UsageError(
                f"{name}:{number}: no judgement of a change ({error}); see docs/changes-guide.md"
            ) from error
    return tuple(found)


def evaluate_changes(
    changes: Sequence[Change], gold: Sequence[GoldChange], name: str = "changes"
) -> tuple[ScoreRow, ...]:
    """Scores of the changes of one pair of documents against one coder.

    Metrics: "link f1" with "link precision" and "link recall" (the best antecedent stands among the coder's),
    "first link f1" (it is the coder's first), "new accuracy" and "status accuracy" over the coder's commitments,
    "dropped f1", "commitments f1". A commitment of the coder that is missing here counts as wrong. Intervals are
    Wilson's; for F1, read as a share of all decisions of both sides, they are approximate.
    """
    mine = {(c.to.start, c.to.end): c for c in changes if c.to}
    theirs = {(g.to.start, g.to.end): g for g in gold if g.to}
    pairs = [(mine.get(place), g) for place, g in theirs.items()]
    proposed = sum(bool(c and c.links) for c, _ in pairs)
    wanted = sum(bool(g.sources) for _, g in pairs)
    right = sum(_best(c) in [(s.start, s.end) for s in g.sources] for c, g in pairs)
    first = sum(bool(g.sources) and _best(c) == (g.sources[0].start, g.sources[0].end) for c, g in pairs)
    new = sum(c is not None and bool(c.links) == bool(g.sources) for c, g in pairs)
    status = sum(c is not None and c.status == g.status for c, g in pairs)
    gone = {_best(c) for c in changes if c.to is None}
    gone_gold = {(g.sources[0].start, g.sources[0].end) for g in gold if g.to is None}
    where = f"{gold[0].earlier_id} > {gold[0].later_id}" if gold else "none"

    def row(metric: str, top: float, bottom: float, support: int) -> ScoreRow:
        return ScoreRow(name, "change", metric, where, _interval(top, bottom), support)

    return (
        row("link precision", right, proposed, len(pairs)),
        row("link recall", right, wanted, len(pairs)),
        row("link f1", 2 * right, proposed + wanted, len(pairs)),
        row("first link f1", 2 * first, proposed + wanted, len(pairs)),
        row("new accuracy", new, len(pairs), len(pairs)),
        row("status accuracy", status, len(pairs), len(pairs)),
        row("dropped f1", 2 * len(gone & gone_gold), len(gone) + len(gone_gold), len(gone_gold)),
        row("commitments f1", 2 * len(mine.keys() & theirs.keys()), len(mine) + len(theirs), len(theirs)),
    )


def compare_coders(first: Sequence[GoldChange], second: Sequence[GoldChange]) -> dict[str, float]:
    """Agreement of two coders on one pair of documents, over the commitments that both judged.

    "links": F1 over all links; "best": share with the same best antecedent or none on both sides; "status": share
    with the same status; "dropped": F1. Values in [0, 1]; 1.0 where there is nothing to compare.
    """
    a = {(g.to.start, g.to.end): g for g in first if g.to}
    b = {(g.to.start, g.to.end): g for g in second if g.to}
    both = sorted(a.keys() & b.keys())
    links_a = {(k, s.start) for k in both for s in a[k].sources}
    links_b = {(k, s.start) for k in both for s in b[k].sources}
    gone_a = {g.sources[0].start for g in first if g.to is None}
    gone_b = {g.sources[0].start for g in second if g.to is None}
    best = sum([s.start for s in a[k].sources[:1]] == [s.start for s in b[k].sources[:1]] for k in both)
    return {
        "links": _ratio(2 * len(links_a & links_b), len(links_a) + len(links_b)),
        "best": _ratio(best, len(both)),
        "status": _ratio(sum(a[k].status == b[k].status for k in both), len(both)),
        "dropped": _ratio(2 * len(gone_a & gone_b), len(gone_a) + len(gone_b)),
    }


def _to_gold(data: Mapping[str, Any]) -> GoldChange:
    if data["status"] not in ("new", "kept", "strengthened", "weakened", "dropped"):
        raise ValueError(f"unknown status {data['status']!r}")
    sources = tuple(_to_span(s) for s in data["from"])
    if (data["status"] == "new") != (not sources) or (data["to"] is None) != (data["status"] == "dropped"):
        raise ValueError("status, to and from do not fit together")
    to = None if data["to"] is None else _to_span(data["to"])
    return GoldChange(
        data["earlier"], data["earlier_sha256"], data["later"], data["later_sha256"], to, sources,
        data["status"], data["coder"], data["date"], data.get("note", ""),
    )  # fmt: skip


def _to_span(value: Sequence[Any]) -> GoldSpan:
    return GoldSpan(int(value[0]), int(value[1]), str(value[2]) if len(value) > 2 else "")


def _best(change: Change | None) -> Place | None:
    return (change.links[0].evidence.start, change.links[0].evidence.end) if change and change.links else None


def _ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom else 1.0


def _interval(top: float, bottom: float) -> Interval:
    value = _ratio(top, bottom)
    n = max(1.0, bottom)
    square = 1.96**2
    middle = (value + square / (2 * n)) / (1 + square / n)
    half = 1.96 * ((value * (1 - value) / n + square / (4 * n * n)) ** 0.5) / (1 + square / n)
    return Interval(value, max(0.0, min(value, middle - half)), min(1.0, max(value, middle + half)))
