"""From rules that fired to codes: issues ranked by weight and position, industries, action level.

The score of an issue is the sum of the weights of its hits in the unit, each further hit counting
``repeat`` times as much as the one before, plus shares of the same sum over the heading, over the
sentence that leads a list in, and of the issues of the unit before where the unit continues it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.records import ACTION_LEVELS
from pipeline.tag.match import Match
from pipeline.tag.settings import TagSettings, Yields

PROCEDURAL = "other.procedural"
LEVEL_OF_LEAD = 0.8
"""How sure a level is that a list item without a clause of its own takes from its lead-in."""
ASKED = "rule:question"
"""Who gave the level of a question, and of what a questioner says."""


class Evidence(NamedTuple):
    """All that speaks for the codes of a unit. ``carry`` names the reason for looking back, "" for none.

    ``fragment``: a list item without a verb of its own, which takes the level of its lead-in.
    """

    own: tuple[Match, ...]
    heading: tuple[Match, ...]
    lead: tuple[Match, ...]
    length: int
    carry: str
    fragment: bool
    listed: bool
    question: bool = False
    opens_list: bool = False


class Score(NamedTuple):
    """What an issue gathered, by source; ``by`` is the rule that weighed most."""

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


class Decision(NamedTuple):
    """The codes of a unit in order, with all scores."""

    issues: tuple[Score, ...]
    industries: tuple[Score, ...]
    action: str
    action_by: str
    action_score: float
    scores: tuple[Score, ...]

    @property
    def reason(self) -> str:
        """The line that says what tipped it."""
        return _explain(self.issues[0], self.scores)


def decide_unit(
    evidence: Evidence,
    previous: Decision | None,
    settings: TagSettings,
    lead: Decision | None = None,
    *,
    yields: Yields = MappingProxyType({}),
) -> Decision:
    """Codes for one unit; ``previous`` is the decision on the unit before it in the same document,
    ``lead`` that on the sentence that introduces its list."""
    scores = score_issues(evidence, previous, settings, yields)
    issues = _choose_issues(scores, evidence, settings)
    action, action_by, action_score = decide_action(evidence, previous, lead)
    return Decision(issues, _industries(evidence), action, action_by, action_score, scores)


def score_issues(
    evidence: Evidence, previous: Decision | None, settings: TagSettings, yields: Yields
) -> tuple[Score, ...]:
    """Every issue with any evidence, best first."""
    own = _sum_weights(evidence.own, "issue", settings.repeat)
    heading = _sum_weights(evidence.heading, "issue", settings.repeat)
    lead = _sum_weights(evidence.lead, "issue", settings.repeat)
    lead.pop(PROCEDURAL, None)
    heading.pop(PROCEDURAL, None)
    own = _yield(_weigh_procedure(own), yields)
    carry = _carried(evidence, previous, settings)
    share = settings.heading if own else settings.heading_alone
    scores = []
    for code_id in {*own, *heading, *lead, *carry}:
        weight, first, by = own.get(code_id, (0.0, evidence.length, ""))
        above = share * heading.get(code_id, (0.0, 0, ""))[0]
        before = settings.lead * lead.get(code_id, (0.0, 0, ""))[0]
        back = carry.get(code_id, 0.0)
        source = by or _context_rule(above, before, back, heading.get(code_id), lead.get(code_id))
        total = weight + above + before + back
        scores.append(Score(code_id, weight, above, before, back, total, first, source))
    scores.sort(key=lambda score: (-score.total, score.first, score.code_id))
    return tuple(scores)


def decide_action(evidence: Evidence, previous: Decision | None, lead: Decision | None) -> tuple[str, str, float]:
    """The level, the rule that gave it, and how sure it is.

    The highest level named in the unit; a fragment takes that of its lead-in, and an empty lead-in
    ("This includes:") that of the sentence before it; a question, or what a questioner says, none.
    """
    if evidence.question:
        return "none", ASKED, 0.8
    own = _highest(evidence.own)
    above = _highest(evidence.lead) or (_inherited(lead) if evidence.listed else None)
    if evidence.fragment and above:
        return above[0], above[1], LEVEL_OF_LEAD
    if own:
        return own[0], own[1], 0.85
    if above and evidence.listed:
        return above[0], above[1], 0.6
    if evidence.opens_list and evidence.carry == "cue" and (before := _inherited(previous)):
        return before[0], before[1], 0.6
    return "none", "rule:none", 0.5


def _inherited(decision: Decision | None) -> tuple[str, str] | None:
    return (decision.action, decision.action_by) if decision and decision.action != "none" else None


def _highest(matches: Iterable[Match]) -> tuple[str, str] | None:
    """The highest level among the rules of the greatest weight: "I think" outweighs what follows it."""
    best: Match | None = None
    highest = (-1.0, 0, 0)
    for match in matches:
        if match.rule.purpose == "action":
            rank = (match.rule.weight, ACTION_LEVELS.index(match.rule.code_id), -match.start)
            if best is None or rank > highest:
                best, highest = match, rank
    return (best.rule.code_id, f"rule:{best.rule.id}") if best else None


def _sum_weights(matches: Sequence[Match], purpose: str, repeat: float) -> dict[str, tuple[float, int, str]]:
    """Code -> (sum of weights, heaviest first and each further one discounted; first position; heaviest rule)."""
    if not matches:
        return {}
    by_code: dict[str, list[tuple[float, int, str]]] = {}
    for match in matches:
        if match.rule.purpose == purpose:
            by_code.setdefault(match.rule.code_id, []).append((match.rule.weight, match.start, match.rule.id))
    summed = {}
    for code_id, hits in by_code.items():
        if len(hits) == 1:
            weight, start, rule_id = hits[0]
            summed[code_id] = (weight, start, f"rule:{rule_id}")
            continue
        ordered = sorted(hits, key=lambda hit: -hit[0])
        total = sum(weight * repeat**rank for rank, (weight, _, _) in enumerate(ordered))
        summed[code_id] = (total, min(hit[1] for hit in hits), f"rule:{ordered[0][2]}")
    return summed


def _weigh_procedure(own: dict[str, tuple[float, int, str]]) -> dict[str, tuple[float, int, str]]:
    """Procedure counts half where the unit names a matter of substance, unless it says so plainly."""
    rival = max((weight for code_id, (weight, _, _) in own.items() if not code_id.startswith("other.")), default=0.0)
    if PROCEDURAL in own and rival >= 1.2:
        weight, first, by = own[PROCEDURAL]
        own[PROCEDURAL] = (weight if weight >= 6 else min(weight, 2.5) / 2, first, by)
    return own


def _yield(own: dict[str, tuple[float, int, str]], yields: Yields) -> dict[str, tuple[float, int, str]]:
    """A general issue counts half where the unit plainly names a special one that takes in both."""
    if own.keys().isdisjoint(yields):
        return own
    plain = {code_id for code_id, (weight, _, _) in own.items() if weight >= 1.6}
    return {
        code_id: (weight / 2, first, by) if plain & yields.get(code_id, frozenset()) else (weight, first, by)
        for code_id, (weight, first, by) in own.items()
    }


def _carried(evidence: Evidence, previous: Decision | None, settings: TagSettings) -> dict[str, float]:
    if previous is None or not evidence.carry:
        return {}
    share = {
        "cue": settings.carry_cue,
        "paragraph": settings.carry_paragraph,
        "section": settings.carry_section,
    }[evidence.carry]
    return {score.code_id: share * 0.75**rank for rank, score in enumerate(previous.issues)}


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


def _choose_issues(scores: tuple[Score, ...], evidence: Evidence, settings: TagSettings) -> tuple[Score, ...]:
    best = scores[0] if scores else None
    if best is None or best.total < settings.floor or (best.own == 0 and best.total < settings.procedural):
        return (_FALLBACK,)
    if len(scores) == 1:
        return scores
    bar = settings.ratio * min(best.total, settings.plenty)
    least = settings.second if best.own >= settings.second else 0.0
    near = [score for score in scores if score is best or (score.total >= bar and score.own and score.own >= least)]
    if not best.own:
        near = [score for score in scores if score.total >= 0.7 * best.total]
    near = _list_areas(scores, best, settings) or _part_other(near, best)
    length = max(evidence.length, 1)
    if len(near) >= settings.most and all(score.own for score in near):  # a list: in the order named
        near.sort(key=lambda score: (score.first, -score.total, score.code_id))
    else:
        near.sort(key=lambda score: (-score.total * (1 + settings.order * (1 - score.first / length)), score.code_id))
    return tuple(near[: settings.most])


def _list_areas(scores: tuple[Score, ...], best: Score, settings: TagSettings) -> list[Score]:
    """The issues of a unit that lists many areas, of which the first ones named count, not the heaviest; else none."""
    if best.code_id == PROCEDURAL:
        return []
    named = _part_other([score for score in scores if score.own >= settings.named], best)
    return named if len(named) >= settings.areas else []


def _part_other(near: list[Score], best: Score) -> list[Score]:
    """Procedure stands alone; geopolitics stands beside another issue only where it is named first."""
    if best.code_id == PROCEDURAL:
        return [best]
    near = [score for score in near if score.code_id != PROCEDURAL]
    substance = [score for score in near if not score.code_id.startswith("other.")]
    strong = [score for score in substance if score.own >= 1.2]
    other = [score for score in near if score.code_id.startswith("other.")]
    if not other or not substance:
        return near
    if not strong:
        return other if best in other else substance
    first = min(score.first for score in strong)
    return [*(score for score in other if score.own >= 1.5 and score.first < first), *strong]


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


def _industries(evidence: Evidence) -> tuple[Score, ...]:
    found: Mapping[str, tuple[float, int, str]] = _sum_weights(evidence.own, "industry", 0.5)
    if not found:
        return ()
    scores = [
        Score(code_id, own=weight, total=weight, first=first, by=by) for code_id, (weight, first, by) in found.items()
    ]
    return tuple(
        sorted((score for score in scores if score.total >= 0.75), key=lambda score: (score.first, score.code_id))
    )
