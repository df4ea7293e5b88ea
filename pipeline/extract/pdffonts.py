"""East Asian fonts that a PDF does not carry: pdfium is given squares instead of a font of the machine.

Which character stands where and how wide it is, the document says. Of the font pdfium takes the box around each
drawn letter, which is as good as a square for Han characters and kana; to load the outlines of a font with ten
thousands of them took two thirds of the time of such pages, and made the boxes hang on what is installed. Without any
font boxes are empty, and pdfium takes a line that stands twice on a page for one printed twice.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from importlib.resources import files
from typing import Any

_EAST_ASIAN = frozenset({128, 129, 134, 136})
"""pdfium's character sets for Japanese, Korean, simplified and traditional Chinese."""


@cache
def give_squares() -> Any:
    """Let pdfium find squares for every East Asian font it is to look for, in this process, for good.

    What it asks for others, the machine answers as before. Returned is what must stay in memory as long as pdfium does.
    """
    import pypdfium2.raw as raw

    tables = _read_tables()
    usual = raw.FPDF_GetDefaultSystemFontInfo()
    machine = usual.contents
    squares = ctypes.create_string_buffer(1)
    ours = ctypes.addressof(squares)

    def map_font(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> Any:
        return ours if charset in _EAST_ASIAN else machine.MapFont(usual, weight, italic, charset, pitch, face, exact)

    def get_data(_: Any, font: int, table: int, buffer: Any, size: int) -> int:
        if font != ours:
            return int(machine.GetFontData(usual, font, table, buffer, size))
        data = tables.get(table, b"")
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    answers = {
        "EnumFonts": lambda _, mapper: machine.EnumFonts(usual, mapper),
        "MapFont": map_font,
        "GetFont": lambda _, face: machine.GetFont(usual, face),
        "GetFontData": get_data,
        "GetFaceName": lambda _, font, name, size: 0 if font == ours else machine.GetFaceName(usual, font, name, size),
        "GetFontCharset": lambda _, font: 134 if font == ours else machine.GetFontCharset(usual, font),
        "DeleteFont": lambda _, font: None if font == ours else machine.DeleteFont(usual, font),
    }
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    functions = {name: kinds[name](answer) for name, answer in answers.items()}
    info = raw.FPDF_SYSFONTINFO(version=1, **functions)
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))
    return info, functions, squares, usual


def _read_tables() -> dict[int, bytes]:
    """The font by the number of each of its tables, whole under 0 (https://learn.microsoft.com/typography/opentype/spec/otff)."""
    font = files("pipeline.extract").joinpath("data/squares.ttf").read_bytes()
    tables = {0: font}
    for entry in range(struct.unpack(">H", font[4:6])[0]):
        tag, _, start, length = struct.unpack(">IIII", font[12 + 16 * entry : 28 + 16 * entry])
        tables[tag] = font[start : start + length]
    return tables
