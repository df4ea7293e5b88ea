"""Letters as outlines: laid out once for each string and language, whatever the size, however often they are drawn.

A bitmap's renderer lays a string out and draws each of its letters anew, half a millisecond and more; the numbers of
a heat map are the same few hundred times. Imported where a figure is drawn, for it needs matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import IdentityTransform

Corners = npt.NDArray[np.float64]


@lru_cache(maxsize=8192)
def outline_text(text: str, font: FontProperties) -> tuple[Corners, tuple[int, ...], float]:
    """Corners and drawing steps of a line of text whose letters are one unit large, and where it ends; it begins at 0."""
    face = _open_font(font)
    face.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
    letters, _, _ = text_to_path.get_glyphs_with_font(face, text, _letters)
    corners = [_letters[name][0] * scale + (x, y) for name, x, y, scale in letters]
    placed = np.concatenate([np.empty((0, 2)), *corners]) / text_to_path.FONT_SCALE
    steps = tuple(int(step) for name, *_ in letters for step in _letters[name][1])
    return placed, steps, float(placed[:, 0].max(initial=0.0))


def _open_font(font: FontProperties) -> Any:
    """The face of the first family, those of the others behind it for letters it has not.

    Not remembered here: matplotlib does, and opens it anew in a fork, where an open file would share its place with ours.
    """
    return get_font([findfont(FontProperties(family=[family])) for family in font.get_family()])


_letters: dict[str, Any] = {}
"""Corners and steps of each letter seen, by face and number."""


def measure_text(text: str, font: FontProperties) -> float:
    """Width of a line of text, in sizes of its letters."""
    return outline_text(text, font)[2]


def draw_outlines(
    renderer: Any,
    places: Sequence[tuple[float, float]],
    texts: Sequence[str],
    colours: Sequence[str],
    *,
    font: FontProperties,
    size: float,
    before: float,
    upwards: bool,
) -> None:
    """Each text from its place on, in one path for each colour. ``places`` and ``size``: in pixels.

    ``before``: how much of a text's width stands before its place; ``upwards``: the line runs up instead of right.
    """
    for colour in dict.fromkeys(colours):
        parts: list[Corners] = []
        steps: list[int] = []
        for place, text, own in zip(places, texts, colours, strict=True):
            if own == colour:
                corners, drawn, width = outline_text(text, font)
                corners = (corners - (before * width, 0.0)) * size
                parts.append((corners[:, ::-1] * (-1.0, 1.0) if upwards else corners) + place)
                steps += drawn
        gc = renderer.new_gc()
        gc.set_linewidth(0)
        gc.set_foreground(colour)
        gc.set_snap(False)
        if steps:
            renderer.draw_path(gc, Path(np.concatenate(parts), steps), IdentityTransform(), gc.get_rgb())
        gc.restore()
