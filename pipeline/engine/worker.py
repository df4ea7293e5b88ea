"""One worker: codebook, tagger and reading child of a process, and a job through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pipeline.engine.batches import iter_batches
from pipeline.engine.jobs import EngineSettings, Job, Prepared
from pipeline.engine.tuning import hold_one_core
from pipeline.errors import ModelError, PipelineError, SourceError
from pipeline.machine import import_scipy, relax_collector
from pipeline.records import Basis, Document, Extraction, Metadata, Unit

if TYPE_CHECKING:
    from pipeline.codebook import Codebook


T = TypeVar("T")


@dataclass
class Worker:
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
            import_scipy()
            self._parts["tagger"] = self._load_tagger()
            relax_collector()
            hold_one_core()
        return self._parts["tagger"]

    def _load_tagger(self) -> Any:
        from pipeline.tag import load_tagger

        if not self.settings.model_dir:
            return load_tagger(self.codebook)
        try:
            return load_tagger(self.codebook, Path(self.settings.model_dir))
        except ModelError as error:
            if not self.settings.rules_on_fault:
                raise
            self._parts["model_fault"] = str(error)
            return load_tagger(self.codebook)

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

    def extract(self, job: Job) -> Job:
        """The job with what the reading child made of it, or with the reason why it cannot be taken."""
        if job.error is not None or job.extraction is not None:
            return job
        try:
            data = job.read_bytes()
        except OSError as error:
            return replace(job, error=SourceError("unreadable", job.source, error.strerror or ""))
        try:
            return replace(job, extraction=self.reader.extract(data, name=job.name, password=job.password))
        except Exception as error:
            return replace(job, error=_to_source_error(job, error))

    def read(self, job: Job) -> Prepared:
        """Recognise and segment an extracted job; raises its error.

        Where the document has no id yet, its units go by its hash.
        """
        from pipeline.segment import segment_blocks

        if job.error is not None:
            raise job.error
        assert job.extraction is not None
        document = self._to_document(job, job.extraction)
        return Prepared(
            strip_job(job),
            document,
            segment_blocks(job.document_id or job.sha256, document.text, document.blocks, document.pages),
        )

    def mark(self, item: Prepared) -> Prepared:
        """The same with the fingerprint and the check of its text."""
        from pipeline.extract.editions import fingerprint_words
        from pipeline.segment import words_check

        if item.document is None:
            return item
        runs = item.document.text.split()
        fingerprint = fingerprint_words(runs) if self.settings.fingerprints else b""
        return replace(item, fingerprint=fingerprint, text_key=words_check(runs))

    def tag(self, batch: Sequence[Prepared]) -> list[Prepared]:
        """The same documents with tags, all in one call: a classifier lives on large matrices."""
        units: list[Unit] = []
        seen: set[str] = set()
        for number, item in enumerate(batch):
            name = item.units[0].document_id if item.units else ""
            # The same file twice, or two of one name, must not be taken for one document.
            units += (
                [replace(unit, document_id=f"{name}:{number}") for unit in item.units] if name in seen else item.units
            )
            seen.add(name)
        tags = iter(self.tagger.tag_units(units))
        fault = self._parts.get("model_fault", "")
        return [replace(item, tags=tuple(islice(tags, len(item.units))), model_fault=fault) for item in batch]

    def _to_document(self, job: Job, extraction: Extraction) -> Document:
        from pipeline.extract.metadata import recognise_metadata

        metadata = recognise_metadata(extraction, name=job.name, codebook=self.codebook, flags=dict(job.flags))
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


def to_prepared(worker: Worker, job: Job) -> Prepared:
    """One job through one worker; see prepare_batch."""
    return prepare_batch(worker, [job])[0]


def prepare_batch(worker: Worker, jobs: Sequence[Job]) -> list[Prepared]:
    """Jobs through one worker, in order; whatever goes wrong with one document comes back as its error.

    A codebook or model at fault stops the run: it would spoil every document alike. Each step has
    its turn for a whole batch: steps that take turns at each document, and the reading child most of all, drive
    each other's data out of the processor's caches.
    """
    result: list[Prepared] = []
    for batch in iter_batches(jobs, Job.measure):
        extracted = [worker.extract(job) for job in batch]
        read = [_guard(job, worker.read, job) for job in extracted]
        read = [_guard(item.job, worker.mark, item) for item in read]
        result += _tag_all(worker, read)
    return result


def _tag_all(worker: Worker, read: list[Prepared]) -> list[Prepared]:
    """Tags for a batch; where that fails, document by document, so that one does not spoil the others."""
    worker.tagger  # noqa: B018  (an error of codebook or model is no document's)
    try:
        return worker.tag(read)
    except Exception:
        return [_guard(item.job, lambda one: worker.tag([one])[0], item) for item in read]


def _guard(job: Job, step: Callable[[T], Prepared], argument: T) -> Prepared:
    try:
        return step(argument)
    except Exception as error:
        return Prepared(strip_job(job), error=_to_source_error(job, error))


def _to_source_error(job: Job, error: Exception) -> SourceError:
    """What a document's failure is called; an error of codebook or model is raised on, being no document's."""
    if isinstance(error, SourceError):
        return error
    if isinstance(error, PipelineError):
        raise error
    return SourceError("crashed", job.source, f"{type(error).__name__}: {str(error)[:200]}")


def strip_job(job: Job) -> Job:
    """The job without what can be read again: results travel between processes."""
    return replace(job, data=None if job.path else job.data, extraction=None)


def _to_basis(job: Job, metadata: Metadata) -> Basis:
    if metadata.kind.value in ("paper", "digest"):
        return cast(Basis, metadata.kind.value)
    return job.basis
