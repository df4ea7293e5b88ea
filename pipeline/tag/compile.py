"""Codebook rules to searchable form: every phrase as numbered elements over one lexicon a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipeline.codebook import Codebook, RuleDef
from pipeline.errors import CodebookError
from pipeline.tag.chinese_words import PARTS as CHINESE_PARTS
from pipeline.tag.phrases import Element, PhraseError, parse_phrase
from pipeline.tag.phrases import Literal as PhraseLiteral
from pipeline.tag.scan import Lexicon

Purpose = Literal["issue", "industry", "action", "ignore", "cue"]
"""What a rule is for: a dimension, or to swallow shorter phrases, or to mark a continuation."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A compiled rule, known by its identity. ``company`` and ``exclusions`` are element numbers, any of which counts.

    ``by``: who gave a code, where the rule did.
    """

    id: str
    purpose: Purpose
    code_id: str
    weight: float
    scope: str
    company: tuple[int, ...] = ()
    exclusions: tuple[int, ...] = ()
    pattern: tuple[dict[str, Any], ...] = ()
    by: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by", f"rule:{self.id}")


@dataclass(frozen=True, slots=True, eq=False)
class RulePhrase:
    """One phrase of a rule, its elements by number. ``free``: its rule asks for no company and excludes nothing."""

    rule: Rule
    source: str
    elements: tuple[int, ...]
    gaps: tuple[int, ...]
    free: bool


@dataclass
class LanguageRules:
    """All that is needed to find the rules of one language in a text."""

    language: str
    lexicon: Lexicon
    of_literal: tuple[tuple[int, ...], ...]
    """Elements that a literal fills."""
    phrases: dict[int, tuple[RulePhrase, ...]]
    """Phrases by their first element, those of one element first."""
    triggers: dict[int, tuple[Rule, ...]]
    """Token-pattern rules, by the elements that let them run."""
    clauses: tuple[tuple[Rule, dict[str, frozenset[str]]], ...] = ()
    """Rules on clauses, with what each asks for; later ones stand behind earlier ones."""
    terms: tuple[str, ...] = field(default=())
    """The literals, for the user dictionary of the Chinese segmenter."""


def compile_rules(codebook: Codebook, language: str) -> LanguageRules:
    """Compile the rules of ``language``; CodebookError names file, line and remedy of a bad phrase."""
    return _Compiler(codebook, language).compile()


class _Compiler:
    def __init__(self, codebook: Codebook, language: str) -> None:
        self.codebook = codebook
        self.language = language
        self.file = Path(codebook.path).name
        self.macros = self._setting("macros") or {}
        self.elements: dict[Element, int] = {}
        self.single: dict[int, list[RulePhrase]] = {}
        self.chained: dict[int, list[RulePhrase]] = {}
        self.triggers: dict[int, list[Rule]] = {}
        self.clauses: list[tuple[Rule, dict[str, frozenset[str]]]] = []

    def compile(self) -> LanguageRules:
        for code in self.codebook.codes:
            for rule in code.rules:
                if rule.language == self.language:
                    self._add_rule(rule)
        self._add_list("ignore", "ignore")
        self._add_list("cue", "continuation")
        literals: dict[PhraseLiteral, list[int]] = {}
        for element, number in self.elements.items():
            for literal in element:
                literals.setdefault(literal, []).append(number)
        return LanguageRules(
            language=self.language,
            lexicon=Lexicon(list(literals)),
            of_literal=tuple(tuple(numbers) for numbers in literals.values()),
            phrases={
                key: (*self.single.get(key, ()), *self.chained.get(key, ())) for key in self.single | self.chained
            },
            triggers={key: tuple(value) for key, value in self.triggers.items()},
            clauses=tuple(self.clauses),
            terms=tuple(sorted(literal.text for literal in literals)),
        )

    def _add_rule(self, source: RuleDef) -> None:
        spec = source.spec
        rule = Rule(
            id=source.id,
            purpose=source.dimension,
            code_id=source.code_id,
            weight=float(spec.get("weight", 1.0)),
            scope=str(spec.get("in", "both")),
            company=tuple(self._numbers(spec.get("with", ()), source.id, source.line)),
            exclusions=tuple(self._numbers(spec.get("without", ()), source.id, source.line)),
            pattern=tuple(dict(token) for token in spec.get("pattern", ())),
        )
        if clause := spec.get("clause"):
            self._check_clause(clause, source)
            self.clauses.append((rule, {part: frozenset(map(str, names)) for part, names in clause.items()}))
        for text in spec.get("phrases", ()):
            self._add_phrase(rule, str(text), source.line)
        for number in self._numbers(spec.get("trigger", ()), source.id, source.line):
            self.triggers.setdefault(number, []).append(rule)

    def _check_clause(self, clause: Mapping[str, Sequence[Any]], source: RuleDef) -> None:
        """A value that no clause ever has would make a rule that never fires."""
        for part, names in clause.items() if self.language == "zh" else ():
            for name in names:
                if name not in CHINESE_PARTS.get(part, ()):
                    known = ", ".join(sorted(CHINESE_PARTS.get(part, ()))) or "form, verb, subject, place instead"
                    raise self._fail(source.line, source.id, f"clause {part} knows no '{name}'; use: {known}")

    def _add_list(self, purpose: Purpose, key: str) -> None:
        rule = Rule(id=key, purpose=purpose, code_id="", weight=0.0, scope="both")
        for text in self._setting(key) or ():
            self._add_phrase(rule, str(text), self._line())

    def _add_phrase(self, rule: Rule, text: str, line: int) -> None:
        elements, gaps = self._parse(text, rule.id, line)
        phrase = RulePhrase(rule, text, elements, gaps, not (rule.company or rule.exclusions))
        where = self.chained if gaps else self.single
        where.setdefault(elements[0], []).append(phrase)

    def _numbers(self, texts: Sequence[Any], rule_id: str, line: int) -> Iterator[int]:
        for text in texts:
            elements, gaps = self._parse(str(text), rule_id, line)
            if gaps:
                raise self._fail(
                    line, rule_id, f"'{text}': with, without and trigger take plain phrases; leave out .. and &"
                )
            yield elements[0]

    def _parse(self, text: str, rule_id: str, line: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        try:
            phrase = parse_phrase(text, self.language, self.macros)
        except PhraseError as error:
            raise self._fail(line, rule_id, str(error)) from error
        numbers = tuple(self.elements.setdefault(element, len(self.elements)) for element in phrase.elements)
        return numbers, phrase.gaps

    def _fail(self, line: int, rule_id: str, message: str) -> CodebookError:
        return CodebookError(f"{self.file}:{line}: rule {rule_id}: {message}")

    def _setting(self, key: str) -> Any:
        return (self.codebook.settings.get(key) or {}).get(self.language)

    def _line(self) -> int:
        return int(getattr(self.codebook.settings, "line", 1))
