"""DOCX and DOCM by their XML: paragraphs, headings, lists, tables, content controls and notes.

python-docx refuses macro documents, damaged relations and strict OOXML; the few parts needed here are
read from the container itself, within limits on entries and inflated size.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from pipeline.errors import SourceError
from pipeline.extract.build import Builder
from pipeline.records import Extraction

MAX_ENTRIES = 20_000
MAX_INFLATED = 300_000_000
MAX_RATIO = 300
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPACE = re.compile(r"[ \t\r\n\u00a0\u202f\u3000]+")
_SKIP = frozenset(
    ["del", "moveFrom", "instrText", "delText", "fldData", "pict", "object", "drawing-none", "rPr", "pPr", "sectPr"]
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def extract_docx(data: bytes, *, name: str = "") -> Extraction:
    """The body of a Word document.

    Raises SourceError: encrypted, damaged (no zip, no body), too_large (a zip bomb), no_text.
    """
    parts = _Parts(data, name)
    document = parts.xml(parts.main())
    body = next((node for node in document.iter() if _local(node) == "body"), None)
    if body is None:
        raise SourceError("damaged", name, "it has no document body")
    builder = Builder()
    reader = _Reader(builder, parts)
    reader.read(body)
    if not builder.parts:
        reader.read_flat(body)
    return builder.finish(_MEDIA, "docx", _read_hints(parts))


class _Parts:
    """The zip container, opened with care."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self.zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise SourceError("damaged", name, f"not a readable zip container ({error})") from error
        self._check(entries)
        self.names = {entry.filename.lstrip("/").replace("\\", "/").lower(): entry for entry in entries}

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MAX_ENTRIES:
            raise SourceError("too_large", self.name, f"{len(entries)} entries in the zip container")
        inflated = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        if inflated > MAX_INFLATED or (inflated > 50_000_000 and inflated > MAX_RATIO * packed):
            raise SourceError("too_large", self.name, f"it would inflate to {inflated} bytes")
        if any(entry.flag_bits & 1 for entry in entries):
            raise SourceError("encrypted", self.name)

    def read(self, path: str) -> bytes | None:
        entry = self.names.get(path.lower())
        if entry is None:
            return None
        try:
            with self.zip.open(entry) as file:
                data = file.read(MAX_INFLATED + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            Exception,
        ) as error:
            raise SourceError("damaged", self.name, f"{path}: {type(error).__name__}") from error
        if len(data) > MAX_INFLATED:
            raise SourceError("too_large", self.name, "a part inflates beyond the limit")
        return data

    def xml(self, path: str) -> Any:
        from lxml import etree

        data = self.read(path)
        if data is None:
            raise SourceError("damaged", self.name, f"it has no {path}")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise SourceError("damaged", self.name, f"{path}: {error}") from error
        if root is None:
            raise SourceError("damaged", self.name, f"{path} is no XML")
        return root

    def main(self) -> str:
        """The main part as the relations name it; the usual place otherwise."""
        if "_rels/.rels" in self.names:
            for relation in self.xml("_rels/.rels"):
                if (relation.get("Type") or "").endswith("/officeDocument"):
                    target = (relation.get("Target") or "").lstrip("/")
                    if target.lower() in self.names:
                        return target
        if "word/document.xml" not in self.names:
            what = "a spreadsheet" if any(n.startswith("xl/") for n in self.names) else "no Word document"
            raise SourceError(
                "damaged" if what.startswith("no") else "wrong_type", self.name, f"the container holds {what}"
            )
        return "word/document.xml"


