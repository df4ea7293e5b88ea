"""Token-pattern rules by spaCy's Matcher; spaCy is imported only once a trigger of such a rule was found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.tag.compile import LanguageRules, Rule
from pipeline.tag.match import Match, make_match
from pipeline.tag.normalize import normalize_text


def match_patterns(text: str, elements: Iterable[int], rules: LanguageRules) -> list[Match]:
    """Matches of the token patterns whose trigger is among the elements in the text, longest first wins."""
    wanted = {rule.id: rule for element in elements for rule in rules.triggers.get(element, ())}
    matches: list[Match] = []
    if not wanted:
        return matches
    import spacy.util

    plain = normalize_text(text, rules.language)
    nlp = _blank(rules.language)
    doc = nlp.make_doc(plain.text)
    for rule_id in sorted(wanted):
        rule = wanted[rule_id]
        spans = [doc[start:end] for _, start, end in _matcher(nlp, rule)(doc)]
        for span in spacy.util.filter_spans(spans):
            matches.append(make_match(rule, rule.id, ((span.start_char, span.end_char),)))
    return matches


@cache
def _blank(language: str) -> Any:
    import spacy

    return spacy.blank(language)


def _matcher(nlp: Any, rule: Rule) -> Any:
    from spacy.matcher import Matcher

    matcher = Matcher(nlp.vocab)
    matcher.add(rule.id, [list(rule.pattern)])
    return matcher
