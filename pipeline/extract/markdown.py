"""Markdown to an Extraction, by guarded regular expressions.

A full Markdown parser is nine times as slow on our statements and gives the same text
(measured, see docs/method.md); statements use a small part of the language.
"""

from __future__ import annotations

import re

from pipeline.extract.build import Builder
from pipeline.records import BlockKind, Extraction

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*\Z")
_BULLET = re.compile(r"([ \t]*)([-*+•–]|\d{1,3}[.)]|\(?[a-zA-Z]\))[ \t]+(?=\S)")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}\Z")
_FENCE = re.compile(r"```|~~~")
_TABLE_LINE = re.compile(r"\|.*\|[ \t]*\Z")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\Z")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\([^()\n]{0,2000}(?:\([^()\n]*\)[^()\n]*)?\)")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.){0,2000}?)\]\([^()\s]{0,2000}(?:\([^()\s]*\)[^()\s]*)?(?:\s+\"[^\"]*\")?\)")
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.){1,500}?)\]\[[^\]\n]{0,200}\]")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
# What stands before a mark is looked at behind it: a pattern that begins with its mark is searched for many times as fast.
_STRONG = re.compile(r"(([*_])(?<!\\[*_])\2{1,2})(?=\S)(.+?)(?<=[^\s\\])\1", re.S)
_EMPHASIS = re.compile(r"([*_])(?<![\\\w*][*_])(?=[^\s*_])(.+?)(?<=[^\s\\])\1(?![\w*])", re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|\"'$&^@%/:;,=?])")
_RARE_SPACES = "\t\u00a0\u2007\u202f\u3000\ufeff"
_BOLD_ONLY = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)[ \t]*:?[ \t]*\Z", re.S)
_BOLD_LINE = re.compile(r"^((?:\*\*[^*\n]{3,150}\*\*[ \t\u00a0]*){1,4})[ \t\u00a0]*  \n(?=\S)", re.M)
_BOLD_TAIL = re.compile(r"\*\*([^*\n]{3,200}?)[ \t\u00a0]*  \n[ \t\u00a0]*\*\*(?=[ \t\u00a0]*(?:\n|\Z))")
_DATELINE = re.compile(r"(?=.{0,80}\Z).*\b(?:19|20)\d\d\b", re.S)
_STRAY = re.compile(r"([*_])(?<=\w[*_])([^\w\s*]{1,3})\1(?!\w)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]+")
_HINT = re.compile(r"([A-Za-z_]+):[ \t]*(.*)")
_OUTLINE = re.compile(
    r"(?:(?P<letter>[A-Z])|[IVX]{2,5}|[一二三四五六七八九十]{1,3}(?=、))(?:[.]\s+|、\s*)\S"
    r"|(?:Section|Annex|Part|Chapter|Appendix|Pillar)\s+[\dIVX]+\b|(?:附件|附录|附錄|第[一二三四五六七八九十]+[章节部分])"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKS = frozenset("#`~>[(*_+-•–")


def extract_markdown(text: str) -> Extraction:
    """The text of a Markdown document with headings, list items, quotes, footnotes and hints."""
    hints: dict[str, str] = {}
    match = _FRONT_MATTER.match(text)
    if match:
        hints = read_hints(match.group(1))
        text = text[match.end() :]
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    if "**" in text:
        text = _BOLD_TAIL.sub(r"**\1**\n\n", text)
        text = _BOLD_LINE.sub(r"\1\n\n", text)
    builder = _Builder()
    for lines in _iter_groups(text.split("\n")):
        _add_group(builder, lines)
    return builder.finish("text/markdown", "markdown", hints)


def read_hints(front_matter: str) -> dict[str, str]:
    """Scalar entries of a YAML front matter; a front matter that is no YAML gives its plain lines."""
    import yaml

    try:
        data = yaml.load(front_matter, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError):
        return {m[1].lower(): m[2].strip(" '\"") for line in front_matter.splitlines() if (m := _HINT.match(line))}
    if not isinstance(data, dict):
        return {}
    return {
        str(key).lower(): _close_spaces(str(value)).strip()
        for key, value in data.items()
        if isinstance(value, (str, int, float)) or hasattr(value, "isoformat")
    }


def strip_inline(text: str) -> str:
    """Inline Markdown to plain text: links to their words, emphasis marks and escapes undone."""
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
        text = _TAG.sub("", text)
    if "[" in text:
        text = _IMAGE.sub("", text)
        text = _LINK.sub(r"\1", text)
        text = _REFERENCE.sub(r"\1", text)
    for _ in range(2):
        if "**" in text or "__" in text:
            text = _STRONG.sub(r"\3", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", text)
        text = _STRAY.sub(r"\2", text)
        text = text.replace("**", "").replace("__", "")
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        import html

        text = html.unescape(text)
    return _close_spaces(text).strip()


def _close_spaces(text: str) -> str:
    """Runs of spaces of any kind to one plain space; seven plain searches are far faster than a pattern."""
    for char in _RARE_SPACES:
        text = text.replace(char, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


class _Builder(Builder):
    """A builder that knows how deep the last numbered headings stood."""

    def __init__(self) -> None:
        super().__init__()
        self.marked = 1
        self.letter = ""

    def bold_level(self, text: str) -> int:
        """Depth of a bold line: I. or Section 1 or Annex, then A., then without a number.

        Below the depth of the last heading that was marked with #. "C." after "B." is a letter;
        "I.", "V." and "X." are Roman unless the letter before them came last.
        """
        match = _OUTLINE.match(text)
        if match is None:
            return min(self.marked + 3, 6)
        letter = match["letter"] or ""
        if letter and (letter not in "IVX" or (self.letter and ord(letter) == ord(self.letter) + 1)):
            self.letter = letter
            return min(self.marked + 2, 6)
        self.letter = ""
        return min(self.marked + 1, 6)


def _iter_groups(lines: list[str]) -> list[list[str]]:
    """Runs of lines between blank lines."""
    groups: list[list[str]] = []
    current: list[str] = []
    for line in lines:
        if line.strip(" \t\u00a0"):
            current.append(line)
        elif current:
            groups.append(current)
            current = []
    if current:
        groups.append(current)
    return groups


def _add_group(builder: _Builder, lines: list[str]) -> None:
    pending: list[str] = []
    kind: BlockKind = "paragraph"
    level = 0
    ref = ""

    def flush() -> None:
        nonlocal pending, kind, level, ref
        if pending:
            _add_text(builder, kind, _join_lines(pending), level, ref)
        pending, kind, level, ref = [], "paragraph", 0, ""

    if len(lines) >= 2 and _TABLE_LINE.match(lines[0].strip()) and _TABLE_RULE.match(lines[1].strip()):
        _add_table(builder, lines)
        return
    for line in lines:
        stripped = line.strip()
        first = stripped[:1]
        # Only "1." or "b)" or a mark begins anything; most lines are running text and need no pattern.
        if not (first in _MARKS or first.isdecimal() or stripped[1:2] in (".", ")")):
            pending.append(line)
            continue
        if _RULE.match(stripped) or _FENCE.match(stripped):
            flush()
            continue
        heading = _HEADING.match(stripped)
        if heading:
            flush()
            builder.marked = min(len(heading[1]), 3)
            builder.add("heading", strip_inline(heading[2]), len(heading[1]))
            continue
        footnote = _FOOTNOTE.match(stripped)
        if footnote:
            flush()
            kind, ref = "footnote", footnote[1]
            pending = [stripped[footnote.end() :]]
            continue
        if stripped.startswith(">"):
            if kind != "quote":
                flush()
                kind = "quote"
            pending.append(stripped.lstrip("> "))
            continue
        bullet = _BULLET.match(line)
        if bullet and (not pending or kind == "list_item" or not bullet[2][0].isalnum()):
            flush()
            kind = "list_item"
            level = 1 + len(bullet[1].expandtabs(4)) // 2
            marker = bullet[2]
            pending = [(marker + " " if marker[0].isalnum() or marker[0] == "(" else "") + line[bullet.end() :]]
            continue
        pending.append(line)
    flush()


def _add_table(builder: _Builder, lines: list[str]) -> None:
    rows = [
        [strip_inline(cell) for cell in re.split(r"(?<!\\\\)\|", line.strip().strip("|"))]
        for line in [lines[0], *lines[2:]]
    ]
    width = max(map(len, rows))
    builder.add_table(tuple(tuple(row + [""] * (width - len(row))) for row in rows))


def _add_text(builder: _Builder, kind: BlockKind, text: str, level: int, ref: str) -> None:
    plain = strip_inline(text)
    if kind == "paragraph" and _BOLD_ONLY.match(text) and _looks_like_heading(plain) and not _DATELINE.match(plain):
        builder.add("heading", plain, builder.bold_level(plain))
    else:
        builder.add(kind, plain, level, ref)


def _looks_like_heading(text: str) -> bool:
    return len(text.split()) <= 25 and not text.endswith((".", ";", ",", "。", "；"))


def _join_lines(lines: list[str]) -> str:
    """Printed lines joined: by a space, or by nothing between Han characters; a backslash at the end of one goes."""
    lines = [line.strip(" \t\u00a0") for line in lines]
    joined = " ".join(lines)
    if "\\ " not in joined and (joined.isascii() or not any(_HAN.match(line) for line in lines)):
        return joined
    joined = lines[0]
    for line in lines[1:]:
        if joined.endswith("\\"):
            joined = joined[:-1].rstrip()
        glue = "" if joined and line and _HAN.match(joined[-1]) and _HAN.match(line[0]) else " "
        joined += glue + line
    return joined
