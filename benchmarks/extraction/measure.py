"""Typeset the official statements in layouts of our own, read them back, and measure what was lost.

Usage: python benchmarks/extraction/measure.py [--limit N] [--only LAYOUT]
Layouts: pdf-one (one column), pdf-two (two columns, running heads, page numbers), pdf-notes (two columns,
alternating running heads, footnotes, words cut at line ends by hyphens and soft hyphens), pdf-web (a
printed web page), html (site furniture), docx, and pdf-journal (the Chinese paper as a journal page).
The reference is our reading of the original. Needs ../shared/corpus and reportlab.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from setter import Layout, Pieces, Seams, typeset

from pipeline.extract import extract_bytes
from pipeline.records import Block, Extraction
from pipeline.segment import segment_blocks

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT.parent / "shared" / "corpus" / "official"
PAPER = ROOT.parent / "shared" / "corpus" / "paper"
_NOTES = (
    "A longer account of the cups stands in the second volume, page 14.",
    "See the minutes of the tea board; they were never printed, and only two copies are known to be left of them.",
)
_HAN_NOTES = ("茶叶会议的记录从未付印，今存两份。", "详见杯子目录第二卷，其中另有一份关于茶壶的清单可以参考。")
NOTED = Layout(
    columns=2, size=9, heads=("Annual Review of Tea", "A. Potter and B. Kettle: Cups"), hyphens="-\u00ad",
    notes=_NOTES, indent=10, gap=0.2,
)  # fmt: skip
WEB = Layout(
    font="Helvetica", bold="Helvetica-Bold", size=11, margin=50,
    heads=("11/3/25, 4:12 PM     Statement on cups - Ministry of Tea",), foot="https://www.example.org/tea/cups/2025 {page}/9",
)  # fmt: skip
JOURNAL = Layout(
    font="STSong-Light", bold="STSong-Light", size=10.5, margin=70, heads=("茶叶研究 2025年第3期", "杯子与茶壶的历史"),
    foot="·{page}·", notes=_HAN_NOTES, note_marks="①②③④⑤⑥⑦⑧⑨", notes_every=4, indent=21, gap=0.0,
)  # fmt: skip


def to_pieces(extraction: Extraction) -> Pieces:
    """(kind, level, text) of each block."""
    return [(b.kind, b.level, extraction.text[b.start : b.end]) for b in extraction.blocks]


def set_pdf(pieces: Pieces, *, columns: int) -> bytes:
    """One or two columns with a running head and page numbers, Times with real ligature-free text."""
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    size = 11 if columns == 1 else 9
    body = ParagraphStyle("b", fontName="Times-Roman", fontSize=size, leading=1.25 * size, spaceAfter=0.6 * size)
    body.alignment = TA_JUSTIFY if columns == 2 else 0
    heads = [
        ParagraphStyle(
            f"h{n}",
            parent=body,
            fontName="Times-Bold",
            fontSize=size + max(0, 5 - n),
            leading=1.3 * (size + max(0, 5 - n)),
            alignment=0,
        )
        for n in range(7)
    ]
    item = ParagraphStyle("i", parent=body, leftIndent=18, bulletIndent=6)
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4)
    width, height = A4
    gutter, margin = 20, 60
    each = (width - 2 * margin - gutter * (columns - 1)) / columns
    frames = [
        Frame(margin + n * (each + gutter), margin, each, height - 2 * margin, 0, 0, 0, 0) for n in range(columns)
    ]

    def decorate(canvas: object, doc: object) -> None:
        canvas.setFont("Times-Italic", 8)  # type: ignore[attr-defined]
        canvas.drawString(margin, height - 40, "Collected papers on trade, a running head")  # type: ignore[attr-defined]
        canvas.drawCentredString(width / 2, 30, str(doc.page))  # type: ignore[attr-defined]

    document.addPageTemplates([PageTemplate("p", frames, onPage=decorate)])
    story = []
    for kind, level, text in pieces:
        safe = html.escape(text).replace("\n", " ")
        if kind == "heading":
            story.append(Paragraph(safe, heads[min(level, 6)]))
        elif kind == "list_item" and not re.match(r"\(?\w{1,4}[.)]\s", text):
            story.append(Paragraph(safe, item, bulletText="•"))
        else:
            story.append(Paragraph(safe, body))
    document.build(story)
    return buffer.getvalue()


def set_html(pieces: Pieces) -> bytes:
    """A page with navigation, banner, cookie text, related links and footer around the content."""
    parts = []
    for kind, level, text in pieces:
        tag = f"h{min(level, 6)}" if kind == "heading" else {"list_item": "li", "quote": "blockquote"}.get(kind, "p")
        inner = f"<{tag}>{html.escape(text)}</{tag}>"
        parts.append(f"<ul>{inner}</ul>" if tag == "li" else inner)
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Statement | Ministry</title></head><body>"
        "<header class=site-header><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav></header>"
        "<div class=cookie-consent><p>We use cookies. Accept all?</p></div><main><div class=breadcrumb>Home &gt; News</div>"
        + "".join(parts)
        + "<div class=related-links><p>Read more like this</p></div></main><footer><p>Contact us</p></footer></body></html>"
    ).encode()


def set_docx(pieces: Pieces) -> bytes:
    """Through python-docx with its built-in styles."""
    import docx

    document = docx.Document()
    for kind, level, text in pieces:
        if kind == "heading":
            document.add_heading(text, min(level, 6))
        elif kind == "list_item" and not re.match(r"\(?\w{1,4}[.)]\s", text):
            document.add_paragraph(text, style="List Bullet")
        else:
            document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


Made = tuple[bytes, Seams]
LAYOUTS: dict[str, tuple[str, Callable[[Pieces], Made]]] = {
    "pdf-one": ("x.pdf", lambda pieces: (set_pdf(pieces, columns=1), [])),
    "pdf-two": ("x.pdf", lambda pieces: (set_pdf(pieces, columns=2), [])),
    "pdf-notes": ("x.pdf", lambda pieces: typeset(pieces, NOTED)),
    "pdf-web": ("x.pdf", lambda pieces: typeset(pieces, WEB)),
    "pdf-journal": ("x.pdf", lambda pieces: set_journal(pieces)),
    "html": ("x.html", lambda pieces: (set_html(pieces), [])),
    "docx": ("x.docx", lambda pieces: (set_docx(pieces), [])),
}


def set_journal(pieces: Pieces) -> Made:
    """A page of a Chinese journal in a CID font that needs no file."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    registerFont(UnicodeCIDFont("STSong-Light"))
    return typeset(pieces, JOURNAL)


