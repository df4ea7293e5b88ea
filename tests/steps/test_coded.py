"""Documents as they travel from where they are coded to where they are written."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engine import EngineSettings, Job
from pipeline.errors import SourceError
from pipeline.steps.coded import Coded, code_documents, write_coded
from pipeline.steps.files import hash_bytes
from pipeline.steps.ingest import IngestOptions, find_candidates, ingest_sources
from pipeline.steps.workspace import Workspace

STATEMENT = """---
title: "U.S.-EU Joint Statement of the Trade and Technology Council"
date: '2022-12-05'
---

The United States and the European Union will set up an early warning mechanism for semiconductor shortages.

-   Launching a dialogue on critical minerals.
"""


@pytest.fixture(scope="module")
def coded(repository: Path) -> list[Coded]:
    """A statement with a sentence in Chinese, and a source that cannot be read."""
    texts = (STATEMENT.encode() + "\n双方将加强供应链合作。\n".encode(), b"%PDF-1.7 broken")
    jobs = [Job(f"made/{n}.md", f"{n}.md", hash_bytes(data), "official", data=data) for n, data in enumerate(texts)]
    return list(code_documents(jobs, EngineSettings(str(repository / "corpus" / "codebook.yaml"))))


def test_rows_survive_the_way_and_carry_the_text(coded: list[Coded]) -> None:
    """What comes out of a pipe is what went in; the text travels once, in the rows."""
    good, bad = pickle.loads(pickle.dumps(coded))
    assert (good, str(bad.error)) == (coded[0], str(coded[1].error))
    assert isinstance(bad.error, SourceError)
    assert good.document.text == "" and good.document.framework == "TTC"
    assert any("双方" in str(value) for unit in good.rows.units for value in unit)


def test_renamed_rows_are_read_as_the_document(workspace: Workspace, coded: list[Coded]) -> None:
    """The name given before writing is that of document, units and tags; sources without rows are passed over."""
    with workspace.open_store() as store:
        write_coded(workspace, store, [coded[0].rename("d1"), coded[1]])
        document, units, found = store.read_document("d1"), store.read_units("d1"), store.read_coded_units(["d1"])
        assert document is not None
        assert document.metadata == coded[0].document.metadata
        assert all(document.text[u.start : u.end] == u.text for u in units)
        assert [c.unit for c in found] == list(units)
        assert [hit.coded.unit.n for hit in store.search_units("供应链")] == [units[-1].n]
        assert store.check_seals() == ()


def test_rows_written_again_replace_the_document(workspace: Workspace, coded: list[Coded]) -> None:
    """The same id twice, one after the other: the later rows stand alone."""
    first = coded[0].rename("d1")
    fewer = replace(first, rows=replace(first.rows, units=first.rows.units[:1], tags=first.rows.tags[:1]))
    with workspace.open_store() as store:
        write_coded(workspace, store, [first])
        write_coded(workspace, store, [fewer])
        assert [d.units for d in store.read_overview()] == [1]
        assert store.check_integrity() == ()


def test_store_of_two_workers_is_that_of_one(workspace: Workspace, tmp_path: Path) -> None:
    """To the byte, over several batches."""
    folder = tmp_path / "statements"
    folder.mkdir()
    for n in range(70):
        lines = (f"We will review the harbour dues of region {n} in step {step}." for step in range(3))
        (folder / f"{n:02d}.md").write_text("\n\n".join(lines), "utf-8")
    stores = []
    for workers in (1, 2):
        list(ingest_sources(workspace, find_candidates([str(folder)]), IngestOptions(workers=workers)))
        stores.append(workspace.store_path.read_bytes())
        workspace.store_path.unlink()
        (workspace.sources / "manifest.jsonl").unlink()
    assert stores[0] == stores[1]
