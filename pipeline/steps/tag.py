"""Code texts without storing them, in the form of the command contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.engine import Job, Prepared, prepare_documents
from pipeline.errors import SourceError
from pipeline.records import Tag, Unit, UnitTags
from pipeline.steps.files import hash_bytes
from pipeline.steps.ingest import IngestOptions, find_candidates, to_engine_settings
from pipeline.steps.workspace import Workspace


def tag_sources(
    workspace: Workspace, sources: Sequence[str], *, workers: int = 1
) -> Iterator[tuple[Prepared, list[dict[str, Any]]]]:
    """Each document with its rows, one a unit; a refused one has its error and no rows."""
    options = IngestOptions(workers=workers)
    for prepared in prepare_documents(_iter_jobs(sources), to_engine_settings(workspace, options)):
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


def _iter_jobs(sources: Sequence[str]) -> Iterator[Job]:
    for candidate in find_candidates(sources):
        if candidate.error is not None:
            raise candidate.error
        data = candidate.data if candidate.path is None else None
        try:
            head = data if data is not None else (candidate.path.read_bytes() if candidate.path else b"")
        except OSError as error:
            raise SourceError("unreadable", candidate.source, error.strerror or "") from error
        yield Job(
            source=candidate.source,
            name=candidate.name,
            sha256=hash_bytes(head),
            basis="other",
            data=head,
            document_id=candidate.name,
        )
