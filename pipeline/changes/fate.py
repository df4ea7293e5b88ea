"""Whether an earlier commitment's initiative lives on in the later round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.changes.align import Alignment
from pipeline.changes.pairs import score_likeness
from pipeline.changes.profile import Profile

CLOSE = 0.45
"""Likeness (wording and context) from which two units of one round are taken for the same initiative."""
THROUGH = 0.8
"""What is left of a trace that comes through another sentence of the same initiative."""


def score_alive(new: Sequence[Profile], old: Sequence[Profile], aligned: Alignment) -> list[float]:
    """For each earlier profile how strongly the later round takes it up, in [0, 1].

    The best of: the likeliest link of any later unit, commitment or not; being a best antecedent; and the same of sentences
    of its own round that restate it or name the same initiative, at a discount.
    """
    if not old:
        return []
    direct = aligned.scores.max(axis=0, initial=0.0) if len(new) else np.zeros(len(old))
    for links in aligned.links:
        for column, _ in links[:1]:
            direct[column] = 1.0
    close = score_likeness(old)
    through = np.where(close >= CLOSE, THROUGH * direct[None, :], 0.0).max(axis=1, initial=0.0)
    through = np.maximum(through, [THROUGH * direct[p.source] if p.source >= 0 else 0.0 for p in old])
    return [float(x) for x in np.maximum(direct, through)]
