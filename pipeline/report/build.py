"""The whole report folder: page, tables, figures, summaries."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.data import ReportData
from pipeline.report.figures import write_figures
from pipeline.report.kept import KeptFigures
from pipeline.report.page import write_page
from pipeline.report.summary import write_summaries
from pipeline.report.tables import write_tables
from pipeline.report.words import check_languages


def build_report(
    data: ReportData, out_dir: Path, *, languages: tuple[str, ...], kept: KeptFigures | None = None
) -> list[Path]:
    """Write everything below ``out_dir``; the page comes first in the returned list."""
    chosen = check_languages(languages)
    out_dir.mkdir(parents=True, exist_ok=True)

    def write_rest() -> list[Path]:
        return [*write_summaries(data, out_dir, languages=chosen), *write_tables(data, out_dir)]

    figures, drawings, rest = write_figures(
        data, out_dir / "figures", languages=chosen, kept=kept, meanwhile=write_rest
    )
    page = write_page(data, out_dir / "report.html", languages=chosen, drawings=drawings)
    return [page, *rest, *figures]
