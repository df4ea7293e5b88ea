"""Small PDFs of our own for tests: lines at given places, and ruled tables."""

from __future__ import annotations

import io
from collections.abc import Iterable

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract import extract_bytes
from pipeline.records import Extraction

registerFont(UnicodeCIDFont("STSong-Light"))
Placed = tuple[float, float, str, float, str]
"""x, y, font, size, text."""


def make_pdf(
    *pages: Iterable[Placed], tables: dict[int, list[tuple[float, list[float], list[float]]]] | None = None
) -> bytes:
    """``tables``: page -> (left, widths, heights of horizontal lines), all lines drawn through."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for number, page in enumerate(pages, 1):
        for left, widths, heights in (tables or {}).get(number, []):
            edges = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
            for y in heights:
                canvas.line(edges[0], y, edges[-1], y)
            for x in edges:
                canvas.line(x, heights[0], x, heights[-1])
        for x, y, font, size, text in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def set_lines(
    texts: Iterable[str],
    *,
    x: float = 60,
    y: float = 700,
    size: float = 10,
    font: str = "Times-Roman",
    step: float = 12.5,
) -> list[Placed]:
    """One line under another."""
    return [(x, y - step * n, font, size, text) for n, text in enumerate(texts)]


def read_pdf(data: bytes) -> tuple[Extraction, list[tuple[str, str]]]:
    """The extraction, and (kind, text) of its blocks."""
    found = extract_bytes(data, name="a.pdf")
    return found, [(block.kind, found.text[block.start : block.end]) for block in found.blocks]
