"""The rule by which a code counts as present in a set of documents. Standard library only.

A tagger errs. Among ``n`` sentences that have nothing to do with a code it still gives that code
to about ``n * error_rate`` of them, so a handful of codings proves nothing. The rule asks how many
codings stray ones alone would hardly reach: the smallest k with P(Poisson(n * error_rate) >= k) <= alpha.
A code is present when its expected number of true codings reaches k in enough paragraphs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import NormalDist

DEFAULT_ERROR_RATE = 0.004
"""Stray codings of one code per sentence: at a micro-precision of 0.9, 1.2 codes a sentence spread
over some 30 codes give 1.2 * 0.1 / 30 = 0.004."""


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """Settings of the presence rule.

    ``error_rate``: stray codings of one code per sentence, in [0, 1); ``error_rates`` overrides it
    by code where an evaluation has measured it. ``alpha``: chance, in (0, 1), that stray codings
    alone pass. ``min_paragraphs``: paragraphs that must carry the code, at least 1.
    """

    error_rate: float = DEFAULT_ERROR_RATE
    error_rates: Mapping[str, float] = field(default_factory=dict)
    alpha: float = 0.05
    min_paragraphs: int = 2

    def __post_init__(self) -> None:
        rates = [self.error_rate, *self.error_rates.values()]
        if not all(0 <= rate < 1 for rate in rates):
            raise ValueError(f"error rates must be in [0, 1), got {max(rates, key=abs)}; give a share such as 0.004")
        if not 0 < self.alpha < 1:
            raise ValueError(f"alpha must be in (0, 1), got {self.alpha}; 0.05 is usual")
        if self.min_paragraphs < 1:
            raise ValueError(f"min_paragraphs must be 1 or more, got {self.min_paragraphs}")

    def rate_of(self, codes: tuple[str, ...]) -> float:
        """Stray rate of a group of codes taken together (a domain): the sum, at most 0.99."""
        return min(0.99, sum(self.error_rates.get(code_id, self.error_rate) for code_id in codes))

    def needed(self, units: int, codes: tuple[str, ...]) -> int:
        """Codings needed among ``units`` sentences; at least 1, also where there are no sentences."""
        return poisson_threshold(units * self.rate_of(codes), self.alpha)

    def is_present(self, true_codings: float, units: int, paragraphs: int, codes: tuple[str, ...]) -> bool:
        """``true_codings``: sum of the tags' scores, the number of codings expected to be right."""
        return paragraphs >= self.min_paragraphs and math.floor(true_codings + 1e-9) >= self.needed(units, codes)


def poisson_threshold(expected: float, alpha: float) -> int:
    """Smallest k >= 1 with P(Poisson(expected) >= k) <= alpha; by the normal curve from 500 on."""
    if expected > 500:
        return math.ceil(expected + NormalDist().inv_cdf(1 - alpha) * math.sqrt(expected) + 0.5)
    term = tail_below = math.exp(-expected)
    k = 1
    while 1 - tail_below > alpha and k < 100_000:
        term *= expected / k
        tail_below += term
        k += 1
    return k
