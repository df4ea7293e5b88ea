"""Documents left out together."""

from pipeline.steps.folds import group_documents


def test_large_documents_stand_alone_and_small_ones_together():
    """Small documents share a fold up to a limit; a large one has its own wherever its name falls."""
    documents = ["a"] * 40 + ["b"] * 60 + ["c"] * 45 + ["d"] * 30 + ["e"] * 20
    folds = group_documents(documents)
    names = dict(zip(documents, folds, strict=True))
    assert names == {"a": "a", "b": "b", "c": "a", "d": "a", "e": "e"}
