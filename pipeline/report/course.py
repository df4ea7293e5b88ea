"""The figures over time: share of each domain by round, and the longest threads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pipeline.codebook import DomainDef
from pipeline.records import DriftRow, ThreadStep
from pipeline.report.canvas import (
    BOTH,
    LEFT,
    LINE,
    RIGHT,
    WHITE,
    date_rounds,
    draw_legend,
    draw_marks,
    draw_points,
    name_sides,
    new_axes,
    new_figure,
    parse_day,
    sides_of,
)
from pipeline.report.data import ReportData
from pipeline.report.figures import Plot
from pipeline.report.scales import draw_numbers, draw_years
from pipeline.report.words import format_date, format_share, name_round, say

_COLUMNS = 3
_STEPS = 4
_THREADS = 24
_LONGEST_NAME = 42
_APART = 20.0
"""Days between two marks of one thread on one day."""
_MARKERS = {"new": "o", "kept": "s", "strengthened": "^", "weakened": "v", "dropped": "X"}
_TINTS = {"new": "#1f5f99", "kept": "#8a9199", "strengthened": "#0b6e5a", "weakened": "#c2660c", "dropped": "#8c2f39"}


def plot_share_by_round(data: ReportData, language: str) -> Plot | None:
    """One small panel a domain: its share in every round of both frameworks, with intervals."""
    rows = {(row.framework, row.code_id): row for row in data.drift if row.dimension == "domain"}
    domains = [
        d for d in data.codebook.domains if d.substantive and any((side, d.id) in rows for side in sides_of(data))
    ]
    if not domains:
        return None
    figure, panels = _new_panels(len(domains))
    labels: dict[str, str] = {}
    table: list[tuple[Any, ...]] = []
    for panel, domain in zip(panels, domains, strict=True):
        panel.set_title(domain.name.in_language(language), y=1.0)  # a height given is not sought
        for side, framework in enumerate(sides_of(data)):
            row = rows.get((framework, domain.id))
            if row:
                labels |= _draw_rounds(panel, data, row, side, language)
                table += _round_cells(data, row, domain, language)
        panel.set_ylim(bottom=0)
        draw_numbers(panel, "left", most=_STEPS)
    for at, panel in enumerate(panels):  # when all are drawn, for they share their dates
        draw_years(panel, language, named=at + _COLUMNS >= len(panels), lines=False)
    figure.text(0.012, 0.5, say("axis_share", language), rotation=90, va="center", ha="left", fontsize=9)
    draw_legend(panels[0], name_sides(data), height=0.22)
    header = tuple(say(key, language) for key in ("domain", "framework", "round", "date", "share"))
    return Plot(figure, say("alt_share_by_round", language, len(domains)), header, tuple(table), labels)


def plot_threads(data: ReportData, language: str) -> Plot | None:
    """The longest threads: one line each, one mark an appearance; its shape is the status."""
    threads = sorted(data.threads, key=lambda thread: (-len(thread.steps), thread.id))[:_THREADS]
    threads = [thread for thread in threads if any(parse_day(step.date) is not None for step in thread.steps)]
    if not threads:
        return None
    threads.sort(key=lambda thread: (thread.steps[0].date, thread.id))
    figure, axes = new_axes(8.6, 0.85 + 0.27 * len(threads), [_shorten(t.name) for t in threads], bottom=0.4)
    addresses = [f"#at=threads&thread={quote(thread.id)}" for thread in threads]
    dated = [
        (y, step, day) for y, t in enumerate(threads) for step in t.steps if (day := parse_day(step.date)) is not None
    ]
    axes.hlines(
        range(len(threads)), [min(d for y, _, d in dated if y == row) for row in range(len(threads))],
        [max(d for y, _, d in dated if y == row) for row in range(len(threads))], color=LINE, linewidth=1.5, zorder=1,
    )  # fmt: skip
    _draw_steps(axes, dated, addresses)
    draw_years(axes, language)
    used = {step.status for _, step, _ in dated}
    entries = [
        (say(f"status_{status}", language), shape, _TINTS[status], WHITE if status == "new" else _TINTS[status])
        for status, shape in _MARKERS.items()
        if status in used
    ]
    draw_legend(axes, entries)
    table = tuple(
        (
            t.name,
            name_round(data.codebook, t.framework, step.round, language),
            format_date(step.date, language),
            _name_status(step.status, language),
        )
        for t in threads
        for step in t.steps
    )
    header = tuple(say(key, language) for key in ("thread", "round", "date", "status"))
    labels = {address: f"{t.name} ({len(t.steps)})" for address, t in zip(addresses, threads, strict=True)}
    return Plot(figure, say("alt_threads", language, len(threads), len(data.threads)), header, table, labels)


def _new_panels(count: int) -> tuple[Any, list[Any]]:
    """Small axes in rows of three, with margins in inches."""
    lines = -(-count // _COLUMNS)
    width, height = 8.6, 0.75 + 1.55 * lines
    figure = new_figure(width, height)
    panels: list[Any] = []
    for at in range(count):
        column, line = at % _COLUMNS, at // _COLUMNS
        left, bottom = 0.62 + column * 2.68, height - 0.6 - 1.25 - line * 1.55
        panel = figure.add_axes(
            (left / width, bottom / height, 2.35 / width, 1.1 / height), sharex=panels[0] if panels else None
        )
        panels.append(panel)
    return figure, panels


def _draw_rounds(panel: Any, data: ReportData, row: DriftRow, side: int, language: str) -> dict[str, str]:
    """A line over the dates of the rounds; rounds that the codebook does not date are left out."""
    dates = date_rounds(data.codebook, row.framework)
    known = [(i, day) for i, name in enumerate(row.rounds) if (day := parse_day(dates.get(name, ""))) is not None]
    xs, shares = [day for _, day in known], [row.shares[i] for i, _ in known]
    colour = (LEFT, RIGHT)[side]
    ys = [100 * share.value for share in shares]
    panel.plot(xs, ys, color=colour, linewidth=1.1, linestyle="--" if side else "-")
    panel.vlines(
        xs, [100 * s.low for s in shares], [100 * s.high for s in shares], color=colour, linewidth=0.8, alpha=0.6
    )
    targets = [f"fw:{row.framework},round:{row.rounds[i]},domain:{row.code_id}" for i, _ in known]
    addresses = [f"#show={quote(target)}" for target in targets]
    draw_marks(panel, xs, ys, side, addresses, size=4.6)
    name = data.codebook.name_of(row.code_id, language)
    return {
        address: f"{row.framework} {name_round(data.codebook, row.framework, row.rounds[i], language)}: {name}: "
        f"{format_share(row.shares[i], language)}"
        for address, (i, _) in zip(addresses, known, strict=True)
    }


def _round_cells(data: ReportData, row: DriftRow, domain: DomainDef, language: str) -> list[tuple[Any, ...]]:
    dates = date_rounds(data.codebook, row.framework)
    return [
        (
            domain.name.in_language(language),
            row.framework,
            name_round(data.codebook, row.framework, label, language),
            format_date(dates.get(label, ""), language),
            format_share(row.shares[i], language),
        )
        for i, label in enumerate(row.rounds)
    ]


def _draw_steps(axes: Any, dated: Sequence[tuple[int, ThreadStep, float]], addresses: Sequence[str]) -> None:
    """One mark for each thread, day and status; those of one thread and day stand side by side."""
    together: dict[tuple[int, float], list[str]] = {}
    for y, step, day in dated:
        here = together.setdefault((y, day), [])
        if step.status not in here:
            here.append(step.status)
    for status in dict.fromkeys(step.status for _, step, _ in dated):
        places = [
            (y, day + _APART * (here.index(status) - (len(here) - 1) / 2))
            for (y, day), here in sorted(together.items())
            if status in here
        ]
        tint = _TINTS.get(status, BOTH)
        draw_points(
            axes, [day for _, day in places], [y for y, _ in places], [addresses[y] for y, _ in places],
            shape=_MARKERS.get(status, "D"), edge=tint, face=WHITE if status == "new" else tint, size=7,
        )  # fmt: skip


def _name_status(status: str, language: str) -> str:
    return say(f"status_{status}", language) if status in _MARKERS else status


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
