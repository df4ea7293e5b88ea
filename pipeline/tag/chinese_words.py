"""The Chinese word knowledge of the codebook as one search: the longest word at a place and its kind.

Words of kind ``plain`` say nothing; they keep shorter words inside them from being found, so that
应 is not found in 供应 nor 将 in 将来.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.errors import CodebookError, hint_nearest

KINDS = (
    *("future", "aim", "expect", "propose", "motive", "should", "can", "forecast", "bind", "task"),
    *("ask", "view", "perform"),
    *("make", "act", "talk", "state", "cover", "help", "effect", "done", "ongoing", "not"),
    *("both", "party", "works", "counsel", "hostile", "plain"),
)


PARTS: dict[str, frozenset[str]] = {
    "form": frozenset(("bare", "perfect", "progressive", "future", "should", "can", "forecast")),
    "verb": frozenset(
        (
            *("aim", "expect", "propose", "motive", "bind", "task", "ask", "view"),
            *("perform", "make", "act", "talk", "state", "cover", "help", "effect"),
        )
    ),
    "subject": frozenset(("both", "party", "works", "counsel", "thing", "none")),
    "place": frozenset(("main", "told")),
}
"""What a rule may ask of a Chinese clause. ``told``: the content of a view, or a norm; ``none``: no subject at all."""


class Word(NamedTuple):
    """A known word in a normalised text and its kind, one of KINDS."""

    kind: str
    start: int
    end: int


class ChineseWords:
    """Finds the words of ``settings: clauses: zh``; CodebookError for a kind that does not exist."""

    def __init__(self, spec: Mapping[str, Sequence[Any]]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        kinds: dict[str, str] = {}
        for kind, words in spec.items():
            where = f"codebook.yaml:{getattr(spec, 'lines', {}).get(kind, 1)}: settings: clauses: zh:"
            if kind not in KINDS:
                hint = hint_nearest(kind, sorted(KINDS), f"use: {', '.join(sorted(KINDS))}")
                raise CodebookError(f"{where} unknown kind '{kind}'; {hint}")
            if not isinstance(words, list):
                raise CodebookError(f"{where} '{kind}' must be a list, as in {kind}: [一, 二]")
            for word in map(str, words):
                if kinds.setdefault(word, kind) != kind:
                    raise CodebookError(f"{where} '{word}' stands under {kinds[word]} too; keep one")
        self._kinds = tuple(kinds.values())
        self._search = AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest) if kinds else None

    def find(self, text: str) -> list[Word]:
        """The words in order, none overlapping another; plain ones, which have done their part, left out."""
        if self._search is None:
            return []
        kinds = self._kinds
        return [
            Word(kind, start, end)
            for index, start, end in self._search.find_matches_as_indexes(text)
            if (kind := kinds[index]) != "plain"
        ]
