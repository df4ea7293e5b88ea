"""The quick look for Han characters agrees with a search for them."""

from __future__ import annotations

import re

import pytest

from pipeline.han import may_hold_han


@pytest.mark.parametrize(
    "sample", ["", "plain", "curly “quotes” – dash…", "naïve Ünder", "Ελλάδα", "😀", "\ud800", "한국"]
)
def test_text_without_han_is_told(sample: str) -> None:
    """Letters of other scripts, signs and lone surrogates are no Han."""
    assert not re.search("[\u3400-\u9fff]", sample)
    assert not may_hold_han(sample)


@pytest.mark.parametrize("char", ["\u3400", "\u4dbf", "\u4e00", "\u9fff", "年"])
def test_han_is_never_missed(char: str) -> None:
    """From the first to the last, wherever it stands."""
    assert may_hold_han(f"“Statement” of {char} and others")
