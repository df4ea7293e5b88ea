"""Typeset the official statements in layouts of our own, read them back, and measure what was lost.

Usage: python benchmarks/extraction/measure.py [--limit N] [--only LAYOUT]
Layouts: pdf-one (one column), pdf-two (two columns, running heads, page numbers), html (site furniture), docx.
The reference is our reading of the Markdown original. Needs ../shared/corpus/official and reportlab.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.extract import extract_bytes
from pipeline.records import Extraction
from pipeline.segment import segment_blocks

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT.parent / "shared" / "corpus" / "official"
Pieces = list[tuple[str, int, str]]


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


LAYOUTS: dict[str, tuple[str, Callable[[Pieces], bytes]]] = {
    "pdf-one": ("x.pdf", lambda pieces: set_pdf(pieces, columns=1)),
    "pdf-two": ("x.pdf", lambda pieces: set_pdf(pieces, columns=2)),
    "html": ("x.html", set_html),
    "docx": ("x.docx", set_docx),
}


def compare(reference: Extraction, found: Extraction) -> tuple[float, int, int, int, int, list[str]]:
    """(character error, exact sentences, sentences, headings found, headings, some lost sentences)."""
    plain, other = _plain(reference.text), _plain(found.text)
    error = Levenshtein.distance(plain, other) / max(len(plain), 1)
    wanted = [_plain(u.text) for u in segment_blocks("r", reference.text, reference.blocks)]
    have = {_plain(u.text) for u in segment_blocks("f", found.text, found.blocks)}
    heads = [_plain(t) for k, _, t in to_pieces(reference) if k == "heading"]
    have_heads = {_plain(t) for k, _, t in to_pieces(found) if k == "heading"}
    lost = [sentence for sentence in wanted if sentence not in have]
    return error, len(wanted) - len(lost), len(wanted), sum(h in have_heads for h in heads), len(heads), lost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=99)
    parser.add_argument("--only", choices=sorted(LAYOUTS))
    parser.add_argument("--show", action="store_true", help="print lost sentences")
    options = parser.parse_args()
    if not OFFICIAL.is_dir():
        print(f"{OFFICIAL} is absent: nothing to measure", file=sys.stderr)
        return 1
    print("layout    documents  character error  sentences exact  headings")
    for layout, (name, build) in LAYOUTS.items():
        if options.only not in (None, layout):
            continue
        total, results = 0.0, []
        for path in sorted(OFFICIAL.glob("*.md"))[: options.limit]:
            reference = extract_bytes(path.read_bytes(), name=path.name)
            result = compare(reference, extract_bytes(build(to_pieces(reference)), name=name))
            results.append(result)
            total += result[0] * len(reference.text) / 1
            if options.show:
                for sentence in result[5][:6]:
                    print("   lost:", path.stem, sentence[:110])
        size = sum(
            len(extract_bytes(p.read_bytes(), name=p.name).text) for p in sorted(OFFICIAL.glob("*.md"))[: options.limit]
        )
        exact, units = sum(r[1] for r in results), sum(r[2] for r in results)
        heads, all_heads = sum(r[3] for r in results), sum(r[4] for r in results)
        print(
            f"{layout:9} {len(results):9} {total / size:16.4f} {exact / units:16.4f} {heads / max(all_heads, 1):9.4f}"
        )
    return 0


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    raise SystemExit(main())
