"""Sources into the corpus: find them, refuse the unusable, keep originals, store documents."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.engine import EngineSettings, Job, iter_batches
from pipeline.errors import SourceError, UsageError
from pipeline.records import Basis, Document, Found, Metadata
from pipeline.steps.archives import ArchiveLimits, count_members, is_archive, iter_members
from pipeline.steps.catalogue import CatalogueEntry, match_catalogue, read_catalogue
from pipeline.steps.coded import WRITTEN, Coded, code_documents, write_coded
from pipeline.steps.editions import Edition, link_editions
from pipeline.steps.files import (
    ManifestEntry,
    append_manifest,
    hash_bytes,
    hold_lock,
    keep_originals,
    read_manifest,
    read_superseded,
    write_atomic,
)
from pipeline.steps.workspace import Workspace
from pipeline.store import Store

FLAGS = ("framework", "round", "date", "kind", "title", "language", "place")
_SKIP = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep"})


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the user asked for. ``flags``: metadata given by hand, by field name; ``replace``: see steps.replace."""

    flags: tuple[tuple[str, str], ...] = ()
    password: str | None = None
    workers: int = 1
    timeout: float = 60.0
    memory_mb: int = 2048
    max_bytes: int = 100_000_000
    replace: str = ""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The fate of one source. ``status``: stored, known (same bytes) or refused.

    ``document``: without its text and blocks. ``edition_of``: of a known document; those of stored ones are found
    when all are stored, see ingest_sources.
    ``model_fault``: why it is coded by rules alone for now, "" where the model in use coded it.
    """

    source: str
    status: str
    document_id: str = ""
    message: str = ""
    edition_of: str = ""
    document: Document | None = None
    model_fault: str = ""


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
    workspace: Workspace,
    candidates: Iterable[Candidate],
    options: IngestOptions,
    *,
    basis: Basis = "official",
    report_editions: Callable[[Sequence[Edition]], object] | None = None,
) -> Iterator[IngestResult]:
    """Take the candidates in, one result each, in order; then ``report_editions`` gets the new editions.

    Waits for another run that writes. What was finished stays, whatever happens later.
    """
    with hold_lock(workspace.sources), workspace.open_store() as store:
        session = _Session(workspace, store, options, basis)
        yield from session.run(candidates)
        editions = link_editions(store)
    if report_editions:
        report_editions(editions)


def find_candidates(sources: Sequence[str], max_bytes: int = 100_000_000) -> Iterator[Candidate]:
    """Files, folders (all files in them, by name), archives (their members, as they come) and "-", as candidates."""
    for source in sources:
        if source == "-":
            import sys

            yield Candidate("standard input", "stdin", data=sys.stdin.buffer.read())
            continue
        path = Path(source)
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if _is_taken(file):
                    yield from _iter_file(file, str(file), max_bytes)
        elif path.exists():
            yield from _iter_file(path, source, max_bytes)
        else:
            yield Candidate(source, path.name, error=SourceError("not_found", source, "no such file or folder"))


def choose_workers(sources: Sequence[str], asked: int | None) -> int:
    """As asked; else all cores (0) for folders and archives, one for single files."""
    if asked is not None:
        return asked
    return 0 if any(Path(source).is_dir() or is_archive(Path(source)) for source in sources) else 1


def count_candidates(sources: Sequence[str]) -> int:
    """How many candidates find_candidates will give, as far as that is quickly known; 0 where it is not."""
    total = 0
    for source in sources:
        path = Path(source)
        files = [file for file in path.rglob("*") if _is_taken(file)] if path.is_dir() else [path]
        for file in files:
            found = count_members(file) if is_archive(file) else 1
            if not found:
                return 0
            total += found
    return total


class _Session:
    """One ingest run: knows what is there already and makes ids."""

    def __init__(self, workspace: Workspace, store: Store, options: IngestOptions, basis: Basis) -> None:
        self.workspace = workspace
        self.store = store
        self.options = options
        self.basis: Basis = basis
        self.manifest = read_manifest(workspace.sources)
        self.by_sha = {entry.sha256: entry for entry in self.manifest.values()}
        self.superseded = read_superseded(workspace.sources)
        self.stored = {document.id: document for document in store.read_overview()}
        self.ids = set(self.stored) | set(self.manifest)
        self.quarantined = {row[0] for row in store.read_quarantine()}
        self.catalogue = read_catalogue(workspace.catalogue)
        self.early: dict[int, IngestResult] = {}

    def run(self, candidates: Iterable[Candidate]) -> Iterator[IngestResult]:
        """Results in the order of the candidates, settled in batches that share their flushes to disk."""
        for batch in iter_batches(self._weave(candidates), _measure, WRITTEN):
            yield from self._settle(batch)

    def _weave(self, candidates: Iterable[Candidate]) -> Iterator[Coded | IngestResult]:
        """What was decided without reading, woven back in between the prepared documents."""
        order: deque[int] = deque()
        position = 0
        settings = replace(to_engine_settings(self.workspace, self.options), rules_on_fault=True)
        for result in code_documents(self._iter_jobs(candidates, order), settings):
            mine = order.popleft()
            while position in self.early and position < mine:
                yield self.early.pop(position)
                position += 1
            yield result
            position = mine + 1
        for rest in sorted(self.early):
            yield self.early[rest]
        self.early.clear()

    def _iter_jobs(self, candidates: Iterable[Candidate], order: deque[int]) -> Iterator[Job]:
        pending: set[str] = set()
        for position, candidate in enumerate(candidates):
            try:
                job = self._to_job(candidate)
            except SourceError as error:
                self.early[position] = self._refuse(candidate.source, error, b"", candidate.name)
                continue
            known = self._find_known(job)
            if known is not None:
                self.early[position] = known
                continue
            if job.sha256 in pending:
                self.early[position] = IngestResult(candidate.source, "known", "", "the same bytes twice in this run")
                continue
            pending.add(job.sha256)
            order.append(position)
            yield job

    def _find_known(self, job: Job) -> IngestResult | None:
        """The result for bytes that are in the store; those a killed run left in the manifest alone are not."""
        entry = self.by_sha.get(job.sha256)
        stored = self.stored.get(entry.id) if entry else None
        if self.options.replace:
            entry = entry if entry and entry.flags == job.flags else None
        elif self.options.flags:
            entry = None
        if entry and stored and stored.sha256 == job.sha256:
            message = "the same bytes are stored already"
            return IngestResult(job.source, "known", entry.id, message, stored.edition_of)
        newer = self.superseded.get(job.sha256)
        if newer and not self.options.replace and not self.options.flags:
            return IngestResult(job.source, "known", newer, "a newer version stands in its place")
        return None

    def _to_job(self, candidate: Candidate) -> Job:
        if candidate.error is not None:
            raise candidate.error
        data = candidate.data if candidate.data is not None else read_candidate(candidate, self.options.max_bytes)
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
            document_id=known.id if known else (to_slug(entry.id) if entry else ""),
            flags=tuple(sorted(flags.items())),
            password=self.options.password,
        )

    def _settle(self, batch: Sequence[Coded | IngestResult]) -> list[IngestResult]:
        """Originals first, then the manifest, then the store: whatever stops us, each can be made from the one before."""
        results: list[IngestResult] = []
        ready: list[Coded] = []
        for item in batch:
            if isinstance(item, IngestResult):
                results.append(item)
            elif item.document is None or item.rows is None or not item.rows.units:
                error = item.error or SourceError("no_text", item.job.source)
                results.append(self._refuse(item.job.source, error, item.job, item.job.name))
            else:
                document_id = self._choose_id(item.job, item.document)
                ready.append(item.rename(document_id))
                document, fault = ready[-1].document, item.model_fault
                results.append(
                    IngestResult(item.job.source, "stored", document_id, document=document, model_fault=fault)
                )
        if ready:
            self._store(ready)
        return results

    def _choose_id(self, job: Job, document: Document) -> str:
        """The id the document had, or a free one."""
        known = self.by_sha.get(job.sha256)
        wanted = job.document_id or make_id(document.metadata, job.name)
        kept = self.options.replace or (known.id if known else "")
        chosen = kept or self._free_id(wanted)
        self.ids.add(chosen)
        return chosen

    def _store(self, ready: Sequence[Coded]) -> None:
        originals = ((_job_bytes(p.job, self.options), p.job.name) for p in ready)
        files = keep_originals(self.workspace.sources, originals)
        entries = [_to_entry(p, file) for p, file in zip(ready, files, strict=True)]
        append_manifest(self.workspace.sources, entries)
        self.by_sha.update((entry.sha256, entry) for entry in entries)
        write_coded(self.workspace, self.store, ready)
        for item in ready:
            if item.job.source in self.quarantined:
                self.store.clear_quarantine(item.job.source)

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


def _measure(item: Coded | IngestResult) -> int:
    return item.measure() if isinstance(item, Coded) else 0


def to_engine_settings(workspace: Workspace, options: IngestOptions) -> EngineSettings:
    return EngineSettings(
        codebook_path=str(workspace.codebook_path),
        model_dir=str(workspace.model_dir or ""),
        workers=options.workers,
        timeout=options.timeout,
        memory_mb=options.memory_mb,
        max_bytes=options.max_bytes,
    )


def _to_entry(coded: Coded, file: str) -> ManifestEntry:
    job, document = coded.job, coded.document
    assert document is not None
    return ManifestEntry(document.id, job.sha256, file, job.name, job.source, document.url, document.basis, job.flags)


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
    slug = to_slug("-".join(part for part in parts if part).lower())
    return slug or "document-" + hash_bytes(name.encode())[:8]


def to_slug(text: str) -> str:
    """Letters, digits, _ and -, at most 80: an id names files and must not lead out of a folder."""
    return re.sub(r"[^\w]+", "-", text, flags=re.ASCII).strip("-")[:80]


def _is_taken(path: Path) -> bool:
    return path.is_file() and path.name.lower() not in _SKIP and not path.name.startswith(".")


def _iter_file(path: Path, source: str, max_bytes: int) -> Iterator[Candidate]:
    if not is_archive(path):
        yield Candidate(source, path.name, path=path)
        return
    for member in iter_members(path, ArchiveLimits(max_bytes=max_bytes)):
        name = member.name.rsplit("/", 1)[-1] or path.name
        yield Candidate(f"{source}:{member.name}", name, data=member.data, error=member.error)


def read_candidate(candidate: Candidate, max_bytes: int) -> bytes:
    """Bytes of a candidate that is a file. Raises SourceError where it is too large or cannot be read."""
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
    return read_candidate(Candidate(job.source, job.name, path=Path(job.path)), options.max_bytes)
