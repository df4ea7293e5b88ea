"""Precision, recall, F1 and accuracy of tags against gold, each with an interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.codes import Codes, Judged
from pipeline.evaluate.resample import REPLICATES, SEED, draw_weights, to_interval
from pipeline.records import Interval, ScoreRow

MIN_DOCUMENT = 50
"""Units a document needs to count in the macro-average over documents."""
MIN_SUPPORT = 10
"""Gold units a code needs to count in the macro-average over codes."""

Counts = NDArray[np.float64]


def score_tags(
    judged: Sequence[Judged],
    *,
    tagger: str,
    domain_of: Callable[[str], str],
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> tuple[ScoreRow, ...]:
    """All figures of one tagger; empty for no units.

    Slices: "macro" (mean over documents of at least 50 units), "all" (pooled), "document:ID",
    "language:xx" and, for precision, recall and F1, "code:ID". "macro_f1" is the unweighted mean
    over codes with at least 10 gold units. A figure that is not defined (the precision of a code never
    given, say) has no row. Micro-F1 pools the counts of all codes.
    """
    if not judged:
        return ()
    weights = draw_weights(
        [unit.document_id for unit in judged],
        [unit.paragraph for unit in judged],
        replicates=replicates,
        seed=seed,
    )
    table = _Table(judged, weights, tagger)
    rows: list[ScoreRow] = []
    for dimension, pick in _picks(domain_of).items():
        codes, counts = count_matches([pick(u.gold) for u in judged], [pick(u.found) for u in judged])
        rows += table.micro(dimension, counts)
        rows += table.by_code(dimension, codes, counts)
    rows += table.accuracy("main_issue", [u.gold.main_issue == u.found.main_issue for u in judged])
    rows += table.accuracy("action", [u.gold.action == u.found.action for u in judged])
    codes, counts = count_matches([(u.gold.action,) for u in judged], [(u.found.action,) for u in judged])
    rows += table.by_code("action", codes, counts)
    return tuple(row for row in rows if row.interval.value == row.interval.value)


def count_matches(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], Counts]:
    """Hits, false alarms and misses by unit and code, as (3, units, codes), and the codes in order."""
    codes = tuple(sorted({code for group in (*gold, *found) for code in group}))
    column = {code: k for k, code in enumerate(codes)}
    there = np.zeros((2, len(gold), len(codes)), dtype=bool)
    for side, groups in enumerate((gold, found)):
        for i, group in enumerate(groups):
            there[side, i, [column[code] for code in group]] = True
    truth, guess = there
    return codes, np.stack([truth & guess, guess & ~truth, truth & ~guess]).astype(float)


def to_f1(hits: Counts, false_alarms: Counts, misses: Counts) -> Counts:
    """2 hits / (2 hits + false alarms + misses); not a number where there is nothing to find and nothing found."""
    below = 2 * hits + false_alarms + misses
    return np.asarray(np.divide(2 * hits, below, out=np.full_like(hits, np.nan), where=below > 0), dtype=float)


def _picks(domain_of: Callable[[str], str]) -> dict[str, Callable[[Codes], tuple[str, ...]]]:
    return {
        "issue": lambda codes: codes.issues,
        "domain": lambda codes: tuple(dict.fromkeys(domain_of(issue) for issue in codes.issues)),
        "industry": lambda codes: codes.industries,
    }


class _Table:
    """Turns counts into rows; holds the units, their weights and the slices."""

    def __init__(self, judged: Sequence[Judged], weights: Counts, tagger: str) -> None:
        self.weights = weights
        self.tagger = tagger
        documents = np.array([unit.document_id for unit in judged])
        languages = np.array([unit.language for unit in judged])
        self.documents = {name: documents == name for name in sorted(set(documents))}
        self.large = [name for name, mask in self.documents.items() if mask.sum() >= MIN_DOCUMENT]
        self.slices = {"all": np.ones(len(judged), dtype=bool)}
        self.slices |= {f"document:{name}": mask for name, mask in self.documents.items()}
        self.slices |= {f"language:{name}": languages == name for name in sorted(set(languages))}

    def micro(self, dimension: str, counts: Counts) -> list[ScoreRow]:
        by_unit = counts.sum(axis=2)
        support = (counts[0] + counts[2]).sum(axis=1)

        def score(mask: NDArray[np.bool_]) -> Counts:
            hits, wrong, missed = (self.weights[:, mask] @ kind[mask] for kind in by_unit)
            return to_f1(hits, wrong, missed)

        return self._rows(dimension, "micro_f1", score, support)

    def accuracy(self, dimension: str, right: Sequence[bool]) -> list[ScoreRow]:
        values = np.asarray(right, dtype=float)

        def score(mask: NDArray[np.bool_]) -> Counts:
            part = self.weights[:, mask]
            total = part.sum(axis=1)
            return np.asarray(np.divide(part @ values[mask], total, out=np.full(len(part), np.nan), where=total > 0))

        return self._rows(dimension, "accuracy", score, np.ones(len(values)))

    def by_code(self, dimension: str, codes: Sequence[str], counts: Counts) -> list[ScoreRow]:
        hits, wrong, missed = (self.weights @ kind for kind in counts)
        f1 = to_f1(hits, wrong, missed)
        precision = to_f1(hits, wrong, wrong)
        recall = to_f1(hits, missed, missed)
        support = (counts[0] + counts[2]).sum(axis=0).astype(int)
        rows = [
            self._row(dimension, metric, f"code:{code}", to_interval(values[:, k]), support[k])
            for k, code in enumerate(codes)
            for metric, values in (("precision", precision), ("recall", recall), ("f1", f1))
        ]
        often = support >= MIN_SUPPORT
        if often.any():
            macro = np.nan_to_num(f1[:, often]).mean(axis=1)
            rows.append(self._row(dimension, "macro_f1", "all", to_interval(macro), int(often.sum())))
        return rows

    def _rows(
        self, dimension: str, metric: str, score: Callable[[NDArray[np.bool_]], Counts], support: Counts
    ) -> list[ScoreRow]:
        rows = [
            self._row(dimension, metric, name, to_interval(score(mask)), int(support[mask].sum()))
            for name, mask in self.slices.items()
        ]
        if self.large:
            mean = _mean_over([score(self.documents[name]) for name in self.large])
            rows.insert(0, self._row(dimension, metric, "macro", to_interval(mean), len(self.large)))
        return rows

    def _row(self, dimension: str, metric: str, where: str, interval: Interval, support: int) -> ScoreRow:
        return ScoreRow(self.tagger, dimension, metric, where, interval, int(support))


def _mean_over(documents: Sequence[Counts]) -> Counts:
    """Mean over documents for each draw, those without a value left out; not a number where none has one."""
    values = np.stack(documents)
    known = np.isfinite(values)
    total = np.where(known, values, 0.0).sum(axis=0)
    count = known.sum(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0), dtype=float)
