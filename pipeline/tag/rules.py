"""The rule tagger: units to tags by the codebook's rules, in English and Chinese."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, Dimension, Explanation, Hit, Tag, Unit, UnitTags
from pipeline.tag import chinese_focus, english_focus
from pipeline.tag.asides import Reweigher
from pipeline.tag.chinese import WordBoundaries
from pipeline.tag.chinese_clauses import find_chinese_clauses
from pipeline.tag.chinese_words import ChineseWords
from pipeline.tag.clauses import find_clauses
from pipeline.tag.compile import LanguageRules, compile_rules
from pipeline.tag.decide import Decision, Evidence, decide_unit
from pipeline.tag.levels import Clause, LevelRules, name_clauses
from pipeline.tag.line import read_lines
from pipeline.tag.match import Match, Places, locate_elements, match_rules
from pipeline.tag.normalize import Plain, normalize_texts
from pipeline.tag.patterns import match_patterns
from pipeline.tag.scan import Lexicon, Span
from pipeline.tag.settings import TagSettings
from pipeline.tag.verbs import WordBook, build_wordbook

_VERSION = "6"
"""Raise when the same codebook would give other tags because this code changed."""
_ACTORS = ("both", "party")
_ATTITUDES = ()
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,3}|[IVX]{1,5})[.)、]\s")
"""A numbered paragraph begins a matter of its own."""
_OPENER = re.compile(
    r"(?:And |So |But )?(?i:this|these|they|it|that) (?:will |also )?(?:include|involve)s?\b|(?:这|其中)?包括"
)
"""A unit that introduces a list or goes on with one, as one that ends in a colon does; it takes the level of the sentence before."""
_TAG_QUESTION = re.compile(r"(?i), (?:you know|right|okay|ok|correct)\?\W*$")
_DIMENSIONS: tuple[Dimension, ...] = ("issue", "industry", "action")


@dataclass(frozen=True, slots=True)
class RuleScores:
    """Scores of units as arrays, rows as the units: columns as codebook.issues, .industries, ACTION_LEVELS.

    ``issues``: all evidence, ``issues_own``: the unit's own words only; both unbounded, 0 for none.
    ``clauses``: what the clauses of each unit are, as words (see levels.name_clauses).
    """

    issues: NDArray[np.float32]
    issues_own: NDArray[np.float32]
    industries: NDArray[np.float32]
    action: NDArray[np.float32]
    clauses: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    unit: Unit
    plain: Plain
    evidence: Evidence
    clauses: Sequence[Clause] = ()


class RuleTagger:
    """Codes units by the rules of a codebook. A unit's tags depend on its document alone.

    Units of one document must come in order and without gaps, since a unit that continues the
    one before it takes its codes; several documents may follow one another in one call.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.settings = TagSettings.from_mapping(codebook.settings.get("tagging") or {})
        self.id = f"rules-{hashlib.sha256(f'{_VERSION}:{codebook.rules_sha256}'.encode()).hexdigest()[:12]}"
        self._languages: dict[str, LanguageRules] = {}
        self._words: WordBoundaries | None = None
        self._reweigh = Reweigher()
        self._levels: dict[str, LevelRules] = {}
        self._clause_words: ChineseWords | None = None
        self._book: WordBook | None = None

    def tag_units(self, units: Sequence[Unit]) -> list[UnitTags]:
        """Tags for each unit: 1 to 3 issues, any industries, one action level."""
        return [_to_tags(decision) for _, decision in self._decide(units)]

    def find_hits(self, units: Sequence[Unit]) -> list[list[Hit]]:
        """The rules that fired in each unit's own text, in order of position."""
        return [
            [hit for match in found.evidence.own if (hit := _to_hit(match, found.plain, found.unit.text))]
            for found in self._find(units)
        ]

    def score_units(self, units: Sequence[Unit]) -> RuleScores:
        """The evidence for every code as arrays, for a classifier to use as features."""
        return self._to_scores(self._decide(units))

    def judge_units(self, units: Sequence[Unit]) -> tuple[list[UnitTags], RuleScores]:
        """What tag_units and score_units give, in one pass."""
        rows = self._decide(units)
        return [_to_tags(decision) for _, decision in rows], self._to_scores(rows)

    def _to_scores(self, rows: Sequence[tuple[_Found, Decision]]) -> RuleScores:
        issue_at = {code_id: column for column, code_id in enumerate(self.codebook.issues)}
        industry_at = {code_id: column for column, code_id in enumerate(self.codebook.industries)}
        scores = RuleScores(
            issues=np.zeros((len(rows), len(issue_at)), np.float32),
            issues_own=np.zeros((len(rows), len(issue_at)), np.float32),
            industries=np.zeros((len(rows), len(industry_at)), np.float32),
            action=np.zeros((len(rows), len(ACTION_LEVELS)), np.float32),
            clauses=tuple(name_clauses(found.clauses) if _language(found.unit) == "en" else () for found, _ in rows),
        )
        for row, (found, decision) in enumerate(rows):
            for score in decision.scores:
                scores.issues[row, issue_at[score.code_id]] = score.total
                scores.issues_own[row, issue_at[score.code_id]] = score.own
            for score in decision.industries:
                scores.industries[row, industry_at[score.code_id]] = score.total
            for match in found.evidence.own:
                if match.rule.purpose == "action":
                    scores.action[row, ACTION_LEVELS.index(match.rule.code_id)] += 1
            scores.action[row, ACTION_LEVELS.index(decision.action)] += decision.action_score
        return scores

    def explain_unit(self, units: Sequence[Unit], index: int) -> Explanation:
        """Why ``units[index]`` got its codes; ``units`` must be its whole document, or its beginning."""
        found, decision = self._decide(units[: index + 1])[index]
        evidence = found.evidence
        return Explanation(
            unit=found.unit,
            tags=_to_tags(decision),
            hits=tuple(hit for match in evidence.own if (hit := _to_hit(match, found.plain, found.unit.text))),
            context=tuple(
                (where, match.rule.id, match.rule.code_id, match.source)
                for where, matches in (("heading", evidence.heading), ("lead-in", evidence.lead))
                for match in matches
                if match.rule.purpose in _DIMENSIONS
            ),
            scores=tuple((s.code_id, s.own, s.heading, s.lead, s.carry, s.total) for s in decision.scores),
            reason=f"{decision.reason}; action {decision.action} by {decision.action_by}",
        )

    def _decide(self, units: Sequence[Unit]) -> list[tuple[_Found, Decision]]:
        decided: list[tuple[_Found, Decision]] = []
        previous: tuple[_Found, Decision] | None = None
        openers: dict[str, Decision] = {}
        for found in self._find(units):
            if previous is not None and previous[0].unit.document_id != found.unit.document_id:
                previous = None
                openers = {}
            before = previous[1] if previous else None
            decision = decide_unit(found.evidence, before, self.settings, openers.get(found.unit.lead))
            if found.evidence.opens_list:
                openers[found.unit.text] = decision
            previous = (found, decision)
            decided.append(previous)
        return decided

    def _find(self, units: Sequence[Unit]) -> list[_Found]:
        """Everything that fired in the units and around them, one scan a language."""
        places = self._locate(units)
        clauses = self._read_clauses(units, places)
        headings: dict[tuple[str, str], tuple[Match, ...]] = {}
        leads: dict[tuple[str, str], tuple[Match, ...]] = {}
        around: dict[tuple[str, str, str], list[Places]] = {}
        result = []
        for position, unit in enumerate(units):
            language = _language(unit)
            section, lead = (language, unit.section), (language, unit.lead)
            if section not in headings:
                headings[section] = self._match_heading(unit.section, language, places)
            if lead not in leads:
                leads[lead] = self._match_with_clauses(unit.lead, language, places, clauses) if unit.lead else ()
            if (context := (*section, unit.lead)) not in around:
                titles = _titles(unit.section)
                around[context] = [places[language, text][1] for text in (*titles, unit.lead) if text]
            plain = places[language, unit.text][0]
            own = self._match_with_clauses(unit.text, language, places, clauses, around[context])
            read = clauses[language, unit.text]
            previous = units[position - 1] if position else None
            if previous is not None and previous.document_id != unit.document_id:
                previous = None
            evidence = Evidence(
                own=own,
                heading=headings[section],
                lead=leads[lead],
                length=len(plain.text),
                carry=_carry_reason(unit, previous, own),
                fragment=unit.kind == "list_item" and _is_fragment(unit, read),
                listed=unit.kind == "list_item",
                question=_is_question(unit.text),
                opens_list=unit.text.rstrip().endswith((":", "：")) or _OPENER.match(unit.text) is not None,
            )
            result.append(_Found(unit, plain, evidence, read))
        return result

    def _locate(self, units: Sequence[Unit]) -> dict[tuple[str, str], tuple[Plain, Places]]:
        """Places of all phrase elements in all distinct texts, headings and lead-ins."""
        texts: dict[str, dict[str, None]] = {}
        for unit in units:
            wanted = texts.setdefault(_language(unit), {})
            wanted[unit.text] = None
            for text in (unit.lead, *_titles(unit.section)):
                if text:
                    wanted[text] = None
        places: dict[tuple[str, str], tuple[Plain, Places]] = {}
        for language, wanted in texts.items():
            rules = self._rules(language)
            plains = normalize_texts(list(wanted), language)
            check = self._boundaries().check if language == "zh" else None
            for text, plain, spans in zip(
                wanted, plains, rules.lexicon.scan([p.text for p in plains], check), strict=True
            ):
                if rules.lexicon.exact:
                    spans = [span for span in spans if _has_case(text, plain, span, rules.lexicon)]
                places[language, text] = (plain, locate_elements(spans, rules))
        return places

    def _match(
        self,
        text: str,
        language: str,
        places: dict[tuple[str, str], tuple[Plain, Places]],
        around: Sequence[Places] = (),
        *,
        heading: bool = False,
    ) -> tuple[Match, ...]:
        plain, found = places[language, text]
        rules = self._rules(language)
        matches = match_rules(plain.text, found, rules, company=around, heading=heading)
        if not heading:
            focus = chinese_focus if language == "zh" else english_focus
            matches = focus.weigh_asides(plain.text, matches, self._reweigh)
        if not rules.triggers.keys().isdisjoint(found):
            matches += match_patterns(text, found, rules)
        return tuple(matches)

    def _match_with_clauses(
        self,
        text: str,
        language: str,
        places: dict[tuple[str, str], tuple[Plain, Places]],
        clauses: dict[tuple[str, str], list[Clause]],
        around: Sequence[Places] = (),
    ) -> tuple[Match, ...]:
        """Rules that fire on a unit or lead-in; of the action level a phrase on the same words speaks instead of a
        clause."""
        phrases = self._match(text, language, places, around)
        if not clauses[language, text]:
            return phrases
        taken = [span for match in phrases if match.rule.purpose == "action" for span in match.spans]
        found = self._level_rules(language).match(clauses[language, text])
        free = (m for m in found if not any(low < m.end and m.start < high for low, high in taken))
        return (*phrases, *free)

    def _read_clauses(
        self, units: Sequence[Unit], places: dict[tuple[str, str], tuple[Plain, Places]]
    ) -> dict[tuple[str, str], list[Clause]]:
        """The clauses of all distinct texts and lead-ins."""
        found: dict[tuple[str, str], list[Clause]] = {}
        for language in {_language(unit) for unit in units}:
            own = [unit for unit in units if _language(unit) == language]
            texts = list(
                dict.fromkeys(text for unit in own for text in (unit.text, unit.lead) if text or unit.text == text)
            )
            read = self._find_clauses([places[language, text][0] for text in texts], language)
            found |= zip(((language, text) for text in texts), read, strict=True)
        return found

    def _find_clauses(self, plains: Sequence[Plain], language: str) -> list[list[Clause]]:
        if not self._rules(language).clauses:
            return [[] for _ in plains]
        if language == "zh":
            return [list(find_chinese_clauses(plain.text, self._chinese_words())) for plain in plains]
        return [find_clauses(line) for line in read_lines([plain.cased for plain in plains], self._wordbook())]

    def _match_heading(
        self, section: str, language: str, places: dict[tuple[str, str], tuple[Plain, Places]]
    ) -> tuple[Match, ...]:
        """Rules that fire on the nearest heading that says anything."""
        for title in _titles(section):
            matches = self._match(title, language, places, heading=True)
            if any(match.rule.purpose == "issue" for match in matches):
                return matches
        return ()

    def _rules(self, language: str) -> LanguageRules:
        if language not in self._languages:
            self._languages[language] = compile_rules(self.codebook, language)
        return self._languages[language]

    def _level_rules(self, language: str) -> LevelRules:
        if language not in self._levels:
            self._levels[language] = LevelRules(self._rules(language).clauses)
        return self._levels[language]

    def _wordbook(self) -> WordBook:
        if self._book is None:
            self._book = build_wordbook((self.codebook.settings.get("clauses") or {}).get("en") or {})
        return self._book

    def _chinese_words(self) -> ChineseWords:
        if self._clause_words is None:
            self._clause_words = ChineseWords((self.codebook.settings.get("clauses") or {}).get("zh") or {})
        return self._clause_words

    def _boundaries(self) -> WordBoundaries:
        if self._words is None:
            self._words = WordBoundaries(self._rules("zh").lexicon.literals)
        return self._words


