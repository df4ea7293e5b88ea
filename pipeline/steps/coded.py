"""Documents coded on all cores and written batch by batch: what ingest and sync have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.engine import EngineSettings, Job, Prepared, iter_batches, map_chunks
from pipeline.errors import SourceError
from pipeline.records import Document, pickle_by_fields
from pipeline.rows import DocumentRows, to_rows
from pipeline.steps.workspace import Workspace
from pipeline.store import Store

WRITTEN = 128
"""Documents at most that are written in one transaction: a second's work, which a stop may lose."""


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Coded:
    """A source with its document's rows, or the reason why it has none.

    ``document``: what it is, without its text, blocks and tables, which stand in the rows.
    """

    job: Job
    document: Document | None = None
    rows: DocumentRows | None = None
    error: SourceError | None = None
    model_fault: str = ""

    def rename(self, document_id: str) -> Coded:
        assert self.document is not None and self.rows is not None
        return replace(self, document=replace(self.document, id=document_id), rows=self.rows.rename(document_id))

    def measure(self) -> int:
        """Bytes of the source."""
        return self.job.measure()


def code_documents(jobs: Iterable[Job], settings: EngineSettings) -> Iterator[Coded]:
    """Extract, recognise, segment and tag each job and make its rows; results in the order of the jobs."""
    for batch in map_chunks(iter_batches(jobs, Job.measure), _to_coded, settings):
        yield from batch


def write_coded(workspace: Workspace, store: Store, batch: Sequence[Coded]) -> None:
    """Store documents under the versions of now, all in one transaction; those without rows are left out.

    Those that rules alone tagged for want of a usable model stay stale until there is one.
    """
    rows = [
        (item.rows, workspace.rules_version if item.model_fault else workspace.tag_version)
        for item in batch
        if item.rows is not None
    ]
    with store.transaction():
        store.put_rows(rows, extract_key=workspace.extract_version)


def _to_coded(prepared: list[Prepared]) -> list[Coded]:
    """Runs where the documents were prepared."""
    return [_pack(item) for item in prepared]


def _pack(item: Prepared) -> Coded:
    if item.document is None:
        return Coded(item.job, error=item.error)
    rows = to_rows(item.document, item.units, item.tags, fingerprint=item.fingerprint, text_key=item.text_key)
    light = replace(item.document, text="", blocks=(), pages=(), tables=())
    return Coded(item.job, light, rows, model_fault=item.model_fault)
