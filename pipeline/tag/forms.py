"""The texts of units, their lead-ins and headings, split once for all features: at blanks, or by jieba."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records import Unit
from pipeline.tag.cut import cut_chinese
from pipeline.tag.letters import NumberTable, hash_words, read_codes
from pipeline.tag.ragged import Ints
from pipeline.tag.wordrows import Vocabulary, WordRows, lay_ends

_REMEMBERED = 50_000
_BREAK = "\n"
_INSIDE = np.array([not chr(code).isspace() for code in range(0x3002)], dtype=bool)
"""Is the character part of a word? The last one stands for all behind it."""


class _Words:
    """The words met so far with their numbers, these again by hash, and how often each was used."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.table = NumberTable(self.vocabulary.__getitem__)
        self._uses = np.zeros(0, dtype=np.int64)

    def begin_anew(self) -> _Words:
        """With as many as are half of what may be remembered, those used most; uses of long ago count ever less."""
        most = np.sort(np.argsort(-self._uses, kind="stable")[: _REMEMBERED // 2])
        new = _Words()
        new.vocabulary = self.vocabulary.keep_words(most)
        new.table = self.table.keep_numbers(most, new.vocabulary.__getitem__)
        new._uses = self._uses[most] // 2
        return new

    def count_uses(self, numbers: Ints) -> None:
        uses = np.bincount(numbers, minlength=len(self.vocabulary.names))
        uses[: len(self._uses)] += self._uses
        self._uses = uses


_words = [_Words()]
"""The ones in use."""


@dataclass(frozen=True)
class SplitUnits:
    """Words as they stand, marks and all. ``is_english``: not Chinese; ``every``: all units, split at blanks; ``english``, ``lead``: the same and the
    lead-ins, with no words for Chinese units; ``cut``: the words of Chinese units, empty for others.

    ``title``, ``title_cut``: as ``english`` and ``cut``, of the distinct nearest headings; ``title_of``: whose row each unit has.
    """

    is_english: Sequence[bool]
    every: WordRows
    english: WordRows
    lead: WordRows
    cut: Sequence[Sequence[str]]
    title: WordRows
    title_cut: Sequence[Sequence[str]]
    title_of: Ints


def split_units(units: Sequence[Unit]) -> SplitUnits:
    """A heading is read in the language of its first unit."""
    chinese = [unit.language == "zh" for unit in units]
    names = [unit.section.rsplit(" > ", 1)[-1] for unit in units]
    titles = dict(zip(reversed(names), reversed(chinese), strict=True))
    leads = dict.fromkeys(unit.lead for unit in units)
    texts = [*(unit.text for unit in units), *leads, *titles, ""]
    split = split_texts(texts)
    row_of = {lead: row for row, lead in enumerate(leads, len(units))}
    title_at = {title: row for row, title in enumerate(titles)}
    empty, first_title = len(texts) - 1, len(units) + len(leads)

    def take(rows: Sequence[int], left_out: Sequence[bool]) -> WordRows:
        return split.take(np.where(left_out, empty, np.array(rows, dtype=np.int64)))

    return SplitUnits(
        is_english=[not one for one in chinese],
        every=split.take(np.arange(len(units))),
        english=take(range(len(units)), chinese),
        lead=take([row_of[unit.lead] for unit in units], chinese),
        cut=_cut([unit.text for unit in units], chinese),
        title=take(range(first_title, empty), list(titles.values())),
        title_cut=_cut(list(titles), list(titles.values())),
        title_of=np.array([title_at[name] for name in names], dtype=np.int64),
    )


def split_texts(texts: Sequence[str]) -> WordRows:
    """Texts split at blanks, in a vocabulary that is begun anew with its commonest words when it has grown large."""
    if len(_words[0].vocabulary.names) > _REMEMBERED:
        _words[0] = _words[0].begin_anew()
    joined = _BREAK.join(("", *texts, ""))
    codes = read_codes(joined)
    inside = _INSIDE.take(codes, mode="clip")
    change = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = change[0::2], change[1::2]
    numbers = _words[0].table.look_up(joined, starts, ends, hash_words(codes, starts, ends))
    _words[0].count_uses(numbers)
    begins = lay_ends([len(text) + len(_BREAK) for text in texts]) + len(_BREAK)
    return WordRows(_words[0].vocabulary, numbers, np.searchsorted(starts, begins))


def _cut(texts: Sequence[str], chinese: Sequence[bool]) -> list[list[str]]:
    return [cut_chinese(text) if wanted else [] for text, wanted in zip(texts, chinese, strict=True)]
