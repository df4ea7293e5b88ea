"""Code texts without storing them, in the form of the command contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.engine import Job, Prepared, prepare_documents
from pipeline.errors import SourceError
from pipeline.records import Tag, Unit, UnitTags
from pipeline.steps.files import hash_bytes
from pipeline.steps.ingest import IngestOptions, find_candidates, read_candidate, to_engine_settings
from pipeline.steps.workspace import Workspace


def tag_sources(
    workspace: Workspace, sources: Sequence[str], *, workers: int = 1
) -> Iterator[tuple[Prepared, list[dict[str, Any]]]]:
    """Each document with its rows, one a unit; a refused one has its error and no rows."""
    settings = replace(to_engine_settings(workspace, IngestOptions(workers=workers)), fingerprints=False)
    for prepared in prepare_documents(iter_jobs(sources), settings):
        pairs = zip(prepared.units, prepared.tags, strict=True)
        yield prepared, [to_row(unit, tags) for unit, tags in pairs]


def to_row(unit: Unit, tags: UnitTags) -> dict[str, Any]:
    """One unit as the command contract has it."""
    return {
        "unit": unit.n,
        "section": unit.section,
        "page": unit.page,
        "start": unit.start,
        "end": unit.end,
        "text": unit.text,
        "language": unit.language,
        "issues": [_to_dict(tag) for tag in tags.issues],
        "industries": [_to_dict(tag) for tag in tags.industries],
        "action": _to_dict(tags.action),
    }


def _to_dict(tag: Tag) -> dict[str, Any]:
    return {"code": tag.code_id, "score": round(tag.score, 4), "by": tag.by}


def iter_jobs(sources: Sequence[str], max_bytes: int = 100_000_000) -> Iterator[Job]:
    """A job with its bytes for each candidate; a refused one carries its error."""
    for candidate in find_candidates(sources, max_bytes):
        error = candidate.error
        data = b"" if error else candidate.data
        if data is None:
            try:
                data = read_candidate(candidate, max_bytes)
            except SourceError as refused:
                data, error = b"", refused
        yield Job(
            source=candidate.source,
            name=candidate.name,
            sha256=hash_bytes(data),
            basis="other",
            data=data,
            document_id=candidate.name,
            error=error,
        )
