"""Tables without ruled lines: rows of pieces with wide gaps between them that stand in columns."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.extract.pdfgroups import BULLET
from pipeline.extract.pdflines import Line, Piece
from pipeline.extract.pdftables import Rows, Tables

_FEWEST_ROWS = 3
_MARKER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")


@dataclass(slots=True)
class _Run:
    """Rows one under another, as many pieces in most of them."""

    lines: list[Line] = field(default_factory=list)
    rows: list[list[Piece]] = field(default_factory=list)


def find_unruled_tables(lines: list[Line], ruled: Tables) -> Tables:
    """``ruled`` and the tables that are told by their columns alone, in the same form."""
    tables = {page: list(found) for page, found in ruled.items()}
    for run in _split_runs([line for line in lines if line.page not in ruled]):
        rows = _read_rows(run)
        if rows:
            box = (
                min(line.x0 for line in run.lines), run.lines[0].page_height - max(line.y1 for line in run.lines),
                max(line.x1 for line in run.lines), run.lines[0].page_height - min(line.y0 for line in run.lines),
            )  # fmt: skip
            tables.setdefault(run.lines[0].page, []).append((box, rows))
    return tables


def _split_runs(lines: list[Line]) -> list[_Run]:
    runs, run = [], _Run()
    for line in lines:
        last = run.lines[-1] if run.lines else None
        if (
            last is not None
            and last.page == line.page
            and abs(last.y0 - line.y0) < 0.3 * line.size
            and line.x0 > last.x1
        ):
            run.lines.append(line)
            run.rows[-1] += line.pieces
            continue
        near = last is not None and last.page == line.page and 0 < last.y0 - line.y0 < 3.2 * line.size
        if not near:
            runs.append(run)
            run = _Run()
        run.lines.append(line)
        run.rows.append(list(line.pieces))
    return [part for run in (*runs, run) for part in _cut_run(run)]


def _cut_run(run: _Run) -> list[_Run]:
    """The longest parts in which every row has more than one piece; a row of one piece ends a part."""
    parts, part, number = [], _Run(), 0
    for row in run.rows:
        count = len(row)
        own: list[Line] = []
        while count > 0 and number < len(run.lines):
            own.append(run.lines[number])
            count -= len(run.lines[number].pieces)
            number += 1
        if len(row) > 1:
            part.lines += own
            part.rows.append(row)
        else:
            parts.append(part)
            part = _Run()
    return [found for found in (*parts, part) if len(found.rows) >= _FEWEST_ROWS]


def _read_rows(run: _Run) -> Rows:
    """The cells, () where the pieces stand in no common columns or are the two halves of running text."""
    width, count = Counter(len(row) for row in run.rows).most_common(1)[0]
    full = [row for row in run.rows if len(row) == width]
    if width < 2 or count < _FEWEST_ROWS or 10 * count < 6 * len(run.rows):
        return ()
    columns = [(min(row[n].x0 for row in full), max(row[n].x1 for row in full)) for n in range(width)]
    if any(left[1] >= right[0] for left, right in pairwise(columns)):
        return ()
    if all(BULLET.fullmatch(row[0].text) or _MARKER.fullmatch(row[0].text) for row in full):
        return ()
    lengths = [median(len(row[n].text) for row in full) for n in range(width)]
    if min(lengths) > 20 or max(lengths) > 80:
        return ()
    return tuple(_place(row, columns) for row in run.rows)


def _place(row: list[Piece], columns: list[tuple[float, float]]) -> tuple[str, ...]:
    """Each piece in the column whose middle is nearest."""
    cells = [""] * len(columns)
    for piece in row:
        middle = (piece.x0 + piece.x1) / 2
        near = min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle))
        cells[near] = f"{cells[near]} {piece.text}".strip()
    return tuple(cells)
