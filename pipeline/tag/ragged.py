"""Lists of different lengths laid end to end in one array, with pointers to where each begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def lay_out(lists: Sequence[Iterable[int]]) -> tuple[Ints, Ints]:
    """(values, pointers): list i stands at [pointers[i], pointers[i + 1])."""
    rows = [list(row) for row in lists]
    values = np.array(list(chain.from_iterable(rows)), dtype=np.int64)
    return values, np.cumsum([0, *map(len, rows)], dtype=np.int64)


def spread(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """(owner, place): every place in the ranges [low, high), in order, and the number of the range it comes from."""
    sizes = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(low)), sizes)
    shift = low - (np.cumsum(sizes) - sizes)
    return owner, np.arange(len(owner)) + shift[owner]
