"""What kind of document a text is, by its title, then by its first lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.records import Extraction, Found


@dataclass(frozen=True, slots=True)
class _Sign:
    """``cues``: one of them, in lower case, is in all that ``pattern`` finds; plain searches, so that few patterns are tried."""

    kind: str
    pattern: re.Pattern[str]
    sure: bool
    cues: tuple[str, ...]

    def search(self, text: str, lower: str) -> re.Match[str] | None:
        return self.pattern.search(text) if any(cue in lower for cue in self.cues) else None


_TITLE = tuple(
    _Sign(kind, re.compile(pattern, re.I), sure, tuple(cues.split()))
    for kind, pattern, sure, cues in (
        ("digest", r":\s*digest\b|\bdigest of\b|摘编", True, "digest 摘编"),
        ("fact sheet", r"\bfact ?sheet\b|事实清单|情況說明書|情况说明书|事實清單|概况介绍|简报：|簡報：|资料页", True, "fact 清单 清單 情況說明書 情况说明书 概况介绍 简报 簡報 资料页"),
        ("press call", r"\bpress (?:call|gaggle|conference|briefing|availability)\b|电话(?:吹风|记者)会|新闻发布会|記者會|记者会", True, "press 记者会 吹风会 新闻发布会 記者會"),
        ("readout", r"\breadout\b|\bread-out\b|会谈(?:纪要|情况)|會談紀要|会议通报|通报", True, "readout read-out 会谈 會談 通报"),
        ("ministerial statement", r"\bministerial (?:statement|text|declaration)s?\b|部[长長]级?(?:会议)?(?:声明|聲明|宣言)", True, "ministerial 部长 部長"),
        ("press statement", r"\b(?:press|media) (?:statement|release)\b|新闻稿|新聞稿|新闻声明|新聞聲明", True, "press media 新闻 新聞"),
        ("remarks", r"\b(?:remarks|speech|address) (?:by|of|at|as)\b|\bremarks\b|讲话|講話|致辞|致辭|演讲|發言|发言", True, "remarks speech address 讲话 講話 致辞 致辭 演讲 發言 发言"),
        ("joint statement", r"\bjoint (?:[\w’'-]+ ){0,2}(?:statement|declaration|communiqu[ée])\b|\bleaders?[’'] (?:[\w-]+ )?statement\b|联合声明|聯合聲明|联合公报|联合宣言|聯合宣言", True, "joint leader 联合 聯合"),
        ("press statement", r"\bstatement (?:by|from|of) \w|(?:新闻秘书|发言人|顾问|总统).{0,30}声明", True, "statement 声明"),
        ("agreement text", r"\bagreement (?:relating to|on the|between|for the|establishing)\b|协定(?:文本|全文)|協定(?:文本|全文)", True, "agreement 协定 協定"),
        ("joint statement", r"\b(?:statement on|summit statement)\b|\bjoint\b.*\b(?:roadmap|principles|outlook|guidance)\b|声明\Z|聲明\Z", False, "statement joint 声明 聲明"),
        ("press statement", r"\b(?:announces?|welcomes?|hosts?|attends?|participates?|joins?)\b|宣布", False, "announce welcome host attend participate join 宣布"),
    )
)  # fmt: skip
_ABSTRACT = re.compile(r"^\s*(?:摘\s*要|\[摘要\]|【摘要】|abstract)\s*[:：\]】]?", re.I | re.M)
_KEYWORDS = re.compile(r"(?:关\s*键\s*[词字]|關鍵[詞字]|key\s?words?)\s*[:：]", re.I)
_CITATION = re.compile(r"[(（][^()（）\n]{1,40}[,，]\s?(?:19|20)\d\d[a-z]?[)）]")
_ARTICLE = re.compile(r"^(?:Article|ARTICLE)\s+\d+|^第[一二三四五六七八九十百]+条", re.M)
_SPEAKER = re.compile(r"^(?:[A-Z][A-Z’'. -]{2,40}|Q|A|Moderator|Operator):\s", re.M)


def recognise_kind(extraction: Extraction, title: str, name: str) -> Found:
    """The kind with where it was found; "" unsure where nothing speaks for any."""
    declared = extraction.hints.get("kind", "")
    if declared:
        return Found(declared, "front matter")
    lower = title.lower()
    for sign in _TITLE[:6]:
        if sign.search(title, lower):
            return Found(sign.kind, "title", sign.sure)
    text = extraction.text
    if len(_CITATION.findall(text[:30_000])) >= 5 or _has_abstract(text):
        return Found("paper", "text", True)
    for sign in _TITLE[6:]:
        if sign.search(title, lower):
            return Found(sign.kind, "title", sign.sure)
    head = text[:500]
    lower = head.lower()
    for sign in _TITLE[:10]:
        if sign.sure and (match := sign.search(head, lower)):
            return Found(sign.kind, f"text:{match.start()}-{match.end()}", match.start() < 120)
    if len(_ARTICLE.findall(text)) >= 4:
        return Found("agreement text", "text", True)
    if len(_SPEAKER.findall(text)) >= 6:
        return Found("press call", "text", False)
    words = re.sub(r"[-_]+", " ", name)
    for sign in _TITLE[:10]:
        if sign.search(words, words.lower()):
            return Found(sign.kind, "file name", False)
    return Found("", "text", False)


def _has_abstract(text: str) -> bool:
    cued = "摘" in text or "bstract" in text or "BSTRACT" in text
    return cued and bool(_ABSTRACT.search(text) and _KEYWORDS.search(text))
