"""The Chinese rules on whole texts in our own words (tests/fixtures/chinese): a floor under their quality."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.records import UnitTags
from pipeline.tag.rules import RuleTagger

FOLDER = Path(__file__).parents[1] / "fixtures" / "chinese"
Row = dict[str, str]


def read_rows() -> dict[str, list[Row]]:
    return {path.stem: list(csv.DictReader(path.open(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.csv"))}


@pytest.fixture(scope="module")
def coded() -> list[tuple[Row, UnitTags]]:
    """Each sentence with its coding and what the rules say, text by text in reading order."""
    tagger = RuleTagger(load_codebook(CODEBOOK))
    pairs: list[tuple[Row, UnitTags]] = []
    for name, rows in read_rows().items():
        units = [make_unit(row["text"], n, document_id=name, section=row["section"]) for n, row in enumerate(rows)]
        pairs += zip(rows, tagger.tag_units(units), strict=True)
    return pairs


def f1(pairs: list[tuple[set[str], set[str]]]) -> float:
    both = sum(len(gold & found) for gold, found in pairs)
    return 2 * both / sum(len(gold) + len(found) for gold, found in pairs)


def test_issues_and_industries_hold(coded: list[tuple[Row, UnitTags]]) -> None:
    """Micro-F1 stays at what was reached, less a little for honest changes."""
    issues = [(set(row["issues"].split()), {tag.code_id for tag in tags.issues}) for row, tags in coded]
    industries = [(set(row["industries"].split()), {tag.code_id for tag in tags.industries}) for row, tags in coded]
    assert len(coded) == 281
    assert f1(issues) >= 0.79
    assert f1(industries) >= 0.95


def test_main_issue_and_level_hold(coded: list[tuple[Row, UnitTags]]) -> None:
    """So do the main issue and the level of action."""
    main = sum(row["issues"].split()[0] == tags.main_issue for row, tags in coded) / len(coded)
    level = sum(row["action"] == tags.action.code_id for row, tags in coded) / len(coded)
    assert main >= 0.80
    assert level >= 0.92


def test_every_code_of_the_texts_is_known() -> None:
    """The texts speak of all 29 issues, and of nothing that the codebook lacks."""
    codebook = load_codebook(CODEBOOK)
    rows = [row for rows in read_rows().values() for row in rows]
    assert {code for row in rows for code in row["issues"].split()} == set(codebook.issues)
    assert {code for row in rows for code in row["industries"].split()} <= set(codebook.industries)
