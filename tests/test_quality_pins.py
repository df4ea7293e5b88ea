"""The quality of the model in use is pinned, together with the hashes of what it was measured on.

A better model raises the floors in tests/golden/quality.json in the commit that brings it; they are never lowered in
silence. What is judged here are the held-out codes that came with the model, so no source text is needed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.scores import score_tags
from pipeline.records import ScoreRow
from pipeline.steps.models import read_held_out
from pipeline.steps.training import hash_annotations
from pipeline.steps.workspace import Workspace

PINS: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "quality.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def here() -> Workspace:
    return Workspace(Path(__file__).resolve().parent.parent)


@pytest.fixture(scope="module")
def card(here: Workspace) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((here.models / here.model_name / "card.json").read_text("utf-8"))
    return card


@pytest.fixture(scope="module")
def scores(here: Workspace) -> dict[str, ScoreRow]:
    """Figures computed anew from the held-out codes."""
    judged = read_held_out(here, here.model_name)
    rows = score_tags(judged, tagger="combined", domain_of=here.codebook.domain_of)
    return {f"{row.dimension} {row.metric} {row.slice}": row for row in rows}


def test_the_model_was_measured_on_the_gold_and_codebook_of_today(here: Workspace, card: dict[str, Any]) -> None:
    """Gold, rules and figures belong together: after a change of either, train, promote and pin anew."""
    assert card["data"]["sha256"] == PINS["data"]
    assert card["codebook"] == here.codebook_sha256 == PINS["codebook"]
    found = {d["id"]: hash_annotations(here, d["id"]) for d in card["data"]["documents"]}
    assert found == {d["id"]: d["annotations"] for d in card["data"]["documents"]}


def test_the_card_says_what_the_held_out_codes_say(card: dict[str, Any], scores: dict[str, ScoreRow]) -> None:
    """Nobody typed a figure into the card."""
    for row in card["scores"]:
        again = scores[f"{row['dimension']} {row['metric']} {row['slice']}"].interval
        assert [row["value"], row["low"], row["high"]] == [round(v, 4) for v in (again.value, again.low, again.high)]


@pytest.mark.parametrize(("name", "floor"), sorted(PINS["at_least"].items()))
def test_no_figure_falls_below_its_pin(scores: dict[str, ScoreRow], name: str, floor: float) -> None:
    """Held-out documents, tagger as in use."""
    assert scores[name].interval.value >= floor


def test_calibration_error_stays_small(card: dict[str, Any]) -> None:
    """Scores mean what they say."""
    for dimension, ceiling in PINS["calibration_error_at_most"].items():
        assert card["calibration"][dimension]["error"] <= ceiling
