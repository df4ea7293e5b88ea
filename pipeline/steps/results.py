"""Results from the store: which documents count, overlap, changes, threads, drift, claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.records import Change, ClaimVerdict, CodedUnit, Document, DriftRow, OverlapResult, Thread
from pipeline.steps.workspace import Workspace
from pipeline.store import StoredDocument

if TYPE_CHECKING:
    from pipeline.overlap import Background, PaperCell


@dataclass(frozen=True)
class Corpus:
    """The documents that count and their coded units.

    Of the editions of a statement one counts; a digest counts only where its round has no
    official text.
    """

    workspace: Workspace
    documents: tuple[Document, ...]
    units: tuple[CodedUnit, ...]

    @cached_property
    def counted(self) -> frozenset[str]:
        return frozenset(unit.unit.document_id for unit in self.units)

    def of_framework(self, framework: str) -> tuple[CodedUnit, ...]:
        return tuple(unit for unit in self.units if unit.framework == framework and unit.basis != "paper")

    def rounds_of(self, framework: str) -> list[tuple[str, tuple[CodedUnit, ...]]]:
        """(round id, units) of the meetings, in the order of the codebook, then by date."""
        definition = self.workspace.codebook.framework(framework)
        grouped: dict[str, list[CodedUnit]] = {}
        for unit in self.of_framework(framework):
            grouped.setdefault(unit.round, []).append(unit)
        dates = {name: max(unit.date for unit in units) for name, units in grouped.items()}
        known = {r.id for r in definition.rounds}
        texts = {r.id for r in definition.rounds if not r.meeting}
        order = sorted(
            (name for name in grouped if name and name not in texts),
            key=lambda name: (definition.round_order(name) if name in known else 10_000, dates[name], name),
        )
        return [(name, tuple(grouped[name])) for name in order]


def load_corpus(workspace: Workspace) -> Corpus:
    """Read the counted documents and units from the store. Raises UsageError where nothing is built."""
    from pipeline.steps.status import require_store

    with require_store(workspace) as store:
        counted = choose_documents(store.read_overview())
        documents = tuple(store.iter_documents())
        units = store.read_coded_units(sorted(counted))
    return Corpus(workspace, documents, units)


def choose_documents(documents: Sequence[StoredDocument]) -> set[str]:
    """Ids of the documents that count in scores."""
    official = {(d.framework, d.round) for d in documents if d.basis == "official" and d.framework}
    return {
        d.id for d in documents if not d.edition_of and (d.basis != "digest" or (d.framework, d.round) not in official)
    }


def compute_overlap(
    corpus: Corpus,
    left: str,
    right: str,
    *,
    left_rounds: Sequence[str] = (),
    right_rounds: Sequence[str] = (),
    exclude_kinds: Sequence[str] = (),
) -> OverlapResult:
    """Overlap of two frameworks, or of some of their rounds, on the counted documents."""
    from pipeline.overlap import OverlapSettings, Selection, score_overlap

    workspace = corpus.workspace
    return score_overlap(
        Selection(left, _select(corpus, left, left_rounds)),
        Selection(right, _select(corpus, right, right_rounds)),
        workspace.codebook,
        settings=OverlapSettings(exclude_kinds=frozenset(exclude_kinds)),
        background=load_background_of(workspace),
        paper=_load_paper_cells(workspace),
    )


def compute_changes(corpus: Corpus, framework: str, round_from: str, round_to: str) -> tuple[Change, ...]:
    """The fate of each commitment between two rounds. Raises UsageError for a round without documents."""
    from pipeline.changes import track_changes

    return track_changes(
        _select(corpus, framework, [round_from]),
        _select(corpus, framework, [round_to]),
        framework=framework,
        round_from=round_from,
        round_to=round_to,
        codebook=corpus.workspace.codebook,
    )


def compute_all_changes(corpus: Corpus, framework: str) -> tuple[Change, ...]:
    """Changes between all consecutive rounds of a framework."""
    rounds = [name for name, _ in corpus.rounds_of(framework)]
    return tuple(change for old, new in pairwise(rounds) for change in compute_changes(corpus, framework, old, new))


def compute_threads(corpus: Corpus, framework: str) -> tuple[Thread, ...]:
    from pipeline.changes import build_threads

    return build_threads(
        corpus.rounds_of(framework),
        framework=framework,
        codebook=corpus.workspace.codebook,
    )


def compute_drift(corpus: Corpus, framework: str) -> tuple[DriftRow, ...]:
    from pipeline.changes import measure_drift

    return measure_drift(corpus.rounds_of(framework), codebook=corpus.workspace.codebook, framework=framework)


def compute_verdicts(corpus: Corpus) -> tuple[ClaimVerdict, ...]:
    """The claims of corpus/claims.yaml against the counted documents; empty where there is no such file."""
    if not corpus.workspace.claims.exists():
        return ()
    from dataclasses import asdict

    from pipeline.claims import check_claims, load_claims
    from pipeline.steps.catalogue import read_catalogue

    workspace = corpus.workspace
    counted = [d for d in corpus.documents if d.id in corpus.counted and d.basis != "paper"]
    units = [unit for unit in corpus.units if unit.basis != "paper"]
    catalogue = [asdict(entry) for entry in read_catalogue(workspace.catalogue)]
    return check_claims(load_claims(workspace.claims), units, counted, workspace.codebook, catalogue=catalogue)


def load_background_of(workspace: Workspace) -> Background | None:
    """Phrase counts of unrelated government statements, None where the file is not there."""
    if not workspace.background.exists():
        return None
    from pipeline.overlap import load_background

    return load_background(workspace.background)


def _load_paper_cells(workspace: Workspace) -> tuple[PaperCell, ...]:
    from pipeline.overlap import load_paper_cells

    return load_paper_cells(workspace.paper_tables) if workspace.paper_tables.exists() else ()


def _select(corpus: Corpus, framework: str, rounds: Sequence[str]) -> tuple[CodedUnit, ...]:
    framework = corpus.workspace.codebook.framework(framework).id
    units = corpus.of_framework(framework)
    known = sorted({unit.round for unit in units})
    for name in rounds:
        if name not in known:
            raise UsageError(
                f"{framework} has no documents for round '{name}'; rounds with documents: {', '.join(known) or 'none'}"
            )
    return tuple(unit for unit in units if not rounds or unit.round in rounds)
