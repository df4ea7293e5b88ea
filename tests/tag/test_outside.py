"""The rules in spaCy and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.errors import UsageError
from pipeline.tag.diff import CodeChange, diff_tags
from pipeline.tag.estimator import RuleEstimator


def test_the_estimator_predicts_indicators() -> None:
    """Rows are units, columns the codes; fit looks at nothing."""
    estimator = RuleEstimator(str(CODEBOOK)).fit([])
    matrix = estimator.predict(["Tariffs on steel will fall.", make_unit("Export controls are tight.")])
    assert matrix.shape == (2, len(estimator.classes_))
    assert matrix[1, estimator.classes_.tolist().index("security.export_controls")] == 1
    assert estimator.predict_scores(["Tariffs will fall."]).dtype == np.float32


def test_the_estimator_predicts_levels() -> None:
    """For the action level predict gives one label a unit."""
    assert RuleEstimator(str(CODEBOOK), dimension="action").predict(["We will act."]).tolist() == ["commit"]


def test_an_unknown_dimension_is_named() -> None:
    """A wrong dimension gets the right ones."""
    with pytest.raises(UsageError, match="issue, industry, action"):
        RuleEstimator(str(CODEBOOK), dimension="mood").fit([])


def test_the_spacy_component_writes_spans() -> None:
    """Hits and sentences stand in doc.spans with their codes."""
    import spacy

    import pipeline.tag.spacy_component  # noqa: F401

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("parley_tagger", config={"codebook": str(CODEBOOK)})
    doc = nlp("Export controls will be aligned. Forced labour must end.")
    assert ("Export controls", "security.export_controls") in [(s.text, s.label_) for s in doc.spans["parley"]]
    assert [s.label_ for s in doc.spans["parley_units"]] == ["security.export_controls", "supply.labor"]


def test_diff_counts_codes_gained_and_lost() -> None:
    """Units without old tags gain everything; equal tags change nothing."""
    tagger = RuleEstimator(str(CODEBOOK)).fit([]).tagger_
    (tags,) = tagger.tag_units([make_unit("Export controls.")])
    (other,) = tagger.tag_units([make_unit("Forced labour.")])
    assert diff_tags([tags], [tags]) == ()
    assert CodeChange("supply.labor", 1, 0) in diff_tags([tags], [other])
    assert CodeChange("security.export_controls", 0, 1) in diff_tags([tags], [other])
    assert all(change.lost == 0 for change in diff_tags([None], [tags]))
