"""Readers of the forms: each makes blocks, offsets and tables from invented documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import SourceError
from pipeline.extract import extract_bytes, sniff_media
from pipeline.records import Extraction


def blocks_of(extraction: Extraction) -> list[tuple[str, str]]:
    return [(block.kind, extraction.text[block.start : block.end]) for block in extraction.blocks]


def test_markdown_bold_headings_nest() -> None:
    """Roman, lettered and plain bold headings get rising levels; a bold line before a hard break is one."""
    source = b"**I. Tea**\n\n**A. Cups**  \nWe count cups.\n\n**Small cups**  \nThey are blue.\n\n**U.S. tea**\n\nIt is weak.\n"
    extraction = extract_bytes(source, name="a.md")
    levels = [(extraction.text[b.start : b.end], b.level) for b in extraction.blocks if b.kind == "heading"]
    assert levels == [("I. Tea", 2), ("A. Cups", 3), ("Small cups", 4), ("U.S. tea", 4)]


def test_markdown_table_and_note() -> None:
    """A pipe table becomes rows, a footnote keeps its mark."""
    extraction = extract_bytes(b"# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^n]: A note.\n", name="a.md")
    assert extraction.tables[0].rows == (("a", "b"), ("1", "2"))
    assert next(b.ref for b in extraction.blocks if b.kind == "footnote") == "n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "big5"])
def test_chinese_text_in_every_encoding(encoding: str) -> None:
    """The same text comes out whatever the encoding."""
    text = "雙方在會議上同意加強合作，並在明年春天再次見面。這是一個重要的開始。" * 6
    if encoding == "gbk":
        text = "双方在会议上同意加强合作，并在明年春天再次见面。这是一个重要的开始。" * 6
    assert extract_bytes(text.encode(encoding), name="a.txt").text == text


def test_windows_1252() -> None:
    """Western bytes that are no UTF-8 are Windows-1252."""
    assert "“café” – done" in extract_bytes("We met at the “café” – done today.".encode("cp1252"), name="a.txt").text


def test_html_without_furniture() -> None:
    """Navigation, cookie text and footer go; headings, lists, table and note stay; gb2312 is read as GB18030."""
    page = """<html><head><meta charset="gb2312"><title>茶叶会议 | 某部</title></head><body><nav>首页 关于</nav>
    <div class="cookie-banner">接受所有</div><main><h1>茶叶会议</h1><p>双方喝茶镕。<sup><a href="#fn1">1</a></sup></p><ul><li>买杯子</li></ul>
    <table><tr><th>甲</th><th>乙</th></tr><tr><td rowspan="2">茶</td><td>一</td></tr><tr><td>二</td></tr></table>
    <p id="fn1">注解文字。</p></main><footer>版权</footer></body></html>"""
    extraction = extract_bytes(page.encode("gb18030"), name="a.html")
    found = blocks_of(extraction)
    assert (
        ("heading", "茶叶会议") in found and ("paragraph", "双方喝茶镕。") in found and ("list_item", "买杯子") in found
    )
    assert ("footnote", "注解文字。") in found
    assert extraction.tables[0].rows[2] == ("茶", "二")
    assert not any(word in extraction.text for word in ("首页", "接受", "版权"))


def _docx(body: str, extra: dict[str, str] | None = None) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_docx_looks_into_content_controls_and_tables() -> None:
    """Paragraphs in content controls, deleted text left out, merged cells filled."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:sdt><w:sdtContent><w:p>{run.format('In a control.')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run.format('Kept')}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p>{run.format('Wide')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{run.format('a')}</w:p></w:tc><w:tc><w:p>{run.format('b')}</w:p></w:tc></w:tr></w:tbl>"
    ).replace("w:sdt>", "w:sdt>")
    extraction = extract_bytes(_docx(body), name="a.docx")
    assert [text for kind, text in blocks_of(extraction) if kind == "paragraph"] == ["In a control.", "Kept"]
    assert extraction.tables[0].rows == (("Wide", "Wide"), ("a", "b"))


def test_double_spaced_print() -> None:
    """Body lines join over the page and the box; letter-spaced lines close; the table has its rows."""
    body = "茶园的主人们每年春天都要在山脚下的旧房子里开会商量今年的价格和各家的份额"
    lines = [f"第{i}次会议上{body}并且" if i % 3 else f"第{i}次会议到此结束。" for i in range(1, 40)]
    lines[4] = " ".join(lines[4])
    lines[10] = " " + lines[10]
    text = (
        "\n\n".join(lines[:20])
        + "\n\n摘 要：这里是方框里的文字，被放在正\n文中间的位置上。\n\n"
        + "\n\n".join(lines[20:])
    )
    text += "\n\n表 1 茶的比较\n种类 产地 价格\n绿茶 东山 高\n红茶 西山 低\n\n资料来源：自编\n"
    extraction = extract_bytes(text.encode(), name="paper.txt")
    assert extraction.engine == "printed"
    assert extraction.tables[0].rows[1:] == (("绿茶", "东山", "高"), ("红茶", "西山", "低"))
    paragraphs = [text for kind, text in blocks_of(extraction) if kind == "paragraph"]
    assert all(p.endswith("。") and " " not in p and "方框" not in p for p in paragraphs)
    assert extraction.pages[-1][1] == 2


REFUSED = [
    (b"", "a.pdf", "empty"),
    (b"  \n ", "a.txt", "empty"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n", "a.pdf", "wrong_type"),
    (b"\x05user name here" + b"\x00" * 100, "~$plan.docx", "wrong_type"),
    (b"<!DOCTYPE html><html><body><p>Log in</p></body></html>", "a.pdf", "wrong_type"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.pdf", "wrong_type"),
    (b"%PDF-1.4 nothing more", "a.pdf", "damaged"),
    (b"PK\x03\x04 broken word/ zip", "a.docx", "damaged"),
    (b"... --- ...", "a.txt", "no_text"),
]


@pytest.mark.parametrize(("data", "name", "reason"), REFUSED)
def test_refusals(data: bytes, name: str, reason: str) -> None:
    """Each unusable file has its own reason."""
    with pytest.raises(SourceError) as caught:
        extract_bytes(data, name=name)
    assert caught.value.reason == reason


def test_zip_bomb_is_too_large() -> None:
    """A container that inflates beyond its limit is never inflated."""
    data = _docx("<w:p/>", {"word/media/x.xml": "0" * 60_000_000})
    with pytest.raises(SourceError, match="too large"):
        extract_bytes(data, name="bomb.docx")


def test_media_by_content_not_name() -> None:
    """A PDF is one whatever it is called."""
    assert sniff_media(b"%PDF-1.7\n", "letter.txt") == "application/pdf"
