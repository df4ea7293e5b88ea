"""The scales of a figure: ticks, their names, lines across, and a title, one artist each.

A matplotlib axis makes a dozen artists for each tick and lays them out anew for every file, a third of the time of
drawing; so its own are hidden, and these stand where they would. Called when all marks are drawn and limits are final.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from pipeline.report.canvas import FIRST_DAY, INK, LINE, measure_width, write_strings

Side = Literal["bottom", "left", "right"]
_POINTS = 9.0
_TICK = 3.5
"""Length of a tick and the room behind it, in points."""
_APART = {"bottom": 3.0, "left": 2.0, "right": 2.0}
"""Room of a number along its scale, in font sizes, so that names do not touch."""
_MOST = 9
_LEAST_DAYS = 370.0
"""Half of what a scale of dates shows where all marks are of about one day."""


def draw_numbers(
    axes: Any, side: Side, *, title: str = "", most: int = _MOST, lines: bool = True, signed: bool = True
) -> None:
    """A scale of round numbers, at most ``most`` steps. ``signed``: False where both directions count upwards."""
    places = _choose_numbers(axes, side, most)
    shown = places if signed else [abs(place) for place in places]
    digits = max((len(f"{place:.6g}".partition(".")[2]) for place in shown), default=0)
    draw_scale(axes, side, places, [f"{place:.{digits}f}" for place in shown], title=title, lines=lines)


def draw_years(axes: Any, language: str, *, named: bool = True, lines: bool = True) -> None:
    """A scale of dates with a tick at each new year, so that the years stand where they begin."""
    low, high = axes.get_xlim()
    if high - low < _LEAST_DAYS:
        low, high = low - _LEAST_DAYS, high + _LEAST_DAYS
        axes.set_xlim(low, high)
    first, last = ((FIRST_DAY + timedelta(days=edge)).year for edge in (low, high))
    days = {year: float((date(year, 1, 1) - FIRST_DAY).days) for year in range(first, last + 1)}
    shown = {year: day for year, day in days.items() if low <= day <= high}
    names = [f"{year}年" if language == "zh" else str(year) for year in shown]
    draw_scale(axes, "bottom", list(shown.values()), names if named else (), lines=lines)


def draw_scale(
    axes: Any, side: Side, places: Sequence[float], names: Sequence[str], *, title: str = "", lines: bool = True
) -> None:
    """Ticks at ``places``, coordinates of the axes; ``names``: one a place, or none; ``lines``: across the axes."""
    hide_scale(axes, side)
    upright = side != "bottom"
    transform = axes.get_yaxis_transform() if upright else axes.get_xaxis_transform()
    edge = 1.0 if side == "right" else 0.0
    points = [(edge, place) if upright else (place, edge) for place in places]
    if lines:
        _draw_lines(axes, transform, points, upright)
    _draw_ticks(axes, transform, points, side)
    away = -1.0 if side == "left" else 1.0
    if names:
        align = {"bottom": "center", "left": "right", "right": "left"}[side]
        shift = (away * 2 * _TICK, 0.0) if upright else (0.0, -2 * _TICK - 0.4 * _POINTS)
        write_strings(axes, transform, points, names, size=_POINTS, align=align, shift=shift)
    if title:
        room = 2 * _TICK + 4 + _POINTS / 2 + (72 * measure_width(names) if upright else _POINTS)
        middle = (edge, 0.5) if upright else (0.5, edge)
        shift = (away * room, 0.0) if upright else (0.0, -room)
        angle = 90 if upright else 0
        write_strings(axes, axes.transAxes, [middle], [title], size=_POINTS, align="center", shift=shift, angle=angle)


def hide_scale(axes: Any, side: Side) -> None:
    """Keep matplotlib from drawing its own scale there."""
    (axes.xaxis if side == "bottom" else axes.yaxis).set_visible(False)


def _choose_numbers(axes: Any, side: Side, most: int) -> list[float]:
    from matplotlib.ticker import MaxNLocator

    low, high = sorted(axes.get_xlim() if side == "bottom" else axes.get_ylim())
    place = axes.get_position()
    figure = axes.get_figure()
    inches = place.width * figure.get_figwidth() if side == "bottom" else place.height * figure.get_figheight()
    fitting = max(1, int(72 * inches / (_APART[side] * _POINTS)))
    found = MaxNLocator(min(most, fitting, _MOST), steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    slack = 1e-9 * (high - low)
    return [float(value) for value in found if low - slack <= value <= high + slack]


def _draw_lines(axes: Any, transform: Any, points: Sequence[tuple[float, float]], upright: bool) -> None:
    from matplotlib.collections import LineCollection

    ends = [[(0.0, y), (1.0, y)] if upright else [(x, 0.0), (x, 1.0)] for x, y in points]
    across = LineCollection(ends, colors=LINE, linewidths=0.6, transform=transform, zorder=0.5)
    axes.add_collection(across, autolim=False)


def _draw_ticks(axes: Any, transform: Any, points: Sequence[tuple[float, float]], side: Side) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.markers import TICKDOWN, TICKLEFT, TICKRIGHT

    shapes: dict[Side, Any] = {"bottom": TICKDOWN, "left": TICKLEFT, "right": TICKRIGHT}
    axes.add_artist(
        Line2D(
            [x for x, _ in points], [y for _, y in points], linestyle="", marker=shapes[side], markersize=_TICK, color=INK,
            markeredgewidth=0.8, transform=transform, clip_on=False,
        )
    )  # fmt: skip
