"""One entry for all forms: look at the bytes, choose the reader, refuse what cannot be read."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.errors import SourceError
from pipeline.extract.media import DOCX, HTML, MARKDOWN, PDF, TEXT, sniff_media
from pipeline.records import Extraction

_NONSENSE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_PROMISED = {".pdf": PDF, ".docx": DOCX, ".docm": DOCX, ".doc": "application/x-ole-storage"}
_NAMES = {
    "application/x-git-lfs": "a Git LFS pointer, not the file itself; run git lfs pull",
    "application/x-word-lock": "a lock file that Word left; take the document beside it",
    "application/x-ole-storage": "an old Word or other OLE file; save it as DOCX",
    "application/zip": "a zip archive; unpack it first",
    "application/gzip": "a gzip archive; unpack it first",
    "application/epub+zip": "an EPUB book; convert it to HTML",
    "message/rfc822": "a saved web page or mail (MHTML); save it as HTML",
    "application/vnd.oasis.opendocument.text": "an OpenDocument file; save it as DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a spreadsheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "a presentation",
    "application/x-executable": "a program",
    "application/octet-stream": "binary data of an unknown kind",
    "application/rtf": "an RTF file; save it as DOCX",
    "application/xml": "XML that is no HTML",
}


def extract_bytes(data: bytes, *, name: str, password: str | None = None) -> Extraction:
    """The extraction of one source, in this process; ExtractionWorker does the same in a child.

    Raises SourceError with a reason code for whatever cannot be read.
    """
    media = check_media(data, name)
    extraction = _read(data, media, name, password)
    sample = extraction.text[:200_000]
    if not any(ch.isalnum() for ch in sample):
        raise SourceError("no_text", name)
    nonsense = len(_NONSENSE.findall(sample))
    if 4 * nonsense > len(sample):
        raise SourceError("garbled", name, "a quarter and more of it are no characters")
    if 50 * nonsense > len(sample) and "garbled" not in extraction.warnings:
        return replace(extraction, warnings=(*extraction.warnings, "garbled"))
    return extraction


def check_media(data: bytes, name: str) -> str:
    """The media type; SourceError where the bytes are none of those that are read."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise SourceError("empty", name)
    media = sniff_media(data, name)
    promised = next((kind for suffix, kind in _PROMISED.items() if name.lower().endswith(suffix)), media)
    if media in (PDF, DOCX, HTML, MARKDOWN, TEXT) and media == promised:
        return media
    if media in (PDF, DOCX):
        return media
    if media in (HTML, MARKDOWN, TEXT):
        if promised == PDF and b"obj" in data[:4096] and b"endobj" in data:
            return PDF
        if promised == PDF and media == TEXT and len(data) < 100_000 and b"%%EOF" in data:
            return PDF
        if promised == DOCX and media == TEXT and not _reads_as_text(data):
            raise SourceError("damaged", name, "no zip container")
        raise SourceError("wrong_type", name, f"named {name[-5:].lower()}, but it is {_describe(media)}")
    if media == "application/octet-stream" and promised in (PDF, DOCX):
        raise SourceError("damaged", name, "it does not begin as such a file does")
    raise SourceError("wrong_type", name, f"it is {_describe(media)}")


def _read(data: bytes, media: str, name: str, password: str | None) -> Extraction:
    if media == PDF:
        from pipeline.extract.pdf import extract_pdf

        return extract_pdf(data, name=name, password=password)
    if media == DOCX:
        from pipeline.extract.docx import extract_docx

        return extract_docx(data, name=name)
    if media == HTML:
        from pipeline.extract.html import extract_html

        return extract_html(data, name=name)
    from pipeline.extract.decode import decode_text

    text, _, garbled = decode_text(data, name=name)
    if media == MARKDOWN:
        from pipeline.extract.markdown import extract_markdown

        extraction = extract_markdown(text)
    else:
        from pipeline.extract.text import extract_text

        extraction = extract_text(text)
    if garbled:
        return replace(extraction, warnings=(*extraction.warnings, "garbled"))
    return extraction


def _describe(media: str) -> str:
    if media.startswith("image/"):
        return f"a picture ({media[6:].upper()}); run OCR first"
    if media.startswith(("audio/", "video/")):
        return "a recording; take its transcript"
    return _NAMES.get(media, {HTML: "HTML", MARKDOWN: "Markdown", TEXT: "plain text"}.get(media, media))


def _reads_as_text(data: bytes) -> bool:
    try:
        data[:4000].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return error.start > 3990
    return True
