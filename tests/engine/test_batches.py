"""Documents in batches, by number and by weight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.engine.batches import BATCH, iter_batches


@pytest.mark.parametrize(
    ("weights", "sizes"),
    [
        ([], []),
        ([6_000] * (BATCH + 3), [BATCH, 3]),
        ([200_000] * 5, [3, 2]),
        ([2_000_000, 1, 2_000_000], [1, 2]),
        ([0] * (2 * BATCH), [BATCH, BATCH]),
    ],
)
def test_batches_end_by_number_or_weight(weights: list[int], sizes: list[int]) -> None:
    """Many small documents together, few large ones; none is lost, and order stays."""
    batches = list(iter_batches(weights, lambda weight: weight))
    assert [len(batch) for batch in batches] == sizes
    assert [weight for batch in batches for weight in batch] == weights


def test_a_batch_is_given_before_the_next_item_is_asked_for() -> None:
    """What waits for its source is not held back."""
    asked: list[int] = []

    def give() -> Iterator[int]:
        for number in range(2 * BATCH):
            asked.append(number)
            yield number

    next(iter_batches(give(), lambda _: 0))
    assert len(asked) == BATCH
