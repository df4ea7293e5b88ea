"""Many short strings drawn as one artist: names of rows, numbers in cells.

A matplotlib Text works out its layout each time it is drawn or asked for its size, half a millisecond a string; a
heat map has five hundred of them in each of four files. In a bitmap the strings are outlines (outlines.py), elsewhere
text. Imported where a figure is drawn, for it needs matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import Any, Literal

from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform

from pipeline.report.outlines import draw_outlines

_MIDDLE = 0.36
"""Height of the middle of a capital or digit above the line, in font sizes."""
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a string's width stands before its point."""


class Lettering(Artist):
    """One line of text at each of ``places``, all of one size, its middle at the height of the place.

    ``places``: in the coordinates of ``transform``; ``shift``: from there, in points; ``colours``: one a string, or one
    for all; ``angle``: 0, or 90 for strings that run upwards.
    """

    def __init__(
        self,
        places: Sequence[tuple[float, float]],
        texts: Sequence[str],
        transform: Any,
        *,
        colours: Sequence[str],
        size: float,
        align: Literal["left", "center", "right"],
        shift: tuple[float, float] = (0.0, 0.0),
        angle: int = 0,
    ) -> None:
        super().__init__()
        self.set_zorder(3)  # above marks and cells
        self.set_transform(transform)
        self._places, self._texts, self._shift = places, texts, shift
        self._colours = colours if len(colours) > 1 else list(colours) * len(texts)
        self._font, self._plain = FontProperties(size=size), FontProperties()
        self._align: Literal["left", "center", "right"] = align
        self._angle = angle

    def draw(self, renderer: Any) -> None:
        """See matplotlib.artist.Artist.draw."""
        if isinstance(renderer, RendererAgg):
            draw_outlines(
                renderer, self._to_pixels(renderer), self._texts, self._colours, font=self._plain,
                size=self._font.get_size_in_points() * renderer.dpi / 72, before=_BEFORE[self._align],
                upwards=bool(self._angle),
            )  # fmt: skip
            self.stale = False
            return
        height = renderer.get_canvas_width_height()[1] if renderer.flipy() else None
        anchor = self._make_anchor()
        measure = cache(partial(self._measure, renderer))
        renderer.open_group("lettering", self.get_gid())
        for (x, y), text, colour in zip(self._to_pixels(renderer), self._texts, self._colours, strict=True):
            gc = renderer.new_gc()
            gc.set_foreground(colour)
            if anchor:
                anchor.set_position((x, y))
            else:
                before = measure(text)[0] * _BEFORE[self._align] if self._align != "left" else 0.0
                x, y = (x, y - before) if self._angle else (x - before, y)
            renderer.draw_text(gc, x, y if height is None else height - y, text, self._font, self._angle, mtext=anchor)
            gc.restore()
        renderer.close_group("lettering")
        self.stale = False

    def get_window_extent(self, renderer: Any = None) -> Bbox:
        """The box around all strings, for those who save a figure cut to its contents."""
        renderer = renderer or self.get_figure(root=True)._get_renderer()  # type: ignore[union-attr]
        boxes = []
        for (x, y), text in zip(self._to_pixels(renderer), self._texts, strict=True):
            width, height, _ = self._measure(renderer, text)
            start = width * _BEFORE[self._align]
            boxes.append(
                Bbox.from_bounds(x - height, y - start, height, width)
                if self._angle
                else Bbox.from_bounds(x - start, y, width, height)
            )
        return Bbox.union(boxes) if boxes else Bbox.null()

    def _make_anchor(self) -> Text | None:
        """What tells an SVG with letters as text how they stand to their point; elsewhere a string is measured."""
        if not isinstance(self.get_figure(root=True).canvas, FigureCanvasSVG) or rcParams["svg.fonttype"] != "none":  # type: ignore[union-attr]
            return None
        return Text(rotation=self._angle, rotation_mode="anchor", ha=self._align, transform=IdentityTransform())

    def _to_pixels(self, renderer: Any) -> Any:
        """Where each string's line begins or is anchored, from the lower left, in the renderer's pixels."""
        down = _MIDDLE * self._font.get_size_in_points()
        right, up = self._shift
        shift = (right + down, up) if self._angle else (right, up - down)
        return self.get_transform().transform(self._places) + [renderer.points_to_pixels(part) for part in shift]

    def _measure(self, renderer: Any, text: str) -> tuple[float, float, float]:
        size: tuple[float, float, float] = renderer.get_text_width_height_descent(text, self._font, False)
        return size
