"""A newer version in place of a stored document: the old original is kept, annotations follow their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.errors import SourceError, UsageError, hint_nearest
from pipeline.steps.editions import Edition
from pipeline.steps.files import hash_bytes, read_manifest
from pipeline.steps.gold import Realigned, realign_gold
from pipeline.steps.ingest import Candidate, IngestOptions, IngestResult, ingest_sources, read_candidate
from pipeline.steps.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Replacement:
    """What became of the new version, and of the annotations of the document by coder."""

    result: IngestResult
    realigned: tuple[Realigned, ...] = ()
    editions: tuple[Edition, ...] = ()


def replace_document(
    workspace: Workspace, candidates: Sequence[Candidate], document_id: str, options: IngestOptions
) -> Replacement:
    """Store a newer version under the id of an older one, with the metadata once given for that by hand.

    The old original stays among the sources, its manifest line before the new one. A version that is
    refused leaves the old one in place. Safe to run again after an interruption. Raises UsageError
    for an unknown document, more than one source, or bytes that are another document already.
    """
    manifest = read_manifest(workspace.sources)
    if document_id not in manifest:
        hint = hint_nearest(
            document_id, manifest, "parley status lists them; a digest is edited in corpus/digests", cutoff=0.6
        )
        raise UsageError(f"--replace {document_id}: no such document was ingested; {hint}")
    if len(candidates) != 1:
        raise UsageError(f"--replace {document_id}: takes one source, not {len(candidates)}; name the one new version")
    _check_other(candidates[0], document_id, {e.sha256: e.id for e in manifest.values()}, options)
    flags = {**dict(manifest[document_id].flags), **dict(options.flags)}
    options = replace(options, flags=tuple(sorted(flags.items())), replace=document_id)
    editions: list[Edition] = []
    result = next(iter(list(ingest_sources(workspace, candidates, options, report_editions=editions.extend))))
    if result.status == "refused":
        return Replacement(result)
    with workspace.open_store(read_only=True) as store:
        document = store.read_document(document_id)
        units = store.read_units(document_id)
    realigned = realign_gold(workspace, document_id, document.sha256, units) if document else ()
    return Replacement(result, realigned, tuple(editions))


def _check_other(candidate: Candidate, document_id: str, known: dict[str, str], options: IngestOptions) -> None:
    try:
        data = candidate.data
        if data is None and candidate.path is not None:
            data = read_candidate(candidate, options.max_bytes)
    except SourceError:
        return  # ingest refuses it with the same words
    other = known.get(hash_bytes(data)) if data else None
    if other not in (None, document_id):
        raise UsageError(
            f"--replace {document_id}: {candidate.source} is stored as {other} already; nothing was changed"
        )
