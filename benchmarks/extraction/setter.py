"""A small typesetter that knows on which page every character went: columns, notes, hyphens, running heads.

Blocks are set line by line on a reportlab canvas, so that a reading can be held against the page of
each sentence, and line-end hyphens and footnotes fall as they do in journals.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

Pieces = list[tuple[str, int, str]]
Seams = list[list[tuple[int, int]]]
"""For each piece: (offset in its text, page on which it goes on from there)."""
_SYLLABLE = re.compile(r"[aeiouy][bcdfghjklmnpqrstvwxz]")
_TOKEN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]|[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+|\s+")
_NO_START = "，。！？；：、）」』”’》】"


@dataclass(frozen=True)
class Layout:
    """Sizes in points. ``hyphens``: the characters taken in turn at cut words; none means no cutting."""

    columns: int = 1
    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    size: float = 10.0
    margin: float = 60.0
    gutter: float = 20.0
    heads: tuple[str, ...] = ()
    foot: str = "{page}"
    hyphens: str = ""
    notes: tuple[str, ...] = ()
    note_marks: str = ""
    notes_every: int = 6
    indent: float = 0.0
    gap: float = 0.6


@dataclass
class _Page:
    canvas: Any
    layout: Layout
    number: int = 0
    column: int = 0
    y: float = 0.0
    floor: float = 0.0
    waiting: list[tuple[str, list[str]]] = field(default_factory=list)
    width: float = 595.0
    height: float = 842.0

    @property
    def measure(self) -> float:
        lay = self.layout
        return (self.width - 2 * lay.margin - lay.gutter * (lay.columns - 1)) / lay.columns

    @property
    def left(self) -> float:
        return self.layout.margin + self.column * (self.measure + self.layout.gutter)

    def open_page(self) -> None:
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.column = 0
        self._open_column()
        lay = self.layout
        if lay.heads:
            self.canvas.setFont(lay.font, 8)
            self.canvas.drawString(lay.margin, self.height - 36, lay.heads[self.number % len(lay.heads)])
        if lay.foot:
            self.canvas.setFont(lay.font, 8)
            self.canvas.drawCentredString(self.width / 2, 28, lay.foot.format(page=self.number))

    def _open_column(self) -> None:
        self.y, self.floor = self.height - self.layout.margin, self.layout.margin

    def need(self, height: float) -> None:
        """Go to the next column or page where the height is not free."""
        if self.y - height >= self.floor:
            return
        self.finish_column()
        if self.column + 1 < self.layout.columns:
            self.column += 1
            self._open_column()
        else:
            self.open_page()

    def finish_column(self) -> None:
        """Set the notes of the column at its foot."""
        size = 0.8 * self.layout.size
        y = self.floor - 1.2 * size
        if self.waiting:
            self.canvas.line(self.left, self.floor - 2, self.left + 60, self.floor - 2)
        for mark, lines in self.waiting:
            for position, line in enumerate(lines):
                self.canvas.setFont(self.layout.font, size)
                self.canvas.drawString(self.left, y, f"{mark} {line}" if position == 0 else line)
                y -= 1.2 * size
        self.waiting = []


def typeset(pieces: Pieces, layout: Layout) -> tuple[bytes, Seams]:
    """The PDF, and for each piece on which page it stands from which offset on."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    page = _Page(Canvas(buffer, pagesize=(595, 842), invariant=1), layout)
    page.open_page()
    seams: Seams = []
    noted = 0
    for position, (kind, level, text) in enumerate(pieces):
        note = ""
        if layout.notes and kind == "paragraph" and position % layout.notes_every == layout.notes_every - 1:
            note = layout.note_marks[noted % len(layout.note_marks)] if layout.note_marks else str(noted + 1)
            _reserve_note(page, note, layout.notes[noted % len(layout.notes)])
            noted += 1
        seams.append(_set_piece(page, kind, level, " ".join(text.split()), note, position))
    page.finish_column()
    page.canvas.save()
    return buffer.getvalue(), seams


