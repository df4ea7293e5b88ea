"""Who acts in a Chinese clause: the last known noun before its first verb, and what belongs to that noun."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tag.chinese_patterns import (
    ADVERB,
    BLANK,
    COMPANION,
    FRAME,
    JOINT,
    LAW,
    MATTER,
    MEANS,
    OWNED,
    PEOPLE,
    TITLE,
    TWO_HAN,
    WORK,
)
from pipeline.tag.chinese_words import Word

SUBJECTS = frozenset(("both", "party", "works", "counsel"))
SILENT = SUBJECTS | {"hostile"}
"""Words that are no part of a predicate."""


def find_subject(text: str, first: int, end: int, words: Sequence[Word], framed: bool) -> str:
    """Its kind; "thing" for a noun that is not known, "" where nothing stands before the first verb."""
    limit = next((word.start for word in words if word.kind not in SILENT and word.start >= first), end)
    before = text[first:end]
    if framed:
        before = FRAME.sub(lambda found: BLANK * len(found[0]), before)
    before = before[: limit - first]
    if COMPANION.match(before):
        return ""
    nouns = [
        word
        for word in words
        if word.kind in SUBJECTS and first <= word.start < limit and before[word.start - first] != BLANK
    ]
    if any(word.kind == "counsel" for word in nouns):
        return "counsel"
    if not nouns:
        if WORK.search(before):
            return "works"
        if MEANS.match(before):
            return ""
        if before.startswith(LAW):
            return "thing"
        lead = ADVERB.match(before)
        return "thing" if TWO_HAN.search(before, lead.end() if lead else 0) else ""
    return _weigh_owner(text, before[nouns[-1].end - first :], nouns)


def _weigh_owner(text: str, owned: str, nouns: Sequence[Word]) -> str:
    """The last noun itself, or what it owns: 双方的合作 is their work, 欧盟《数据法》 a thing."""
    last = nouns[-1]
    if last.kind != "works" and (text.startswith((TITLE, LAW), last.end) or MATTER.match(owned)):
        return "thing"
    if OWNED.match(owned) and not owned.startswith(("以", "用")):
        if PEOPLE.search(owned):
            return "party"
        return "works" if last.kind == "both" and JOINT.search(owned) else "thing"
    if last.kind == "works" and nouns[0].kind in ("both", "party") and "的" not in text[nouns[0].end : last.start]:
        return nouns[0].kind
    return last.kind
