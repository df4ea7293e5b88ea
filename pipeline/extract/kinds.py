"""What kind of document a text is, by its title, then by its first lines."""

from __future__ import annotations

import re

from pipeline.records import Extraction, Found

_TITLE: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (kind, re.compile(pattern, re.I), sure)
    for kind, pattern, sure in (
        ("digest", r":\s*digest\b|\bdigest of\b|摘编", True),
        ("fact sheet", r"\bfact ?sheet\b|事实清单|情況說明書|情况说明书|事實清單|概况介绍|简报：|簡報：|资料页", True),
        ("press call", r"\bpress (?:call|gaggle|conference|briefing|availability)\b|电话(?:吹风|记者)会|新闻发布会|記者會|记者会", True),
        ("readout", r"\breadout\b|\bread-out\b|会谈(?:纪要|情况)|會談紀要|会议通报|通报", True),
        ("ministerial statement", r"\bministerial (?:statement|text|declaration)s?\b|部[长長]级?(?:会议)?(?:声明|聲明|宣言)", True),
        ("press statement", r"\b(?:press|media) (?:statement|release)\b|新闻稿|新聞稿|新闻声明|新聞聲明", True),
        ("remarks", r"\b(?:remarks|speech|address) (?:by|of|at|as)\b|\bremarks\b|讲话|講話|致辞|致辭|演讲|發言|发言", True),
        ("joint statement", r"\bjoint (?:[\w’'-]+ ){0,2}(?:statement|declaration|communiqu[ée])\b|\bleaders?[’'] (?:[\w-]+ )?statement\b|联合声明|聯合聲明|联合公报|联合宣言|聯合宣言", True),
        ("press statement", r"\bstatement (?:by|from|of) \w|(?:新闻秘书|发言人|顾问|总统).{0,30}声明", True),
        ("agreement text", r"\bagreement (?:relating to|on the|between|for the|establishing)\b|协定(?:文本|全文)|協定(?:文本|全文)", True),
        ("joint statement", r"\b(?:statement on|summit statement)\b|\bjoint\b.*\b(?:roadmap|principles|outlook|guidance)\b|声明\Z|聲明\Z", False),
        ("press statement", r"\b(?:announces?|welcomes?|hosts?|attends?|participates?|joins?)\b|宣布", False),
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
    for kind, pattern, sure in _TITLE[:6]:
        if pattern.search(title):
            return Found(kind, "title", sure)
    text = extraction.text
    if len(_CITATION.findall(text[:30_000])) >= 5 or (_ABSTRACT.search(text) and _KEYWORDS.search(text)):
        return Found("paper", "text", True)
    for kind, pattern, sure in _TITLE[6:]:
        if pattern.search(title):
            return Found(kind, "title", sure)
    head = text[:500]
    for kind, pattern, sure in _TITLE[:10]:
        match = pattern.search(head)
        if match and sure:
            return Found(kind, f"text:{match.start()}-{match.end()}", match.start() < 120)
    if len(_ARTICLE.findall(text)) >= 4:
        return Found("agreement text", "text", True)
    if len(_SPEAKER.findall(text)) >= 6:
        return Found("press call", "text", False)
    for kind, pattern, _ in _TITLE[:10]:
        if pattern.search(re.sub(r"[-_]+", " ", name)):
            return Found(kind, "file name", False)
    return Found("", "text", False)
