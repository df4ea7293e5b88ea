"""Where the elements of phrases stand in the texts of a batch, from the literals that were found there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np

from pipeline.tag.ragged import Flags, Ints, spread
from pipeline.tag.scan import Spans
from pipeline.tag.tables import RuleTables

Range = tuple[int, int]


class Located:
    """Columns over all places of elements in the order of the texts: ``text``, ``element``, ``start``, ``end``.

    ``first``: where the first place of the same element in the same text stands in the columns. ``text_at``: where
    each text begins. ``has``: for each text, in which sets of the tables an element of it is.
    """

    def __init__(self, found: Spans, text_count: int, tables: RuleTables) -> None:
        span, place = spread(tables.literal_at[found.literal], tables.literal_at[found.literal + 1])
        self.text, self.start, self.end = found.text[span], found.start[span], found.end[span]
        self.element = tables.elements_of[place]
        self.text_at: Ints = np.searchsorted(self.text, np.arange(text_count + 1))
        self._width = tables.element_count
        keys = self.text * self._width + self.element
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self.first = np.empty_like(keys)
        begins = np.flatnonzero(np.diff(self._keys, prepend=-1))
        self.first[self._order] = np.repeat(self._order[begins], np.diff(begins, append=len(keys)))
        self.has: Flags = np.zeros((text_count, tables.set_count), dtype=bool)
        heads = self._order[begins]
        owner, member = spread(tables.set_at[self.element[heads]], tables.set_at[self.element[heads] + 1])
        self.has[self.text[heads][owner], tables.sets_of[member]] = True

    def find_element(self, text: Ints, element: Ints) -> tuple[Ints, Ints]:
        """The range of the places of an element in a text, one pair for each row; for ``at``."""
        keys = text * self._width + element
        return np.searchsorted(self._keys, keys), np.searchsorted(self._keys, keys, side="right")

    def at(self, places: Ints) -> Ints:
        """The columns' row of places that find_element gave."""
        return self._order[places]

    def list_ranges(self, low: int, high: int) -> list[Range]:
        """The places of one element in one text, in order, from what find_element gave."""
        rows, starts, ends = self._order.data, self.start.data, self.end.data  # few are read: no lists of all
        return [(starts[row], ends[row]) for row in rows[low:high]]

    def list_places(self, text: int, element: int) -> list[Range]:
        """As list_ranges, for an element not yet sought."""
        keys, key = self._keys.data, text * self._width + element
        return self.list_ranges(bisect_left(keys, key), bisect_right(keys, key))

    def elements_in(self, text: int) -> list[int]:
        """The elements that stand in one text, each as often as it does."""
        return self.element[self.text_at[text] : self.text_at[text + 1]].tolist()  # type: ignore[no-any-return]
