"""Documents left out together."""

from pipeline.steps.folds import group_documents


def test_large_documents_stand_alone_and_small_ones_together():
    """Small documents share a fold up to a limit; a large one has its own wherever its name falls."""
    documents = ["a"] * 40 + ["b"] * 60 + ["c"] * 45 + ["d"] * 30 + ["e"] * 20 + ["f"] * 3000
    folds = group_documents(documents)
    names = dict(zip(documents, folds, strict=True))
    assert names == {"a": "a", "b": "b", "c": "a", "d": "a", "e": "e", "f": "f"}


def test_a_few_small_documents_are_left_out_one_by_one():
    """A small collection keeps as many folds as documents, so that there is enough left to learn from."""
    documents = ["a"] * 10 + ["b"] * 12 + ["c"] * 9
    assert group_documents(documents) == tuple(documents)
