"""The corpus for other tools: tables in four forms, quanteda's columns, a REFI-QDA project, tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import UsageError, hint_nearest
from pipeline.records import CodedUnit
from pipeline.report.cells import Cell, write_csv, write_workbook
from pipeline.report.conllu import to_conllu
from pipeline.report.data import ReportData
from pipeline.report.refi import to_refi_project
from pipeline.report.tables import TableData, build_tables

_SHARED = (
    "domains", "issues", "industries", "overlap", "overlap_over_time", "paper_tables", "paper_columns", "content", "claims",
    "changes", "threads", "documents",
)  # fmt: skip


def build_corpus_tables(data: ReportData) -> tuple[TableData, ...]:
    """units, tags and codebook, then the tables of the report that go with them."""
    tables = {table.name: table for table in build_tables(data)}
    return (*build_unit_tables(data), *(tables[name] for name in _SHARED))


def build_unit_tables(data: ReportData) -> tuple[TableData, ...]:
    """units, tags and codebook: what can be told without any analysis."""
    return _units(data), _tags(data), _codebook(data)


def write_corpus(data: ReportData, out_dir: Path, *, formats: tuple[str, ...] = ()) -> list[Path]:
    """Write the formats asked for, all of them where none is named; see report.export_corpus."""
    wrong = sorted(set(formats) - set(_WRITERS))
    if wrong:
        hint = hint_nearest(wrong[0], _WRITERS)
        raise UsageError(f"unknown export format '{', '.join(wrong)}'; {hint} use some of: {', '.join(_WRITERS)}")
    out_dir.mkdir(parents=True, exist_ok=True)
    return [path for name, write in _WRITERS.items() if not formats or name in formats for path in write(data, out_dir)]


def _write_csv(data: ReportData, out_dir: Path) -> list[Path]:
    return [write_csv(out_dir / "csv" / f"{t.name}.csv", t.header, t.rows) for t in build_corpus_tables(data)]


def _write_parquet(data: ReportData, out_dir: Path) -> list[Path]:
    import pyarrow
    import pyarrow.parquet

    folder = out_dir / "parquet"
    folder.mkdir(exist_ok=True)
    written = []
    for table in build_corpus_tables(data):
        columns = {name: _column([row[i] for row in table.rows]) for i, name in enumerate(table.header)}
        path = folder / f"{table.name}.parquet"
        pyarrow.parquet.write_table(pyarrow.table(columns), path, compression="zstd")
        written.append(path)
    return written


def _column(values: list[Cell]) -> object:
    """One type a column: numbers only where all are numbers; an empty column holds text."""
    import pyarrow

    present = [value for value in values if value is not None]
    if present and all(isinstance(value, int) for value in present):
        return pyarrow.array(values, pyarrow.int64())
    if present and all(isinstance(value, int | float) for value in present):
        return pyarrow.array(values, pyarrow.float64())
    return pyarrow.array([None if value is None else str(value) for value in values], pyarrow.string())


def _write_jsonl(data: ReportData, out_dir: Path) -> list[Path]:
    folder = out_dir / "jsonl"
    folder.mkdir(exist_ok=True)
    written = []
    for table in build_corpus_tables(data):
        path = folder / f"{table.name}.jsonl"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for row in table.rows:
                file.write(json.dumps(dict(zip(table.header, row, strict=True)), ensure_ascii=False) + "\n")
        written.append(path)
    return written


def _write_xlsx(data: ReportData, out_dir: Path) -> list[Path]:
    tables = build_corpus_tables(data)
    return [write_workbook(out_dir / "corpus.xlsx", [(t.name, t.header, t.rows) for t in tables])]


def _write_quanteda(data: ReportData, out_dir: Path) -> list[Path]:
    """doc_id and text first, then docvars: in R, corpus(readtext(..., text_field = "text", docid_field = "doc_id"))."""
    header = (
        "doc_id", "text", "document", "framework", "round", "kind", "date", "basis", "language", "section", "page", "issue",
        "issues", "industries", "action",
    )  # fmt: skip
    rows = [
        (
            f"{c.unit.document_id}:{c.unit.n}", c.unit.text, c.unit.document_id, c.framework, c.round, c.kind, c.date, c.basis,
            c.unit.language, c.unit.section, c.unit.page, c.tags.main_issue if c.tags.issues else "", _codes(c, "issue"),
            _codes(c, "industry"), c.tags.action.code_id,
        )
        for c in data.units
    ]  # fmt: skip
    return [write_csv(out_dir / "quanteda_corpus.csv", header, rows)]


def _write_refi(data: ReportData, out_dir: Path) -> list[Path]:
    path = out_dir / "corpus.qdpx"
    path.write_bytes(to_refi_project(data))
    return [path]


def _write_conllu(data: ReportData, out_dir: Path) -> list[Path]:
    path = out_dir / "tokens.conllu"
    path.write_text(to_conllu(data.units), encoding="utf-8", newline="\n")
    return [path]


_WRITERS: dict[str, Callable[[ReportData, Path], list[Path]]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "jsonl": _write_jsonl,
    "xlsx": _write_xlsx,
    "quanteda": _write_quanteda,
    "refi": _write_refi,
    "conllu": _write_conllu,
}


def _units(data: ReportData) -> TableData:
    header = (
        "document", "unit", "framework", "round", "kind", "date", "basis", "language", "section", "page", "start", "end", "issue",
        "issues", "industries", "action", "text",
    )  # fmt: skip
    rows = tuple(
        (
            c.unit.document_id, c.unit.n, c.framework, c.round, c.kind, c.date, c.basis, c.unit.language, c.unit.section,
            c.unit.page, c.unit.start, c.unit.end, c.tags.main_issue if c.tags.issues else "", _codes(c, "issue"),
            _codes(c, "industry"), c.tags.action.code_id, c.unit.text,
        )
        for c in data.units
    )  # fmt: skip
    return TableData("units", header, rows)


def _tags(data: ReportData) -> TableData:
    rows = [
        (c.unit.document_id, c.unit.n, tag.dimension, rank, tag.code_id, round(tag.score, 6), tag.by)
        for c in data.units
        for tags in (c.tags.issues, c.tags.industries, (c.tags.action,))
        for rank, tag in enumerate(tags, start=1)
    ]
    return TableData("tags", ("document", "unit", "dimension", "rank", "code", "score", "by"), tuple(rows))


def _codebook(data: ReportData) -> TableData:
    rows = [
        (c.dimension, c.domain, c.id, c.name.en, c.name.zh, c.definition, "; ".join(c.include), "; ".join(c.exclude))
        for c in data.codebook.codes
    ]
    header = ("dimension", "domain", "code", "name_en", "name_zh", "definition", "include", "exclude")
    return TableData("codebook", header, tuple(rows))


def _codes(coded: CodedUnit, dimension: str) -> str:
    tags = coded.tags.issues if dimension == "issue" else coded.tags.industries
    return " ".join(tag.code_id for tag in tags)
