"""Names of initiatives, bodies, places, sums and dates in a sentence.

A name is kept as a bag of stems with its head ("mechanism", "task force"), so that a full name, a shortened one
and one in another order still meet. Names of persons are left out. Acronyms are resolved over all sentences given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.changes.words import split_chinese, split_words, stem, to_simplified

HEADS_EN = (
    "task force", "working group", "expert group", "early warning", "work program", "work programme", "action plan",
    "memorandum of understanding", "code of conduct", "trade agreement", "road map", "roadmap", "mechanism", "dialogue",
    "dialog", "agreement", "arrangement", "initiative", "partnership", "framework", "project", "pilot", "study",
    "network", "fund", "facility", "council", "committee", "forum", "conference", "workshop", "roundtable", "summit",
    "alliance", "coalition", "platform", "program", "programme", "plan", "strategy", "declaration", "principles",
    "guidelines", "guidance", "recommendations", "report", "catalogue", "catalog", "repository", "standard",
    "standards", "accord", "pact", "treaty", "protocol", "hub", "centre", "center", "campaign", "exercise", "workstream",
    "taskforce", "group", "vision", "outlook", "list", "statement", "charter", "compact", "accelerator", "instrument",
    "system", "commitments", "pillar", "board", "consortium", "mission", "corridor", "statement of intent", "toolkit",
    "inventory", "database", "label", "scheme", "grant", "loan", "negotiations", "consultation", "consultations",
)  # fmt: skip
HEADS_ZH = (
    "谅解备忘录", "行动计划", "工作计划", "工作方案", "合作伙伴关系", "伙伴关系", "专家组", "工作组", "特别工作组", "任务组", "路线图", "预警机制",
    "机制", "对话", "协定", "协议", "安排", "倡议", "框架", "项目", "试点", "研究", "网络", "基金", "设施", "委员会", "理事会", "论坛", "会议",
    "研讨会", "圆桌会", "峰会", "联盟", "平台", "计划", "方案", "战略", "宣言", "声明", "原则", "指南", "指导意见", "建议", "报告", "目录",
    "标准", "公约", "条约", "议定书", "中心", "小组", "愿景", "清单", "宪章", "加速器", "工具", "体系", "系统", "走廊", "数据库", "标签", "谈判", "磋商",
)  # fmt: skip
_SAME_HEAD = {
    "taskforce": "task force", "road map": "roadmap", "dialog": "dialogue", "programme": "program", "catalog": "catalogue",
    "work programme": "work program", "centre": "center", "system": "mechanism", "early warning": "mechanism",
    "expert group": "task force", "working group": "working group", "group": "group", "trade agreement": "agreement",
    "accord": "agreement", "pact": "agreement", "treaty": "agreement", "consultations": "consultation",
    "standards": "standard", "guidelines": "guidance", "pilot": "project", "特别工作组": "工作组", "任务组": "工作组",
    "预警机制": "机制", "合作伙伴关系": "伙伴关系", "协议": "协定",
}  # fmt: skip
_PERSON = re.compile(
    r"\b(?:Secretary|President|Minister|Commissioner|Ambassador|Representative|Chair(?:man|woman)?|Director|Administrator|"
    r"Mr|Ms|Mrs|Dr|Senator|Chancellor|King|Queen|EVP|High Representative|Advisor|Adviser)\b"
)
_LINK = r"(?:of|for|on|the|and|to|in|a|an|with|&|de|la)"
_CAP = r"(?:[A-Z0-9][\w’'&.-]*[\w]|[A-Z])"
_RUN = re.compile(rf"{_CAP}(?:[ /–-]+(?:{_LINK} ){{0,3}}{_CAP})*")
_QUOTED = re.compile(r"[“\"‘]([^”\"’]{4,90})[”\"’]|《([^》]{2,60})》")
_ACRONYM = re.compile(r"[(（][“\"‘]?([A-Z][A-Za-z&/-]{1,9})[”\"’]?[)）]")
_ACRONYM_ZH = re.compile(r"([\u4e00-\u9fff]{3,20})\s*[(（](?:简称|以下简称)?[“\"]?([A-Z][A-Za-z&/-]{1,9})[”\"]?[)）]")
_SUM = re.compile(
    r"(?:US\$|\$|€|£|EUR|USD|¥)\s?\d[\d.,]*(?:\s?(?:million|billion|trillion))?"
    r"|\d[\d.,]*\s?(?:million|billion|trillion)\b|\d[\d.,]*\s?(?:万|亿|万亿)(?:美元|欧元|元|人民币|日元)?|\d[\d.,]*\s?(?:美元|欧元)"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}})?(?:,? 20\d\d)?\b|\b20\d\d\b(?![-–]\d)|20\d\d\s?年(?:\s?\d{{1,2}}\s?月)?(?:\s?\d{{1,2}}\s?日)?"
)
_COUNT = re.compile(r"\b(?:over |more than |at least )?\d[\d,]*(?:\.\d+)?(?: ?%| percent)?(?=\s+[a-z])")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a sentence names. ``names``: bags of stems in a fixed order; ``heads``: kinds of initiative."""

    names: tuple[tuple[str, ...], ...] = ()
    heads: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    spelled: tuple[str, ...] = field(default=(), compare=False)

    @property
    def proper(self) -> tuple[tuple[str, ...], ...]:
        """Names that are spelled as such: with capitals, in quotes or book marks, or in Chinese with a head."""
        return tuple(bag for bag, name in zip(self.names, self.spelled, strict=True) if _is_proper(name))


