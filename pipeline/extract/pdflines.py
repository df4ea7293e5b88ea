"""A PDF page as printed lines with their boxes, from its characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.pdfchars import HYPHEN, Chars

_WIDE_GAP = 1.5
"""Of the print's size: wider than the spaces of justified lines."""
_SMALL = 0.8
"""Of the line's size: what is smaller may be a mark."""
_RAISED = 0.15
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
    size: float


def make_lines(chars: Chars, number: int, width: float, height: float) -> list[Line]:
    """The lines of page ``number`` in the order of its text, which is the reading order of nearly all PDFs."""
    return _join_pieces(_make_lines(chars, number, width, height)) if chars.texts else []


def _make_lines(chars: Chars, number: int, width: float, height: float) -> Iterator[Line]:
    """Lines with something to see in them. What holds for a line as a whole is worked out for all lines at once."""
    texts, (x0, x1, y0, y1) = chars.texts, chars.boxes.T
    solid = np.array([not text.isspace() for text in texts])
    visible = solid & np.array([text != HYPHEN for text in texts])
    starts = np.flatnonzero(_find_starts(chars, solid))
    left = np.minimum.reduceat(np.where(visible, x0, np.inf), starts).tolist()
    right = np.maximum.reduceat(np.where(visible, x1, -np.inf), starts).tolist()
    bottom = np.minimum.reduceat(np.where(visible, y0, np.inf), starts).tolist()
    top = np.maximum.reduceat(np.where(visible, y1, -np.inf), starts).tolist()
    smallest = np.minimum.reduceat(chars.sizes, starts).tolist()
    bold = _find_bold(chars, starts)
    gaps = _find_widest_gaps(x0, x1, solid, starts)
    for row, (begin, end) in enumerate(pairwise([*starts.tolist(), len(texts)])):
        if left[row] == np.inf:
            continue
        inside = slice(begin, end)
        sizes, shown = chars.sizes[inside], visible[inside]
        size = _find_size(sizes[shown])
        base = _find_base(sizes, y0[inside], shown, size) if smallest[row] < _SMALL * size else np.inf
        if gaps[row] <= _WIDE_GAP * size and not _are_raised(sizes, y0[inside], size, base).any():
            text = _close_up(texts[inside])
            body = slice(begin + int(solid[inside].argmax()), end)
            pieces: tuple[Piece, ...] = (Piece(text, float(x0[body].min()), float(x1[body][solid[body]].max())),)
        else:
            columns = (x0[inside].tolist(), x1[inside].tolist(), y0[inside].tolist(), sizes.tolist())
            own = [_Char(*char) for char in zip(texts[inside], *columns, strict=True)]
            kept = _drop_marks(own, size, base)
            text, pieces = _close_up([char.text for char in kept]), _split_pieces(kept, size)
        if text:
            box = left[row], right[row], bottom[row], top[row]
            yield Line(text, number, *box, size, bold[row], width, height, pieces)


def _find_starts(chars: Chars, solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where lines begin: behind line ends, and where the text jumps back to the left or far away in height without one."""
    x0, _, y0, y1 = chars.boxes.T
    middle = (y0 + y1) / 2
    last, here = slice(None, -1), slice(1, None)
    off = np.minimum(abs(middle[here] - y0[last]), abs(middle[here] - y1[last]))
    off = np.minimum(off, abs(middle[here] - middle[last]))
    before = np.maximum(chars.sizes[last], 1.0)
    jumps = (off > 1.2 * np.maximum(before, chars.sizes[here])) | (x0[here] < x0[last] - 6 * before)
    starts = chars.ended.copy()
    starts[0] = True
    starts[here] |= jumps & solid[last] & solid[here]
    return starts


def _find_bold(chars: Chars, starts: NDArray[np.int64]) -> list[bool]:
    """Lines of whose letters and digits nine in ten are bold."""
    letter = np.array([text.isalnum() for text in chars.texts])
    letters = np.add.reduceat(letter, starts, dtype=np.int64)
    heavy = np.add.reduceat(letter & chars.bold, starts, dtype=np.int64)
    found: list[bool] = ((letters > 0) & (heavy * 10 >= 9 * letters)).tolist()
    return found


def _find_widest_gaps(
    x0: NDArray[np.float64], x1: NDArray[np.float64], solid: NDArray[np.bool_], starts: NDArray[np.int64]
) -> list[float]:
    """The widest gap between characters of each line."""
    place = np.flatnonzero(solid)
    row = np.searchsorted(starts, place, side="right") - 1
    widest = np.full(len(starts), -np.inf)
    gap = np.where(row[1:] == row[:-1], x0[place[1:]] - x1[place[:-1]], -np.inf)
    np.maximum.at(widest, row[1:], gap)
    found: list[float] = widest.tolist()
    return found


def _find_size(sizes: NDArray[np.float64]) -> float:
    """The size of most characters, in tenths of a point."""
    if sizes.min() == sizes.max():
        return round(float(sizes[0]), 1)
    counts: Counter[float] = Counter(round(size, 1) for size in sizes.tolist())
    return counts.most_common(1)[0][0]


def _find_base(sizes: NDArray[np.float64], y0: NDArray[np.float64], shown: NDArray[np.bool_], size: float) -> float:
    """Where most of the print of that size stands."""
    feet = sorted(
        foot for foot, own in zip(y0[shown].tolist(), sizes[shown].tolist(), strict=True) if round(own, 1) == size
    )
    middle = int(shown.sum()) // 2
    return float(feet[middle if middle < len(feet) else 0])


def _are_raised(sizes: NDArray[np.float64], y0: NDArray[np.float64], size: float, base: float) -> NDArray[np.bool_]:
    return (sizes < _SMALL * size) & (y0 > base + _RAISED * size)


def _close_up(texts: Sequence[str]) -> str:
    """Characters as a text with single spaces."""
    text = "".join(texts)
    return (re.sub(r" {2,}", " ", text) if "  " in text else text).strip()


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
        if (text := _close_up([c.text for c in piece]))
    )


def _drop_marks(chars: list[_Char], size: float, base: float) -> list[_Char]:
    """Without raised small footnote marks inside the line; one that begins a note stays."""
    kept: list[_Char] = []
    for position, char in enumerate(chars):
        raised = char.size < _SMALL * size and char.y0 > base + _RAISED * size and _MARK.fullmatch(char.text)
        if raised and any(c.text.strip() for c in chars[:position] if c.size >= _SMALL * size):
            continue
        kept.append(char)
    return kept


def _join_pieces(lines: Iterable[Line]) -> list[Line]:
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
