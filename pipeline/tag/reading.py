"""Texts of one language as the rules read them: phrases located, clauses read, matches of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from pipeline.codebook import Codebook
from pipeline.tag import chinese_focus, english_focus
from pipeline.tag.asides import Reweigher
from pipeline.tag.chinese import WordBoundaries
from pipeline.tag.chinese_clauses import find_chinese_clauses
from pipeline.tag.chinese_words import ChineseWords
from pipeline.tag.clauses import find_clauses
from pipeline.tag.compile import compile_rules
from pipeline.tag.firing import Firing, Spoken
from pipeline.tag.levels import Clause, LevelRules
from pipeline.tag.locate import Located
from pipeline.tag.match import Jobs, Match, match_rules
from pipeline.tag.normalize import Plain, normalize_texts
from pipeline.tag.patterns import match_patterns
from pipeline.tag.scan import Spans
from pipeline.tag.sheet import read_sheet
from pipeline.tag.tables import RuleTables
from pipeline.tag.verbs import WordBook, build_wordbook


class Text(NamedTuple):
    """A text as read; ``clauses`` only where they were asked for."""

    original: str
    plain: Plain
    clauses: Sequence[Clause] = ()


class Reading(NamedTuple):
    """Distinct texts of one language: ``row`` of each in ``texts``, and where the elements of phrases stand."""

    row: dict[str, int]
    texts: list[Text]
    located: Located

    def list_rows(self, texts: Iterable[str]) -> list[int]:
        return [self.row[text] for text in texts]


class Reader:
    """The rules of one language at work on texts; everything that depends on the language is decided here."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        self.language = language
        self.rules = compile_rules(codebook, language)
        self._tables = RuleTables(self.rules)
        self._exact = np.array([bool(literal.exact) for literal in self.rules.lexicon.literals], dtype=bool)
        self._triggers = np.isin(np.arange(self._tables.element_count), list(self.rules.triggers))
        self._levels = LevelRules(self.rules.clauses)
        self._words: Mapping[str, Any] = (codebook.settings.get("clauses") or {}).get(language) or {}
        self._focus = chinese_focus if language == "zh" else english_focus
        self._reweigh = Reweigher()

    def read_texts(self, around: Iterable[str], whole: Iterable[str]) -> Reading:
        """Places of all phrase elements in all distinct texts; in ``whole``, units and lead-ins, also the clauses."""
        whole = dict.fromkeys(whole)
        texts = list(whole | dict.fromkeys(around))
        plains = normalize_texts(texts, self.language)
        found = self.rules.lexicon.scan([plain.text for plain in plains], self._check)
        found = self._drop_other_case(found, texts, plains)
        clauses = self._find_clauses(plains[: len(whole)])
        clauses += [[]] * (len(texts) - len(whole))
        return Reading(
            {text: row for row, text in enumerate(texts)},
            list(map(Text, texts, plains, clauses)),
            Located(found, len(texts), self._tables),
        )

    def match_texts(
        self, reading: Reading, rows: Sequence[int], contexts: Sequence[int], around: Sequence[Sequence[int]]
    ) -> list[Spoken]:
        """What fires in units or lead-ins; of the action level a phrase on the same words speaks instead of a clause.
        ``contexts``: for each text the number of its context; ``around``: for each context the rows of the texts
        around."""
        held = [reading.located.has[list(rows)].any(axis=0) for rows in around]
        jobs = Jobs(np.array(rows, dtype=np.int64), np.array(contexts, dtype=np.int64), np.array(held, dtype=bool))
        firing = self._match(reading, jobs)
        firing.lower_asides(self._focus.find_asides, self._reweigh)
        clauses = [reading.texts[row].clauses for row in rows]
        return firing.list_spoken(list(map(self._levels.pick, clauses)), self._match_patterns(reading, rows))

    def match_headings(self, reading: Reading, rows: Sequence[int]) -> list[Spoken]:
        """What fires in headings."""
        nothing = np.zeros((1, self._tables.set_count), dtype=bool)
        jobs = Jobs(np.array(rows, dtype=np.int64), np.zeros(len(rows), dtype=np.int64), nothing, heading=True)
        return self._match(reading, jobs).list_spoken([()] * len(rows), self._match_patterns(reading, rows))

    def _match(self, reading: Reading, jobs: Jobs) -> Firing:
        texts = [text.plain.text for text in reading.texts]
        fired = match_rules(texts, reading.located, jobs, self.rules, self._tables)
        return Firing(fired, [texts[row] for row in jobs.text.tolist()], self._tables)

    def _match_patterns(self, reading: Reading, rows: Sequence[int]) -> list[Sequence[Match]]:
        """For each text its matches of token patterns."""
        located = reading.located
        triggered = set(located.text[self._triggers[located.element]].tolist())
        return [
            match_patterns(reading.texts[row].original, located.elements_in(row), self.rules)
            if row in triggered
            else ()
            for row in rows
        ]

    def _drop_other_case(self, found: Spans, texts: Sequence[str], plains: Sequence[Plain]) -> Spans:
        """Without the literals of a certain case that stand in another (=WHO)."""
        keep = np.ones(len(found.text), dtype=bool)
        for at in np.flatnonzero(self._exact[found.literal]).tolist():
            row, literal, start, end = (int(column[at]) for column in found)
            low, high = plains[row].trace(start, end)
            keep[at] = texts[row][low:high].startswith(self.rules.lexicon.exact[literal])
        return found if keep.all() else Spans(*[column[keep] for column in found])

    def _find_clauses(self, plains: Sequence[Plain]) -> list[list[Clause]]:
        if not self.rules.clauses:
            return [[] for _ in plains]
        if self.language == "zh":
            return [list(find_chinese_clauses(plain.text, self._chinese_words)) for plain in plains]
        return find_clauses(read_sheet(plains, self._wordbook))

    @cached_property
    def _wordbook(self) -> WordBook:
        return build_wordbook(self._words)

    @cached_property
    def _chinese_words(self) -> ChineseWords:
        return ChineseWords(self._words)

    @cached_property
    def _check(self) -> Callable[..., Any] | None:
        return WordBoundaries(self.rules.lexicon.literals).check if self.language == "zh" else None
