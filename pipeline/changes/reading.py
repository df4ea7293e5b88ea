"""Two rounds side by side by issue, for reading: rows for a table, Markdown for notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.changes.marks import mark_words
from pipeline.records import Change, WordMark

WORDS = {
    "en": {
        "title": "{framework}: from round {earlier} to round {later}",
        "earlier": "earlier",
        "later": "later",
        "note": "Changed words are bold. Number: how sure the match is, 0 to 1.",
        "new": "new",
        "kept": "kept",
        "strengthened": "strengthened",
        "weakened": "weakened",
        "dropped": "dropped",
    },
    "zh": {
        "title": "{framework}：第{earlier}轮至第{later}轮",
        "earlier": "前一轮",
        "later": "后一轮",
        "note": "改动的词以粗体标出。数字为匹配的把握，0至1。",
        "new": "新增",
        "kept": "延续",
        "strengthened": "加强",
        "weakened": "减弱",
        "dropped": "消失",
    },
}


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One commitment: both sentences with ``**`` around changed words, "" on the side where it is missing."""

    issue: str
    status: str
    score: float
    earlier: str
    later: str
    earlier_where: str
    later_where: str
    why: str


def make_reading(
    changes: Sequence[Change], name_issue: Callable[[str], str], language: str = "en"
) -> tuple[ReadingRow, ...]:
    """The changes by issue, in the order in which the issues first appear; ``name_issue``: code -> name to show."""
    order = list(dict.fromkeys(c.issues[0] if c.issues else "" for c in changes))
    ranked = sorted(changes, key=lambda c: order.index(c.issues[0] if c.issues else ""))
    return tuple(_make_row(change, name_issue, WORDS[language]) for change in ranked)


def to_markdown(rows: Sequence[ReadingRow], *, framework: str, earlier: str, later: str, language: str = "en") -> str:
    """A Markdown page with a heading an issue and a table of the two rounds beneath it."""
    words = WORDS[language]
    lines = ["# " + words["title"].format(framework=framework, earlier=earlier, later=later), "", words["note"]]
    issue = None
    for row in rows:
        if row.issue != issue:
            issue = row.issue
            lines += ["", f"## {issue}", "", f"| | {words['earlier']} | {words['later']} |", "|---|---|---|"]
        lines.append(f"| {row.status} {row.score:.2f} | {_cell(row.earlier)} | {_cell(row.later)} |")
    return "\n".join(lines) + "\n"


def _make_row(change: Change, name_issue: Callable[[str], str], words: dict[str, str]) -> ReadingRow:
    link = change.links[0] if change.links else None
    before, after = link.text if link else "", change.to_text
    if before and after:
        marks = mark_words(before, after)
        before, after = _embolden(before, marks[0]), _embolden(after, marks[1])
    return ReadingRow(
        name_issue(change.issues[0]) if change.issues else "",
        words[change.status],
        change.score,
        before,
        after,
        f"{link.evidence.document_id}:{link.evidence.n}" if link else "",
        f"{change.to.document_id}:{change.to.n}" if change.to else "",
        "; ".join(change.signals),
    )


def _embolden(text: str, marks: Sequence[WordMark]) -> str:
    for mark in reversed(marks):
        if mark.kind == "changed":
            text = f"{text[: mark.start]}**{text[mark.start : mark.end]}**{text[mark.end :]}"
    return text


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
