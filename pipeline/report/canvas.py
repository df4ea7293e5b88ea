"""What all figures are drawn with: sizes in inches, colours, marks that are links.

Colour never carries a meaning alone: marker, filling, hatch or position repeats it. Margins are worked out
from the widths of the names, for a layout engine draws everything once more to find them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.codebook import Codebook
from pipeline.records import Presence
from pipeline.report.data import ReportData

LEFT, RIGHT, BOTH = "#1f5f99", "#c2660c", "#5b6570"
LINE, SOFT, INK, WHITE = "#c9ccd0", "#8a9199", "#1c2530", "#ffffff"
_SHAPES = "os"
_NAME_POINTS = 9.0
_LEGEND_MARK, _LEGEND_GAP, _LEGEND_UP = 11.0, 8.0, 8.0
"""In points: from a mark to the edges of its place in a legend, between two entries, from the axes up."""
FIRST_DAY = date(1970, 1, 1)
"""Days are counted from here, as matplotlib does."""


def new_figure(width: float, height: float) -> Any:
    """An empty figure, in inches. The file written chooses the backend, no display is needed."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height))


def new_axes(
    width: float,
    height: float,
    names: Sequence[str] = (),
    *,
    top: float = 0.4,
    right: float = 0.25,
    bottom: float = 0.55,
) -> tuple[Any, Any]:
    """A figure with one pair of axes; ``names`` stand left of it and get the room they need."""
    figure = new_figure(width, height)
    left = 0.25 + (measure_width(names) if names else 0.45)
    axes = figure.add_axes(
        (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    )
    if names:
        name_rows(axes, names)
        axes.set_ylim(len(names) - 0.4, -0.6)
    return figure, axes


def name_rows(axes: Any, names: Sequence[str]) -> None:
    """Names left of the axes in place of a scale, at the heights 0, 1, 2 ..."""
    axes.yaxis.set_visible(False)
    places = [(0.0, float(y)) for y in range(len(names))]
    write_strings(axes, axes.get_yaxis_transform(), places, names, size=_NAME_POINTS, align="right", shift=(-3.5, 0))


def write_strings(
    axes: Any, transform: Any, places: Sequence[tuple[float, float]], texts: Sequence[str], **style: Any
) -> None:
    """One string at each of ``places``, coordinates of ``transform``; ``style`` as of lettering.Lettering."""
    from pipeline.report.lettering import Lettering

    axes.add_artist(Lettering(places, texts, transform, **{"colours": [INK], **style}))


def measure_width(names: Sequence[str], points: float = _NAME_POINTS) -> float:
    """Inches that the widest name takes in the font of the figure."""
    from matplotlib.font_manager import FontProperties

    from pipeline.report.outlines import measure_text

    font = FontProperties()
    return max((measure_text(name, font) for name in names), default=0.0) * points / 72


def draw_marks(
    axes: Any, xs: Sequence[Any], ys: Sequence[Any], side: int, addresses: Sequence[str], *, size: float = 6
) -> None:
    """Marks of one framework, each a link: filled circles on the left, open squares on the right."""
    draw_points(
        axes, xs, ys, addresses, shape=_SHAPES[side], edge=(LEFT, RIGHT)[side], face=(LEFT, WHITE)[side], size=size
    )


def draw_points(
    axes: Any,
    xs: Sequence[Any],
    ys: Sequence[Any],
    addresses: Sequence[str],
    *,
    shape: str,
    edge: str,
    face: str,
    size: float,
) -> None:
    """Marks in one go; ``addresses`` as long as ``xs``, or empty for marks that lead nowhere."""
    axes.scatter(
        xs, ys, s=size**2, marker=shape, facecolors=face, edgecolors=edge, linewidths=1.3, zorder=3, clip_on=False,
        urls=list(addresses) or None,
    )  # fmt: skip


def draw_legend(axes: Any, entries: Sequence[tuple[str, str, str, str]], *, height: float = 0.0) -> None:
    """``entries``: (name, shape, edge colour, filling); in a row ``height`` inches above the axes, from their left."""
    from matplotlib.lines import Line2D

    place, figure = axes.get_position(), axes.get_figure()
    width, tall = place.width * figure.get_figwidth() * 72, place.height * figure.get_figheight() * 72
    up = 1 + (_LEGEND_UP + 72 * height) / tall
    right, places = 0.0, []
    for name, shape, edge, face in entries:
        middle = (right + _LEGEND_MARK) / width
        axes.add_artist(
            Line2D(
                [middle], [up], linestyle="", marker=shape, color=edge, markerfacecolor=face, markersize=6.5,
                transform=axes.transAxes, clip_on=False,
            )
        )  # fmt: skip
        places.append((middle, up))
        right += 2 * _LEGEND_MARK + 72 * measure_width([name]) + _LEGEND_GAP
    names = [name for name, *_ in entries]
    write_strings(axes, axes.transAxes, places, names, size=_NAME_POINTS, align="left", shift=(_LEGEND_MARK, 0))


def name_sides(data: ReportData) -> list[tuple[str, str, str, str]]:
    """Entries of a legend that names the two frameworks."""
    return [(data.left, _SHAPES[0], LEFT, LEFT), (data.right, _SHAPES[1], RIGHT, WHITE)]


def parse_day(iso: str) -> float | None:
    """Days since 1970, the middle of a month for a date without a day; else None."""
    try:
        return float((date.fromisoformat(f"{iso}-15" if len(iso) == 7 else iso) - FIRST_DAY).days)
    except ValueError:
        return None


def date_rounds(codebook: Codebook, framework: str) -> dict[str, str]:
    """Date of each round of a framework, by its id."""
    return {r.id: r.date for f in codebook.frameworks if f.id == framework for r in f.rounds}


def sides_of(data: ReportData) -> tuple[str, str]:
    return data.left, data.right


def index_presence(data: ReportData, dimension: str) -> dict[tuple[str, str], Presence]:
    return {(row.selection, row.code_id): row for row in data.presence if row.dimension == dimension}
