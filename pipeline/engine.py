"""Map documents over this process or a pool of processes: bytes in, coded documents out.

A job carries everything a worker needs; a worker holds its codebook, tagger and reading
child for as long as it lives. Results come back in the order of the jobs, so that one
worker or many give the same store.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline.errors import PipelineError, SourceError
from pipeline.records import Basis, Document, Extraction, Found, Metadata, Unit, UnitTags

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pipeline.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Job:
    """One source to read. ``data`` or ``path`` gives its bytes; ``flags`` override what is recognised.

    ``document_id``: "" to have it made from what the document is.
    """

    source: str
    name: str
    sha256: str
    basis: Basis
    data: bytes | None = None
    path: str = ""
    url: str = ""
    document_id: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    password: str | None = None
    extraction: Extraction | None = None

    def read_bytes(self) -> bytes:
        return self.data if self.data is not None else Path(self.path).read_bytes()


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of a job: a document with units and tags, or the reason why not."""

    job: Job
    document: Document | None = None
    units: tuple[Unit, ...] = ()
    tags: tuple[UnitTags, ...] = ()
    fingerprint: bytes = b""
    text_key: str = ""
    error: SourceError | None = None


@dataclass(frozen=True)
class EngineSettings:
    """How to work. ``workers``: processes, 0 for one a core; ``model_dir``: "" for rules alone."""

    codebook_path: str
    model_dir: str = ""
    workers: int = 1
    timeout: float = 60.0
    memory_mb: int = 2048
    max_bytes: int = 200_000_000

    @property
    def processes(self) -> int:
        return self.workers if self.workers > 0 else (os.cpu_count() or 1)


def prepare_documents(jobs: Iterable[Job], settings: EngineSettings) -> Iterator[Prepared]:
    """Extract, recognise, segment and tag each job; results in the order of the jobs, as they are ready."""
    if settings.processes == 1:
        yield from _prepare_here(jobs, settings)
    else:
        yield from _prepare_in_pool(jobs, settings)


def to_prepared(worker: _Worker, job: Job) -> Prepared:
    """One job through one worker; a refused source comes back as its error."""
    try:
        return worker.prepare(job)
    except SourceError as error:
        return Prepared(_strip_job(job), error=error)


@dataclass
class _Worker:
    """Codebook, tagger and reading child of one process, made when first needed."""

    settings: EngineSettings
    _parts: dict[str, Any] = field(default_factory=dict)

    @property
    def codebook(self) -> Codebook:
        if "codebook" not in self._parts:
            from pipeline.codebook import load_codebook

            self._parts["codebook"] = load_codebook(Path(self.settings.codebook_path))
        return cast("Codebook", self._parts["codebook"])

    @property
    def tagger(self) -> Any:
        if "tagger" not in self._parts:
            from pipeline.tag import load_tagger

            model = Path(self.settings.model_dir) if self.settings.model_dir else None
            self._parts["tagger"] = load_tagger(self.codebook, model)
        return self._parts["tagger"]

    @property
    def reader(self) -> Any:
        if "reader" not in self._parts:
            from pipeline.extract.worker import ExtractionWorker, WorkerLimits

            limits = WorkerLimits(
                seconds=self.settings.timeout, memory_mb=self.settings.memory_mb, max_bytes=self.settings.max_bytes
            )
            self._parts["reader"] = ExtractionWorker(limits).__enter__()
        return self._parts["reader"]

    def close(self) -> None:
        if "reader" in self._parts:
            self._parts.pop("reader").__exit__(None, None, None)

    def prepare(self, job: Job) -> Prepared:
        from pipeline.extract.editions import fingerprint_text
        from pipeline.segment import segment_document, unit_check

        try:
            data = job.read_bytes()
        except OSError as error:
            raise SourceError("unreadable", job.source, error.strerror or "") from error
        extraction = job.extraction or self.reader.extract(data, name=job.name, password=job.password)
        document = self._to_document(job, extraction)
        units = segment_document(document)
        tags = tuple(self.tagger.tag_units(units))
        return Prepared(
            _strip_job(job),
            document,
            units,
            tags,
            fingerprint_text(document.text),
            unit_check(document.text),
        )

    def _to_document(self, job: Job, extraction: Extraction) -> Document:
        from pipeline.extract.metadata import recognise_metadata

        metadata = recognise_metadata(extraction, name=job.name, codebook=self.codebook, flags=dict(job.flags))
        if metadata.kind.value == "paper":
            # A paper is about frameworks and rounds; it is not a document of one.
            nothing = Found("", "paper")
            metadata = replace(metadata, framework=nothing, round=nothing)
        return Document(
            id=job.document_id,
            sha256=job.sha256,
            basis=_to_basis(job, metadata),
            source=job.source,
            url=job.url or extraction.hints.get("source_url", ""),
            metadata=metadata,
            text=extraction.text,
            blocks=extraction.blocks,
            pages=extraction.pages,
            tables=extraction.tables,
            media=extraction.media,
            engine=extraction.engine,
            warnings=extraction.warnings,
        )


def _strip_job(job: Job) -> Job:
    """The job without what can be read again: results travel between processes."""
    return replace(job, data=None if job.path else job.data, extraction=None)


def _to_basis(job: Job, metadata: Metadata) -> Basis:
    if metadata.kind.value in ("paper", "digest"):
        return cast(Basis, metadata.kind.value)
    return job.basis


def _prepare_here(jobs: Iterable[Job], settings: EngineSettings) -> Iterator[Prepared]:
    worker = _Worker(settings)
    try:
        for job in jobs:
            yield to_prepared(worker, job)
    finally:
        worker.close()


_pool_worker: _Worker | None = None


def _start_pool_worker(settings: EngineSettings) -> None:
    global _pool_worker
    import atexit

    _pool_worker = _Worker(settings)
    atexit.register(_pool_worker.close)


def _prepare_batch(jobs: list[Job]) -> list[Prepared]:
    assert _pool_worker is not None
    return [to_prepared(_pool_worker, job) for job in jobs]


def _prepare_in_pool(jobs: Iterable[Job], settings: EngineSettings, batch: int = 16) -> Iterator[Prepared]:
    """Batches over a process pool, a few in flight, so that memory does not grow with the jobs."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from itertools import islice

    stream = iter(jobs)
    with ProcessPoolExecutor(settings.processes, initializer=_start_pool_worker, initargs=(settings,)) as pool:
        flying: deque[tuple[list[Job], Future[list[Prepared]]]] = deque()
        while True:
            while len(flying) < 3 * settings.processes:
                chunk = list(islice(stream, batch))
                if not chunk:
                    break
                flying.append((chunk, pool.submit(_prepare_batch, chunk)))
            if not flying:
                return
            chunk, future = flying.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool as error:
                names = ", ".join(job.name for job in chunk[:3])
                raise PipelineError(
                    f"{names}: a worker process died; run again, the finished documents are kept"
                ) from error


__all__ = ["EngineSettings", "Job", "Prepared", "prepare_documents", "to_prepared"]
