"""Printed lines to paragraphs, headings, list items and notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.extract.build import Builder
from pipeline.extract.pdflines import HYPHEN, Line

_PAGE_NUMBER = re.compile(
    r"[-–—·|\s]*(?:page\s*|第\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|页|頁|共)\s*\d{0,4}\s*页?)?[-–—·|\s]*", re.I
)
_BULLET = re.compile(r"(?:[•▪◦●○■‣·\uf0b7\uf0a7]|[-–—](?=\s)|o(?=\s[A-Z]))\s*")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
_NOTE = re.compile(r"(\d{1,3}|[①-⑳]|[*†‡]|\[\d{1,3}\])[.)]?\s*(?=[^\s\d.])")
_CAPTION = re.compile(r"(?:(?:Table|Figure|Fig\.|Box)\s*\d+[.:]?\s|[图圖表]\s*\d+)")
_ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "：", "；", ".”", '."', ".’", "”", "…")
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@dataclass
class _Group:
    kind: str
    lines: list[Line]
    level: int = 0
    ref: str = ""
    rows: tuple[tuple[str, ...], ...] = field(default=())


def drop_running_lines(lines: list[Line]) -> list[Line]:
    """Without running heads, feet and page numbers: what recurs in the margins of several pages.

    A line in the outer eighth of the page goes when it is a bare number, or when it stands,
    a number at its end aside, on two or more pages (three and a quarter of the pages in longer documents).
    """
    pages = len({line.page for line in lines})
    seen: dict[str, set[int]] = {}
    for line in lines:
        if _in_margin(line):
            seen.setdefault(_key(line.text), set()).add(line.page)
    needed = 2 if pages < 8 else max(3, pages // 8)
    body = _body_size(lines) if lines else 0.0
    return [
        line
        for line in lines
        if not (
            _in_margin(line)
            and (len(seen[_key(line.text)]) >= needed or _is_number(line) or (pages > 1 and _is_lone_head(line, body)))
        )
    ]


def build_blocks(
    lines: list[Line],
    builder: Builder,
    tables: dict[int, list[tuple[tuple[float, float, float, float], tuple[tuple[str, ...], ...]]]],
) -> None:
    """Lines in reading order to blocks; ``tables``: page -> (box, rows), whose lines are left out."""
    if not lines:
        return
    body = _body_size(lines)
    groups: list[_Group] = []
    notes: list[_Group] = []
    placed: set[tuple[int, int]] = set()
    spacing = _spacing(lines, body)
    edges = _edges(lines, body)
    vocabulary = _words(lines)
    last: Line | None = None
    for line in lines:
        table = _table_of(line, tables)
        if table is not None:
            if (line.page, table) not in placed:
                placed.add((line.page, table))
                groups.append(_Group("table", [line], rows=tables[line.page][table][1]))
            last = None
            continue
        if _is_note(line, body, notes, last):
            _add_note(notes, line)
            continue
        if (
            last is not None
            and groups
            and groups[-1].kind != "table"
            and _continues(groups[-1], last, line, body, spacing, edges)
        ):
            groups[-1].lines.append(line)
        else:
            groups.append(_start_group(line, body))
        last = line
    _set_levels(groups, body)
    for group in groups:
        _emit(builder, group, vocabulary)
    for note in notes:
        _emit(builder, note, vocabulary)


def _in_margin(line: Line) -> bool:
    middle = (line.y0 + line.y1) / 2
    # What stands outside a cropped page is no running head.
    return 0.88 * line.page_height < middle <= line.page_height or 0 <= middle < 0.1 * line.page_height


def _is_lone_head(line: Line, body: float) -> bool:
    """Small print at the very top that is no sentence: an alternating head stands once in a short document."""
    small = line.size < 0.93 * body and line.y0 > 0.94 * line.page_height
    return small and len(line.text) < 100 and not line.text.endswith(_ENDS)


def _key(text: str) -> str:
    """The line without a page number at either end; inner digits stay, for clock times differ only by them."""
    bare = re.sub(r"\s+", " ", text.lower())
    return re.sub(r"^\W*\d+\b|\b\d+(?: ?(?:/|of) ?\d+)?\W*$", "#", bare)


def _is_number(line: Line) -> bool:
    return (
        len(line.text) <= 16
        and bool(_PAGE_NUMBER.fullmatch(line.text))
        and any(c.isdigit() or c in "ivxl" for c in line.text.lower())
    )


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] or 10.0


def _spacing(lines: list[Line], body: float) -> float:
    """The usual distance between base lines, points."""
    gaps = [a.y0 - b.y0 for a, b in pairwise(lines) if a.page == b.page and 0.5 * body < a.y0 - b.y0 < 3.5 * body]
    if not gaps:
        return 1.3 * body
    return median(sorted(gaps)[: max(len(gaps) * 3 // 4, 1)])


def _edges(lines: list[Line], body: float) -> list[tuple[float, float]]:
    """Columns as (left, right), by where body lines begin and end."""
    wide = [line for line in lines if abs(line.size - body) < 0.8 and len(line.text) > 10]
    starts: Counter[int] = Counter(round(line.x0 / 4) for line in wide)
    columns: list[tuple[float, float]] = []
    for start, count in starts.most_common(12):
        left = 4.0 * start
        if count < max(3, len(wide) // 12) or any(abs(left - l0) < 40 for l0, _ in columns):
            continue
        ends = sorted(line.x1 for line in wide if abs(line.x0 - left) < 6)
        columns.append((left, ends[int(0.9 * (len(ends) - 1))]))
    return sorted(columns)


def _column(line: Line, edges: list[tuple[float, float]]) -> tuple[float, float]:
    fitting = [edge for edge in edges if edge[0] <= line.x0 + 6]
    return max(fitting) if fitting else (line.x0, line.x1)


def _start_group(line: Line, body: float) -> _Group:
    text = line.text
    bullet = _BULLET.match(text)
    if bullet and len(text) > bullet.end():
        return _Group("list_item", [line], 1)
    if _CAPTION.match(text) and len(text) < 120 and (line.bold or line.size <= body) and not text.endswith((".", "。")):
        return _Group("caption", [line])
    if _looks_like_heading(line, body):
        return _Group("heading", [line])
    if _NUMBER.match(text):
        return _Group("list_item", [line], 1)
    return _Group("paragraph", [line])


def _looks_like_heading(line: Line, body: float) -> bool:
    large = line.size > 1.08 * body
    if not (large or line.bold) or len(line.text) > 220:
        return False
    return large or not line.text.rstrip(HYPHEN).endswith((".", "。", ";", "；", ","))


def _continues(
    group: _Group, last: Line, line: Line, body: float, spacing: float, edges: list[tuple[float, float]]
) -> bool:
    if group.kind == "heading":
        same = abs(last.size - line.size) < 0.6 and last.bold == line.bold and last.page == line.page
        return same and 0 < last.y0 - line.y0 < 1.6 * max(last.size, line.size) and not _NUMBER.match(line.text)
    if abs(last.size - line.size) > 0.15 * body or (
        _BULLET.match(line.text) and not last.text.endswith(HYPHEN) and not _is_inner_dash(group, last, line)
    ):
        return False
    if line.bold and not last.bold and _looks_like_heading(line, body):
        return False
    left = _column(line, edges)[0]
    last_right = _column(last, edges)[1]
    if last.page != line.page or line.y0 > last.y0 + 2 * body:
        # A new page or column: the sentence goes on unless it ended, or the new line is indented.
        full = last.x1 > last_right - 3 * body
        if (_NUMBER.match(line.text) and group.kind != "list_item") or _looks_like_heading(line, body):
            return False
        return (
            not last.text.endswith(_ENDS)
            or line.text[:1].islower()
            or (full and bool(_HAN.match(line.text)) and line.x0 < left + 0.8 * body and not last.text.endswith(_ENDS))
        )
    if last.y0 - line.y0 > spacing + 0.3 * body:
        return False
    if group.kind == "list_item":
        first = group.lines[0]
        if _NUMBER.match(line.text) and abs(line.x0 - first.x0) < 4:
            return False
        return line.x0 >= first.x0 - 2 or not last.text.endswith(_ENDS)
    if _NUMBER.match(line.text) and last.text.endswith(_ENDS):
        return False
    indented = line.x0 > left + 0.9 * body and line.x0 > last.x0 + 0.9 * body
    ended = last.text.endswith(_ENDS) and last.x1 < last_right - 4 * body
    return not indented and not (ended and last.y0 - line.y0 > spacing + 0.12 * body)


def _is_inner_dash(group: _Group, last: Line, line: Line) -> bool:
    """A dash that a line break put first: the sentence was going on and the margin is the same."""
    return (
        line.text[0] in "–—"
        and group.kind == "paragraph"
        and not last.text.endswith(_ENDS)
        and (abs(line.x0 - last.x0) < 3 or len(group.lines) == 1 or line.y0 > last.y0)
    )


def _is_note(line: Line, body: float, notes: list[_Group], last: Line | None) -> bool:
    """Small print low on the page that begins with a mark, and the lines that follow it there."""
    if line.size > 0.93 * body:
        return False
    if _NOTE.match(line.text) and (line.y0 < 0.45 * line.page_height):
        return True
    return (
        bool(notes) and notes[-1].lines[-1].page == line.page and 0 < notes[-1].lines[-1].y0 - line.y0 < 2.2 * line.size
    )


def _add_note(notes: list[_Group], line: Line) -> None:
    mark = _NOTE.match(line.text)
    fresh = mark and not (
        notes and notes[-1].lines[-1].page == line.page and line.x0 > notes[-1].lines[0].x0 + 3 * line.size
    )
    if fresh and mark:
        notes.append(_Group("footnote", [line], ref=mark[1].strip("[]")))
    elif notes:
        notes[-1].lines.append(line)


def _set_levels(groups: list[_Group], body: float) -> None:
    """Heading depth by size, the largest first; bold headings of body size come last. List depth by indent."""
    sizes = sorted(
        {round(g.lines[0].size) for g in groups if g.kind == "heading" and g.lines[0].size > 1.08 * body}, reverse=True
    )
    indents: list[float] = []
    for group in groups:
        if group.kind == "heading":
            size = round(group.lines[0].size)
            group.level = min(sizes.index(size) + 1 if size in sizes else len(sizes) + 1, 6)
        elif group.kind == "list_item":
            x = group.lines[0].x0
            while indents and x < indents[-1] - 4:
                indents.pop()
            if not indents or x > indents[-1] + 4:
                indents.append(x)
            group.level = min(len(indents), 6)
        else:
            indents = []


def _emit(builder: Builder, group: _Group, vocabulary: Counter[str]) -> None:
    page = group.lines[0].page
    if group.kind == "table":
        builder.add_table(group.rows, page=page)
        return
    text, seams = _join(group.lines, vocabulary)
    cut = _BULLET.match(text) if group.kind == "list_item" else _NOTE.match(text) if group.kind == "footnote" else None
    if cut:
        text = text[cut.end() :]
        seams = tuple((max(offset - cut.end(), 0), number) for offset, number in seams)
    builder.add(group.kind, text, group.level, group.ref, page, seams)  # type: ignore[arg-type]


def _join(lines: list[Line], vocabulary: Counter[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Lines as one text, and where new pages begin in it."""
    text, seams, page = lines[0].text, [], lines[0].page
    for line in lines[1:]:
        if text.endswith((HYPHEN, "-")) and len(text) > 1 and text[-2].isalpha():
            text = _join_hyphen(text, line.text, vocabulary)
        elif _HAN.match(text[-1]) or _HAN.match(line.text[0]) or _is_han_quote(text, line.text):
            pass
        elif not re.search(r"\S[—/–]\Z", text) or not line.text[:1].isalnum():
            text += " "
        if line.page != page:
            seams.append((len(text), line.page))
            page = line.page
        text += line.text
    return text.replace(HYPHEN, ""), tuple(seams)


