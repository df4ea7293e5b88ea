"""The figures themselves. Colour never carries a meaning alone: markers, hatches or positions repeat it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from pipeline.records import DriftRow, Presence, Thread
from pipeline.report.data import ReportData
from pipeline.report.figures import Plot
from pipeline.report.heatmap import plot_heat_map
from pipeline.report.words import format_date, format_share, say

LEFT, RIGHT, BOTH = "#1f5f99", "#c2660c", "#5b6570"
_MARKERS = {"new": "o", "kept": "s", "strengthened": "^", "weakened": "v", "dropped": "X"}
_TINTS = {"new": "#1f5f99", "kept": "#8a9199", "strengthened": "#0b6e5a", "weakened": "#c2660c", "dropped": "#8c2f39"}
_THREADS = 24


def plot_overlap_by_issue(data: ReportData, language: str) -> Plot | None:
    """Share of each issue on both sides, with intervals; one row an issue, grouped by domain."""
    rows = _presence(data, "issue")
    issues = [
        issue for issue in data.codebook.substantive_issues if any((side, issue) in rows for side in _sides(data))
    ]
    if not issues:
        return None
    figure, axes = _new_figure(7.6, 1.0 + 0.27 * len(issues))
    labels: dict[str, str] = {}
    table: list[tuple[Any, ...]] = []
    for y, issue in enumerate(issues):
        pair = [rows.get((side, issue)) for side in _sides(data)]
        shares = [row.share.value if row else 0.0 for row in pair]
        axes.plot([100 * share for share in shares], [y, y], color="#c9ccd0", linewidth=2, zorder=1)
        for side, row in enumerate(pair):
            if row:
                address = f"#show={quote(f'presence:{row.selection}:issue:{issue}')}"
                labels[address] = f"{row.selection}: {data.codebook.name_of(issue, language)}: {row.count}"
                _draw_share(axes, y + (0.14 if side else -0.14), row, side, address)
        table.append((data.codebook.name_of(issue, language), *(_cell(row, language) for row in pair)))
    axes.set_yticks(range(len(issues)), [data.codebook.name_of(issue, language) for issue in issues])
    axes.set_ylim(len(issues) - 0.4, -0.7)
    axes.set_xlim(left=0)
    axes.set_xlabel(say("axis_share", language))
    axes.grid(axis="x")
    _legend_sides(axes, data)
    alt = say("alt_overlap_by_issue", language, len(issues), data.left, data.right)
    return Plot(figure, alt, (say("issue", language), data.left, data.right), tuple(table), labels)


def plot_share_by_round(data: ReportData, language: str) -> Plot | None:
    """One small panel a domain: its share in every round of both frameworks, with intervals."""
    domains = [domain for domain in data.codebook.domains if domain.substantive]
    rows = {(row.framework, row.code_id): row for row in data.drift if row.dimension == "domain"}
    domains = [d for d in domains if any((side, d.id) in rows for side in _sides(data))]
    if not domains:
        return None
    columns = 3
    lines = -(-len(domains) // columns)
    figure, grid = _new_figure(8.6, 0.6 + 1.7 * lines, rows=lines, columns=columns)
    labels: dict[str, str] = {}
    table: list[tuple[Any, ...]] = []
    panels = list(grid.flat)
    for panel, domain in zip(panels, domains, strict=False):
        panel.set_title(domain.name.in_language(language))
        for side, framework in enumerate(_sides(data)):
            row = rows.get((framework, domain.id))
            if row:
                labels |= _draw_rounds(panel, data, row, side, language)
                table += _round_cells(data, row, domain.name.in_language(language), language)
        panel.set_ylim(bottom=0)
        panel.grid(axis="y")
    limits = [panel.get_xlim() for panel in panels[: len(domains)]]
    for panel in panels[: len(domains)]:
        panel.set_xlim(min(low for low, _ in limits), max(high for _, high in limits))
    for panel in panels[len(domains) :]:
        panel.axis("off")
    figure.supylabel(say("axis_share", language), fontsize=9)
    _legend_sides(panels[0], data)
    header = tuple(say(key, language) for key in ("domain", "framework", "round", "date", "share"))
    return Plot(figure, say("alt_share_by_round", language, len(domains)), header, tuple(table), labels)


def plot_industries(data: ReportData, language: str) -> Plot | None:
    """Sentences that name each industry, left and right of a middle line, in three groups."""
    rows = _presence(data, "industry")
    codes = [code for code in data.codebook.industries if any((side, code) in rows for side in _sides(data))]
    if not codes:
        return None
    groups = {code: _group(rows.get((data.left, code)), rows.get((data.right, code))) for code in codes}
    order = sorted(codes, key=lambda code: (groups[code], codes.index(code)))
    figure, axes = _new_figure(7.6, 1.0 + 0.28 * len(order))
    labels: dict[str, str] = {}
    table: list[tuple[Any, ...]] = []
    names = [say(key, language, data.left, data.right) for key in ("left_only", "both", "right_only", "neither")]
    for y, code in enumerate(order):
        name = data.codebook.name_of(code, language)
        for side, framework in enumerate(_sides(data)):
            row = rows.get((framework, code))
            if row and row.count:
                address = f"#show={quote(f'presence:{framework}:industry:{code}')}"
                labels[address] = f"{framework}: {name}: {row.count}"
                _draw_bar(axes, y, row.count, side, address)
        counts = [row.count if (row := rows.get((side, code))) else 0 for side in _sides(data)]
        table.append((name, names[groups[code]], *counts))
    _frame_industries(axes, data, [f"{data.codebook.name_of(code, language)}" for code in order], language)
    _mark_groups(axes, [groups[code] for code in order], names)
    header = (say("industry", language), say("where_named", language), data.left, data.right)
    return Plot(
        figure, say("alt_industries", language, len(order), data.left, data.right), header, tuple(table), labels
    )


def plot_threads(data: ReportData, language: str) -> Plot | None:
    """The longest threads: one line each, one mark an appearance; its shape is the status."""
    threads = sorted(data.threads, key=lambda thread: (-len(thread.steps), thread.id))[:_THREADS]
    threads = [thread for thread in threads if any(_day(step.date) for step in thread.steps)]
    if not threads:
        return None
    threads.sort(key=lambda thread: (thread.steps[0].date, thread.id))
    figure, axes = _new_figure(8.6, 1.0 + 0.27 * len(threads))
    labels: dict[str, str] = {}
    for y, thread in enumerate(threads):
        labels |= _draw_thread(axes, y, thread, language)
    axes.set_yticks(range(len(threads)), [_short(thread.name) for thread in threads])
    axes.set_ylim(len(threads) - 0.4, -0.7)
    axes.grid(axis="x")
    _format_dates(axes, language)
    used = {step.status for thread in threads for step in thread.steps}
    for status in (status for status in _MARKERS if status in used):
        axes.plot(
            [], [], linestyle="", marker=_MARKERS[status], color=_TINTS[status], label=say(f"status_{status}", language)
        )
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(used), borderaxespad=0.2)
    table = tuple(
        (thread.name, step.round, format_date(step.date, language), _status(step.status, language))
        for thread in threads
        for step in thread.steps
    )
    header = tuple(say(key, language) for key in ("thread", "round", "date", "status"))
    return Plot(figure, say("alt_threads", language, len(threads), len(data.threads)), header, table, labels)


def plot_reliability(data: ReportData, language: str) -> Plot | None:
    """How often the classifier is right, by how sure it says it is; the line is perfect honesty."""
    points = _read_points(data)
    if not points:
        return None
    figure, axes = _new_figure(5.0, 4.6)
    axes.plot([0, 1], [0, 1], color="#8a9199", linestyle="--", linewidth=1)
    axes.plot([p[0] for p in points], [p[1] for p in points], color=LEFT, linewidth=1)
    labels: dict[str, str] = {}
    for position, (sure, right, count) in enumerate(points):
        low = round(100 * (points[position - 1][0] + sure) / 2) if position else 0
        high = round(100 * (sure + points[position + 1][0]) / 2) if position + 1 < len(points) else 101
        address = f"#show={quote(f'score:{low}-{high}')}"
        labels[address] = f"{100 * sure:.0f}% → {100 * right:.0f}% ({count})"
        size = 5 + 7 * (count / max(1, max(p[2] for p in points))) ** 0.5
        axes.plot(sure, right, marker="o", color=LEFT, markersize=size, url=address)
    axes.set(xlim=(0, 1.03), ylim=(0, 1.03), xlabel=say("axis_sure", language), ylabel=say("axis_right", language))
    axes.grid()
    table = tuple((f"{100 * sure:.0f}%", f"{100 * right:.0f}%", count) for sure, right, count in points)
    header = tuple(say(key, language) for key in ("axis_sure", "axis_right", "cases"))
    return Plot(figure, say("alt_reliability", language, len(points)), header, table, labels)


PLOTS: dict[str, Callable[[ReportData, str], Plot | None]] = {
    "overlap_by_issue": plot_overlap_by_issue,
    "issue_by_document": plot_heat_map,
    "industries": plot_industries,
    "share_by_round": plot_share_by_round,
    "threads": plot_threads,
    "reliability": plot_reliability,
}


def _new_figure(width: float, height: float, *, rows: int = 1, columns: int = 1) -> tuple[Any, Any]:
    """Inches; laid out so that nothing is cut. Backends are chosen by the file written, no display needed."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    if rows * columns == 1:
        return figure, figure.subplots()
    return figure, figure.subplots(rows, columns, squeeze=False)


