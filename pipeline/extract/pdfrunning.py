"""Running heads, feet and page numbers of a PDF: what stands apart at the edges of several pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.extract.pdflines import Line

SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", ".”", '."', ".’", "”", "…")
_PAGE_NUMBER = re.compile(
    r"[-–—·•|\s\[(]*(?:page\s*|p\.\s*|第\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|页|頁|共|\|\s*page)\s*,?\s*(?:共\s*)?\d{0,4}\s*[页頁]?)?[-–—·•|\s\])]*",
    re.I,
)
_SOURCE = re.compile(r"(?:资料|資料|数据|數據)?(?:来源|來源)\s*[:：]|Sources?\s*:")
_EDGE, _FAR_EDGE = 0.12, 0.2
"""Shares of the page's height: what recurs there is running; farther in only where a wide gap sets it apart."""


@dataclass(slots=True)
class _Row:
    """Lines on one height; ``apart``: white space to the next row inwards, in usual line distances."""

    lines: list[Line]
    top: bool
    apart: float = 0.0
    slot: tuple[bool, int, float] = field(default=(True, 0, 0.0))


def drop_running_lines(lines: list[Line]) -> list[Line]:
    """Without running heads, feet and page numbers, whether above, below or beside the text.

    From the outermost row inwards a row goes when it stands apart from the text, by small print or white
    space, and is a bare number, recurs on other pages (a number at its end aside), or stands where
    most pages have a head of this size. The first row that is none of these ends the search.
    """
    if not lines:
        return lines
    body, spacing = body_size(lines), line_spacing(lines)
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = [row for page in pages.values() for row in _iter_edge_rows(page, spacing)]
    beside = [line for page in pages.values() for line in _find_beside(page, body)]
    seen: dict[str, set[int]] = {}
    slots: dict[tuple[bool, int, float], set[int]] = {}
    for row in edges:
        slots.setdefault(row.slot, set()).add(row.lines[0].page)
    for line in (*(x for row in edges for x in row.lines), *beside):
        seen.setdefault(_key(line.text), set()).add(line.page)
    needed = 2 if len(pages) < 8 else max(3, len(pages) // 8)
    dropped: set[int] = set()
    stopped: set[tuple[int, bool]] = set()
    for row in edges:
        end = (row.lines[0].page, row.top)
        common = len(pages) >= 3 and len(slots[row.slot]) >= max(3, 0.5 * len(pages))
        if end in stopped or not _is_running(row, seen, needed, body, common=common):
            stopped.add(end)
            continue
        dropped.update(map(id, row.lines))
    dropped.update(id(x) for x in beside if _is_number(x) or len(seen[_key(x.text)]) >= needed)
    return [line for line in lines if id(line) not in dropped]


def body_size(lines: list[Line]) -> float:
    """The size that most characters have, to half a point."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return (sizes.most_common(1)[0][0] if sizes else 0.0) or 10.0


def line_spacing(lines: list[Line]) -> float:
    """The usual distance between base lines, points."""
    body = body_size(lines)
    gaps = [a.y0 - b.y0 for a, b in pairwise(lines) if a.page == b.page and 0.5 * body < a.y0 - b.y0 < 3.5 * body]
    if not gaps:
        return 1.3 * body
    return median(sorted(gaps)[: max(len(gaps) * 3 // 4, 1)])


def _iter_edge_rows(page: list[Line], spacing: float) -> Iterator[_Row]:
    """The rows at the top from the outermost inwards, then those at the foot likewise."""
    for top in (True, False):
        rows: list[_Row] = []
        for line in sorted(page, key=lambda x: -x.y0 if top else x.y0):
            if rows and abs(rows[-1].lines[0].y0 - line.y0) < 0.4 * max(line.size, 4.0):
                rows[-1].lines.append(line)
            else:
                rows.append(_Row([line], top))
        for row, inner in pairwise([*rows, None]):
            assert row is not None
            first = row.lines[0]
            row.apart = abs(first.y0 - inner.lines[0].y0) / spacing if inner else 9.0
            row.slot = (top, round(first.y0 / 3), round(first.size, 1))
            depth = (first.page_height - first.y1 if top else first.y0) / first.page_height
            # What stands outside a cropped page is no running head.
            if -0.02 <= depth < (_FAR_EDGE if row.apart > 2 else _EDGE):
                yield row


def _is_running(row: _Row, seen: dict[str, set[int]], needed: int, body: float, *, common: bool) -> bool:
    small = all(line.size < 0.93 * body for line in row.lines)
    if not small and row.apart < 1.4:
        return False
    text = " ".join(line.text for line in row.lines)
    if _SOURCE.match(text):
        return False
    if all(_is_number(line) or len(seen[_key(line.text)]) >= needed for line in row.lines):
        return True
    if len(text) >= 100 or text.endswith(SENTENCE_ENDS) or max(line.size for line in row.lines) > body:
        return False
    # A chapter's head stands on few pages, but where and as small as the others do; the head of a single page
    # stands in its margin.
    return (common and (small or row.apart > 2)) or (small and row.apart > 2 and _is_in_margin(row))


def _is_in_margin(row: _Row) -> bool:
    first = row.lines[0]
    return first.y0 > 0.94 * first.page_height if row.top else first.y1 < 0.06 * first.page_height


def _find_beside(page: list[Line], body: float) -> list[Line]:
    """Lines wholly left or right of the running text of their page."""
    wide = [line for line in page if abs(line.size - body) < 0.8 and line.x1 - line.x0 > 0.25 * line.page_width]
    if len(wide) < 5:
        return []
    left = sorted(line.x0 for line in wide)[len(wide) // 50]
    right = sorted(line.x1 for line in wide)[-1 - len(wide) // 50]
    return [line for line in page if line.x1 < left - 0.4 * body or line.x0 > right + 0.4 * body]


def _key(text: str) -> str:
    """The line without a page number at either end; inner digits stay, for clock times differ only by them."""
    bare = re.sub(r"\s+", " ", text.lower())
    return re.sub(r"^\W*\d+\b|\b\d+(?: ?(?:/|of) ?\d+)?\W*$", "#", bare)


def _is_number(line: Line) -> bool:
    return (
        len(line.text) <= 20
        and bool(_PAGE_NUMBER.fullmatch(line.text))
        and any(c.isdigit() or c in "ivxl" for c in line.text.lower())
    )
