"""The codes of one unit, by whoever gave them: what all comparisons read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import ACTION_LEVELS, GoldUnit, UnitTags


@dataclass(frozen=True, slots=True)
class Codes:
    """Issues (main one first), industries and action level of a unit."""

    issues: tuple[str, ...]
    industries: tuple[str, ...]
    action: str

    @property
    def main_issue(self) -> str:
        return self.issues[0] if self.issues else ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with its gold codes and those found.

    ``paragraph``: the block it stands in, the unit of resampling. ``n``: its number in the document.
    ``score``: how sure the tagger was of its main issue.
    """

    document_id: str
    n: int
    paragraph: int
    language: str
    gold: Codes
    found: Codes
    score: float = 0.0


def to_codes(source: UnitTags | GoldUnit) -> Codes:
    """The bare codes of a tagged unit or an annotation."""
    if isinstance(source, GoldUnit):
        return Codes(source.issues, source.industries, source.action or ACTION_LEVELS[0])
    return Codes(
        tuple(tag.code_id for tag in source.issues),
        tuple(tag.code_id for tag in source.industries),
        source.action.code_id,
    )
