"""Alpha and AC1 against values worked out by hand and from the literature."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluate import Codes, Judged
from pipeline.evaluate.agreement import gwet_ac1, krippendorff_alpha, nominal_alpha, score_agreement


def counts(both: int, one: int, units: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.array([float(both)]), np.array([float(one)]), np.array([float(units)])


def test_alpha_of_the_textbook_example() -> None:
    """Krippendorff's binary example: ten units, 14 zeros and 6 ones, four disagreements: 0.095."""
    assert krippendorff_alpha(*counts(1, 4, 10))[0] == pytest.approx(0.0952, abs=1e-3)


@pytest.mark.parametrize(("both", "one", "units", "expected"), [(5, 0, 10, 1.0), (0, 0, 10, 1.0)])
def test_alpha_of_perfect_agreement(both: int, one: int, units: int, expected: float) -> None:
    """Nobody differs: 1, also where nothing varies."""
    assert krippendorff_alpha(*counts(both, one, units))[0] == expected


def test_ac1_stays_high_for_a_rare_code() -> None:
    """118 units without, 5 with a single one, 2 by both: alpha sinks, AC1 does not."""
    rare = counts(2, 5, 125)
    assert gwet_ac1(*rare)[0] == pytest.approx((0.96 - 0.0694) / (1 - 0.0694), abs=2e-3)
    assert krippendorff_alpha(*rare)[0] < 0.5


def test_nominal_alpha_agrees_with_the_binary_one() -> None:
    """Two values as names give what two values as ones and zeros give."""
    first = ["y"] + ["y", "n"] * 2 + ["n"] * 5
    second = ["y"] + ["n", "y"] * 2 + ["n"] * 5
    assert nominal_alpha(first, second, np.ones((1, 10)))[0] == pytest.approx(krippendorff_alpha(*counts(1, 4, 10))[0])


def test_rows_by_dimension_code_and_language() -> None:
    """Every dimension has a mean over codes, every code its own row, each language its slice."""
    judged = [
        Judged(
            "d", n, n, "zh" if n % 2 else "en", Codes(("a.x",), (), "none"), Codes(("a.x" if n else "b.y",), (), "none")
        )
        for n in range(20)
    ]
    rows = {
        (r.dimension, r.metric, r.slice): r for r in score_agreement(judged, domain_of=lambda c: c[0], replicates=50)
    }
    assert rows["issue", "f1", "all"].interval.value == pytest.approx(0.95)
    assert rows["issue", "ac1", "all:code:a.x"].support == 20
    assert rows["issue", "alpha", "zh"].interval.value == 1
    assert rows["action", "alpha_nominal", "all"].interval.value == 1


def test_nothing_shared_no_rows() -> None:
    """Two coders without a common unit."""
    assert score_agreement([], domain_of=str) == ()
