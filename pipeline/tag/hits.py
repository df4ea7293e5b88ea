"""The matches in a text sorted by what they speak for: issues, industries, the level of action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import ACTION_LEVELS
from pipeline.tag.match import Match

WeightedHit = tuple[str, float, int, str]
"""(code, weight, start, rule id)."""
Sums = dict[str, tuple[float, int, str]]
"""Code -> (sum of weights, first position, heaviest rule)."""
_RANKS = {code_id: rank for rank, code_id in enumerate(ACTION_LEVELS)}


class Hits(NamedTuple):
    """``level``: the code and the rule of the highest level among those of the greatest weight ("I think" outweighs
    what follows it). ``cue``: does it begin with a word that goes on with the text before? ``length``: of the text."""

    length: int
    issues: Sequence[WeightedHit] = ()
    industries: Sequence[WeightedHit] = ()
    level: tuple[str, str] | None = None
    cue: bool = False


class Side(NamedTuple):
    """What a heading or a lead-in says: ``sums`` of its issues, procedure left out; equal ones have equal keys."""

    matches: tuple[Match, ...] = ()
    sums: Sums = {}  # noqa: RUF012
    level: tuple[str, str] | None = None
    key: tuple[tuple[str, float, str], ...] = ()


def sort_hits(matches: Sequence[Match], length: int) -> Hits:
    """The hits of a text of so many characters by purpose, in order of position."""
    issues: list[WeightedHit] = []
    industries: list[WeightedHit] = []
    best: Match | None = None
    highest = (-1.0, 0, 0)
    cue = False
    for match in matches:
        rule, start = match.rule, match.start
        purpose = rule.purpose
        if purpose == "issue":
            issues.append((rule.code_id, rule.weight, start, rule.id))
        elif purpose == "action":
            rank = (rule.weight, _RANKS[rule.code_id], -start)
            if rank > highest or best is None:
                best, highest = match, rank
        elif purpose == "industry":
            industries.append((rule.code_id, rule.weight, start, rule.id))
        elif purpose == "cue" and start <= 1:
            cue = True
    level = (best.rule.code_id, f"rule:{best.rule.id}") if best else None
    return Hits(length, issues, industries, level, cue)


def sum_side(matches: tuple[Match, ...], repeat: float, *, without: str) -> Side:
    """The hits of a heading or lead-in summed up, those for the issue ``without`` left out."""
    if not matches:
        return _NOTHING
    hits = sort_hits(matches, 0)
    sums = sum_weights(hits.issues, repeat)
    sums.pop(without, None)
    key = tuple((code_id, weight, rule) for code_id, (weight, _, rule) in sums.items())
    return Side(matches, sums, hits.level, key)


def sum_weights(hits: Sequence[WeightedHit], repeat: float) -> Sums:
    """The weights of each code summed up, the heaviest first and each further one counting ``repeat`` times as much."""
    if not hits:
        return {}
    by_code: dict[str, list[WeightedHit]] = {}
    for hit in hits:
        by_code.setdefault(hit[0], []).append(hit)
    summed: Sums = {}
    for code_id, of_code in by_code.items():
        if len(of_code) == 1:
            _, weight, start, rule_id = of_code[0]
            summed[code_id] = (weight, start, f"rule:{rule_id}")
            continue
        ordered = sorted(of_code, key=lambda hit: -hit[1])
        total = sum(hit[1] * repeat**rank for rank, hit in enumerate(ordered))
        summed[code_id] = (total, min([hit[2] for hit in of_code]), f"rule:{ordered[0][3]}")
    return summed


_NOTHING = Side()
