"""Bring the store up to date: digests and kept originals, new code, codebook or model; nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.engine import Job, iter_batches
from pipeline.errors import ModelError, PipelineError
from pipeline.records import Basis
from pipeline.steps.coded import WRITTEN, Coded, code_documents, write_coded
from pipeline.steps.editions import link_editions
from pipeline.steps.files import ManifestEntry, hash_bytes, hold_lock, read_manifest
from pipeline.steps.ingest import IngestOptions, to_engine_settings
from pipeline.steps.workspace import Workspace
from pipeline.store import Store, StoredDocument

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a synchronisation did: ids of documents read and coded, of others coded anew, of those removed; messages of
    those that failed. ``new``: which of those read were not there before; ``untouched``: how many were left alone."""

    read: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    untouched: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.read or self.tagged or self.removed)

    def describe(self) -> str:
        """In words, what there is none of left out: "documents: 1 new, read and coded; 24 unchanged"."""
        counts = {
            "new, read and coded": len(self.new),
            "read and coded again, for the file or the program changed": len(self.read) - len(self.new),
            "coded again, for the codebook, the model or the program changed": len(self.tagged),
            "removed": len(self.removed),
            "unchanged": self.untouched,
        }
        parts = [f"{count} {what}" for what, count in counts.items() if count]
        return "documents: " + "; ".join(parts)


def sync_corpus(workspace: Workspace, *, workers: int = 1, progress: Progress | None = None) -> SyncReport:
    """Extract and tag what is new or stale; leave alone what is unchanged.

    Raises ModelError where the model in use cannot be used; what was to be read is stored all the same.
    """
    with hold_lock(workspace.sources), workspace.open_store() as store:
        stored = {document.id: document for document in store.read_overview()}
        wanted = dict(_iter_wanted(workspace))
        removed = tuple(key for key in sorted(stored) if key not in wanted)
        for key in removed:
            store.delete_document(key)
        stale = [job for key, job in wanted.items() if _needs_reading(stored.get(key), job, workspace)]
        read, failed, fault = _read_jobs(workspace, store, stale, workers, progress)
        if fault:
            link_editions(store)
            raise ModelError(fault)
        done = set(read)
        tagged = [
            d.id
            for d in store.read_overview()
            if d.id not in done and d.tag_key != workspace.tag_version and d.id in wanted
        ]
        _tag_documents(workspace, store, tagged, progress)
        if not store.editions_linked:
            link_editions(store)
        new = tuple(key for key in read if key not in stored)
        untouched = len(wanted) - len(read) - len(failed) - len(tagged)
        return SyncReport(tuple(read), tuple(tagged), removed, tuple(failed), new, untouched)


def find_stale(workspace: Workspace) -> tuple[str, ...]:
    """Ids of documents that the next synchronisation will read or tag."""
    if not workspace.store_path.exists():
        return tuple(key for key, _ in _iter_wanted(workspace))
    with workspace.open_store(read_only=True) as store:
        stored = {document.id: document for document in store.read_overview()}
    stale = [key for key, job in _iter_wanted(workspace) if _needs_reading(stored.get(key), job, workspace)]
    stale += [d.id for d in stored.values() if d.tag_key != workspace.tag_version and d.id not in stale]
    return tuple(stale)


def list_wanted(workspace: Workspace) -> list[str]:
    """Ids of the documents that the store should have."""
    return [key for key, _ in _iter_wanted(workspace)]


def _iter_wanted(workspace: Workspace) -> Iterator[tuple[str, Job]]:
    for path in sorted(workspace.digests.glob("*.md")):
        data = path.read_bytes()
        document_id = "digest-" + path.stem
        yield document_id, _digest_job(document_id, path.name, data)
    for entry in read_manifest(workspace.sources).values():
        yield entry.id, _original_job(workspace, entry)


def _digest_job(document_id: str, name: str, data: bytes) -> Job:
    return Job(
        source=f"corpus/digests/{name}",
        name=name,
        sha256=hash_bytes(data),
        basis="digest",
        data=data,
        document_id=document_id,
    )


def _original_job(workspace: Workspace, entry: ManifestEntry) -> Job:
    from typing import cast

    return Job(
        source=entry.source,
        name=entry.name,
        sha256=entry.sha256,
        basis=cast(Basis, entry.basis),
        path=str(workspace.sources / entry.file),
        url=entry.url,
        document_id=entry.id,
        flags=entry.flags,
    )


def _needs_reading(stored: StoredDocument | None, job: Job, workspace: Workspace) -> bool:
    return stored is None or stored.sha256 != job.sha256 or stored.extract_key != workspace.extract_version


def _read_jobs(
    workspace: Workspace, store: Store, jobs: list[Job], workers: int, progress: Progress | None
) -> tuple[list[str], list[str], str]:
    """Ids read, messages of those that failed, and what is wrong with the model ("" for nothing)."""
    read: list[str] = []
    failed: list[str] = []
    fault = ""
    settings = replace(to_engine_settings(workspace, IngestOptions(workers=workers)), rules_on_fault=True)
    for batch in iter_batches(code_documents(jobs, settings), Coded.measure, WRITTEN):
        for item in batch:
            if item.rows is None:
                failed.append(str(item.error or PipelineError(item.job.source)))
            else:
                read.append(item.job.document_id)
                fault = fault or item.model_fault
        write_coded(workspace, store, [item.rename(item.job.document_id) for item in batch if item.rows is not None])
        if progress:
            progress("reading", len(read) + len(failed), len(jobs))
    return read, failed, fault


def _tag_documents(workspace: Workspace, store: Store, ids: list[str], progress: Progress | None) -> None:
    if not ids:
        return
    from pipeline.tag import load_tagger

    tagger = load_tagger(workspace.codebook, workspace.model_dir)
    for number, document_id in enumerate(ids, 1):
        store.write_tags(document_id, tagger.tag_units(store.read_units(document_id)), tag_key=workspace.tag_version)
        if progress:
            progress("tagging", number, len(ids))
