"""What is in the corpus, what is stale, what is missing, what was refused."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import UsageError
from pipeline.records import MissingRounds
from pipeline.steps.editions import explain_editions
from pipeline.steps.sync import find_stale
from pipeline.steps.workspace import Workspace
from pipeline.store import Store, StoredDocument


@dataclass(frozen=True, slots=True)
class StatusReport:
    """Documents, ids of stale ones, and lines for people on what is missing or refused."""

    documents: tuple[StoredDocument, ...]
    stale: tuple[str, ...]
    lines: tuple[str, ...]


def require_store(workspace: Workspace) -> Store:
    """The store opened for reading; UsageError where nothing was built yet."""
    if not workspace.store_path.exists():
        raise UsageError(f"{workspace.built}: nothing is built yet; run make report (or parley report) first")
    return workspace.open_store(read_only=True)


def read_status(workspace: Workspace) -> StatusReport:
    """The state of the corpus, without changing it."""
    stale = find_stale(workspace)
    documents: tuple[StoredDocument, ...] = ()
    quarantine: tuple[tuple[str, str, str, str], ...] = ()
    if workspace.store_path.exists():
        with workspace.open_store(read_only=True) as store:
            documents, quarantine = store.read_overview(), store.read_quarantine()
    lines = [_count_line(documents)]
    if stale:
        lines.append(
            f"stale: {len(stale)} ({', '.join(stale[:5])}{', ...' if len(stale) > 5 else ''}); parley report brings them up to date"
        )
    guesses = [d for d in documents if d.unsure and d.basis != "digest"]
    lines += [
        f"guess: {d.id}: {', '.join(d.unsure)}; set it with parley ingest FILE --{d.unsure[0]} ..."
        for d in guesses[:20]
    ]
    lines += [
        f"edition: {e.document_id} is the same statement as {e.stands_for}, which is counted for both ({e.why})"
        for e in explain_editions(documents, {d.id: d.edition_of for d in documents if d.edition_of})
    ]
    lines += [f"missing: {_tell_missing(gap)}" for gap in find_missing(workspace, documents)]
    lines += [f"quarantine: {message}" for _, _, _, message in quarantine]
    lines.append(f"model in use: {workspace.model_name or 'none (rules alone)'}")
    return StatusReport(documents, stale, tuple(lines))


def find_missing(workspace: Workspace, documents: tuple[StoredDocument, ...]) -> tuple[MissingRounds, ...]:
    """Rounds of the codebook's frameworks that rest on a digest or on nothing, in the order of the codebook."""
    gaps = []
    for framework in workspace.codebook.frameworks:
        here = [d for d in documents if d.framework == framework.id]
        official = {d.round for d in here if d.basis == "official"}
        digest = {d.round for d in here if d.basis == "digest"} - official
        nothing = [r.id for r in framework.rounds if r.id not in official and r.id not in digest]
        order = {r.id: r.order for r in framework.rounds}
        if digest:
            rounds = tuple(sorted(digest, key=lambda r: (order.get(r, 99), r)))
            gaps.append(MissingRounds(framework.id, rounds, True))
        if nothing:
            gaps.append(MissingRounds(framework.id, tuple(nothing), False))
    return tuple(gaps)


def _tell_missing(gap: MissingRounds) -> str:
    rounds = ", ".join(gap.rounds)
    if gap.digest:
        return f"{gap.framework}: no official text for {rounds} (digest stands in)"
    return f"{gap.framework}: nothing on {rounds}"


def _count_line(documents: tuple[StoredDocument, ...]) -> str:
    counts = {basis: sum(d.basis == basis for d in documents) for basis in ("official", "digest", "paper", "other")}
    parts = [f"{count} {basis}" for basis, count in counts.items() if count]
    return f"{len(documents)} documents ({', '.join(parts) or 'none'}), {sum(d.units for d in documents)} units"
