"""Rows of plain values for lists of documents, hits and scores: what the commands print and data frames hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.records import ScoreRow
from pipeline.store import SearchHit, StoredDocument

if TYPE_CHECKING:
    from pipeline.steps.ingest import IngestResult

Row = dict[str, Any]


def to_ingest_row(result: IngestResult) -> Row:
    """What became of one source; the fields of a refused one are empty."""
    document = result.document
    fields = ("framework", "round", "kind", "date", "language", "title")
    return {
        "source": result.source,
        "status": result.status,
        "document": result.document_id,
        **{field: getattr(document, field) if document else "" for field in fields},
        "same_statement_as": result.edition_of,
        "message": result.message,
    }


def list_stored(documents: Iterable[StoredDocument], stale: Sequence[str]) -> list[Row]:
    """The documents of the store, with what is unsure, noticed or stale about them."""
    return [
        {
            "document": d.id,
            "framework": d.framework,
            "round": d.round,
            "kind": d.kind,
            "date": d.date,
            "language": d.language,
            "basis": d.basis,
            "units": d.units,
            "unsure": list(d.unsure),
            "warnings": list(d.warnings),
            "edition_of": d.edition_of,
            "stale": d.id in stale,
            "title": d.title,
        }
        for d in documents
    ]


def list_hits(hits: Iterable[SearchHit]) -> list[Row]:
    """Sentences found, best first; ``where`` is what `parley explain` takes."""
    return [
        {
            "where": f"{hit.coded.unit.document_id}:{hit.coded.unit.n}",
            "framework": hit.coded.framework,
            "round": hit.coded.round,
            "section": hit.coded.unit.section,
            "page": hit.coded.unit.page,
            "issues": [tag.code_id for tag in hit.coded.tags.issues],
            "action": hit.coded.tags.action.code_id,
            "start": hit.coded.unit.start,
            "end": hit.coded.unit.end,
            "text": hit.coded.unit.text,
        }
        for hit in hits
    ]


def list_scores(scores: Iterable[ScoreRow]) -> list[Row]:
    """Quality figures with their intervals."""
    return [
        {
            "tagger": row.tagger,
            "dimension": row.dimension,
            "metric": row.metric,
            "slice": row.slice,
            "value": row.interval.value,
            "low": row.interval.low,
            "high": row.interval.high,
            "support": row.support,
        }
        for row in scores
    ]
