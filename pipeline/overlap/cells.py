"""What stands in a crosswalk column: each group, pillar or item with its sentences."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.codebook import GroupDef, ItemDef
from pipeline.records import CodedUnit, CrosswalkCell, Evidence
from pipeline.terms import names_group


def make_cells(
    entries: Sequence[GroupDef | ItemDef], hits: Sequence[CodedUnit], partial: Sequence[str] = ()
) -> tuple[CrosswalkCell, ...]:
    """A cell for each group or item, counted among the units of its row (``hits``)."""
    return tuple(_make_cell(entry, hits, entry.id in partial) for entry in entries)


def to_evidence(units: Sequence[CodedUnit]) -> tuple[Evidence, ...]:
    return tuple(Evidence(u.unit.document_id, u.unit.n, u.unit.start, u.unit.end) for u in units)


def _make_cell(entry: GroupDef | ItemDef, hits: Sequence[CodedUnit], partial: bool) -> CrosswalkCell:
    own = [unit for unit in hits if any(tag.code_id in entry.issues for tag in unit.tags.issues)]
    named = [unit for unit in hits if isinstance(entry, GroupDef) and _is_named(unit, entry)]
    return CrosswalkCell(
        entry.id, entry.name.en, entry.name.zh, len(own), to_evidence(own), to_evidence(named), partial
    )


def _is_named(unit: CodedUnit, group: GroupDef) -> bool:
    return any(names_group(text, group) for text in (unit.unit.text, unit.unit.section, unit.unit.lead) if text)
