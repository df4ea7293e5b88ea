"""Turns in the transcript of a press call, as the rules see them."""

from __future__ import annotations

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.tag.rules import RuleTagger


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(load_codebook(CODEBOOK))


def _levels(tagger: RuleTagger, texts: list[str]) -> list[str]:
    return [tags.action.code_id for tags in tagger.tag_units([make_unit(text, n) for n, text in enumerate(texts)])]


def test_what_a_questioner_says_binds_nobody(tagger: RuleTagger) -> None:
    """From "Q" to the next name every unit is none, whatever its verbs."""
    texts = [
        "MS. OSEI: We will open a port.",
        "Q Thank you.",
        "You will close the old one, and farmers support the plan.",
        "MS. OSEI: We will keep it.",
        "We will also build a road.",
    ]
    assert _levels(tagger, texts) == ["commit", "none", "none", "commit", "commit"]


@pytest.mark.parametrize("label", ["QUESTION:", "Q:", "MODERATOR:", "OPERATOR:"])
def test_labels_of_other_houses_are_known(tagger: RuleTagger, label: str) -> None:
    """Ministries write the questioner and the moderator differently."""
    assert _levels(tagger, [f"{label} They will close the port.", "A: We will keep it."]) == ["none", "commit"]


def test_chinese_transcripts_have_turns_too(tagger: RuleTagger) -> None:
    """记者 asks, the next name answers."""
    assert _levels(tagger, ["记者：双方将新建港口。", "发言人：双方将新建港口。"]) == ["none", "commit"]


def test_a_sentence_that_begins_with_the_letter_is_no_turn(tagger: RuleTagger) -> None:
    """Without a name before it "Q" is a word like any other."""
    assert _levels(tagger, ["Q fever will be studied by both ministries."]) == ["commit"]
