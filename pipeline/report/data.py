"""What a report is made of: records of the other rooms, gathered by steps. Nothing here is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.codebook import Codebook
from pipeline.records import (
    Change,
    ClaimVerdict,
    CodedUnit,
    ContentMatch,
    CrosswalkRow,
    Document,
    DriftRow,
    IssueContent,
    MissingRounds,
    Overlap,
    Presence,
    ReliabilityPoint,
    ScoreRow,
    Sensitivity,
    ShareCheck,
    Thread,
    TimePoint,
    WordMark,
)

Marks = tuple[tuple[WordMark, ...], tuple[WordMark, ...]]
"""Word marks of a change: of the best antecedent's text, and of the later text."""

Quarantined = tuple[str, str, str]
"""A source that was refused: source, reason (a key of errors.REASONS), message."""


@dataclass(frozen=True)
class ReportData:
    """Everything a report shows; every part may be empty, and the report then says so.

    ``left`` and ``right``: ids of the two frameworks compared; the ``selection`` of their Presence
    rows is the framework id. ``units``: the coded sentences that can be opened and searched;
    evidence that points outside of them cannot be opened. ``marks``: parallel to ``changes``, or empty.
    ``notes``: what limits the comparison (OverlapResult.notes). ``quality``: figures of
    the tagger (tagger "combined") and of the coders among themselves (tagger "coders"); ``slice`` is "all" (every
    unit counts alike), "macro" (every document does), "language:...", "document:..." or "code:...".
    ``model``: what the model in use was made from, by name.
    ``stamp``: the one thing that may differ between two runs on the same inputs.
    """

    codebook: Codebook
    left: str
    right: str
    documents: tuple[Document, ...] = ()
    units: tuple[CodedUnit, ...] = ()
    presence: tuple[Presence, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    crosswalk: tuple[CrosswalkRow, ...] = ()
    content: tuple[IssueContent, ...] = ()
    matches: tuple[ContentMatch, ...] = ()
    over_time: tuple[TimePoint, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    marks: tuple[Marks, ...] = ()
    threads: tuple[Thread, ...] = ()
    drift: tuple[DriftRow, ...] = ()
    verdicts: tuple[ClaimVerdict, ...] = ()
    quality: tuple[ScoreRow, ...] = ()
    shares: tuple[ShareCheck, ...] = ()
    reliability: tuple[ReliabilityPoint, ...] = ()
    model: Mapping[str, str | int] = field(default_factory=dict)
    quarantine: tuple[Quarantined, ...] = ()
    missing: tuple[MissingRounds, ...] = ()
    stamp: str = ""
