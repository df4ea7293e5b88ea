"""Seals: what is sealed as written is recognised as read, and nothing else is."""

from __future__ import annotations

import hashlib

import pytest

from pipeline.seals import Row, fits_seal, seal_tables

WRITTEN: list[list[Row]] = [
    [("d1", "Ports open. 港口开放。", b"\x00\x1f", None)],
    [(0, 0, 11, "Ports open.", None), (1, 11, 17, "港口开放。", 2)],
    [],
    [(0, "issue", 0.9731, "both"), (1, "action", 1.0, "rule:x")],
]


def as_read(tables: list[list[Row]]) -> list[list[Row]]:
    """Texts as the store reads them for a check."""
    return [[tuple(v.encode() if isinstance(v, str) else v for v in row) for row in rows] for rows in tables]


def test_rows_as_read_fit_the_seal_of_those_written() -> None:
    """Bytes or characters make no difference."""
    assert fits_seal(seal_tables(WRITTEN), as_read(WRITTEN))


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        (0, 0, 1, b"Ports open. \xe6\xb8"),
        (1, 0, 2, 12),
        (1, 1, 4, None),
        (3, 0, 2, 0.9732),
        (3, 0, 2, "0.9731"),
        (3, 1, 3, b"rule:y"),
        (3, 1, 3, 7),
    ],
)
def test_any_changed_value_breaks_the_seal(table: int, row: int, column: int, value: object) -> None:
    """Also one of another kind, or a text that is no longer UTF-8."""
    read = as_read(WRITTEN)
    cells = list(read[table][row])
    cells[column] = value
    read[table][row] = tuple(cells)
    assert not fits_seal(seal_tables(WRITTEN), read)


def test_a_row_more_or_less_breaks_the_seal() -> None:
    """Rows are counted, not only compared."""
    read = as_read(WRITTEN)
    assert not fits_seal(seal_tables(WRITTEN), [read[0], read[1], read[2], read[3][:1]])
    assert not fits_seal(seal_tables(WRITTEN), [read[0], read[1], read[1][:1], read[3]])


def test_seal_of_an_older_store_is_still_checked() -> None:
    """Until a document is written again it keeps the seal it was given."""
    read = as_read(WRITTEN)
    old = hashlib.sha256("".join(repr(row) for rows in read for row in rows).encode()).hexdigest()
    assert fits_seal(old, read)
    assert not fits_seal(old, read[:3])
