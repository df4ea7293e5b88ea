"""Cells and files of tables: harmless text, numbers that stay numbers, archives without a clock."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
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
    """An Excel workbook of (name, header, rows) sheets: header frozen and filtered, no formulas, fixed time."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    for name, header, rows in sheets:
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for column, width in enumerate(_widths(header, rows)):
            sheet.column_dimensions[_letter(column)].width = width
        sheet.append([_bold(sheet, title, Font(bold=True)) for title in header])
        for row in rows:
            sheet.append([_plain(sheet, cell) for cell in row])
        sheet.auto_filter.ref = f"A1:{_letter(len(header) - 1)}{len(rows) + 1}"
    if not sheets:
        book.create_sheet("empty")
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(fix_archive(buffer.getvalue()))
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


def _plain(sheet: object, value: Cell) -> object:
    """A cell whose text is never a formula or an error; Excel takes at most 32,767 characters."""
    if not isinstance(value, str):
        return value
    if not value.startswith(("=", "#")):
        return _CONTROL.sub("", value)[:32767]  # three times as fast as a cell object
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=_CONTROL.sub("", value)[:32767])
    cell.data_type = "s"
    return cell


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
