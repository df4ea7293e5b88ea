"""Ridge regression of all codes at once, solved in the dual: few units, many features.

With about a thousand units the kernel matrix is small, so that one solve fits every code and the
out-of-fold scores of any grouping cost one solve a fold (Hoerl and Kennard 1970; dual form:
Saunders, Gammerman and Vovk 1998).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.grams import GramIndex, Numbers, learn_grams, weigh_grams
from pipeline.tag.vectors import WordVectors


@dataclass(frozen=True)
class Ridge:
    """Linear scores: words @ word_weights + dense @ dense_weights + mean, one column a target.

    ``grams``: the words and pairs of words of the rows of ``word_weights``.
    """

    grams: tuple[str, ...]
    gram_weights: Numbers
    word_weights: Numbers
    dense_weights: Numbers
    mean: Numbers

    @cached_property
    def index(self) -> GramIndex:
        return GramIndex(self.grams)

    def predict(self, texts: Sequence[Sequence[str]], dense: Numbers) -> Numbers:
        words = self.index.to_matrix(texts, self.gram_weights)
        return np.asarray(words @ self.word_weights + dense @ self.dense_weights + self.mean, dtype=np.float32)


def fit_ridge(
    texts: Sequence[Sequence[str]],
    dense: Numbers,
    targets: Numbers,
    groups: Sequence[Hashable],
    coded: NDArray[np.bool_],
    *,
    vectors: WordVectors | None,
    penalty: float,
    folds: int = 8,
) -> tuple[Ridge, Numbers]:
    """The fitted ridge, and scores for its own units by folds that leave whole groups out.

    Only rows that are ``coded`` have targets; the others, neighbours of coded ones, are only scored.
    ``vectors``: weighs columns by how rare they are; None leaves all alike.
    """
    grams = learn_grams(texts)
    weights = weigh_grams(grams, vectors) if vectors else np.ones(max(len(grams), 1), np.float32)
    words = GramIndex(grams).to_matrix(texts, weights)
    # single precision halves the time; the penalty keeps the system far from singular
    kernel = np.asarray((words @ words.T).todense(), dtype=np.float32) + dense.astype(np.float32) @ dense.T
    fold_of = assign_folds(groups, folds)
    held_out = np.zeros(targets.shape, dtype=np.float32)
    for fold in sorted(set(fold_of.tolist())):
        test = fold_of == fold
        rest = ~test & coded
        dual, mean = _solve(kernel[np.ix_(rest, rest)], targets[rest], penalty)
        held_out[test] = kernel[np.ix_(test, rest)] @ dual + mean
    dual, mean = _solve(kernel[np.ix_(coded, coded)], targets[coded], penalty)
    model = Ridge(
        grams,
        weights,
        np.asarray(words[coded].T @ dual, dtype=np.float32),
        np.asarray(dense[coded].T @ dual, dtype=np.float32),
        mean.astype(np.float32),
    )
    return model, held_out


def assign_folds(groups: Sequence[Hashable], folds: int) -> NDArray[np.int64]:
    """A fold for each row; whole groups, the largest first into the fold that has least. Order-free."""
    sizes: dict[Hashable, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    filled = [0] * min(folds, len(sizes))
    chosen: dict[Hashable, int] = {}
    for group in sorted(sizes, key=lambda name: (-sizes[name], str(name))):
        fold = filled.index(min(filled))
        chosen[group] = fold
        filled[fold] += sizes[group]
    return np.array([chosen[group] for group in groups], dtype=np.int64)


def _solve(kernel: Any, targets: Numbers, penalty: float) -> tuple[Any, Any]:
    from scipy.linalg import solve

    if not len(kernel):
        return np.zeros((0, targets.shape[1])), np.zeros(targets.shape[1])
    mean = targets.mean(axis=0, dtype=np.float64)
    kernel.flat[:: len(kernel) + 1] += penalty  # the callers hand over copies
    wanted = (targets - mean).astype(np.float32)
    dual = solve(kernel, wanted, assume_a="pos", overwrite_a=True, check_finite=False).astype(np.float64)
    return dual, mean
