"""Texts as numbers of words, laid end to end: what grams and vectors are looked up by, without strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.tag.ragged import Flags, Ints, lay_out, spread


class Vocabulary(dict[str, int]):
    """Words to their numbers; a word that is new gets the next one. ``names``: the words in that order."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.names: list[str] = []
        self._mark = object()  # in place of the vocabulary itself, which would be kept alive
        self._kept: tuple[object, Ints] | None = None
        for word in words:
            self[word]

    def keep_words(self, numbers: Ints) -> Vocabulary:
        """A new one that begins with these words of this one; tables take over what they know of them."""
        new = Vocabulary(self.names[number] for number in numbers.tolist())
        new._kept = self._mark, numbers
        return new

    def find_kept(self, older: Vocabulary | None) -> Ints | None:
        """The numbers in ``older`` of the words that this one began with; None where it began otherwise."""
        return self._kept[1] if self._kept and older is not None and self._kept[0] is older._mark else None

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self.names)
        self.names.append(word)
        return number


@dataclass(frozen=True, eq=False)
class WordRows(Sequence[list[str]]):
    """A text a row; the numbers of row i stand at [pointers[i], pointers[i + 1]). Read as lists of words."""

    vocabulary: Vocabulary
    numbers: Ints
    pointers: Ints

    @property
    def sizes(self) -> Ints:
        return np.diff(self.pointers)

    @property
    def owners(self) -> Ints:
        """The row of every word."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def __len__(self) -> int:
        return len(self.pointers) - 1

    def __iter__(self) -> Iterator[list[str]]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, row: int) -> list[str]:  # type: ignore[override]  # no slices
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        row %= len(self)
        names = self.vocabulary.names
        return [names[number] for number in self.numbers[self.pointers[row] : self.pointers[row + 1]].tolist()]

    def take(self, rows: Ints) -> WordRows:
        """The rows in the order asked for; a row may be asked for more than once."""
        return self._cut(self.pointers[rows], self.pointers[rows + 1])

    def take_heads(self, most: int) -> WordRows:
        """The first words of each row, at most so many."""
        return self._cut(self.pointers[:-1], np.minimum(self.pointers[1:], self.pointers[:-1] + most))

    def take_tails(self, most: int) -> WordRows:
        """The last words of each row, at most so many."""
        return self._cut(np.maximum(self.pointers[:-1], self.pointers[1:] - most), self.pointers[1:])

    def _cut(self, low: Ints, high: Ints) -> WordRows:
        return WordRows(self.vocabulary, self.numbers[spread(low, high)[1]], lay_ends(high - low))


class WordTable:
    """Numbers for every word of a vocabulary, asked for once and continued as it grows; for one vocabulary at a time."""

    def __init__(self, look_up: Callable[[str], Sequence[int]]) -> None:
        self._look_up = look_up
        self._vocabulary: Vocabulary | None = None
        self._words = 0
        self._numbers = np.zeros(0, dtype=np.int64)
        self._pointers = np.zeros(1, dtype=np.int64)

    def read(self, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
        """(numbers, pointers): those of word i stand at [pointers[i], pointers[i + 1])."""
        if self._vocabulary is not vocabulary:
            self._take_over(vocabulary)
        fresh = vocabulary.names[self._words :]
        if fresh:
            numbers, pointers = lay_out(list(map(self._look_up, fresh)))
            end = int(self._pointers[self._words])
            self._numbers = _put(self._numbers, end, numbers)
            self._pointers = _put(self._pointers, self._words + 1, pointers[1:] + end)
            self._words += len(fresh)
        return self._numbers[: self._pointers[self._words]], self._pointers[: self._words + 1]

    def _take_over(self, vocabulary: Vocabulary) -> None:
        kept = vocabulary.find_kept(self._vocabulary)
        self._vocabulary = vocabulary
        if kept is None or kept.max(initial=-1) >= self._words:
            self._words = 0
            return
        low, high = self._pointers[kept], self._pointers[kept + 1]
        self._numbers, self._pointers = self._numbers[spread(low, high)[1]], lay_ends(high - low)
        self._words = len(kept)


def _put(buffer: Ints, at: int, values: Ints) -> Ints:
    """The buffer with these values from there on; begun anew with room for as many again where they do not fit."""
    end = at + len(values)
    if end > len(buffer):
        buffer = np.concatenate((buffer[:at], np.zeros(2 * end - at, dtype=np.int64)))
    buffer[at:end] = values
    return buffer


def number_words(texts: Iterable[Iterable[str]], vocabulary: Vocabulary) -> WordRows:
    """Texts as rows of the numbers of their words; text by text, so that few words are in memory at a time."""
    look_up = vocabulary.__getitem__
    numbers: list[int] = []
    pointers = [0]
    for words in texts:
        numbers += map(look_up, words)
        pointers.append(len(numbers))
    return WordRows(vocabulary, np.array(numbers, dtype=np.int64), np.array(pointers, dtype=np.int64))


def keep_words(rows: WordRows, keep: Flags) -> WordRows:
    """The rows without the words that are not kept; ``keep``: a flag for every word."""
    pointers = np.concatenate(([0], np.cumsum(keep)))[rows.pointers]
    return WordRows(rows.vocabulary, rows.numbers[keep], pointers)


def join_rows(parts: Sequence[WordRows]) -> WordRows:
    """Rows of one vocabulary side by side: the words of the first part, then those of the next."""
    sizes = np.stack([part.sizes for part in parts], axis=1)
    ends = np.cumsum(sizes).reshape(sizes.shape)
    numbers = np.empty(sizes.sum(), dtype=np.int64)
    for part, end, size in zip(parts, ends.T, sizes.T, strict=True):
        numbers[spread(end - size, end)[1]] = part.numbers
    return WordRows(parts[0].vocabulary, numbers, np.concatenate(([0], ends[:, -1])))


def lay_ends(sizes: Sequence[int] | Ints) -> Ints:
    """Pointers of rows of these sizes."""
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
