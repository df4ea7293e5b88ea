"""Champion against challenger on the same held-out units, by paired bootstrap.

Both are scored on the same resampled paragraphs, so that what makes a draw easy or hard cancels
out (Efron and Tibshirani 1993, chapter 16; Berg-Kirkpatrick, Burkett and Klein 2012, EMNLP).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.evaluate.codes import Judged
from pipeline.evaluate.resample import REPLICATES, SEED, draw_weights, to_interval
from pipeline.evaluate.scores import MIN_SUPPORT, Counts, count_matches, to_f1
from pipeline.records import Interval


@dataclass(frozen=True, slots=True)
class Comparison:
    """Challenger minus champion. ``micro``: difference in issue micro-F1; ``codes``: by issue with
    at least 10 gold units; ``better``: share of draws in which the challenger is ahead;
    ``objections``: why it should not be promoted, empty where nothing speaks against it."""

    micro: Interval
    codes: tuple[tuple[str, Interval], ...]
    better: float
    objections: tuple[str, ...]

    @property
    def summary(self) -> str:
        return (
            f"issue micro-F1 {self.micro.value:+.4f} [{self.micro.low:+.4f}, {self.micro.high:+.4f}],"
            f" ahead in {self.better:.0%} of the draws"
        )


def compare_taggers(
    champion: Sequence[Judged], challenger: Sequence[Judged], *, replicates: int = REPLICATES, seed: int = SEED
) -> Comparison:
    """The difference with intervals. ValueError where the two were not judged on the same units and gold.

    Objections: micro-F1 falls, or the whole 95 % interval of a code lies below zero.
    """
    keys = [[(u.document_id, u.n, u.gold) for u in side] for side in (champion, challenger)]
    if keys[0] != keys[1] or not champion:
        raise ValueError("the two were not judged on the same units; train both on the same data")
    weights = draw_weights(
        [u.document_id for u in champion], [u.paragraph for u in champion], replicates=replicates, seed=seed
    )
    gold = [u.gold.issues for u in champion]
    scores = []
    codes: tuple[str, ...] = ()
    for side, opponent in ((champion, challenger), (challenger, champion)):
        # a shared list of codes: those of gold and both taggers
        extra = [u.found.issues for u in opponent]
        codes, counts = count_matches([*gold, *extra], [*(u.found.issues for u in side), *extra])
        scores.append((*_f1s(weights, counts[:, : len(gold)]),))
    support = np.array([sum(code in group for group in gold) for code in codes])
    micro = scores[1][0] - scores[0][0]
    often = [k for k in range(len(codes)) if support[k] >= MIN_SUPPORT]
    differences = tuple((codes[k], to_interval(scores[1][1][:, k] - scores[0][1][:, k])) for k in often)
    objections = []
    if micro[0] < 0:
        objections.append(f"issue micro-F1 falls by {-micro[0]:.4f}")
    objections += [
        f"{code} falls by {-i.value:.3f} [{i.low:+.3f}, {i.high:+.3f}]" for code, i in differences if i.high < 0
    ]
    return Comparison(to_interval(micro), differences, float((micro[1:] > 0).mean()), tuple(objections))


def _f1s(weights: Counts, counts: Counts) -> tuple[Counts, Counts]:
    hits, wrong, missed = (weights @ kind for kind in counts)
    return to_f1(hits.sum(axis=1), wrong.sum(axis=1), missed.sum(axis=1)), np.nan_to_num(to_f1(hits, wrong, missed))
