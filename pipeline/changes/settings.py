"""Settings of the alignment."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.changes.weights import FITTED, Weights


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """How commitments are aligned; the defaults were set on development pairs.

    ``max_links``: most antecedents of a commitment, 1 to 3. ``max_uses``: how many later commitments one earlier unit
    can be the best antecedent of; ``use_cost``: what each further use costs, as a probability. ``none_from``: a
    commitment is new where the probability of no antecedent reaches this. ``extra_share``, ``extra_least``: a further link needs this share of the best one's probability, and
    at least this much. ``alive``: an earlier commitment lives on where a later unit reaches this probability.
    ``weights``: of the ranking steps and of the status.
    """

    max_links: int = 3
    max_uses: int = 8
    use_cost: float = 0.01
    none_from: float = 0.5
    extra_share: float = 0.33
    extra_least: float = 0.2
    alive: float = 0.4
    weights: Weights = field(default=FITTED, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.max_links <= 3:
            raise ValueError(f"max_links is {self.max_links}; give 1, 2 or 3")
        if self.max_uses < 1:
            raise ValueError(f"max_uses is {self.max_uses}; give 1 or more")
        for name in ("none_from", "use_cost", "extra_share", "extra_least", "alive"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}; it must lie between 0 and 1")
