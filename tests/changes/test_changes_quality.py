"""Quality of links and statuses on real statements against the coders, pinned with the gold it was measured on.

A figure that falls below its floor fails; one that was measured on other gold must be measured anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.changes import evaluate_changes, track_changes
from pipeline.extract.markdown import extract_markdown
from pipeline.records import CodedUnit, Tag, UnitTags
from pipeline.segment.units import segment_blocks
from pipeline.steps.change_gold import code_by_hand, read_change_pairs
from pipeline.steps.workspace import Workspace

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "official"
GOLD_SHA256 = "16ba14116ecbd1e95a2f6c47b7d23f0ee7761c804592ba43dc8d9778b60728a6"
FLOORS = {
    ("ttc-1-joint-statement--ttc-3-joint-statement", "c1"): {"link f1": 0.55, "new accuracy": 0.75, "status accuracy": 0.62},
    ("ttc-1-joint-statement--ttc-3-joint-statement", "c2"): {"link f1": 0.63, "new accuracy": 0.74, "status accuracy": 0.67},
    ("ttc-1-joint-statement--ttc-4-joint-statement", "c12"): {"link f1": 0.49, "new accuracy": 0.82, "status accuracy": 0.74},
    ("ttc-3-joint-statement--ttc-4-joint-statement", "c1"): {"link f1": 0.70, "new accuracy": 0.81, "status accuracy": 0.64},
    ("ttc-3-joint-statement--ttc-4-joint-statement", "c2"): {"link f1": 0.74, "new accuracy": 0.82, "status accuracy": 0.67},
    ("ttc-3-fact-sheet--ttc-4-fact-sheet", "c1"): {"link f1": 0.80, "new accuracy": 0.80, "dropped f1": 0.85},
    ("ttc-3-fact-sheet--ttc-4-fact-sheet", "c2"): {"link f1": 0.80, "new accuracy": 0.80, "dropped f1": 0.84},
    ("ttc-3-fact-sheet--ttc-4-joint-statement", "c9"): {"link f1": 0.71, "new accuracy": 0.70, "status accuracy": 0.59},
    ("ttc-2-fact-sheet--ttc-3-fact-sheet", "c6"): {"link f1": 0.75, "new accuracy": 0.77, "status accuracy": 0.74},
}  # fmt: skip
"""About 0.03 under what was measured with codes by hand; the weights were fitted on these pairs (docs/changes.md)."""


def test_the_floors_were_measured_on_this_gold(repository):
    """New gold asks for new figures."""
    files = sorted((repository / "corpus" / "annotations" / "changes").glob("*.jsonl"))
    assert hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest() == GOLD_SHA256


def test_quality_is_not_below_its_floors(repository):
    """Links, new or not, statuses and dropped ones on three pairs of official statements."""
    if not OFFICIAL.is_dir():
        pytest.skip(f"needs the official texts in {OFFICIAL}")
    workspace = Workspace(repository)
    pairs, _ = read_change_pairs(workspace, lambda name, sha: _read(OFFICIAL / f"{name}.md", sha))
    below = []
    for pair in pairs:
        earlier, later = (code_by_hand(workspace, side) for side in (pair.earlier, pair.later))
        changes = track_changes(earlier or (), later or (), framework="", round_from="a", round_to="b")
        scores = {row.metric: row.interval.value for row in evaluate_changes(changes, pair.gold)}
        for metric, floor in FLOORS.get((pair.name, pair.coder), {}).items():
            if scores[metric] < floor:
                below.append(f"{pair.name} {pair.coder} {metric}: {scores[metric]:.3f} < {floor}")
    assert {(p.name, p.coder) for p in pairs} >= FLOORS.keys()
    assert not below


def _read(path: Path, sha256: str) -> tuple[CodedUnit, ...]:
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        return ()
    extraction = extract_markdown(path.read_text("utf-8"))
    none = UnitTags((Tag("issue", "other.procedural", 1.0, "rule:x"),), (), Tag("action", "none", 1.0, "rule:x"))
    units = segment_blocks(path.stem, extraction.text, extraction.blocks)
    return tuple(CodedUnit(unit, none, "TTC", path.stem, "", "", "official") for unit in units)
