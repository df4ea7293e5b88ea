"""The text of a table's cells, line by line, from the characters of its page."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from pipeline.extract.pdfchars import Chars

_BACK = 0.25
"""Of the print's size: a step back of more is a mark or a word written out of order."""
_REACH = 0.35
"""Of the print's size, up and down: a dash or a quotation mark counts as this high at least."""
_GAP = 0.2
"""Of the print's size: more white between two runs on one line parts words. Within a run pdfium puts blanks itself."""


@dataclass(slots=True)
class _Line:
    low: float
    high: float
    places: list[int] = field(default_factory=list)


class CellReader:
    """Reads cells of the table within a box (left, top, right, bottom from above, as the cells' boxes)."""

    def __init__(self, chars: Chars, height: float, box: tuple[float, float, float, float]) -> None:
        self._chars = chars
        left, right, bottom, top = chars.boxes.T
        middle_x, middle_y = (left + right) / 2, height - (bottom + top) / 2
        inside = (middle_x >= box[0]) & (middle_x < box[2]) & (middle_y >= box[1]) & (middle_y < box[3])
        self._places = np.flatnonzero(inside)
        self._x, self._y = middle_x[self._places], middle_y[self._places]

    def read(self, cell: tuple[float, float, float, float]) -> str:
        """The characters whose middle lies in the cell, lines from above."""
        x0, top, x1, bottom = cell
        inside = (self._x >= x0) & (self._x < x1) & (self._y >= top) & (self._y < bottom)
        lines: list[_Line] = []
        for place in self._places[inside].tolist():
            self._add(lines, place)
        lines.sort(key=lambda line: -line.low)
        return "\n".join(self._join(line.places) for line in lines)

    def _add(self, lines: list[_Line], place: int) -> None:
        """To the line that stands on the same height, the last one first; a blank goes with what stands before it."""
        _, _, low, high = self._chars.boxes[place].tolist()
        reach = _REACH * float(self._chars.sizes[place])
        low, high = min(low, (low + high) / 2 - reach), max(high, (low + high) / 2 + reach)
        if self._chars.texts[place].isspace():
            if lines:
                lines[-1].places.append(place)
            return
        for line in reversed(lines):
            if min(high, line.high) - max(low, line.low) > 0.3 * min(high - low, line.high - line.low):
                line.low, line.high = min(low, line.low), max(high, line.high)
                line.places.append(place)
                return
        lines.append(_Line(low, high, [place]))

    def _join(self, places: list[int]) -> str:
        """The characters from left to right, with a blank where another run begins."""
        texts, boxes, sizes = self._chars.texts, self._chars.boxes, self._chars.sizes
        left = boxes[places, 0]
        if (np.diff(left) < -_BACK * sizes[places[1:]]).any():
            places = [places[index] for index in np.argsort(left, kind="stable")]
        text = texts[places[0]]
        for last, place in pairwise(places):
            if place != last + 1 and boxes[place, 0] - boxes[last, 1] > _GAP * sizes[place]:
                text += " "
            text += texts[place]
        return text