def _sides(data: ReportData) -> tuple[str, str]:
    return data.left, data.right


def _presence(data: ReportData, dimension: str) -> dict[tuple[str, str], Presence]:
    return {(row.selection, row.code_id): row for row in data.presence if row.dimension == dimension}


def _cell(row: Presence | None, language: str) -> str:
    return format_share(row.share, language) if row else "–"


def _draw_share(axes: Any, y: float, row: Presence, side: int, address: str) -> None:
    share = row.share
    axes.plot([100 * share.low, 100 * share.high], [y, y], color=(LEFT, RIGHT)[side], linewidth=1.2, zorder=2)
    axes.plot(
        100 * share.value, y, marker="os"[side], markersize=6, color=(LEFT, RIGHT)[side],
        markerfacecolor=LEFT if side == 0 else "white", markeredgewidth=1.4, url=address, zorder=3,
    )  # fmt: skip


def _legend_sides(axes: Any, data: ReportData) -> None:
    for side, name in enumerate(_sides(data)):
        face = LEFT if side == 0 else "white"
        axes.plot(
            [],
            [],
            marker="os"[side],
            color=(LEFT, RIGHT)[side],
            markerfacecolor=face,
            linestyle="-" if side == 0 else "--",
            label=name,
        )
    if axes.get_subplotspec() is not None and axes.get_subplotspec().get_gridspec().nrows > 1:
        axes.figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=2)
    else:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)


