"""Fit the weights of pipeline/changes/weights.py and trees.npz, and show how well they do on pairs they were not fitted on.

    python benchmarks/fit_changes.py [--statements FOLDER] [--folds 10] [--by pair|series] [--write]

A fold of the pairs (or whole series of statements) in turn is left out: the register of each of its pairs is made with
weights that saw only the others, and scored. --write stores the trees of all pairs and prints the other weights.

Two conditional logits find the candidates, as pipeline/changes/align.py reads them: every later commitment chooses among
all earlier units and "none"; several right antecedents share the credit. Weights stay at 0 or above, so that each feature
speaks for a link. Boosted trees then judge the candidates, likeness held monotone; a logistic regression on log-odds
from trees that did not see the pair says whether there is an antecedent at all.
"""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

import pipeline.changes
from benchmarks.changes import load_pairs
from pipeline.changes import evaluate_changes, track_changes
from pipeline.changes.align import add_up, find_candidates, judge_candidates, read_again
from pipeline.changes.candidates import Candidates, sum_up_rows
from pipeline.changes.grids import Grid
from pipeline.changes.names import resolve_acronyms
from pipeline.changes.pairs import measure_strangeness, score_features
from pipeline.changes.profile import Profile, make_profiles
from pipeline.changes.settings import AlignSettings
from pipeline.changes.trees import FILE, Trees
from pipeline.changes.weights import FITTED, Weights
from pipeline.records import Change
from pipeline.steps.change_gold import ChangePair
from pipeline.steps.workspace import find_workspace

PENALTY = {"first": 1.0, "second": 0.3}
TREES: dict[str, Any] = {"max_iter": 250, "learning_rate": 0.04, "max_leaf_nodes": 8, "min_samples_leaf": 100,
                         "l2_regularization": 10, "max_features": 0.15, "max_bins": 64}  # fmt: skip
INNER_FOLDS = 3
LIKENESS = {
    "wording", "spelling", "context", "names", "rare words", "rare names", "section", "section content", "paragraph",
    "window", "kind of initiative", "covers", "no other country", "words of their own", "main issue", "rare issue",
    "issues", "industries",
}  # fmt: skip


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
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--by", choices=("pair", "series"), default="pair")
    parser.add_argument("--write", action="store_true", help="store the trees fitted on all pairs")
    options = parser.parse_args()
    pairs = load_pairs(find_workspace(Path()), options.statements)
    names = [pair.name for pair in pairs]
    cases = [make_case(pair, names.count(pair.name)) for pair in pairs]
    if options.folds:
        show_left_out(cases, options.folds, options.by)
    if options.write:
        show_weights(fit(cases))


def show_left_out(cases: Sequence[Case], folds: int, by: str) -> None:
    """Print the scores of every pair by weights that were fitted without its fold, their means, and whether links keep
    what their probabilities promise."""
    found: dict[str, list[dict[str, float]]] = {}
    links: list[tuple[float, bool]] = []
    for left in split_folds(cases, folds, by):
        weights = fit([case for n, case in enumerate(cases) if n not in left])
        for case in (cases[n] for n in sorted(left)):
            changes = track(case, weights)
            scores = score(changes, case)
            links += judge_links(changes, case)
            found.setdefault(case.pair.name, []).append(scores)
            line = (f"{metric} {scores[metric]:.2f}" for metric in METRICS)
            print(f"without {case.pair.name} {case.pair.coder} ({len(case.right)}):", *line, flush=True)
    for least in (1, 20):
        names = [c.pair.name for c in cases if len(c.right) >= least and c.pair.name in found]
        means = {m: np.mean([np.mean([s[m] for s in found[n]]) for n in sorted(set(names))]) for m in METRICS}
        print(f"mean over {len(set(names))} pairs of {least}+:", *(f"{m} {v:.3f}" for m, v in means.items()))
    show_reliability(links)


def split_folds(cases: Sequence[Case], folds: int, by: str) -> list[set[int]]:
    """Positions of the cases to leave out together: pairs (or all pairs of a series) of like total size."""
    groups: dict[str, list[int]] = {}
    for n, case in enumerate(cases):
        name = case.pair.name
        groups.setdefault(
            name if by == "pair" else "-".join(name.split("-")[: 2 if name.startswith("us-") else 1]), []
        ).append(n)
    out: list[set[int]] = [set() for _ in range(min(folds, len(groups)))]
    for group in sorted(groups.values(), key=lambda g: (-sum(len(cases[n].right) for n in g), g)):
        min(out, key=lambda fold: sum(len(cases[n].right) for n in fold)).update(group)
    return out


def show_weights(found: Weights) -> None:
    for step, weights, none in (
        ("first", found.first, found.first_none),
        ("second", found.second, found.second_none),
        ("third", found.third, found.third_none),
    ):
        print(step, {k: round(v, 2) for k, v in weights.items()}, "none", round(none, 2))
    if found.trees:
        write_trees(found.trees)


