"""What the report says of the coding comes from the card in use and from the coders' files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.steps.quality import gather_quality
from pipeline.steps.sync import sync_corpus
from pipeline.steps.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, repository: Path) -> Workspace:
    """A project with the model in use, one digest, and the coders' files of one document."""
    root = tmp_path / "project"
    (root / "corpus" / "digests").mkdir(parents=True)
    (root / "corpus" / "annotations").mkdir()
    shutil.copy(repository / "corpus" / "codebook.yaml", root / "corpus")
    shutil.copy(repository / "corpus" / "digests" / "ttc-2.md", root / "corpus" / "digests")
    for path in (repository / "corpus" / "annotations").glob("ipef-launch-statement.*.jsonl"):
        shutil.copy(path, root / "corpus" / "annotations")
    shutil.copytree(repository / "models", root / "models", ignore=shutil.ignore_patterns("*.gz"))
    workspace = Workspace(root)
    sync_corpus(workspace)
    return workspace


def test_scores_agreement_and_reliability_are_there(workspace: Workspace) -> None:
    """The tagger's figures equal the card's, the coders' stand beside them, bins lie in [0, 1]."""
    quality = gather_quality(workspace, {})
    assert workspace.model_dir is not None
    card = json.loads((workspace.model_dir / "card.json").read_text("utf-8"))
    overall = {
        (row.dimension, row.metric): row.interval.value
        for row in quality.scores
        if row.tagger == "combined" and row.slice == "all"
    }
    assert overall["issue", "micro_f1"] == next(
        s["value"] for s in card["scores"] if (s["dimension"], s["metric"], s["slice"]) == ("issue", "micro_f1", "all")
    )
    assert any(row.tagger == "coders" and row.metric == "alpha_pooled" for row in quality.scores)
    assert quality.reliability
    assert all(0 <= p.right.low <= p.right.value <= p.right.high <= 1 for p in quality.reliability)
    assert quality.facts["name"] == workspace.model_name


def test_agreement_is_kept_until_a_coder_changes_something(workspace: Workspace) -> None:
    """The second reading takes the kept figures; a changed annotation has them counted anew."""
    before = gather_quality(workspace, {}).scores
    kept = workspace.built / "agreement.json"
    stamp = kept.stat().st_mtime_ns
    assert gather_quality(workspace, {}).scores == before
    assert kept.stat().st_mtime_ns == stamp
    path = next(workspace.annotations.glob("*.coder-b.jsonl"))
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[1:]) + "\n", "utf-8")
    assert gather_quality(workspace, {}).scores != before


def test_without_a_model_only_the_coders_are_shown(workspace: Workspace) -> None:
    """Rules alone have no card, so no score is claimed for them."""
    (workspace.models / "current").unlink()
    quality = gather_quality(workspace, {})
    assert not quality.facts
    assert {row.tagger for row in quality.scores} == {"coders"}
