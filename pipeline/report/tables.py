"""The tables behind the report, with stable English column names and both languages' labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Evidence, Interval
from pipeline.report.cells import Cell, write_csv, write_workbook
from pipeline.report.data import ReportData


@dataclass(frozen=True)
class TableData:
    """A table: its file name without suffix, column names, and rows as long as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def build_tables(data: ReportData) -> tuple[TableData, ...]:
    """All tables of the report, in the order of its sections; those without rows included."""
    return (
        *(_presence_table(data, dimension) for dimension in ("domain", "issue", "industry")),
        _measures(data),
        _crosswalk(data),
        _cells(data),
        _content(data),
        _over_time(data),
        _drift(data),
        _changes(data),
        _threads(data),
        _claims(data),
        _quality(data),
        _shares(data),
        _reliability(data),
        _documents(data),
        _table("quarantine", "source reason message", data.quarantine),
    )


def write_tables(data: ReportData, out_dir: Path) -> list[Path]:
    """Write tables/NAME.csv for each table, and tables.xlsx with all of them."""
    tables = build_tables(data)
    written = [write_csv(out_dir / "tables" / f"{t.name}.csv", t.header, t.rows) for t in tables]
    return [*written, write_workbook(out_dir / "tables.xlsx", [(t.name, t.header, t.rows) for t in tables])]


def join_evidence(evidence: Sequence[Evidence]) -> str:
    """Evidence in a cell: DOCUMENT:UNIT, separated by blanks; what `parley explain` takes."""
    return " ".join(f"{point.document_id}:{point.n}" for point in evidence)


def _table(name: str, header: str, rows: Sequence[Sequence[Cell]]) -> TableData:
    return TableData(name, tuple(header.split()), tuple(tuple(row) for row in rows))


def _names(data: ReportData, code_id: str) -> tuple[str, str]:
    return data.codebook.name_of(code_id, "en"), data.codebook.name_of(code_id, "zh")


def _numbers(interval: Interval) -> tuple[Cell, Cell, Cell]:
    return round(interval.value, 6), round(interval.low, 6), round(interval.high, 6)


def _presence_table(data: ReportData, dimension: str) -> TableData:
    rows = [
        (
            p.selection, p.code_id, *_names(data, p.code_id), p.count, p.units, p.documents, *_numbers(p.share),
            "yes" if p.present else "no", join_evidence(p.evidence),
        )
        for p in data.presence
        if p.dimension == dimension
    ]  # fmt: skip
    header = (
        "selection code name_en name_zh sentences of_sentences documents share share_low share_high present evidence"
    )
    return _table({"domain": "domains", "issue": "issues", "industry": "industries"}[dimension], header, rows)


def _measures(data: ReportData) -> TableData:
    rows = [
        (o.left, o.right, o.dimension, o.measure, *_numbers(o.interval), o.null, o.null_mean, o.p_value)
        for o in data.overlaps
    ]
    return _table("overlap", "left right dimension measure value low high null null_mean p_value", rows)


def _crosswalk(data: ReportData) -> TableData:
    rows = [
        (
            row.table, row.row, row.name_en, row.name_zh, "; ".join(c.label for c in row.left_cells),
            "; ".join(c.label for c in row.right_cells),
            row.left_count, row.right_count, row.relation, row.paper_relation, {None: "", True: "yes", False: "no"}[row.agrees],
            row.paper, row.paper_zh, row.difference, row.difference_zh, join_evidence(row.left_evidence),
            join_evidence(row.right_evidence),
        )
        for row in data.crosswalk
    ]  # fmt: skip
    header = (
        "table row name_en name_zh left_items right_items left_sentences right_sentences relation paper_relation agrees paper "
        "paper_zh difference difference_zh left_evidence right_evidence"
    )
    return _table("paper_tables", header, rows)


def _cells(data: ReportData) -> TableData:
    """A row for each working group, pillar or item of the tables' columns."""
    rows = [
        (row.table, row.row, side, cell.id, cell.name_en, cell.name_zh, "yes" if cell.partial else "no", cell.count,
         len(cell.named), join_evidence(cell.evidence), join_evidence(cell.named))
        for row in data.crosswalk
        for side, cells in ((data.left, row.left_cells), (data.right, row.right_cells))
        for cell in cells
    ]  # fmt: skip
    header = "table row side item name_en name_zh partly sentences naming_it evidence naming_evidence"
    return _table("paper_columns", header, rows)


