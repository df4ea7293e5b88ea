"""Sources into the corpus: find them, refuse the unusable, keep originals, store documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.engine import EngineSettings, Job, Prepared, prepare_documents
from pipeline.errors import SourceError, UsageError
from pipeline.records import Basis, Document, Found, Metadata
from pipeline.steps.catalogue import CatalogueEntry, match_catalogue, read_catalogue
from pipeline.steps.editions import find_editions
from pipeline.steps.files import (
    ManifestEntry,
    append_manifest,
    hash_bytes,
    hold_lock,
    keep_original,
    read_manifest,
    write_atomic,
)
from pipeline.steps.workspace import Workspace
from pipeline.store import Store

FLAGS = ("framework", "round", "date", "kind", "title", "language", "place")
_SKIP = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep"})


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the user asked for. ``flags``: metadata given by hand, by field name."""

    flags: tuple[tuple[str, str], ...] = ()
    password: str | None = None
    workers: int = 1
    timeout: float = 60.0
    memory_mb: int = 2048
    max_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The fate of one source. ``status``: stored, known (same bytes) or refused."""

    source: str
    status: str
    document_id: str = ""
    message: str = ""
    edition_of: str = ""
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source found: where it came from, its name, and its bytes or path, or why there is none."""

    source: str
    name: str
    path: Path | None = None
    data: bytes | None = None
    url: str = ""
    error: SourceError | None = None


