"""Words, numbers and dates in both languages."""

import pytest

from pipeline.errors import UsageError
from pipeline.records import Interval
from pipeline.report.words import check_languages, format_date, format_share, join_names, load_words, say, translate


@pytest.mark.parametrize(
    ("iso", "language", "expected"),
    [
        ("2023-05-31", "en", "31 May 2023"),
        ("2023-05-31", "zh", "2023年5月31日"),
        ("2023", "en", "2023"),
        ("", "zh", ""),
    ],
)
def test_dates(iso: str, language: str, expected: str) -> None:
    """A full date is written out; anything else stays."""
    assert format_date(iso, language) == expected


def test_share_has_its_interval() -> None:
    """Brackets follow the language."""
    interval = Interval(0.1234, 0.1, 0.2)
    assert format_share(interval, "en") == "12.3% (10.0–20.0)"
    assert format_share(interval, "zh") == "12.3%（10.0–20.0）"


def test_words_are_whole_in_both_languages() -> None:
    """Every key has both languages with the same places to fill."""
    for key, entry in load_words().items():
        assert set(entry) == {"en", "zh"} and entry["en"] and entry["zh"], key
        assert [f"{{{i}}}" in entry["en"] for i in range(6)] == [f"{{{i}}}" in entry["zh"] for i in range(6)], key


def test_names_are_joined() -> None:
    """The last one is joined by a word."""
    assert join_names(["a", "b", "c"], "en") == "a, b and c"
    assert join_names(["甲", "乙", "丙"], "zh") == "甲、乙和丙"
    assert join_names([], "en") == ""


@pytest.mark.parametrize("wrong", [("fr",), ()])
def test_unknown_language_is_refused(wrong: tuple[str, ...]) -> None:
    """The message names what there is."""
    with pytest.raises(UsageError, match="en, zh"):
        check_languages(wrong)


def test_places_are_filled_once() -> None:
    """A value that looks like a place is not filled again in its own right."""
    assert "TTC" in say("sum_only", "en", "TTC", "tax")


def test_every_signal_of_a_change_is_told_in_chinese() -> None:
    """What decides a status and what links two sentences has Chinese words, as the codes of the changes name them."""
    from pipeline.changes.align import SHOWN
    from pipeline.changes.weights import FITTED

    for name in (*FITTED.status, "same words", "hedged", "date postponed", "sum cut", *SHOWN.values()):
        assert translate(name, "zh") != name, name
    assert translate("TTC: 2 of 12 documents are digests, not official text", "zh").startswith("TTC：12份")
    assert translate("something new", "zh") == "something new"
