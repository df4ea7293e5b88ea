"""A run of printed lines that make one block, and how its lines become text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extract.build import Builder
from pipeline.extract.hanspace import close_han_latin, close_spaces, is_letter_spaced
from pipeline.extract.hyphens import Vocabulary, join_cut_word
from pipeline.extract.pdfchars import HYPHEN, resolve_compatible
from pipeline.extract.pdflines import Line

BULLET = re.compile(r"(?:[•▪◦●○■‣·\uf0b7\uf0a7]|[-–—](?=\s)|o(?=\s[A-Z]))\s*")
NOTE = re.compile(r"(\d{1,3}|[①-⑳]|[*†‡]|\[\d{1,3}\])[.)]?\s*(?=[^\s\d.])")
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@dataclass
class Group:
    """Lines of one block. ``rows``: those of a table; ``title``: the caption that stands over it."""

    kind: str
    lines: list[Line]
    level: int = 0
    ref: str = ""
    rows: tuple[tuple[str, ...], ...] = field(default=())
    title: str = ""

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


def emit_group(builder: Builder, group: Group, vocabulary: Vocabulary) -> None:
    """The group as a block of the builder, without its bullet or the mark of its note."""
    page = group.first.page
    if group.kind == "table":
        builder.add_table(group.rows, group.title, page=page)
        return
    text, seams = join_lines(group.lines, vocabulary)
    cut = BULLET.match(text) if group.kind == "list_item" else NOTE.match(text) if group.kind == "footnote" else None
    if cut:
        text = text[cut.end() :]
        seams = tuple((max(offset - cut.end(), 0), number) for offset, number in seams)
    builder.add(group.kind, text, group.level, group.ref, page, seams)  # type: ignore[arg-type]


def join_lines(lines: list[Line], vocabulary: Vocabulary) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Lines as one text, and where new pages begin in it."""
    text, seams, page = _tidy(lines[0].text), [], lines[0].page
    for line in lines[1:]:
        following = _tidy(line.text)
        if text.endswith((HYPHEN, "-")) and len(text) > 1 and (text[-2].isalnum() or text[-2] == "."):
            text = join_cut_word(text, following, vocabulary)
        elif HAN.match(text[-1]) or HAN.match(following[0]) or _is_han_quote(text, following):
            pass
        elif not re.search(r"\S[—/–]\Z", text) or not following[:1].isalnum():
            text += " "
        if line.page != page:
            seams.append((len(text), line.page))
            page = line.page
        text += following
    return text.replace(HYPHEN, ""), tuple(seams)


def clean_cell(cell: str | None) -> str:
    """A table cell's lines as one text."""
    lines = [close_spaces(resolve_compatible(line)) for line in (cell or "").split("\n") if line.strip()]
    text = ""
    for line in filter(None, lines):
        if not text or HAN.match(text[-1]) or HAN.match(line[0]):
            text += line
        elif text.endswith(("-", HYPHEN)) and text[-2:-1].isalpha():
            text = join_cut_word(text, line, Vocabulary({})) + line
        else:
            text += f" {line}"
    return text


def _tidy(text: str) -> str:
    """A line of Chinese with the spaces of its setting taken out."""
    if not HAN.search(text):
        return text
    spaced = is_letter_spaced(text) or all(len(token) == 1 for token in text.split())
    return (close_spaces(text) if spaced else close_han_latin(text)) or text


def _is_han_quote(text: str, following: str) -> bool:
    """Whether a quotation mark at the seam stands beside a Han character: no space belongs there."""
    return (text[-1] in "”’" and bool(HAN.match(text[-2:-1]))) or (
        following[0] in "“‘" and bool(HAN.match(following[1:2]))
    )