@dataclass
class Score:
    """Counts over documents; ``lost`` holds some sentences that did not come back."""

    documents: int = 0
    characters: int = 0
    errors: int = 0
    sentences: int = 0
    exact: int = 0
    headings: int = 0
    found: int = 0
    paged: int = 0
    right_page: int = 0
    lost: list[str] = field(default_factory=list)

    def add(self, pieces: Pieces, seams: Seams, found: Extraction) -> None:
        """One document: the pieces that were set against what was read. Notes of the setter's own are left out."""
        reference = "\n\n".join(text for _, _, text in pieces)
        own = [b for b in found.blocks if b.kind not in ("footnote", "table")]
        plain = _plain(reference)
        self.documents += 1
        self.characters += len(plain)
        self.errors += Levenshtein.distance(plain, _plain(" ".join(found.text[b.start : b.end] for b in own)))
        have: dict[str, list[int | None]] = {}
        for unit in segment_blocks("f", found.text, found.blocks, found.pages):
            have.setdefault(_plain(unit.text), []).append(unit.page)
        heads = {_plain(found.text[b.start : b.end]) for b in own if b.kind == "heading"}
        for number, (text, page) in enumerate(_iter_sentences(pieces, seams)):
            pages = have.get(text)
            self.sentences += 1
            if not pages:
                self.lost.append(f"{number}: {text}")
                continue
            self.exact += 1
            got = pages.pop(0) if len(pages) > 1 else pages[0]
            if page:
                self.paged += 1
                self.right_page += got == page
        for kind, _, text in pieces:
            self.headings += kind == "heading"
            self.found += kind == "heading" and _plain(text) in heads

    def line(self) -> str:
        """Documents, character error, share of exact sentences, of headings, of right pages."""
        pages = f"{self.right_page / self.paged:8.4f}" if self.paged else "       -"
        return (
            f"{self.documents:9} {self.errors / max(self.characters, 1):16.4f} {self.exact / max(self.sentences, 1):16.4f}"
            f" {self.found / max(self.headings, 1):9.4f} {pages}"
        )


def _iter_sentences(pieces: Pieces, seams: Seams) -> Iterator[tuple[str, int]]:
    """(sentence, page on which it begins, 0 where the setter does not say)."""
    for number, (kind, level, text) in enumerate(pieces):
        text = " ".join(text.split())
        block = Block(kind, 0, len(text), level)  # type: ignore[arg-type]
        for unit in segment_blocks("r", text, [block]):
            places = [page for offset, page in seams[number] if offset <= unit.start] if seams else [0]
            yield _plain(unit.text), places[-1]


def read_sources(layout: str, limit: int) -> list[Path]:
    """The files a layout is made from."""
    if layout == "pdf-journal":
        return sorted(PAPER.glob("*.txt"))
    return sorted(OFFICIAL.glob("*.md"))[:limit]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=99)
    parser.add_argument("--only", choices=sorted(LAYOUTS))
    parser.add_argument("--show", action="store_true", help="print lost sentences")
    parser.add_argument("--keep", type=Path, help="write the typeset documents to this folder")
    options = parser.parse_args()
    if not OFFICIAL.is_dir():
        print(f"{OFFICIAL} is absent: nothing to measure", file=sys.stderr)
        return 1
    print("layout      documents  character error  sentences exact  headings    pages")
    for layout, (name, build) in LAYOUTS.items():
        if options.only not in (None, layout):
            continue
        score = Score()
        for path in read_sources(layout, options.limit):
            reference = extract_bytes(path.read_bytes(), name=path.name)
            # The standard fonts have no non-breaking hyphen.
            pieces = [
                (k, n, t.replace("\u2011", "-")) for k, n, t in to_pieces(reference) if k not in ("footnote", "table")
            ]
            data, seams = build(pieces)
            if options.keep:
                (options.keep / f"{layout}-{path.stem}-{name}").write_bytes(data)
            score.add(pieces, seams, extract_bytes(data, name=name))
        print(f"{layout:11} {score.line()}", flush=True)
        if options.show:
            for sentence in score.lost[:25]:
                print("   lost:", sentence[:150])
    return 0


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    raise SystemExit(main())
