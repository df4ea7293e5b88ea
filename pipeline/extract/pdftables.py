"""Ruled tables of a PDF, by pdfplumber: rows and columns, merged cells filled, parted tables joined."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.extract.pdfgroups import clean_cell

Box = tuple[float, float, float, float]
Rows = tuple[tuple[str, ...], ...]
Tables = dict[int, list[tuple[Box, Rows]]]
"""Page -> (box as left, top, right, bottom from above; rows). A table that goes on has no rows on its later pages."""


@dataclass(slots=True)
class _Found:
    page: int
    height: float
    box: Box
    rows: list[list[str]]


def find_ruled_tables(data: bytes, password: str | None, pages: Collection[int]) -> Tables:
    """Tables on the pages named. Raises what pdfplumber raises for files that it cannot read."""
    import pdfplumber

    found: list[_Found] = []
    with pdfplumber.open(io.BytesIO(data), password=password or "", pages=sorted(pages)) as document:
        for page in document.pages:
            found += _read_page(page)
            page.close()
    tables: Tables = {}
    for table in _join_parted(found):
        if table.rows and not _is_table(table):
            continue
        tables.setdefault(table.page, []).append((table.box, _fill_merged(table.rows)))
    return tables


def _read_page(page: Any) -> list[_Found]:
    if len(page.lines) + len(page.rects) + len(page.curves) < 4:
        return []
    found = []
    for table in page.find_tables({"explicit_horizontal_lines": _find_open_ends(page)}):
        rows = [[clean_cell(cell) for cell in row] for row in table.extract()]
        if max(map(len, rows)) >= 2 and (table.bbox[3] - table.bbox[1]) < 0.95 * page.height:
            found.append(_Found(page.page_number, float(page.height), table.bbox, rows))
    return found


def _find_open_ends(page: Any) -> list[float]:
    """Heights at which upright lines begin and end: a row that the page cuts in two is not closed there."""
    spans: list[list[float]] = []
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > 4]
    for edge in sorted(upright, key=lambda edge: edge["top"]):
        if spans and edge["top"] <= spans[-1][1] + 3:
            spans[-1][1] = max(spans[-1][1], edge["bottom"])
        else:
            spans.append([edge["top"], edge["bottom"]])
    return [end for span in spans for end in span]


def _is_table(table: _Found) -> bool:
    return len(table.rows) >= 2 and sum(bool(cell) for row in table.rows for cell in row) >= 4


def _join_parted(found: list[_Found]) -> list[_Found]:
    """A table at the foot of a page and one as wide at the head of the next are one; the second keeps its place alone."""
    for position, (above, below) in enumerate(pairwise(found)):
        if not _goes_on(above, below):
            continue
        first = next((t for t in reversed(found[: position + 1]) if t.rows), above)
        rows = below.rows
        if rows and rows[0] == first.rows[0] and len(rows) > 1:
            rows = rows[1:]
        if rows and not rows[0][0] and any(rows[0]) and len(rows[0]) == len(first.rows[-1]):
            # A row that the page cut in two.
            first.rows[-1] = [clean_cell(f"{a}\n{b}") for a, b in zip(first.rows[-1], rows[0], strict=True)]
            rows = rows[1:]
        first.rows += rows
        below.rows = []
    return found


def _goes_on(above: _Found, below: _Found) -> bool:
    same_width = abs(above.box[0] - below.box[0]) < 3 and abs(above.box[2] - below.box[2]) < 3
    low, high = above.box[3] > 0.75 * above.height, below.box[1] < 0.25 * below.height
    columns = {len(row) for row in (*above.rows, *below.rows)}
    return below.page == above.page + 1 and same_width and low and high and len(columns) == 1


def _fill_merged(rows: list[list[str]]) -> Rows:
    """An empty first cell under a filled one is a cell that was merged downwards."""
    for above, row in pairwise(rows):
        if row and above and not row[0] and any(row[1:]):
            row[0] = above[0]
    return tuple(tuple(row) for row in rows)
