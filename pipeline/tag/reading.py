"""Texts of one language as the rules read them: phrases located, clauses read, matches of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.codebook import Codebook
from pipeline.tag import chinese_focus, english_focus
from pipeline.tag.asides import Reweigher
from pipeline.tag.chinese import WordBoundaries
from pipeline.tag.chinese_clauses import find_chinese_clauses
from pipeline.tag.chinese_words import ChineseWords
from pipeline.tag.clauses import find_clauses
from pipeline.tag.compile import compile_rules
from pipeline.tag.levels import Clause, LevelRules
from pipeline.tag.line import read_lines
from pipeline.tag.match import Match, Places, locate_elements, match_rules
from pipeline.tag.normalize import Plain, normalize_texts
from pipeline.tag.patterns import match_patterns
from pipeline.tag.scan import Span
from pipeline.tag.verbs import WordBook, build_wordbook


class Text(NamedTuple):
    """A text with what was found in it; ``clauses`` only where they were asked for."""

    original: str
    plain: Plain
    places: Places
    clauses: Sequence[Clause] = ()


class Reader:
    """The rules of one language at work on texts; everything that depends on the language is decided here."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        self.language = language
        self.rules = compile_rules(codebook, language)
        self._levels = LevelRules(self.rules.clauses)
        self._words: Mapping[str, Any] = (codebook.settings.get("clauses") or {}).get(language) or {}
        self._focus = chinese_focus if language == "zh" else english_focus
        self._reweigh = Reweigher()

    def read_texts(self, around: Iterable[str], whole: Iterable[str]) -> dict[str, Text]:
        """Places of all phrase elements in all distinct texts; in ``whole``, units and lead-ins, also the clauses."""
        whole = dict.fromkeys(whole)
        texts = list(whole | dict.fromkeys(around))
        plains = normalize_texts(texts, self.language)
        found = self.rules.lexicon.scan([plain.text for plain in plains], self._check)
        clauses = self._find_clauses(plains[: len(whole)])
        clauses += [[]] * (len(texts) - len(whole))
        return {
            text: Text(text, plain, self._locate(text, plain, spans), read)
            for text, plain, spans, read in zip(texts, plains, found, clauses, strict=True)
        }

    def match_text(self, text: Text, around: Sequence[Places] = ()) -> tuple[Match, ...]:
        """Rules that fire on a unit or lead-in; of the action level a phrase on the same words speaks instead of a
        clause."""
        phrases = match_rules(text.plain.text, text.places, self.rules, company=around)
        phrases = self._add_patterns(text, self._focus.weigh_asides(text.plain.text, phrases, self._reweigh))
        if not text.clauses:
            return tuple(phrases)
        found = self._levels.match(text.clauses)
        taken = [span for match in phrases if match.rule.purpose == "action" for span in match.spans]
        if taken:
            found = [m for m in found if not any(low < m.end and m.start < high for low, high in taken)]
        return (*phrases, *found)

    def match_heading(self, titles: Iterable[Text]) -> tuple[Match, ...]:
        """Rules that fire on the first heading that says anything."""
        for title in titles:
            matches = match_rules(title.plain.text, title.places, self.rules, heading=True)
            matches = self._add_patterns(title, matches)
            if any(match.rule.purpose == "issue" for match in matches):
                return tuple(matches)
        return ()

    def _add_patterns(self, text: Text, matches: list[Match]) -> list[Match]:
        if self.rules.triggers.keys().isdisjoint(text.places):
            return matches
        return matches + match_patterns(text.original, text.places, self.rules)

    def _locate(self, text: str, plain: Plain, spans: Sequence[Span]) -> Places:
        exact = self.rules.lexicon.exact
        if not exact.keys().isdisjoint([span[0] for span in spans]):
            spans = [span for span in spans if span[0] not in exact or _has_case(text, plain, span, exact[span[0]])]
        return locate_elements(spans, self.rules)

    def _find_clauses(self, plains: Sequence[Plain]) -> list[list[Clause]]:
        if not self.rules.clauses:
            return [[] for _ in plains]
        if self.language == "zh":
            return [list(find_chinese_clauses(plain.text, self._chinese_words)) for plain in plains]
        return [find_clauses(line) for line in read_lines(plains, self._wordbook)]

    @cached_property
    def _wordbook(self) -> WordBook:
        return build_wordbook(self._words)

    @cached_property
    def _chinese_words(self) -> ChineseWords:
        return ChineseWords(self._words)

    @cached_property
    def _check(self) -> Callable[..., Any] | None:
        return WordBoundaries(self.rules.lexicon.literals).check if self.language == "zh" else None


def _has_case(text: str, plain: Plain, span: Span, exact: str) -> bool:
    start, end = plain.trace(span[1], span[2])
    return text[start:end].startswith(exact)