def write_trees(trees: Trees) -> None:
    target = Path(inspect.getfile(pipeline.changes)).with_name(FILE)
    np.savez_compressed(
        target,
        **{
            name: getattr(trees, name)
            for name in ("feature", "threshold", "left", "right", "value", "roots", "base", "depth")
        },
    )


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
    """All steps; the second on what the first makes of the same pairs, the third on trees that did not see the pair."""
    first = _fit_step([(c, c.features) for c in cases], tuple(FITTED.first), PENALTY["first"])
    again = [(c, read_again(add_up(c.features, *first), c.features, c.later, c.earlier)) for c in cases]
    second = _fit_step(again, tuple(FITTED.second), PENALTY["second"])
    weights = replace(FITTED, first=first[0], first_none=first[1], second=second[0], second_none=second[1])
    found = [
        find_candidates(c.features, c.later, c.earlier, weights, measure_strangeness(c.later, c.earlier)) for c in cases
    ]
    trees = fit_trees(cases, found)
    sums = []
    for left in split_folds(cases, INNER_FOLDS, "pair"):
        inside = [n for n in range(len(cases)) if n not in left]
        others = fit_trees([cases[n] for n in inside], [found[n] for n in inside])
        sums += [(cases[n], sum_up_rows(judge_candidates(found[n], others), cases[n].later)) for n in sorted(left)]
    third, none = _fit_decision(sums)
    return replace(weights, third=third, third_none=none, trees=trees)


def fit_trees(cases: Sequence[Case], found: Sequence[Candidates]) -> Trees:
    """Boosted trees on the candidates of the coded commitments: is this one of the coder's antecedents?"""
    from sklearn.ensemble import HistGradientBoostingClassifier

    values, right, weight = [], [], []
    for case, candidates in zip(cases, found, strict=True):
        for row, columns in case.right.items():
            values.append(candidates.values[row])
            right.append(np.isin(candidates.columns[row], columns))
            weight.append(np.full(len(right[-1]), case.weight))
    model = HistGradientBoostingClassifier(
        **TREES, monotonic_cst=[int(_speaks_for(name)) for name in found[0].names], early_stopping=False, random_state=0
    ).fit(np.concatenate(values), np.concatenate(right), sample_weight=np.concatenate(weight))
    return take_trees(model)


def take_trees(model: Any) -> Trees:
    """The nodes of a fitted scikit-learn model as plain arrays (its own attributes, so tied to the pinned version)."""
    parts: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots, depth, start = [], 0, 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        own, leaf = np.arange(len(nodes)), nodes["is_leaf"].astype(bool)
        parts["feature"].append(nodes["feature_idx"])
        parts["threshold"].append(nodes["num_threshold"])
        parts["left"].append(start + np.where(leaf, own, nodes["left"]))
        parts["right"].append(start + np.where(leaf, own, nodes["right"]))
        parts["value"].append(np.where(leaf, nodes["value"], 0.0))
        roots.append(start)
        start, depth = start + len(nodes), max(depth, int(nodes["depth"].max()))
    arrays = {name: np.concatenate(values) for name, values in parts.items()}
    return Trees(
        feature=arrays["feature"].astype(np.int32),
        threshold=arrays["threshold"].astype(np.float64),
        left=arrays["left"].astype(np.int32),
        right=arrays["right"].astype(np.int32),
        value=arrays["value"].astype(np.float64),
        roots=np.array(roots, dtype=np.int32),
        base=float(model._baseline_prediction[0, 0]),
        depth=depth,
    )


def _speaks_for(name: str) -> bool:
    """Whether more of a feature never speaks against a link: all likeness, as it is or beside the best of its row."""
    if name in {"first", "first below best", "second"} or name.endswith("(second step)"):
        return True
    plain = name.removesuffix(", below the best of the row")
    return plain in LIKENESS


def _fit_decision(sums: Sequence[tuple[Case, Mapping[str, Grid]]]) -> Step:
    from sklearn.linear_model import LogisticRegression

    values, linked, weight = [], [], []
    names = tuple(FITTED.third)
    for case, columns in sums:
        for row, right in case.right.items():
            values.append([columns[name][row] for name in names])
            linked.append(bool(right))
            weight.append(case.weight)
    model = LogisticRegression(C=0.3, max_iter=2000).fit(np.array(values), linked, sample_weight=weight)
    return dict(zip(names, map(float, model.coef_[0]), strict=True)), -float(model.intercept_[0])


def track(case: Case, weights: Weights) -> tuple[Change, ...]:
    """The whole register of a pair."""
    settings = AlignSettings(weights=weights)
    pair = case.pair
    return track_changes(pair.earlier, pair.later, framework="", round_from="a", round_to="b", settings=settings)


def score(changes: Sequence[Change], case: Case) -> dict[str, float]:
    return {row.metric: row.interval.value for row in evaluate_changes(changes, case.pair.gold)}


def judge_links(changes: Sequence[Change], case: Case) -> list[tuple[float, bool]]:
    """Of each coded commitment that gets an antecedent: probability of the best link, and whether the coder has it."""
    gold = {(g.to.start, g.to.end): {(s.start, s.end) for s in g.sources} for g in case.pair.gold if g.to}
    mine = [(c, (c.to.start, c.to.end), c.links[0].evidence) for c in changes if c.to and c.links]
    return [(c.score, (best.start, best.end) in gold[place]) for c, place, best in mine if place in gold]


def show_reliability(links: Sequence[tuple[float, bool]], parts: int = 8) -> None:
    """Mean probability and share of right links, in parts of like number; ECE over them."""
    pieces = np.array_split(np.array(sorted(links), dtype=float), parts)
    print(
        "best links, probability and share that is right:",
        *(f"{p[:, 0].mean():.2f}/{p[:, 1].mean():.2f}" for p in pieces),
    )
    gap = sum(len(p) * abs(p[:, 0].mean() - p[:, 1].mean()) for p in pieces) / len(links)
    print(f"expected calibration error over {len(links)} links: {gap:.3f}")


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
