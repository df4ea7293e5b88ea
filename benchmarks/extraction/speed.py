"""How fast PDFs are read, beside pdfplumber.extract_text: our whole reading with layout and second opinion.

Usage: python benchmarks/extraction/speed.py
The PDFs are official statements typeset in one and in two columns, and readable files of ../shared/badinput.
Each is read three times in turn by both in this process; the processor time of the fastest reading counts. Chinese fonts cost
pdfplumber more, so languages are shown apart.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Iterator

from fuzz import BAD
from measure import LAYOUTS, OFFICIAL, PAPER, to_pieces

from pipeline.extract import extract_bytes

_TIMES = 3
_LONGEST = 4
_READABLE = ("pdf-plain-27.pdf", "pdf-plain-28.pdf", "pdf-ligature-hyphen-23.pdf", "pdf-two-column-17.pdf")


def read_with_plumber(data: bytes) -> None:
    """The text of all pages."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()


def read_with_parley(data: bytes) -> None:
    """Blocks, tables, notes and the second opinion."""
    extract_bytes(data, name="a.pdf")


def iter_files() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the PDFs."""
    longest = sorted(OFFICIAL.glob("*.md"), key=lambda path: -path.stat().st_size)[:_LONGEST]
    for layout, paths in (("pdf-one", longest), ("pdf-two", longest), ("pdf-journal", sorted(PAPER.glob("*.txt")))):
        for path in paths:
            pieces = to_pieces(extract_bytes(path.read_bytes(), name=path.name))
            kept = [(k, n, t.replace("\u2011", "-")) for k, n, t in pieces if k not in ("footnote", "table")]
            yield f"{layout} {path.stem}", LAYOUTS[layout][1](kept)[0]
    for name in _READABLE:
        if (BAD / name).is_file():
            yield name, (BAD / name).read_bytes()


def time_best(read: Callable[[bytes], None], data: bytes) -> float:
    """Processor seconds of the fastest of three readings."""
    best = float("inf")
    for _ in range(_TIMES):
        begun = time.process_time()
        read(data)
        best = min(best, time.process_time() - begun)
    return best


def main() -> int:
    logging.disable(logging.CRITICAL)
    if not OFFICIAL.is_dir():
        print(f"{OFFICIAL} is absent: nothing to measure", file=sys.stderr)
        return 1
    totals = [0.0, 0.0]
    for name, data in iter_files():
        ours, theirs = time_best(read_with_parley, data), time_best(read_with_plumber, data)
        totals = [totals[0] + ours, totals[1] + theirs]
        print(f"{name:40} parley {ours:6.2f} s   pdfplumber {theirs:6.2f} s   {theirs / ours:5.1f} times", flush=True)
    print(f"{'all':40} parley {totals[0]:6.2f} s   pdfplumber {totals[1]:6.2f} s   {totals[1] / totals[0]:5.1f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
