"""The words of manner of units, for the action level, and how spoken they are: every text is split once for both.

Words count as they stand: auxiliaries, tense and person matter here. Every run of names is one "@" and every
number "#"; the first words also count by their place, the last words of the lead-in as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Unit
from pipeline.tag.ragged import Ints
from pipeline.tag.wordrows import Vocabulary, WordRows, join_rows, keep_words, lay_ends, number_words

Numbers = NDArray[np.float32]

_PLACED = 3
_LED = 12
_MARKS = ".,;:!?()[]\"“”'—–"
_NUMBER = re.compile(r"\d")
_REMEMBERED = 100_000
_TALK = frozenset(
    ["i", "you", "i'm", "we're", "it's", "that's", "you're", "know", "think", "just", "very", "thank", "your", "my"]
)
_BEGIN, _NAME, _STOP, _ASKED = range(4)
_SIGNS = ("^", "@", ";", "?")
"""The first words of the vocabulary, by the numbers above."""


class _Forms(dict[str, int]):
    """What words as they stand say, looked at once each: 4 times one more than the number of the word of manner (0 for
    none), 2 more for a word of talk, 1 more for a pause behind it. ``first``: the words begin a text."""

    def __init__(self, vocabulary: Vocabulary, *, first: bool) -> None:
        self._vocabulary = vocabulary
        self._first = first

    def __missing__(self, word: str) -> int:
        manner = _read_word(word, first=self._first)
        number = self._vocabulary[manner] + 1 if manner else 0
        self[word] = code = 4 * number + 2 * (word.lower() in _TALK) + (word[-1] in ":;")
        return code


class _Marked(dict[int, int]):
    """Numbers of words to those of the same words with a mark before them."""

    def __init__(self, vocabulary: Vocabulary, mark: str) -> None:
        self._vocabulary = vocabulary
        self._mark = mark

    def __missing__(self, number: int) -> int:
        self[number] = marked = self._vocabulary[self._mark + self._vocabulary.names[number]]
        return marked


class _Book:
    """All that is remembered of words, with the vocabulary their numbers belong to."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary(_SIGNS)
        self.firsts = _Forms(self.vocabulary, first=True)
        self.forms = _Forms(self.vocabulary, first=False)
        self.led = _Marked(self.vocabulary, "L_")
        self.placed = tuple(_Marked(self.vocabulary, f"{place}_") for place in range(_PLACED))

    @property
    def full(self) -> bool:
        return len(self.forms) > _REMEMBERED or len(self.vocabulary) > _REMEMBERED


_books = [_Book()]


def read_manner(
    units: Sequence[Unit], clauses: Sequence[Sequence[str]], cut: Sequence[Sequence[str]]
) -> tuple[WordRows, Numbers]:
    """The words of manner of each unit, then what its clauses are; and the shares of words of talk.

    ``clauses``: see levels.name_clauses. ``cut``: the words of Chinese units, which count instead; empty for others.
    """
    if _books[0].full:
        _books[0] = _Book()
    book = _books[0]
    english = [unit.language != "zh" for unit in units]
    leads = {
        lead: len(units) + place
        for place, lead in enumerate(dict.fromkeys(unit.lead for unit in units if unit.lead and unit.language != "zh"))
    }
    empty = len(units) + len(leads)
    split = [text.replace("’", "'").split() for text in chain((unit.text for unit in units), leads, ("",))]
    pointers = lay_ends([len(words) for words in split])
    codes = np.fromiter(map(book.forms.__getitem__, chain.from_iterable(split)), np.int64, pointers[-1])
    share = _share_talk(codes, pointers[: len(units) + 1])
    codes[pointers[:-1][np.diff(pointers) > 0]] = [book.firsts[words[0]] for words in split if words]
    found = _find_words(codes, pointers, book.vocabulary)
    own = found.take(np.array([row if mine else empty for row, mine in enumerate(english)], dtype=np.int64))
    led = found.take(np.array([leads.get(unit.lead, empty) for unit in units], dtype=np.int64))
    asked = [mine and unit.text.rstrip().endswith("?") for mine, unit in zip(english, units, strict=True)]
    parts = [
        _flag_rows(english, _BEGIN, book),
        own,
        _flag_rows(asked, _ASKED, book),
        _mark_places(own.take_heads(_PLACED), book),
        _mark(led.take_tails(_LED), book.led),
        number_words(cut, book.vocabulary),
        number_words(clauses, book.vocabulary),
    ]
    return join_rows(parts), share


def _share_talk(codes: Ints, pointers: Ints) -> Numbers:
    """Share of words of talk among all words of each text."""
    total = lay_ends(codes >> 1 & 1)[pointers]
    return np.asarray(np.diff(total) / np.maximum(np.diff(pointers), 1), dtype=np.float32)


def _find_words(codes: Ints, pointers: Ints, vocabulary: Vocabulary) -> WordRows:
    """The words of manner of each text, runs of names as one."""
    both = np.stack(((codes >> 2) - 1, np.where(codes & 1, _STOP, -1)), axis=1)
    found = keep_words(WordRows(vocabulary, both.ravel(), 2 * pointers), both.ravel() >= 0)
    names, owners = found.numbers == _NAME, found.owners
    again = np.zeros(len(names), dtype=bool)
    again[1:] = names[1:] & names[:-1] & (owners[1:] == owners[:-1])
    return keep_words(found, ~again)


def _flag_rows(flags: Sequence[bool], number: int, book: _Book) -> WordRows:
    """Rows of that one word where the flag is set."""
    pointers = lay_ends(np.array(flags, dtype=np.int64))
    return WordRows(book.vocabulary, np.full(pointers[-1], number, dtype=np.int64), pointers)


def _mark_places(heads: WordRows, book: _Book) -> WordRows:
    places = np.arange(len(heads.numbers)) - heads.pointers[heads.owners]
    pairs = zip(places.tolist(), heads.numbers.tolist(), strict=True)
    numbers = np.array([book.placed[place][number] for place, number in pairs], dtype=np.int64)
    return WordRows(book.vocabulary, numbers, heads.pointers)


def _mark(rows: WordRows, marked: _Marked) -> WordRows:
    numbers = np.array([marked[number] for number in rows.numbers.tolist()], dtype=np.int64)
    return WordRows(rows.vocabulary, numbers, rows.pointers)


def _read_word(word: str, *, first: bool) -> str:
    """The word of manner for one word, "" for none; ``first``: it begins the text, so a capital says nothing."""
    bare = word.strip(_MARKS)
    if not bare:
        return ""
    if _NUMBER.search(bare):
        return "#"
    return bare.lower() if first or bare[0].islower() or bare == "I" else _SIGNS[_NAME]