def _language(unit: Unit) -> str:
    return "zh" if unit.language == "zh" else "en"


@lru_cache(maxsize=4096)
def _titles(section: str) -> tuple[str, ...]:
    """Headings from the nearest outward."""
    return tuple(title for title in reversed(section.split(" > ")) if title.strip())


def _is_fragment(unit: Unit, clauses: Sequence[Clause]) -> bool:
    """An item without a main clause of its own: noun phrase, participle, or an order ("Share data")."""
    if _language(unit) == "zh":
        return not any(_speaks_for_itself(clause) for clause in clauses)
    return not any(clause.place == "main" and clause.form not in ("base", "gerund") for clause in clauses)


def _is_question(text: str) -> bool:
    """Does it ask? A statement that only ends in a tag ("that works, right?") does not."""
    return text.rstrip("\"'”’ ").endswith(("?", "？")) and not _TAG_QUESTION.search(text)


def _speaks_for_itself(clause: Clause) -> bool:
    """A Chinese clause with its own subject, tense or attitude, where a bare verb (开展培训) leans on the lead-in."""
    return clause.form != "bare" or clause.subject in _ACTORS or clause.verb in _ATTITUDES


def _has_case(text: str, plain: Plain, span: Span, lexicon: Lexicon) -> bool:
    exact = lexicon.exact.get(span[0])
    if exact is None:
        return True
    start, end = plain.trace(span[1], span[2])
    return text[start:end].startswith(exact)


