"""Products by blocks of rows."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.tag.products import multiply_rows


@pytest.mark.parametrize("count", [0, 1, 512, 513, 1500])
def test_rows_do_not_depend_on_those_after_them(count: int) -> None:
    """To the last bit, and the product is the product."""
    draw = np.random.default_rng(7)
    rows = draw.standard_normal((count, 320)).astype(np.float32)
    weights = draw.standard_normal((320, 5)).astype(np.float32)
    found = multiply_rows(rows, weights)
    assert found.shape == (count, 5)
    assert np.array_equal(found[:512], multiply_rows(rows[:512], weights))
    assert np.allclose(found, rows.astype(np.float64) @ weights.astype(np.float64), atol=1e-3)
