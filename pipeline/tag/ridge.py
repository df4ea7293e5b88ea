"""Ridge regression of all codes at once, solved in the dual: few units, many features.

With a few thousand units the kernel matrix is small, so that one inversion fits every code and gives the
out-of-fold scores of any grouping by blocks (Hoerl and Kennard 1970; dual form:
Saunders, Gammerman and Vovk 1998).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.grams import GramIndex, Numbers, learn_grams, weigh_grams
from pipeline.tag.products import multiply_rows
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
        return np.asarray(
            words @ self.word_weights + multiply_rows(dense, self.dense_weights) + self.mean, dtype=np.float32
        )


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
    known = np.flatnonzero(coded)
    inverse = _invert(kernel[np.ix_(known, known)], penalty)
    wanted = targets[known].astype(np.float32)
    held_out = np.zeros(targets.shape, dtype=np.float32)
    for fold in sorted(set(fold_of.tolist())):
        test, out = fold_of == fold, fold_of[known] == fold
        dual, mean = _leave_out(inverse, wanted, out)
        held_out[test] = kernel[np.ix_(test, known[~out])] @ dual + mean
    mean = _mean(wanted)
    dual = inverse @ (wanted - mean)
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


def _leave_out(inverse: Numbers, targets: Numbers, out: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The dual solution and the mean of the targets without the rows ``out``, from the inverse with them.

    By blocks: the inverse of the rest is its own part less what came in through the rows left out (Schur complement).
    """
    mean = _mean(targets[~out]) if not out.all() else np.zeros(targets.shape[1], np.float32)
    whole = inverse @ (targets - mean)
    if not out.any():
        return whole, mean
    passed = np.linalg.solve(inverse[np.ix_(out, out)].astype(np.float64), whole[out].astype(np.float64))
    return whole[~out] - inverse[np.ix_(~out, out)] @ passed.astype(np.float32), mean


def _invert(kernel: Numbers, penalty: float) -> Numbers:
    """Inverse of the kernel with the penalty on its diagonal, by Cholesky."""
    from scipy.linalg.lapack import spotrf, spotri

    if not len(kernel):
        return kernel
    kernel.flat[:: len(kernel) + 1] += penalty  # the caller hands over a copy
    factor, failed = spotrf(kernel, overwrite_a=True)
    inverse, failed_too = spotri(factor, overwrite_c=True)
    if failed or failed_too:
        raise ArithmeticError("the kernel matrix of the training units is not positive definite; raise the penalty")
    upper = np.triu(inverse)
    return np.asarray(upper + np.triu(upper, 1).T, dtype=np.float32)


def _mean(targets: Numbers) -> Numbers:
    return np.asarray(targets.mean(axis=0, dtype=np.float64), dtype=np.float32)
