"""The rule tagger: units to tags by the codebook's rules, in English and Chinese."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, Dimension, Explanation, Hit, Tag, Unit, UnitTags
from pipeline.tag.alone import work_alone
from pipeline.tag.decide import Decision, decide_unit
from pipeline.tag.evidence import Found, find_evidence, language_of, opens_list
from pipeline.tag.hits import RANKS
from pipeline.tag.issues import IssueJudge, Score, make_tag
from pipeline.tag.levels import name_clauses
from pipeline.tag.match import Match
from pipeline.tag.normalize import Plain
from pipeline.tag.ragged import Ints
from pipeline.tag.reading import Reader
from pipeline.tag.settings import TagSettings, read_yields

_VERSION = "14"
"""Raise when the same codebook would give other tags because this code changed."""
_DIMENSIONS: tuple[Dimension, ...] = ("issue", "industry", "action")


@dataclass(frozen=True, slots=True)
class RuleScores:
    """Scores of units as arrays, rows as the units: columns as codebook.issues, .industries, ACTION_LEVELS.

    ``issues``: all evidence, ``issues_own``: the unit's own words only; both unbounded, 0 for none.
    ``clauses``: what the clauses of each unit are, as words (see levels.name_clauses).
    """

    issues: NDArray[np.float32]
    issues_own: NDArray[np.float32]
    industries: NDArray[np.float32]
    action: NDArray[np.float32]
    clauses: tuple[tuple[str, ...], ...] = ()


class RuleTagger:
    """Codes units by the rules of a codebook. A unit's tags depend on its document alone.

    Units of one document must come in order and without gaps, since a unit that continues the
    one before it takes its codes; several documents may follow one another in one call.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.settings = TagSettings.from_mapping(codebook.settings.get("tagging") or {})
        self._judge = IssueJudge(self.settings, read_yields(codebook))
        self.id = f"rules-{hashlib.sha256(f'{_VERSION}:{codebook.rules_sha256}'.encode()).hexdigest()[:12]}"
        self._readers: dict[str, Reader] = {}

    def tag_units(self, units: Sequence[Unit]) -> list[UnitTags]:
        """Tags for each unit: 1 to 3 issues, any industries, one action level."""
        with work_alone():
            return [_to_tags(decision) for _, decision in self._decide(units)]

    def find_hits(self, units: Sequence[Unit]) -> list[list[Hit]]:
        """The rules that fired in each unit's own text, in order of position."""
        with work_alone():
            return [_to_hits(found) for found in self._find(units)]

    def score_units(self, units: Sequence[Unit]) -> RuleScores:
        """The evidence for every code as arrays, for a classifier to use as features."""
        return self.judge_units(units)[1]

    def judge_units(self, units: Sequence[Unit]) -> tuple[list[UnitTags], RuleScores]:
        """What tag_units and score_units give, in one pass."""
        with work_alone():
            rows = self._decide(units)
            return [_to_tags(decision) for _, decision in rows], self._to_scores(rows)

    def _to_scores(self, rows: Sequence[tuple[Found, Decision]]) -> RuleScores:
        ranked = [decision.ranking.scores for _, decision in rows]
        issues = [score for scores in ranked for score in scores]
        industries = [score for _, decision in rows for score in decision.industries]
        issue_at = _place(ranked, issues, self.codebook.issues)
        industry_at = _place([decision.industries for _, decision in rows], industries, self.codebook.industries)
        return RuleScores(
            issues=_spread(issue_at, [score.total for score in issues], len(rows), len(self.codebook.issues)),
            issues_own=_spread(issue_at, [score.own for score in issues], len(rows), len(self.codebook.issues)),
            industries=_spread(
                industry_at, [score.total for score in industries], len(rows), len(self.codebook.industries)
            ),
            action=_score_levels(rows),
            clauses=tuple(
                [name_clauses(found.text.clauses) if language_of(found.unit) == "en" else () for found, _ in rows]
            ),
        )

    def explain_unit(self, units: Sequence[Unit], index: int) -> Explanation:
        """Why ``units[index]`` got its codes; ``units`` must be its whole document, or its beginning."""
        found, decision = self._decide(units[: index + 1])[index]
        around = zip(("heading", "lead-in"), found.context.said, strict=True)
        return Explanation(
            unit=found.unit,
            tags=_to_tags(decision),
            hits=tuple(_to_hits(found)),
            context=tuple(
                (where, match.rule.id, match.rule.code_id, match.source)
                for where, said in around
                for match in (said.list_matches() if said else ())
                if match.rule.purpose in _DIMENSIONS
            ),
            scores=tuple((s.code_id, s.own, s.heading, s.lead, s.carry, s.total) for s in decision.ranking.scores),
            reason=f"{decision.ranking.reason}; action {decision.action} by {decision.action_by}",
        )

    def _decide(self, units: Sequence[Unit]) -> list[tuple[Found, Decision]]:
        decided: list[tuple[Found, Decision]] = []
        previous: tuple[Found, Decision] | None = None
        openers: dict[str, Decision] = {}
        leads = {unit.lead for unit in units}
        for found in self._find(units):
            if previous is not None and previous[0].unit.document_id != found.unit.document_id:
                previous = None
                openers = {}
            before = previous[1] if previous else None
            decision = decide_unit(found, before, self._judge, openers.get(found.unit.lead))
            if found.unit.text in leads and opens_list(found.unit.text):
                openers[found.unit.text] = decision
            previous = (found, decision)
            decided.append(previous)
        return decided

    def _find(self, units: Sequence[Unit]) -> list[Found]:
        return find_evidence(units, self._reader, self.settings.repeat)

    def _reader(self, language: str) -> Reader:
        if language not in self._readers:
            self._readers[language] = Reader(self.codebook, language)
        return self._readers[language]


