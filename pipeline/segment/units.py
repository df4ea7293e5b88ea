"""Blocks to units: sentences of paragraphs and quotes, list items, each with its section path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.han import may_hold_han
from pipeline.records import Block, Document, Unit
from pipeline.segment.chinese import split_chinese
from pipeline.segment.english import split_english

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+")
_INTRODUCES = re.compile(
    r"\b(?:the following(?: [\w-]+){0,3}|as follows|(?:listed|outlined|set out|described) below)\.\Z"
    r"|(?:如下|以下[^，。；]{0,8})。\Z"
)
"""The end of a sentence that introduces a list, besides a colon."""
_CODED = frozenset({"paragraph", "list_item", "quote"})


def segment_document(document: Document) -> tuple[Unit, ...]:
    """The units of a document in reading order, ``n`` from 0; empty for a document without text."""
    return segment_blocks(document.id, document.text, document.blocks, document.pages)


def segment_blocks(
    document_id: str, text: str, blocks: Sequence[Block], pages: Sequence[tuple[int, int]] = ()
) -> tuple[Unit, ...]:
    """Units of the blocks that carry running text; headings become section paths."""
    units: list[Unit] = []
    path: list[tuple[int, str]] = []
    lead, over_headings = "", False
    chinese = may_hold_han(text)
    for paragraph, block in enumerate(blocks):
        body = text[block.start : block.end]
        if block.kind == "heading":
            path = [entry for entry in path if entry[0] < block.level] + [(block.level, body)]
            # A lead-in right before a heading introduces all the headed lists up to the next paragraph.
            over_headings = over_headings or bool(lead and units and units[-1].text == lead)
            lead = lead if over_headings else ""
            continue
        if block.kind not in _CODED:
            continue
        language = guess_language(body) if chinese else "en"
        split = split_chinese if language == "zh" else split_english
        section = " > ".join(title for _, title in path)
        last = ""
        seams = [seam for seam in pages if block.start < seam[0] < block.end] if pages else []
        for start, end in split(body):
            last = body[start:end]
            if not last[0].isalnum() and not any(ch.isalnum() for ch in last):
                continue
            units.append(
                Unit(
                    document_id=document_id,
                    n=len(units),
                    start=block.start + start,
                    end=block.start + end,
                    text=last,
                    section=section,
                    paragraph=paragraph,
                    language=language,
                    page=_page_at(block, block.start + start, seams) if seams else block.page,
                    kind=block.kind,
                    lead=lead if block.kind == "list_item" else "",
                )
            )
        if block.kind != "list_item":
            lead, over_headings = (last if _introduces_list(last) else ""), False
    return tuple(units)


def _introduces_list(sentence: str) -> bool:
    if sentence.endswith((":", "：")):
        return True
    # Nearly every sentence ends with a full stop, and few hold what the pattern asks for.
    cued = "follow" in sentence or "below" in sentence or "下" in sentence
    return cued and bool(_INTRODUCES.search(sentence))


def _page_at(block: Block, offset: int, seams: Sequence[tuple[int, int]]) -> int | None:
    """The page of an offset in a block that runs over pages."""
    return max((number for begin, number in seams if begin <= offset), default=block.page)


def guess_language(text: str) -> str:
    """ "zh" where Han characters outnumber a third of the Latin words, else "en"."""
    han = len(_HAN.findall(text))
    if not han:
        return "en"
    return "zh" if 2 * han >= len(_LATIN.findall(text)) else "en"
