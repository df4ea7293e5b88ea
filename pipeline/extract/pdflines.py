"""A PDF page as printed lines with their boxes, from pdfium's characters."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

HYPHEN = "\u00ad"
"""Stands at the end of a line that was broken inside a word."""
_WIDE_GAP = 1.5
"""Of the print's size: wider than the spaces of justified lines."""
_LINE_ENDS = "\r\n"
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals that Unicode does not decompose, though fonts give them for the whole character."""
_MARK = re.compile(r"[\d①-⑳*†‡\s,]{1,6}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line between wide gaps, as a cell of a table without ruled lines."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. Points from the lower left corner of the page; ``size`` is that of most characters."""

    text: str
    page: int
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool
    page_width: float
    page_height: float
    pieces: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(slots=True)
class _Char:
    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool


def read_lines(page: Any, number: int) -> list[Line]:
    """The lines of a pdfium page in the order of its text, which is the reading order of nearly all PDFs."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text_page)
        box = [ctypes.c_double() for _ in range(4)]
        matrix = raw.FS_MATRIX()
        buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        lines: list[Line] = []
        current: list[_Char] = []
        for index in range(max(count, 0)):
            value = raw.FPDFText_GetUnicode(text_page, index)
            char = _to_text(value)
            if char and char in _LINE_ENDS:
                _finish(lines, current, number, width, height)
                current = []
                continue
            if not char:
                continue
            raw.FPDFText_GetCharBox(text_page, index, *box)
            x0, x1, y0, y1 = (item.value for item in box)
            size = _real_size(raw, text_page, index, matrix)
            heavy = (char.isalnum() and raw.FPDFText_GetFontWeight(text_page, index) >= 600) or _is_bold_name(
                raw, text_page, index, current, char, buffer, flags
            )
            # A jump back to the left or far away in height is a new line that pdfium did not mark.
            if current and char.strip() and current[-1].text.strip() and _jumps(current[-1], x0, y0, y1, size):
                _finish(lines, current, number, width, height)
                current = []
            current.append(_Char(char, x0, x1, y0, y1, abs(size), heavy))
        _finish(lines, current, number, width, height)
    finally:
        text_page.close()
    return _join_pieces(lines)


def resolve_compatible(text: str) -> str:
    """Ligatures and the compatibility radicals of CJK fonts as plain characters; all else stays."""
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0].translate(_RADICALS)), text)


def _to_text(value: int) -> str:
    if value in (0x02, 0xFFFE, 0xAD):
        return HYPHEN
    if value == 0 or value > 0x10FFFF or 0xD800 <= value < 0xE000:
        return ""
    char = chr(value)
    if _COMPATIBLE.match(char):
        return resolve_compatible(char)
    return " " if char in "\u00a0\t\u2007\u202f" else char


def _real_size(raw: Any, text_page: Any, index: int, matrix: Any) -> float:
    """Size on the page: many files set a font of size 1 and scale it."""
    size = float(raw.FPDFText_GetFontSize(text_page, index))
    if raw.FPDFText_GetMatrix(text_page, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5
    return abs(size)


_bold_cache: dict[str, bool] = {}


def _is_bold_name(
    raw: Any, text_page: Any, index: int, current: list[_Char], char: str, buffer: Any, flags: Any
) -> bool:
    """Bold by the font's name, asked once for each run of a size."""
    if not char.isalnum():
        return bool(current) and current[-1].bold
    raw.FPDFText_GetFontInfo(text_page, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    if name not in _bold_cache:
        _bold_cache[name] = bool(re.search(r"bold|black|heavy|semibd|demi", name))
    return _bold_cache[name]


def _jumps(last: _Char, x0: float, y0: float, y1: float, size: float) -> bool:
    middle = (y0 + y1) / 2
    off = min(abs(middle - last.y0), abs(middle - last.y1), abs(middle - (last.y0 + last.y1) / 2))
    return off > 1.2 * max(last.size, abs(size), 1.0) or x0 < last.x0 - 6 * max(last.size, 1.0)


def _finish(lines: list[Line], chars: list[_Char], number: int, width: float, height: float) -> None:
    visible = [c for c in chars if c.text.strip() and c.text != HYPHEN]
    if not visible:
        return
    size = Counter(round(c.size, 1) for c in visible).most_common(1)[0][0]
    base = sorted(c.y0 for c in visible if round(c.size, 1) == size)[
        len(visible) // 2 if len(visible) // 2 < sum(round(c.size, 1) == size for c in visible) else 0
    ]
    kept = _drop_marks(chars, size, base)
    text = re.sub(r" {2,}", " ", "".join(c.text for c in kept)).strip()
    if not text:
        return
    solid = [c for c in visible if c.text.isalnum()] or visible
    lines.append(
        Line(
            text, number, min(c.x0 for c in visible), max(c.x1 for c in visible), min(c.y0 for c in visible),
            max(c.y1 for c in visible), size, sum(c.bold for c in solid) * 10 >= 9 * len(solid), width, height,
            _split_pieces(kept, size),
        )
    )  # fmt: skip


def _split_pieces(chars: list[_Char], size: float) -> tuple[Piece, ...]:
    pieces: list[list[_Char]] = []
    right = 0.0
    for char in chars:
        if not char.text.strip() and not pieces:
            continue
        if not pieces or (char.text.strip() and char.x0 - right > _WIDE_GAP * size):
            pieces.append([])
        pieces[-1].append(char)
        right = char.x1 if char.text.strip() else right
    return tuple(
        Piece(text, min(c.x0 for c in piece), max(c.x1 for c in piece if c.text.strip()))
        for piece in pieces
        if (text := re.sub(r" {2,}", " ", "".join(c.text for c in piece)).strip())
    )


def _drop_marks(chars: list[_Char], size: float, base: float) -> list[_Char]:
    """Without raised small footnote marks inside the line; one that begins a note stays."""
    kept: list[_Char] = []
    for position, char in enumerate(chars):
        raised = char.size < 0.8 * size and char.y0 > base + 0.15 * size and _MARK.fullmatch(char.text)
        if raised and any(c.text.strip() for c in chars[:position] if c.size >= 0.8 * size):
            continue
        kept.append(char)
    return kept


def _join_pieces(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line that follow one another on the same height with a small gap."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and _same_line(last, line):
            glue = (
                ""
                if line.x0 - last.x1 < 0.15 * last.size or (_is_han(last.text[-1]) and _is_han(line.text[0]))
                else " "
            )
            joined[-1] = replace(
                last, text=last.text + glue + line.text, x1=max(last.x1, line.x1), y0=min(last.y0, line.y0),
                y1=max(last.y1, line.y1), pieces=last.pieces + line.pieces, size=last.size if len(last.text) >= len(line.text) else line.size, bold=last.bold and line.bold,
            )  # fmt: skip
        else:
            joined.append(line)
    return joined


def _same_line(last: Line, line: Line) -> bool:
    overlap = min(last.y1, line.y1) - max(last.y0, line.y0)
    close = -0.5 * last.size < line.x0 - last.x1 < 1.6 * max(last.size, line.size)
    return overlap > 0.4 * min(last.height, line.height) and close and not last.text.endswith(HYPHEN)


def _is_han(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
