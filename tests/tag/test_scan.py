"""The search for literals: all of them, as whole words."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.tag.phrases import Literal
from pipeline.tag.scan import Lexicon

WORDS = ("ai", "supply", "supply chain", "chain", "tax", "tax haven", "5g")


def _found(lexicon: Lexicon, text: str) -> list[str]:
    return [text[start:end] for _, _, start, end in zip(*lexicon.scan([text]), strict=True)]


def test_whole_words_only() -> None:
    """A term inside a longer word is not found; beside punctuation it is."""
    lexicon = Lexicon([Literal("ai"), Literal("port")])
    assert _found(lexicon, "said ai, (ai) report port.") == ["ai", "ai", "port"]


def test_overlaps_are_all_found() -> None:
    """Short terms inside long ones are reported too; the caller chooses."""
    lexicon = Lexicon([Literal(word) for word in WORDS])
    assert _found(lexicon, "supply chain") == ["supply chain", "supply", "chain"]


def test_marks_within_a_literal_are_compared() -> None:
    """A literal with marks is found with just these marks; between the words of others stands nothing but a blank."""
    lexicon = Lexicon(
        [Literal("r&d"), Literal("ports, roads"), Literal("ports"), Literal("c++"), Literal("ports roads")]
    )
    assert _found(lexicon, "r&d r d") == ["r&d"]
    assert _found(lexicon, "ports, roads; ports; roads") == ["ports, roads", "ports", "ports"]
    assert _found(lexicon, "c++ ports roads c") == ["c++", "ports roads", "ports"]


def test_an_open_literal_takes_its_whole_word() -> None:
    """A wildcard stretches the match to the end of the word."""
    assert _found(Lexicon([Literal("diversif", open_right=True)]), "we diversified it") == ["diversified"]


def test_a_word_may_end_several_stems() -> None:
    """Of two stems one within the other both are found, and the word that one of them is only where it stands alone."""
    stems = [Literal("trad", open_right=True), Literal("trade", open_right=True), Literal("trade")]
    spans = Lexicon(stems).scan(["traders trade"])
    assert spans.literal.tolist() == [0, 1, 0, 1, 2]


def test_han_terms_need_no_blanks() -> None:
    """Chinese terms match between other characters, Latin ones between Han characters."""
    lexicon = Lexicon([Literal("芯片"), Literal("ai")])
    assert _found(lexicon, "发展ai芯片产业") == ["ai", "芯片"]


@given(st.lists(st.text(alphabet="aitxsuplychn 5g,", max_size=40), max_size=6))
def test_the_scan_equals_a_plain_search(texts: list[str]) -> None:
    """One scan over many texts finds what regular expressions find one by one."""
    lexicon = Lexicon([Literal(word) for word in WORDS])
    found = set(zip(*[column.tolist() for column in lexicon.scan(texts)], strict=True))
    for row, text in enumerate(texts):
        expected = {
            (row, number, match.start(), match.start() + len(word))
            for number, word in enumerate(WORDS)
            for match in re.finditer(rf"(?<![a-z0-9])(?={word}(?![a-z0-9]))", text)
        }
        assert {span for span in found if span[0] == row} == expected


def test_a_check_sees_where_each_match_stands() -> None:
    """What the caller's check turns down is left out, with the text between line breaks before its eyes."""
    lexicon = Lexicon([Literal("芯片"), Literal("ai")])
    asked = []

    def check(
        text: str, literal: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        asked.extend(text[low:high] for low, high in zip(start, end, strict=True))
        return literal == 0

    assert [column.tolist() for column in lexicon.scan(["发展ai", "芯片"], check)] == [[1], [0], [0], [2]]
    assert sorted(asked) == ["ai", "芯片"]
