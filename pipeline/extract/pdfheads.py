"""Which groups of a PDF are headings, and how deep."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.extract.pdfchars import HYPHEN
from pipeline.extract.pdfgroups import HAN, Group
from pipeline.extract.pdflines import Line
from pipeline.extract.pdfrunning import SENTENCE_ENDS

_OUTLINE = (
    re.compile(r"(?:[IVX]{1,5}\.|(?:Section|Part|Chapter|Annex|Appendix|Pillar)\s+[\dIVX]+\b)\s*[:.]?\s*[A-Z]|[一二三四五六七八九十]{1,3}、\s*\S|第[一二三四五六七八九十]{1,3}[章节部分]"),
    re.compile(r"[A-HJ-UWYZ]\.\s+[A-Z]|[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*\S"),
    re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.．、]?\s*(?=[A-Z\u3400-\u9fff])"),
)  # fmt: skip
LEADER = re.compile(r"(?:\.\s?){6,}\s*[\dxivl]*\s*\Z|(?:…\s?){3,}\s*[\d０-９\s]*\Z")
"""Dots that lead to a page number: an entry of a table of contents."""
_STOPS = (*SENTENCE_ENDS, ",", ";", ":", "，", "；", "：", "、")
_LONG_WORDS, _LONG_HAN = 30, 70


def looks_like_heading(line: Line, body: float) -> bool:
    """By its print: larger than the body, or bold and no sentence."""
    large = line.size > 1.08 * body
    if not (large or line.bold) or len(line.text) > 220:
        return False
    return large or not line.text.rstrip(HYPHEN).endswith((".", "。", ";", "；", ","))


def settle_headings(groups: list[Group], body: float) -> None:
    """Bold paragraphs are no headings, numbered lines that stand alone before text are; then their levels."""
    for group in groups:
        if group.kind == "heading" and _is_running_text(group, body):
            group.kind = "paragraph"
    for group, following in pairwise(groups):
        depth = _find_outline(group)
        if depth and following.kind == "paragraph" and not _find_outline(following):
            group.kind, group.level = "heading", depth
    _set_levels(groups, body)


def _is_running_text(group: Group, body: float) -> bool:
    text = " ".join(line.text for line in group.lines)
    if LEADER.search(text):
        return True
    words, han = len(text.split()), len(HAN.findall(text))
    large = group.first.size > 1.08 * body
    if words > (2 if large else 1) * _LONG_WORDS or han > (2 if large else 1) * _LONG_HAN:
        return True
    return text.endswith((".", "。")) and (words > 12 or han > 20) and not large


def _find_outline(group: Group) -> int:
    """1 to 3 for a numbered line of body print that ends like no sentence; else 0."""
    if group.kind not in ("paragraph", "list_item") or len(group.lines) > 2:
        return 0
    text = group.first.text
    short = group.first.x1 - group.first.x0 < 0.75 * group.first.page_width
    if len(group.lines) > 1 or not short or len(text) > 90 or text.endswith(_STOPS):
        return 0
    return next((depth for depth, pattern in enumerate(_OUTLINE, 1) if pattern.match(text)), 0)


def _set_levels(groups: list[Group], body: float) -> None:
    """Heading depth by size, the largest first; those of body size come last. List depth by indent."""
    heads = [group for group in groups if group.kind == "heading"]
    sizes = sorted({round(g.first.size) for g in heads if g.first.size > 1.08 * body}, reverse=True)
    indents: list[float] = []
    for group in groups:
        if group.kind == "heading":
            size = round(group.first.size)
            depth = sizes.index(size) + 1 if size in sizes else len(sizes) + max(group.level, 1)
            group.level = min(depth, 6)
        elif group.kind == "list_item":
            x = group.first.x0
            while indents and x < indents[-1] - 4:
                indents.pop()
            if not indents or x > indents[-1] + 4:
                indents.append(x)
            group.level = min(len(indents), 6)
        else:
            indents = []
            group.level = 0
