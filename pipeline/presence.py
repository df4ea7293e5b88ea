"""The rule by which a code counts as present in a set of sentences, and which documents are read.

A tagger errs. Among ``n`` sentences that have nothing to do with a code it still gives that code to
about ``n * rate`` of them, so a handful of codings proves nothing. The rule asks how many codings
stray ones alone would hardly reach: the smallest k with P(Poisson(stray) >= k) <= alpha, where
``stray`` is the larger of ``n * rate`` and what the scores of the code's own tags admit, the sum of
1 - score. A code is present when its codings reach k and stand in enough paragraphs.
Shared by the rooms overlap and claims; imports records and the standard library only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist

from pipeline.records import CodedUnit, Dimension

LEAST_RATES: dict[Dimension, float] = {"issue": 0.0015, "industry": 0.0003}
"""Stray codings of one code per sentence that even careful coders leave. Two coders agree at a
micro-F1 of 0.96 on issues (1.2 codes a sentence, 29 codes: 1.2 * 0.04 / 29) and 0.99 on industries
(0.4 codes a sentence, 18 codes)."""
SPOKEN_KINDS: frozenset[str] = frozenset({"press call", "remarks", "press briefing", "interview"})
"""Kinds of document that report what one side's officials said, not what the parties agreed."""


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """Settings of the presence rule.

    ``issue_rate``, ``industry_rate``: stray codings of one code per sentence, in [0, 1); None takes
    them from the scores of all tags at hand (settle_rule), not below LEAST_RATES.
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
        """Stray rate of a group of issues or industries taken together (a domain): the sum, at most 0.99."""
        return min(0.99, self.factor * sum(self._rate(code_id) for code_id in codes))

    def needed(self, units: int, codes: Sequence[str], doubt: float = 0.0) -> int:
        """Codings needed among ``units`` sentences, at least 1. ``doubt``: sum of 1 - score of the tags."""
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


def settle_rule(rule: PresenceRule, units: Sequence[CodedUnit], issues: int, industries: int) -> PresenceRule:
    """The rule with both rates filled in from the tags' scores, where they were left open.

    A tag of score s is wrong with chance 1 - s, so one code strays on average in
    sum(1 - s) / (sentences * codes) of the sentences. ``issues``, ``industries``: codes of the codebook.
    """
    doubts = {
        "issue": sum(1 - tag.score for unit in units for tag in unit.tags.issues),
        "industry": sum(1 - tag.score for unit in units for tag in unit.tags.industries),
    }
    found = {
        key: min(0.05, max(LEAST_RATES[key], doubts[key] / max(1, len(units) * number)))  # type: ignore[index]
        for key, number in (("issue", issues), ("industry", industries))
    }
    return replace(
        rule,
        issue_rate=found["issue"] if rule.issue_rate is None else rule.issue_rate,
        industry_rate=found["industry"] if rule.industry_rate is None else rule.industry_rate,
    )


def smooth_rates(false_positives: Mapping[str, int], sentences: int, *, prior: int = 500) -> dict[str, float]:
    """Stray rates by code from an evaluation: wrong codings of each code among ``sentences``.

    Each is drawn towards the mean of all with the weight of ``prior`` sentences, so that a code
    without a single error in a small test does not count as free of error.
    """
    pooled = sum(false_positives.values()) / max(1, sentences * len(false_positives))
    return {code_id: (n + prior * pooled) / (sentences + prior) for code_id, n in sorted(false_positives.items())}


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
