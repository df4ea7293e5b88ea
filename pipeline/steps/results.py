"""Results from the store: which documents count, overlap, changes, threads, drift, claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.records import Change, ClaimVerdict, CodedUnit, Document, DriftRow, OverlapResult, Thread
from pipeline.steps.selections import Scope, check_names, select_units
from pipeline.steps.workspace import Workspace
from pipeline.store import StoredDocument

if TYPE_CHECKING:
    from pipeline.changes import Tracker
    from pipeline.overlap import Background, PaperCell
    from pipeline.presence import PresenceRule

_ENOUGH_JUDGED = 500


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
    left: Scope | str,
    right: Scope | str,
    *,
    kinds: Sequence[str] = (),
    exclude_kinds: Sequence[str] = (),
) -> OverlapResult:
    """Overlap of two frameworks, or of any parts of them, on the counted documents.

    ``kinds``: only these kinds of document; ``exclude_kinds``: all but these. Raises UsageError for
    names that are not there, and where both sides are the same.
    """
    from pipeline.overlap import OverlapSettings, Selection, score_overlap

    workspace = corpus.workspace
    first, second = (
        replace(scope, framework=workspace.codebook.framework(scope.framework).id)
        for scope in (side if isinstance(side, Scope) else Scope(side) for side in (left, right))
    )
    if first == second:
        raise UsageError(f"both sides are {first.label}; name two different frameworks, rounds or documents")
    there = {unit.kind for unit in corpus.units if unit.basis != "paper"}
    check_names([*kinds, *exclude_kinds], there, "no document is of kind")
    left_out = frozenset(exclude_kinds) | (there - set(kinds) if kinds else frozenset())
    one, other = (Selection(scope.label, select_units(corpus, scope)) for scope in (first, second))
    rule = load_rule(workspace, {c.unit.document_id for c in (*one.units, *other.units)})
    return score_overlap(
        one,
        other,
        workspace.codebook,
        settings=OverlapSettings(rule=rule, exclude_kinds=left_out),
        background=load_background_of(workspace),
        paper=_load_paper_cells(workspace),
    )


def compute_changes(
    corpus: Corpus, framework: str, round_from: str, round_to: str, track: Tracker | None = None
) -> tuple[Change, ...]:
    """The fate of each commitment between two rounds. Raises UsageError for a round without documents.

    ``track``: takes the place of ``changes.track_changes``, here and below.
    """
    from pipeline.changes import track_changes

    return (track or track_changes)(
        select_units(corpus, Scope(framework, (round_from,))),
        select_units(corpus, Scope(framework, (round_to,))),
        framework=framework,
        round_from=round_from,
        round_to=round_to,
    )


def compute_all_changes(corpus: Corpus, framework: str, track: Tracker | None = None) -> tuple[Change, ...]:
    """Changes between all consecutive rounds of a framework."""
    rounds = [name for name, _ in corpus.rounds_of(framework)]
    pairs = (compute_changes(corpus, framework, old, new, track) for old, new in pairwise(rounds))
    return tuple(change for changes in pairs for change in changes)


def compute_threads(corpus: Corpus, framework: str, track: Tracker | None = None) -> tuple[Thread, ...]:
    from pipeline.changes import build_threads

    return build_threads(corpus.rounds_of(framework), framework=framework, track=track)


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
    return check_claims(
        load_claims(workspace.claims),
        units,
        counted,
        workspace.codebook,
        catalogue=catalogue,
        rule=load_rule(workspace, (document.id for document in counted)),
    )


def load_rule(workspace: Workspace, documents: Iterable[str] = ()) -> PresenceRule:
    """The presence rule with the stray rate of each code that the model in use showed on held-out documents.

    Errors differ by kind of text: they are counted on those of ``documents`` that were coded by hand, where
    these have 500 sentences, else on all that were. Without a model the rates stay open, to be taken
    from the tags' scores (settle_rule).
    """
    from pipeline.presence import LEAST_RATES, PresenceRule, count_strays, smooth_rates
    from pipeline.steps.models import read_held_out

    if not workspace.model_dir:
        return PresenceRule()
    judged, codebook = read_held_out(workspace, workspace.model_name), workspace.codebook
    wanted = set(documents)
    own = [unit for unit in judged if unit.document_id in wanted]
    judged = tuple(own) if len(own) >= _ENOUGH_JUDGED else judged
    issues = count_strays(((u.gold.issues, u.found.issues) for u in judged), codebook.substantive_issues)
    industries = count_strays(((u.gold.industries, u.found.industries) for u in judged), codebook.industries)
    rates = smooth_rates(*issues, least=LEAST_RATES["issue"])
    return PresenceRule(rates={**rates, **smooth_rates(*industries, least=LEAST_RATES["industry"])})


def load_background_of(workspace: Workspace) -> Background | None:
    """Phrase counts of unrelated government statements, None where the file is not there."""
    if not workspace.background.exists():
        return None
    from pipeline.overlap import load_background

    return load_background(workspace.background)


def _load_paper_cells(workspace: Workspace) -> tuple[PaperCell, ...]:
    from pipeline.overlap import load_paper_cells

    return load_paper_cells(workspace.paper_tables) if workspace.paper_tables.exists() else ()
