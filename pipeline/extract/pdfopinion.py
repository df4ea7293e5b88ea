"""The second opinion on a PDF: pages and characters as pdfminer, pdfplumber's engine, counts them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

_MOST_PAGES = 4


def count_characters(data: bytes, password: str | None) -> tuple[int, dict[int, int]]:
    """(pages, page -> visible characters) on up to four pages spread over the document.

    Glyphs are counted as they are shown, without placing them, which takes a tenth of the time that
    pdfplumber's objects do. Raises what pdfminer raises for files that it cannot read.
    """
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(io.BytesIO(data)), password=password or "")
    pages = list(PDFPage.create_pages(document))
    resources = PDFResourceManager()
    counter = _make_counter(resources)
    interpreter = PDFPageInterpreter(resources, counter)
    counts: dict[int, int] = {}
    for number in sample_pages(len(pages)):
        counter.count = 0
        interpreter.process_page(pages[number - 1])
        counts[number] = counter.count
    return len(pages), counts


def sample_pages(pages: int) -> list[int]:
    """Every fourth page at the most, one at the least, four in all: page numbers from 1."""
    wanted = min(_MOST_PAGES, max(pages // 4, 1), pages)
    return [1 + index * pages // wanted for index in range(wanted)]


def _make_counter(resources: Any) -> Any:
    """Made here, so that pdfminer is imported only where a PDF is read."""
    from pdfminer.pdfdevice import PDFDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined

    class Counter(PDFDevice):
        """Counts glyphs that show something."""

        count = 0

        def render_string(self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any) -> None:
            font = textstate.font
            for part in seq:
                if not isinstance(part, bytes):
                    continue
                for cid in font.decode(part):
                    try:
                        self.count += not font.to_unichr(cid).isspace()
                    except PDFUnicodeNotDefined:
                        self.count += 1

    return Counter(resources)
