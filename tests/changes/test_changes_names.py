"""Names, acronyms, places and pronouns."""

from __future__ import annotations

import pytest
from changes_texts import FIRST, make_round

from pipeline.changes.names import find_heads, find_mentions, resolve_acronyms
from pipeline.changes.places import find_places
from pipeline.changes.profile import make_profiles
from pipeline.changes.words import split_words, stem


def test_acronyms_are_resolved():
    """An acronym in brackets gets the words it stands for; a bracket of another kind does not."""
    found = resolve_acronyms(["The Harbour Data Network (HDN) opened.", "It rained (ABC)."])
    assert found == {"HDN": ("harbor", "data", "network")}


def test_short_and_long_name_meet():
    """An acronym and its expansion give the same bag."""
    known = resolve_acronyms(["The Harbour Data Network (HDN) opened."])
    long = find_mentions("We run the Harbour Data Network.", "en", known).names
    assert set(find_mentions("We run the HDN.", "en", known).names) & set(long)


def test_persons_are_no_names():
    """A titled person is not an initiative."""
    assert not find_mentions("We thank Minister Ada Example warmly.", "en").proper


@pytest.mark.parametrize(
    "text,sums,dates", [("We give $5 million by May 2031.", ("$5 million",), ("may 2031",)), ("None here.", (), ())]
)
def test_sums_and_dates(text, sums, dates):
    """Sums and dates are found as written."""
    mentions = find_mentions(text, "en")
    assert (mentions.sums, mentions.dates) == (sums, dates)


@pytest.mark.parametrize("text,language,heads", [
    ("A dialogue and two task forces", "en", {"dialogue", "task force"}), ("建立预警机制", "zh", {"机制"}),
])  # fmt: skip
def test_heads(text, language, heads):
    """Kinds of initiative in one spelling."""
    assert set(find_heads(text, language)) == heads


@pytest.mark.parametrize("text,places", [("Kenyan farms", {"kenya"}), ("与肯尼亚合作", {"kenya"}), ("no place", set())])
def test_places(text, places):
    """Countries in both languages, adjectives too."""
    assert find_places(text) == places


def test_the_mechanism_is_the_one_named_before():
    """A definite head refers to the nearest sentence of its section that names one."""
    assert [p.source for p in make_profiles(make_round(FIRST, "a"))][:3] == [-1, 0, -1]


def test_stems_bring_spellings_together():
    """British and American forms and plurals share a stem; Chinese is cut into words."""
    assert stem("standardisation") == stem("standardization") and stem("networks") == stem("network")
    assert "预警" in split_words("預警機制", "zh")
