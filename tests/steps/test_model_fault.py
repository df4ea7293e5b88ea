"""A model in use that cannot be loaded: documents are taken all the same, and a new model can be trained."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.steps.ingest import IngestOptions, IngestResult, find_candidates, ingest_sources
from pipeline.steps.status import read_status
from pipeline.steps.sync import find_stale, sync_corpus
from pipeline.steps.verify import verify_corpus
from pipeline.steps.workspace import Workspace


def leave_empty(folder: Path) -> None:
    """A folder without a card."""


def write_old_card(folder: Path) -> None:
    (folder / "card.json").write_text(json.dumps({"format": 0, "name": "m-old"}), "utf-8")


def write_broken_archive(folder: Path) -> None:
    from pipeline.steps.files import hash_bytes

    (folder / "classifier.skops").write_bytes(b"no archive")
    files = {"classifier.skops": hash_bytes(b"no archive")}
    (folder / "card.json").write_text(json.dumps({"format": 1, "name": "m-old", "files": files}), "utf-8")


@pytest.fixture(params=[leave_empty, write_old_card, write_broken_archive])
def faulty(workspace: Workspace, request: pytest.FixtureRequest) -> Workspace:
    """The small project with models/current naming a model of no use."""
    damage: Callable[[Path], None] = request.param
    folder = workspace.models / "m-old"
    folder.mkdir()
    damage(folder)
    (workspace.models / "current").write_text("m-old\n", "utf-8")
    return workspace


def ingest(workspace: Workspace, tmp_path: Path, text: str) -> list[IngestResult]:
    path = tmp_path / "statement.md"
    path.write_text(text, "utf-8")
    return list(ingest_sources(workspace, find_candidates([str(path)]), IngestOptions()))


def test_document_is_stored_by_rules_and_stays_stale(faulty: Workspace, tmp_path: Path, statement_text: str) -> None:
    """It has its rule tags and a line that names the model and the remedy; status calls it stale; verify reports it."""
    (result,) = ingest(faulty, tmp_path, statement_text)
    assert result.status == "stored"
    assert "m-old" in result.model_fault and "\n" not in result.model_fault
    assert result.document_id in find_stale(faulty)
    with faulty.open_store(read_only=True) as store:
        coded = store.read_coded_units()
    assert any(tag.by.startswith("rule:") for unit in coded for tag in unit.tags.iter_tags())
    assert any("m-old" in problem for problem in verify_corpus(faulty)[0])
    assert read_status(faulty).documents


def test_report_stores_what_it_read_and_ends_with_one_line(faulty: Workspace) -> None:
    """The digests are in the store, so that a model can be trained on them."""
    with pytest.raises(ModelError, match="m-old"):
        sync_corpus(faulty)
    with faulty.open_store(read_only=True) as store:
        assert len(store.read_ids()) == 2


def test_documents_are_coded_anew_without_that_model(faulty: Workspace, tmp_path: Path, statement_text: str) -> None:
    """With models/current emptied the tags of the rules are those in use and nothing is stale."""
    (result,) = ingest(faulty, tmp_path, statement_text)
    (faulty.models / "current").write_text("", "utf-8")
    fresh = Workspace(faulty.root)
    assert result.document_id not in find_stale(fresh)
    sync_corpus(fresh)
    assert verify_corpus(fresh)[0] == []
