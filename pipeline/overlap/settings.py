"""What a comparison compares, and by which settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.presence import PresenceRule
from pipeline.records import CodedUnit


@dataclass(frozen=True, slots=True)
class Selection:
    """The coded units of one side: a framework, a round, a document, or any other choice."""

    name: str
    units: tuple[CodedUnit, ...]

    def without_kinds(self, kinds: frozenset[str]) -> Selection:
        """The same selection without documents of these kinds."""
        return Selection(self.name, tuple(unit for unit in self.units if unit.kind not in kinds))


@dataclass(frozen=True, slots=True)
class OverlapSettings:
    """Settings of score_overlap; a value out of range raises ValueError.

    ``replicates``, ``permutations``: at least 100. ``level``: coverage of intervals, in (0, 1).
    ``exclude_kinds``: kinds of document left out on both sides (see SPOKEN_KINDS); default none.
    ``pairs``: best sentence pairs kept per issue. ``time_replicates``: as replicates, for over_time.
    """

    rule: PresenceRule = field(default_factory=PresenceRule)
    replicates: int = 2000
    permutations: int = 2000
    time_replicates: int = 300
    level: float = 0.95
    seed: int = 20210929
    pairs: int = 5
    exclude_kinds: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("replicates", "permutations", "time_replicates"):
            if getattr(self, name) < 100:
                raise ValueError(f"{name} must be 100 or more, got {getattr(self, name)}; 2000 is usual")
        if not 0 < self.level < 1:
            raise ValueError(f"level must be in (0, 1), got {self.level}; 0.95 is usual")
        if self.pairs < 0:
            raise ValueError(f"pairs must be 0 or more, got {self.pairs}")
