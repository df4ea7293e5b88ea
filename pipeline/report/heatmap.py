"""The heat map of issues by documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from pipeline.records import Document
from pipeline.report.canvas import measure_width, name_rows, new_figure, write_strings
from pipeline.report.cells import Cell
from pipeline.report.data import ReportData
from pipeline.report.figures import Plot
from pipeline.report.scales import draw_numbers, hide_scale
from pipeline.report.words import say

_DOCUMENTS = 40
"""At most so many are drawn, the latest."""
_CELL = 0.3
_ROW = 0.26
_PATCHES = 20


def plot_heat_map(data: ReportData, language: str) -> Plot | None:
    """Share of each document's sentences on each issue; a cell shows the number of sentences."""
    counts = Counter((u.unit.document_id, tag.code_id) for u in data.units for tag in u.tags.issues)
    totals = Counter(u.unit.document_id for u in data.units)
    statements = (d for d in data.documents if totals[d.id] and d.basis != "paper")
    documents = sorted(statements, key=lambda d: (d.framework, d.date, d.id))
    shown = _choose_latest(documents)
    drawn = {d.id for d in shown}
    used = {issue for document, issue in counts if document in drawn}
    issues = [issue for issue in data.codebook.substantive_issues if issue in used]
    if not shown or not issues:
        return None
    names = [data.codebook.name_of(issue, language) for issue in issues]
    figure, axes = _new_map(names, [document.id for document in shown])
    scale = max(counts[d.id, i] / totals[d.id] for d in shown for i in issues) or 1.0
    filled = [(x, y, d.id, i) for x, d in enumerate(shown) for y, i in enumerate(issues) if counts[d.id, i]]
    addresses = [f"#show={quote(f'doc:{document},issue:{issue}')}" for _, _, document, issue in filled]
    levels = [counts[document, issue] / totals[document] / scale for _, _, document, issue in filled]
    _draw_cells(axes, [(x, y) for x, y, _, _ in filled], levels, addresses)
    write_strings(
        axes, axes.transData, [(x, y) for x, y, _, _ in filled], [str(counts[document, issue]) for _, _, document, issue in filled], size=7,
        align="center", colours=["#ffffff" if level > 0.45 else "#000000" for level in levels],
    )  # fmt: skip
    _frame(axes, shown)
    _draw_scale(figure, axes, scale, say("axis_share", language))
    labels = {
        address: f"{document}: {names[y]}: {counts[document, issue]}"
        for address, (_, y, document, issue) in zip(addresses, filled, strict=True)
    }
    table: list[tuple[Cell, ...]] = [
        (name, *(counts[document.id, issue] for document in shown)) for name, issue in zip(names, issues, strict=True)
    ]
    alt = say("alt_issue_by_document", language, len(issues), len(shown), len(documents))
    return Plot(figure, alt, (say("issue", language), *(document.id for document in shown)), tuple(table), labels)


def _choose_latest(documents: list[Document]) -> list[Document]:
    latest = {d.id for d in sorted(documents, key=lambda d: (d.date, d.id))[-_DOCUMENTS:]}
    return [document for document in documents if document.id in latest]


def _new_map(rows: Sequence[str], columns: Sequence[str]) -> tuple[Any, Any]:
    """Axes whose cells have the same size for any number of rows and columns."""
    left, bottom, top = 0.25 + measure_width(rows), 0.25 + measure_width(columns, 7.5), 0.15
    width, height = left + _CELL * len(columns) + 1.0, bottom + top + _ROW * len(rows)
    figure = new_figure(width, height)
    axes = figure.add_axes((left / width, bottom / height, _CELL * len(columns) / width, _ROW * len(rows) / height))
    name_rows(axes, rows)
    hide_scale(axes, "bottom")
    places = [(float(x), 0.0) for x in range(len(columns))]
    write_strings(axes, axes.get_xaxis_transform(), places, columns, size=7.5, align="right", shift=(0, -3.5), angle=90)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure, axes


def _draw_cells(
    axes: Any, places: Sequence[tuple[int, int]], levels: Sequence[float], addresses: Sequence[str]
) -> None:
    from matplotlib.collections import PolyCollection

    squares = [
        [(x - 0.48, y - 0.48), (x + 0.48, y - 0.48), (x + 0.48, y + 0.48), (x - 0.48, y + 0.48)] for x, y in places
    ]
    axes.add_collection(PolyCollection(squares, facecolors=_find_tints()(levels), linewidths=0, urls=list(addresses)))


def _find_tints() -> Callable[[Sequence[float]], Any]:
    """From pale to dark blue for levels in [0, 1]: the same order in grey and for the colour-blind."""
    from matplotlib import colormaps

    blues = colormaps["Blues"]  # a copy each time it is asked for
    return lambda levels: blues([0.1 + 0.88 * level for level in levels])


def _frame(axes: Any, documents: Sequence[Document]) -> None:
    """A line between the frameworks."""
    for before, document in enumerate(documents[1:]):
        if document.framework != documents[before].framework:
            axes.axvline(before + 0.5, color="#1c2530", linewidth=1)


def _draw_scale(figure: Any, axes: Any, scale: float, label: str) -> None:
    """The colour bar; drawn as patches, for a bitmap would not take part in print quality."""
    from matplotlib.collections import PolyCollection

    width = figure.get_figwidth()
    place = axes.get_position()
    side = figure.add_axes((place.x1 + 0.15 / width, place.y0 + place.height / 4, 0.13 / width, place.height / 2))
    side.set(xlim=(0, 1), ylim=(0, 100 * scale))
    feet = [100 * scale * step / _PATCHES for step in range(_PATCHES)]
    # each reaches to the top and is covered by those after it, so that no seam shows between two
    squares = [[(0, foot), (1, foot), (1, 100 * scale), (0, 100 * scale)] for foot in feet]
    tints = _find_tints()([step / (_PATCHES - 1) for step in range(_PATCHES)])
    side.add_collection(PolyCollection(squares, facecolors=tints, linewidths=0))
    for spine in side.spines.values():
        spine.set_visible(False)
    hide_scale(side, "bottom")
    draw_numbers(side, "right", title=label, lines=False)
