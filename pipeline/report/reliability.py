"""The figure that asks whether scores are probabilities."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from pipeline.report.canvas import BOTH, LEFT, RIGHT, SOFT, WHITE, draw_legend, draw_points, new_axes
from pipeline.report.data import ReportData
from pipeline.report.figures import Plot
from pipeline.report.scales import draw_numbers
from pipeline.report.words import format_share, say

_STYLES = {"issue": ("o", LEFT, LEFT, "-"), "industry": ("s", RIGHT, WHITE, "--"), "action": ("^", BOTH, BOTH, ":")}


def plot_reliability(data: ReportData, language: str) -> Plot | None:
    """How often a tag is right, by the score it carries, with intervals; the diagonal is perfect honesty.

    Marks of issues open the sentences of this corpus whose main issue has such a score.
    """
    if not data.reliability:
        return None
    figure, axes = new_axes(5.2, 4.8)
    axes.plot([0, 1], [0, 1], color=SOFT, linestyle="--", linewidth=1)
    labels: dict[str, str] = {}
    table: list[tuple[Any, ...]] = []
    entries = []
    for dimension in dict.fromkeys(point.dimension for point in data.reliability):
        points = [point for point in data.reliability if point.dimension == dimension]
        shape, edge, face, dash = _STYLES.get(dimension, ("D", BOTH, WHITE, "-"))
        name = say(f"dim_{dimension}", language)
        entries.append((name, shape, edge, face))
        xs, ys = [p.confidence for p in points], [p.right.value for p in points]
        axes.plot(xs, ys, color=edge, linewidth=1, linestyle=dash)
        axes.vlines(
            xs, [p.right.low for p in points], [p.right.high for p in points], color=edge, linewidth=0.8, alpha=0.6
        )
        ends = [(round(100 * p.low), 101 if p.high >= 1 else round(100 * p.high)) for p in points]
        addresses = [f"#show={quote(f'score:{low}-{high}')}" for low, high in ends] if dimension == "issue" else []
        draw_points(axes, xs, ys, addresses, shape=shape, edge=edge, face=face, size=6.5)
        table += [(name, f"{100 * p.confidence:.0f}%", format_share(p.right, language), p.count) for p in points]
        labels |= {
            address: f"{name}: {100 * p.confidence:.0f}% → {format_share(p.right, language)} ({p.count})"
            for address, p in zip(addresses, points, strict=False)
        }
    axes.set(xlim=(0, 1.03), ylim=(0, 1.03))
    draw_numbers(axes, "bottom", title=say("axis_sure", language))
    draw_numbers(axes, "left", title=say("axis_right", language))
    draw_legend(axes, entries)
    header = tuple(say(key, language) for key in ("dimension", "axis_sure", "axis_right", "cases"))
    return Plot(figure, say("alt_reliability", language, len(data.reliability)), header, tuple(table), labels)
