"""The Chinese word knowledge of the codebook as one search: the longest word at a place and its kind.

Words of kind ``plain`` say nothing; they keep shorter words inside them from being found, so that
应 is not found in 供应 nor 将 in 将来.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.errors import CodebookError

KINDS = (
    *("future", "aim", "propose", "motive", "should", "can", "forecast", "bind", "task", "ask", "view", "perform"),
    *(
        "act",
        "talk",
        "state",
        "effect",
        "done",
        "ongoing",
        "not",
        "both",
        "party",
        "works",
        "counsel",
        "hostile",
        "plain",
    ),
)


PARTS: dict[str, frozenset[str]] = {
    "form": frozenset(("bare", "perfect", "progressive", "future", "should", "can", "forecast")),
    "verb": frozenset(
        ("aim", "propose", "motive", "bind", "task", "ask", "view", "perform", "act", "talk", "state", "effect")
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
            if kind not in KINDS:
                raise CodebookError(
                    f"codebook.yaml: settings: clauses: zh: unknown kind '{kind}'; use: {', '.join(sorted(KINDS))}"
                )
            for word in words:
                kinds.setdefault(str(word), kind)
        self._kinds = tuple(kinds.values())
        self._search = AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest) if kinds else None

    def find(self, text: str) -> list[Word]:
        """The words in order, none overlapping another."""
        if self._search is None:
            return []
        kinds = self._kinds
        return [Word(kinds[index], start, end) for index, start, end in self._search.find_matches_as_indexes(text)]
