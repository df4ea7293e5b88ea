"""Likeness of bags of words (word -> weight), for all pairs of two lists at once: one matrix a measure, values in [0, 1]."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse

Grid = npt.NDArray[np.float64]
Bag = Mapping[str, float]
Weigh = Callable[[str], float]


def _matrices(
    a: Sequence[Bag], b: Sequence[Bag], weigh: Weigh, power: float = 1.0
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    vocabulary: dict[str, int] = {}
    for bag in chain(a, b):
        for word in bag:
            vocabulary.setdefault(word, len(vocabulary))
    weights = [weigh(word) ** power for word in vocabulary]
    return _matrix(a, vocabulary, weights), _matrix(b, vocabulary, weights)


def _matrix(bags: Sequence[Bag], vocabulary: dict[str, int], weights: Sequence[float]) -> sparse.csr_matrix:
    columns = [[vocabulary[w] for w in bag] for bag in bags]
    data = [v * weights[vocabulary[w]] for bag in bags for w, v in bag.items()]
    ends = np.cumsum([0, *(len(c) for c in columns)])
    flat = np.fromiter(chain.from_iterable(columns), dtype=np.int64, count=int(ends[-1]))
    return sparse.csr_matrix((data, flat, ends), shape=(len(bags), max(1, len(vocabulary))), dtype=np.float64)


def cosine(a: Sequence[Bag], b: Sequence[Bag], weigh: Weigh) -> Grid:
    left, right = _matrices(a, b, weigh)
    product = np.asarray((left @ right.T).todense())
    return np.minimum(1.0, divide(product, np.outer(_norms(left), _norms(right))))


def rarest(a: Sequence[Bag], b: Sequence[Bag], weigh: Weigh) -> Grid:
    """How telling the most telling words in common are: a power mean that comes near their maximum."""
    left, right = _matrices(a, b, weigh, power=4.0)
    return np.minimum(1.0, np.asarray((left @ right.T).todense()) ** 0.125)


def cover(a: Sequence[Bag], b: Sequence[Bag], weigh: Weigh) -> Grid:
    """Share of the weight of each bag of ``a`` that lies on words of each bag of ``b``."""
    left, right = _matrices(a, b, weigh)
    right.data[:] = 1.0
    return np.minimum(1.0, divide(np.asarray((left @ right.T).todense()), np.asarray(left.sum(axis=1)).reshape(-1, 1)))


def share_exclusive(a: Sequence[Bag], b: Sequence[Bag], weigh: Weigh) -> Grid:
    """Weight of the words in common that hardly anybody else uses, each divided by how many bags have it; at most 1."""
    left, right = _matrices(a, b, weigh)
    holders = np.asarray((left > 0).sum(axis=0)).ravel() + np.asarray((right > 0).sum(axis=0)).ravel()
    left = left.multiply(2 / np.maximum(1, holders)).tocsr()
    right.data[:] = 1.0
    shares: Grid = np.minimum(1.0, np.asarray((left @ right.T).todense()))
    return shares


def share_any(a: Sequence[Sequence[str]], b: Sequence[Sequence[str]]) -> Grid:
    """Likeness of two short sets (Jaccard)."""
    one = _matrices([dict.fromkeys(x, 1.0) for x in a], [dict.fromkeys(x, 1.0) for x in b], lambda _: 1.0)
    common = np.asarray((one[0] @ one[1].T).todense())
    sizes = np.add.outer(
        np.array([len(set(x)) for x in a], dtype=float), np.array([len(set(x)) for x in b], dtype=float)
    )
    return divide(common, sizes.reshape(common.shape) - common)


def _norms(matrix: sparse.csr_matrix) -> Grid:
    norms: Grid = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return norms


def divide(a: Grid, b: Grid) -> Grid:
    return np.divide(a, b, out=np.zeros_like(a), where=np.broadcast_to(b, a.shape) > 0)
