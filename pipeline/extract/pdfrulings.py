"""The straight lines drawn on a PDF page, upright and level, from pdfium's paths: borders of tables among them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from math import isfinite
from typing import Any, NamedTuple

_LEVEL = 0.1
"""Points by which the ends of a line may differ that still counts as upright or level."""
_DEEPEST = 4
"""Forms within forms that are looked into."""
_FEWEST_SHAPES = 4
"""A page with fewer drawn shapes has no table."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


class Ruling(NamedTuple):
    """A line in points from the upper left corner of the page; upright where x0 is x1, else level."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def upright(self) -> bool:
        return self.x0 == self.x1


def read_rulings(page: Any, height: float) -> list[Ruling]:
    """The lines of all painted paths, also those in forms; none where the page has too few shapes for a table."""
    import pypdfium2.raw as raw

    count = raw.FPDFPage_CountObjects(page)
    objects = [raw.FPDFPage_GetObject(page, index) for index in range(count)]
    shapes = [shape for item in objects for shape in _iter_shapes(raw, item, (), 0)]
    if len(shapes) < _FEWEST_SHAPES:
        return []
    found = (_to_ruling(start, end, height) for shape in shapes for start, end in pairwise(shape))
    return [ruling for ruling in found if ruling is not None]


def _iter_shapes(raw: Any, item: Any, matrices: tuple[Matrix, ...], depth: int) -> Iterator[list[Point]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        if _is_painted(raw, item):
            yield from _read_shapes(raw, item, (_read_matrix(raw, item), *matrices))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        outer = (_read_matrix(raw, item), *matrices)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _iter_shapes(raw, raw.FPDFFormObj_GetObject(item, index), outer, depth + 1)


def _is_painted(raw: Any, path: Any) -> bool:
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(fill.value or stroke.value)


def _read_matrix(raw: Any, item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _read_shapes(raw: Any, path: Any, matrices: tuple[Matrix, ...]) -> Iterator[list[Point]]:
    """The corners of each part of a path, the first one again where it is closed; parts with curves left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[Point] = []
    curved = False
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(corners) > 1 and not curved:
                yield corners
            corners, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        corners.append(_place(x.value, y.value, matrices))
        if raw.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    if len(corners) > 1 and not curved:
        yield corners


def _place(x: float, y: float, matrices: tuple[Matrix, ...]) -> Point:
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _to_ruling(start: Point, end: Point, height: float) -> Ruling | None:
    if not all(map(isfinite, (*start, *end))):
        return None
    (x0, x1), (low, high) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if x1 - x0 <= _LEVEL < high - low:
        middle = (x0 + x1) / 2
        return Ruling(middle, middle, height - high, height - low)
    if high - low <= _LEVEL < x1 - x0:
        middle = height - (low + high) / 2
        return Ruling(x0, x1, middle, middle)
    return None