def _carry_reason(unit: Unit, previous: Unit | None, own: Sequence[Match]) -> str:
    """Why the unit may take the codes of the one before: a continuation word, the paragraph, the section."""
    if previous is None or _NUMBERED.match(unit.text):
        return ""
    if any(match.rule.purpose == "cue" and match.start <= 1 for match in own) and previous.section == unit.section:
        return "cue"
    if previous.paragraph == unit.paragraph:
        return "paragraph"
    return "section" if previous.section == unit.section and unit.kind != "list_item" else ""


def _to_hit(match: Match, plain: Plain, text: str) -> Hit | None:
    if match.rule.purpose not in _DIMENSIONS:
        return None
    start, end = plain.trace(match.start, match.end)
    return Hit(match.rule.id, match.rule.purpose, match.rule.code_id, start, end, text[start:end], match.rule.weight)


def _to_tags(decision: Decision) -> UnitTags:
    return UnitTags(
        issues=tuple(Tag("issue", s.code_id, _squash(s.total), s.by) for s in decision.issues),
        industries=tuple(Tag("industry", s.code_id, _squash(s.total), s.by) for s in decision.industries),
        action=Tag("action", decision.action, decision.action_score, decision.action_by),
    )


def _squash(total: float) -> float:
    """A weight as a score in (0, 1): 1 is an even bet, 3 and more near certain."""
    return round(float(total / (total + 0.7)) if total > 0 else 0.3, 4)
