"""Cells and files of tables: harmless text, numbers that stay numbers, archives without a clock."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RETURN = {"\r": "&#13;"}
"""A reader of XML takes a bare return for a line feed."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def clean_cell(value: Cell) -> Cell:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are left alone."""
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)
    return "'" + text if text.lstrip(" \u00a0\u3000\ufeff").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def clean_xml_text(text: str) -> str:
    """Text without the characters that XML forbids."""
    return _CONTROL.sub("", text)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Path:
    """UTF-8 with a byte order mark, so that Excel reads Chinese; see clean_cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows([clean_cell(cell) for cell in row] for row in rows)
    return path


def write_workbook(path: Path, sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]) -> Path:
    """An Excel workbook of (name, header, rows) sheets: header frozen and filtered, no formulas, fixed time.

    openpyxl makes the workbook with its headers; the rows below them are set in as text, in a fifth of its time.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    for name, header, rows in sheets:
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for column, width in enumerate(_widths(header, rows)):
            sheet.column_dimensions[_letter(column)].width = width
        sheet.append([_bold(sheet, title, Font(bold=True)) for title in header])
        sheet.auto_filter.ref = f"A1:{_letter(len(header) - 1)}{len(rows) + 1}"
    if not sheets:
        book.create_sheet("empty")
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    bodies = {f"xl/worksheets/sheet{n}.xml": rows for n, (_, _, rows) in enumerate(sheets, 1)}
    with zipfile.ZipFile(buffer) as source:
        members = [(name, _add_rows(source.read(name), bodies.get(name, ()))) for name in source.namelist()]
    path.write_bytes(make_archive([(name, _fix_times(name, content)) for name, content in members]))
    return path


def fix_archive(data: bytes) -> bytes:
    """The same zip archive with every time at the epoch, so that equal content gives equal bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return make_archive([(name, _fix_times(name, source.read(name))) for name in source.namelist()])


def make_archive(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of (name, bytes), in the order given, without a clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, content)
    return buffer.getvalue()


def _fix_times(name: str, content: bytes) -> bytes:
    """Office writes its save time into docProps/core.xml."""
    if name != "docProps/core.xml":
        return content
    return re.sub(rb">\d{4}-\d\d-\d\dT[\d:.]+Z?<", b">1980-01-01T00:00:00Z<", content)


def _bold(sheet: object, value: str, font: object) -> object:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.font = font
    return cell


def _add_rows(sheet: bytes, rows: Sequence[Sequence[Cell]]) -> bytes:
    """A sheet with ``rows`` below its header."""
    if not rows:
        return sheet
    letters = [_letter(column) for column in range(max(map(len, rows)))]
    body = "".join(
        f'<row r="{number}">'
        + "".join(_to_xml(f"{letter}{number}", cell) for letter, cell in zip(letters, row, strict=False))
        + "</row>"
        for number, row in enumerate(rows, 2)
    )
    return sheet.replace(b"</sheetData>", body.encode("ascii", "xmlcharrefreplace") + b"</sheetData>", 1)


def _to_xml(place: str, value: Cell) -> str:
    """A cell whose text is never a formula or an error; Excel takes at most 32,767 characters."""
    if value is None:
        return ""
    if not isinstance(value, str):
        kind = "b" if isinstance(value, bool) else "n"
        return f'<c r="{place}" t="{kind}"><v>{value:.16g}</v></c>'
    text = _CONTROL.sub("", value)[:32767]
    if not text:
        return f'<c r="{place}" t="inlineStr"></c>'
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{place}" t="inlineStr"><is><t{space}>{escape(text, _RETURN)}</t></is></c>'


def _widths(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    sample = [header, *rows[:200]]
    return [
        min(80, max(8, 2 + max(len(str(row[column] if row[column] is not None else "")) for row in sample)))
        for column in range(len(header))
    ]


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(column + 1)
    return letter