def find_mentions(text: str, language: str, acronyms: dict[str, tuple[str, ...]] | None = None) -> Mentions:
    """Names and details of one sentence; ``acronyms`` as from resolve_acronyms."""
    spelled = _spelled_chinese(text) if language == "zh" else _spelled_english(text)
    bags: dict[tuple[str, ...], str] = {}
    for name in spelled:
        bag = _bag(name, language, acronyms or {})
        if bag:
            bags.setdefault(bag, name)
    return Mentions(
        names=tuple(bags),
        heads=find_heads(text, language),
        sums=_found(_SUM, text),
        dates=_found(_DATE, text),
        counts=_found(_COUNT, text),
        spelled=tuple(bags.values()),
    )


def resolve_acronyms(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Acronym -> stems of its expansion, wherever one of the sentences spells it out ("Early Warning Mechanism (EWM)")."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for match in _ACRONYM.finditer(text):
            words = _expansion(re.split(r"[()（）]", text[max(0, match.start() - 110) : match.start()])[-1], match[1])
            if words:
                found.setdefault(match[1], tuple(dict.fromkeys(split_words(words, "en"))))
        for match in _ACRONYM_ZH.finditer(text):
            found.setdefault(match[2], tuple(dict.fromkeys(split_chinese(match[1])[-6:])))
    return found


@lru_cache(maxsize=16384)
def find_heads(text: str, language: str) -> tuple[str, ...]:
    """Kinds of initiative that a sentence speaks of, in one spelling each, longest first."""
    pattern = _head_pattern(language)
    source = to_simplified(text) if language == "zh" else text.lower()
    return tuple(dict.fromkeys(same_head(m[1]) for m in pattern.finditer(source)))


def same_head(head: str) -> str:
    """The spelling that stands for a head and its variants and plurals."""
    head = head.lower()
    if head not in _HEADS and head.endswith("s") and head[:-1] in _HEADS:
        head = head[:-1]
    if head not in _HEADS and head.endswith("ies") and head[:-3] + "y" in _HEADS:
        head = head[:-3] + "y"
    return _SAME_HEAD.get(head, head)


_HEADS = frozenset(HEADS_EN) | frozenset(HEADS_ZH)


@lru_cache(maxsize=2)
def _head_pattern(language: str) -> re.Pattern[str]:
    if language == "zh":
        return re.compile("(" + "|".join(sorted(HEADS_ZH, key=len, reverse=True)) + ")")
    heads = sorted(HEADS_EN, key=len, reverse=True)
    forms = "|".join(rf"{re.escape(h[:-1])}(?:y|ies)" if h.endswith("y") else rf"{re.escape(h)}s?" for h in heads)
    return re.compile(rf"\b({forms})\b")


@lru_cache(maxsize=1)
def _phrase_pattern() -> re.Pattern[str]:
    """Up to three plain words and a head: names without capitals ("early warning mechanism")."""
    heads = "|".join(re.escape(h) for h in sorted(HEADS_EN, key=len, reverse=True))
    heads = heads.replace(r"early\ warning", r"early\ warning(?!\ (?:mechanism|system|network))")
    return re.compile(rf"(?<![\w’'-])((?:[A-Za-z][\w’'-]* ){{1,3}})((?:{heads})s?)\b", re.IGNORECASE)


def _is_proper(name: str) -> bool:
    last = name.split()[-1]
    return not last[0].isascii() or last[0].isupper() or last[0].isdigit()


@lru_cache(maxsize=16384)
def _spelled_english(text: str) -> tuple[str, ...]:
    names = [q for m in _QUOTED.finditer(text) for q in (m[1] or m[2],) if " " in q]
    for match in _RUN.finditer(text):
        run = match[0].strip(" .-–")
        if _PERSON.search(run):
            run = _PERSON.split(run)[0].strip() if _PERSON.search(run).start() > 12 else ""  # type: ignore[union-attr]
        words = run.split()
        if len(words) == 1 and match.start() == 0 and not run.isupper():
            continue
        if run and not run.isdigit():
            names.append(run)
    names.extend(m[0] for m in _phrase_pattern().finditer(text))
    return tuple(names)


@lru_cache(maxsize=16384)
def _spelled_chinese(text: str) -> tuple[str, ...]:
    text = to_simplified(text)
    names = [q for m in _QUOTED.finditer(text) for q in (m[1] or m[2],)]
    names.extend(re.findall(r"[A-Z][A-Za-z0-9&./-]+(?: [A-Z0-9][A-Za-z0-9&./-]*)*", text))
    heads = "|".join(sorted(HEADS_ZH, key=len, reverse=True))
    for match in re.finditer(rf"([\u4e00-\u9fff]{{2,10}}?)({heads})", text):
        names.append(match[0])
    return tuple(names)


def _bag(name: str, language: str, acronyms: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    stems: list[str] = []
    for word in name.replace("/", " ").split() if language != "zh" else [name]:
        bare = word.strip("“”\"'’.,;:()")
        known = acronyms.get(bare) or acronyms.get(bare.removesuffix("s"))
        stems.extend(known if known else split_words(word, language))
    return tuple(sorted(set(stems)))


def _expansion(before: str, acronym: str) -> str:
    """The words before a bracket whose initials spell the acronym, "" where they do not."""
    letters = [c.lower() for c in acronym if c.isupper()] or [c.lower() for c in acronym]
    words = re.findall(r"[A-Za-z][\w’'-]*", before)
    for size in range(len(letters), min(len(words), len(letters) * 2 + 2) + 1):
        tail = words[-size:]
        if tail[0][0].lower() == letters[0] and _spells(
            [p[0].lower() for w in tail for p in w.split("-") if p], letters
        ):
            return " ".join(tail)
    return ""


def _spells(initials: list[str], letters: list[str]) -> bool:
    rest = iter(initials)
    return all(letter in rest for letter in letters)


@lru_cache(maxsize=16384)
def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m[0].strip().lower() for m in pattern.finditer(text)))


__all__ = ["HEADS_EN", "HEADS_ZH", "Mentions", "find_heads", "find_mentions", "resolve_acronyms", "same_head", "stem"]
