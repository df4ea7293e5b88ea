"""Metadata from the text: dates, rounds, kinds, languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.codebook import Codebook, load_codebook
from pipeline.extract import extract_bytes
from pipeline.extract.dates import parse_date
from pipeline.extract.metadata import recognise_metadata
from pipeline.records import Metadata

DATES = [
    ("4 and 5 April 2024", "2024-04-05"),
    ("May 15-16, 2022", "2022-05-16"),
    ("Sept. 9, 2022", "2022-09-09"),
    ("on the 3rd of June 2023", "2023-06-03"),
    ("2023年5月31日", "2023-05-31"),
    ("2024年4月4日至5日", "2024-04-05"),
    ("二〇二四年四月十五日", "2024-04-15"),
    ("2024-04-05", "2024-04-05"),
    ("31 June 2024", "2024-06"),
    ("April 2024", "2024-04"),
    ("nothing", ""),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_dates(text: str, iso: str) -> None:
    """A range gives its last day; an impossible day falls back to the month."""
    assert parse_date(text) == iso


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook(Path(__file__).parents[2] / "corpus" / "codebook.yaml")


def read(codebook: Codebook, text: str, **flags: str) -> Metadata:
    return recognise_metadata(extract_bytes(text.encode(), name="x.md"), name="x.md", codebook=codebook, flags=flags)


def test_unknown_round_gets_its_number(codebook: Codebook) -> None:
    """A meeting beyond the codebook is the round of its number."""
    found = read(
        codebook,
        "# Joint Statement of the Trade and Technology Council\n\n12 May 2025\n\nThe seventh ministerial meeting of the TTC was held in Ghent.\n",
    )
    assert (found.framework.value, found.round.value, found.date.value) == ("TTC", "7", "2025-05-12")
    assert found.kind.value == "joint statement" and found.place.value == "Ghent"


def test_traditional_chinese_ordinal(codebook: Codebook) -> None:
    """The ordinal in traditional characters, the framework by its acronym."""
    found = read(
        codebook, "# 聯合聲明\n\n美歐貿易和技術委員會（TTC）第四次部長級會議2023年5月31日在呂勒奧舉行。TTC 很忙。\n"
    )
    assert (found.framework.value, found.round.value, found.language.value) == ("TTC", "4", "zh")


def test_framework_named_by_places(codebook: Codebook) -> None:
    """An unknown meeting of a framework that names rounds by place is place and year."""
    found = read(
        codebook,
        "# IPEF Ministerial Statement\n\n10 February 2026\n\nIPEF ministers met in Manila on 10 February 2026. IPEF goes on.\n",
    )
    assert (found.framework.value, found.round.value) == ("IPEF", "Manila 2026")


def test_no_framework(codebook: Codebook) -> None:
    """A text about something else has none, and that is not sure."""
    found = read(codebook, "# Remarks on Tea\n\nWe drink tea in May.\n")
    assert found.framework.value == "" and not found.framework.sure and found.round.value == ""


def test_flags_win(codebook: Codebook) -> None:
    """What the user says stands above all."""
    found = read(codebook, "# Tea\n\nTea is hot.\n", framework="IPEF", date="2024-01-02")
    assert found.framework.where == "flag" and found.date.value == "2024-01-02"
