"""The rule by which a code counts as present in a set of sentences, and which documents are read.

A tagger errs. Among ``n`` sentences that have nothing to do with a code it still gives that code to
about ``n * rate`` of them, so a handful of codings proves nothing. The rule asks how many codings
stray ones alone would hardly reach: the smallest k with P(Poisson(stray) >= k) <= alpha, where
``stray`` is the larger of ``n * rate`` and the doubt that the tagger itself has in the code's tags
(doubt_in_score). A code is present when its codings reach k and stand in enough paragraphs.
Shared by the rooms overlap and claims.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist

from pipeline.codebook import Codebook
from pipeline.records import CodedUnit, Dimension

LEAST_RATES: dict[Dimension, float] = {"issue": 0.0015, "industry": 0.0003}
"""Stray codings of one code per sentence that even careful coders leave. Two coders agree at a
micro-F1 of 0.96 on issues (1.2 codes a sentence, 29 codes: 1.2 * 0.04 / 29) and 0.99 on industries
(0.4 codes a sentence, 18 codes)."""
MOST_RATES: dict[Dimension, float] = {"issue": 0.004, "industry": 0.001}
"""What a tagger with a micro-precision of 0.9 on issues and 0.95 on industries leaves
(1.2 * 0.1 / 29; 0.4 * 0.05 / 18). Scores that are too modest do not push a rate above it;
an evaluation that measures more, or the user, does."""
WITHIN_DOMAIN = 0.5
"""Share of an issue's stray codings that leave its domain: two coders who agree at 0.96 on issues
agree at 0.98 on domains, so half of the errors are between neighbours."""
SPOKEN_KINDS: frozenset[str] = frozenset({"press call", "remarks", "press briefing", "interview"})
"""Kinds of document that report what one side's officials said, not what the parties agreed."""


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """Settings of the presence rule.

    ``issue_rate``, ``industry_rate``: stray codings of one code per sentence, in [0, 1); None takes
    them from the scores of all tags at hand (settle_rule), within LEAST_RATES and MOST_RATES.
    ``rates`` overrides them by code where an evaluation has measured it (smooth_rates).
    ``factor`` multiplies all of them. ``alpha``: chance, in (0, 1), that stray codings alone pass.
    ``min_paragraphs``: paragraphs that must carry the code, at least 1.
    """

    issue_rate: float | None = None
    industry_rate: float | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    factor: float = 1.0
    alpha: float = 0.05
    min_paragraphs: int = 2

    def __post_init__(self) -> None:
        for rate in (self.issue_rate, self.industry_rate, *self.rates.values()):
            if rate is not None and not 0 <= rate < 1:
                raise ValueError(f"a stray rate must be in [0, 1), got {rate}; give a share such as 0.004")
        if not 0 < self.alpha < 1:
            raise ValueError(f"alpha must be in (0, 1), got {self.alpha}; 0.05 is usual")
        if self.factor < 0:
            raise ValueError(f"factor must be 0 or more, got {self.factor}")
        if self.min_paragraphs < 1:
            raise ValueError(f"min_paragraphs must be 1 or more, got {self.min_paragraphs}")

    def rate_of(self, codes: Sequence[str]) -> float:
        """Stray rate of one code, or of the issues of a domain together: WITHIN_DOMAIN of their sum."""
        share = 1.0 if len(codes) == 1 else WITHIN_DOMAIN
        return min(0.99, self.factor * share * sum(self._rate(code_id) for code_id in codes))

    def needed(self, units: int, codes: Sequence[str], doubt: float = 0.0) -> int:
        """Codings needed among ``units`` sentences, at least 1. ``doubt``: sum of doubt_in_score over the tags."""
        return poisson_threshold(max(units * self.rate_of(codes), self.factor * doubt), self.alpha)

    def is_present(self, count: int, units: int, paragraphs: int, codes: Sequence[str], doubt: float = 0.0) -> bool:
        """``count``: sentences that carry a code of the group, in ``paragraphs`` paragraphs."""
        return paragraphs >= self.min_paragraphs and count >= self.needed(units, codes, doubt)

    def _rate(self, code_id: str) -> float:
        if code_id in self.rates:
            return self.rates[code_id]
        issue = "." in code_id
        rate = self.issue_rate if issue else self.industry_rate
        return LEAST_RATES["issue" if issue else "industry"] if rate is None else rate


