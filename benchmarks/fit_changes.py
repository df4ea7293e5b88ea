"""Fit the weights of pipeline/changes/weights.py, and show how well they do on a pair they were not fitted on.

    python benchmarks/fit_changes.py [--statements FOLDER]

For each pair in turn, the whole register is made with weights of the ranking that saw only the others, and scored.

Two conditional logits, as pipeline/changes/align.py reads them: every later commitment chooses among all earlier units and
"none"; several right antecedents share the credit. Weights stay at 0 or above, so that each feature speaks for a link.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.changes import load_pairs
from pipeline.changes import evaluate_changes, track_changes
from pipeline.changes.align import add_up, read_again
from pipeline.changes.grids import Grid
from pipeline.changes.names import resolve_acronyms
from pipeline.changes.pairs import score_features
from pipeline.changes.profile import Profile, make_profiles
from pipeline.changes.settings import AlignSettings
from pipeline.changes.weights import FITTED, Weights
from pipeline.steps.change_gold import ChangePair
from pipeline.steps.workspace import find_workspace

PENALTY = {"first": 1.0, "second": 0.3}


@dataclass(frozen=True)
class Case:
    """A coded pair made ready: ``right``: row of a later commitment -> columns of its antecedents, empty for new."""

    pair: ChangePair
    later: tuple[Profile, ...]
    earlier: tuple[Profile, ...]
    features: dict[str, Grid]
    right: dict[int, list[int]]
    weight: float


Step = tuple[dict[str, float], float]
METRICS = ("link f1", "new accuracy", "status accuracy", "dropped f1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=Path)
    pairs = load_pairs(find_workspace(Path()), parser.parse_args().statements)
    cases = [make_case(pair, [p.name for p in pairs].count(pair.name)) for pair in pairs]
    means = dict.fromkeys(METRICS, 0.0)
    names = sorted({case.pair.name for case in cases})
    for name in names:
        weights = fit([c for c in cases if c.pair.name != name])
        for case in (c for c in cases if c.pair.name == name):
            scores = score(case, weights)
            print(f"without {name} {case.pair.coder}:", *(f"{m} {scores[m]:.2f}" for m in METRICS))
            for metric in METRICS:
                means[metric] += scores[metric] * case.weight / len(names)
    print("mean over the pairs:", *(f"{m} {means[m]:.3f}" for m in METRICS))
    found = fit(cases)
    for step, weights, none in (("first", found.first, found.first_none), ("second", found.second, found.second_none)):
        print(step, {k: round(v, 2) for k, v in weights.items()}, "none", round(none, 2))


def make_case(pair: ChangePair, coders: int) -> Case:
    """``coders``: how many have coded the pair; together they weigh as much as one."""
    acronyms = resolve_acronyms(u.unit.text for u in (*pair.earlier, *pair.later))
    earlier, later = make_profiles(pair.earlier, acronyms), make_profiles(pair.later, acronyms)
    columns = {(p.unit.unit.start, p.unit.unit.end): n for n, p in enumerate(earlier)}
    rows = {(p.unit.unit.start, p.unit.unit.end): n for n, p in enumerate(later)}
    right = {
        rows[g.to.start, g.to.end]: [columns[s.start, s.end] for s in g.sources]
        for g in pair.gold
        if g.to and (g.to.start, g.to.end) in rows
    }
    return Case(pair, later, earlier, score_features(later, earlier), right, 1 / coders)


def fit(cases: Sequence[Case]) -> Weights:
    """Both steps, the second on what the first makes of the same pairs."""
    first = _fit_step([(c, c.features) for c in cases], tuple(FITTED.first), PENALTY["first"])
    again = [(c, read_again(add_up(c.features, *first), c.features, c.later, c.earlier)) for c in cases]
    second = _fit_step(again, tuple(FITTED.second), PENALTY["second"])
    return replace(FITTED, first=first[0], first_none=first[1], second=second[0], second_none=second[1])


def score(case: Case, weights: Weights) -> dict[str, float]:
    """Scores of the whole register of a pair, by metric."""
    settings = AlignSettings(weights=weights)
    pair = case.pair
    changes = track_changes(pair.earlier, pair.later, framework="", round_from="a", round_to="b", settings=settings)
    return {row.metric: row.interval.value for row in evaluate_changes(changes, pair.gold)}


def _fit_step(cases: Sequence[tuple[Case, Mapping[str, Grid]]], names: Sequence[str], penalty: float) -> Step:
    rows = [
        (np.stack([grids[n][row] for n in names], axis=-1), columns, case.weight)
        for case, grids in cases
        for row, columns in case.right.items()
    ]
    width = max(len(values) for values, _, _ in rows)
    values = np.zeros((len(rows), width, len(names)), dtype=np.float32)
    closed = np.full((len(rows), width + 1), -1e9, dtype=np.float32)
    right = np.zeros((len(rows), width + 1), dtype=bool)
    for n, (grid, columns, _) in enumerate(rows):
        values[n, : len(grid)], closed[n, : len(grid)], closed[n, -1] = grid, 0.0, 0.0
        right[n, columns or [-1]] = True
    weight = np.array([w for _, _, w in rows])

    def loss(point: Grid) -> tuple[float, Grid]:
        logits = np.zeros_like(closed)
        logits[:, :-1] = values @ point[:-1].astype(np.float32) - point[-1]
        logits += closed
        chance = np.exp(logits - logits.max(axis=1, keepdims=True))
        hit = chance * right
        total, good = chance.sum(axis=1), hit.sum(axis=1) + 1e-30
        pull = ((chance / total[:, None] - hit / good[:, None]) * weight[:, None])[:, :-1]
        slope = np.append(np.einsum("nck,nc->k", values, pull) + penalty * point[:-1], -pull.sum())
        return float((weight * np.log(total / good)).sum() + penalty / 2 * point[:-1] @ point[:-1]), slope

    bounds = [(0.0, None)] * len(names) + [(None, None)]
    best = minimize(loss, np.append(np.ones(len(names)), 5.0), jac=True, method="L-BFGS-B", bounds=bounds).x
    return dict(zip(names, map(float, best[:-1]), strict=True)), float(best[-1])


if __name__ == "__main__":
    main()
