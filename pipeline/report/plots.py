"""The figures of the comparison: issues on both sides, industries in three groups; and the list of all figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from pipeline.records import Presence
from pipeline.report.canvas import (
    LEFT,
    LINE,
    RIGHT,
    SOFT,
    draw_legend,
    draw_marks,
    index_presence,
    measure_width,
    name_sides,
    new_axes,
    sides_of,
    write_strings,
)
from pipeline.report.cells import Cell
from pipeline.report.course import plot_share_by_round, plot_threads
from pipeline.report.data import ReportData
from pipeline.report.figures import Plot
from pipeline.report.heatmap import plot_heat_map
from pipeline.report.reliability import plot_reliability
from pipeline.report.scales import draw_numbers
from pipeline.report.words import format_share, say


def plot_overlap_by_issue(data: ReportData, language: str) -> Plot | None:
    """Share of each issue on both sides, with intervals; one row an issue, in the codebook's order."""
    rows = index_presence(data, "issue")
    issues = [i for i in data.codebook.substantive_issues if any((side, i) in rows for side in sides_of(data))]
    if not issues:
        return None
    names = [data.codebook.name_of(issue, language) for issue in issues]
    figure, axes = new_axes(7.6, 1.0 + 0.27 * len(issues), names)
    labels: dict[str, str] = {}
    pairs = [[rows.get((side, issue)) for side in sides_of(data)] for issue in issues]
    ends = [[100 * row.share.value if row else 0.0 for row in pair] for pair in pairs]
    axes.hlines(range(len(issues)), [min(e) for e in ends], [max(e) for e in ends], color=LINE, linewidth=2, zorder=1)
    for side, framework in enumerate(sides_of(data)):
        shown = [(y, row) for y, pair in enumerate(pairs) if (row := pair[side])]
        heights = [y + (0.15 if side else -0.15) for y, _ in shown]
        shares = [row.share for _, row in shown]
        addresses = [f"#show={quote(f'presence:{framework}:issue:{row.code_id}')}" for _, row in shown]
        labels |= {
            address: f"{framework}: {names[y]}: {row.count}" for address, (y, row) in zip(addresses, shown, strict=True)
        }
        axes.hlines(
            heights, [100 * s.low for s in shares], [100 * s.high for s in shares], color=(LEFT, RIGHT)[side],
            linewidth=1.2, zorder=2,
        )  # fmt: skip
        draw_marks(axes, [100 * s.value for s in shares], heights, side, addresses)
    axes.set_xlim(left=0)
    draw_numbers(axes, "bottom", title=say("axis_share", language))
    draw_legend(axes, name_sides(data))
    table = [
        (name, *(format_share(row.share, language) if row else "–" for row in pair))
        for name, pair in zip(names, pairs, strict=True)
    ]
    alt = say("alt_overlap_by_issue", language, len(issues), data.left, data.right)
    return Plot(figure, alt, (say("issue", language), data.left, data.right), tuple(table), labels)


def plot_industries(data: ReportData, language: str) -> Plot | None:
    """Sentences that name each industry, left and right of a middle line, in three groups."""
    rows = index_presence(data, "industry")
    codes = [code for code in data.codebook.industries if any((side, code) in rows for side in sides_of(data))]
    if not codes:
        return None
    groups = {code: _group(rows.get((data.left, code)), rows.get((data.right, code))) for code in codes}
    order = sorted(codes, key=lambda code: (groups[code], codes.index(code)))
    titles = [say(key, language, data.left, data.right) for key in ("left_only", "both", "right_only", "neither")]
    names = [data.codebook.name_of(code, language) for code in order]
    figure, axes = new_axes(7.6, 0.9 + 0.28 * len(order), names, top=0.15, right=0.35 + measure_width(titles))
    labels: dict[str, str] = {}
    for side, framework in enumerate(sides_of(data)):
        shown = [(y, row) for y, code in enumerate(order) if (row := rows.get((framework, code))) and row.count]
        addresses = [f"#show={quote(f'presence:{framework}:industry:{row.code_id}')}" for _, row in shown]
        labels |= {
            address: f"{framework}: {names[y]}: {row.count}" for address, (y, row) in zip(addresses, shown, strict=True)
        }
        _draw_bars(axes, [(y, row.count) for y, row in shown], side, addresses)
    counts = [[row.count if (row := rows.get((side, code))) else 0 for side in sides_of(data)] for code in order]
    table: list[tuple[Cell, ...]] = [
        (name, titles[groups[code]], *pair) for name, code, pair in zip(names, order, counts, strict=True)
    ]
    _frame_industries(axes, say("axis_sentences", language, data.left, data.right))
    _mark_groups(axes, [groups[code] for code in order], titles)
    header = (say("industry", language), say("where_named", language), data.left, data.right)
    alt = say("alt_industries", language, len(order), data.left, data.right)
    return Plot(figure, alt, header, tuple(table), labels)


class PlotKind(NamedTuple):
    """How a figure is drawn, and the ``parts`` of ReportData it is given."""

    draw: Callable[[ReportData, str], Plot | None]
    parts: tuple[str, ...]


PLOTS: dict[str, PlotKind] = {
    "overlap_by_issue": PlotKind(plot_overlap_by_issue, ("presence",)),
    "issue_by_document": PlotKind(plot_heat_map, ("documents", "units")),
    "industries": PlotKind(plot_industries, ("presence",)),
    "share_by_round": PlotKind(plot_share_by_round, ("drift",)),
    "threads": PlotKind(plot_threads, ("threads",)),
    "reliability": PlotKind(plot_reliability, ("reliability",)),
}


def _group(left: Presence | None, right: Presence | None) -> int:
    """0 only left, 1 both, 2 only right, 3 neither, by the presence rule's verdict."""
    on_left, on_right = bool(left and left.present), bool(right and right.present)
    return 1 if on_left and on_right else 0 if on_left else 2 if on_right else 3


def _draw_bars(axes: Any, bars: Sequence[tuple[int, int]], side: int, addresses: Sequence[str]) -> None:
    """Bars to the left or to the right of the middle line, hatched on the right, each with its number."""
    sign = 1 if side else -1
    drawn = axes.barh(
        [y for y, _ in bars], [sign * count for _, count in bars], height=0.7, color=(LEFT, "#f2c38f")[side],
        edgecolor=(LEFT, RIGHT)[side], hatch="////" if side else None,
    )  # fmt: skip
    for bar, address in zip(drawn, addresses, strict=True):
        bar.set_url(address)
    write_strings(
        axes, axes.transData, [(sign * count, y) for y, count in bars], [str(count) for _, count in bars], size=8,
        align="left" if side else "right", shift=(4 * sign, 0),
    )  # fmt: skip


def _frame_industries(axes: Any, label: str) -> None:
    axes.axvline(0, color="#1c2530", linewidth=0.8)
    axes.margins(x=0.12)
    draw_numbers(axes, "bottom", title=label, lines=False, signed=False)
    axes.spines["left"].set_visible(False)


def _mark_groups(axes: Any, groups: Sequence[int], titles: Sequence[str]) -> None:
    for group in sorted(set(groups)):
        first, last = groups.index(group), len(groups) - 1 - groups[::-1].index(group)
        if first:
            axes.axhline(first - 0.5, color=SOFT, linewidth=0.8, linestyle=":")
        axes.annotate(
            titles[group], (1.01, (first + last) / 2), xycoords=("axes fraction", "data"), va="center", ha="left",
            fontsize=8.5, fontweight="bold",
        )  # fmt: skip
