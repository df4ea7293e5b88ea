"""From what speaks for the codes of a unit to the codes: issues, industries, action level."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.tag.evidence import Found, is_fragment, opens_list
from pipeline.tag.hits import Hits, sum_weights
from pipeline.tag.issues import IssueJudge, Ranking, Score

LEVEL_OF_LEAD = 0.8
"""How sure a level is that a list item without a clause of its own takes from its lead-in."""
ASKED = "rule:question"
"""Who gave the level of a question, and of what a questioner says."""
_INDUSTRY = 0.75
"""Weight from which an industry is given."""
_REPEAT = 0.5
"""What each further hit of an industry counts of the one before."""


class Decision(NamedTuple):
    """The codes of a unit: issues with all scores, industries in order, the level with the rule that gave it."""

    ranking: Ranking
    industries: tuple[Score, ...]
    action: str
    action_by: str
    action_score: float


def decide_unit(found: Found, previous: Decision | None, judge: IssueJudge, lead: Decision | None = None) -> Decision:
    """Codes for one unit; ``previous`` is the decision on the unit before it in the same document,
    ``lead`` that on the sentence that introduces its list."""
    before = previous.ranking.codes if previous and found.carry else ()
    hits = found.spoken.hits
    ranking = judge.rank_issues(hits, found.context.heading, found.context.lead, found.carry if before else "", before)
    industries = _industries(hits) if hits.industries else ()
    return Decision(ranking, industries, *decide_action(found, previous, lead))


def decide_action(found: Found, previous: Decision | None, lead: Decision | None) -> tuple[str, str, float]:
    """The level, the rule that gave it, and how sure it is.

    The highest level named in the unit; a fragment takes that of its lead-in, and an empty lead-in
    ("This includes:") that of the sentence before it; a question, or what a questioner says, none.
    """
    if found.question:
        return "none", ASKED, 0.8
    own = found.spoken.hits.level
    if own and found.unit.kind != "list_item":
        return own.code_id, own.by, 0.85
    above = _level_above(found, lead)
    if above and is_fragment(found):
        return *above, LEVEL_OF_LEAD
    if own:
        return own.code_id, own.by, 0.85
    if above and found.unit.kind == "list_item":
        return *above, 0.6
    if found.carry == "cue" and (before := _inherited(previous)) and opens_list(found.unit.text):
        return *before, 0.6
    return "none", "rule:none", 0.5


def _level_above(found: Found, lead: Decision | None) -> tuple[str, str] | None:
    """The level of the lead-in: its own, or for a list item the one it took."""
    level = found.context.lead.level
    if level:
        return level.code_id, level.by
    return _inherited(lead) if found.unit.kind == "list_item" else None


def _inherited(decision: Decision | None) -> tuple[str, str] | None:
    return (decision.action, decision.action_by) if decision and decision.action != "none" else None


def _industries(hits: Hits) -> tuple[Score, ...]:
    sums = sum_weights(hits.industries, hits.industry_starts, _REPEAT)
    ranked = sorted([(first, code_id, weight, by) for code_id, (weight, first, by) in sums.items()])
    return tuple(
        [
            Score(code_id, own=weight, total=weight, first=first, by=by)
            for first, code_id, weight, by in ranked
            if weight >= _INDUSTRY
        ]
    )
