"""Write the report when anything it rests on has changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.machine import import_scipy, relax_collector
from pipeline.records import Change, ClaimVerdict, DriftRow, Thread
from pipeline.steps.aside import start_aside
from pipeline.steps.files import write_text
from pipeline.steps.quality import gather_quality
from pipeline.steps.status import find_missing
from pipeline.steps.sync import SyncReport, find_stale, sync_corpus
from pipeline.steps.workspace import Workspace
from pipeline.store import StoredDocument

if TYPE_CHECKING:
    from pipeline.report import ReportData
    from pipeline.steps.results import Corpus

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Where the page is, whether it was written anew, and what it rests on in a line."""

    page: Path
    written: bool
    sync: SyncReport
    basis: str


def make_report(
    workspace: Workspace,
    *,
    left: str = "",
    right: str = "",
    languages: tuple[str, ...] = ("en", "zh"),
    workers: int = 1,
    progress: Progress | None = None,
) -> ReportResult:
    """Bring the corpus up to date and write the report; nothing is done where nothing changed.

    ``left`` and ``right``: the frameworks to compare, the codebook's first two where not given.
    """
    stale = find_stale(workspace)
    sync = sync_corpus(workspace, workers=workers, progress=progress) if stale or _has_gone(workspace) else SyncReport()
    with workspace.open_store(read_only=True) as store:
        overview = store.read_overview()
    key = _report_key(workspace, overview, (left, right, *languages))
    page = workspace.report / "report.html"
    basis = describe_basis(overview)
    if page.exists() and _read_stamp(workspace) == key:
        return ReportResult(page, False, sync, basis)
    from pipeline.report import KeptFigures, render_report

    relax_collector()
    import_scipy()
    data = gather_report(workspace, left=left, right=right, stamp=key[:12])
    staging = workspace.built / "report.new"
    shutil.rmtree(staging, ignore_errors=True)
    kept = KeptFigures(workspace.built / "figures", workspace.code_version)
    render_report(data, staging, languages=languages, kept=kept)
    shutil.rmtree(workspace.report, ignore_errors=True)
    staging.replace(workspace.report)
    write_text(workspace.built / "report.key", key)
    return ReportResult(page, True, sync, basis)


def gather_report(workspace: Workspace, *, left: str = "", right: str = "", stamp: str = "") -> ReportData:
    """Everything a report shows, computed from the store."""
    from pipeline.report import ReportData
    from pipeline.steps import results

    corpus = results.load_corpus(workspace)
    left, right = choose_frameworks(corpus, left, right)
    wait_for_course = start_aside(_compute_course, corpus, (left, right))
    overlap = results.compute_overlap(corpus, left, right)
    quality = gather_quality(workspace, {name: corpus.of_framework(name) for name in (left, right)})
    course = wait_for_course()
    with workspace.open_store(read_only=True) as store:
        quarantine = tuple((source, reason, message) for source, _, reason, message in store.read_quarantine())
        missing = find_missing(workspace, store.read_overview())
    return ReportData(
        codebook=workspace.codebook,
        left=left,
        right=right,
        documents=corpus.documents,
        units=corpus.units,
        presence=overlap.presence,
        overlaps=(*overlap.measures, *overlap.background),
        crosswalk=overlap.crosswalk,
        content=overlap.content,
        matches=overlap.matches,
        over_time=overlap.over_time,
        sensitivity=overlap.sensitivity,
        notes=overlap.notes,
        changes=course.changes,
        marks=course.marks,
        threads=course.threads,
        drift=course.drift,
        verdicts=course.verdicts,
        quality=quality.scores,
        shares=quality.shares,
        reliability=quality.reliability,
        model=quality.facts,
        quarantine=quarantine,
        missing=missing,
        stamp=stamp,
    )


def choose_frameworks(corpus: Corpus, left: str, right: str) -> tuple[str, str]:
    """The two frameworks named, else the first two of the codebook that have documents."""
    frameworks = [f.id for f in corpus.workspace.codebook.frameworks if corpus.of_framework(f.id)]
    chosen = [corpus.workspace.codebook.framework(name).id for name in (left, right) if name]
    chosen += [name for name in frameworks if name not in chosen]
    if len(chosen) < 2:
        raise UsageError("a report compares two frameworks, and the corpus has fewer; ingest documents of a second one")
    return chosen[0], chosen[1]


def describe_basis(documents: Sequence[StoredDocument]) -> str:
    """What a report rests on, in a line."""
    from pipeline.steps.results import choose_documents

    counted = choose_documents(documents)
    official = sum(d.basis == "official" for d in documents if d.id in counted)
    digests = sum(d.basis == "digest" for d in documents if d.id in counted)
    if not official:
        return f"rests on {digests} digests in our own words, no official text; get those with make fetch"
    return f"rests on {official} official texts" + (f" and {digests} digests for rounds without one" if digests else "")


@dataclass(frozen=True, slots=True)
class _Course:
    """What became of the frameworks' words over their rounds, and of the claims; ``marks`` follow ``changes``."""

    changes: tuple[Change, ...]
    marks: tuple[Any, ...]
    threads: tuple[Thread, ...]
    drift: tuple[DriftRow, ...]
    verdicts: tuple[ClaimVerdict, ...]


def _compute_course(corpus: Corpus, frameworks: Sequence[str]) -> _Course:
    from pipeline.steps import results
    from pipeline.steps.kept import KeptChanges

    kept = KeptChanges(corpus.workspace)
    changes = tuple(change for name in frameworks for change in results.compute_all_changes(corpus, name, kept.track))
    threads = tuple(thread for name in frameworks for thread in results.compute_threads(corpus, name, kept.track))
    kept.save()
    return _Course(
        changes,
        _mark_changes(changes),
        threads,
        tuple(row for name in frameworks for row in results.compute_drift(corpus, name)),
        results.compute_verdicts(corpus),
    )


def _mark_changes(changes: Sequence[Change]) -> tuple[Any, ...]:
    from pipeline.changes import mark_words

    return tuple(
        mark_words(change.links[0].text, change.to_text) if change.links and change.to else ((), ())
        for change in changes
    )


def _has_gone(workspace: Workspace) -> bool:
    """Whether the store has documents whose digest or manifest entry is gone."""
    from pipeline.steps.sync import list_wanted

    if not workspace.store_path.exists():
        return True
    with workspace.open_store(read_only=True) as store:
        return {d.id for d in store.read_overview()} != set(list_wanted(workspace))


def _report_key(workspace: Workspace, documents: Sequence[StoredDocument], settings: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for document in documents:
        digest.update(
            f"{document.id}:{document.sha256}:{document.extract_key}:{document.tag_key}:{document.edition_of}\n".encode()
        )
    given = (workspace.claims, workspace.catalogue, workspace.background, workspace.paper_tables)
    for path in (*given, *sorted(workspace.annotations.glob("*.jsonl"))):
        digest.update(path.read_bytes() if path.exists() else b"-")
    digest.update("|".join((workspace.code_version, workspace.tag_version, *settings)).encode())
    digest.update(_hash_templates())
    return digest.hexdigest()


def _hash_templates() -> bytes:
    folder = Path(__file__).resolve().parent.parent / "report"
    digest = hashlib.sha256()
    for name in ("templates", "static"):
        for path in sorted((folder / name).rglob("*")):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.digest()


def _read_stamp(workspace: Workspace) -> str:
    try:
        return (workspace.built / "report.key").read_text("utf-8")
    except OSError:
        return ""
