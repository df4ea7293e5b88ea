"""Figures: strings drawn as one artist, bitmaps, scales, figures kept."""

import io
import re
import struct
import zlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.report import KeptFigures, ReportData, draw_plot, render_report
from pipeline.report.canvas import new_axes, parse_day, write_strings
from pipeline.report.kept import select_parts
from pipeline.report.plots import PLOTS
from pipeline.report.png import encode_png
from pipeline.report.scales import draw_numbers, draw_years, hide_scale


@pytest.mark.parametrize("kind", ["text", "path", "bitmap"])
def test_row_names_end_where_the_axes_begin(data: ReportData, kind: str) -> None:
    """In every form of file the names of rows stand wholly on the page and left of the axes."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = draw_plot(data, "overlap_by_issue")
    edge = figure.axes[0].get_position().x0
    if kind == "bitmap":
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        dark = (np.asarray(canvas.buffer_rgba())[:, :, :3].sum(axis=2) < 300).any(axis=0)
        columns = np.flatnonzero(dark[: int(edge * len(dark)) - 1])
        assert columns[0] > 0 and columns[-1] > (edge - 0.03) * len(dark)
        return
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none" if kind == "text" else "path"}):
        figure.savefig(file, format="svg")
    assert ("text-anchor: end" in file.getvalue()) == (kind == "text")
    assert figure.axes[0].artists[0].get_window_extent().x0 > 0


def test_bitmap_keeps_every_pixel() -> None:
    """A bitmap read back has the colours that went in, and says how large it prints."""
    pixels = np.arange(5 * 7 * 4, dtype=np.uint8).reshape(5, 7, 4)
    data = encode_png(pixels, 200)
    assert struct.unpack(">II", data[16:24]) == (7, 5) and struct.pack(">I", 7874) in data
    body = data[data.index(b"IDAT") + 4 :]
    rows = np.frombuffer(zlib.decompressobj().decompress(body), np.uint8).reshape(5, 22)
    assert (rows[:, 1:].reshape(5, 7, 3) == pixels[:, :, :3]).all() and not rows[:, 0].any()


def _read_strings(figure: Any) -> list[str]:
    """The words of a figure as they stand in its SVG."""
    import matplotlib

    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        figure.savefig(file, format="svg")
    return [text.strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", file.getvalue())]


@pytest.mark.parametrize(
    ("days", "years"), [(["2021-06", "2023-02-01"], ["2022", "2023"]), (["2022-05-15", "2022-05-18"], ["2022", "2023"])]
)
def test_years_stand_where_they_begin(days: list[str], years: list[str]) -> None:
    """A scale of dates has a tick at each new year it shows, also where all marks are of one week."""
    figure, axes = new_axes(4, 3)
    axes.plot([parse_day(day) for day in days], [0, 1])
    hide_scale(axes, "left")
    draw_years(axes, "en")
    assert _read_strings(figure) == years
    ticks = [line for line in axes.lines if line.get_marker() != "None"]
    assert [date(1970, 1, 1) + timedelta(days=day) for day in ticks[0].get_xdata()] == [
        date(int(year), 1, 1) for year in years
    ]


@pytest.mark.parametrize(
    ("ends", "signed", "names"),
    [
        ((0, 31), True, ["0", "5", "10", "15", "20", "25", "30"]),
        ((0, 1.03), True, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ((-40, 20), False, ["40", "30", "20", "10", "0", "10", "20"]),
        ((0, 0), True, ["-0.04", "-0.02", "0.00", "0.02", "0.04"]),
    ],
)
def test_numbers_of_a_scale_are_round(ends: tuple[float, float], signed: bool, names: list[str]) -> None:
    """Numbers stand at round places within the axes, all with as many digits; counts to the left have no sign."""
    figure, axes = new_axes(5, 3)
    axes.plot(ends, [0, 1])
    if ends[0] != ends[1]:
        axes.set_xlim(*ends)
    hide_scale(axes, "left")
    draw_numbers(axes, "bottom", signed=signed, title="how many")
    assert _read_strings(figure) == [*names, "how many"]


def test_letters_of_a_bitmap_are_those_of_the_library() -> None:
    """Strings drawn as outlines cover the same places of a bitmap as matplotlib's own text, upright and level."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    inks = []
    for own in (True, False):
        with matplotlib.rc_context({"text.hinting": "none"}):
            figure, axes = new_axes(4, 3)
            axes.set_axis_off()
            for x, angle in ((0.5, 0), (0.2, 90)):
                if own:
                    style = {"size": 20, "align": "center", "angle": angle, "colours": ["#000000"]}
                    write_strings(axes, axes.transAxes, [(x, 0.5)], ["Hamlet"], **style)
                else:
                    down = 0.36 * 20  # a string's middle stands at its place
                    axes.annotate(
                        "Hamlet", (x, 0.5), (down, 0) if angle else (0, -down), "axes fraction", "offset points",
                        size=20, ha="center", va="baseline", rotation=angle, rotation_mode="anchor",
                    )  # fmt: skip
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
        rows, columns = np.nonzero(np.asarray(canvas.buffer_rgba())[:, :, 0] < 128)
        inks.append((rows.min(), rows.max(), columns.min(), columns.max(), len(rows) / 10))
    assert np.abs(np.subtract(*inks)).max() <= 6


def _read_files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_kept_figures_are_the_drawn_ones(data: ReportData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report whose figures are all taken from the last one has the same bytes, and draws nothing."""
    kept = KeptFigures(tmp_path / "kept", "code 1")
    for name in ("without", "first"):
        render_report(data, tmp_path / name, kept=kept if name == "first" else None)
    monkeypatch.setattr("pipeline.report.figures.draw_figure", lambda *task: pytest.fail(f"{task[1:]} is drawn again"))
    left = [path for path in (tmp_path / "kept").iterdir() if ".zh" in path.name]
    render_report(data, tmp_path / "second", kept=kept, languages=("en", "zh") if left else ("en",))
    assert _read_files(tmp_path / "without") == _read_files(tmp_path / "first")
    if left:
        assert _read_files(tmp_path / "second") == _read_files(tmp_path / "first")


@pytest.mark.parametrize("what", ["data", "code", "file", "nothing"])
def test_what_changed_is_drawn_again(data: ReportData, tmp_path: Path, what: str) -> None:
    """A figure of other data, other code or a damaged file is not taken; the figures beside it are."""
    kept = KeptFigures(tmp_path / "kept", "code 1")
    render_report(data, tmp_path / "first", kept=kept, languages=("en",))
    if what == "data":
        data = replace(data, drift=())
    elif what == "code":
        kept = replace(kept, code="code 2")
    elif what == "file":
        place = tmp_path / "kept" / "share_by_round.en.json"
        place.write_text(place.read_text("utf-8").replace("<svg", "<Svg", 1), "utf-8")
    part = {name: kept.mark(select_parts(data, PLOTS[name].parts)) for name in ("share_by_round", "industries")}
    taken = {name: kept.read(mark, name, "en") is not None for name, mark in part.items()}
    assert taken == {"share_by_round": what == "nothing", "industries": what != "code"}
    render_report(data, tmp_path / "kept anew", kept=kept, languages=("en",))
    render_report(data, tmp_path / "drawn anew", languages=("en",))
    assert _read_files(tmp_path / "kept anew") == _read_files(tmp_path / "drawn anew")
