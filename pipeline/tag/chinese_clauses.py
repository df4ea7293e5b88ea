"""A shallow reading of Chinese clauses: what is said to be done, by whom, and how far it binds.

No parser. Known words (chinese_words.py) are read from left to right within each clause between
commas. A word that governs others (将, 希望, 应, 同意, 强调) covers the verbs behind it; 已, 了 and 正在
mark the verb beside them; a verb before 的, in a prepositional frame or in a subordinate clause is passed
over. A clause without a subject of its own goes on with the subject, and with the governing
word, of the clause before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.tag.chinese_attributes import drop_framed
from pipeline.tag.chinese_patterns import (
    ADVERB,
    CHANCE,
    COMMENT,
    CONDITION,
    FRAME,
    FRONT,
    FRONT_END,
    NORM,
    PART,
    PREPOSITION,
    PROPOSAL,
    PURPOSE,
    SUBORDINATE,
    TALKS,
    TIME_END,
    mask_named,
)
from pipeline.tag.chinese_subjects import SILENT, SUBJECTS, find_subject
from pipeline.tag.chinese_words import ChineseWords, Word
from pipeline.tag.levels import Clause

_SUPPORT = ("进行", "开展", "展开", "举行", "保持", "召开", "做出", "作出", "交换")
_ADVICE = ("建议", "提议", "呼吁", "敦促", "鼓励", "邀请")
_DENIALS = ("而非", "并非", "未能", "无法", "没有", "无需", "无须")
"""They deny the whole of what follows, not its next word alone."""
_EXPLORING = ("探讨", "研究", "讨论", "考察")
_HEARD = "heard"
"""Said of a clause behind a view that spoke of nothing yet: what comes is still told, but only norms show it."""
_PROMISES = ("同意", "一致同意", "商定", "决定")
_GOVERNING = frozenset(("aim", "expect", "motive", "propose", "bind", "task", "ask"))
_VERBS = frozenset(("perform", "make", "act", "talk", "state", "cover", "help", "effect"))
_ANNOUNCED = ("future", "aim", "bind")
_NEAR = 4
"""Characters between two verbs of one subject."""
_REACH = 9
"""Characters between an operator and the verb it marks."""


class _Scope(NamedTuple):
    """What the clause before hands on: its governing word and its subject."""

    form: str
    subject: str


def find_chinese_clauses(text: str, words: ChineseWords) -> list[Clause]:
    """The predicates of a normalised text in order."""
    masked = mask_named(text)
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
    before_comma = text[end : end + 1] in ("，", ",")
    if before_comma and not _opens_early(text, words) and _is_circumstance(text, start, first, end, frames):
        return [], scope
    words = drop_framed(text, start, end, words, frames)
    own = find_subject(text, first, end, words, bool(frames))
    governing = scope.form if not own or scope.form == "told" else ""
    return _walk(text, end, words, own or scope.subject, governing)


def _opens_early(text: str, words: Sequence[Word]) -> bool:
    """我们拟在下次会议前，……: the governing word stands before the time, its verb behind the comma."""
    return any(
        word.kind in ("future", "aim") and (text[word.end - 1] in "在于" or text.startswith(("在", "于"), word.end))
        for word in words
    )


def _is_circumstance(text: str, start: int, first: int, end: int, frames: Sequence[tuple[int, int]]) -> bool:
    """A clause before a comma that only says when, where or why; one that goes on behind its frame does more."""
    head = SUBORDINATE.match(text, first, end)
    if "一旦" in text[first:end] or (head and not PREPOSITION.match(head[0])):
        return True
    if (
        not head
        and not text.endswith(TIME_END, start, end)
        and not (text.startswith(FRONT, start, end) and text.endswith(FRONT_END, start, end))
    ):
        return False
    frame = FRAME.search(text, first, end) if frames else None
    return frame is None or (head is not None and frame.start() > first) or frame.end() >= end - 1


def _walk(text: str, end: int, words: Sequence[Word], subject: str, governing: str) -> tuple[list[Clause], _Scope]:
    """Read the words of a clause from left to right under what governs them."""
    found: list[Clause] = []
    heard = governing == _HEARD
    if heard:
        governing = ""
    mark = ""
    marked = -1
    last_view = -1
    denied = -9

    def add(form: str, verb: str, word: Word, place: str = "main") -> None:
        found.append(Clause(form, verb, subject, "", place, word.start, word.end))

    for place, word in enumerate(words):
        kind = word.kind
        if kind in SILENT:
            continue
        if kind == "not":
            denied = word.end
            if text[word.start : word.end] in _DENIALS:
                governing = governing or "not"
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
                where = "told" if heard or governing == "told" else "main"
                add("future" if kind == "future" else "forecast", _next_verb(words, place), word, where)
                governing = kind
        elif kind == "propose" and _next_kind(words, place, ("view",)):
            continue  # 提出尊重……
        elif kind == "propose" and governing in ("", "told") and PROPOSAL.match(text, word.end, end):
            add("perfect", "perform", word)
        elif kind == "propose" and text[word.end : word.end + 1] == "了":
            add("perfect", "talk", word)
        elif kind in ("should", "can"):
            if governing in ("", "told", "propose"):
                if text[word.start : word.end] == "需要" and not _next_verb(words, place, ""):
                    continue  # 需要 with a noun
                told = heard or governing == "told" or bool(NORM.match(text, word.end))
                add(kind, _next_verb(words, place), word, "told" if told else "main")
                governing = kind
        elif kind in _GOVERNING:
            said = text[word.start : word.end]
            if kind == "bind" and last_view >= 0 and said not in _PROMISES:
                continue  # 重申承诺
            if governing == "told" and (said == "致力于" or _is_anothers(text, word, last_view)):
                continue  # 重申，双方致力于；欢迎某方邀请
            if governing in ("", "told", "future", "can") or (kind == "bind" and governing == "propose"):
                hostile = kind in ("aim", "propose") and _is_hostile(said, words, place)
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
        elif governing == "" and text[word.start : word.end] in _EXPLORING and CHANCE.match(text, word.end, end):
            add(form, "aim", word)
            governing = "aim"
        elif governing == "":
            talks = text[word.start : word.end] in _SUPPORT and TALKS.match(text, word.end, end)
            add(form, "talk" if talks else kind, word)
            if text[word.start : word.end] == "是":
                governing = "is"  # what follows says what something is, not what is done
    return found, _Scope(_hand_on(governing, heard, bool(found), last_view >= end - 1), subject)


def _hand_on(governing: str, heard: bool, spoke: bool, open_view: bool) -> str:
    """What governs the next clause: a view only where it ended this one (强调，); behind it, what should be is a norm."""
    if governing == "told":
        return "told" if open_view else _HEARD if not spoke else ""
    if heard and not spoke and not governing:
        return _HEARD
    return "" if governing in ("not", "can", "is", "forecast") else governing


def _is_anothers(text: str, word: Word, viewed: int) -> bool:
    """欢迎总统邀请: advice that the view speaks of, not 欢迎并鼓励, which the authors give."""
    if text[word.start : word.end] not in _ADVICE or word.start - viewed <= _NEAR:
        return False
    return not text.endswith(("并", "还", "也", "同时"), 0, word.start)


def _is_hostile(aim: str, words: Sequence[Word], place: int) -> bool:
    """An aim against somebody, or one that only leads to a motive; 建议 and the like speak for themselves."""
    if _next_kind(words, place, ("motive",)):
        return True
    return aim not in _ADVICE and any(other.kind == "hostile" for other in words)


def _next_verb(words: Sequence[Word], place: int, otherwise: str = "act") -> str:
    """The kind of the next verb in the clause; an act where none is known."""
    kinds = (word.kind for word in words[place + 1 :])
    return next((kind for kind in kinds if kind in _VERBS or kind in ("view", "aim", "bind")), otherwise)


def _next_kind(words: Sequence[Word], place: int, kinds: tuple[str, ...]) -> bool:
    follower = next((word for word in words[place + 1 :] if word.kind not in SUBJECTS), None)
    return follower is not None and follower.kind in kinds and follower.start - words[place].end <= _REACH
