"""Words of a Chinese clause that are no part of what it says: in frames, before 的, and verbs used as nouns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tag.chinese_patterns import BA, BLANK, NOUN, TITLE
from pipeline.tag.chinese_subjects import SILENT, SUBJECTS
from pipeline.tag.chinese_words import Word

_ACTORS = ("们", "方", "国", "盟", "还", "也", "均", "都", "员", "府")
"""Ends of a subject, or adverbs, before a verb."""
_PREDICATES = frozenset(("future", "should", "can", "aim", "expect", "state", "cover"))
_GOALS = ("目标", "目的", "宗旨", "任务", "职责")
"""我们的目标是: a noun, but one that says what is meant."""
_DETERMINERS = ("的", "所", "之", "这一", "这项", "该", "该项", "此项", "这种", "这些", "上述")
"""Before a word that may be a verb they make it a noun (这一合作)."""


def drop_framed(
    text: str, start: int, end: int, words: Sequence[Word], frames: Sequence[tuple[int, int]]
) -> list[Word]:
    """The words outside prepositional frames, and those that are no attribute before 的."""
    ba = BA.search(text, start, end)
    kept: list[Word] = []
    for word in words:
        kind, begin, _ = word
        if frames and kind not in SUBJECTS and any(low < begin < high for low, high in frames):
            continue
        if ba and kind == "future" and begin <= ba.start() < word.end:
            kept.append(Word("view" if re.search(r"视为|看作|当作", ba[0]) else "act", *ba.span()))
            continue
        if kept and kept[-1].end > begin:
            continue
        kept.append(word)
    if _opens_attribute(text, kept):
        kept = kept[1:]
    attributes: set[int] = set()
    for word in reversed(kept):
        if _is_attribute(text, word) or (word.kind in ("act", "talk") and word.end in attributes):
            attributes.add(word.start)  # 讨论采取的措施: the first verb goes with the second
    if not attributes:
        return kept
    return [word for word in kept if word.start not in attributes and not (_marks(word) and word.end in attributes)]


def _opens_attribute(text: str, words: Sequence[Word]) -> bool:
    """授予企业的项目将……, 启动新的对话将……: a bare verb before 的 and another predicate only names the subject."""
    if len(words) < 2 or words[0].kind not in ("perform", "make"):
        return False
    later = next((word for word in words[1:] if word.kind in _PREDICATES), None)
    if later is None or text.startswith("了", words[0].end):
        return False
    return "的" in text[words[0].end : later.start]


def _is_noun(text: str, start: int) -> bool:
    """“复苏”计划, 政治承诺和; not 我们计划与企业接触."""
    found = NOUN.match(text, start)
    return found is not None and not (found[0].endswith(("与", "，")) and text.endswith(_ACTORS, 0, start))


def _marks(word: Word) -> bool:
    """已签署的协定: the mark goes with the attribute that it marks."""
    return word.kind in ("should", "future", "done", "ongoing")


def _is_attribute(text: str, word: Word) -> bool:
    """签署的协定, 所作承诺, 双方的承诺: told in passing."""
    kind, start, end = word
    if kind in SILENT or kind == "not":
        return False
    if text.startswith(("的", "了的", "过的"), end):
        return True
    if kind in ("aim", "bind") and (text.startswith((BLANK, TITLE), start - 1) or _is_noun(text, start)):
        return True
    if kind in ("perform", "make"):
        return text.endswith("所", 0, start)
    return text.endswith(_DETERMINERS, 0, start) and not text.startswith(_GOALS, start)