def check_flags(workspace: Workspace, flags: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Flags as pairs, the framework in the codebook's spelling; UsageError names what does not exist."""
    checked = {key: value for key, value in flags.items() if value}
    if "framework" in checked:
        checked["framework"] = workspace.codebook.framework(checked["framework"]).id
    if checked.get("date") and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", checked["date"]):
        raise UsageError(f"--date {checked['date']}: not a date; write it as 2024-04-05")
    if checked.get("language") and checked["language"] not in ("en", "zh"):
        raise UsageError(f"--language {checked['language']}: parley reads en and zh; choose one")
    return tuple(sorted(checked.items()))


def ingest_sources(
    workspace: Workspace, candidates: Iterable[Candidate], options: IngestOptions, *, basis: Basis = "official"
) -> Iterator[IngestResult]:
    """Take the candidates in, one result each, in order.

    Waits for another run that writes. What was finished stays, whatever happens later.
    """
    with hold_lock(workspace.sources), workspace.open_store() as store:
        session = _Session(workspace, store, options, basis)
        yield from session.run(candidates)
        link_editions(store)


def link_editions(store: Store) -> None:
    """Find the forms and editions of one statement anew and note which stands for all."""
    overview = store.read_overview()
    known = {document.id: document.edition_of for document in overview if document.edition_of}
    found = find_editions(overview, store.read_fingerprints())
    if found != known:
        store.write_editions(found)


def find_candidates(sources: Sequence[str]) -> Iterator[Candidate]:
    """Files, folders (all files in them, by name) and "-" for standard input, as candidates."""
    for source in sources:
        if source == "-":
            import sys

            yield Candidate("standard input", "stdin", data=sys.stdin.buffer.read())
            continue
        path = Path(source)
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and file.name.lower() not in _SKIP and not file.name.startswith("."):
                    yield Candidate(str(file), file.name, path=file)
        elif path.exists():
            yield Candidate(source, path.name, path=path)
        else:
            yield Candidate(source, path.name, error=SourceError("not_found", source, "no such file or folder"))


class _Session:
    """One ingest run: knows what is there already and makes ids."""

    def __init__(self, workspace: Workspace, store: Store, options: IngestOptions, basis: Basis) -> None:
        self.workspace = workspace
        self.store = store
        self.options = options
        self.basis: Basis = basis
        self.manifest = read_manifest(workspace.sources)
        self.by_sha = {entry.sha256: entry for entry in self.manifest.values()}
        self.ids = {document.id for document in store.read_overview()} | set(self.manifest)
        self.quarantined = {row[0] for row in store.read_quarantine()}
        self.catalogue = read_catalogue(workspace.catalogue)
        self.early: dict[int, IngestResult] = {}

    def run(self, candidates: Iterable[Candidate]) -> Iterator[IngestResult]:
        """Results in the order of the candidates: those decided without reading are woven back in."""
        order: list[int] = []
        position = 0
        prepared = prepare_documents(
            self._iter_jobs(candidates, order), to_engine_settings(self.workspace, self.options)
        )
        for result in prepared:
            mine = order.pop(0)
            while position in self.early and position < mine:
                yield self.early.pop(position)
                position += 1
            yield self._finish(result)
            position = mine + 1
        for rest in sorted(self.early):
            yield self.early[rest]
        self.early.clear()

    def _iter_jobs(self, candidates: Iterable[Candidate], order: list[int]) -> Iterator[Job]:
        pending: set[str] = set()
        for position, candidate in enumerate(candidates):
            try:
                job = self._to_job(candidate)
            except SourceError as error:
                self.early[position] = self._refuse(candidate.source, error, b"", candidate.name)
                continue
            known = self.by_sha.get(job.sha256)
            if known is not None and not self.options.flags:
                self.early[position] = IngestResult(
                    candidate.source, "known", known.id, "the same bytes are stored already"
                )
                continue
            if job.sha256 in pending:
                self.early[position] = IngestResult(candidate.source, "known", "", "the same bytes twice in this run")
                continue
            pending.add(job.sha256)
            order.append(position)
            yield job

    def _to_job(self, candidate: Candidate) -> Job:
        if candidate.error is not None:
            raise candidate.error
        data = candidate.data if candidate.data is not None else _read_file(candidate, self.options.max_bytes)
        if not data.strip():
            raise SourceError("empty", candidate.source)
        sha256 = hash_bytes(data)
        entry = match_catalogue(self.catalogue, sha256=sha256, name=candidate.name, url=candidate.url)
        flags = dict(to_flags(entry)) if entry else {}
        flags.update(self.options.flags)
        known = self.by_sha.get(sha256)
        return Job(
            source=candidate.source,
            name=candidate.name,
            sha256=sha256,
            basis=self.basis,
            data=data if candidate.path is None else None,
            path=str(candidate.path or ""),
            url=candidate.url or (entry.url if entry else ""),
            document_id=known.id if known else (entry.id if entry else ""),
            flags=tuple(sorted(flags.items())),
            password=self.options.password,
        )

    def _finish(self, prepared: Prepared) -> IngestResult:
        job = prepared.job
        if prepared.error is not None or prepared.document is None:
            error = prepared.error or SourceError("no_text", job.source)
            return self._refuse(job.source, error, job, job.name)
        if not prepared.units:
            return self._refuse(job.source, SourceError("no_text", job.source), job, job.name)
        return self._store(prepared, prepared.document)

    def _store(self, prepared: Prepared, document: Document) -> IngestResult:
        job = prepared.job
        known = self.by_sha.get(job.sha256)
        document = replace(
            document, id=known.id if known else self._free_id(job.document_id or make_id(document.metadata, job.name))
        )
        data = _job_bytes(job, self.options)
        file = keep_original(self.workspace.sources, data, job.name)
        entry = ManifestEntry(
            document.id, job.sha256, file, job.name, job.source, document.url, document.basis, job.flags
        )
        append_manifest(self.workspace.sources, [entry])
        self.by_sha[job.sha256] = entry
        self.ids.add(document.id)
        write_prepared(self.workspace, self.store, replace(prepared, document=document))
        if job.source in self.quarantined:
            self.store.clear_quarantine(job.source)
        return IngestResult(job.source, "stored", document.id, document=document)

    def _free_id(self, wanted: str) -> str:
        free, number = wanted, 2
        while free in self.ids:
            free, number = f"{wanted}-{number}", number + 1
        return free

    def _refuse(self, source: str, error: SourceError, job: Job | bytes, name: str) -> IngestResult:
        """Note the refusal and keep a copy of the bytes, so that nothing is lost."""
        sha256 = ""
        if isinstance(job, Job):
            data = _job_bytes(job, self.options)
            sha256 = job.sha256
            safe = re.sub(r"[^\w.-]+", "_", name)[-80:]
            write_atomic(self.workspace.sources / "quarantine" / f"{sha256[:16]}-{safe}", data)
        if error.reason != "not_found":
            self.store.write_quarantine(source, sha256, error.reason, str(error))
        return IngestResult(source, "refused", message=str(error))


def write_prepared(workspace: Workspace, store: Store, prepared: Prepared) -> None:
    """Store a prepared document under the versions of now."""
    assert prepared.document is not None
    store.write_document(
        prepared.document,
        prepared.units,
        prepared.tags,
        extract_key=workspace.extract_version,
        tag_key=workspace.tag_version,
        text_key=prepared.text_key,
        fingerprint=prepared.fingerprint,
    )


def to_engine_settings(workspace: Workspace, options: IngestOptions) -> EngineSettings:
    return EngineSettings(
        codebook_path=str(workspace.codebook_path),
        model_dir=str(workspace.model_dir or ""),
        workers=options.workers,
        timeout=options.timeout,
        memory_mb=options.memory_mb,
        max_bytes=options.max_bytes,
    )


def to_flags(entry: CatalogueEntry) -> tuple[tuple[str, str], ...]:
    """What the catalogue knows of a document, as flags."""
    pairs = (("framework", entry.framework), ("round", entry.round), ("kind", entry.kind), ("date", entry.date))
    return tuple((key, value) for key, value in (*pairs, ("place", entry.place)) if value)


def make_id(metadata: Metadata, name: str) -> str:
    """A readable id: framework-round-kind, else kind and date, else the file's name."""
    found: list[Found] = [metadata.framework, metadata.round, metadata.kind]
    if metadata.kind.value == "paper":
        parts = ["paper", re.sub(r"\.[^.]*\Z", "", name)]
    elif metadata.framework.value:
        parts = [part.value for part in found]
        if not metadata.round.value:
            parts.append(metadata.date.value)
    else:
        parts = [re.sub(r"\.[^.]*\Z", "", name)]
    slug = re.sub(r"[^\w]+", "-", "-".join(part for part in parts if part).lower(), flags=re.ASCII).strip("-")[:80]
    return slug or "document-" + hash_bytes(name.encode())[:8]


def _read_file(candidate: Candidate, max_bytes: int) -> bytes:
    assert candidate.path is not None
    try:
        size = candidate.path.stat().st_size
        if size > max_bytes:
            raise SourceError("too_large", candidate.source, f"{size} bytes, the limit is {max_bytes}")
        return candidate.path.read_bytes()
    except OSError as error:
        raise SourceError("unreadable", candidate.source, error.strerror or "") from error


def _job_bytes(job: Job, options: IngestOptions) -> bytes:
    if job.data is not None:
        return job.data
    return _read_file(Candidate(job.source, job.name, path=Path(job.path)), options.max_bytes)
