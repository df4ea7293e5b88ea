"""Less weight for the issues that a sentence names in passing; where that is, each language says itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.tag.compile import Rule

Aside = tuple[int, int, float]
"""(start, end, share of the weight that is left) in the normalised text."""
FindAsides = Callable[[Sequence[str], Sequence[int]], Mapping[int, Sequence[Aside]]]
"""The asides of many normalised texts, by number, that matter where the last issue of each begins at a certain place."""


def share_weight(start: int, end: int, asides: Sequence[Aside]) -> float:
    """What an issue on [start, end) still counts: the least share of the asides in which it lies."""
    return min([share for low, high, share in asides if low <= start and end <= high], default=1.0)


class Reweigher:
    """Rules at a lower weight, made once each."""

    def __init__(self) -> None:
        self._known: dict[tuple[Rule, float], Rule] = {}

    def __call__(self, rule: Rule, share: float) -> Rule:
        if share == 1.0:
            return rule
        key = (rule, share)
        if key not in self._known:
            self._known[key] = replace(rule, weight=rule.weight * share)
        return self._known[key]
