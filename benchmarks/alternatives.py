"""Other ways to learn the issues from the same gold, one document left out at a time.

    python -m benchmarks.alternatives [--only NAME...]

Writes benchmarks/out/alternatives.md: issue micro-F1 and accuracy of the main issue, each the mean over documents
of at least 50 units, with 95 % intervals over resampled paragraphs, and seconds for all folds. Needs the official
texts in the store (parley fetch). Every learner sees the same units; issues are chosen alike: the likeliest, then
others 0.35 or more. The two slow ones (kernel machine, trees) leave out a tenth of the documents at a time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.records import ScoreRow, Tag, UnitTags
from pipeline.steps.training import Prepared, hold_out, prepare_training, read_training_data
from pipeline.steps.workspace import Workspace, find_workspace

OUT = Path(__file__).resolve().parent / "out"
Fit = Callable[[Any, Any, Any], Any]
"""Training features, training targets (units by issues), test features to test scores."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", help="Names to run.")
    arguments = parser.parse_args()
    from pipeline.tag.classifier import FitSettings

    workspace = find_workspace(None)
    prepared = prepare_training(workspace, read_training_data(workspace), FitSettings())
    lines = ["| way | issue micro-F1 | main issue | seconds |", "|---|---|---|---|"]
    for name, run in list_ways(workspace, prepared).items():
        if arguments.only and name not in arguments.only:
            continue
        begun = time.perf_counter()
        rows = score_way(workspace, prepared, run())
        lines.append(f"| {name} | {rows[0]} | {rows[1]} | {time.perf_counter() - begun:.0f} |")
        print(lines[-1], flush=True)
    OUT.mkdir(exist_ok=True)
    (OUT / "alternatives.md").write_text("\n".join(lines) + "\n", "utf-8")


