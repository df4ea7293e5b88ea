"""From hits to issues: every issue with its score, and the one to three that are chosen.

The score of an issue is the sum of the weights of its hits in the unit, each further hit counting
``repeat`` times as much as the one before, plus shares of the same sum over the heading, over the
sentence that leads a list in, and of the issues of the unit before where the unit continues it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.records import Dimension, Tag
from pipeline.tag.hits import Hits, Side, Sums, sum_weights
from pipeline.tag.settings import TagSettings, Yields

PROCEDURAL = "other.procedural"
_REMEMBERED = 8_000
"""Rankings kept; then the memory begins anew."""


class Score(NamedTuple):
    """What a code gathered, by source; ``by`` is the rule that weighed most."""

    code_id: str
    own: float = 0.0
    heading: float = 0.0
    lead: float = 0.0
    carry: float = 0.0
    total: float = 0.0
    first: int = 0
    by: str = ""


_FALLBACK = Score(PROCEDURAL, by="rule:fallback")
"""The issue of a unit in which no rule fired strongly enough."""


class Ranking(NamedTuple):
    """All issues with any evidence, best first; those chosen, in order, with their codes and tags."""

    scores: tuple[Score, ...]
    chosen: tuple[Score, ...]
    codes: tuple[str, ...]
    tags: tuple[Tag, ...]

    @property
    def reason(self) -> str:
        """The line that says what tipped it."""
        return _explain(self.chosen[0], self.scores)


class IssueJudge:
    """Ranks issues; remembers its answers to units that name one issue or none, of which there are few kinds.

    With one issue named it does not matter where, unless one that is not named is better.
    """

    def __init__(self, settings: TagSettings, yields: Yields) -> None:
        self._settings = settings
        self._yields = yields
        self._known: dict[tuple[object, ...], Ranking] = {}

    def rank_issues(self, hits: Hits, heading: Side, lead: Side, carry: str, before: tuple[str, ...]) -> Ranking:
        """``carry`` says why the unit goes on with the issues of the unit ``before``, "" where it does not."""
        own = hits.issues
        if len(own) > 1:
            first = own[0].code_id
            for rule in own:
                if rule.code_id != first:
                    return self._rank(hits, heading, lead, carry, before)
        key = (own, heading.key, lead.key, carry, before)
        known = self._known.get(key)
        if known is None:
            known = self._rank(hits, heading, lead, carry, before)
            if not own or known.scores[0].own:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[key] = known
        return known

    def _rank(self, hits: Hits, heading: Side, lead: Side, carry: str, before: Sequence[str]) -> Ranking:
        settings = self._settings
        scores = self._score(hits, heading.sums, lead.sums, carry, before)
        chosen = _choose_issues(scores, hits.length, settings)
        return Ranking(
            scores,
            chosen,
            tuple([score.code_id for score in chosen]),
            tuple([make_tag("issue", score.code_id, score.total, score.by) for score in chosen]),
        )

    def _score(self, hits: Hits, heading: Sums, lead: Sums, carry: str, before: Sequence[str]) -> tuple[Score, ...]:
        own = sum_weights(hits.issues, hits.issue_starts, self._settings.repeat)
        if len(own) > 1:
            own = _yield(_weigh_procedure(own), self._yields)
        back = _carried(carry, before, self._settings)
        ranked = self._score_context(own, heading, lead, back, hits.length) if heading or lead or back else []
        for code_id, (weight, first, by) in own.items():
            if not (code_id in heading or code_id in lead or code_id in back):
                ranked.append((-weight, first, code_id, Score(code_id, weight, 0.0, 0.0, 0.0, weight, first, by)))
        ranked.sort()
        return tuple([row[3] for row in ranked])

    def _score_context(
        self, own: Sums, heading: Sums, lead: Sums, back: Mapping[str, float], length: int
    ) -> list[tuple[float, int, str, Score]]:
        """The scores of the issues for which what stands around the unit speaks, with what ranks them."""
        settings = self._settings
        share = settings.heading if own else settings.heading_alone
        ranked = []
        for code_id in {*heading, *lead, *back}:
            weight, first, by = own.get(code_id, (0.0, length, ""))
            title, opening = heading.get(code_id), lead.get(code_id)
            above = share * title[0] if title else 0.0
            ahead = settings.lead * opening[0] if opening else 0.0
            behind = back.get(code_id, 0.0)
            by = by or _context_rule(above, ahead, behind, title, opening)
            total = weight + above + ahead + behind
            ranked.append((-total, first, code_id, Score(code_id, weight, above, ahead, behind, total, first, by)))
        return ranked


@lru_cache(maxsize=1 << 13)
def make_tag(dimension: Dimension, code_id: str, total: float, by: str) -> Tag:
    """The tag for a summed weight. The same weights come again and again; so do the tags."""
    return Tag(dimension, code_id, _squash(total), by)


def _squash(total: float) -> float:
    """A weight as a score in (0, 1): 1 is an even bet, 3 and more near certain."""
    return round(float(total / (total + 0.7)) if total > 0 else 0.3, 4)


def _weigh_procedure(own: Sums) -> Sums:
    """Procedure counts half where the unit names a matter of substance, unless it says so plainly."""
    if PROCEDURAL not in own or len(own) < 2:
        return own
    rival = max((weight for code_id, (weight, _, _) in own.items() if not code_id.startswith("other.")), default=0.0)
    if rival >= 1.2:
        weight, first, by = own[PROCEDURAL]
        own[PROCEDURAL] = (weight if weight >= 6 else min(weight, 2.5) / 2, first, by)
    return own


def _yield(own: Sums, yields: Yields) -> Sums:
    """A general issue counts half where the unit plainly names a special one that takes in both."""
    if len(own) < 2 or own.keys().isdisjoint(yields):
        return own
    plain = {code_id for code_id, (weight, _, _) in own.items() if weight >= 1.6}
    return {
        code_id: (weight / 2, first, by) if plain & yields.get(code_id, frozenset()) else (weight, first, by)
        for code_id, (weight, first, by) in own.items()
    }


def _carried(carry: str, before: Sequence[str], settings: TagSettings) -> dict[str, float]:
    if not carry:
        return {}
    share = {
        "cue": settings.carry_cue,
        "paragraph": settings.carry_paragraph,
        "section": settings.carry_section,
    }[carry]
    return {code_id: share * 0.75**rank for rank, code_id in enumerate(before)}


def _context_rule(
    above: float,
    before: float,
    back: float,
    heading: tuple[float, int, str] | None,
    lead: tuple[float, int, str] | None,
) -> str:
    if heading and above >= max(before, back):
        return heading[2]
    if lead and before >= back:
        return lead[2]
    return "rule:carried"


def _choose_issues(scores: tuple[Score, ...], length: int, settings: TagSettings) -> tuple[Score, ...]:
    """The best first, or in the order named; the fallback where nothing is strong enough."""
    best = scores[0] if scores else None
    if best is None or best.total < settings.floor or (best.own == 0 and best.total < settings.procedural):
        return (_FALLBACK,)
    if len(scores) == 1:
        return scores
    near = _list_areas(scores, best, settings) or _part_other(_find_near(scores, best, settings), best)
    if len(near) == 1:
        return tuple(near)
    length = max(length, 1)
    if len(near) >= settings.most and all(score.own for score in near):  # a list: in the order named
        near.sort(key=lambda score: (score.first, -score.total, score.code_id))
    else:
        near.sort(key=lambda score: (-score.total * (1 + settings.order * (1 - score.first / length)), score.code_id))
    return tuple(near[: settings.most])


def _find_near(scores: Sequence[Score], best: Score, settings: TagSettings) -> list[Score]:
    """The best and those not far behind it."""
    if not best.own:
        return [score for score in scores if score.total >= 0.7 * best.total]
    least = settings.second if best.own >= settings.second else 0.0
    bar = max(settings.ratio * min(best.total, settings.plenty), least)
    return [score for score in scores if score is best or (score.own and score.own >= bar)]


def _list_areas(scores: Sequence[Score], best: Score, settings: TagSettings) -> list[Score]:
    """The issues of a unit that lists many areas, of which the first ones named count, not the heaviest; else none."""
    named = [score for score in scores if score.own >= settings.named]
    if best.code_id == PROCEDURAL or len(named) < settings.areas:
        return []
    named = _part_other(named, best)
    return named if len(named) >= settings.areas else []


def _part_other(near: list[Score], best: Score) -> list[Score]:
    """Procedure stands alone; geopolitics stands beside another issue only where it is named first."""
    if best.code_id == PROCEDURAL:
        return [best]
    substance = [score for score in near if not score.code_id.startswith("other.")]
    if len(substance) == len(near):
        return near
    other = [score for score in near if score.code_id.startswith("other.") and score.code_id != PROCEDURAL]
    if not other or not substance:
        return substance or other
    strong = [score for score in substance if score.own >= 1.2]
    if not strong:
        return other if best in other else substance
    first = min([score.first for score in strong])
    return [*[score for score in other if score.own >= 1.5 and score.first < first], *strong]


def _explain(chosen: Score, scores: tuple[Score, ...]) -> str:
    if chosen is _FALLBACK:
        return "no rule fired strongly enough: taken as procedural"
    parts = {
        "its own words": chosen.own,
        "the heading": chosen.heading,
        "the lead-in": chosen.lead,
        "the unit before": chosen.carry,
    }
    source = max(parts, key=lambda name: parts[name])
    rival = next((score for score in scores if score.code_id != chosen.code_id), None)
    behind = f"; next {rival.code_id} {rival.total:.2f}" if rival else ""
    return f"{chosen.code_id} {chosen.total:.2f}, mostly from {source} ({chosen.by}){behind}"
