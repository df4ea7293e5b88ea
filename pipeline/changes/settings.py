"""Settings of the alignment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """How commitments are aligned. ``threshold``: least score of a link, in (0, 1)."""

    threshold: float = 0.3
    max_links: int = 3

    def __post_init__(self) -> None:
        if not 0 < self.threshold < 1:
            raise ValueError(f"threshold is {self.threshold}; it must lie between 0 and 1")
        if not 1 <= self.max_links <= 3:
            raise ValueError(f"max_links is {self.max_links}; give 1, 2 or 3")
