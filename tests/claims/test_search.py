"""Words, numbers and dates in sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.claims.search import iter_dates, iter_numbers, match_units, select_units
from pipeline.records import CodedUnit
from pipeline.terms import has_term


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("The standards body met.", "standard*", True),
        ("The standards body met.", "standard", False),
        ("Substandard goods", "standard*", False),
        ("An early-warning system", "early warning", True),
        ("双方建立预警机制。", "预警", True),
        ("AI is new.", "ai", True),
        ("They said so again.", "AI", False),
        ("İNDIA and ındia", "india", True),
        ("The ſtandards body", "standard*", True),
        ("COVID‑19 and café au lait", "café", True),
    ],
)
def test_has_term(text: str, term: str, found: bool) -> None:
    """Whole words, any case, a star for endings; Chinese as it stands."""
    assert has_term(text, term) is found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Ten groups and 14 partners", [10, 14]),
        ("twenty-one of 1,500 firms", [21, 1500]),
        ("the third meeting", [3]),
        ("共有十四个成员，举行了三轮谈判", [14, 3]),
        ("5G and Covid-19 and 2.5 percent", [2.5]),
        ("no number", []),
    ],
)
def test_iter_numbers(text: str, values: list[float]) -> None:
    """Digits, English words and Chinese numerals; no parts of names."""
    assert [value for _, _, value, _ in iter_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 27 May 2023 in Detroit", ["2023-05-27"]),
        ("on May 15-16, 2022,", ["2022-05-15"]),
        ("in December 2022", ["2022-12"]),
        ("since 2021", ["2021"]),
        ("2023年5月27日宣布", ["2023-05-27"]),
        ("截至2023年11月", ["2023-11"]),
        ("2023-05-27 and 2,021 people", ["2023-05-27"]),
        ("May I come on 3 June?", []),
    ],
)
def test_iter_dates(text: str, dates: list[str]) -> None:
    """Dates as far as they are stated, in both languages."""
    assert list(iter_dates(text)) == dates


def test_groups_of_words_must_all_match(said: Callable[..., list[CodedUnit]]) -> None:
    """One of each group, none of the words that are ruled out."""
    units = said("d", "Chips need early warning.", "Ships need early warning.", "Chips sell.", "Chips want no warning.")
    found = match_units(units, [["chips", "semiconductors"], ["warning"]], ["no"])
    assert [unit.unit.n for unit in found] == [0]


def test_heading_counts_where_asked(said: Callable[..., list[CodedUnit]]) -> None:
    """A word with @ may stand in the section title."""
    units = said("d", "It shall report yearly.", section="Group on harbours")
    assert match_units(units, [["@harbours"]])
    assert not match_units(units, [["harbours"]])


def test_scope_reaches_to_the_end_of_a_month(said: Callable[..., list[CodedUnit]]) -> None:
    """ "until 2023-11" holds the 30th and not December."""
    units = [*said("a", "x", date="2023-11-30"), *said("b", "x", date="2023-12-01"), *said("c", "x", date="")]
    assert [unit.unit.document_id for unit in select_units(units, {"until": "2023-11"})] == ["a"]


@pytest.mark.parametrize(
    ("text", "near", "found"),
    [
        ("Chips need early warning.", 4, True),
        ("Chips are dear, and nobody in the long history of trade gave a warning.", 6, False),
        ("芯片供应设有预警。", 5, True),
        ("芯片价格上涨，而在漫长的贸易史上从来没有人对此发出过任何预警。", 5, False),
    ],
)
def test_words_near_one_another(said: Callable[..., list[CodedUnit]], text: str, near: int, found: bool) -> None:
    """Groups within so many words; two Chinese characters count as one."""
    terms = [["chips", "芯片"], ["warning", "预警"]]
    assert bool(match_units(said("d", text), terms, near=near)) is found
