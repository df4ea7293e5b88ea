"""Coders' links between rounds, brought to the units of today."""

from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.records import CodedUnit, GoldChange, GoldSpan, Tag, Unit, UnitTags
from pipeline.segment import unit_check
from pipeline.steps.change_gold import evaluate_change_gold, read_change_pairs, realign_changes
from pipeline.steps.workspace import Workspace

TEXTS = ("We will map the reef.", "We will open the harbour line.")


def make_units(document: str, shift: int) -> list[CodedUnit]:
    tags = UnitTags((Tag("issue", "supply.logistics", 1.0, "rule:x"),), (), Tag("action", "commit", 1.0, "rule:x"))
    units, start = [], shift
    for n, text in enumerate(TEXTS):
        units.append(
            CodedUnit(Unit(document, n, start, start + len(text), text, "", n, "en"), tags, "", "", "", "", "official")
        )
        start += len(text) + 1
    return units


def span(n: int, units: list[CodedUnit]) -> GoldSpan:
    unit = units[n].unit
    return GoldSpan(unit.start, unit.end, unit_check(unit.text))


def test_judgements_follow_their_text_when_offsets_shift() -> None:
    """The hash of the text finds the unit again; a judgement on a sentence that is gone is left out."""
    old, new = make_units("a", 0), make_units("b", 0)
    gold = (
        GoldChange("a", "", "b", "", span(1, new), (span(1, old),), "kept", "x", "2030-01-01"),
        GoldChange("a", "", "b", "", GoldSpan(900, 950, "gone"), (span(0, old),), "kept", "x", "2030-01-01"),
    )
    moved = realign_changes(gold, make_units("a", 300), make_units("b", 70))
    assert [(g.to, g.sources) for g in moved] == [
        (span(1, make_units("b", 70)), (span(1, make_units("a", 300)),)),
    ]


def test_documents_that_are_not_at_hand_are_named(repository) -> None:
    """Every coded document is told with its hash; nothing is scored."""
    pairs, missing = read_change_pairs(Workspace(repository), lambda name, sha256: ())
    assert not pairs and any("ttc-4-joint-statement is not in the store" in line for line in missing)


def test_without_coded_documents_the_remedy_is_told(workspace: Workspace) -> None:
    """A store without any of the pairs is a wrong use with a hint, not an empty table."""
    from pipeline.steps.sync import sync_corpus

    sync_corpus(workspace)
    with pytest.raises(UsageError, match="fetch or ingest"):
        evaluate_change_gold(workspace)
