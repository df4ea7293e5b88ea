"""Room of parley: records -> page, tables, figures, summary, corpus export. It computes no result.

``render_report`` writes the whole report folder, ``write_summary`` only the one-page findings,
``export_corpus`` the corpus for other tools. Heavy libraries are imported when one of them runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.report.data import Marks, Quarantined, ReportData
from pipeline.report.kept import KeptFigures

__all__ = [
    "KeptFigures",
    "Marks",
    "Quarantined",
    "ReportData",
    "draw_plot",
    "export_corpus",
    "render_report",
    "write_summary",
]


def render_report(
    data: ReportData,
    out_dir: Path,
    *,
    languages: tuple[str, ...] = ("en", "zh"),
    kept: KeptFigures | None = None,
) -> list[Path]:
    """Write report.html, tables/, figures/, summaries and tables.xlsx; return the files in order.

    ``languages``: "en", "zh" or both; the first one is what the page opens in. ``kept``: where figures are kept
    from one report to the next; the files are the same with it and without.
    Raises UsageError for a language that is not offered.
    """
    from pipeline.report.build import build_report

    return build_report(data, out_dir, languages=languages, kept=kept)


def draw_plot(data: ReportData, name: str, language: str = "en") -> Any:
    """One figure of the report as a matplotlib figure, None where there are no data for it.

    Raises UsageError for a figure or language that is not offered.
    """
    from pipeline.report.figures import draw_plot

    return draw_plot(data, name, language)


def write_summary(data: ReportData, out_dir: Path, *, languages: tuple[str, ...] = ("en", "zh")) -> list[Path]:
    """Write summary.LANGUAGE.md and summary.LANGUAGE.docx; return the files in order."""
    from pipeline.report.summary import write_summaries

    return write_summaries(data, out_dir, languages=languages)


def export_corpus(data: ReportData, out_dir: Path, *, formats: tuple[str, ...] = ()) -> list[Path]:
    """Write the corpus for other tools; return the files in order.

    ``formats``: some of csv, parquet, jsonl, xlsx, quanteda, refi, conllu; all of them where empty.
    Raises UsageError for a format that is not offered.
    """
    from pipeline.report.corpus import write_corpus

    return write_corpus(data, out_dir, formats=formats)
