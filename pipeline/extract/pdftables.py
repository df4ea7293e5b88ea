"""Ruled tables of a PDF: rows and columns, merged cells filled, parted tables joined.

Lines and text come from pdfium; how lines make cells is pdfplumber's method, run on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

from pipeline.extract.pdfcells import CellReader
from pipeline.extract.pdfchars import Chars
from pipeline.extract.pdfgroups import clean_cell
from pipeline.extract.pdfrulings import Ruling

_FEWEST_FILLED = 0.25
"""Of a table's cells; the least in tables of reports was over a half."""

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


@dataclass(frozen=True, slots=True)
class RuledPage:
    """A page that may hold tables, in points."""

    number: int
    width: float
    height: float
    rulings: Sequence[Ruling]
    chars: Chars


def find_ruled_tables(pages: Iterable[RuledPage]) -> Tables:
    """Tables on the pages, which must come in order."""
    tables: Tables = {}
    for table in _join_parted([found for page in pages for found in _read_page(page)]):
        if table.rows and not _is_table(table):
            continue
        tables.setdefault(table.page, []).append((table.box, _fill_merged(table.rows)))
    return tables


def _read_page(page: RuledPage) -> list[_Found]:
    from pdfplumber.table import TableFinder

    sheet = SimpleNamespace(edges=[_to_edge(ruling) for ruling in page.rulings], bbox=(0, 0, page.width, page.height))
    settings: Any = {"explicit_horizontal_lines": _find_open_ends(page.rulings)}
    found = []
    for table in TableFinder(cast(Any, sheet), settings).tables:
        reader = CellReader(page.chars, page.height, table.bbox)
        rows = [[clean_cell(reader.read(cell)) if cell else "" for cell in row.cells] for row in table.rows]
        if max(map(len, rows)) >= 2 and (table.bbox[3] - table.bbox[1]) < 0.95 * page.height:
            found.append(_Found(page.number, page.height, table.bbox, rows))
    return found


def _to_edge(ruling: Ruling) -> dict[str, Any]:
    """In pdfplumber's form."""
    return {
        **ruling._asdict(),
        "width": ruling.x1 - ruling.x0,
        "height": ruling.bottom - ruling.top,
        "orientation": "v" if ruling.upright else "h",
    }


def _find_open_ends(rulings: Sequence[Ruling]) -> list[float]:
    """Heights at which upright lines begin and end: a row that the page cuts in two is not closed there."""
    spans: list[list[float]] = []
    upright = [ruling for ruling in rulings if ruling.upright and ruling.bottom - ruling.top > 4]
    for ruling in sorted(upright, key=lambda ruling: ruling.top):
        if spans and ruling.top <= spans[-1][1] + 3:
            spans[-1][1] = max(spans[-1][1], ruling.bottom)
        else:
            spans.append([ruling.top, ruling.bottom])
    return [end for span in spans for end in span]


def _is_table(table: _Found) -> bool:
    """Two rows, four filled cells and no form to fill in, whose grid is mostly empty."""
    cells = [cell for row in table.rows for cell in row]
    filled = sum(map(bool, cells))
    return len(table.rows) >= 2 and filled >= 4 and filled >= _FEWEST_FILLED * len(cells)


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
