"""Odd files of our own making: what test corpora of PDF, Word and HTML readers are full of."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

_ENGLISH = "The tea board met in the old house. It counted the cups, and it wrote “seven – no, eight” in the book. "
_SIMPLE = "茶叶委员会在旧房子里开会，数了杯子，并在本子上写下“七个”。双方同意在明年春天再次开会。"
_TRADITIONAL = "茶葉委員會在舊房子裡開會，數了杯子，並在本子上寫下「七個」。雙方同意在明年春天再次開會。"
_JAPANESE = "茶の委員会は古い家で会合を開き、カップを数えました。そして来年の春にまた会うことにしました。"


def make_odd_files() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each."""
    yield from _make_texts()
    yield from _make_pages()
    yield from _make_pdfs()
    yield from _make_containers()


def _make_texts() -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"):
        yield f"english-{encoding}.txt", (_ENGLISH * 5).encode(encoding)
    for encoding in ("utf-8", "gb2312", "gb18030", "hz", "utf-16-le", "utf-16-be"):
        yield f"simple-{encoding}.txt", (_SIMPLE * 5).encode(encoding)
    for encoding in ("big5", "big5hkscs", "gb18030", "utf-16"):
        yield f"traditional-{encoding}.txt", (_TRADITIONAL * 5).encode(encoding)
    for encoding in ("shift_jis", "euc_jp", "iso2022_jp"):
        yield f"japanese-{encoding}.txt", (_JAPANESE * 5).encode(encoding)
    yield "mojibake.txt", _ENGLISH.encode().decode("cp1252", "replace").encode()
    yield "pointer.pdf", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 1234\n"
    yield "~$plan.docx", b"\x05tester" + bytes(155)
    yield "blank.txt", b" \n\t\n"
    yield "nothing.docx", b""
    yield "zeros.pdf", bytes(5000)
    yield "noise.md", bytes(range(256)) * 40
    yield "one-line.txt", b"tea " * 500_000
    yield "dashes.txt", b"- " * 200_000


def _make_pages() -> Iterator[tuple[str, bytes]]:
    yield "fragment.html", b"<p>Tea &amp; cups<p>More tea<br>and milk"
    yield "deep.html", b"<div>" * 20_000 + b"Tea" + b"</div>" * 20_000
    yield "tables.html", b"<table><tr><td>" * 3000 + b"Tea"
    yield "wide.html", b"<table><tr><td rowspan=99999 colspan=99999>Tea</td></tr></table>"
    yield (
        "script.html",
        b"<html><head><title>Tea</title><script>" + b"var tea = 1;" * 5000 + b"</script></head><body></body></html>",
    )
    yield "frames.html", b"<html><frameset><frame src=a.html></frameset></html>"
    yield "entities.html", b"<p>" + b"&amp;&lt;&#x110000;&#0;&bogus;" * 5000
    page = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'
    yield "declared-gb2312.html", page.format("gb2312", _SIMPLE + "镕").encode("gb18030")
    yield "declared-big5.html", page.format("big5", _TRADITIONAL).encode("big5")
    yield "declared-wrong.html", page.format("utf-8", _SIMPLE).encode("gb18030")
    yield "declared-none.html", page.format("x-no-such", _ENGLISH).encode("cp1252")
    yield (
        "laughs.xhtml",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "tea">'
        + b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(2, 10))
        + b"]><html><body><p>&a9;</p></body></html>",
    )
    yield "page.pdf", page.format("utf-8", _ENGLISH).encode()


def _make_pdfs() -> Iterator[tuple[str, bytes]]:
    page = b"BT /F1 12 Tf 72 700 Td (The tea board counted the cups.) Tj ET"
    yield "plain.pdf", _to_pdf(page)
    yield "picture.pdf", _to_pdf(b"q 100 0 0 100 72 600 cm Q")
    yield "no-pages.pdf", _to_pdf(page, kids=b"", count=0)
    yield "loop.pdf", _to_pdf(page, kids=b"2 0 R")
    yield "many-kids.pdf", _to_pdf(page, kids=b"3 0 R " * 3000, count=3000)
    yield "wrong-count.pdf", _to_pdf(page, count=99_999_999)
    yield "deep-array.pdf", _to_pdf(page, extra=b"/Tea " + b"[" * 5000 + b"]" * 5000)
    yield (
        "bomb.pdf",
        _to_pdf(zlib.compress(zlib.compress(b" " * 50_000_000)), filters=b"/Filter [/FlateDecode /FlateDecode] "),
    )
    yield "long-stream.pdf", _to_pdf(page * 20_000)
    yield "huge-box.pdf", _to_pdf(page, box=b"[0 0 1e30 -1e30]")
    yield "header-late.pdf", b"junk\n" * 100 + _to_pdf(page)
    yield "tail-junk.pdf", _to_pdf(page) + b"\x00" * 3000
    yield "two-ends.pdf", _to_pdf(page) + _to_pdf(page)
    yield "xref-away.pdf", _to_pdf(page).replace(b"xref", b"xxxx")
    yield "no-trailer.pdf", _to_pdf(page).partition(b"trailer")[0]
    yield "encrypted-odd.pdf", _to_pdf(page).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Tea /V 9 >>")


def _to_pdf(
    content: bytes,
    *,
    kids: bytes = b"3 0 R",
    count: int = 1,
    extra: bytes = b"",
    filters: bytes = b"",
    box: bytes = b"[0 0 595 842]",
) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + extra + b" >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count " + str(count).encode() + b" >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox "
        + box
        + b" /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< " + filters + b"/Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    start = str(len(data)).encode()
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n"
        + start
        + b"\n%%EOF\n"
    )


_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _make_containers() -> Iterator[tuple[str, bytes]]:
    text = f"<w:p><w:r><w:t>{_ENGLISH}</w:t></w:r></w:p>"
    yield "plain.docx", _pack({"word/document.xml": _to_body(text)})
    yield "empty-body.docx", _pack({"word/document.xml": _to_body("")})
    yield "no-document.docx", _pack({"word/styles.xml": "<w:styles/>"})
    yield "bare.docx", _pack({})
    yield "open-tags.docx", _pack({"word/document.xml": _to_body(text)[:-40]})
    yield "deep.docx", _pack({"word/document.xml": _to_body("<w:sdt><w:sdtContent>" * 4000 + text)})
    yield "nested-tables.docx", _pack({"word/document.xml": _to_body("<w:tbl><w:tr><w:tc>" * 500 + text)})
    yield (
        "entity.docx",
        _pack(
            {
                "word/document.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
                + _to_body("<w:p><w:r><w:t>Tea &e;</w:t></w:r></w:p>")
            }
        ),
    )
    yield "bomb.docx", _pack({f"word/{n}.xml": "0" * 10_000_000 for n in range(40)} | {"word/document.xml": ""})
    yield "many-entries.docx", _pack({f"word/media/{n}.xml": "" for n in range(25_000)})
    yield "leaves.docx", _pack({"../../word/document.xml": _to_body(text)})
    yield "sheet.docx", _pack({"xl/workbook.xml": "<x/>"})
    yield "inner.zip", _pack({"a.txt": _ENGLISH})


def _to_body(inner: str) -> str:
    return f"<w:document {_SPACE}><w:body>{inner}</w:body></w:document>"


def _pack(entries: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()
