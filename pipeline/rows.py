"""A document as rows of plain values: how it travels from the process that coded it to the one that stores it.

Made where documents are coded, on all cores; plain values are pickled and read again four times as fast as records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from operator import attrgetter
from typing import Any, cast

from pipeline.han import may_hold_han
from pipeline.records import Document, Found, Metadata, Unit, UnitTags, pickle_by_fields

FIELDS = ("framework", "round", "kind", "date", "place", "language", "title")
Row = tuple[Any, ...]
_UNIT_VALUES = attrgetter(*(part.name for part in fields(Unit) if part.name != "document_id"))


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class DocumentRows:
    """``facts``: the columns of a document from its id to its warnings. ``units``: from n to lead, by n.

    ``tags``: (position of the unit, dimension, rank, code, score, by), in that order; None for a document without tags.
    ``han``: whether it may hold Chinese, which is indexed apart.
    """

    facts: Row
    units: tuple[Row, ...]
    tags: tuple[Row, ...] | None
    edition_of: str
    fingerprint: bytes
    text_key: str
    han: bool

    @property
    def document_id(self) -> str:
        return str(self.facts[0])

    def rename(self, document_id: str) -> DocumentRows:
        return replace(self, facts=(document_id, *self.facts[1:]))


def to_rows(
    document: Document,
    units: Sequence[Unit],
    tags: Sequence[UnitTags] | None,
    *,
    fingerprint: bytes = b"",
    text_key: str = "",
) -> DocumentRows:
    """The rows of a document with its units and their tags; ``tags`` aligned with ``units``, None for no tags.

    Raises ValueError where there is not one set of tags a unit.
    """
    if tags is not None and len(tags) != len(units):
        raise ValueError(f"{document.id}: {len(units)} units but {len(tags)} tag sets")
    return DocumentRows(
        facts=_to_facts(document),
        units=tuple(map(_UNIT_VALUES, units)),
        tags=None if tags is None else tuple(to_tag_rows(enumerate(tags))),
        edition_of=document.edition_of,
        fingerprint=fingerprint,
        text_key=text_key,
        han=may_hold_han(document.text),
    )


def to_tag_rows(tags: Iterable[tuple[int, UnitTags]]) -> list[Row]:
    """Rows of the tags of numbered units, in the order of the table's key, in which they also go in fastest."""
    return [
        (number, dimension, rank, tag.code_id, float(tag.score), tag.by)
        for number, unit_tags in tags
        for dimension, group in (
            ("action", (unit_tags.action,)),
            ("industry", unit_tags.industries),
            ("issue", unit_tags.issues),
        )
        for rank, tag in enumerate(group)
    ]


def _to_facts(document: Document) -> Row:
    found = {name: _get_found(document.metadata, name) for name in FIELDS}
    return (
        document.id,
        document.sha256,
        document.basis,
        document.source,
        document.url,
        *(value.value for value in found.values()),
        _dump({name: {"where": value.where, "sure": value.sure} for name, value in found.items()}),
        document.text,
        _dump([[b.kind, b.start, b.end, b.level, b.page, b.ref] for b in document.blocks]),
        _dump(document.pages),
        _dump([asdict(table) for table in document.tables]),
        document.media,
        document.engine,
        _dump(document.warnings),
    )


def _get_found(metadata: Metadata, name: str) -> Found:
    return cast(Found, getattr(metadata, name))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
