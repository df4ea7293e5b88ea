"""Cells are harmless, numbers stay numbers, archives have no clock."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from pipeline.report.cells import clean_cell, fix_archive, make_archive, write_csv, write_workbook


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-x", "'-x"), ("@user", "'@user"), ("\t=1", "'\t=1"), (" =1", "' =1"),
        ("＝1", "'＝1"), ("\x00=1", "'=1"), ("plain", "plain"), ("", ""), (-3, -3), (-0.5, -0.5), (None, None), ("芯片", "芯片"),
    ],
)  # fmt: skip
def test_cell_is_harmless(value: object, expected: object) -> None:
    """Text that a spreadsheet would run is quoted; numbers are not touched."""
    assert clean_cell(value) == expected  # type: ignore[arg-type]


def test_csv_opens_in_excel(tmp_path: Path) -> None:
    """The file begins with a byte order mark and keeps negative numbers as numbers."""
    path = write_csv(tmp_path / "t.csv", ("a", "b"), [("数字", -1.5)])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))[1] == ["数字", "-1.5"]


def test_workbook_has_no_formula_and_no_clock(tmp_path: Path) -> None:
    """A formula arrives as text, and two writes give the same bytes."""
    from openpyxl import load_workbook

    sheets = [("s", ("text", "number"), [("=1+1", -2), ("\x07bell", 0.5)])]
    first = write_workbook(tmp_path / "a.xlsx", sheets).read_bytes()
    assert first == write_workbook(tmp_path / "b.xlsx", sheets).read_bytes()
    cell = load_workbook(tmp_path / "a.xlsx")["s"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_workbook_rows_read_back(tmp_path: Path) -> None:
    """Every kind of cell comes back as it went in: blanks at the ends, line ends, marks of XML, Han, empty cells."""
    from openpyxl import load_workbook

    row = [" a ", "x\ny\rz", "<b> & 'c'", "技术😀", None, True, 0, -1.5, 1 / 3, "#N/A", "1.0"]
    path = write_workbook(tmp_path / "a.xlsx", [("empty", ["a"], []), ("s", ["a"] * len(row), [row, row])])
    found = [[cell.value for cell in line] for line in load_workbook(path)["s"].iter_rows(min_row=2)]
    assert found == [row, row]


def test_archive_times_are_fixed() -> None:
    """Every member carries the same time."""
    data = fix_archive(make_archive([("a.txt", b"a"), ("b.txt", b"b")]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
