"""PDF to an Extraction: pdfium reads text and lines, pdfplumber makes tables of them and gives the second opinion.

Measured (docs/extraction.md): pdfium keeps the reading order of two columns and is over forty times
as fast; pdfplumber knows ruled tables, and opens some files that pdfium refuses.
"""

from __future__ import annotations

import io
import re

from pipeline.errors import SourceError
from pipeline.extract.build import Builder
from pipeline.extract.pdfchars import read_chars
from pipeline.extract.pdfcolumns import find_unruled_tables
from pipeline.extract.pdffonts import give_squares
from pipeline.extract.pdflayout import build_blocks
from pipeline.extract.pdflines import Line, make_lines
from pipeline.extract.pdfrulings import read_rulings
from pipeline.extract.pdfrunning import drop_running_lines
from pipeline.extract.pdftables import RuledPage, find_ruled_tables
from pipeline.records import Extraction

_MEDIA = "application/pdf"
_NONSENSE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\\(cid:\\d+\\)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def extract_pdf(data: bytes, *, name: str = "", password: str | None = None) -> Extraction:
    """The text of a PDF with pages, headings, lists, notes and tables.

    Raises SourceError: encrypted, damaged, no_text_layer, garbled. Warnings: partly_read (a page
    failed), engines_differ, garbled (a part).
    """
    lines, pages, failed, per_page, ruled = _read_with_pdfium(data, name, password)
    warnings: list[str] = ["partly_read"] if failed else []
    if pages == 0:
        return _read_with_plumber(data, name, password)
    text = "".join(line.text for line in lines)
    if not any(ch.isalnum() for ch in text):
        raise SourceError(
            "no_text_layer" if not _NONSENSE.search(text) else "garbled", name, f"{pages} pages without text"
        )
    bad = sum(len(m[0]) for m in _NONSENSE.finditer(text))
    if bad * 4 > len(text) or _is_scrambled(text):
        raise SourceError("garbled", name, "its font maps characters to nonsense")
    if bad * 50 > len(text):
        warnings.append("garbled")
    if not _second_opinion(data, password, pages, per_page):
        warnings.append("engines_differ")
    builder = Builder()
    lines = drop_running_lines(lines) or lines
    build_blocks(lines, builder, find_unruled_tables(lines, find_ruled_tables(ruled)))
    hints = _read_hints(data, password)
    if failed:
        hints["pages_lost"] = ", ".join(map(str, failed))
    return builder.finish(_MEDIA, "pdfium", hints, tuple(warnings))


def _is_scrambled(text: str) -> bool:
    """A broken character map: control characters among letters of which few belong together.

    Words of a language keep to one script and to few rare letters; a scrambled map scatters over
    Latin Extended, IPA and Greek. Only texts with control characters are suspected.
    """
    if not _CONTROL.search(text):
        return False
    letters = [ch for ch in text if ch.isalpha()]
    odd = sum("\u0080" <= ch <= "\u036f" for ch in letters)
    return 3 * odd > len(letters)


def _read_with_pdfium(
    data: bytes, name: str, password: str | None
) -> tuple[list[Line], int, list[int], dict[int, int], list[RuledPage]]:
    """(lines, number of pages, pages that failed, page -> visible characters, pages on which lines are drawn).

    0 pages where pdfium gives up.
    """
    import pypdfium2

    give_squares()
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError("encrypted", name, "the password does not fit" if password else "") from error
        return [], 0, [], {}, []
    lines: list[Line] = []
    failed: list[int] = []
    sizes: dict[int, int] = {}
    ruled: list[RuledPage] = []
    try:
        for index in range(len(document)):
            try:
                page = document[index]
                width, height = page.get_size()
                chars = read_chars(page)
                found = make_lines(chars, index + 1, width, height)
                if rulings := read_rulings(page, height):
                    ruled.append(RuledPage(index + 1, width, height, rulings, chars))
                page.close()
            except (pypdfium2.PdfiumError, ValueError, OSError):
                failed.append(index + 1)
                continue
            sizes[index + 1] = sum(len(line.text.replace(" ", "")) for line in found)
            lines += found
        return lines, len(document), failed, sizes, ruled
    finally:
        document.close()


def _read_with_plumber(data: bytes, name: str, password: str | None) -> Extraction:
    """The way out for files that pdfium cannot open."""
    import pdfplumber

    builder = Builder()
    try:
        with pdfplumber.open(io.BytesIO(data), password=password or "") as document:
            for number, page in enumerate(document.pages, 1):
                for paragraph in re.split(r"\n\s*\n", page.extract_text() or ""):
                    builder.add("paragraph", " ".join(paragraph.split()), page=number)
    except MemoryError:
        raise
    except Exception as error:
        if "password" in repr(error).lower():
            raise SourceError("encrypted", name) from error
        raise SourceError("damaged", name, "neither PDF engine can open it") from error
    if not any(part.strip() for part in builder.parts):
        raise SourceError("damaged", name, "no page can be read")
    return builder.finish(_MEDIA, "pdfplumber", {}, ("engines_differ",))


def _second_opinion(data: bytes, password: str | None, pages: int, sizes: dict[int, int]) -> bool:
    """Whether pdfminer sees as many pages and about as many characters."""
    from pipeline.extract.pdfopinion import count_characters

    try:
        count, theirs = count_characters(data, password)
    except MemoryError:
        raise
    except Exception:
        return False
    ours = sum(sizes.get(number, 0) for number in theirs)
    total = sum(theirs.values())
    return count == pages and abs(total - ours) <= max(60, 0.2 * max(total, ours))


def _read_hints(data: bytes, password: str | None) -> dict[str, str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
        title = " ".join(document.get_metadata_value("Title").split())
        document.close()
    except pypdfium2.PdfiumError:
        return {}
    junk = re.search(r"\.(?:docx?|indd|pdf|qxd)\b|^(?:microsoft|untitled|untitl)|^\W*$", title, re.I)
    return {"title": title} if len(title) > 12 and not junk else {}
