"""What a change of codebook or tagger does to tags that are already there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import UnitTags


@dataclass(frozen=True, slots=True)
class CodeChange:
    """How many units gained and lost a code."""

    code_id: str
    gained: int
    lost: int


def diff_tags(old: Iterable[UnitTags | None], new: Iterable[UnitTags]) -> tuple[CodeChange, ...]:
    """Codes whose units differ, most changed first; empty where nothing changes.

    ``old`` and ``new`` are aligned by unit; None stands for a unit that had no tags. Raises
    ValueError where they differ in length.
    """
    gained: dict[str, int] = {}
    lost: dict[str, int] = {}
    for before, after in zip(old, new, strict=True):
        had = {tag.code_id for tag in before.iter_tags()} if before else set()
        has = {tag.code_id for tag in after.iter_tags()}
        for code_id in has - had:
            gained[code_id] = gained.get(code_id, 0) + 1
        for code_id in had - has:
            lost[code_id] = lost.get(code_id, 0) + 1
    changes = (CodeChange(code_id, gained.get(code_id, 0), lost.get(code_id, 0)) for code_id in {*gained, *lost})
    return tuple(sorted(changes, key=lambda change: (-(change.gained + change.lost), change.code_id)))
