"""The rules that fired on a text sorted by what they speak for: issues, industries, the level of action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import ACTION_LEVELS
from pipeline.tag.compile import Rule
from pipeline.tag.levels import Pick

Sums = dict[str, tuple[float, int, str]]
"""Code -> (sum of weights, first position, heaviest rule)."""
RANKS = {code_id: rank for rank, code_id in enumerate(ACTION_LEVELS)}


class Hits(NamedTuple):
    """``length``: of the text. Rules in order of position, with where each begins; ``acting``: those on the level of
    action, of which ``level`` counts. ``cue``: does the text begin with a word that goes on with the text before?"""

    length: int
    issues: tuple[Rule, ...] = ()
    issue_starts: Sequence[int] = ()
    industries: tuple[Rule, ...] = ()
    industry_starts: Sequence[int] = ()
    acting: Sequence[Pick] = ()
    level: Rule | None = None
    cue: bool = False


class Side(NamedTuple):
    """What a heading or a lead-in says: ``sums`` of its issues, procedure left out; equal ones have equal keys."""

    sums: Sums = {}  # noqa: RUF012
    level: Rule | None = None
    key: tuple[tuple[str, float, str], ...] = ()


def find_level(acting: Sequence[Pick]) -> Rule | None:
    """The rule of the highest level among those of the greatest weight ("I think" outweighs what follows it)."""
    if len(acting) < 2:
        return acting[0][0] if acting else None
    best = max([(rule.weight, RANKS[rule.code_id], -start, -at) for at, (rule, start, _, _) in enumerate(acting)])
    return acting[-best[3]][0]


def sum_side(hits: Hits | None, repeat: float, *, without: str) -> Side:
    """The hits of a heading or lead-in summed up, those for the issue ``without`` left out."""
    if hits is None or not (hits.issues or hits.acting):
        return _NOTHING
    sums = sum_weights(hits.issues, hits.issue_starts, repeat)
    sums.pop(without, None)
    return Side(sums, hits.level, tuple([(code_id, weight, by) for code_id, (weight, _, by) in sums.items()]))


def sum_weights(rules: Sequence[Rule], starts: Sequence[int], repeat: float) -> Sums:
    """The weights of each code summed up, the heaviest first and each further one counting ``repeat`` times as much."""
    if len(rules) == 1:
        return {rules[0].code_id: (rules[0].weight, starts[0], rules[0].by)}
    by_code: dict[str, list[int]] = {}
    for at, rule in enumerate(rules):
        by_code.setdefault(rule.code_id, []).append(at)
    summed: Sums = {}
    for code_id, places in by_code.items():
        if len(places) == 1:
            rule = rules[places[0]]
            summed[code_id] = (rule.weight, starts[places[0]], rule.by)
            continue
        ordered = sorted([rules[at] for at in places], key=_lightness)
        total = sum([rule.weight * repeat**rank for rank, rule in enumerate(ordered)])
        summed[code_id] = (total, min([starts[at] for at in places]), ordered[0].by)
    return summed


def _lightness(rule: Rule) -> float:
    return -rule.weight


_NOTHING = Side()
