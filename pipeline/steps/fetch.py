"""Catalogue documents from their addresses or from a folder, and addresses given to ingest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import SourceError, UsageError, hint_nearest
from pipeline.steps.catalogue import CatalogueEntry, match_catalogue, read_catalogue
from pipeline.steps.files import hash_bytes
from pipeline.steps.ingest import Candidate, IngestOptions, IngestResult, find_candidates, ingest_sources
from pipeline.steps.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.extract.fetch import FetchSettings

_MIRROR = "https://raw.githubusercontent.com/{repository}/{commit}/{path}"


def expand_addresses(sources: Sequence[str], max_bytes: int) -> Iterator[Candidate]:
    """Candidates of files, folders and http(s) addresses, in the order given."""
    for source in sources:
        if source.startswith(("http://", "https://")):
            yield _fetch_candidate([source], source, max_bytes)
        else:
            yield from find_candidates([source], max_bytes)


def fetch_catalogue(
    workspace: Workspace,
    ids: Sequence[str],
    folder: Path | None,
    *,
    accept_changed: bool = False,
    settings: FetchSettings | None = None,
) -> Iterator[IngestResult]:
    """Ingest catalogue entries: those named, else all that the folder holds or whose hash is known.

    A document whose bytes differ from the catalogue's hash is refused unless ``accept_changed``.
    Raises UsageError for an id that is not in the catalogue or a folder that is not there.
    """
    entries = read_catalogue(workspace.catalogue)
    chosen = _choose_entries(entries, ids, folder)
    if folder is not None:
        candidates = _iter_folder(entries, chosen, folder, accept_changed, named=bool(ids))
    else:
        candidates = (_from_addresses(entry, accept_changed, settings) for entry in chosen)
    yield from ingest_sources(workspace, candidates, IngestOptions())


def _choose_entries(entries: Sequence[CatalogueEntry], ids: Sequence[str], folder: Path | None) -> list[CatalogueEntry]:
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; give the folder that holds the documents with --from")
    by_id = {entry.id: entry for entry in entries}
    for name in ids:
        if name not in by_id:
            hint = hint_nearest(name, by_id, "see corpus/catalogue.csv", cutoff=0.6)
            raise UsageError(f"unknown document '{name}'; {hint}")
    if ids:
        return [by_id[name] for name in ids]
    return [entry for entry in entries if entry.sha256 or folder is not None]


def _iter_folder(
    entries: Sequence[CatalogueEntry], chosen: list[CatalogueEntry], folder: Path, accept_changed: bool, *, named: bool
) -> Iterator[Candidate]:
    wanted = {entry.id for entry in chosen}
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        try:
            sha256 = hash_bytes(path.read_bytes())
        except OSError as error:
            yield Candidate(str(path), path.name, error=SourceError("unreadable", str(path), error.strerror or ""))
            continue
        entry = match_catalogue(entries, sha256=sha256, name=path.name)
        if entry is None or entry.id not in wanted or entry.id in seen:
            continue
        seen.add(entry.id)
        changed = bool(entry.sha256) and entry.sha256 != sha256 and not accept_changed
        yield Candidate(
            str(path),
            path.name,
            path=path,
            url=entry.url,
            error=SourceError("hash_mismatch", str(path), f"catalogue has {entry.sha256[:12]}") if changed else None,
        )
    if named:
        for entry in chosen:
            if entry.id not in seen:
                yield Candidate(entry.id, entry.id, error=SourceError("not_found", entry.id, f"not in {folder}"))


def _from_addresses(entry: CatalogueEntry, accept_changed: bool, settings: FetchSettings | None) -> Candidate:
    """The document from the first address that gives the bytes the catalogue knows, else why there is none."""
    addresses = [entry.url] if entry.url else []
    if entry.mirror_repository and entry.mirror_commit and entry.mirror_path:
        mirror = _MIRROR.format(repository=entry.mirror_repository, commit=entry.mirror_commit, path=entry.mirror_path)
        # The hash is that of the mirror's file, so ask there first where there is one.
        addresses = [mirror, *addresses] if entry.sha256 else [*addresses, mirror]
    failures: list[SourceError] = []
    for address in addresses:
        candidate = _fetch_candidate([address], entry.id, 100_000_000, settings)
        sha256 = hash_bytes(candidate.data or b"")
        if candidate.error is not None:
            failures.append(candidate.error)
        elif entry.sha256 and sha256 != entry.sha256 and not accept_changed:
            failures.append(SourceError("hash_mismatch", entry.id, f"{address} gave {sha256[:12]}"))
        else:
            return Candidate(
                entry.id, entry.id + Path(candidate.name).suffix, data=candidate.data, url=entry.url or address
            )
    # Other bytes than expected say more than a dead address, and that more than a dead network.
    failures.sort(key=lambda error: (error.reason != "hash_mismatch", error.reason == "network"))
    failures.append(SourceError("not_found", entry.id, "no address in the catalogue"))
    return Candidate(entry.id, entry.id, error=failures[0])


def _fetch_candidate(
    addresses: list[str], source: str, max_bytes: int, settings: FetchSettings | None = None
) -> Candidate:
    from pipeline.extract.fetch import fetch_address

    try:
        fetched = fetch_address(addresses, max_bytes=max_bytes, settings=settings)
    except SourceError as error:
        return Candidate(source, source, error=error)
    name = Path(urlsplit(fetched.url).path).name or "index.html"
    return Candidate(source, name, data=fetched.data, url=fetched.url)
