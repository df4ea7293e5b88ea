"""Seals: one hash over all that the store holds of a document, so that any value changed from outside shows.

This module imports the standard library only.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

Row = tuple[Any, ...]
_FORM = "columns:"
_BETWEEN = "\x1f"


def seal_tables(tables: Iterable[Sequence[Row]]) -> str:
    """The seal of some tables' rows; texts as str when written, as bytes when read: damaged text need not be UTF-8.

    Column by column: a value at a time takes four times as long. Raises TypeError or struct.error where a
    column holds values of several kinds, which is never written.
    """
    parts = [_to_bytes(column) for rows in tables for column in zip(*rows, strict=True)]
    return _FORM + hashlib.sha256(_BETWEEN.encode().join(parts)).hexdigest()


def fits_seal(seal: str, tables: Sequence[Sequence[Row]]) -> bool:
    """Whether the rows as read are those that were sealed."""
    if not seal.startswith(_FORM):
        return seal == _seal_rows(tables)
    try:
        return seal == seal_tables(tables)
    except (TypeError, struct.error):
        return False


def _to_bytes(column: Sequence[Any]) -> bytes:
    first = column[0]
    if isinstance(first, str):
        return _BETWEEN.join(column).encode()
    if isinstance(first, bytes):
        return _BETWEEN.encode().join(column)
    if isinstance(first, float):
        return struct.pack(f"<{len(column)}d", *column)
    return repr(column).encode()


def _seal_rows(tables: Sequence[Sequence[Row]]) -> str:
    """The seal in its first form, which documents keep until they are written again."""
    return hashlib.sha256("".join(map(repr, chain(*tables))).encode()).hexdigest()
