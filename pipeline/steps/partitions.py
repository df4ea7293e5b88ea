"""Coded documents as partitioned Parquet: written chunk by chunk anywhere, read by framework.

A place is a folder or an fsspec address (s3://..., gs://...). It holds ``units/``, ``documents/``
and ``errors/``, each with part-00000.parquet and on, and ``parts/`` with one marker a chunk, written
last: a run that was stopped goes on after the finished chunks. Names and bytes depend on the
documents, their order and the chunk size alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from pipeline.engine import ClusterSettings, Job, Prepared, map_chunks
from pipeline.errors import SourceError, UsageError
from pipeline.records import CodedUnit, Tag, Unit, UnitTags
from pipeline.steps.editions import find_editions
from pipeline.steps.ingest import IngestOptions, to_engine_settings
from pipeline.steps.places import Place, open_place
from pipeline.steps.results import Corpus, choose_documents
from pipeline.steps.workspace import Workspace
from pipeline.store import StoredDocument

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK_DOCUMENTS = 400
CHUNK_BYTES = 8_000_000
_METADATA = ("framework", "round", "kind", "date", "place", "language", "title")
_TABLES = ("units", "documents", "errors")


@dataclass(frozen=True, slots=True)
class PartitionReport:
    """What a run wrote: chunks in all and chunks found finished, documents, units, refused documents."""

    chunks: int = 0
    kept: int = 0
    documents: int = 0
    units: int = 0
    refused: int = 0


def write_partitions(
    workspace: Workspace,
    jobs: Iterable[Job],
    address: str,
    options: IngestOptions,
    *,
    cluster: ClusterSettings | None = None,
    chunk_documents: int = CHUNK_DOCUMENTS,
    progress: Callable[[str, int, int], None] | None = None,
) -> PartitionReport:
    """Code the jobs and write them to ``address``; the same bytes twice count once."""
    place = open_place(address)
    settings = to_engine_settings(workspace, options)
    version = f"{workspace.extract_version}:{workspace.tag_version}"
    waiting: deque[tuple[int, str]] = deque()
    seen: list[dict[str, Any]] = []
    kept = 0

    def iter_todo() -> Iterator[list[Job]]:
        nonlocal kept
        for number, chunk in enumerate(_iter_chunks(jobs, chunk_documents)):
            key = _hash_chunk(chunk, version)
            marker = _read_marker(place, number)
            if marker.get("key") == key:
                kept += 1
                seen.append(marker)
                continue
            waiting.append((number, key))
            yield chunk

    for written in map_chunks(iter_todo(), to_partition, settings, cluster=cluster):
        number, key = waiting.popleft()
        seen.append(_write_part(place, number, key, written))
        if progress:
            progress("documents", sum(m["documents"] + m["errors"] for m in seen), 0)
    _remove_beyond(place, len(seen))
    counts = {name: sum(marker[name] for marker in seen) for name in _TABLES}
    return PartitionReport(len(seen), kept, counts["documents"], counts["units"], counts["errors"])


def load_partitions(workspace: Workspace, address: str, frameworks: Sequence[str]) -> Corpus:
    """The documents that count of some frameworks, as overlap and drift take them; other rows are not read.

    Raises UsageError where there are no partitions.
    """
    place = open_place(address)
    names = sorted({workspace.codebook.framework(name).id for name in frameworks})
    documents = _read_documents(place, names)
    counted = choose_documents(documents)
    facts = {document.id: document for document in documents if document.id in counted}
    bases = {document.id: document.basis for document in documents}
    rows = [row for row in _read_rows(place, "units", names) if row["document"] in facts]
    rows.sort(key=lambda row: (row["framework"], row["date"], row["document"], row["n"]))
    return Corpus(workspace, (), tuple(_to_coded(row, bases[row["document"]]) for row in rows))


def to_partition(prepared: list[Prepared]) -> dict[str, tuple[int, bytes]]:
    """Rows and Parquet bytes of each table of a chunk. Runs on the worker."""
    good = [p for p in prepared if p.document is not None and p.units]
    good.sort(key=lambda p: cast(Any, p.document).framework)
    bad = [p for p in prepared if p.document is None or not p.units]
    units = [_to_unit_row(p, unit, tags) for p in good for unit, tags in zip(p.units, p.tags, strict=True)]
    tables = {
        "units": units,
        "documents": [_to_document_row(p) for p in good],
        "errors": [_to_error_row(p) for p in bad],
    }
    return {name: (len(rows), _to_parquet(rows, name)) for name, rows in tables.items()}


def _iter_chunks(jobs: Iterable[Job], documents: int) -> Iterator[list[Job]]:
    """Chunks of so many documents or CHUNK_BYTES, each document once and under an id of its own."""
    chunk: list[Job] = []
    size = 0
    seen: set[int] = set()
    for job in jobs:
        if job.error is None:
            mark = int(job.sha256[:15], 16)
            if mark in seen:
                continue
            seen.add(mark)
        chunk.append(replace(job, document_id=f"{job.name}-{job.sha256[:10]}"))
        size += len(job.data or b"")
        if len(chunk) >= documents or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _hash_chunk(chunk: Sequence[Job], version: str) -> str:
    lines = [version, *(f"{job.document_id}\t{job.sha256}\t{job.flags}\t{job.error or ''}" for job in chunk)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read_marker(place: Place, number: int) -> dict[str, Any]:
    data = place.read(f"parts/part-{number:05d}.json")
    return cast("dict[str, Any]", json.loads(data)) if data else {}


def _write_part(place: Place, number: int, key: str, written: dict[str, tuple[int, bytes]]) -> dict[str, Any]:
    """Tables first, the marker last."""
    for name in _TABLES:
        place.write(f"{name}/part-{number:05d}.parquet", written[name][1])
    marker: dict[str, Any] = {"key": key, **{name: written[name][0] for name in _TABLES}}
    place.write(f"parts/part-{number:05d}.json", json.dumps(marker).encode())
    return marker


def _remove_beyond(place: Place, chunks: int) -> None:
    """Parts of an earlier, longer run."""
    for name in ("parts", *_TABLES):
        for file in place.list(name):
            if int(file.rsplit("part-", 1)[1].split(".")[0]) >= chunks:
                place.remove(file)


def _to_unit_row(prepared: Prepared, unit: Unit, tags: UnitTags) -> dict[str, Any]:
    document = cast(Any, prepared.document)
    row: dict[str, Any] = {"document": document.id, "framework": document.framework, "round": document.round}
    row |= {"kind": document.kind, "date": document.date, "n": unit.n, "start": unit.start, "end": unit.end}
    row |= {"text": unit.text, "section": unit.section, "paragraph": unit.paragraph, "language": unit.language}
    row |= {"page": unit.page, "block": unit.kind, "lead": unit.lead}
    for name, group in (("issue", tags.issues), ("industry", tags.industries)):
        row[name] = [tag.code_id for tag in group]
        row[f"{name}_score"] = [tag.score for tag in group]
        row[f"{name}_by"] = [tag.by for tag in group]
    return row | {"action": tags.action.code_id, "action_score": tags.action.score, "action_by": tags.action.by}


def _to_document_row(prepared: Prepared) -> dict[str, Any]:
    document = cast(Any, prepared.document)
    names = ("id", "sha256", "basis", "source", "framework", "round", "kind", "date", "language", "title")
    row = {name: getattr(document, name) for name in names}
    return row | {
        "media": document.media,
        "warnings": list(document.warnings),
        "unsure": [name for name in _METADATA if not getattr(document.metadata, name).sure],
        "units": len(prepared.units),
        "text_key": prepared.text_key,
        "fingerprint": prepared.fingerprint,
    }


def _to_error_row(prepared: Prepared) -> dict[str, Any]:
    error = prepared.error or SourceError("no_text", prepared.job.source)
    row = {"source": prepared.job.source, "name": prepared.job.name, "sha256": prepared.job.sha256}
    return row | {"reason": error.reason, "message": str(error)}


def _to_parquet(rows: list[dict[str, Any]], name: str) -> bytes:
    """One row group a framework, so that a reader skips the others by their statistics."""
    import io
    from itertools import groupby

    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _make_schema(name)
    sink = io.BytesIO()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for _, group in groupby(rows, key=lambda row: row.get("framework", "")):
            writer.write_table(pa.Table.from_pylist(list(group), schema=schema))
    return sink.getvalue()


def _make_schema(name: str) -> pa.Schema:
    import pyarrow as pa

    words, number, many = pa.string(), pa.int32(), pa.list_(pa.string())
    if name == "errors":
        return pa.schema([(column, words) for column in ("source", "name", "sha256", "reason", "message")])
    if name == "documents":
        facts = ("id", "sha256", "basis", "source", "framework", "round", "kind", "date", "language", "title")
        rest = [
            ("media", words),
            ("warnings", many),
            ("unsure", many),
            ("units", number),
            ("text_key", words),
            ("fingerprint", pa.binary()),
        ]
        return pa.schema([*((column, words) for column in facts), *rest])
    types = {"n": number, "start": number, "end": number, "paragraph": number, "page": number}
    columns = ("document", "framework", "round", "kind", "date", "n", "start", "end", "text", "section", "paragraph")
    tags = [
        (f"{code}{part}", pa.list_(pa.float32()) if part == "_score" else many)
        for code in ("issue", "industry")
        for part in ("", "_score", "_by")
    ]
    action = [("action", words), ("action_score", pa.float32()), ("action_by", words)]
    plain = [(column, types.get(column, words)) for column in (*columns, "language", "page", "block", "lead")]
    return pa.schema([*plain, *tags, *action])


def _read_rows(place: Place, table: str, frameworks: Sequence[str]) -> list[dict[str, Any]]:
    import pyarrow.dataset as ds

    files = [file for file in place.list(table) if file.endswith(".parquet")]
    if not files:
        raise UsageError(f"{place.address}: no partitions here; write them with parley tag SOURCE --to {place.address}")
    dataset = ds.dataset([place.join(file) for file in files], filesystem=place.system, format="parquet")
    wanted = ds.field("framework").isin(list(frameworks))
    return cast("list[dict[str, Any]]", dataset.to_table(filter=wanted).to_pylist())


def _read_documents(place: Place, frameworks: Sequence[str]) -> list[StoredDocument]:
    """Overview of the frameworks' documents, with the editions found among them."""
    rows = _read_rows(place, "documents", frameworks)
    fingerprints = {row["id"]: row.pop("fingerprint") for row in rows}
    documents = [
        StoredDocument(
            **{**row, "warnings": tuple(row["warnings"]), "unsure": tuple(row["unsure"])},
            edition_of="",
            extract_key="",
            tag_key="",
        )
        for row in rows
    ]
    editions = find_editions(documents, fingerprints)
    return [replace(document, edition_of=editions.get(document.id, "")) for document in documents]


def _to_coded(row: dict[str, Any], basis: Any) -> CodedUnit:
    unit = Unit(
        document_id=row["document"],
        kind=row["block"],
        **{
            name: row[name]
            for name in ("n", "start", "end", "text", "section", "paragraph", "language", "page", "lead")
        },
    )
    groups = {
        name: tuple(
            Tag(cast(Any, name), *parts)
            for parts in zip(row[name], row[f"{name}_score"], row[f"{name}_by"], strict=True)
        )
        for name in ("issue", "industry")
    }
    action = Tag("action", row["action"], row["action_score"], row["action_by"])
    tags = UnitTags(groups["issue"], groups["industry"], action)
    return CodedUnit(unit, tags, row["framework"], row["round"], row["kind"], row["date"], basis)
