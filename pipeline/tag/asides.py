"""Less weight for the issues that a sentence names in passing; where that is, each language says itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.tag.compile import Rule
from pipeline.tag.match import Match

Aside = tuple[int, int, float]
"""(start, end, share of the weight that is left) in the normalised text."""


def weigh_within(
    matches: Sequence[Match], asides: Sequence[Aside], reweigh: Callable[[Rule, float], Rule]
) -> list[Match]:
    """The matches with the weight of issues lowered where they lie within an aside."""
    if not asides:
        return list(matches)
    shares = [_share(match, asides) for match in matches]
    return [
        match if share == 1.0 else match._replace(rule=reweigh(match.rule, share))
        for match, share in zip(matches, shares, strict=True)
    ]


def find_last_issue(matches: Sequence[Match]) -> int:
    """Where the last match begins whose weight an aside could lower, -1 for none; ``matches`` in order of position."""
    for match in reversed(matches):
        if match.rule.purpose == "issue":
            return match.start
    return -1


def _share(match: Match, asides: Sequence[Aside]) -> float:
    if match.rule.purpose != "issue":
        return 1.0
    return min((share for start, end, share in asides if start <= match.start and match.end <= end), default=1.0)


class Reweigher:
    """Rules at a lower weight, made once each."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, float], Rule] = {}

    def __call__(self, rule: Rule, share: float) -> Rule:
        if share == 1.0:
            return rule
        key = (rule.id, share)
        if key not in self._known:
            self._known[key] = replace(rule, weight=rule.weight * share)
        return self._known[key]
