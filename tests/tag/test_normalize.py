"""Normalised text and the way back to the original offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tag.normalize import normalize_text, normalize_texts


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Cross‑Border\u00a0Data", "en", "cross border data"),
        ("workers’ pay", "en", "workers' pay"),
        ("two  blanks\n here", "en", "two blanks here"),
        ("供應鏈與關鍵礦產", "zh", "供应链与关键矿产"),
        ("供 应 链", "zh", "供应链"),
        ("ＡＩ標準", "zh", "ai标准"),
    ],
)
def test_forms_are_made_alike(text: str, language: str, expected: str) -> None:
    """Case, hyphens, quotes, blanks, width and script variants disappear."""
    assert normalize_text(text, language).text == expected


def test_offsets_lead_back() -> None:
    """A place in the squeezed text is traced to the original one."""
    text = "Ein  two\n\nthree"
    plain = normalize_text(text, "en")
    start = plain.text.index("three")
    low, high = plain.trace(start, start + 5)
    assert text[low:high] == "three"


@given(st.text(max_size=60), st.sampled_from(["en", "zh"]))
def test_any_text_keeps_valid_offsets(text: str, language: str) -> None:
    """Whatever stands in a text, every place traces back inside it."""
    plain = normalize_text(text, language)
    for index in range(len(plain.text)):
        low, high = plain.trace(index, index + 1)
        assert 0 <= low < high <= len(text)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_many_at_once_are_the_same_as_one_by_one(texts: list[str]) -> None:
    """The batch is only faster."""
    assert normalize_texts(texts, "en") == [normalize_text(text, "en") for text in texts]