class _Reader:
    """Walks the body in order."""

    def __init__(self, builder: Builder, parts: _Parts) -> None:
        self.builder = builder
        self.styles = _read_styles(parts)
        self.notes = _read_notes(parts)
        self.numbers = _read_numbering(parts)
        self.counters: dict[tuple[str, int], int] = {}

    def read(self, node: Any, depth: int = 0) -> None:
        """Paragraphs and tables of a container; content controls and changes are looked through."""
        if depth > 100:
            return
        for child in node:
            kind = _local(child)
            if kind == "p":
                self._add_paragraph(child)
            elif kind == "tbl":
                self._add_table(child)
            elif kind in (
                "sdt",
                "sdtContent",
                "smartTag",
                "customXml",
                "ins",
                "moveTo",
                "AlternateContent",
                "Choice",
                "txbxContent",
            ):
                self.read(child, depth + 1)

    def read_flat(self, body: Any) -> None:
        """All paragraphs wherever they stand, for bodies that are nested too deep."""
        for node in body.iter():
            if _local(node) == "p":
                self.builder.add("paragraph", _paragraph_text(node, []))

    def _add_paragraph(self, node: Any) -> None:
        marks: list[str] = []
        text = _paragraph_text(node, marks)
        properties = next((child for child in node if _local(child) == "pPr"), None)
        style = self.styles.get(_value(properties, "pStyle"), "") if properties is not None else ""
        outline = _value(properties, "outlineLvl") if properties is not None else ""
        heading = re.search(r"(?:heading|überschrift|标题|titre)\s*(\d)", style) or (
            style == "title" and re.match(r"()", "")
        )
        if heading or (outline.isdigit() and int(outline) < 9):
            level = int(outline) + 1 if not heading else int(heading[1] or 1)
            self.builder.add("heading", text, min(level, 6))
        elif listed := self._list_mark(properties, style):
            level, mark = listed
            self.builder.add("list_item", f"{mark}{text}" if text else "", level)
        elif style.startswith("caption"):
            self.builder.add("caption", text)
        elif "quote" in style:
            self.builder.add("quote", text)
        elif text and _is_bold(node) and len(text.split()) <= 25 and not text.endswith((".", "。", ",", ";")):
            self.builder.add("heading", text, 6)
        else:
            bullet = re.match(r"[•▪◦●○■‣·]\s*(?=\S)", text)
            self.builder.add(
                "list_item" if bullet else "paragraph", text[bullet.end() :] if bullet else text, int(bool(bullet))
            )
        for mark in marks:
            self.builder.add("footnote", self.notes.get(mark, ""), ref=mark.partition(":")[2])
        for box in node.iter():
            if _local(box) == "txbxContent" and not any(_local(a) == "Fallback" for a in box.iterancestors()):
                self.read(box, 1)

    def _list_mark(self, properties: Any, style: str) -> tuple[int, str] | None:
        number = (
            next((child for child in properties if _local(child) == "numPr"), None) if properties is not None else None
        )
        if number is None:
            return (
                (1, "") if re.match(r"list (?:bullet|number|paragraph)", style) and style != "list paragraph" else None
            )
        level, key = int(_value(number, "ilvl") or 0), _value(number, "numId")
        if key == "0":
            return None
        form = self.numbers.get((key, level), "bullet")
        if form == "bullet" or form == "none":
            return level + 1, ""
        self.counters[(key, level)] = self.counters.get((key, level), 0) + 1
        for other in [k for k in self.counters if k[0] == key and k[1] > level]:
            del self.counters[other]
        return level + 1, _format_number(self.counters[(key, level)], form) + " "

    def _add_table(self, node: Any) -> None:
        rows = [row for row in node.iter() if _local(row) == "tr" and _owner(row) is node]
        widths = [sum(1 for cell in row.iter() if _local(cell) == "tc" and _owner(cell) is node) for row in rows]
        if len(rows) == 1 and widths == [1]:
            cell = next(cell for cell in rows[0].iter() if _local(cell) == "tc")
            self.read(cell, 1)
            return
        self.builder.add_table(_read_rows(node, rows))


def _read_rows(table: Any, rows: list[Any]) -> tuple[tuple[str, ...], ...]:
    result: list[list[str]] = []
    for row in rows[:5000]:
        line: list[str] = []
        for cell in row.iter():
            if _local(cell) != "tc" or _owner(cell) is not table:
                continue
            properties = next((child for child in cell if _local(child) == "tcPr"), None)
            span = _value(properties, "gridSpan") if properties is not None else ""
            merge = next((c for c in properties if _local(c) == "vMerge"), None) if properties is not None else None
            text = " ".join(filter(None, (_paragraph_text(p, []) for p in cell.iter() if _local(p) == "p")))
            if merge is not None and _attribute(merge, "val") != "restart" and result and len(line) < len(result[-1]):
                text = result[-1][len(line)]
            line += [text] * (min(int(span), 60) if span.isdigit() and int(span) else 1)
        result.append(line)
    width = max((len(line) for line in result), default=0)
    return tuple(tuple(line + [""] * (width - len(line))) for line in result if any(line))


