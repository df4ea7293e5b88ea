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

from pipeline.tag.chinese_words import ChineseWords, Word
from pipeline.tag.levels import Clause

_BLANK = "〇"
_MASK = re.compile(r"《[^》]{0,60}》|[(（][^()（）]{0,80}[)）]|[“「『][^”」』，。；]{1,16}[”」』]|\[\d+\]")
"""Titles, brackets and words in quotation marks: named, not said."""
_BREAK = re.compile(r"[，,；;。：:！!？?]+")
_FRAME = re.compile(
    r"在[^，。；：]{1,60}?(?:方面|过程中|领域|问题上|基础上|框架下|框架内|背景下|前提下|情况下|会议上|会上|期间|之际|之间|项下|指导下|推动下)"
    r"|(?:就|围绕|针对|关于|对于|对)[^，。；：]{1,50}?(?=进行|开展|达成|展开|交换|举行|讨论|磋商|沟通|交流|保持|签署|形成|表示|作出|做出|予以|加以|提供|实施|采取|实行|给予|深表|表达|持|感到|(?:产生|造成|构成)(?!的)|具有)"
    r"|(?:自|自从|从)[^，。；：]{1,40}?(?:以来|起(?=[，\s])|之后|开始)"
    r"|(?:自|从)[^，。；：]{1,20}?(?:时|后)(?=[^，。；：]{2})"
    r"|(?:通过|借助|依托|凭借)[^，。；：]{1,30}?(?:来|的方式|以(?![及来外上下往]))"
)
_SUBORDINATE = re.compile(
    r"^(?:随着|由于|因为|鉴于|虽然|尽管|即使|除非|除(?!此)|如果|若|假如|倘若|一旦|只有|只要|无论|不管|当|按照|根据|依据|基于|通过|为(?!此|[^，]{2,40}(?:提供|作出|做出|创造|带来|注入|奠定|开辟|增添))|为了|针对|关于|对于|在|从(?=[^，]{0,20}(?:看|来说|而言|角度))|作为)"
    r"(?!此[，]?)"
)
_FRONT = re.compile(
    r"^(?:在|当|自|自从|于)[^，。；：]*?(?:后|时|前|期间|以来|之际|上|中|下|里|内|间|年|月|日|面)$|(?:后|时|之前|期间|以来|之际)$"
)
_CONDITION = re.compile(r"(?:如果|假如|倘若|一旦|(?:^|[，。；])(?:若|只要|当(?=[^，]{2,60}(?:时|后)[，,])))")
_PURPOSE = re.compile(r"^(?:即(?!将)|以便|以期|从而|进而|借此|由此|最终|使(?!用)|让|令|以(?![上下来及后往前外内色]))")
_COMMENT = re.compile(
    r"^(?:[^，。；：]{0,14}(?:这|此|此举|由此|上述[^，。；：]{0,8}|以上[^，。；：]{0,8}|其)(?:充分|也|均|都|清楚|无疑|足以)?(?:表明|说明|意味着|反映|显示|折射|印证|决定了)"
    r"|(?:可见|可以看出|不难看出|可以预见|可以说|由此可见|总体来看|总的来看|总体而言|整体来看|换言之|换句话说|显然|事实上|实际上|归根结底)"
    r"|(?:相比|相较|比较|对比|反观|与之相比|相对)(?:而言|之下|来看|于|来说)?"
    r"|[^，。；：]{0,12}(?:侧重点|有所不同|有所差异|存在[^，]{0,8}(?:差异|重叠|交叉|不同)|(?:高度|基本)一致|异同))"
)
_BA = re.compile(
    r"将(?:其|该|这|此)|(?:将|把)[^，。；：]{1,36}?(?:视为|看作|作为|当作|列为|定为|分为|称为|纳入|列入|融入|转移|转变|转化|升级|归入|归为|置于|摆在|迁|延长至|提高到|与[^，。；：]{1,12}(?:挂钩|捆绑|结合)|[^，。；：]{1,8}化(?=[，。；]|$))"
)
_ADVERB = re.compile(
    r"^(?:还|也|均|都|又|再|并|且|而|但|则|更|将|已|共|亦|同时|此外|因此|另外|其中|目前|当前|近年来|今后|未来|此次|会上|为此|对此|随后|此后|例如|首先|其次|再次|最后|进一步"
    r"|特别是|尤其是|总体上|内容上|一致|共同|联合|积极|逐步|不断|正式|分别|明确|充分|特别|高度|尤其|继续|一是|二是|三是|四是|五是|其[一二三四五]|第[一二三四五六]|[（(]?[一二三四五六七八九十\d]+[）)、.]|并且|而且|然而|不过|所以|于是|即|从而|仍|依然|始终|一直|努力|\s|、|“|”|"
    r"\d+年?|\d+月|\d+日|年|月|日|截至|近日|今天|今年|去年|明年|年底前)+"
)
_COMPANION = re.compile(r"^(?:与|和|同|跟|连同|向|对|就|为|在|从|以|给|用)")
_OWNED = re.compile(r"[^，]{0,12}的[^，]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TALKS = re.compile(r"了?[^，。；]{0,24}?(?:对话|讨论|磋商|会谈|交流|沟通|谈判|会议|会晤|探讨|意见|看法)(?![机渠平信])")
_SUPPORT = ("进行", "开展", "展开", "举行", "保持", "召开", "做出", "作出", "交换")
_PROPOSAL = re.compile(r"了?[^，。；]{0,20}?(?:建议|方案|原则|提案|申请|清单|倡议)(?![的])")
_NORM = re.compile(r"(?:受到?|得到|建立在|以(?!便)|是|基于|符合|遵循|体现|尊重|考虑)")
_PROMISES = ("同意", "一致同意", "商定", "决定")
_GOVERNING = frozenset(("aim", "motive", "propose", "bind", "task", "ask"))
_VERBS = frozenset(("perform", "act", "talk", "state", "effect"))
_SUBJECTS = frozenset(("both", "party", "works", "counsel"))
_ANNOUNCED = ("future", "aim", "bind")
_REACH = 9
"""Characters between an operator and the verb it marks."""


class _Scope(NamedTuple):
    """What the clause before hands on: its governing word and its subject."""

    form: str
    subject: str


def find_chinese_clauses(text: str, words: ChineseWords) -> list[Clause]:
    """The predicates of a normalised text in order."""
    masked = _MASK.sub(lambda found: _BLANK * len(found[0]), text)
    if _COMMENT.match(masked) and "我们" not in masked:
        return []
    known = words.find(masked)
    doubtful = bool(_CONDITION.search(masked))
    found: list[Clause] = []
    scope = _Scope("", "none")
    first = 0
    for start, end in _split(masked):
        last = first
        while last < len(known) and known[last].start < end:
            last += 1
        inside, first = [word for word in known[first:last] if start <= word.start and word.end <= end], last
        clauses, scope = _read_clause(masked, start, end, inside, scope)
        found += clauses
    if doubtful:
        found = [clause._replace(form="forecast") if _is_forecast(clause) else clause for clause in found]
    return found


def _is_forecast(clause: Clause) -> bool:
    """What will be if something else happens; of those who speak it is a promise on a condition."""
    return clause.form == "future" and clause.subject not in ("both", "party")


def _split(text: str) -> list[tuple[int, int]]:
    spans, last = [], 0
    for match in _BREAK.finditer(text):
        if match.start() > last:
            spans.append((last, match.start()))
        last = match.end()
    if last < len(text):
        spans.append((last, len(text)))
    return spans


def _read_clause(text: str, start: int, end: int, words: Sequence[Word], scope: _Scope) -> tuple[list[Clause], _Scope]:
    body = text[start:end]
    lead = _ADVERB.match(body)
    first = start + (lead.end() if lead else 0)
    if _PURPOSE.match(text[first:end]):
        return [], scope
    if text[end : end + 1] in ("，", ",") and (_SUBORDINATE.match(text[first:end]) or _FRONT.search(body)):
        frames = _FRAME.search(text[first:end])
        if not frames or frames.end() + first >= end - 1 or _SUBORDINATE.match(text[first:end]):
            return [], scope
    words = _drop_framed(text, start, end, words)
    own = _find_subject(text, first, end, words)
    return _walk(text, end, words, own or scope.subject, scope.form if not own or scope.form == "told" else "")


def _drop_framed(text: str, start: int, end: int, words: Sequence[Word]) -> list[Word]:
    """The words outside prepositional frames, and those that are no attribute before 的."""
    frames = [match.span() for match in _FRAME.finditer(text, start, end)]
    ba = _BA.search(text, start, end)
    kept: list[Word] = []
    for word in words:
        if any(low < word.start < high for low, high in frames) and word.kind not in _SUBJECTS:
            continue
        if ba and word.kind == "future" and word.start <= ba.start() < word.end:
            kept.append(Word("view" if re.search(r"视为|看作|当作", ba[0]) else "act", *ba.span()))
            continue
        if kept and kept[-1].end > word.start:
            continue
        kept.append(word)
    attributes = {word.start for word in kept if _is_attribute(text, word)}
    return [word for word in kept if word.start not in attributes and not (_marks(word) and word.end in attributes)]


def _marks(word: Word) -> bool:
    """已签署的协定: the mark goes with the attribute that it marks."""
    return word.kind in ("should", "future", "done", "ongoing")


def _is_attribute(text: str, word: Word) -> bool:
    """签署的协定, 所作承诺, 双方的承诺: told in passing."""
    if word.kind in _SUBJECTS or word.kind in ("plain", "hostile", "not"):
        return False
    after = text[word.end : word.end + 2]
    if after.startswith("的") or (after[:1] in "了过" and after[1:] == "的"):
        return True
    return text[max(word.start - 1, 0) : word.start] in ("的", "所", "之") and word.kind not in ("perform",)


def _find_subject(text: str, first: int, end: int, words: Sequence[Word]) -> str:
    """Who acts: the last known noun before the first verb; "" where nothing stands there."""
    verb = next((word for word in words if word.kind not in _SUBJECTS and word.kind not in ("plain", "hostile")), None)
    limit = verb.start if verb else end
    before = _FRAME.sub(lambda found: _BLANK * len(found[0]), text[first:end])[: limit - first]
    if _COMPANION.match(before):
        return ""
    nouns = [
        word
        for word in words
        if word.kind in _SUBJECTS and first <= word.start < limit and before[word.start - first] != _BLANK
    ]
    if any(word.kind == "counsel" for word in nouns):
        return "counsel"
    if not nouns:
        return "thing" if len(_HAN.findall(_ADVERB.sub("", before))) >= 2 else ""
    last = nouns[-1]
    if _OWNED.match(before[last.end - first :]):
        return "thing"
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
    hostile = any(word.kind == "hostile" for word in words)

    def add(form: str, verb: str, word: Word, place: str = "main") -> None:
        found.append(Clause(form, verb, subject, "", place, word.start, word.end))

    for place, word in enumerate(words):
        kind = word.kind
        if kind in _SUBJECTS or kind in ("plain", "hostile"):
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
        elif kind == "propose" and governing in ("", "told") and _PROPOSAL.match(text, word.end, end):
            add("perfect", "perform", word)
        elif kind == "propose" and text[word.end : word.end + 1] == "了":
            add("perfect", "talk", word)
        elif kind in ("should", "can"):
            if governing in ("", "told", "propose"):
                if text[word.start : word.end] == "需要" and not _next_verb(words, place, ""):
                    continue  # 需要 with a noun
                told = governing == "told" or bool(_NORM.match(text, word.end))
                add(kind, _next_verb(words, place), word, "told" if told else "main")
                governing = kind
        elif kind in _GOVERNING:
            if kind == "bind" and governing == "told" and text[word.start : word.end] not in _PROMISES:
                continue
            if governing in ("", "told", "future", "can") or (kind == "bind" and governing == "propose"):
                add(form, "motive" if hostile and kind in ("aim", "propose") else kind, word)
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
            talks = text[word.start : word.end] in _SUPPORT and _TALKS.match(text, word.end, end)
            add(form, "talk" if talks else kind, word)
    carried = governing if governing not in ("not", "can") and not (governing == "told" and last_view < end - 1) else ""
    return found, _Scope(carried, subject)


def _next_verb(words: Sequence[Word], place: int, otherwise: str = "act") -> str:
    """The kind of the next verb in the clause; an act where none is known."""
    kinds = (word.kind for word in words[place + 1 :])
    return next((kind for kind in kinds if kind in _VERBS or kind in ("view", "aim", "bind")), otherwise)


def _next_kind(words: Sequence[Word], place: int, kinds: tuple[str, ...]) -> bool:
    follower = next((word for word in words[place + 1 :] if word.kind not in _SUBJECTS and word.kind != "plain"), None)
    return follower is not None and follower.kind in kinds and follower.start - words[place].end <= _REACH
