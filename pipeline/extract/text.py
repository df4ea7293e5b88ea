"""Plain text to an Extraction: paragraphs between blank lines, or a journal page printed to text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from pipeline.extract.build import Builder
from pipeline.extract.markdown import extract_markdown
from pipeline.extract.printed import extract_printed
from pipeline.records import Block, Extraction

_NUMBERED = re.compile(
    r"(?:(?P<one>[IVX]{1,5}\.|[一二三四五六七八九十]{1,3}、|(?:Section|Annex|Part|Chapter|Article)\s+[\dIVX]+\b|第[一二三四五六七八九十]+[章节部])"
    r"|(?P<two>[A-Z]\.|[(（][一二三四五六七八九十]{1,3}[)）]))\s*\S"
)
_ENDS = (".", "。", ";", "；", ",", "，", ":", "：", "!", "?", "！", "？")


def extract_text(text: str) -> Extraction:
    """Double-spaced prints are read line by line; other texts by their paragraphs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_double_spaced(text):
        return extract_printed(text)
    if "\f" in text:
        return _read_pages(text)
    return replace(_mark_headings(extract_markdown(_loosen(text))), media="text/plain", engine="text")


def is_double_spaced(text: str) -> bool:
    """Whether most lines stand alone between blank lines and most of those end within a sentence."""
    lines = text.split("\n")
    alone = [
        b for a, b, c in zip(lines, lines[1:], lines[2:], strict=False) if b.strip() and not a.strip() and not c.strip()
    ]
    filled = sum(1 for line in lines if line.strip())
    inside = sum(not line.rstrip().endswith(_ENDS) for line in alone)
    return len(alone) >= 20 and 2 * len(alone) >= filled and 2 * inside > len(alone)


def _loosen(text: str) -> str:
    """A file without blank lines has a paragraph on every line, unless its lines are all of one printed width."""
    if re.search(r"\n[ \t\u3000]*\n", text.strip()):
        return re.sub(r"\n(?=\u3000\u3000)", "\n\n", text)
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return text
    full = Counter(len(line) // 8 for line in lines[:-1]).most_common(1)[0][1]
    if (
        max(map(len, lines)) <= 100
        and 3 * full > 2 * len(lines)
        and not any(line.startswith("\u3000") for line in lines)
    ):
        return text
    return "\n\n".join(lines)


def _mark_headings(extraction: Extraction) -> Extraction:
    """Short numbered or capital lines that stand alone are headings."""
    return replace(extraction, blocks=tuple(_to_heading(extraction.text, block) for block in extraction.blocks))


def _to_heading(text: str, block: Block) -> Block:
    body = text[block.start : block.end]
    if block.kind not in ("paragraph", "list_item") or len(body) > 120 or body.endswith(_ENDS):
        return block
    match = _NUMBERED.match(body)
    if match and len(body.split()) <= 16:
        return replace(block, kind="heading", level=2 if match["one"] else 3)
    if block.kind == "paragraph" and body.isupper() and len(body) >= 4 and re.search(r"[A-Z]{3}", body):
        return replace(block, kind="heading", level=1 if block.start == 0 else 2)
    return block


def _read_pages(text: str) -> Extraction:
    """Pages between form feeds: a paragraph that a page cuts is joined again."""
    builder = Builder()
    pending: Block | None = None
    words, page = "", 1
    seams: tuple[tuple[int, int], ...] = ()
    for number, part in enumerate(text.split("\f"), 1):
        extraction = _mark_headings(extract_markdown(_loosen(part)))
        for position, block in enumerate(extraction.blocks):
            body = extraction.text[block.start : block.end]
            if re.fullmatch(r"[-–—\s]*\d{1,4}[-–—\s]*", body):
                continue
            if (
                position == 0
                and pending
                and pending.kind == block.kind == "paragraph"
                and not words.endswith(_ENDS[:3])
            ):
                glue = "" if "\u3400" <= words[-1] <= "\u9fff" else " "
                seams = (*seams, (len(words) + len(glue), number))
                words += glue + body
                continue
            if pending:
                builder.add(pending.kind, words, pending.level, pending.ref, page, seams)
            pending, words, page, seams = block, body, number, ()
    if pending:
        builder.add(pending.kind, words, pending.level, pending.ref, page, seams)
    return builder.finish("text/plain", "text")