def doubt_in_score(score: float) -> float:
    """How far a tag counts as stray by its own score: 0 from 0.5 on, 1 at 0.

    Above one half the tagger thinks the tag more likely right than wrong, and how sure it says it
    is differs from tagger to tagger; below, it should not carry a verdict.
    """
    return max(0.0, 1 - 2 * score)


def settle_rule(rule: PresenceRule, units: Sequence[CodedUnit], codebook: Codebook) -> PresenceRule:
    """The rule with both rates filled in from the tags' scores, where they were left open.

    A tag of score s is wrong with chance 1 - s, so one code strays on average in
    sum(1 - s) / (sentences * codes) of the sentences. Only substantive issues are counted: the
    ones under "other" are what a tagger falls back on.
    """
    issues, found = set(codebook.substantive_issues), {}
    doubts: dict[Dimension, float] = {
        "issue": sum(1 - tag.score for unit in units for tag in unit.tags.issues if tag.code_id in issues),
        "industry": sum(1 - tag.score for unit in units for tag in unit.tags.industries),
    }
    numbers: dict[Dimension, int] = {"issue": len(issues), "industry": len(codebook.industries)}
    for key, doubt in doubts.items():
        rate = doubt / max(1, len(units) * numbers[key])
        found[key] = min(MOST_RATES[key], max(LEAST_RATES[key], rate))
    return replace(
        rule,
        issue_rate=found["issue"] if rule.issue_rate is None else rule.issue_rate,
        industry_rate=found["industry"] if rule.industry_rate is None else rule.industry_rate,
    )


def smooth_rates(
    false_positives: Mapping[str, int], sentences: int, *, prior: int = 500, least: float = 0.0
) -> dict[str, float]:
    """Stray rates by code from an evaluation: wrong codings of each code among ``sentences``.

    Each is drawn towards the mean of all with the weight of ``prior`` sentences, so that a code
    without a single error in a small test does not count as free of error. ``least``: what even
    careful coders leave (LEAST_RATES); no rate falls below it.
    """
    pooled = sum(false_positives.values()) / max(1, sentences * len(false_positives))
    return {
        code_id: max(least, (n + prior * pooled) / (sentences + prior))
        for code_id, n in sorted(false_positives.items())
    }


def count_strays(
    judged: Iterable[tuple[Iterable[str], Iterable[str]]], codes: Iterable[str]
) -> tuple[dict[str, int], int]:
    """Wrong codings of each code among sentences coded twice, as (gold, found) pairs, and the sentences."""
    wrong, sentences = dict.fromkeys(codes, 0), 0
    for gold, found in judged:
        sentences += 1
        for code_id in set(found) - set(gold):
            if code_id in wrong:
                wrong[code_id] += 1
    return wrong, sentences


def poisson_threshold(expected: float, alpha: float) -> int:
    """Smallest k >= 1 with P(Poisson(expected) >= k) <= alpha; by the normal curve from 500 on."""
    if expected > 500:
        return math.ceil(expected + NormalDist().inv_cdf(1 - alpha) * math.sqrt(expected) + 0.5)
    term = below = math.exp(-expected)
    k = 1
    while 1 - below > alpha:
        term *= expected / k
        below += term
        k += 1
    return k


def prefer_official(units: Sequence[CodedUnit]) -> tuple[CodedUnit, ...]:
    """Without papers, and without digests of rounds of which an agreed official text is at hand.

    Press calls and remarks alone do not displace a digest: they report one side only.
    """
    covered = {(u.framework, u.round) for u in units if u.basis == "official" and u.kind not in SPOKEN_KINDS}
    return tuple(
        unit
        for unit in units
        if unit.basis != "paper" and not (unit.basis == "digest" and (unit.framework, unit.round) in covered)
    )
