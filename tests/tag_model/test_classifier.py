"""The classifier learns topics and levels, and joins its answer with that of the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from modelkit import load, make_units, make_vectors

from pipeline.records import Unit, UnitTags
from pipeline.tag.classifier import Classifier, choose_issues, fit_classifier
from pipeline.tag.combine import CombinedTagger, silence_rules
from pipeline.tag.features import build_inputs
from pipeline.tag.rules import RuleTagger


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    """Made-up units with gold, a classifier fitted on them, and the tagger around it."""
    units, gold = make_units()
    rules, vectors = RuleTagger(load()), make_vectors()
    tags, scores = rules.judge_units(units)
    fit = {
        "inputs": build_inputs(units, scores, vectors),
        "gold": gold,
        "tags": tags,
        "codebook": rules.codebook,
        "vectors": vectors,
        "groups": [unit.document_id for unit in units],
    }
    classifier = fit_classifier(**fit)
    return {
        "units": units,
        "gold": gold,
        "fit": fit,
        "scores": scores,
        "classifier": classifier,
        "tagger": CombinedTagger(rules, classifier, vectors, name="m-test"),
    }


def test_learns_topics_and_levels(parts: dict[str, Any]) -> None:
    """Nearly every training unit gets its codes back."""
    found = parts["tagger"].tag_units(parts["units"])
    pairs = [(g, t) for g, t in zip(parts["gold"], found, strict=True) if g]
    assert np.mean([t.main_issue == g.issues[0] for g, t in pairs]) > 0.9
    assert np.mean([t.action.code_id == g.action for g, t in pairs]) > 0.9


def test_words_alone_carry_the_topic(parts: dict[str, Any]) -> None:
    """Also where no rule has spoken, in training or after."""
    tags, scores = silence_rules(parts["fit"]["tags"], parts["scores"])
    inputs = build_inputs(parts["units"], scores, parts["fit"]["vectors"])
    classifier = fit_classifier(**{**parts["fit"], "inputs": inputs, "tags": tags})
    found = classifier.predict(inputs, tags, parts["fit"]["codebook"])
    best = [parts["fit"]["codebook"].issues[k] for k in found.main.argmax(axis=1)]
    assert np.mean([b == g.issues[0] for b, g in zip(best, parts["gold"], strict=True) if g]) > 0.9


def test_an_order_in_a_list_keeps_the_level_of_its_lead(parts: dict[str, Any]) -> None:
    """Whatever levels such words had in training: below "we welcome" an item is a view."""
    lead = "We welcome the following plans:"
    unit = parts["units"][0]
    items = ["Build hydrogen plants soon.", "Exchange tax records between offices."]
    texts = [(lead, "", "paragraph"), *((text, lead, "list_item") for text in items)]
    units = [
        replace(unit, document_id="list", n=n, text=text, end=len(text), lead=above, kind=kind)
        for n, (text, above, kind) in enumerate(texts)
    ]
    assert [tags.action.code_id for tags in parts["tagger"].tag_units(units)[1:]] == ["acknowledge"] * 2


def test_what_a_questioner_says_is_no_commitment(parts: dict[str, Any]) -> None:
    """Words cannot overturn it, since everything a journalist says is none."""
    texts = ["MS. OSEI: We will build hydrogen plants.", "Q Thanks.", "You will exchange tax records between offices."]
    units = [
        replace(parts["units"][0], document_id="call", n=n, text=text, end=len(text)) for n, text in enumerate(texts)
    ]
    assert [tags.action.code_id for tags in parts["tagger"].tag_units(units)[1:]] == ["none"] * 2


def check_form(tags: UnitTags) -> None:
    assert 1 <= len(tags.issues) <= 3
    assert len({tag.code_id for tag in tags.issues}) == len(tags.issues)
    assert all(0 < tag.score < 1 for tag in tags.iter_tags())
    assert all(tag.by == "both" or tag.by.startswith(("rule:", "model:m-test")) for tag in tags.iter_tags())


UGLY = [
    "",
    "!!!",
    "x",
    "供应链合作",
    "A" * 5000,
    "tax " * 500,
    "\u200b\u00a0",
    "Будем работать вместе",
    "1. (a) 2023–24",
]


@pytest.mark.parametrize("text", UGLY)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_text_gets_tags_of_the_right_form(parts: dict[str, Any], text: str, language: str) -> None:
    """Empty, endless and foreign texts too."""
    check_form(parts["tagger"].tag_units([Unit("d", 0, 0, len(text), text, "", 0, language)])[0])


def test_no_units_no_tags(parts: dict[str, Any]) -> None:
    """An empty document is no error."""
    assert parts["tagger"].tag_units([]) == []


def test_alone_or_in_a_batch(parts: dict[str, Any]) -> None:
    """A document has the same tags whatever comes along with it."""
    units = parts["units"]
    one = [u for u in units if u.document_id == "doc-2"]
    batch = dict(zip([(u.document_id, u.n) for u in units], parts["tagger"].tag_units(units), strict=True))
    assert parts["tagger"].tag_units(one) == [batch[u.document_id, u.n] for u in one]


def test_fitting_twice_gives_the_same(parts: dict[str, Any]) -> None:
    """No chance, no clock."""
    again: Classifier = fit_classifier(**parts["fit"])
    first: Classifier = parts["classifier"]
    assert np.array_equal(again.topic_ridge.word_weights, first.topic_ridge.word_weights)
    assert np.array_equal(again.main_pooled.full, first.main_pooled.full)
    assert again.cuts == first.cuts


def test_code_the_model_never_saw_rests_on_its_rules(parts: dict[str, Any]) -> None:
    """A model trained before a code existed still lets its rules give it."""
    first: Classifier = parts["classifier"]
    keep = [k for k, code in enumerate(first.issues) if code != "fair.anti_corruption"]
    targets = keep + [len(first.issues) + k for k in range(len(first.industries))]
    ridge = replace(
        first.topic_ridge,
        word_weights=first.topic_ridge.word_weights[:, targets],
        dense_weights=first.topic_ridge.dense_weights[:, targets],
        mean=first.topic_ridge.mean[targets],
    )
    older = replace(
        first,
        issues=tuple(first.issues[k] for k in keep),
        seen_issues=tuple(first.seen_issues[k] for k in keep),
        trust_issues=first.trust_issues[:, keep],
        topic_ridge=ridge,
    )
    tagger = CombinedTagger(RuleTagger(parts["fit"]["codebook"]), older, parts["fit"]["vectors"], name="m-test")
    text = "The parties will fight corruption, bribery and money laundering."
    tags = tagger.tag_units([Unit("d", 0, 0, len(text), text, "", 0, "en")])[0]
    assert "fair.anti_corruption" in [tag.code_id for tag in tags.issues]


def test_nothing_to_learn_from(parts: dict[str, Any]) -> None:
    """Units without any gold are refused."""
    with pytest.raises(ValueError, match="no coded units"):
        fit_classifier(**{**parts["fit"], "gold": [None] * len(parts["units"])})


def test_choice_of_issues() -> None:
    """The likeliest main issue first, others above their cuts by likelihood, "other" codes alone."""
    present = np.array([[0.5, 0.9, 0.45, 0.1], [0.9, 0.2, 0.1, 0.8], [0.4, 0.4, 0.4, 0.9]], np.float32)
    main = np.array([[0.1, 0.6, 0.2, 0.0], [0.9, 0.1, 0.0, 0.2], [0.1, 0.1, 0.1, 0.7]], np.float32)
    other = np.array([False, False, False, True])
    assert choose_issues(present, main, other, (0.4, 0.4, 0.0)) == [[1, 2, 0], [0], [3]]
    assert choose_issues(present, main, other, (0.4, 0.6, 0.0)) == [[1, 0], [0], [3]]
