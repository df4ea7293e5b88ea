"""The words of manner of units, for the action level, and how spoken they are.

Words count as they stand: auxiliaries, tense and person matter here. Every run of names is one "@" and every
number "#"; the first words also count by their place, the last words of the lead-in as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.forms import SplitUnits
from pipeline.tag.wordrows import Vocabulary, WordRows, WordTable, join_rows, keep_words, lay_ends, number_words

Numbers = NDArray[np.float32]

_PLACED = 3
_LED = 12
_MARKS = ".,;:!?()[]\"“”'—–"
_NUMBER = re.compile(r"\d")
_REMEMBERED = 70_000
_TALK = frozenset(
    ["i", "you", "i'm", "we're", "it's", "that's", "you're", "know", "think", "just", "very", "thank", "your", "my"]
)
_BEGIN, _NAME, _STOP, _ASKED = range(4)
_SIGNS = ("^", "@", ";", "?")
"""The first words of the vocabulary, by the numbers above."""


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
        self.led = _Marked(self.vocabulary, "L_")
        self.placed = tuple(_Marked(self.vocabulary, f"{place}_") for place in range(_PLACED))
        self.forms = WordTable(partial(_read_form, self.vocabulary))  # no method: a cycle would outlive the book


_books: list[_Book] = []
"""The one in use, none before the first text."""


def read_manner(split: SplitUnits, asked: Sequence[bool], clauses: Sequence[Sequence[str]]) -> tuple[WordRows, Numbers]:
    """The words of manner of each unit, then what its clauses are; and the shares of words of talk.

    ``asked``: which units are questions. ``clauses``: see levels.name_clauses.
    """
    if not _books or len(_books[0].vocabulary.names) > _REMEMBERED:
        _books[:] = [_Book()]
    book = _books[0]
    own = _find_words(split.english, book)
    parts = [
        _flag_rows(split.is_english, _BEGIN, book),
        own,
        _flag_rows(asked, _ASKED, book),
        _mark_places(own.take_heads(_PLACED), book),
        _mark(_find_words(split.lead, book).take_tails(_LED), book.led),
        number_words(split.cut, book.vocabulary),
        number_words(clauses, book.vocabulary),
    ]
    return join_rows(parts), _share_talk(split.every, book)


def _share_talk(texts: WordRows, book: _Book) -> Numbers:
    """Share of words of talk among all words of each text."""
    codes = book.forms.read(texts.vocabulary)[0][1::2][texts.numbers]
    total = np.diff(lay_ends(codes >> 1 & 1)[texts.pointers])
    return np.asarray(total / np.maximum(texts.sizes, 1), dtype=np.float32)


def _find_words(texts: WordRows, book: _Book) -> WordRows:
    """The words of manner of each text, runs of names as one."""
    table = book.forms.read(texts.vocabulary)[0]
    places = 2 * texts.numbers + 1
    places[texts.pointers[:-1][texts.sizes > 0]] -= 1
    codes = table[places]
    both = np.stack(((codes >> 2) - 1, np.where(codes & 1, _STOP, -1)), axis=1).ravel()
    found = keep_words(WordRows(book.vocabulary, both, 2 * texts.pointers), both >= 0)
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


def _read_form(vocabulary: Vocabulary, form: str) -> tuple[int, int]:
    """What a word says where it begins a text, and elsewhere: 4 times one more than the number of the word of manner
    (0 for none), 2 more for a word of talk, 1 more for a pause behind it."""
    form = form.replace("’", "'")
    more = 2 * (form.lower() in _TALK) + (form[-1] in ":;")
    words = (_read_word(form, first=True), _read_word(form, first=False))
    first, other = (4 * (vocabulary[word] + 1) + more if word else more for word in words)
    return first, other


def _read_word(word: str, *, first: bool) -> str:
    """The word of manner for one word, "" for none; ``first``: it begins the text, so a capital says nothing."""
    bare = word.strip(_MARKS)
    if not bare:
        return ""
    if _NUMBER.search(bare):
        return "#"
    return bare.lower() if first or bare[0].islower() or bare == "I" else _SIGNS[_NAME]