def _place(groups: Sequence[Sequence[Score]], scores: Sequence[Score], codes: Sequence[str]) -> tuple[Ints, Ints]:
    """Row and column of each score: that of its group, that of its code."""
    column_of = {code_id: column for column, code_id in enumerate(codes)}
    rows = np.repeat(np.arange(len(groups)), np.array([len(group) for group in groups], dtype=np.int64))
    return rows, np.array([column_of[score.code_id] for score in scores], dtype=np.int64)


def _spread(cells: tuple[Ints, Ints], numbers: Sequence[float], height: int, width: int) -> NDArray[np.float32]:
    """The numbers as an array, zero elsewhere."""
    values = np.zeros((height, width), np.float32)
    values[cells] = numbers
    return values


def _score_levels(rows: Sequence[tuple[Found, Decision]]) -> NDArray[np.float32]:
    """How often each level is named, and how sure the one is that was given."""
    width, height = len(ACTION_LEVELS), len(rows)
    named = [
        row * width + RANKS[rule.code_id]
        for row, (found, _) in enumerate(rows)
        for rule, *_ in found.spoken.hits.acting
    ]
    counts = np.bincount(np.array(named, dtype=np.int64), minlength=height * width)
    scores = counts.reshape(height, width).astype(np.float32)
    given = np.array([RANKS[decision.action] for _, decision in rows], dtype=np.int64)
    scores[np.arange(height), given] += np.array([decision.action_score for _, decision in rows], dtype=np.float32)
    return scores


def _to_hits(found: Found) -> list[Hit]:
    plain, text = found.text.plain, found.unit.text
    return [_to_hit(match, plain, text) for match in found.spoken.list_matches() if match.rule.purpose in _DIMENSIONS]


def _to_hit(match: Match, plain: Plain, text: str) -> Hit:
    rule = match.rule
    start, end = plain.trace(match.start, match.end)
    return Hit(rule.id, rule.purpose, rule.code_id, start, end, text[start:end], rule.weight)  # type: ignore[arg-type]


def _to_tags(decision: Decision) -> UnitTags:
    return UnitTags(
        decision.ranking.tags,
        tuple([make_tag("industry", s.code_id, s.total, s.by) for s in decision.industries]),
        _make_level(decision.action, decision.action_score, decision.action_by),
    )


@lru_cache(maxsize=1 << 12)
def _make_level(code_id: str, score: float, by: str) -> Tag:
    return Tag("action", code_id, score, by)
