"""Literals found by their words in many texts at once, with a trie over words.

Every word of the text is looked up once. A word stands for the word of the literals that it is, and for the open
stems it begins with (decarboni*); paths through the trie then grow by a word at a time, for all texts together.
Between the words of most literals stand single blanks; those with marks are compared with the text in the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.tag.keytable import KeyTable
from pipeline.tag.letters import Codes, NumberTable, hash_words
from pipeline.tag.ragged import Flags, Ints, lay_out, spread

_BLANK = ord(" ")
Columns = tuple[Ints, Ints, Ints]
"""Number of the literal, where it starts and ends."""


class Wording(NamedTuple):
    """A literal as words, the last of which may be an open stem, with the marks ``before`` and ``behind`` them."""

    number: int
    text: str
    words: tuple[str, ...]
    before: str
    behind: str
    open_right: bool

    @property
    def marked(self) -> bool:
        return self.text != " ".join(self.words)


class WordSearch:
    """Literals with words, ready to be searched."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        trie = _Trie(wordings)
        self._width = len(trie.symbols)
        self._edges = KeyTable([node * self._width + symbol for node, symbol in trie.edges], list(trie.edges.values()))
        self._ends, self._end_at = lay_out([trie.ends.get(node, ()) for node in range(trie.size)])
        self._goes_on = trie.flag({node for node, _ in trie.edges})
        self._loose = trie.flag(trie.loose)
        classes = _Classes(trie.symbols)
        self._symbols, self._symbol_at = lay_out(classes.symbols)
        first = [[trie.edges[0, s] for s in symbols if (0, s) in trie.edges] for symbols in classes.symbols]
        self._first, self._first_at = lay_out(first)
        self._begins = np.diff(self._first_at) > 0
        self._table = NumberTable(classes.find)
        self._numbers = np.array([wording.number for wording in wordings], dtype=np.int64)
        self._marked = {row: wording for row, wording in enumerate(wordings) if wording.marked}
        self._is_marked = np.zeros(len(wordings), dtype=bool)
        self._is_marked[list(self._marked)] = True

    def find(self, text: str, codes: Codes, word: Flags) -> Columns:
        """All literals in a text whose first and last characters are no word's; ``word``: which characters are."""
        change = np.flatnonzero(word[1:] != word[:-1]) + 1
        starts, ends = change[0::2], change[1::2]
        classes = self._table.look_up(text, starts, ends, hash_words(codes, starts, ends))
        joined = np.zeros(len(starts), dtype=bool)
        joined[:-1] = (starts[1:] - ends[:-1] == 1) & (codes[ends[:-1]] == _BLANK)
        row, first, last = self._follow(classes, joined)
        start, end = starts[first], ends[last]
        parted = np.cumsum(~joined) + joined
        keep = (parted[last] == parted[first]) & ~self._is_marked[row]
        for at in np.flatnonzero(self._is_marked[row]).tolist():
            wording = self._marked[int(row[at])]
            start[at] -= len(wording.before)
            end[at] += len(wording.behind)
            keep[at] = text.startswith(wording.text, start[at], end[at])
        return self._numbers[row[keep]], start[keep], end[keep]

    def _follow(self, classes: Ints, joined: Flags) -> Columns:
        """All paths through the trie that end a literal: its row, the first and the last word."""
        first = np.flatnonzero(self._begins[classes])
        owner, place = spread(self._first_at[classes[first]], self._first_at[classes[first] + 1])
        first, node = first[owner], self._first[place]
        last = first
        parts: list[Columns] = []
        while True:
            owner, place = spread(self._end_at[node], self._end_at[node + 1])
            parts.append((self._ends[place], first[owner], last[owner]))
            on = np.flatnonzero(self._goes_on[node] & (joined[last] | self._loose[node]))
            on = on[last[on] + 1 < len(classes)]
            if not on.size:
                break
            first, node, last = first[on], node[on], last[on] + 1
            owner, place = spread(self._symbol_at[classes[last]], self._symbol_at[classes[last] + 1])
            found = self._edges.look_up(node[owner] * self._width + self._symbols[place])
            there = np.flatnonzero(found >= 0)
            first, node, last = first[owner[there]], found[there], last[owner[there]]
        row, first, last = map(np.concatenate, zip(*parts, strict=True))
        return row, first, last


class _Trie:
    """``edges``: (node, symbol) to the next node, the root being 0; ``ends``: rows of the literals that end at a node;
    ``loose``: nodes on the way to one with marks."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self.symbols: dict[tuple[str, bool], int] = {}
        self.edges: dict[tuple[int, int], int] = {}
        self.ends: defaultdict[int, list[int]] = defaultdict(list)
        self.loose: set[int] = set()
        for row, wording in enumerate(wordings):
            *front, last = wording.words
            marked = wording.marked
            node = 0
            for key in (*((word, False) for word in front), (last, wording.open_right)):
                symbol = self.symbols.setdefault(key, len(self.symbols))
                node = self.edges.setdefault((node, symbol), len(self.edges) + 1)
                if marked:
                    self.loose.add(node)
            self.ends[node].append(row)

    @property
    def size(self) -> int:
        return len(self.edges) + 1

    def flag(self, nodes: Iterable[int]) -> Flags:
        flags = np.zeros(self.size, dtype=bool)
        flags[list(nodes)] = True
        return flags


class _Classes:
    """Kinds of words by the symbols they stand for; class 0 is that of words that stand for none.

    ``symbols``: (word, is it an open stem?) to its number.
    """

    def __init__(self, symbols: dict[tuple[str, bool], int]) -> None:
        self._stems = {word: number for (word, stem), number in symbols.items() if stem}
        self._longest = max(map(len, self._stems), default=0)
        words = {word: number for (word, stem), number in symbols.items() if not stem}
        self._of_word = {word: number for number, word in enumerate(words, 1)}
        self._of_stem = {stem: number for number, stem in enumerate(self._stems, len(words) + 1)}
        self.symbols: Sequence[list[int]] = [
            [],
            *([number, *self._list_stems(word)] for word, number in words.items()),
            *(self._list_stems(stem) for stem in self._stems),
        ]

    def find(self, word: str) -> int:
        """The class of a word: its own where literals have it, else that of the longest stem it begins with."""
        if number := self._of_word.get(word):
            return number
        return self._of_stem.get(next(self._begin(word), ""), 0)

    def _list_stems(self, word: str) -> list[int]:
        return [self._stems[stem] for stem in self._begin(word)]

    def _begin(self, word: str) -> Iterator[str]:
        """The stems that a word begins with, the longest first."""
        for size in range(min(len(word), self._longest), 0, -1):
            if word[:size] in self._stems:
                yield word[:size]
