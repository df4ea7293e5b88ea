"""From what speaks for the codes of a unit to the codes: issues, industries, action level."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.tag.hits import Hits, Side, sum_weights
from pipeline.tag.issues import IssueJudge, Ranking, Score
from pipeline.tag.match import Match

LEVEL_OF_LEAD = 0.8
"""How sure a level is that a list item without a clause of its own takes from its lead-in."""
ASKED = "rule:question"
"""Who gave the level of a question, and of what a questioner says."""
_INDUSTRY = 0.75
"""Weight from which an industry is given."""
_REPEAT = 0.5
"""What each further hit of an industry counts of the one before."""


class Evidence(NamedTuple):
    """All that speaks for the codes of a unit. ``carry`` names the reason for looking back, "" for none.

    ``fragment``: a list item without a verb of its own, which takes the level of its lead-in.
    """

    own: tuple[Match, ...]
    hits: Hits
    heading: Side
    lead: Side
    carry: str
    fragment: bool
    listed: bool
    question: bool = False
    opens_list: bool = False


class Decision(NamedTuple):
    """The codes of a unit: issues with all scores, industries in order, the level with the rule that gave it."""

    ranking: Ranking
    industries: tuple[Score, ...]
    action: str
    action_by: str
    action_score: float


def decide_unit(
    evidence: Evidence, previous: Decision | None, judge: IssueJudge, lead: Decision | None = None
) -> Decision:
    """Codes for one unit; ``previous`` is the decision on the unit before it in the same document,
    ``lead`` that on the sentence that introduces its list."""
    before = previous.ranking.codes if previous else ()
    hits = evidence.hits
    ranking = judge.rank_issues(hits, evidence.heading, evidence.lead, evidence.carry, before)
    industries = _industries(hits) if hits.industries else ()
    return Decision(ranking, industries, *decide_action(evidence, previous, lead))


def decide_action(evidence: Evidence, previous: Decision | None, lead: Decision | None) -> tuple[str, str, float]:
    """The level, the rule that gave it, and how sure it is.

    The highest level named in the unit; a fragment takes that of its lead-in, and an empty lead-in
    ("This includes:") that of the sentence before it; a question, or what a questioner says, none.
    """
    if evidence.question:
        return "none", ASKED, 0.8
    own = evidence.hits.level
    above = evidence.lead.level or (_inherited(lead) if evidence.listed else None)
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


def _industries(hits: Hits) -> tuple[Score, ...]:
    sums = sum_weights(hits.industries, _REPEAT)
    ranked = sorted((first, code_id, weight, by) for code_id, (weight, first, by) in sums.items())
    return tuple(
        [
            Score(code_id, own=weight, total=weight, first=first, by=by)
            for first, code_id, weight, by in ranked
            if weight >= _INDUSTRY
        ]
    )
