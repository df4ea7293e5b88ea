"""Printed lines to paragraphs, headings, list items, captions, tables and notes."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.extract.build import Builder
from pipeline.extract.hyphens import read_vocabulary
from pipeline.extract.pdfchars import HYPHEN
from pipeline.extract.pdfgroups import BULLET, HAN, NOTE, Group, emit_group
from pipeline.extract.pdfheads import LEADER, looks_like_heading, settle_headings
from pipeline.extract.pdflines import Line
from pipeline.extract.pdfrunning import SENTENCE_ENDS, body_size, line_spacing
from pipeline.extract.pdftables import Tables

_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
_CAPTION = re.compile(r"(?:(?:Table|Figure|Fig\.|Box)\s*\d+[.:]?\s|[图圖表]\s*\d+)")
_SOURCE = re.compile(r"(?:资料来源|資料來源|数据来源|數據來源|来源|來源|Sources?)\s*[:：]")
_ENDS = (*SENTENCE_ENDS, ":", ";", "：", "；")
_ASIDE = frozenset({"table", "caption"})


def build_blocks(lines: list[Line], builder: Builder, tables: Tables) -> None:
    """Lines in reading order to blocks; the lines of ``tables`` are left out, their rows stand in their place."""
    if not lines:
        return
    grouper = _Grouper(lines, tables)
    for line in lines:
        grouper.take(line)
    settle_headings(grouper.groups, grouper.body)
    vocabulary = read_vocabulary([line.text for line in lines], HYPHEN + "-")
    _name_tables(grouper.groups)
    for group in (*grouper.groups, *grouper.notes):
        emit_group(builder, group, vocabulary)


class _Grouper:
    """Lines one after another into groups; notes apart."""

    def __init__(self, lines: list[Line], tables: Tables) -> None:
        self.body = body_size(lines)
        self.spacing = line_spacing(lines)
        self.edges = _edges(lines, self.body)
        self.tables = tables
        self.groups: list[Group] = []
        self.notes: list[Group] = []
        self.placed: set[tuple[int, int]] = set()
        self.last: Line | None = None

    def take(self, line: Line) -> None:
        table = _table_of(line, self.tables)
        if table is not None:
            if (line.page, table) not in self.placed:
                self.placed.add((line.page, table))
                if rows := self.tables[line.page][table][1]:
                    self.groups.append(Group("table", [line], rows=rows))
            self.last = None
            return
        if _is_note(line, self.body, self.notes):
            _add_note(self.notes, line)
            return
        if self.last is not None and self.groups and self._continues(self.groups[-1], self.last, line):
            self.groups[-1].lines.append(line)
        else:
            self._start(line)
        self.last = line

    def _start(self, line: Line) -> None:
        group = _start_group(line, self.body)
        cut = self._find_cut_paragraph(line) if group.kind == "paragraph" else None
        if cut is None:
            self.groups.append(group)
            return
        # What cut the sentence in two goes behind it.
        self.groups.remove(cut)
        cut.lines.append(line)
        self.groups.append(cut)

    def _find_cut_paragraph(self, line: Line) -> Group | None:
        """The paragraph in the midst of a sentence that a table, a caption or a box in other print parted from this line."""
        position = len(self.groups) - 1
        while position >= 0 and (self.groups[position].kind in _ASIDE or self._is_box(self.groups[position])):
            position -= 1
        if position < 0 or position == len(self.groups) - 1:
            return None
        cut = self.groups[position]
        if cut.kind not in ("paragraph", "list_item") or self._is_box(cut) or abs(cut.last.size - line.size) > 0.3:
            return None
        goes_on = line.text[:1].islower() or (bool(HAN.match(line.text)) and not self._is_indented(line))
        return cut if goes_on and not cut.last.text.endswith(_ENDS) else None

    def _is_box(self, group: Group) -> bool:
        return group.kind == "paragraph" and abs(group.first.size - self.body) > 0.4

    def _is_indented(self, line: Line) -> bool:
        return line.x0 > _column(line, self.edges)[0] + 0.9 * self.body

    def _continues(self, group: Group, last: Line, line: Line) -> bool:
        body = self.body
        if group.kind == "table" or LEADER.search(last.text) or _SOURCE.match(line.text):
            return False
        if group.kind == "heading":
            same = abs(last.size - line.size) < 0.6 and last.bold == line.bold and last.page == line.page
            return same and 0 < last.y0 - line.y0 < 1.8 * max(last.size, line.size) and not _NUMBER.match(line.text)
        if group.kind == "caption" and (abs(last.size - line.size) > 0.3 or last.bold != line.bold):
            return False
        if abs(last.size - line.size) > 0.15 * body or (
            BULLET.match(line.text) and not last.text.endswith(HYPHEN) and not _is_inner_dash(group, last, line)
        ):
            return False
        if line.bold and not last.bold and looks_like_heading(line, body):
            return False
        if last.page != line.page or line.y0 > last.y0 + 2 * body:
            return self._continues_elsewhere(group, last, line)
        return self._continues_below(group, last, line)

    def _continues_elsewhere(self, group: Group, last: Line, line: Line) -> bool:
        """On a new page or column: the sentence goes on unless it ended."""
        if group.kind == "caption" or (_NUMBER.match(line.text) and group.kind != "list_item"):
            return False
        if looks_like_heading(line, self.body):
            return False
        if line.text[:1].islower():
            return True
        full = last.x1 > _column(last, self.edges)[1] - 3 * self.body
        return not last.text.endswith(_ENDS) or (last.text.endswith((";", "；")) and full)

    def _continues_below(self, group: Group, last: Line, line: Line) -> bool:
        body, (left, _), last_right = self.body, _column(line, self.edges), _column(last, self.edges)[1]
        if last.y0 - line.y0 > self.spacing + 0.3 * body:
            return False
        if group.kind == "caption":
            return last.x1 > last_right - 3 * body
        if group.kind == "list_item":
            if self._is_forced_break(group, last, line, last_right):
                return False
            first = group.first
            if _NUMBER.match(line.text) and abs(line.x0 - first.x0) < 4:
                return False
            return line.x0 >= first.x0 - 2 or not last.text.endswith(_ENDS)
        if _NUMBER.match(line.text) and last.text.endswith(_ENDS):
            return False
        if self._is_forced_break(group, last, line, last_right):
            return False
        indented = line.x0 > left + 0.9 * body and line.x0 > last.x0 + 0.9 * body
        ended = last.text.endswith(_ENDS) and last.x1 < last_right - 4 * body
        return not indented and not (ended and last.y0 - line.y0 > self.spacing + 0.12 * body)

    def _is_forced_break(self, group: Group, last: Line, line: Line, right: float) -> bool:
        """A line that ends although the next word had room: items and lines of their own, whose marks may be drawn."""
        if line.text[:1].islower() or HAN.match(line.text) or last.text.endswith(("-", HYPHEN)):
            return False
        margin = 2.0 if len(group.lines) > 1 and last.text.endswith(_ENDS) else 6.0
        right = max(x.x1 for x in group.lines) if len(group.lines) > 1 else right
        word = 0.6 * line.size * len(line.text.split(" ", 1)[0])
        return right - last.x1 > word + margin * self.body


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


def _start_group(line: Line, body: float) -> Group:
    text = line.text
    bullet = BULLET.match(text)
    if bullet and len(text) > bullet.end():
        return Group("list_item", [line], 1)
    titled = _CAPTION.match(text) and len(text) < 120 and not text.endswith((".", "。"))
    if _SOURCE.match(text) or (titled and (line.bold or line.size <= body)):
        return Group("caption", [line])
    if looks_like_heading(line, body):
        return Group("heading", [line])
    return Group("list_item", [line], 1) if _NUMBER.match(text) else Group("paragraph", [line])


def _name_tables(groups: list[Group]) -> None:
    """Each table has the caption above it, else the one below, as its title."""
    for position, group in enumerate(groups):
        if group.kind == "table":
            beside = [g for g in groups[max(position - 1, 0) : position + 2] if g.kind == "caption"]
            titles = [g.first.text for g in beside if _CAPTION.match(g.first.text)]
            group.title = titles[0] if titles else ""


def _is_inner_dash(group: Group, last: Line, line: Line) -> bool:
    """A dash that a line break put first: the sentence was going on and the margin is the same."""
    return (
        line.text[0] in "–—"
        and group.kind == "paragraph"
        and not last.text.endswith(_ENDS)
        and (abs(line.x0 - last.x0) < 3 or len(group.lines) == 1 or line.y0 > last.y0)
    )


def _is_note(line: Line, body: float, notes: list[Group]) -> bool:
    """Small print low on the page that begins with a mark, and the lines that follow it there."""
    if line.size > 0.93 * body:
        return False
    if NOTE.match(line.text) and (line.y0 < 0.45 * line.page_height):
        return True
    return (
        bool(notes) and notes[-1].lines[-1].page == line.page and 0 < notes[-1].lines[-1].y0 - line.y0 < 2.2 * line.size
    )


def _add_note(notes: list[Group], line: Line) -> None:
    mark = NOTE.match(line.text)
    fresh = mark and not (
        notes and notes[-1].lines[-1].page == line.page and line.x0 > notes[-1].lines[0].x0 + 3 * line.size
    )
    if fresh and mark:
        notes.append(Group("footnote", [line], ref=mark[1].strip("[]")))
    elif notes:
        notes[-1].lines.append(line)


def _table_of(line: Line, tables: Tables) -> int | None:
    """Index of the table on the line's page whose box (left, top, right, bottom from above) holds it."""
    middle_x, middle_y = (line.x0 + line.x1) / 2, line.page_height - (line.y0 + line.y1) / 2
    for index, ((x0, top, x1, bottom), _) in enumerate(tables.get(line.page, [])):
        if x0 - 2 <= middle_x <= x1 + 2 and top - 2 <= middle_y <= bottom + 2:
            return index
    return None