def _draw_rounds(panel: Any, data: ReportData, row: DriftRow, side: int, language: str) -> dict[str, str]:
    """A line over the dates of the rounds; rounds the codebook does not know have no date and are left out."""
    dates = _round_dates(data, row.framework)
    known = [i for i, name in enumerate(row.rounds) if _day(dates.get(name, ""))]
    xs = [_day(dates[row.rounds[i]]) for i in known]
    colour = (LEFT, RIGHT)[side]
    panel.plot(
        xs,
        [100 * row.shares[i].value for i in known],
        color=colour,
        linewidth=1.1,
        linestyle="-" if side == 0 else "--",
    )
    labels = {}
    for x, i in zip(xs, known, strict=True):
        share, target = row.shares[i], f"fw:{row.framework},round:{row.rounds[i]},domain:{row.code_id}"
        address = f"#show={quote(target)}"
        labels[address] = (
            f"{row.framework} {row.rounds[i]}: {data.codebook.name_of(row.code_id, language)}: {format_share(share, language)}"
        )
        panel.plot([x, x], [100 * share.low, 100 * share.high], color=colour, linewidth=0.9)
        face = LEFT if side == 0 else "white"
        panel.plot(
            [x], [100 * share.value], marker="os"[side], markersize=5, color=colour, markerfacecolor=face, url=address
        )
    _format_dates(panel, language)
    return labels


