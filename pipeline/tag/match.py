"""From literals found in a text to rules that fire: gaps and order, company, exclusions, longest wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.tag.compile import LanguageRules, Rule, RulePhrase
from pipeline.tag.phrases import ANYWHERE
from pipeline.tag.scan import Span

Range = tuple[int, int]


class Match(NamedTuple):
    """A rule that fired on ``spans`` of the normalised text (one a phrase element), within [start, end).

    ``size`` is the number of characters in the spans, gaps left out.
    """

    rule: Rule
    source: str
    spans: tuple[Range, ...]
    start: int
    end: int
    size: int


def make_match(rule: Rule, source: str, spans: tuple[Range, ...]) -> Match:
    """A match with its extent worked out."""
    if len(spans) == 1:
        start, end = spans[0]
        return Match(rule, source, spans, start, end, end - start)
    starts, ends = zip(*spans, strict=True)
    return Match(rule, source, spans, min(starts), max(ends), sum(ends) - sum(starts))


Places = dict[int, list[Range]]
"""Where each element stands in a text."""


def locate_elements(found: Sequence[Span], rules: LanguageRules) -> Places:
    """The places of all phrase elements, from the literals that were found."""
    places: Places = {}
    of_literal = rules.of_literal
    for literal, start, end in found:
        span = (start, end)
        for element in of_literal[literal]:
            if element in places:
                places[element].append(span)
            else:
                places[element] = [span]
    return places


def match_rules(
    text: str,
    places: Places,
    rules: LanguageRules,
    *,
    company: Sequence[Mapping[int, object]] = (),
    heading: bool = False,
) -> list[Match]:
    """The rules that fire in a text, in order of position, matches inside longer ones left out.

    ``company``: places in the text around (heading, lead-in), where required company may also stand.
    ``heading``: the text is a section heading, so rules for units alone are passed over.
    """
    unwanted = "unit" if heading else "heading"
    matches: list[Match] = []
    starting = rules.phrases
    for element in places:
        for phrase in starting.get(element, ()):
            rule = phrase.rule
            if rule.scope == unwanted or (phrase.gaps and phrase.elements[1] not in places):
                continue
            if not phrase.free and not _is_allowed(rule, places, company):
                continue
            if phrase.gaps:
                matches.extend(_chain(text, phrase, places, rules.language))
            else:
                source = phrase.source
                matches += [
                    Match(rule, source, (span,), span[0], span[1], span[1] - span[0]) for span in places[element]
                ]
    return keep_longest(matches)


def keep_longest(matches: list[Match]) -> list[Match]:
    """Leave out every match that lies within a longer one for the same purpose, or within an ignored phrase.

    Of several phrases of one rule on the same words one counts.
    """
    if len(matches) < 2:
        return [match for match in matches if match.rule.purpose != "ignore"]
    longer: dict[str, list[Match]] = {}
    for match in matches:
        if " & " not in match.source:
            longer.setdefault(match.rule.purpose, []).append(match)
    for group in longer.values():
        group.sort(key=lambda match: -match.size)
    ignored = longer.pop("ignore", [])
    kept = [
        match
        for match in matches
        if match.rule.purpose != "ignore"
        and not _is_covered(match, longer.get(match.rule.purpose, ()))
        and not (ignored and _is_covered(match, ignored))
    ]
    kept.sort(key=lambda match: (match.start, -match.end, match.rule.id))
    return list({(match.rule.id, match.start, match.end): match for match in reversed(kept)}.values())[::-1]


def _is_covered(match: Match, longer: Sequence[Match]) -> bool:
    """``longer``: of one purpose, the longest first."""
    start, end, size = match.start, match.end, match.size
    size_decides = match.rule.purpose != "action"
    for other in longer:
        if other.size <= size and size_decides and other.rule.purpose != "ignore":
            return False
        if (
            other.start < end
            and start < other.end
            and other is not match
            and (other.size > size or _cancels(other, match))
            and _covers(other, match)
        ):
            return True
    return False


def _cancels(other: Match, match: Match) -> bool:
    """An ignored phrase swallows longer ones that need what stands in it; a phrase of level none
    ("held a meeting", "developed by") takes its verb from stronger ones."""
    if other.rule.purpose == "ignore":
        return match.rule.purpose != "ignore"
    return other.rule.purpose == "action" and other.rule.code_id == "none" != match.rule.code_id


def _covers(big: Match, small: Match) -> bool:
    """Does ``big`` speak for what ``small`` found? An ignored phrase swallows whatever touches it;
    of two action phrases the one that says more about the same verb (the last part) counts."""
    purpose = big.rule.purpose
    if purpose == "ignore":
        return any(_lies_within(span, big.spans) for span in small.spans)
    if purpose != small.rule.purpose:
        return False
    if len(big.spans) == 1 and purpose != "action":
        return big.start <= small.start and small.end <= big.end
    return all(_lies_within(span, big.spans) for span in (small.spans[-1:] if purpose == "action" else small.spans))


def _lies_within(part: Range, spans: Sequence[Range]) -> bool:
    return any(low <= part[0] and part[1] <= high for low, high in spans)


def _is_allowed(rule: Rule, places: Places, company: Sequence[Mapping[int, object]]) -> bool:
    if rule.exclusions and not places.keys().isdisjoint(rule.exclusions):
        return False
    if not rule.company or not places.keys().isdisjoint(rule.company):
        return True
    return any(element in around for around in company for element in rule.company)


def _chain(text: str, phrase: RulePhrase, places: Places, language: str) -> Iterator[Match]:
    """The first way, for each place of the first element, to find the others behind it."""
    for element in phrase.elements:
        if element not in places:
            return
    measure = _count_characters if language == "zh" else _count_words
    for first in places[phrase.elements[0]]:
        spans = _follow(text, phrase, places, (first,), measure)
        if spans:
            yield make_match(phrase.rule, phrase.source, spans)


def _follow(
    text: str, phrase: RulePhrase, places: Places, done: tuple[Range, ...], measure: Callable[[str], int]
) -> tuple[Range, ...]:
    if len(done) == len(phrase.elements):
        return done
    gap = phrase.gaps[len(done) - 1]
    end = done[-1][1]
    for span in places[phrase.elements[len(done)]]:
        if gap == ANYWHERE:
            fits = all(span[1] <= low or high <= span[0] for low, high in done)
        else:
            fits = span[0] >= end and measure(text[end : span[0]]) <= gap
        if fits and (rest := _follow(text, phrase, places, (*done, span), measure)):
            return rest
    return ()


def _count_words(between: str) -> int:
    """Words between two elements; a comma counts as three more, a semicolon ends the reach."""
    return 99 if ";" in between else len(between.split()) + 3 * between.count(",")


def _count_characters(between: str) -> int:
    """Characters between two elements; a comma counts as six more, a semicolon or full stop ends the reach."""
    return 99 if "；" in between or "。" in between else len(between) + 6 * between.count("，")
