"""The characters of a PDF page as columns: text, box, size, weight.

pdfium gives a character at a time. Its functions are called by address from loops in C, which takes a third of the time
of pypdfium2's wrappers; what belongs to the font is asked once for each text object and not for each character.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

HYPHEN = "\u00ad"
"""Stands at the end of a line that was broken inside a word."""
_LINE_ENDS = "\r\n"
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals that Unicode does not decompose, though fonts give them for the whole character."""
_BOLD_NAME = re.compile(r"bold|black|heavy|semibd|demi")
_BOLD = 600


@dataclass(frozen=True, slots=True)
class Chars:
    """Characters in the order of the page's text, rows of all columns alike; line ends left out.

    ``boxes``: left, right, bottom, top in points from the lower left corner. ``sizes``: points on the page.
    ``ended``: a line end stands before the character. ``bold`` holds for letters and digits only.
    """

    texts: Sequence[str]
    boxes: NDArray[np.float64]
    sizes: NDArray[np.float64]
    bold: NDArray[np.bool_]
    ended: NDArray[np.bool_]


def read_chars(page: Any) -> Chars:
    """All characters of a pdfium page."""
    text_page = page.get_textpage()
    try:
        return _read_columns(text_page)
    finally:
        text_page.close()


def _read_columns(text_page: Any) -> Chars:
    import pypdfium2.raw as raw

    count = max(raw.FPDFText_CountChars(text_page), 0)
    calls = _bind_calls()
    page = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    texts = [to_text(value) for value in map(calls.unicode, repeat(page), range(count))]
    kept, ended, after = [], [], False
    for index, text in enumerate(texts):
        if text and text in _LINE_ENDS:
            after = True
        elif text:
            kept.append(index)
            ended.append(after)
            after = False
    boxes = np.zeros((count, 4))
    first, last = boxes.ctypes.data, boxes.ctypes.data + 32 * count
    columns = (range(first + offset, last + offset, 32) for offset in (0, 8, 16, 24))
    deque(map(calls.box, repeat(page), range(count), *columns), maxlen=0)
    sizes, bold = _read_print(raw, text_page, kept, list(map(calls.text_object, repeat(page), kept)))
    return Chars([texts[index] for index in kept], boxes[kept], sizes, bold, np.array(ended, dtype=bool))


def resolve_compatible(text: str) -> str:
    """Ligatures and the compatibility radicals of CJK fonts as plain characters; all else stays."""
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0].translate(_RADICALS)), text)


@lru_cache(maxsize=1 << 16)
def to_text(value: int) -> str:
    """A code point of pdfium as text: "" for none, HYPHEN for its marks of a cut word, a plain space for any."""
    if value in (0x02, 0xFFFE, 0xAD):
        return HYPHEN
    if value == 0 or value > 0x10FFFF or 0xD800 <= value < 0xE000:
        return ""
    char = chr(value)
    if _COMPATIBLE.match(char):
        return resolve_compatible(char)
    return " " if char in "\u00a0\t\u2007\u202f" else char


class _Calls(NamedTuple):
    """pdfium's functions of a text page and an index; ``box`` also takes four addresses to write to."""

    unicode: Callable[[Any, int], int]
    box: Callable[[Any, int, int, int, int, int], int]
    text_object: Callable[[Any, int], int | None]


@cache
def _bind_calls() -> _Calls:
    import pypdfium2.raw as raw

    pointer, number = ctypes.c_void_p, ctypes.c_int

    def bind(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.PYFUNCTYPE(result, pointer, number, *arguments)(ctypes.cast(function, pointer).value or 0)

    return _Calls(
        unicode=bind(raw.FPDFText_GetUnicode, ctypes.c_uint),
        box=bind(raw.FPDFText_GetCharBox, number, pointer, pointer, pointer, pointer),
        text_object=bind(raw.FPDFText_GetTextObject, pointer),
    )


def _read_print(
    raw: Any, text_page: Any, indices: Sequence[int], objects: Sequence[int | None]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Size and weight of each character, asked anew where another text object begins; those that pdfium put in
    itself belong to none."""
    matrix, buffer, flags = raw.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()
    sizes, bold = [], []
    last: int | None = None
    size, heavy = 0.0, False
    for index, owner in zip(indices, objects, strict=True):
        if owner is None or owner != last:
            size = _read_size(raw, text_page, index, matrix)
            heavy = owner is not None and _is_bold(raw, text_page, index, buffer, flags)
            last = owner
        sizes.append(size)
        bold.append(heavy)
    return np.array(sizes), np.array(bold, dtype=bool)


def _read_size(raw: Any, text_page: Any, index: int, matrix: Any) -> float:
    """Size on the page: many files set a font of size 1 and scale it."""
    size = float(raw.FPDFText_GetFontSize(text_page, index))
    if raw.FPDFText_GetMatrix(text_page, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5
    return abs(size)


def _is_bold(raw: Any, text_page: Any, index: int, buffer: Any, flags: Any) -> bool:
    """By the weight or by the font's name."""
    if raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD:
        return True
    buffer.value = b""
    raw.FPDFText_GetFontInfo(text_page, index, buffer, 128, flags)
    return bool(_BOLD_NAME.search(buffer.value.decode("utf-8", "replace").lower()))
