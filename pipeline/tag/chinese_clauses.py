"""A shallow reading of Chinese clauses: what is said to be done, by whom, and how far it binds.

No parser. Known words (chinese_words.py) are read from left to right within each clause between
commas. A word that governs others (将, 希望, 应, 同意, 强调) covers the verbs behind it; 已, 了 and 正在
mark the verb beside them; a verb before 的, in a prepositional frame or in a subordinate clause is passed
over. A clause without a subject of its own goes on with the subject, and with the governing
word, of the clause before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.tag.chinese_patterns import (
    ADVERB,
    BA,
    COMMENT,
    COMPANION,
    CONDITION,
    FRAME,
    FRONT,
    FRONT_END,
    JOINT,
    MASK,
    NORM,
    OWNED,
    PART,
    PROPOSAL,
    PURPOSE,
    SUBORDINATE,
    TALKS,
    TIME_END,
    TWO_HAN,
    WORK,
)
from pipeline.tag.chinese_words import ChineseWords, Word
from pipeline.tag.levels import Clause

_BLANK = "〇"
_SUPPORT = ("进行", "开展", "展开", "举行", "保持", "召开", "做出", "作出", "交换")
_PROMISES = ("同意", "一致同意", "商定", "决定")
_GOVERNING = frozenset(("aim", "motive", "propose", "bind", "task", "ask"))
_VERBS = frozenset(("perform", "make", "act", "talk", "state", "cover", "help", "effect"))
_SUBJECTS = frozenset(("both", "party", "works", "counsel"))
_SILENT = _SUBJECTS | {"hostile"}
"""Words that are no part of a predicate."""
_DETERMINERS = ("的", "所", "之", "这一", "这项", "该", "该项", "此项", "这种", "这些", "上述")
"""Before a word that may be a verb they make it a noun (这一合作)."""
_ANNOUNCED = ("future", "aim", "bind")
_REACH = 9
"""Characters between an operator and the verb it marks."""


class _Scope(NamedTuple):
    """What the clause before hands on: its governing word and its subject."""

    form: str
    subject: str


def find_chinese_clauses(text: str, words: ChineseWords) -> list[Clause]:
    """The predicates of a normalised text in order."""
    masked = MASK.sub(lambda found: _BLANK * len(found[0]), text)
    if COMMENT.match(masked) and "我们" not in masked:
        return []
    known = words.find(masked)
    found: list[Clause] = []
    scope = _Scope("", "none")
    first, size = 0, len(known)
    for part in PART.finditer(masked):
        start, end = part.span()
        last = first
        while last < size and known[last].start < end:
            last += 1
        inside = [word for word in known[first:last] if start <= word.start and word.end <= end]
        clauses, scope = _read_clause(masked, start, end, inside, scope)
        found += clauses
        first = last
    if found and CONDITION.search(masked):
        found = [clause._replace(form="forecast") if _is_forecast(clause) else clause for clause in found]
    return found


def _is_forecast(clause: Clause) -> bool:
    """What will be if something else happens; of those who speak it is a promise on a condition."""
    return clause.form == "future" and clause.subject not in ("both", "party")


def _read_clause(text: str, start: int, end: int, words: Sequence[Word], scope: _Scope) -> tuple[list[Clause], _Scope]:
    lead = ADVERB.match(text, start, end)
    first = lead.end() if lead else start
    if PURPOSE.match(text, first, end) or text.startswith("包括", first):
        return [], scope
    frames = [match.span() for match in FRAME.finditer(text, start, end)]
    if text[end : end + 1] in ("，", ",") and _is_circumstance(text, start, first, end, frames):
        return [], scope
    words = _drop_framed(text, start, end, words, frames)
    own = _find_subject(text, first, end, words, bool(frames))
    governing = scope.form if not own or scope.form == "told" else ""
    return _walk(text, end, words, own or scope.subject, governing)


def _is_circumstance(text: str, start: int, first: int, end: int, frames: Sequence[tuple[int, int]]) -> bool:
    """A clause before a comma that only says when, where or why; one that goes on behind its frame does more."""
    if SUBORDINATE.match(text, first, end):
        return True
    if not text.endswith(TIME_END, start, end) and not (
        text.startswith(FRONT, start, end) and text.endswith(FRONT_END, start, end)
    ):
        return False
    frame = FRAME.search(text, first, end) if frames else None
    return frame is None or frame.end() >= end - 1


def _drop_framed(
    text: str, start: int, end: int, words: Sequence[Word], frames: Sequence[tuple[int, int]]
) -> list[Word]:
    """The words outside prepositional frames, and those that are no attribute before 的."""
    ba = BA.search(text, start, end)
    kept: list[Word] = []
    for word in words:
        kind, begin, _ = word
        if frames and kind not in _SUBJECTS and any(low < begin < high for low, high in frames):
            continue
        if ba and kind == "future" and begin <= ba.start() < word.end:
            kept.append(Word("view" if re.search(r"视为|看作|当作", ba[0]) else "act", *ba.span()))
            continue
        if kept and kept[-1].end > begin:
            continue
        kept.append(word)
    attributes = {word.start for word in kept if _is_attribute(text, word)}
    if not attributes:
        return kept
    return [word for word in kept if word.start not in attributes and not (_marks(word) and word.end in attributes)]


def _marks(word: Word) -> bool:
    """已签署的协定: the mark goes with the attribute that it marks."""
    return word.kind in ("should", "future", "done", "ongoing")


def _is_attribute(text: str, word: Word) -> bool:
    """签署的协定, 所作承诺, 双方的承诺: told in passing."""
    kind, start, end = word
    if kind in _SILENT or kind == "not":
        return False
    if text.startswith(("的", "了的", "过的"), end):
        return True
    if kind == "aim" and text.startswith(_BLANK, start - 1):
        return True  # “复苏”计划
    if kind in ("perform", "make"):
        return text.endswith("所", 0, start)
    return text.endswith(_DETERMINERS, 0, start)


def _find_subject(text: str, first: int, end: int, words: Sequence[Word], framed: bool) -> str:
    """Who acts: the last known noun before the first verb; "" where nothing stands there."""
    limit = next((word.start for word in words if word.kind not in _SILENT), end)
    before = text[first:end]
    if framed:
        before = FRAME.sub(lambda found: _BLANK * len(found[0]), before)
    before = before[: limit - first]
    if COMPANION.match(before):
        return ""
    nouns = [
        word
        for word in words
        if word.kind in _SUBJECTS and first <= word.start < limit and before[word.start - first] != _BLANK
    ]
    if any(word.kind == "counsel" for word in nouns):
        return "counsel"
    if not nouns:
        if WORK.search(before):
            return "works"
        lead = ADVERB.match(before)
        return "thing" if TWO_HAN.search(before, lead.end() if lead else 0) else ""
    last = nouns[-1]
    owned = before[last.end - first :]
    if OWNED.match(owned) and not owned.startswith(("以", "用")):
        return "works" if last.kind == "both" and JOINT.search(owned) else "thing"
    if last.kind == "works" and nouns[0].kind in ("both", "party") and "的" not in text[nouns[0].end : last.start]:
        return nouns[0].kind
    return last.kind


def _walk(text: str, end: int, words: Sequence[Word], subject: str, governing: str) -> tuple[list[Clause], _Scope]:
    """Read the words of a clause from left to right under what governs them."""
    found: list[Clause] = []
    mark = ""
    marked = -1
    last_view = -1
    denied = -9

    def add(form: str, verb: str, word: Word, place: str = "main") -> None:
        found.append(Clause(form, verb, subject, "", place, word.start, word.end))

    for place, word in enumerate(words):
        kind = word.kind
        if kind in _SILENT:
            continue
        if kind == "not":
            denied = word.end
            continue
        if 0 <= word.start - denied <= 2 and kind != "future":
            governing = governing or "not"
            continue
        if kind in ("done", "ongoing"):
            mark, marked = ("perfect" if kind == "done" else "progressive"), word.end
            if kind == "ongoing" and governing == "" and not _next_kind(words, place, ("view", "aim", "state")):
                add("progressive", _next_verb(words, place), word)
            continue
        form = mark if mark and word.start - marked <= _REACH else "bare"
        if text[word.end : word.end + 1] == "了" and kind in _VERBS:
            form = "perfect"
        if kind in ("future", "forecast"):
            if governing in ("", "told"):
                add("future" if kind == "future" else "forecast", _next_verb(words, place), word)
                governing = "future"
        elif kind == "propose" and governing in ("", "told") and PROPOSAL.match(text, word.end, end):
            add("perfect", "perform", word)
        elif kind == "propose" and text[word.end : word.end + 1] == "了":
            add("perfect", "talk", word)
        elif kind in ("should", "can"):
            if governing in ("", "told", "propose"):
                if text[word.start : word.end] == "需要" and not _next_verb(words, place, ""):
                    continue  # 需要 with a noun
                told = governing == "told" or bool(NORM.match(text, word.end))
                add(kind, _next_verb(words, place), word, "told" if told else "main")
                governing = kind
        elif kind in _GOVERNING:
            if kind == "bind" and last_view >= 0 and text[word.start : word.end] not in _PROMISES:
                continue  # 重申承诺
            if governing in ("", "told", "future", "can") or (kind == "bind" and governing == "propose"):
                hostile = kind in ("aim", "propose") and any(other.kind == "hostile" for other in words)
                add(form, "motive" if hostile else kind, word)
                governing = kind
        elif kind == "view":
            if governing in ("", "told"):
                add(form, "view", word)
                governing, last_view = "told", word.end
            elif governing == "propose":
                add(form, "view", word)
        elif kind == "perform" and text[word.start : word.end] == "宣布" and _next_kind(words, place, _ANNOUNCED):
            continue
        elif governing == "":
            talks = text[word.start : word.end] in _SUPPORT and TALKS.match(text, word.end, end)
            add(form, "talk" if talks else kind, word)
            if text[word.start : word.end] == "是":
                governing = "is"  # what follows says what something is, not what is done
    carried = (
        governing if governing not in ("not", "can", "is") and not (governing == "told" and last_view < end - 1) else ""
    )
    return found, _Scope(carried, subject)


def _next_verb(words: Sequence[Word], place: int, otherwise: str = "act") -> str:
    """The kind of the next verb in the clause; an act where none is known."""
    kinds = (word.kind for word in words[place + 1 :])
    return next((kind for kind in kinds if kind in _VERBS or kind in ("view", "aim", "bind")), otherwise)


def _next_kind(words: Sequence[Word], place: int, kinds: tuple[str, ...]) -> bool:
    follower = next((word for word in words[place + 1 :] if word.kind not in _SUBJECTS), None)
    return follower is not None and follower.kind in kinds and follower.start - words[place].end <= _REACH