def _content(data: ReportData) -> TableData:
    rows = [
        (c.issue, *_names(data, c.issue), c.left_units, c.right_units, c.raw, c.discounted, c.elsewhere, c.reused_pairs)
        for c in data.content
    ]
    return _table(
        "content", "issue name_en name_zh left_sentences right_sentences raw discounted elsewhere reused_pairs", rows
    )


def _over_time(data: ReportData) -> TableData:
    rows = [
        (
            t.date,
            t.left_documents,
            t.right_documents,
            t.left_units,
            t.right_units,
            o.dimension,
            o.measure,
            *_numbers(o.interval),
        )
        for t in data.over_time
        for o in t.measures
    ]
    header = "date left_documents right_documents left_sentences right_sentences dimension measure value low high"
    return _table("overlap_over_time", header, rows)


def _drift(data: ReportData) -> TableData:
    rows = [
        (row.framework, row.dimension, row.code_id, *_names(data, row.code_id), name, row.counts[i], row.units[i],
         *_numbers(row.shares[i]), row.slope, row.p_value, row.p_bh, row.p_holm)
        for row in data.drift
        for i, name in enumerate(row.rounds)
    ]  # fmt: skip
    header = (
        "framework dimension code name_en name_zh round sentences of_sentences share low high slope p_value p_bh p_holm"
    )
    return _table("rounds", header, rows)


def _changes(data: ReportData) -> TableData:
    rows = [
        (
            c.framework, c.round_from, c.round_to, c.status, " ".join(c.issues), c.links[0].text if c.links else "", c.to_text,
            c.action_from, c.action_to, c.score, "; ".join(c.signals), join_evidence([link.evidence for link in c.links]),
            join_evidence([c.to] if c.to else []),
        )
        for c in data.changes
    ]  # fmt: skip
    header = "framework round_from round_to status issues text_from text_to action_from action_to score signals from to"
    return _table("changes", header, rows)


def _threads(data: ReportData) -> TableData:
    rows = [
        (t.id, t.framework, t.name, " ".join(t.issues), " ".join(t.industries), s.round, s.date, s.action, s.status, s.text,
         join_evidence([s.evidence]))
        for t in data.threads
        for s in t.steps
    ]  # fmt: skip
    return _table("threads", "thread framework name issues industries round date action status text evidence", rows)


def _claims(data: ReportData) -> TableData:
    rows = [
        (v.claim.id, v.claim.text, v.claim.text_zh, v.claim.where, v.claim.type, v.verdict, v.reason, v.reason_zh,
         join_evidence(v.evidence), " ".join(v.missing))
        for v in data.verdicts
    ]  # fmt: skip
    return _table("claims", "id text text_zh where type verdict reason reason_zh evidence missing", rows)


def _quality(data: ReportData) -> TableData:
    rows = [(q.tagger, q.dimension, q.metric, q.slice, *_numbers(q.interval), q.support) for q in data.quality]
    return _table("quality", "tagger dimension metric slice value low high support", rows)


def _shares(data: ReportData) -> TableData:
    rows = [
        (s.selection, s.dimension, s.code_id, *_names(data, s.code_id), round(s.naive, 6), *_numbers(s.corrected), s.gold_units, s.units)
        for s in data.shares
    ]  # fmt: skip
    header = "selection dimension code name_en name_zh share_tagged share_corrected low high coded_sentences sentences"
    return _table("corrected_shares", header, rows)


def _reliability(data: ReportData) -> TableData:
    rows = [(p.dimension, p.low, p.high, p.confidence, *_numbers(p.right), p.count) for p in data.reliability]
    return _table("reliability", "dimension score_from score_to mean_score share_right low high tags", rows)


def _documents(data: ReportData) -> TableData:
    rows = [
        (d.id, d.title, d.framework, d.round, d.kind, d.date, d.metadata.place.value, d.language, d.basis, d.url, d.source,
         d.sha256, d.media, d.engine, " ".join(d.warnings), d.edition_of)
        for d in data.documents
    ]  # fmt: skip
    header = (
        "id title framework round kind date place language basis url source sha256 media engine warnings edition_of"
    )
    return _table("documents", header, rows)
