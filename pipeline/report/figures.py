"""Figures as SVG and PNG files, and as SVG that can stand in the page and be clicked.

Every figure has an alternative text, a data table, and links from its marks to the sentences behind
them. The files hold their letters as outlines; the page's version holds text, so that it follows the
page's fonts, colours and screen readers.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.report.cells import Cell, write_csv
from pipeline.report.data import ReportData
from pipeline.report.inline_svg import to_inline_svg
from pipeline.report.words import say

CJK_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "PingFang SC",
    "Microsoft YaHei", "SimHei", "Hiragino Sans GB", "Heiti SC", "Noto Serif CJK SC", "Arial Unicode MS",
)  # fmt: skip
_PRINT_DPI = 200


@dataclass(frozen=True)
class Plot:
    """A drawn matplotlib figure with its words. ``labels``: address of a mark -> what it says aloud."""

    figure: Any
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """A figure as the page shows it: inline SVG, words and data table in one language."""

    name: str
    language: str
    svg: str
    title: str
    alt: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_plain(self) -> dict[str, Any]:
        names = ("name", "language", "svg", "title", "alt", "note", "header", "rows")
        return {name: getattr(self, name) for name in names}


def find_cjk_font() -> str:
    """Name of an installed font with Chinese characters, "" where there is none."""
    from matplotlib import font_manager

    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in CJK_FONTS if name in installed), "")


def write_figures(data: ReportData, folder: Path, *, languages: Sequence[str]) -> tuple[list[Path], list[Drawing]]:
    """Write NAME.LANGUAGE.svg and .png and NAME.LANGUAGE.csv; a figure without data is left out."""
    import matplotlib

    from pipeline.report.plots import PLOTS

    written: list[Path] = []
    drawings: list[Drawing] = []
    folder.mkdir(parents=True, exist_ok=True)
    cjk = find_cjk_font()
    for language in languages:
        with matplotlib.rc_context(_style(language, cjk)):
            for name, plot in _iter_plots(PLOTS, data, language):
                written += _write_files(folder / f"{name}.{language}", plot, language, cjk)
                drawings.append(_draw_inline(name, plot, language, cjk))
    return written, drawings


def _iter_plots(
    plots: dict[str, Callable[[ReportData, str], Plot | None]], data: ReportData, language: str
) -> Iterator[tuple[str, Plot]]:
    for name, make in plots.items():
        plot = make(data, language)
        if plot is not None:
            yield name, plot


def _write_files(stem: Path, plot: Plot, language: str, cjk: str) -> list[Path]:
    """Without a Chinese font the Chinese PNG would show boxes, so only the SVG (as text) is written."""
    plot.figure.draw_without_rendering()
    plot.figure.set_layout_engine("none")  # the layout is settled; redoing it for each file costs most of the time
    table = write_csv(stem.with_name(stem.name + ".csv"), plot.header, plot.rows)
    drawable = language != "zh" or bool(cjk)
    svg = stem.with_name(stem.name + ".svg")
    svg.write_bytes(_save_svg(plot, "path" if drawable else "none"))
    if not drawable:
        return [svg, table]
    png = stem.with_name(stem.name + ".png")
    plot.figure.savefig(png, dpi=_PRINT_DPI, facecolor="white", metadata={"Software": None})
    return [svg, png, table]


def _draw_inline(name: str, plot: Plot, language: str, cjk: str) -> Drawing:
    note = "" if cjk or language != "zh" else say("figure_no_font", language)
    svg = to_inline_svg(_save_svg(plot, "none"), prefix=f"{name}-{language}", alt=plot.alt, labels=plot.labels)
    return Drawing(name, language, svg, say(f"figure_{name}", language), plot.alt, note, plot.header, plot.rows)


def _save_svg(plot: Plot, letters: str) -> bytes:
    import matplotlib

    buffer = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": letters}):
        plot.figure.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=letters == "none"
        )
    return buffer.getvalue()


def _style(language: str, cjk: str) -> Any:
    """Settings of every figure; the salt makes the ids inside the SVG the same on every run."""
    families = [cjk, "DejaVu Sans"] if language == "zh" else ["DejaVu Sans", cjk]
    return {
        "font.family": [family for family in families if family],
        "font.size": 9,
        "text.parse_math": False,
        "text.color": "#1c2530",
        "axes.labelcolor": "#1c2530",
        "axes.edgecolor": "#8a9199",
        "axes.linewidth": 0.8,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 9,
        "axes.titlelocation": "left",
        "axes.unicode_minus": False,
        "xtick.color": "#1c2530",
        "ytick.color": "#1c2530",
        "grid.color": "#c9ccd0",
        "grid.linewidth": 0.6,
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
        "svg.hashsalt": "parley",
    }
