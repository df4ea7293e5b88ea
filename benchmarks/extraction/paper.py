"""The Chinese paper's text file against a reference made by hand: its sentences and the cells of its tables.

Usage: python benchmarks/extraction/paper.py
The reference is kept as numbers of lines (from 1), never as text: which lines are a box, a note, a running
head, a caption, a heading or a table was read off the file by eye; all other lines are body. The body's
lines without white space are cut after 。！？ and what closes behind them, and are held against the units
of kind paragraph, white space aside.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pipeline.extract import extract_bytes
from pipeline.segment import segment_blocks

PAPER = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "paper" / "000_bb2beadf50d1d42c.txt"
HEADINGS = (41, 43, 79, 118, 150, 152, 237, 245, 283, 330, 332, 350, 380, 415, 492, 598, 630, 676, 728)
ASIDE = ((31, 34), (97, 99), (162, 163), (236, 236), (368, 372), (377, 378), (392, 413), (434, 462), (504, 504),
         (537, 561), (654, 675), (744, 745), (809, 823))  # fmt: skip
_ROW = 0
TABLES = (
    ((393, _ROW), ((395, 395), (397, 400), (402, 402)), (404, _ROW), (405, _ROW), (407, _ROW), (408, _ROW), (409, _ROW), (410, _ROW), (411, _ROW)),
    ((435, _ROW), ((437, 437), (439, 449), (451, 460))),
    ((538, _ROW), ((540, 540), (542, 549), (551, 559))),
    ((657, _ROW), ((659, 659), (661, 666), (668, 673))),
)  # fmt: skip
"""For each row the first and the last line of each of its cells, or one line that holds all cells."""
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’）)』」》]*|[^。！？]+\Z")


def read_sentences(lines: list[str]) -> list[str]:
    """The body's sentences without white space and note marks."""
    out = {number for first, last in ASIDE for number in range(first, last + 1)}
    body = "".join("\n" if n in HEADINGS else line for n, line in enumerate(lines, 1) if n not in out)
    return [part for piece in re.sub(r"[^\S\n]|[①-⑳]", "", body).split("\n") for part in _SENTENCE.findall(piece)]


def read_tables(lines: list[str]) -> list[list[tuple[str, ...]]]:
    """The rows of each table as cells without white space."""
    tables = []
    for rows in TABLES:
        table: list[tuple[str, ...]] = []
        for row in rows:
            if row[1] == _ROW:
                table.append(tuple(lines[row[0] - 1].split()))
            else:
                table.append(tuple(_plain("".join(lines[first - 1 : last])) for first, last in row))
        tables.append(table)
    return tables


def measure(data: bytes) -> tuple[int, int, int, int, list[str]]:
    """(sentences, exact ones, rows of tables, complete ones, what was lost)."""
    lines = data.decode("utf-8").split("\n")
    found = extract_bytes(data, name="paper.txt")
    units = {_plain(u.text) for u in segment_blocks("p", found.text, found.blocks) if u.kind == "paragraph"}
    sentences, tables = read_sentences(lines), read_tables(lines)
    ours = [[tuple(map(_plain, row)) for row in table.rows] for table in found.tables]
    rows = [(number, row) for number, table in enumerate(tables) for row in table]
    complete = [number < len(ours) and row in ours[number] for number, row in rows]
    lost = [s for s in sentences if s not in units] + [
        str(row) for (_, row), here in zip(rows, complete, strict=True) if not here
    ]
    return len(sentences), sum(s in units for s in sentences), len(rows), sum(complete), lost


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def main() -> int:
    if not PAPER.is_file():
        print(f"{PAPER} is absent: nothing to measure", file=sys.stderr)
        return 1
    sentences, exact, rows, complete, lost = measure(PAPER.read_bytes())
    print(
        f"sentences exact {exact} of {sentences} ({exact / sentences:.4f}); rows of tables complete {complete} of {rows}"
    )
    if "--show" in sys.argv:
        print(*lost, sep="\n")
    return 0 if exact >= 0.98 * sentences and complete == rows else 1


if __name__ == "__main__":
    sys.exit(main())