def _owner(node: Any) -> Any:
    return next((a for a in node.iterancestors() if _local(a) == "tbl"), None)


def _paragraph_text(node: Any, marks: list[str]) -> str:
    parts: list[str] = []

    def visit(item: Any, depth: int) -> None:
        kind = _local(item)
        if kind in _SKIP or kind in ("txbxContent", "Fallback") or depth > 100:
            return
        if kind == "t":
            parts.append(item.text or "")
        elif kind in ("tab", "br", "cr", "ptab"):
            parts.append(" ")
        elif kind == "noBreakHyphen":
            parts.append("-")
        elif kind in ("footnoteReference", "endnoteReference"):
            marks.append(f"{kind[:-9]}:{_attribute(item, 'id')}")
        for child in item:
            visit(child, depth + 1)

    for child in node:
        visit(child, 0)
    return _SPACE.sub(" ", "".join(parts).replace("\u00ad", "")).strip()


def _is_bold(node: Any) -> bool:
    runs = [
        run
        for run in node.iter()
        if _local(run) == "r" and any(_local(t) == "t" and (t.text or "").strip() for t in run)
    ]
    return bool(runs) and all(
        any(
            _local(p) == "rPr" and any(_local(b) == "b" and _attribute(b, "val") not in ("0", "false") for b in p)
            for p in run
        )
        for run in runs
    )


def _read_styles(parts: _Parts) -> dict[str, str]:
    """Style id -> its name in lower case, following based-on to a heading."""
    if "word/styles.xml" not in parts.names:
        return {}
    names: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in parts.xml("word/styles.xml"):
        if _local(style) == "style":
            key = _attribute(style, "styleId")
            names[key], based[key] = _value(style, "name").lower(), _value(style, "basedOn")
    for key in list(names):
        parent = based.get(key, "")
        if not re.search(r"heading|title|list|caption|quote", names[key]) and re.match(
            r"heading|list (?:bullet|number)", names.get(parent, "")
        ):
            names[key] = names[parent]
    return names


def _read_notes(parts: _Parts) -> dict[str, str]:
    notes: dict[str, str] = {}
    for kind in ("footnote", "endnote"):
        if f"word/{kind}s.xml" in parts.names:
            for note in parts.xml(f"word/{kind}s.xml"):
                texts = [_paragraph_text(p, []) for p in note.iter() if _local(p) == "p"]
                notes[f"{kind}:{_attribute(note, 'id')}"] = " ".join(filter(None, texts))
    return notes


def _read_numbering(parts: _Parts) -> dict[tuple[str, int], str]:
    if "word/numbering.xml" not in parts.names:
        return {}
    forms: dict[tuple[str, int], str] = {}
    result: dict[tuple[str, int], str] = {}
    root = parts.xml("word/numbering.xml")
    for abstract in root:
        if _local(abstract) == "abstractNum":
            for level in abstract:
                if _local(level) == "lvl" and _attribute(level, "ilvl").isdigit():
                    forms[(_attribute(abstract, "abstractNumId"), int(_attribute(level, "ilvl")))] = _value(
                        level, "numFmt"
                    )
    for number in root:
        if _local(number) == "num":
            wanted = _value(number, "abstractNumId")
            result.update(
                {(_attribute(number, "numId"), lvl): form for (key, lvl), form in forms.items() if key == wanted}
            )
    return result


def _format_number(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return f"{letter if form == 'lowerLetter' else letter.upper()}."
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for value, mark in (
            (100, "c"),
            (90, "xc"),
            (50, "l"),
            (40, "xl"),
            (10, "x"),
            (9, "ix"),
            (5, "v"),
            (4, "iv"),
            (1, "i"),
        ):
            while number >= value:
                text, number = text + mark, number - value
        return f"{text if form == 'lowerRoman' else text.upper()}."
    return f"{number}."


def _read_hints(parts: _Parts) -> dict[str, str]:
    if "docprops/core.xml" not in parts.names:
        return {}
    try:
        root = parts.xml("docProps/core.xml")
    except SourceError:
        return {}
    title = next(((node.text or "").strip() for node in root if _local(node) == "title"), "")
    return {"title": title} if len(title) > 12 and not title.lower().startswith("microsoft word") else {}


def _local(node: Any) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(node: Any, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _value(node: Any, name: str) -> str:
    child = next((child for child in node if _local(child) == name), None)
    return _attribute(child, "val") if child is not None else ""
