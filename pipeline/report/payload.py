"""ReportData -> the plain values that the page's script reads, kept small for 20,000 sentences.

Sentences are stored by column; a tag is [code, hundredths of score, maker], all three by index.
Evidence becomes indexes of sentences; evidence outside of the given sentences is left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from pipeline.codebook import FrameworkDef, GroupDef, ItemDef
from pipeline.records import (
    Change,
    ClaimVerdict,
    CodedUnit,
    CrosswalkCell,
    CrosswalkRow,
    Document,
    DriftRow,
    Evidence,
    Interval,
    Overlap,
    Presence,
    Tag,
    Thread,
    TimePoint,
    WordMark,
)
from pipeline.report.data import ReportData

Plain = dict[str, Any]


def build_payload(data: ReportData) -> Plain:
    """Everything the page shows, as values that JSON can hold."""
    index = _Index(data)
    return {
        "stamp": data.stamp,
        "left": data.left,
        "right": data.right,
        "codebook": data.codebook.sha256[:12],
        "codes": index.codes,
        "domains": [
            {"id": d.id, "en": d.name.en, "zh": d.name.zh, "row": d.row, "sub": d.substantive}
            for d in data.codebook.domains
        ],
        "frameworks": [_framework(f) for f in data.codebook.frameworks],
        "docs": _documents(data),
        "units": index.columns(data.units),
        "presence": [_presence(row, index) for row in data.presence],
        "overlaps": [_overlap(row) for row in data.overlaps],
        "crosswalk": [_crosswalk(row, index) for row in data.crosswalk],
        "content": [
            [
                c.issue,
                c.left_units,
                c.right_units,
                _round(c.raw),
                _round(c.discounted),
                _round(c.elsewhere),
                c.reused_pairs,
            ]
            for c in data.content
        ],
        "matches": [
            [m.issue, index.find(m.left), index.find(m.right), _round(m.raw), _round(m.discounted), m.reused]
            for m in data.matches
        ],
        "overTime": [_time_point(point) for point in data.over_time],
        "changes": [
            _change(change, data.marks[position] if position < len(data.marks) else ((), ()), index)
            for position, change in enumerate(data.changes)
        ],
        "threads": [_thread(thread, index) for thread in data.threads],
        "drift": [_drift(row) for row in data.drift],
        "claims": [_claim(verdict, index) for verdict in data.verdicts],
        "quality": [[q.tagger, q.dimension, q.metric, q.slice, _interval(q.interval), q.support] for q in data.quality],
        "shares": [
            [s.selection, s.dimension, s.code_id, _round(s.naive), _interval(s.corrected), s.gold_units, s.units]
            for s in data.shares
        ],
        "model": dict(data.model),
        "quarantine": [list(row) for row in data.quarantine],
        "missing": [[gap.framework, list(gap.rounds), gap.digest] for gap in data.missing],
        "notes": list(data.notes),
    }


def to_script_json(payload: Plain) -> str:
    """JSON that cannot end or escape the script element it stands in."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=False, allow_nan=False)
    for sign, escape in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, escape)
    return text.encode("utf-8", "replace").decode("utf-8")


def safe_address(url: str) -> str:
    """The address where it is plain http or https with a host, else ""."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


class _Index:
    """Positions of codes, makers of tags, sections and sentences in the page's tables."""

    def __init__(self, data: ReportData) -> None:
        self.codes: list[Plain] = [
            {"id": c.id, "dim": c.dimension, "domain": c.domain, "en": c.name.en, "zh": c.name.zh, "def": c.definition}
            for c in data.codebook.codes
        ]
        self._code = {code["id"]: position for position, code in enumerate(self.codes)}
        self._unit = {(u.unit.document_id, u.unit.n): position for position, u in enumerate(data.units)}
        self._doc = {document.id: position for position, document in enumerate(data.documents)}

    def find(self, evidence: Evidence | None) -> int:
        """Index of the sentence, -1 where it is not among the given ones."""
        return -1 if evidence is None else self._unit.get((evidence.document_id, evidence.n), -1)

    def find_all(self, evidence: Iterable[Evidence]) -> list[int]:
        return [position for position in (self.find(point) for point in evidence) if position >= 0]

    def code(self, code_id: str, dimension: str = "issue") -> int:
        """Index of a code; one that the codebook no longer has is added under its id."""
        if code_id not in self._code:
            self._code[code_id] = len(self.codes)
            self.codes.append({"id": code_id, "dim": dimension, "domain": "", "en": code_id, "zh": code_id, "def": ""})
        return self._code[code_id]

    def columns(self, units: tuple[CodedUnit, ...]) -> Plain:
        sections: dict[str, int] = {}
        makers: dict[str, int] = {}

        def tag(one: Tag) -> list[int]:
            code = self.code(one.code_id, one.dimension)
            return [code, round(100 * one.score), makers.setdefault(one.by, len(makers))]

        columns: Plain = {
            "doc": [self._doc.get(u.unit.document_id, -1) for u in units],
            "n": [u.unit.n for u in units],
            "text": [_mend(u.unit.text) for u in units],
            "section": [sections.setdefault(u.unit.section, len(sections)) for u in units],
            "page": [u.unit.page or 0 for u in units],
            "issues": [[tag(t) for t in u.tags.issues] for u in units],
            "industries": [[tag(t) for t in u.tags.industries] for u in units],
            "action": [tag(u.tags.action) for u in units],
        }
        return columns | {"sections": [_mend(section) for section in sections], "makers": list(makers)}


def _documents(data: ReportData) -> list[Plain]:
    counts = Counter(u.unit.document_id for u in data.units)
    return [_document(document, counts[document.id]) for document in data.documents]


