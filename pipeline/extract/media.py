"""What a file is, by its content; its name only decides between texts."""

from __future__ import annotations

import re

from pipeline.extract.decode import guess_utf16

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/x-rar"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90\x00", "application/x-executable"),
    (b"SQLite format 3\x00", "application/x-sqlite3"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
)
_CONTROLS = bytes(value for value in range(32) if value not in (9, 10, 12, 13, 27))
_LFS = b"version https://git-lfs.github.com/spec/"
_HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p\b|h1)",
    re.I | re.S,
)
_MHTML = re.compile(rb"(?:[\w-]+: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?MIME-Version: 1\.0", re.I)
_HTML_INSIDE = re.compile(rb"<(?:html|body|head)[\s>]", re.I)


def sniff_media(data: bytes, name: str = "") -> str:
    """The media type of ``data``; "application/octet-stream" for binary of an unknown make.

    Special answers: "application/x-git-lfs" for a pointer in place of a file, "application/x-word-lock"
    for the lock file Word leaves beside a document. A PDF header counts within the first 1,024 bytes.
    """
    lower = name.lower()
    head = data[:4096]
    if head.startswith(_LFS):
        return "application/x-git-lfs"
    base = re.split(r"[/\\]", lower)[-1]
    if base.startswith("~$") and len(data) <= 1024:
        return "application/x-word-lock"
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _sniff_zip(data, lower)
    for magic, media in _MAGIC:
        if head.startswith(magic) and not (len(magic) == 2 and _is_text(head)):
            return media
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "image/webp" if head[8:12] == b"WEBP" else "audio/x-wav"
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    if _MHTML.match(head):
        return "message/rfc822"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return _sniff_text(data, lower)


def is_zip(media: str) -> bool:
    """Whether the type is kept in a zip container."""
    return (
        media == DOCX
        or media in ("application/zip", "application/epub+zip")
        or "opendocument" in media
        or "openxml" in media
    )


def _sniff_zip(data: bytes, lower: str) -> str:
    if b"mimetypeapplication/epub+zip" in data[:200]:
        return "application/epub+zip"
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return "application/vnd.oasis.opendocument.text"
    if b"word/document" in data or b"word/_rels" in data or lower.endswith((".docx", ".docm", ".dotx")):
        return DOCX
    if b"xl/workbook" in data:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if b"ppt/presentation" in data:
        return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    return "application/zip"


def _sniff_text(data: bytes, lower: str) -> str:
    head = data[:8192]
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    plain = head.replace(b"\x00", b"")
    if not wide and not _is_text(head) and not guess_utf16(head):
        return "application/octet-stream"
    if lower.endswith((".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php")):
        return HTML
    if _HTML_START.match(plain) or (len(_HTML_INSIDE.findall(plain)) >= 2 and not lower.endswith((".md", ".txt"))):
        return HTML
    if plain.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return HTML if b"<html" in plain[:2000].lower() else "application/xml"
    if lower.endswith((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd")):
        return MARKDOWN
    if not lower.endswith(".txt") and _looks_like_markdown(plain):
        return MARKDOWN
    return TEXT


def _is_text(head: bytes) -> bool:
    """No NUL and few control characters; any 8-bit encoding passes."""
    if b"\x00" in head:
        return False
    sample = head[:2048]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls <= len(sample) // 100


def _looks_like_markdown(head: bytes) -> bool:
    if re.match(rb"(?:\xef\xbb\xbf)?---\s*\n[\w-]+:", head):
        return True
    return bool(re.search(rb"^#{1,6} \S", head, re.M)) or len(re.findall(rb"\*\*[^*\n]+\*\*", head)) >= 2