def list_ways(workspace: Workspace, prepared: Prepared) -> dict[str, Callable[[], list[UnitTags]]]:
    """Name and what gives held-out tags for all units."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [unit.text for unit in prepared.data.units]
    context = [f"{unit.section.rsplit(' > ', 1)[-1]} {unit.lead} {unit.text}" for unit in prepared.data.units]
    words: Any = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2).fit_transform(texts)
    placed: Any = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2).fit_transform(context)
    chars: Any = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5), min_df=2).fit_transform(
        texts
    )
    from scipy import sparse

    size = prepared.vectors.matrix.shape[1]
    own = sparse.csr_matrix(prepared.blank_inputs.dense[:, :size])
    around = sparse.csr_matrix(prepared.blank_inputs.dense[:, : 3 * size])
    rules = sparse.csr_matrix(prepared.inputs.dense[:, 3 * size :])
    both = sparse.hstack([words, chars]).tocsr()
    everything = sparse.hstack([placed, around, rules]).tocsr()
    ways: dict[str, tuple[Any, Fit]] = {
        "words, logistic regression": (words, fit_logistic),
        "words with heading and lead-in, logistic regression": (placed, fit_logistic),
        "words and characters, linear SVM": (both, fit_svm),
        "words, complement naive Bayes": (words, fit_bayes),
        "words and vectors, nearest neighbours": (sparse.hstack([words, own]).tocsr(), fit_neighbours),
        "word vectors (LSA of unlabelled statements), logistic regression": (own, fit_logistic),
        "words, vectors of unit, heading and neighbours, logistic regression": (
            sparse.hstack([placed, around]).tocsr(),
            fit_logistic,
        ),
        "words, vectors and rules, logistic regression": (everything, fit_logistic),
        "words, vectors and rules, RBF kernel SVM": (everything, fit_kernel),
        "words, vectors and rules, gradient-boosted trees on 60 components": (everything, fit_trees),
    }
    runs: dict[str, Callable[[], list[UnitTags]]] = {
        name: (lambda x=x, fit=fit: run_folds(prepared, workspace, x, fit, tenths=fit in SLOW))
        for name, (x, fit) in ways.items()
    }
    for tagger in ("rules", "classifier", "combined"):
        runs[f"parley: {tagger}"] = lambda tagger=tagger: _hold_out(workspace, prepared, tagger)  # type: ignore[misc]
    runs["parley: combined, smoothed along the document"] = lambda: smooth(
        _hold_out(workspace, prepared, "combined"), prepared
    )
    return runs


def run_folds(prepared: Prepared, workspace: Workspace, features: Any, fit: Fit, *, tenths: bool) -> list[UnitTags]:
    """Held-out issues of every unit; industries and action are left to the rules. ``tenths``: ten folds of documents."""
    from pipeline.tag.classifier import choose_issues

    issues = workspace.codebook.issues
    substantive = set(workspace.codebook.substantive_issues)
    other = np.array([code not in substantive for code in issues])
    documents = np.array(prepared.data.documents)
    coded = np.array([g is not None for g in prepared.gold])
    targets = np.array([[float(code in g.issues) if g else 0.0 for code in issues] for g in prepared.gold])
    tags = list(prepared.rule_tags)
    names = sorted(set(documents))
    folds = [names[start::10] for start in range(10)] if tenths else [[name] for name in names]
    for fold in folds:
        inside = np.isin(documents, fold)
        test, train = np.flatnonzero(inside), np.flatnonzero(~inside & coded)
        scores = np.asarray(fit(features[train], targets[train], features[test]), dtype=np.float32)
        for row, columns in zip(test, choose_issues(scores, scores, other, (0.35, 0.35, 0.0)), strict=True):
            found = tuple(Tag("issue", issues[k], 0.5, "model:x") for k in columns)
            tags[row] = UnitTags(found, tags[row].industries, tags[row].action)
    return tags


def score_way(workspace: Workspace, prepared: Prepared, tags: Sequence[UnitTags]) -> tuple[str, str]:
    """Issue micro-F1 and main-issue accuracy as text, macro over documents."""
    from pipeline.evaluate.scores import score_tags
    from pipeline.steps.evaluation import judge_units

    rows = score_tags(judge_units(prepared.data, tags), tagger="x", domain_of=workspace.codebook.domain_of)
    return _show(rows, "issue", "micro_f1"), _show(rows, "main_issue", "accuracy")


def smooth(tags: Sequence[UnitTags], prepared: Prepared) -> list[UnitTags]:
    """An unsure unit between two of the same main issue takes that issue."""
    result = list(tags)
    documents = prepared.data.documents
    for row in range(1, len(tags) - 1):
        before, here, after = tags[row - 1], tags[row], tags[row + 1]
        inside = documents[row - 1] == documents[row] == documents[row + 1]
        if inside and before.main_issue == after.main_issue != here.main_issue and here.issues[0].score < 0.5:
            result[row] = UnitTags(before.issues, here.industries, here.action)
    return result


def fit_logistic(x: Any, y: Any, new: Any) -> Any:
    from sklearn.linear_model import LogisticRegression

    return _each(lambda: LogisticRegression(C=10, class_weight="balanced", solver="liblinear"), x, y, new)


def fit_svm(x: Any, y: Any, new: Any) -> Any:
    from sklearn.svm import LinearSVC

    return 1 / (1 + np.exp(-2 * _each(lambda: LinearSVC(C=0.5, class_weight="balanced"), x, y, new, margin=True)))


def fit_kernel(x: Any, y: Any, new: Any) -> Any:
    from sklearn.svm import SVC

    return 1 / (1 + np.exp(-2 * _each(lambda: SVC(C=5, class_weight="balanced"), x, y, new, margin=True)))


def fit_bayes(x: Any, y: Any, new: Any) -> Any:
    from sklearn.naive_bayes import ComplementNB

    return _each(lambda: ComplementNB(alpha=0.3), x, y, new)


def fit_neighbours(x: Any, y: Any, new: Any) -> Any:
    """Votes of the 12 nearest by cosine, weighed by it."""
    from sklearn.preprocessing import normalize

    near = np.asarray((normalize(new) @ normalize(x).T).todense())
    votes = np.where(near >= np.sort(near, axis=1)[:, [-12]], near, 0.0)
    return votes @ y / np.maximum(votes.sum(axis=1, keepdims=True), 1e-9)


def fit_trees(x: Any, y: Any, new: Any) -> Any:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.ensemble import HistGradientBoostingClassifier

    reduce = TruncatedSVD(60, random_state=0).fit(x)
    small, other = reduce.transform(x), reduce.transform(new)
    return _each(lambda: HistGradientBoostingClassifier(max_iter=60, random_state=0), small, y, other)


SLOW = (fit_kernel, fit_trees)


def _each(make: Callable[[], Any], x: Any, y: Any, new: Any, *, margin: bool = False) -> Any:
    """One model a code; codes without examples get the lowest score."""
    columns = []
    for k in range(y.shape[1]):
        if y[:, k].sum() < 2:
            columns.append(np.full(new.shape[0], -3.0 if margin else 0.0))
            continue
        model = make().fit(x, y[:, k])
        columns.append(model.decision_function(new) if margin else model.predict_proba(new)[:, 1])
    return np.array(columns).T


def _hold_out(workspace: Workspace, prepared: Prepared, tagger: str) -> list[UnitTags]:
    from pipeline.tag.classifier import FitSettings

    return hold_out(workspace, prepared, FitSettings(), taggers=[tagger])[tagger]


def _show(rows: Sequence[ScoreRow], dimension: str, metric: str) -> str:
    row = next(r for r in rows if (r.dimension, r.metric, r.slice) == (dimension, metric, "macro"))
    return f"{row.interval.value:.3f} ({row.interval.low:.3f} to {row.interval.high:.3f})"


if __name__ == "__main__":
    main()
