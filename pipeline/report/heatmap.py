"""The heat map of issues by documents."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from pipeline.records import Document
from pipeline.report.cells import Cell
from pipeline.report.data import ReportData
from pipeline.report.figures import Plot
from pipeline.report.words import say

_DOCUMENTS = 40
_DIGITS = 26
"""At most so many documents are drawn, the latest; up to so many, the cells show their counts."""


def plot_heat_map(data: ReportData, language: str) -> Plot | None:
    """Share of each document's sentences on each issue; a cell shows the number of sentences."""
    counts = Counter((u.unit.document_id, tag.code_id) for u in data.units for tag in u.tags.issues)
    totals = Counter(u.unit.document_id for u in data.units)
    documents = sorted((d for d in data.documents if totals[d.id]), key=lambda d: (d.framework, d.date, d.id))
    shown = _choose_latest(documents)
    used = {issue for (document, issue) in counts if any(document == d.id for d in shown)}
    issues = [issue for issue in data.codebook.substantive_issues if issue in used]
    if not shown or not issues:
        return None
    figure, axes = _new_axes(len(shown), len(issues))
    scale = max(counts[d.id, i] / totals[d.id] for d in shown for i in issues) or 1.0
    labels: dict[str, str] = {}
    for x, document in enumerate(shown):
        for y, issue in enumerate(issues):
            count = counts[document.id, issue]
            if count:
                address = f"#show={quote(f'doc:{document.id},issue:{issue}')}"
                labels[address] = f"{document.id}: {data.codebook.name_of(issue, language)}: {count}"
                _draw_cell(axes, x, y, count, count / totals[document.id] / scale, address, len(shown) <= _DIGITS)
    _frame(axes, shown, [data.codebook.name_of(issue, language) for issue in issues])
    _draw_scale(figure, axes, scale, say("axis_share", language))
    table: list[tuple[Cell, ...]] = [
        (data.codebook.name_of(issue, language), *(counts[document.id, issue] for document in shown))
        for issue in issues
    ]
    alt = say("alt_issue_by_document", language, len(issues), len(shown), len(documents))
    return Plot(figure, alt, (say("issue", language), *(document.id for document in shown)), tuple(table), labels)


def _choose_latest(documents: list[Document]) -> list[Document]:
    latest = {d.id for d in sorted(documents, key=lambda d: (d.date, d.id))[-_DOCUMENTS:]}
    return [document for document in documents if document.id in latest]


def _new_axes(columns: int, rows: int) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.6 + 0.3 * columns, 2.0 + 0.26 * rows), layout="constrained")
    return figure, figure.subplots()


def _draw_cell(axes: Any, x: int, y: int, count: int, level: float, address: str, digits: bool) -> None:
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    colour = colormaps["cividis"](1 - 0.95 * level)
    axes.add_patch(Rectangle((x - 0.48, y - 0.48), 0.96, 0.96, facecolor=colour, url=address))
    if digits:
        ink = "white" if level > 0.45 else "black"
        axes.text(x, y, str(count), ha="center", va="center", fontsize=7, color=ink, url=address)


def _frame(axes: Any, documents: list[Document], names: list[str]) -> None:
    axes.set_xticks(range(len(documents)), [document.id for document in documents], rotation=90, fontsize=7.5)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlim(-0.5, len(documents) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(length=0)
    for before, document in enumerate(documents[1:]):
        if document.framework != documents[before].framework:
            axes.axvline(before + 0.5, color="#1c2530", linewidth=1)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _draw_scale(figure: Any, axes: Any, scale: float, label: str) -> None:
    """The colour bar; drawn as twenty patches, for a bitmap would not take part in print quality."""
    from matplotlib import colormaps
    from matplotlib.colors import ListedColormap, Normalize

    colours = ListedColormap([colormaps["cividis"](1 - 0.95 * step / 19) for step in range(20)])
    from matplotlib.cm import ScalarMappable

    bar = figure.colorbar(ScalarMappable(Normalize(0, 100 * scale), colours), ax=axes, shrink=0.5, aspect=25, pad=0.02)
    bar.set_label(label)
    bar.outline.set_visible(False)