def _round_cells(data: ReportData, row: DriftRow, name: str, language: str) -> list[tuple[Any, ...]]:
    dates = _round_dates(data, row.framework)
    return [
        (name, row.framework, label, format_date(dates.get(label, ""), language), format_share(row.shares[i], language))
        for i, label in enumerate(row.rounds)
    ]


def _round_dates(data: ReportData, framework: str) -> dict[str, str]:
    return {r.id: r.date for f in data.codebook.frameworks if f.id == framework for r in f.rounds}


def _group(left: Presence | None, right: Presence | None) -> int:
    """0 only left, 1 both, 2 only right, 3 neither, by the presence rule's verdict."""
    on_left, on_right = bool(left and left.present), bool(right and right.present)
    return 1 if on_left and on_right else 0 if on_left else 2 if on_right else 3


def _draw_bar(axes: Any, y: int, count: int, side: int, address: str) -> None:
    bar = axes.barh(
        y, -count if side == 0 else count, height=0.7, color=(LEFT, "#f2c38f")[side], edgecolor=(LEFT, RIGHT)[side]
    )[0]
    bar.set_url(address)
    if side:
        bar.set_hatch("////")
    offset, align = ((-4, 0), "right") if side == 0 else ((4, 0), "left")
    x = -count if side == 0 else count
    axes.annotate(str(count), (x, y), offset, textcoords="offset points", ha=align, va="center", fontsize=8)


def _frame_industries(axes: Any, data: ReportData, names: list[str], language: str) -> None:
    axes.axvline(0, color="#1c2530", linewidth=0.8)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.margins(x=0.12)
    axes.set_xlabel(say("axis_sentences", language, data.left, data.right))
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)


def _mark_groups(axes: Any, groups: list[int], names: list[str]) -> None:
    for group in sorted(set(groups)):
        first, last = groups.index(group), len(groups) - 1 - groups[::-1].index(group)
        if first:
            axes.axhline(first - 0.5, color="#8a9199", linewidth=0.8, linestyle=":")
        middle = (first + last) / 2
        axes.annotate(
            names[group],
            (1.01, middle),
            xycoords=("axes fraction", "data"),
            va="center",
            ha="left",
            fontsize=8.5,
            fontweight="bold",
        )


def _draw_thread(axes: Any, y: int, thread: Thread, language: str) -> dict[str, str]:
    steps = [step for step in thread.steps if _day(step.date)]
    address = f"#at=threads&thread={quote(thread.id)}"
    axes.plot([_day(step.date) for step in steps], [y] * len(steps), color="#c9ccd0", linewidth=1.5, zorder=1)
    for step in steps:
        axes.plot(
            [_day(step.date)], [y], marker=_MARKERS.get(step.status, "D"), color=_TINTS.get(step.status, BOTH), markersize=7,
            markerfacecolor="white" if step.status == "new" else _TINTS.get(step.status, BOTH), url=address, zorder=2,
        )  # fmt: skip
    return {address: f"{thread.name} ({len(thread.steps)})"}


def _status(status: str, language: str) -> str:
    return say(f"status_{status}", language) if status in _MARKERS else status


def _read_points(data: ReportData) -> list[tuple[float, float, int]]:
    """The points of the model card's reliability curve, as dicts or as triples, in order of confidence."""
    points = []
    for point in data.model_card.get("reliability", ()) or ():
        if isinstance(point, dict):
            point = (point.get("confidence"), point.get("accuracy"), point.get("count", 0))
        if len(point) >= 2 and point[0] is not None and point[1] is not None:
            points.append((float(point[0]), float(point[1]), int(point[2]) if len(point) > 2 else 0))
    return sorted(points)


def _format_dates(axes: Any, language: str) -> None:
    from matplotlib import dates

    make: Any = dates  # matplotlib gives its date locators no types
    axes.xaxis.set_major_locator(make.YearLocator())
    axes.xaxis.set_minor_locator(make.MonthLocator((4, 7, 10)))
    axes.xaxis.set_major_formatter(make.DateFormatter("%Y年" if language == "zh" else "%Y"))


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _short(name: str, length: int = 42) -> str:
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"
