"""The phrase language: what a phrase stands for."""

from __future__ import annotations

import pytest

from pipeline.tag.phrases import ANYWHERE, PhraseError, parse_phrase


def _texts(source: str, language: str = "en") -> set[str]:
    phrase = parse_phrase(source, language, {"fruit": ["fig", "plum"]})
    assert len(phrase.elements) == 1
    return {literal.text for literal in phrase.elements[0]}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("supply chain", {"supply chain", "supply chains"}),
        ("policy", {"policy", "policies"}),
        ("brush", {"brush", "brushes"}),
        ("Cross-Border link", {"cross border link", "cross border links"}),
        ("labor law", {"labor law", "labor laws", "labour law", "labour laws"}),
        ("(red|green) tape", {"red tape", "red tapes", "green tape", "green tapes"}),
        ("tax (free |)zone", {"tax free zone", "tax free zones", "tax zone", "tax zones"}),
        ("{fruit}", {"fig", "figs", "plum", "plums"}),
        ("decarboni*", {"decarboni"}),
        ("5G", {"5g"}),
        ("=WHO", {"who"}),
    ],
)
def test_a_phrase_stands_for_its_forms(source: str, expected: set[str]) -> None:
    """Plural, spelling, alternatives, macros and wildcards are spelt out."""
    assert _texts(source) == expected


def test_a_list_may_ask_for_case_by_entry() -> None:
    """=SME within a list is the word SME as written, the other entries in any case."""
    (element,) = parse_phrase("{firms}", "en", {"firms": ["small firm", "=SME"]}).elements
    assert {(literal.text, literal.exact) for literal in element} == {
        ("small firm", ""),
        ("small firms", ""),
        ("sme", "SME"),
    }


def test_chinese_is_not_inflected() -> None:
    """A Chinese phrase stands for itself and its alternatives."""
    assert _texts("(关键|战略)矿产", "zh") == {"关键矿产", "战略矿产"}


@pytest.mark.parametrize(
    ("source", "gaps"),
    [("a .. b", (6,)), ("a ..2 b .. c", (2, 6)), ("a & b", (ANYWHERE,)), ("divers* supply", (0,)), ("R&D", ())],
)
def test_joints_become_gaps(source: str, gaps: tuple[int, ...]) -> None:
    """Two dots give an ordered gap, an ampersand between blanks company, a wildcard inside a break."""
    assert parse_phrase(source, "en", {}).gaps == gaps


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("(a|b", "close every bracket"),
        ("{nothing}", "no macro 'nothing'"),
        ("*", "cannot be read"),
        ("(a|b* c)", "end a word with"),
        (" ".join(["(a|b|c|d|e|f|g|h)"] * 5), "split it with"),
    ],
)
def test_a_bad_phrase_says_what_to_write(source: str, message: str) -> None:
    """Errors name the phrase and the remedy."""
    with pytest.raises(PhraseError, match=message.replace("*", r"\*")):
        parse_phrase(source, "en", {})
