"""Boosted regression trees as plain arrays: fitted with scikit-learn by benchmarks/fit_changes.py, read with NumPy alone.

A unit of a later round asks of some candidates of the earlier round whether they are its antecedent; the trees weigh
what candidates.py says of each (gradient boosting with monotone constraints: more likeness never speaks against a link).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from pipeline.changes.grids import Grid

FILE = "trees.npz"
_ROWS = 256
"""Rows looked at together: what is noted of them stays in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """``feature``, ``threshold``, ``left``, ``right``, ``value``: one entry a node, all trees in a row, children as
    positions in these arrays; a leaf is its own child. ``roots``: where each tree begins. ``base``: log-odds before any tree.
    ``depth``: steps from a root to the farthest leaf.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    roots: NDArray[np.int32]
    base: float
    depth: int

    def add_up(self, rows: Grid) -> Grid:
        """Log-odds of each row of features (rows, features)."""
        parts = [self._add_up(rows[begin : begin + _ROWS]) for begin in range(0, len(rows), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _add_up(self, rows: Grid) -> Grid:
        flat = np.ascontiguousarray(rows).ravel()
        line = rows.shape[1] * np.arange(len(rows))[:, None]
        feature, roots = self.feature.astype(np.intp), self.roots.astype(np.intp)
        children = np.stack((self.left, self.right), axis=1).ravel().astype(np.intp)
        at = np.tile(roots, (len(rows), 1))
        for _ in range(self.depth):
            higher = ~(flat.take(feature.take(at) + line) <= self.threshold.take(at))
            at = children.take(2 * at + higher)
        total: Grid = self.base + self.value.take(at).sum(axis=1)
        return total


@lru_cache(maxsize=1)
def read_trees() -> Trees:
    """The fitted trees that come with the package."""
    with resources.files("pipeline.changes").joinpath(FILE).open("rb") as file, np.load(file) as data:
        arrays = {name: data[name] for name in ("feature", "threshold", "left", "right", "value", "roots")}
        return Trees(**arrays, base=float(data["base"]), depth=int(data["depth"]))
