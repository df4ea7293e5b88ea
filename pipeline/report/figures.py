"""Figures as SVG and PNG files, and as SVG that can stand in the page and be clicked.

Every figure has an alternative text, a data table, and links from its marks to the sentences behind
them. The SVG keeps its letters as text: in the page it follows the page's fonts, colours and screen readers.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError, hint_nearest
from pipeline.machine import count_cores
from pipeline.report.cells import Cell, write_csv
from pipeline.report.data import ReportData
from pipeline.report.drawing import Drawing, Drawn
from pipeline.report.inline_svg import to_inline_svg
from pipeline.report.kept import KeptFigures, select_parts
from pipeline.report.png import encode_png
from pipeline.report.words import check_languages, say

CJK_FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "PingFang SC",
    "Microsoft YaHei", "SimHei", "Hiragino Sans GB", "Heiti SC", "Noto Serif CJK SC", "Arial Unicode MS",
)  # fmt: skip
_PRINT_DPI = 200
_MOST_PIXELS = 2200
"""Width of the widest bitmap: sharp on a printed page, where a figure is at most about 7 inches wide."""


@dataclass(frozen=True)
class Plot:
    """A drawn matplotlib figure with its words. ``labels``: address of a mark -> what it says aloud."""

    figure: Any
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labels: dict[str, str] = field(default_factory=dict)


@cache
def find_cjk_font() -> str:
    """Name of an installed font with Chinese characters, "" where there is none."""
    from matplotlib import font_manager

    return _find_known_font() or (_find_known_font() if _add_new_fonts(font_manager) else "")


def _find_known_font() -> str:
    from matplotlib import font_manager

    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in CJK_FONTS if name in installed), "")


def _add_new_fonts(font_manager: Any) -> bool:
    """Matplotlib keeps a list of fonts from its first run; add those that were installed since."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    new = sorted(set(font_manager.findSystemFonts()) - known)
    for path in new:
        with suppress(Exception):  # a broken font file is no reason to stop
            font_manager.fontManager.addfont(path)
    return bool(new)


def write_figures(
    data: ReportData,
    folder: Path,
    *,
    languages: Sequence[str],
    kept: KeptFigures | None = None,
    meanwhile: Callable[[], list[Path]] = list,
) -> tuple[list[Path], list[Drawing], list[Path]]:
    """Write NAME.LANGUAGE.svg and .png and NAME.LANGUAGE.csv; a figure without data is left out.

    Drawing is most of a report's time, so that a figure whose data did not change is taken from ``kept``, and the others
    are shared out over the cores, each in a fork. ``meanwhile`` writes what needs no figure while they are drawn; what it
    returns comes last.
    """
    from pipeline.report.plots import PLOTS

    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: select_parts(data, kind.parts) for name, kind in PLOTS.items()}
    marks = {name: kept.mark(part) for name, part in parts.items()} if kept else {}
    tasks = [(parts[name], name, language) for language in languages for name in PLOTS]
    found = [kept.read(marks[name], name, language) if kept else None for _, name, language in tasks]
    todo = [task for task, old in zip(tasks, found, strict=True) if old is None]
    if todo:
        _import_plotting()  # once, before the forks
    drawn, others = _map_forked(todo, meanwhile)
    if kept:
        for (_, name, language), new in zip(todo, drawn, strict=True):
            kept.write(marks[name], name, language, new)
    rest = iter(drawn)
    results = [old or next(rest) for old in found]
    paths = [path for result in results if result for path in _write_files(folder, result)]
    return paths, [result.drawing for result in results if result], others


def _import_plotting() -> None:
    """matplotlib without the manual of every artist's setters: it writes them on import, which is half of its time."""
    from matplotlib import artist

    write_manual = artist.kwdoc
    try:
        artist.kwdoc = lambda artist: ""
        import matplotlib.figure  # noqa: F401
    finally:
        artist.kwdoc = write_manual


_Task = tuple[ReportData, str, str]
_tasks: list[_Task] = []


def _map_forked(tasks: list[_Task], meanwhile: Callable[[], list[Path]]) -> tuple[list[Drawn | None], list[Path]]:
    """draw_figure over the tasks, in order; a fork inherits the data, so nothing is sent to it."""
    import multiprocessing

    cores = min(count_cores(), len(tasks))
    if cores < 2 or "fork" not in multiprocessing.get_all_start_methods() or multiprocessing.current_process().daemon:
        return [draw_figure(*task) for task in tasks], meanwhile()
    _tasks[:] = tasks
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            drawn = pool.map_async(_draw_task, range(len(tasks)), chunksize=1)
            others = meanwhile()
            return drawn.get(), others
    finally:
        _tasks.clear()


def _draw_task(number: int) -> Drawn | None:
    return draw_figure(*_tasks[number])


def draw_figure(data: ReportData, name: str, language: str) -> Drawn | None:
    """One figure in one language: its files and its inline form; None where there are no data for it."""
    import matplotlib

    from pipeline.report.plots import PLOTS

    cjk = find_cjk_font()
    with matplotlib.rc_context(_style(language, cjk)):
        plot = PLOTS[name].draw(data, language)
        if plot is None:
            return None
        with warnings.catch_warnings():
            # without a Chinese font the letters are measured as boxes; the page says so, once
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            svg = _save_svg(plot)
            # without a Chinese font the bitmap would show boxes; the letters of the SVG are text
            bitmap = b"" if language == "zh" and not cjk else _draw_bitmap(plot.figure)
    inline = to_inline_svg(svg, prefix=f"{name}-{language}", alt=plot.alt, labels=plot.labels)
    note = "" if cjk or language != "zh" else say("figure_no_font", language)
    title = say(f"figure_{name}", language)
    return Drawn(svg, bitmap, Drawing(name, language, inline, title, plot.alt, note, plot.header, plot.rows))


def draw_plot(data: ReportData, name: str, language: str) -> Any:
    """See report.draw_plot."""
    import matplotlib

    from pipeline.report.plots import PLOTS

    if name not in PLOTS:
        raise UsageError(f"no figure '{name}'; {hint_nearest(name, PLOTS)} There are: {', '.join(PLOTS)}")
    check_languages((language,))
    with matplotlib.rc_context(_style(language, find_cjk_font())):
        plot = PLOTS[name].draw(data, language)
    return plot.figure if plot else None


def _write_files(folder: Path, drawn: Drawn) -> list[Path]:
    stem = folder / f"{drawn.drawing.name}.{drawn.drawing.language}"
    written = []
    for ending, body in ((".svg", drawn.svg), (".png", drawn.bitmap)):
        if body:
            written.append(stem.with_name(stem.name + ending))
            written[-1].write_bytes(body)
    return [*written, write_csv(stem.with_name(stem.name + ".csv"), drawn.drawing.header, drawn.drawing.rows)]


def _draw_bitmap(figure: Any) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.dpi = min(_PRINT_DPI, _MOST_PIXELS / figure.get_figwidth())
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return encode_png(canvas.buffer_rgba(), figure.dpi)


def _save_svg(plot: Plot) -> bytes:
    """The figure with its letters as text: they can be searched, edited, and follow the fonts of the page."""
    buffer = io.BytesIO()
    plot.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _style(language: str, cjk: str) -> Any:
    """Settings of every figure; the salt makes the ids inside the SVG the same on every run."""
    families = [cjk, "DejaVu Sans"] if language == "zh" else ["DejaVu Sans", cjk]
    return {
        "font.family": [family for family in families if family],
        "font.size": 9,
        "text.parse_math": False,
        "text.hinting": "none",
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
        "svg.fonttype": "none",
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
    }
