"""The catalogue of official documents: corpus/catalogue.csv."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.errors import CodebookError


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One official document: what it is, where it is, and the SHA-256 of its bytes where known."""

    id: str
    framework: str
    round: str
    kind: str
    date: str
    place: str
    language: str
    publisher: str
    title: str
    url: str
    sha256: str
    mirror_repository: str
    mirror_commit: str
    mirror_path: str
    note: str


def read_catalogue(path: Path) -> tuple[CatalogueEntry, ...]:
    """All entries in file order; empty where there is no catalogue. Raises CodebookError on a broken file."""
    if not path.exists():
        return ()
    names = [field.name for field in fields(CatalogueEntry)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in ("id", "url") if name not in (reader.fieldnames or ())]
        if missing:
            raise CodebookError(f"{path.name}:1: column '{missing[0]}' is missing; add it")
        entries = []
        for row in reader:
            if not row["id"]:
                raise CodebookError(f"{path.name}:{reader.line_num}: 'id' is empty; give the document an id")
            entries.append(CatalogueEntry(**{name: (row.get(name) or "").strip() for name in names}))
    return tuple(entries)


def match_catalogue(
    entries: Sequence[CatalogueEntry], *, sha256: str, name: str, url: str = ""
) -> CatalogueEntry | None:
    """The entry whose hash, address or mirror path these bytes have; a file named by an id counts too."""
    stem = name.rsplit(".", 1)[0]
    for entry in entries:
        if entry.sha256 and entry.sha256 == sha256:
            return entry
    for entry in entries:
        if (url and entry.url == url) or entry.id == stem:
            return entry
        if entry.mirror_path and entry.mirror_path.rsplit("/", 1)[-1] == name:
            return entry
    return None
