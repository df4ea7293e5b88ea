"""What is no document is refused with a plain remedy; texts in UTF-16 without a mark are read."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from pipeline.errors import SourceError
from pipeline.extract import extract_bytes
from pipeline.extract.pdflines import Line
from pipeline.extract.pdfrunning import drop_running_lines


def pack(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


WRONG = [
    ("a.rtf", b"{\\rtf1 Tea}", "RTF"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as DOCX"),
    ("a.epub", pack(mimetype=b"application/epub+zip"), "EPUB"),
    ("a.odt", pack(mimetype=b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
    ("a.xlsx", pack(**{"xl__workbook.xml": b"<x/>"}), "spreadsheet"),
    ("a.pptx", pack(**{"ppt__presentation.xml": b"<x/>"}), "presentation"),
    ("a.zip", pack(inner=pack(inner=b"x")), "unpack"),
    ("a.mht", b"From: <tea>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx", "MHTML"),
    ("a.mp3", b"\xff\xfb\x90\x64" + bytes(600), "recording"),
    ("a.exe", b"MZ\x90\x00" + bytes(600), "program"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(60), "OCR"),
]


@pytest.mark.parametrize(("name", "data", "words"), WRONG)
def test_wrong_type(name: str, data: bytes, words: str) -> None:
    """Each says what it is and what to do."""
    with pytest.raises(SourceError, match=words) as caught:
        extract_bytes(data, name=name)
    assert caught.value.reason == "wrong_type"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    ["We pour the tea into blue cups.", "双方同意在明年春天的会议上进一步加强合作，并就茶叶贸易问题进行了讨论。" * 2],
)
def test_utf16_without_a_mark(encoding: str, text: str) -> None:
    """Latin and Chinese, both byte orders."""
    assert extract_bytes(text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.txt", "a.md"])
def test_noise_never_escapes(name: str) -> None:
    """Random bytes behind each kind of beginning give text or a SourceError, nothing else."""
    noise = random.Random(7)
    for start in (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"---\nx: [", b"\xff\xfe", b"\x00" * 9):
        try:
            extract_bytes(start + noise.randbytes(700), name=name)
        except SourceError as error:
            assert error.reason


def test_clock_times_are_no_running_heads() -> None:
    """Two lines that differ in their digits stay; a head with a page number goes."""

    def line(text: str, page: int, y: float) -> Line:
        return Line(text, page, 60, 300, y, y + 10, 10, False, 595, 842)

    lines = [line("4:42 P.M.", 1, 770), line("Cups 1/2", 1, 805), line("Tea.", 1, 400)]
    lines += [line("5:27 P.M.", 2, 770), line("Cups 2/2", 2, 805), line("Tea.", 2, 400)]
    assert [item.text for item in drop_running_lines(lines)] == ["4:42 P.M.", "Tea.", "5:27 P.M.", "Tea."]
