"""From phrase elements found in texts to rules that fire: gaps and order, company, exclusions, longest wins.

All texts of a batch at once, in arrays; only phrases of several elements that may fit are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from pipeline.tag.compile import LanguageRules, Rule, RulePhrase
from pipeline.tag.locate import Located, Range
from pipeline.tag.phrases import ANYWHERE
from pipeline.tag.ragged import Flags, Ints, spread
from pipeline.tag.tables import ACTION, IGNORE, RuleTables

_FAR = 1 << 40
"""More than the characters of any text."""


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
    starts, ends = zip(*spans, strict=True)
    return Match(rule, source, spans, min(starts), max(ends), sum(ends) - sum(starts))


class Jobs(NamedTuple):
    """Texts to be matched, by number, each once in every context. ``context``: row of ``around``, the sets of the
    tables that stand in the text around (heading, lead-in), where required company may also stand.

    ``heading``: the texts are section headings, so rules for units alone are passed over; else those for headings.
    """

    text: Ints
    context: Ints
    around: Flags
    heading: bool = False


class Fired(NamedTuple):
    """Columns over phrases that fit; ``born`` orders those of one rule on the same words. ``chain``: the number among
    ``chains`` of the spans of those that have several, else -1."""

    job: Ints
    phrase: Ints
    start: Ints
    end: Ints
    size: Ints
    born: Ints
    chain: Ints
    chains: Sequence[tuple[Range, ...]]

    def select(self, rows: Ints) -> Fired:
        job, phrase, start, end, size, born, chain = (column[rows] for column in self[:7])
        return Fired(job, phrase, start, end, size, born, chain, self.chains)

    def spans(self, row: int) -> tuple[Range, ...]:
        chain = self.chain[row]
        return self.chains[chain] if chain >= 0 else ((int(self.start[row]), int(self.end[row])),)


def match_rules(texts: Sequence[str], located: Located, jobs: Jobs, rules: LanguageRules, tables: RuleTables) -> Fired:
    """The rules that fire, in order of the jobs and of position, matches inside longer ones left out."""
    found = _find_candidates(texts, located, jobs, rules.language, tables)
    found = found.select(np.argsort(found.job * _FAR + found.start, kind="stable"))
    kept = ~_find_covered(found, tables) & (tables.purpose[found.phrase] != IGNORE)
    found = found.select(np.flatnonzero(kept))
    return found.select(_order_distinct(found, tables))


def _find_candidates(texts: Sequence[str], located: Located, jobs: Jobs, language: str, tables: RuleTables) -> Fired:
    """Every phrase whose elements stand as they should in a text that suits its rule."""
    job, place = spread(located.text_at[jobs.text], located.text_at[jobs.text + 1])
    element = located.element[place]
    owner, phrase = spread(tables.phrase_at[element], tables.phrase_at[element + 1])
    job, place = job[owner], place[owner]
    text, context = jobs.text[job], jobs.context[job]
    company = tables.company[phrase]
    fits = (tables.in_heading if jobs.heading else tables.in_unit)[phrase]
    fits &= ~located.has[text, tables.exclusions[phrase]]
    fits &= (company == 0) | located.has[text, company] | jobs.around[context, company]
    single = np.flatnonzero(fits & (tables.second[phrase] < 0))
    several = np.flatnonzero(fits & (tables.second[phrase] >= 0))
    chains = _find_chains(texts, located, text[several], place[several], phrase[several], language, tables)
    rows = np.concatenate((single, several[[row for row, _ in chains]] if chains else several[:0]))
    start, end = located.start[place[rows]], located.end[place[rows]]
    size = end - start
    for row, (_, spans) in enumerate(chains, len(single)):
        starts, ends = zip(*spans, strict=True)
        start[row], end[row], size[row] = min(starts), max(ends), sum(ends) - sum(starts)
    born = located.first[place[rows]] * len(tables.phrases) + phrase[rows]
    chain = np.maximum(np.arange(len(rows)) - len(single), -1)
    return Fired(job[rows], phrase[rows], start, end, size, born, chain, [spans for _, spans in chains])


def _find_chains(
    texts: Sequence[str], located: Located, text: Ints, place: Ints, phrase: Ints, language: str, tables: RuleTables
) -> list[tuple[int, tuple[Range, ...]]]:
    """(row, spans) for each row whose first element stands at ``place`` and whose others follow: the first way."""
    low, high = located.find_element(text, tables.second[phrase])
    row, second = spread(low, high)
    between = located.start[located.at(second)] - located.end[place[row]]
    gap = tables.gap[phrase[row]]
    near = (between >= 0) & (between <= gap) if language == "zh" else between >= 0
    measure = _count_characters if language == "zh" else _count_words
    rows = np.unique(row[near | (gap == ANYWHERE)])
    columns = (text, phrase, located.start[place], located.end[place], low, high)
    chains = []
    for at, number, one, start, end, begin, stop in zip(
        rows.tolist(), *[column[rows].tolist() for column in columns], strict=True
    ):
        parts = tables.phrases[one]
        find = partial(_find_places, located, number, parts, located.list_ranges(begin, stop))
        if spans := _follow(texts[number], parts, find, ((start, end),), measure):
            chains.append((at, spans))
    return chains


def _find_places(
    located: Located, text: int, phrase: RulePhrase, second: Sequence[Range], part: int
) -> Sequence[Range]:
    return second if part == 1 else located.list_places(text, phrase.elements[part])


def _follow(
    text: str,
    phrase: RulePhrase,
    find_places: Callable[[int], Sequence[Range]],
    done: tuple[Range, ...],
    measure: Callable[[str], int],
) -> tuple[Range, ...]:
    """The spans of a whole phrase whose first elements are ``done``; () where the others do not follow."""
    if len(done) == len(phrase.elements):
        return done
    gap = phrase.gaps[len(done) - 1]
    end = done[-1][1]
    for span in find_places(len(done)):
        if gap == ANYWHERE:
            fits = all(span[1] <= low or high <= span[0] for low, high in done)
        else:
            fits = span[0] >= end and measure(text[end : span[0]]) <= gap
        if fits and (rest := _follow(text, phrase, find_places, (*done, span), measure)):
            return rest
    return ()


def _count_words(between: str) -> int:
    """Words between two elements; a comma counts as three more, a semicolon ends the reach."""
    return 99 if ";" in between else len(between.split()) + 3 * between.count(",")


def _count_characters(between: str) -> int:
    """Characters between two elements; a comma counts as six more, a semicolon or full stop ends the reach."""
    return 99 if "；" in between or "。" in between else len(between) + 6 * between.count("，")


def _find_covered(found: Fired, tables: RuleTables) -> Flags:
    """Which candidates, in order of position, lie within a longer one for the same purpose or an ignored phrase.

    An ignored phrase swallows whatever touches it, also longer ones that need what stands in it; of two action
    phrases the one that says more about the same verb (the last part) counts, and one of level none ("held a
    meeting", "developed by") takes its verb from stronger ones.
    """
    covered = np.zeros(len(found.job), dtype=bool)
    base = found.job * _FAR
    at = np.arange(len(base))
    one, other = spread(at + 1, np.searchsorted(base + found.start, base + found.end))
    big, small = np.concatenate((one, other)), np.concatenate((other, one))
    purpose = tables.purpose[found.phrase]
    none = tables.level_none[found.phrase]
    longer = (found.size[big] > found.size[small]) | (none[big] & ~none[small])
    speaks = (purpose[big] == IGNORE) & (purpose[small] != IGNORE)
    speaks |= (purpose[big] == purpose[small]) & (purpose[big] != IGNORE) & longer
    speaks &= ~tables.joint[found.phrase[big]]
    big, small = big[speaks], small[speaks]
    inside = (found.start[big] <= found.start[small]) & (found.end[small] <= found.end[big])
    if found.chains:
        several = found.chain >= 0
        for row in np.flatnonzero(several[big] | several[small]).tolist():
            inside[row] = _covers(found, int(big[row]), int(small[row]), int(purpose[big[row]]))
    covered[small[inside]] = True
    return covered


def _covers(found: Fired, big: int, small: int, purpose: int) -> bool:
    """Does ``big``, of the purpose, speak for what ``small`` found?"""
    within = [any(low <= start and end <= high for low, high in found.spans(big)) for start, end in found.spans(small)]
    if purpose == IGNORE:
        return any(within)
    return within[-1] if purpose == ACTION else all(within)


def _order_distinct(found: Fired, tables: RuleTables) -> Ints:
    """By position, the longest first; of several phrases of one rule on the same words the first one counts."""
    rank = tables.rank[found.phrase]
    order = np.lexsort((found.born, rank, -found.end, found.job * _FAR + found.start))
    columns = [column[order] for column in (found.job, found.start, found.end, rank)]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return order[fresh]