def _document(document: Document, units: int) -> Plain:
    found = document.metadata
    fields = ("framework", "round", "kind", "date", "place", "language", "title")
    return {
        "id": document.id,
        "title": document.title or document.id,
        "fw": document.framework,
        "round": document.round,
        "kind": document.kind,
        "date": document.date,
        "place": found.place.value,
        "lang": document.language,
        "basis": document.basis,
        "url": safe_address(document.url),
        "source": document.source,
        "sha": document.sha256,
        "media": document.media,
        "engine": document.engine,
        "warn": list(document.warnings),
        "edition": document.edition_of,
        "units": units,
        "unsure": [name for name in fields if not getattr(found, name).sure],
    }


def _framework(framework: FrameworkDef) -> Plain:
    parts: list[GroupDef | ItemDef] = [*framework.groups, *(item for group in framework.groups for item in group.items)]
    return {
        "id": framework.id,
        "en": framework.name.en,
        "zh": framework.name.zh,
        "parties": list(framework.parties),
        "rounds": [
            {"id": r.id, "en": r.name.en, "zh": r.name.zh, "date": r.date, "end": r.end, "place": r.place}
            for r in framework.rounds
        ],
        "items": {part.id: [part.name.en, part.name.zh] for part in parts},
    }


def _presence(row: Presence, index: _Index) -> Plain:
    return {
        "sel": row.selection,
        "dim": row.dimension,
        "code": row.code_id,
        "count": row.count,
        "units": row.units,
        "docs": row.documents,
        "share": _interval(row.share),
        "present": row.present,
        "ev": index.find_all(row.evidence),
    }


def _overlap(row: Overlap) -> Plain:
    return {
        "left": row.left,
        "right": row.right,
        "measure": row.measure,
        "dim": row.dimension,
        "iv": _interval(row.interval),
        "null": row.null,
        "mean": _round(row.null_mean),
        "p": _round(row.p_value),
    }


def _crosswalk(row: CrosswalkRow, index: _Index) -> Plain:
    return {
        "table": row.table,
        "row": row.row,
        "name": [row.name_en, row.name_zh],
        "left": [_cell(cell, index) for cell in row.left_cells],
        "right": [_cell(cell, index) for cell in row.right_cells],
        "lcount": row.left_count,
        "rcount": row.right_count,
        "rel": row.relation,
        "prel": row.paper_relation,
        "agrees": row.agrees,
        "paper": [row.paper, row.paper_zh or row.paper],
        "diff": [row.difference, row.difference_zh or row.difference],
        "lev": index.find_all(row.left_evidence),
        "rev": index.find_all(row.right_evidence),
    }


def _cell(cell: CrosswalkCell, index: _Index) -> Plain:
    return {
        "name": [cell.name_en, cell.name_zh],
        "id": cell.id,
        "part": cell.partial,
        "count": cell.count,
        "ev": index.find_all(cell.evidence),
        "named": index.find_all(cell.named),
    }


def _time_point(point: TimePoint) -> Plain:
    return {
        "date": point.date,
        "docs": [point.left_documents, point.right_documents],
        "units": [point.left_units, point.right_units],
        "measures": [_overlap(row) for row in point.measures],
    }


def _change(change: Change, marks: tuple[tuple[WordMark, ...], tuple[WordMark, ...]], index: _Index) -> Plain:
    return {
        "fw": change.framework,
        "from": change.round_from,
        "to": change.round_to,
        "status": change.status,
        "issues": [index.code(issue) for issue in change.issues],
        "links": [
            [
                index.find(link.evidence),
                _mend(link.text),
                _round(link.score),
                [[name, _round(w)] for name, w in link.reasons],
            ]
            for link in change.links
        ],
        "unit": index.find(change.to),
        "text": _mend(change.to_text),
        "acts": [change.action_from, change.action_to],
        "score": _round(change.score),
        "signals": list(change.signals),
        "marks": [[[m.start, m.end] for m in side if m.kind == "changed"] for side in marks],
    }


def _thread(thread: Thread, index: _Index) -> Plain:
    return {
        "id": thread.id,
        "fw": thread.framework,
        "name": thread.name,
        "issues": [index.code(issue) for issue in thread.issues],
        "industries": [index.code(code, "industry") for code in thread.industries],
        "steps": [[s.round, s.date, index.find(s.evidence), _mend(s.text), s.action, s.status] for s in thread.steps],
    }


def _drift(row: DriftRow) -> Plain:
    return {
        "fw": row.framework,
        "dim": row.dimension,
        "code": row.code_id,
        "rounds": list(row.rounds),
        "shares": [_interval(share) for share in row.shares],
        "counts": list(row.counts),
        "units": list(row.units),
        "slope": _round(row.slope),
        "p": [_round(row.p_value), _round(row.p_bh), _round(row.p_holm)],
    }


def _claim(verdict: ClaimVerdict, index: _Index) -> Plain:
    claim = verdict.claim
    return {
        "id": claim.id,
        "text": [claim.text, claim.text_zh or claim.text],
        "where": claim.where,
        "type": claim.type,
        "verdict": verdict.verdict,
        "reason": [verdict.reason, verdict.reason_zh or verdict.reason],
        "ev": index.find_all(verdict.evidence),
        "missing": list(verdict.missing),
    }


def _interval(interval: Interval) -> list[float | None]:
    return [_round(interval.value), _round(interval.low), _round(interval.high)]


def _round(value: float | None) -> float | None:
    """Four digits suffice for the page; what is no number becomes null."""
    return None if value is None or value != value or abs(value) == float("inf") else round(float(value), 4)


def _mend(text: str) -> str:
    """Text without lone surrogates, which no browser can show."""
    return text.encode("utf-8", "replace").decode("utf-8")