def _reserve_note(page: _Page, mark: str, text: str) -> None:
    size = 0.8 * page.layout.size
    lines = [line for line, _, _ in break_lines(f"{text}", page.layout.font, size, page.measure - 12, "")]
    height = 1.2 * size * len(lines) + 3
    page.need(height + 4 * page.layout.size)
    page.waiting.append((mark, lines))
    page.floor += height


def _set_piece(page: _Page, kind: str, level: int, text: str, note: str, position: int) -> list[tuple[int, int]]:
    layout = page.layout
    heading = kind == "heading"
    size = layout.size + max(0, 5 - level) if heading else layout.size
    font = layout.bold if heading else layout.font
    listed = kind == "list_item" and not re.match(r"\(?\w{1,4}[.)]\s", text)
    indent = 16.0 if listed else 0.0
    first = layout.indent if kind == "paragraph" else 0.0
    lines = break_lines(text, font, size, page.measure - indent, layout.hyphens if not heading else "", first, position)
    leading = 1.25 * size
    page.need(leading * min(len(lines), 4) if heading else leading)
    if heading:
        page.need(leading * len(lines) + 3 * layout.size)
    seams: list[tuple[int, int]] = []
    for number, (line, offset, last) in enumerate(lines):
        page.need(leading)
        if not seams or seams[-1][1] != page.number:
            seams.append((offset, page.number))
        page.y -= leading
        x = page.left + indent + (first if number == 0 else 0)
        if listed and number == 0:
            page.canvas.setFont("Times-Roman", size)
            page.canvas.drawString(page.left + 4, page.y, "•")
        _draw(
            page,
            line,
            x,
            font,
            size,
            page.left + page.measure - x,
            justify=layout.columns > 1 and not last and not heading,
        )
        if last and note:
            page.canvas.setFont(layout.font, 0.6 * size)
            end = x + page.canvas.stringWidth(line, font, size)
            page.canvas.drawString(end, page.y + 0.35 * size, note)
    page.y -= layout.gap * layout.size
    return seams


def _draw(page: _Page, line: str, x: float, font: str, size: float, room: float, *, justify: bool) -> None:
    page.canvas.setFont(font, size)
    spaces = line.count(" ")
    natural = page.canvas.stringWidth(line, font, size)
    text = page.canvas.beginText(x, page.y)
    text.setFont(font, size)
    if justify and spaces and 0 < room - natural < 0.35 * room and font.startswith(("Times", "Helvetica")):
        text.setWordSpace((room - natural) / spaces)
    text.textOut(line)
    page.canvas.drawText(text)


def break_lines(
    text: str, font: str, size: float, width: float, hyphens: str, first: float = 0.0, turn: int = 0
) -> list[tuple[str, int, bool]]:
    """(line, offset of its first character, whether it is the last)."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[tuple[str, int]] = []
    current, begun, room = "", 0, width - first
    for match in _TOKEN.finditer(text):
        token, at = match[0], match.start()
        while stringWidth((current + token).rstrip(), font, size) > room and current.strip() and token not in _NO_START:
            cut = _cut(token, room - stringWidth(current, font, size), font, size) if hyphens else 0
            if cut:
                lines.append((current + token[:cut] + hyphens[(turn + len(lines)) % len(hyphens)], begun))
                token, at = token[cut:], at + cut
            else:
                lines.append((current.rstrip(), begun))
            current, room, begun = "", width, at
        if not current:
            begun = at
            if token.isspace():
                continue
        current += token
    lines.append((current.rstrip(), begun))
    return [(line, offset, n == len(lines) - 1) for n, (line, offset) in enumerate(lines)]


def _cut(word: str, room: float, font: str, size: float) -> int:
    """Where to cut a word of letters so that its first part and a hyphen fit; 0 for nowhere."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    plain = word.rstrip(".,;:!?)")
    if not plain.isalpha() or len(plain) < 7 or plain[1:].lower() != plain[1:]:
        return 0
    cuts = [m.start() + 1 for m in _SYLLABLE.finditer(plain) if 2 <= m.start() + 1 <= len(plain) - 3]
    fitting = [cut for cut in cuts if stringWidth(word[:cut] + "-", font, size) <= room]
    return fitting[-1] if fitting else 0