def _is_han_quote(text: str, following: str) -> bool:
    """Whether a quotation mark at the seam stands beside a Han character: no space belongs there."""
    return (text[-1] in "”’" and bool(_HAN.match(text[-2:-1]))) or (
        following[0] in "“‘" and bool(_HAN.match(following[1:2]))
    )


def _join_hyphen(text: str, following: str, vocabulary: Counter[str]) -> str:
    """The hyphen goes, unless the compound or its capital speaks for it."""
    left = re.search(r"[A-Za-zÀ-ÿ.’'-]+\Z", text[:-1])
    right = re.match(r"[A-Za-zÀ-ÿ’'-]+", following)
    if not left or not right:
        return text[:-1] + "-"
    compound, whole = f"{left[0]}-{right[0]}".lower(), f"{left[0]}{right[0]}".lower()
    if vocabulary[whole] and vocabulary[whole] >= vocabulary[compound]:
        return text[:-1]
    keep = vocabulary[compound] > 0 or right[0][0].isupper() or following[:1].isdigit()
    keep = keep or (vocabulary[left[0].lower()] > 0 and vocabulary[right[0].lower()] > 0 and len(left[0]) > 2)
    return text[:-1] + ("-" if keep else "")


def _words(lines: list[Line]) -> Counter[str]:
    """How often each word stands inside a line, where no line end can have cut it."""
    counter: Counter[str] = Counter()
    for line in lines:
        found = re.findall(r"[A-Za-zÀ-ÿ.’'-]+", line.text)
        counter.update(word.lower().strip(".") for word in found[1:-1])
    return counter


def _table_of(
    line: Line, tables: dict[int, list[tuple[tuple[float, float, float, float], tuple[tuple[str, ...], ...]]]]
) -> int | None:
    """Index of the table on the line's page whose box (left, top, right, bottom from above) holds it."""
    middle_x, middle_y = (line.x0 + line.x1) / 2, line.page_height - (line.y0 + line.y1) / 2
    for index, ((x0, top, x1, bottom), _) in enumerate(tables.get(line.page, [])):
        if x0 - 2 <= middle_x <= x1 + 2 and top - 2 <= middle_y <= bottom + 2:
            return index
    return None
