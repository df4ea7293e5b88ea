"""Products of matrices that do not depend on how many rows are multiplied at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
_ROWS = 512


def multiply_rows(rows: Numbers, weights: Numbers) -> Numbers:
    """``rows @ weights``, a block of rows at a time.

    For many rows BLAS adds up in another order; by blocks, the last digits of a unit's scores do not depend on
    how many others are tagged with it.
    """
    if len(rows) <= _ROWS:
        return np.asarray(rows @ weights)
    return np.concatenate([rows[begin : begin + _ROWS] @ weights for begin in range(0, len(rows), _ROWS)])
