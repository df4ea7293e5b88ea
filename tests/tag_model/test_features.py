"""Features know what is said, not who says it, and they look no further than the document."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from modelkit import load, make_units, make_vectors

from pipeline.records import Unit
from pipeline.tag import forms, manner
from pipeline.tag.cut import cut_chinese
from pipeline.tag.features import Inputs, build_inputs, find_neighbours, take_inputs
from pipeline.tag.rules import RuleTagger


def unit(
    text: str, *, document: str = "d", n: int = 0, lead: str = "", language: str = "en", section: str = ""
) -> Unit:
    return Unit(document, n, 0, len(text), text, section, 0, language, lead=lead)


def build(units: list[Unit]) -> Inputs:
    _, scores = RuleTagger(load()).judge_units(units)
    return build_inputs(units, scores, make_vectors())


def test_names_places_and_dates_leave_no_trace() -> None:
    """Two sentences that differ only in who, where and when have the same words."""
    one = build([unit("On 3 May 2021 Freedonia and Sylvania will exchange tax records in Fredville.")])
    two = build([unit("On 9 June 2024 Grand Fenwick and Ruritania will exchange tax records in Strelsau.")])
    assert list(one.topic) == list(two.topic)
    assert list(one.manner) == list(two.manner)
    assert "will" in one.manner[0]


def test_neighbours_end_with_the_document() -> None:
    """First and last units have none on that side."""
    units = [unit("a", n=0), unit("b", n=1), unit("c", document="e")]
    before, after = find_neighbours(units)
    assert before.tolist() == [-1, 0, -1]
    assert after.tolist() == [1, -1, -1]


def test_another_document_changes_nothing() -> None:
    """A document has the same features alone and among others."""
    units, _ = make_units(documents=2)
    alone = build([u for u in units if u.document_id == "doc-1"])
    among = take_inputs(build(units), [row for row, u in enumerate(units) if u.document_id == "doc-1"])
    assert np.allclose(alone.dense, among.dense, atol=1e-5)
    assert list(alone.topic) == list(among.topic)
    assert list(alone.manner) == list(among.manner)
    assert np.array_equal(alone.speech, among.speech)
    assert alone.before.tolist() == among.before.tolist()


def test_lead_in_counts_for_the_level_of_an_item() -> None:
    """The lead-in's words come in marked as such."""
    manner = build([unit("tax records", lead="The ministers intend to exchange:")]).manner[0]
    assert "L_intend" in manner


def test_chinese_is_cut_into_words_without_names() -> None:
    """Words of jieba; names, Latin letters, digits and marks are left out."""
    words = cut_chinese("美国和欧盟将加强供应链合作（2023年TTC）。")
    assert "供应链" in words
    assert "合作" in words
    assert not {"美国", "欧盟", "TTC", "2023"} & set(words)


def test_speech_is_measured_by_document() -> None:
    """A call has more talk than a statement, in every unit."""
    values = build([unit("I think you know that, so thank you."), unit("The parties agree.", document="e")]).speech
    assert values[0, 1] > values[1, 1] == 0


def test_what_is_remembered_of_words_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that are begun anew with every batch give what those give that have seen other texts before."""
    units, _ = make_units(documents=2)
    build([unit("Other words, met earlier, in The Hague.", lead="Who agreed?", section="An end")])
    kept = build(units)
    for module in (forms, manner):
        monkeypatch.setattr(module, "_REMEMBERED", 0)
    anew = build(units)
    assert anew.manner.vocabulary is not kept.manner.vocabulary
    assert list(anew.topic) == list(kept.topic)
    assert list(anew.manner) == list(kept.manner)
    assert np.array_equal(anew.dense, kept.dense)
    assert np.array_equal(anew.speech, kept.speech)


def test_begun_anew_leaves_nothing_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was remembered is freed at once, not when the collector next looks at old objects: memory stays flat."""
    gone = weakref.ref(build([unit("Words that were met before.")]).manner.vocabulary)
    monkeypatch.setattr(manner, "_REMEMBERED", 0)
    gc.disable()
    try:
        build([unit("Others come later.")])
        assert gone() is None
    finally:
        gc.enable()


def test_no_units() -> None:
    """An empty document has empty features."""
    assert build([]).dense.shape[0] == 0
