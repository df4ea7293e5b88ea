"""A paper printed to text with a blank line after every line of its body.

What such a print tells by its spacing: body lines stand alone; consecutive lines without a blank one
between them are boxes, footnotes, tables and abstracts; a line that begins with a form feed or a
single space begins a page. A side piece that cuts a sentence is lifted out, behind the paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.extract.build import Builder
from pipeline.extract.hanspace import close_spaces, display_width
from pipeline.records import Extraction

_NOTE = re.compile(r"([①-⑳]|\[\d{1,2}\]|[*†‡])\s*(?=\S)")
_MARK = re.compile(r"\s*[①-⑳]\s*")
_CAPTION = re.compile(r"([表图圖])\s*(\d{1,2})(?=[\s\u3000:：.]|[^\d所中的，。可看])|(Table|Figure)\s+(\d{1,2})\b")
_SOURCE = re.compile(r"(?:资料来源|資料來源|数据来源|數據來源|来源|注|Sources?|Notes?)\s*[:：]")
_LABEL = re.compile(r"(?:摘\s*要|关\s*键\s*词|關\s*鍵\s*詞|Abstract|Key\s?words|JEL)\s*[:：]", re.I)
_HEADINGS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、\s*\S"),
    re.compile(r"[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*\S"),
    re.compile(r"\d{1,2}\s*[.．、]\s*(?=[^\d\s])"),
)
_ENDS = ("。", "！", "？", "：", "；", ".", "!", "?", "”", "…")
_STOPS = ("。", "！", "？", "；", "，", ".", ",", ";", "：", ":")
_ITEM = re.compile(
    r"[(（]\s*\d{1,2}\s*[)）]|第[一二三四五六七八九十\d]{1,3}[^\s，。]{0,4}组|第[一二三四五六七八九十\d]{1,3}工作组|[•·▪-]\s"
)
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”]")


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines with no blank line between them. ``page`` is that of the first."""

    lines: tuple[str, ...]
    page: int


def extract_printed(text: str) -> Extraction:
    """Body paragraphs, headings, boxes, notes, captions and tables of a double-spaced print."""
    every = _split_runs(text)
    runs = _drop_running(every)
    reader = _Reader(runs)
    reader.read()
    head = _find_running_head(every, runs)
    return reader.builder.finish("text/plain", "printed", {"running_head": head} if head else {})


def _find_running_head(every: list[_Run], kept: list[_Run]) -> str:
    """The longest part of the dropped line that recurs most: beside the authors it is mostly the title."""
    left = {id(run) for run in kept}
    dropped = Counter(run.lines[0] for run in every if id(run) not in left and len(run.lines[0]) >= 10)
    if not dropped:
        return ""
    parts = re.split(r"\s{2,}|\t|[:：](?=\s)", max(dropped, key=lambda line: (dropped[line], len(line))))
    return close_spaces(max(parts, key=len))


def _split_runs(text: str) -> list[_Run]:
    runs: list[_Run] = []
    current: list[str] = []
    page = begun = 1
    for raw in text.split("\n"):
        seam = "\f" in raw or (raw[:1] == " " and raw[1:2] not in ("", " ", "\t"))
        if current and (seam or not raw.strip()):
            runs.append(_Run(tuple(current), begun))
            current = []
        if seam and runs:
            page += 1
        if raw.strip():
            if not current:
                begun = page
            current.append(raw.strip("\f \t\u00a0"))
    if current:
        runs.append(_Run(tuple(current), begun))
    return runs


def _drop_running(runs: list[_Run]) -> list[_Run]:
    """Without lines that stand alone more than once (running heads) and bare page numbers."""
    counts = Counter(close_spaces(run.lines[0]) for run in runs if len(run.lines) == 1)

    def is_running(run: _Run) -> bool:
        line = close_spaces(run.lines[0])
        if len(run.lines) > 1:
            return False
        if re.fullmatch(r"[-–—·\s]*\d{1,4}[-–—·\s]*", line):
            return True
        return (
            counts[line] > 1
            and len(line) >= 8
            and not line.endswith(_STOPS)
            and not _SOURCE.match(line)
            and not _CAPTION.match(line)
        )

    return [run for run in runs if not is_running(run)]


class _Reader:
    """Goes through the runs; ``pending`` is the paragraph being built, ``aside`` what waits behind it."""

    def __init__(self, runs: list[_Run]) -> None:
        self.runs = runs
        self.builder = Builder()
        self.pending = ""
        self.page = 1
        self.seams: list[tuple[int, int]] = []
        self.aside: list[Callable[[], None]] = []
        widths = sorted(display_width(close_spaces(run.lines[0])) for run in runs if len(run.lines) == 1)
        self.width = widths[int(0.7 * (len(widths) - 1))] if widths else 40.0

    def read(self) -> None:
        position = 0
        while position < len(self.runs):
            run = self.runs[position]
            first = close_spaces(run.lines[0])
            caption = _CAPTION.match(first)
            if caption and self._is_caption(run, first):
                position = self._take_captioned(position, is_table=first[0] == "表" or first.startswith("Table"))
                continue
            position += 1
            if _NOTE.match(first):
                self._take_notes(run)
            elif _SOURCE.match(first):
                self._later("caption", _join_lines(run.lines), run.page)
            elif len(run.lines) > 1 or (
                not _HAN.search(first) and len(first.split()) >= 4 and self.pending and _HAN.search(self.pending[-3:])
            ):
                self._take_box(run)
            else:
                self._take_body(first, run.page)
        self._flush()

    def _is_caption(self, run: _Run, first: str) -> bool:
        return len(first) <= 60 and not first.endswith(("。", "，", "；"))

    def _take_body(self, line: str, page: int) -> None:
        level = self._heading_level(line)
        if level:
            self._flush()
            self.builder.add("heading", line, level, page=page)
            return
        line = _MARK.sub("", line)
        if not line:
            return
        if not self.pending:
            self.page, self.seams = page, []
        elif page != (self.seams[-1][1] if self.seams else self.page):
            self.seams.append((len(self.pending), page))
        self.pending = _glue(self.pending, line)
        if line.endswith(_ENDS) and display_width(line) < self.width - 2.5:
            self._flush()

    def _heading_level(self, line: str) -> int:
        if self.pending and not self.pending.endswith(_ENDS):
            return 0
        if line.endswith(_STOPS) or display_width(line) > self.width - 3:
            return 0
        return next((level for level, pattern in enumerate(_HEADINGS, 1) if pattern.match(line)), 0)

    def _take_notes(self, run: _Run) -> None:
        notes: list[list[str]] = []
        for line in run.lines:
            if _NOTE.match(line) or not notes:
                notes.append([])
            notes[-1].append(line)
        for note in notes:
            text = _join_lines(tuple(note))
            mark = _NOTE.match(text)
            ref, body = (mark[1], text[mark.end() :]) if mark else ("", text)
            self._later("footnote", body, run.page, ref=ref)

    def _take_box(self, run: _Run) -> None:
        """A tight run outside tables: labelled pieces apart, a title without a full stop as a heading."""
        pieces: list[list[str]] = [[]]
        for line in run.lines:
            if _LABEL.match(line) and pieces[-1]:
                pieces.append([])
            pieces[-1].append(line)
        for piece in pieces:
            text = _MARK.sub("", _join_lines(tuple(piece)))
            titled = len(text) < 250 and not text.endswith(_ENDS) and not _LABEL.match(text) and not _HAN.search(text)
            self._later("heading" if titled else "quote", text, run.page, 1 if titled else 0)

    def _take_captioned(self, position: int, *, is_table: bool) -> int:
        """A caption with what belongs to it; returns the position behind."""
        run = self.runs[position]
        caption = close_spaces(run.lines[0])
        self._later("caption", caption, run.page)
        body: list[tuple[str, ...]] = [run.lines[1:]] if len(run.lines) > 1 else []
        position += 1
        source = ""
        while position < len(self.runs) and (is_table or not source):
            following = self.runs[position]
            first = close_spaces(following.lines[0])
            if _SOURCE.match(first):
                source = _join_lines(following.lines)
                position += 1
                break
            if not is_table or self._is_body(following, first):
                break
            body.append(following.lines)
            position += 1
        rows = read_rows(body) if is_table else ()
        if rows:
            self.aside.append(lambda: self.builder.add_table(rows, caption, run.page))
        if source:
            self._later("caption", source, run.page)
        return position

    def _is_body(self, run: _Run, first: str) -> bool:
        alone = len(run.lines) == 1
        return alone and (
            bool(_NOTE.match(first))
            or self._heading_level(first) > 0
            or (display_width(first) > 0.8 * self.width and len(first.split()) < 3)
        )

    def _later(self, kind: str, text: str, page: int, level: int = 0, ref: str = "") -> None:
        self.aside.append(lambda: self.builder.add(kind, text, level, ref, page))  # type: ignore[arg-type]
        if not self.pending:
            self._flush()

    def _flush(self) -> None:
        if self.pending:
            self.builder.add("paragraph", self.pending, page=self.page, seams=tuple(self.seams))
        self.pending = ""
        for add in self.aside:
            add()
        self.aside = []


def read_rows(runs: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Table rows from runs of lines: the first line is the head and gives the number of columns.

    A line with one token a column is a row; other runs are cells, that many making a row. The items
    of a cell (numbered alike) stand on lines of their own.
    """
    lines = [run for run in runs if run]
    if not lines:
        return ()
    head = tuple(lines[0][0].split())
    columns = max(len(head), 1)
    lines[0] = lines[0][1:]
    rows: list[tuple[str, ...]] = [head]
    cells: list[str] = []
    for run in filter(None, lines):
        split = [line.split() for line in run]
        if not cells and columns > 1 and all(len(tokens) == columns for tokens in split):
            rows += [tuple(tokens) for tokens in split]
            continue
        closed = [close_spaces(line) for line in run]
        cells.append(_join_cell(closed))
        if len(cells) == columns:
            rows.append(tuple(cells))
            cells = []
    if cells:
        rows.append(tuple(cells + [""] * (columns - len(cells))))
    return tuple(rows)


def _join_cell(lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        if items and not _ITEM.match(line):
            items[-1] = _glue(items[-1], line)
        else:
            items.append(line)
    return "\n".join(items)


def _join_lines(lines: tuple[str, ...]) -> str:
    text = ""
    for line in lines:
        text = _glue(text, close_spaces(line))
    return close_spaces(text)


def _glue(left: str, right: str) -> str:
    """Two printed lines as one: no space at Han characters, none inside addresses."""
    if not left or not right:
        return left + right
    if _HAN.match(left[-1]) or _HAN.match(right[0]):
        return left + right
    if left[-1] in "-/" or re.search(r"https?://\S*\Z", left):
        return left + right
    return f"{left} {right}"
